"""What a figure rests on, kept with it; and whose figures are too few people's to be kept."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from math import isfinite
from operator import itemgetter
from types import MappingProxyType
from typing import Any

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.events import Period
from jupyter_journey.events.filters import Scalar
from jupyter_journey.metrics import fingerprints
from jupyter_journey.metrics.figures import Figure, Metric
from jupyter_journey.metrics.inputs import Inputs
from jupyter_journey.metrics.neighbours import Neighbours
from jupyter_journey.metrics.sources import Data, Filters, source_of
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import slug, unique_id
from jupyter_journey.model.records import Measurement
from jupyter_journey.privacy import Counted, hidden_figures

__all__ = ["Origins", "code_version"]

_DAYS: Mapping[str, str] = MappingProxyType(
    {"survey": "asked_at", "tickets": "created_at", "crm": "month", "spend": "month"}
)
_FILTER_KEY = re.compile("-([0-9a-f]{8})$")


@dataclass(frozen=True)
class Origins:
    """What all figures of one measuring share."""

    journey: Journey
    filters: Filters
    inputs: Inputs
    data: Mapping[str, Data]
    """What was read, by role: paths, tables, logs."""
    given: Mapping[str, Data] | None
    """Which of them were given, instead of the journey's own sources."""

    def records(self, found: Sequence[tuple[Metric, Figure]]) -> list[Measurement]:
        """Return figures as the journey keeps them; a metric's stand together.

        Of a part too small to be shown even the name would tell, as data say it: it is left out.
        """
        ids = [
            key
            for metric, group in groupby(found, key=itemgetter(0))
            for key in self._ids(metric, [figure for _, figure in group])
        ]
        hidden = self._hidden(found, ids)
        return [
            self._record(metric, figure, key, flag)
            for (metric, figure), key, flag in zip(found, ids, hidden, strict=True)
            if not (flag and figure.part and figure.touchpoint_id is None)
        ]

    def earlier(self, metrics: Set[str]) -> set[str]:
        """Return the ids of figures that these metrics gave before under the same filters."""
        return {figure.id for figure in self._own if figure.metric in metrics}

    def _hidden(self, found: Sequence[tuple[Metric, Figure]], ids: Sequence[str]) -> list[bool]:
        """Tell which figures would tell of too few, by themselves or beside the others."""
        least = self.journey.settings.min_group
        if 0 < self.inputs.left_out < least:  # what all figures lack of everybody's would tell
            return [True] * len(found)
        own = {one.id for one in self._own}
        others = (one for one in self.journey.document.measurements if one.fingerprint)
        shown = (one for one in others if one.id not in own)
        neighbours = Neighbours(self.journey.document, shown, _of_all_time)
        told = [
            Counted(
                figure.n,
                figure.counts,
                figure.people,
                of_log=next(iter(metric.inputs)) == "events" and figure.people is None,
                whole=(metric.id, figure.whole) if figure.whole else None,
                one_n=figure.one_n,
                tells=neighbours.tell_on(
                    self._record(metric, figure, key, False),
                    least,
                    as_asked=figure.period is None,
                ),
            )
            for (metric, figure), key in zip(found, ids, strict=True)
        ]
        return hidden_figures(told, least, len(self.inputs.log.customers))

    def _formula(self, words: Mapping[str, Any], said: Mapping[str, Any]) -> str:
        """Fill in a metric's formula; where the metric has phrases for a field, it says which."""
        stages = {stage.id: stage.name for stage in self.journey.document.stages}
        told = {
            field: catalogue.listed(self.journey.language, value, "or")
            if isinstance(value, tuple)
            else stages.get(value, value)
            for field, value in said.items()
        }
        phrases = {
            field: words[field][value].format(**told)
            for field, value in said.items()
            if field in words
        }
        return str(words["formula"].format(**told | phrases))

    def _record(self, metric: Metric, figure: Figure, key: str, hidden: bool) -> Measurement:
        words = catalogue.texts(self.journey.language)["metrics"][metric.id]
        name = figure.name or " · ".join(filter(None, [words["name"], figure.part]))
        stage = figure.stage_id or self._stage(metric)
        fields: dict[str, Any] = {
            "id": key,
            "name": name,
            "metric": metric.id,
            "unit": figure.unit or metric.unit,
            "direction": metric.direction,
            "lane_id": self._lane(metric) if figure.on_map else None,
            "stage_id": stage,
            "milestone_id": figure.milestone_id,
            "touchpoint_id": figure.touchpoint_id,
            "segment_id": self.filters.segment_id,
            "persona_id": self.filters.persona_id,
            "where": self.filters.where,
            "formula": self._formula(words, figure.said),
            "level": self.journey.settings.level,
            "source_id": self._source(metric),
            "fingerprint": self._fingerprint(metric),
            "pseudonyms": self.inputs.history.origin.key_id,
            "version": code_version(),
            "computed_at": self._now,
            "suppressed": hidden,
        }
        if hidden:
            # The days of few people's events tell who they are.
            return Measurement.model_validate(fields | {"period": str(self.filters.period or "")})
        fields["period"] = str(figure.period or self._period(metric) or "")
        numbers = {"value": figure.value, "low": figure.low, "high": figure.high}
        fields |= {key: float(number) for key, number in numbers.items() if isfinite(number)}
        return Measurement.model_validate(fields | {"n": int(figure.n)})

    def _ids(self, metric: Metric, figures: Sequence[Figure]) -> list[str]:
        """Return an id for each figure, the same in each measuring with these filters."""
        ids, taken = [], {figure.touchpoint_id or "" for figure in figures}
        for figure in figures:
            part = None if figure.milestone_id else figure.touchpoint_id
            if figure.part and not figure.milestone_id and not part:
                part = unique_id(figure.part, taken)
                taken.add(part)
            subject = figure.milestone_id or figure.stage_id or self._stage(metric) or "all"
            ids.append("-".join(filter(None, [slug(metric.id), subject, part, self._filter_key])))
        return ids

    def _stage(self, metric: Metric) -> str | None:
        known = {stage.id for stage in self.journey.document.stages}
        return metric.stage if metric.stage in known else None

    def _lane(self, metric: Metric) -> str | None:
        if metric.lane is None:
            return None
        kind = "score" if metric.lane == "emotion" else "metric"
        lanes = [lane.id for lane in self.journey.document.lanes if lane.kind == kind]
        return metric.lane if metric.lane in lanes else next(iter(lanes), None)

    def _source(self, metric: Metric) -> str | None:
        source = source_of(self.journey, next(iter(metric.inputs)), self.given)
        return source.id if source else None

    def _fingerprint(self, metric: Metric) -> str:
        data = fingerprints.joined(self._digests[role] for role in metric.inputs)
        document, whose = self.journey.document, (self.filters.segment_id, self.filters.persona_id)
        return f"{data}+{fingerprints.mapping_of(document, metric.inputs, *whose)}"

    def _period(self, metric: Metric) -> Period | None:
        """Return the period asked for, or else that of the metric's main source."""
        role = next(iter(metric.inputs))
        if role not in self._periods:
            self._periods[role] = self._period_of(role)
        return self._periods[role]

    def _period_of(self, role: str) -> Period | None:
        if self.filters.period or role == "events":
            return self.filters.period or self.inputs.period
        table, column = self.inputs.tables[role], _DAYS[role]
        if column not in table or table[column].isna().all():
            return None
        first, last = table[column].dropna().min(), table[column].dropna().max()
        if isinstance(first, pd.Timestamp):
            return Period(first.date(), last.date())
        return Period(Period.parse(first).first, Period.parse(last).last)

    @cached_property
    def _periods(self) -> dict[str, Period | None]:
        """The periods looked up so far, by role."""
        return {}

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {role: fingerprints.of_data(data) for role, data in self.data.items()}

    @cached_property
    def _now(self) -> datetime:
        return datetime.now(UTC)

    @cached_property
    def _own(self) -> list[Measurement]:
        """The figures measured before under the same filters."""
        return [
            figure
            for figure in self.journey.document.measurements
            if figure.fingerprint and _key_in(figure.id) == self._key_of(figure) == self._filter_key
        ]

    @cached_property
    def _filter_key(self) -> str:
        filters = self.filters
        return _key(filters.period, filters.segment_id, filters.persona_id, filters.where)

    def _key_of(self, figure: Measurement) -> str:
        """Return what would stand in its id for a figure's customers and the present period."""
        whose = (figure.segment_id, figure.persona_id, figure.where)
        return _key(self.filters.period, *whose)


def _key(
    period: Period | None,
    segment_id: str | None,
    persona_id: str | None,
    where: Mapping[str, Scalar],
) -> str:
    """Return a short name for the filters, so that each of them has figures of its own."""
    conditions = sorted((key, repr(value)) for key, value in where.items())
    asked = [str(period or ""), segment_id or "", persona_id or "", conditions]
    if not any(asked):
        return ""
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:8]


def _of_all_time(figure: Measurement) -> bool:
    """Tell whether no period was asked for when a figure was measured."""
    return _key_in(figure.id) == _key(None, figure.segment_id, figure.persona_id, figure.where)


def _key_in(key: str) -> str:
    """Return what stands for the filters in the id of a figure."""
    ending = _FILTER_KEY.search(key)
    return ending[1] if ending else ""


@cache
def code_version() -> str:
    """Return the version of this package, by which a figure tells what computed it."""
    try:
        return version("jupyter-journey")
    except PackageNotFoundError:  # a source tree that was never installed
        return ""
