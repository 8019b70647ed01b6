"""A project adds to the catalogue by data files alone; what can't be read is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import jupyter_journey as jj
from jupyter_journey import catalogue
from jupyter_journey.errors import CatalogueError, UnknownNameError

Files = dict[str, str]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JUPYTER_JOURNEY_CATALOGUE", raising=False)
    return tmp_path


def write(folder: Path, files: Files) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def add(project: Path, files: Files) -> None:
    write(project / "journey-catalogue", files)


def test_a_lane_and_a_map_type(project: Path) -> None:
    add(
        project,
        {
            "lanes.yaml": "risk: {kind: choice, options: [low, high]}",
            "map_types.yaml": "risk-map: {lanes: [actions, risk]}",
            "languages/en/own.yaml": (
                "lanes: {risk: {name: Risk, prompt: 'What may go wrong?'}}\n"
                "map_types: {risk-map: {name: Risk map, purpose: 'Where it may go wrong.'}}\n"
            ),
        },
    )
    journey = jj.Journey.new("Own", map_type="risk-map").set("Onboarding", "Risk", "high")
    assert journey.wide().loc["Risk", "Onboarding"] == "high"
    assert jj.Journey.loads(journey.dumps()).dumps() == journey.dumps()
    assert jj.Journey.from_frame(journey.wide(), title="Again").lanes["kind"].iloc[1] == "choice"
    assert catalogue.frame("map_types")["id"].iloc[-1] == "risk-map"
    assert catalogue.search("where it may go wrong")["id"].tolist() == ["risk-map"]
    assert "Risk" in jj.charts.map_svg(journey)


def test_a_stage_model(project: Path) -> None:
    add(
        project,
        {
            "stage_models.yaml": (
                "club:\n  stages: [awareness, decision, regular]\n  means: {regular: [retention]}\n"
            ),
            "languages/en/own.yaml": (
                "stages: {regular: Regular}\n"
                "stage_models: {club: {name: Club, called: {decision: Joining}}}\n"
            ),
        },
    )
    journey = jj.Journey.new("Own", stages="club")
    assert journey.stages["name"].tolist() == ["Awareness", "Joining", "Regular"]
    bought = journey.add("touchpoints", name="Sign-up", stage_id="decision")
    assert "CHK-306" in set(jj.check(bought)["check"])
    used = bought.add("touchpoints", name="Newsletter", stage_id="regular")
    assert {"CHK-306", "CHK-404"}.isdisjoint(jj.check(used)["check"])
    change = catalogue.convert("club", "treimedia-5")
    assert change["to_name"].tolist() == [
        *("Awareness", "Decision", "Retention"),
        *("Consideration", "Loyalty"),
    ]


def test_a_way_through_the_steps(project: Path) -> None:
    add(
        project,
        {
            "processes.yaml": "short: {way: true, steps: [4, 5, 7]}",
            "languages/en/own.yaml": "processes: {short: {name: Short, steps: [Lay out, Measure]}}",
        },
    )
    own = jj.steps.way_of(jj.Journey.new("Own").change(settings={"way": "short"}))
    assert own["step"].tolist() == ["stages", "data", "visualisation"]
    # what the words don't name goes by the step's own name
    assert own["called"].tolist() == ["Lay out", "Measure", "Visualisation"]


def test_the_text_of_a_check(project: Path) -> None:
    said = "checks: {CHK-101: {message: Say what this map is for., fix: Ask your lead.}}"
    add(project, {"languages/en/own.yaml": said})
    found = jj.check(jj.Journey.new("Own"), step=1).iloc[0]
    assert found[["message", "fix"]].tolist() == ["Say what this map is for.", "Ask your lead."]


def test_a_language(project: Path) -> None:
    words = "language: Føroyskt\nlanes: {actions: {name: Gerðir}}\nstages: {awareness: Tilvit}\n"
    add(project, {"languages/fo/own.yaml": words})
    assert "fo" in catalogue.languages()
    journey = jj.Journey.new("Own", language="fo")
    assert journey.lanes["name"].tolist()[:3] == ["Goal", "Gerðir", "Touchpoints"]
    assert journey.stages["name"].tolist()[:2] == ["Tilvit", "Consideration"]
    assert jj.check(journey)["message"].notna().all()


def test_a_language_says_how_many_by_forms_of_its_own(project: Path) -> None:
    add(project, {"languages/fo/own.yaml": 'frame_grid: {rows: {other: "{n} røðir"}}'})
    rows = catalogue.texts("fo")["frame_grid"]["rows"]
    assert rows == {"other": "{n} røðir"}
    assert catalogue.texts("fo")["frame_grid"]["undo"] == "Undo"


def test_a_folder_below_the_project_knows_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(project, {"lanes.yaml": "mine: {kind: text}"})
    (project / "reports" / "july").mkdir(parents=True)
    monkeypatch.chdir(project / "reports" / "july")
    assert "mine" in catalogue.lanes()


def test_folders_named_by_the_variable(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(project, {"lanes.yaml": "unread: {kind: text}"})
    named = [
        write(tmp_path / name, {"lanes.yaml": f"own-{name}: {{kind: text}}"})
        for name in ("one", "two")
    ]
    monkeypatch.setenv("JUPYTER_JOURNEY_CATALOGUE", os.pathsep.join(map(str, named)))
    assert list(catalogue.lanes())[-2:] == ["own-one", "own-two"]


LAST_TOOL = """
from jupyter_journey import JourneyError, catalogue
try:
    print(list(catalogue.table("tools"))[-1])
