"""Sheets of Excel workbooks, cell by cell: what a cell shows is what is read, or it is refused.

By openpyxl rather than a faster reader: it alone tells the number format, without which an id
shown as 007 would be read as 7, and marks cells that hold an error.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

import pyarrow as pa

from jupyter_journey.errors import ColumnError, SourceError
from jupyter_journey.events.inputs.batches import Batch
from jupyter_journey.events.inputs.extras import needed
from jupyter_journey.events.inputs.separated import header_of
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.inputs.streams import Item, too_large

__all__ = ["sheet", "sheets"]

_PADDED = re.compile(r"0{2,}")
_EXACT = 10**15
"""Excel keeps 15 digits of a number; longer ones have lost some already."""
Row = tuple[int, list[Any]]


def sheets(item: Item) -> dict[str, list[list[str]]]:
    """Return the first rows of each visible sheet that isn't empty, as texts."""
    with _workbook(item) as book:
        heads = {
            page.title: [
                ["" if cell.value is None else str(cell.value) for cell in row]
                for row in page.iter_rows(max_row=30)
            ]
            for page in book.worksheets
            if page.sheet_state == "visible"
        }
    return {name: rows for name, rows in heads.items() if any(map(any, rows))}


def sheet(item: Item, spec: ReadingSpec) -> Iterator[Batch]:
    """Yield the rows of the spec's sheet, as one batch: a sheet has at most 1,048,576.

    Raises
    ------
    SourceError, ColumnError
        If the workbook can't be read, a cell holds an error, or a column mixes dates and others.
    """
    with _workbook(item) as book:
        name = spec.sheet or book.sheetnames[0]
        if name not in book.sheetnames:
            raise SourceError(
                source=item.name,
                reason=f"has no sheet {name!r}; there are {', '.join(book.sheetnames)}",
                way_out="Say which: sniff(path, sheet=…)",
            )
        rows = list(_rows(book[name], item.name))
    head: list[list[str]] = [[] for _ in range(spec.header_row - 1 + spec.header_rows)]
    for number, values in rows:
        if number <= len(head):
            head[number - 1] = ["" if value is None else str(value) for value in values]
    names = header_of(head, spec)
    while names and not names[-1]:
        names.pop()
    _no_twins(names, item.name, spec)
    start = len(head) + spec.rows_below
    data = [(number, values) for number, values in rows if number > start]
    numbers = [number for number, _ in data]
    columns = {}
    for position, column in enumerate(names):
        cells = [values[position] if position < len(values) else None for _, values in data]
        columns[column] = _typed(cells, numbers, column, item.name)
    for number, values in data:
        if any(value is not None for value in values[len(names) :]):
            raise _refused(item.name, names[-1], number, "is followed by a value with no header")
    yield Batch(pa.table(columns), item.name, numbers.__getitem__)


@contextmanager
def _workbook(item: Item) -> Iterator[Any]:
    openpyxl = needed("openpyxl", "Excel files")
    with item.opened() as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                sizes = [(entry.file_size, entry.compress_size) for entry in archive.infolist()]
            if any(too_large(*size) for size in sizes):
                raise SourceError(
                    source=item.name,
                    reason="unpacks to more than 200 times its size",
                    way_out="Save it anew as .xlsx or CSV if you trust it",
                )
            stream.seek(0)
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        except (zipfile.BadZipFile, KeyError, ValueError, EOFError, OSError) as error:
            raise SourceError(
                source=item.name,
                reason=f"isn't a whole Excel workbook ({error})",
                way_out="Save it as .xlsx or CSV",
            ) from error
        yield book
        book.close()


def _rows(page: Any, source: str) -> Iterator[Row]:
    """Yield number and values of each row that isn't blank."""
    for number, row in enumerate(page.iter_rows(), 1):
        values = [_value(cell, number, source) for cell in row]
        if any(value is not None for value in values):
            yield number, values


def _value(cell: Any, number: int, source: str) -> Any:
    value = cell.value
    if value is None or value == "":
        return None
    if cell.data_type == "e":
        raise _refused(source, cell.column_letter, number, f"holds the error {value}")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        if abs(value) >= _EXACT:
            raise _refused(
                source, cell.column_letter, number, "holds a number longer than Excel keeps"
            )
        padded = _PADDED.fullmatch(cell.number_format or "")
        return str(value).zfill(len(cell.number_format)) if padded else value
    if isinstance(value, datetime | float | str):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    raise _refused(source, cell.column_letter, number, f"holds a {type(value).__name__}")


def _typed(cells: list[Any], numbers: list[int], column: str, source: str) -> pa.Array:
    kinds = {type(cell) for cell in cells if cell is not None}
    if datetime in kinds and len(kinds) > 1:
        common = datetime if isinstance(next(c for c in cells if c is not None), datetime) else str
        odd = next(
            number
            for number, cell in zip(numbers, cells, strict=True)
            if cell is not None and isinstance(cell, datetime) != (common is datetime)
        )
        raise _refused(source, column, odd, "mixes dates with other values")
    if str in kinds and len(kinds) > 1:
        cells = [None if cell is None else _text(cell) for cell in cells]
    if kinds == {float, int}:
        cells = [None if cell is None else float(cell) for cell in cells]
    arrow = {frozenset({datetime}): pa.timestamp("us")}.get(frozenset(kinds))
    return pa.array(cells, arrow) if kinds else pa.nulls(len(cells), pa.string())


def _text(value: Any) -> str:
    return value if isinstance(value, str) else repr(value)


def _no_twins(names: list[str], source: str, spec: ReadingSpec) -> None:
    if not names:
        raise SourceError(
            source=source,
            reason=f"has no header in row {spec.header_row}",
            way_out="Say where it stands: sniff(path, header_row=…)",
        )
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ColumnError(
            source=source,
            column=twice,
            reason="stands there more than once",
            way_out="Rename one of them.",
        )


def _refused(source: str, column: str, row: int, reason: str) -> ColumnError:
    return ColumnError(
        source=source,
        column=column,
        row=row,
        reason=f"{reason} in row {row}",
        way_out="Mend the cell; ids that look like numbers or dates must be text.",
    )
