"""What a step hands on: the journey, the findings, and its frames with the words to show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype

from jupyter_journey import catalogue, charts
from jupyter_journey.charts.folded import folded
from jupyter_journey.charts.paragraphs import Markdown, paragraphs
from jupyter_journey.charts.rendered import Rendered
from jupyter_journey.charts.static import StaticChart
from jupyter_journey.charts.tables import table
from jupyter_journey.charts.voice import Voice, voice
from jupyter_journey.errors import UnknownNameError
from jupyter_journey.model.journey import Journey
from jupyter_journey.steps.findings import findings_of
from jupyter_journey.steps.log import selected
from jupyter_journey.steps.request import Request

__all__ = ["Result"]

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
    """

    step: int
    journey: Journey
    frames: Mapping[str, pd.DataFrame]
    notes: tuple[str, ...] = ()
    request: Request = field(default_factory=Request)
    sentences: Mapping[str, str] = field(default_factory=dict)

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

    def chapter(self, name: str) -> tuple[Any, ...]:
        """Return what there is to display of a frame, under its heading: see :meth:`answer`."""
        told = self.answer(name)
        return (self.title(name), *told) if told else ()

    @property
    def heading(self) -> Rendered:
        """Whose journey this is, and what the figures were measured for, to display."""
        words = catalogue.texts(self.journey.language)["request"]
        asked = {name: getattr(self.request, name) for name in ("persona", "segment", "period")}
        asked["where"] = ", ".join(f"{key} = {value}" for key, value in self.request.where.items())
        parts = [f"{words[name]}: {value}" for name, value in asked.items() if value]
        return paragraphs([" · ".join([self.journey.title, *parts])])

    @property
    def questions(self) -> pd.DataFrame:
        """Frame of the questions the method asks in this step."""
        asked = catalogue.texts(self.journey.language)["steps"][self.step]["questions"]
        return pd.DataFrame({"question": pd.Series(asked, dtype="string")})

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The frames, the findings and the questions, by name."""
        return {**self.frames, "findings": self.findings, "questions": self.questions}

    @property
    def remarks(self) -> Rendered | None:
        """The notes, to display, if there are any."""
        return paragraphs(self.notes) if self.notes else None

    def answer(self, name: str) -> tuple[Any, ...]:
        """Return what there is to display of a frame: its sentence, its chart and its table.

        The chart is the one of :mod:`jupyter_journey.charts` that bears the frame's name; below it,
        the table is folded away, as is a long one below a sentence. Where the step has figures,
        but not these, a sentence says so.
        """
        words = catalogue.texts(self.journey.language)["notes"]
        if name not in self.tables:
            return (paragraphs([words["no_answer"]]),) if self.frames else ()
        told: list[Any] = []
        if name in self.sentences:
            told.append(paragraphs([self.sentences[name]]))
        drawn = name in charts.__all__
        if drawn:
            told.append(self.chart(name, self.tables[name]))
        if drawn or (told and len(self.tables[name]) > _OPEN):
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
        say, frame = voice(self.journey.language), self.tables[name]
        if name in _WRITTEN:
            frame = _WRITTEN[name](frame, say)
        frame = _called(frame, say)
        return table(
            frame,
            title=say("tables", name),
            labels={column: say.column(column, name) for column in frame.columns},
            formats={
                column: form
                for column, form in _formats(name, say).items()
                if column in frame and is_numeric_dtype(frame[column])
            },
            language=self.journey.language,
        )


def _formats(name: str, say: Voice) -> dict[str, Callable[[Any], str]]:
    """Return how columns of numbers are written: shares, and spans of time (seconds)."""

    def share(value: float) -> str:
        return say.percent(value, 1)

    bounds = ("low", "high") if name == "stage_times" else ()
    spans = ("median", "median_low", "median_high", "p90", *bounds)
    return {
        "change": lambda value: say.percent(value, sign=True),
        "progress": say.percent,
        **dict.fromkeys(("rate", "share", "low", "high"), share),
        "p_adjusted": say.probability,
        **dict.fromkeys(spans, say.span),
    }


def _figures(figures: pd.DataFrame, say: Voice) -> pd.DataFrame:
    """Write each figure's value and interval in its own unit, and drop the unit's column."""
    return _in_words(figures, figures["unit"], ["value", "low", "high"], say).drop(columns="unit")


def _comparison(differences: pd.DataFrame, say: Voice) -> pd.DataFrame:
    """Write shares and times each in their own form, under the segments' names."""
    units = differences["what"].map({"time": "seconds", "edge_time": "seconds"}).fillna("share")
    told = _in_words(differences, units, ["value", "value_other", "low", "high"], say)
    return told[
        ["source", "target", "value", "n", "value_other", "n_other", "low", "high", "p_adjusted"]
    ]


def _called(frame: pd.DataFrame, say: Voice) -> pd.DataFrame:
    """Call what is one of several by its name; columns keep its id."""
    words = catalogue.texts(say.language)
    names = {"contact": words["choices"], "level": words["widget"]["levels"]}
    held = {column: frame[column].map(its) for column, its in names.items() if column in frame}
    return frame.assign(**held)


def _in_words(
    frame: pd.DataFrame, units: pd.Series, columns: list[str], say: Voice
) -> pd.DataFrame:
    return frame.assign(
        **{
            column: pd.Series(
                [_in_unit(*pair, say) for pair in zip(frame[column], units, strict=True)],
                index=frame.index,
                dtype="string",
            )
            for column in columns
        }
    )


_WRITTEN: Mapping[str, Callable[[pd.DataFrame, Voice], pd.DataFrame]] = MappingProxyType(
    {"figures": _figures, "comparison": _comparison}
)


def _in_unit(value: Any, unit: str, say: Voice) -> str | None:
    if pd.isna(value):
        return None
    if unit == "share":
        return say.percent(value, 1)
    return say.span(value) if unit == "seconds" else say.quantity(value, unit)
