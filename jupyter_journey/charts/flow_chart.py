"""The flow of customers between stages: on to the next, past some, and back."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from jupyter_journey.charts.hover import hover
from jupyter_journey.charts.map_text import text_width
from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.voice import Voice, voice

__all__ = ["flow"]

_POINTS = 24
_STEP, _FARTHEST = 116, 200
"""Pixels from stage to stage: at least, and at most where a name is long."""
_WIDER = 1.2
"""How much wider than Helvetica the widest of the charts' fonts is."""


def flow(
    frame: pd.DataFrame, title: str | None = None, top: int = 20, *, language: str = "en"
) -> alt.LayerChart:
    """Draw the stages in a row; arcs above lead on, arcs below lead back.

    The thicker an arc, the more customers take it; how many stands at its height.

    Parameters
    ----------
    frame
        What :meth:`EventLog.flow` returns. A column ``stages`` in its ``attrs`` orders the stages;
        else the order in which they first stand as a source, then as a target.
    title
        Title of the chart; default: what it shows, in words.
    top
        How many arcs to show, those of most customers.
    language
        Language of the chart's words and numbers.
    """
    ink, say = colours(), voice(language)
    title = title or say("charts", "flow", "title")
    found = frame.dropna(subset="customers")
    stages = list(frame.attrs.get("stages") or dict.fromkeys([*found["source"], *found["target"]]))
    shown = found.sort_values("customers", ascending=False, kind="stable").head(top)
    shown = shown.assign(
        edge=[f"{a} → {b}" for a, b in zip(shown["source"], shown["target"], strict=True)],
        back=[stages.index(a) > stages.index(b) for a, b in _pairs(shown)],
        words=[say.number(count) for count in shown["customers"]],
    )
    curves = pd.concat([_NOTHING, *(_arc(row, stages) for _, row in shown.iterrows())])
    tops = curves[curves["place"] == _POINTS // 2]
    reach = max(1.0, float(curves["y"].abs().max()) if len(curves) else 1.0) * 1.15
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.6, max(len(stages) - 0.4, 0.6)]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-reach, reach]))
    colour = (
        alt.when(alt.datum.back).then(alt.value(ink["bad"])).otherwise(alt.value(ink["accent"]))
    )
    arcs = (
        alt.Chart(curves)
        .mark_line(opacity=0.55, strokeCap="round")
        .encode(
            x=x,
            y=y,
            detail="edge:N",
            order="place:Q",
            color=colour,
            strokeWidth=alt.StrokeWidth(
                "customers:Q",
                legend=None,
                scale=alt.Scale(type="sqrt", domainMin=0, range=[1.5, 12]),
            ),
            tooltip=hover(say, {"edge": " "}, edge="text", customers="count", n="count"),
        )
    )
    nodes = pd.DataFrame({"x": np.arange(len(stages), dtype=float), "y": 0.0, "stage": stages})
    places = alt.Chart(nodes).encode(x=x, y=y)
    circles = places.mark_circle(size=260, color=ink["accent"], opacity=1)
    step = _step(stages)
    written = [
        *_haloed(places.encode(text="stage:N"), ink, 12, step, below=24),
        *_haloed(alt.Chart(tops).encode(x=x, y=y, text="words:N"), ink, 11, step),
    ]
    told = [
        say("charts", "flow", "told", source=a, target=b, customers=say.number(count))
        for (a, b), count in zip(_pairs(shown[:10]), shown["customers"][:10], strict=True)
    ]
    return alt.LayerChart(layer=[arcs, circles, *written]).properties(
        title=alt.Title(title, subtitle=_subtitle(shown, found, say)),
        description=say.sentences([title, *told]),
        width=max(step * len(stages), 240),
        height=300,
    )


_NOTHING = pd.DataFrame(
    {name: [] for name in ("x", "y", "place", "edge", "customers", "n", "back", "words")}
)


def _step(stages: list[str]) -> float:
    """Return how far apart the stages stand, so that their names fit in between."""
    names = (_WIDER * text_width(name, 12, bold=True) + 16 for name in stages)
    return min(max(_STEP, *names), _FARTHEST) if stages else _STEP


def _haloed(
    base: alt.Chart, ink: dict[str, str], size: int, step: float, below: int = 0
) -> list[alt.Chart]:
    """Return text that stays readable where lines run through it."""
    marks = (
        base.mark_text(fontWeight=600, fontSize=size, dy=below, limit=step - 8, **edge)
        for edge in ({"stroke": ink["surface"], "strokeWidth": 4.0}, {"color": ink["text"]})
    )
    return list(marks)


def _pairs(frame: pd.DataFrame) -> list[tuple[str, str]]:
    return [*zip(frame["source"], frame["target"], strict=True)]


def _arc(row: pd.Series, stages: list[str]) -> pd.DataFrame:
    """Return points of half an ellipse, the higher the further it leads."""
    start, end = stages.index(row["source"]), stages.index(row["target"])
    angle = (
        np.linspace(np.pi, 0, _POINTS + 1) if end > start else np.linspace(0, -np.pi, _POINTS + 1)
    )
    middle, half = (start + end) / 2, abs(end - start) / 2
    return pd.DataFrame(
        {
            "x": middle + half * np.cos(angle),
            "y": np.sign(end - start) * np.abs(np.sin(angle)) * (0.5 + abs(end - start)) ** 0.8,
            "place": np.arange(_POINTS + 1),
            **{name: row[name] for name in ("edge", "customers", "n", "back", "words")},
        }
    )


def _subtitle(shown: pd.DataFrame, found: pd.DataFrame, say: Voice) -> str:
    count, total = say.number(len(shown)), say.number(len(found))
    return say("charts", "flow", "subtitle", shown=count, all=total)
