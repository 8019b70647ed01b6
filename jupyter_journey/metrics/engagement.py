"""What customers do: in the trial, with the product and its features, with content."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jupyter_journey.events.passages import codes_of
from jupyter_journey.events.question import microseconds
from jupyter_journey.metrics.figures import Figure, share
from jupyter_journey.metrics.inputs import Inputs
from jupyter_journey.metrics.intervals import bootstrap
from jupyter_journey.metrics.revenue import per_month
from jupyter_journey.metrics.use import Trials, Use

__all__ = [
    "engagement_score",
    "feature_adoption",
    "product_actions",
    "referral",
    "touchpoint_use",
    "trial_kinds",
    "trial_use",
]

_TRIAL, _WON, _USE, _PRAISE = "consideration", "decision", "adoption", "advocacy"
TRIAL_DAYS = 30
OFTEN, BROAD, SHARED = 40, 40, 20
"""Points of the engagement score."""
ACTIVE_DAYS = 4


def trial_use(inputs: Inputs) -> Iterator[Figure]:
    """Yield the mean number of a customer's events in the trial (MET-17)."""
    yield from _tried(inputs, "events")


def trial_kinds(inputs: Inputs) -> Iterator[Figure]:
    """Yield the mean number of different events of a customer in the trial (MET-17)."""
    yield from _tried(inputs, "kinds")


def _tried(inputs: Inputs, what: str) -> Iterator[Figure]:
    entries = inputs.entries
    if _TRIAL not in entries or _WON not in entries:
        return
    known = inputs.history.events.tolist()
    kind_of = {name: kind for kind, names in enumerate(inputs.labels.values()) for name in names}
    trials = Trials(
        start=codes_of(known, entries[_TRIAL]),
        target=codes_of(known, entries[_WON]),
        kinds=np.array([kind_of[name] for name in known], np.int64),
        begin=microseconds(inputs.begin),
        until=microseconds(inputs.until),
        window=pd.Timedelta(days=TRIAL_DAYS) // pd.Timedelta(1, "us"),
    )
    counts = inputs.history.ask(trials)[what].to_numpy()
    yield _mean(counts, inputs.level, {"start": _TRIAL, "stage": _WON, "days": TRIAL_DAYS})


def product_actions(inputs: Inputs) -> Iterator[Figure]:
    """Yield how often a customer uses the product in a month (MET-36)."""
    events = [label for labels in _features(inputs).values() for label in labels]
    if events:
        yield from per_month(inputs, events, 1, {"stage": _USE})


def feature_adoption(inputs: Inputs) -> Iterator[Figure]:
    """Yield for each product event the share of customers who did it of late (MET-26)."""
    if inputs.paying is None:
        return
    features, customers = _features(inputs), inputs.paying.last
    use = _use(inputs, features)
    for number, event in enumerate(features):
        hits = int(customers.isin(use.index[use[number]]).sum())
        yield share(hits, len(customers), inputs.level, part=event, period=inputs.recent)


def engagement_score(inputs: Inputs) -> Iterator[Figure]:
    """Yield the mean score of the customers, 0 to 100 (MET-21)."""
    features = _features(inputs)
    if inputs.paying is None or not features:
        return
    use = _use(inputs, features).astype(int).reindex(inputs.paying.last, fill_value=0)
    kinds = use[[*range(len(features))]].sum(axis="columns")
    score = OFTEN * (use["days"] >= ACTIVE_DAYS) + BROAD * (kinds * 2 >= len(features))
    score = score + SHARED * use["shared"]
    said: dict[str, Any] = {"often": OFTEN, "broad": BROAD, "shared": SHARED}
    said |= {"active": ACTIVE_DAYS, "features": len(features), "stage": _PRAISE}
    yield _mean(score.to_numpy(), inputs.level, said, period=inputs.recent)


def referral(inputs: Inputs) -> Iterator[Figure]:
    """Yield the share of all who ever paid who recommend (MET-29)."""
    if inputs.paying is None or _PRAISE not in inputs.stages:
        return
    spans, events = inputs.paying.spans, inputs.stages[_PRAISE]
    here = spans["end"].isna() | (spans["end"] >= inputs.begin)
    customers = pd.Index(spans.loc[here, "customer"].unique())
    first = inputs.log.waits(events, events)
    users = first.loc[first["start"] <= inputs.until, "customer"].astype(str)
    hits = int(customers.isin(users).sum())
    yield share(hits, len(customers), inputs.level, said={"stage": _PRAISE})


def touchpoint_use(stage: str) -> Callable[[Inputs], Iterator[Figure]]:
    """Return the metric of how many of a stage's customers meet each of its touchpoints."""

    def figures(inputs: Inputs) -> Iterator[Figure]:
        touchpoints = inputs.touchpoints_of(stage)
        if stage not in inputs.stages or not touchpoints:
            return
        met = {item.id: inputs.touchpoints[item.id] for item in touchpoints}
        anything = dict.fromkeys((*inputs.stages[stage], *sum(met.values(), ())))
        reach = inputs.log.reach({**met, "": tuple(anything)}, level=inputs.level)
        counts = dict(zip(reach["milestone"], reach["customers"], strict=True))
        for item in touchpoints:
            if set(met[item.id]) >= set(anything):
                continue  # everybody, whatever the data
            yield share(
                int(counts[item.id]),
                int(counts[""]),
                inputs.level,
                stage_id=stage,
                touchpoint_id=item.id,
                part=item.name,
                said={"stage": stage},
            )

    return figures


def _features(inputs: Inputs) -> dict[str, list[str]]:
    """Return the events by which the product is used, as the journey's touchpoints say.

    Each with the names its rows have in the log: an event that conditions tell apart is one still.
    """
    found = [inputs.touchpoints[item.id] for item in inputs.touchpoints_of(_USE)]
    meant = {*inputs.stages.get(_USE, ()), *sum(found, ())}
    features = ([name for name in names if name in meant] for names in inputs.labels.values())
    return dict(sorted((min(names, key=len), names) for names in features if names))


def _use(inputs: Inputs, features: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return by customer what :class:`Use` tells of the last days."""
    number_of = {name: at for at, names in enumerate(features.values()) for name in names}
    known, praise = inputs.history.events.tolist(), inputs.stages.get(_PRAISE, ())
    use = Use(
        features=np.array([number_of.get(name, -1) for name in known], np.int64),
        shared=np.array([name in praise for name in known], bool),
        since=microseconds(inputs.recent_begin),
        until=microseconds(inputs.until),
    )
    return inputs.history.ask(use).set_index("customer")


def _mean(
    values: npt.NDArray[Any],
    level: float,
    said: Mapping[str, Any],
    **about: Any,
) -> Figure:
    cases = np.column_stack([values, np.ones(len(values))])
    low, high = bootstrap(cases, lambda sums: sums[:, 0] / sums[:, 1], level)
    value = float(np.mean(values)) if len(values) else np.nan
    return Figure(value=value, n=len(values), low=low, high=high, said=said, **about)
