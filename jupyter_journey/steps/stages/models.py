"""From one stage model to another: what a change would lose, and making it (TRAP-03)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.charts.voice import voice
from jupyter_journey.model.fields import CellValue
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import unique_id
from jupyter_journey.model.records import Cell, Stage
from jupyter_journey.steps.meanings import meanings, whole_of

__all__ = ["change", "convert", "models"]

_LISTS = ("actions", "decisions", "information_needs", "obstacles", "events", "rules")
_AT_A_STAGE = ("goals", "touchpoints", "milestones", "conversions", "insights", "changes")
_POINTERS = ("stage_id", "from_stage_id", "to_stage_id")
_WHAT = ("kept", "merged", "split", "regrouped", "lost", "new")


def change(journey: Journey, model: str | Sequence[str]) -> pd.DataFrame:
    """Say what becomes of a journey's stages under another model.

    Parameters
    ----------
    model
        Id of a stage model, or the names of one's own stages: one that the journey has stays.

    Returns
    -------
    pandas.DataFrame
        What :func:`jupyter_journey.catalogue.convert` returns, of the journey's own stages
        (sub-steps go with theirs), and ``content``: how much stands at the stage and its
        sub-steps, in cells, touchpoints and whatever else names one.

    Raises
    ------
    UnknownNameError
        If there is no such stage model.
    """
    frame, counts = _between(journey, model), _contents(journey)
    held = {key: counts[key] for key in _proper(journey)}
    return frame.assign(content=frame["from"].map(held).astype("Int64"))


def models(journey: Journey) -> pd.DataFrame:
    """Return the stage models to choose from, and what a change to each would do.

    Returns
    -------
    pandas.DataFrame
        ``stage_model`` (id), ``name``, ``stages`` (names), and how many of the journey's stages
        would be ``kept``, ``merged`` (with others), ``split`` and ``lost``; ``new``: stages that
        nothing would come to.
    """
    say, rows = voice(journey.language), []
    for key, entry in catalogue.stage_models().items():
        if entry.get("contrast"):
            continue
        frame = _between(journey, key)
        counts = {
            what: frame.loc[frame["what"] == what, "from"].nunique()
            for what in _WHAT
            if what != "new"
        }
        rows.append(
            {
                "stage_model": key,
                "name": say("stage_models", key, "name"),
                "stages": tuple(catalogue.stage_names(key, journey.language).values()),
                "kept": counts["kept"],
                "merged": counts["merged"] + counts["regrouped"],
                "split": counts["split"],
                "lost": counts["lost"],
                "new": int((frame["what"] == "new").sum()),
            }
        )
    return pd.DataFrame(rows)


def _between(journey: Journey, model: str | Sequence[str]) -> pd.DataFrame:
    names = _proper(journey)
    theirs = {stage.id: stage.name for stage in _bare(journey, model)}
    if isinstance(model, str):
        known = meanings(journey)
        meant = {key: known[key] for key in names}
        aimed = {key: catalogue.meaning(model, key) for key in theirs}
    else:  # nobody says what these stand for
        meant, aimed = ({key: frozenset({key}) for key in held} for held in (names, theirs))
    return catalogue.between(meant, names, aimed, theirs)


def _bare(journey: Journey, model: str | Sequence[str]) -> list[Stage]:
    """Return the stages of a model; one's own of a name that the journey has are the same ones."""
    bare = Journey.new("-", stages=model, language=journey.language).document.stages
    if isinstance(model, str):
        return [*bare]
    ids = {name: key for key, name in _proper(journey).items()}
    taken, made = {stage.id for stage in journey.document.stages}, []
    for stage in bare:
        key = ids.get(stage.name) or unique_id(stage.name, taken)
        taken.add(key)
        made.append(stage.model_copy(update={"id": key}))
    return made


def _proper(journey: Journey) -> dict[str, str]:
    """Return the names of the stages by id, sub-steps left out: these go with theirs."""
    return {stage.id: stage.name for stage in journey.document.stages if stage.parent_id is None}


def _contents(journey: Journey) -> Counter[str]:
    """Count what stands at each stage, or at one of its sub-steps."""
    document, whole = journey.document, whole_of(journey)
    places: list[str | None] = [one.stage_id for one in document.cells if one.value is not None]
    places += [
        getattr(record, pointer, None)
        for name in _AT_A_STAGE
        for record in getattr(document, name)
        for pointer in _POINTERS
    ]
    return Counter(whole[place] for place in places if place)


