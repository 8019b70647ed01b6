"""What the event log shows of the touchpoints: which the map lacks, and which customers don't meet.

A map ought to show what the majority does: what is rare may be left out (DAT-08).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from jupyter_journey.metrics.cut import Cut
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import id_of
from jupyter_journey.privacy import is_small
from jupyter_journey.steps.touchpoints.adding import added

__all__ = ["take_events", "unmapped", "unseen"]


def unmapped(cut: Cut, journey: Journey) -> pd.DataFrame:
    """Return the events that no touchpoint stands for.

    Events of fewer than ``settings.min_group`` customers are left out, and so are those of all but
    so few.

    Returns
    -------
    pandas.DataFrame
        ``event``, ``customers``, ``share`` (of all customers of the log), ``stage`` (the one that
        is entered by it, if any), ``proposal`` (a name for the touchpoint); the most frequent
        first. :func:`take_events` takes over the rows a person confirms.
    """
    everybody, least = len(cut.log.customers), journey.settings.min_group
    found = cut.coverage
    bare = found[found["touchpoint"].isna() & (found["n"] > 0)]
    told = [not is_small(count, everybody, least) for count in bare["customers"]]
    bare = bare.loc[np.array(told, bool)].sort_values("customers", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "event": bare["event"],
            "customers": bare["customers"],
            "share": bare["customers"] / everybody,
            "stage": bare["stage"],
            "proposal": bare["event"].map(_as_name).astype("string"),
        }
    ).reset_index(drop=True)


def _as_name(event: str) -> str:
    words = event.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:] or event


def unseen(cut: Cut, journey: Journey) -> pd.DataFrame:
    """Return the touchpoints that the log doesn't show, or that few customers meet.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``stage``, ``what``: ``no_event`` (it names none), ``not_in_log`` (those it names
        don't occur) or ``rare`` (fewer customers than ``settings.rare_touchpoint``), ``share`` (at
        most, of all customers; missing where they are too few to be told).
    """
    everybody, settings = len(cut.log.customers), journey.settings
    counts = cut.coverage.set_index("event")["customers"]
    stages = {stage.id: stage.name for stage in journey.document.stages}
    rows = []
    for point in journey.document.touchpoints:
        named = cut.meant.touchpoints.get(point.name, ())
        count = min(int(counts.reindex(list(named)).fillna(0).sum()), everybody)
        share = count / everybody
        if not named:
            what = "no_event"
        elif not count:
            what = "not_in_log"
        elif share < settings.rare_touchpoint or count < settings.min_group:
            what = "rare"
        else:
            continue
        hidden = what != "rare" or is_small(count, everybody, settings.min_group)
        stage = stages.get(point.stage_id or "")
        rows.append((point.name, stage, what, None if hidden else share))
    frame = pd.DataFrame(rows, columns=["name", "stage", "what", "share"])
    return frame.astype({"share": "Float64"})


def take_events(journey: Journey, rows: pd.DataFrame) -> Journey:
    """Add the touchpoints a person confirmed: ``event``, ``proposal`` (its name), ``stage``.

    A touchpoint of that name that is on the map gets the event besides its own. Of several stages
    with commas between, the first is meant.

    Raises
    ------
    UnknownNameError
        If there is no such stage; the nearest one is named.

    Examples
    --------
    >>> rows = pd.DataFrame({"event": ["visit"], "proposal": ["Website"], "stage": ["Awareness"]})
    >>> take_events(Journey.new("Shop"), rows).document.touchpoints[0].events
    ('visit',)
    """
    for row in rows.dropna(subset="proposal").to_dict("records"):
        stage = row.get("stage")
        place = None if pd.isna(stage) or not stage else _first(journey, str(stage))
        journey = added(journey, row["proposal"], stage_id=place, events=(row["event"],))
    return journey


def _first(journey: Journey, given: str) -> str:
    """Return the id of the first of several stages; a name may hold commas itself."""
    stages = {stage.id: stage.name for stage in journey.document.stages}
    named = [name for name in stages.values() if f"{given}, ".startswith(f"{name}, ")]
    return id_of("stage", max(named, key=len, default=given), stages)
