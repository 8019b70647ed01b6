import { render } from 'preact';

import type { FrameHost } from './host';
import { style } from './style';
import { FrameTable } from './table';

/** Show a table in an element, which may stand in a shadow root; returns how to take it out. */
export function mount(element: HTMLElement, host: FrameHost): () => void {
  element.classList.add('jf-host');
  render(
    <>
      <style>{style}</style>
      <FrameTable host={host} />
    </>,
    element
  );
  return () => {
    element.classList.remove('jf-host');
    render(null, element);
  };
}
