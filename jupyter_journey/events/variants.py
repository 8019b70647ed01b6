"""The distinct paths customers take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest

import numpy as np
import pandas as pd

from jupyter_journey.events.question import Question, with_rate
from jupyter_journey.events.store import Store

__all__ = ["ARROW", "Variants"]

ARROW = " → "


@dataclass(frozen=True)
class Variants(Question[Counter[bytes]]):
    """The most frequent whole paths."""

    top: int
    level: float

    def part(self, store: Store) -> Counter[bytes]:
        """Count paths, each the bytes of its codes."""
        kind = _kind(len(store.events))
        path = store.event.astype(kind).tobytes()
        starts, ends = (store.starts * kind.itemsize, store.ends * kind.itemsize)
        return Counter(map(path.__getitem__, map(slice, starts.tolist(), ends.tolist())))

    def whole(self, parts: Sequence[Counter[bytes]], events: Sequence[str]) -> pd.DataFrame:
        """Add the counts and name the first."""
        counts = parts[0]
        for part in parts[1:]:
            counts.update(part)
        least = min(nlargest(self.top, counts.values()), default=0)
        often = [item for item in counts.items() if item[1] >= least]
        # Codes are in label order and big-endian, so that the order of bytes is that of labels.
        first = sorted(often, key=lambda item: (-item[1], item[0]))[: self.top]
        paths = [np.frombuffer(path, _kind(len(events))) for path, _ in first]
        frame = pd.DataFrame(
            {
                "variant": pd.Series(
                    [ARROW.join(events[code] for code in path) for path in paths], dtype="string"
                ),
                "events": np.array([len(path) for path in paths], np.int64),
                "customers": np.array([count for _, count in first], np.int64),
                "n": np.full(len(first), counts.total(), np.int64),
            }
        )
        return with_rate(frame, "customers", "n", self.level, "share")


def _kind(events: int) -> np.dtype[np.integer]:
    return np.dtype("u1" if events <= 256 else ">u2" if events <= 65536 else ">u4")
