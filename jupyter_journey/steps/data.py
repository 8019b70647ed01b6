"""Step 5, data: what customers really do, and the figures on the map (DAT, MET, CHK-5xx)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.events import EventLog
from jupyter_journey.model.journey import Journey
from jupyter_journey.steps.figures import figures_of
from jupyter_journey.steps.findings import Hit, hit, rule
from jupyter_journey.steps.log import entries, log_of, measured
from jupyter_journey.steps.request import Request
from jupyter_journey.steps.result import Result

__all__ = ["run"]

STEP = 5
_SHOWN_TRANSITIONS = 12


def run(journey: Journey, request: Request | None = None) -> Result:
    """Answer the questions of step 5 from the event log, and write the figures to the map.

    Groups under ``settings.min_group`` customers are left out of the frames.

    Returns
    -------
    Result
        ``frames``: ``quality`` (fact, value), ``funnel``, ``transitions``, ``stage_times``
        (columns as :class:`jupyter_journey.EventLog` gives them), ``figures`` (metric, stage,
        value, unit, n, low, high, period, origin). Without an event log the frames are missing
        and ``notes`` says why.

    Raises
    ------
    SourceError, ColumnError
        If the event log can't be read as declared.
    """
    request = request or Request()
    words = catalogue.texts(journey.language)["notes"]
    log = log_of(journey, request)
    if log is None:
        return Result(STEP, journey, {}, (words["no_events"],))
    quality = {"quality": _quality(log, journey.language)}
    stages = entries(journey)
    if not stages:
        return Result(STEP, journey, quality, (words["no_stage_events"],))
    after = measured(journey, request)
    settings = journey.settings
    transitions = log.transitions()
    common = transitions[transitions["customers"] >= settings.min_group]
    frames = {
        **quality,
        "funnel": _large(log.funnel(stages, level=settings.level), "customers", settings.min_group),
        "transitions": common.head(_SHOWN_TRANSITIONS).reset_index(drop=True),
        "stage_times": _large(log.stage_times(stages), "n", settings.min_group),
        "figures": figures_of(after),
    }
    notes = (
        words["reading"].format(level=settings.level),
        words["suppressed"].format(min_group=settings.min_group),
        words["shown_transitions"].format(shown=len(frames["transitions"]), total=len(transitions)),
    )
    return Result(STEP, after, frames, notes)


def _large(frame: pd.DataFrame, counted: str, least: int) -> pd.DataFrame:
    """Leave out the rows that rest on fewer customers than may be shown."""
    kept: pd.DataFrame = frame[frame[counted] >= least].reset_index(drop=True)
    return kept


def _quality(log: EventLog, language: str) -> pd.DataFrame:
    facts = {
        "rows": f"{log.n:,}",
        "customers": f"{len(log.customers):,}",
        "first": "" if log.first is None else f"{log.first:%Y-%m-%d}",
        "last": "" if log.last is None else f"{log.last:%Y-%m-%d}",
        "events": f"{len(log.events):,}",
        "ties": f"{log.ties:.1%}",
    }
    names = catalogue.texts(language)["facts"]
    return pd.DataFrame(
        {"fact": [names[key] for key in facts], "value": list(facts.values())}, dtype="string"
    )


@rule("CHK-504", "warning")
def _several_sources(journey: Journey) -> Iterator[Hit]:
    count = len(journey.document.sources)
    if count < 2:
        yield hit("sources", count=count)


@rule("CHK-505", "warning")
def _suppressed(journey: Journey) -> Iterator[Hit]:
    for figure in journey.document.measurements:
        if figure.suppressed:
            where = f"measurements/{figure.id}"
            yield hit(where, name=figure.name, min_group=journey.settings.min_group)