def convert(journey: Journey, model: str | Sequence[str]) -> Journey:
    """Return the journey under another stage model.

    What several stages say comes together where they become one: lists are joined, of single
    values the first stays. A stage that becomes several is handed to the first of them. What
    stood at a lost stage goes: see :func:`change` before. Figures go, too: measure again.

    Parameters
    ----------
    model
        Id of a stage model, one of ``jj.catalogue.stage_models()``, or the names of one's own
        stages: one that the journey has stays.

    Raises
    ------
    UnknownNameError
        If there is no such stage model.

    Examples
    --------
    >>> shorter = convert(Journey.new("Draft"), "treimedia-5")
    >>> shorter.stages["name"].tolist()
    ['Awareness', 'Consideration', 'Decision', 'Retention', 'Loyalty']
    """
    frame = change(journey, model).dropna(subset="from").drop_duplicates("from")
    ways = {
        row["from"]: None if pd.isna(row["to"]) else str(row["to"])
        for row in frame.to_dict("records")
    }
    bare = _bare(journey, model)
    olds = journey.document.stages
    made = [_joined(stage, [old for old in olds if ways.get(old.id) == stage.id]) for stage in bare]
    steps = _steps(journey, ways, {stage.id for stage in bare})
    kept = ways | {key: step.id for key, step in steps.items()}
    whole = whole_of(journey)
    bound = {name: getattr(journey.document, name) for name in _AT_A_STAGE}
    converted = journey.change(stage_model=model if isinstance(model, str) else "")
    converted = converted.replace("measurements", []).replace("cells", [])
    for name, records in bound.items():  # off the old stages, which go
        converted = converted.replace(name, [_moved(record, {}) for record in records])
    parts = [[step for key, step in steps.items() if ways[whole[key]] == one.id] for one in made]
    stages = [it for one, below in zip(made, parts, strict=True) for it in (one, *below)]
    converted = converted.replace("stages", stages)
    for name, records in bound.items():
        converted = converted.replace(name, [_moved(record, kept) for record in records])
    return converted.replace("cells", _cells(journey.document.cells, kept))


def _steps(journey: Journey, ways: Mapping[str, str | None], taken: set[str]) -> dict[str, Stage]:
    """Return the sub-steps that stay, by their ids before, below what their stages become."""
    whole, stages = whole_of(journey), journey.document.stages
    stay = [one for one in stages if one.parent_id is not None and ways[whole[one.id]]]
    ids = {
        one.id: unique_id(one.name, {*taken, *whole}) if one.id in taken else one.id for one in stay
    }
    above = {**ways, **ids}
    return {
        one.id: one.model_copy(update={"id": ids[one.id], "parent_id": above[one.parent_id or ""]})
        for one in stay
    }


def _joined(stage: Stage, olds: list[Stage]) -> Stage:
    lists = {
        name: tuple(dict.fromkeys(item for old in olds for item in getattr(old, name)))
        for name in _LISTS
    }
    trigger = next((old.trigger for old in reversed(olds) if old.trigger), "")
    side = bool(olds) and all(old.side for old in olds)
    return stage.model_copy(update={**lists, "trigger": trigger, "side": side})


def _moved(record: Any, ways: Mapping[str, str | None]) -> Any:
    pointers = [name for name in _POINTERS if hasattr(record, name)]
    return record.model_copy(update={name: ways.get(getattr(record, name)) for name in pointers})


def _cells(cells: tuple[Cell, ...], ways: Mapping[str, str | None]) -> list[Cell]:
    made: dict[tuple[str, str, str | None], Cell] = {}
    for cell in cells:
        stage = ways.get(cell.stage_id)
        if stage is None:
            continue
        key = (cell.lane_id, stage, cell.persona_id)
        value = _both(made[key].value, cell.value) if key in made else cell.value
        made[key] = made.get(key, cell).model_copy(update={"stage_id": stage, "value": value})
    return list(made.values())


def _both(one: CellValue, other: CellValue) -> CellValue:
    """Return what two cells hold together: all items and texts, of single values the first."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return tuple(dict.fromkeys([*one, *other]))
    if isinstance(one, str) and isinstance(other, str):
        return one if other in one else f"{one}\n{other}"
    return other if one is None else one
