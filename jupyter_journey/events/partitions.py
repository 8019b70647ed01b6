"""Logs past memory: each partition of customers answers for itself, and the answers are merged.

All events of a customer are in one partition, so every answer is exact and the same for any number
of partitions; one partition at a time is in memory, or one per worker of a Dask cluster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, NoReturn
from weakref import finalize

import numpy as np
import pandas as pd
import pyarrow as pa

from jupyter_journey.errors import ParameterError, SourceError
from jupyter_journey.events.filters import Scalar
from jupyter_journey.events.partition import Partition
from jupyter_journey.events.path_questions import PathQuestions
from jupyter_journey.events.periods import Period
from jupyter_journey.events.question import Question, moment, moments, whole_number
from jupyter_journey.events.rows import Rows
from jupyter_journey.events.spilling import spill
from jupyter_journey.events.stage_questions import StageQuestions
from jupyter_journey.events.store import Store

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["PartitionedLog"]


class PartitionedLog(PathQuestions, StageQuestions):
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
        until: int | None = None,
        cluster: Client | str | None = None,
        holder: _Folder | None = None,
    ) -> None:
        self._partitions = [*partitions]
        self._until = until
        self._cluster = cluster
        self._holder = holder  # so that a temporary folder stays while a log of it does
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

        def tables() -> Iterator[pa.Table]:
            for rows in pieces:
                ends.append(rows.until)
                if rows.held.num_rows:
                    yield rows.table

        parts = [
            replace(part, unique=tuple(unique))
            for part in spill(tables(), partitions, place, source)
        ]
        until = max((end for end in ends if end is not None), default=None)
        return cls(parts, source, until, cluster, holder)

    def ask(self, question: Question[Any], by: str | None = None) -> pd.DataFrame:
        """Answer a question, partition by partition."""
        if self._cluster is None:
            parts = [_part(partition, question, by) for partition in self._partitions]
        else:
            with _connected(self._cluster) as client:
                futures = client.map(_part, self._partitions, question=question, by=by)
                parts = client.gather(futures)
        return question.whole(parts or [_part(None, question, by)], self._names)

    @cached_property
    def customers(self) -> pd.Index[str]:
        """Ids of the customers with an event, in label order."""
        names = self.ask(_Customers())["customer"]
        index: pd.Index[str] = pd.Index(names, dtype="string", name="customer")
        return index

    @property
    def events(self) -> pd.Index[str]:
        """Names of the events, in label order; a filter leaves them all."""
        names = sorted(self._partitions[0].events) if self._partitions else []
        return pd.Index(names, dtype="string", name="event")

    @cached_property
    def _extent(self) -> pd.Series:
        return self.ask(_Extent()).iloc[0]

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

    def where(self, conditions: Mapping[str, Scalar]) -> PartitionedLog:
        """Keep the events whose columns hold these values, as :meth:`EventLog.where` does."""
        return self._with(
            (replace(part, wheres=(*part.wheres, conditions)) for part in self._partitions),
            self._until,
        )

    def between(self, period: Period | str) -> PartitionedLog:
        """Keep a period, in UTC: ``2026``, ``2026-Q1``, ``2026-01``, ``2026-01-01/2026-03-31``."""
        span = Period.parse(period) if isinstance(period, str) else period
        return self._with(
            (replace(part, periods=(*part.periods, span)) for part in self._partitions),
            None if self._until is None else span.cut(self._until),
        )

    def of_customers(self, conditions: Mapping[str, Scalar]) -> NoReturn:
        """Refuse: whole customers are chosen in memory only.

        Raises
        ------
        SourceError
            With the way out.
        """
        raise self._in_memory_only(f"of_customers({conditions!r})")

    def segments(self, by: str) -> NoReturn:
        """Refuse, as :meth:`of_customers`; :meth:`funnel` takes groups, ``by=``."""
        raise self._in_memory_only(f"segments({by!r})")

    def _in_memory_only(self, asked: str) -> SourceError:
        return SourceError(
            source=self.source,
            reason=f"is in partitions on disk, which don't answer {asked}",
            way_out="Read a part that fits memory without partitions, such as by period= or "
            "stages=, or ask log.funnel(stages, by=column)",
        )

    def _with(self, partitions: Iterable[Partition], until: int | None) -> PartitionedLog:
        return PartitionedLog([*partitions], self.source, until, self._cluster, self._holder)

    def __len__(self) -> int:
        return self.n

    def __repr__(self) -> str:
        count = len(self._partitions)
        return f"<PartitionedLog {self.source}: {self.n} events in {count} partitions>"


class _Folder:
    """A folder that goes when nobody holds it any more."""

    def __init__(self) -> None:
        self.path = Path(mkdtemp(prefix="jupyter-journey-"))
        finalize(self, rmtree, self.path, ignore_errors=True)


def _part(partition: Partition | None, question: Question[Any], by: str | None) -> Any:
    """Answer for one partition; without any, for nobody."""
    if partition is None:
        nobody = np.empty(0, np.int64)
        return question.part(
            Store(nobody.astype(np.int32), nobody, nobody, pa.array([], pa.string()), ())
        )
    return question.part(partition.store(by))


@contextmanager
def _connected(cluster: Client | str) -> Iterator[Client]:
    """Yield a client of its own for an address, or the one given."""
    if not isinstance(cluster, str):
        yield cluster
        return
    from distributed import Client  # an optional extra: jupyter-journey[cluster]

    with Client(cluster, set_as_default=False) as client:
        yield client


@dataclass(frozen=True)
class _Extent(Question[pd.DataFrame]):
    """Number of events, those that tie, and the first and last time."""

    def part(self, store: Store) -> pd.DataFrame:
        """Count."""
        if not len(store):
            return pd.DataFrame({"n": [0], "tied": [0], "first": [2**62], "last": [-(2**62)]})
        first, last = int(store.time.min()), int(store.time.max())
        tied = round(store.ties * len(store))
        return pd.DataFrame({"n": [len(store)], "tied": [tied], "first": [first], "last": [last]})

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Add up, and take the extremes."""
        rows = pd.concat(parts)
        extremes = moments(np.array([rows["first"].min(), rows["last"].max()], np.int64))
        sums = rows[["n", "tied"]].sum()
        return pd.DataFrame(
            {"n": [sums["n"]], "tied": [sums["tied"]], "first": extremes[:1], "last": [extremes[1]]}
        )


@dataclass(frozen=True)
class _Customers(Question[pd.DataFrame]):
    """Ids of all customers."""

    def part(self, store: Store) -> pd.DataFrame:
        """Take the ids."""
        return pd.DataFrame({"customer": pd.Series(store.customers.to_pandas(), dtype="string")})

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Put them in order."""
        return pd.concat(parts).sort_values("customer", ignore_index=True)
