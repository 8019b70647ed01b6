"""The ways times are written that can be read: which of them fit, and where one first doesn't."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["ISO", "TIME_FORMATS", "UNIX", "dated", "first_misfit", "unix_moments"]

ISO = "YYYY-MM-DD"
UNIX: Mapping[str, int] = MappingProxyType(
    {
        "unix seconds": 6,
        "unix milliseconds": 3,
        "unix microseconds": 0,
        "unix nanoseconds": -3,
    }
)
"""Powers of ten that turn a count since 1970 into microseconds."""
_PLAUSIBLE = (631_152_000, 4_102_444_800)
"""Seconds since 1970 of 1990 and 2100: inside, no two units can be mistaken for each other."""

_DAY, _MONTH = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})"
_YEAR, _SHORT = r"(?P<y>\d{4})", r"(?P<y>\d{2})"
_NAMED = r"(?P<b>[A-Za-z]{3,9})\.?"
_CLOCK = (
    r"(?:(?:[Tt]|,? +)(?P<H>\d{1,2})(?::(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,](?P<f>\d+))?)?)?"
    r"(?: ?(?P<p>[AaPp])\.?[Mm]\.?)?(?: ?(?P<z>[Zz]|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?)?"
)
_FULL_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTHS = tuple(name[:3] for name in _FULL_MONTHS)


def _numeric() -> dict[str, str]:
    made = {}
    for sign in "./-":
        for name, parts in (
            ("DD?MM?YYYY", (_DAY, _MONTH, _YEAR)),
            ("MM?DD?YYYY", (_MONTH, _DAY, _YEAR)),
            ("DD?MM?YY", (_DAY, _MONTH, _SHORT)),
            ("MM?DD?YY", (_MONTH, _DAY, _SHORT)),
            ("YY?MM?DD", (_SHORT, _MONTH, _DAY)),
        ):
            made[name.replace("?", sign)] = f"\\{sign}".join(parts)
    return made


_DATES: Mapping[str, str] = MappingProxyType(
    {
        ISO: r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})",
        "YYYY/MM/DD": rf"{_YEAR}/{_MONTH}/{_DAY}",
        "YYYY.MM.DD": rf"{_YEAR}\.{_MONTH}\.{_DAY}",
        "YYYYMMDD": r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        **_numeric(),
        "DD Mon YYYY": rf"{_DAY}[ -]{_NAMED},?[ -]{_YEAR}",
        "Mon DD, YYYY": rf"{_NAMED} {_DAY},? {_YEAR}",
    }
)
TIME_FORMATS = (*_DATES, *UNIX)
"""Names of the ways, most usual first."""


def dated(texts: pa.Array, name: str) -> tuple[pa.Array, pa.Array]:
    """Return the local times (microseconds) of dated texts, and their zone offsets as written.

    A time is null where a text isn't of the form or names a day or hour that doesn't exist; an
    offset is empty where none is written.
    """
    matched = pc.extract_regex(texts, pattern=f"^{_DATES[name]}{_CLOCK}$")
    present = {field.name for field in matched.type}
    empty = pc.if_else(pc.is_valid(texts), "", "")
    parts = {
        part: pc.struct_field(matched, part) if part in present else empty for part in "ymbdHMSfpz"
    }
    year, month, day = _year(parts["y"]), _month(parts), _whole(parts["d"])
    hour, minute, second = _hour(parts), _whole(parts["M"]), _whole(parts["S"])
    exists = pc.and_(_is_date(year, month, day), _all_less((hour, 24), (minute, 60), (second, 60)))
    two = [_padded(part, 2) for part in (month, day, hour, minute, second)]
    micro = pc.utf8_slice_codeunits(pc.utf8_rpad(parts["f"], 6, "0"), 0, 6)
    date = _joined(_padded(year, 4), "-", two[0], "-", two[1])
    text = _joined(date, "T", two[2], ":", two[3], ":", two[4], ".", micro)
    text = pc.if_else(pc.fill_null(exists, False), text, pa.scalar(None, pa.string()))
    return text.cast(pa.timestamp("us")), parts["z"]


def unix_moments(numbers: pa.Array, name: str) -> pa.Array:
    """Return microseconds since 1970 of counts, whole or as text; null where that makes no sense.

    0, a clock that was never set, is kept: it shows as 1970. Else only 1990 to 2099 makes sense.
    """
    power = UNIX[name]
    if pa.types.is_integer(numbers.type):
        whole, rest = numbers.cast(pa.int64()), None
    else:
        matched = pc.extract_regex(numbers, pattern=r"^(?P<whole>\d{1,19})(?:\.(?P<rest>\d+))?$")
        digits = pc.if_else(
            pc.less(pc.utf8_length(pc.struct_field(matched, "whole")), 19),
            pc.struct_field(matched, "whole"),
            pa.scalar(None, pa.string()),
        )
        if power < 0:  # nanoseconds have 19 digits, which still fit
            digits = pc.struct_field(matched, "whole")
            digits = pc.if_else(pc.less_equal(digits, "9223372036854775807"), digits, None)
        whole, rest = digits.cast(pa.int64()), pc.struct_field(matched, "rest")
    scale = 10 ** (6 - power)
    low, high = _PLAUSIBLE[0] * scale, _PLAUSIBLE[1] * scale
    sensible = pc.or_(
        pc.equal(whole, 0), pc.and_(pc.greater_equal(whole, low), pc.less(whole, high))
    )
    whole = pc.if_else(sensible, whole, pa.scalar(None, pa.int64()))
    if power < 0:
        return pc.divide(whole, 10**-power)
    moments = pc.multiply(whole, 10**power)
    if rest is None or power == 0:
        return moments
    cut = pc.utf8_slice_codeunits(pc.utf8_rpad(rest, power, "0"), 0, power)
    return pc.add(moments, cut.cast(pa.int64()))


def first_misfit(texts: pa.Array, name: str) -> int:
    """Return the position of the first text that isn't such a time; the length if all are."""
    times = unix_moments(texts, name) if name in UNIX else dated(texts, name)[0]
    place = pc.index(pc.is_valid(times), False).as_py()
    return len(texts) if place < 0 else int(place)


