"""Known shapes of files: a guess at which column plays which part, shown and never taken alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from jupyter_journey.errors import UnknownNameError
from jupyter_journey.events.inputs.parts import NEEDED

__all__ = ["Guess", "guess", "lacking", "preset", "presets"]


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
    fitting = [
        name
        for name, shape in presets().items()
        if shape["role"] == role and all(_match(need, found) for need in _needs(shape))
    ]
    if not fitting:
        return None
    return preset(max(fitting, key=lambda name: len(_needs(presets()[name]))), found, role)


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


def lacking(name: str, found: Sequence[str]) -> dict[str, str]:
    """Return the needed parts of which a preset of events finds no column, each with a name."""
    columns: dict[str, str | list[str]] = presets()[name]["columns"]
    return {
        part: names if isinstance(names, str) else names[0]
        for part, names in columns.items()
        if part in NEEDED["events"] and _match(names, found) is None
    }


def _needs(shape: dict[str, Any]) -> list[Any]:
    return list(shape.get("needs") or shape["columns"].values())


def _match(wanted: str | list[str], found: Sequence[str]) -> str | None:
    """Return the first column that has one of the names, whatever the case."""
    names = [wanted] if isinstance(wanted, str) else wanted
    for name in names:
        for column in found:
            if column.strip().casefold() == name.casefold():
                return column
    return None
