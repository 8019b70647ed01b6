"""What people do to a journey: each verb gives a changed copy or says what is wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from jupyter_journey import Journey, JourneyError, catalogue
from jupyter_journey.errors import CellValueError, RecordError, UnknownNameError
from jupyter_journey.model.records import COLLECTIONS, Goal, Settings, Stage


@pytest.mark.parametrize("map_type", catalogue.map_types())
@pytest.mark.parametrize("language", catalogue.languages())
def test_new_has_the_lanes_of_its_map_type(map_type: str, language: str) -> None:
    journey = Journey.new("T", map_type, language=language)
    assert journey.lanes["id"].tolist() == catalogue.map_types()[map_type]["lanes"]
    kinds = [catalogue.lanes()[key]["kind"] for key in journey.lanes["id"]]
    assert journey.lanes["kind"].tolist() == kinds
    assert (journey.map_type, journey.language, journey.revision) == (map_type, language, 0)
    assert journey.wide().shape == (len(journey.lanes), 8)
    assert Journey.from_frame(journey.wide()) == journey
    assert Journey.from_frame(journey.cells) == journey


def test_new_has_the_stages_of_its_model() -> None:
    journey = Journey.new("T")
    assert journey.document.stage_model == "saas-8"
    assert journey.stages["name"].tolist()[:2] == ["Awareness", "Consideration"]
    assert journey.stages["group"].tolist()[-1] == "Retention"
    assert len(Journey.new("T", stages="repeat-purchase").stages) == 5


def test_new_takes_own_stages_and_sources() -> None:
    journey = Journey.new(
        "T", stages=["Visit", "Visit", "比較"], sources={"events": Path("data/log.csv")}
    )
    assert journey.stages["id"].tolist() == ["visit", "visit-2", "比較"]
    assert journey.document.stage_model == ""
    source = journey.document.sources[0]
    assert (source.id, source.name, source.role, source.path) == (
        "events",
        "log.csv",
        "events",
        "data/log.csv",
    )
    assert journey.source_place("events") == str(Path("data/log.csv").resolve())
    assert journey.source_place("crm") is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"map_type": "curent-state"}, "no map type 'curent-state'; did you mean 'current-state'"),
        ({"stages": "saas-9"}, "no stage model 'saas-9'; did you mean 'saas-8'"),
        ({"language": "xx"}, "no language 'xx'"),
        ({"sources": {"event": "e.csv"}}, "no role of a source 'event'; did you mean 'events'"),
        ({"sources": {"events": ""}}, "sources, row 0, column 'name'"),
        ({"title": ""}, "journey, row 0, column 'title'"),
        ({"title": "\ud83d"}, "journey, row 0, column 'title'"),
        ({"stages": ["A", ""]}, "stages, row 1, column 'name'"),
        ({"stages": [5]}, "stages, row 0, column 'name'"),
    ],
    ids=str,
)
def test_new_refuses_what_makes_no_map(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(JourneyError) as caught:
        Journey.new(**({"title": "T"} | arguments))
    assert message in str(caught.value)


def test_verbs_leave_the_journey_alone(acme: Journey) -> None:
    before = acme.dumps()
    acme.set("Onboarding", "Goal", "Other").add("goals", name="New").change(title="Other")
    acme.replace("cells", [])
    acme.with_wide(acme.wide().map(lambda _: None))
    assert acme.dumps() == before


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_each_collection_is_an_attribute(acme: Journey, collection: str) -> None:
    pd.testing.assert_frame_equal(getattr(acme, collection), acme.frame(collection))
    assert len(acme.frame(collection)) > 0


def test_set_goes_by_name_or_id(acme: Journey) -> None:
    by_name = acme.set("Adoption", "Pain points", ["a"], persona="Member")
    assert by_name == acme.set("adoption", "pain-points", ["a"], persona="member")
    assert by_name.wide("Member").loc["Pain points", "Adoption"] == ("a",)
    assert by_name.wide().loc["Pain points", "Adoption"] == ""


@pytest.mark.parametrize(
    ("lane", "given", "kept"),
    [
        ("Goal", "x", "x"),
        ("Goal", "", ""),
        ("Goal", float("nan"), ""),
        ("Actions", ["a", "", "b"], ("a", "b")),
        ("Actions", "a\n\nb", ("a", "b")),
        ("Actions", [], ""),
        ("Channels", ("mail",), ("mail",)),
        ("Emotion", 2, 2.0),
        ("Emotion", -2.0, -2.0),
        ("Metrics", 10**6, 1e6),
    ],
)
def test_set_keeps_what_the_lane_takes(
    acme: Journey, lane: str, given: object, kept: object
) -> None:
    assert acme.set("Advocacy", lane, given).wide().loc[lane, "Advocacy"] == kept


@pytest.mark.parametrize(
    ("lane", "value"),
    [
        ("Goal", 5),
        ("Goal", ["x"]),
        ("Actions", 5),
        ("Actions", [1]),
        ("Actions", {"a": 1}),
        ("Emotion", 2.5),
        ("Emotion", -3),
        ("Emotion", "2"),
        ("Emotion", True),
        ("Metrics", float("inf")),
        ("Metrics", "5 %"),
    ],
)
def test_set_refuses_what_the_lane_does_not_take(acme: Journey, lane: str, value: object) -> None:
    with pytest.raises(CellValueError) as caught:
        acme.set("Advocacy", lane, value)
    error = caught.value
    assert (error.stage, error.lane, error.value) == ("Advocacy", lane, value)
    assert error.expected in str(error)


def test_a_choice_takes_its_options_only() -> None:
    journey = Journey.new("T", "opportunity")
    assert journey.set("Adoption", "Effort", "low").cells.loc[0, "value"] == "low"
    with pytest.raises(CellValueError, match="one of low, medium, high; got 'lots'"):
        journey.set("Adoption", "Effort", "lots")


def test_set_keeps_the_other_fields_of_a_cell(acme: Journey) -> None:
    changed = acme.set("Onboarding", "Emotion", 0)
    cell = next(item for item in changed.document.cells if item.value == 0)
    assert (cell.target, cell.evidence, cell.note) == (1, "observed", "12 interviews")
    emptied = acme.set("Onboarding", "Emotion", None)
    assert len(emptied.cells) == len(acme.cells)  # its target and note remain
    assert len(emptied.set("Onboarding", "Emotion", None, target=None, note="").cells) == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"stage": "Onbording"}, "no stage 'Onbording'; did you mean 'Onboarding'"),
        ({"lane": "Emotions"}, "no lane 'Emotions'; did you mean 'Emotion'"),
        ({"persona": "Memer"}, "no persona 'Memer'; did you mean 'Member'"),
        ({"targt": 1}, "no field of a cell 'targt'; did you mean 'target'"),
        ({"evidence": "guessed"}, "column 'evidence'"),
        ({"target": "much"}, "column 'target'"),
    ],
    ids=str,
)
def test_set_names_the_nearest(acme: Journey, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(JourneyError) as caught:
        acme.set(**({"stage": "Onboarding", "lane": "Emotion", "value": 1} | arguments))
    assert message in str(caught.value)


def test_add_makes_ids_and_takes_fields(acme: Journey) -> None:
    journey = acme.add("goals", name="Less churn", target=0.01, means=["mails"])
    goal = journey.document.goals[-1]
    assert (goal.id, goal.target, goal.means) == ("less-churn-2", 0.01, ("mails",))
    assert journey.add("goals", name="X", id="own").document.goals[-1].id == "own"


def test_add_refuses(acme: Journey) -> None:
    with pytest.raises(UnknownNameError, match="no collection 'goal'; did you mean 'goals'"):
        acme.add("goal", name="X")
    with pytest.raises(UnknownNameError, match="did you mean 'deadline'"):
        acme.add("goals", name="X", dedline="2026-01-01")
    with pytest.raises(RecordError, match="column 'name'"):
        acme.add("goals", name="")
    with pytest.raises(RecordError, match="set\\(stage, lane, value\\)"):
        acme.add("cells", name="X")
    with pytest.raises(JourneyError, match="occurs twice"):
        acme.add("goals", name="X", id="less-churn")
    with pytest.raises(JourneyError, match="there is no 'nowhere' among the stages"):
        acme.add("goals", name="X", stage_id="nowhere")


def test_change_takes_what_belongs_to_the_whole(acme: Journey) -> None:
    changed = acme.change(title="New", map_type="onboarding", settings=Settings(min_group=20))
    assert (changed.title, changed.map_type, changed.settings.min_group) == (
        "New",
        "onboarding",
        20,
    )
    assert acme.settings.min_group == 10
    named = changed.change(settings={"review_days": 30}).settings
    assert (named.min_group, named.review_days) == (20, 30)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("titel", "X", "no field 'titel'; did you mean 'title'"),
        ("revision", 5, "no field 'revision'"),
        ("goals", (), "no field 'goals'"),
        ("title", "", "column 'title'"),
        ("settings", {"min_group": 3}, "column 'settings'"),
        ("settings", {"min_grup": 30}, "no setting 'min_grup'; did you mean 'min_group'"),
        ("settings", {"way": "PROC-3"}, "did you mean 'PROC-03'"),
        ("map_type", "onbording", "did you mean 'onboarding'"),
        ("language", "xx", "no language 'xx'"),
    ],
)
def test_change_refuses(acme: Journey, field: str, value: object, message: str) -> None:
    with pytest.raises(JourneyError) as caught:
        acme.change(**{field: value})
    assert message in str(caught.value)


def test_replace_takes_records_of_its_kind(acme: Journey) -> None:
    goals = (Goal(id="g", name="G"),)
    assert acme.replace("goals", iter(goals)).document.goals == goals
    assert acme.replace("goals", ()).goals.empty
    with pytest.raises(RecordError, match="must be a Goal, not a Stage"):
        acme.replace("goals", [Stage(id="s", name="S")])


@pytest.mark.parametrize("name", ["goal", "title", "schema_version", ""])
def test_only_collections_have_frames(acme: Journey, name: str) -> None:
    with pytest.raises(UnknownNameError):
        acme.frame(name)
    with pytest.raises(UnknownNameError):
        acme.replace(name, pd.DataFrame())


def test_journeys_compare_by_what_they_say(acme: Journey) -> None:
    assert acme == Journey.loads(acme.dumps())
    assert acme != acme.change(title="Other")
    assert acme != acme.change(usp="Another")
    assert acme != acme.add("reviews", name="Sales")
    assert acme != acme.dumps()
    assert len({acme, Journey.loads(acme.dumps())}) == 1
    assert repr(acme) == ("<Journey 'Acme Boards': current-state, 11 lanes × 8 stages, revision 0>")


def test_another_process_writes_the_same_bytes(acme: Journey) -> None:
    code = (
        "import sys; from jupyter_journey import Journey; "
        "sys.stdout.buffer.write(Journey.loads(sys.stdin.buffer.read().decode()).dumps().encode())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], input=acme.dumps().encode(), capture_output=True, check=True
    )
    assert run.stdout.decode() == acme.dumps()
