"""A batch of reports, made by Jupyter Journey and by its peers in one run.

    pip install -r benchmarks/requirements-batch.txt
    python benchmarks/batch.py --reports 40

Each peer makes the same reports in processes of its own, one peer after the other, in turns; the
median of the rounds counts. "Whole" is from the command to its end, start-up included; "steady" the
time between two reports once the first are there. Notebooks are compared cell for cell, but for
times and generated ids.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from batch_template import write

from jupyter_journey.reports.cleaning import cleaned

PROCESSES = 2
_GENERATED = re.compile(r"[0-9a-f]{32}|0x[0-9a-f]{6,}|ipykernel_\d+")

LOOP = """
import sys, logging, papermill
template, out, numbers = sys.argv[1], sys.argv[2], map(int, sys.argv[3].split(","))
for number in numbers:
    papermill.execute_notebook(
        template, f"{out}/{number}.ipynb", {"segment": number}, progress_bar=False
    )
"""
PLOOMBER = """
import sys
from ploomber_engine import execute_notebook
template, out, numbers = sys.argv[1], sys.argv[2], map(int, sys.argv[3].split(","))
for number in numbers:
    execute_notebook(template, f"{out}/{number}.ipynb", parameters={"segment": number},
                     progress_bar=False, log_output=False)
"""


def shares(numbers: range, processes: int) -> list[str]:
    """Return the numbers each process takes."""
    return [",".join(map(str, numbers[start::processes])) for start in range(processes)]


def looped(script: str, processes: int) -> Callable[[Path, Path, range], list[list[str]]]:
    """Return what starts a script in so many processes, each with its share."""

    def commands(template: Path, out: Path, numbers: range) -> list[list[str]]:
        return [
            [sys.executable, "-c", script, str(template), str(out), share]
            for share in shares(numbers, processes)
        ]

    return commands


def ours(template: Path, out: Path, numbers: range, workers: int = PROCESSES) -> list[list[str]]:
    """Return the command a user types."""
    plan = out / "plan.yaml"
    said = {
        "template": str(template),
        "matrix": {"segment": list(numbers)},
        "outputs": ["ipynb"],
        "out": str(out),
        "workers": workers,
    }
    plan.write_text(json.dumps(said), encoding="utf-8")
    return [[sys.executable, "-m", "jupyter_journey.cli", "batch", str(plan)]]


PEERS: dict[str, Callable[[Path, Path, range], list[list[str]]]] = {
    "Jupyter Journey": ours,
    "papermill, a loop": looped(LOOP, 1),
    f"papermill, {PROCESSES} processes": looped(LOOP, PROCESSES),
    f"Ploomber, {PROCESSES} processes": looped(PLOOMBER, PROCESSES),
}


def main() -> int:
    """Run what the command line asks for."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--reports", type=int, default=40)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--peers", nargs="+", default=list(PEERS), choices=list(PEERS))
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.ipynb"
        write(template)
        runs: dict[str, list[tuple[float, float]]] = {peer: [] for peer in options.peers}
        for turn in range(options.rounds):
            for peer in options.peers:
                out = Path(folder) / f"{len(runs)}-{turn}-{options.peers.index(peer)}"
                out.mkdir()
                runs[peer].append(measured(PEERS[peer](template, out, range(options.reports)), out))
                print(f"{peer}: {runs[peer][-1][0]:.1f} s", file=sys.stderr)
        last = {peer: Path(folder) / f"{len(runs)}-0-{options.peers.index(peer)}" for peer in runs}
        told = {peer: differing(last[peer], last["papermill, a loop"]) for peer in runs}
    print(table(runs, told, options.reports))
    return 1 if told.get("Jupyter Journey") else 0


def measured(commands: list[list[str]], out: Path) -> tuple[float, float]:
    """Return seconds for the whole, and between two reports once the first are there."""
    quiet = {"PYDEVD_DISABLE_FILE_VALIDATION": "1", "PLOOMBER_STATS_ENABLED": "false"}
    # Where Python keeps no compiled files, each process would compile all that it imports.
    environment = os.environ | quiet | {"PYTHONDONTWRITEBYTECODE": ""}
    began = time.monotonic()
    started = [
        subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for words in commands
    ]
    for process in started:
        _, errors = process.communicate()
        if process.returncode:
            raise SystemExit(errors.decode())
    whole = time.monotonic() - began
    ends = sorted(path.stat().st_mtime for path in out.glob("*.ipynb"))[PROCESSES - 1 :]
    return whole, (ends[-1] - ends[0]) / max(len(ends) - 1, 1)


def differing(folder: Path, reference: Path) -> int:
    """Count the reports whose cells differ from those of the reference."""
    return sum(cells(path) != cells(reference / path.name) for path in folder.glob("*.ipynb"))


def cells(path: Path) -> list[Any]:
    """Return source, count and outputs of each code cell, without generated ids."""
    # As ours come out: without the ids that charts draw, and the paths of this machine.
    content = cleaned(json.loads(path.read_bytes()), path.parent)
    found = [
        [cell["source"], cell["execution_count"], cell["outputs"]]
        for cell in content["cells"]
        if cell["cell_type"] == "code"
    ]
    made: list[Any] = json.loads(_GENERATED.sub("-", json.dumps(found, sort_keys=True)))
    return made


def table(runs: dict[str, list[tuple[float, float]]], told: dict[str, int], reports: int) -> str:
    """Return the result as Markdown."""
    whole = {peer: median(one for one, _ in several) for peer, several in runs.items()}
    steady = {peer: median(one for _, one in several) for peer, several in runs.items()}
    our_whole, our_steady = (by.get("Jupyter Journey", 1.0) for by in (whole, steady))
    lines = [
        f"{reports} reports, {os.cpu_count()} cores, Python {platform.python_version()}",
        "",
        "|  | whole, s | steady, s a report | × ours, whole | × ours, steady | differ |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {peer} | {whole[peer]:.1f} | {steady[peer]:.3f} | {whole[peer] / our_whole:.1f} "
        f"| {steady[peer] / our_steady:.1f} | {told[peer]} |"
        for peer in runs
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
