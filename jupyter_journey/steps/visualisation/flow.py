"""The flow of customers between the stages, without small groups."""

from __future__ import annotations

import pandas as pd

from jupyter_journey.model.journey import Journey
from jupyter_journey.privacy import suppressed
from jupyter_journey.steps.log import entries, told_of
from jupyter_journey.steps.request import Request

__all__ = ["flow"]


def flow(journey: Journey, request: Request) -> pd.DataFrame:
    """Return from which stage to which customers go; empty without a log, or with too few in it.

    Returns
    -------
    pandas.DataFrame
        As of :meth:`EventLog.flow`; ``attrs["stages"]`` holds the stages in order.
    """
    cut, _ = told_of(journey, request)
    if cut is None or not cut.meant.stages:
        return pd.DataFrame()
    stages = entries(journey, cut.meant)
    answers = {"flow": cut.log.flow(stages), "funnel": cut.log.funnel(stages)}
    shown = suppressed(answers, journey.settings.min_group, len(cut.log.customers))["flow"]
    shown.attrs["stages"] = [*stages]
    return shown
