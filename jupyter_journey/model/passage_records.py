"""The records of how customers get on: milestones, conversion events, paths."""

from __future__ import annotations

from typing import Literal

from jupyter_journey.model.fields import Id, Number, Strings
from jupyter_journey.model.record import Entity

__all__ = ["Conversion", "JourneyPath", "Milestone"]


class Milestone(Entity):
    """What a customer must complete to pass from one stage to the next (MIL-R1)."""

    kind: str = ""
    """Which milestone of the catalogue it is, such as MIL-01; empty for one's own."""
    event: str = ""
    rule: str = ""
    """Further events that show it was reached, as one of ``Stage.rules``."""
    from_stage_id: Id | None = None
    to_stage_id: Id | None = None
    threshold: Number | None = None
    """Share of customers that should reach it, 0 to 1 (MIL-R5)."""
    reasons: str = ""
    """Why customers miss it, as far as known."""
    action: str = ""
    """What is done when too few reach it."""
    survey: str = ""
    """The survey that follows it (MIL-R4)."""
    effect: str = ""
    """What goes along with reaching it, such as longer use: an association, no cause (MIL-R2)."""
    refused_reason: str = ""
    """Why this milestone does not apply here."""


class Conversion(Entity):
    """An event that moves a customer forward, payment or less (CONV-01)."""

    event: str = ""
    rule: str = ""
    """Further events that show it, as one of ``Stage.rules``."""
    from_stage_id: Id | None = None
    to_stage_id: Id | None = None
    promoters: Strings = ()
    """What helps it on (CONV-02)."""
    blockers: Strings = ()
    """What stands in its way."""


class JourneyPath(Entity):
    """One of the ways from first awareness to paying (PATH-01), by its attributes."""

    sales_process: Literal["free-trial", "sales-contact", "demo-request"] | None = None
    """How it is sold (PATH-03)."""
    product_path: Literal["found", "approached", "recommended"] | None = None
    """How customers come to the product: by themselves, by sales, by another user (PATH-04)."""
    price: str = ""
    """The tier that raises interest (PATH-05)."""
    segment_id: Id | None = None