def _joined(*parts: pa.Array | str) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "")


def _padded(number: pa.Array, width: int) -> pa.Array:
    return pc.utf8_lpad(number.cast(pa.string()), width, "0")


def _whole(part: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(part, ""), "0", part).cast(pa.int64())


def _year(part: pa.Array) -> pa.Array:
    year = _whole(part)
    return pc.if_else(pc.equal(pc.utf8_length(part), 2), pc.add(year, 2000), year)


def _month(parts: Mapping[str, pa.Array]) -> pa.Array:
    name = pc.utf8_lower(parts["b"])
    at = pc.coalesce(
        pc.index_in(name, pa.array(_MONTHS)), pc.index_in(name, pa.array(_FULL_MONTHS))
    )
    return pc.if_else(pc.equal(name, ""), _whole(parts["m"]), pc.add(at.cast(pa.int64()), 1))


def _hour(parts: Mapping[str, pa.Array]) -> pa.Array:
    """Return the hour of 24; 13 PM and the like become 99, which no day has."""
    half, hour = pc.utf8_lower(parts["p"]), _whole(parts["H"])
    of_12 = pc.and_(pc.greater_equal(hour, 1), pc.less_equal(hour, 12))
    early = pc.if_else(pc.equal(hour, 12), 0, hour)
    made = pc.if_else(pc.equal(half, "p"), pc.add(early, 12), early)
    return pc.if_else(pc.equal(half, ""), hour, pc.if_else(of_12, made, 99))


def _is_date(year: pa.Array, month: pa.Array, day: pa.Array) -> pa.Array:
    leap = pc.or_(pc.and_(_divides(4, year), pc.invert(_divides(100, year))), _divides(400, year))
    february = pc.if_else(leap, 29, 28)
    short = pc.is_in(month, pa.array([4, 6, 9, 11]))
    last = pc.if_else(pc.equal(month, 2), february, pc.if_else(short, 30, 31))
    named = pc.and_(pc.greater_equal(month, 1), pc.less_equal(month, 12))
    return pc.and_(named, pc.and_(pc.greater_equal(day, 1), pc.less_equal(day, last)))


def _divides(divisor: int, number: pa.Array) -> pa.Array:
    return pc.equal(pc.multiply(pc.divide(number, divisor), divisor), number)


def _all_less(*pairs: tuple[pa.Array, int]) -> pa.Array:
    first, *rest = [pc.less(number, limit) for number, limit in pairs]
    for other in rest:
        first = pc.and_(first, other)
    return first
