"""What customers and the support team said when asked, as a file of answers to the questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.errors import ColumnError
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.role_frames import role_frame
from jupyter_journey.privacy.scan import found_in, is_personal_column

__all__ = ["read_interviews"]

_COLUMNS = ["interview", "persona", "question", "answer"]
_WAY_OUT = "Take it out of the file, or say in the journey's settings why it may stand there"


def read_interviews(
    source: Any,
    columns: Mapping[str, str] | None = None,
    spec: ReadingSpec | None = None,
    *,
    personal_data: str = "",
) -> pd.DataFrame:
    """Read answers to the method's questions, a row per answer or a column per question.

    Parameters
    ----------
    source, columns, spec
        As for :func:`jupyter_journey.read_events`. ``persona`` is needed: of which persona, or of
        which segment, somebody is an example. Beside it either ``question`` and ``answer``, or a
        column for each question, headed by its id or its words in any language.
    personal_data
        Why answers may hold personal data; empty: they are refused.

    Returns
    -------
    pandas.DataFrame
        ``interview`` (which one, by the file or by the row's number), ``persona``, ``question``
        (id, PER-Q01 to PER-S07), ``answer``: texts, a row per answer that was given.

    Raises
    ------
    SourceError, ColumnError
        If the file can't be read, no column is a question of the method, or it names real people;
        with the row.

    Examples
    --------
    >>> told = pd.DataFrame({"persona": ["Champion"], "PER-Q01": ["Leads a team"]})
    >>> read_interviews(told)["answer"].tolist()
    ['Leads a team']
    """
    frame = role_frame("interviews", source, columns, spec, None, {})
    if not personal_data:
        _refuse_columns(frame)
    if "interview" not in frame:
        frame["interview"] = [str(row) for row in frame.index]
    told = _tidy(frame, frame.attrs["source"])
    told = told[told["answer"].fillna("").str.strip() != ""]
    if not personal_data:
        _refuse_answers(told, frame.attrs["source"])
    return told[_COLUMNS].astype("string").reset_index(drop=True)


def _tidy(frame: pd.DataFrame, source: str) -> pd.DataFrame:
    known = _known()
    if {"question", "answer"} <= set(frame):
        asked = frame["question"].map(lambda text: known.get(_plain(str(text))))
        odd = frame.index[asked.isna()]
        if len(odd):
            given = frame["question"][odd[0]]
            raise ColumnError(
                source=source,
                column="question",
                reason=f"holds {given!r} in row {odd[0]}",
                way_out="Give a question's id, PER-Q01 to PER-S07, or its words.",
            )
        return frame.assign(question=asked)
    asked_in = {
        name: known[_plain(str(name))] for name in frame.columns if _plain(str(name)) in known
    }
    if not asked_in:
        raise ColumnError(
            source=source,
            column="question",
            reason=f"is missing, and no column is a question; found: {', '.join(frame.columns)}",
            way_out="Head the columns PER-Q01 to PER-S07, or by the questions' words.",
        )
    kept = frame[["interview", "persona", *asked_in]].rename(columns=asked_in)
    melted = kept.melt(
        ["interview", "persona"], var_name="question", value_name="answer", ignore_index=False
    )
    return melted.astype({"answer": "string"})


def _known() -> dict[str, str]:
    """Return the id by the words of each question, in each language; sub-questions are theirs."""
    entries = catalogue.table("questions")
    said = {key: entries[key].get("within", key) for key in entries if key.startswith("PER-")}
    return {
        _plain(text): question
        for key, question in said.items()
        for text in (
            key,
            *(catalogue.text(code, "questions", key) for code in catalogue.languages()),
        )
    }


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _refuse_columns(frame: pd.DataFrame) -> None:
    for name in frame.columns:
        if is_personal_column(str(name)):
            source, reason = frame.attrs["source"], "tells who was asked"
            raise ColumnError(source=source, column=name, reason=reason, way_out=f"{_WAY_OUT}.")


def _refuse_answers(told: pd.DataFrame, source: str) -> None:
    for column in ("answer", "persona"):
        for row, text in told[column].dropna().items():
            found = next(found_in(str(text)), None)
            if found:
                reason = f"seems to hold a {found.kind} ({found.hint}) in row {row}"
                raise ColumnError(source=source, column=column, reason=reason, way_out=_WAY_OUT)
