"""The personas side by side: a row per trait, a column per persona."""

from __future__ import annotations

import pandas as pd

from jupyter_journey.charts.rendered import Rendered
from jupyter_journey.charts.tables import table
from jupyter_journey.charts.voice import voice
from jupyter_journey.model.journey import Journey
from jupyter_journey.steps.personas.people import ON_CARD

__all__ = ["people"]

_TRAITS = ("role", "industry", *ON_CARD)


def people(journey: Journey) -> Rendered | None:
    """Return a table of what tells personas apart, to display; None for fewer than two."""
    persons, say = journey.document.personas, voice(journey.language)
    if len(persons) < 2:
        return None
    rows = [
        (say.column(trait), *(getattr(one, trait) for one in persons))
        for trait in _TRAITS
        if any(getattr(one, trait) for one in persons)
    ]
    frame = pd.DataFrame(rows, columns=["trait", *(one.id for one in persons)])
    labels = {"trait": say.column("trait")} | {one.id: one.name for one in persons}
    return table(frame, title=say("tables", "people"), labels=labels, language=journey.language)
