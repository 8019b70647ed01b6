/** Light or dark, as the page has it: JupyterLab says so on its body, others by the media query. */
import type { Theme } from '../map/host';

const query = () => window.matchMedia('(prefers-color-scheme: dark)');

export function pageTheme(): Theme {
  const isLight = document.body.dataset.jpThemeLight;
  if (isLight !== undefined) {
    return isLight === 'false' ? 'dark' : 'light';
  }
  return query().matches ? 'dark' : 'light';
}

/** Call the listener when the page's theme changes; returns how to stop that. */
export function onTheme(listener: () => void): () => void {
  const watcher = new MutationObserver(listener);
  watcher.observe(document.body, {
    attributes: true,
    attributeFilter: ['data-jp-theme-light']
  });
  const media = query();
  media.addEventListener('change', listener);
  return () => {
    watcher.disconnect();
    media.removeEventListener('change', listener);
  };
}
