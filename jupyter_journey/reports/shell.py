"""A kernel without a wire: the real IPython kernel in this process, its messages handed over."""

from __future__ import annotations

import builtins
import codecs
import getpass
import io
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session
from traitlets.config import Config

__all__ = ["Kernel", "Streams"]

Message = dict[str, Any]
Sink = Callable[[Message], None]

# No history file: its thread would not survive a fork, and reports have no past.
_CONFIG = Config({"HistoryManager": {"enabled": False, "hist_file": ":memory:"}})


class _Wire:
    """Stands for the socket a kernel publishes on: each message goes to a function instead."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.sink: Sink = _nobody

    def send_multipart(self, parts: list[bytes], **_options: Any) -> None:
        said: Any = self._session.feed_identities(parts)[1]
        self.sink(self._session.deserialize(said))


class Kernel(IPythonKernel):
    """The kernel a notebook's cells find in ``get_ipython()``; there is one per process."""

    def __init__(self, **traits: Any) -> None:
        self.said = Session(key=b"")
        self._wire = _Wire(self.said)
        log = logging.getLogger("jupyter_journey.kernel")
        ours = {"session": self.said, "iopub_socket": self._wire, "config": _CONFIG, "log": log}
        super().__init__(**ours, **traits)  # type: ignore[no-untyped-call]

    @classmethod
    def only(cls) -> Self:
        """Return the kernel of this process."""
        with _no_debugger():
            return cls.instance()

    @staticmethod
    def is_free() -> bool:
        """Tell whether no shell runs in this process yet, a notebook's own for instance."""
        return not ZMQInteractiveShell.initialized() or Kernel.initialized()

    @contextmanager
    def told_to(self, sink: Sink) -> Iterator[None]:
        """Hand the messages to ``sink``, and refuse what asks somebody at the keyboard."""
        asking = builtins.input, getpass.getpass
        self.said.pid = os.getpid()  # the kernel may have been made before a fork
        self._wire.sink = sink
        builtins.input, getpass.getpass = self.raw_input, self.getpass
        try:
            yield
        finally:
            builtins.input, getpass.getpass = asking
            self._wire.sink = _nobody

    async def run(self, code: str, metadata: Message) -> Message:
        """Run a cell as a request of a client would, and return the reply."""
        shell: Any = self.shell
        request = self.said.msg("execute_request", {"code": code}, metadata=metadata)
        self.set_parent([], request)  # type: ignore[no-untyped-call]
        self.tell("status", execution_state="busy")
        self.tell("execute_input", code=code, execution_count=shell.execution_count)
        failed = transformed = None
        try:
            transformed = shell.transform_cell(code)
        except Exception:  # noqa: BLE001 the shell shows it in the cell
            transformed, failed = code, sys.exc_info()
        said = {"transformed_cell": transformed, "preprocessing_exc_tuple": failed}
        if shell.should_run_async(code, **said):
            result = None
            try:
                result = await shell.run_cell_async(code, store_history=True, **said)
            finally:
                shell.events.trigger("post_execute")
                shell.events.trigger("post_run_cell", result)
        else:
            result = shell.run_cell(code, store_history=True)
        sys.stdout.flush()
        sys.stderr.flush()
        error = result.error_before_exec or result.error_in_exec
        reply = {"status": "ok", "execution_count": shell.execution_count - 1}
        if error:
            # The cell's output says the rest.
            reply |= {
                "status": "error",
                "ename": type(error).__name__,
                "evalue": "",
                "traceback": [],
            }
        return self.said.msg("execute_reply", reply, parent=request)

    def idle(self) -> None:
        """Tell that a request has been dealt with."""
        self.tell("status", execution_state="idle")

    def answered(self, answers: list[Message]) -> None:
        """Let widgets take in what was answered; what they say then belongs to no cell."""
        sink, self._wire.sink = self._wire.sink, _nobody
        widgets: Any = self.comm_manager
        for answer in answers:
            widgets.comm_msg(None, None, {"buffers": [], **answer})
        answers.clear()
        self._wire.sink = sink

    def tell(self, kind: str, **content: Any) -> None:
        """Publish a message."""
        parent = self.get_parent()  # type: ignore[no-untyped-call]
        self.said.send(self._wire, kind, content, parent=parent)  # type: ignore[arg-type]


@contextmanager
def _no_debugger() -> Iterator[None]:
    """Keep the debugger from being loaded: it takes seconds, and nobody steps through a report."""
    present = sys.modules.get("debugpy")
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # so says Python that there is none
    try:
        yield
    finally:
        del sys.modules["debugpy"]
        if present:
            sys.modules["debugpy"] = present


def _nobody(_message: Message) -> None:
    """Take what is said before anybody listens."""


class Streams:
    """What a notebook prints, by ``sys.stdout`` or at the level of file descriptors.

    As in a kernel, what is printed is held back until somebody flushes, and a display does; first
    comes what went to ``stdout``. Programs started by a cell write to the descriptors.
    """

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._pid = os.getpid()
        self._held: dict[str, list[str]] = {"stdout": [], "stderr": []}
        # They live as long as the process.
        self._files = {name: tempfile.TemporaryFile(buffering=0) for name in self._held}  # noqa: SIM115
        self._places = dict.fromkeys(self._held, 0)
        self._decoders = {
            name: codecs.getincrementaldecoder("utf-8")("replace") for name in self._held
        }

    @contextmanager
    def captured(self) -> Iterator[None]:
        """Catch all that is printed, and give back what was there."""
        before, saved = (sys.stdout, sys.stderr), (os.dup(1), os.dup(2))
        sys.stdout.flush()
        sys.stderr.flush()
        sys.stdout, sys.stderr = _Stream("stdout", self), _Stream("stderr", self)
        for descriptor, file in zip((1, 2), self._files.values(), strict=True):
            os.dup2(file.fileno(), descriptor)
        try:
            yield
        finally:
            sys.stdout, sys.stderr = before
            for descriptor, old in zip((1, 2), saved, strict=True):
                os.dup2(old, descriptor)
                os.close(old)

    def write(self, name: str, text: str) -> None:
        """Hold a text back, after whatever reached the descriptors before it."""
        if os.getpid() != self._pid:  # forked by the notebook: the parent reads the descriptor
            os.write(self._files[name].fileno(), text.encode("utf-8", "replace"))
            return
        self._drain()
        self._held[name].append(text)

    def flush(self, name: str) -> None:
        """Send what was held back of a stream."""
        if os.getpid() != self._pid:
            return
        self._drain()
        text = "".join(self._held[name])
        self._held[name].clear()
        if text:
            self._kernel.tell("stream", name=name, text=text)

    def _drain(self) -> None:
        for name, file in self._files.items():
            descriptor, place = file.fileno(), self._places[name]
            size = os.fstat(descriptor).st_size
            if size > place:
                read = os.pread(descriptor, size - place, place)
                self._places[name] += len(read)
                self._held[name].append(self._decoders[name].decode(read))


class _Stream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of a notebook."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name: str, streams: Streams) -> None:
        self.name = f"<{name}>"
        self._name = name
        self._streams = streams

    def write(self, text: str, /) -> int:
        if not isinstance(text, str):
            message = f"write() argument must be str, not {type(text)}"
            raise TypeError(message)
        self._streams.write(self._name, text)
        return len(text)

    def flush(self) -> None:
        self._streams.flush(self._name)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return 1 if self._name == "stdout" else 2
