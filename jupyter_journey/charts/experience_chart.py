"""The experience curve: emotion by stage, assumed, measured and aimed at."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.hover import hover
from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.voice import Voice, voice

__all__ = ["experience"]

_KINDS = ("assumed", "measured", "target")


def experience(
    frame: pd.DataFrame, title: str | None = None, *, language: str = "en"
) -> alt.LayerChart:
    """Draw emotion from −2 to +2 through the stages, measured values with their intervals.

    Parameters
    ----------
    frame
        ``stage``, ``curve`` (``assumed``, ``measured`` or ``target``), ``value``, and ``low`` and
        ``high`` where it was measured; stages in their order.
    title
        Title of the chart; default: what it shows, in words.
    language
        Language of the chart's words and numbers.
    """
    ink, say = colours(), voice(language)
    title = title or say("charts", "experience", "title")
    stages = [*dict.fromkeys(frame["stage"])]
    names = {kind: say("charts", "experience", kind) for kind in _KINDS}
    data = frame.assign(name=frame["curve"].map(names))
    shown = [names[kind] for kind in _KINDS if (frame["curve"] == kind).any()]
    tones = {"assumed": ink["muted"], "measured": ink["accent"], "target": ink["good"]}
    dashes = {"assumed": [5, 3], "measured": [1, 0], "target": [1, 3]}
    kinds = [kind for kind in _KINDS if names[kind] in shown]
    base = alt.Chart(data).encode(
        x=alt.X("stage:N", sort=stages, title=None, axis=_across(stages)),
        color=alt.Color(
            "name:N",
            title=None,
            scale=alt.Scale(domain=shown, range=[tones[kind] for kind in kinds]),
            legend=alt.Legend(orient="bottom", symbolType="stroke"),
        ),
    )
    mood = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[-2, 2]),
        axis=alt.Axis(
            values=[-2, -1, 0, 1, 2], labelExpr="datum.value ? format(datum.value, '+d') : '0'"
        ),
    )
    lines = base.mark_line(interpolate="monotone", strokeWidth=2.5).encode(
        y=mood,
        strokeDash=alt.StrokeDash(
            "name:N",
            scale=alt.Scale(domain=shown, range=[dashes[kind] for kind in kinds]),
            legend=None,
        ),
    )
    interval = base.mark_rule(strokeWidth=2).encode(y="low:Q", y2="high:Q")
    points = base.mark_point(filled=True, size=60, opacity=1).encode(
        y=mood,
        tooltip=hover(say, {"name": " "}, stage="text", name="text", value="number"),
    )
    return alt.LayerChart(layer=[interval, lines, points]).properties(
        title=alt.Title(title, subtitle=say("charts", "experience", "subtitle")),
        description=say.sentences([title, *_told(data, say)]),
        width={"step": 84},
        height=220,
    )


def _across(stages: list[str]) -> alt.Axis:
    return alt.Axis(labelAngle=0 if len(stages) <= 10 else -40, domain=False, ticks=False)


def _told(data: pd.DataFrame, say: Voice) -> list[str]:
    return [
        say(
            "charts",
            "experience",
            "told",
            stage=row["stage"],
            curve=row["name"],
            value=say.signed(row["value"]),
        )
        for row in data.dropna(subset="value").to_dict("records")
    ]
