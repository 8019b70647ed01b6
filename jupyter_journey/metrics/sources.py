"""Where a journey's data are, and which of them a filter asks for."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from jupyter_journey.errors import ColumnError, ParameterError, SourceError, UnknownNameError
from jupyter_journey.events import (
    Log,
    Period,
    ReadingSpec,
    read_crm,
    read_events,
    read_interviews,
    read_spend,
    read_survey,
    read_tickets,
)
from jupyter_journey.events.filters import Scalar
from jupyter_journey.events.inputs.origin import place_of, stamp_of
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import id_of
from jupyter_journey.model.records import Source
from jupyter_journey.privacy.pseudonyms import Pseudonyms

__all__ = [
    "Data",
    "Filters",
    "check_roles",
    "event_log",
    "filters_of",
    "same_log",
    "source_of",
    "table_of",
    "tables_of",
]

Data = str | os.PathLike[str] | pd.DataFrame | Log
_READERS: Mapping[str, Callable[..., pd.DataFrame]] = MappingProxyType(
    {"crm": read_crm, "survey": read_survey, "tickets": read_tickets, "spend": read_spend}
)
_ROLES = ("events", *_READERS)
_TIMES: Mapping[str, str] = MappingProxyType({"survey": "asked_at", "tickets": "created_at"})


@dataclass(frozen=True)
class Filters:
    """Which customers, and when: the filters that templates, plans and metrics share."""

    period: Period | None
    segment_id: str | None
    persona_id: str | None
    conditions: tuple[Mapping[str, Scalar], ...]
    """Those of the segment, of the persona's segment, and one's own: all must hold."""
    where: Mapping[str, Scalar]
    """One's own conditions."""

    def customers(self, log: Log) -> Log:
        """Return all events, over all time, of the customers who meet all conditions.

        What a customer is, the first event says: :meth:`Log.of_customers`.
        """
        for conditions in self.conditions:
            log = log.of_customers(conditions)
        return log

    @property
    def are_conditions(self) -> bool:
        """Whether some customers are left out."""
        return any(self.conditions)


def filters_of(
    journey: Journey,
    period: str | Period | None,
    segment: str | None,
    where: Mapping[str, Scalar] | None,
    persona: str | None,
) -> Filters:
    """Resolve names against the journey.

    Raises
    ------
    UnknownNameError
        If the segment or persona isn't in the journey.
    ParameterError
        If the persona has no segment, the period can't be read, or a condition names a single
        customer.
    """
    document = journey.document
    _no_single_customer(journey, where or {})
    chosen: list[str] = []
    if segment:
        names = {item.id: item.name for item in document.segments}
        chosen.append(id_of("segment", segment, names))
    persona_id = None
    if persona:
        names = {item.id: item.name for item in document.personas}
        persona_id = id_of("persona", persona, names)
        its = next(item.segment_id for item in document.personas if item.id == persona_id)
        if not its:
            reason = f"is {persona!r}, who has no segment to tell customers by. Set segment_id."
            raise ParameterError(template_name="measure", parameter="persona", reason=reason)
        chosen.append(its)
    by_id = {item.id: item.where for item in document.segments}
    return Filters(
        period=Period.of(period) if period else None,
        segment_id=chosen[0] if segment else None,
        persona_id=persona_id,
        conditions=(*(by_id[key] for key in chosen), where or {}),
        where=where or {},
    )


def _no_single_customer(journey: Journey, where: Mapping[str, Scalar]) -> None:
    """Refuse conditions on the customer's id: figures are of groups, and ids stay out of files."""
    source = source_of(journey, "events", None)
    ids = {"customer", source.columns.get("customer", "customer")} if source else {"customer"}
    for column in ids.intersection(where):
        reason = f"picks single customers by {column!r}. Choose a group, such as a country or plan."
        raise ParameterError(template_name="measure", parameter="where", reason=reason)


def check_roles(given: Mapping[str, Data] | None) -> None:
    """Refuse data under a role there isn't: they would be left out unseen.

    Raises
    ------
    UnknownNameError
        It names the role meant.
    ParameterError
        If they come without their roles.
    """
    if given is not None and not isinstance(given, Mapping):
        reason = f"is of type {type(given).__name__}. Say the role: {{'events': …}}."
        raise ParameterError(template_name="measure", parameter="sources", reason=reason)
    for role in given or {}:
        if role not in _ROLES:
            raise UnknownNameError(kind="role of a source", name=role, known=_ROLES)


