"""Grids for what a step asks that is no collection: fields of the journey, and answers."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.charts.voice import voice
from jupyter_journey.grids.frame_column import Column
from jupyter_journey.grids.frame_grid import FrameGrid
from jupyter_journey.grids.step_changes import taken_over, with_changes
from jupyter_journey.model.frames import frame_of, record_of, records_of
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Document, Persona
from jupyter_journey.steps.personas.answers import questions

__all__ = ["about_grid", "answers_grid", "with_about", "with_answers"]

_QUESTION = "the question"
"""No persona's id, which is without spaces."""
_FIELDS = {"PER-Q": "interview", "PER-S": "support"}
"""The persona's field that holds the answers to questions of this kind."""


def about_grid(journey: Journey, fields: Iterable[str]) -> FrameGrid:
    """Return a grid of one row: these fields of the journey itself."""
    say = voice(journey.language)
    frame = frame_of([journey.document], Document)[[*fields]]
    asked = {name: Column(label=say.column(name)) for name in frame.columns}
    return FrameGrid(_fixed(frame, [journey.title]), asked, language=journey.language)


def with_about(journey: Journey, shown: Journey, edited: pd.DataFrame) -> Journey:
    """Return the journey with what was filled in of the one shown."""
    for after in records_of(edited.assign(title=shown.title), Document, "journey"):
        fields = {name: getattr(after, name) for name in edited.columns}
        filled = shown.document.model_copy(update=fields)
        taken = taken_over("journey", shown.title, journey.document, shown.document, filled)
        journey = journey.change(**{name: getattr(taken, name) for name in fields})
    return journey


def answers_grid(journey: Journey) -> FrameGrid:
    """Return a grid of the 16 + 7 questions, a column of answers per persona."""
    said = catalogue.texts(journey.language)
    table, people = catalogue.table("questions"), journey.document.personas
    asked = [(key, said["question_groups"][table[key]["group"]]) for key in questions()]
    columns = {_QUESTION: [said["questions"][key] for key, _ in asked]} | {
        one.id: [_given(one).get(key, "") for key, _ in asked] for one in people
    }
    frame = pd.DataFrame(columns, dtype="string")
    schema = {_QUESTION: Column(label=said["columns"]["question"], editable=False)}
    schema |= {one.id: Column(label=one.name) for one in people}
    return FrameGrid(_fixed(frame, *zip(*asked, strict=True)), schema, language=journey.language)


def with_answers(journey: Journey, shown: Journey, edited: pd.DataFrame) -> Journey:
    """Return the journey with the answers; of a question whose row is gone, they stay."""
    before = shown.document.personas
    after = [_with_answers(one, edited[one.id].droplevel(1)) for one in before]
    return with_changes(journey, "personas", before, after)


def _with_answers(persona: Persona, column: pd.Series[str]) -> Persona:
    told = {str(key): str(text) for key, text in column.fillna("").items()}
    fields = {}
    for kind, field in _FIELDS.items():
        said = {key: text for key, text in told.items() if key.startswith(kind)}
        kept = {key: text for key, text in getattr(persona, field).items() if key not in said}
        fields[field] = kept | {key: text for key, text in said.items() if text}
    return record_of(Persona, {**dict(persona), **fields}, "personas")


def _given(persona: Persona) -> dict[str, str]:
    return {**persona.interview, **persona.support}


def _fixed(frame: pd.DataFrame, *labels: Iterable[str]) -> pd.DataFrame:
    """Label the rows so that none can be added: labels of several levels can't be made up."""
    return frame.set_axis(pd.MultiIndex.from_arrays([[*level] for level in labels]))
