"""What step 5 asks the log, question by question, as much of it as a reader can take in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from types import MappingProxyType

import pandas as pd

from jupyter_journey.events import Log
from jupyter_journey.events.cohorts import Freq
from jupyter_journey.metrics.cut import Cut
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Settings
from jupyter_journey.steps.log import of_segment
from jupyter_journey.steps.request import Request

__all__ = ["ANSWERS", "Looked"]

_TRANSITIONS = 12
_INSTEAD = 3
_VARIANTS = 10
_LOOPS = 10
_COHORTS = 13
"""Cohorts at most: as many weeks as a quarter has."""


Segment = tuple[str, Log]
"""Name, and the events of its customers."""


@dataclass(frozen=True)
class Looked:
    """What is looked at: the part of the log asked for, and its stages."""

    cut: Cut
    stages: Mapping[str, tuple[str, ...]]
    """The events by which each stage of the funnel is entered, by name of stage."""
    journey: Journey
    request: Request

    @property
    def log(self) -> Log:
        """The events asked for."""
        return self.cut.log

    @property
    def settings(self) -> Settings:
        """The journey's settings: least group, level of the intervals."""
        return self.journey.settings

    @cached_property
    def pair(self) -> tuple[Segment, Segment] | None:
        """The two largest of the journey's segments, cut as asked, that share no customer.

        None if there are no two of enough customers.
        """
        cut = [
            (one.name, of_segment(self.cut, self.journey, self.request, one.id))
            for one in self.journey.document.segments
        ]
        least = self.settings.min_group
        enough = [one for one in cut if len(one[1].customers) >= least]
        pairs = combinations(sorted(enough, key=lambda one: -len(one[1].customers)), 2)
        return next(
            (
                (one, other)
                for one, other in pairs
                if one[1].customers.intersection(other[1].customers).empty
            ),
            None,
        )


def _funnel(looked: Looked) -> pd.DataFrame:
    return looked.log.funnel(looked.stages, level=looked.settings.level)


def _drop_off(looked: Looked) -> pd.DataFrame:
    frame = looked.log.drop_off(looked.stages, level=looked.settings.level)
    return frame.groupby(["from", "to"], sort=False).head(_INSTEAD)


def _stage_times(looked: Looked) -> pd.DataFrame:
    return looked.log.stage_times(looked.stages, level=looked.settings.level)


def _transitions(looked: Looked) -> pd.DataFrame:
    return looked.log.transitions().head(_TRANSITIONS)


def _cohorts(looked: Looked) -> pd.DataFrame:
    every = _freq(looked.log)
    return looked.log.cohorts(every, level=looked.settings.level).assign(every=every)


def _freq(log: Log) -> Freq:
    """Return the shortest periods that make a readable number of cohorts."""
    days = (log.period.last - log.period.first).days + 1 if log.period else 1
    lengths: Mapping[Freq, int] = {"W": 7, "M": 31, "Q": 92}
    return next((freq for freq, length in lengths.items() if days / length <= _COHORTS), "Y")


def _variants(looked: Looked) -> pd.DataFrame:
    return looked.log.variants(_VARIANTS, level=looked.settings.level)


def _loops(looked: Looked) -> pd.DataFrame:
    return looked.log.loops(level=looked.settings.level).head(_LOOPS)


def _compare(looked: Looked) -> pd.DataFrame:
    """Compare the two segments, if there are two."""
    if looked.pair is None:
        return pd.DataFrame()
    (_, log), (_, other) = looked.pair
    return log.compare(other, looked.stages, level=looked.settings.level)


ANSWERS: Mapping[str, Callable[[Looked], pd.DataFrame]] = MappingProxyType(
    {
        "funnel": _funnel,
        "drop_off": _drop_off,
        "stage_times": _stage_times,
        "transitions": _transitions,
        "cohorts": _cohorts,
        "variants": _variants,
        "loops": _loops,
        "compare": _compare,
    }
)
"""What is asked of the log, by name of the question."""