def source_of(journey: Journey, role: str, given: Mapping[str, Data] | None) -> Source | None:
    """Return the journey's own source of a role, unless the data given come from elsewhere."""
    own = next((s for s in journey.document.sources if s.role == role and s.path), None)
    if not given or role not in given:
        return own
    data = given[role]
    place = data.origin.place if isinstance(data, Log) else place_of(data)
    return own if place and place == journey.source_place(role) else None


def event_log(journey: Journey, given: Mapping[str, Data] | None) -> Log:
    """Return the log given, or read it from where the journey says, with pseudonyms for ids.

    Raises
    ------
    SourceError
        If there is none, or it can't be read.
    """
    data = (given or {}).get("events")
    if isinstance(data, Log):
        return data
    if data is not None:
        return read_events(data, pseudonyms=True)
    place = journey.source_place("events")
    if place is None:
        raise SourceError(
            source=journey.title,
            reason="has no source of events to measure from",
            way_out="Add one to the journey's sources, or pass sources={'events': path}",
        )
    source = source_of(journey, "events", given)
    log: Log = _as_said(read_events, place, source, pseudonyms=True)
    return log


def same_log(journey: Journey) -> tuple[object, ...] | None:
    """Return what tells that the journey's log would be read the same again; None: nothing does."""
    source, place = source_of(journey, "events", None), journey.source_place("events")
    stamp = stamp_of(place or "")
    if source is None or not stamp:
        return None
    return (place, stamp, dict(source.columns), dict(source.spec))


def _as_said(read: Callable[..., Any], data: Data, source: Source | None, **options: Any) -> Any:
    """Read data as the journey's source says; what it doesn't say is found out."""
    if source is None:
        return read(data, **options)
    if not source.spec:
        return read(data, columns=dict(source.columns), **options)
    return read(data, spec=ReadingSpec.of(source), **options)


def table_of(journey: Journey, role: str) -> pd.DataFrame | None:
    """Read the journey's CRM, survey or interviews as a whole; None where it names none.

    Ids are replaced as in the events.

    Raises
    ------
    SourceError, ColumnError
        If the table can't be read, or interviews name real people without a reason why they may.
    """
    place = journey.source_place(role)
    if place is None:
        return None
    source = source_of(journey, role, None)
    table: pd.DataFrame
    if role == "interviews":
        why = journey.settings.personal_data
        table = _as_said(read_interviews, place, source, personal_data=why)
    else:
        table = _as_said(_READERS[role], place, source, pseudonyms=True)
    return table


def tables_of(
    journey: Journey,
    given: Mapping[str, Data] | None,
    filters: Filters,
    history: Log,
) -> dict[str, pd.DataFrame]:
    """Return the tables beside the events, by role: the rows of its customers and the period.

    Ids are replaced as in the events, so that they match. Spend is nobody's: it is left out where
    customers are chosen.

    Raises
    ------
    SourceError, ColumnError
        If a table can't be read, lacks the column that a filter needs, or has pseudonyms where the
        events have none.
    """
    tables = {}
    names = Pseudonyms.under(history.origin.key_id) or False
    for role, read in _READERS.items():
        data = (given or {}).get(role, journey.source_place(role))
        if data is None or (role == "spend" and filters.are_conditions):
            continue
        if isinstance(data, Log):
            raise SourceError(
                source=role,
                reason="an event log isn't read as this",
                way_out="Give a path or a frame with the columns of its role",
            )
        source = source_of(journey, role, given)
        options = {} if role == "spend" else {"pseudonyms": names}
        table = _as_said(read, data, source, **options)
        if "customer" in table and table.attrs["key_id"] != history.origin.key_id:
            raise SourceError(
                source=role,
                reason="its customers are pseudonyms, those of the events are as written",
                way_out="Read both with pseudonyms, or both without",
            )
        if filters.are_conditions:
            whose = _needed(table, role, "customer").astype(str)
            table = table[whose.isin(list(history.customers))]
        if filters.period and role in _TIMES:
            time = _needed(table, role, _TIMES[role])
            table = table[(time >= filters.period.begin) & (time < filters.period.end)]
        if filters.period and role == "spend":
            table = table[[filters.period.holds(Period.parse(month)) for month in table["month"]]]
        tables[role] = table
    return tables


def _needed(table: pd.DataFrame, role: str, column: str) -> pd.Series:
    if column not in table.columns:
        raise ColumnError(
            source=role,
            column=column,
            reason="is missing, and the filter needs it",
            way_out="Add it, or measure without the filter.",
        )
    return table[column]
