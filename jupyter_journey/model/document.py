"""Journey documents as text: reading with clear errors, migrating, writing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from pydantic import ValidationError

from jupyter_journey.errors import JourneyFileError
from jupyter_journey.model import canonical
from jupyter_journey.model.complaints import Place, complaint
from jupyter_journey.model.integrity import flaws
from jupyter_journey.model.records import SCHEMA_VERSION, Cell, Document

__all__ = ["MIGRATIONS", "Migration", "checked", "dump", "parse", "schema"]


class Migration(NamedTuple):
    """One step from a schema version to the next; ``change`` gets and returns the plain data."""

    before: int
    after: int
    change: Callable[[dict[str, Any]], dict[str, Any]]


MIGRATIONS: tuple[Migration, ...] = ()


def parse(text: str, path: str = "journey") -> Document:
    """Read a document from JSON text.

    Parameters
    ----------
    text
        The content of a ``*.journey.json`` file.
    path
        What to call the file in errors.

    Raises
    ------
    JourneyFileError
        If the text is no JSON, of a newer schema, or says something impossible; it names the
        file, the JSON path and the reason.
    """
    data = _json(text, path)
    return validate(migrate(data, path), path)


def dump(document: Document) -> str:
    """Write a document as the text of its file; the same document gives the same bytes."""
    data = document.model_dump(mode="json", exclude_defaults=True)
    data["schema_version"] = document.schema_version
    if document.cells:
        data["cells"] = [
            cell.model_dump(mode="json", exclude_defaults=True)
            for cell in sorted(document.cells, key=_place)
        ]
    return canonical.dumps(data)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of ``*.journey.json`` files."""
    body = Document.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **body,
        "title": "Journey",
        "required": ["schema_version", *body["required"]],
    }


def migrate(data: dict[str, Any], path: str) -> dict[str, Any]:
    """Bring plain data to the present schema version, one migration after the other."""
    version = data.get("schema_version")
    if not isinstance(version, int) or isinstance(version, bool):
        reason = f"must be a whole number, such as {SCHEMA_VERSION}; is this a journey file?"
        raise JourneyFileError(path=path, where="$.schema_version", reason=reason)
    if version > SCHEMA_VERSION:
        reason = (
            f"the file is of schema {version}, this version reads up to {SCHEMA_VERSION}. "
            "Upgrade: pip install -U jupyter-journey"
        )
        raise JourneyFileError(path=path, where="$.schema_version", reason=reason)
    for step in MIGRATIONS:
        if step.before == version:
            data, version = step.change(data), step.after
    return {**data, "schema_version": version}


def validate(data: dict[str, Any], path: str) -> Document:
    """Turn plain data into a checked document."""
    try:
        document = Document.model_validate_json(json.dumps(data))
    except ValidationError as error:
        place, reason = complaint(error, data)
        raise JourneyFileError(path=path, where=_json_path(place), reason=reason) from error
    return checked(document, path)


def checked(document: Document, path: str = "journey") -> Document:
    """Return the document if its records agree with each other, else say the first flaw."""
    for flaw in flaws(document):
        raise JourneyFileError(path=path, where=flaw.where, reason=flaw.reason)
    return document


def _place(cell: Cell) -> tuple[str, str, str]:
    return cell.lane_id, cell.stage_id, cell.persona_id or ""


def _json_path(place: Place) -> str:
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)


def _json(text: str, path: str) -> dict[str, Any]:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        for name, times in Counter(name for name, _ in pairs).items():
            if times > 1:
                raise JourneyFileError(path=path, where=f"$..{name}", reason="occurs twice")
        return dict(pairs)

    def refuse(constant: str) -> Any:
        raise JourneyFileError(path=path, where="$", reason=f"{constant} is no JSON number")

    try:
        data = json.loads(text, object_pairs_hook=once, parse_constant=refuse)
        for place in _broken_texts(data, ()):
            reason = "holds half a character (a lone surrogate); type the text again"
            raise JourneyFileError(path=path, where=_json_path(place), reason=reason)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise JourneyFileError(path=path, where=where, reason=f"no JSON: {error.msg}") from error
    except RecursionError as error:
        raise JourneyFileError(path=path, where="$", reason="is nested too deeply") from error
    except ValueError as error:  # Python reads whole numbers of up to 4,300 digits
        raise JourneyFileError(path=path, where="$", reason="holds a huge number") from error
    if not isinstance(data, dict):
        raise JourneyFileError(path=path, where="$", reason="must be a JSON object")
    return data


def _broken_texts(node: Any, place: Place) -> Iterator[Place]:
    """Yield where a text or key can't be written as UTF-8."""
    if isinstance(node, str):
        if any("\ud800" <= char <= "\udfff" for char in node):
            yield place
    elif isinstance(node, dict):
        for key, item in node.items():
            yield from _broken_texts(key, place)
            yield from _broken_texts(item, (*place, key))
    elif isinstance(node, list):
        for position, item in enumerate(node):
            yield from _broken_texts(item, (*place, position))
