// Bundles the widgets' scripts, each as small as it gets: it travels with every map that is shown.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import { minify } from 'terser';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(dirname(here), 'jupyter_journey', 'static');
const BUNDLES = { anywidget: 'journey_grid.js', frame_grid: 'frame_grid.js' };

/**
 * Names that are ours alone, or Preact's: no document, trait, message or text of the catalogue has
 * any. Those of the browser are known.
 */
const OURS = `
  setState forceUpdate shouldComponentUpdate getChildContext debounceRendering contextType
  props onGrab onCard typing figures heading editing refusal drafts sought opened dragged
  latest flaw become arrive act above deliver basis spoken whisker raise drags commit cancel
  offers judged seen desk chosen told turned said looks words view question rejoined known
  looking heard again serve turn ways lost insert settle overdue onClose drop grab sweep shows
`
  .trim()
  .split(/\s+/);
const generated = ['words', 'frame_words', 'theme', 'schema'].map(name =>
  readFileSync(join(here, 'src', 'generated', `${name}.ts`), 'utf8')
);
const taken = OURS.filter(name =>
  generated.some(text => new RegExp(`^\\s*"?${name}"?:`, 'm').test(text))
);
if (taken.length) {
  throw new Error(`Others have ${taken.join(', ')}, too: take it off OURS.`);
}

/**
 * Each of the map's classes by a letter or two: the names are there for whoever reads the source.
 * One that the script puts together stays as it is, so none may be both put together and written.
 * They keep a prefix: the table's own class, for one, has two letters.
 */
function withShortClasses(code) {
  const isWritten = name =>
    new RegExp(`(?<=["'\`\\s])${name}(?=["'\`\\s])`).test(code) &&
    !code.includes(`"${name.slice(2)}"`);
  return [...new Set(code.match(/(?<=\.)jj-[\w-]+/g))]
    .filter(isWritten)
    .reduce((short, name, at) => {
      const found = new RegExp(`(?<=[."'\`\\s])${name}(?![\\w-])`, 'g');
      return short.replace(found, `jj${at.toString(36)}`);
    }, code);
}

for (const [entry, name] of Object.entries(BUNDLES)) {
  const bundled = await build({
    entryPoints: [join(here, 'src', 'hosts', `${entry}.ts`)],
    outfile: join(target, name),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    inject: [join(here, 'src', 'jsx.ts')],
    tsconfigRaw: {
      compilerOptions: {
        jsx: 'react',
        jsxFactory: 'h',
        jsxFragmentFactory: 'Fragment',
        useDefineForClassFields: true
      }
    },
    legalComments: 'none',
    write: false
  });
  // esbuild looks at each expression once; what it leaves, a second compressor still finds.
  const { code } = await minify(bundled.outputFiles[0].text, {
    module: true,
    ecma: 2020,
    compress: {
      passes: 3,
      pure_getters: true,
      // Nothing here replaces what JavaScript itself brings.
      unsafe: true,
      inline: 1,
      hoist_vars: true,
      // Written as the source has it, it repeats itself more, which is what gzip lives on.
      booleans: false,
      conditionals: false,
      if_return: false,
      lhs_constants: false,
      sequences: false
    },
    mangle: {
      // So are names such as isReadOnly and laneAt.
      properties: {
        regex: new RegExp(
          `^((is|has|component|getDerived|getSnapshot|open)[A-Z]\\w*|[a-z]+(At|Of)|__[a-zA-Z]?|${OURS.join('|')})$`
        )
      }
    }
  });
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, name), withShortClasses(code));
}
