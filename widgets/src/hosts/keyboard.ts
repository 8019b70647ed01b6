/** The attribute by which Lumino leaves all keys below an element to that element. */
const SUPPRESS = 'data-lm-suppress-shortcuts';

const isSave = (event: KeyboardEvent) =>
  (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's';

/**
 * Keep a notebook's command mode off the keys pressed in an element, but leave it Save.
 * Returns how to stop that.
 */
export function keepKeys(element: HTMLElement): () => void {
  // On the window, as Lumino may listen on the document in either phase.
  const before = (event: KeyboardEvent) => {
    element.toggleAttribute(SUPPRESS, !isSave(event));
  };
  const inside = (event: KeyboardEvent) => {
    if (!isSave(event)) {
      event.stopPropagation();
    }
  };
  element.setAttribute(SUPPRESS, '');
  window.addEventListener('keydown', before, true);
  element.addEventListener('keydown', inside);
  return () => {
    window.removeEventListener('keydown', before, true);
    element.removeEventListener('keydown', inside);
  };
}
