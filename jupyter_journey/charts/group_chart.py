"""How large the groups are that columns part customers into."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.hover import hover
from jupyter_journey.charts.map_words import joined
from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.voice import voice

__all__ = ["suggested"]


def suggested(
    frame: pd.DataFrame, title: str | None = None, *, language: str = "en"
) -> alt.FacetChart:
    """Draw a bar per group, the groups of a column together.

    Parameters
    ----------
    frame
        ``column``, ``value``, ``customers``, ``share`` and ``segment`` (name of the segment the
        group is already; missing where it is none).
    title
        Title of the chart; default: what it shows, in words.
    language
        Language of the chart's words and numbers.
    """
    ink, say = colours(), voice(language)
    title = title or say("charts", "suggested", "title")
    named = frame["segment"].notna()
    data = frame.assign(
        words=[
            say("charts", "suggested", "label", customers=say.number(n), share=say.percent(share))
            for n, share in zip(frame["customers"], frame["share"], strict=True)
        ],
        known=named,
    )
    axis = alt.Axis(domain=False, ticks=False)
    widest = float(frame["share"].max()) * 1.5 if len(frame) else 1.0
    base = alt.Chart().encode(
        y=alt.Y("value:N", sort=None, title=None, axis=axis),
        x=alt.X("share:Q", axis=None, scale=alt.Scale(domain=[0, widest])),
    )
    strength = alt.when(alt.datum.known).then(alt.value(0.85)).otherwise(alt.value(0.3))
    bars = base.mark_bar(color=ink["accent"], cornerRadiusEnd=3).encode(
        opacity=strength,
        tooltip=hover(say, column="text", value="text", customers="count", share="share"),
    )
    words = base.mark_text(align="left", dx=8, color=ink["text"], fontSize=12).encode(
        text="words:N"
    )
    told = [
        say(
            "charts",
            "labelled",
            name=row["column"],
            value=joined([row["value"], row["words"]], language),
        )
        for row in data.to_dict("records")
    ]
    header = alt.Header(
        title=None, labelAngle=0, labelAlign="left", labelFontWeight=600, labelColor=ink["muted"]
    )
    layers = alt.LayerChart(data=data, layer=[bars, words]).properties(
        width=420, height={"step": 24}
    )
    rows = alt.Row("column:N", sort=[*dict.fromkeys(frame["column"])], header=header)
    chart: alt.FacetChart = (
        layers.facet(row=rows, spacing=8)
        .resolve_scale(y="independent")
        .properties(
            title=alt.Title(title, subtitle=say("charts", "suggested", "subtitle")),
            description=say.sentences([title, *told]),
        )
    )
    return chart
