"""What step 5 asks the log, question by question, and shows of the answers: no small groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from types import MappingProxyType

import pandas as pd

from jupyter_journey.events import EventLog
from jupyter_journey.events.cohorts import Freq
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Settings
from jupyter_journey.privacy import is_small, suppressed
from jupyter_journey.steps.log import looked_at
from jupyter_journey.steps.request import Request

__all__ = ["ANSWERS", "Looked"]

_TRANSITIONS = 12
_INSTEAD = 3
_VARIANTS = 10
_LOOPS = 10
_COHORTS = 13
"""Cohorts at most: as many weeks as a quarter has."""


@dataclass(frozen=True)
class Looked:
    """What is looked at: the whole log, the part asked for, and its stages."""

    whole: EventLog
    log: EventLog
    stages: Mapping[str, tuple[str, ...]]
    """The events by which each stage of the funnel is entered, by name of stage."""
    journey: Journey
    request: Request

    @property
    def settings(self) -> Settings:
        """The journey's settings: least group, level of the intervals."""
        return self.journey.settings

    @cached_property
    def segments(self) -> tuple[tuple[str, EventLog], ...]:
        """The journey's segments as the request cuts them: name and log, the largest first."""
        cut = [
            (
                segment.name,
                looked_at(self.whole, self.journey, self.request, segment.id).log,
            )
            for segment in self.journey.document.segments
        ]
        return tuple(sorted(cut, key=lambda one: -len(one[1].customers)))


def _funnel(looked: Looked) -> pd.DataFrame:
    frame = looked.log.funnel(looked.stages, level=looked.settings.level)
    least = looked.settings.min_group
    return suppressed(frame, least, count="customers", whole="n", labels=["stage"])


def _drop_off(looked: Looked) -> pd.DataFrame:
    frame = looked.log.drop_off(looked.stages, level=looked.settings.level)
    stages = frame.groupby(["from", "to"], sort=False, group_keys=False)
    kept = [_commonest(part, looked.settings.min_group, _INSTEAD) for _, part in stages]
    return pd.concat([frame.head(0), *kept]).reset_index(drop=True)


def _commonest(frame: pd.DataFrame, least: int, top: int) -> pd.DataFrame:
    """Return the first rows of parts of one group, so that the rest can't be told from them."""
    shown = 0
    whole = int(frame["n"].iloc[0])
    for count in frame["customers"].head(top):
        if is_small(count, whole, least):
            break
        shown += 1
    while shown and is_small(whole - int(frame["customers"].head(shown).sum()), whole, least):
        shown -= 1
    return frame.head(shown)


def _stage_times(looked: Looked) -> pd.DataFrame:
    times = looked.log.stage_times(looked.stages, level=looked.settings.level)
    began = times.assign(began=times["n"] + times["waiting"])
    least = looked.settings.min_group
    shown = suppressed(began, least, count="n", whole="began", labels=["from", "to"])
    return shown.drop(columns="began")


def _transitions(looked: Looked) -> pd.DataFrame:
    found = looked.log.transitions()
    common: pd.DataFrame = found[found["customers"] >= looked.settings.min_group]
    return common.head(_TRANSITIONS).reset_index(drop=True)


def _cohorts(looked: Looked) -> pd.DataFrame:
    frame = looked.log.cohorts(_freq(looked.log), level=looked.settings.level)
    pairs = zip(frame["active"], frame["customers"], strict=True)
    shown = [not is_small(*pair, looked.settings.min_group) for pair in pairs]
    return frame[shown].reset_index(drop=True)


def _freq(log: EventLog) -> Freq:
    """Return the shortest periods that make a readable number of cohorts."""
    days = (log.period.last - log.period.first).days + 1 if log.period else 1
    lengths: Mapping[Freq, int] = {"W": 7, "M": 31, "Q": 92}
    return next((freq for freq, length in lengths.items() if days / length <= _COHORTS), "Y")


def _variants(looked: Looked) -> pd.DataFrame:
    frame = looked.log.variants(_VARIANTS, level=looked.settings.level)
    return _commonest(frame, looked.settings.min_group, _VARIANTS) if len(frame) else frame


def _loops(looked: Looked) -> pd.DataFrame:
    frame = looked.log.loops(level=looked.settings.level)
    pairs = zip(frame["customers"], frame["n"], strict=True)
    shown = [not is_small(*pair, looked.settings.min_group) for pair in pairs]
    return frame[shown].head(_LOOPS).reset_index(drop=True)


def _comparison(looked: Looked) -> pd.DataFrame:
    """Compare the two largest segments that share no customer; empty if there are none."""
    least = looked.settings.min_group
    for (one, log), (other, rest) in combinations(looked.segments, 2):
        if min(len(log.customers), len(rest.customers)) < least:
            continue
        if log.customers.intersection(rest.customers).empty:
            frame = log.compare(rest, looked.stages, level=looked.settings.level)
            named = frame.assign(segment=one, other=other)
            shown = [
                not (is_small(*mine, least) or is_small(*theirs, least))
                for mine, theirs in zip(
                    _hits(frame, "value", "n"), _hits(frame, "value_other", "n_other"), strict=True
                )
            ]
            return named[shown].reset_index(drop=True)
    return pd.DataFrame()


def _hits(frame: pd.DataFrame, value: str, n: str) -> list[tuple[float, float]]:
    """Return what a share counts, and of how many; a time counts all it rests on."""
    shares = frame[value].where(frame["what"] != "time", 1.0).fillna(0.0)
    return list(zip((shares * frame[n]).round(), frame[n], strict=True))


ANSWERS: Mapping[str, Callable[[Looked], pd.DataFrame]] = MappingProxyType(
    {
        "funnel": _funnel,
        "drop_off": _drop_off,
        "stage_times": _stage_times,
        "transitions": _transitions,
        "cohorts": _cohorts,
        "variants": _variants,
        "loops": _loops,
        "comparison": _comparison,
    }
)
"""What is asked, by name of the frame it gives."""
