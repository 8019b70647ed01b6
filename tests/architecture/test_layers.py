"""Import-linter holds the layers; pyproject.toml names them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


def test_each_layer_imports_only_those_below(tmp_path: Path) -> None:
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", lint, "--config", str(PYPROJECT), "--no-cache"]
    # From an empty folder, so that the installed package is looked at.
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"\n{done.stdout}{done.stderr}"
    assert "1 kept, 0 broken" in done.stdout
