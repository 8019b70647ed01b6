"""Who reaches each milestone, how soon, and what those do instead who don't."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from jupyter_journey.metrics.cut import Cut
from jupyter_journey.model.journey import Journey
from jupyter_journey.privacy import suppressed
from jupyter_journey.steps.log import entries

__all__ = ["reached"]

_FIGURES = ["milestone", "n", "customers", "rate", "low", "high", "median"]
_INSTEAD = 3


def reached(journey: Journey, cut: Cut) -> dict[str, pd.DataFrame]:
    """Ask the log for every milestone whose events it knows, and hide small groups.

    Returns
    -------
    dict of pandas.DataFrame
        ``milestones`` and ``missed``, see :func:`jupyter_journey.steps.milestones.run`.
    """
    log, least, level = cut.log, journey.settings.min_group, journey.settings.level
    known = set(log.events)
    asked = {
        name: events
        for name, events in cut.meant.milestones.items()
        if known.issuperset(events) and name not in _refused(journey)
    }
    since = _since(journey, cut.meant.stages, asked)
    reach, missed = [], []
    for name, events in asked.items():
        if name not in since:
            reach.append(log.reach({name: events}, level=level))
            continue
        stage, entered = since[name]
        begun = cut.since_first(entered)
        reach.append(begun.reach({name: events}, {name: entered}, level=level))
        instead = begun.drop_off({stage: entered, name: events}, level=level)
        missed.append(instead.head(_INSTEAD))
    answers = {
        "reach": pd.concat(reach, ignore_index=True) if reach else log.reach({}, level=level),
        "funnel": log.funnel(entries(journey, cut.meant)),  # what step 5 shows beside it
    }
    if missed:
        answers["drop_off"] = pd.concat(missed, ignore_index=True)
    shown = suppressed(answers, least, len(log.customers))
    return {
        "milestones": shown["reach"][_FIGURES],
        "missed": shown.get("drop_off", pd.DataFrame()),
    }


def _refused(journey: Journey) -> set[str]:
    return {item.name for item in journey.document.milestones if item.refused_reason}


def _since(
    journey: Journey, stages: Mapping[str, tuple[str, ...]], asked: Mapping[str, object]
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return, by milestone, the stage it leads out of and the events by which that is entered."""
    names = {stage.id: stage.name for stage in journey.document.stages}
    left = {
        item.name: names.get(item.from_stage_id or "", "") for item in journey.document.milestones
    }
    return {name: (left[name], stages[left[name]]) for name in asked if left[name] in stages}
