"""How a language says it: the catalogue's words, and numbers, shares and times as it has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, datetime, timedelta
from functools import cache
from numbers import Integral, Real
from typing import Any

import numpy as np
import pandas as pd
from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal, format_percent

from jupyter_journey.catalogue import known_language, listed, sentences, text, texts

__all__ = ["MISSING", "Voice", "voice"]

MISSING = "–"
_CALENDAR = {"M": "yMMM", "Q": "yQQQ", "Y": "y"}
_SPANS = (("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1))
_GREAT = 1e15
"""From here on a number is written with its power of ten: its digits aren't all known."""
_POWER = "0.##E0"


@cache
def voice(language: str) -> Voice:
    """Return the voice of the language nearest to a code.

    Raises
    ------
    UnknownNameError
        If there are no words in the language.

    Examples
    --------
    >>> voice("en").percent(0.551)
    '55%'
    """
    return Voice(known_language(language))


class Voice:
    """A language's words and ways to write numbers; a value that is missing is an en dash."""

    def __init__(self, language: str) -> None:
        self.language = language
        """Its code, such as ``zh-Hant``."""
        self.locale = Locale.parse(language, sep="-")

    def __call__(self, *keys: str, **fields: Any) -> str:
        """Return one text of the catalogue by its path of keys, with ``{fields}`` filled in.

        Examples
        --------
        >>> voice("en")("lanes", "emotion", "name")
        'Emotion'
        """
        return text(self.language, *keys, **fields)

    def column(self, name: str, table: str = "") -> str:
        """Return what a column is called above a table, or above this one.

        Examples
        --------
        >>> voice("en").column("n_other")
        'n, other'
        """
        words = texts(self.language)
        named: dict[str, str] = words["columns"] | words["table_columns"].get(table, {})
        return named[name]

    def number(self, value: float, decimals: int = 2) -> str:
        """Return a number with at most so many decimals, its thousands apart.

        Examples
        --------
        >>> voice("en").number(1234.5), voice("en").number(-2)
        ('1,234.5', '−2')
        """
        if pd.isna(value):
            return MISSING
        pattern = _POWER if abs(value) >= _GREAT else f"#,##0.{'#' * decimals}"
        return format_decimal(value, pattern, locale=self.locale).replace("-", "−")

    def signed(self, value: float, decimals: int = 1) -> str:
        """Return a number with its sign, plus included, and exactly so many decimals.

        Examples
        --------
        >>> voice("en").signed(0.5), voice("en").signed(-0.5)
        ('+0.5', '−0.5')
        """
        pattern = f"#,##0.{'0' * decimals}"
        rounded = round(value, decimals) + 0.0  # never −0.0
        return format_decimal(rounded, f"+{pattern};−{pattern}", locale=self.locale)

    def percent(self, share: float, decimals: int | None = None, *, sign: bool = False) -> str:
        """Return a share in per cent.

        Parameters
        ----------
        decimals
            How many decimals; default: none, but one below 10 %, where none would say too little.
        sign
            Whether a rise bears a plus.

        Examples
        --------
        >>> voice("en").percent(0.551), voice("en").percent(0.009), voice("en").percent(0.5, 1)
        ('55%', '0.9%', '50.0%')
        """
        if pd.isna(share):
            return MISSING
        if decimals is None:
            decimals = int(0 < share < 0.1)
        fraction = f"0.{'0' * decimals}" if decimals else "0"
        fraction = _POWER if abs(share) >= _GREAT else fraction
        pattern = self.locale.percent_formats[None].pattern.replace("0", fraction, 1)
        if sign:
            pattern = f"+{pattern};-{pattern}"
        return format_percent(share, pattern, locale=self.locale).replace("-", "−")

    def interval(self, row: Mapping[Any, Any], share: str = "rate") -> str:
        """Return a row's share with its interval, from the columns ``low`` and ``high``.

        Examples
        --------
        >>> voice("en").interval({"rate": 0.25, "low": 0.14, "high": 0.4})
        '25% (14% to 40%)'
        """
        rate, low, high = (self.percent(row[name]) for name in (share, "low", "high"))
        return self("charts", "interval", rate=rate, low=low, high=high)

    def probability(self, p: float) -> str:
        """Return a p value to two digits; below a thousandth only that it is below.

        Examples
        --------
        >>> voice("en").probability(0.0123), voice("en").probability(2e-9)
        ('0.012', '< 0.001')
        """
        if pd.isna(p):
            return MISSING
        return f"< {self.number(0.001, 3)}" if p < 0.001 else self.number(float(f"{p:.2g}"), 4)

    def span(self, seconds: float) -> str:
        """Return a span of time in the unit that suits it, to three digits.

        Examples
        --------
        >>> voice("en").span(1_209_600), voice("en").span(3_600), voice("en").span(90)
        ('14 days', '1 hour', '1.5 minutes')
        """
        if pd.isna(seconds):
            return MISSING
        unit, size = next((one for one in _SPANS if abs(seconds) >= one[1]), _SPANS[-1])
        return self.quantity(seconds / size, unit)

    def quantity(self, value: float, unit: str) -> str:
        """Return a value, to three digits or all before the point, with its unit.

        Units the catalogue doesn't know, such as a currency, follow as they are.

        Examples
        --------
        >>> voice("en").quantity(1234.5, "EUR"), voice("en").quantity(0.25, "share")
        ('1,234 EUR', '25%')
        """
        if pd.isna(value):
            return MISSING
        if unit in ("share", "%"):
            return self.percent(value if unit == "share" else value / 100)
        shown = self.number(float(f"{value:.3g}") if abs(value) < 100 else round(value))
        known = texts(self.language)["units"]
        if unit not in known:
            return f"{shown} {unit}".strip()
        return self._form(float(f"{value:.3g}"), known[unit]).format(n=shown)

    def unit(self, name: str) -> str:
        """Return what a unit is called without a number.

        Examples
        --------
        >>> voice("de").unit("days"), voice("en").unit("EUR")
        ('Tage', 'EUR')
        """
        known = texts(self.language)["units"]
        return known[name]["other"].format(n="").strip() if name in known else name

    def plural(self, *keys: str, n: int) -> str:
        """Return the text for so many, of the plural forms at a path of keys.

        Examples
        --------
        >>> voice("en").plural("charts", "sessions", "label", n=1)
        '1 event'
        """
        forms = texts(self.language)
        for key in keys:
            forms = forms[key]
        return self._form(n, forms).format(n=self.number(n))

    def _form(self, value: float, forms: Mapping[str, str]) -> str:
        form = self.locale.plural_form(abs(value))
        return forms[form if form in forms else "other"]

    def day(self, day: date) -> str:
        """Return a date.

        Examples
        --------
        >>> voice("en").day(date(2026, 3, 1))
        'Mar 1, 2026'
        """
        return format_date(day, "medium", locale=self.locale)

    def period(self, first: date, last: date) -> str:
        """Return the days from first to last; whole months without the days.

        Examples
        --------
        >>> voice("en").period(date(2026, 1, 1), date(2026, 3, 31)).replace("\u2009", " ")
        'Jan – Mar 2026'
        """
        whole = first.day == 1 and (last + timedelta(days=1)).day == 1
        skeleton = "yMMM" if whole else "yMMMd"
        return str(format_interval(first, last, skeleton, locale=self.locale))

    def cohort(self, first: date, every: str) -> str:
        """Return what those are called who began in the calendar period that starts on a day.

        Parameters
        ----------
        every
            How long it is: ``D``, ``W``, ``M``, ``Q`` or ``Y``, as :meth:`EventLog.cohorts` has it.

        Examples
        --------
        >>> voice("en").cohort(date(2026, 4, 1), "Q"), voice("en").cohort(date(2026, 3, 30), "W")
        ('Q2 2026', 'Mar 30, 2026')
        """
        if every not in _CALENDAR:
            return self.day(first)
        return format_skeleton(_CALENDAR[every], first, locale=self.locale)

    def listed(self, items: Sequence[str]) -> str:
        """Return several things in a sentence.

        Examples
        --------
        >>> voice("en").listed(["tutorials", "e-mails"])
        'tutorials and e-mails'
        """
        return listed(self.language, items)

    def sentences(self, parts: Iterable[str]) -> str:
        """Return several sentences one after another, each with its end.

        Examples
        --------
        >>> voice("ja").sentences(["顧客数", "5顧客。"])
        '顧客数。5顧客。'
        """
        return sentences(self.language, parts)

    def shown(self, value: Any) -> str | list[str]:
        """Return any value as text, or as texts where it holds several.

        Examples
        --------
        >>> voice("en").shown(1234.5), voice("en").shown(True), voice("en").shown(("one", "two"))
        ('1,234.5', 'yes', ['one', 'two'])
        """
        if isinstance(value, Mapping):
            return [f"{key}: {self._one(item)}" for key, item in value.items()] or MISSING
        if isinstance(value, Sequence | Set) and not isinstance(value, str | bytes):
            return [self._one(item) for item in value] or MISSING
        return self._one(value)

    def _one(self, value: Any) -> str:
        if pd.api.types.is_scalar(value) and (pd.isna(value) or value == ""):
            return MISSING
        if isinstance(value, bool | np.bool_):
            return self("charts", "yes" if value else "no")
        if isinstance(value, Integral | Real):
            return self.number(float(value) if not isinstance(value, Integral) else int(value))
        if isinstance(value, date):  # datetimes and pandas' time stamps are dates too
            midnight = not isinstance(value, datetime) or value.time() == datetime.min.time()
            return self.day(value) if midnight else f"{self.day(value)} {value:%H:%M}"
        return str(value)
