"""Step 6, milestones: the events that carry customers on (MIL-01 to 08, MIL-R1 to R5, CHK-6xx)."""

from __future__ import annotations

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.metrics.landmark import revenue, survival
from jupyter_journey.metrics.measuring import inputs_of, measured
from jupyter_journey.model.journey import Journey
from jupyter_journey.steps.log import leaves_few, looked_at, too_few
from jupyter_journey.steps.milestones import checks as _checks  # noqa: F401  (registers them)
from jupyter_journey.steps.milestones.plans import plans
from jupyter_journey.steps.milestones.reached import reached
from jupyter_journey.steps.milestones.sentences import sentences
from jupyter_journey.steps.request import Request
from jupyter_journey.steps.result import Result

__all__ = ["run"]

STEP = 6
_SHEETS = ("milestones", "conversions")


def run(journey: Journey, request: Request | None = None) -> Result:
    """Say how many customers reach each milestone, how soon, and how those fare who do.

    Reach is counted from the entry into the stage the milestone leads out of. What rests on fewer
    than ``settings.min_group`` customers is missing. How long customers stay and what they pay is
    compared from a landmark on (:mod:`jupyter_journey.metrics.landmark`): an association.

    Returns
    -------
    Result
        ``frames["plans"]``: milestone, event, from, to, threshold, rate, reasons, action, survey.
        With an event log also ``milestones`` (milestone, n: customers who could reach it,
        customers: who did, rate, low, high, median in seconds), ``missed`` (what those did next
        who didn't: from, to, instead, customers, n, share, low, high), ``survival`` (milestone,
        early, n, day, share, low, high) and ``paid`` (milestone, n, n_other, value, value_other,
        difference, low, high, unit), as far as there is something to show.
    """
    request = request or Request()
    words, least = catalogue.texts(journey.language)["notes"], journey.settings.min_group
    cut = looked_at(journey, request)
    if cut is None or not cut.meant.stages:
        why = words["no_events" if cut is None else "no_stage_events"]
        return Result(STEP, journey, {"plans": plans(journey)}, (why,), request, sheets=_SHEETS)
    if leaves_few(cut, least):
        few = (too_few(journey),)
        return Result(STEP, journey, {"plans": plans(journey)}, few, request, sheets=_SHEETS)
    inputs = inputs_of(journey, cut)
    after = measured(journey, cut, inputs)
    counted = reached(journey, cut)
    frames: dict[str, pd.DataFrame] = {
        **counted,
        "survival": survival(inputs, least),
        "paid": revenue(inputs, least),
        "plans": plans(journey, counted["milestones"]),
    }
    notes = (words["on_the_way"], words["suppressed"].format(min_group=least))
    told = sentences(journey, frames)
    return Result(STEP, after, frames, notes, request, told, sheets=_SHEETS)
