/** Blocks of cells as spreadsheets write and read them: tab-separated text, and an HTML table. */

export type Block = string[][];

/** A block as the two forms of a clipboard. */
export function written(block: Block): { text: string; html: string } {
  const text = block.map(row => row.map(quoted).join('\t')).join('\n');
  const rows = block
    .map(
      row =>
        `<tr>${row.map(cell => `<td${asText(cell)}>${escaped(cell)}</td>`).join('')}</tr>`
    )
    .join('');
  return { text, html: `<table><tbody>${rows}</tbody></table>` };
}

/** The block of a clipboard: its text, unless only the table has cells, or knows better which they
 * are. What is surely more cells than are taken isn't read to its end. */
export function read(
  data: Pick<DataTransfer, 'getData'>,
  most = Infinity
): Block {
  const text = data.getData('text/plain');
  const html = data.getData('text/html');
  const block = fromText(text, most);
  // Long tables are slow to read, and say nothing else.
  const isPlain = text.includes('\t') && !/(row|col)span/i.test(html);
  const table = isPlain ? [] : fromTable(html);
  // Browsers write no tabs for merged cells, and not every spreadsheet puts the line breaks of a
  // single cell in quotes.
  const isTold =
    block.flat().length > 1
      ? words(table) === words(block) && shape(table) !== shape(block)
      : table.flat().length > 1;
  return isTold ? table : block;
}

const words = (block: Block) => block.flat().join('').replace(/[\s"]/g, '');
const shape = (block: Block) => block.map(row => row.length).join();

function quoted(cell: string): string {
  return /[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Excel would take a text that begins so for a formula. */
function asText(cell: string): string {
  return /^[=+@-]/.test(cell) && Number.isNaN(Number(cell))
    ? ` style="mso-number-format:'\\@'"`
    : '';
}

function escaped(cell: string): string {
  return cell
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/\r?\n/g, '<br>');
}

/** The cells of a table; a merged one has its text in the first of its places. */
export function fromTable(html: string): Block {
  const table = new DOMParser()
    .parseFromString(html, 'text/html')
    .querySelector('table');
  const rows = [...(table?.rows ?? [])];
  const block: Block = rows.map(() => []);
  rows.forEach((row, top) => {
    for (const cell of row.cells) {
      // What reaches down from above has its place already.
      let left = 0;
      while (left in block[top]) {
        left += 1;
      }
      for (const below of block.slice(top, top + cell.rowSpan)) {
        for (let right = cell.colSpan; right--;) {
          below[left + right] = '';
        }
      }
      block[top][left] = textOf(cell)
        .replace(/ *\n */g, '\n')
        .replaceAll('\u00a0', ' ')
        .trim();
    }
  });
  return block.map(row => Array.from(row, text => text ?? ''));
}

/** A cell's text with its line breaks; those of the markup itself are none. */
function textOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) {
    return (node.textContent ?? '').replace(/\s*\n\s*/g, ' ');
  }
  if (node.nodeName === 'BR') {
    return '\n';
  }
  const inner = [...node.childNodes].map(textOf).join('');
  return ['P', 'DIV', 'LI'].includes(node.nodeName) ? `${inner}\n` : inner;
}

/** Tab-separated text, in which a cell with line breaks stands in quotes. */
export function fromText(text: string, most = Infinity): Block {
  const rows: Block = [[]];
  let count = 0;
  const cells = text.matchAll(
    /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/g
  );
  for (const [, inQuotes, plain, end] of cells) {
    rows[rows.length - 1].push(inQuotes?.replaceAll('""', '"') ?? plain);
    count += 1;
    if (end === '' || count > most) {
      break;
    }
    if (end !== '\t') {
      rows.push([]);
    }
  }
  // Spreadsheets end the last row with a line break, too.
  if (rows.length > 1 && String(rows.at(-1)) === '') {
    rows.pop();
  }
  return rows;
}
