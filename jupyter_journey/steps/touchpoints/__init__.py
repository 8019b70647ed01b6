"""Step 3, touchpoints: where customer and company meet (TP, TPQ-1 to 6, CHK-301 to 309)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from jupyter_journey.charts.voice import Voice, voice
from jupyter_journey.model.journey import Journey
from jupyter_journey.steps.covered import covered, covered_sentence
from jupyter_journey.steps.log import told_of
from jupyter_journey.steps.request import Request
from jupyter_journey.steps.result import Result
from jupyter_journey.steps.touchpoints.chain import END, chain, loose
from jupyter_journey.steps.touchpoints.checks import FIVE_QUESTIONS
from jupyter_journey.steps.touchpoints.offered import offered, take_offered
from jupyter_journey.steps.touchpoints.seen import take_events, unmapped, unseen

__all__ = ["END", "FIVE_QUESTIONS", "run", "take_events", "take_offered"]

STEP = 3


def run(journey: Journey, request: Request | None = None) -> Result:
    """Lay out the touchpoints, the answers to the five questions, and how they lead on.

    Returns
    -------
    Result
        ``frames["touchpoints"]``: name, stage, channel, contact, the seven fields of the five
        questions, next (names). ``coverage``: question (one of the seven fields), answered, of,
        share, missing (names). ``chain`` and ``loose``: see
        :func:`jupyter_journey.steps.touchpoints.chain.chain`. ``unmapped`` and ``unseen``: what the
        event log shows and the map doesn't, and the reverse; both are missing without a log.
        ``offered``: the catalogue's touchpoints that the map lacks. Groups of fewer than
        ``settings.min_group`` customers are left out.

    Raises
    ------
    SourceError, ColumnError
        If the event log can't be read as declared.
    """
    request = request or Request()
    links = chain(journey)
    frames = {
        "touchpoints": _touchpoints(journey),
        "coverage": _coverage(journey),
        "chain": links,
        "loose": loose(links),
    }
    cut, notes = told_of(journey, request)
    if cut is not None:
        frames |= {"unmapped": unmapped(cut, journey), "unseen": unseen(cut, journey)}
    frames["offered"] = offered(journey)
    return Result(
        STEP,
        journey,
        frames,
        notes,
        request,
        _sentences(frames, voice(journey.language)),
        sheets=("touchpoints",),
        takers={"unmapped": take_events, "offered": take_offered},
    )


def _touchpoints(journey: Journey) -> pd.DataFrame:
    frame = journey.touchpoints
    names = {point.id: point.name for point in journey.document.touchpoints}
    stages = {stage.id: stage.name for stage in journey.document.stages}
    following = [tuple(names.get(key, key) for key in keys if key != END) for keys in frame["next"]]
    return pd.DataFrame(
        {
            "name": frame["name"],
            "stage": frame["stage_id"].map(stages).astype("string"),
            **{name: frame[name] for name in ("channel", "contact", *FIVE_QUESTIONS)},
            "next": pd.Series(following, index=frame.index, dtype="object"),
        }
    )


def _coverage(journey: Journey) -> pd.DataFrame:
    say, points = voice(journey.language), journey.document.touchpoints
    return covered(
        (say.column(field), {point.name: bool(getattr(point, field)) for point in points})
        for field in (FIVE_QUESTIONS if points else ())
    )


def _sentences(frames: dict[str, pd.DataFrame], say: Voice) -> dict[str, str]:
    tellers: Mapping[str, Callable[[pd.DataFrame], str]] = {
        "coverage": lambda frame: covered_sentence(frame, say),
        "chain": lambda frame: _of_chain(frame, frames["loose"], say),
    }
    counted = {
        name: say("answers", name, count=say.number(len(frames[name])))
        for name in ("unmapped", "unseen", "offered")
        if name in frames
    }
    told = {name: tell(frames[name]) for name, tell in tellers.items() if len(frames[name])}
    none = {name: say("answers", f"{name}_none") for name in frames if frames[name].empty}
    return counted | told | none


def _of_chain(links: pd.DataFrame, broken: pd.DataFrame, say: Voice) -> str:
    fields = {
        "points": say.number(links["source"].nunique()),
        "links": say.number((links["what"] == "link").sum()),
        "ends": say.number((broken["what"] != "unreached").sum()),
        "unreached": say.number((broken["what"] == "unreached").sum()),
    }
    return say("answers", "chain" if len(broken) else "chain_whole", **fields)
