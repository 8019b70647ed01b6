"""What a step's mode displays, and what becomes of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import jupyter_journey as jj
from jupyter_journey import paths
from jupyter_journey.errors import JourneyError, StaleSaveError
from jupyter_journey.grids import Worksheet
from jupyter_journey.steps import Request, data, goals, personas, stages, visualisation

SAMPLE = paths.sample_data() / "saas" / "saas.journey.json"


def shown(result: jj.steps.Result) -> str:
    return "\n".join(map(str, jj.worksheet(result)))


@pytest.fixture(scope="module")
def bare() -> jj.Journey:
    return jj.Journey.load(SAMPLE).remove("personas", "Champion")


def test_a_report_shows_none_and_hands_the_journey_on(bare: jj.Journey) -> None:
    sheet = jj.worksheet(personas.run(bare))
    assert [*sheet] == []
    assert sheet.journey == bare


def test_work_shows_a_grid_per_collection_and_teach_what_is_open(bare: jj.Journey) -> None:
    work = personas.run(bare, Request(mode="work"))
    assert list(jj.worksheet(work).grids) == [
        "segments",
        "personas",
        "answers",
        "drafts",
        "suggested",
    ]
    assert "What are their role and tasks" in shown(work)
    assert "One persona per segment" not in shown(work)
    teach = shown(personas.run(bare, Request(mode="teach")))
    assert "One persona per segment" in teach
    assert "“Teams”: segment and persona don't go together." in teach


def test_beside_the_map_stands_who_reviewed_it(bare: jj.Journey) -> None:
    sheet = jj.worksheet(visualisation.run(bare, Request(mode="work")))
    grid = sheet.grids["map"]
    assert isinstance(grid, jj.JourneyGrid)
    grid.set("Onboarding", "Goal", "First board in ten minutes")
    reviews = sheet.grids["reviews"]
    assert isinstance(reviews, jj.FrameGrid)
    reviews.insert(values={"name": "Sales", "comment": "Clear", "version": 3})
    assert sheet.journey.wide().loc["Goal", "Onboarding"] == "First board in ten minutes"
    said = sheet.journey.document.reviews[-1]
    assert (said.name, said.comment, said.version) == ("Sales", "Clear", 3)


def test_a_change_is_noted_with_its_figures(bare: jj.Journey) -> None:
    sheet = jj.worksheet(data.run(bare.replace("sources", []), Request(mode="work")))
    changes = sheet.grids["changes"]
    assert isinstance(changes, jj.FrameGrid)
    changes.insert(values={"name": "Shorter form", "before": 0.4, "after": 0.5})
    assert sheet.journey.changes[["before", "after"]].iloc[-1].tolist() == [0.4, 0.5]


def test_what_is_filled_in_is_in_the_journey(bare: jj.Journey) -> None:
    sheet = jj.worksheet(personas.run(bare, Request(mode="work")))
    grid = sheet.grids["personas"]
    assert isinstance(grid, jj.FrameGrid)
    grid.delete([0])
    grid.set(0, "role", "Chief of staff")
    grid.insert(values={"name": "Newcomer", "goals": ("Learn",)})
    kept, new = sheet.journey.document.personas
    assert (kept.id, kept.role) == ("executive", "Chief of staff")
    assert kept.sources == bare.document.personas[1].sources
    assert (new.id, new.goals) == ("newcomer", ("Learn",))


def test_only_ticked_proposals_are_taken_over(bare: jj.Journey) -> None:
    sheet = jj.worksheet(personas.run(bare, Request(mode="work")))
    assert sheet.journey == bare
    grid = sheet.grids["drafts"]
    assert isinstance(grid, jj.FrameGrid)
    grid.set(0, "accept", True)
    names = [persona.name for persona in sheet.journey.document.personas]
    assert names == ["Administrator", "Executive", "Teams"]
    assert sheet.journey.document.personas[-1].role == ""


def of_stages(bare: jj.Journey) -> tuple[Worksheet, jj.JourneyGrid, jj.FrameGrid]:
    sheet = jj.worksheet(stages.run(bare, Request(mode="work")))
    drawn, table = sheet.grids["map"], sheet.grids["stages"]
    assert isinstance(drawn, jj.JourneyGrid)
    assert isinstance(table, jj.FrameGrid)
    return sheet, drawn, table


def test_what_is_changed_on_the_map_and_in_the_tables_is_all_kept(bare: jj.Journey) -> None:
    sheet, drawn, table = of_stages(bare)
    table.set(0, "trigger", "Reads of us")
    table.set(1, "name", "Comparison")
    drawn.journey = (
        drawn.journey.rename("stages", "Awareness", "First sight")
        .remove("stages", "Advocacy")
        .add("stages", name="Lapsed")
        .move("stages", "Retention", "Adoption")
    )
    drawn.set("First sight", "Goal", "Know what it is")
    table.insert(1, {"name": "Referral"})
    names = [stage.name for stage in sheet.journey.document.stages]
    assert names[:3] == ["First sight", "Referral", "Comparison"]
    assert names[-1] == "Lapsed"
    assert names.index("Retention") < names.index("Adoption")
    assert "Advocacy" not in names
    assert sheet.journey.document.stages[0].trigger == "Reads of us"
    assert sheet.journey.wide().loc["Goal", "First sight"] == "Know what it is"


def test_a_stage_deleted_in_the_table_goes_with_its_cells(bare: jj.Journey) -> None:
    sheet, drawn, table = of_stages(bare)
    drawn.set("Advocacy", "Goal", "Tell others")
    places = table.frame["name"].tolist()
    table.delete([places.index("Advocacy")])
    journey = sheet.journey
    assert "Advocacy" not in journey.stages["name"].tolist()
    assert "advocacy" not in {cell.stage_id for cell in journey.document.cells}


def test_a_field_with_two_new_values_is_refused_and_one_with_twice_the_same_is_not(
    bare: jj.Journey,
) -> None:
    sheet, drawn, table = of_stages(bare)
    drawn.journey = drawn.journey.rename("stages", "Awareness", "First sight")
    table.set(0, "name", "Discovery")
    with pytest.raises(JourneyError, match=r"'Awareness': name is 'Discovery' in the table, but"):
        _ = sheet.journey
    table.set(0, "name", "First sight")
    assert sheet.journey.document.stages[0].name == "First sight"


def test_a_proposal_follows_a_stage_that_was_renamed(bare: jj.Journey) -> None:
    first = bare.document.stages[0]
    sheet, drawn, _ = of_stages(
        bare.replace("stages", [first.model_copy(update={"events": ()}), *bare.document.stages[1:]])
    )
    drawn.journey = drawn.journey.rename("stages", first.name, "First sight")
    proposed = sheet.grids["mapping"]
    assert isinstance(proposed, jj.FrameGrid)
    at = proposed.frame["proposal"].tolist().index(first.name)
    proposed.set(at, "accept", True)
    event = proposed.frame.loc[at, "event"]
    assert event in sheet.journey.document.stages[0].events


def of_a_file(journey: jj.Journey, folder: Path) -> tuple[Path, jj.steps.Result, Worksheet]:
    """Save a journey without sources, and show the last step of what the file holds."""
    path = journey.replace("sources", []).save(folder / "work.journey.json").path
    assert path is not None
    result = visualisation.run(jj.Journey.load(path), Request(mode="work"))
    return path, result, jj.worksheet(result)


def test_what_is_filled_in_later_is_written_again_over_nobody_elses_changes(
    bare: jj.Journey, tmp_path: Path
) -> None:
    path, result, sheet = of_a_file(bare, tmp_path)
    grid = sheet.grids["map"]
    for goal in ("First board in a day", "First board in ten minutes"):
        grid.set("Onboarding", "Goal", goal)
        saved = sheet.written(str(path))
        assert jj.Journey.load(path) == saved
        assert saved.wide().loc["Goal", "Onboarding"] == goal
    assert saved.revision == jj.Journey.load(path).revision == result.journey.revision + 2
    # Another sheet doesn't know of it, and neither does this one of what somebody else wrote.
    with pytest.raises(StaleSaveError):
        jj.worksheet(result).written(str(path))
    theirs = saved.change(title="By somebody else").save()
    grid.set("Onboarding", "Goal", "Too late")
    with pytest.raises(StaleSaveError):
        sheet.written(str(path))
    assert jj.Journey.load(path) == theirs


def grid_of(sheet: Worksheet, name: str) -> jj.FrameGrid:
    grid = sheet.grids[name]
    assert isinstance(grid, jj.FrameGrid)
    return grid


def test_what_sets_the_product_apart_is_filled_in_with_the_goals(bare: jj.Journey) -> None:
    sheet = jj.worksheet(goals.run(bare.change(usp=""), Request(mode="work")))
    grid = grid_of(sheet, "about")
    assert [*grid.frame.columns] == ["usp", "based_on"]
    grid.set(0, "usp", "A board the whole team likes", by="position")
    assert sheet.journey.document.usp == "A board the whole team likes"
    assert sheet.journey == bare.change(usp="A board the whole team likes")
    grid.set(0, "usp", "", by="position")
    assert sheet.journey.document.usp == ""


def test_form_and_next_review_are_filled_in_beside_the_map(bare: jj.Journey) -> None:
    sheet = jj.worksheet(
        visualisation.run(bare.change(form=None, next_review=None), Request(mode="work"))
    )
    grid = grid_of(sheet, "about")
    grid.set(0, "form", "storyboard", by="position")
    grid.set(0, "next_review", "2027-01-31", by="position")
    assert sheet.journey.document.form == "storyboard"
    assert sheet.journey.document.next_review == date(2027, 1, 31)
    with pytest.raises(JourneyError, match="day"):  # a day, though no day stood there yet
        grid.set(0, "next_review", "2027-01-31 10:00", by="position")
    grid.set(0, "next_review", None, by="position")
    assert sheet.journey.document.next_review is None
    drawn = sheet.grids["map"]
    assert isinstance(drawn, jj.JourneyGrid)
    drawn.journey = drawn.journey.change(form="flow")
    with pytest.raises(JourneyError, match="form is 'storyboard' in the table, but 'flow' on the"):
        _ = sheet.journey


def test_the_journey_itself_has_one_row(bare: jj.Journey) -> None:
    sheet = jj.worksheet(goals.run(bare, Request(mode="work")))
    grid = grid_of(sheet, "about")
    with pytest.raises(JourneyError):
        grid.insert(values={"usp": "Another"})
    grid.delete([0], by="position")
    assert sheet.journey == bare


def test_answers_of_customers_and_support_are_filled_in_by_question(bare: jj.Journey) -> None:
    sheet = jj.worksheet(personas.run(bare, Request(mode="work")))
    grid = grid_of(sheet, "answers")
    assert len(grid.frame) == 16 + 7
    assert "What is your role" in grid.frame.iloc[0, 0]
    asked = [key for key, _ in grid.frame.index]
    before = sheet.journey.document.personas[0]
    grid.set(asked.index("PER-Q14"), before.id, "Every morning", by="position")
    grid.set(asked.index("PER-S07"), before.id, "A way to import", by="position")
    after = sheet.journey.document.personas[0]
    assert dict(after.interview) == dict(before.interview) | {"PER-Q14": "Every morning"}
    assert dict(after.support) == dict(before.support) | {"PER-S07": "A way to import"}
    grid.set(asked.index("PER-Q14"), before.id, None, by="position")
    assert "PER-Q14" not in sheet.journey.document.personas[0].interview
    with pytest.raises(JourneyError):
        grid.insert()


def test_answers_and_the_rest_of_a_persona_are_both_kept(bare: jj.Journey) -> None:
    sheet = jj.worksheet(personas.run(bare, Request(mode="work")))
    people, answers = grid_of(sheet, "personas"), grid_of(sheet, "answers")
    people.set(0, "role", "Chief of staff")
    people.insert(values={"name": "Newcomer"})
    answers.set(0, "executive", "Leads a team of nine", by="position")
    by_id = {one.id: one for one in sheet.journey.document.personas}
    assert by_id["executive"].interview["PER-Q01"] == "Leads a team of nine"
    assert "Chief of staff" in {one.role for one in by_id.values()}
    assert "newcomer" in by_id


def test_without_personas_nobody_can_answer() -> None:
    sheet = jj.worksheet(personas.run(jj.Journey.new("Draft"), Request(mode="work")))
    assert "answers" not in sheet.grids


def test_every_table_is_written_again_with_what_came_later(
    bare: jj.Journey, tmp_path: Path
) -> None:
    path, _, sheet = of_a_file(bare, tmp_path)
    for name in ("Sales", "Service"):
        grid_of(sheet, "reviews").insert(values={"name": name, "comment": "Clear"})
        grid_of(sheet, "about").set(0, "form", "chart", by="position")
        assert sheet.written(str(path)).reviews["name"].iloc[-1] == name
    assert jj.Journey.load(path).document.form == "chart"
