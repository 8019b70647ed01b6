"""How touchpoints lead to one another: a graph from left to right, a column per stage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import altair as alt
import pandas as pd

from jupyter_journey.charts.layered import Point, layered
from jupyter_journey.charts.map_text import wrap
from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.voice import MISSING, Voice, voice

__all__ = ["chain"]

_COLUMN, _ROW = 176, 58
_BOX, _HIGH = 128, 40
_SIZE = 11
_LINES, _LINE = 2, 13
_HEAD = 34
"""Pixels: a column and a row of the graph, a box, its text, and what stage names take above."""


def chain(frame: pd.DataFrame, title: str | None = None, *, language: str = "en") -> alt.LayerChart:
    """Draw which touchpoint leads to which.

    A box with a broken edge can't be reached, a red one leads nowhere; both say so. Links to an
    earlier stage are dashed.

    Parameters
    ----------
    frame
        ``source``, ``stage``, ``target``, ``target_stage`` (names, stages as ordered categories),
        ``what`` (``link``, ``end``, ``nowhere`` or ``astray``), ``reached`` (whether a chain leads
        to the source).
    title
        Title of the chart; default: what it shows, in words.
    language
        Language of the chart's words.
    """
    ink, say = colours(), voice(language)
    title = title or say("charts", "chain", "title")
    points = frame.drop_duplicates("source").set_index("source")
    used = [name for name in frame["stage"].cat.categories if name in set(points["stage"])]
    columns = [*used, *([None] if points["stage"].isna().any() else [])]
    places = {None if pd.isna(name) else name: at for at, name in enumerate(columns)}
    layers = {
        str(name): places[None if pd.isna(stage) else stage]
        for name, stage in points["stage"].items()
    }
    linked = frame[(frame["what"] == "link") & frame["target"].isin(list(layers))]
    layout = layered(layers, list(zip(linked["source"], linked["target"], strict=True)))
    nodes = {name: _centre(place) for name, place in layout.nodes.items()}
    top = min((y for _, y in nodes.values()), default=0.0) - _HIGH
    boxes = pd.DataFrame(
        [_box(name, nodes[name], frame[frame["source"] == name], say) for name in layers]
    )
    lines = pd.DataFrame(
        [
            {"link": number, "at": at, "x": x, "y": y, "back": layers[target] < layers[source]}
            for number, (source, target, bends) in enumerate(layout.links)
            for at, (x, y) in enumerate(_line(nodes[source], nodes[target], bends))
        ],
        columns=["link", "at", "x", "y", "back"],
    )
    heads = pd.DataFrame(
        [
            {"x": at * _COLUMN + _BOX / 2, "y": top - _HEAD / 2, "text": _wrapped(name or MISSING)}
            for at, name in enumerate(columns)
        ]
    )
    low, high = top - _HEAD, max(float(lines["y"].max()), *(boxes["y2"])) if len(lines) else 0
    high = max(high, float(boxes["y2"].max())) + 8
    wide = (len(columns) - 1) * _COLUMN + _BOX + 24
    axes = {
        "x": alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-8, wide - 8], nice=False)),
        "y": alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[high, low], nice=False)),
    }
    layers_drawn = [
        *_links(lines, axes, ink),
        *_boxes(boxes, axes, ink),
        alt.Chart(heads)
        .mark_text(fontSize=12, fontWeight=600, color=ink["accent"], lineBreak="\n")
        .encode(**axes, text="text:N"),
    ]
    return alt.LayerChart(layer=layers_drawn).properties(
        title=alt.Title(title, subtitle=say("charts", "chain", "subtitle")),
        description=_description(frame, title, say),
        width=wide,
        height=high - low,
    )


def _centre(place: Point) -> Point:
    return place[0] * _COLUMN + _BOX / 2, place[1] * _ROW


def _box(name: str, centre: Point, onward: pd.DataFrame, say: Voice) -> dict[str, Any]:
    x, y = centre
    is_loose = bool(onward["what"].isin(["nowhere", "astray"]).any())
    is_reached = bool(onward["reached"].iloc[0])
    state = "nowhere" if is_loose and is_reached else "" if is_reached else "unreached"
    text = _wrapped(name)
    return {
        "left": x - _BOX / 2,
        "x2": x + _BOX / 2,
        "y1": y - _HIGH / 2,
        "y2": y + _HIGH / 2,
        "x": x,
        "y": y - text.count("\n") * _LINE / 2,
        "text": text,
        "below": y + _HIGH / 2 + 9,
        "state": say("states", state) if state else "",
        "loose": is_loose,
        "reached": is_reached,
    }


def _wrapped(name: str) -> str:
    lines = wrap(name, _SIZE, _BOX - 22)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1].rstrip()}…"]
    return "\n".join(line.rstrip() for line in lines)


def _line(source: Point, target: Point, bends: tuple[Point, ...]) -> Iterator[Point]:
    """Yield the points a link's curve is drawn by: level where it leaves and where it arrives."""
    half, reach = _BOX / 2, (_COLUMN - _BOX) / 2
    if target[0] > source[0]:
        yield source[0] + half, source[1]
        yield source[0] + half + reach, source[1]
        for x, y in map(_centre, bends):
            yield x - half - reach, y
            yield x - half, y
            yield x + half, y
            yield x + half + reach, y
        yield target[0] - half - reach, target[1]
        yield target[0] - half - 5, target[1]
    elif target[0] == source[0]:  # round the right side
        yield source[0] + half, source[1] + _HIGH / 5
        yield source[0] + half + reach, source[1]
        yield target[0] + half + reach, target[1]
        yield target[0] + half + 5, target[1] - _HIGH / 5
    else:  # back, below both
        under = max(source[1], target[1]) + _ROW / 2
        yield source[0] - half / 2, source[1] + _HIGH / 2
        yield source[0] - half / 2, under
        yield target[0] + half / 2, under
        yield target[0] + half / 2, target[1] + _HIGH / 2 + 5


