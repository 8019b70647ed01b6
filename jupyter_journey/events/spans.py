"""Spans of time of several kinds, kept sorted, so that their quantiles are exact."""

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
    """Microseconds by kind, ascending."""

    kind: Ints
    """The kinds there are, ascending."""
    start: Ints
    """Position of each kind's first span."""
    length: Ints

    @classmethod
    def of(cls, kind: npt.NDArray[np.integer], length: Ints) -> Self:
        """Sort spans by kind and length."""
        # By kind first, which radix does in linear time: many short sorts beat a long one.
        order = np.argsort(kind, kind="stable")
        kind, length = kind[order], length[order]
        start = np.flatnonzero(np.append(True, kind[1:] != kind[:-1])[: len(kind)])
        for begin, end in pairwise([*start.tolist(), len(length)]):
            length[begin:end].sort()
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
            length[begin:end].sort()
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
        frame = pd.DataFrame(
            {
                "n": n,
                "median": self._quantile(0.5),
                "p90": self._quantile(0.9),
                "low": self._at(self.start + np.maximum(ranks, 1) - 1),
                "high": self._at(self.start + n - np.maximum(ranks, 1)),
            },
            index=pd.Index(self.kind, name="kind"),
        )
        frame.loc[ranks == 0, ["low", "high"]] = np.nan
        if kinds is None:
            return frame
        return frame.reindex(pd.Index(kinds, name="kind")).fillna({"n": 0}).astype({"n": "int64"})

    def _quantile(self, share: float) -> npt.NDArray[np.float64]:
        """Interpolate between the two nearest spans, as NumPy and pandas do."""
        place = share * (self.n - 1)
        below = np.floor(place).astype(np.int64)
        above = np.minimum(below + 1, self.n - 1)
        low, high = self._at(self.start + below), self._at(self.start + above)
        return np.asarray(low + (high - low) * (place - below))

    def _at(self, position: Ints) -> npt.NDArray[np.float64]:
        return np.asarray(self.length[position] / 1e6, np.float64)
