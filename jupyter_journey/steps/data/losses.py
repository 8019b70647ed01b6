"""Where most customers leave."""

from __future__ import annotations

import pandas as pd

__all__ = ["largest_loss"]


def largest_loss(funnel: pd.DataFrame) -> pd.Series | None:
    """Return the funnel's row of the stage that most customers don't get to from the one before.

    Returns
    -------
    pandas.Series or None
        The row, and ``before`` (the stage before), ``lost`` (customers). None where the figures of
        all stages but the first are hidden.
    """
    told = funnel.assign(before=funnel["stage"].shift(), lost=funnel["n"] - funnel["customers"])
    told = told.iloc[1:].dropna(subset="lost")
    return None if told.empty else told.iloc[told["lost"].astype(float).argmax()]
