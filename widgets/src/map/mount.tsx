import { render } from 'preact';

import { style } from '../generated/map_style';
import type { Host } from './host';
import { JourneyMap } from './map';

/** Show a map in an element, which may stand in a shadow root; returns how to take it out again. */
export function mount(element: HTMLElement, host: Host): () => void {
  element.classList.add('jj-host');
  render(
    <>
      <style>{style}</style>
      <JourneyMap host={host} />
    </>,
    element
  );
  return () => {
    element.classList.remove('jj-host');
    render(null, element);
  };
}
