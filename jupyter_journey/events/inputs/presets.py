"""Known shapes of files: a guess at which column plays which part, shown and never taken alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from jupyter_journey.errors import ColumnError, UnknownNameError
from jupyter_journey.events.inputs.parts import NEEDED

__all__ = ["Guess", "check_preset", "guess", "preset", "presets"]


@dataclass(frozen=True)
class Guess:
    """What a preset says of one file."""

    name: str
    columns: dict[str, str]
    fields: dict[str, Any]
    """Further fields of the reading spec."""


@cache
def presets() -> dict[str, dict[str, Any]]:
    """Return the presets by name.

    Examples
    --------
    >>> presets()["ga4"]["time"]
    'unix microseconds'
    """
    source = files(__package__).joinpath("presets.yaml").read_text(encoding="utf-8")
    data: dict[str, dict[str, Any]] = yaml.safe_load(source)
    return data


def guess(found: Sequence[str], role: str) -> Guess | None:
    """Return the preset that knows the most of these columns; None if none has all it needs."""
    names = _fitting(found, role)
    if not names:
        return None
    return preset(max(names, key=lambda name: len(_needs(presets()[name]))), found, role)


def preset(name: str, found: Sequence[str], role: str) -> Guess:
    """Return what a preset says, for the columns that are found.

    Raises
    ------
    UnknownNameError
        If there is no such preset for files of this role.
    """
    known = {key: shape for key, shape in presets().items() if shape["role"] == role}
    if name not in known:
        raise UnknownNameError(kind=f"preset for {role}", name=name, known=known)
    shape = known[name]
    columns = {}
    for part, column in shape["columns"].items():
        match = _match(column, found)
        if match is not None:
            columns[part] = match
    if columns.get("device") == columns.get("customer"):
        columns.pop("device", None)
    fields = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in shape.items()
        if key not in ("role", "columns", "needs", "lifecycle")
    }
    if lifecycle := _match(shape.get("lifecycle", []), found):
        fields["lifecycle"] = lifecycle
    return Guess(name, columns, fields)


def check_preset(name: str, found: Sequence[str], said: Mapping[str, str], source: str) -> None:
    """Refuse a preset of which a file lacks a column, but for parts that are said to be in others.

    Raises
    ------
    ColumnError
        With the nearest column, and the presets that fit.
    """
    shape = presets()[name]
    parts = {part: _names(its) for part, its in shape["columns"].items()}
    if shape["role"] == "events":
        needs = [parts[part] for part in NEEDED["events"]]
    else:
        needs = [_names(need) for need in _needs(shape)]
    for names in needs:
        part = next((part for part, its in parts.items() if set(names) & set(its)), "")
        if part not in said and _match(names, found) is None:
            raise _lacking(name, names[0], part, found, source)


def _lacking(name: str, column: str, part: str, found: Sequence[str], source: str) -> ColumnError:
    fitting = _fitting(found, presets()[name]["role"])
    close = get_close_matches(column, found, n=1, cutoff=0.6)
    ways = [f"Did you mean {close[0]!r}?"] if close else []
    if fitting:
        ways.append(f"The file fits {' and '.join(f'preset={one!r}' for one in fitting)}.")
    named = f", or name it by columns={{{part!r}: {close[0] if close else '…'!r}}}" if part else ""
    ways.append(f"Leave preset={name!r} out{named}.")
    reason = f"is missing, by which {name} is known; found: {', '.join(found)}"
    return ColumnError(source=source, column=column, reason=reason, way_out=" ".join(ways))


def _fitting(found: Sequence[str], role: str) -> list[str]:
    return [
        name
        for name, shape in presets().items()
        if shape["role"] == role and all(_match(need, found) for need in _needs(shape))
    ]


def _needs(shape: dict[str, Any]) -> list[Any]:
    return list(shape.get("needs") or shape["columns"].values())


def _match(wanted: str | list[str], found: Sequence[str]) -> str | None:
    """Return the first column that has one of the names, whatever the case."""
    for name in _names(wanted):
        for column in found:
            if column.strip().casefold() == name.casefold():
                return column
    return None


def _names(wanted: str | list[str]) -> list[str]:
    return [wanted] if isinstance(wanted, str) else wanted
