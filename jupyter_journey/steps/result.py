"""What a step hands on: the journey, the findings, and its frames with the words to show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype

from jupyter_journey import catalogue, charts
from jupyter_journey.charts.folded import folded
from jupyter_journey.charts.paragraphs import paragraphs
from jupyter_journey.charts.rendered import Rendered
from jupyter_journey.charts.tables import table
from jupyter_journey.charts.words import days
from jupyter_journey.errors import UnknownNameError
from jupyter_journey.model.journey import Journey
from jupyter_journey.steps.findings import findings_of
from jupyter_journey.steps.log import selected
from jupyter_journey.steps.request import Request

__all__ = ["Result"]

# Shares as percent, spans of time (seconds) in days; figures carry their own unit.
_FORMATS: Mapping[str, str | Callable[[Any], str]] = MappingProxyType(
    {
        "change": "+.0%",
        "progress": ".0%",
        "rate": ".1%",
        "share": ".1%",
        "low": ".1%",
        "high": ".1%",
        "p_adjusted": ".2g",
        "median": days,
        "p90": days,
    }
)
_OPEN = 20
"""Rows at most of a table that isn't folded away."""
_TIMES_ONLY = MappingProxyType({"low": days, "high": days})


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

    @property
    def findings(self) -> pd.DataFrame:
        """Frame of what the step's checks found: check, level, where, message, fix."""
        return findings_of(self.shown, self.step)

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
    def remarks(self) -> Rendered:
        """The notes, to display."""
        return paragraphs(self.notes)

    def answer(self, name: str) -> tuple[Any, ...]:
        """Return what there is to display of a frame: its sentence, its chart and its table.

        The chart is the one of :mod:`jupyter_journey.charts` that bears the frame's name. Where
        the step has figures, but not these, a sentence says so.
        """
        words = catalogue.texts(self.journey.language)["notes"]
        if name not in self.frames:
            return (paragraphs([words["no_answer"]]),) if self.frames else ()
        told: list[Any] = []
        if name in self.sentences:
            told.append(paragraphs([self.sentences[name]]))
        if name in charts.__all__:
            told.append(charts.show(getattr(charts, name)(self.frames[name])))
        elif len(self.frames[name]) <= _OPEN:
            return *told, self.table(name)
        return *told, folded(self.table(name), words["numbers"])

    def table(self, name: str) -> Rendered:
        """Return one of the frames, the findings or the questions as a table to display.

        Where the checks found nothing, a sentence says so.

        Raises
        ------
        UnknownNameError
            If the step has no frame of this name.
        """
        frames = {**self.frames, "findings": self.findings, "questions": self.questions}
        if name not in frames:
            raise UnknownNameError(kind="frame of this step", name=name, known=frames)
        if name == "findings" and self.findings.empty:
            return paragraphs([catalogue.text(self.journey.language, "notes", "nothing_found")])
        words, frame = catalogue.texts(self.journey.language), frames[name]
        labels = words["columns"] | words["table_columns"].get(name, {})
        formats = {**_FORMATS, **(_TIMES_ONLY if name == "stage_times" else {})}
        if name in _WRITTEN:
            frame = _WRITTEN[name](frame)
        return table(
            frame,
            title=words["tables"][name],
            labels={column: labels[column] for column in frame.columns},
            formats={
                column: form
                for column, form in formats.items()
                if column in frame and is_numeric_dtype(frame[column])
            },
        )


def _figures(figures: pd.DataFrame) -> pd.DataFrame:
    """Write each figure's value and interval in its own unit, and drop the unit's column."""
    return _in_words(figures, figures["unit"], ["value", "low", "high"]).drop(columns="unit")


def _comparison(differences: pd.DataFrame) -> pd.DataFrame:
    """Write shares and times each in their own form, under the segments' names."""
    units = differences["what"].map({"time": "seconds"}).fillna("share")
    told = _in_words(differences, units, ["value", "value_other", "low", "high"])
    return told[
        ["source", "target", "value", "n", "value_other", "n_other", "low", "high", "p_adjusted"]
    ]


def _in_words(frame: pd.DataFrame, units: pd.Series, columns: list[str]) -> pd.DataFrame:
    return frame.assign(
        **{
            column: pd.Series(
                [_in_unit(*pair) for pair in zip(frame[column], units, strict=True)],
                index=frame.index,
                dtype="string",
            )
            for column in columns
        }
    )


_WRITTEN: Mapping[str, Callable[[pd.DataFrame], pd.DataFrame]] = MappingProxyType(
    {"figures": _figures, "comparison": _comparison}
)


def _in_unit(value: Any, unit: str) -> str | None:
    if pd.isna(value):
        return None
    if unit == "share":
        return f"{value:.1%}"
    if unit == "seconds":
        return f"{'−' if value < 0 else ''}{days(abs(value))}"
    return f"{f'{value:,.1f}'.removesuffix('.0')} {unit}".strip()
