"""Batches: what runs, what it leaves, what is told, whatever goes wrong."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import mistune
import nbformat
import pandas as pd
import papermill
import pytest
from bs4 import BeautifulSoup
from commands import COMMAND, COUNTED, PATIENCE, cli_here, is_gone, ran
from made_notebooks import notebook, plan_of, statuses

import jupyter_journey as jj
from jupyter_journey import paths
from jupyter_journey.reports.manifest import Manifest
from jupyter_journey.steps.provenance import FIGURES

SAMPLE = paths.sample_data() / "saas" / "saas.journey.json"


SCRIPT = [str(Path(sysconfig.get_path("scripts")) / "jupyter-journey"), "batch"]


def cli(
    *words: object, command: Sequence[str] = COMMAND, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        cwd=cwd,
    )


@pytest.fixture(scope="module")
def least(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The least plan, run by the command a user types."""
    folder = tmp_path_factory.mktemp("least")
    for file in (SAMPLE, *SAMPLE.parent.glob("*.csv")):
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "weekly.yaml").write_text(
        "template: stages\njourney: saas.journey.json\n"
        "matrix: {persona: [Administrator, Champion], language: [en, de]}\n"
        "out: reports\noutputs: [ipynb, html]\n",
        encoding="utf-8",
    )
    # What lies in the folder isn't taken for a library of that name.
    (folder / "altair.py").write_text("raise RuntimeError", encoding="utf-8")
    done = cli("weekly.yaml", command=SCRIPT, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_the_least_plan_makes_its_reports_and_an_index(least: Path) -> None:
    names = {f"{p}-{language}" for p in ("administrator", "champion") for language in ("en", "de")}
    files = {path.name for path in (least / "reports").iterdir()}
    assert files == {
        *(f"{name}.{kind}" for name in names for kind in ("ipynb", "html")),
        *("index.html", "index.csv", "index.json", "logs", "manifest.sqlite"),
    }
    for name in names:
        cells = nbformat.read(least / "reports" / f"{name}.ipynb", 4).cells
        assert all(cell.execution_count for cell in cells if cell.cell_type == "code")


def test_the_manifest_tells_what_is_there(least: Path) -> None:
    rows = Manifest(least / "reports").rows()
    assert len(rows) == 4
    for row in rows.values():
        assert (row.state, row.why, row.error, row.template) == ("done", "new", "", "stages")
        assert row.parameters["journey"] == "saas.journey.json"
        assert set(row.outputs) == {f"{row.name}.ipynb", f"{row.name}.html"}
        for path, sha in row.outputs.items():
            content = (least / "reports" / path).read_bytes()
            assert hashlib.sha256(content).hexdigest() == sha
        assert set(row.fingerprint) == {"template", "parameters", "version", "journey", "data"}
        assert row.started < row.ended


def test_no_path_of_this_machine_is_in_what_comes_out(least: Path) -> None:
    for path in (least / "reports").rglob("*.*"):
        content = path.read_bytes()
        assert str(least).encode() not in content, path.name
        assert str(Path.home()).encode() not in content, path.name


def test_changed_runs_what_changed_and_says_why(least: Path) -> None:
    plan = least / "weekly.yaml"
    assert jj.batch(plan, changed=True, progress=False).ran == ()
    events = least / "events.csv"
    events.write_text(events.read_text("utf-8").rstrip().rpartition("\n")[0] + "\n", "utf-8")
    gone = least / "reports" / "champion-de.html"
    gone.unlink()
    said = cli_here(plan, "--changed", "--dry-run", "--json", "--only", "champion-*")
    told = {one["name"]: one["why"] for one in json.loads(said)["reports"]}
    assert told == {"champion-en": "changed: data", "champion-de": "changed: data"}
    assert json.loads(said)["seconds"] > 0
    assert not gone.exists()
    made = jj.batch(plan, changed=True, only="champion-*", progress=False)
    assert set(made.ran) == {"champion-en", "champion-de"}
    assert gone.exists()
    text = cli_here(plan, "--changed", "--dry-run")
    assert "administrator-en  changed: data" in text
    assert "2 reports, " in text


@pytest.mark.parametrize("is_address", [False, True])
def test_each_part_that_changed_is_named(tmp_path: Path, is_address: bool) -> None:
    source = notebook(tmp_path / "own.ipynb", "x")
    more = tmp_path / "more.csv"
    more.write_text("1", "utf-8")

    def whys(**said: Any) -> list[str]:
        plan = plan_of(source, inputs=[more.as_uri() if is_address else "more.csv"], **said)
        return [row.why for row in jj.batch(plan, changed=True, progress=False).rows]

    assert whys() == ["new"]
    more.write_text("2", "utf-8")
    assert whys() == ["changed: data"]
    notebook(source, "x + 1")
    assert whys() == ["changed: template"]
    assert whys(parameters={"x": 5}) == ["changed: parameters"]
    (tmp_path / "reports" / "own.ipynb").unlink()
    assert whys(parameters={"x": 5}) == ["missing: own.ipynb"]


def test_figures_are_kept_beside_those_of_the_run_before(tmp_path: Path) -> None:
    figure = {"metric": "MET-01", "name": "Churn", "level": 0.95}
    shows = f"display({{{FIGURES!r}: [{figure} | {{'value': x}}]}}, raw=True)"
    source = notebook(tmp_path / "own.ipynb", shows)
    for x in (1, 2):
        row = jj.batch(plan_of(source, parameters={"x": x}), progress=False).rows[0]
    assert row.figures == (figure | {"value": 2},)
    assert row.before == (figure | {"value": 1},)


def test_what_goes_wrong_hits_its_report_alone(tmp_path: Path) -> None:
    source = notebook(
        tmp_path / "own.ipynb",
        "'before'",
        "import os, signal\n"
        "if x == 1: 1 / 0\n"
        "if x == 2: os.kill(os.getpid(), signal.SIGKILL)\n"
        "if x == 3: raise KeyError('anna' + chr(64) + 'example.com')\n"
        "if x == 4: print('anna' + chr(64) + 'example.com')\n"
        "if x == 5: input()\n"
        "if x == 6: os._exit(7)\n"
        "if x == 8: raise ValueError('![p](http://far.example/p)\\n\\n<b>bold</b> \\x1b[31m')",
        "'after'",
    )
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "7").write_text("a file where a folder is asked for", "utf-8")
    plan = plan_of(source, matrix={"x": list(range(9))}, names="{x}/report")
    made = jj.batch(plan, progress=False)
    assert made.counts == {"done": 1, "failed": 8}
    errors = {row.parameters["x"]: row.error for row in made.rows}
    assert errors[0] == ""
    assert errors[1] == "Cell 4: ZeroDivisionError: division by zero"
    assert errors[2].startswith("Its process was killed (SIGKILL), as where memory runs out")
    assert errors[3] == "Its error isn't told, as it seems to hold a e-mail address"
    assert "It would hold personal data" in errors[4]
    assert "StdinNotImplementedError" in errors[5]
    assert errors[6] == "Its process ended by itself, with code 7"
    assert "can't be put in their place" in errors[7]
    assert errors[8].endswith("<b>bold</b> [31m")  # no signal to the terminal it is told in
    told = failed_cell(tmp_path, 8)
    assert "![p](http://far.example/p)" in told.get_text()
    assert told.find(["img", "b", "a"]) is None
    failed = tmp_path / "reports" / "1" / "report.failed.ipynb"
    assert "division by zero" in nbformat.read(failed, 4).cells[0].source
    assert statuses(failed)[-3:] == ["completed", "failed", "pending"]
    for x in (2, 6):  # what had run is lost with the process: nothing is said to have run
        failed = tmp_path / "reports" / str(x) / "report.failed.ipynb"
        assert "This report failed" in nbformat.read(failed, 4).cells[0].source
        assert "completed" not in statuses(failed)
    for path in (tmp_path / "reports").rglob("*"):
        assert path.is_dir() or b"anna@example.com" not in path.read_bytes(), path


