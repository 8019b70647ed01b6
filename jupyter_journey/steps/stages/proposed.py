"""Which stage an event stands for, as the data suggest it; a person confirms.

Three things tell, the first that does is taken: how far the CRM says that those customers came, in
which stage they are when they first do it, and when in their journey they do it at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from jupyter_journey.charts.voice import Voice, voice
from jupyter_journey.errors import UnknownNameError
from jupyter_journey.events import Log
from jupyter_journey.metrics.cut import Cut
from jupyter_journey.metrics.sources import table_of
from jupyter_journey.model.journey import Journey
from jupyter_journey.privacy import is_small
from jupyter_journey.steps.stages.first_times import FirstTimes

__all__ = ["accept", "accept_shown", "proposed"]

_NEARLY_ALL = 0.95
_MOST = 0.5
_ENDS = 2 / 3
_COLUMNS = ["event", "customers", "share", "times", "proposal", "reason"]


def proposed(cut: Cut, journey: Journey) -> pd.DataFrame:
    """Propose a stage for each event that stands for none.

    An event that is the last one of more than two thirds of its customers gets none: it rather ends
    the journey. Events of fewer than ``settings.min_group`` customers, or of a smaller share than
    ``settings.rare_touchpoint``, are left out.

    Returns
    -------
    pandas.DataFrame
        ``event``, ``customers``, ``share`` (of all customers of the log), ``times`` (per customer
        who does it), ``proposal`` (name of a stage; missing where none is proposed), ``reason``;
        in the order customers do them first.
    """
    everybody, settings = len(cut.log.customers), journey.settings
    found = cut.coverage.set_index("event")
    bare = found[found["stage"].isna() & (found["n"] > 0)]
    counts = {str(event): int(count) for event, count in bare["customers"].items()}
    shown = [
        event
        for event, count in counts.items()
        if not is_small(count, everybody, settings.min_group)
        and count / everybody >= settings.rare_touchpoint
    ]
    times = (bare["n"] / bare["customers"]).to_dict()
    look = _Look(cut.log, cut.meant.stages, journey)
    rows = []
    for event in look.in_order(shown):
        stage, reason = look.judged(event)
        share = counts[event] / everybody
        rows.append((event, counts[event], share, times[event], stage, reason))
    return pd.DataFrame(rows, columns=_COLUMNS).astype({"proposal": "string"})


@dataclass(frozen=True)
class _Look:
    """The first time each customer does each event, and what is known of the stages."""

    log: Log
    mapped: Mapping[str, tuple[str, ...]]
    journey: Journey

    @cached_property
    def say(self) -> Voice:
        return voice(self.journey.language)

    @cached_property
    def stages(self) -> list[str]:
        """Names of the stages customers go through one after the other."""
        document = self.journey.document
        return [one.name for one in document.stages if one.parent_id is None and not one.side]

    @cached_property
    def firsts(self) -> pd.DataFrame:
        """The first time of each customer and event: see :class:`FirstTimes`."""
        number = {
            event: at for at, name in enumerate(self.stages) for event in self.mapped.get(name, ())
        }
        return self.log.ask(FirstTimes(number))

    @cached_property
    def places(self) -> pd.Series:
        """The mean place of each event."""
        return self.firsts.groupby("event")["place"].mean()

    @cached_property
    def reached(self) -> pd.Series | None:
        """How far the CRM says each customer came, as the number of the stage; None without it.

        Whoever isn't in the CRM came to the first stage.
        """
        table = table_of(self.journey, "crm")
        if table is None:
            return None
        known = {name.casefold(): at for at, name in enumerate(self.stages)}
        known |= {one.id: known.get(one.name.casefold(), 0) for one in self.journey.document.stages}
        for name in table.columns:
            values = table[name].dropna().astype(str).str.casefold()
            if len(values) and set(values) <= set(known) and values.nunique() > 1:
                held = table.assign(at=values.map(known)).dropna(subset="at")
                far = held.groupby(held["customer"].astype(str))["at"].max()
                return far.astype(int)
        return None

    def in_order(self, events: list[str]) -> list[str]:
        """Return events in the order customers do them first."""
        return sorted(events, key=lambda event: (float(self.places[event]), event))

    def judged(self, event: str) -> tuple[str | None, str]:
        """Return the stage an event stands for, if any, and why."""
        doers = self.firsts[self.firsts["event"] == event]
        share = float(doers["ends"].mean())
        if share > _ENDS:
            return None, self._told("ends", share, len(doers))
        for told in (self._by_crm(doers), self._by_stage(doers)):
            if told is not None:
                return told
        return self._by_order(event)

    def _by_crm(self, doers: pd.DataFrame) -> tuple[str, str] | None:
        if self.reached is None:
            return None
        far = self.reached.reindex(doers["customer"].astype(str)).fillna(0).to_numpy()
        shares = [(far >= at).mean() for at in range(len(self.stages))]
        at = max(at for at, share in enumerate(shares) if share >= _NEARLY_ALL)
        stage = self.stages[at]
        return stage, self._told("crm", shares[at], len(doers), stage=stage)

    def _by_stage(self, doers: pd.DataFrame) -> tuple[str, str] | None:
        at = doers.loc[doers["entered"] >= 0, "entered"]
        if len(at) < len(doers) * _MOST:
            return None
        counts = at.value_counts()
        if counts.iloc[0] / len(doers) < _MOST:
            return None
        stage = self.stages[int(counts.index[0])]
        return stage, self._told("stage", counts.iloc[0] / len(doers), len(doers), stage=stage)

    def _by_order(self, event: str) -> tuple[str | None, str]:
        if not self.stages:
            return None, ""
        order = self.in_order([str(name) for name in self.places.index])
        at = order.index(event)
        stage = self.stages[int(at * len(self.stages) / len(order))]
        place, of = self.say.number(at + 1), self.say.number(len(order))
        return stage, self.say("stages_proposed", "order", place=place, of=of)

    def _told(self, key: str, share: float, n: int, **fields: str) -> str:
        """Say a reason; of all but few not how many."""
        hidden = is_small(round(share * n), n, self.journey.settings.min_group)
        shown = self.say("stages_proposed", "nearly") if hidden else self.say.percent(share)
        return self.say("stages_proposed", key, share=shown, **fields)


def accept(journey: Journey, rows: pd.DataFrame) -> Journey:
    """Let events stand for stages, as a person confirmed.

    Parameters
    ----------
    rows
        Those rows of the proposals that are right: ``event``, ``proposal`` (name or id of a stage).
        Rows without a stage change nothing.

    Returns
    -------
    Journey
        A changed copy: at the first of a stage's events a customer has entered it.

    Raises
    ------
    UnknownNameError
        If there is no such stage; the nearest one is named.

    Examples
    --------
    >>> rows = pd.DataFrame({"event": ["visit"], "proposal": ["Awareness"]})
    >>> accept(Journey.new("Draft"), rows).document.stages[0].events
    ('visit',)
    """
    stages = list(journey.document.stages)
    for event, given in zip(rows["event"], rows["proposal"], strict=True):
        if pd.isna(given) or not given:
            continue
        at = next((n for n, one in enumerate(stages) if given in (one.id, one.name)), None)
        if at is None:
            raise UnknownNameError(
                kind="stage", name=str(given), known=[one.name for one in stages]
            )
        events = tuple(dict.fromkeys([*stages[at].events, str(event)]))
        stages[at] = stages[at].model_copy(update={"events": events})
    return journey.replace("stages", stages)


def accept_shown(shown: Journey) -> Callable[[Journey, pd.DataFrame], Journey]:
    """Return what accepts proposals that name stages as they were shown, renamed since or not."""
    ids = {stage.name: stage.id for stage in shown.document.stages}

    def take(journey: Journey, rows: pd.DataFrame) -> Journey:
        return accept(journey, rows.assign(proposal=rows["proposal"].replace(ids)))

    return take
