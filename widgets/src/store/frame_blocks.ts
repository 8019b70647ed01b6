/** Blocks of cells as spreadsheets put them on the clipboard. */

/** Read tab-separated text as Excel and Google Sheets write it: quoted where it has line breaks. */
export function fromTsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at <= text.length) {
    const [cell, end] = cellAt(text, at);
    row.push(cell);
    if (text[end] !== '\t') {
      rows.push(row);
      row = [];
    }
    at = end + (text.startsWith('\r\n', end) ? 2 : 1);
    if (at === text.length && text[end] !== '\t') {
      break;
    }
  }
  return rows;
}

function cellAt(text: string, start: number): [cell: string, end: number] {
  const quoted = /"((?:[^"]|"")*)"(?=\t|\r?\n|$)/y;
  quoted.lastIndex = start;
  const found = quoted.exec(text);
  if (found) {
    return [found[1].replaceAll('""', '"'), quoted.lastIndex];
  }
  const end = text.slice(start).search(/\t|\r?\n/);
  const stop = end < 0 ? text.length : start + end;
  return [text.slice(start, stop), stop];
}

/** Read the first table of a piece of HTML; null where there is none. */
export function fromHtml(html: string): string[][] | null {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const table = page.querySelector('table');
  if (!table) {
    return null;
  }
  table.querySelectorAll('br').forEach(br => br.replaceWith('\n'));
  return [...table.querySelectorAll('tr')].map(row =>
    [...row.querySelectorAll('td, th')].map(cell =>
      (cell.textContent ?? '').replace(/[^\S\n]+/g, ' ').trim()
    )
  );
}

/** Return what was copied as a block: the plain text, unless only the HTML has cells. */
export function fromClipboard(plain: string, html: string): string[][] {
  const isBlock = /[\t\n]/.test(plain.trimEnd());
  const table = isBlock || !html ? null : fromHtml(html);
  return table && table.flat().length > 1 ? table : fromTsv(plain);
}

export function toTsv(rows: readonly string[][]): string {
  const cell = (text: string) =>
    /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map(row => row.map(cell).join('\t')).join('\n');
}

export function toHtml(rows: readonly string[][]): string {
  const table = document.createElement('table');
  for (const row of rows) {
    const line = table.insertRow();
    for (const text of row) {
      const cell = line.insertCell();
      text.split('\n').forEach((part, at) => {
        cell.append(...(at ? [document.createElement('br')] : []), part);
      });
    }
  }
  return table.outerHTML;
}
