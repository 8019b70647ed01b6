"""Which stages come after the purchase, as far as the catalogue's stage models tell."""

from __future__ import annotations

from jupyter_journey import catalogue
from jupyter_journey.model.journey import Journey
from jupyter_journey.steps.meanings import meanings

__all__ = ["after_purchase"]

_CANONICAL = "saas-8"


def after_purchase(journey: Journey) -> frozenset[str] | None:
    """Return the ids of the stages after the purchase; None where no model tells.

    Stages of one's own, and those of a model that doesn't say, are judged by what they mean in the
    canonical model.

    Examples
    --------
    >>> sorted(after_purchase(Journey.new("Shop", stages=["Awareness", "Retention"])))
    ['retention']
    >>> after_purchase(Journey.new("Shop", stages=["Look", "Buy"])) is None
    True
    """
    models = catalogue.stage_models()
    stated = models.get(journey.document.stage_model, {}).get("post_purchase")
    if stated is not None:
        return frozenset(stated)
    canonical, meant = models[_CANONICAL], meanings(journey)
    if all(one.isdisjoint(canonical["stages"]) for one in meant.values()):
        return None
    later = frozenset(canonical["post_purchase"])
    return frozenset(key for key, one in meant.items() if one and one <= later)
