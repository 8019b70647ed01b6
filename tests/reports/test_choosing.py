"""Which reports of a plan run, why, and for how long: by default, with --changed and --resume."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commands import cli_here, written
from made_notebooks import notebook, plan_of

import jupyter_journey as jj
from jupyter_journey.reports.manifest import Manifest

STATES = {"0": "done", "1": "running", "2": "planned", "3": "failed", "4": "interrupted"}


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan whose six reports were left in every state a batch can leave them in; one is new."""
    folder = tmp_path_factory.mktemp("stopped")
    plan = written(notebook(folder / "own.ipynb", "x"), matrix={"x": list(range(6))}, workers=2)
    jj.batch(plan, progress=False, only="0")
    manifest = Manifest(folder / "reports")
    (done,) = manifest.rows().values()
    manifest.put(done.but(name=name, state=state, seconds=4.0) for name, state in STATES.items())
    return plan


def dry(plan: Path, *words: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(cli_here(plan, "--dry-run", "--json", *words))
    return said


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", "012345"),
        ("--changed", "12345"),
        ("--resume", "1245"),
        ("--resume --changed", "1245"),
        ("--resume --only [0-2]", "12"),
    ],
)
def test_each_option_leaves_out_some(words: str, expected: str, stopped: Path) -> None:
    reports = dry(stopped, *words.split())["reports"]
    assert "".join(report["name"] for report in reports) == expected


def test_what_was_killed_before_it_began_is_begun_by_resume(stopped: Path) -> None:
    made = jj.batch(stopped, resume=True, only="5", progress=False)
    assert (made.ran, made.rows[5].why, made.rows[5].state) == (("5",), "new", "done")


def test_a_dry_run_says_why_and_for_how_long(stopped: Path) -> None:
    said = dry(stopped, "--workers", "3", "--only", "[0-4]")
    assert {one["name"]: one["why"] for one in said["reports"]} == {
        "0": "asked for, though up to date",
        "1": "not finished last time",
        "2": "not finished last time",
        "3": "failed last time",
        "4": "not finished last time",
    }
    assert (said["workers"], said["seconds"]) == (3, 6.7)
    text = cli_here(stopped, "--dry-run", "--only", "[0-4]")
    assert "5 reports, 2 at a time: about 10 s, as the last ones took." in text
    assert "1 of them up to date; --changed leaves such out." in text


def test_a_new_report_should_take_what_others_of_its_template_took(tmp_path: Path) -> None:
    source = notebook(tmp_path / "own.ipynb", "x")
    plan = written(source, matrix={"x": [0]}, workers=1)
    assert dry(plan)["seconds"] == 0
    assert "nobody knows how long" in cli_here(plan, "--dry-run")
    took = jj.batch(plan, progress=False).rows[0].seconds
    plan = written(source, matrix={"x": [0, 1, 2]}, workers=1)
    assert dry(plan, "--changed")["seconds"] == pytest.approx(2 * took, abs=0.06)


def test_an_output_that_is_asked_for_anew_is_a_reason_to_run(tmp_path: Path) -> None:
    source = notebook(tmp_path / "own.ipynb", "x")
    assert jj.batch(plan_of(source), changed=True, progress=False).rows[0].why == "new"
    made = jj.batch(plan_of(source, outputs=["html"]), changed=True, progress=False)
    assert (made.rows[0].why, made.rows[0].state) == ("missing: own.html", "done")
    assert jj.batch(plan_of(source, outputs=["html"]), changed=True, progress=False).ran == ()


def test_a_pattern_that_fits_nothing_is_refused(tmp_path: Path) -> None:
    plan = plan_of(notebook(tmp_path / "own.ipynb", "x"), matrix={"x": [1, 2]})
    with pytest.raises(jj.JourneyError, match=r"only: 'own-\*' fits no report.*such as '1'"):
        jj.batch(plan, only="own-*", progress=False)
    assert not (tmp_path / "reports").exists()


def test_an_input_whose_changes_nobody_would_see_is_refused(tmp_path: Path) -> None:
    plan = plan_of(notebook(tmp_path / "own.ipynb", "x"), inputs=["gone.csv"])
    with pytest.raises(jj.JourneyError, match=r"inputs: 'gone\.csv' can't be read"):
        jj.batch(plan, changed=True, progress=False)