except JourneyError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("named", "told"),
    [("acme_words.catalogue", "ACME-01"), ("acme_words.nothing", "'acme' of jupyter_journey.cat")],
)
def test_an_installed_package(project: Path, named: str, told: str) -> None:
    site = write(
        project / "site",
        {
            "acme_words/__init__.py": "",
            "acme_words/catalogue/__init__.py": "",
            "acme_words/catalogue/tools.yaml": "ACME-01: {product: Acme, roles: [crm]}",
            "acme_words-1.dist-info/METADATA": "Name: acme-words\nVersion: 1\n",
            "acme_words-1.dist-info/entry_points.txt": (
                f"[jupyter_journey.catalogue]\nacme = {named}\n"
            ),
        },
    )
    run = subprocess.run(
        [sys.executable, "-c", LAST_TOOL],
        env=os.environ | {"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told in run.stdout


def test_what_was_not_added_is_as_it_was(project: Path) -> None:
    before = catalogue.lanes()
    add(project, {"lanes.yaml": "goal: {kind: list}"})
    assert catalogue.lanes()["goal"]["kind"] == "list"
    assert {key: it for key, it in catalogue.lanes().items() if key != "goal"} == {
        key: it for key, it in before.items() if key != "goal"
    }


@pytest.mark.parametrize(
    ("files", "kind", "told"),
    [
        ({"lane.yaml": "a: {kind: text}"}, UnknownNameError, "did you mean 'lanes'"),
        ({"lanes.yaml": "a: {kind: [}"}, CatalogueError, "lanes.yaml"),
        ({"lanes.yaml": "- a"}, CatalogueError, "holds no entries by id"),
        ({"lanes.yaml": "a: text"}, CatalogueError, "'a' is no mapping"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    project: Path, files: Files, kind: type[Exception], told: str
) -> None:
    add(project, files)
    with pytest.raises(kind, match=told):
        catalogue.lanes()


def test_a_variable_that_names_no_folder_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_JOURNEY_CATALOGUE", str(project / "nowhere"))
    with pytest.raises(CatalogueError, match="nowhere: is no folder"):
        catalogue.lanes()


def test_a_language_without_words_is_none_and_a_broken_one_is_told(project: Path) -> None:
    (project / "journey-catalogue" / "languages" / "fo").mkdir(parents=True)
    assert "fo" not in catalogue.languages()
    add(project, {"languages/fo/own.yaml": ""})
    with pytest.raises(CatalogueError, match=r"fo.own\.yaml: holds no entries"):
        catalogue.texts("fo")
    add(project, {"languages/klingon/own.yaml": "language: tlhIngan Hol"})
    with pytest.raises(CatalogueError, match="'klingon' is no language"):
        catalogue.languages()


def test_a_lane_without_words_is_told_and_then_mended(project: Path) -> None:
    add(
        project,
        {"map_types.yaml": "bare: {lanes: [bare]}", "lanes.yaml": "bare: {kind: txt}"},
    )
    with pytest.raises(UnknownNameError, match="no text of a lane 'bare'"):
        jj.Journey.new("Own", map_type="bare")
    add(project, {"languages/en/own.yaml": "lanes: {bare: {name: Bare}}"})
    with pytest.raises(jj.JourneyError, match="kind"):
        jj.Journey.new("Own", map_type="bare")
    add(project, {"lanes.yaml": "bare: {kind: text, locked: true}"})
    assert jj.Journey.new("Own", map_type="bare").lanes["name"].tolist() == ["Bare"]
