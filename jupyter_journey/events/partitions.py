"""Logs past memory: each partition of customers answers for itself, and the answers are merged.

All events of a customer are in one partition, so every answer is exact and the same for any number
of partitions; one partition at a time is in memory, or one per worker of a Dask cluster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any
from weakref import finalize

import numpy as np
import pandas as pd
import pyarrow as pa

from jupyter_journey.errors import ParameterError
from jupyter_journey.events import filters
from jupyter_journey.events.any_log import Log, Made, Step
from jupyter_journey.events.clusters import client_of
from jupyter_journey.events.digests import hashes, joined
from jupyter_journey.events.extent import Customers, Extent
from jupyter_journey.events.inputs.origin import Origin
from jupyter_journey.events.partition import Partition, homes
from jupyter_journey.events.periods import Period
from jupyter_journey.events.question import Question, moment, whole_number
from jupyter_journey.events.rows import Rows
from jupyter_journey.events.spilling import spill
from jupyter_journey.events.store import Store

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["PartitionedLog"]


class PartitionedLog(Log):
    """An event log on disk that answers what an :class:`EventLog` answers, with equal frames.

    Examples
    --------
    >>> import pandas as pd
    >>> from jupyter_journey.events import read_events
    >>> frame = pd.DataFrame({"customer": ["a", "a", "b"], "event": ["visit", "buy", "visit"]})
    >>> log = read_events(frame.assign(time=pd.date_range("2026-01-01", periods=3)))
    >>> parts = log.partitioned(2)
    >>> parts
    <PartitionedLog frame: 3 events in 2 partitions>
    >>> parts.funnel(["visit", "buy"])["customers"].tolist()
    [2, 1]
    """

    def __init__(
        self,
        partitions: Sequence[Partition],
        source: str,
        whole: Whole | None = None,
        until: int | None = None,
        cluster: Client | str | None = None,
    ) -> None:
        self._partitions = [*partitions]
        self._whole = whole or Whole()
        self._until = until
        self._cluster = cluster
        self.source = source
        """What the log was read from, for messages."""

    @classmethod
    def spilled(
        cls,
        pieces: Iterable[Rows],
        source: str,
        partitions: int,
        folder: Path | None = None,
        cluster: Client | str | None = None,
        unique: Sequence[str] = (),
    ) -> PartitionedLog:
        """Deal out rows of events to partitions on disk.

        Parameters
        ----------
        folder
            An empty folder to keep the partitions in; on a cluster, one that all workers see.
            Without: one that is removed with the log.
        cluster
            A Dask client, or the address of a scheduler: each question then runs there.
        unique
            Columns that together tell a row, the customer among them; of rows that agree in all
            of them one is kept.

        Raises
        ------
        ParameterError
            If there can't be so many partitions, or the folder isn't empty.
        """
        whole_number(partitions, "partitions", 1, 1 << 16)
        holder, place = None, folder
        if place is None:
            holder = _Folder()
            place = holder.path
        place.mkdir(parents=True, exist_ok=True)
        if any(place.iterdir()):
            reason = f"{place} isn't empty. Give a new folder, or none for a temporary one."
            raise ParameterError(template_name="events", parameter="folder", reason=reason)
        ends: list[int | None] = []
        origin = Origin()

        def tables() -> Iterator[pa.Table]:
            nonlocal origin
            for rows in pieces:
                ends.append(rows.until)
                origin = rows.origin  # the last one knows what all of them left out
                if rows.held.num_rows:
                    yield rows.table

        parts = [
            replace(part, unique=tuple(unique))
            for part in spill(tables(), partitions, place, source)
        ]
        until = max((end for end in ends if end is not None), default=None)
        return cls(parts, source, Whole(origin, partitions, holder), until, cluster)

    def ask(self, question: Question[Any], by: str | None = None) -> pd.DataFrame:
        """Answer a question, partition by partition."""
        parts = [part for some in self._ran(_parts, question=question, by=by) for part in some]
        return question.whole(parts or _parts(None, question, by), self._names)

    def each(self, function: Callable[[Rows], Made]) -> list[Made]:
        """Return what a function makes of the rows of each partition."""
        return self._ran(_of_rows, function=function)

    def _ran(self, task: Callable[..., Made], **options: Any) -> list[Made]:
        """Do the same with each partition."""
        if self._cluster is None:
            return [task(partition, **options) for partition in self._partitions]
        with _connected(self._cluster) as client:
            made: list[Made] = client.gather(client.map(task, self._partitions, **options))
            return made

    @cached_property
    def customers(self) -> pd.Index[str]:
        """Ids of the customers with an event, in label order."""
        names = self.ask(Customers())["customer"]
        index: pd.Index[str] = pd.Index(names, dtype="string", name="customer")
        return index

    @property
    def events(self) -> pd.Index[str]:
        """Names of the events, in label order; a filter leaves them all."""
        names = self._partitions[0].events if self._partitions else ()
        return pd.Index(names, dtype="string", name="event")

    @property
    def columns(self) -> list[str]:
        """The columns :meth:`where` can filter on."""
        return [*self._partitions[0].columns] if self._partitions else []

    @cached_property
    def origin(self) -> Origin:
        """How the log was read: the conventions, and what was left out."""
        before = self._whole.origin
        return replace(before, dropped=before.dropped + sum(self._ran(Partition.dropped)))

    @cached_property
    def fingerprint(self) -> str:
        """Digest of the rows, all their columns too; the same in any row order."""
        names = sorted(self.columns)
        return joined(names, self.each(partial(hashes, names=names)))

    @cached_property
    def _extent(self) -> pd.Series:
        return self.ask(Extent()).iloc[0]

    @property
    def n(self) -> int:
        """Number of events."""
        return int(self._extent["n"])

    @property
    def first(self) -> pd.Timestamp | None:
        """Time of the first event, in UTC; None for an empty log."""
        return self._extent["first"] if self.n else None

    @property
    def last(self) -> pd.Timestamp | None:
        """Time of the last event, in UTC; None for an empty log."""
        return self._extent["last"] if self.n else None

    @property
    def until(self) -> pd.Timestamp | None:
        """When the observation ends, as :attr:`EventLog.until` says."""
        return moment(self._until)

    @property
    def ties(self) -> float:
        """Share of events that have another one of the same customer at the same time."""
        return float(self._extent["tied"]) / self.n if self.n else 0.0

    def filtered(self, step: Step, period: Period | None = None) -> PartitionedLog:
        """Return the log of the rows that a step makes of each partition's."""
        until = self._until
        if period and until is not None:
            until = period.cut(until)
        return self._with((part.then(step) for part in self._partitions), until)

    def renamed(self, step: Step, events: Sequence[str]) -> PartitionedLog:
        """Return the log whose events a step calls by these names."""
        return self._with((part.then(step, events) for part in self._partitions), self._until)

    def of_those(self, customers: Sequence[str]) -> PartitionedLog:
        """Keep the events of these customers, by id."""
        names = np.asarray(customers, object)
        home = homes(customers, self._whole.partitions)

        def those(part: Partition) -> Step:
            own = pa.array(names[home == part.number], pa.string())
            return partial(filters.of_customers, customers=own)

        return self._with((part.then(those(part)) for part in self._partitions), self._until)

    def segments(self, by: str) -> dict[str, PartitionedLog]:
        """Split the log by customer, as :meth:`EventLog.segments` does."""
        names = {name for found in self.each(partial(_groups, by=by)) for name in found}
        return {
            name: self.filtered(partial(filters.of_group, by=by, group=name))
            for name in sorted(names)
        }

    def _with(self, partitions: Iterable[Partition], until: int | None) -> PartitionedLog:
        return PartitionedLog([*partitions], self.source, self._whole, until, self._cluster)

    def __repr__(self) -> str:
        count = len(self._partitions)
        return f"<PartitionedLog {self.source}: {self.n} events in {count} partitions>"


