"""Several processes save one journey at the same moment, round after round.

Run as a script by `test_saving.py`; prints a JSON list with each round's outcomes and file.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from jupyter_journey import Journey
from jupyter_journey.errors import StaleSaveError

WRITERS = 3


def write(writer: int, folder: Path, rounds: int, barrier: Barrier, queue: Any) -> None:
    for turn in range(rounds):
        path = folder / f"{turn}.journey.json"
        # In every third round nobody has seen a file, and all are first.
        journey = Journey.load(path) if turn % 3 else Journey.new("Start")
        barrier.wait()
        try:
            journey.change(title=f"writer {writer}").save(path)
            queue.put((turn, f"writer {writer}"))
        except StaleSaveError:
            queue.put((turn, "stale"))


if __name__ == "__main__":
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    folder.mkdir()
    for turn in range(rounds):
        if turn % 3:
            Journey.new("Start").save(folder / f"{turn}.journey.json")
    context = multiprocessing.get_context("fork")
    barrier, queue = context.Barrier(WRITERS), context.Queue()
    writers = [
        context.Process(target=write, args=(number, folder, rounds, barrier, queue))
        for number in range(WRITERS)
    ]
    for process in writers:
        process.start()
    found: list[dict[str, Any]] = [{"outcomes": []} for _ in range(rounds)]
    for _ in range(rounds * WRITERS):
        turn, outcome = queue.get(timeout=60)
        found[turn]["outcomes"].append(outcome)
    for process in writers:
        process.join()
    for turn, item in enumerate(found):
        journey = Journey.load(folder / f"{turn}.journey.json")
        item |= {"title": journey.title, "revision": journey.revision, "seen": bool(turn % 3)}
    print(json.dumps(found))