def failed_cell(folder: Path, x: int) -> BeautifulSoup:
    """Return why a report failed, as whoever opens its notebook sees it."""
    source = nbformat.read(folder / "reports" / str(x) / "report.failed.ipynb", 4).cells[0].source
    return BeautifulSoup(str(mistune.create_markdown(escape=False)(source)), "html.parser")


def test_a_report_that_failed_is_tried_again(tmp_path: Path) -> None:
    source = notebook(
        tmp_path / "own.ipynb", COUNTED, "assert len(open('ran-0.txt').readlines()) > 2"
    )
    assert jj.batch(plan_of(source, retries=1), progress=False).counts == {"failed": 1}
    assert jj.batch(plan_of(source, retries=1), progress=False).counts == {"done": 1}
    assert ran(tmp_path) == {0: 3}


def test_one_that_waits_for_another_try_when_the_batch_is_stopped_is_not_called_running(
    tmp_path: Path,
) -> None:
    source = notebook(tmp_path / "own.ipynb", "import os, signal\nos.kill(x, signal.SIGINT)\n1 / 0")
    made = jj.batch(plan_of(source, matrix={"x": [os.getpid()]}, retries=9), progress=False)
    assert (made.stopped, made.counts) == (True, {"planned": 1})


def test_a_report_that_hangs_or_eats_memory_is_stopped(tmp_path: Path) -> None:
    loop = "'before'", "while True:\n    try:\n        pass\n    except Exception:\n        pass"
    eats = (
        "import time\nheld = []\nfor _ in range(400):\n"
        "    held.append(bytearray(10**7)); time.sleep(0.02)"
    )
    hangs = notebook(tmp_path / "hangs.ipynb", *loop)
    made = jj.batch(plan_of(hangs, limits={"time": 4}), progress=False)
    assert "It took longer than its limit of 4 s" in made.rows[0].error
    failed = tmp_path / "reports" / "hangs.failed.ipynb"
    assert "limit of 4 s" in nbformat.read(failed, 4).cells[0].source
    assert statuses(failed)[-1] in ("failed", "")  # "": it had not come so far
    fat = notebook(tmp_path / "eats.ipynb", eats)
    made = jj.batch(plan_of(fat, limits={"memory": 900}), progress=False)
    assert "It took more memory than its limit of 900 MB" in made.rows[0].error


