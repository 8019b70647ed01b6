"""What customers do: in the trial, with the product and its features, with content."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jupyter_journey.metrics.figures import Figure, share
from jupyter_journey.metrics.inputs import Inputs
from jupyter_journey.metrics.intervals import bootstrap
from jupyter_journey.metrics.paying import MICROSECONDS
from jupyter_journey.metrics.revenue import per_month

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
    yield from _tried(inputs, distinct=False)


def trial_kinds(inputs: Inputs) -> Iterator[Figure]:
    """Yield the mean number of different events of a customer in the trial (MET-17)."""
    yield from _tried(inputs, distinct=True)


def _tried(inputs: Inputs, *, distinct: bool) -> Iterator[Figure]:
    entries = inputs.entries
    if _TRIAL not in entries or _WON not in entries:
        return
    window = pd.Timedelta(days=TRIAL_DAYS)
    trials = inputs.waits(entries[_TRIAL], entries[_WON])
    trials = trials[trials["start"] + window <= inputs.until]
    stop = (trials["start"] + window).where(trials["end"].isna(), trials["end"])
    stop = stop.clip(upper=trials["start"] + window)
    customers, whose, times = inputs.all, inputs.customers, inputs.times
    bounds = np.zeros((2, len(customers)), MICROSECONDS)  # nobody else's events lie between
    places = customers.get_indexer(pd.Index(trials["customer"]))
    bounds[:, places] = [edge.to_numpy(MICROSECONDS) for edge in (trials["start"], stop)]
    rows = np.flatnonzero((times >= bounds[0, whose]) & (times < bounds[1, whose]))
    made = whose[rows]
    if distinct:
        event = inputs.kinds[rows]
        kinds = len(inputs.labels)
        made = np.unique(made * kinds + event) // kinds
    counts = np.bincount(made, minlength=len(customers))[places]
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
    customers, rows = inputs.paying.last, _recent(inputs)
    for event, labels in _features(inputs).items():
        users = rows.loc[rows["event"].isin(labels), "customer"].unique()
        hits = int(customers.isin(users).sum())
        yield share(hits, len(customers), inputs.level, part=event, period=inputs.recent)


def engagement_score(inputs: Inputs) -> Iterator[Figure]:
    """Yield the mean score of the customers, 0 to 100 (MET-21)."""
    features = _features(inputs)
    if inputs.paying is None or not features:
        return
    customers, rows = inputs.paying.last, _recent(inputs)
    feature_of = {label: event for event, labels in features.items() for label in labels}
    used = rows.assign(event=rows["event"].map(feature_of)).dropna(subset="event")
    shared = rows[rows["event"].isin(inputs.stages.get(_PRAISE, ()))]
    days = _different(used.assign(day=used["time"].dt.floor("D")), "day", customers)
    kinds = _different(used, "event", customers)
    score = OFTEN * (days >= ACTIVE_DAYS) + BROAD * (kinds * 2 >= len(features))
    score = score + SHARED * customers.isin(shared["customer"])
    said: dict[str, Any] = {"often": OFTEN, "broad": BROAD, "shared": SHARED}
    said |= {"active": ACTIVE_DAYS, "features": len(features), "stage": _PRAISE}
    yield _mean(score, inputs.level, said, period=inputs.recent)


def referral(inputs: Inputs) -> Iterator[Figure]:
    """Yield the share of all who ever paid who recommend (MET-29)."""
    if inputs.paying is None or _PRAISE not in inputs.stages:
        return
    spans = inputs.paying.spans
    here = spans["end"].isna() | (spans["end"] >= inputs.begin)
    customers = pd.Index(spans.loc[here, "customer"].unique())
    rows = inputs.events[inputs.events["event"].isin(inputs.stages[_PRAISE])]
    users = rows.loc[rows["time"] >= inputs.begin, "customer"].astype(str).unique()
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


def _different(rows: pd.DataFrame, column: str, customers: pd.Index[str]) -> npt.NDArray[np.int64]:
    """Return how many different values each customer has in a column."""
    counts = rows.drop_duplicates(["customer", column])["customer"].value_counts()
    return np.asarray(counts.reindex(customers, fill_value=0), np.int64)


def _recent(inputs: Inputs) -> pd.DataFrame:
    rows = inputs.events[inputs.events["time"] >= inputs.recent_begin]
    return rows.assign(customer=rows["customer"].astype(str), event=rows["event"].astype(str))


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
