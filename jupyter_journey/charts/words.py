"""Values as a reader sees them: numbers, shares, spans of time, lists, and a dash for nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime
from numbers import Integral, Real
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["MISSING", "days", "percent", "shown"]

MISSING = "–"


def shown(value: Any, form: str | None = None) -> str | list[str]:
    """Return a value as text, or as texts where it holds several.

    Parameters
    ----------
    form
        A format of numbers such as ``.1%`` or ``,.0f``; default: thousands separated, at most two
        decimals.

    Examples
    --------
    >>> shown(1234.5), shown(0.125, ".1%"), shown(None), shown(("one", "two"))
    ('1,234.5', '12.5%', '–', ['one', 'two'])
    """
    if isinstance(value, Mapping):
        return [f"{key}: {_one(item, form)}" for key, item in value.items()] or MISSING
    if isinstance(value, Sequence | Set) and not isinstance(value, str | bytes):
        return [_one(item, form) for item in value] or MISSING
    return _one(value, form)


def percent(share: float) -> str:
    """Return a share as whole percent, with one decimal where that would say too little.

    Examples
    --------
    >>> percent(0.551), percent(0.009), percent(float("nan"))
    ('55%', '0.9%', '–')
    """
    if pd.isna(share):
        return MISSING
    return f"{share:.1%}" if 0 < share < 0.1 else f"{share:.0%}"


def days(seconds: float) -> str:
    """Return a span of time in the unit that suits it.

    Examples
    --------
    >>> days(1_209_600), days(7_200), days(90)
    ('14 days', '2 hours', '1.5 minutes')
    """
    if pd.isna(seconds):
        return MISSING
    for size, name in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= size:
            return f"{seconds / size:.3g} {name}"
    return f"{seconds:.3g} seconds"


def _one(value: Any, form: str | None) -> str:
    if pd.api.types.is_scalar(value) and (pd.isna(value) or value == ""):
        return MISSING
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, Real):
        return _number(value, form)
    if isinstance(value, datetime):  # pandas' time stamps are datetimes too
        midnight = value.hour == value.minute == value.second == 0
        return f"{value:%Y-%m-%d}" if midnight else f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _number(value: Real, form: str | None) -> str:
    if form:
        return format(value, form)
    if isinstance(value, Integral):
        return f"{int(value):,}"
    text = f"{float(value):,.2f}"
    return text.rstrip("0").rstrip(".")
