"""Separated text (CSV and its kin) as batches: every column as text, every row whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from functools import cache

import pyarrow as pa
import pyarrow.csv as pa_csv

from jupyter_journey.errors import ColumnError, SourceError
from jupyter_journey.events.inputs.batches import Batch, counted_from
from jupyter_journey.events.inputs.blocks import Block, blocks, record_ends
from jupyter_journey.events.inputs.columnar import Choice
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.inputs.streams import CHUNK, Item
from jupyter_journey.events.parsing import TEXT

__all__ = ["header_of", "records", "separated"]

Kinds = dict[str, pa.DataType]
_PARSED = 1 << 22
"""Bytes parsed at a time; no record may be longer."""


def separated(
    item: Item,
    spec: ReadingSpec,
    coded: Sequence[str] = (),
    choice: Choice | None = None,
    size: int = CHUNK,
) -> Iterator[Batch]:
    """Yield a file's rows, at most ``size`` bytes at a time.

    Parameters
    ----------
    coded
        Columns to be dictionary-coded while they are read.
    choice
        Without, or where it chooses none: all columns are read.

    Raises
    ------
    SourceError, ColumnError
        If the text is no such table; with the row.
    """
    names: list[str] = []
    kinds: Kinds = {}
    for block in blocks(item.chunks(size), spec, item.name):
        rest = block
        if not names:
            names, rest = _after_header(block, spec, item.name)
            kinds = _kinds(names, coded, choice)
        if rest.data.strip(b"\r\n"):
            yield _batch(rest, names, spec, item.name, kinds)
    if not names:
        raise SourceError(source=item.name, reason="is empty", way_out="Export it again")
    # A file with no rows still says its columns.
    yield Batch(pa.schema(kinds).empty_table(), item.name, counted_from(1))


def header_of(rows: Sequence[Sequence[str]], spec: ReadingSpec) -> list[str]:
    """Return the columns' names out of the rows the header takes."""
    first = spec.header_row - 1
    if spec.header_rows == 1:
        return list(rows[first]) if len(rows) > first else []
    filled = [
        [*row, *[""] * (len(rows[first]) - len(row))]
        for row in rows[first : first + spec.header_rows]
    ]
    for position, name in enumerate(filled[0]):
        if not name and position:
            filled[0][position] = filled[0][position - 1]
    return [" / ".join(dict.fromkeys(filter(None, parts))) for parts in zip(*filled, strict=False)]


def records(data: bytes, spec: ReadingSpec, most: int | None = None) -> Iterator[list[str]]:
    """Yield records one by one; blank lines are empty lists."""
    text = io.StringIO(data.decode(), newline="")
    reader = csv.reader(text, delimiter=spec.delimiter, quotechar=spec.quote)
    csv.field_size_limit(2**31 - 1)
    for number, row in enumerate(reader):
        if most is not None and number >= most:
            return
        yield row


def _after_header(block: Block, spec: ReadingSpec, name: str) -> tuple[list[str], Block]:
    taken = spec.header_row - 1 + spec.header_rows + spec.rows_below
    sign = b"\n" if b"\n" in block.data else b"\r"
    ends = record_ends(block.data, spec.quote, sign)
    cut = int(ends[taken - 1]) + 1 if len(ends) >= taken else len(block.data)
    names = header_of(list(records(block.data[:cut], spec, taken)), spec)
    if not any(names):
        way_out = "Export it again, or say where the header stands: sniff(path, header_row=…)"
        reason = f"has no header in row {spec.header_row}"
        raise SourceError(source=name, reason=reason, way_out=way_out)
    twice = next((column for column in names if names.count(column) > 1), None)
    if twice is not None:
        raise ColumnError(
            source=name,
            column=twice,
            reason=f"stands there more than once (row {spec.header_row})",
            way_out="Rename one of them.",
        )
    return names, Block(block.data[cut:], block.first + taken)


def _batch(block: Block, names: list[str], spec: ReadingSpec, source: str, kinds: Kinds) -> Batch:
    has_quotes = spec.quote.encode() in block.data
    try:
        table = pa_csv.read_csv(
            pa.BufferReader(block.data),
            read_options=pa_csv.ReadOptions(column_names=names, block_size=_PARSED),
            parse_options=pa_csv.ParseOptions(
                delimiter=spec.delimiter,
                quote_char=spec.quote if has_quotes else False,
                newlines_in_values=has_quotes,
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types=kinds, include_columns=[*kinds], strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        raise _ragged(block, names, spec, source, error) from error

    @cache
    def rows() -> list[int]:
        """Return the records' numbers; blank lines count, too, as in a spreadsheet."""
        numbered = enumerate(records(block.data, spec), block.first)
        return [number for number, row in numbered if row]

    return Batch(table, source, lambda position: rows()[position])


def _ragged(
    block: Block, names: list[str], spec: ReadingSpec, source: str, error: Exception
) -> Exception:
    """Find the row whose fields don't match the header, and the column where it goes wrong."""
    for number, row in enumerate(records(block.data, spec), block.first):
        if row and len(row) != len(names):
            column = names[min(len(row), len(names) - 1)]
            return ColumnError(
                source=source,
                column=column,
                row=number,
                reason=f"can't be told in row {number}: it has {len(row)} fields, "
                f"the header {len(names)}",
                way_out="Quote fields that hold the delimiter, or mend the row.",
            )
    reason = str(error).splitlines()[0].rstrip(".")
    return SourceError(source=source, reason=reason, way_out="Export it again as CSV")


def _kinds(names: Sequence[str], coded: Sequence[str], choice: Choice | None) -> Kinds:
    """Return the types of the columns to be read."""
    kinds = {name: TEXT if name in coded else pa.string() for name in names}
    chosen = choice(pa.schema(kinds)) if choice else names
    return {name: kinds[name] for name in chosen or names}
