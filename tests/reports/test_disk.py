"""Where a batch writes: disks that are full, folders that are taken, and what stays there."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from commands import PATIENCE, cli_here, run_here, states, written
from made_notebooks import notebook, plan_of, texts

import jupyter_journey as jj


def test_the_last_good_report_stays_until_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "of {mine}"
    source = notebook(
        folder / "own.ipynb", "import pathlib\nint(pathlib.Path('in.txt').read_text())"
    )
    plan = plan_of(source)
    given, good = folder / "in.txt", folder / "reports" / "own.ipynb"
    failed = good.with_name("own.failed.ipynb")
    given.write_text("1", "utf-8")
    jj.batch(plan, progress=False)
    first = good.read_bytes()
    given.write_text("none", "utf-8")
    row = jj.batch(plan, progress=False).rows[0]
    assert (row.state, good.read_bytes(), failed.exists()) == ("failed", first, True)
    assert row.outputs["own.ipynb"] == hashlib.sha256(first).hexdigest()
    given.write_text("2", "utf-8")
    made = jj.batch(plan, changed=True, progress=False)
    assert (made.rows[0].why, made.rows[0].state) == ("failed last time", "done")
    assert texts(good)[-1] == "2"
    assert not failed.exists()
    second = good.read_bytes()
    shutil.rmtree(good.with_name("logs"))
    good.with_name("logs").write_text("a file where a folder is asked for", "utf-8")
    row = jj.batch(plan, progress=False).rows[0]
    assert (row.state, good.read_bytes()) == ("failed", second)
    assert row.outputs["own.ipynb"] == hashlib.sha256(second).hexdigest()


def test_a_full_disk_hits_the_report_that_does_not_fit(tmp_path: Path) -> None:
    source = notebook(tmp_path / "own.ipynb", "print('x' * (3_000_000 * x))")
    plan = written(source, matrix={"x": [0, 1]})
    # What a file may hold stands in for what the disk holds.
    script = (
        "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))\n"
        "from jupyter_journey.cli import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "batch", str(plan)],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 1
    assert "Failed: 1: " in done.stdout
    assert states(tmp_path / "reports") == {"0": "done", "1": "failed"}
    assert (tmp_path / "reports" / "0.ipynb").is_file()


def test_an_index_that_can_not_be_written_hides_nothing(tmp_path: Path) -> None:
    plan = written(notebook(tmp_path / "own.ipynb", "1"))
    taken = tmp_path / "reports" / "index.json"
    taken.mkdir(parents=True)
    done = run_here(plan)
    wrong, gist = done.stdout.splitlines()
    assert wrong.startswith(f"Not written: {taken}: can't be written: Is a directory.")
    assert wrong.endswith("Then go on with --changed.")
    assert gist.startswith("1 report asked for; in all: 1 done.")
    assert done.exit_code == 1
    (said,) = json.loads(cli_here(plan, "--changed", "--json"))["problems"]
    assert str(taken) in said
    taken.rmdir()
    done = run_here(plan, "--changed")
    assert (done.exit_code, len(done.stdout.splitlines())) == (0, 1)
    assert taken.is_file()


def test_a_folder_that_can_not_be_written_is_named_at_once(tmp_path: Path) -> None:
    source = notebook(tmp_path / "own.ipynb", "1")
    (tmp_path / "taken").write_text("", "utf-8")
    with pytest.raises(jj.JourneyError, match="taken/reports: can't be used as a folder"):
        jj.batch(written(source, out="taken/reports"), progress=False)


def test_two_batches_in_one_folder_are_refused(tmp_path: Path) -> None:
    source = notebook(tmp_path / "own.ipynb", "1")

    def second(_row: Any) -> None:
        with pytest.raises(jj.JourneyError, match="is being filled by another batch"):
            jj.batch(plan_of(source), progress=False)

    assert jj.batch(plan_of(source), progress=False, told=second).counts == {"done": 1}
