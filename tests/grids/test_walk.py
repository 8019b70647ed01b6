"""All steps in one go: in the order of the way, each from what the one before left."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

import jupyter_journey as jj
from jupyter_journey import paths, steps
from jupyter_journey.reports.running import run_report
from jupyter_journey.reports.templates import template
from jupyter_journey.steps import STEPS, Request

SAMPLE = paths.sample_data() / "saas" / "saas.journey.json"
AROUND = {"parameters", "open", "worksheet", "findings", "write", "provenance"}
"""Cells of a template that aren't what it reports."""


@pytest.fixture
def drafted(tmp_path: Path) -> Path:
    """A draft-first journey that asks no log."""
    journey = jj.Journey.load(SAMPLE).replace("sources", []).change(settings={"way": "PROC-03"})
    path = journey.save(tmp_path / "draft.journey.json").path
    assert path is not None
    return path


class Named(steps.Result):
    """A result whose chapters are their names."""

    def chapter(self, name: str) -> tuple[Any, ...]:
        return (f"chapter {name}",)


def shown_by_template(step: str, result: steps.Result) -> list[Any]:
    """Run the cells of a template that report."""
    shown: list[Any] = [result.opening]
    names = {"display": lambda *them: shown.extend(them), "result": result, "persona": ""}
    for cell in nbformat.read(template(step), 4).cells:
        if cell.id not in AROUND:
            source = cell.source if cell.source.startswith("display") else f"display({cell.source})"
            exec(source, names | {step: getattr(steps, step)})  # noqa: S102
    return [it for it in shown if it is not None]


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_reported_as_its_template_does(step: str) -> None:
    journey = jj.Journey.load(SAMPLE)
    result = Named(STEPS.index(step) + 1, journey, {}, notes=("A note",), request=Request())
    told = [str(it) for it in steps.reported(result)]
    assert told == [str(it) for it in shown_by_template(step, result)]
    assert len(told) > 5


def test_a_walk_tells_the_way_then_its_steps_and_ends(drafted: Path) -> None:
    walk = jj.Walk(Request(journey=str(drafted)))
    told, title = map(str, walk.opening)
    assert told.startswith(
        "# Draft first\n\nA rough map at once, then better ones.\n\n1. Storyboard"
    )
    assert "\n5. List all conversion events → 6 · Milestones\n6. " in told
    assert title.startswith("Acme Boards")
    openings = [str(walk.step(place)[0]).splitlines()[0] for place in (1, 2, 3, 4)]
    assert openings == ["# 7 · Visualisation", "# 5 · Data", "# 4 · Stages", "# 6 · Milestones"]
    assert walk.step(5) == ()


def test_what_is_filled_in_is_handed_on_and_written(drafted: Path) -> None:
    walk = jj.Walk(Request(journey=str(drafted), mode="work"))
    drawn = next(it for it in walk.step(1) if isinstance(it, jj.JourneyGrid))
    drawn.set("Onboarding", "Goal", "First board in ten minutes")
    walk.step(3)
    assert walk.journey.wide().loc["Goal", "Onboarding"] == "First board in ten minutes"
    walk.step(1)  # once more: from what was there before it
    assert walk.journey.wide().loc["Goal", "Onboarding"] != "First board in ten minutes"
    drawn = next(it for it in walk.step(1) if isinstance(it, jj.JourneyGrid))
    drawn.set("Onboarding", "Goal", "First board in a day")
    walk.written(str(drafted))
    kept = jj.Journey.load(drafted).wide()
    assert kept.loc["Goal", "Onboarding"] == "First board in a day"


def test_the_report_of_all_steps_follows_the_way_of_the_file(drafted: Path) -> None:
    made = run_report("journey", drafted, drafted.parent / "reports")
    notebook = nbformat.read(made.notebook, 4)
    said = [
        output.data["text/markdown"].splitlines()[0]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "text/markdown" in output.get("data", {})
    ]
    parts = [line.lstrip("# ") for line in said if line.startswith("# ")]
    assert parts == [
        *("Draft first", "7 · Visualisation", "5 · Data", "4 · Stages", "6 · Milestones"),
    ]
    assert json.dumps(notebook).count("stderr") == 0
