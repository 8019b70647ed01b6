"""Findings: what a check saw, where, and the way out; and the registry of the checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.errors import UnknownNameError
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Milestone, Touchpoint

__all__ = [
    "LEVELS",
    "Hit",
    "Level",
    "Rule",
    "absent",
    "called",
    "check",
    "findings_of",
    "hit",
    "labels",
    "rule",
    "rules",
    "said",
]

Level = Literal["error", "warning", "hint"]
LEVELS: tuple[Level, ...] = ("error", "warning", "hint")


class Hit(NamedTuple):
    """One place where a rule is broken, with the words its message needs."""

    where: str
    fields: dict[str, Any]


def hit(where: str, **fields: Any) -> Hit:
    """Return a hit; ``fields`` fill the message of the language file."""
    return Hit(where, fields)


def said(journey: Journey, problem: str, **fields: Any) -> str:
    """Return the part of a message that says which of several things is wrong."""
    return catalogue.text(journey.language, "problems", problem, **fields)


def labels(journey: Journey, columns: Iterable[str]) -> str:
    """Return the names of columns as a reader knows them."""
    words = catalogue.texts(journey.language)["columns"]
    return catalogue.listed(journey.language, (words[column] for column in columns))


def called(journey: Journey, kind: str, key: str) -> str:
    """Return the name of a catalogue's entry; its id where it has none."""
    told = catalogue.texts(journey.language).get(kind, {}).get(key, {})
    return str(told.get("name", key))


def absent(
    journey: Journey, kind: str, mark: str, records: Iterable[Touchpoint | Milestone]
) -> str:
    """Return the names of the catalogue's marked entries that no record is, by kind or by name."""
    held = {text.casefold() for record in records for text in (record.kind, record.name)}
    wanted = [key for key, entry in catalogue.table(kind).items() if entry.get(mark)]
    names = {key: called(journey, kind, key) for key in wanted}
    missing = (
        name for key, name in names.items() if held.isdisjoint({key.casefold(), name.casefold()})
    )
    return catalogue.listed(journey.language, missing)


class Rule(NamedTuple):
    """A check of the method: its id, its level and the function that finds the places."""

    id: str
    level: Level
    find: Callable[[Journey], Iterable[Hit]]


_RULES: dict[str, Rule] = {}


def rule(
    check_id: str, level: Level
) -> Callable[[Callable[[Journey], Iterator[Hit]]], Callable[[Journey], Iterator[Hit]]]:
    """Register a function as the check with this CHK id."""

    def register(find: Callable[[Journey], Iterator[Hit]]) -> Callable[[Journey], Iterator[Hit]]:
        _RULES[check_id] = Rule(check_id, level, find)
        return find

    return register


def rules(step: int | None = None) -> list[Rule]:
    """Return the registered checks, all or those of one step (1 to 7), by id."""
    return [
        found
        for key, found in sorted(_RULES.items())
        if step is None or key.startswith(f"CHK-{step}")
    ]


def findings_of(journey: Journey, step: int | None = None) -> pd.DataFrame:
    """Run the checks of one step, or of all, and return what they found.

    Returns
    -------
    pandas.DataFrame
        ``check`` (CHK id), ``level`` (error, warning, hint; a category in this order), ``where``
        (such as ``goals/faster-start``), ``message`` and ``fix`` in the journey's language;
        errors first.
    """
    words = catalogue.texts(journey.language)["checks"]
    rows = [
        (
            found.id,
            found.level,
            place.where,
            words[found.id]["message"].format(**place.fields),
            words[found.id]["fix"].format(**place.fields),
        )
        for found in rules(step)
        for place in found.find(journey)
    ]
    frame = pd.DataFrame(
        rows, columns=["check", "level", "where", "message", "fix"], dtype="string"
    )
    frame["level"] = frame["level"].astype(pd.CategoricalDtype(list(LEVELS), ordered=True))
    return frame.sort_values(["level", "check"], kind="stable", ignore_index=True)


def check(journey: Journey, step: int | None = None) -> pd.DataFrame:
    """Check a journey against the rules of the method.

    Parameters
    ----------
    journey
        The journey to look at.
    step
        Only the checks of this step, 1 (goals) to 7 (visualisation).

    Returns
    -------
    pandas.DataFrame
        One row per question to resolve: ``check``, ``level``, ``where``, ``message``, ``fix``.

    Examples
    --------
    >>> check(Journey.new("Draft"), step=1)["check"].tolist()
    ['CHK-101']
    """
    if step is not None and step not in range(1, 8):
        raise UnknownNameError(kind="step", name=str(step), known=map(str, range(1, 8)))
    return findings_of(journey, step)
