"""Step 2, personas: typical customers, one per segment (PER-01 to 08, CHK-201 to 209)."""

from __future__ import annotations

import pandas as pd

from jupyter_journey.charts.voice import MISSING, Voice, voice
from jupyter_journey.model.journey import Journey
from jupyter_journey.steps.covered import covered_sentence
from jupyter_journey.steps.personas import checks as _checks  # noqa: F401  (registers them)
from jupyter_journey.steps.personas.alike import alike
from jupyter_journey.steps.personas.answers import answers_of, asked_of, coverage
from jupyter_journey.steps.personas.drafts import accept, drafts, take_segments
from jupyter_journey.steps.personas.parts import Customers, customers_of
from jupyter_journey.steps.personas.people import ON_CARD, chosen, persona_cards
from jupyter_journey.steps.request import Request
from jupyter_journey.steps.result import Result

__all__ = ["accept", "answers_of", "chosen", "coverage", "persona_cards", "run", "take_segments"]

STEP = 2
_ALIKE = 0.5
"""From this likeness on, two personas are said to be alike."""


def run(journey: Journey, request: Request | None = None) -> Result:
    """Lay out the personas, what they are known from, and the segments they stand for.

    The answers to the method's questions stand in the personas, and in a source with the role
    ``interviews``; the sizes of segments come from the CRM, or the survey where there is none.

    Returns
    -------
    Result
        ``frames["personas"]``: the personas' frame with the segment's name. ``coverage``:
        question, answered (of how many personas), of, share, interviews (how many of the source
        answered), missing (personas without an answer). ``segments``: name, where (conditions),
        customers (of the table), share, personas (names). ``suggested``: the segments that columns
        of the table suggest: column, value, customers, share, segment (the journey's name).
        ``alike``: persona, other, likeness, same, apart. ``drafts``: persona, field, proposal,
        reason: what :func:`accept` takes over. Groups of fewer than ``settings.min_group`` are left
        out. Of one persona, only what tells of it.

    Raises
    ------
    UnknownNameError
        If the persona asked for doesn't exist.
    SourceError, ColumnError
        If a table can't be read, or the interviews name real people.
    """
    request = request or Request()
    kept = [persona.name for persona in chosen(journey, request.persona)]
    answers, customers = answers_of(journey), customers_of(journey)
    frames = {
        "personas": _personas(journey, kept),
        "coverage": asked_of(answers, kept, journey.language),
    }
    if not request.persona:
        frames |= {
            "segments": _segments(journey, customers),
            "suggested": customers.suggested if customers else pd.DataFrame(),
            "alike": alike(journey, journey.language),
            "drafts": drafts(journey, answers, customers),
        }
    return Result(
        STEP,
        journey,
        frames,
        request=request,
        sentences=_sentences(journey, frames, customers),
        sheets=("segments", "personas", "answers"),
        takers={"drafts": accept, "suggested": take_segments},
    )


def _personas(journey: Journey, kept: list[str]) -> pd.DataFrame:
    frame: pd.DataFrame = journey.personas
    segments = {segment.id: segment.name for segment in journey.document.segments}
    shown = frame[frame["name"].isin(kept)].assign(
        segment=lambda part: part["segment_id"].map(segments).astype("string")
    )
    columns = ["name", "role", "industry", *ON_CARD, "segment", "sources"]
    told: pd.DataFrame = shown[columns].reset_index(drop=True)
    return told


def _segments(journey: Journey, customers: Customers | None) -> pd.DataFrame:
    rows = []
    for segment in journey.document.segments:
        size = customers.size(segment) if customers else None
        share = size / len(customers.table) if customers and size is not None else None
        where = tuple(f"{column} = {value}" for column, value in segment.where.items())
        people = [one.name for one in journey.document.personas if one.segment_id == segment.id]
        rows.append((segment.name, where, size, share, tuple(people)))
    frame = pd.DataFrame(rows, columns=["name", "where", "customers", "share", "personas"])
    return frame.astype({"customers": "Int64", "share": "Float64"})


def _sentences(
    journey: Journey, frames: dict[str, pd.DataFrame], customers: Customers | None
) -> dict[str, str]:
    tellers = {
        "coverage": covered_sentence,
        "segments": _of_segments,
        "alike": _of_alike,
        "drafts": _of_drafts,
    }
    say = voice(journey.language)
    told = {
        name: say("answers", f"{name}_none") if frame.empty else tellers[name](frame, say)
        for name, frame in frames.items()
        if name in tellers or frame.empty
    }
    if customers and "suggested" in frames and len(frames["suggested"]):
        told["suggested"] = say(
            "answers",
            "suggested",
            customers=say.number(len(customers.table)),
            source=customers.source,
            columns=say.listed([*dict.fromkeys(frames["suggested"]["column"])]),
        )
    return told


def _of_segments(frame: pd.DataFrame, say: Voice) -> str:
    bare = frame.loc[frame["personas"].map(len) != 1, "name"].tolist()
    return say("answers", "segments" if bare else "segments_whole", names=say.listed(bare))


def _of_alike(frame: pd.DataFrame, say: Voice) -> str:
    first = frame.iloc[0]
    return say(
        "answers",
        "alike" if first["likeness"] >= _ALIKE else "alike_not",
        persona=first["persona"],
        other=first["other"],
        likeness=say.percent(first["likeness"]),
        apart=say.listed(first["apart"]) or MISSING,
    )


def _of_drafts(frame: pd.DataFrame, say: Voice) -> str:
    people = [*dict.fromkeys(frame["persona"])]
    return say("answers", "drafts", count=say.number(len(frame)), personas=say.listed(people))
