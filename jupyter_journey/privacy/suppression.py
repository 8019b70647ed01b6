"""Small groups: who may not be told apart is not shown, and can't be worked out.

The one place where what a log answered is cut to what may be shown: each question's frame says
which counts its numbers rest on and how those add up, one :class:`Ledger` takes them all, and a
number is shown only if every count it rests on may be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence, Set
from typing import NamedTuple

import pandas as pd
from pandas.api.types import is_numeric_dtype

from jupyter_journey.errors import FrameError, UnknownNameError
from jupyter_journey.privacy.ledger import Key, Ledger
from jupyter_journey.privacy.questions import ALL, QUESTIONS, Rows

__all__ = ["Counted", "hidden_figures", "is_small", "suppressed"]


def is_small(count: float, whole: float, least: int) -> bool:
    """Tell whether ``count`` cases out of ``whole``, or the remaining ones, are too few to show.

    Nobody and everybody may be shown: they tell nobody apart.

    Examples
    --------
    >>> is_small(4, 100, 10), is_small(96, 100, 10), is_small(0, 100, 10), is_small(5, 5, 10)
    (True, True, False, True)
    """
    sides = (count, whole - count)
    return whole < least or any(0 < side < least for side in sides)


def suppressed(
    frames: Mapping[str, pd.DataFrame], least: int, customers: int
) -> dict[str, pd.DataFrame]:
    """Return frames in which no number of too few customers is left, nor can be worked out.

    Give all frames that will be seen together: a count that must be hidden in one is hidden in all,
    and so are as many others as it takes. How many customers there are counts as known. Stages and
    milestones stay, with their numbers missing; of all else only the rows that may be shown stay.
    A frame that lost something says so in ``attrs["suppressed"]``.

    Parameters
    ----------
    frames
        By the name of the log's method: ``funnel`` (``funnel_groups`` where asked ``by`` a column),
        ``stage_times``, ``reach``, ``drop_off``, ``transitions``, ``flow``, ``edge_times``
        (beside ``transitions``), ``step_matrix``, ``around``, ``cohorts``, ``variants``, ``loops``,
        ``regressions``, ``rare_steps``, ``compare``.
    least
        Groups smaller than this are hidden.
    customers
        How many customers the log has.

    Raises
    ------
    UnknownNameError
        If there is no such question.
    FrameError
        If ``edge_times`` comes without ``transitions``, or ``funnel`` is by groups.

    Examples
    --------
    >>> frame = pd.DataFrame({"variant": ["a", "a → b", "b"], "customers": [60, 31, 9]})
    >>> suppressed({"variants": frame}, 10, 100)["variants"].values.tolist()
    [['a', 60]]
    """
    for name in frames:
        if name not in QUESTIONS:
            raise UnknownNameError(kind="question to show", name=name, known=QUESTIONS)
    if "edge_times" in frames and "transitions" not in frames:
        reason = "edge_times doesn't say of how many customers its times are"
        raise FrameError(reason=reason, way_out="Give the frame of transitions beside it.")
    if "group" in frames.get("funnel", ()):
        reason = "the funnel is one of several groups, whose counts add up in another way"
        raise FrameError(reason=reason, way_out="Give it as funnel_groups.")
    ledger = Ledger(least)
    ledger.know(ALL, customers)
    rows: dict[str, Rows] = {}
    for name in (name for name in QUESTIONS if name in frames):
        rows[name] = QUESTIONS[name].enter(frames[name], ledger)
        if name == "funnel":  # first, so that reports with the same funnel hide the same of it
            ledger.settle(_wanted(rows))
    wanted = _wanted(rows)
    shown = ledger.shown(wanted) if customers >= least else frozenset[Key]()
    return {name: _cut(frames[name], rows[name], shown, QUESTIONS[name].labels) for name in frames}


def _wanted(rows: Mapping[str, Rows]) -> frozenset[Key]:
    told = [keys for named in rows.values() for row in named for keys in row.values()]
    return frozenset(key for keys in told for key in keys)


class Counted(NamedTuple):
    """How many a figure of a map tells of."""

    n: int
    """How many customers or cases it rests on."""
    counts: tuple[tuple[int, int], ...] = ()
    """The counts it tells, each of its whole: of a share, first how many of how many."""
    people: int | None = None
    """How many customers the cases are of, where they aren't customers themselves."""
    of_log: bool = True
    """Whether customers of the log are counted."""
    whole: Hashable = None
    """What it is a part of, together with the others that name the same."""
    one_n: bool = False
    """Whether the parts share one n, each with a count of it; else each has an n of its own."""
    tells: bool = False
    """Whether it tells of few beside something else that is shown."""

    def amounts(self) -> tuple[int, int | None]:
        """Return how many it rests on, and of a share how many of them it counts."""
        return (self.counts[0][1], self.counts[0][0]) if self.counts else (self.n, None)

    def is_small(self, least: int) -> bool:
        """Tell whether too few are counted, or left over, by itself."""
        people = self.n if self.people is None else self.people
        return self.tells or people < least or any(is_small(*pair, least) for pair in self.counts)


