"""What is done about milestones: the share wanted, what follows when too few reach them."""

from __future__ import annotations

import pandas as pd

from jupyter_journey.model.journey import Journey

__all__ = ["plans"]


def plans(journey: Journey, reached: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return, per milestone that applies, what shows it and what is done (MIL-R1, R4, R5).

    Parameters
    ----------
    reached
        ``milestone`` and ``rate``, as far as it was measured and may be shown.

    Returns
    -------
    pandas.DataFrame
        ``milestone``, ``event``, ``from``, ``to``, ``threshold`` (share that should reach it),
        ``rate`` (share that does, where it was measured), ``reasons``, ``action``, ``survey``.
    """
    stages = {stage.id: stage.name for stage in journey.document.stages}
    known = (
        pd.DataFrame(columns=["milestone", "rate"])
        if reached is None
        else reached.dropna(subset="rate")
    )
    rates = dict(zip(known["milestone"], known["rate"], strict=True))
    wanted = journey.settings.milestone_reach
    rows = [
        {
            "milestone": item.name,
            "event": item.event or item.rule,
            "from": stages.get(item.from_stage_id or "", ""),
            "to": stages.get(item.to_stage_id or "", ""),
            "threshold": wanted if item.threshold is None else item.threshold,
            "rate": rates.get(item.name),
            "reasons": item.reasons,
            "action": item.action,
            "survey": item.survey,
        }
        for item in journey.document.milestones
        if not item.refused_reason
    ]
    columns = {"threshold": "float64", "rate": "float64"}
    texts = ("milestone", "event", "from", "to", "reasons", "action", "survey")
    order = ["milestone", "event", "from", "to", "rate", "threshold", *texts[4:]]
    made = pd.DataFrame(rows, columns=order)
    return made.astype(columns | dict.fromkeys(texts, "string"))
