"""The distinct paths customers take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.events.question import Question, with_rate
from jupyter_journey.events.store import Ints, Store

__all__ = ["ARROW", "Variants"]

ARROW = " → "


Tally = tuple[pa.LargeBinaryArray, Ints]
"""Paths, each the bytes of its codes, and of how many customers each is."""


@dataclass(frozen=True)
class Variants(Question[Tally]):
    """The most frequent whole paths."""

    top: int
    level: float

    def part(self, store: Store) -> Tally:
        """Count paths: pieces of one text of all events."""
        kind = _kind(len(store.events))
        path = pa.py_buffer(store.event.astype(kind))
        bounds = pa.py_buffer(store.first * kind.itemsize)
        whose = len(store.customers)
        counted = pc.value_counts(
            pa.LargeBinaryArray.from_buffers(pa.large_binary(), whose, [None, bounds, path])
        )
        return counted.field("values"), counted.field("counts").to_numpy()

    def whole(self, parts: Sequence[Tally], events: Sequence[str]) -> pd.DataFrame:
        """Add the counts and name the first."""
        paths, counts = parts[0] if len(parts) == 1 else _frequent(parts, self.top)
        least = np.sort(counts)[-self.top :][:1]
        often = np.flatnonzero(counts >= least) if len(least) else np.empty(0, np.int64)
        found = zip(paths.take(pa.array(often)).to_pylist(), counts[often].tolist(), strict=True)
        # Codes are in label order and big-endian, so that the order of bytes is that of labels.
        first = sorted(found, key=lambda item: (-item[1], item[0]))[: self.top]
        named = [np.frombuffer(path, _kind(len(events))) for path, _ in first]
        frame = pd.DataFrame(
            {
                "variant": pd.Series(
                    [ARROW.join(events[code] for code in path) for path in named], dtype="string"
                ),
                "events": np.array([len(path) for path in named], np.int64),
                "customers": np.array([count for _, count in first], np.int64),
                "n": np.full(len(first), sum(int(part[1].sum()) for part in parts), np.int64),
            }
        )
        return with_rate(frame, "customers", "n", self.level, "share")


def _frequent(parts: Sequence[Tally], top: int) -> Tally:
    """Add the counts; of paths that can't be among the most frequent, none."""
    every = pa.concat_arrays([paths for paths, _ in parts])
    each = np.concatenate([counts for _, counts in parts])
    # Most paths are one customer's: then so in every part, they have one customer in each at most.
    shared = every.filter(pa.array(each > 1)).unique()
    found = _added(every, each, shared)
    if np.count_nonzero(found[1] > len(parts)) >= top:
        return found
    return _added(every, each, every.unique())


def _added(every: pa.Array, each: Ints, wanted: pa.Array) -> Tally:
    codes = pc.index_in(every, wanted).fill_null(len(wanted)).to_numpy(zero_copy_only=False)
    counts = np.bincount(codes, each, len(wanted) + 1).astype(np.int64)
    return wanted, counts[:-1]


def _kind(events: int) -> np.dtype[np.integer]:
    return np.dtype("u1" if events <= 256 else ">u2" if events <= 65536 else ">u4")
