"""The emotion curve: what is shaded is the gap that the map is about."""

import re
from importlib.resources import files
from json import loads
from xml.etree import ElementTree as ET

from jupyter_journey import Journey
from jupyter_journey.charts.map_picture import map_svg
from jupyter_journey.model.records import Measurement

SVG = "{http://www.w3.org/2000/svg}"
THEME = loads(files("jupyter_journey.charts").joinpath("theme.json").read_text("utf-8"))["light"]
STAGES = ["A", "B", "C", "D"]
Point = tuple[float, float]


def _drawn(
    assumed: list[float | None], measured: list[float | None], target: list[float | None]
) -> ET.Element:
    journey = Journey.new("Moods", stages=STAGES)
    figures = []
    for stage, feels, shows, aims in zip(STAGES, assumed, measured, target, strict=True):
        if feels is not None or aims is not None:
            journey = journey.set(stage, "Emotion", feels, target=aims)
        if shows is not None:
            place = {"id": stage, "lane_id": "emotion", "stage_id": stage.lower()}
            figures.append(Measurement(name="Survey", metric="MET-11", value=shows, **place))
    drawing = map_svg(journey.replace("measurements", figures))
    return ET.fromstring(drawing)  # noqa: S314 our own output


def _areas(picture: ET.Element) -> list[str]:
    paths = picture.iter(f"{SVG}path")
    return [path.get("d", "") for path in paths if path.get("fill") == THEME["curve_fill"]]


def _gaps(picture: ET.Element) -> list[set[Point]]:
    """Return the corners of each shaded area: where it starts, and where each curve ends."""
    corners = []
    for area in _areas(picture):
        ends = re.findall(r"(?:[ML]|C\S+ \S+ \S+ \S+ )(\S+) ([\d.-]+)", area)
        corners.append({(float(x), float(y)) for x, y in ends})
    return corners


def _points(picture: ET.Element, kind: str) -> list[Point]:
    """Return the points of one line, from left to right: faces, diamonds or rings."""
    found = []
    for group in picture.iter(f"{SVG}g"):
        x, y = map(float, re.findall(r"-?[\d.]+", group.get("transform", "0 0"))[:2])
        for mark in group:
            if kind == "assumed" and mark.get("r") == "10":
                found.append((x + 12, y + 12))
            if kind == "measured" and mark.get("d", "").startswith("M0 -5.5"):
                found.append((x, y))
            if kind == "target" and mark.get("stroke") == THEME["proposed"] and mark.get("cx"):
                found.append((float(mark.get("cx", "")), float(mark.get("cy", ""))))
    # as paths write them
    return sorted((float(f"{x:.1f}"), float(f"{y:.1f}")) for x, y in found)


def test_the_gap_lies_between_assumed_and_measured() -> None:
    picture = _drawn([1, 0, -1, 2], [0, 0.5, None, 1], [2, 2, 2, 2])
    (gap,) = _gaps(picture)
    assumed = _points(picture, "assumed")
    measured = _points(picture, "measured")
    assert gap == {*assumed[:2], *measured[:2]}


def test_unmeasured_it_lies_between_assumed_and_target() -> None:
    picture = _drawn([1, None, -1, 2], [None] * 4, [2, 2, 1, 1.5])
    (gap,) = _gaps(picture)
    assumed, target = _points(picture, "assumed"), _points(picture, "target")
    assert gap == {*assumed[1:], *target[2:]}


def test_alone_it_lies_between_a_line_and_the_neutral_one() -> None:
    picture = _drawn([1, 2, None, -1], [None] * 4, [None] * 4)
    (gap,) = _gaps(picture)
    first, second, last = _points(picture, "assumed")
    middle = (first[1] + last[1]) / 2
    assert gap == {first, second, (first[0], middle), (second[0], middle)}


def test_a_single_point_has_no_gap() -> None:
    assert _gaps(_drawn([1, None, 2, None], [None] * 4, [None] * 4)) == []


def test_the_gaps_edge_is_the_line_itself() -> None:
    picture = _drawn([1, -1, 2, 0], [None, 0.5, 1, None], [None] * 4)
    (area,) = _areas(picture)
    (line,) = [
        p.get("d", "")
        for p in picture.iter(f"{SVG}path")
        if (p.get("stroke"), p.get("stroke-width")) == (THEME["accent"], "2.5")
        and "C" in p.get("d", "")
    ]
    (edge,) = re.findall(r"C[^L]+", area.partition("L")[0])
    assert edge in line
