"""What of a log is to be read: a period, the events of some stages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.errors import ParameterError, UnknownNameError
from jupyter_journey.events import filters
from jupyter_journey.events.periods import Period
from jupyter_journey.events.rows import Rows

__all__ = ["Selection"]


@dataclass(frozen=True)
class Selection:
    """Rows to read; all of them unless said."""

    period: Period | None = None
    stages: Mapping[str, tuple[str, ...]] | None = None
    """Events by stage: each is called like its stage, and others aren't read."""
    mapped: bool = False
    """Whether the source has done that already."""

    @classmethod
    def of(
        cls, period: Period | str | None, stages: Mapping[str, str | Sequence[str]] | None
    ) -> Self:
        """Take what a caller asks for.

        Raises
        ------
        ParameterError
            If the period is none, or an event belongs to two stages.
        """
        span = None if period is None else Period.of(period)
        if stages is None:
            return cls(span)
        by_stage = {
            str(stage): (names,) if isinstance(names, str) else tuple(names)
            for stage, names in stages.items()
        }
        selection = cls(span, by_stage)
        events = [event for names in by_stage.values() for event in names]
        if len(events) > len(selection.stage_of):
            twice = next(event for event in events if events.count(event) > 1)
            reason = f"gives {twice!r} to several. Read with one stage for each event."
            raise ParameterError(template_name="events", parameter="stages", reason=reason)
        return selection

    @property
    def stage_of(self) -> dict[str, str]:
        """Stage by event."""
        return {event: stage for stage, names in (self.stages or {}).items() for event in names}

    def applied(self, rows: Rows) -> Rows:
        """Return the rows of the period whose events have a stage, called like it."""
        return self._staged(rows if self.period is None else filters.within(rows, self.period))

    def check(self, events: Iterable[str]) -> None:
        """Refuse an event that isn't among all events of the source.

        Raises
        ------
        UnknownNameError
            With the nearest one that is.
        """
        known = set(events)
        for event in self.stage_of if not self.mapped else ():
            if event not in known:
                raise UnknownNameError(kind="event", name=event, known=known)

    def _staged(self, rows: Rows) -> Rows:
        if self.stages is None:
            return rows
        names = sorted(self.stages)
        stage_of = dict(zip(names, names, strict=True)) if self.mapped else self.stage_of
        events = rows.held["event"].unify_dictionaries().combine_chunks()
        codes = [
            names.index(stage_of[event]) if event in stage_of else None
            for event in events.dictionary.to_pylist()
        ]
        stage = pa.array(codes, pa.int32()).take(events.indices)
        coded = pa.DictionaryArray.from_arrays(stage, pa.array(names, pa.string()))
        return rows.named(pa.chunked_array([coded])).kept(pa.chunked_array([pc.is_valid(stage)]))
