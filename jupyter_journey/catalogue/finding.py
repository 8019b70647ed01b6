"""The catalogue as frames: one per kind of entry, and a search over all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_journey import paths
from jupyter_journey.catalogue.reading import KINDS, Entry, table, words
from jupyter_journey.errors import UnknownNameError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["example", "frame", "kinds", "search"]

_UNVERIFIED = "claims"
# A term stands where a word begins, so that CAC isn't found in advocacy; in scripts that part no
# words, anywhere.
_START = "(?<![0-9a-zà-ÿ])"
_SAYING = ("text", "purpose", "prompt", "formula", "message")


def kinds() -> tuple[str, ...]:
    """Return the kinds of entries the catalogue holds, in the order of the method.

    Examples
    --------
    >>> kinds()[:4]
    ('processes', 'map_types', 'lanes', 'stage_models')
    """
    return KINDS


def frame(kind: str, language: str = "en") -> pd.DataFrame:
    """Return all entries of a kind, one's own last.

    Parameters
    ----------
    kind
        One of :func:`kinds`. ``claims`` are statistics that nobody has verified: they are shown
        only here, with whom they are ascribed to.
    language
        Language of the words; English where it has none.

    Returns
    -------
    pandas.DataFrame
        ``kind``-dependent columns between ``id``, ``method`` (the method's id), ``name`` and, at
        the end, ``source`` (the guide's title and section; empty where the entry is our own or the
        user's). Lists are tuples; what an entry doesn't say is missing.

    Raises
    ------
    UnknownNameError
        If there is no such kind.

    Examples
    --------
    >>> frame("touchpoints").loc[9, ["id", "name"]].tolist()
    ['TP-10', 'Cancellation and win-back']
    """
    if kind not in KINDS:
        raise UnknownNameError(kind="kind of entry", name=kind, known=KINDS)
    return _framed(_rows(kind, language))


def search(query: str, language: str = "en") -> pd.DataFrame:
    """Find the entries that hold all words of a query; unverified claims are left out.

    Parameters
    ----------
    query
        Words, beginnings of words or an id. Words that the guides use for one another find each
        other, such as acquisition, purchase and decision.
    language
        Language of the words.

    Returns
    -------
    pandas.DataFrame
        ``kind``, ``id``, ``method``, ``name``, ``text``, ``source``; those that have the query in
        their id or name first.

    Examples
    --------
    >>> search("win-back")["id"].tolist()
    ['TP-10', 'repeat-purchase']
    """
    wanted = _wanted(query, language)
    found = [
        row | {"kind": kind}
        for kind in KINDS
        if kind != _UNVERIFIED
        for row in _rows(kind, language)
        if _holds(row.values(), wanted)
    ]
    asked = [{_plain(query)}]
    found.sort(key=lambda row: not _holds((row["id"], row["method"], row["name"]), asked))
    shown = ("kind", "id", "method", "name", "text", "source")
    rows: list[Entry] = [{**row, "text": _telling(row)} for row in found]
    return _framed(rows, shown)


def _telling(row: Entry) -> str | None:
    """Return what an entry says beyond its name."""
    return next((row[name] for name in _SAYING if row.get(name)), None)


def example(name: str) -> Path:
    """Return the file of an example that loads as a journey.

    Parameters
    ----------
    name
        ``slack``, ``hubspot`` or ``project-management``; or the id of such an example.

    Raises
    ------
    UnknownNameError
        If there is no such example.

    Examples
    --------
    >>> example("slack").name
    'slack.journey.json'
    """
    held = {it["journey"]: key for key, it in table("examples").items() if "journey" in it}
    known = {key: journey for journey, key in held.items()} | {journey: journey for journey in held}
    if name not in known:
        raise UnknownNameError(kind="example", name=name, known=held)
    return paths.sample_data() / "examples" / f"{known[name]}.journey.json"


def _framed(rows: list[Entry], columns: Iterable[str] = ()) -> pd.DataFrame:
    import pandas as pd

    names = list(columns) or sorted(dict.fromkeys(chain(*rows)), key="source".__eq__)
    return pd.DataFrame([{name: row.get(name) for name in names} for row in rows], columns=names)


def _rows(kind: str, language: str) -> list[Entry]:
    said, sources = words(language).get(kind, {}), _sources()
    rows = []
    for key, entry in table(kind).items():
        told = said.get(key, {})
        text = told if isinstance(told, dict) else {"name": told}
        method = entry.get("method", key)
        about = {"id": key, "method": method, "name": text.get("name") or entry.get("product")}
        rest = {name: _frozen(item) for name, item in (entry | text).items() if name not in about}
        rows.append(about | rest | {"source": sources.get(method, "")})
    return rows


def _sources() -> dict[str, str]:
    """Return the title and section by id of the method."""
    return {
        key: f"{guide['title']}: {section}"
        for guide in table("sources").values()
        for section, keys in guide["sections"].items()
        for key in keys
    }


def _wanted(query: str, language: str) -> list[set[str]]:
    """Return for each word of a query what stands for it; the whole query may be one term."""
    groups = [set(map(_plain, group)) for group in words(language).get("aliases", [])]
    asked = _plain(query)
    terms = [asked] if any(asked in group for group in groups) else asked.split()
    return [{term}.union(*(group for group in groups if term in group)) for term in terms]


def _holds(values: Iterable[Any], wanted: list[set[str]]) -> bool:
    text = " ".join(chain.from_iterable(map(_leaves, values)))
    return all(any(re.search(_START + re.escape(term), text) for term in terms) for terms in wanted)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = value.values()
    if isinstance(value, str):
        yield _plain(value)
    elif isinstance(value, Iterable):
        yield from chain.from_iterable(map(_leaves, value))


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
