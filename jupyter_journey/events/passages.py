"""Where each customer enters each stage: what funnel, times and reach all rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from jupyter_journey.errors import DuplicateNameError, UnknownNameError
from jupyter_journey.events.store import Ints, Store

__all__ = ["Stages", "chain", "codes_of", "first_after", "sets_of"]

Stages = Sequence[str] | Mapping[str, str | Sequence[str]]
"""Event names, or stage names each with the event or events that mean it is entered."""


def sets_of(known: Sequence[str], stages: Stages) -> dict[str, Ints]:
    """Return the event codes of each stage, in order; ``known`` are the log's events.

    Raises
    ------
    UnknownNameError
        If an event isn't in the log; the nearest one is named.
    DuplicateNameError
        If an event name stands twice in a plain list.
    """
    if isinstance(stages, Mapping):
        return {str(name): codes_of(known, events) for name, events in stages.items()}
    names = [stages] if isinstance(stages, str) else list(stages)
    for name in names:
        if names.count(name) > 1:
            raise DuplicateNameError(kind="stage", name=name)
    return {name: codes_of(known, name) for name in names}


def codes_of(known: Sequence[str], events: str | Sequence[str]) -> Ints:
    """Return the codes of one or several event names."""
    code = {name: number for number, name in enumerate(known)}
    names = [events] if isinstance(events, str) else list(events)
    for name in names:
        if name not in code:
            raise UnknownNameError(kind="event", name=name, known=code)
    return np.array([code[name] for name in names], np.int64)


def chain(store: Store, sets: Sequence[Ints]) -> list[Ints]:
    """Return, per stage, the row at which each customer enters it; ``len(store)`` for never.

    A stage is entered at the first of its events that comes after the entry into the stage before.
    """
    entries = []
    after = store.starts - 1
    for codes in sets:
        after = first_after(store, codes, after)
        entries.append(after)
    return entries


def first_after(store: Store, codes: Ints, after: Ints) -> Ints:
    """Return each customer's first row with one of the events, after the given row."""
    rows = store.rows_of(codes)
    customers = store.customer[rows]
    later = rows > after[customers]
    rows, customers = rows[later], customers[later]
    first = np.ones(len(rows), bool)
    first[1:] = customers[1:] != customers[:-1]
    found = np.full(len(store.customers), len(store), np.int64)
    found[customers[first]] = rows[first]
    return found
