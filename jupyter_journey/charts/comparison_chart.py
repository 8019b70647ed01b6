"""In what two segments differ."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.hover import hover
from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.voice import Voice, voice

__all__ = ["comparison"]

_TIMES = ("time", "edge_time")


def comparison(
    frame: pd.DataFrame,
    title: str | None = None,
    names: tuple[str, str] | None = None,
    top: int = 15,
    *,
    language: str = "en",
) -> alt.FacetChart:
    """Draw differences of shares with their intervals; those of times stand in words.

    Those who get to a stage stand apart from those who make a step from event to event.

    Parameters
    ----------
    frame
        What :meth:`EventLog.compare` returns.
    title
        Title of the chart; default: what it shows, in words.
    names
        What the two segments are called; default: what the columns ``segment`` and ``other`` say,
        if the frame has them.
    top
        How many differences to show: those of all stages, then the surest of steps.
    language
        Language of the chart's words and numbers.
    """
    ink, say = colours(), voice(language)
    title = title or say("charts", "comparison", "title")
    names = names or _names(frame, say)
    stages = frame[(frame["what"] == "stage") & frame["source"].notna()]
    steps = frame[frame["what"] == "transition"]
    shares = pd.concat([stages, steps.head(max(0, top - len(stages)))])
    data = shares.assign(
        label=_labels(shares),
        kind=_kinds(shares, say),
        sure=shares["p_adjusted"] <= 0.05,
        **{name: shares[name] * 100 for name in ("difference", "low", "high")},
    )
    base = alt.Chart().encode(
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False)),
        color=alt.when(alt.datum.sure)
        .then(alt.value(ink["accent"]))
        .otherwise(alt.value(ink["muted"])),
    )
    zero = alt.Chart().mark_rule(color=ink["line"]).encode(x=alt.datum(0))
    interval = base.mark_rule(strokeWidth=3).encode(
        x=alt.X("low:Q", title=say("charts", "comparison", "axis")), x2="high:Q"
    )
    middle = base.mark_point(filled=True, size=70, opacity=1).encode(
        x="difference:Q",
        tooltip=hover(
            say,
            {"label": " ", "value": names[0], "value_other": names[1]},
            label="text",
            value="share",
            value_other="share",
            n="count",
            n_other="count",
            p_adjusted="p",
        ),
    )
    sure = int((frame["p_adjusted"] <= 0.05).sum())
    subtitle = say(
        "charts",
        "comparison",
        "subtitle",
        one=names[0],
        other=names[1],
        sure=say.number(sure),
        all=say.number(len(frame)),
    )
    kinds = [say("charts", "comparison", "kinds", kind) for kind in ("stage", "transition")]
    heads = alt.Header(
        labelOrient="top", labelAnchor="start", labelColor=ink["muted"], labelFontSize=12
    )
    chart: alt.FacetChart = (
        alt.layer(zero, interval, middle, data=data)
        .properties(width=560, height={"step": 26})
        .facet(row=alt.Row("kind:N", sort=kinds, title=None, header=heads), spacing=10)
        .resolve_scale(y="independent")
        .properties(
            title=alt.Title(title, subtitle=subtitle),
            description=_description(frame.head(10), title, names, say),
        )
    )
    return chart


def _names(frame: pd.DataFrame, say: Voice) -> tuple[str, str]:
    if len(frame) and {"segment", "other"} <= set(frame.columns):
        return str(frame["segment"].iloc[0]), str(frame["other"].iloc[0])
    return say("charts", "comparison", "this"), say("charts", "comparison", "other")


def _labels(frame: pd.DataFrame) -> pd.Series:
    """Say what is compared; the first stage has none before it."""
    return (frame["source"] + " → ").fillna("") + frame["target"]


def _kinds(frame: pd.DataFrame, say: Voice) -> list[str]:
    return [say("charts", "comparison", "kinds", kind) for kind in frame["what"]]


def _description(frame: pd.DataFrame, title: str, names: tuple[str, str], say: Voice) -> str:
    parts = []
    for row in frame.assign(label=_labels(frame), kind=_kinds(frame, say)).to_dict("records"):
        form = say.span if row["what"] in _TIMES else say.percent
        values = {name: form(row[name]) for name in ("value", "value_other")}
        values |= {"kind": row["kind"], "label": row["label"]}
        parts.append(say("charts", "comparison", "told", one=names[0], other=names[1], **values))
    return say.sentences([title, say("charts", "comparison", "about"), *parts])
