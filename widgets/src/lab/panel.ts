/** The document editor of `*.journey.json`. */
import { ABCWidgetFactory, DocumentWidget } from '@jupyterlab/docregistry';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import { Widget } from '@lumino/widgets';

export interface PanelWords {
  /** Why a file can't be shown, as a sentence. */
  broken: (reason: string) => string;
  openAsText: string;
}

type Context = DocumentRegistry.CodeContext;

export class JourneyFactory extends ABCWidgetFactory<
  DocumentWidget<Widget>,
  DocumentRegistry.ICodeModel
> {
  constructor(
    options: DocumentRegistry.IWidgetFactoryOptions<DocumentWidget<Widget>>,
    private readonly words: PanelWords,
    private readonly openAsText: (path: string) => void
  ) {
    super(options);
  }

  protected createNewWidget(context: Context): DocumentWidget<Widget> {
    const content = new Widget();
    content.addClass('jj-Document');
    const widget = new DocumentWidget({ content, context });
    void context.ready.then(async () => {
      const { mountDocument } = await import('../hosts/document');
      if (!widget.isDisposed) {
        const unmount = mountDocument(
          content.node,
          context.model,
          (reason, place) => this.complain(reason, place, context)
        );
        widget.disposed.connect(unmount);
      }
    });
    return widget;
  }

  private complain(reason: string, place: HTMLElement, context: Context): void {
    const box = document.createElement('div');
    box.className = 'jj-Broken';
    const sentence = document.createElement('p');
    sentence.setAttribute('role', 'alert');
    sentence.textContent = this.words.broken(reason);
    const button = document.createElement('button');
    button.className = 'jp-mod-styled';
    button.textContent = this.words.openAsText;
    button.onclick = () => this.openAsText(context.path);
    box.append(sentence, button);
    place.append(box);
  }
}
