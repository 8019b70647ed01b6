/** JupyterLab: the launcher card, the command and the editor of journey maps. */
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { ICommandPalette, WidgetTracker } from '@jupyterlab/apputils';
import type { DocumentWidget } from '@jupyterlab/docregistry';
import { IMainMenu } from '@jupyterlab/mainmenu';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { LabIcon } from '@jupyterlab/ui-components';

// Activation itself needs these; the map and the catalogue load when they are first asked for.

import { words as byLanguage } from '../generated/words';

import { JourneyDocument, JourneyFactory } from './panel';

const PLUGIN = 'jupyter-journey:plugin';
const COMMAND = 'jupyter-journey:new-map';
const FACTORY = 'Journey map';
const FILE_TYPE = 'journey';
const EXTENSION = '.journey.json';
const words = byLanguage.en;

const icon = new LabIcon({
  name: 'jupyter-journey:map',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="16">' +
    '<path class="jp-icon3" fill="none" stroke="#616161" stroke-width="1.8" stroke-linecap="round" ' +
    'd="M3 16c3 0 4-8 8-8s5 8 10 2"/>' +
    '<g class="jp-icon-brand0" fill="#1f5fbf"><circle cx="3.5" cy="16" r="2.4"/>' +
    '<circle cx="11" cy="8" r="2.4"/><circle cx="20.5" cy="10.5" r="2.4"/></g></svg>'
});

const plugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN,
  description: 'Journey maps as documents: launcher card, command, editor.',
  autoStart: true,
  optional: [
    ICommandPalette,
    ILayoutRestorer,
    ISettingRegistry,
    ITranslator,
    IMainMenu
  ],
  activate: (
    app: JupyterFrontEnd,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
    settings: ISettingRegistry | null,
    translator: ITranslator | null,
    mainMenu: IMainMenu | null
  ) => {
    const trans = (translator ?? nullTranslator).load('jupyter_journey');
    addEditor(app, trans, restorer);
    addCommand(app, trans, settings);
    addHistory(app, trans, mainMenu);
    const category = trans.__(words.category);
    palette?.addItem({ command: COMMAND, category });
    void addCard(app, category);
  }
};

export default plugin;

// Dashboards such as Voilà load this plugin, too, and share neither launcher nor file browser:
// these two packages load where they are used.
async function addCard(app: JupyterFrontEnd, category: string): Promise<void> {
  if (app.hasPlugin('@jupyterlab/launcher-extension:plugin')) {
    const { ILauncher } = await import('@jupyterlab/launcher');
    const launcher = await app.resolveOptionalService(ILauncher);
    launcher?.add({ command: COMMAND, category, rank: 1 });
  }
}

async function folderOf(app: JupyterFrontEnd): Promise<string> {
  const { IDefaultFileBrowser } = await import('@jupyterlab/filebrowser');
  const browser = await app.resolveOptionalService(IDefaultFileBrowser);
  return browser?.model.path ?? '';
}

function addEditor(
  app: JupyterFrontEnd,
  trans: TranslationBundle,
  restorer: ILayoutRestorer | null
): void {
  app.docRegistry.addFileType({
    name: FILE_TYPE,
    displayName: trans.__(words.editor),
    extensions: [EXTENSION],
    mimeTypes: ['application/json'],
    fileFormat: 'text',
    contentType: 'file',
    icon
  });
  const factory = new JourneyFactory(
    {
      name: FACTORY,
      label: trans.__(words.editor),
      modelName: 'text',
      fileTypes: [FILE_TYPE],
      defaultFor: [FILE_TYPE]
    },
    {
      broken: reason => trans.__(words.broken).replace('{reason}', reason),
      openAsText: trans.__(words.open_as_text)
    },
    path =>
      void app.commands.execute('docmanager:open', { path, factory: 'Editor' })
  );
  const tracker = new WidgetTracker<DocumentWidget>({
    namespace: 'jupyter-journey'
  });
  factory.widgetCreated.connect((_, widget) => {
    widget.title.icon = icon;
    widget.context.pathChanged.connect(() => void tracker.save(widget));
    void tracker.add(widget);
  });
  app.docRegistry.addWidgetFactory(factory);
  void restorer?.restore(tracker, {
    command: 'docmanager:open',
    args: widget => ({ path: widget.context.path, factory: FACTORY }),
    name: widget => widget.context.path
  });
}

function addCommand(
  app: JupyterFrontEnd,
  trans: TranslationBundle,
  settings: ISettingRegistry | null
): void {
  app.commands.addCommand(COMMAND, {
    label: trans.__(words.new_map),
    caption: trans.__(words.new_map_caption),
    icon,
    describedBy: {
      args: {
        type: 'object',
        properties: {
          cwd: {
            type: 'string',
            description: trans.__(words.new_map_folder)
          }
        }
      }
    },
    execute: async (args): Promise<unknown> => {
      const folder =
        typeof args.cwd === 'string' ? args.cwd : await folderOf(app);
      const seed = (await settings?.load(PLUGIN))?.composite ?? {};
      const content = await newDocument(seed.language, seed.mapType);
      const { contents } = app.serviceManager;
      const { path } = await contents.newUntitled({
        path: folder,
        type: 'file',
        ext: EXTENSION
      });
      await contents.save(path, { type: 'file', format: 'text', content });
      return app.commands.execute('docmanager:open', {
        path,
        factory: FACTORY
      });
    }
  });
}

/** Undo and redo in the Edit menu, for the map in front. */
function addHistory(
  app: JupyterFrontEnd,
  trans: TranslationBundle,
  mainMenu: IMainMenu | null
): void {
  for (const step of ['undo', 'redo'] as const) {
    const id = `jupyter-journey:${step}`;
    const inFront = () => {
      const widget = app.shell.currentWidget;
      return widget instanceof JourneyDocument ? widget : null;
    };
    app.commands.addCommand(id, {
      label: trans.__(words[step]),
      describedBy: { args: { type: 'object', properties: {} } },
      isEnabled: () => inFront() !== null,
      execute: () => inFront()?.[step]()
    });
    mainMenu?.editMenu.undoers[step].add({
      id,
      isEnabled: () => inFront() !== null
    });
  }
}

async function newDocument(
  language: unknown,
  mapType: unknown
): Promise<string> {
  const [{ blank }, { dump }] = await Promise.all([
    import('../store/blank'),
    import('../store/document')
  ]);
  const known: Record<string, { untitled: string }> = byLanguage;
  const chosen = typeof language === 'string' && language ? language : 'en';
  return dump(
    blank((known[chosen] ?? words).untitled, {
      language: chosen,
      mapType: typeof mapType === 'string' ? mapType : undefined
    })
  );
}
