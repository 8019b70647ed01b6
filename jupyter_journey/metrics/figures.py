"""What a metric is, what it is computed from, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from jupyter_journey.events import EventLog, Period
from jupyter_journey.model.fields import Direction
from jupyter_journey.model.records import Document

__all__ = ["Figure", "Inputs", "Metric"]


@dataclass(frozen=True)
class Inputs:
    """What event metrics are computed from."""

    document: Document
    stages: Mapping[str, tuple[str, ...]]
    """The events by which each stage is entered, by stage id, as the journey maps them."""
    milestones: Mapping[str, tuple[str, ...]]
    """The events that show a milestone was reached, by milestone id."""
    log: EventLog
    """The events of the customers asked for, within the period asked for."""
    history: EventLog
    """The events of the same customers, from the beginning."""
    until: pd.Timestamp
    """The last moment observed: of the log, or of the period if that is earlier."""
    asked: Period | None
    """The period asked for."""

    @property
    def period(self) -> Period:
        """The period asked for, or else that of the events."""
        return self.asked or self.log.period or Period(self.until.date(), self.until.date())

    @property
    def entries(self) -> dict[str, tuple[str, ...]]:
        """The events by which each stage of the funnel is entered, by stage id.

        Stages without any are left out, and those that may be entered from anywhere.
        """
        side = {stage.id for stage in self.document.stages if stage.side}
        return {key: events for key, events in self.stages.items() if key not in side}


@dataclass(frozen=True)
class Figure:
    """One value, its interval and what it belongs to."""

    value: float
    n: int
    low: float
    high: float
    formula: str
    stage_id: str | None = None
    milestone_id: str | None = None
    period: Period | None = None
    """Where it isn't the period asked for."""
    name: str = ""
    """Where it isn't the metric's."""


@dataclass(frozen=True)
class Metric:
    """A metric of the method."""

    id: str
    name: str
    unit: str
    """``share`` (0 to 1), ``days``, ``points``, or nothing for a count."""
    direction: Direction | None
    """Whether more or less is better; None where that depends."""
    lane: str | None
    """The canonical lane it belongs in, where a map has it; else the first metric lane.
    None: not shown on the map."""
    figures: Callable[[Inputs], Iterable[Figure]]
