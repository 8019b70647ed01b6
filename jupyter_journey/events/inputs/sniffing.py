"""Finding out how a source is written: one convention that fits is taken, several are refused."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.errors import ColumnError, SourceError
from jupyter_journey.events.inputs import columnar
from jupyter_journey.events.inputs.batches import Batch
from jupyter_journey.events.inputs.dialects import dialect, encoding_of, header_row
from jupyter_journey.events.inputs.excel import sheets
from jupyter_journey.events.inputs.json_lines import names_of
from jupyter_journey.events.inputs.numbers import CONVENTIONS, fitting_conventions
from jupyter_journey.events.inputs.opening import batches, format_of
from jupyter_journey.events.inputs.parts import IMPLIED, NEEDED, PARTS, check_parts, parts_of_kind
from jupyter_journey.events.inputs.presets import Guess, check_preset, guess, presets
from jupyter_journey.events.inputs.presets import preset as named_preset
from jupyter_journey.events.inputs.separated import header_of, records
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.inputs.streams import Item, items
from jupyter_journey.events.inputs.time_formats import TIME_FORMATS, first_misfit
from jupyter_journey.events.parsing import is_text

__all__ = ["settled", "sniff"]

_HEAD = 1 << 20


def sniff(
    source: str | os.PathLike[str],
    *,
    role: str = "events",
    columns: Mapping[str, str] | None = None,
    preset: str | None = None,
    **known: Any,
) -> ReadingSpec:
    r"""Find out how a file is to be read.

    Print the result, change it (:meth:`ReadingSpec.change`), pass it as ``spec=`` to the readers,
    keep it in the journey (:meth:`ReadingSpec.words`). Its columns are a guess from known shapes of
    files unless you say them: look before you use it.

    Parameters
    ----------
    source
        A path, a folder, a pattern such as ``logs/*.csv``, or an address; of several files the
        first tells all but the way times are written, which all tell.
    role
        What the file holds: ``events``, ``crm``, ``survey``, ``tickets`` or ``spend``.
    columns
        Which column plays which part, where you know it.
    preset
        The known shape, where you know it, such as ``mixpanel``.
    known
        Further fields of the spec you know, such as ``delimiter=";"`` or ``time="DD.MM.YYYY"``.

    Raises
    ------
    SourceError, ColumnError
        If the file can't be read, lacks what its preset needs, or fits several conventions.

    Examples
    --------
    >>> from pathlib import Path
    >>> text = "user_id;event;timestamp\n007;visit;13.04.2024 10:00\n"
    >>> _ = Path("log.csv").write_text(text, encoding="utf-8")
    >>> print(sniff("log.csv"))
    delimiter: ;
    time: DD.MM.YYYY
    columns: customer ← user_id, event ← event, time ← timestamp
    preset: retentioneering
    """
    check_parts(role, columns or {})
    first = items(source)[0]
    spec = ReadingSpec().change(**{"format": format_of(first), **known})
    spec, found = _shape(first, spec, role, columns or {}, preset, tuple(known))
    guessed = guess(found, role) if preset is None else named_preset(preset, found, role)
    if preset is not None:
        check_preset(preset, found, columns or {}, first.name)
    spec = spec.change(columns={part: part for part in IMPLIED[role] if part in found})
    if guessed and (preset or not set(NEEDED[role]) <= set(spec.columns)):
        spec = _with_guess(spec, guessed, known)
    chosen = {**spec.columns, **(columns or {})}
    in_order = {part: chosen[part] for part in PARTS[role] if part in chosen}
    return settled(source, spec.change(columns=in_order), role)


def settled(source: Any, spec: ReadingSpec, role: str) -> ReadingSpec:
    """Return the spec with the way times are written, and numbers if their sample is clear.

    Raises
    ------
    ColumnError
        If several ways to write times fit all of them.
    """
    columns = parts_of_kind(role, "time", spec.columns)
    if columns and not spec.time:

        def untold(schema: pa.Schema) -> list[str]:
            return [
                name
                for name in columns
                if name in schema.names and _is_open(schema.field(name).type)
            ]

        pieces = batches(source, spec, choice=untold, size=_HEAD)
        spec = spec.change(time=_time_format(pieces, columns, spec))
    if not spec.decimal and spec.format in ("csv", "jsonl"):
        spec = _with_numbers(spec, batches(source, spec, size=_HEAD))
    return spec


def _shape(
    item: Item,
    spec: ReadingSpec,
    role: str,
    columns: Mapping[str, str],
    preset: str | None,
    known: Sequence[str],
) -> tuple[ReadingSpec, list[str]]:
    """Return the spec with all that shows in the beginning of a file, and its columns."""
    wishes = _wishes(role, columns, preset)
    if spec.format == "parquet":
        return spec, columnar.parquet_metadata(item).schema.to_arrow_schema().names
    if spec.format == "arrow":
        return spec, next(columnar.arrow(item)).table.column_names
    if spec.format == "excel":
        return _excel_shape(item, spec, wishes, known)
    head, whole = _beginning(item)
    if not head.strip():
        raise SourceError(source=item.name, reason="is empty", way_out="Export it again")
    if "encoding" not in known:
        spec = spec.change(encoding=encoding_of(head, item.name))
    text = _text(head, spec.encoding, item.name)
    if spec.format == "jsonl":
        lines = text.split("\n")
        return spec, names_of(lines if whole else lines[:-1], item.name)
    spec = dialect(text, whole, spec, known, wishes, item.name)
    rows = list(records(text.encode(), spec, 60))
    spec = _extra_rows(spec, rows, known)
    return spec, header_of(rows, spec)


def _wishes(role: str, columns: Mapping[str, str], preset: str | None) -> list[set[str]]:
    """Return sets of columns by which a header is known, in lower case."""
    wanted = {part: columns.get(part, part) for part in {*NEEDED[role], *columns}}
    wishes = [{name.casefold() for name in wanted.values()}]
    for name, shape in presets().items():
        needs = shape.get("needs") or list(shape["columns"].values())
        if shape["role"] == role and preset in (None, name):
            wishes.append({need.casefold() for need in needs if isinstance(need, str)})
    return wishes


def _excel_shape(
    item: Item, spec: ReadingSpec, wishes: Sequence[set[str]], known: Sequence[str]
) -> tuple[ReadingSpec, list[str]]:
    heads = sheets(item)
    if spec.sheet:
        heads = {spec.sheet: heads.get(spec.sheet, [])}
    fitting = {
        name: row for name, rows in heads.items() if (row := header_row(rows, wishes)) is not None
    }
    names = list(fitting or heads)
    if len(names) != 1:
        raise SourceError(
            source=item.name,
            candidates=tuple(names),
            reason=f"several sheets fit: {', '.join(names)}" if names else "is empty",
            way_out="Say which: spec=sniff(path, sheet=…)" if names else "Export it again",
        )
    spec = spec.change(sheet=names[0])
    if "header_row" not in known:
        spec = spec.change(header_row=fitting.get(names[0], 1))
    rows = heads[names[0]]
    spec = _extra_rows(spec, rows, known)
    return spec, header_of(rows, spec)


def _extra_rows(
    spec: ReadingSpec, rows: Sequence[Sequence[str]], known: Sequence[str]
) -> ReadingSpec:
    """Tell SurveyMonkey's second header row and Qualtrics' two rows under the header."""
    at = spec.header_row
    header = {name.strip().casefold() for name in rows[at - 1]} if len(rows) >= at else set()
    if "header_rows" not in known and {"respondent id", "collector id"} <= header:
        second = rows[at] if len(rows) > at else []
        if second and not second[0] and any(second):
            spec = spec.change(header_rows=2)
    if "rows_below" not in known and len(rows) > at + 1:
        third = [field for field in rows[at + 1] if field]
        if third and all(field.startswith('{"ImportId"') for field in third):
            spec = spec.change(rows_below=2)
    return spec


def _with_guess(spec: ReadingSpec, guessed: Guess, known: Mapping[str, Any]) -> ReadingSpec:
    fields = {
        name: value
        for name, value in guessed.fields.items()
        if name not in known and name not in ("header_rows", "rows_below")
    }
    columns = {**spec.columns, **guessed.columns}
    return spec.change(preset=guessed.name, columns=columns, **fields)


def _beginning(item: Item) -> tuple[bytes, bool]:
    head = b""
    for chunk in item.chunks(_HEAD):
        head += chunk
        if len(head) >= _HEAD:
            return head, False
    return head, True


def _text(head: bytes, encoding: str, name: str) -> str:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError as error:
        row = head[: error.start].count(b"\n") + 1
        raise SourceError(
            source=name,
            row=row,
            reason=f"row {row} holds bytes that aren't {encoding}",
            way_out="Say the encoding: spec=sniff(path, encoding=…)",
        ) from error


def _time_format(pieces: Iterable[Batch], columns: Sequence[str], spec: ReadingSpec) -> str:
    """Return the way times are written; empty where types or nothing tell.

    Where no way fits all, that which fits furthest is taken, so that the reading can name the
    row at which it fails.
    """
    fitting = list(TIME_FORMATS)
    place: tuple[str, str, str] | None = None
    for batch in pieces:
        for column in set(columns) & set(batch.table.column_names):
            for values in _samples(batch.table[column], spec):
                reach = {name: first_misfit(values, name) for name in fitting}
                furthest = max(reach.values())
                if not (furthest or place):
                    return ""
                place = place or (batch.source, column, values[0].as_py())
                fitting = [name for name in fitting if reach[name] == furthest]
                if len(fitting) == 1:
                    return fitting[0]
                if furthest < len(values):
                    raise _several(fitting, *place)
    if place:
        raise _several(fitting, *place)
    return ""


def _several(fitting: Sequence[str], source: str, column: str, example: str) -> ColumnError:
    return ColumnError(
        source=source,
        column=column,
        candidates=tuple(fitting),
        reason=f"holds times such as {example!r}, which can be meant as {' or '.join(fitting)}",
        way_out=f"Say which: spec=sniff(path, time={fitting[0]!r}).",
    )


def _samples(column: pa.ChunkedArray, spec: ReadingSpec) -> list[pa.Array]:
    """Return the distinct texts of times, a few first; none where the type tells times."""
    if not _is_open(column.type):
        return []
    values = pc.unique(column.cast(pa.string()))
    values = values.filter(pc.invert(pc.is_in(values, pa.array([None, "", *spec.missing]))))
    return [part for part in (values[:100], values[100:]) if len(part)]


def _is_open(kind: pa.DataType) -> bool:
    """Tell whether a column's type leaves open what its times mean."""
    return is_text(kind) or pa.types.is_integer(kind)


def _with_numbers(spec: ReadingSpec, pieces: Iterable[Batch]) -> ReadingSpec:
    """Set the decimal sign if the first rows leave no doubt about it."""
    table = next(iter(pieces)).table
    fitting = list(CONVENTIONS)
    marked = False
    for name in set(table.column_names) - set(spec.columns.values()):
        texts = pc.unique(table[name].cast(pa.string()))
        texts = texts.filter(pc.invert(pc.is_in(texts, pa.array([None, "", *spec.missing]))))
        own = fitting_conventions(pa.chunked_array([texts])) if len(texts) else []
        if own and pc.any(pc.match_substring_regex(texts, r"[.,]")).as_py():
            marked = True
            fitting = [convention for convention in fitting if convention in own]
    signs = {decimal for decimal, _ in fitting}
    if not marked or len(signs) != 1:
        return spec
    least = min(fitting, key=lambda convention: len(convention[1]))
    return spec.change(decimal=least[0], thousands=least[1])
