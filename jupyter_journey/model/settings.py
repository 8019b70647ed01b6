"""The settings of a journey: its thresholds, and its way through the steps."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from jupyter_journey.model.record import Record

__all__ = ["Settings"]


class Settings(Record):
    """Settings that travel with the file, so that it means the same everywhere."""

    min_group: Annotated[int, Field(ge=5)] = 10
    """Groups smaller than this are not shown (never under 5)."""
    level: Annotated[float, Field(gt=0, lt=1)] = 0.95
    """Confidence level of intervals."""
    milestone_reach: Annotated[float, Field(ge=0, le=1)] = 0.5
    """A milestone reached by a smaller share calls for action (MIL-R5)."""
    rare_touchpoint: Annotated[float, Field(ge=0, le=1)] = 0.01
    """A touchpoint with a smaller share of customers is rare (DAT-08)."""
    items_per_stage: Annotated[int, Field(ge=1)] = 12
    """More touchpoints at a stage, or items in a cell, than this are hard to read (VIS-05)."""
    actions_per_stage: Annotated[int, Field(ge=1)] = 5
    """A stage with more actions than this is long: sub-steps make it clear (RULE-25)."""
    goal_change: Annotated[float, Field(gt=0)] = 0.5
    """A goal that asks for a greater relative change needs a reason."""
    goal_days: Annotated[int, Field(ge=1)] = 30
    """So does a goal that is due in fewer days."""
    unfinished: Annotated[float, Field(ge=0, le=1)] = 0.2
    """If the time of a greater share of the customers isn't over yet, a figure is doubtful."""
    review_days: Annotated[int, Field(ge=1)] = 90
    """A map that was last reviewed more days ago is due for a review (VIS-09)."""
    way: str = "PROC-01"
    """The way through the steps: PROC-01 seven, PROC-02 six, PROC-03 draft first; or one's own."""
    personal_data: str = ""
    """Why personal data may be written all the same; empty: what the scan finds stops a report."""
