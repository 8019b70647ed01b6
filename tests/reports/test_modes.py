"""Every template runs in every mode, by plain papermill and by our engine, to the same texts."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from jupyter_journey import paths
from jupyter_journey.reports.templates import TEMPLATES, template

MODES = ("report", "work", "teach")
ALWAYS = {("personas", "teach"), ("visualisation", "work")}
"""A sample that every run of the tests makes; `--full` makes all."""
RUNS = [
    pytest.param(name, mode, marks=() if (name, mode) in ALWAYS else pytest.mark.full)
    for name in TEMPLATES
    for mode in MODES
]


@pytest.mark.parametrize(("name", "mode"), RUNS)
def test_a_template_runs_in_a_mode_by_papermill_and_by_ours(
    name: str, mode: str, tmp_path: Path
) -> None:
    for file in (paths.sample_data() / "saas").glob("*.*"):
        shutil.copy(file, tmp_path / file.name)
    told = {
        engine: _texts(template(name), tmp_path, mode, engine) for engine in ("nbclient", "journey")
    }
    assert told["journey"] == told["nbclient"]
    assert any(told["nbclient"])


def _texts(source: Path, folder: Path, mode: str, engine: str) -> list[list[str]]:
    """Return by cell what its outputs say, but for the last: when it was made differs."""
    out = folder / f"{engine}.ipynb"
    command = [sys.executable, "-m", "papermill", str(source), str(out), "--engine", engine]
    asked = ["-p", "journey", "saas.journey.json", "-p", "mode", mode]
    ran = subprocess.run(
        [*command, *asked, "--cwd", str(folder), "--no-progress-bar"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    done = nbformat.read(out, 4)
    nbformat.validate(done)
    cells = [cell for cell in done.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in cells)
    return [[_plain(output) for output in cell.outputs] for cell in cells[:-1]]


def _plain(output: Any) -> str:
    assert output.output_type != "error"
    if output.output_type == "stream":
        return str(output.text)
    if "application/vnd.jupyter.widget-view+json" in output.data:
        return "a widget"
    return str(output.data.get("text/plain", ""))
