"""JSON lines as batches: every value as text as it was written, nested ones by dotted names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import pyarrow as pa

from jupyter_journey.errors import SourceError
from jupyter_journey.events.inputs.batches import Batch
from jupyter_journey.events.inputs.blocks import blocks
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.inputs.streams import CHUNK, Item

__all__ = ["json_lines", "names_of"]

_WAY_OUT = 'JSON lines hold one object a line, such as {"event": "visit"}'
# No sign can open a quote that spans lines, for JSON writes line breaks as \n.
_UNQUOTED = "\x01"


def json_lines(item: Item, spec: ReadingSpec, size: int = CHUNK) -> Iterator[Batch]:
    """Yield a file's objects, at most ``size`` bytes at a time.

    Numbers stay as written, so that long ids lose no digit; true and false become those words,
    null and what is missing become null. ``{"a": {"b": 1}}`` gives the column ``a.b``; lists are
    kept as their JSON.

    Raises
    ------
    SourceError
        If a line isn't an object or names a field twice; with the row.
    """
    plain = spec.change(quote=_UNQUOTED)
    known: dict[str, None] = {}
    for block in blocks(item.chunks(size), plain, item.name):
        lines = block.data.decode().split("\n")
        numbered = [(block.first + at, line) for at, line in enumerate(lines) if line.strip()]
        rows = [_flat(_object(line, number, item.name)) for number, line in numbered]
        known |= dict.fromkeys(chain.from_iterable(rows))
        numbers = [number for number, _ in numbered]
        for number, row in zip(numbers, rows, strict=True):
            if not all(map(_is_whole, row.values())):
                raise _refused(item.name, number, "holds half a character")
        yield Batch(_table(rows, list(known)), item.name, numbers.__getitem__)
    if not known:
        raise SourceError(source=item.name, reason="holds no object", way_out=_WAY_OUT)


def names_of(lines: list[str], source: str) -> list[str]:
    """Return the columns that these lines have."""
    rows = [_flat(_object(line, at, source)) for at, line in enumerate(lines, 1) if line.strip()]
    return list(dict.fromkeys(chain.from_iterable(rows)))


def _table(rows: list[dict[str, str | None]], names: list[str]) -> pa.Table:
    return pa.table(
        {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
    )


def _object(line: str, row: int, source: str) -> Mapping[str, Any]:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise _refused(source, row, f"names {twice!r} twice")
        return dict(pairs)

    def constant(name: str) -> Any:
        raise _refused(source, row, f"holds {name}, which is no JSON")

    try:
        value = json.loads(
            line, parse_int=str, parse_float=str, parse_constant=constant, object_pairs_hook=once
        )
    except json.JSONDecodeError as error:
        raise _refused(source, row, f"is no JSON: {error.msg} at character {error.pos}") from error
    except RecursionError as error:
        raise _refused(source, row, "is nested too deeply") from error
    if not isinstance(value, dict):
        raise _refused(source, row, "is no object")
    return value


def _flat(value: Mapping[str, Any], prefix: str = "") -> dict[str, str | None]:
    flat: dict[str, str | None] = {}
    for name, part in value.items():
        if isinstance(part, dict):
            flat |= _flat(part, f"{prefix}{name}.")
        elif isinstance(part, bool):
            flat[prefix + name] = "true" if part else "false"
        elif isinstance(part, list):
            flat[prefix + name] = json.dumps(part, ensure_ascii=False)
        else:
            flat[prefix + name] = part
    return flat


def _is_whole(text: str | None) -> bool:
    return text is None or text.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in text)


def _refused(source: str, row: int, reason: str) -> SourceError:
    return SourceError(source=source, row=row, reason=f"row {row} {reason}", way_out=_WAY_OUT)
