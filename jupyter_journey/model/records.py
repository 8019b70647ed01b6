"""The records a journey is made of: frozen, validated, and the one schema of everything.

The JSON Schema of ``*.journey.json``, the dtypes of the frames and the TypeScript types of the
front end are all derived from these classes. A field that holds its default is left out of a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from jupyter_journey.model.fields import (
    CellValue,
    Conditions,
    Count,
    Day,
    Direction,
    Evidence,
    Id,
    LaneKind,
    LineName,
    Moment,
    Name,
    Number,
    SourceRole,
    Strings,
    Value,
    Words,
)

__all__ = [
    "COLLECTIONS",
    "SCHEMA_VERSION",
    "Cell",
    "Document",
    "Goal",
    "Lane",
    "LaneKind",
    "Measurement",
    "Milestone",
    "Persona",
    "Record",
    "Segment",
    "Settings",
    "Source",
    "SourceRole",
    "Stage",
    "Touchpoint",
    "Value",
]

SCHEMA_VERSION: Literal[1] = 1


class Record(BaseModel):
    """What all records share: immutable, strict about types, no unknown fields."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True
    )


class Entity(Record):
    """A record of its own standing: it has an id that never changes and a name that may."""

    id: Id
    name: Name


class Goal(Entity):
    """What the map is made for, in SMART parts (GOAL-02)."""

    kind: Literal["satisfaction", "churn", "onboarding", "upsell", "other"] = "other"
    """The goal's kind (GOAL-01)."""
    metric: str = ""
    """Metric id or name, such as MET-06."""
    unit: str = ""
    baseline: Number | None = None
    target: Number | None = None
    actual: Number | None = None
    """The value reached, once known."""
    direction: Direction = "up"
    """Whether a higher or a lower value is better."""
    start: Day | None = None
    deadline: Day | None = None
    means: Strings = ()
    """What will be done to reach it (achievable)."""
    relevance: str = ""
    """The company goal it serves (relevant)."""
    stakeholders: Strings = ()
    """Who was asked: sales, marketing, service (GOAL-04)."""
    stage_id: Id | None = None


class Persona(Entity):
    """A typical customer of one segment (PER-01 to PER-08)."""

    role: str = ""
    industry: str = ""
    decision_process: str = ""
    challenges: Strings = ()
    goals: Strings = ()
    needs: Strings = ()
    pain_points: Strings = ()
    buying_behaviour: str = ""
    demographics: str = ""
    emotions: Strings = ()
    motivations: Strings = ()
    sources: Strings = ()
    """What the persona is known from; none means assumed."""
    segment_id: Id | None = None


class Touchpoint(Entity):
    """A meeting of customer and company, with the five questions in seven fields (TPQ-1 to 6)."""

    stage_id: Id | None = None
    channel: str = ""
    contact: Literal["direct", "indirect"] | None = None
    customer_goal: str = ""
    company_goal: str = ""
    customer_actions: str = ""
    company_actions: str = ""
    feelings: str = ""
    customer_result: str = ""
    company_result: str = ""
    next: Strings = ()
    """Ids of the touchpoints that follow; ``end`` where the chain stops."""
    events: Strings = ()
    """Names of the events that show a customer was here."""
    rules: Strings = ()
    """Further such events by rule, as ``Stage.rules``."""
    feedback_source: str = ""


class Stage(Entity):
    """A stage of the journey; a sub-step is a stage with a parent."""

    parent_id: Id | None = None
    group: str = ""
    """The header band it stands under, such as Acquisition."""
    actions: Strings = ()
    decisions: Strings = ()
    information_needs: Strings = ()
    obstacles: Strings = ()
    trigger: str = ""
    """What moves a customer on to the next stage (TRG-01)."""
    events: Strings = ()
    """Names of the events that mean a customer entered the stage."""
    rules: Strings = ()
    """Further such events: ``starts with trial_``, ``is visit where page = /pricing`` and so on."""
    side: bool = False
    """True where customers may come here from any stage, such as lapsed: no part of the funnel."""


class Lane(Entity):
    """A row of the map."""

    kind: LaneKind
    prompt: str = ""
    """The question for whoever fills it; never exported."""
    options: Strings = ()
    """The values of a choice, or the values offered for chips."""
    refers_to: Literal["touchpoints", "personas", "milestones", "goals"] | None = None
    line_after: LineName | None = None
    """The blueprint line drawn below this lane."""
    hidden: bool = False
    locked: bool = False


class Cell(Record):
    """What stands in a lane at a stage, for everyone or for one persona."""

    lane_id: Id
    stage_id: Id
    persona_id: Id | None = None
    value: CellValue = None
    """Text, number or list, as the lane's kind asks. In a metric lane: a person's override."""
    target: Number | None = None
    """The aimed-at value of a score or metric."""
    evidence: Evidence = "assumed"
    note: str = ""


