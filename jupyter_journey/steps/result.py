"""What a step hands on: the journey, the findings, and its frames with the words to show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype

from jupyter_journey import catalogue
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
        "rate": ".1%",
        "share": ".1%",
        "low": ".1%",
        "high": ".1%",
        "median": days,
        "p90": days,
    }
)
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
    """

    step: int
    journey: Journey
    frames: Mapping[str, pd.DataFrame]
    notes: tuple[str, ...] = ()
    request: Request = field(default_factory=Request)

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
        if name == "figures":
            frame = with_units(frame)
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


def with_units(figures: pd.DataFrame) -> pd.DataFrame:
    """Write each figure's value and interval in its own unit, and drop the unit's column."""
    written = figures.copy()
    for column in ("value", "low", "high"):
        written[column] = pd.Series(
            [_in_unit(*pair) for pair in zip(figures[column], figures["unit"], strict=True)],
            index=figures.index,
            dtype="string",
        )
    return written.drop(columns="unit")


def _in_unit(value: Any, unit: str) -> str | None:
    if pd.isna(value):
        return None
    number = f"{value:,.1f}".removesuffix(".0")
    return f"{value:.1%}" if unit == "share" else f"{number} {unit}".strip()
