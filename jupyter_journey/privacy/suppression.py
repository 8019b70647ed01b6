"""Small groups: who may not be told apart is not shown, and can't be worked out.

The one place where what a log answered is cut to what may be shown: each question's frame says
which counts its numbers rest on and how those add up, one :class:`Ledger` takes them all, and a
number is shown only if every count it rests on may be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

import pandas as pd

from jupyter_journey.errors import FrameError, UnknownNameError
from jupyter_journey.privacy.ledger import Key, Ledger
from jupyter_journey.privacy.questions import ALL, QUESTIONS, Rows

__all__ = ["hidden_figures", "is_small", "suppressed"]


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
        ``stage_times``, ``reach``, ``drop_off``, ``transitions``, ``edge_times`` (beside
        ``transitions``), ``step_matrix``, ``around``, ``cohorts``, ``variants``, ``loops``,
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
        If ``edge_times`` comes without ``transitions``.

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


def hidden_figures(
    counts: Sequence[tuple[int, int | None]], least: int, customers: int
) -> list[bool]:
    """Tell which figures of a map must be hidden, so that no count of too few can be worked out.

    Counts that are equal are taken for the same customers: those a rate is of are often those of
    the rate before.

    Parameters
    ----------
    counts
        By figure: how many customers it rests on, and of a share how many of them it counts.
    least, customers
        As for :func:`suppressed`.

    Examples
    --------
    >>> hidden_figures([(100, None), (100, 95), (95, 50)], 10, 100)
    [False, True, True]
    """
    ledger = Ledger(least)
    ledger.know(customers, customers)
    for whole, _ in counts:
        if whole > customers:  # of another time
            ledger.add(whole, whole)
        elif whole < customers:
            ledger.split(customers, {whole: whole})
    for whole, part in counts:
        if part is not None and 0 < part < whole:
            ledger.split(whole, {part: part})
    told = [{whole} | ({part} if part and part < whole else set()) for whole, part in counts]
    shown = ledger.shown(set().union(*told)) if customers >= least else frozenset[Key]()
    return [not shown.issuperset(keys) for keys in told]


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
        shown = frame.convert_dtypes(convert_string=False)  # so that whole numbers can be missing
        shown[columns] = shown[columns].mask(gaps)
    else:
        shown = frame[~gaps.any(axis=1)].reset_index(drop=True)
    shown.attrs["suppressed"] = bool(gaps.to_numpy().any())
    return shown
