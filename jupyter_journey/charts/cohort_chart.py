"""Who comes back, by cohort."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.heat import heat
from jupyter_journey.charts.words import percent

__all__ = ["cohorts"]


def cohorts(frame: pd.DataFrame, title: str = "Who comes back", last: int = 12) -> alt.LayerChart:
    """Draw the share of each cohort that is active so many periods on; unfinished ones faint.

    Parameters
    ----------
    frame
        What :meth:`EventLog.cohorts` returns.
    title
        Title of the chart.
    last
        The last period to show.
    """
    shown = frame[frame["period"] <= last]
    names = [
        f"{row['cohort']:%Y-%m-%d}  ({row['customers']:,})" for row in shown.to_dict("records")
    ]
    data = shown.drop(columns="cohort").assign(cohort=names, faint=~shown["complete"])
    axis = alt.Axis(labelAngle=0, domain=False, ticks=False)
    return heat(
        data,
        x=alt.X("period:O", title="periods since the first event", axis=axis),
        y=alt.Y("cohort:N", sort=None, title="cohort (customers)", axis=axis),
        share="rate",
        tooltip=[
            alt.Tooltip("cohort:N"),
            alt.Tooltip("period:O"),
            alt.Tooltip("active:Q", format=","),
            alt.Tooltip("rate:Q", format=".1%"),
            alt.Tooltip("low:Q", format=".1%"),
            alt.Tooltip("high:Q", format=".1%"),
            alt.Tooltip("complete:N"),
        ],
        title=title,
        subtitle="Per cent of each cohort; faint: the period wasn't over yet",
        description=_description(shown, title),
    )


def _description(frame: pd.DataFrame, title: str) -> str:
    whole = frame[frame["complete"]].groupby("period")[["active", "customers"]].sum()
    parts = [
        f"Period {period}: {percent(row['active'] / row['customers'])} of {row['customers']:,}."
        for period, row in whole.iterrows()
    ]
    return " ".join([f"{title}, all cohorts together, finished periods only.", *parts])