def _links(lines: pd.DataFrame, axes: dict[str, Any], ink: dict[str, str]) -> list[alt.Chart]:
    drawn = []
    for back, dash in ((False, [1, 0]), (True, [4, 3])):
        part = lines[lines["back"].astype(bool) == back]
        drawn.append(
            alt.Chart(part)
            .mark_line(
                interpolate="basis",
                color=ink["muted"],
                strokeWidth=1.3,
                strokeDash=dash,
                opacity=0.8,
            )
            .encode(**axes, detail="link:N", order="at:Q")
        )
    last = lines.drop_duplicates("link", keep="last")
    before: pd.DataFrame = lines[lines.groupby("link").cumcount(ascending=False) == 1]
    ends = last.assign(turn=_turns(last, before))
    drawn.append(
        alt.Chart(ends)
        .mark_point(shape="triangle", filled=True, size=45, color=ink["muted"], opacity=1)
        .encode(**axes, angle=alt.Angle("turn:Q", scale=None))
    )
    return drawn


def _turns(last: pd.DataFrame, before: pd.DataFrame) -> list[int]:
    """Return the degrees an arrowhead that points up is turned by."""
    turns = []
    for (x, y), (px, py) in zip(
        last[["x", "y"]].to_numpy(), before[["x", "y"]].to_numpy(), strict=True
    ):
        level = abs(x - px) >= abs(y - py)
        turns.append((90 if x > px else 270) if level else (180 if y > py else 0))
    return turns


def _boxes(boxes: pd.DataFrame, axes: dict[str, Any], ink: dict[str, str]) -> list[alt.Chart]:
    drawn = []
    for reached, dash in ((True, [1, 0]), (False, [5, 3])):
        for is_loose, edge in ((False, "accent"), (True, "bad")):
            part = boxes[(boxes["reached"] == reached) & (boxes["loose"] == is_loose)]
            drawn.append(
                alt.Chart(part)
                .mark_rect(
                    fill=ink["surface"],
                    stroke=ink[edge],
                    strokeWidth=1.4,
                    strokeDash=dash,
                    cornerRadius=7,
                )
                .encode(
                    x=alt.X("left:Q", axis=None),
                    x2="x2:Q",
                    y=alt.Y("y1:Q", axis=None),
                    y2="y2:Q",
                )
            )
    names = alt.Chart(boxes).mark_text(
        fontSize=_SIZE, color=ink["text"], lineBreak="\n", lineHeight=_LINE
    )
    states = alt.Chart(boxes[boxes["state"] != ""]).mark_text(fontSize=10, color=ink["bad"])
    below = alt.Y("below:Q", axis=None)
    return [
        *drawn,
        names.encode(**axes, text="text:N"),
        states.encode(x=axes["x"], y=below, text="state:N"),
    ]


def _description(frame: pd.DataFrame, title: str, say: Voice) -> str:
    told = []
    for name, part in frame.groupby("source", sort=False):
        targets = part.loc[part["what"] == "link", "target"].tolist()
        words = say.listed(targets) if targets else say("states", str(part["what"].iloc[0]))
        told.append(say("charts", "chain", "told", source=name, targets=words))
    return say.sentences([title, *told])
