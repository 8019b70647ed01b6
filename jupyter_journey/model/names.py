"""Ids from names, and names back to ids."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Container, Iterable, Mapping

from jupyter_journey.errors import DuplicateNameError, UnknownNameError

__all__ = ["all_known", "id_of", "no_twins", "slug", "unique_id"]


def slug(name: str) -> str:
    """Return a name in lower case with a hyphen for whatever is no letter, mark or number.

    Letters of every script stay, so that a Japanese name keeps its meaning.

    Examples
    --------
    >>> slug("Time to first value (days)")
    'time-to-first-value-days'
    >>> slug("比較 検討")
    '比較-検討'
    """
    text = unicodedata.normalize("NFKC", name).lower()
    kept = "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in text)
    return "-".join(kept.split()) or "unnamed"


def unique_id(name: str, taken: Container[str]) -> str:
    """Return the slug of a name, numbered from 2 where it is taken.

    Examples
    --------
    >>> unique_id("Trial", {"trial", "trial-2"})
    'trial-3'
    """
    stem = slug(name)
    candidate, number = stem, 1
    while candidate in taken:
        number += 1
        candidate = f"{stem}-{number}"
    return candidate


def id_of(kind: str, given: str, names: Mapping[str, str]) -> str:
    """Return the id that ``given``, an id or a name, stands for.

    Parameters
    ----------
    kind
        What is looked for, for the error's words.
    names
        Name by id.

    Raises
    ------
    UnknownNameError
        If it is neither; the nearest one is named.
    DuplicateNameError
        If two bear the name.
    """
    if given in names:
        return given
    found = [key for key, name in names.items() if name == given]
    if not found:
        raise UnknownNameError(kind=kind, name=given, known=[*names.values()])
    if len(found) > 1:
        raise DuplicateNameError(kind=kind, name=given)
    return found[0]


def all_known(kind: str, names: Iterable[str], known: Collection[str]) -> None:
    """Refuse the first name that isn't among those known."""
    for name in names:
        if name not in known:
            raise UnknownNameError(kind=kind, name=name, known=known)


def no_twins(kind: str, names: Iterable[str]) -> None:
    """Refuse names that occur twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise DuplicateNameError(kind=kind, name=name)
        seen.add(name)
