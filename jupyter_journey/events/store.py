"""The engine's one store: rows coded as small integers and sorted once, so questions are passes.

Rows are ordered by customer, time, sequence (where there is one) and label of the event. The last
rule decides ties the same way whatever the order of the input's rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.events.ordering import Codes, Ints, Part, blocks, grouped, in_order

__all__ = ["Bools", "Hops", "Ints", "Store", "are_in_order", "build", "code_type", "ranks"]

Bools = npt.NDArray[np.bool_]
_UNITS = (86_400_000_000, 1_000_000, 1_000)
_MANY = 1 << 16
_LARGE = 1 << 24
"""Rows up to which what a question found out is kept for the next one."""
_PIECE = 1 << 20
"""Rows of a piece, about: fresh memory is dear, and a question needs some 30 bytes a row."""


class Hops(NamedTuple):
    """Rows that the same customer's next row follows, in groups by the pair of events."""

    pair: Ints
    """Source and target as one code, source first; ascending; those that occur."""
    start: Ints
    """Position of each pair's first row."""
    customer: Codes
    """In each group ascending."""
    time: Ints
    """Microseconds until the next row."""


@dataclass(frozen=True, eq=False)
class Store:
    """Events of all customers, each customer's in order."""

    first: Ints
    """Position of each customer's first row; last, the number of rows."""
    event: Codes
    """Of the smallest type that holds the codes: most passes are bound by memory."""
    time: Ints
    """Microseconds since 1970 in UTC."""
    customers: pa.StringArray
    """Names by code, in label order; only those with an event here."""
    events: tuple[str, ...]
    """Names by code, in label order; also those a filter left no row of."""
    group: Codes = field(default_factory=lambda: np.empty(0, np.int64))
    """By customer: the code of their group; empty where none was asked for."""
    groups: tuple[str | None, ...] | None = None
    """Names of groups by code, in label order; None, the last, for customers without a value."""

    def __len__(self) -> int:
        return len(self.time)

    @cached_property
    def customer(self) -> npt.NDArray[np.int32]:
        """Whose each row is, by code."""
        whose = np.arange(len(self.customers), dtype=np.int32)
        return np.repeat(whose, np.diff(self.first))

    @cached_property
    def follows(self) -> Bools:
        """For each row but the first: whether the row before is the same customer's."""
        follows = np.ones(max(len(self) - 1, 0), bool)
        follows[self.first[1:-1] - 1] = False
        return follows

    @property
    def starts(self) -> Ints:
        """Position of each customer's first row."""
        return self.first[:-1]

    @property
    def ends(self) -> Ints:
        """Position after each customer's last row."""
        return self.first[1:]

    @cached_property
    def hops(self) -> Hops:
        """From which event to which, and how soon."""
        kinds = len(self.events)
        size = np.int32 if kinds**2 < np.iinfo(np.int32).max else np.int64
        pair = np.multiply(self.event[:-1], size(kinds), dtype=size)
        pair += self.event[1:]
        pair[~self.follows] = kinds**2  # behind all others
        if kinds**2 < max(len(pair), _MANY):
            codes = np.arange(kinds**2 + 1)
        else:
            codes, pair = np.unique(pair, return_inverse=True)
        found = grouped(pair, len(codes), np.diff(self.time), self.customer[1:])
        last = np.count_nonzero(self.follows)
        sizes = np.diff(found.bounds)
        occurs = (sizes > 0) & (codes < kinds**2)
        start = found.bounds[:-1][occurs]
        return Hops(codes[occurs], start, found.mark[:last], found.value[:last])

    @property
    def pieces(self) -> Iterable[Store]:
        """The same in pieces of some customers each: so that no question needs much beside."""
        if len(self) <= _PIECE:
            return (self,)
        return self._kept if len(self) <= _LARGE else self._cut()

    @cached_property
    def _kept(self) -> tuple[Store, ...]:
        return tuple(self._cut())

    def _cut(self) -> Iterator[Store]:
        cuts = np.searchsorted(self.first, [*range(0, len(self), _PIECE), len(self)])
        for begin, end in pairwise(np.unique(cuts).tolist()):
            first = self.first[begin : end + 1]
            rows = slice(first[0], first[-1])
            yield replace(
                self,
                first=first - first[0],
                event=self.event[rows],
                time=self.time[rows],
                customers=self.customers[begin:end],
                group=self.group[begin:end],
            )

    def rows_of(self, events: Ints) -> Ints:
        """Return the rows that hold one of the events, by code."""
        if len(events) == 1:  # the usual case, at a fifth of the time
            return np.flatnonzero(self.event == int(events[0]))
        wanted = np.zeros(len(self.events), bool)
        wanted[events] = True
        return np.flatnonzero(wanted[self.event])

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


