"""One report in a process of its own: made in a scratch folder, told to the driver."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from jupyter_journey.errors import JourneyError, PersonalDataError, StepError
from jupyter_journey.reports.cleaning import told

__all__ = ["PRELOADED", "Job", "Made", "StoppedError", "work"]

PRELOADED = "jupyter_journey.reports.preloaded"
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


@dataclass(frozen=True)
class Job:
    """What a worker is asked."""

    name: str
    label: str
    """What its template is called in errors."""
    source: Path
    parameters: Mapping[str, Any]
    """With paths as seen from where its cells work."""
    folder: Path
    """Where its cells work."""
    scratch: Path
    """Path of the notebook it makes; what else comes out lies beside."""
    outputs: tuple[str, ...]
    index: str
    """Where the page of all reports lies, seen from the report."""
    is_native: bool
    """Whether its kernel is the Python this runs in."""
    environment: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Made:
    """What a worker tells at its end."""

    error: str = ""
    """Empty: all went well."""
    outputs: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each kept file, by its ending."""
    figures: tuple[Mapping[str, Any], ...] = ()


class StoppedError(BaseException):
    """The driver stopped the report; no ``except Exception`` of a cell may hold that up."""


def work(driver: Connection) -> None:
    """Wait for a job, make its report, and tell the driver.

    That is 0 as it begins, each cell's number as that starts, and the end.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # until there is something to interrupt
    try:
        job = driver.recv()
    except EOFError:  # there is none left
        return
    driver.send(0)
    _settle(job)
    try:
        made = _made(job, driver)
    except StepError as error:
        made = Made(error=f"Cell {error.cell}: {error.reason}")
    except PersonalDataError as error:
        made = Made(error=f"It would hold personal data, and nothing says why it may: {error.told}")
    except JourneyError as error:
        made = Made(error=str(error))
    except (Exception, StoppedError) as error:  # noqa: BLE001 it ends this report and is told
        last = traceback.extract_tb(error.__traceback__)[-1]
        made = Made(error=f"{type(error).__name__}: {error} ({Path(last.filename).name})")
    made = replace(made, error=told(made.error, job.folder))
    parent = parent_process()
    if parent is None or parent.is_alive():
        with suppress(BrokenPipeError):
            driver.send(made)
    driver.close()


def _settle(job: Job) -> None:
    """Make this process as fresh as a kernel's."""
    if hasattr(os, "setsid"):
        os.setsid()  # what the report starts ends with it, and Ctrl-C in a terminal isn't for it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    else:
        threading.Thread(target=_end_with_driver, daemon=True).start()
    os.environ.clear()
    os.environ.update(job.environment)
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    tempfile.tempdir = None  # this and the time zone are read from it only once
    if hasattr(time, "tzset"):
        time.tzset()
    sys.argv = ["ipykernel_launcher.py"]
    multiprocessing.set_start_method(None, force=True)  # as if no server had forked this one
    _find_modules_as_a_kernel()
    random.seed()
    if "numpy" in sys.modules:
        sys.modules[
            "numpy"
        ].random.seed()  # else all reports draw the numbers of the process they were forked from
    signal.signal(signal.SIGTERM, _stop)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_end_in_silence)


def _end_with_driver() -> None:
    driver = parent_process()
    if driver:
        driver.join()
        os._exit(1)  # the kernel it may have started looks after its parent, and ends, too


def _find_modules_as_a_kernel() -> None:
    """Look for modules beside the notebook, too, after those of Python itself."""
    preloaded = sys.modules.get(PRELOADED)
    if not preloaded:  # then a kernel of its own does
        return
    path = list(preloaded.PATH)
    packages = (i for i, place in enumerate(path) if Path(place).name.endswith("-packages"))
    path.insert(next(packages, len(path)), "")
    sys.path[:] = path


def _stop(_number: int, _frame: Any) -> None:
    message = "the report was stopped from outside"
    raise StoppedError(message)


def _end_in_silence() -> None:
    """Let what a cell forks, such as a pool's workers, end as the children of a kernel do."""
    if signal.getsignal(signal.SIGTERM) is _stop:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _made(job: Job, driver: Connection) -> Made:
    import json

    import papermill  # noqa: F401 before the engine: it looks for engines while it is imported
    from papermill.engines import papermill_engines

    from jupyter_journey.reports.engine import JourneyEngine
    from jupyter_journey.reports.figures import figures_of
    from jupyter_journey.reports.html import write_html
    from jupyter_journey.reports.pdf import write_pdf
    from jupyter_journey.reports.running import run_notebook

    papermill_engines.register("journey", JourneyEngine)
    for folder in (job.folder, job.scratch.parent):
        folder.mkdir(parents=True, exist_ok=True)
    JourneyEngine.told = driver.send
    # Without a kernel from before pandas was loaded, frames would look otherwise than in one.
    has_kernel = PRELOADED in sys.modules
    out = run_notebook(
        job.source,
        job.scratch,
        job.parameters,
        name=job.label,
        folder=job.folder,
        engine="journey" if job.is_native and has_kernel else None,
    )
    if "html" in job.outputs:
        write_html(out, index=job.index)
    if "pdf" in job.outputs:
        write_pdf(out)
    digests = {
        kind: hashlib.sha256(out.with_suffix(f".{kind}").read_bytes()).hexdigest()
        for kind in job.outputs
    }
    return Made(outputs=digests, figures=tuple(figures_of(json.loads(out.read_bytes()))))
