// Plays pages of a grid for tests/grids: a JSON line asks, a JSON line answers.
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { build } from 'esbuild';

const here = import.meta.dirname;
// The stores and their hosts as they are, but nothing is drawn, as nobody looks.
const unseen = {
  name: 'unseen',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/(mount|theme|keyboard)$/ }, () => ({
      path: join(here, 'unseen.ts')
    }))
};
const { outputFiles } = await build({
  entryPoints: [join(here, 'pages.ts')],
  bundle: true,
  write: false,
  format: 'esm',
  plugins: [unseen]
});
const script = Buffer.from(outputFiles[0].contents).toString('base64');
const { answer } = await import(`data:text/javascript;base64,${script}`);

// Standard output is for answers; that a host finds its kernel gone is no news here.
console.info = () => undefined;
createInterface({ input: process.stdin }).on('line', line => {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)) ?? null)}\n`);
});
