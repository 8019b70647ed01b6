/** Renders maps and frames in outputs of notebooks. */
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';

import type * as Kept from '../hosts/mime';

/** How to show what was kept, given what the output says of it. */
type ShowKept = (
  hosts: typeof Kept,
  element: HTMLElement,
  data: unknown,
  about: About
) => () => void;

interface About {
  grid_id?: string;
  persona?: string | null;
  states?: Record<string, string>;
}

class Output extends Widget implements IRenderMime.IRenderer {
  private unmount = () => {};
  private shown = '';

  constructor(
    private readonly mimeType: string,
    private readonly showKept: ShowKept
  ) {
    super();
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const [{ mountOutput, isLive }, hosts] = await Promise.all([
      import('../hosts/output'),
      import('../hosts/mime')
    ]);
    const about = (model.metadata[this.mimeType] ?? {}) as About;
    const gridId = about.grid_id ?? '';
    // The kernel renews the kept form after each edit: the live grid knows it already.
    if (this.isDisposed || (this.shown === gridId && isLive(gridId))) {
      return;
    }
    this.shown = gridId;
    this.unmount();
    const data = model.data[this.mimeType];
    this.unmount = mountOutput(this.node, gridId, place =>
      this.showKept(hosts, place, data, about)
    );
  }

  override dispose(): void {
    this.unmount();
    super.dispose();
  }
}

function renderer(
  id: string,
  mimeType: string,
  showKept: ShowKept
): IRenderMime.IExtension {
  return {
    id,
    dataType: 'json',
    // Before the widget renderer (-10), which has only an error to show when the kernel is gone.
    rank: -20,
    rendererFactory: {
      safe: true,
      mimeTypes: [mimeType],
      createRenderer: () => new Output(mimeType, showKept)
    }
  };
}

const extensions: IRenderMime.IExtension[] = [
  renderer(
    'jupyter-journey:output',
    'application/vnd.jupyter-journey+json',
    (hosts, element, data, { persona = null, states = {} }) =>
      hosts.mountMap(element, JSON.stringify(data), persona, states)
  ),
  renderer(
    'jupyter-journey:frame-output',
    'application/vnd.jupyter-journey.frame+json',
    (hosts, element, data) => hosts.mountFrame(element, data as Kept.KeptFrame)
  )
];

export default extensions;
