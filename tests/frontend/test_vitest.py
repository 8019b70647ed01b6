"""Runs the front end's own checks, so that one `pytest` covers both languages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

NODE = Path(__file__).parents[2] / "widgets" / "node.py"


@pytest.mark.parametrize("step", ["types", "test"])
def test_front_end_passes(step: str) -> None:
    done = subprocess.run(
        [sys.executable, str(NODE), step], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"\n{done.stdout}{done.stderr}"


def test_the_lock_file_names_no_registry() -> None:
    # A host in the lock would be asked whatever registry the user has set up.
    assert '"resolved"' not in (NODE.parent / "package-lock.json").read_text()
