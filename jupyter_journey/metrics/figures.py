"""What a metric is and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import nan
from types import MappingProxyType
from typing import Any

from jupyter_journey.events import Period
from jupyter_journey.events.intervals import wilson
from jupyter_journey.metrics.inputs import Inputs
from jupyter_journey.model.fields import Direction

__all__ = ["Figure", "Metric", "share"]


@dataclass(frozen=True)
class Figure:
    """One value, its interval and what it belongs to."""

    value: float
    n: int
    """How many cases it rests on: customers, answers, tickets."""
    low: float = nan
    high: float = nan
    said: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """What fills the fields of the metric's formula: any one of several events, a stage's id."""
    counts: tuple[tuple[int, int], ...] = ()
    """The counts it tells, each of its whole: hidden where one of them is small."""
    people: int | None = None
    """How many customers the cases are of, where they aren't customers themselves."""
    stage_id: str | None = None
    """Where it isn't the metric's."""
    milestone_id: str | None = None
    touchpoint_id: str | None = None
    part: str = ""
    """Which part of the whole it is of, such as a channel."""
    whole: str = ""
    """What the parts make up together: of such figures never just one is hidden."""
    one_n: bool = False
    """Whether the parts share one n, each with a count of it; else each has an n of its own."""
    on_map: bool = True
    """False for a part that stands beside the figure of the whole."""
    period: Period | None = None
    """Where it isn't that of the source."""
    name: str = ""
    """Where it isn't the metric's."""
    unit: str = ""
    """Where it isn't the metric's: the currency of the data."""


@dataclass(frozen=True)
class Metric:
    """A metric of the method, as the catalogue describes it."""

    id: str
    unit: str
    """``share`` (0 to 1), ``%``, ``days``, ``hours``, ``points``, or nothing for a count."""
    direction: Direction | None
    """Whether more or less is better; None where that depends."""
    stage: str | None
    """The stage its figures belong to, where a journey has it and they have none of their own."""
    lane: str | None
    """The canonical lane it belongs in, where a map has it; else the first metric lane.
    None: not shown on the map."""
    inputs: Mapping[str, tuple[str, ...]]
    """By role of the source, the main one first: parts and columns needed."""
    figures: Callable[[Inputs], Iterable[Figure]] | None
    """None where no source gives it."""


def share(hits: int, n: int, level: float, **about: Any) -> Figure:
    """Return a share with its Wilson interval; of nobody it is undefined.

    Examples
    --------
    >>> figure = share(8, 10, 0.95)
    >>> figure.value, round(float(figure.low), 3)
    (0.8, 0.49)
    """
    low, high = wilson(hits, n, level)
    return Figure(
        value=hits / n if n else nan,
        n=n,
        low=float(low),
        high=float(high),
        **{"counts": ((hits, n),)} | about,
    )
