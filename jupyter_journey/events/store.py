"""The engine's one store: rows coded as small integers and sorted once, so questions are passes.

Rows are ordered by customer, time, sequence (where there is one) and label of the event. The last
rule decides ties the same way whatever the order of the input's rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["Ints", "Store", "build"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
_UNITS = (86_400_000_000, 1_000_000, 1_000)


@dataclass(frozen=True, eq=False)
class Store:
    """Events of all customers, each customer's in order."""

    customer: npt.NDArray[np.int32]
    event: npt.NDArray[np.int32]
    time: Ints
    """Microseconds since 1970 in UTC."""
    customers: npt.NDArray[np.object_]
    """Names by code, in label order; only those with an event here."""
    events: tuple[str, ...]
    """Names by code, in label order; also those a filter left no row of."""

    def __len__(self) -> int:
        return len(self.customer)

    @property
    def follows(self) -> Bools:
        """For each row but the first: whether the row before is the same customer's."""
        return np.asarray(self.customer[1:] == self.customer[:-1])

    @property
    def starts(self) -> Ints:
        """Position of each customer's first row."""
        if not len(self):
            return np.empty(0, np.int64)
        return np.concatenate([[0], np.flatnonzero(~self.follows) + 1]).astype(np.int64)

    @property
    def ties(self) -> float:
        """Share of events that have another one of the same customer at the same time."""
        if not len(self):
            return 0.0
        same = self.follows & (self.time[1:] == self.time[:-1])
        tied = np.zeros(len(self), bool)
        tied[1:] |= same
        tied[:-1] |= same
        return float(tied.mean())

    def digest(self) -> str:
        """Return a digest of all rows and names, equal for equal content in any row order."""
        total = hashlib.sha256()
        for names in (self.customers, self.events):
            total.update("\0".join(names).encode("utf-8", "surrogatepass") + b"\1")
        for column in (self.customer, self.event, self.time):
            total.update(np.ascontiguousarray(column).astype(column.dtype.newbyteorder("<")).data)
        return f"sha256:{total.hexdigest()}"


def build(table: pa.Table) -> Store:
    """Code and sort the columns ``customer``, ``event``, ``time`` and, if there, ``sequence``."""
    customer, customers = _coded(table["customer"])
    present = np.bincount(customer, minlength=len(customers)) > 0
    customer = (np.cumsum(present) - 1)[customer]
    event, events = _coded(table["event"])
    times = _numbers(table["time"].cast(pa.int64()))
    start = int(times.min()) if len(times) else 0
    unit = _unit(times - start)
    parts = [customer, (times - start) // unit]
    if "sequence" in table.column_names:
        sequence = _numbers(table["sequence"])
        parts.append(sequence - (sequence.min() if len(sequence) else 0))
    first, when, *_, last = _in_order([*parts, event])
    return Store(
        customer=first.astype(np.int32),
        event=last.astype(np.int32),
        time=when.astype(np.int64) * unit + start,
        customers=customers[present],
        events=tuple(events),
    )


def _coded(column: pa.ChunkedArray) -> tuple[Ints, npt.NDArray[np.object_]]:
    """Return codes in label order, and the labels; a filtered column keeps all its labels."""
    array = column.unify_dictionaries().combine_chunks()
    order = pc.sort_indices(array.dictionary)
    ranks = np.empty(len(order), np.int64)
    ranks[order.to_numpy()] = np.arange(len(order))
    codes = array.indices.to_numpy(zero_copy_only=False)
    return ranks[codes], array.dictionary.take(order).to_numpy(zero_copy_only=False)


def _numbers(column: pa.ChunkedArray) -> Ints:
    return np.asarray(column.to_numpy(), dtype=np.int64)


def _unit(spans: Ints) -> int:
    """Return the coarsest unit all times are whole in: fewer bits let more logs sort fast."""
    return next((unit for unit in _UNITS if not np.any(spans % unit)), 1)


def _in_order(parts: Sequence[Ints]) -> list[npt.NDArray[Any]]:
    """Sort rows by all parts, the first weighing most; none is negative.

    One sort of one integer per row is about ten times as fast as sorting by several columns, so
    the parts are packed into 64 bits where they fit.
    """
    bits = [int(part.max(initial=0)).bit_length() for part in parts]
    if sum(bits) > 64:
        order = np.lexsort(parts[::-1])
        return [part[order] for part in parts]
    key = np.zeros(len(parts[0]), np.uint64)
    for part, width in zip(parts, bits, strict=True):
        key = (key << np.uint64(width)) | part.astype(np.uint64)
    key.sort()
    unpacked = []
    for width in reversed(bits):
        unpacked.append(key & np.uint64((1 << width) - 1))
        key >>= np.uint64(width)
    return unpacked[::-1]
