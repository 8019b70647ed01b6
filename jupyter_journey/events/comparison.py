"""In what two segments of customers differ, surely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from jupyter_journey.errors import ParameterError
from jupyter_journey.events.answers import Answers
from jupyter_journey.events.funnel import Funnel
from jupyter_journey.events.intervals import Floats, difference_interval, wilson
from jupyter_journey.events.passages import Stages, chain, codes_of, sets_of
from jupyter_journey.events.question import Question, microseconds, named
from jupyter_journey.events.spans import Spans, summary
from jupyter_journey.events.stage_times import StageTimes
from jupyter_journey.events.store import Ints, Store
from jupyter_journey.events.transitions import Transitions

__all__ = ["compared"]

_NAMES = ["what", "source", "target", "n", "n_other", "value", "value_other"]
_FIGURES = ["difference", "low", "high", "p", "p_adjusted"]


def compared(one: Answers, other: Answers, stages: Stages | None, level: float) -> pd.DataFrame:
    """Answer :meth:`StageQuestions.compare`."""
    from scipy.stats import false_discovery_control  # importing SciPy's takes half a second

    shared = one.customers.intersection(other.customers)
    if len(shared):
        reason = (
            f"shares customers with this log ({len(shared):,}), so differences can't be tested. "
            "Take segments of whole customers: log.segments(column)."
        )
        raise ParameterError(template_name="events", parameter="other", reason=reason)
    parts = [_transitions(one, other, level), _edge_times(one, other, level)]
    if stages is not None:
        sets = _sets(one, other, stages)
        parts += [_stages(one, other, sets, level), _times(one, other, sets, level)]
    frame = pd.concat(parts, ignore_index=True).assign(p_adjusted=np.nan)
    tested = frame["p"].notna()
    frame.loc[tested, "p_adjusted"] = false_discovery_control(frame.loc[tested, "p"])
    return frame.sort_values(["p", *_NAMES], ignore_index=True)[[*_NAMES, *_FIGURES]]


Sets = tuple[Mapping[str, Ints], Mapping[str, Ints]]


def _sets(one: Answers, other: Answers, stages: Stages) -> Sets:
    """Return the codes of each stage's events in both; what only one of them has is 0 there."""
    mine, theirs = one.events.tolist(), other.events.tolist()
    every = sorted({*mine, *theirs})
    names = {
        stage: [every[code] for code in codes] for stage, codes in sets_of(every, stages).items()
    }

    def known_to(events: Sequence[str]) -> Mapping[str, Ints]:
        return {
            stage: codes_of(events, [name for name in its if name in events])
            for stage, its in names.items()
        }

    return known_to(mine), known_to(theirs)


def _transitions(one: Answers, other: Answers, level: float) -> pd.DataFrame:
    """Compare the shares of customers who ever make a transition."""
    keys = ["source", "target"]
    counts = [log.ask(Transitions()).set_index(keys)["customers"] for log in (one, other)]
    hits = pd.concat(counts, axis=1, keys=["hits", "hits_other"]).fillna(0).astype("int64")
    frame = hits.sort_index().reset_index().astype(dict.fromkeys(keys, "string"))
    frame = frame.assign(n=len(one.customers), n_other=len(other.customers))
    return _shares(frame, "transition", level)


def _stages(one: Answers, other: Answers, sets: Sets, level: float) -> pd.DataFrame:
    """Compare the shares of customers who go on to each stage."""
    left, right = one.ask(Funnel(sets[0], level)), other.ask(Funnel(sets[1], level))
    frame = pd.DataFrame(
        {
            "source": left["stage"].shift(),
            "target": left["stage"],
            "hits": left["customers"],
            "hits_other": right["customers"],
            "n": left["n"],
            "n_other": right["n"],
        }
    )
    return _shares(frame, "stage", level)


def _times(one: Answers, other: Answers, sets: Sets, level: float) -> pd.DataFrame:
    """Compare the times from stage to stage."""
    left, right = one.ask(StageTimes(sets[0], level)), other.ask(StageTimes(sets[1], level))
    waited = [
        log.ask(_Watched(chosen, microseconds(log.until)))
        for log, chosen in zip((one, other), sets, strict=True)
    ]
    names = pd.DataFrame({"source": left["from"], "target": left["to"]})
    p = [_log_rank(*(part[part["step"] == step] for part in waited)) for step in left.index]
    return _medians("time", names, left, right, p)


def _edge_times(one: Answers, other: Answers, level: float) -> pd.DataFrame:
    """Compare the times of the transitions that customers of both make, each customer's first."""
    keys = ["source", "target"]
    samples = [dict(iter(log.ask(_Passed()).groupby(keys)["length"])) for log in (one, other)]
    shared = sorted(samples[0].keys() & samples[1].keys())
    times = [[sample[pair].to_numpy() for pair in shared] for sample in samples]
    left, right = (summary([_spans(lengths)], level) for lengths in times)
    p = [
        _log_rank(*(pd.DataFrame({"length": part, "arrived": True}) for part in pair))
        for pair in zip(*times, strict=True)
    ]
    names = pd.DataFrame(shared, columns=keys, dtype="string")
    return _medians("edge_time", names, left, right, p)


