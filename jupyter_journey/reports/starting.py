"""Where the processes that make reports come from."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import types
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from typing import Any

from jupyter_journey.reports.worker import PRELOADED, work

__all__ = ["processes", "waiting"]

_SAFE_PATH = "PYTHONSAFEPATH"


def processes() -> Any:
    """Return what starts processes: a fork server where that is safe.

    It isn't with macOS' own libraries, and Windows has no such thing. The server takes seconds to
    import what reports need: who asks for it before importing things of their own saves the time.
    """
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([PRELOADED])
    with _on_its_own():
        forkserver.ensure_running()
    return context


def waiting(context: Any) -> tuple[Any, Connection]:
    """Return a process that waits for a job, and the line to it.

    Raises
    ------
    EOFError, OSError
        If it can't be started.
    """
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs,))
    try:
        with _on_its_own():
            process.start()
    except (EOFError, OSError):
        ours.close()
        raise
    finally:
        theirs.close()
    return process, ours


_STARTING = threading.Lock()


@contextmanager
def _on_its_own() -> Iterator[None]:
    """Let a process start that knows nothing of who starts it.

    It would run the user's script again, to find functions in it; and where the present process is
    a daemon, as a cluster's worker is, it might not start at all. A fork server, be it the first or
    in the place of a dead one, would import modules of the present folder instead of libraries.
    """
    kept = multiprocessing.current_process()._config  # type: ignore[attr-defined]  # noqa: SLF001
    with _STARTING:
        main, sys.modules["__main__"] = sys.modules["__main__"], types.ModuleType("__main__")
        daemon = kept.pop("daemon", None)
        safe, os.environ[_SAFE_PATH] = os.environ.get(_SAFE_PATH), "1"
        try:
            yield
        finally:
            del os.environ[_SAFE_PATH]
            if safe is not None:
                os.environ[_SAFE_PATH] = safe
            sys.modules["__main__"] = main
            if daemon is not None:
                kept["daemon"] = daemon
