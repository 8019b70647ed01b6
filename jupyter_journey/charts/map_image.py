"""The map as a PNG, drawn without a browser."""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from jupyter_journey.charts.map_picture import map_svg
from jupyter_journey.charts.map_style import Theme
from jupyter_journey.model.journey import Journey

__all__ = ["MissingGlyphWarning", "map_png"]

_NOBODYS = "\u0378"  # assigned to no character, so every font draws its "missing" box
_FONT_PACKAGE = "noto_cjk_sans_otc"
_CARRIED = 0x250  # Latin, which the font that vl-convert carries has


class MissingGlyphWarning(UserWarning):
    """Characters stand as empty boxes in a PNG, because no installed font has them."""


def map_png(
    journey: Journey,
    *,
    scale: float = 2,
    persona: str | None = None,
    theme: Theme = "light",
    width: float | None = None,
    states: Mapping[str, str] | None = None,
) -> bytes:
    """Draw the map of a journey as a PNG.

    Parameters
    ----------
    journey, persona, theme, width, states
        As :func:`jupyter_journey.charts.map_svg` takes them, and with the same errors;
        ``auto`` is light here.
    scale
        Pixels of the PNG per pixel of the map; 2 suits slides and sharp screens.

    Returns
    -------
    bytes
        The PNG file's content.

    Warns
    -----
    MissingGlyphWarning
        If the map holds characters that no font on this machine has. The warning names some of
        them. Chinese, Japanese and Korean ones come with ``pip install 'jupyter-journey[cjk]'``,
        which is asked only where the machine's own fonts lack them.

    Examples
    --------
    >>> map_png(Journey.new("Acme Boards"), scale=0.5)[1:4]
    b'PNG'
    """
    picture = map_svg(journey, persona=persona, theme=theme, width=width, states=states)
    missing = _missing(picture)
    if missing and _takes_carried_font():
        missing = _missing(picture)
    if missing:
        warnings.warn(
            f"No font on this machine has {' '.join(missing)}: they stand as empty boxes in the "
            "PNG. Install a font that has them (for Chinese, Japanese and Korean: "
            "pip install 'jupyter-journey[cjk]'), or use the SVG.",
            MissingGlyphWarning,
            stacklevel=2,
        )
    return _drawn(picture, scale)


@cache
def _takes_carried_font() -> bool:
    """Take the font of the extra ``cjk``, if that is installed."""
    found = find_spec(_FONT_PACKAGE)
    if found is None or found.origin is None:
        return False
    import vl_convert

    vl_convert.register_font_directory(str(Path(found.origin).parent))
    _glyph.cache_clear()
    return True


def _missing(picture: str) -> list[str]:
    """Try one character of each script, by drawing it."""
    scripts: dict[str, str] = {}
    for char in sorted(set(picture)):
        if ord(char) >= _CARRIED and unicodedata.category(char)[0] in "LNS":
            scripts.setdefault(unicodedata.name(char, "?").split()[0].split("-")[0], char)
    return [char for char in scripts.values() if _glyph(char) == _glyph(_NOBODYS)]


@cache
def _glyph(char: str) -> bytes:
    text = f'<text y="30" font-size="30" font-family="sans-serif">{char}</text>'
    return _drawn(f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{text}</svg>', 1)


def _drawn(picture: str, scale: float) -> bytes:
    # loaded late: it starts threads, which a process that forks must not have
    import vl_convert

    drawn: bytes = vl_convert.svg_to_png(picture, scale=scale)
    return drawn
