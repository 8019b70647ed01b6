"""Processes that make reports, a few at a time: started, watched, stopped, awaited."""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple

import psutil

from jupyter_journey.errors import SourceError
from jupyter_journey.reports.plan import Limits
from jupyter_journey.reports.starting import processes, waiting
from jupyter_journey.reports.worker import Job, Made

__all__ = ["Ended", "Pool", "Runner", "Started"]

_TICK = 0.2
"""Seconds between two looks at limits, while nothing happens."""
_GRACE = 3.0
"""Seconds a report has to end by itself once it was told to."""
_TRIES = 3
_WAY_OUT = "Free memory or processes, and go on with --resume"


class Started(NamedTuple):
    """A report has started."""

    job: Job


class Ended(NamedTuple):
    """A report has ended, however it did."""

    job: Job
    made: Made
    cells: tuple[tuple[int, float], ...]
    """The cells that started, by number, and after how many seconds each did."""
    seconds: float
    dropped: bool
    """Whether the user stopped it."""


@dataclass
class _Live:
    job: Job
    process: Any
    connection: Connection
    began: float
    cells: list[tuple[int, float]]
    made: Made | None = None
    is_up: bool = False
    reason: str = ""
    told_at: float = 0.0
    """When it told its end, or was told to end."""


class Runner:
    """Runs jobs until it is told to stop."""

    def __init__(self) -> None:
        self._asked = 0

    def stop(self) -> None:
        """Start no more; asked again: end what runs."""
        self._asked += 1

    @property
    def is_stopping(self) -> bool:
        """Whether no more are started."""
        return self._asked > 0

    @property
    def is_dropping(self) -> bool:
        """Whether what runs is ended."""
        return self._asked > 1

    def run(self, jobs: deque[Job]) -> Iterator[Started | Ended]:
        """Run jobs until none is left, or until stopped; nothing is left running.

        What is put into ``jobs`` meanwhile runs, too.
        """
        raise NotImplementedError


class Pool(Runner):
    """Runs jobs, each in a process of its own, and yields what happens to them.

    Where processes can be forked safely, they come from a fork server that has everything imported;
    elsewhere each starts afresh.

    Parameters
    ----------
    workers
        How many run at a time.
    limits
        What each may take.
    """

    def __init__(self, workers: int, limits: Limits) -> None:
        super().__init__()
        self._workers = workers
        self._limits = limits
        self._live: list[_Live] = []
        self._waiting: tuple[Any, Connection] | None = None
        """A process that has no job yet: it started while others worked."""
        self._context = processes()

    def run(self, jobs: deque[Job]) -> Iterator[Started | Ended]:
        """Run jobs, each in a process of its own."""
        try:
            while self._live or (jobs and not self.is_stopping):
                yield from self._started(jobs)
                self._prepare(jobs)
                self._listen()
                ended = list(self._ended())
                yield from self._started(jobs)  # they work while the files of those are put away
                yield from ended
                self._hold_to_limits()
        finally:
            for live in self._live:
                _kill(live.process)
            if self._waiting:
                idle, connection = self._waiting
                connection.close()  # at which it ends
                idle.join()

    def _started(self, jobs: deque[Job]) -> Iterator[Started]:
        """Start as many as there is room for; what has told its end only has to go yet."""
        while jobs and not self.is_stopping:
            if sum(live.made is None for live in self._live) >= self._workers:
                return
            job = jobs.popleft()
            yield Started(job)
            self._live.append(self._start(job))

    def _prepare(self, jobs: deque[Job]) -> None:
        """Have a process ready for the next job: starting one takes a while."""
        if jobs and not (self._waiting or self.is_stopping):
            with suppress(EOFError, OSError):  # who needs it then tries again, and tells
                self._waiting = waiting(self._context)

    def _start(self, job: Job) -> _Live:
        for _ in range(_TRIES):
            try:
                process, connection = self._waiting or waiting(self._context)
                self._waiting = None
                connection.send(job)
            except (EOFError, OSError) as error:
                reason = f"can't be started as a process ({error})"
                time.sleep(_TICK)  # the fork server has just died: the next try starts another
            else:
                return _Live(job, process, connection, time.monotonic(), [])
        raise SourceError(source=job.name, reason=reason, way_out=_WAY_OUT)

    def _listen(self) -> None:
        by_sentinel = [live.process.sentinel for live in self._live]
        talking = {live.connection: live for live in self._live if not live.connection.closed}
        for ready in wait([*by_sentinel, *talking], timeout=_TICK):
            live = talking.get(ready)  # type: ignore[call-overload]
            if live:
                _hear(live)

    def _ended(self) -> Iterator[Ended]:
        for live in [one for one in self._live if one.process.exitcode is not None]:
            while not live.connection.closed and wait([live.connection], 0):
                _hear(live)
            live.connection.close()
            _kill(live.process)  # what it started and left behind
            live.process.join()
            self._live.remove(live)
            made = live.made or Made(error=_death(live.process.exitcode))
            if live.reason:
                made = replace(made, error=live.reason)
            live.process.close()
            dropped = live.made is None and not live.reason and self.is_dropping
            seconds = time.monotonic() - live.began
            yield Ended(live.job, made, tuple(live.cells), seconds, dropped)

    def _hold_to_limits(self) -> None:
        now = time.monotonic()
        for live in self._live:
            is_over = bool(live.told_at) and now - live.told_at > _GRACE
            if self.is_dropping or is_over:
                _kill(live.process)
            elif live.is_up and not live.told_at and live.made is None:
                live.reason = self._excess(live, now)
                if live.reason:
                    live.told_at = now
                    live.process.terminate()

    def _excess(self, live: _Live, now: float) -> str:
        """Say which limit a report has passed."""
        time_limit, memory_limit = self._limits.time, self._limits.memory
        where = f", in cell {live.cells[-1][0]}" if live.cells else ""
        if time_limit and now - live.began > time_limit:
            return f"It took longer than its limit of {time_limit:g} s{where}"
        if memory_limit and _megabytes(live.process.pid) > memory_limit:
            return f"It took more memory than its limit of {memory_limit:g} MB{where}"
        return ""


def _hear(live: _Live) -> None:
    try:
        said = live.connection.recv()
    except (EOFError, OSError):
        live.connection.close()
        return
    if isinstance(said, Made):
        live.made, live.told_at = said, time.monotonic()
    elif said == 0:  # what it waited for until it could start isn't its own time
        live.began, live.is_up = time.monotonic(), True
    else:
        live.cells.append((said, time.monotonic() - live.began))


def _kill(process: Any) -> None:
    """End a report, and what it started: a kernel is in a session of its own."""
    started = _family(process.pid) if process.exitcode is None else []
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
    for one in started:
        with suppress(psutil.Error):
            one.kill()


def _death(code: int) -> str:
    if code < 0:
        name = signal.Signals(-code).name
        hint = ", as where memory runs out: see limits.memory" if name == "SIGKILL" else ""
        return f"Its process was killed ({name}){hint}"
    return f"Its process ended by itself, with code {code}"


def _family(pid: int) -> list[Any]:
    """Return a process and those it started."""
    with suppress(psutil.Error):
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    return []


def _megabytes(pid: int) -> float:
    """Return what a process and those it started hold in memory."""
    total = 0
    for process in _family(pid):
        with suppress(psutil.Error):
            total += process.memory_info().rss
    return total / 1e6
