"""The manifest of a batch: one row per report, on disk before and after it runs."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, Self, get_args

from jupyter_journey.errors import SourceError

__all__ = ["NAME", "Manifest", "Row", "State", "column"]

NAME = "manifest.sqlite"

State = Literal["planned", "running", "done", "failed", "interrupted"]

_PATIENCE = 10.0
"""Seconds a full disk may stay full."""
_JSON = ("parameters", "fingerprint", "outputs", "figures", "before")


@dataclass(frozen=True)
class Row:
    """What is known of one report."""

    name: str
    """Its name, and the stem of its files."""
    template: str
    """Name of the step, or of the notebook."""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """What the template was given, with paths as the plan writes them."""
    fingerprint: Mapping[str, str] = field(default_factory=dict)
    """Digests of what the last good run was made of, by what: template, parameters, journey …"""
    state: State = "planned"
    why: str = ""
    """Why it runs: new; changed: data; failed last time …"""
    started: str = ""
    """UTC, ISO 8601; empty: not yet."""
    ended: str = ""
    error: str = ""
    """Why it failed, in a sentence; empty: it didn't."""
    outputs: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each file of the last good run, by its path seen from the batch's folder."""
    figures: tuple[Mapping[str, Any], ...] = ()
    """The figures of the last good run."""
    before: tuple[Mapping[str, Any], ...] = ()
    """The figures of the good run before that."""
    seconds: float = 0.0
    """What the last good run took."""

    def but(self, **changes: Any) -> Self:
        """Return a changed copy."""
        return replace(self, **changes)


def column(parameter: str, own: Collection[str]) -> str:
    """Return the name of a parameter's column beside a table's own.

    Examples
    --------
    >>> column("persona", ["name", "state"]), column("state", ["name", "state"])
    ('persona', 'state (parameter)')
    """
    return f"{parameter} (parameter)" if parameter in own else parameter


_COLUMNS = tuple(item.name for item in fields(Row))
_TABLE = (
    "CREATE TABLE IF NOT EXISTS report (name TEXT PRIMARY KEY, template TEXT, parameters TEXT,"
    " fingerprint TEXT, state TEXT CHECK (state IN ({states})), why TEXT, started TEXT, ended TEXT,"
    " error TEXT, outputs TEXT, figures TEXT, before TEXT, seconds REAL) STRICT"
)


class Manifest:
    """The table of a batch's reports; what it says is on disk when a call returns.

    Parameters
    ----------
    folder
        The folder of the batch.

    Raises
    ------
    SourceError
        If the file there is no manifest, or can't be written.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._run(_TABLE.format(states=", ".join(f"'{state}'" for state in get_args(State))))

    def rows(self) -> dict[str, Row]:
        """Return all rows, by name, in the order they were planned."""
        found = self._run(f"SELECT {', '.join(_COLUMNS)} FROM report ORDER BY rowid")  # noqa: S608
        return {row.name: row for row in map(_row, found)}

    def put(self, rows: Iterable[Row]) -> None:
        """Write rows, all or none, over those of the same names."""
        places = ", ".join("?" * len(_COLUMNS))
        changes = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS[1:])
        self._run(
            f"INSERT INTO report ({', '.join(_COLUMNS)}) VALUES ({places})"  # noqa: S608
            f" ON CONFLICT (name) DO UPDATE SET {changes}",
            [_values(row) for row in rows],
        )

    def _run(self, statement: str, values: list[tuple[Any, ...]] | None = None) -> list[Any]:
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                return self._tried(statement, values)
            except sqlite3.Error as error:
                # It is full as long as reports fill it: they fail, and what they wrote goes.
                is_full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
                if is_full and time.monotonic() < end:
                    time.sleep(_PATIENCE / 20)
                    continue
                raise SourceError(
                    source=str(self.path),
                    reason=f"can't be used as a batch's manifest ({error})",
                    way_out="Choose another folder, or make room or get leave to write there",
                ) from error

    def _tried(self, statement: str, values: list[tuple[Any, ...]] | None) -> list[Any]:
        with closing(sqlite3.connect(self.path)) as connection, connection:
            # Power may fail: a transaction is on the disk when it ends.
            connection.execute("PRAGMA synchronous = FULL")
            if values is None:
                return connection.execute(statement).fetchall()
            connection.executemany(statement, values)
            return []


def _values(row: Row) -> tuple[Any, ...]:
    return tuple(
        json.dumps(getattr(row, name), ensure_ascii=False) if name in _JSON else getattr(row, name)
        for name in _COLUMNS
    )


def _row(values: tuple[Any, ...]) -> Row:
    said = dict(zip(_COLUMNS, values, strict=True))
    said |= {name: json.loads(said[name]) for name in _JSON}
    return Row(**said | {name: tuple(said[name]) for name in ("figures", "before")})
