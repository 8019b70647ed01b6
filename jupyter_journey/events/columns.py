"""Which columns of a source of events play which part, and their values as typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.errors import ColumnError
from jupyter_journey.events.inputs.batches import Batch
from jupyter_journey.events.inputs.columnar import Choice
from jupyter_journey.events.inputs.identities import Identities
from jupyter_journey.events.inputs.later import Later, heads, is_leaving
from jupyter_journey.events.inputs.lifecycle import Lifecycle
from jupyter_journey.events.inputs.opening import batches, is_path
from jupyter_journey.events.inputs.origin import place_of
from jupyter_journey.events.inputs.parts import IMPLIED, NEEDED
from jupyter_journey.events.inputs.presets import check_preset, guess
from jupyter_journey.events.inputs.presets import preset as named_preset
from jupyter_journey.events.inputs.sniffing import settled, sniff
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.inputs.times import Times
from jupyter_journey.events.inputs.warehouse import Warehouse
from jupyter_journey.events.parsing import Place, dictionary, integers

__all__ = [
    "coded",
    "identities",
    "later_columns",
    "narrowed",
    "needed",
    "spec_of",
    "typed",
    "unique",
]


def spec_of(
    source: Any, columns: Mapping[str, str], spec: ReadingSpec | None, preset: str | None
) -> ReadingSpec:
    """Return a spec that leaves nothing open but the decimal sign."""
    if spec is not None:
        spec = spec.change(columns={**spec.columns, **columns})
        return settled(source, _checked(source, spec, preset), "events")
    if is_path(source):
        found = sniff(source, columns=columns, preset=preset)
        if found.preset and preset is None:
            # A guess nobody confirmed: only the plain names count, the error shows the guess.
            given = {part: name for part, name in found.columns.items() if part == name}
            plain = found.change(
                preset="", columns={**given, **columns}, time="", unique=(), lifecycle=""
            )
            return _checked(source, plain, None)
        return _checked(source, found, preset, columns)
    table = ReadingSpec(format="table", columns=dict(columns))
    return settled(source, _checked(source, table, preset, columns), "events")


def _checked(
    source: Any, spec: ReadingSpec, preset: str | None, said: Mapping[str, str] | None = None
) -> ReadingSpec:
    """Return the spec with a column for each part, or say what's missing and how to name it.

    A preset's columns are all to be there, but for parts that are said to be in others.
    """
    batch = next(iter(batches(source, spec, size=1 << 20)))
    found = batch.table.column_names
    if preset and spec.preset != preset:
        shape = named_preset(preset, found, "events")
        columns = {**shape.columns, **spec.columns}
        spec = spec.change(preset=preset, columns=columns, **shape.fields)
    if preset:
        check_preset(preset, found, spec.columns if said is None else said, batch.source)
    plain = {part: part for part in IMPLIED["events"] if part in (*NEEDED["events"], *found)}
    used = plain | dict(spec.columns)
    for part, column in used.items():
        if column not in found:
            raise missing(part, column, found, batch.source)
    for column in filter(None, [spec.lifecycle, *spec.unique]):
        if column not in found:
            field = "lifecycle" if column == spec.lifecycle else "unique"
            way_out = f"Say by which column: spec.change({field}=…), or leave the preset out."
            raise _missing(column, found, batch.source, way_out)
    return spec.change(columns=used)


def missing(part: str, column: str, found: Sequence[str], source: str) -> ColumnError:
    close = get_close_matches(column, found, n=1, cutoff=0.6)
    hint = f"Did you mean {close[0]!r}? " if close else ""
    guessed = guess(found, "events")
    if guessed:
        way_out = f"It looks like {guessed.name}: pass preset={guessed.name!r} if it is "
        way_out += f"({', '.join(f'{key} ← {name}' for key, name in guessed.columns.items())})."
    else:
        way_out = f"{hint}Name it by columns={{{part!r}: {close[0] if close else '…'!r}}}."
    return _missing(column, found, source, way_out)


def _missing(column: str, found: Sequence[str], source: str, way_out: str) -> ColumnError:
    return ColumnError(
        source=source,
        column=column,
        reason=f"is missing; found: {', '.join(found)}",
        way_out=way_out,
    )


def later_columns(source: Any, spec: ReadingSpec) -> Later | None:
    """Return where further columns can be read when they are asked for; None if that's now.

    Of rows to be dropped as doubled, all columns tell which one stays; and the rows kept must be
    those of the file.
    """
    if spec.unique or spec.lifecycle or not is_leaving(source, spec):
        return None
    found = heads(source, spec)
    for head in found:
        for part, column in spec.columns.items():
            if column not in head.columns:
                raise missing(part, column, head.columns, head.name)
    names = dict.fromkeys(name for head in found for name in head.columns)
    # The place, not the path: the working folder may be another one when they are asked for.
    return Later(place_of(source), spec, found, tuple(_others(list(names), spec)))


def needed(spec: ReadingSpec, later: Later | None = None) -> Choice | None:
    """Return what chooses the columns to read at once; None for all."""
    if later is None and spec.keep is None:
        return None
    kept = () if later else (*(spec.keep or ()), *spec.unique)
    wanted = {*spec.columns.values(), *kept, spec.lifecycle}
    return lambda schema: [name for name in schema.names if name in wanted]


def coded(spec: ReadingSpec) -> list[str]:
    """Return the columns of ids and names."""
    return [spec.columns[part] for part in ("customer", "event", "device") if part in spec.columns]


def identities(source: Any, spec: ReadingSpec) -> Identities | None:
    """Return whose each device of a whole source is; None where no column names devices."""
    if "device" not in spec.columns:
        return None
    named = [spec.columns[part] for part in ("customer", "device")]
    if isinstance(source, Warehouse):
        source = source.different(named)
    return Identities.of(batches(source, spec, named, choice=lambda _: named), spec)


def typed(
    batch: Batch,
    spec: ReadingSpec,
    times: Times,
    lifecycle: Lifecycle,
    identities: Identities | None = None,
) -> pa.Table:
    """Return a batch's parts under their own names and in their types, and the columns kept."""
    parse: dict[str, Callable[[pa.ChunkedArray, Place], pa.ChunkedArray]] = {
        "customer": dictionary,
        "event": dictionary,
        "time": times,
        "sequence": integers,
    }
    for part, column in spec.columns.items():
        if column not in batch.table.column_names:
            raise missing(part, column, batch.table.column_names, batch.source)
    values = {part: batch.table[column] for part, column in spec.columns.items()}
    if identities:
        values |= {"customer": identities.customers(batch, spec)}
        del values["device"]
    parts = {
        part: parse[part](column, batch.place(spec.columns[part]))
        for part, column in values.items()
    }
    others = {name: batch.table[name] for name in _others(batch.table.column_names, spec)}
    table = pa.table(parts | others)
    if not lifecycle.column:
        return table
    if lifecycle.column not in batch.table.column_names:
        raise missing("lifecycle", lifecycle.column, batch.table.column_names, batch.source)
    states = batch.table[lifecycle.column]
    return lifecycle.kept(table, states, batch.place(lifecycle.column))


def _others(names: Sequence[str], spec: ReadingSpec) -> list[str]:
    """Return the further columns to keep; those that are called like a part can't be."""
    taken = {*spec.columns, *spec.columns.values()}
    return [
        name
        for name in names
        if name not in taken and (spec.keep is None or name in spec.keep or name in spec.unique)
    ]


def unique(spec: ReadingSpec) -> list[str]:
    """Return the columns that tell a row, by the names they have in the log."""
    part_of = {column: part for part, column in spec.columns.items()}
    return [part_of.get(column, column) for column in spec.unique]


def narrowed(table: pa.Table) -> pa.Table:
    """Return a log's rows with the sequence in half the memory, if that holds its numbers."""
    if "sequence" not in table.column_names or not len(table):
        return table
    least, most = pc.min_max(table["sequence"]).as_py().values()
    if least < 0 or most > np.iinfo(np.int32).max:
        return table
    place = table.column_names.index("sequence")
    return table.set_column(place, "sequence", table["sequence"].cast(pa.int32()))
