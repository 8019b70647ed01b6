"""What a step hands on: the journey, the findings, and its frames with the words to show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype

from jupyter_journey import catalogue, charts
from jupyter_journey.charts.folded import folded
from jupyter_journey.charts.paragraphs import Markdown, paragraphs
from jupyter_journey.charts.rendered import Rendered
from jupyter_journey.charts.static import StaticChart
from jupyter_journey.charts.tables import table
from jupyter_journey.charts.voice import voice
from jupyter_journey.errors import UnknownNameError
from jupyter_journey.model.journey import Journey
from jupyter_journey.steps.figures import period_in_words
from jupyter_journey.steps.findings import findings_of
from jupyter_journey.steps.in_words import compared, formats, in_words
from jupyter_journey.steps.log import selected, unsegmented
from jupyter_journey.steps.provenance import Provenance, provenance
from jupyter_journey.steps.request import Request

__all__ = ["Result", "heading"]

_OPEN = 20
"""Rows at most of a table that isn't folded away below its sentence."""


@dataclass(frozen=True)
class Result:
    """The outcome of one step.

    Attributes
    ----------
    step
        Number of the step, 1 to 7.
    journey
        The journey as the step leaves it.
    frames
        The step's tables by name.
    notes
        Sentences a reader must know, such as why there are no figures.
    sentences
        The gist of a frame in one sentence, by its name.
    pictures
        What is drawn rather than tabled, to display, by name.
    sheets
        The collections this step fills in, ``map`` for the map, ``about`` for fields of the journey
        itself, ``answers`` for what the personas answered; none: the map alone.
    about
        Which fields of the journey itself it fills in.
    takers
        By name of a frame that proposes something: what takes over the rows a person confirms.
    """

    step: int
    journey: Journey
    frames: Mapping[str, pd.DataFrame]
    notes: tuple[str, ...] = ()
    request: Request = field(default_factory=Request)
    sentences: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, Any] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    takers: Mapping[str, Callable[[Journey, pd.DataFrame], Journey]] = field(default_factory=dict)

    @property
    def shown(self) -> Journey:
        """The journey with only the figures of what was asked for, to display."""
        return selected(self.journey, self.request)

    @cached_property
    def findings(self) -> pd.DataFrame:
        """Frame of what the step's checks found: check, level, where, message, fix."""
        return findings_of(self.shown, self.step)

    @property
    def opening(self) -> Markdown:
        """The step's name and what it is for, to display first."""
        words = catalogue.texts(self.journey.language)["steps"][self.step]
        return Markdown(f"# {self.step} · {words['name']}\n\n{words['introduction']}")

    def title(self, chapter: str) -> Markdown:
        """Return the heading of a chapter, to display."""
        return Markdown(f"## {catalogue.text(self.journey.language, 'chapters', chapter)}")

    def caption(self, name: str) -> Markdown:
        """Return the heading of a grid, to display: what its table is called."""
        return Markdown(f"### {catalogue.text(self.journey.language, 'tables', name)}")

    def chapter(self, name: str) -> tuple[Any, ...]:
        """Return what there is to display of a frame, under its heading: see :meth:`answer`."""
        told = self.answer(name)
        return (self.title(name), *told) if told else ()

    @property
    def heading(self) -> Rendered:
        """Whose journey this is, and what the figures were measured for, to display."""
        return heading(self.journey, self.request)

    @property
    def provenance(self) -> Provenance:
        """What the report rests on, to display last; its figures for programs go with it."""
        return provenance(self.shown, self.request)

    @cached_property
    def questions(self) -> pd.DataFrame:
        """Frame of the questions the method asks in this step."""
        asked = catalogue.texts(self.journey.language)["steps"][self.step]["questions"]
        return pd.DataFrame({"question": pd.Series(asked, dtype="string")})

    @cached_property
    def feedback(self) -> pd.DataFrame:
        """Frame of the method's rules of this step: ``rule``, ``open`` (findings), ``message``."""
        said = catalogue.texts(self.journey.language)["rules"]
        rows = []
        for key, entry in catalogue.table("rules").items():
            if entry["step"] == self.step and "checks" in entry:
                found = self.findings[self.findings["check"].isin(entry["checks"])]
                words = said[key] if isinstance(said[key], str) else said[key]["name"]
                rows.append((words, len(found), tuple(found["message"])))
        return pd.DataFrame(rows, columns=["rule", "open", "message"])

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The frames, the findings, the questions and the feedback, by name."""
        own = {name: getattr(self, name) for name in ("findings", "questions", "feedback")}
        return {**self.frames, **own}

    @property
    def remarks(self) -> Rendered | None:
        """The notes, to display, if there are any."""
        return paragraphs(self.notes) if self.notes else None

    def answer(self, name: str) -> tuple[Any, ...]:
        """Return what there is to display of a frame: its sentence, its chart and its table.

        The chart is the one of :mod:`jupyter_journey.charts` that bears the frame's name; below it,
        the table is folded away, as is a long one below a sentence. Of an empty frame there is its
        sentence, or one that says that there is nothing to show; of what the step doesn't have,
        its sentence if there is one.
        """
        words = catalogue.texts(self.journey.language)["notes"]
        told: list[Any] = []
        if name in self.sentences:
            told.append(paragraphs([self.sentences[name]]))
        if name in self.pictures:
            return *told, self.pictures[name]
        if name not in self.tables:
            return tuple(told)
        frame = self.tables[name]
        if frame.empty and name != "findings":
            return tuple(told) or (paragraphs([words["no_answer"]]),)
        drawn = name in charts.__all__
        if drawn:
            told.append(self.chart(name, frame))
        if drawn or (told and len(frame) > _OPEN):
            return *told, folded(self.table(name), words["numbers"])
        return *told, self.table(name)

    def chart(self, name: str, frame: pd.DataFrame) -> StaticChart:
        """Return a chart of :mod:`jupyter_journey.charts` in the journey's language, to display."""
        language = self.journey.language
        return charts.show(getattr(charts, name)(frame, language=language), language)

    def table(self, name: str) -> Rendered:
        """Return one of the frames, the findings or the questions as a table to display.

        Where the checks found nothing, a sentence says so.

        Raises
        ------
        UnknownNameError
            If the step has no frame of this name.
        """
        if name not in self.tables:
            raise UnknownNameError(kind="frame of this step", name=name, known=self.tables)
        if name == "findings" and self.findings.empty:
            return paragraphs([catalogue.text(self.journey.language, "notes", "nothing_found")])
        say = voice(self.journey.language)
        frame = in_words(name, self.tables[name], say)
        return table(
            frame,
            title=say("tables", name),
            labels={column: say.column(column, name) for column in frame.columns}
            | compared(self.tables[name]),
            formats={
                column: form
                for column, form in formats(name, say).items()
                if column in frame and is_numeric_dtype(frame[column])
            },
            language=self.journey.language,
        )


def heading(journey: Journey, request: Request) -> Rendered:
    """Return whose journey this is, and what its figures are measured for, to display."""
    say = voice(journey.language)
    asked = {name: getattr(request, name) for name in ("persona", "segment")}
    asked["period"] = period_in_words(request.period, say)
    asked["where"] = ", ".join(f"{key} = {value}" for key, value in request.where.items())
    parts = [
        say("provenance", "asked", what=say("request", name), value=value)
        for name, value in asked.items()
        if value
    ]
    lines = [" · ".join([journey.title, *parts])]
    if bare := unsegmented(journey, request):
        lines.append(say("notes", "no_segment", persona=bare))
    return paragraphs(lines)
