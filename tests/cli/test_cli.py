"""The command line: what it says, what it leaves, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import jupyter_journey as jj
from jupyter_journey import paths

SAMPLE = paths.sample_data() / "saas" / "saas.journey.json"


def journey(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jupyter_journey.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )


def test_the_console_script_is_a_verb_of_jupyter(tmp_path: Path) -> None:
    jupyter = Path(sys.executable).with_name("jupyter")
    search = f"{jupyter.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [str(jupyter), "journey", "--help"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PATH": search},
    )
    assert done.returncode == 0, done.stderr
    assert all(verb in done.stdout for verb in ("demo", "new", "check", "run"))


@pytest.mark.parametrize("verb", ["demo", "new", "check", "run"])
def test_every_verb_explains_itself_with_an_example(verb: str, tmp_path: Path) -> None:
    done = journey(verb, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert f"jupyter journey {verb}" in done.stdout


def test_new_makes_a_journey_that_loads(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "events.csv").write_text("customer,event,time\n", encoding="utf-8")
    options = ("--map-type", "onboarding", "--stages", "Start, Go", "--events", "data/events.csv")
    way = ("--way", "PROC-02")
    done = journey("new", "acme-boards.journey.json", *options, *way, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    made = jj.Journey.load(tmp_path / "acme-boards.journey.json")
    assert (made.title, made.map_type) == ("Acme Boards", "onboarding")
    assert jj.steps.steps_of(made)[-2:] == ("milestones", "visualisation")
    assert made.stages["name"].tolist() == ["Start", "Go"]
    assert made.source_place("events") == str((tmp_path / "data" / "events.csv").resolve())


def test_new_does_not_write_over_a_journey(tmp_path: Path) -> None:
    assert journey("new", "a.journey.json", cwd=tmp_path).returncode == 0
    before = (tmp_path / "a.journey.json").read_bytes()
    done = journey("new", "a.journey.json", "--title", "Other", cwd=tmp_path)
    assert done.returncode == 2
    assert (tmp_path / "a.journey.json").read_bytes() == before


def test_check_ends_with_1_from_the_asked_level_on(tmp_path: Path) -> None:
    jj.Journey.new("Draft").save(tmp_path / "draft.journey.json")
    done = journey("check", "draft.journey.json", cwd=tmp_path)
    assert done.returncode == 1
    assert "CHK-101 error" in done.stdout
    assert journey("check", str(SAMPLE), "--fail-on", "error", cwd=tmp_path).returncode == 1
    whole = jj.steps.visualisation.filled(jj.Journey.load(SAMPLE))
    measured = jj.measure(whole)
    measured.save(tmp_path / "whole.journey.json")
    assert journey("check", "whole.journey.json", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "missing.journey.json"), "there is no such file"),
        (("check", "broken.journey.json"), "no JSON"),
        (("run", "goal", "broken.journey.json"), "did you mean 'goals'"),
        (("run", "goals", "missing.journey.json"), "there is no such file"),
        (("run", "goals", "missing.journey.json", "-p", "persona"), "Write -p name=value"),
        (("new", "x.journey.json", "--map-type", "onbording"), "did you mean 'onboarding'"),
        (("new", "x.journey.json", "--way", "PROC-2"), "did you mean 'PROC-02'"),
        (("demo", "--way", "six"), "no way through the steps 'six'"),
        (("demo", "--language", "xx"), "no language 'xx'"),
        (("demo", "--out", "."), "holds files already"),
        (("demo", "--out", "broken.journey.json"), "can't be used as a folder"),
        (("new", "x.json"), "must end in .journey.json"),
        (("new", "broken.journey.json"), "exists already"),
        (("new", "x.journey.json", "--events", "nope.csv"), "there is no such file"),
        (("run", "goals", str(SAMPLE), "-p", "persna=x"), "did you mean 'persona'"),
        (("run", "goals", str(SAMPLE), "-p", "output=no/such/x.journey.json"), "Make the folder"),
    ],
)
def test_bad_input_ends_in_one_sentence_and_2(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    (tmp_path / "broken.journey.json").write_text("{", encoding="utf-8")
    done = journey(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"broken.journey.json"}


def test_ctrl_c_leaves_whole_reports_only_and_ends_with_130(tmp_path: Path) -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "jupyter_journey.cli", "demo", "--out", "demo"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    reports = tmp_path / "demo" / "reports"
    patience = time.monotonic() + 120
    while not (reports / "01_goals.html").exists() and time.monotonic() < patience:
        time.sleep(0.05)
    os.killpg(started.pid, signal.SIGINT)
    _, said = started.communicate(timeout=60)
    assert started.returncode == 130
    done = re.search(r"Stopped by you after (\d) of 7", said)
    assert done
    kept = sorted(path.name for path in reports.iterdir())
    assert kept[:2] == ["01_goals.html", "01_goals.ipynb"]
    assert len(kept) == 2 * int(done[1])
    assert all(name[0].isdigit() for name in kept)
    jj.Journey.load(tmp_path / "demo" / "saas.journey.json")