def _medians(
    what: str, names: pd.DataFrame, left: pd.DataFrame, right: pd.DataFrame, p: Sequence[float]
) -> pd.DataFrame:
    """Set two segments' median times of the same steps beside each other."""
    low, high = difference_interval(
        (left["median"], left["low"], left["high"]), (right["median"], right["low"], right["high"])
    )
    return names.assign(
        what=pd.Series(what, index=names.index, dtype="string"),
        n=left["n"],
        n_other=right["n"],
        value=left["median"],
        value_other=right["median"],
        difference=right["median"] - left["median"],
        low=low,
        high=high,
        p=p,
    )


def _spans(lengths: Sequence[Ints]) -> Spans:
    """Return the spans of each kind, by its place."""
    kind = np.repeat(np.arange(len(lengths)), [*map(len, lengths)])
    return Spans.of(kind, np.concatenate([np.empty(0, np.int64), *lengths]))


def _shares(frame: pd.DataFrame, what: str, level: float) -> pd.DataFrame:
    """Return the differences of shares hits / n, and Fisher's p."""
    from scipy.stats import fisher_exact

    estimates: list[tuple[Floats, Floats, Floats]] = []
    for suffix in ("", "_other"):
        hits, n = frame[f"hits{suffix}"].to_numpy(), frame[f"n{suffix}"].to_numpy(np.float64)
        estimates.append((hits / np.where(n > 0, n, np.nan), *wilson(hits, n, level)))
    low, high = difference_interval(*estimates)
    tables = frame[["hits", "n", "hits_other", "n_other"]].to_numpy(np.int64).tolist()
    return frame.drop(columns=["hits", "hits_other"]).assign(
        what=pd.Series(what, index=frame.index, dtype="string"),
        value=estimates[0][0],
        value_other=estimates[1][0],
        difference=estimates[1][0] - estimates[0][0],
        low=low,
        high=high,
        p=[
            float(fisher_exact([[a, n - a], [b, m - b]]).pvalue) if n and m else np.nan
            for a, n, b, m in tables
        ],
    )


def _log_rank(one: pd.DataFrame, other: pd.DataFrame) -> float:
    from scipy.stats import CensoredData, logrank

    parts = [(part["length"].to_numpy(), part["arrived"].to_numpy(bool)) for part in (one, other)]
    if not all(arrived.any() for _, arrived in parts):
        return np.nan
    if all(len(np.unique(np.concatenate(both))) == 1 for both in zip(*parts, strict=True)):
        return 1.0  # all alike, of which the test has no variance to tell
    samples = [CensoredData.right_censored(length, ~arrived) for length, arrived in parts]
    return float(logrank(*samples).pvalue)


@dataclass(frozen=True)
class _Watched(Question[pd.DataFrame]):
    """By customer and step, the time to the next stage, or how long they were watched."""

    sets: Mapping[str, Ints]
    end: int

    def part(self, store: Store) -> pd.DataFrame:
        """Take the times of all who began a step."""
        frames = []
        for step, (left, entered) in enumerate(pairwise(chain(store, [*self.sets.values()]))):
            began = left < len(store)
            began[began] = store.time[left[began]] <= self.end
            start, target = store.time[left[began]], entered[began]
            arrived = target < len(store)
            arrived[arrived] = store.time[target[arrived]] <= self.end
            length = self.end - start
            length[arrived] = store.time[target[arrived]] - start[arrived]
            frames.append(pd.DataFrame({"step": step, "length": length, "arrived": arrived}))
        return pd.concat(frames) if frames else pd.DataFrame(columns=["step", "length", "arrived"])

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Put the customers together; a log-rank test doesn't ask for their order."""
        return pd.concat(parts, ignore_index=True)


@dataclass(frozen=True)
class _Passed(Question[pd.DataFrame]):
    """By transition, how long each customer took who makes it, the first time."""

    def part(self, store: Store) -> pd.DataFrame:
        """Take each customer's first of each pair of events."""
        pair, start, customer, time = store.hops
        first = np.append(True, customer[1:] != customer[:-1])[: len(customer)]
        first[start] = True
        kind = np.repeat(pair, np.diff(np.append(start, len(customer))))
        return pd.DataFrame({"pair": kind[first], "length": time[first]})

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:
        """Put the customers together, and name the events."""
        frame = pd.concat(parts, ignore_index=True)
        pair, kinds = frame.pop("pair").to_numpy(np.int64), max(len(events), 1)
        return frame.assign(source=named(pair // kinds, events), target=named(pair % kinds, events))
