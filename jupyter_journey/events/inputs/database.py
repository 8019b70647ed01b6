"""Databases: a query says which rows they are to give."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import Any

from jupyter_journey.errors import SourceError
from jupyter_journey.events.inputs.extras import needed

__all__ = ["DATABASES", "selected"]

DATABASES = (".duckdb", ".ddb")
"""Endings of files that hold one."""
_WAY_OUT = "Give a .duckdb file, or a connection of DuckDB or Ibis"


def selected(source: Any, query: str) -> Any:
    """Return what a query selects from a file of DuckDB, or from what answers SQL itself.

    That are connections of DuckDB and Ibis, by their method ``sql``.

    Raises
    ------
    SourceError
        If it is no database, or it refuses the query.
    """
    if not isinstance(source, str | os.PathLike):
        if hasattr(source, "sql"):
            return source.sql(query)
        raise _refused(type(source).__name__, "answers no query", _WAY_OUT)
    path = PurePath(source)
    if path.suffix.lower() not in DATABASES:
        raise _refused(path.name, "is no database a query could select from", _WAY_OUT)
    duckdb = needed("duckdb", path.name)
    try:
        return duckdb.connect(os.fspath(path), read_only=True).sql(query)
    except duckdb.Error as error:
        reason = f"refuses the query ({str(error).splitlines()[0].rstrip('.')})"
        raise _refused(path.name, reason, "Try it there first") from error


def _refused(name: str, reason: str, way_out: str) -> SourceError:
    return SourceError(source=name, reason=reason, way_out=way_out)
