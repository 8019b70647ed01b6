"""A chart drawn as a small SVG whose marks say what they stand for when one points at them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, fromstring, register_namespace, tostring

import altair as alt

from jupyter_journey.charts.voice import MISSING

__all__ = ["drawn"]

_SVG = "http://www.w3.org/2000/svg"
_LONG = re.compile(r"-?\d*\.\d{3,}(?:e-?\d+)?")
_DEFAULTS = {("opacity", "1"), ("font-weight", "normal"), ("stroke-miterlimit", "10")}
_SPOKEN = ("aria-label", "aria-roledescription", "aria-hidden", "role", "class")
_FRAMES = ("background", "foreground")
_GUIDES = ("axis", "legend", "title", "subtitle")

register_namespace("", _SVG)


def drawn(spec: Mapping[str, Any], text: str) -> str:
    """Draw a Vega-Lite specification.

    Parameters
    ----------
    spec
        The specification. Its tooltips become titles of the marks, which browsers show on their
        own; everything that only repeats itself or can't be seen is left out.
    text
        What the picture says, for those who can't see it.

    Examples
    --------
    >>> columns = {"x": {"field": "n", "type": "quantitative"}}
    >>> columns["tooltip"] = [{"field": "n", "format": ",", "title": "Times", "type": "ordinal"}]
    >>> spec = {"data": {"values": [{"n": 1200}]}, "mark": "bar", "encoding": columns}
    >>> "<title>Times: 1,200</title>" in drawn(spec, "A bar")
    True
    """
    # loaded late: it starts threads, which a process that forks must not have
    import vl_convert

    picture: str = vl_convert.vegalite_to_svg(_told(spec), vl_version=_vega_lite())
    root = fromstring(picture)  # noqa: S314 - just drawn from our own specification
    _slim(root)
    _share_font(root)
    root.set("role", "img")
    root.set("aria-label", text)
    return tostring(root, encoding="unicode")


def _vega_lite() -> str:
    major, minor, *_ = alt.SCHEMA_VERSION.removeprefix("v").split(".")
    return f"{major}.{minor}"


def _told(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Let each mark describe itself by its tooltip; without one it is silent."""
    changed = dict(spec)
    for several in ("layer", "hconcat", "vconcat", "concat"):
        if several in spec:
            changed[several] = [_told(part) for part in spec[several]]
    if "spec" in spec:
        changed["spec"] = _told(spec["spec"])
    if "mark" in spec:
        mark = {"type": spec["mark"]} if isinstance(spec["mark"], str) else spec["mark"]
        lines = spec.get("encoding", {}).get("tooltip") or []
        said = " + '\\n' + ".join(_line(one) for one in lines)
        changed["mark"] = mark | ({"description": {"expr": said}} if said else {"aria": False})
    return changed


def _line(tooltip: Mapping[str, Any]) -> str:
    """Return the Vega expression of a tooltip's line."""
    value = f"datum[{_quoted(tooltip['field'])}]"
    shown = f"format({value}, {_quoted(tooltip['format'])})" if "format" in tooltip else value
    title = tooltip.get("title", tooltip["field"]).strip()
    before = _quoted(f"{title}: " if title else "")
    return f"({before} + (isValid({value}) ? {shown} : {_quoted(MISSING)}))"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", " ")
    return f"'{escaped}'"


def _slim(element: Element) -> None:
    """Leave out what isn't seen, write numbers short, and turn labels of marks into titles."""
    for child in list(element):
        if child.get("class") in _FRAMES and not {"fill", "stroke"} & set(child.attrib):
            element.remove(child)
            continue
        _slim(child)
    label, role = element.get("aria-label"), element.get("aria-roledescription")
    for name in _SPOKEN:
        element.attrib.pop(name, None)
    for name, value in list(element.items()):
        if (name, value) in _DEFAULTS:
            del element.attrib[name]
        else:
            element.set(name, _LONG.sub(lambda found: f"{float(found[0]):.2f}", value))
    if label and role not in _GUIDES and not len(element):
        # An element's own text comes before its children.
        SubElement(element, f"{{{_SVG}}}title").text = label


def _share_font(root: Element) -> None:
    """Name the font once."""
    used = Counter(one.get("font-family") for one in root.iter() if one.get("font-family"))
    if used:
        font = str(used.most_common(1)[0][0])
        for element in root.iter():
            if element.get("font-family") == font:
                del element.attrib["font-family"]
        root.set("font-family", font)
