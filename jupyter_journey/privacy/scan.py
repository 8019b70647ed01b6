"""Personal data in texts: found by their form, and told without being repeated.

Found are e-mail addresses, telephone numbers, IBANs, card numbers, public IP addresses, and columns
whose name says that they hold a person's. A name in running text has no form to go by.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from ipaddress import ip_address
from types import MappingProxyType
from typing import NamedTuple

__all__ = ["Found", "found_in", "is_personal_column"]

# A mailbox of a role is nobody's in person.
_EMAIL = re.compile(
    r"(?<![\w.+'-])(?!(?:info|support|help|hello|sales|contact|kontakt|office|team|service|press"
    r"|marketing|jobs|billing|privacy|datenschutz|no-?reply)@)"
    r"[\w.+'-]+@(?:[\w-]+\.)+[^\W\d_]{2,}",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_CARD = re.compile(
    r"(?<![\w.,-])[3-6]\d{3}(?P<gap>[ -]?)"
    r"(?:\d{4}(?P=gap)\d{4}(?P=gap)\d{4}|\d{6}(?P=gap)\d{5})(?![\w-]|[.,]\d)"
)
_IP = re.compile(
    r"(?<![\w.:-])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{0,4}){3,7})"
    r"(?![\w:-]|\.\d)"
)
# Neither the end of 1,013 nor what stands in two columns of a table is one number.
_DIALLED = re.compile(r"(?<!\d,)[+(]?\d(?:[\d\xa0()./-]| (?! )){5,}\d")
# Written without a country, digits are a number to dial only if grouped as there; in these places:
_REGIONS = ("DE", "AT", "CH", "GB", "US", "JP", "TW")
_GROUPED = re.compile(r"[ \xa0()/-]|\..*\.")
_NUMBER = re.compile(r"\(?\d+(?:\.\d+)?\)?")
"""The first of several in brackets, too: those are no part of a number to dial."""
_DAY = re.compile(r"(?<![\d-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])(?![\d-])")
_FEWEST = 5
"""Digits of the shortest numbers to dial, with those of the place."""
_COLUMN = re.compile(
    r"e_?mail(_?addr(ess)?)?|(tele)?phone(_?(no|number))?|mobile(_?(no|number|phone))?|fax"
    r"|(first|last|given|family|full|middle|maiden|sur|birth|contact|customer|user|person)_?name"
    r"|vorname|nachname|familienname|telefon(nummer)?|handy(nummer)?|geburts(tag|datum|name)"
    r"|date_?of_?birth|birth_?(day|date)|dob|iban|bic|(credit_?)?card_?(no|number)"
    r"|ip|ip_?addr(ess)?|ssn|social_?security(_?(no|number))?|tax_?id|passport(_?(no|number))?"
    r"|street(_?address)?|(home|postal)_?address|姓名|氏名|電話(番号|號碼)?|メールアドレス"
)  # fmt: skip
_BREAK = re.compile(r"(?<=[a-z])(?=[A-Z])|[\s.-]+")


class Found(NamedTuple):
    """What was found, and where."""

    where: str
    kind: str
    """Such as ``e-mail address``."""
    hint: str
    """Its first letter, enough to find it again and not to tell it; of a column: its name."""


def found_in(text: str, where: str = "") -> Iterator[Found]:
    """Yield the personal data in a text, each kind with its first occurrence.

    Examples
    --------
    >>> [(one.kind, one.hint) for one in found_in("Write to anna@example.com, or call +4930901820")]
    [('e-mail address', 'a…'), ('telephone number', '+…')]
    >>> list(found_in("Between 2026-01-01 and 2026-03-31: 12,345,678 events"))
    []
    """
    for kind, (pattern, holds) in _KINDS.items():
        match = next((one for one in pattern.finditer(text) if holds(one.group())), None)
        if match:
            yield Found(where, kind, f"{match.group()[0]}…")


def is_personal_column(name: str) -> bool:
    """Tell whether a column's name says that it holds what tells a person.

    Examples
    --------
    >>> [name for name in ("firstName", "E-Mail", "name", "plan") if is_personal_column(name)]
    ['firstName', 'E-Mail']
    """
    return _COLUMN.fullmatch(_BREAK.sub("_", name.strip()).lower()) is not None


@lru_cache(maxsize=1024)  # a report says the same period in every row
def _is_dialled(text: str) -> bool:
    """Tell whether a text holds the number of a line that may be a person's."""
    if _DAY.match(text):
        return False
    # A day within, as in a table's row, parts numbers; one that begins with + goes on to its end.
    return any(map(_is_line, [text] if text.startswith("+") else _DAY.split(text)))


def _is_line(text: str) -> bool:
    """Tell it of a text without days."""
    text = text.strip()
    # At once, of the many that can't be: each question below takes a thousand times as long.
    if _NUMBER.fullmatch(text) or sum(map(str.isdigit, text)) < _FEWEST:
        return False
    if not (text.startswith("+") or _GROUPED.search(text)):
        return False
    import phonenumbers
    from phonenumbers import Leniency, PhoneNumberMatcher, PhoneNumberType

    asked = [(None, Leniency.VALID), *((region, Leniency.STRICT_GROUPING) for region in _REGIONS)]
    shared = (PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.PREMIUM_RATE)
    return any(
        phonenumbers.number_type(match.number) not in shared
        for region, leniency in asked
        for match in PhoneNumberMatcher(text, region, leniency)
        if region is None or _GROUPED.search(match.raw_string)
    )


def _is_iban(text: str) -> bool:
    packed = text.replace(" ", "")
    turned = packed[4:] + packed[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _is_card(text: str) -> bool:
    """Check the sum of Luhn."""
    digits = [int(sign) for sign in reversed(text) if sign.isdigit()]
    doubled = (digit * 2 for digit in digits[1::2])
    return (sum(digits[::2]) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0


def _is_public_ip(text: str) -> bool:
    try:
        return ip_address(text).is_global
    except ValueError:
        return False


_KINDS: Mapping[str, tuple[re.Pattern[str], Callable[[str], bool]]] = MappingProxyType(
    {
        "e-mail address": (_EMAIL, bool),
        "telephone number": (_DIALLED, _is_dialled),
        "IBAN": (_IBAN, _is_iban),
        "card number": (_CARD, _is_card),
        "IP address": (_IP, _is_public_ip),
    }
)
