"""What was answered to the questions of step 2: in the journey's personas, and in a file."""

from __future__ import annotations

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.charts.voice import voice
from jupyter_journey.metrics.sources import table_of
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Persona
from jupyter_journey.steps.covered import covered

__all__ = ["INTERVIEW", "SUPPORT", "answers_of", "asked_of", "coverage", "questions", "spoken_of"]

INTERVIEW, SUPPORT = 16, 7
"""How many questions the method asks customers (PER-Q) and the support team (PER-S)."""


def questions() -> list[str]:
    """Return the ids of the 16 + 7 questions, in order."""
    return [
        key
        for key, entry in catalogue.table("questions").items()
        if key.startswith("PER-") and "within" not in entry
    ]


def coverage(persona: Persona) -> tuple[int, int]:
    """Return how many of the 16 interview questions and of the 7 to support have an answer.

    Examples
    --------
    >>> coverage(Persona(id="a", name="A", interview={"PER-Q01": "Leads a team"}))
    (1, 0)
    """
    given = _given(persona)
    return (
        sum(key.startswith("PER-Q") for key in given),
        sum(key.startswith("PER-S") for key in given),
    )


def _given(persona: Persona) -> dict[str, str]:
    said = {**persona.interview, **persona.support}
    return {key: said[key] for key in questions() if said.get(key)}


def answers_of(journey: Journey) -> pd.DataFrame:
    """Return all answers: those of the personas, then those of the journey's interviews.

    Returns
    -------
    pandas.DataFrame
        ``interview`` (which one; missing for what a persona holds), ``persona`` (name),
        ``question`` (id), ``answer``: texts.

    Raises
    ------
    SourceError, ColumnError
        If the file of the interviews can't be read, or names real people.
    """
    held = pd.DataFrame(
        [
            (None, persona.name, key, text)
            for persona in journey.document.personas
            for key, text in _given(persona).items()
        ],
        columns=["interview", "persona", "question", "answer"],
        dtype="string",
    )
    told = table_of(journey, "interviews")
    if told is None:
        return held
    names = spoken_of(journey)
    told = told.assign(persona=[names.get(name, name) for name in told["persona"]])
    return pd.concat([held, told.astype("string")], ignore_index=True)


def spoken_of(journey: Journey) -> dict[str, str]:
    """Return the persona's name by each name it goes by: its own, its id, those of its segment."""
    segments = {segment.id: segment.name for segment in journey.document.segments}
    names: dict[str, str] = {}
    for persona in journey.document.personas:
        key = persona.segment_id or ""
        for name in (persona.name, persona.id, segments.get(key, ""), key):
            names.setdefault(name, persona.name)
    return names


def _answered(answers: pd.DataFrame, question: str) -> dict[str, bool]:
    return dict.fromkeys(answers.loc[answers["question"] == question, "persona"], True)


def asked_of(answers: pd.DataFrame, names: list[str], language: str) -> pd.DataFrame:
    """Count by question the personas with an answer, and the interviews that gave one.

    Returns
    -------
    pandas.DataFrame
        What :func:`covered` returns, and ``interviews`` (how many of the file answered).
    """
    say = voice(language)
    part = answers[answers["persona"].isin(names)]
    told = part.groupby("question")["interview"].nunique()
    asked = questions()
    frame = covered(
        (say("questions", key), dict.fromkeys(names, False) | _answered(part, key)) for key in asked
    )
    interviews = [int(told.get(key, 0)) for key in asked]
    frame.insert(4, "interviews", pd.Series(interviews, dtype="Int64"))
    return frame