def build(table: pa.Table, by: str | None = None) -> Store:
    """Code and sort the columns ``customer``, ``event``, ``time`` and, if there, ``sequence``.

    With ``by``, each customer belongs to the group this column names at their first event.
    """
    customer, customers = _coded(table["customer"])
    customer = customer.astype(np.int32, copy=False)
    event, events = _coded(table["event"])
    times = _numbers(table["time"])
    start = int(times.min()) if len(times) else 0
    parts = [Part(times, start, _unit(times, start), np.int64)]
    if "sequence" in table.column_names:
        parts.append(_ranked(_numbers(table["sequence"])))
    parts.append(Part(event, 0, dtype=code_type(len(events))))
    groups: tuple[str | None, ...] | None = None
    if by is not None:
        # The last to weigh: among rows alike in all else, row order must not decide either.
        value, groups = _grouped(table[by])
        parts.append(Part(value, 0, dtype=value.dtype))
    sizes, columns = in_order(customer, len(customers), parts)
    if not sizes.all():
        customers, sizes = customers.filter(pa.array(sizes > 0)), sizes[sizes > 0]
    ordered = Store(
        first=np.append(0, np.cumsum(sizes)),
        event=columns[1],
        time=columns[0],
        customers=customers,
        events=tuple(events.to_pylist()),
        groups=groups,
    )
    return ordered if by is None else replace(ordered, group=columns[2][ordered.starts])


def _coded(column: pa.ChunkedArray) -> tuple[Codes, pa.StringArray]:
    """Return codes in label order, and the labels; a filtered column keeps all its labels."""
    if column.num_chunks == 1:
        array = column.chunk(0)
    else:
        array = column.unify_dictionaries().combine_chunks()
    codes = array.indices.to_numpy(zero_copy_only=False)
    labels = array.dictionary
    if are_in_order(labels):
        return codes, labels
    order = pc.sort_indices(labels)
    return ranks(order)[codes], labels.take(order)


def are_in_order(labels: pa.Array) -> bool:
    """Tell whether each label comes after the one before it."""
    return pc.all(pc.less(labels[:-1], labels[1:])).as_py() is not False


def ranks(order: pa.Array) -> npt.NDArray[np.int32]:
    """Return the place of each label in an order of labels."""
    places = np.empty(len(order), np.int32)
    places[order.to_numpy()] = np.arange(len(order), dtype=np.int32)
    return places


def _grouped(column: pa.ChunkedArray) -> tuple[Codes, tuple[str | None, ...]]:
    """Return codes and labels of the groups a column makes; an empty text is no value."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    coded = column.unify_dictionaries().combine_chunks()
    names = [*coded.dictionary.cast(pa.string()).to_pylist(), None]
    codes = coded.indices.cast(pa.int32()).fill_null(len(names) - 1)
    used = {names[code] or None for code in pc.unique(codes).to_pylist()}
    labels = sorted(used, key=lambda label: (label is None, label or ""))
    place = {label: code for code, label in enumerate(labels)}
    places = np.array([place.get(name or None, 0) for name in names], code_type(len(labels)))
    return places[codes.to_numpy()], tuple(labels)


def _numbers(column: pa.ChunkedArray) -> Codes:
    """Return whole numbers or times; without copying them, if they lie in one piece."""
    whole = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    plain = whole.view(pa.int64()) if pa.types.is_timestamp(whole.type) else whole
    numbers: Codes = plain.to_numpy()
    return numbers


def _ranked(numbers: Codes) -> Part:
    """Return numbers to order by; where they lie too far apart, their ranks."""
    least, most = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    if most - least > np.iinfo(np.int64).max:
        return Part(np.unique(numbers, return_inverse=True)[1], 0)
    return Part(numbers, least)


def code_type(names: int) -> type[np.signedinteger[Any]]:
    """Return the smallest type that holds the codes of so many names, and one more."""
    fitting = (size for size in (np.int8, np.int16) if names <= np.iinfo(size).max)
    return next(fitting, np.int32)


def _unit(times: Ints, start: int) -> int:
    """Return the coarsest unit all times are whole in: fewer bits let more logs sort fast."""
    whole = (
        unit
        for unit in _UNITS
        if not any(np.any((times[block] - start) % unit) for block in blocks(len(times)))
    )
    return next(whole, 1)
