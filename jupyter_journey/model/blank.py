"""A new document: the canonical lanes of a map type, the stages of a model, in one language."""

from __future__ import annotations

import os
import typing
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jupyter_journey import catalogue
from jupyter_journey.errors import UnknownNameError
from jupyter_journey.model.frames import record_of
from jupyter_journey.model.names import unique_id
from jupyter_journey.model.records import Document, Lane, Source, SourceRole, Stage
from jupyter_journey.paths import file_name, is_address

__all__ = ["blank"]

Paths = Mapping[str, str | os.PathLike[str]]


def blank(
    title: str, map_type: str, stages: str | Sequence[str], language: str, sources: Paths
) -> Document:
    """Return an empty map; see :meth:`jupyter_journey.Journey.new` for the arguments."""
    language = catalogue.known_language(language)
    words = catalogue.texts(language)
    chosen = catalogue.entry("map type", catalogue.map_types(), map_type)
    fields = {
        "title": title,
        "map_type": map_type,
        "stage_model": stages if isinstance(stages, str) else "",
        "language": language,
        "lanes": tuple(_lane(key, words) for key in chosen["lanes"]),
        "stages": _of_model(stages, language) if isinstance(stages, str) else _own(stages),
        "sources": _sources(sources),
    }
    return record_of(Document, fields, "journey")


def _lane(key: str, words: Mapping[str, Any]) -> Lane:
    entry = catalogue.entry("lane", catalogue.lanes(), key)
    called = catalogue.entry("text of a lane", words["lanes"], key)
    return record_of(Lane, {"id": key} | called | entry, "lanes")


def _own(names: Sequence[str]) -> tuple[Stage, ...]:
    stages: dict[str, Stage] = {}
    for row, name in enumerate(names):
        key = unique_id(str(name), stages)
        stages[key] = record_of(Stage, {"id": key, "name": name}, "stages", row)
    return tuple(stages.values())


def _of_model(given: str, language: str) -> tuple[Stage, ...]:
    model = catalogue.entry("stage model", catalogue.stage_models(), given)
    called = catalogue.texts(language)["groups"]
    group_of = {
        key: called.get(group, group)
        for group, keys in model.get("groups", {}).items()
        for key in keys
    }
    return tuple(
        Stage(id=key, name=name, group=group_of.get(key, ""))
        for key, name in catalogue.stage_names(given, language).items()
    )


def _sources(paths: Paths) -> tuple[Source, ...]:
    known = typing.get_args(SourceRole)
    for role in paths:
        if role not in known:
            raise UnknownNameError(kind="role of a source", name=role, known=known)
    rows = ((role, os.fspath(path)) for role, path in paths.items())
    return tuple(
        record_of(
            Source,
            {"id": role, "name": file_name(path), "role": role, "path": _written(path)},
            "sources",
            row,
        )
        for row, (role, path) in enumerate(rows)
    )


def _written(path: str) -> str:
    """Return a path as a journey's file holds it on every system; an address as it is."""
    return path if is_address(path) else Path(path).as_posix()
