"""The records a journey is made of: frozen, validated, and the one schema of everything.

The JSON Schema of ``*.journey.json``, the frames' dtypes and the TypeScript types are derived from
these classes. A field that holds its default is left out of a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from jupyter_journey.model.data_records import Change, Insight, Measurement, Segment, Source
from jupyter_journey.model.fields import (
    EMPTY,
    CellValue,
    Count,
    Day,
    Direction,
    Evidence,
    Id,
    LaneKind,
    LineName,
    Name,
    Number,
    SourceRole,
    Strings,
    Value,
    Words,
)
from jupyter_journey.model.passage_records import Conversion, JourneyPath, Milestone
from jupyter_journey.model.record import Entity, Record
from jupyter_journey.model.settings import Settings

__all__ = [
    "ABOUT",
    "COLLECTIONS",
    "SCHEMA_VERSION",
    "Cell",
    "Change",
    "Conversion",
    "Document",
    "Entity",
    "Goal",
    "Insight",
    "JourneyPath",
    "Lane",
    "LaneKind",
    "Measurement",
    "Milestone",
    "Persona",
    "Record",
    "Review",
    "Segment",
    "Settings",
    "Source",
    "SourceRole",
    "Stage",
    "Touchpoint",
    "Value",
]

SCHEMA_VERSION: Literal[1] = 1


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
    reason: str = ""
    """Why so great or so fast a change can be achieved."""
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
    interview: Words = EMPTY
    """Answers of the customers interviewed, by question: PER-Q01 to PER-Q16."""
    support: Words = EMPTY
    """Answers of the support team, by question: PER-S01 to PER-S07."""
    segment_id: Id | None = None


class Touchpoint(Entity):
    """A meeting of customer and company, with the five questions in seven fields (TPQ-1 to 6)."""

    kind: str = ""
    """Which touchpoint of the catalogue it is, such as TP-03; empty for one's own."""
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
    share: Number | None = None
    """Share of the customers seen here when step 5 last looked, or what it is at most."""
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


class Review(Entity):
    """What somebody said of the map, and what came of it; its name is the reviewer's role."""

    day: Day | None = None
    version: Count | None = None
    """The journey's ``revision`` that was looked at."""
    comment: str = ""
    answer: str = ""


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
    usp: str = ""
    """What sets the product apart, in one sentence (RULE-21)."""
    based_on: str = ""
    """The map this one starts from, by title or file: a micro-journey's whole map (MAP-R3, R4)."""
    form: Literal["flow", "storyboard", "chart"] | None = None
    """The form the map is drawn in (VIS-01)."""
    next_review: Day | None = None
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
    conversions: tuple[Conversion, ...] = ()
    paths: tuple[JourneyPath, ...] = ()
    insights: tuple[Insight, ...] = ()
    changes: tuple[Change, ...] = ()
    reviews: tuple[Review, ...] = ()
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
        "conversions": Conversion,
        "paths": JourneyPath,
        "insights": Insight,
        "changes": Change,
        "reviews": Review,
    }
)
"""The collections of a journey and the record each holds."""

ABOUT: tuple[str, ...] = tuple(
    name
    for name in Document.model_fields
    if name not in {*COLLECTIONS, "schema_version", "revision"}
)
"""The fields of a journey that belong to the whole and can be changed."""
