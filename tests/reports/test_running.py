"""Running one step: parameters, errors, and plain papermill."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pandas as pd
import papermill
import pytest

import jupyter_journey as jj
from jupyter_journey import paths
from jupyter_journey.reports.running import run_report, run_step
from jupyter_journey.reports.templates import TEMPLATES, template
from jupyter_journey.steps import Request

SAMPLE = paths.sample_data() / "saas" / "saas.journey.json"
EVENTS = SAMPLE.with_name("events.csv")


def text_of(notebook: Path) -> str:
    cells = nbformat.read(notebook, 4).cells
    return json.dumps([cell.get("outputs", []) for cell in cells], ensure_ascii=False)


def test_every_template_declares_the_common_parameters_with_type_and_help() -> None:
    for step in TEMPLATES:
        found = papermill.inspect_notebook(str(template(step)))
        assert list(found) == list(Request.model_fields)
        assert all(entry["help"] for entry in found.values())
        assert all(entry["inferred_type_name"] in ("str", "dict") for entry in found.values())


def test_plain_papermill_runs_a_template_and_writes_the_journey_back(tmp_path: Path) -> None:
    back = tmp_path / "back.journey.json"
    parameters = {"journey": str(SAMPLE), "output": str(back), "title": "Another title"}
    out = tmp_path / "out.ipynb"
    papermill.execute_notebook(
        str(template("visualisation")), str(out), parameters, progress_bar=False
    )
    assert jj.Journey.load(back).title == "Another title"
    assert "<svg" in text_of(out)


def test_a_template_starts_a_new_journey_where_none_is_given(tmp_path: Path) -> None:
    parameters = {"title": "Fresh", "map_type": "onboarding", "output": "fresh.journey.json"}
    out = tmp_path / "of {mine}"  # where papermill would fill in
    run_step("goals", out / "goals.ipynb", parameters)
    made = jj.Journey.load(out / "fresh.journey.json")
    assert (made.title, made.map_type) == ("Fresh", "onboarding")


def test_a_report_on_one_persona_shows_that_persona_alone(tmp_path: Path) -> None:
    made = run_report("personas", SAMPLE, tmp_path, {"persona": "Champion"})
    shown = text_of(made.notebook)
    assert "Finds the tool, convinces team and budget holder" in shown
    assert "Decides on budget" not in shown
    assert made.page.is_file()


def test_teach_asks_the_questions_and_work_shows_the_grid(tmp_path: Path) -> None:
    teach = run_step("goals", tmp_path / "teach.ipynb", {"journey": str(SAMPLE), "mode": "teach"})
    work = run_step("goals", tmp_path / "work.ipynb", {"journey": str(SAMPLE), "mode": "work"})
    assert "Which figure will show it" in text_of(teach)
    assert "application/vnd.jupyter-journey.frame+json" in text_of(work)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"persna": "Champion"}, "did you mean 'persona'"),
        ({"mode": "raport"}, "'mode' can't be 'raport'"),
        ({"where": "DE"}, "'where' can't be 'DE'"),
        ({"period": 2026}, "'period' can't be 2026"),
        ({"period": "yesterday"}, "yesterday"),
        ({"persona": "Champoin"}, "did you mean 'Champion'"),
        ({"segment": "Team"}, "did you mean 'Teams'"),
        ({"language": "xx"}, "no language 'xx'"),
        ({"map_type": "onboarding"}, "'map_type' is 'onboarding', but"),
        ({"where": {"customer": "c00001"}}, "picks single customers"),
    ],
)
def test_a_wrong_parameter_is_named_before_anything_runs(
    parameters: dict[str, object], said: str, tmp_path: Path
) -> None:
    with pytest.raises(jj.JourneyError, match=said):
        run_report("goals", SAMPLE, tmp_path / "reports", parameters)
    assert not (tmp_path / "reports").exists()


def test_a_journey_that_does_not_exist_is_named_and_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(jj.JourneyError, match=r"missing\.journey\.json.*no such file"):
        run_report("goals", tmp_path / "missing.journey.json", tmp_path / "reports")
    assert not (tmp_path / "reports").exists()


def test_events_without_the_needed_columns_are_named_and_nothing_written(tmp_path: Path) -> None:
    events = tmp_path / "events.csv"
    events.write_text("customer,event,when\na,visit,2026-01-01\n", encoding="utf-8")
    with pytest.raises(jj.JourneyError, match="'time'"):
        run_report("data", SAMPLE, tmp_path / "reports", {"events": str(events)})
    assert not (tmp_path / "reports").exists()


def test_an_unknown_persona_is_named_and_the_old_report_kept(tmp_path: Path) -> None:
    made = run_report("personas", SAMPLE, tmp_path)
    before = made.notebook.read_bytes()
    with pytest.raises(jj.JourneyError, match="did you mean 'Champion'"):
        run_report("personas", SAMPLE, tmp_path, {"persona": "Champoin"})
    assert made.notebook.read_bytes() == before


def test_an_unknown_step_is_named(tmp_path: Path) -> None:
    with pytest.raises(jj.JourneyError, match="did you mean 'milestones'"):
        run_report("milestone", SAMPLE, tmp_path)


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(jj.JourneyError, match="can't be used as a folder"):
        run_report("goals", SAMPLE, tmp_path / "taken")


def test_a_map_shows_the_figures_of_one_group_only() -> None:
    journey = jj.measure(jj.measure(jj.Journey.load(SAMPLE)), segment="Enterprise")
    request = Request.of(segment="Enterprise")
    shown = jj.steps.visualisation.run(journey, request).frames["figures"]
    everybody = jj.steps.visualisation.run(journey).frames["figures"]
    for frame in (shown, everybody):
        conversions = frame[frame["metric"] == "MET-37"]
        assert conversions["stage"].is_unique
    start = {frame.loc[frame["metric"] == "OWN-01", "n"].item() for frame in (shown, everybody)}
    assert start == {9500, len(jj.read_events(EVENTS).where({"plan": "enterprise"}).customers)}


def test_too_small_a_group_shows_nothing_at_all() -> None:
    journey = jj.Journey.load(SAMPLE)
    request = Request.of(
        where={"plan": "enterprise", "country": "TW"}, period="2025-01-01/2025-01-02"
    )
    result = jj.steps.data.run(journey, request)
    assert dict(result.frames) == {}
    assert "leave out, fewer than 10 customers" in str(result.remarks)


def test_shares_of_few_or_of_all_but_few_are_missing() -> None:
    journey = jj.Journey.load(SAMPLE)
    request = Request.of(where={"country": "JP"}, segment="Enterprise")
    result = jj.steps.data.run(journey, request)
    full = (
        jj.read_events(EVENTS)
        .where({"country": "JP", "plan": "enterprise"})
        .funnel({s.name: s.events for s in journey.document.stages})
    )
    few = (full["customers"] < 10) | (full["n"] - full["customers"]).between(1, 9)
    assert few.any()
    shown = result.frames["funnel"]
    assert shown["customers"].isna().tolist() == few.tolist()
    assert shown.loc[few, ["rate", "low", "high", "share"]].isna().all(axis=None)
    left = shown["n"].dropna()
    assert (left >= 10).all()
    figures = jj.measure(journey, segment="Enterprise", where={"country": "JP"}).measurements
    conversions = figures[figures["metric"] == "MET-37"].set_index("stage_id")
    names = {stage.name: stage.id for stage in journey.document.stages}
    for name, hidden in zip(full["stage"][1:], few[1:], strict=True):
        # Others may be hidden, too: so that these can't be worked out from them.
        assert conversions.loc[names[name], "suppressed"] >= hidden
        assert pd.isna(conversions.loc[names[name], "value"]) >= hidden
    assert not conversions["suppressed"].all()


def test_filters_reach_the_figures(tmp_path: Path) -> None:
    back = tmp_path / "back.journey.json"
    filters = {"where": {"country": "DE"}, "period": "2025-01-01/2025-12-31"}
    run_report("data", SAMPLE, tmp_path / "reports", {"output": str(back), **filters})
    log = jj.read_events(SAMPLE.parent / "events.csv").where({"country": "DE"})
    customers = len(log.between("2025-01-01/2025-12-31").customers)
    figures = jj.Journey.load(back).measurements
    assert set(figures["period"]) == {"2025-01-01/2025-12-31"}
    assert figures["n"].max() == customers
