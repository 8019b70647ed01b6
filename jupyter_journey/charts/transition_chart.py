"""Which event follows which, as a heat map."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from jupyter_journey.charts.hover import hover
from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.voice import Voice, voice

__all__ = ["transitions"]


def transitions(
    frame: pd.DataFrame, title: str | None = None, top: int = 15, *, language: str = "en"
) -> alt.LayerChart:
    """Draw how often an event (row) is followed by another (column).

    Events stand in the order of the flow: so that transitions lead right and down, on the whole.

    Parameters
    ----------
    frame
        What :meth:`EventLog.transitions` returns.
    title
        Title of the chart; default: what it shows, in words.
    top
        How many events to show, the most frequent; the subtitle says what is left out.
    language
        Language of the chart's words and numbers.
    """
    ink, say = colours(), voice(language)
    title = title or say("charts", "transitions", "title")
    order = _order(frame, top)
    data = frame[frame["source"].isin(order) & frame["target"].isin(order)]
    most = float(data["n"].max()) if len(data) else 1.0
    axis = alt.Axis(domain=False, ticks=False)
    base = alt.Chart(data).encode(
        x=alt.X("target:N", sort=order, title=say("charts", "transitions", "x"), axis=axis),
        y=alt.Y("source:N", sort=order, title=say("charts", "transitions", "y"), axis=axis),
    )
    fill = alt.Scale(type="sqrt", range=[ink["accent_soft"], ink["accent"]], domain=[0, most])
    cells = base.mark_rect(stroke=ink["surface"], strokeWidth=2, cornerRadius=4).encode(
        color=alt.Color("n:Q", scale=fill, legend=None),
        tooltip=hover(
            say,
            {name: say.column(name, "transitions") for name in ("target", "n")},
            source="text",
            target="text",
            n="count",
            customers="count",
        ),
    )
    dark = alt.datum.n > most * 0.35
    words = base.mark_text(fontSize=11).encode(
        text=alt.Text("n:Q", format=","),
        color=alt.when(dark).then(alt.value(ink["surface"])).otherwise(alt.value(ink["text"])),
    )
    return alt.LayerChart(layer=[cells, words]).properties(
        title=alt.Title(title, subtitle=_left_out(frame, data, say)),
        description=_description(data, title, say),
        width={"step": 46},
        height={"step": 28},
    )


def _order(frame: pd.DataFrame, top: int) -> list[str]:
    """Return the most frequent events, each placed so that transitions lead forward, on the whole.

    The places are the least-squares potential of the net flow (X. Jiang et al. (2011),
    "Statistical ranking and combinatorial Hodge theory", Mathematical Programming 127, 203-244).
    """
    total = frame.groupby("source")["n"].sum().add(frame.groupby("target")["n"].sum(), fill_value=0)
    kept = total.sort_values(ascending=False, kind="stable").index[:top]
    table = frame.pivot_table(index="source", columns="target", values="n", aggfunc="sum")
    flow = table.reindex(index=kept, columns=kept).fillna(0).to_numpy(dtype=float)
    both = flow + flow.T
    net = flow.sum(axis=0) - flow.sum(axis=1)
    place = np.linalg.lstsq(np.diag(both.sum(axis=0)) - both, net)[0]
    return [str(kept[position]) for position in np.argsort(place, kind="stable")]


def _left_out(frame: pd.DataFrame, shown: pd.DataFrame, say: Voice) -> str:
    total, kept = int(frame["n"].sum()), int(shown["n"].sum())
    told = "all" if kept == total else "some"
    return say("charts", "transitions", told, all=say.number(total), shown=say.number(kept))


def _description(data: pd.DataFrame, title: str, say: Voice) -> str:
    first = data.sort_values("n", ascending=False, kind="stable").head(5)
    parts = [
        say("charts", "transitions", "told", source=source, target=target, n=say.number(n))
        for source, target, n in zip(first["source"], first["target"], first["n"], strict=True)
    ]
    return say.sentences([title, say("charts", "transitions", "about"), *parts])
