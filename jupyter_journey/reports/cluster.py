"""Reports made by the workers of a Dask cluster: the same jobs, the same events."""

from __future__ import annotations

import os
import tempfile
from collections import deque
from collections.abc import Iterator
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path
from typing import Any

from jupyter_journey.errors import JourneyFileError
from jupyter_journey.events.clusters import client_of
from jupyter_journey.model.storage import write
from jupyter_journey.reports.plan import Limits
from jupyter_journey.reports.worker import Job, Made
from jupyter_journey.reports.workers import Ended, Pool, Runner, Started

__all__ = ["Cluster"]

_TICK = 0.2


class Cluster(Runner):
    """Runs jobs on a cluster, one per thread of its workers.

    Templates and data must lie where the workers find them by the same paths; what a worker makes
    comes back over the wire, and is put in its place by the driver alone.

    Parameters
    ----------
    address
        Of the scheduler, such as ``tcp://10.0.0.1:8786``.
    limits
        What each report may take.

    Raises
    ------
    SourceError
        If nobody answers there, or Dask isn't installed.
    """

    def __init__(self, address: str, limits: Limits) -> None:
        super().__init__()
        self._client = client_of(address)
        self._limits = limits

    def run(self, jobs: deque[Job]) -> Iterator[Started | Ended]:
        """Run jobs until none is left, or until stopped."""
        from distributed import wait

        running: dict[Any, Job] = {}
        with self._client:
            while running or (jobs and not self.is_stopping):
                while jobs and not self.is_stopping and len(running) < self._slots():
                    job = jobs.popleft()
                    yield Started(job)
                    # Whose environment is its own: what is secret in ours stays here.
                    sent = replace(job, environment={})
                    future = self._client.submit(made_there, sent, self._limits, pure=False)
                    running[future] = job
                if self.is_dropping:
                    self._client.cancel(list(running))
                try:
                    ended = wait(list(running), timeout=_TICK, return_when="FIRST_COMPLETED").done
                except TimeoutError:
                    continue
                for future in ended:
                    yield _taken(running.pop(future), future)

    def _slots(self) -> int:
        threads: dict[str, int] = self._client.nthreads()
        return max(sum(threads.values()), 1)


def made_there(job: Job, limits: Limits) -> tuple[Ended, dict[str, bytes]]:
    """Make a report where this is called, and return its files with its end."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / job.scratch.name
        here = replace(job, scratch=scratch, environment=dict(os.environ))
        events = list(Pool(1, limits).run(deque([here])))
        ended = next(event for event in events if isinstance(event, Ended))
        files = {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.is_file()}
    return ended._replace(job=job), files


def _taken(job: Job, future: Any) -> Ended:
    """Put what came back where the driver looks for it."""
    try:
        ended, files = future.result()
    except CancelledError:
        return Ended(job, Made(), (), 0.0, dropped=True)
    except Exception as error:  # noqa: BLE001 whatever befell the worker befell this report alone
        return Ended(job, Made(error=f"Its worker was lost: {error}"), (), 0.0, dropped=False)
    try:
        job.scratch.parent.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write(job.scratch.parent / name, content, None, overwrite=True)  # to the disk itself
    except (OSError, JourneyFileError) as error:
        ended = ended._replace(made=Made(error=f"What came back can't be written: {error}"))
    return Ended(job, *ended[1:])
