"""What a step's mode displays, and what becomes of it."""

from __future__ import annotations

import pytest

import jupyter_journey as jj
from jupyter_journey import paths
from jupyter_journey.steps import Request, personas, visualisation

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
    assert list(jj.worksheet(work).grids) == ["segments", "personas", "drafts", "suggested"]
    assert "What are their role and tasks" in shown(work)
    assert "One persona per segment" not in shown(work)
    teach = shown(personas.run(bare, Request(mode="teach")))
    assert "One persona per segment" in teach
    assert "“Teams”: segment and persona don't go together." in teach


def test_a_step_without_a_collection_of_its_own_shows_the_map(bare: jj.Journey) -> None:
    sheet = jj.worksheet(visualisation.run(bare, Request(mode="work")))
    grid = sheet.grids["map"]
    assert isinstance(grid, jj.JourneyGrid)
    grid.set("Onboarding", "Goal", "First board in ten minutes")
    assert sheet.journey.wide().loc["Goal", "Onboarding"] == "First board in ten minutes"


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
