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

/** The block of a clipboard: its text, in which merged cells keep their places, unless only the
 * table has cells. What is surely more cells than are taken isn't read to its end. */
export function read(
  data: Pick<DataTransfer, 'getData'>,
  most = Infinity
): Block {
  const text = data.getData('text/plain');
  const html = data.getData('text/html');
  const isBlock = /[\t\r\n]/.test(text.trimEnd());
  const table = isBlock || !html ? null : fromTable(html);
  return table && table.flat().length > 1 ? table : fromText(text, most);
}

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

export function fromTable(html: string): Block | null {
  const table = new DOMParser()
    .parseFromString(html, 'text/html')
    .querySelector('table');
  if (!table) {
    return null;
  }
  return [...table.rows].map(row =>
    [...row.cells].flatMap(cell => {
      const text = textOf(cell).replaceAll('\u00a0', ' ').trim();
      return [text, ...Array<string>(cell.colSpan - 1).fill('')];
    })
  );
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
  const pattern =
    /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy;
  for (let end = ''; pattern.lastIndex <= text.length;) {
    const found = pattern.exec(text);
    if (!found) {
      break;
    }
    const [whole, inQuotes, plain] = found;
    const cell = inQuotes?.replaceAll('""', '"') ?? plain;
    end = found[3];
    rows[rows.length - 1].push(cell);
    if (end === '') {
      break;
    }
    if (end !== '\t') {
      rows.push([]);
    }
    count += 1;
    if (whole === '' || count > most) {
      break;
    }
  }
  const last = rows[rows.length - 1];
  // Spreadsheets end the last row with a line break, too.
  if (rows.length > 1 && last.length === 1 && last[0] === '') {
    rows.pop();
  }
  return rows;
}
