"""The engine's one store: rows coded as small integers and sorted once, so questions are passes.

Rows are ordered by customer, time, sequence (where there is one) and label of the event. The last
rule decides ties the same way whatever the order of the input's rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["Bools", "Ints", "Store", "build", "in_order"]

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[Any]
Bools = npt.NDArray[np.bool_]
_UNITS = (86_400_000_000, 1_000_000, 1_000)
_SIZES = (np.uint8, np.uint16, np.int32)


@dataclass(frozen=True, eq=False)
class Store:
    """Events of all customers, each customer's in order."""

    customer: npt.NDArray[np.int32]
    event: Codes
    """Of the smallest type that holds the codes: most passes are bound by memory."""
    time: Ints
    """Microseconds since 1970 in UTC."""
    customers: npt.NDArray[np.object_]
    """Names by code, in label order; only those with an event here."""
    events: tuple[str, ...]
    """Names by code, in label order; also those a filter left no row of."""
    group: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    """By customer: the code of their group; empty where none was asked for."""
    groups: tuple[str | None, ...] | None = None
    """Names of groups by code, in label order; None, the last, for customers without a value."""

    def __len__(self) -> int:
        return len(self.customer)

    @cached_property
    def follows(self) -> Bools:
        """For each row but the first: whether the row before is the same customer's."""
        return np.asarray(self.customer[1:] == self.customer[:-1])

    @cached_property
    def starts(self) -> Ints:
        """Position of each customer's first row."""
        if not len(self):
            return np.empty(0, np.int64)
        return np.concatenate([[0], np.flatnonzero(~self.follows) + 1]).astype(np.int64)

    @property
    def ends(self) -> Ints:
        """Position after each customer's last row."""
        return np.append(self.starts[1:], len(self))[: len(self.starts)]

    @cached_property
    def pairs(self) -> Codes:
        """For each row that follows one of the same customer: source and target, as one code."""
        kinds = len(self.events)
        size = np.uint16 if kinds**2 <= np.iinfo(np.uint16).max + 1 else np.int64
        pair = np.multiply(self.event[:-1], size(kinds), dtype=size) + self.event[1:]
        return np.asarray(pair[self.follows])

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
        for column, kind in ((self.customer, "<i4"), (self.event, "<i4"), (self.time, "<i8")):
            total.update(np.ascontiguousarray(column, dtype=kind).data)
        return f"sha256:{total.hexdigest()}"


def build(table: pa.Table, by: str | None = None) -> Store:
    """Code and sort the columns ``customer``, ``event``, ``time`` and, if there, ``sequence``.

    With ``by``, each customer belongs to the group this column names at their first event.
    """
    customer, customers = _coded(table["customer"])
    present = np.bincount(customer, minlength=len(customers)) > 0
    if not present.all():
        customer = (np.cumsum(present, dtype=np.int32) - np.int32(1))[customer]
    event, events = _coded(table["event"])
    spans = _numbers(table["time"].cast(pa.int64()))
    start = int(spans.min()) if len(spans) else 0
    spans = np.subtract(spans, start)  # in memory of its own: Arrow's is read-only
    unit = _unit(spans)
    spans //= unit
    parts: list[Codes] = [customer, spans]
    if "sequence" in table.column_names:
        sequence = _numbers(table["sequence"])
        parts.append(sequence - (sequence.min() if len(sequence) else 0))
    parts.append(event)
    groups: tuple[str | None, ...] | None = None
    if by is not None:
        # The last to weigh: among rows alike in all else, row order must not decide either.
        value, groups = _grouped(table[by])
        parts.append(value)
    columns = in_order(parts)
    del parts, spans, customer, event
    moments = columns[1]
    moments *= unit
    moments += start
    ordered = Store(
        customer=columns[0].astype(np.int32),
        event=columns[-1 if by is None else -2].astype(_size(len(events))),
        time=moments,
        customers=customers[present],
        events=tuple(events),
        groups=groups,
    )
    return ordered if by is None else replace(ordered, group=columns[-1][ordered.starts])


def in_order(parts: Sequence[Codes]) -> list[Codes]:
    """Sort rows by all parts, the first weighing most; none is negative.

    One sort of one integer per row is about ten times as fast as sorting by several columns, so
    the parts are packed into 64 bits where they fit.
    """
    sizes = [int(part.max(initial=0)) + 1 for part in parts]
    if prod(sizes) > 1 << 64:
        order = np.lexsort(parts[::-1])
        return [part[order].astype(np.int64) for part in parts]
    key = np.zeros(len(parts[0]), np.uint64)
    for part, size in zip(parts, sizes, strict=True):
        key *= np.uint64(size)
        np.add(key, part, out=key, casting="unsafe", dtype=np.uint64)
    key.sort()
    unpacked = []
    for size in reversed(sizes[1:]):
        rest = key // np.uint64(size)
        unpacked.append((key - rest * np.uint64(size)).view(np.int64))
        key = rest
    return [key.view(np.int64), *reversed(unpacked)]


def _coded(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.object_]]:
    """Return codes in label order, and the labels; a filtered column keeps all its labels."""
    array = column.unify_dictionaries().combine_chunks()
    order = pc.sort_indices(array.dictionary)
    ranks = np.empty(len(order), np.int32)
    ranks[order.to_numpy()] = np.arange(len(order), dtype=np.int32)
    codes = array.indices.to_numpy(zero_copy_only=False)
    return ranks[codes], array.dictionary.take(order).to_numpy(zero_copy_only=False)


def _grouped(column: pa.ChunkedArray) -> tuple[Codes, tuple[str | None, ...]]:
    """Return codes and labels of the groups a column makes; an empty text is no value."""
    texts = column.cast(pa.string())
    texts = pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
    coded = pc.dictionary_encode(texts, null_encoding="encode").combine_chunks()
    labels = coded.dictionary.to_pylist()
    order = sorted(range(len(labels)), key=lambda code: (labels[code] is None, labels[code] or ""))
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    codes = coded.indices.to_numpy(zero_copy_only=False)
    return ranks[codes], tuple(labels[code] for code in order)


def _numbers(column: pa.ChunkedArray) -> Ints:
    return np.asarray(column.to_numpy(), dtype=np.int64)


def _size(kinds: int) -> type[np.integer[Any]]:
    return next((size for size in _SIZES if kinds <= np.iinfo(size).max), np.int32)


def _unit(spans: Ints) -> int:
    """Return the coarsest unit all times are whole in: fewer bits let more logs sort fast."""
    units = [unit for unit in _UNITS if not np.any(spans[:1000] % unit)]
    return next((unit for unit in units if not np.any(spans % unit)), 1)
