"""Which counts must stay hidden so that none of too few can be worked out from the others.

A ledger holds counts and how they add up. A count above 0 and under the least group is hidden.
Whoever knows all others, and that counts aren't negative, can narrow a hidden one down to a span;
further counts are hidden until the span of each small one is as wide as the least group. The span
is exact for what the ledger knows to add up, as found by linear programming.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping

import numpy as np

__all__ = ["Key", "Ledger"]

Key = Hashable
"""What a count is of. Counts of the same people bear the same key, in whichever table they are."""
_Sum = tuple[Key, frozenset[Key]]


class Ledger:
    """Counts about to be shown together.

    Examples
    --------
    >>> ledger = Ledger(10)
    >>> ledger.know("all", 100)
    >>> ledger.split("all", {"DE": 60, "AT": 31, "CH": 9})
    >>> sorted(ledger.shown(["DE", "AT", "CH"]))
    ['DE']
    """

    def __init__(self, least: int) -> None:
        self.least = least
        """Counts under this are hidden."""
        self._values: dict[Key, int] = {}
        self._places: dict[Key, int] = {}
        self._known: set[Key] = set()
        self._small: set[Key] = set()
        self._guarded: set[int] = set()
        self._sums: dict[_Sum, None] = {}

    def know(self, key: Key, value: int) -> None:
        """Enter a count that everybody knows; it can't be hidden."""
        self._enter(key, value)
        self._known.add(key)

    def add(self, key: Key, value: int, *, small: bool = False) -> None:
        """Enter a count; ``small`` where few people stand behind it, however great it is."""
        self._enter(key, value)
        if small or 0 < value < self.least or value in self._guarded:
            self._small.add(key)

    def split(self, total: Key, parts: Mapping[Key, int], rest: Key | None = None) -> None:
        """Enter counts that are parts of another one, which was entered before.

        What the parts leave over is a count, too: ``rest``, or one nobody else refers to. Where
        they leave nothing and no ``rest`` is named, everybody knows that there is none.
        """
        counts = dict(parts)
        left = self._values[total] - sum(map(int, parts.values()))
        if rest is not None or left:
            counts[("rest", total, frozenset(parts)) if rest is None else rest] = left
        for key, value in counts.items():
            if key not in self._known:
                self.add(key, value, small=key in self._small)
        self._sums[total, frozenset(counts)] = None

    def value(self, key: Key) -> int:
        """Return a count that was entered."""
        return self._values[key]

    def is_small(self, key: Key) -> bool:
        """Tell whether a count is hidden for its own sake."""
        return key in self._small

    def __iter__(self) -> Iterator[Key]:
        return iter(self._values)

    def __contains__(self, key: Key) -> bool:
        return key in self._values

    def shown(self, wanted: Iterable[Key]) -> frozenset[Key]:
        """Return the counts that may be shown, of those one would like to show."""
        asked = frozenset(wanted) & self._values.keys()
        hidden = self._values.keys() - (asked - self._small) - self._known
        while True:
            self._cover(hidden)
            exposed = next(self._exposed(hidden), None)
            near = None if exposed is None else self._near(exposed, hidden)
            if near is None:
                return asked - (hidden - self._open(hidden, asked))
            hidden.add(near)

    def settle(self, wanted: Iterable[Key]) -> None:
        """Show of these what may be shown, whatever is entered later; guard the others for good.

        Whatever is entered later with the value of a guarded one is taken for it, and guarded, too.
        """
        asked = frozenset(wanted)
        shown = self.shown(asked)
        self._known |= shown
        self._small |= asked - shown
        self._guarded |= {self._values[key] for key in asked - shown}

    def _enter(self, key: Key, value: int) -> None:
        self._values[key] = int(value)
        self._places.setdefault(key, len(self._places))

    def _place(self, key: Key) -> int:
        """Return a count's place: what goes by it doesn't depend on how sets are ordered."""
        return self._places[key]

    def _cover(self, hidden: set[Key]) -> None:
        """Let each sum by itself leave enough open: what spares most of the linear programs."""
        waiting = [*self._sums]
        while waiting:
            total, parts = waiting.pop()
            open_parts = parts & hidden
            if not open_parts & self._small or total in hidden:
                continue
            if len(open_parts) > 1 and self._mass(open_parts) >= self.least:
                continue
            chosen = self._least_of({total, *parts}, hidden, total)
            if chosen is not None:
                hidden.add(chosen)
                waiting += [one for one in self._sums if chosen == one[0] or chosen in one[1]]

    def _mass(self, keys: Iterable[Key]) -> int:
        return sum(self._values[key] for key in keys)

    def _least_of(self, keys: Iterable[Key], hidden: set[Key], last: Key | None) -> Key | None:
        """Return the smallest count that can be hidden; a total only if no part can."""
        closed = hidden | self._known
        free = [key for key in keys if key not in closed and self._values[key] > 0]
        return min(
            free, key=lambda key: (key == last, self._values[key], self._place(key)), default=None
        )

    def _near(self, exposed: Key, hidden: set[Key]) -> Key | None:
        """Return a further count to hide for an exposed one: of its sums, else of those beyond."""
        reached: set[Key] = {exposed}
        while True:
            sums = [one for one in self._sums if one[0] in reached or one[1] & reached]
            around = {key for total, parts in sums for key in (total, *parts)}
            chosen = self._least_of(around, hidden, None)
            if chosen is not None or not around - reached:
                return chosen
            reached |= around

    def _exposed(self, hidden: set[Key]) -> Iterator[Key]:
        """Yield the small counts whose span is too narrow."""
        for keys, rows in self._systems(hidden):
            alike = defaultdict(list)
            for key in keys:
                signs = ((row, key == row[0]) for row in rows if key == row[0] or key in row[1])
                alike[frozenset(signs)].append(key)
            for group in alike.values():
                small = [key for key in group if key in self._small]
                # Counts that stand in the same sums can take over each other's share.
                if small and not (len(group) > 1 and self._mass(group) >= self.least):
                    widths = _widths(keys, rows, self._values, hidden, small)
                    yield from (key for key, width in widths if width < self.least)

    def _open(self, hidden: set[Key], asked: frozenset[Key]) -> set[Key]:
        """Return hidden counts that anybody could work out: of so many that they may be shown."""
        found: set[Key] = set()
        for keys, rows in self._systems(hidden):
            enough = [key for key in keys if key in asked and key not in self._small]
            widths = _widths(keys, rows, self._values, hidden, enough)
            found.update(key for key, width in widths if width < 1)
        return found

    def _systems(self, hidden: set[Key]) -> Iterator[tuple[list[Key], list[_Sum]]]:
        """Yield hidden counts that hang together, and the sums they stand in."""
        sums_of: defaultdict[Key, list[_Sum]] = defaultdict(list)
        for total, parts in self._binding(hidden):
            for key in sorted((parts | {total}) & hidden, key=self._place):
                sums_of[key].append((total, parts))
        left = dict.fromkeys(key for key in sums_of if key in hidden)
        while left:
            keys: dict[Key, None] = {}
            rows: dict[_Sum, None] = {}
            waiting = [next(iter(left))]
            while waiting:
                key = waiting.pop()
                if key in keys:
                    continue
                keys[key] = None
                left.pop(key, None)
                for total, parts in sums_of[key]:
                    rows[total, parts] = None
                    waiting += (parts | {total}) & hidden
            yield [*keys], [*rows]

    def _binding(self, hidden: set[Key]) -> list[_Sum]:
        """Return the sums that narrow anything down.

        A hidden total whose parts are all hidden, and in no other sum, may be anything, and each
        part anything up to it: such a sum says nothing, and its parts are as safe as their total.
        """
        sums = [*self._sums]
        while True:
            seen = Counter(key for total, parts in sums for key in (total, *parts))
            binding = [
                (total, parts)
                for total, parts in sums
                if total not in hidden
                or not parts & hidden
                or any(seen[key] > 1 for key in parts & hidden)
                or any(self._values[key] for key in parts - hidden)
            ]
            if len(binding) == len(sums):
                return sums
            sums = binding


def _widths(
    keys: list[Key],
    rows: list[_Sum],
    values: Mapping[Key, int],
    hidden: set[Key],
    wanted: Iterable[Key],
) -> Iterator[tuple[Key, float]]:
    """Yield how wide the span is that the shown counts leave to each of the wanted ones."""
    from scipy.optimize import linprog  # half a second, for what most tables don't need

    place = {key: number for number, key in enumerate(keys)}
    matrix, sums = np.zeros((len(rows), len(keys))), np.zeros(len(rows))
    for row, (total, parts) in enumerate(rows):
        for key, sign in ((total, -1), *((part, 1) for part in parts)):
            if key in hidden:
                matrix[row, place[key]] = sign
            else:
                sums[row] -= sign * values[key]
    for key in wanted:
        goal = np.zeros(len(keys))
        goal[place[key]] = 1
        least, most = (
            linprog(sign * goal, A_eq=matrix, b_eq=sums, method="highs") for sign in (1, -1)
        )
        unbounded = most.status != 0
        yield key, np.inf if unbounded else -most.fun - least.fun
