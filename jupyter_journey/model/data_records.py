"""The records of what data tell: sources, segments, figures, insights and changes."""

from __future__ import annotations

from typing import Literal

from jupyter_journey.model.fields import (
    EMPTY,
    Conditions,
    Count,
    Counts,
    Day,
    Direction,
    Id,
    Moment,
    Number,
    SourceRole,
    Strings,
    Words,
)
from jupyter_journey.model.record import Entity

__all__ = ["Change", "Insight", "Measurement", "Segment", "Source"]


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
    where: Conditions = EMPTY
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
    """Relative to the journey's file, or absolute, or an address such as ``s3://logs/*.parquet``."""
    columns: Words = EMPTY
    """Which column plays which part, such as ``{"customer": "user_id"}``."""
    spec: Words = EMPTY
    """How it is written, such as ``{"delimiter": ";"}``; what isn't said is found out."""
    held: Strings = ()
    """The columns it was last seen to hold; none: not yet seen."""
    counted: Counts = EMPTY
    """What was counted in it then: ``rows``, and the customers who went ``backward``."""


class Segment(Entity):
    """A named group of customers: all conditions must hold."""

    where: Conditions = EMPTY


class Insight(Entity):
    """What stands out in the data, in one sentence: its name (DAT-02)."""

    tag: Literal["trend", "pain", "joy", "frustration"] | None = None
    stage_id: Id | None = None
    n: Count | None = None
    """How many customers or answers it rests on."""
    computed: bool = False
    """True where step 5 found it; its next run replaces it."""


class Change(Entity):
    """Something that was changed for customers, with a figure before and after (DAT-06)."""

    day: Day | None = None
    """The first day it held."""
    metric: str = ""
    """Metric id or name, such as MET-05."""
    unit: str = ""
    before: Number | None = None
    after: Number | None = None
    stage_id: Id | None = None