class _Folder:
    """A folder that goes when nobody holds it any more."""

    def __init__(self) -> None:
        self.path = Path(mkdtemp(prefix="jupyter-journey-"))
        finalize(self, rmtree, self.path, ignore_errors=True)


@dataclass(frozen=True)
class Whole:
    """What all filtered logs have from the log that was dealt out."""

    origin: Origin = field(default_factory=Origin)
    partitions: int = 1
    """How many it was dealt out to; some may have got nothing."""
    holder: _Folder | None = None
    """So that a temporary folder stays while a log of it does."""


def _of_rows(partition: Partition, function: Callable[[Rows], Made]) -> Made:
    return function(partition.rows())


def _groups(rows: Rows, by: str) -> list[str]:
    return list(filters.groups(rows, by))


def _parts(partition: Partition | None, question: Question[Any], by: str | None) -> list[Any]:
    """Answer for one partition; without any, for nobody."""
    if partition is None:
        nobody = np.empty(0, np.int64)
        none = pa.array([], pa.string())
        store = Store(np.zeros(1, np.int64), nobody, nobody, none, ())
    else:
        store = partition.store(by)
    return [question.part(piece) for piece in store.pieces]


@contextmanager
def _connected(cluster: Client | str) -> Iterator[Client]:
    """Yield a client of its own for an address, or the one given."""
    if not isinstance(cluster, str):
        yield cluster
        return
    with client_of(cluster, set_as_default=False) as client:
        yield client
