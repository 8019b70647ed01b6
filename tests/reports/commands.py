"""Batches run by their command, and what they left."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from jupyter_journey.cli import app
from jupyter_journey.reports.manifest import Manifest

COMMAND = [sys.executable, "-m", "jupyter_journey.cli", "batch"]
PATIENCE = 200
# Each run of a report leaves a line.
COUNTED = "with open(f'ran-{x}.txt', 'a') as file:\n    _ = file.write('ran\\n')"


def written(template: Path, **said: Any) -> Path:
    """Write a plan's file beside a template."""
    path = template.with_name("plan.yaml")
    content = {"template": template.name, "outputs": ["ipynb"], **said}
    path.write_text(json.dumps(content), encoding="utf-8")  # which is YAML
    return path


def run_here(*words: object) -> Result:
    """Run the command in this process: it costs no start."""
    return CliRunner().invoke(app, ["batch", *map(str, words)])


def cli_here(*words: object) -> str:
    """Return what the command says."""
    return run_here(*words).stdout


def ran(folder: Path) -> Counter[int]:
    """Return how often each report ran."""
    files = folder.glob("ran-*.txt")
    return Counter({int(f.stem[4:]): len(f.read_text().splitlines()) for f in files})


def states(folder: Path) -> dict[str, str]:
    return {name: row.state for name, row in Manifest(folder).rows().items()}


def is_gone(pid: int) -> bool:
    """Tell whether a process has ended, whoever has still to take note of it."""
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().split()[2] == "Z"
