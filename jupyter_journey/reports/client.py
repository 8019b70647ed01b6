"""papermill's own notebook client, whose kernel is in this process."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from typing import Any

from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionComplete, CellExecutionError
from papermill.clientwrap import PapermillNotebookClient

from jupyter_journey.reports.shell import Kernel, Message, Streams

__all__ = ["InProcessClient"]


class InProcessClient(PapermillNotebookClient):  # type: ignore[misc]  # it has no types
    """Executes a notebook cell by cell; what the kernel says goes the way nbclient gives it."""

    def __init__(self, manager: Any, told: Callable[[int], object] | None, **traits: Any) -> None:
        super().__init__(manager, **traits)
        self._told = told

    def execute(self, **_: Any) -> Any:
        """Execute all cells, as papermill does: an error ends it and stays in the notebook."""
        self.reset_execution_trackers()
        kernel = Kernel.only()
        streams = Streams(kernel)
        # What an output widget caught goes back to the kernel, once the cell has ended.
        self._answers: list[Message] = []
        channel = SimpleNamespace(send=self._answers.append)
        self.kc = SimpleNamespace(session=kernel.said, shell_channel=channel)
        self._kernel = kernel
        with (
            asyncio.Runner() as self._runner,
            kernel.told_to(self._hear),
            streams.captured(),
            _fresh_logging(),
        ):
            self.papermill_execute_cells()
        self.nb.metadata["language_info"] = dict(kernel.language_info)
        self.set_widgets_metadata()
        return self.nb

    def execute_cell(self, cell: Any, index: int) -> Any:
        """Execute one cell; an error it isn't said to raise ends the notebook."""
        if cell.cell_type != "code" or not cell.source.strip():
            return cell
        if self.skip_cells_with_tag in cell.metadata.get("tags", []):
            return cell
        cell.metadata["execution"] = {}
        cell.outputs = []
        self.clear_before_next_output = False
        self.code_cells_executed += 1
        if self._told:
            self._told(self.code_cells_executed)
        self._present = cell, index
        metadata = {"cellId": cell.get("id")}
        reply = self._runner.run(self._kernel.run(cell.source, metadata))
        cell.metadata["execution"]["shell.execute_reply"] = timestamp(reply)
        with suppress(CellExecutionComplete):
            self._kernel.idle()
        self._kernel.answered(self._answers)
        self._stop_for(cell, reply)
        return cell

    def _hear(self, message: Message) -> None:
        cell, index = self._present
        self.process_message(message, cell, index)

    def _stop_for(self, cell: Any, reply: Message) -> None:
        said = reply["content"]
        expected = "raises-exception" in cell.metadata.get("tags", [])
        if said["status"] == "error" and not (expected or self.allow_errors):
            raise CellExecutionError.from_cell_and_msg(cell, said)


@contextmanager
def _fresh_logging() -> Iterator[None]:
    """Let the cells find nobody who listens to logs, as in a new process."""
    root = logging.getLogger()
    before, level = root.handlers, root.level
    root.handlers = []
    root.setLevel(logging.WARNING)
    try:
        yield
    finally:
        root.handlers = before
        root.setLevel(level)
