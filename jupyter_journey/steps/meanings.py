"""What the stages of a journey stand for, in the words of the canonical model."""

from __future__ import annotations

from jupyter_journey import catalogue
from jupyter_journey.model.journey import Journey

__all__ = ["meanings", "whole_of"]


def meanings(journey: Journey) -> dict[str, frozenset[str]]:
    """Return the canonical stages by id of a stage; one of one's own means what its id says.

    Examples
    --------
    >>> meanings(Journey.new("Shop", stages=["Look", "Buy"]))["buy"]
    frozenset({'buy'})
    """
    model = journey.document.stage_model
    known = catalogue.stage_models().get(model, {}).get("stages", [])
    return {
        stage.id: catalogue.meaning(model, stage.id) if stage.id in known else frozenset({stage.id})
        for stage in journey.document.stages
    }


def whole_of(journey: Journey) -> dict[str, str]:
    """Return by id of a stage the stage it is a part of: of a sub-step another one, else itself.

    Examples
    --------
    >>> whole_of(Journey.new("Shop", stages=["Buy"]).add("stages", name="Pay", parent_id="buy"))
    {'buy': 'buy', 'pay': 'buy'}
    """
    parents = {stage.id: stage.parent_id for stage in journey.document.stages}
    wholes = {}
    for key in parents:
        whole = key
        while (above := parents[whole]) is not None:
            whole = above
        wholes[key] = whole
    return wholes
