"""How separated text is written, from its beginning: encoding, delimiter, quotes, header."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from jupyter_journey.errors import SourceError
from jupyter_journey.events.inputs.separated import records
from jupyter_journey.events.inputs.spec import ReadingSpec

__all__ = ["dialect", "encoding_of", "header_row"]

_DELIMITERS = ",;\t|"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = (
    "cp1252",
    "iso8859-15",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "mac-roman",
    "cp850",
    "shift_jis",
    "gb18030",
    "big5",
    "euc_kr",
)
_DECLARED = re.compile(r"\"?sep=(.)\"?\r?\n")
_SEEN = 200
_EXAMPLES = 3
_DEEPEST_HEADER = 20


def encoding_of(head: bytes, name: str) -> str:
    """Return the encoding of a text that begins so.

    Raises
    ------
    SourceError
        If it isn't Unicode: then several encodings fit, each with other letters.
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if b"\0" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if max(even, odd) > len(head) // 8 and min(even, odd) * 8 < max(even, odd):
            return "utf-16-le" if odd > even else "utf-16-be"
    if b"\x1b$" in head:
        raise _several_encodings(head, head.index(b"\x1b$"), ("iso2022_jp", "iso2022_kr"), name)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError as error:
        raise _several_encodings(head, error.start, _OTHERS, name) from error
    return "utf-8"


def dialect(
    head: str,
    whole: bool,
    spec: ReadingSpec,
    known: Sequence[str],
    wishes: Sequence[set[str]],
    name: str,
) -> ReadingSpec:
    """Return the spec with delimiter, quote and header as the text shows them.

    Parameters
    ----------
    head
        The beginning of the text.
    whole
        Whether that is all of it.
    known
        Fields of the spec that the user said.
    wishes
        Sets of columns; a row that holds all of one is the header.
    """
    declared = _DECLARED.match(head)
    if declared and "delimiter" not in known:
        spec = spec.change(delimiter=declared[1])
        if "header_row" not in known:
            spec = spec.change(header_row=2)
    signs = [spec.delimiter] if declared or "delimiter" in known else list(_DELIMITERS)
    tables = {sign: _table(head, whole, spec.change(delimiter=sign)) for sign in signs}
    found = {
        sign: row for sign, rows in tables.items() if (row := header_row(rows, wishes)) is not None
    }
    if len(found) == 1:
        sign, row = next(iter(found.items()))
    else:
        row = spec.header_row
        sign = _delimiter(tables, row, name) if len(tables) > 1 else signs[0]
    spec = spec.change(delimiter=sign)
    if "header_row" not in known:
        spec = spec.change(header_row=row)
    header = tables[sign][spec.header_row - 1] if len(tables[sign]) >= spec.header_row else []
    quoted = bool(header) and all(re.fullmatch(r"'[^']*'", field) for field in header)
    return spec.change(quote="'") if quoted and "quote" not in known else spec


def header_row(rows: Sequence[Sequence[str]], wishes: Sequence[set[str]]) -> int | None:
    """Return the number of the first row that holds all of some wished columns.

    One column alone is no sign: ``customer`` may well be a value.
    """
    for wish in wishes:
        for number, row in enumerate(rows[:_DEEPEST_HEADER], 1):
            if len(wish) > 1 and wish <= {field.strip().strip("'").casefold() for field in row}:
                return number
    return None


def _table(head: str, whole: bool, spec: ReadingSpec) -> list[list[str]]:
    rows = list(records(head.encode(), spec, _SEEN))
    return rows if whole or len(rows) == _SEEN else rows[:-1]


def _delimiter(tables: dict[str, list[list[str]]], row: int, name: str) -> str:
    splits = {sign: rows for sign, rows in tables.items() if _width(rows, row) > 1}
    if len(splits) < 2:
        return next(iter(splits), ",")
    even = [
        sign
        for sign, rows in splits.items()
        if all(len(fields) == _width(rows, row) for fields in rows[row:] if fields)
    ]
    if len(even) == 1:
        return even[0]
    candidates = tuple(even or splits)
    raise SourceError(
        source=name,
        candidates=candidates,
        reason=f"several delimiters fit: {', '.join(map(repr, candidates))}",
        way_out="Say which: spec=sniff(path, delimiter=…)",
    )


def _width(rows: list[list[str]], row: int) -> int:
    return len(rows[row - 1]) if len(rows) >= row else 0


def _several_encodings(
    head: bytes, position: int, candidates: Sequence[str], name: str
) -> SourceError:
    line = head[head.rfind(b"\n", 0, position) + 1 :].split(b"\n", 1)[0][:60]
    row = head[:position].count(b"\n") + 1
    shown: dict[str, str] = {}
    for encoding in candidates:
        try:
            text = line.decode(encoding).strip()
        except UnicodeDecodeError:
            continue
        if text.isprintable():
            shown.setdefault(text, encoding)
    ways = [f"{text!r} as {encoding}" for text, encoding in shown.items()]
    others = ", ".join(list(shown.values())[_EXAMPLES:])
    listed = "; ".join(ways[:_EXAMPLES]) + (f"; or {others}" if others else "")
    return SourceError(
        source=name,
        row=row,
        candidates=tuple(shown.values()),
        reason=f"row {row} isn't UTF-8, and several encodings fit: {listed}",
        way_out="Say which: spec=sniff(path, encoding=…)",
    )
