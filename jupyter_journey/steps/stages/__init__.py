"""Step 4, stages: the way the customer goes (STG, TAB, TRG, PATH, RULE-06, CHK-401 to 408)."""

from __future__ import annotations

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.charts.voice import Voice, voice
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Stage
from jupyter_journey.steps.covered import covered, covered_sentence
from jupyter_journey.steps.log import told_of
from jupyter_journey.steps.meanings import whole_of
from jupyter_journey.steps.passages import passages
from jupyter_journey.steps.request import Request
from jupyter_journey.steps.result import Result
from jupyter_journey.steps.stages.checks import ASKED
from jupyter_journey.steps.stages.models import change, convert, models
from jupyter_journey.steps.stages.proposed import accept, accept_shown, proposed

__all__ = ["accept", "change", "convert", "models", "run"]

STEP = 4
_SHOWN = ("group", *ASKED, "obstacles", "trigger")


def run(journey: Journey, request: Request | None = None) -> Result:
    """Lay out the stages: what customers do, decide and need to know in each (RULE-06).

    Returns
    -------
    Result
        ``frames["stages"]``: name (of a sub-step, with its stage's), group, actions, decisions,
        information_needs, obstacles, trigger. ``coverage``: question, answered (of how many
        stages), of, share, missing (names). ``passages``: from, to, trigger, milestones,
        conversions (names), a row per transition. ``paths``: name, sales_process, product_path,
        price, segment. ``mapping``: events that stand for no stage, with the stage the data
        propose and why (see :func:`jupyter_journey.steps.stages.proposed.proposed`); missing
        without an event log. ``models``: the stage models to choose from; ``change``: what becomes
        of each stage under the model, or one's own stages, asked for, if others are. Nothing of it
        is written: :func:`accept` and :func:`convert` do that.

    Raises
    ------
    UnknownNameError
        If the stage model asked for doesn't exist.
    SourceError, ColumnError
        If the event log or the CRM can't be read as declared.

    Examples
    --------
    >>> run(Journey.new("Draft")).frames["stages"]["name"].tolist()[:2]
    ['Awareness', 'Consideration']
    """
    request = request or Request()
    frames = {
        "stages": _stages(journey),
        "coverage": _coverage(journey),
        "passages": _passages(journey),
        "paths": _paths(journey),
    }
    cut, notes = told_of(journey, request)
    if cut is not None:
        frames["mapping"] = proposed(cut, journey)
    if request.stage_model not in ("", journey.document.stage_model):
        frames["change"] = change(journey, request.stages)
    frames["models"] = models(journey)
    return Result(
        STEP,
        journey,
        frames,
        notes,
        request,
        _sentences(journey, frames),
        sheets=("map", "stages", "paths"),
        takers={"mapping": accept_shown(journey)},
    )


def _proper(journey: Journey) -> list[Stage]:
    return [stage for stage in journey.document.stages if stage.parent_id is None]


def _stages(journey: Journey) -> pd.DataFrame:
    """Return the stages, each followed by its sub-steps."""
    frame: pd.DataFrame = journey.stages
    order = [stage.id for stage in _proper(journey)]
    names = {stage.id: stage.name for stage in journey.document.stages}
    place = frame["id"].map(whole_of(journey)).map({key: at for at, key in enumerate(order)})
    called = [
        names[key] if pd.isna(parent) else f"{names.get(parent, parent)} › {names[key]}"
        for key, parent in zip(frame["id"], frame["parent_id"], strict=True)
    ]
    shown = frame[list(_SHOWN)].assign(name=pd.Series(called, index=frame.index, dtype="string"))
    return shown.loc[place.sort_values(kind="stable").index, ["name", *_SHOWN]].reset_index(
        drop=True
    )


def _coverage(journey: Journey) -> pd.DataFrame:
    say, stages = voice(journey.language), _proper(journey)
    return covered(
        (say.column(field), {stage.name: bool(getattr(stage, field)) for stage in stages})
        for field in ((*ASKED, "obstacles") if stages else ())
    )


def _passages(journey: Journey) -> pd.DataFrame:
    """Return what moves customers on, transition by transition (TRG-01)."""
    rows = [
        (it.start.name, it.end.name, it.start.trigger, it.milestones, it.conversions)
        for it in passages(journey)
    ]
    return pd.DataFrame(rows, columns=["from", "to", "trigger", "milestones", "conversions"])


def _paths(journey: Journey) -> pd.DataFrame:
    """Return the ways to buy with their attributes in words (PATH-03 to 05)."""
    say = voice(journey.language)
    segments = {segment.id: segment.name for segment in journey.document.segments}
    options = {
        entry["attribute"]: _options(say, key)
        for key, entry in catalogue.table("paths").items()
        if "attribute" in entry
    }
    rows = [
        (
            path.name,
            options["sales_process"].get(path.sales_process or ""),
            options["product_path"].get(path.product_path or ""),
            options["price"].get(path.price, path.price),
            segments.get(path.segment_id or ""),
        )
        for path in journey.document.paths
    ]
    names = ["name", "sales_process", "product_path", "price", "segment"]
    return pd.DataFrame(rows, columns=names, dtype="string")


def _options(say: Voice, key: str) -> dict[str, str]:
    """Return what an attribute's values are called."""
    options: dict[str, str] = catalogue.texts(say.language)["paths"][key].get("options", {})
    return options


def _sentences(journey: Journey, frames: dict[str, pd.DataFrame]) -> dict[str, str]:
    say = voice(journey.language)
    told = {name: say("answers", f"{name}_none") for name in frames if frames[name].empty}
    if len(frames["coverage"]):
        told["coverage"] = covered_sentence(frames["coverage"], say)
    if len(frames["passages"]):
        told["passages"] = _of_passages(frames["passages"], say)
    if "mapping" in frames and len(frames["mapping"]):
        count = int(frames["mapping"]["proposal"].notna().sum())
        of = say.number(len(frames["mapping"]))
        told["mapping"] = say("answers", "mapping", count=say.number(count), of=of)
    if "change" in frames:
        told["change"] = _of_change(frames["change"], say)
    return told | {"models": say("answers", "models")}


def _of_passages(frame: pd.DataFrame, say: Voice) -> str:
    bare = frame[frame["trigger"] == ""]
    if bare.empty:
        return say("answers", "passages_whole", count=say.number(len(frame)))
    names = [f"{one} → {other}" for one, other in zip(bare["from"], bare["to"], strict=True)]
    return say("answers", "passages", count=say.number(len(frame)), names=say.listed(names))


def _of_change(frame: pd.DataFrame, say: Voice) -> str:
    lost = frame.loc[frame["what"] == "lost", "from_name"].tolist()
    parted = frame.loc[frame["what"].isin(["split", "regrouped"]), "from_name"].unique().tolist()
    if not lost and not parted:
        return say("answers", "change_whole")
    none = say("charts", "none")
    fields = {"lost": say.listed(lost) or none, "parted": say.listed(parted) or none}
    return say("answers", "change", **fields)
