"""Which stages come after the purchase, as far as the catalogue's stage models tell."""

from __future__ import annotations

from jupyter_journey import catalogue
from jupyter_journey.model.journey import Journey

__all__ = ["after_purchase"]

_CANONICAL = "saas-8"


def after_purchase(journey: Journey) -> frozenset[str] | None:
    """Return the ids of the stages after the purchase; None where no model tells.

    Stages of one's own are judged by the canonical model, if they have ids of its.

    Examples
    --------
    >>> sorted(after_purchase(Journey.new("Shop", stages=["Awareness", "Retention"])))
    ['adoption', 'advocacy', 'expansion', 'onboarding', 'retention']
    >>> after_purchase(Journey.new("Shop", stages=["Look", "Buy"])) is None
    True
    """
    models = catalogue.stage_models()
    model = models.get(journey.document.stage_model)
    if model is None:
        model = models[_CANONICAL]
        if not {stage.id for stage in journey.document.stages}.intersection(model["stages"]):
            return None
    return frozenset(model["post_purchase"])
