"""The method as data: map types, lanes, stage models and their words in each language.

The data live in YAML files a person can edit, beside this module; each is read on first use. The
words of a language are the sections of all the files in its folder.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from jupyter_journey.errors import UnknownNameError

__all__ = ["entry", "lanes", "languages", "map_types", "metrics", "stage_models", "text", "texts"]

Entry = dict[str, Any]


# libyaml reads the words of a language in a tenth of the time, where PyYAML was built with it
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _read(name: str) -> dict[str, Any]:
    source = files(__package__).joinpath(name).read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(source, Loader=_Loader)  # noqa: S506 - a safe loader
    return data


@cache
def _sections(language: str) -> dict[str, Any]:
    folder = files(__package__).joinpath("languages", language)
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".yaml"))
    parts = [_read(f"languages/{language}/{name}") for name in names]
    return {section: words for part in parts for section, words in part.items()}


def lanes() -> dict[str, Entry]:
    """Return every canonical lane by id, each with its ``kind``.

    Examples
    --------
    >>> lanes()["emotion"]["kind"]
    'score'
    """
    return _read("lanes.yaml")


def map_types() -> dict[str, Entry]:
    """Return the eight map types by id: ``method`` (a MAP id) and ``lanes``, top to bottom.

    Examples
    --------
    >>> map_types()["service-blueprint"]["method"]
    'MAP-04'
    """
    return _read("map_types.yaml")


def stage_models() -> dict[str, Entry]:
    """Return the stage models by id: ``method`` (an STG id), ``stages`` in order, ``groups``.

    Examples
    --------
    >>> stage_models()["saas-8"]["stages"][:3]
    ['awareness', 'consideration', 'decision']
    """
    return _read("stage_models.yaml")


def metrics() -> dict[str, Entry]:
    """Return the metrics by id, in the method's order: unit, direction, lane, inputs and rules.

    Examples
    --------
    >>> metrics()["MET-06"]["unit"]
    'days'
    """
    return _read("metrics.yaml")


def languages() -> list[str]:
    """Return the language codes that have a folder of words, English first.

    Examples
    --------
    >>> languages()[0]
    'en'
    """
    folder = files(__package__).joinpath("languages")
    codes = (item.name for item in folder.iterdir() if item.is_dir())
    return sorted(codes, key=lambda code: (code != "en", code))


def texts(language: str) -> dict[str, Any]:
    """Return all texts of one language.

    Raises
    ------
    UnknownNameError
        If there are no words in the language.
    """
    if language not in languages():
        raise UnknownNameError(kind="language", name=language, known=languages())
    return _sections(language)


def text(language: str, *keys: str, **fields: Any) -> str:
    """Return one text by its path of keys, with ``{fields}`` filled in.

    Examples
    --------
    >>> text("en", "lanes", "pain-points", "name")
    'Pain points'
    """
    node: Any = texts(language)
    for key in keys:
        if not isinstance(node, dict) or key not in node:
            raise UnknownNameError(
                kind="text", name="/".join(keys), known=node if isinstance(node, dict) else ()
            )
        node = node[key]
    return str(node).format(**fields) if fields else str(node)


def entry(kind: str, table: dict[str, Entry], name: str) -> Entry:
    """Return a catalogue entry by id, or say which ids there are."""
    if name not in table:
        raise UnknownNameError(kind=kind, name=name, known=table)
    return table[name]
