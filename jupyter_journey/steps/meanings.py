"""What the stages of a journey stand for, in the words of the canonical model."""

from __future__ import annotations

from jupyter_journey import catalogue
from jupyter_journey.model.journey import Journey

__all__ = ["meanings"]


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
