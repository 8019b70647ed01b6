"""Which of the method's questions have an answer, and for whom one is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from jupyter_journey.charts.voice import Voice

__all__ = ["covered", "covered_sentence"]

_NAMED = 4
"""Names at most in a sentence; of more, only how many."""


def covered(questions: Iterable[tuple[str, Mapping[str, bool]]]) -> pd.DataFrame:
    """Count the answers to each question.

    Parameters
    ----------
    questions
        Each with whether it is answered, by name of whom or what it is asked about.

    Returns
    -------
    pandas.DataFrame
        ``question``, ``answered`` (of how many it is), ``of`` (how many there are), ``share``,
        ``missing`` (names of those without an answer).

    Examples
    --------
    >>> covered([("What for?", {"Trial": True, "Demo": False})])["missing"].tolist()
    [('Demo',)]
    """
    rows = [
        (
            question,
            sum(about.values()),
            len(about),
            sum(about.values()) / len(about) if about else 0.0,
            tuple(name for name, is_answered in about.items() if not is_answered),
        )
        for question, about in questions
    ]
    return pd.DataFrame(rows, columns=["question", "answered", "of", "share", "missing"])


def covered_sentence(frame: pd.DataFrame, say: Voice) -> str:
    """Say how much is answered, and which question is open most often."""
    given, asked = int(frame["answered"].sum()), int(frame["of"].sum())
    if given == asked:
        return say("answers", "covered_whole", of=say.number(asked))
    if not given:
        return say("answers", "covered_none", of=say.number(asked))
    least = frame.iloc[frame["share"].argmin()]
    open_for = least["missing"]
    return say(
        "answers",
        "covered",
        answered=say.number(given),
        of=say.number(asked),
        share=say.percent(given / asked),
        question=least["question"],
        missing=say.listed(open_for) if len(open_for) <= _NAMED else say.number(len(open_for)),
    )