def hidden_figures(figures: Sequence[Counted], least: int, customers: int) -> list[bool]:
    """Tell which figures of a map must be hidden, so that no count of too few can be worked out.

    Counts of the log's customers that are equal are taken for the same customers: those a rate is
    of are often those of the rate before. Parts add up to their whole, which counts as known.

    This holds for the figures of one selection of customers. Those of several, of the same log,
    can be subtracted from one another: :mod:`jupyter_journey.metrics.neighbours` sees to those in
    one journey, as far as it says. What the files of two journeys tell together is for their author
    to see: share reports of everybody and of the segments of one column, none of them small.

    Parameters
    ----------
    figures
        What each of them tells.
    least, customers
        As for :func:`suppressed`.

    Examples
    --------
    >>> shares = [Counted(100, ((95, 100),)), Counted(95, ((50, 95),))]
    >>> hidden_figures([Counted(100), *shares], 10, 100)
    [False, True, True]
    """
    ledger = Ledger(least)
    ledger.know(customers, customers)
    told: list[set[Key]] = [set() for _ in figures]
    for place, figure in enumerate(figures):
        if figure.is_small(least):
            told[place].add(("alone", place))
            ledger.add(("alone", place), 0, small=True)
    _enter_customers(ledger, figures, told, customers)
    _enter_parts(ledger, figures, told)
    shown = ledger.shown(set().union(*told))
    return [
        (one.of_log and customers < least) or not shown.issuperset(keys)
        for one, keys in zip(figures, told, strict=True)
    ]


def _enter_customers(
    ledger: Ledger, figures: Sequence[Counted], told: list[set[Key]], customers: int
) -> None:
    """Enter counts of the log's customers, by their number."""
    pairs = [(place, one.amounts()) for place, one in enumerate(figures) if one.of_log]
    for place, (whole, _) in pairs:
        told[place].add(whole)
        if whole > customers:  # of another time
            ledger.add(whole, whole)
        elif whole < customers:
            ledger.split(customers, {whole: whole})
    for place, (whole, part) in pairs:
        if part is not None and 0 < part < whole:
            ledger.split(whole, {part: part})
            told[place].add(part)


def _enter_parts(ledger: Ledger, figures: Sequence[Counted], told: list[set[Key]]) -> None:
    """Enter figures that make up a whole together; of such never just one is hidden."""
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, figure in enumerate(figures):
        if figure.whole is not None:
            groups[figure.whole].append(place)
    for name, places in groups.items():
        pairs = {place: figures[place].amounts() for place in places}
        counted = {place: hits for place, (_, hits) in pairs.items() if hits is not None}
        sums = {"counted": (counted, sum(counted.values()))}
        if all(figures[place].one_n for place in places):
            sums["counted"] = (counted, max(n for n, _ in pairs.values()))
        else:
            sizes = {place: n for place, (n, _) in pairs.items()}
            sums["n"] = (sizes, sum(sizes.values()))
        for kind, (parts, total) in sums.items():
            keys: dict[Key, int] = {("part", name, kind, at): size for at, size in parts.items()}
            for place, key in zip(parts, keys, strict=True):
                told[place].add(key)
                ledger.add(key, keys[key], small=figures[place].is_small(ledger.least))
            ledger.know(("whole", name, kind), total)
            ledger.split(("whole", name, kind), keys)


def _cut(frame: pd.DataFrame, rows: Rows, may: frozenset[Key], labels: Set[str]) -> pd.DataFrame:
    """Return what may be shown of a frame: its labels with gaps, or only whole rows."""
    columns = [str(column) for column in frame if column not in labels]
    gaps = pd.DataFrame(
        [[not may.issuperset(row.get(name, row[""])) for name in columns] for row in rows],
        columns=columns,
        index=frame.index,
        dtype=bool,
    )
    if labels:
        # Whole numbers, and yes or no, can't be missing in NumPy's types.
        numbers = [name for name, kind in frame.dtypes.items() if is_numeric_dtype(kind)]
        shown = frame.astype(dict(frame[numbers].convert_dtypes().dtypes))
        shown[columns] = shown[columns].mask(gaps)
    else:
        shown = frame[~gaps.any(axis=1)].reset_index(drop=True)
    shown.attrs["suppressed"] = bool(gaps.to_numpy().any())
    return shown
