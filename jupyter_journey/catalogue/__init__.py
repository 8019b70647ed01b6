"""The method as data: its entries by kind and their words in each language.

The data live in YAML files a person can edit, beside this module; each is read on first use.
A project adds its own in a folder ``journey-catalogue`` laid out like this one, in the working
directory or above it, or where the environment variable ``JUPYTER_JOURNEY_CATALOGUE`` says; an
installed package, by an entry point of the group ``jupyter_journey.catalogue`` that names a package
laid out so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from jupyter_journey.catalogue.crosswalk import between, convert, meaning, stage_names
from jupyter_journey.catalogue.finding import example, frame, kinds, search
from jupyter_journey.catalogue.reading import Entry, entry, languages, nearest, table, words
from jupyter_journey.errors import UnknownNameError

__all__ = [
    "between",
    "convert",
    "entry",
    "example",
    "frame",
    "kinds",
    "known_language",
    "lanes",
    "languages",
    "listed",
    "map_types",
    "meaning",
    "metrics",
    "nearest",
    "search",
    "sentences",
    "stage_models",
    "stage_names",
    "table",
    "text",
    "texts",
    "way",
    "ways",
]

_ENDS = (".", "?", "!", "。", "？", "！")


def lanes() -> dict[str, Entry]:
    """Return every canonical lane by id, each with its ``kind``.

    Examples
    --------
    >>> lanes()["emotion"]["kind"]
    'score'
    """
    return table("lanes")


def map_types() -> dict[str, Entry]:
    """Return the eight map types by id: ``method`` (a MAP id) and ``lanes``, top to bottom.

    Examples
    --------
    >>> map_types()["service-blueprint"]["method"]
    'MAP-04'
    """
    return table("map_types")


def stage_models() -> dict[str, Entry]:
    """Return the stage models by id: ``method`` (an STG id), ``stages`` in order, ``groups``.

    Examples
    --------
    >>> stage_models()["saas-8"]["stages"][:3]
    ['awareness', 'consideration', 'decision']
    """
    return table("stage_models")


def ways() -> dict[str, Entry]:
    """Return the ways through the steps that can be chosen, by id: ``steps``, by their numbers.

    Examples
    --------
    >>> ways()["PROC-02"]["steps"]
    [1, 2, 3, 4, 6, 7]
    """
    return {key: way for key, way in table("processes").items() if way.get("way")}


def way(key: str) -> Entry:
    """Return a way through the steps by its id.

    Raises
    ------
    UnknownNameError
        If there is no such way; the nearest one is named.

    Examples
    --------
    >>> way("PROC-03")["steps"]
    [7, 5, 4, 4, 6, 7]
    """
    return entry("way through the steps", ways(), key)


def metrics() -> dict[str, Entry]:
    """Return the metrics by id, in the method's order: unit, direction, lane, inputs and rules.

    Examples
    --------
    >>> metrics()["MET-06"]["unit"]
    'days'
    """
    return table("metrics")


def texts(language: str) -> dict[str, Any]:
    """Return all texts of the nearest language by section; where it lacks one, the English one.

    Raises
    ------
    UnknownNameError
        If there are no words in the language.
    """
    return words(known_language(language))


def known_language(language: str) -> str:
    """Return the code of the nearest language that there are words in.

    Raises
    ------
    UnknownNameError
        If there are none in any language near.

    Examples
    --------
    >>> known_language("de-AT"), known_language("DE"), known_language("zh-TW")
    ('de', 'de', 'zh-Hant')
    """
    found = nearest(language)
    if found is None:
        raise UnknownNameError(kind="language", name=language, known=languages())
    return found


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


def listed(language: str, items: Iterable[str], kind: Literal["and", "or"] = "and") -> str:
    """Return several things as a language lists them in a sentence.

    Examples
    --------
    >>> listed("en", ["trial", "demo"], "or"), listed("ja", ["trial", "demo"])
    ('trial or demo', 'trial、demo')
    """
    from babel import Locale
    from babel.lists import format_list

    style: Literal["standard", "or"] = "standard" if kind == "and" else "or"
    return format_list([*items], style, Locale.parse(known_language(language), sep="-"))


def sentences(language: str, parts: Iterable[str]) -> str:
    """Return several sentences one after another; what has no end yet gets that of the language.

    Examples
    --------
    >>> sentences("en", ["Who comes back", "20% of 100."])
    'Who comes back. 20% of 100.'
    """
    words = texts(language)["charts"]["sentences"]
    whole = (part if part.endswith(_ENDS) else part + words["end"] for part in parts)
    return str(words["between"]).join(whole)
