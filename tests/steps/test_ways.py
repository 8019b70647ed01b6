"""The way through the steps: chosen by the journey's settings, told in its words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import jupyter_journey as jj
from jupyter_journey import catalogue, steps
from jupyter_journey.errors import CatalogueError, UnknownNameError

WAYS = {
    "PROC-01": (
        *("goals", "personas", "touchpoints", "stages", "data", "milestones", "visualisation"),
    ),
    "PROC-02": ("goals", "personas", "touchpoints", "stages", "milestones", "visualisation"),
    "PROC-03": ("visualisation", "data", "stages", "milestones"),
}


def draft(way: str, language: str = "en") -> jj.Journey:
    return jj.Journey.new("Draft", language=language).change(settings={"way": way})


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JUPYTER_JOURNEY_CATALOGUE", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("way", WAYS)
def test_a_way_has_its_steps_in_its_order_each_once(way: str) -> None:
    assert steps.steps_of(draft(way)) == WAYS[way]


def test_the_ways_are_those_of_the_method_and_the_first_is_taken_unless_said() -> None:
    assert list(catalogue.ways()) == list(WAYS)
    assert steps.steps_of(jj.Journey.new("Draft")) == WAYS["PROC-01"]


def test_a_ways_own_steps_are_told_in_its_words_and_whose_step_each_is() -> None:
    first, *_, last = steps.way_of(draft("PROC-02")).itertuples(index=False)
    assert tuple(first) == ("Choose the map type", 1, "goals", "Goals")
    assert tuple(last) == ("Adjust again and again", 7, "visualisation", "Visualisation")
    comes_back = steps.way_of(draft("PROC-03"))
    assert comes_back["number"].tolist() == [7, 5, 4, 4, 6, 7]
    assert comes_back["called"].iloc[4] == "List all conversion events"


@pytest.mark.parametrize("language", catalogue.languages())
def test_each_way_speaks_the_journeys_language(language: str) -> None:
    said = catalogue.texts(language)["processes"]
    for way in WAYS:
        assert steps.way_of(draft(way, language))["called"].tolist() == said[way]["steps"]


def test_the_way_travels_with_the_file_and_changes_no_other_setting() -> None:
    journey = draft("PROC-03").change(settings={"min_group": 20})
    again = jj.Journey.loads(journey.dumps())
    assert (again.settings.way, again.settings.min_group) == ("PROC-03", 20)
    assert "way" not in jj.Journey.new("Draft").dumps()


def test_an_unknown_way_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="'PROC-2'; did you mean 'PROC-02'"):
        draft("PROC-2")
    with pytest.raises(UnknownNameError, match="'PROC-05'"):  # a practice, no way
        draft("PROC-05")
    text = draft("PROC-02").dumps().replace("PROC-02", "OWN-1")
    elsewhere = jj.Journey.loads(text).change(title="A project's own way, opened without it")
    with pytest.raises(UnknownNameError, match="'OWN-1'"):
        steps.steps_of(elsewhere)


@pytest.mark.parametrize("listed", ["[]", "[1, 8]", "[0]"])
def test_a_way_without_steps_there_are_is_refused(listed: str, project: Path) -> None:
    text = f"OWN-1: {{way: true, steps: {listed}}}"
    (project / "processes.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=re.escape(f"the steps of OWN-1 are {listed}")):
        steps.steps_of(draft("OWN-1"))


def test_the_checks_are_the_methods_whatever_the_way() -> None:
    found = [jj.check(draft(way))["check"].tolist() for way in WAYS]
    assert found[0] == found[1] == found[2] != []
