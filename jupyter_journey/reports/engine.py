"""The papermill engine ``journey``: cells run in the present process, as in a kernel of their own.

papermill alone imports this module, by its entry point: whoever imports it first would be half
imported when papermill looks for the engine.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any, ClassVar

from papermill.engines import Engine, NBClientEngine

__all__ = ["JourneyEngine"]

_KEPT = ("log_output", "stdout_file", "stderr_file")


class JourneyEngine(Engine):  # type: ignore[misc]  # papermill publishes no types
    """Executes a notebook without a second process; each process does so once.

    A process that ran a notebook isn't fresh any more, and in one where a shell runs already, that
    of an open notebook, cells would change it: there papermill's own engine takes over.
    """

    told: ClassVar[Callable[[int], object] | None] = None
    """Called with the number of each cell as it starts: the n of its In [n]."""
    _used = False

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Execute the cells, and fill the notebook as papermill's own engine does."""
        from jupyter_journey.reports.client import InProcessClient
        from jupyter_journey.reports.shell import Kernel

        is_main = threading.current_thread() is threading.main_thread()
        # A limit per cell needs somebody outside to watch it.
        is_timed = bool(options.get("execution_timeout"))
        can_capture = hasattr(os, "pread")  # what programs print; Windows has no such call
        fits = is_main and can_capture and not is_timed and Kernel.is_free()
        if cls._used or not fits:
            return NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **options)
        cls._used = True
        kept = {name: options[name] for name in _KEPT if options.get(name)}
        client = InProcessClient(nb_man, told=cls.told, kernel_name=kernel_name, **kept)
        return client.execute()
