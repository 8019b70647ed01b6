"""MET-32: emotion as survey answers show it, per stage, on the map's scale of -2 to +2."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from jupyter_journey.errors import ColumnError
from jupyter_journey.events import Period, roles
from jupyter_journey.events.intervals import mean_interval
from jupyter_journey.metrics.figures import Figure
from jupyter_journey.model.records import Document
from jupyter_journey.privacy.pseudonyms import Wish

__all__ = ["chosen_answers", "days_of", "digest", "emotion", "read_survey"]

_FORMULA = "mean of the answers (CSAT 1 to 5, NPS 0 to 10), each scale stretched to -2 … +2"
_FEELINGS = ("CSAT", "NPS")


def read_survey(data: str | Path | pd.DataFrame, pseudonyms: Wish = False) -> pd.DataFrame:
    """Return the answers that tell a feeling (kind CSAT or NPS), indexed by their row's number.

    The columns are those of :func:`jupyter_journey.events.read_survey`, and ``feeling``: the score
    on the map's scale of -2 to +2. Effort scores (CES) tell how hard something was, not how it
    felt, and are left out, as are answers without a score.

    Raises
    ------
    SourceError, ColumnError
        As :func:`jupyter_journey.events.read_survey`.
    """
    answers = roles.read_survey(data, pseudonyms=pseudonyms)
    answers = answers[answers["kind"].isin(_FEELINGS) & answers["score"].notna()]
    least, most = (
        answers["kind"].map({kind: roles.SCALES[kind][end] for kind in _FEELINGS}).astype(float)
        for end in (0, 1)
    )
    scores = answers["score"].astype(float)
    return answers.assign(feeling=(scores - least) / (most - least) * 4 - 2)


def chosen_answers(
    answers: pd.DataFrame, customers: pd.Index[str] | None, period: Period | None
) -> pd.DataFrame:
    """Keep the answers of these customers, given in this period."""
    if customers is not None:
        answers = answers[_needed(answers, "customer").astype(str).isin(list(customers))]
    if period is not None:
        asked = _needed(answers, "asked_at")
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
    if "asked_at" not in answers.columns or answers["asked_at"].isna().all():
        return ""
    asked = answers["asked_at"].dropna()
    return str(Period(asked.min().date(), asked.max().date()))


def digest(answers: pd.DataFrame) -> str:
    """Return a digest of what the figures rest on."""
    text = answers[["touchpoint", "kind", "score"]].to_csv(index=False)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _needed(answers: pd.DataFrame, column: str) -> pd.Series[Any]:
    if column not in answers.columns:
        raise ColumnError(
            source="survey",
            column=column,
            reason="is missing, and the filter needs it",
            way_out="Add it, or measure without the filter.",
        )
    return answers[column]
