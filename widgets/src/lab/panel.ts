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
type History = (model: DocumentRegistry.ICodeModel) => {
  undo: () => void;
  redo: () => void;
} | null;

/** A journey document in a panel; what it undoes, its map does. */
export class JourneyDocument extends DocumentWidget<
  Widget,
  DocumentRegistry.ICodeModel
> {
  historyOf: History = () => null;

  undo(): void {
    this.historyOf(this.context.model)?.undo();
  }

  redo(): void {
    this.historyOf(this.context.model)?.redo();
  }
}

export class JourneyFactory extends ABCWidgetFactory<
  JourneyDocument,
  DocumentRegistry.ICodeModel
> {
  constructor(
    options: DocumentRegistry.IWidgetFactoryOptions<JourneyDocument>,
    private readonly words: PanelWords,
    private readonly openAsText: (path: string) => void
  ) {
    super(options);
  }

  protected createNewWidget(context: Context): JourneyDocument {
    const content = new Widget();
    content.addClass('jj-Document');
    const widget = new JourneyDocument({ content, context });
    void context.ready.then(async () => {
      const { mountDocument, historyOf } = await import('../hosts/document');
      if (!widget.isDisposed) {
        widget.historyOf = historyOf;
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
