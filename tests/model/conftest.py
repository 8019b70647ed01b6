"""Whole journeys for hypothesis: `@given(...)` draws one for an argument of type `Journey`."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import strategies as st

from jupyter_journey import Journey
from jupyter_journey.model.records import COLLECTIONS, Cell, Document, Entity, Lane, Settings

CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.one_of(
    st.sampled_from(
        ["比較・検討", "評估", "🧭👩‍🚀", "Ünïcode", "NA", "nan", "=1+1", "a\nb", " ", "1.0"]
    ),
    st.text(CHARACTERS, max_size=8),
)
NAMES = TEXTS.filter(bool)
IDS = st.one_of(
    st.sampled_from(["a", "trial", "比較-検討", "🧭", "NA", "1"]),
    st.from_regex(r"[\w.\-]{1,6}", fullmatch=True),
)
NUMBERS = st.one_of(
    st.sampled_from([0.0, -0.0, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, 2.0**53, 0.1]),
    st.floats(allow_nan=False, allow_infinity=False),
)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-3.5))])
LISTS = st.lists(TEXTS, max_size=3).map(tuple)
BY_TYPE: Mapping[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    float: NUMBERS,
    int: st.integers(0, 2**53 - 1),
    bool: st.booleans(),
    date: st.dates(),
    datetime: st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=ZONES),  # noqa: DTZ001
    tuple[str, ...]: LISTS,
    Mapping[str, str]: st.dictionaries(TEXTS, TEXTS, max_size=2),
    Mapping[str, int]: st.dictionaries(TEXTS, st.integers(0, 2**53 - 1), max_size=2),
    Mapping[str, str | float | bool]: st.dictionaries(
        TEXTS, TEXTS | NUMBERS | st.booleans(), max_size=2
    ),
}
SHARES = st.floats(0, 1)
SETTINGS = st.builds(
    Settings,
    min_group=st.integers(5, 100),
    level=st.floats(0.01, 0.99),
    milestone_reach=SHARES,
    rare_touchpoint=SHARES,
    items_per_stage=st.integers(1, 50),
    goal_change=st.floats(0.01, 9),
    review_days=st.integers(1, 999),
    goal_days=st.integers(1, 99),
    unfinished=SHARES,
    actions_per_stage=st.integers(1, 50),
    way=TEXTS,
)
TARGETS = {"from_stage_id": "stages", "to_stage_id": "stages"}
# What others point to comes first.
ORDER = ("segments", "sources", "stages", "personas", "milestones", "touchpoints", "goals")
LATER = ("lanes", "measurements", "conversions", "paths", "insights", "changes", "reviews")


def by_type(hint: Any) -> st.SearchStrategy[Any]:
    if typing.get_origin(hint) is typing.Literal:
        return st.sampled_from(typing.get_args(hint))
    if typing.get_origin(hint) in (types.UnionType, typing.Union) and hint not in BY_TYPE:
        parts = [part for part in typing.get_args(hint) if part is not type(None)]
        return st.none() | by_type(parts[0])
    return BY_TYPE[hint]


def fields_of(kind: type[Any], ids: Mapping[str, list[str]]) -> st.SearchStrategy[dict[str, Any]]:
    fields = {}
    for name, hint in typing.get_type_hints(kind).items():
        if name.endswith("_id"):
            target = TARGETS.get(name, f"{name.removesuffix('_id')}s")
            fields[name] = (
                st.none() | st.sampled_from(ids[target]) if ids.get(target) else st.none()
            )
        elif name in kind.model_fields and name not in {"id", "name", "parent_id"}:
            fields[name] = by_type(hint)
    needed = {name: fields.pop(name) for name in [*fields] if kind.model_fields[name].is_required()}
    return st.fixed_dictionaries(needed, optional=fields)


@st.composite
def entities(
    draw: st.DrawFn, kind: type[Entity], known: Mapping[str, list[str]]
) -> tuple[Any, ...]:
    keys = draw(st.lists(IDS, unique=True, max_size=2))
    names = draw(st.lists(NAMES, unique=True, min_size=len(keys), max_size=len(keys)))
    records = []
    for key, name in zip(keys, names, strict=True):
        fields = draw(fields_of(kind, known))
        if kind is COLLECTIONS["stages"] and records and draw(st.booleans()):
            fields["parent_id"] = records[0].id
        records.append(kind(id=key, name=name, **fields))
    return tuple(records)


def values(lane: Lane) -> st.SearchStrategy[Any]:
    if lane.kind == "choice":
        options = [option for option in lane.options if option]
        return st.none() | st.sampled_from(options) if options else st.none()
    if lane.kind in {"text", "date", "image"}:
        return TEXTS
    if lane.kind == "score":
        return st.floats(-2, 2)
    return NUMBERS if lane.kind == "metric" else LISTS


@st.composite
def cells(draw: st.DrawFn, lanes: tuple[Lane, ...], known: Mapping[str, list[str]]) -> Any:
    made = []
    for lane in lanes:
        for stage_id in known["stages"]:
            for persona_id in (None, *known["personas"]):
                if draw(st.booleans()):
                    fields = draw(fields_of(Cell, {}).map(dict)) | {
                        "lane_id": lane.id,
                        "stage_id": stage_id,
                        "persona_id": persona_id,
                        "value": draw(values(lane)),
                    }
                    made.append(Cell(**fields))
    return tuple(draw(st.permutations(made)))


@st.composite
def journeys(draw: st.DrawFn) -> Journey:
    parts: dict[str, Any] = {}
    known: dict[str, list[str]] = {}
    for name in (*ORDER, *LATER):
        parts[name] = draw(entities(COLLECTIONS[name], known))
        known[name] = [record.id for record in parts[name]]
    about = {
        "title": draw(NAMES),
        "revision": draw(st.integers(0, 2**53 - 1)),
        "map_type": draw(TEXTS),
        "stage_model": draw(TEXTS),
        "language": draw(TEXTS),
        "settings": draw(SETTINGS),
    }
    return Journey(Document(**about, **parts, cells=draw(cells(parts["lanes"], known))))


BY_TYPE = {**BY_TYPE, typing.get_type_hints(Cell)["value"]: st.none()}
st.register_type_strategy(Journey, journeys())


@pytest.fixture
def acme() -> Journey:
    """A small journey with something in every collection."""
    return (
        Journey.new("Acme Boards", sources={"events": "data/events.csv"})
        .add("segments", name="Germany", where={"country": "DE", "seats": 5, "paid": True})
        .add(
            "personas",
            name="Administrator",
            needs=["order"],
            segment_id="germany",
            interview={"PER-Q01": "Sets up tools"},
        )
        .add("personas", name="Member", interview={"PER-Q02": "Twelve people"})
        .add("goals", name="Less churn", target=0.02, start=date(2026, 1, 1), stage_id="retention")
        .add("goals", name="More trials", kind="onboarding")
        .add("touchpoints", name="Sign-up", stage_id="onboarding", next=["invite"])
        .add("touchpoints", name="Invite", contact="direct")
        .add("milestones", name="First board", from_stage_id="onboarding", threshold=0.5)
        .add("conversions", name="Paid plan", to_stage_id="adoption", promoters=["Guided start"])
        .add("paths", name="From a search", product_path="found", segment_id="germany")
        .add("insights", name="Half leave in the trial", tag="pain", stage_id="onboarding")
        .add("changes", name="Shorter form", day=date(2026, 2, 1))
        .add("reviews", name="Sales", day=date(2026, 3, 1), comment="The trial is missing")
        .add(
            "measurements",
            name="Activation",
            metric="MET-37",
            lane_id="metrics",
            stage_id="onboarding",
            value=0.41,
            n=1200,
            computed_at=datetime(2026, 3, 31, 12, tzinfo=UTC),
        )
        .set("Onboarding", "Pain points", ["No template fits", "Too many mails"])
        .set("Onboarding", "Emotion", -1, target=1, evidence="observed", note="12 interviews")
        .set("Onboarding", "Emotion", 2, persona="Member")
        .set("Adoption", "Goal", "Work together")
    )
