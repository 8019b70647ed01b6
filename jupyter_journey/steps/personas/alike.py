"""Which personas say the same, and in what: a share of words and items in common."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pandas as pd

from jupyter_journey.charts.voice import voice
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Persona
from jupyter_journey.steps.personas.people import MUST, SHOULD

__all__ = ["alike", "likeness"]

# A word, or where a script parts no words, a sign.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
_SAME = 0.5


def alike(journey: Journey, language: str) -> pd.DataFrame:
    """Compare all pairs of personas, field by field (CHK-207).

    Two personas are alike in a field to the share of its words that both have, of those either
    has; in all, to the mean over the fields that either fills in. No meaning is read into words:
    what is said in other words counts as different.

    Returns
    -------
    pandas.DataFrame
        ``persona``, ``other``, ``likeness`` (0 to 1), ``same`` (fields with at least half of their
        words in common), ``apart`` (the other fields); the most alike first.
    """
    say = voice(language)
    rows = []
    for one, other in combinations(journey.document.personas, 2):
        shares = likeness(one, other)
        same = [say.column(name) for name, share in shares.items() if share >= _SAME]
        apart = [say.column(name) for name, share in shares.items() if share < _SAME]
        whole = sum(shares.values()) / len(shares) if shares else 1.0
        rows.append((one.name, other.name, whole, tuple(same), tuple(apart)))
    frame = pd.DataFrame(rows, columns=["persona", "other", "likeness", "same", "apart"])
    return frame.sort_values("likeness", ascending=False, kind="stable", ignore_index=True)


def likeness(one: Persona, other: Persona) -> dict[str, float]:
    """Return by field the share of words in common; fields that both leave open are left out.

    Examples
    --------
    >>> first = Persona(id="a", name="A", role="Team lead", industry="Retail")
    >>> second = Persona(id="b", name="B", role="Lead of a team")
    >>> likeness(first, second)
    {'role': 0.5, 'industry': 0.0}
    """
    shares = {}
    for name in MUST + SHOULD:
        mine, theirs = _words(getattr(one, name)), _words(getattr(other, name))
        if mine | theirs:
            shares[name] = len(mine & theirs) / len(mine | theirs)
    return shares


def _words(value: Any) -> frozenset[str]:
    text = value if isinstance(value, str) else " ".join(value)
    return frozenset(_WORD.findall(text.casefold()))