def test_one_that_does_not_listen_is_killed_with_all_it_started(tmp_path: Path) -> None:
    deaf = (
        "import signal, subprocess\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "started = subprocess.Popen(['sleep', '600'], start_new_session=True)\n"
        "_ = open('started.txt', 'w').write(str(started.pid))\nwhile True: pass"
    )
    source = notebook(tmp_path / "deaf.ipynb", deaf)
    made = jj.batch(plan_of(source, limits={"time": 6}), progress=False)
    assert "limit of 6 s" in made.rows[0].error
    assert (tmp_path / "reports" / "deaf.failed.ipynb").is_file()
    assert is_gone(int((tmp_path / "started.txt").read_text("utf-8")))


def test_a_missing_input_is_named(tmp_path: Path) -> None:
    (tmp_path / "saas.journey.json").write_bytes(SAMPLE.read_bytes())
    plan = jj.Plan.of(
        {
            "template": "goals",
            "journeys": ["saas.journey.json", "gone.journey.json"],
            "outputs": ["html"],
            "file": tmp_path / "plan.yaml",
        }
    )
    made = jj.batch(plan, progress=False)
    assert made.counts == {"done": 1, "failed": 1}
    assert "gone.journey.json: there is no such file" in made.failed[0].error
    assert {path.name for path in (tmp_path / "reports").glob("*saas*")} == {"saas.html"}


def test_a_parameter_may_bear_the_name_of_a_column(tmp_path: Path) -> None:
    source = notebook(tmp_path / "own.ipynb", "1", parameters="state: str = ''")
    made = jj.batch(plan_of(source, matrix={"state": ["Ohio"]}), progress=False)
    told = made.frame.iloc[0]
    assert (told["state"], told["state (parameter)"]) == ("done", "Ohio")
    table = pd.read_csv(tmp_path / "reports" / "index.csv").iloc[0]
    assert (table["state"], table["state (parameter)"]) == ("done", "Ohio")


def test_in_a_notebook_a_bar_goes_on_and_the_last_line_says_what_came_of_it(tmp_path: Path) -> None:
    notebook(tmp_path / "own.ipynb", "if x == 1: 1 / 0")
    plan = "jj.Plan(template='own.ipynb', matrix={'x': [0, 1]}, outputs=['ipynb'])"
    asks = notebook(tmp_path / "asks.ipynb", f"import jupyter_journey as jj\njj.batch({plan})")
    done = tmp_path / "done.ipynb"
    papermill.execute_notebook(str(asks), str(done), cwd=str(tmp_path), progress_bar=False)
    told = nbformat.read(done, 4)
    bar, result = told.cells[-1].outputs
    assert "application/vnd.jupyter.widget-view+json" in bar.data
    widgets = told.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"].values()
    assert any("2/2" in text and "failed=1" in text for text in map(str, widgets))
    first, last = result.data["text/plain"].splitlines()
    assert first == "Failed: 1: Cell 3: ZeroDivisionError: division by zero"
    assert last.startswith("2 reports asked for; in all: 1 done, 1 failed. They are in ")
