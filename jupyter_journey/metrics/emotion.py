"""MET-32: emotion as survey answers show it, per stage, on the map's scale of -2 to +2."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from jupyter_journey.errors import ColumnError, SourceError
from jupyter_journey.events import Period
from jupyter_journey.events.intervals import mean_interval
from jupyter_journey.metrics.figures import Figure
from jupyter_journey.model.records import Document

__all__ = ["chosen_answers", "days_of", "digest", "emotion", "read_survey"]

_NEEDED = ("touchpoint", "kind", "score")
_SCALES: Mapping[str, tuple[int, int]] = MappingProxyType({"CSAT": (1, 5), "NPS": (0, 10)})
_FORMULA = "mean of the answers (CSAT 1 to 5, NPS 0 to 10), each scale stretched to -2 … +2"


def read_survey(data: str | Path | pd.DataFrame) -> pd.DataFrame:
    """Return the answers that tell a feeling (kind CSAT or NPS), indexed by their row's number.

    The column ``feeling`` holds the score on the map's scale of -2 to +2. Effort scores (CES) tell
    how hard something was, not how it felt, and are left out.

    Raises
    ------
    SourceError
        If the file is missing or can't be read.
    ColumnError
        If a column is missing, or a score lies outside its scale.
    """
    if isinstance(data, pd.DataFrame):
        name, answers = "survey", data
    else:
        name, answers = Path(data).name, _file(Path(data))
    for column in _NEEDED:
        if column not in answers.columns:
            raise ColumnError(
                source=name,
                column=column,
                reason=f"is missing; found: {', '.join(map(str, answers.columns))}",
                way_out="A survey has the columns touchpoint, kind and score.",
            )
    answers = answers[answers["kind"].isin(list(_SCALES))]
    scores = pd.to_numeric(answers["score"], errors="coerce")
    least, most = (
        answers["kind"].map({kind: scale[end] for kind, scale in _SCALES.items()}).astype(float)
        for end in (0, 1)
    )
    wrong = answers.index[~scores.between(least, most)]
    if len(wrong):
        raise ColumnError(
            source=name,
            column="score",
            reason=f"holds {answers.loc[wrong[0], 'score']!r} in row {wrong[0]}",
            way_out="Satisfaction (CSAT) is scored from 1 to 5, recommendation (NPS) from 0 to 10.",
        )
    return answers.assign(feeling=(scores - least) / (most - least) * 4 - 2)


def chosen_answers(
    answers: pd.DataFrame, customers: pd.Index[str] | None, period: Period | None
) -> pd.DataFrame:
    """Keep the answers of these customers, given in this period."""
    if customers is not None:
        answers = answers[_needed(answers, "customer").astype(str).isin(list(customers))]
    if period is not None:
        asked = pd.to_datetime(_needed(answers, "asked_at"), utc=True, format="ISO8601")
        answers = answers[(asked >= period.begin) & (asked < period.end)]
    return answers


def emotion(document: Document, answers: pd.DataFrame) -> Iterator[Figure]:
    """Yield the mean emotion of each stage whose touchpoints, by name, have answers."""
    stage_of = {item.name: item.stage_id for item in document.touchpoints if item.stage_id}
    stages = answers["touchpoint"].map(stage_of)
    for stage in document.stages:
        values = answers.loc[stages == stage.id, "feeling"].to_numpy(dtype=float)
        if not len(values):
            continue
        low, high = mean_interval(values, document.settings.level)
        yield Figure(
            value=float(values.mean()),
            n=len(values),
            low=max(low, -2.0),
            high=min(high, 2.0),
            stage_id=stage.id,
            formula=_FORMULA,
        )


def days_of(answers: pd.DataFrame) -> str:
    """Return the first and last day of the answers; empty where they don't say when."""
    if "asked_at" not in answers.columns or answers.empty:
        return ""
    asked = pd.to_datetime(answers["asked_at"], utc=True, format="ISO8601")
    return str(Period(asked.min().date(), asked.max().date()))


def digest(answers: pd.DataFrame) -> str:
    """Return a digest of what the figures rest on."""
    text = answers[list(_NEEDED)].to_csv(index=False)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _file(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise SourceError(
            source=str(path), reason="there is no such file", way_out="Check the path"
        )
    try:
        answers = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise SourceError(
            source=str(path), reason=str(error), way_out="Surveys are comma-separated UTF-8 text"
        ) from error
    answers.index += 2  # rows as a spreadsheet numbers them
    return answers


def _needed(answers: pd.DataFrame, column: str) -> pd.Series[str]:
    if column not in answers.columns:
        raise ColumnError(
            source="survey",
            column=column,
            reason="is missing, and the filter needs it",
            way_out="Add it, or measure without the filter.",
        )
    return answers[column]
