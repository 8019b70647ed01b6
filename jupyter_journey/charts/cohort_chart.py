"""Who comes back, by cohort."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.heat import heat
from jupyter_journey.charts.hover import hover
from jupyter_journey.charts.voice import Voice, voice

__all__ = ["cohorts"]


def cohorts(
    frame: pd.DataFrame, title: str | None = None, last: int = 12, *, language: str = "en"
) -> alt.LayerChart:
    """Draw the share of each cohort that is active so many periods on; unfinished ones faint.

    Parameters
    ----------
    frame
        What :meth:`EventLog.cohorts` returns; a column ``every`` may say how long the periods are,
        as its ``freq`` does.
    title
        Title of the chart; default: what it shows, in words.
    last
        The last period to show.
    language
        Language of the chart's words and numbers.
    """
    say = voice(language)
    title = title or say("charts", "cohorts", "title")
    shown = frame[frame["period"] <= last]
    every = str(frame["every"].iloc[0]) if "every" in frame and len(frame) else ""
    counted = say("charts", "cohorts", "every", every) if every else say("charts", "cohorts", "any")
    names = [
        say(
            "charts",
            "aside",
            text=say.cohort(row["cohort"], every),
            aside=say.number(row["customers"]),
        )
        for row in shown.to_dict("records")
    ]
    data = shown.drop(columns="cohort").assign(
        cohort=names, faint=~shown["complete"], complete=shown["complete"].map(say.shown)
    )
    axis = alt.Axis(labelAngle=0, domain=False, ticks=False)
    above = alt.Axis(
        domain=False, ticks=False, titleAngle=0, titleAlign="right", titleX=-6, titleY=-8
    )
    return heat(
        data,
        x=alt.X("period:O", title=say("charts", "cohorts", "x", every=counted), axis=axis),
        y=alt.Y("cohort:N", sort=None, title=say("charts", "cohorts", "y"), axis=above),
        share="rate",
        tooltip=hover(
            say,
            cohort="text",
            period="text",
            active="count",
            rate="share",
            low="share",
            high="share",
            complete="text",
        ),
        title=title,
        subtitle=say("charts", "cohorts", "subtitle"),
        description=_description(shown, title, say),
    )


def _description(frame: pd.DataFrame, title: str, say: Voice) -> str:
    whole = frame[frame["complete"]].groupby("period")[["active", "customers"]].sum()
    parts = [
        say(
            "charts",
            "cohorts",
            "told",
            period=period,
            rate=say.percent(row["active"] / row["customers"]),
            n=say.number(row["customers"]),
        )
        for period, row in whole.iterrows()
    ]
    return say.sentences([title, say("charts", "cohorts", "about"), *parts])
