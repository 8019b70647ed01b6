"""Batches that are stopped or killed: what is true of them, and what --resume makes of it."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from commands import COMMAND, COUNTED, PATIENCE, ran, states, written
from made_notebooks import notebook, plan_of, statuses, texts

import jupyter_journey as jj
from jupyter_journey.reports.manifest import Manifest


def until(condition: Any, process: subprocess.Popen[str]) -> None:
    """Wait for something to become true; a process that ends before is an error."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.05)


# Starts, says so, and waits for a word.
WAITS = f"{COUNTED}\nimport os, time\nwhile x and not os.path.exists('go'): time.sleep(0.05)"


@pytest.mark.full
def test_ctrl_c_lets_what_runs_finish_and_twice_drops_it(tmp_path: Path) -> None:
    source = notebook(tmp_path / "own.ipynb", WAITS)
    plan, out = written(source, matrix={"x": list(range(6))}, workers=2), tmp_path / "reports"
    driver = subprocess.Popen([*COMMAND, str(plan)], text=True, stdout=subprocess.PIPE)
    until(lambda: len(ran(tmp_path)) == 3, driver)
    driver.send_signal(signal.SIGINT)
    time.sleep(0.5)
    (tmp_path / "go").touch()
    said, _ = driver.communicate(timeout=PATIENCE)
    assert driver.returncode == 130
    assert "Stopped by you. Go on with --resume." in said
    assert list(states(out).values()) == ["done"] * 3 + ["planned"] * 3
    (tmp_path / "go").unlink()
    driver = subprocess.Popen([*COMMAND, str(plan), "--resume"], text=True, stdout=subprocess.PIPE)
    until(lambda: len(ran(tmp_path)) == 5, driver)
    driver.send_signal(signal.SIGINT)
    time.sleep(0.5)
    driver.send_signal(signal.SIGINT)
    driver.communicate(timeout=PATIENCE)
    assert driver.returncode == 130
    assert list(states(out).values()) == ["done"] * 3 + ["interrupted"] * 2 + ["planned"]
    (tmp_path / "go").touch()
    made = jj.batch(plan, resume=True, progress=False)
    assert (made.ran, made.counts) == (("3", "4", "5"), {"done": 6})
    assert ran(tmp_path) == {0: 1, 1: 1, 2: 1, 3: 2, 4: 2, 5: 1}


def test_a_killed_driver_leaves_what_resume_finishes(tmp_path: Path) -> None:
    source = notebook(tmp_path / "own.ipynb", WAITS, "os.getpid()")
    plan, out = written(source, matrix={"x": list(range(4))}, workers=2), tmp_path / "reports"
    driver = subprocess.Popen([*COMMAND, str(plan)], text=True)
    until(lambda: len(ran(tmp_path)) == 3 and "done" in states(out).values(), driver)
    driver.kill()
    driver.wait()
    assert sorted(states(out).values()) == ["done", "planned", "running", "running"]
    (tmp_path / "go").touch()
    made = jj.batch(plan, resume=True, progress=False)
    assert made.counts == {"done": 4}
    assert ran(tmp_path) == {0: 1, 1: 2, 2: 2, 3: 1}
    assert jj.batch(plan, resume=True, progress=False).ran == ()
    assert {path.name for path in out.iterdir()} >= {f"{x}.ipynb" for x in range(4)}
    assert not (out / ".running").exists()


@pytest.mark.full
def test_two_hundred_reports_survive_kills_at_random(tmp_path: Path) -> None:
    count, draw = 200, random.Random(6)
    work = f"{COUNTED}\nimport time\ntime.sleep(0.2)"
    source = notebook(tmp_path / "own.ipynb", work, "x")
    plan = written(source, matrix={"x": list(range(count))}, retries=10, workers=2)
    out = tmp_path / "reports"
    ended: dict[str, int] = {}
    while True:
        driver = subprocess.Popen([*COMMAND, str(plan), "--resume"], stdout=subprocess.DEVNULL)
        harass(driver, tmp_path, draw)
        if driver.poll() is not None:
            break
        driver.kill()
        driver.wait()
        assert_true(out)
        runs = ran(tmp_path)
        for name in [name for name, state in states(out).items() if state == "done"]:
            ended.setdefault(name, runs[int(name)])
    failed = {row.name: row.error for row in Manifest(out).rows().values() if row.error}
    assert (driver.returncode, failed) == (0, {})
    assert list(states(out).values()) == ["done"] * count
    assert_true(out)
    assert len(ended) > count / 2
    assert all(ended.values())  # none was called done that had not run,
    runs = ran(tmp_path)
    assert {name: runs[int(name)] for name in ended} == ended  # and none that was done ran again
    for x in range(count):
        assert texts(out / f"{x}.ipynb")[-1] == str(x)


