"""Small groups: who may not be told apart is not shown.

A count above 0 and under the least group could point to single people; so could the rest, where
all but a few did something. Both are hidden, and whatever was computed from them.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

__all__ = ["is_small", "suppressed"]


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
    frame: pd.DataFrame, least: int, *, count: str, whole: str, labels: Iterable[str]
) -> pd.DataFrame:
    """Return a frame in which rows about too few keep their labels only.

    Parameters
    ----------
    frame
        One row per group.
    least
        Groups smaller than this are hidden.
    count, whole
        The columns with a group's size and with the size of the group it is a part of.
    labels
        The columns that stay; all others are missing in hidden rows.

    Examples
    --------
    >>> frame = pd.DataFrame({"stage": ["Trial", "Paying"], "customers": [40, 4], "n": [90, 40]})
    >>> hidden = suppressed(frame, 10, count="customers", whole="n", labels=["stage"])
    >>> hidden["customers"].tolist()
    [40, <NA>]
    """
    small = [is_small(*pair, least) for pair in zip(frame[count], frame[whole], strict=True)]
    hidden = frame.convert_dtypes(convert_string=False)  # so that whole numbers can be missing
    hidden.loc[small, hidden.columns.difference(list(labels))] = pd.NA
    return hidden
