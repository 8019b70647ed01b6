"""Eight questions to an event log, asked of Jupyter Journey and of its peers in one run.

    pip install -r benchmarks/requirements-events.txt
    python benchmarks/events.py --rows 1000000 10000000

Each peer runs in a process of its own, one after the other, in turns; the median of the rounds
counts. A peer that takes longer than a minute runs once. Answers are compared: what a peer says
otherwise is printed, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from events_log import write

PEERS = (
    "ours",
    "ours_in_partitions",
    "with_polars",
    "with_duckdb",
    "with_pandas",
    "with_retentioneering",
    "with_pm4py",
)
QUESTIONS = (
    "transitions", "funnel", "stage_times", "edge_times", "step_matrix", "cohorts", "variants",
    "sessions",
)  # fmt: skip
LONG = 60
# Retentioneering counts whole seconds.
TOLERANCE = {"with_retentioneering": 1.0}

Run = dict[str, Any]


def main() -> int:
    """Run what the command line asks for."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    asked.add_argument("--peers", nargs="+", default=PEERS, choices=PEERS)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--data", type=Path, default=Path(tempfile.gettempdir()) / "events-log")
    asked.add_argument("--one", nargs=2, metavar=("PEER", "FILE"), help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.one:
        print(json.dumps(measured(*options.one)))
        return 0
    different = False
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}\n"
    )
    for rows in options.rows:
        runs = gathered(write(rows, options.data), options.peers, options.rounds)
        print(f"### {rows:,} rows\n\n{table(runs)}\n")
        for line in disagreements(runs):
            different = True
            print(f"* {line}")
    return int(different)


def measured(peer: str, path: str) -> Run:
    """Load and ask in this process; return seconds, megabytes and answers."""
    begin = time.perf_counter()
    module = importlib.import_module(f"peers.{peer}")
    imported = time.perf_counter() - begin
    used = cpu()
    begin = time.perf_counter()
    state = module.load(path)
    run: Run = {"import": imported, "load": time.perf_counter() - begin, "questions": {}}
    answers = {}
    for name, question in module.QUESTIONS.items():
        begin = time.perf_counter()
        answers[name] = question(state)
        run["questions"][name] = time.perf_counter() - begin
    run["cpu"] = cpu() - used
    run["megabytes"] = peak()
    run["answers"] = {name: module.PLAIN[name](answer) for name, answer in answers.items()}
    return run


def cpu() -> float:
    """Return the processor seconds this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak() -> float:
    """Return the most megabytes this process has held; ru_maxrss would count its parent's."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def gathered(path: Path, peers: list[str], rounds: int) -> dict[str, list[Run]]:
    """Run all peers in turns."""
    runs: dict[str, list[Run]] = {peer: [] for peer in peers}
    for _ in range(rounds):
        for peer in peers:
            if runs[peer] and total(runs[peer][0]) > LONG:
                continue
            command = [sys.executable, __file__, "--one", peer, str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"* {peer} failed: {done.stderr.strip().splitlines()[-1:]}")
                continue
            runs[peer].append(json.loads(done.stdout.splitlines()[-1]))
    return {peer: done for peer, done in runs.items() if done}


def total(run: Run) -> float:
    """Return the seconds of loading and all questions."""
    return float(run["load"] + sum(run["questions"].values()))


def table(runs: dict[str, list[Run]]) -> str:
    """Return medians as a Markdown table, peers as columns."""
    rows = [["", *(peer.removeprefix("with_") for peer in runs)], ["---", *["---:"] * len(runs)]]
    for title, value in (
        ("load", lambda run: run["load"]),
        *((name, lambda run, name=name: run["questions"].get(name)) for name in QUESTIONS),
        ("questions", lambda run: sum(run["questions"].values())),
        ("**together, s**", total),
        ("CPU, s", lambda run: run["cpu"]),
        ("memory, MB", lambda run: run["megabytes"]),
    ):
        cells = []
        for done in runs.values():
            values = [value(run) for run in done]
            form = "{:,.0f}" if "memory" in title else "{:.2f}"
            cells.append("–" if None in values else form.format(median(values)))
        rows.append([title, *cells])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def disagreements(runs: dict[str, list[Run]]) -> list[str]:
    """Say where a peer's answer isn't ours."""
    found = []
    ours = runs.get("ours", [{}])[0].get("answers", {})
    for peer, done in runs.items():
        for name, answer in done[0]["answers"].items():
            if name in ours and not same(ours[name], answer, TOLERANCE.get(peer, 0.0015)):
                found.append(f"{peer} answers {name} otherwise")
    return found


def same(one: Any, other: Any, tolerance: float) -> bool:
    """Compare numbers, lists and mappings of them."""
    if isinstance(one, dict):
        return set(one) == set(other) and all(same(one[k], other[k], tolerance) for k in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other, [tolerance] * len(one)))
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=tolerance)


if __name__ == "__main__":
    sys.exit(main())
