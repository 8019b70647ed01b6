"""Which figures no longer fit their data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from glob import iglob
from pathlib import Path

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.errors import SourceError
from jupyter_journey.events.question import duration
from jupyter_journey.metrics import fingerprints
from jupyter_journey.metrics.provenance import code_version
from jupyter_journey.metrics.registry import METRICS
from jupyter_journey.metrics.sources import Data, check_roles, event_log, source_of
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Measurement
from jupyter_journey.paths import file_name, is_address

__all__ = ["stale"]

Reason = tuple[str, str]
"""State and words."""


def stale(
    journey: Journey,
    sources: Mapping[str, Data] | None = None,
    *,
    older_than: str | pd.Timedelta | None = None,
) -> pd.DataFrame:
    """Say which measured figures no longer fit their data.

    Figures entered by hand are left out, as are those that are fresh: whose source, mapping of
    events, settings and code are as they were, and which aren't too old.

    Parameters
    ----------
    journey
        A journey with figures from :func:`jupyter_journey.measure`.
    sources
        Data by role, instead of the journey's own sources, as :func:`jupyter_journey.measure`
        takes them.
    older_than
        Age from which a figure is stale, such as ``"30d"``; else ``settings.review_days``.

    Returns
    -------
    pandas.DataFrame
        ``measurement`` (id), ``metric`` (id), ``name``, ``stage`` (name; missing where it is of
        none), ``state`` (``stale``; ``no source``: the journey names none, or its file is gone;
        ``broken``: the file can't be read), ``reason``.

    Raises
    ------
    ParameterError
        If ``older_than`` is no span of time.
    UnknownNameError
        If ``sources`` names a role there isn't.

    Examples
    --------
    >>> from jupyter_journey.metrics import measure
    >>> journey = Journey.new("Shop", stages=["Visit"])
    >>> journey = journey.replace("stages", journey.stages.assign(events=[("visit",)]))
    >>> events = pd.DataFrame({"customer": [f"c{i}" for i in range(20)], "event": "visit"})
    >>> data = {"events": events.assign(time="2026-01-01")}
    >>> measured = measure(journey, data)
    >>> stale(measured, data)["reason"].tolist()
    []
    >>> stale(measured, {"events": data["events"].tail(15)})["reason"].tolist()
    ['The data have changed.']
    """
    check_roles(sources)
    days = f"{journey.settings.review_days}d"
    age = pd.Timedelta(microseconds=duration(older_than or days, "older_than"))
    present = _Present(journey, sources or {}, age)
    stages = {stage.id: stage.name for stage in journey.document.stages}
    rows = []
    for figure in journey.document.measurements:
        reasons = list(present.reasons(figure)) if figure.fingerprint else []
        if reasons:
            states = {state for state, _ in reasons}
            rows.append(
                {
                    "measurement": figure.id,
                    "metric": figure.metric,
                    "name": figure.name,
                    "stage": stages.get(figure.stage_id or ""),
                    "state": next(s for s in ("broken", "no source", "stale") if s in states),
                    "reason": catalogue.sentences(
                        journey.language, (words for _, words in reasons)
                    ),
                }
            )
    columns = ["measurement", "metric", "name", "stage", "state", "reason"]
    return pd.DataFrame(rows, columns=columns, dtype="string")


@dataclass(frozen=True)
class _Present:
    """What figures are compared with; each source is looked at once."""

    journey: Journey
    given: Mapping[str, Data]
    age: pd.Timedelta
    digests: dict[str, str | Reason] = field(default_factory=dict)

    def reasons(self, figure: Measurement) -> Iterator[Reason]:
        """Yield why a figure is no longer fresh."""
        yield from self._of_data(figure)
        if figure.version != code_version():
            yield self._said("stale", "version", then=figure.version, now=code_version())
        if figure.computed_at is None or datetime.now(UTC) - figure.computed_at > self.age:
            yield self._said("stale", "age", days=self.age.days)

    def _of_data(self, figure: Measurement) -> Iterator[Reason]:
        metric = METRICS.get(figure.metric)
        if metric is None or metric.figures is None:
            yield self._said("stale", "metric", metric=figure.metric)
            return
        digests = []
        for role in metric.inputs:
            digest = self._digest(role)
            if isinstance(digest, tuple):
                yield digest
            else:
                digests.append(digest)
        complete = len(digests) == len(metric.inputs)
        data, mapping = fingerprints.parts(figure.fingerprint)
        if complete and fingerprints.joined(digests) != data:
            yield self._said("stale", "data")
        document, whose = self.journey.document, (figure.segment_id, figure.persona_id)
        if fingerprints.mapping_of(document, metric.inputs, *whose) != mapping:
            yield self._said("stale", "mapping")

    def _digest(self, role: str) -> str | Reason:
        """Return the present digest of a role's source, or why there is none."""
        if role not in self.digests:
            self.digests[role] = self._look(role)
        return self.digests[role]

    def _look(self, role: str) -> str | Reason:
        place = self.journey.source_place(role)
        data = self.given.get(role, place)
        if data is None:
            return self._said("no source", "none", role=role)
        if data is place and not _is_there(place):
            return self._said("no source", "gone", path=file_name(place))
        try:
            source = source_of(self.journey, role, self.given)
            is_query = source is not None and "query" in source.spec
            if role == "events" and (is_query or isinstance(data, pd.DataFrame)):
                data = event_log(self.journey, self.given)  # as measuring does
            return fingerprints.of_data(data)
        except (SourceError, OSError) as error:
            return self._said("broken", "broken", error=error)

    def _said(self, state: str, key: str, **fields: object) -> Reason:
        return state, catalogue.text(self.journey.language, "staleness", key, **fields)


def _is_there(place: str) -> bool:
    """Tell whether there is such a file or folder, or any file of such a pattern."""
    if is_address(place):  # what answers there, reading it tells
        return True
    return Path(place).exists() or any(iglob(place, recursive=True))  # noqa: PTH207 (is absolute)
