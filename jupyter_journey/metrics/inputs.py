"""What metrics are computed from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from jupyter_journey.errors import ColumnError
from jupyter_journey.events import Log, Period
from jupyter_journey.metrics.early import Landmark, landmarks
from jupyter_journey.metrics.firsts import since_first
from jupyter_journey.metrics.paying import Paying, paying
from jupyter_journey.model.records import Document, Touchpoint

__all__ = ["Inputs"]

_DAYS = 30


@dataclass(frozen=True)
class Inputs:
    """The events and tables of the customers asked for, and what they mean in the journey."""

    document: Document
    stages: Mapping[str, tuple[str, ...]]
    """The events by which each stage is entered, by stage id, as the journey maps them."""
    touchpoints: Mapping[str, tuple[str, ...]]
    """The events that show a customer was there, by touchpoint id."""
    milestones: Mapping[str, tuple[str, ...]]
    """The events that show a milestone was reached, by milestone id."""
    labels: Mapping[str, tuple[str, ...]]
    """The names the log has for each event of the source."""
    log: Log
    """The events of the customers asked for, within the period asked for."""
    history: Log
    """The events of the same customers, from the beginning."""
    until: pd.Timestamp
    """The last moment observed: of the log, or of the period if that is earlier."""
    asked: Period | None
    """The period asked for."""
    left_out: int
    """How many customers of the period the filters leave out."""
    tables: Mapping[str, pd.DataFrame]
    """By role: answers and tickets of the customers and period asked for, customers as the CRM
    has them, and spend by month, which is nobody's and so missing where customers are chosen."""

    @property
    def level(self) -> float:
        """The confidence level of intervals."""
        return self.document.settings.level

    @cached_property
    def period(self) -> Period:
        """The period asked for, or else that of the events."""
        return self.asked or self.log.period or Period(self.until.date(), self.until.date())

    @property
    def begin(self) -> pd.Timestamp:
        """The first moment of the period."""
        return pd.Timestamp(self.period.begin)

    @property
    def recent(self) -> Period:
        """The period asked for, or else the last 30 days of the log."""
        begin = self.until - pd.Timedelta(days=_DAYS)
        return self.asked or Period(begin.date(), self.until.date())

    @property
    def recent_begin(self) -> pd.Timestamp:
        """The moment the recent period begins; to the second where it is 30 days to the end."""
        if self.asked:
            return pd.Timestamp(self.asked.begin)
        return self.until - pd.Timedelta(days=_DAYS)

    @property
    def entries(self) -> dict[str, tuple[str, ...]]:
        """The events by which each stage of the funnel is entered, by stage id.

        Stages without any are left out, and those that may be entered from anywhere.
        """
        side = {stage.id for stage in self.document.stages if stage.side}
        return {key: events for key, events in self.stages.items() if key not in side}

    @cached_property
    def paying(self) -> Paying | None:
        """Who was a customer from when until when; None where the events don't tell."""
        return paying(self.history, self.stages, self.labels, self.until)

    @cached_property
    def landmarks(self) -> tuple[Landmark, ...]:
        """Who had reached each milestone by the landmark; none where nobody is seen to join."""
        if self.paying is None:
            return ()
        asked = [
            (milestone, self.milestones[milestone.id])
            for milestone in self.document.milestones
            if self.milestones.get(milestone.id) and not milestone.refused_reason
        ]
        return tuple(landmarks(self.paying.new, self.until, asked, self.firsts))

    @cached_property
    def all(self) -> pd.Index[str]:
        """The customers in the history."""
        return self.history.customers

    def firsts(self, events: Sequence[str]) -> pd.Series[pd.Timestamp]:
        """Return by customer when they first did one of these, up to the end."""
        first = self.history.waits(events, events)
        first = first[first["start"] <= self.until]
        return first.set_index(first["customer"].astype(str))["start"]

    @cached_property
    def newcomers(self) -> Log:
        """The events of the customers whose first event of all lies in the period."""
        return self.since_first(self.history.events.tolist())

    def since_first(self, events: Sequence[str]) -> Log:
        """Return the events of the customers whose first of these events lies in the period."""
        return since_first(self.history, self.log, self.asked, events)

    def waits(self, start: Sequence[str], target: Sequence[str]) -> pd.DataFrame:
        """Return when those who first started in the period did, and first arrived after it.

        As :meth:`EventLog.waits`; what comes after the end hasn't been seen.
        """
        waits = self.history.waits(start, target)
        waits = waits[waits["start"].between(self.begin, self.until)]
        return waits.assign(end=waits["end"].where(waits["end"] <= self.until))

    @cached_property
    def channels(self) -> pd.DataFrame:
        """New customers by the channel of their first event: :meth:`by_first`."""
        return self.by_first("channel")

    def by_first(self, column: str) -> pd.DataFrame:
        """Count new customers by what their first event says in a column, most frequent first.

        The columns are ``all`` and the stages of the funnel; empty if the log has no such column.
        """
        if column not in self.log.columns:
            return pd.DataFrame({"all": []}, dtype="int64")
        funnel = self.newcomers.funnel(self.entries, by=column).dropna(subset="group")
        table = funnel.pivot_table(index="group", columns="stage", values="customers", sort=False)
        table["all"] = funnel.drop_duplicates("group").set_index("group")["n"]
        table = table[table["all"] > 0].astype("int64")
        return table.sort_values("all", ascending=False, kind="stable")

    def table(self, role: str, *columns: str) -> pd.DataFrame | None:
        """Return a source's rows that have all these columns filled; None without such columns."""
        table = self.tables.get(role)
        if table is None or not set(columns) <= set(table.columns):
            return None
        return table.dropna(subset=list(columns))

    def currency(self, role: str, table: pd.DataFrame) -> str:
        """Return the one currency of a source's amounts; empty where it doesn't say.

        Raises
        ------
        ColumnError
            If there are several.
        """
        found = sorted(table["currency"].dropna().unique()) if "currency" in table else []
        if len(found) > 1:
            raise ColumnError(
                source=role,
                column="currency",
                reason=f"holds {', '.join(found)}, and amounts in several can't be added up",
                way_out="Convert them to one currency, or keep the rows of one.",
            )
        return str(found[0]) if found else ""

    def touchpoints_of(self, stage_id: str) -> list[Touchpoint]:
        """Return the touchpoints of a stage that have events."""
        return [
            item
            for item in self.document.touchpoints
            if item.stage_id == stage_id and item.id in self.touchpoints
        ]
