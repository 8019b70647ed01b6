"""Text of the map: cleaned for XML, measured in Helvetica's widths, broken into lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

__all__ = ["breaks_words", "clean", "measurable", "text_width", "wrap"]

# Advance widths in 1/1000 em of ASCII 32 to 126 that Helvetica, Arial and Liberation Sans share.
_REGULAR = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 "
    "556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 "
    "556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 "
    "556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 "
    "500 500 500 334 260 334 584"
)
_BOLD = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 "
    "556 556 556 556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 "
    "611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 "
    "611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 "
    "556 556 500 389 280 389 584"
)
_WIDTHS = {
    bold: {chr(32 + place): int(width) for place, width in enumerate(table.split())}
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}
_BEYOND = {  # the same beyond ASCII: regular and bold
    "\u00a0": (278, 278),
    "–": (556, 556),
    "—": (1000, 1000),
    "…": (1000, 1000),
    "‚": (222, 278),
    "’": (222, 278),
    "‘": (222, 278),
    "„": (333, 500),
    "“": (333, 500),
    "”": (333, 500),
    "‹": (333, 333),
    "›": (333, 333),
    "«": (556, 556),
    "»": (556, 556),
    "·": (333, 333),
    "−": (584, 584),
    "×": (584, 584),
    "€": (556, 556),
    "ß": (611, 611),
    "æ": (889, 889),
    "ø": (611, 611),
}
_UNKNOWN = 800  # wider than nearly every letter of Greek, Cyrillic, Hebrew, Arabic or Thai

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES = re.compile("[ \t]+")  # SVG draws a run of them as one
_CLOSING = "、。，．：；？！）」』】〕》〉ー々っゃゅょッャュョ・…‥％"
_OPENING = "（「『【〔《〈"
_LOAN = re.compile("[ァ-ヺー]")
_JOINER = "\u200d"


def clean(text: str) -> str:
    r"""Return a text with every character that XML forbids replaced by U+FFFD.

    Examples
    --------
    >>> clean("a\x00b")
    'a�b'
    """
    return _NOT_XML.sub("\ufffd", text)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line of text is, in pixels; never too narrow for the map's fonts.

    Examples
    --------
    >>> round(text_width("Awareness", 10), 2)
    49.46
    >>> text_width("認知", 10)
    20.0
    """
    return sum(_advance(char, bold) for char in text) * size / 1000


def measurable(text: str) -> bool:
    """Return whether the width of a text is known exactly, not only from above.

    Examples
    --------
    >>> measurable("Café"), measurable("Кафе")
    (True, False)
    """
    known = _WIDTHS[False].keys() | _BEYOND.keys()
    return all(unicodedata.normalize("NFD", char)[0] in known for char in text)


def _advance(char: str, bold: bool) -> int:
    widths = _WIDTHS[bold]
    if char in widths:
        return widths[char]
    if char in _BEYOND:
        return _BEYOND[char][bold]
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        # emoji fonts draw wider than the square of an ideograph
        return 1400 if unicodedata.category(char) == "So" else 1000
    base = unicodedata.normalize("NFD", char)[0]
    if base != char:
        return _advance(base, bold)
    return _UNKNOWN if ord(char) < 0x2000 else 1000


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than ``room`` pixels.

    Lines break at spaces (not at no-break ones), after hyphens and slashes, and between
    ideographs, of which none stands in the last line alone, but not in Japanese loan words; a
    word that is wider than a line is broken inside. Line breaks of the text stay.

    Examples
    --------
    >>> wrap("Compare three tools", 10, 60)
    ['Compare', 'three tools']
    >>> wrap("機能を比較する。", 10, 40)
    ['機能を比', '較する。']
    >>> wrap("機能を選ぶ", 10, 40)
    ['機能を', '選ぶ']
    """
    lines: list[str] = []
    for paragraph in _SPACES.sub(" ", clean(text)).splitlines() or [""]:
        broken: list[list[str]] = [[]]
        for piece in _fitting(paragraph, size, room, bold):
            longer = "".join([*broken[-1], piece]).rstrip()
            if broken[-1] and text_width(longer, size, bold=bold) > room:
                broken.append([piece.lstrip()])
            else:
                broken[-1].append(piece)
        _accompany(broken)
        lines += ["".join(line).rstrip() for line in broken]
    return lines


def _accompany(broken: list[list[str]]) -> None:
    """Give an ideograph that would stand alone in the last line the one before it."""
    *_, before, last = [[], *broken]
    if len(last) == 1 and _is_lone(last[0]) and len(before) > 2 and len(before[-1]) < 3:
        last.insert(0, before.pop())


def _is_lone(piece: str) -> bool:
    first = piece[0]
    is_letter = unicodedata.east_asian_width(first) in "WF" and first not in _OPENING
    return is_letter and sum(char.isalnum() for char in piece) == 1


def breaks_words(text: str, size: float, room: float, *, bold: bool = False) -> bool:
    """Tell whether lines no wider than ``room`` break a word inside.

    Examples
    --------
    >>> breaks_words("Compare tools", 10, 60), breaks_words("Compare tools", 10, 30)
    (False, True)
    """
    pieces = _pieces(_SPACES.sub(" ", clean(text)))
    return any(text_width(piece.rstrip(), size, bold=bold) > room for piece in pieces)


def _fitting(paragraph: str, size: float, room: float, bold: bool) -> Iterator[str]:
    """Yield the unbreakable pieces of a paragraph, those too wide cut to fit."""
    for piece in _pieces(paragraph):
        part = ""
        for cluster in _clusters(piece):
            if part and text_width((part + cluster).rstrip(), size, bold=bold) > room:
                yield part
                part = ""
            part += cluster
        yield part


def _pieces(paragraph: str) -> Iterator[str]:
    piece = ""
    for cluster in _clusters(paragraph):
        if piece and _may_break(piece, cluster[0]):
            yield piece
            piece = ""
        piece += cluster
    if piece:
        yield piece


def _may_break(piece: str, after: str) -> bool:
    before = piece[-1]
    if after.isspace() or after in _CLOSING or before in _OPENING:
        return False
    wide = (
        unicodedata.east_asian_width(before) in "WF" or unicodedata.east_asian_width(after) in "WF"
    )
    # a loan word such as "プロジェクト" stays whole, and so does "e-mail"
    wide = wide and not (_LOAN.fullmatch(before) and _LOAN.fullmatch(after))
    joint = before in "-–—/" and len(piece) > 2 and after.isalpha()
    return (before.isspace() and before != "\u00a0") or joint or wide


def _clusters(text: str) -> Iterator[str]:
    """Yield what a reader takes for one character: a base with its marks, a joined emoji."""
    cluster = ""
    for char in text:
        mark = unicodedata.category(char) in ("Mn", "Me", "Mc") or char == _JOINER
        modifier = "\U0001f3fb" <= char <= "\U0001f3ff"
        if cluster and not (mark or modifier or cluster.endswith(_JOINER)):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster
