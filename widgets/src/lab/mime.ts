/** Renders maps in outputs of notebooks. */
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';

const MIME_TYPE = 'application/vnd.jupyter-journey+json';

class MapOutput extends Widget implements IRenderMime.IRenderer {
  private unmount = () => {};

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const { mountOutput } = await import('../hosts/mime');
    if (this.isDisposed) {
      return;
    }
    this.unmount();
    const about = (model.metadata[MIME_TYPE] ?? {}) as {
      grid_id?: string;
      persona?: string | null;
    };
    this.unmount = mountOutput(this.node, {
      text: JSON.stringify(model.data[MIME_TYPE]),
      gridId: about.grid_id ?? '',
      persona: about.persona ?? null
    });
  }

  override dispose(): void {
    this.unmount();
    super.dispose();
  }
}

const extension: IRenderMime.IExtension = {
  id: 'jupyter-journey:output',
  dataType: 'json',
  // Before the widget renderer (-10), which has only an error to show when the kernel is gone.
  rank: -20,
  rendererFactory: {
    safe: true,
    mimeTypes: [MIME_TYPE],
    createRenderer: () => new MapOutput()
  }
};

export default extension;
