"""Figures of a report beside those of the run before: which moved, and by how much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from math import hypot
from typing import Any, Self

from jupyter_journey.metrics.drifting import moved, verdict

__all__ = ["Change", "Key", "Told", "changes"]

Key = tuple[str, ...]
"""What a figure is of: metric, stage, milestone, touchpoint and name."""


@dataclass(frozen=True)
class Told:
    """A figure as a report tells it: see :func:`jupyter_journey.steps.figures.told`."""

    metric: str
    name: str
    value: float
    stage: str = ""
    milestone: str = ""
    touchpoint: str = ""
    lane: str = ""
    place: int | None = None
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    n: int | None = None
    unit: str = ""
    direction: str | None = None
    period: str = ""

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """Take a figure from JSON; what a later version may add is left out."""
        return cls(**{name: said[name] for name in _FIELDS if name in said})

    @property
    def key(self) -> Key:
        """What the figure is of."""
        return self.metric, self.stage, self.milestone, self.touchpoint, self.name

    @property
    def title(self) -> str:
        """Its name, and the stage where the name doesn't say it."""
        return f"{self.name} · {self.stage}" if self.stage else self.name


_FIELDS = tuple(field.name for field in fields(Told))


@dataclass(frozen=True)
class Change:
    """A figure in two runs; of one that is new or gone there is only one side."""

    before: Told | None
    after: Told | None

    @property
    def told(self) -> Told:
        """The later figure, or else the earlier one."""
        return next(one for one in (self.after, self.before) if one)

    @property
    def moved(self) -> bool | None:
        """Whether by more than chance, by the rule of :func:`jupyter_journey.drift`."""
        return moved(self.before, self.after) if self.before and self.after else None

    @property
    def verdict(self) -> str | None:
        """``good`` or ``bad`` where it moved and the metric has a direction."""
        return verdict(self.by, self.told.direction) if self.moved else None

    @property
    def by(self) -> float:
        """What it changed by, in its unit; 0 where a side is missing."""
        return self.after.value - self.before.value if self.before and self.after else 0.0

    @property
    def size(self) -> float:
        """How far it moved, in half widths of both intervals: comparable between metrics."""
        wide = [
            (one.high - one.low) / 2
            for one in (self.before, self.after)
            if one and one.low is not None and one.high is not None
        ]
        return abs(self.by) / hypot(*wide) if self.moved and hypot(*wide) else 0.0


def changes(
    before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
) -> dict[Key, Change]:
    """Pair the figures of two runs by what they are of, in the order of the later run.

    Examples
    --------
    >>> once = {"metric": "MET-01", "name": "Churn", "value": 0.1, "unit": "share", "n": 400}
    >>> (change,) = changes([once], [once | {"value": 0.16}]).values()
    >>> change.moved, round(change.by, 2)
    (True, 0.06)
    """
    earlier, later = (
        {figure.key: figure for figure in map(Told.of, side)} for side in (before, after)
    )
    return {key: Change(earlier.get(key), later.get(key)) for key in {**later, **earlier}}
