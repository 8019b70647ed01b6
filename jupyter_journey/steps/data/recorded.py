"""What step 5 saw in the event log, kept with the journey, so that its checks need no data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from jupyter_journey.events import Log, Mapped
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Insight, Source, Touchpoint
from jupyter_journey.privacy import is_small
from jupyter_journey.steps.data.backward import count_backward
from jupyter_journey.steps.request import Request

__all__ = ["recorded"]


def recorded(
    journey: Journey,
    meant: Mapped,
    stages: Mapping[str, Sequence[str]],
    found: Sequence[Insight],
    request: Request,
) -> Journey:
    """Return the journey with what was seen: columns and counts, shares of touchpoints, insights.

    Counts that leave fewer than ``settings.min_group`` customers on one side are left out; the
    share of such a touchpoint is kept as that of so many, or of all. A run for some customers or
    days only records nothing: it tells of a part.
    """
    if request.persona or request.segment or request.where or request.period:
        return journey
    document, log = journey.document, meant.log
    least = document.settings.min_group
    sources = [
        _seen(source, log, _counts(log, stages, least)) if source.role == "events" else source
        for source in document.sources
    ]
    points = _with_shares(document.touchpoints, meant, least)
    own = [insight for insight in document.insights if not insight.computed]
    taken = {insight.id for insight in own}
    new = [insight for insight in found if insight.id not in taken]
    return (
        journey.replace("sources", sources)
        .replace("touchpoints", points)
        .replace("insights", [*own, *new])
    )


def _seen(source: Source, log: Log, counts: Mapping[str, int]) -> Source:
    held = tuple(dict.fromkeys([*source.columns.values(), *log.columns]))
    return source.model_copy(update={"held": held, "counted": counts})


def _counts(log: Log, stages: Mapping[str, Sequence[str]], least: int) -> dict[str, int]:
    back = count_backward(log, stages)
    hidden = is_small(back, len(log.customers), least)
    return {"rows": log.n} | ({} if hidden else {"backward": back})


def _with_shares(points: Sequence[Touchpoint], meant: Mapped, least: int) -> list[Touchpoint]:
    """Tell of each touchpoint with events how many of all customers were there, at most."""
    everybody = len(meant.log.customers)
    customers: pd.Series[int] = meant.log.counts().set_index("event")["customers"]
    shares = {}
    for name, events in meant.touchpoints.items():
        count = max(int(customers.reindex(events).fillna(0).sum()), least)
        shares[name] = 1.0 if count > everybody - least else count / everybody
    return [point.model_copy(update={"share": shares.get(point.name)}) for point in points]