class Milestone(Entity):
    """What a customer must complete to pass from one stage to the next (MIL-R1)."""

    event: str = ""
    rule: str = ""
    """Further events that show it was reached, as one of ``Stage.rules``."""
    from_stage_id: Id | None = None
    to_stage_id: Id | None = None
    threshold: Number | None = None
    """Share of customers that should reach it, 0 to 1 (MIL-R5)."""
    action: str = ""
    """What is done when too few reach it."""
    survey: str = ""
    """The survey that follows it (MIL-R4)."""
    refused_reason: str = ""
    """Why this milestone does not apply here."""


class Measurement(Entity):
    """A figure computed from data, with all that is needed to trust or repeat it."""

    metric: str
    """Metric id, such as MET-37."""
    lane_id: Id | None = None
    stage_id: Id | None = None
    persona_id: Id | None = None
    milestone_id: Id | None = None
    touchpoint_id: Id | None = None
    segment_id: Id | None = None
    where: Conditions = {}
    value: Number | None = None
    """None where the data gave no answer, or where the group was too small to show."""
    unit: str = ""
    direction: Direction | None = None
    n: Count | None = None
    """How many cases the figure rests on."""
    low: Number | None = None
    high: Number | None = None
    level: Number = 0.95
    """Confidence level of the interval from ``low`` to ``high``."""
    period: str = ""
    """First and last day, such as 2026-01-01/2026-03-31."""
    formula: str = ""
    source_id: Id | None = None
    fingerprint: str = ""
    """Digest of the input the figure was computed from."""
    pseudonyms: str = ""
    """Id of the key customers' ids were replaced under; another key, another fingerprint."""
    version: str = ""
    """Version of the code that computed it."""
    computed_at: Moment | None = None
    suppressed: bool = False
    """True where the group was smaller than ``settings.min_group``."""


class Source(Entity):
    """A file or table the figures come from."""

    role: SourceRole = "other"
    path: str = ""
    """Relative to the journey's file, or absolute."""
    columns: Words = {}
    """Which column plays which part, such as ``{"customer": "user_id"}``."""
    spec: Words = {}
    """How it is written, such as ``{"delimiter": ";"}``; what isn't said is found out."""


class Segment(Entity):
    """A named group of customers: all conditions must hold."""

    where: Conditions = {}


class Settings(Record):
    """Thresholds that travel with the file, so that it means the same everywhere."""

    min_group: Annotated[int, Field(ge=5)] = 10
    """Groups smaller than this are not shown (never under 5)."""
    level: Annotated[float, Field(gt=0, lt=1)] = 0.95
    """Confidence level of intervals."""
    milestone_reach: Annotated[float, Field(ge=0, le=1)] = 0.5
    """A milestone reached by a smaller share calls for action (MIL-R5)."""
    rare_touchpoint: Annotated[float, Field(ge=0, le=1)] = 0.01
    """A touchpoint with a smaller share of customers is rare (DAT-08)."""
    items_per_stage: Annotated[int, Field(ge=1)] = 12
    """More touchpoints and list items than this make a stage hard to read (VIS-05)."""
    goal_change: Annotated[float, Field(gt=0)] = 0.5
    """A goal that asks for a greater relative change needs a reason."""
    review_days: Annotated[int, Field(ge=1)] = 90
    personal_data: str = ""
    """Why personal data may be written all the same; empty: what the scan finds stops a report."""


class Document(Record):
    """A whole journey, as its file holds it."""

    schema_version: Literal[1] = SCHEMA_VERSION
    title: Name
    map_type: str = "current-state"
    stage_model: str = ""
    """The catalogue's stage model the stages were taken from; empty for one's own."""
    language: str = "en"
    revision: Count = 0
    """Counts the saves of this file."""
    goals: tuple[Goal, ...] = ()
    personas: tuple[Persona, ...] = ()
    touchpoints: tuple[Touchpoint, ...] = ()
    stages: tuple[Stage, ...] = ()
    lanes: tuple[Lane, ...] = ()
    cells: tuple[Cell, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    sources: tuple[Source, ...] = ()
    segments: tuple[Segment, ...] = ()
    settings: Settings = Settings()


COLLECTIONS: Mapping[str, type[Record]] = MappingProxyType(
    {
        "goals": Goal,
        "personas": Persona,
        "touchpoints": Touchpoint,
        "stages": Stage,
        "lanes": Lane,
        "cells": Cell,
        "milestones": Milestone,
        "measurements": Measurement,
        "sources": Source,
        "segments": Segment,
    }
)
"""The collections of a journey and the record each holds."""
