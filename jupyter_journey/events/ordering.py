"""Putting rows in order in linear time, as far as the order they come in allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import prod
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array

__all__ = ["Codes", "Grouped", "Ints", "Part", "blocks", "grouped", "in_order"]

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[Any]
_BLOCK = 1 << 15
_LARGE = 1 << 24
"""Rows from which on memory counts more than a tenth of the time."""
_ROUND = 1 << 21
"""Rows put in order at a time then, about: beside the answer that takes some 50 bytes for each."""
_EVERY = 997
"""One row in so many is enough to tell where customers lie."""


class Grouped(NamedTuple):
    """Marks and values of rows, those of a code together."""

    bounds: Codes
    """By code: the position of its first row; last, their number."""
    mark: Codes
    """In each group in the order of the rows."""
    value: Ints


def grouped(codes: Codes, kinds: int, values: Ints, marks: Codes | None = None) -> Grouped:
    """Bring rows of a code together, keeping their order: a sort by counting.

    Each row is marked by its number, or by another one. NumPy sorts by counting
    up to 16 bits only. What SciPy does to turn the coordinates of a sparse matrix, here code and
    mark, into rows of the matrix is the very same.
    """
    if marks is None:
        marks = np.arange(len(codes), dtype=np.int32 if len(codes) < 1 << 31 else np.int64)
    matrix = coo_array((values, (codes, marks)), shape=(kinds, int(marks.max(initial=0)) + 1))
    matrix.has_canonical_format = True  # else values of the same mark would be added up
    made = matrix.tocsr()
    return Grouped(made.indptr, made.indices, made.data)


class Part(NamedTuple):
    """What rows of a customer are ordered by."""

    values: Codes
    least: int
    unit: int = 1
    """All values are the least one and a multiple of this."""
    dtype: npt.DTypeLike | None = None
    """As what they are wanted back in order; None: not at all."""

    @property
    def size(self) -> int:
        """How many different values there can be."""
        return (int(self.values.max(initial=self.least)) - self.least) // self.unit + 1


def in_order(customer: Codes, customers: int, parts: Sequence[Part]) -> tuple[Codes, list[Codes]]:
    """Return the values wanted, each customer's rows together and in the order of the parts.

    Before them, by customer, the number of rows; some may have none.
    The first part weighs most and comes back as 64 bits. Logs mostly come in the order of time:
    then no row needs comparing with more than the next; only customers out of order are sorted.
    Of large logs memory is what is scarce: so some customers at a time are put in order.
    """
    sizes = [part.size for part in parts]
    if len(customer) <= _LARGE:
        return _sorted(customer, customers, parts, sizes)
    columns = [np.empty(len(customer), part.dtype) for part in parts if part.dtype is not None]
    edges = _edges(customer, customers)
    rounds = np.arange(len(edges) - 1, dtype=np.min_scalar_type(len(edges)))
    number = np.repeat(rounds, np.diff(edges))[customer]
    counts, end = [], 0
    for place, (first, last) in enumerate(pairwise(edges)):
        rows = np.flatnonzero(number == place)
        own = [part._replace(values=part.values[rows]) for part in parts]
        count, found = _sorted(customer[rows] - np.int32(first), last - first, own, sizes)
        begin, end = end, end + len(rows)
        for column, values in zip(columns, found, strict=True):
            column[begin:end] = values
        counts.append(count)
    return np.concatenate(counts), columns


def _edges(customer: Codes, customers: int) -> list[int]:
    """Return the first customer of each round, of about as many rows each, and the end."""
    count = -(-len(customer) // _ROUND)
    some = np.sort(customer[::_EVERY])
    firsts = some[np.arange(1, count) * len(some) // count].tolist()
    return sorted({0, *firsts, customers})


def _sorted(
    customer: Codes, customers: int, parts: Sequence[Part], sizes: Sequence[int]
) -> tuple[Codes, list[Codes]]:
    """Return what :func:`in_order` does; ``sizes`` are those of all rows' parts."""
    if prod(sizes) > np.iinfo(np.int64).max:
        order = np.lexsort([*(part.values for part in parts[::-1]), customer])
        wanted = (part for part in parts if part.dtype is not None)
        columns = [part.values[order].astype(part.dtype) for part in wanted]
        return np.bincount(customer, minlength=customers), columns
    bounds, _, moment = grouped(customer, customers, _packed(parts, sizes), customer)
    late = moment[1:] < moment[:-1]
    late[bounds[(bounds > 0) & (bounds < len(moment))] - 1] = False
    if late.any():
        _mend(moment, bounds, np.flatnonzero(late))
    return np.diff(bounds), _unpacked(moment, parts, sizes)


def _packed(parts: Sequence[Part], sizes: Sequence[int]) -> Ints:
    """Return one integer a row, that orders rows as the parts do."""
    moment = np.empty(len(parts[0].values), np.int64)
    for block in blocks(len(moment)):
        packed = moment[block]
        packed[:] = 0
        for part, size in zip(parts, sizes, strict=True):
            packed *= size
            packed += (part.values[block] - part.least) // part.unit
    return moment


def _unpacked(moment: Ints, parts: Sequence[Part], sizes: Sequence[int]) -> list[Codes]:
    """Return the values wanted; the first ones stand where the integers stood."""
    first, *others = parts
    columns = [None if part.dtype is None else np.empty(len(moment), part.dtype) for part in others]
    for block in blocks(len(moment)):
        packed = moment[block]
        for column, part, size in zip(columns[::-1], others[::-1], sizes[:0:-1], strict=True):
            rest = packed // size
            if column is not None:
                column[block] = (packed - rest * size) * part.unit + part.least
            packed = rest
        moment[block] = packed * first.unit + first.least
    return [moment, *(column for column in columns if column is not None)]


def _mend(moment: Ints, bounds: Codes, late: Ints) -> None:
    """Sort the rows of each customer that has one before its turn, in place."""
    disordered = np.unique(np.searchsorted(bounds, late, side="right") - 1)
    lengths = np.diff(bounds)[disordered].astype(np.int64)
    place = np.repeat(np.arange(len(disordered)), lengths)
    starts = np.cumsum(lengths) - lengths
    rows = np.arange(len(place)) + (bounds[disordered] - starts)[place]
    values = moment[rows]
    span = int(values.max()) + 1
    if len(disordered) * span > 1 << 64:
        moment[rows] = values[np.lexsort([values, place])]
        return
    # One integer a row is sorted ten times as fast as two columns.
    key = place.view(np.uint64) * np.uint64(span)
    key += values.view(np.uint64)
    key.sort()
    key -= place.view(np.uint64) * np.uint64(span)
    moment[rows] = key.view(np.int64)


def blocks(length: int) -> Iterator[slice]:
    """Cut rows into pieces that stay in the processor's cache from one pass to the next."""
    for begin in range(0, length, _BLOCK):
        yield slice(begin, begin + _BLOCK)
