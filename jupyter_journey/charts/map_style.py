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
    "zebra": ("group_band", ""),
    "pill": ("accent_soft", ""),
    "group": ("accent", ""),
    "rule": ("", "line"),
    "axis": ("", "accent"),
    "stop": ("surface", "accent"),
    "icon": ("", "muted"),
    "title": ("text", ""),
    "subtitle": ("muted", ""),
    "stage": ("text", ""),
    "parent": ("muted", ""),
    "name": ("text", ""),
    "band": ("accent", ""),
    "text": ("text", ""),
    "strong": ("text", ""),
    "quote": ("muted", ""),
    "small": ("muted", ""),
    "hushed": ("muted", ""),
    "unit": ("muted", ""),
    "value": ("text", ""),
    "goal": ("accent", ""),
    "dot": ("accent", ""),
    "good": ("good", ""),
    "bad": ("bad", ""),
    "outline": ("", "line"),
    "track": ("", "line"),
    "whisker": ("", "accent"),
    "mean": ("accent", "surface"),
    "border": ("", "muted"),
    "border-name": ("muted", ""),
    "proposed": ("", "proposed"),
    "proposed-name": ("proposed", ""),
    "zero": ("", "line"),
    "area": ("curve_fill", ""),
    "mood": ("accent", "surface"),
    "line-assumed": ("", "accent"),
    "line-measured": ("", "text"),
    "line-target": ("", "good"),
    "point-assumed": ("accent", "surface"),
    "point-measured": ("surface", "text"),
    "point-target": ("surface", "good"),
}

# What else a class says, in both colour schemes.
_SHAPE = {
    "rule": "stroke-width:1",
    "axis": "stroke-width:2",
    "stop": "stroke-width:2",
    "icon": "stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round",
    "title": "font-weight:700;font-size:{title}px",
    "subtitle": "font-size:{subtitle}px",
    "stage": "font-weight:700;font-size:{stage}px",
    "group": "font-weight:700;font-size:12px",
    "band": "font-weight:700;font-size:15px",
    "name": "font-weight:700;font-size:{lane_name}px",
    "strong": "font-weight:700;font-size:12px",
    "quote": "font-style:italic",
    "hushed": "font-style:italic;font-size:12px",
    "unit": "font-size:12px",
    "parent": "font-size:{small}px",
    "small": "font-size:{small}px",
    "goal": "font-size:{small}px",
    "border-name": "font-size:{small}px;font-style:italic",
    "proposed-name": "font-size:{small}px",
    "value": "font-weight:700;font-size:{value}px",
    "track": "stroke-width:2;stroke-linecap:round",
    "whisker": "stroke-width:3;stroke-linecap:round",
    "mean": "stroke-width:1.5",
    "border": "stroke-dasharray:6 4",
    "proposed": "stroke-width:2;stroke-dasharray:2 3",
    "zero": "stroke-dasharray:4 4",
    "mood": "font-size:12px;stroke-width:4;stroke-linejoin:round;paint-order:stroke",
    "line-assumed": "stroke-width:2.5;stroke-linecap:round",
    "line-measured": "stroke-width:1.8;stroke-linecap:round",
    "line-target": "stroke-width:1.8;stroke-dasharray:5 4",
    "point-assumed": "stroke-width:2",
    "point-measured": "stroke-width:1.8",
    "point-target": "stroke-width:1.8",
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
    return looks
