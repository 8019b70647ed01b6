"""Shares over two axes, as a heat map with the figures in its cells."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from jupyter_journey.charts.theme import colours

__all__ = ["heat"]


def heat(
    data: pd.DataFrame,
    *,
    x: alt.X,
    y: alt.Y,
    share: str,
    tooltip: Sequence[alt.Tooltip],
    title: str,
    subtitle: str,
    description: str,
) -> alt.LayerChart:
    """Draw a cell per row of the data, the darker the greater the share.

    A column ``faint``, where there is one, marks figures that aren't final.
    """
    ink = colours()
    data = data.assign(
        faint=data.get("faint", False),
        label=[f"{share:.0%}"[:-1] if share >= 0.005 else "·" for share in data[share]],
        shade=data[share].clip(upper=1).pow(0.7),
    )
    base = alt.Chart(data).encode(x=x, y=y)
    fill = alt.Scale(range=[ink["accent_soft"], ink["accent"]], domain=[0, 1], interpolate="rgb")
    unsure = alt.datum.faint
    cells = base.mark_rect(stroke=ink["surface"], strokeWidth=2, cornerRadius=4).encode(
        color=alt.Color("shade:Q", scale=fill, legend=None),
        opacity=alt.when(unsure).then(alt.value(0.55)).otherwise(alt.value(1)),
        tooltip=[*tooltip],
    )
    light = (alt.datum.shade > 0.55) & ~unsure
    words = base.mark_text(fontSize=11).encode(
        text="label:N",
        color=alt.when(light).then(alt.value(ink["surface"])).otherwise(alt.value(ink["text"])),
    )
    return alt.LayerChart(layer=[cells, words]).properties(
        title=alt.Title(title, subtitle=subtitle),
        description=description,
        width={"step": 40},
        height={"step": 26},
    )
