"""Files beside the events as frames with named columns, each value of its kind or refused."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.errors import ColumnError, SourceError
from jupyter_journey.events.inputs.batches import Batch
from jupyter_journey.events.inputs.numbers import Numbers
from jupyter_journey.events.inputs.opening import batches, is_path, opened
from jupyter_journey.events.inputs.parts import NEEDED, PARTS, check_parts
from jupyter_journey.events.inputs.presets import guess
from jupyter_journey.events.inputs.presets import preset as named_preset
from jupyter_journey.events.inputs.sniffing import settled, sniff
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.inputs.times import Times
from jupyter_journey.events.parsing import BLANK, Place, is_text
from jupyter_journey.privacy.pseudonyms import Pseudonyms, Wish

__all__ = ["role_frame"]

_DTYPES = {"number": "Float64", "minutes": "Float64", "time": "datetime64[us, UTC]"}
_HOURS = re.compile(r"\b(h|hrs?|hours?)\b", re.IGNORECASE)
_CLOCK = r"^(?P<h>\d{1,5}):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?$"
_MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"


class _Parser:
    """Parses columns of all kinds by one spec."""

    def __init__(self, spec: ReadingSpec) -> None:
        self.spec = spec
        self.times: defaultdict[str, Times] = defaultdict(lambda: Times(spec))
        self.numbers = Numbers(spec)


def role_frame(
    role: str,
    source: Any,
    columns: Mapping[str, str] | None,
    spec: ReadingSpec | None,
    preset: str | None,
    values: Mapping[str, str],
    pseudonyms: Wish = False,
) -> pd.DataFrame:
    """Return a source of some role as a frame; the public readers say the columns."""
    check_parts(role, {**(columns or {}), **values})
    source = opened(source)
    spec = _spec(role, source, columns or {}, spec, preset, values)
    parser = _Parser(spec)
    frames = [_typed(batch, role, parser) for batch in batches(source, spec, last=True)]
    filled = [frame for frame in frames if len(frame)] or frames[:1]
    sources = [frame.attrs["source"] for frame in filled]
    if len(set(sources)) > 1:
        frame = pd.concat(filled, keys=sources, names=["file", "row"])
    else:
        frame = pd.concat(filled)
    for part, value in values.items():
        frame[part] = pd.Series(value, index=frame.index, dtype="string")
    names = Pseudonyms.given(pseudonyms)
    key_id = _key_before(source, role, names)
    if names and not key_id:
        key_id = names.key_id
        if "customer" in frame:
            frame["customer"] = _replaced(frame["customer"], names)
    parts = [part for part in PARTS[role] if part in frame]
    frame = frame[[*parts, *(name for name in frame if name not in parts)]]
    frame.attrs = {"source": frames[0].attrs["source"], "spec": spec.words()}
    frame.attrs["key_id"] = key_id
    return frame


def _key_before(source: Any, role: str, names: Pseudonyms | None) -> str:
    """Return the id of the key under which a frame was read; nothing if ids are as written."""
    key_id: str = source.attrs.get("key_id", "") if isinstance(source, pd.DataFrame) else ""
    if key_id and names and key_id != names.key_id:
        reason = f"its customers are pseudonyms under key {key_id}, not {names.key_id}"
        way_out = "Read the file itself, all files under one key"
        raise SourceError(source=role, reason=reason, way_out=way_out)
    return key_id


def _replaced(ids: pd.Series[Any], names: Pseudonyms) -> pd.Series[Any]:
    column = names.column(pa.chunked_array([pa.array(ids, pa.string())]))
    return pd.Series(column.to_pandas(), dtype="string").set_axis(ids.index)


def _spec(
    role: str,
    source: Any,
    columns: Mapping[str, str],
    spec: ReadingSpec | None,
    preset: str | None,
    values: Mapping[str, str],
) -> ReadingSpec:
    """Return the spec with a column for each part the source has, or say what's missing."""
    if spec is None and is_path(source):
        spec = sniff(source, role=role, columns=columns, preset=preset)
        if spec.preset and preset is None:  # a guess nobody confirmed
            spec = spec.change(preset="", columns={}, time="")
    spec = spec or ReadingSpec(format="table")
    batch = next(iter(batches(source, spec, size=1 << 20)))
    found = batch.table.column_names
    shape = named_preset(preset, found, role) if preset and spec.preset != preset else None
    if shape:
        fields = {key: value for key, value in shape.fields.items() if key == "zone"}
        spec = spec.change(preset=shape.name, columns={**shape.columns, **spec.columns}, **fields)
    own = {part: part for part in PARTS[role] if part in found}
    used = {**own, **spec.columns, **columns}
    used = {part: column for part, column in used.items() if part not in values}
    for part in (*NEEDED[role], *columns):
        column = used.get(part, part)
        if part not in values and column not in found:
            raise _missing(role, column, found, batch.source)
    return settled(source, spec.change(columns=used), role)