def assert_true(out: Path) -> None:
    """Look whether files are what the manifest says, and no cell that never ran is completed."""
    for row in Manifest(out).rows().values():
        if row.state == "done":
            found = {
                path: hashlib.sha256((out / path).read_bytes()).hexdigest() for path in row.outputs
            }
            assert found == row.outputs != {}
    for path in out.glob("*.ipynb"):
        cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
        for cell, status in zip(cells, statuses(path), strict=True):
            assert cell.execution_count is not None or status != "completed"


def harass(driver: subprocess.Popen[bytes], folder: Path, draw: random.Random) -> None:
    """Kill what a driver has started, now and then, until it ends or has its turn to be killed."""
    if draw.random() < 0.3:  # at any moment, while it starts, too
        time.sleep(draw.uniform(0, 8))
        return
    due = ran(folder).total()
    last = due + draw.randint(10, 40)
    while driver.poll() is None and ran(folder).total() < last:
        if ran(folder).total() >= due:
            kill_one(driver.pid, draw)
            due = ran(folder).total() + draw.randint(2, 6)
        time.sleep(draw.uniform(0.05, 0.3))


def kill_one(driver: int, draw: random.Random) -> None:
    """Kill a report's process, or at times the one they are all forked from."""
    try:
        children = psutil.Process(driver).children(recursive=True)
    except psutil.NoSuchProcess:
        return
    forked = [child.pid for child in children if is_leader(child.pid)]
    servers = [child.pid for child in children if is_server(child)]
    candidates = servers if draw.random() < 0.05 else forked
    if candidates:
        with suppress(ProcessLookupError):  # it may have ended meanwhile
            os.kill(draw.choice(candidates), signal.SIGKILL)


def is_leader(pid: int) -> bool:
    """Tell a report's process by its being the head of a session of its own."""
    try:
        return os.getsid(pid) == pid
    except ProcessLookupError:
        return False


def is_server(process: psutil.Process) -> bool:
    try:
        return "multiprocessing.forkserver" in " ".join(process.cmdline())
    except psutil.Error:
        return False


def test_reports_go_on_when_the_process_they_are_forked_from_dies(tmp_path: Path) -> None:
    source = notebook(tmp_path / "own.ipynb", COUNTED)

    def told(row: Any) -> None:
        if row.name == "0":
            (server,) = filter(is_server, psutil.Process().children())
            server.kill()

    plan = plan_of(source, matrix={"x": [0, 1, 2]}, workers=1, retries=1)
    made = jj.batch(plan, progress=False, told=told)
    assert (made.counts, made.failed) == ({"done": 3}, ())


@pytest.mark.full
def test_four_hundred_reports_leave_the_fork_server_as_large_as_it_was(tmp_path: Path) -> None:
    cell = "import pandas as pd\npd.DataFrame({'a': range(1000)}).describe()"
    source = notebook(tmp_path / "own.ipynb", cell)
    megabytes: list[float] = []

    def told(_row: Any) -> None:
        (server,) = filter(is_server, psutil.Process().children())
        megabytes.append(server.memory_info().rss / 1e6)

    plan = plan_of(source, matrix={"x": list(range(400))}, workers=2)
    assert jj.batch(plan, progress=False, told=told).counts == {"done": 400}
    print({number: f"{megabytes[number - 1]:.0f} MB" for number in (1, 100, 200, 400)})
    assert megabytes[-1] - megabytes[99] < 2
