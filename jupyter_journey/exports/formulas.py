"""Text that a spreadsheet would take for a formula, kept text: reversibly."""

from __future__ import annotations

__all__ = ["escaped", "restored"]

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")  # fullwidth, too


def escaped(text: str) -> str:
    """Put an apostrophe before what a spreadsheet could run, and before an apostrophe.

    Examples
    --------
    >>> escaped("=1+1"), escaped("'quoted'"), escaped("plain")
    ("'=1+1", "''quoted'", 'plain')
    """
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS) else text


def restored(text: str) -> str:
    """Return what :func:`escaped` was given.

    Examples
    --------
    >>> restored(escaped("=1+1")), restored(escaped("'a")), restored(escaped("a"))
    ('=1+1', "'a", 'a')
    """
    return text.removeprefix("'")
