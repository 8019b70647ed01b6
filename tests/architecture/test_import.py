"""Importing the package is cheap: what's heavy loads on first use."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HEAVY = ["altair", "duckdb", "numpy", "pandas", "papermill", "pyarrow", "pydantic", "vl_convert"]

PROGRAM = f"""
import json, sys, threading
import jupyter_journey
print(json.dumps([[name for name in {HEAVY} if name in sys.modules], threading.active_count()]))
"""


def test_import_loads_nothing_heavy_and_starts_no_thread(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    loaded, threads = json.loads(answer.stdout)
    assert loaded == []
    assert threads == 1


def test_a_batch_starts_without_what_only_its_reports_need(tmp_path: Path) -> None:
    plan = {"template": "own.ipynb", "matrix": {"x": [1, 2]}}
    (tmp_path / "plan.yaml").write_text(json.dumps(plan), "utf-8")  # which is YAML
    cell: dict[str, Any] = {
        "cell_type": "code",
        "id": "one",
        "execution_count": None,
        "outputs": [],
    }
    cell |= {"metadata": {"tags": ["parameters"]}, "source": "x = 1"}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    own: dict[str, Any] = {
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
        "cells": [cell],
    }
    (tmp_path / "own.ipynb").write_text(json.dumps(own), "utf-8")
    command = [sys.executable, "-X", "importtime", "-m", "jupyter_journey.cli", "batch"]
    command += ["plan.yaml", "--dry-run"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "2 reports" in done.stdout
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "papermill" in loaded
    assert loaded & {"altair", "duckdb", "pandas", "scipy", "lark", "vl_convert"} == set()
