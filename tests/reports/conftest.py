"""Both demos, run once by the command a user types."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "jupyter_journey.cli"]


def run_demo(folder: Path, *options: str) -> Path:
    done = subprocess.run(
        [*COMMAND, "demo", "--out", str(folder / "demo"), *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "demo"


@pytest.fixture(scope="session")
def saas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_demo(tmp_path_factory.mktemp("saas"))


@pytest.fixture(scope="session")
def cdnow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_demo(tmp_path_factory.mktemp("cdnow"), "--data", "cdnow")