def _missing(role: str, column: str, found: list[str], source: str) -> ColumnError:
    guessed = guess(found, role)
    way_out = f"A {role} file has {', '.join(NEEDED[role])}; name them by columns=…"
    if guessed:
        pairs = ", ".join(f"{part} ← {name}" for part, name in guessed.columns.items())
        way_out = f"It looks like {guessed.name}: pass preset={guessed.name!r} if it is ({pairs})"
    reason = f"is missing; found: {', '.join(found)}"
    return ColumnError(source=source, column=column, reason=reason, way_out=f"{way_out}.")


def _typed(batch: Batch, role: str, parser: _Parser) -> pd.DataFrame:
    made = {}
    for part, column in parser.spec.columns.items():
        if column not in batch.table.column_names:
            raise _missing(role, column, batch.table.column_names, batch.source)
        kind = PARTS[role][part]
        made[part] = _series(batch.table[column], batch.place(column), kind, parser)
    used = set(parser.spec.columns.values())
    for name in batch.table.column_names:
        if name not in used and name not in made:
            made[name] = pd.Series(batch.table[name].to_pandas())
    index = [batch.row_of(row) for row in range(batch.table.num_rows)]
    frame = pd.DataFrame(made).set_axis(pd.Index(index, dtype="int64", name="row"), axis=0)
    frame.attrs["source"] = batch.source
    return frame


def _series(column: pa.ChunkedArray, place: Place, kind: str, parser: _Parser) -> pd.Series[Any]:
    """Return a column's values in the dtype of its kind; missing stays missing."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if is_text(column.type) and kind not in ("id", "text"):
        absent = pc.is_in(column.cast(pa.string()), pa.array(["", *parser.spec.missing]))
        column = pc.if_else(absent, pa.scalar(None, pa.string()), column.cast(pa.string()))
    here = np.flatnonzero(column.is_valid().to_numpy())
    if kind in ("id", "month") and len(here) < len(column):
        gap = int(np.flatnonzero(~column.is_valid().to_numpy())[0])
        raise place.refuse(gap, "has no value", BLANK)
    present = column.filter(column.is_valid())
    row_of = place.row_of
    kept = Place(place.source, place.column, row_of and (lambda at: row_of(int(here[at]))))
    parsed = _parsed(present, kept, kind, parser)
    series = pd.Series(parsed.to_pandas(), dtype=_DTYPES.get(kind, "string"))
    return series.set_axis(here).reindex(range(len(column)))


def _parsed(column: pa.ChunkedArray, place: Place, kind: str, parser: _Parser) -> pa.ChunkedArray:
    if kind == "time":
        return parser.times[place.column](column, place)
    if kind == "number":
        return parser.numbers(column, place)
    if kind == "minutes":
        return _minutes(column, place, parser)
    texts = column.cast(pa.string())
    if kind == "id":
        blank = pc.index(texts, "").as_py()
        if blank >= 0:
            raise place.refuse(blank, "has no value", BLANK)
    if kind == "month":
        odd = pc.index(pc.match_substring_regex(texts, _MONTH), False).as_py()
        if odd >= 0:
            reason = f"isn't a month ({texts[odd].as_py()!r})"
            raise place.refuse(odd, reason, "Give months as 2026-03.")
    return texts


def _minutes(column: pa.ChunkedArray, place: Place, parser: _Parser) -> pa.ChunkedArray:
    """Read numbers as minutes, or hours if the column's name says so; 1:30:00 as h, min and s."""
    parts = pc.extract_regex(column.cast(pa.string()), pattern=_CLOCK)
    if not is_text(column.type) or not len(column) or parts.null_count:
        length = 60 if _HOURS.search(place.column) else 1
        return pc.multiply(parser.numbers(column, place), length)
    hours, minutes, seconds = (
        pc.replace_substring_regex(pc.struct_field(parts, name), "^$", "0").cast(pa.float64())
        for name in "hms"
    )
    return pc.add(pc.add(pc.multiply(hours, 60), minutes), pc.divide(seconds, 60))
