"""Which events stand for which stage, touchpoint and milestone of a journey, and which for none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import compress

import numpy as np
import pandas as pd

from jupyter_journey.events.any_log import Log
from jupyter_journey.events.rules import Rule
from jupyter_journey.events.splitting import kinds, label, split
from jupyter_journey.model.journey import Journey

__all__ = ["Mapped", "coverage", "coverage_of", "mapped"]

Events = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Mapped:
    """A log that tells apart what a journey does, and what each of its events stands for."""

    log: Log
    stages: Events
    """Events by name of stage, in the journey's order; stages without are left out."""
    touchpoints: Events
    milestones: Events
    labels: Events
    """By event as the source names it: the names its rows have in this log."""


@dataclass(frozen=True)
class _Named:
    """What one record of the journey says of its events."""

    name: str
    events: tuple[str, ...]
    rules: tuple[Rule, ...]


Origins = Mapping[str, tuple[str, frozenset[Rule]]]
"""By name of an event: the name it came from, and the conditional rules it meets."""


def mapped(log: Log, journey: Journey) -> Mapped:
    """Apply a journey's mapping to a log: ``events`` by name, ``rules`` as :class:`Rule` says.

    Where a rule has a condition, the events that meet it get a name of their own, such as
    ``visit [page = /pricing]``; the other rules and names go on meaning both.

    Raises
    ------
    ParameterError
        If a rule can't be read.
    ColumnError
        If a condition names a column that isn't in the log.

    Examples
    --------
    >>> from jupyter_journey.events import read_events
    >>> log = read_events(pd.DataFrame({
    ...     "customer": ["a", "a"], "event": ["visit", "visit"], "page": ["/", "/pricing"],
    ...     "time": ["2026-01-01", "2026-01-02"],
    ... }))
    >>> journey = Journey.new("Shop", stages=["Look", "Weigh"])
    >>> rules = [(), ("is visit where page = /pricing",)]
    >>> stages = journey.stages.assign(events=[("visit",), ()], rules=rules)
    >>> dict(mapped(log, journey.replace("stages", stages)).stages)
    {'Look': ('visit', 'visit [page = /pricing]'), 'Weigh': ('visit [page = /pricing]',)}
    """
    document = journey.document
    stages = [_named(item.name, item.events, item.rules) for item in document.stages]
    touchpoints = [_named(item.name, item.events, item.rules) for item in document.touchpoints]
    milestones = [
        _named(item.name, filter(None, [item.event]), filter(None, [item.rule]))
        for item in document.milestones
    ]
    every = dict.fromkeys(
        rule for one in (*stages, *touchpoints, *milestones) for rule in one.rules if rule.where
    )
    split, origins = _split(log, list(every))
    return Mapped(
        split,
        _events(stages, origins),
        _events(touchpoints, origins),
        _events(milestones, origins),
        _labels(origins),
    )


def coverage(log: Log, journey: Journey) -> pd.DataFrame:
    """Say of each event what it stands for in a journey, and of each name whether it occurs.

    Returns
    -------
    pandas.DataFrame
        ``event``, the most frequent first, after them those that only the journey names; ``n``
        (how often), ``customers`` (of how many); ``stage``, ``touchpoint``, ``milestone`` (names,
        with commas between where there are several; missing where it stands for none).

    Raises
    ------
    ParameterError, ColumnError
        As :func:`mapped`.
    """
    return coverage_of(mapped(log, journey))


def coverage_of(applied: Mapped) -> pd.DataFrame:
    """Say the same of a log that is mapped already, or of a part of it."""
    counts = applied.log.counts().set_index("event")
    counts = counts[counts["n"] > 0]
    kinds = {
        "stage": applied.stages,
        "touchpoint": applied.touchpoints,
        "milestone": applied.milestones,
    }
    ours = {name for event, names in applied.labels.items() for name in names if name != event}
    said = {name for group in kinds.values() for names in group.values() for name in names} - ours
    counts = counts.reindex(sorted(said.union(counts.index)), fill_value=0)
    events = list(counts.index)
    made = pd.DataFrame(
        {
            "event": pd.Series(events, dtype="string"),
            "n": counts["n"].to_numpy(np.int64),
            "customers": counts["customers"].to_numpy(np.int64),
            **{
                kind: pd.Series(_owners(events, group), dtype="string")
                for kind, group in kinds.items()
            },
        }
    )
    return made.sort_values(["n", "event"], ascending=[False, True], ignore_index=True)


def _named(name: str, events: Iterable[str], rules: Iterable[str]) -> _Named:
    return _Named(name, tuple(events), tuple(map(Rule.parse, rules)))


def _split(log: Log, rules: Sequence[Rule]) -> tuple[Log, Origins]:
    """Give rows that meet conditions names of their own."""
    events = log.events.tolist()
    if not rules:
        return log, {name: (name, frozenset()) for name in events}
    found = sorted(set().union(*log.each(partial(kinds, rules=rules))))
    labels = {(event, met): label(event, [*compress(rules, met)]) for event, met in found}
    origins = {name: (name, frozenset[Rule]()) for name in events}
    for (event, met), name in labels.items():
        origins[name] = (event, frozenset(compress(rules, met)))
    return log.renamed(partial(split, rules=rules, labels=labels), list(origins)), origins


def _events(group: Sequence[_Named], origins: Origins) -> Events:
    known = list(dict.fromkeys(event for event, _ in origins.values()))
    made: dict[str, tuple[str, ...]] = {}
    for one in group:
        meant = set(one.events)
        for rule in one.rules:
            if not rule.where:
                meant.update(rule.names(known))
        # Names the log doesn't have stay, so that questions can say so.
        names = [event for event in one.events if event not in known]
        names += [
            name
            for name, (event, met) in origins.items()
            if event in meant or met.intersection(one.rules)
        ]
        if names:
            made[one.name] = (*made.get(one.name, ()), *names)
    return made


def _labels(origins: Origins) -> Events:
    labels: dict[str, tuple[str, ...]] = {}
    for name, (event, _) in origins.items():
        labels[event] = (*labels.get(event, ()), name)
    return labels


def _owners(events: Sequence[str], group: Events) -> list[str | None]:
    owners: dict[str, list[str]] = {}
    for owner, names in group.items():
        for name in dict.fromkeys(names):
            owners.setdefault(name, []).append(owner)
    return [", ".join(owners[event]) if event in owners else None for event in events]
