"""How the marks of a map look: every colour comes from the theme."""

from __future__ import annotations

from typing import Any, Literal
from xml.etree.ElementTree import Element

from jupyter_journey.charts.map_marks import mark, sizes, theme

__all__ = ["Theme", "paint"]

Theme = Literal["light", "dark", "auto"]

# Class → the theme's colours for its fill and its stroke ("" draws none).
_PAINT: dict[str, tuple[str, str]] = {
    "page": ("surface", ""),
    "soft": ("accent_soft", ""),
    "step": ("accent_soft", ""),
    "group": ("muted", ""),
    "rule": ("", "line"),
    "icon-accent": ("", "accent"),
    "icon-good": ("", "good"),
    "icon-bad": ("", "bad"),
    "title": ("text", ""),
    "subtitle": ("muted", ""),
    "stage": ("accent", ""),
    "stage-small": ("accent", ""),
    "stage-least": ("accent", ""),
    "parent": ("muted", ""),
    "name": ("text", ""),
    "band": ("text", ""),
    "band-ground": ("band", ""),
    "text": ("text", ""),
    "strong": ("text", ""),
    "quote": ("muted", ""),
    "small": ("muted", ""),
    "unit": ("muted", ""),
    "value": ("text", ""),
    "aim": ("proposed", ""),
    "dot": ("muted", ""),
    "good": ("good", ""),
    "bad": ("bad", ""),
    "tag": ("surface", "line"),
    "tagt": ("text", ""),
    "choice": ("accent_soft", ""),
    "choicet": ("accent", ""),
    "track": ("", "line"),
    "whisker": ("", "accent"),
    "mean": ("accent", "surface"),
    "good-way": ("good", ""),
    "bad-way": ("bad", ""),
    "plain-way": ("muted", "muted"),
    "good-sign": ("", "good"),
    "bad-sign": ("", "bad"),
    "good-word": ("good", ""),
    "bad-word": ("bad", ""),
    "plain-word": ("muted", ""),
    "border": ("", "muted"),
    "border-name": ("muted", ""),
    "observed": ("good", ""),
    "proposed": ("", "muted"),
    "zero": ("", "line"),
    "area": ("curve_fill", ""),
    "face": ("surface", "accent"),
    "mouth": ("", "accent"),
    "feeling": ("text", "surface"),
    "mood": ("muted", "surface"),
    "line-assumed": ("", "accent"),
    "line-measured": ("", "good"),
    "line-target": ("", "proposed"),
    "point-measured": ("good", "surface"),
    "point-target": ("surface", "proposed"),
}

# What else a class says, in both colour schemes.
_ICON = "stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round"
_HALO = "font-size:{small}px;stroke-width:4;stroke-linejoin:round;paint-order:stroke"
_WORD = "font-weight:700;font-size:{small}px"
_SHAPE = {
    "step": "fill-opacity:.55",
    "rule": "stroke-width:1",
    "icon-accent": _ICON,
    "icon-good": _ICON,
    "icon-bad": _ICON,
    "title": "font-weight:700;font-size:{title}px",
    "subtitle": "font-size:{subtitle}px",
    "stage": "font-weight:700;font-size:{stage}px",
    "stage-small": "font-weight:700;font-size:{lane_name}px",
    "stage-least": "font-weight:700;font-size:{small}px",
    "group": _WORD,
    "band": "font-weight:700",
    "name": "font-weight:700;font-size:{lane_name}px",
    "strong": "font-weight:700;font-size:12px",
    "quote": "font-style:italic;font-synthesis:weight",  # no script without italics is slanted
    "unit": "font-size:12px",
    "parent": "font-size:{small}px",
    "small": "font-size:{small}px",
    "aim": "font-size:{small}px",
    "tagt": "font-size:12px",
    "choicet": "font-size:12px",
    "border-name": _WORD,
    "value": "font-weight:700;font-size:{value}px",
    "track": "stroke-width:1",
    "whisker": "stroke-width:1.5",
    "mean": "stroke-width:1",
    "good-word": _WORD,
    "bad-word": _WORD,
    "plain-word": _WORD,
    "good-sign": "stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round",
    "bad-sign": "stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round",
    "plain-way": "stroke-width:1.4",
    "border": "stroke-width:1.5;stroke-dasharray:5 4",
    "proposed": "stroke-width:1.4;stroke-dasharray:2 1.6",
    "face": "stroke-width:1.8",
    "mouth": "stroke-width:1.8;stroke-linecap:round",
    "feeling": f"font-weight:700;{_HALO}",
    "mood": _HALO,
    "line-assumed": "stroke-width:2.5;stroke-linecap:round",
    "line-measured": "stroke-width:2;stroke-linecap:round;stroke-dasharray:7 5",
    "line-target": "stroke-width:2;stroke-linecap:round;stroke-dasharray:1 5",
    "point-measured": "stroke-width:1.5",
    "point-target": "stroke-width:2",
}


def paint(root: Element, scope: str, chosen: Theme) -> None:
    """Give each mark the looks of its class, by attributes: many readers drop style sheets.

    Only ``auto`` has a style sheet, for the reader's dark system. Each of its rules stands under
    the class ``scope``, so that no other picture is touched.
    """
    looks = _looks(theme()["dark" if chosen == "dark" else "light"])
    for element in root.iter():
        name = element.get("class", "")
        element.attrib.update(looks[name] if name else {})
        if chosen != "auto":
            element.attrib.pop("class", None)
    root.set("font-family", theme()["map_font"])
    root.set("font-size", str(sizes()["text"]))
    if chosen == "auto":
        root.set("class", scope)
        root.insert(0, mark("style", _dark_sheet(scope)))


def _dark_sheet(scope: str) -> str:
    rules = (
        f".{scope} .{name}{{fill:{look['fill']};stroke:{look.get('stroke', 'none')}}}"
        for name, look in _looks(theme()["dark"]).items()
    )
    return f"@media (prefers-color-scheme:dark){{{''.join(rules)}}}"


def _looks(colours: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Return the attributes of each class."""
    looks = {}
    for name, (fill, stroke) in _PAINT.items():
        shape = _SHAPE.get(name, "").format(**sizes())
        pairs = dict(part.split(":") for part in shape.split(";") if part)
        ink = {"stroke": colours[stroke]} if stroke else {}
        looks[f"jj-{name}"] = {"fill": colours.get(fill, "none"), **ink, **pairs}
    for number, chip in enumerate(colours["chips"]):
        looks[f"jj-chip{number}"] = {"fill": chip["fill"]}
        looks[f"jj-chip{number}t"] = {"fill": chip["text"], "font-size": "12px"}
        icon = dict(part.split(":") for part in _ICON.split(";"))
        looks[f"jj-chip{number}i"] = {"fill": "none", "stroke": chip["text"], **icon}
    return looks
