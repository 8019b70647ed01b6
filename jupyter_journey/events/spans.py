"""Spans of time of several kinds, all kept, so that their quantiles are exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from jupyter_journey.events.intervals import median_ranks
from jupyter_journey.events.store import Ints

__all__ = ["Spans", "summary"]


@dataclass(frozen=True, eq=False)
class Spans:
    """Microseconds, those of a kind together."""

    kind: Ints
    """The kinds there are, ascending."""
    start: Ints
    """Position of each kind's first span."""
    length: Ints

    @classmethod
    def of(cls, kind: npt.NDArray[np.integer], length: Ints) -> Self:
        """Sort spans by kind."""
        order = np.argsort(kind, kind="stable")
        kind, length = kind[order], length[order]
        start = np.flatnonzero(np.append(True, kind[1:] != kind[:-1])[: len(kind)])
        return cls(kind[start].astype(np.int64), start, length)


def summary(
    parts: Sequence[Spans], level: float, kinds: Sequence[int] | None = None
) -> pd.DataFrame:
    """Return n, median, p90 and the median's interval low to high, in seconds, by kind.

    With ``kinds``: of just these; n is 0 and the rest is missing for one without a span.
    """
    pieces: dict[int, list[Ints]] = {}
    for part in parts:
        cut = np.split(part.length, part.start[1:])
        for kind, piece in zip(part.kind.tolist(), cut, strict=False):
            pieces.setdefault(kind, []).append(piece)
    found = sorted(pieces)
    n = np.array([sum(map(len, pieces[kind])) for kind in found], np.int64)
    ranks = median_ranks(n, level)
    last, least = n - 1, np.maximum(ranks, 1) - 1
    middle, high = (n - 1) * 0.5, (n - 1) * 0.9
    places = [least, last - least]
    for place in (middle, high):
        below = np.floor(place).astype(np.int64)
        places += [below, np.minimum(below + 1, last)]
    wanted = np.stack(places, axis=1)
    rows = [_smallest(pieces[kind], row) for kind, row in zip(found, wanted, strict=True)]
    values = np.array(rows, np.float64).reshape(wanted.shape) / 1e6
    frame = pd.DataFrame(
        {
            "n": n,
            "median": _between(values[:, 2:4], middle),
            "p90": _between(values[:, 4:6], high),
            "low": values[:, 0],
            "high": values[:, 1],
        },
        index=pd.Index(found, name="kind", dtype="int64"),
    )
    frame.loc[ranks == 0, ["low", "high"]] = np.nan
    if kinds is None:
        return frame
    return frame.reindex(pd.Index(kinds, name="kind")).fillna({"n": 0}).astype({"n": "int64"})


def _smallest(pieces: Sequence[Ints], places: Ints) -> Ints:
    """Return the spans at these places of an ascending order."""
    whole = np.concatenate(pieces)
    # Putting just these places right takes half the time of sorting.
    whole.partition(places)
    return whole[places]


def _between(
    values: npt.NDArray[np.float64], place: npt.NDArray[np.floating]
) -> npt.NDArray[np.float64]:
    """Interpolate between the two values next to a place, as NumPy and pandas do."""
    low, high = values.T
    return np.asarray(low + (high - low) * (place - np.floor(place)))
