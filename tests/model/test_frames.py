"""Records to frames and back: nothing is lost, and what pandas users do comes back right."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from jupyter_journey import Journey
from jupyter_journey.errors import DuplicateNameError
from jupyter_journey.model.records import COLLECTIONS, Document, Lane, Stage

EMPTY = Journey(Document(title="empty"))


@given(...)
def test_every_collection_survives_its_frame(journey: Journey) -> None:
    for name in COLLECTIONS:
        assert journey.replace(name, journey.frame(name)) == journey, name


@given(...)
def test_dtypes_are_the_same_full_and_empty(journey: Journey) -> None:
    for name in COLLECTIONS:
        frame = journey.frame(name)
        assert frame.dtypes.to_dict() == EMPTY.frame(name).dtypes.to_dict(), name
        assert len(frame) == len(getattr(journey.document, name))


@given(...)
def test_the_map_survives_its_wide_frame(journey: Journey) -> None:
    assert journey.with_wide(journey.wide()) == journey
    for persona in journey.personas["id"]:
        assert journey.with_wide(journey.wide(persona), persona) == journey


@given(...)
def test_a_journey_is_what_its_tidy_frame_says(journey: Journey) -> None:
    bare = only_the_map(journey)
    assert Journey.from_frame(bare.cells) == bare


@given(...)
def test_a_journey_is_what_its_wide_frame_says(journey: Journey) -> None:
    bare = only_the_map(journey)
    for persona in (None, *bare.personas["id"]):
        shown = bare.cells[bare.cells["persona_id"].fillna("") == (persona or "")]
        kept = shown.assign(target=None, evidence=None, note=None).dropna(subset="value")
        assert Journey.from_frame(bare.wide(persona)) == bare.replace("cells", kept)


def only_the_map(journey: Journey) -> Journey:
    """Drop what no frame of the map holds."""
    document = journey.document.model_copy(
        update={
            **{name: () for name in COLLECTIONS if name not in {"lanes", "stages", "cells"}},
            "personas": tuple(
                record.model_copy(update={"segment_id": None})
                for record in journey.document.personas
            ),
            "revision": 0,
            "settings": Document(title="any").settings,
        }
    )
    return Journey(document)


def test_dtypes_are_the_published_ones() -> None:
    goals = EMPTY.goals.dtypes.astype(str)
    assert goals[["name", "target", "start", "means"]].tolist() == [
        "string",
        "Float64",
        "datetime64[s]",
        "object",
    ]
    measurements = EMPTY.measurements.dtypes.astype(str)
    assert measurements[["n", "suppressed", "computed_at"]].tolist() == [
        "Int64",
        "boolean",
        "datetime64[us, UTC]",
    ]
    assert EMPTY.goals["direction"].cat.categories.tolist() == ["up", "down"]


def test_frames_are_copies(acme: Journey) -> None:
    before = acme.dumps()
    for name in COLLECTIONS:
        frame = acme.frame(name)
        frame[frame.columns] = None
    wide = acme.wide()
    wide.loc["Goal"] = "changed"
    wide.attrs["jupyter_journey"]["lanes"][0]["name"] = "changed"
    acme.segments.loc[0, "where"]["country"] = "FR"
    assert acme.dumps() == before


@pytest.mark.parametrize("name", ["where", "columns"])
def test_mappings_of_records_are_frozen(acme: Journey, name: str) -> None:
    record = acme.document.segments[0] if name == "where" else acme.document.sources[0]
    with pytest.raises(TypeError):
        getattr(record, name)["country"] = "FR"


def test_one_moment_has_one_form(acme: Journey) -> None:
    frame = acme.measurements
    frame["computed_at"] = frame["computed_at"].dt.tz_convert("Asia/Tokyo")
    changed = acme.replace("measurements", frame)
    assert changed == acme
    assert changed.document.measurements[0].computed_at == datetime(2026, 3, 31, 12, tzinfo=UTC)


# What people do to frames


def test_assign_and_loc(acme: Journey) -> None:
    frame = acme.goals.assign(unit="%")
    frame.loc[frame["id"] == "less-churn", ["target", "baseline"]] = [0.01, 0.05]
    goal = acme.replace("goals", frame).document.goals[0]
    assert (goal.unit, goal.target, goal.baseline) == ("%", 0.01, 0.05)
    assert goal.start == date(2026, 1, 1)


def test_concat_of_rows_without_ids(acme: Journey) -> None:
    more = pd.DataFrame({"name": ["Less churn", "Referrals"], "target": [1, np.nan]})
    goals = acme.replace("goals", pd.concat([acme.goals, more])).document.goals
    assert [goal.id for goal in goals] == ["less-churn", "more-trials", "less-churn-2", "referrals"]
    assert [goal.target for goal in goals] == [0.02, None, 1.0, None]


def test_whole_numbers_with_gaps_stay_whole(acme: Journey) -> None:
    frame = acme.measurements[["id", "name", "metric"]]
    frame = pd.concat([frame, frame.assign(id="second")]).assign(n=[1200.0, np.nan])
    assert [item.n for item in acme.replace("measurements", frame).document.measurements] == [
        1200,
        None,
    ]


@pytest.mark.parametrize("name", ["goals", "personas", "touchpoints", "stages", "lanes"])
def test_parquet_and_back(acme: Journey, name: str) -> None:
    file = io.BytesIO()
    acme.frame(name).to_parquet(file)
    assert acme.replace(name, pd.read_parquet(file)) == acme


@pytest.mark.parametrize("name", ["goals", "milestones", "measurements"])
def test_csv_and_back_without_list_columns(acme: Journey, name: str) -> None:
    frame = acme.frame(name).drop(columns=["means", "stakeholders", "where"], errors="ignore")
    read = pd.read_csv(io.StringIO(frame.to_csv(index=False)))
    assert acme.replace(name, read) == acme


def test_the_wide_frame_takes_what_an_editor_gives(acme: Journey) -> None:
    frame = acme.wide()
    frame.loc["Pain points", "Adoption"] = "Slow\nDear"
    frame.loc["Emotion", "Adoption"] = np.int64(1)
    frame.loc["Metrics", "Onboarding"] = 0.5
    frame.loc["Goal", "Adoption"] = pd.NA
    frame.at["Channels", "Adoption"] = np.array(["mail", "phone"])
    changed = acme.with_wide(frame)
    wide = changed.wide()
    assert wide.loc["Pain points", "Adoption"] == ("Slow", "Dear")
    assert wide.loc["Emotion", "Adoption"] == 1.0
    assert wide.loc["Metrics", "Onboarding"] == 0.5
    assert wide.loc["Goal", "Adoption"] == ""
    assert wide.loc["Channels", "Adoption"] == ("mail", "phone")
    assert len(changed.cells) == len(acme.cells) + 3  # four new, one emptied


def test_a_part_of_the_wide_frame_changes_that_part(acme: Journey) -> None:
    part = acme.wide()[["Adoption"]].loc[["Goal"]].astype("string")
    part.loc["Goal", "Adoption"] = "Save time"
    assert acme.with_wide(part) == acme.set("Adoption", "Goal", "Save time")


def test_the_measured_figure_shows_until_a_person_overrides_it(acme: Journey) -> None:
    assert acme.wide().loc["Metrics", "Onboarding"] == 0.41
    overridden = acme.set("Onboarding", "Metrics", 0.9)
    assert overridden.wide().loc["Metrics", "Onboarding"] == 0.9
    assert overridden.set("Onboarding", "Metrics", None) == acme


def test_a_name_goes_before_a_like_id() -> None:
    stages = (Stage(id="b", name="A"), Stage(id="c", name="b"))
    journey = Journey(
        Document(title="t", stages=stages, lanes=(Lane(id="goal", name="Goal", kind="text"),))
    )
    journey = journey.set("b", "Goal", "first").set("c", "Goal", "second")
    assert journey.wide().loc["Goal"].to_dict() == {"A": "first", "b": "second"}
    assert journey.with_wide(journey.wide()) == journey
    assert Journey.from_frame(journey.wide()) == journey


def test_twin_names_need_the_tidy_frame() -> None:
    journey = Journey.new("t", stages=["Trial", "Trial"]).set("trial-2", "Goal", "x")
    with pytest.raises(DuplicateNameError) as caught:
        journey.wide()
    assert (caught.value.kind, caught.value.name) == ("stage", "Trial")
    assert journey.replace("cells", journey.cells) == journey
    assert Journey.from_frame(journey.cells) == journey


# From a frame alone


def test_lanes_of_a_plain_frame_get_their_kinds() -> None:
    frame = pd.DataFrame(
        {"Trial": [["sign up"], 1, "x", 3], "Paid": [None, np.nan, "", 4.5]},
        index=["Actions", "Emotion", "Own words", "Seats"],
    )
    journey = Journey.from_frame(frame, title="Plain")
    assert dict(journey.lanes[["id", "kind"]].itertuples(index=False)) == {
        "actions": "list",
        "emotion": "score",
        "own-words": "text",
        "seats": "metric",
    }
    assert journey.stages["id"].tolist() == ["trial", "paid"]
    assert journey.wide().loc["Seats", "Paid"] == 4.5


def test_a_plain_tidy_frame_goes_by_names() -> None:
    frame = pd.DataFrame(
        {"lane": ["Goal", "Emotion"], "stage": ["Trial", "Paid"], "value": ["Try", -2]}
    )
    journey = Journey.from_frame(frame)
    assert journey.wide().loc["Goal", "Trial"] == "Try"
    assert journey.wide().loc["Emotion", "Paid"] == -2.0
    assert journey.title == "Journey"


def test_the_frame_may_drop_and_reorder_lanes_and_stages(acme: Journey) -> None:
    part = acme.wide().loc[["Emotion", "Goal"], ["Adoption", "Onboarding"]]
    journey = Journey.from_frame(part)
    assert journey.lanes["id"].tolist() == ["emotion", "goal"]
    assert journey.stages["id"].tolist() == ["adoption", "onboarding"]
    assert journey.wide().loc["Emotion", "Onboarding"] == -1
