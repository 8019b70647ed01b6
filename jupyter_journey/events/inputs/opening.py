"""One way into every kind of source: its batches, by a spec."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Any

import pandas as pd
import pyarrow as pa

from jupyter_journey.errors import SourceError
from jupyter_journey.events.inputs import columnar
from jupyter_journey.events.inputs.batches import Batch
from jupyter_journey.events.inputs.database import DATABASES, selected
from jupyter_journey.events.inputs.excel import sheet
from jupyter_journey.events.inputs.json_lines import json_lines
from jupyter_journey.events.inputs.separated import separated
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.inputs.streams import CHUNK, Item, items
from jupyter_journey.events.inputs.warehouse import Warehouse, is_warehouse

__all__ = ["batches", "batches_of", "format_of", "is_path", "opened"]

_SUFFIXES = MappingProxyType(
    {
        ".csv": "csv",
        ".tsv": "csv",
        ".tab": "csv",
        ".txt": "csv",
        ".xlsx": "excel",
        ".xlsm": "excel",
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".json": "jsonl",
        ".parquet": "parquet",
        ".pq": "parquet",
        ".arrow": "arrow",
        ".arrows": "arrow",
        ".feather": "arrow",
        ".ipc": "arrow",
    }
)
_MAGIC = MappingProxyType(
    {b"PK\x03\x04": "excel", b"PAR1": "parquet", columnar.ARROW_FILE: "arrow"}
)


def opened(source: Any, query: str = "") -> Any:
    """Return a source, or what a query selects there, as what can be looked at before it's read."""
    if query:
        source = selected(source, query)
    if is_warehouse(source):
        return Warehouse(source)
    if columnar.is_lazy(source):
        source = source.collect()
    if isinstance(source, pd.DataFrame) or not columnar.is_streamable(source):
        return source
    try:
        return columnar.Stream(source)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:  # a single column, say
        raise _no_source(source) from error


def _no_source(source: Any) -> SourceError:
    return SourceError(
        source=type(source).__name__,
        reason="is nothing events can be read from",
        way_out="Give a path, a frame (pandas, Polars, Arrow) or a DuckDB or Ibis relation",
    )


def is_path(source: Any) -> bool:
    """Tell whether a source is named, rather than given as a frame."""
    return isinstance(source, str | os.PathLike)


def batches(
    source: Any,
    spec: ReadingSpec,
    coded: Sequence[str] = (),
    *,
    choice: columnar.Choice | None = None,
    size: int = CHUNK,
    last: bool = False,
) -> Iterator[Batch]:
    """Yield the rows of a path, folder, pattern, address, frame or relation.

    Parameters
    ----------
    coded
        Columns of ids and names; the readers that can code them at once do.
    choice
        Which columns are needed, of files that hand them out singly; the others give all.
    size
        At most so many bytes of a file are held at a time.
    last
        Whether a stream needn't be kept for another look.
    """
    if isinstance(source, pd.DataFrame):
        yield from columnar.frame(source)
    elif isinstance(source, columnar.Stream):
        yield from source.last() if last else source
    elif isinstance(source, Warehouse):
        yield from source.batches(choice)
    elif is_path(source):
        for item in items(source):
            yield from batches_of(item, spec, coded, choice, size)
    else:
        raise _no_source(source)


def format_of(item: Item) -> str:
    """Return the format a file's name tells, if its first bytes don't say otherwise.

    Raises
    ------
    SourceError
        If the name tells none, or the content is another one.
    """
    told = _SUFFIXES.get(item.suffix)
    if item.suffix in DATABASES:
        way_out = "Say which rows: read_events(path, query='SELECT … FROM …')"
        raise SourceError(source=item.name, reason="is a database", way_out=way_out)
    if told is None:
        raise SourceError(
            source=item.name,
            reason=f"files of type {item.suffix!r} aren't read",
            way_out="Give .csv, .tsv, .xlsx, .jsonl, .parquet or .arrow, or pass a frame",
        )
    start = b"".join(islice(item.chunks(8), 1))
    shown = next((kind for magic, kind in _MAGIC.items() if start.startswith(magic)), None)
    if shown not in (None, told):
        raise SourceError(
            source=item.name,
            reason=f"is named {item.suffix} but is a file of type {shown}, by its first bytes",
            way_out="Give it its own ending",
        )
    return told


def batches_of(
    item: Item,
    spec: ReadingSpec,
    coded: Sequence[str] = (),
    choice: columnar.Choice | None = None,
    size: int = CHUNK,
) -> Iterator[Batch]:
    """Yield the rows of one file, as :func:`batches` does."""
    if spec.format == "csv":
        yield from separated(item, spec, coded, choice, size)
    elif spec.format == "jsonl":
        yield from json_lines(item, spec, size)
    elif spec.format == "excel":
        yield from sheet(item, spec)
    elif spec.format == "arrow":
        yield from columnar.arrow(item, choice)
    else:
        yield from columnar.parquet(item, coded, choice, size)
