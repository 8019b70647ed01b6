"""Spans of time of several kinds, all kept, so that their quantiles are exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from jupyter_journey.events.intervals import median_ranks
from jupyter_journey.events.store import Ints

__all__ = ["Spans"]


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

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Put the spans of several parts together."""
        if len(parts) == 1:
            return parts[0]
        pieces: dict[int, list[Ints]] = {}
        for part in parts:
            cut = np.split(part.length, part.start[1:])
            for kind, piece in zip(part.kind.tolist(), cut, strict=False):
                pieces.setdefault(kind, []).append(piece)
        kinds = sorted(pieces)
        sizes = [sum(map(len, pieces[kind])) for kind in kinds]
        start = np.cumsum([0, *sizes])
        length = np.empty(start[-1], np.int64)
        for kind, begin, end in zip(kinds, start, start[1:], strict=False):
            np.concatenate(pieces[kind], out=length[begin:end])
        return cls(np.array(kinds, np.int64), start[:-1], length)

    @property
    def n(self) -> Ints:
        """Number of spans of each kind."""
        return np.diff(np.append(self.start, len(self.length)))

    def summary(self, level: float, kinds: Sequence[int] | None = None) -> pd.DataFrame:
        """Return n, median, p90 and the median's interval low to high, in seconds, by kind.

        With ``kinds``: of just these; n is 0 and the rest is missing for one without a span.
        """
        n = self.n
        ranks = median_ranks(n, level)
        last, least = n - 1, np.maximum(ranks, 1) - 1
        middle, high = (n - 1) * 0.5, (n - 1) * 0.9
        places = [least, last - least]
        for place in (middle, high):
            below = np.floor(place).astype(np.int64)
            places += [below, np.minimum(below + 1, last)]
        values = self._smallest(np.stack(places, axis=1)) / 1e6
        frame = pd.DataFrame(
            {
                "n": n,
                "median": _between(values[:, 2:4], middle),
                "p90": _between(values[:, 4:6], high),
                "low": values[:, 0],
                "high": values[:, 1],
            },
            index=pd.Index(self.kind, name="kind"),
        )
        frame.loc[ranks == 0, ["low", "high"]] = np.nan
        if kinds is None:
            return frame
        return frame.reindex(pd.Index(kinds, name="kind")).fillna({"n": 0}).astype({"n": "int64"})

    def _smallest(self, places: Ints) -> Ints:
        """Return, by kind, the spans at these places of an ascending order."""
        # Putting just these places right takes half the time of sorting.
        found = np.empty(places.shape, np.int64)
        bounds = pairwise([*self.start.tolist(), len(self.length)])
        for row, wanted, (begin, end) in zip(found, places, bounds, strict=True):
            row[:] = np.partition(self.length[begin:end], wanted)[wanted]
        return found


def _between(
    values: npt.NDArray[np.float64], place: npt.NDArray[np.floating]
) -> npt.NDArray[np.float64]:
    """Interpolate between the two values next to a place, as NumPy and pandas do."""
    low, high = values.T
    return np.asarray(low + (high - low) * (place - np.floor(place)))
