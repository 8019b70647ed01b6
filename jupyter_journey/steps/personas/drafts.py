"""What could be filled in from answers and tables, and taking it over where a person says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.charts.voice import Voice, voice
from jupyter_journey.errors import RecordError, UnknownNameError
from jupyter_journey.model.frames import record_of
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import id_of
from jupyter_journey.model.records import Persona, Segment
from jupyter_journey.model.scalars import plain
from jupyter_journey.privacy import is_small
from jupyter_journey.steps.personas.parts import Customers

__all__ = ["accept", "drafts", "take_segments"]

_FILLED = tuple(
    name for name in Persona.model_fields if name not in ("id", "name", "interview", "support")
)
"""The fields of a persona that texts fill: answers to questions stand by question."""
_FIELDS = ("role", "industry")
"""The fields of a persona that a customer table has columns for."""
_TYPICAL = 0.5
"""A value is proposed for all of a segment where at least this share has it."""
_COLUMNS = ["persona", "field", "proposal", "reason"]
Row = tuple[str, str, str, str]


def drafts(journey: Journey, answers: pd.DataFrame, customers: Customers | None) -> pd.DataFrame:
    """Propose what personas lack: a persona per segment, and fields from what is known.

    A field is proposed only where it is empty: what a person wrote stays.

    Parameters
    ----------
    answers
        What :func:`jupyter_journey.steps.personas.answers_of` returns.
    customers
        The journey's customer table, if it has one.

    Returns
    -------
    pandas.DataFrame
        ``persona`` (name, a new one where the journey has none such), ``field`` (of the record),
        ``proposal``, ``reason`` (what it rests on): a row per text that :func:`accept` takes over.
    """
    say = voice(journey.language)
    rows = [*_of_segments(journey, customers, say), *_of_answers(journey, answers, say)]
    return pd.DataFrame(rows, columns=_COLUMNS, dtype="string")


def _of_segments(journey: Journey, customers: Customers | None, say: Voice) -> Iterator[Row]:
    covered = {persona.segment_id for persona in journey.document.personas}
    for segment in journey.document.segments:
        if segment.id in covered:
            continue
        size = customers.size(segment) if customers else None
        known = say("personas_drafts", "segment", n=say.number(size)) if size else ""
        reason = known or say("personas_drafts", "segment_alone")
        yield segment.name, "segment_id", segment.name, reason
        if customers and size:
            yield from _most_frequent(segment, customers, size, say)


def _most_frequent(segment: Segment, customers: Customers, size: int, say: Voice) -> Iterator[Row]:
    part, least = customers.of(segment), customers.journey.settings.min_group
    for name in _FIELDS:
        if part is None or name not in part:
            continue
        counts = part[name].value_counts()
        is_typical = len(counts) and counts.iloc[0] / size >= _TYPICAL
        if is_typical and not is_small(int(counts.iloc[0]), size, least):
            share = say.percent(counts.iloc[0] / size)
            reason = say("personas_drafts", "frequent", share=share, source=customers.source)
            yield segment.name, name, str(counts.index[0]), reason


def _of_answers(journey: Journey, answers: pd.DataFrame, say: Voice) -> Iterator[Row]:
    fields = {key: entry.get("fields", []) for key, entry in catalogue.table("questions").items()}
    held = {persona.name: persona for persona in journey.document.personas}
    told = answers.dropna(subset="interview").groupby("persona", sort=False)["interview"].nunique()
    source = next((one.name for one in journey.document.sources if one.role == "interviews"), "")
    for name, count in told.items():
        persona = held.get(str(name))
        if source and (persona is None or source not in persona.sources):
            reason = say.plural("personas_drafts", "interviews", n=count)
            yield str(name), "sources", source, reason
    seen: set[tuple[str, str, str]] = set()
    for row in answers.to_dict("records"):
        persona = held.get(row["persona"])
        for field in fields[row["question"]][:1]:  # the first is what it asks for
            key = (row["persona"], field, row["answer"])
            if key not in seen and not (persona and getattr(persona, field)):
                seen.add(key)
                reason = say(
                    "personas_drafts", "question", question=say("questions", row["question"])
                )
                yield (*key, reason)


def accept(journey: Journey, rows: pd.DataFrame) -> Journey:
    """Take over what a person confirmed of :func:`drafts`.

    Parameters
    ----------
    rows
        Those rows of the drafts that are right; their texts may have been changed. Rows without a
        proposal change nothing.

    Returns
    -------
    Journey
        A changed copy: several texts for one field become a list, or one text in which they stand
        one after the other.

    Raises
    ------
    UnknownNameError
        If a field isn't one of a persona, or a segment isn't in the journey.
    RecordError
        If a row names no persona, or a field that a text doesn't fill; it names row and column.

    Examples
    --------
    >>> rows = pd.DataFrame({"persona": ["Ann"], "field": ["goals"], "proposal": ["Less e-mail"]})
    >>> accept(Journey.new("Draft"), rows).document.personas[0].goals
    ('Less e-mail',)
    """
    told = rows.reset_index(drop=True).dropna(subset="proposal")
    _check(told)
    for (name, field), part in told.groupby(["persona", "field"], sort=False):
        names = [persona.name for persona in journey.document.personas]
        if name not in names:
            journey = journey.add("personas", name=str(name))
            names.append(str(name))
        at = names.index(str(name))
        personas = list(journey.document.personas)
        given = [str(text) for text in part["proposal"]]
        update = {str(field): _value(journey, personas[at], str(field), given)}
        personas[at] = record_of(Persona, {**dict(personas[at]), **update}, "personas", at)
        journey = journey.replace("personas", personas)
    return journey


def _check(rows: pd.DataFrame) -> None:
    """Refuse rows that would be lost, or would fill what isn't text."""
    for row, name, field in zip(rows.index, rows["persona"], rows["field"], strict=True):
        for column, given in {"persona": name, "field": field}.items():
            if pd.isna(given) or not given:
                reason = "is empty: say for whom and for which field the proposal is"
                raise RecordError(collection="drafts", row=row, column=column, reason=reason)
        if field not in Persona.model_fields:
            raise UnknownNameError(kind="field", name=str(field), known=_FILLED)
        if field not in _FILLED:
            reason = f"{field!r} isn't filled by a text; such are {', '.join(_FILLED)}"
            raise RecordError(collection="drafts", row=row, column="field", reason=reason)


def _value(journey: Journey, persona: Persona, field: str, given: list[str]) -> Any:
    if field == "segment_id":
        return id_of("segment", given[-1], {one.id: one.name for one in journey.document.segments})
    held = getattr(persona, field)
    if isinstance(held, tuple):
        return tuple(dict.fromkeys([*held, *given]))
    return "; ".join(dict.fromkeys([text for text in (held, *given) if text]))


def take_segments(journey: Journey, rows: pd.DataFrame) -> Journey:
    """Add the segments a person confirmed of those suggested: ``column``, ``value``.

    A number stays one, and so does yes or no.

    Examples
    --------
    >>> rows = pd.DataFrame({"column": ["plan"], "value": ["team"]})
    >>> dict(take_segments(Journey.new("Draft"), rows).document.segments[0].where)
    {'plan': 'team'}
    """
    held: list[dict[str, object]] = [dict(segment.where) for segment in journey.document.segments]
    say = voice(journey.language)
    for column, value in zip(rows["column"], rows["value"], strict=True):
        where: dict[str, object] = {str(column): plain(value)}
        if where not in held:
            journey = journey.add("segments", name=str(say.shown(value)), where=where)
            held.append(where)
    return journey
