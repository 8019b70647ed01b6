"""Step 5, data: what customers really do, and the figures on the map (DAT, MET, CHK-5xx)."""

from __future__ import annotations

import pandas as pd
from tqdm.auto import tqdm

from jupyter_journey import catalogue
from jupyter_journey.charts.voice import voice
from jupyter_journey.metrics.measuring import inputs_of, measured
from jupyter_journey.model.journey import Journey
from jupyter_journey.privacy import suppressed
from jupyter_journey.steps.data import checks as _checks  # noqa: F401  (registers them)
from jupyter_journey.steps.data.answers import ANSWERS, Looked
from jupyter_journey.steps.data.held import held
from jupyter_journey.steps.data.insights import insights, noted
from jupyter_journey.steps.data.recorded import recorded
from jupyter_journey.steps.data.sentences import sentences
from jupyter_journey.steps.figures import figures_of
from jupyter_journey.steps.log import entries, leaves_few, looked_at, selected, too_few
from jupyter_journey.steps.request import Request
from jupyter_journey.steps.result import Result

__all__ = ["run"]

STEP = 5
_SHEETS = ("map", "changes")
_PATIENCE = 2
"""Seconds until a progress bar shows."""


def run(journey: Journey, request: Request | None = None) -> Result:
    """Answer the questions of step 5 from the event log, and write the figures to the map.

    What rests on fewer than ``settings.min_group`` customers is missing in the frames.

    Returns
    -------
    Result
        ``frames``: ``quality`` (fact, value, remark), then what :class:`jupyter_journey.EventLog`
        answers, without small groups, empty where nothing is left: ``funnel``, ``drop_off``,
        ``stage_times``, ``transitions``, ``cohorts``, ``variants``, and ``comparison`` of the two
        largest segments; ``insights`` (tag: trend, pain, joy or frustration; what; n), ``figures``
        (metric, stage, value, unit, n, low, high, period, origin). ``sentences`` says the gist of
        each. Without an event log the frames are missing and ``notes`` says why.

    Raises
    ------
    SourceError, ColumnError
        If the event log can't be read as declared.
    """
    request = request or Request()
    words, settings = catalogue.texts(journey.language)["notes"], journey.settings
    with tqdm(total=len(ANSWERS) + 3, delay=_PATIENCE, leave=False) as bar:

        def tell(name: str) -> None:
            bar.set_description(words["progress"][name], refresh=False)
            bar.update()

        tell("reading")
        cut = looked_at(journey, request)
        if cut is None:
            return Result(STEP, journey, {}, (words["no_events"],), request, sheets=_SHEETS)
        if leaves_few(cut, settings.min_group):
            return Result(STEP, journey, {}, (too_few(journey),), request, sheets=_SHEETS)
        tell("quality")
        frames = {"quality": held(cut, journey)}
        stages = entries(journey, cut.meant)
        if not stages:
            bare = (words["no_stage_events"],)
            return Result(STEP, journey, frames, bare, request, sheets=_SHEETS)
        looked = Looked(cut, stages, journey, request)
        answers = {}
        for name, answer in ANSWERS.items():
            tell("asking")
            answers[name] = answer(looked)
        frames |= _shown(answers, looked)
        tell("measuring")
        after = measured(journey, cut, inputs_of(journey, cut))
    empty = {name: frame for name, frame in frames.items() if frame.empty}
    frames = {name: frame for name, frame in frames.items() if len(frame)}
    shown = selected(after, request)
    found = noted(frames, shown)
    after = recorded(after, cut.meant, stages, found, request)
    frames["insights"] = insights(found, journey.language)
    frames["figures"] = figures_of(shown)
    told = sentences(journey, frames)
    return Result(STEP, after, frames | empty, _notes(journey), request, told, sheets=_SHEETS)


def _shown(answers: dict[str, pd.DataFrame], looked: Looked) -> dict[str, pd.DataFrame]:
    """Return what may be shown of all answers together, the segments by their names."""
    asked = {name: frame for name, frame in answers.items() if len(frame)}
    shown = suppressed(asked, looked.settings.min_group, len(looked.log.customers))
    if looked.pair and "compare" in shown:
        (one, _), (other, _) = looked.pair
        shown["comparison"] = shown.pop("compare").assign(segment=one, other=other)
    empty = dict.fromkeys([*answers, "comparison"], pd.DataFrame())
    del empty["compare"]
    return empty | shown


def _notes(journey: Journey) -> tuple[str, ...]:
    words, settings = catalogue.texts(journey.language)["notes"], journey.settings
    return (
        words["reading"].format(level=voice(journey.language).percent(settings.level, 0)),
        words["on_the_way"],
        words["suppressed"].format(min_group=settings.min_group),
    )
