'use strict';
// The table is whole without this; it adds a search and sorting by any column.
const table = document.querySelector('table.batch');
const body = table.tBodies[0];
const tools = document.querySelector('.tools');
const search = tools.querySelector('input');
const said = tools.querySelector('output');
const rows = [...body.rows].map((row, place) => ({
  row,
  place,
  text: row.textContent.toLowerCase().normalize('NFKC')
}));
const chosen = new Map();

function show() {
  const words = search.value
    .toLowerCase()
    .normalize('NFKC')
    .split(/\s+/)
    .filter(Boolean);
  let count = 0;
  for (const one of rows) {
    const fits =
      words.every(word => one.text.includes(word)) &&
      [...chosen].every(
        ([column, value]) => !value || cell(one.row, column) === value
      );
    one.row.hidden = !fits;
    count += fits ? 1 : 0;
  }
  said.textContent = said.dataset.form
    .replace('{n}', count)
    .replace('{all}', rows.length);
}

function cell(row, column) {
  return row.cells[column].textContent.trim();
}

function key(row, column) {
  const value = row.cells[column].dataset.value;
  return value === undefined
    ? cell(row, column)
    : value === ''
      ? NaN
      : Number(value);
}

function compare(one, other) {
  return typeof one === 'number' && typeof other === 'number'
    ? one - other
    : String(one).localeCompare(String(other), document.documentElement.lang, {
        numeric: true
      });
}

function sort(head, column) {
  const last = head.getAttribute('aria-sort');
  const numbers = 'value' in (body.rows[0]?.cells[column].dataset ?? {});
  const next =
    last === null
      ? numbers
        ? 'descending'
        : 'ascending'
      : last === 'ascending'
        ? 'descending'
        : 'ascending';
  for (const other of table.tHead.rows[0].cells)
    other.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', next);
  const sign = next === 'ascending' ? 1 : -1;
  const sorted = rows.map(one => ({ one, by: key(one.row, column) }));
  sorted.sort(
    (a, b) =>
      // What has no figure comes last, whichever way they go.
      Number.isNaN(a.by) - Number.isNaN(b.by) ||
      sign * compare(a.by, b.by) ||
      a.one.place - b.one.place
  );
  body.append(...sorted.map(({ one }) => one.row));
}

[...table.tHead.rows[0].cells].forEach((head, column) => {
  if ('choice' in head.dataset) choose(head, column);
  if ('plain' in head.dataset) return;
  const button = document.createElement('button');
  button.append(...head.childNodes);
  button.addEventListener('click', () => sort(head, column));
  head.append(button);
});

function choose(head, column) {
  const values = [...new Set(rows.map(one => cell(one.row, column)))];
  if (values.length < 2 || values.length > 40) return;
  const label = document.createElement('label');
  const select = document.createElement('select');
  const name = head.textContent.trim();
  select.append(
    new Option(tools.dataset.all, ''),
    ...values.sort().map(value => new Option(value))
  );
  select.addEventListener('change', () => {
    chosen.set(column, select.value);
    show();
  });
  label.append(name, select);
  tools.insertBefore(label, said);
}

search.addEventListener('input', show);
tools.hidden = false;
show();
