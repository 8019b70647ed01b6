"""Importing the package is cheap: what's heavy loads on first use."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

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
