"""Event logs past memory, streamed from their source to partitions."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from jupyter_journey.errors import ParameterError
from jupyter_journey.events.inputs.opening import batches, opened
from jupyter_journey.events.inputs.parts import check_parts
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.inputs.times import Times
from jupyter_journey.events.partitions import PartitionedLog
from jupyter_journey.events.reading import called, spec_of, typed, with_pseudonyms
from jupyter_journey.privacy.pseudonyms import Pseudonyms, Wish

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["stream_events"]


def stream_events(
    source: Any,
    columns: Mapping[str, str] | None = None,
    spec: ReadingSpec | None = None,
    preset: str | None = None,
    *,
    partitions: int = 16,
    folder: str | os.PathLike[str] | None = None,
    cluster: Client | str | None = None,
    keep: Sequence[str] = (),
    pseudonyms: Wish = False,
) -> PartitionedLog:
    """Read an event log that doesn't fit memory: a batch at a time, dealt out by customer.

    The log is read once and takes about the size of an uncompressed CSV on disk. Its answers are
    those of :func:`read_events`, for any number of partitions; one partition is in memory at a
    time.

    Parameters
    ----------
    source, columns, spec, preset
        As for :func:`read_events`.
    partitions
        How many, up to 65,536: so that some millions of events are in each.
    folder
        An empty folder for the partitions; on a cluster, one that all workers see. Without: a
        temporary one that goes with the log.
    cluster
        A Dask client, or the address of a scheduler, to answer on its workers; needs
        ``jupyter-journey[cluster]``.
    keep
        Further columns, for ``where`` and ``by``; the others are left out.
    pseudonyms
        As for :func:`read_events`.

    Raises
    ------
    ParameterError
        If the number of partitions can't be, or the source needs all its rows at once: because
        the preset drops repeated rows.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"customer": ["a", "a", "b"], "event": ["visit", "buy", "visit"]})
    >>> frame["time"] = pd.date_range("2026-01-01", periods=3)
    >>> stream_events(frame, partitions=2).transitions().values.tolist()
    [['visit', 'buy', 1, 1]]
    """
    if not 1 <= partitions <= 1 << 16:
        raise _refused("partitions", f"is {partitions!r}. Give a number from 1 to 65,536.")
    check_parts("events", columns or {})
    source = opened(source)
    settled = spec_of(source, columns or {}, spec, preset)
    if settled.unique:
        way_out = "drops repeated rows, for which it has to see all. Use read_events for it."
        raise _refused("preset" if preset else "spec", way_out)
    settled = settled.change(keep=tuple(keep))
    name = called(source, "stream")
    place = None if folder is None else Path(folder)
    tables = _tables(source, settled, Pseudonyms.given(pseudonyms))
    return PartitionedLog.spilled(tables, name, partitions, place, cluster)


def _tables(source: Any, spec: ReadingSpec, names: Pseudonyms | None) -> Iterator[pa.Table]:
    times = Times(spec)
    coded = [spec.columns[part] for part in ("customer", "event")]
    for batch in batches(source, spec, coded, last=True):
        table = with_pseudonyms(typed(batch, spec, times), names)
        if table.num_rows:
            yield table


def _refused(parameter: str, reason: str) -> ParameterError:
    return ParameterError(template_name="events", parameter=parameter, reason=reason)
