"""Where the catalogue's data are read from: the package, packages beside it, the project.

Each of these folders is laid out alike: a file per kind of entry, and ``languages/<code>/`` with
the words. A later folder adds entries to an earlier one's, or changes single fields of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache, reduce
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from jupyter_journey.errors import CatalogueError, UnknownNameError

if TYPE_CHECKING:
    from babel import Locale

__all__ = [
    "FOLDER",
    "GROUP",
    "KINDS",
    "VARIABLE",
    "Entry",
    "entry",
    "languages",
    "nearest",
    "table",
    "words",
]

Entry = dict[str, Any]

KINDS = (
    "processes",
    "map_types",
    "lanes",
    "stage_models",
    "stage_actions",
    "metrics",
    "touchpoints",
    "questions",
    "personas",
    "goals",
    "data",
    "milestones",
    "triggers",
    "paths",
    "segments",
    "conversions",
    "feelings",
    "visualisation",
    "tools",
    "examples",
    "privacy",
    "rules",
    "checks",
    "claims",
)
"""The kinds of entries: each has a file of this name, and a section of words."""

FOLDER = "journey-catalogue"
"""Folder of a project's own entries, in the working directory or above it."""
VARIABLE = "JUPYTER_JOURNEY_CATALOGUE"
"""Environment variable that names other such folders instead, parted as in ``PATH``."""
GROUP = "jupyter_journey.catalogue"
"""Entry points of installed packages that are such folders."""

_FILES = {*KINDS, "sources"}
_FORMS = {"zero", "one", "two", "few", "many", "other"}

# libyaml reads the words of a language in a tenth of the time, where PyYAML was built with it
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Folder(NamedTuple):
    path: Path
    stamp: int
    """Another one when a file below has changed, so that it is read again; else 0."""


_PACKAGE = _Folder(Path(__file__).resolve().parent, 0)


def table(kind: str) -> dict[str, Entry]:
    """Return all entries of a kind by id, those of the user last."""
    return _table(_folders(), kind)


def entry(kind: str, table: dict[str, Entry], name: str) -> Entry:
    """Return a catalogue entry by id, or say which ids there are."""
    if name not in table:
        raise UnknownNameError(kind=kind, name=name, known=table)
    return table[name]


def words(language: str) -> dict[str, Any]:
    """Return the words of a language by section; English where it has none."""
    return _words(_folders(), language)


def languages() -> list[str]:
    """Return the languages with words, English first."""
    return list(_languages(_folders()))


def nearest(language: str) -> str | None:
    """Return the language with words that comes next to a code; None where none is near.

    Near are the same language of another country, case or separator, and before it one in the same
    script.

    Examples
    --------
    >>> nearest("zh_TW"), nearest("en-GB"), nearest("tlh")
    ('zh-Hant', 'en', None)
    """
    known = languages()
    if language in known:
        return language
    asked = _locale(language.strip().replace("_", "-"))
    near = [
        (its.script != asked.script, code)
        for code in known
        if asked and (its := _locale(code)) and its.language == asked.language
    ]
    return min(near)[1] if near else None


def _locale(code: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError):
        return None


def _folders() -> tuple[_Folder, ...]:
    named = os.environ.get(VARIABLE)
    own = _of_project() if named is None else map(Path, named.split(os.pathsep))
    return (_PACKAGE, *_installed(), *(_Folder(path.resolve(), _stamp(path)) for path in own))


def _of_project() -> list[Path]:
    """Return the nearest folder at or above the working directory: reports run further down."""
    return [path for path in _above(Path.cwd()) if path.is_dir()][:1]


@cache  # whether they are there is looked at for every word, what they are called is not
def _above(here: Path) -> tuple[Path, ...]:
    return tuple(place / FOLDER for place in (here, *here.parents))


@cache
def _installed() -> tuple[_Folder, ...]:
    return tuple(_Folder(_place(point), 0) for point in entry_points(group=GROUP))


def _place(point: EntryPoint) -> Path:
    try:
        return Path(point.load().__path__[0])
    except (ImportError, AttributeError) as error:
        reason = f"the entry point {point.name!r} of {GROUP} is no package ({error})"
        way_out = "Correct it, or uninstall what brought it."
        raise CatalogueError(path=point.value, reason=reason, way_out=way_out) from error


def _stamp(folder: Path) -> int:
    return hash(frozenset((path, path.stat().st_mtime_ns) for path in folder.rglob("*.yaml")))


@cache
def _table(folders: tuple[_Folder, ...], kind: str) -> dict[str, Entry]:
    found = _merged(_read(_known(folder), f"{kind}.yaml") for folder in folders)
    for key, item in found.items():
        if not isinstance(item, dict):
            reason, way_out = f"{key!r} is no mapping", "Write `id: {field: value}`."
            raise CatalogueError(path=f"{kind}.yaml", reason=reason, way_out=way_out)
    return found


@cache
def _words(folders: tuple[_Folder, ...], language: str) -> dict[str, Any]:
    return _merged(
        _read(folder, f"languages/{code}/{path.name}")
        for code in dict.fromkeys(("en", language))
        for folder in folders
        for path in sorted((folder.path / "languages" / code).glob("*.yaml"))
    )


@cache
def _languages(folders: tuple[_Folder, ...]) -> tuple[str, ...]:
    found = {
        path.parent.name: path.parent
        for folder in reversed(folders)
        for path in folder.path.glob("languages/*/*.yaml")
    }
    for code, place in found.items():
        if place.parents[1] != _PACKAGE.path:
            _writable(code, place)
    return tuple(sorted(found, key=lambda code: (code != "en", code)))


def _writable(code: str, place: Path) -> None:
    """Refuse a language whose way to write numbers and days nobody knows."""
    if _locale(code) is None:
        reason = f"{code!r} is no language whose numbers and days could be written"
        way_out = "Name the folder by a language's code, such as fo or pt-BR."
        raise CatalogueError(path=str(place), reason=reason, way_out=way_out)


@cache
def _known(folder: _Folder) -> _Folder:
    """Return the folder, or say which of its files would never be read."""
    if not folder.path.is_dir():
        reason = f"is no folder, though {VARIABLE} names it"
        raise CatalogueError(path=str(folder.path), reason=reason, way_out="Correct the variable.")
    for path in folder.path.glob("*.yaml"):
        if path.stem not in _FILES:
            raise UnknownNameError(kind="file of a catalogue", name=path.stem, known=_FILES)
    return folder


@cache
def _read(folder: _Folder, name: str) -> dict[str, Any]:
    path = folder.path / name
    if not path.is_file():
        return {}
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - safe
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogueError(path=str(path), reason=str(error), way_out="Correct it.") from error
    if not isinstance(data, dict):
        reason, way_out = "holds no entries by id", "Write `id: {field: value}`."
        raise CatalogueError(path=str(path), reason=reason, way_out=way_out)
    return data


def _merged(parts: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return reduce(_laid_over, parts, {})


def _laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Return both mappings as one: the upper one's values, mappings laid over one another."""
    both = {
        key: _laid_over(below[key], item)
        for key, item in above.items()
        if isinstance(item, dict) and not _is_plural(item) and isinstance(below.get(key), dict)
    }
    return below | above | both


def _is_plural(item: dict[str, Any]) -> bool:
    """Tell whether these are the forms of one text: no other language's belong among them."""
    return "other" in item and item.keys() <= _FORMS
