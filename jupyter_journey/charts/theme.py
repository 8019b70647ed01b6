"""The house look of charts, from the same file as the map's."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jupyter_journey.charts.voice import Voice

__all__ = ["colours", "config", "number_signs"]


@cache
def _theme() -> dict[str, Any]:
    theme: dict[str, Any] = json.loads(
        Path(__file__).with_name("theme.json").read_text(encoding="utf-8")
    )
    return theme


def colours() -> dict[str, str]:
    """Return the light colours by name: a static picture can't follow the reader's theme.

    Examples
    --------
    >>> sorted(colours())[:2]
    ['accent', 'accent_soft']
    """
    light: dict[str, str] = _theme()["light"]
    return light


def config() -> dict[str, Any]:
    """Return the Vega-Lite configuration of the house."""
    ink = colours()
    return {
        "background": ink["surface"],
        "font": _theme()["font"],
        "view": {"stroke": None},
        "padding": 12,
        "title": {
            "anchor": "start",
            "color": ink["text"],
            "fontSize": 15,
            "fontWeight": 600,
            "offset": 12,
            "subtitleColor": ink["muted"],
            "subtitleFontSize": 12,
            "subtitlePadding": 4,
        },
        "axis": {
            "domainColor": ink["line"],
            "gridColor": ink["line"],
            "tickColor": ink["line"],
            "labelColor": ink["text"],
            "labelFlush": False,  # else the last label runs into the one before
            "labelFontSize": 12,
            "labelLimit": 260,
            "titleColor": ink["muted"],
            "titleFontSize": 12,
            "titleFontWeight": "normal",
        },
        "legend": {"labelColor": ink["text"], "titleColor": ink["muted"]},
        "range": {"category": [ink["accent"], ink["good"], ink["bad"], ink["muted"]]},
    }


def number_signs(say: Voice) -> dict[str, Any]:
    """Return the configuration that lets axes and tooltips write numbers as a language does."""
    signs = say.locale.number_symbols["latn"]
    percent = say.locale.percent_formats[None].pattern.removeprefix("#,##0")
    number = {
        "decimal": signs["decimal"],
        "thousands": signs["group"],
        "grouping": [3],
        "currency": ["", ""],
        "percent": percent,
    }
    return {"locale": {"number": number}}
