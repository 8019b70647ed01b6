"""Rows that meet conditions, told apart by the names of their events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.events.filters import of_texts
from jupyter_journey.events.rows import Rows
from jupyter_journey.events.rules import Rule

__all__ = ["Kind", "kinds", "label", "split"]

Kind = tuple[str, tuple[bool, ...]]
"""Name of an event as the source has it, and of each rule whether a row meets it."""
Codes = npt.NDArray[np.int64]


def kinds(rows: Rows, rules: Sequence[Rule]) -> set[Kind]:
    """Return which kinds of rows there are."""
    return set(_told(rows, rules)[0])


def split(rows: Rows, rules: Sequence[Rule], labels: Mapping[Kind, str]) -> Rows:
    """Call the events of each kind by its label; names that no row has stay known."""
    found, codes = _told(rows, rules)
    names = list(dict.fromkeys([*labels.values(), *rows.events]))
    place = {name: code for code, name in enumerate(names)}
    named = np.array([place[labels[kind]] for kind in found], np.int32)[codes]
    coded = pa.DictionaryArray.from_arrays(pa.array(named), pa.array(names, pa.string()))
    return rows.named(pa.chunked_array([coded]))


def label(event: str, rules: Sequence[Rule]) -> str:
    """Return the name of events that meet the conditions of rules.

    Examples
    --------
    >>> label("visit", [Rule.parse("is visit where page = /pricing")])
    'visit [page = /pricing]'
    """
    conditions = [
        ", ".join(f"{column} = {value}" for column, value in rule.where) for rule in rules
    ]
    return " ".join([event, *(f"[{condition}]" for condition in dict.fromkeys(conditions))])


def _told(rows: Rows, rules: Sequence[Rule]) -> tuple[list[Kind], Codes]:
    """Return the kinds there are, and by row the place of its own."""
    coded = rows.held["event"].unify_dictionaries().combine_chunks()
    events: list[str] = coded.dictionary.to_pylist()
    codes: Codes = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    used, codes_of_used = np.unique(codes, return_inverse=True)
    found: list[Kind] = [(events[code], ()) for code in used.tolist()]
    told = codes_of_used
    for rule in rules:
        pairs, told = np.unique(told * 2 + _meets(rows, rule, events, codes), return_inverse=True)
        found = [
            (event, (*met, bool(pair % 2)))
            for pair in pairs.tolist()
            for event, met in [found[pair // 2]]
        ]
    return found, told


def _meets(rows: Rows, rule: Rule, events: Sequence[str], codes: Codes) -> npt.NDArray[np.bool_]:
    named = set(rule.names(events))
    met: npt.NDArray[np.bool_] = np.array([name in named for name in events], bool)[codes]
    for column, value in rule.where:
        found = of_texts(rows.comparing(column)[column], partial(pc.equal, value))
        met = met & pc.fill_null(found, False).to_numpy()
    return met
