"""Pages of a grid as browsers hold them: the TypeScript stores and hosts, run by Node.

What grid and pages say to each other travels as it is, in order, and each message as late as the
test lets it.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from ipywidgets.widgets.widget import _remove_buffers

WIDGETS = Path(__file__).parents[2] / "widgets"
NOT_TOLD = {"_esm", "_css"}

Message = dict[str, Any]


class Browser:
    """The process in which pages live; a line of JSON asks, another answers."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, **question: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question, allow_nan=False) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline() or "null")


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Node, whichever the front end is built with."""
    sys.path.insert(0, str(WIDGETS))
    try:
        import node
    finally:
        sys.path.remove(str(WIDGETS))
    npm = Path(node.find_npm()[0])
    command = npm.with_name("node") if npm.stem == "npm" else npm
    with subprocess.Popen(
        [command, WIDGETS / "tests" / "pages.mjs"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        yield Browser(process)
        assert process.stdin is not None
        process.stdin.close()


def packet(data: Message, buffers: Any) -> Message:
    """Return a message as it stands on the wire."""
    return json.loads(
        json.dumps(
            {"data": data, "buffers": [base64.b64encode(part).decode() for part in buffers or []]}
        )
    )


class Page:
    """One browser's page: two views of the grid over one store, and a comm to the kernel."""

    def __init__(self, wire: Wire, number: int) -> None:
        self.wire, self.number = wire, number
        self.open()

    def open(self) -> None:
        """Load the page, maybe again; what was on its way is for nobody any more."""
        self.up: deque[Message] = deque()
        self.down: deque[Message] = deque()
        self.sent: set[str] = set()
        self.edits: set[str] = set()
        self.answered: set[str] = set()
        self.unanswered: set[str] = set()
        self.is_cut = self.has_missed = self.is_doubtful = self.is_blind = False
        self._ask(isCut=False, open={"kind": self.wire.kind, "packet": self.wire.state()})

    def act(self, name: str, *said: Any, view: int = 0) -> None:
        """Let a person do something in one of the views."""
        self._ask(act={"view": view, "name": name, "with": said})

    def cut(self) -> None:
        """Lose the connection, and all that was on its way."""
        self.has_missed = self.has_missed or bool(self.down)
        # It may be that nobody heard an edit, a look or a question, or that its answer is lost.
        is_waiting = self.status != "saved" or bool(self.unanswered)
        self.is_doubtful = self.is_doubtful or is_waiting
        self.up.clear()
        self.down.clear()
        # How Python looks at the grid meanwhile, nobody tells anew.
        self.is_cut = self.is_blind = True
        self._ask(isCut=True)

    def join(self) -> None:
        """Get the connection back."""
        self.is_cut = False
        self._ask(isCut=False)

    def wait(self) -> None:
        """Let the time run out that a page waits for an answer."""
        self._ask(wait=True)

    def carry(self, message: Message) -> None:
        """Put a message of the kernel on its way."""
        if self.is_cut:
            self.has_missed = True
        else:
            self.down.append(message)

    def hear(self) -> Message:
        """Let the next message from the kernel arrive."""
        message = self.down.popleft()
        content: Message = message["data"].get("content") or {}
        self.unanswered.discard(content.get("id", ""))
        is_rejoined = content.get("type") == "rejoined" and content["id"] in self.sent
        if is_rejoined:  # what is then sent once more waits anew
            self.unanswered.clear()
        self._ask(hear=message)
        if "revision" in content:
            self.has_missed = False
        if is_rejoined:
            # All it missed was told before, and what the kernel missed is on its way again.
            self.has_missed = self.is_doubtful = False
        return content

    @property
    def status(self) -> str:
        return str(self.views[0]["status"])

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is on its way, so that it must show what the kernel has."""
        return not (self.up or self.down or self.is_cut or self.has_missed)

    def _ask(self, **question: Any) -> None:
        answer = self.wire.browser.ask(page=self.number, **question)
        self.up.extend(answer["said"])
        told = [said["content"] for said in answer["said"] if "content" in said]
        ids = {it["id"] for it in told if "id" in it}
        self.sent |= ids
        self.unanswered |= ids
        self.edits |= {it["id"] for it in told if it["type"] == "patch"}
        self.views: list[dict[str, Any]] = answer["shown"]


class Wire:
    """The comms between one grid and its two pages."""

    def __init__(self, browser: Browser, grid: Any, kind: str) -> None:
        self.browser, self.grid, self.kind = browser, grid, kind
        grid.comm.send = self._broadcast
        self.made: set[str] = set()
        """The ids of the patches that hold."""
        self.pages = [Page(self, number) for number in range(2)]

    def state(self) -> Message:
        """Return what a page that loads gets."""
        told = {name: it for name, it in self.grid.get_state().items() if name not in NOT_TOLD}
        state, paths, buffers = _remove_buffers(told)
        return packet({"method": "update", "state": state, "buffer_paths": paths}, buffers)

    def _broadcast(self, data: Message, buffers: Any = None) -> None:
        message = packet(data, buffers)
        for page in self.pages:
            page.carry(message)

    def deliver(self, page: Page) -> tuple[Message, list[Message]]:
        """Let the next message of a page arrive; return it, and what the kernel answers."""
        said = page.up.popleft()
        before = len(page.down)
        self.grid._handle_msg({"content": {"data": said}, "buffers": []})
        answers = [it["data"].get("content") for it in list(page.down)[before:]]
        return said.get("content") or {}, [answer for answer in answers if answer]

    def answer(self, patch: Message, answers: list[Message]) -> str:
        """Return what became of a patch: made now, refused, or known, as it was made before."""
        [answer] = [answer for answer in answers if answer.get("id") == patch["id"]]
        if answer["type"] in ("refused", "known"):
            assert (answer["type"] == "known") is (patch["id"] in self.made)
            return str(answer["type"])
        assert patch["id"] not in self.made
        self.made.add(patch["id"])
        return "made"


class TwoPages(RuleBasedStateMachine):
    """Two pages of one grid, whose messages arrive when the machine says so."""

    wire: Wire
    past: list[Any]
    """What was shown after each step, the present last."""
    future: list[Any]
    """What was taken back, the next last."""
    steps = 0
    """How many steps all machines made."""

    def handled(self, page: Page) -> None:
        """Let the kernel take the next message of a page, and judge what it did."""
        raise NotImplementedError

    def turned(self, kind: str) -> bool:
        """Go a step back or forth in what the machine remembers; tell whether there was one."""
        source, target = self.past, self.future
        if kind == "redo":
            source, target = target, source
        if len(source) <= (kind == "undo"):
            return False
        target.append(source.pop())
        return True

    def reasons(self, view: dict[str, Any]) -> set[str]:
        """Return what a view says of edits that were refused."""
        raise NotImplementedError

    def agrees(self, view: dict[str, Any]) -> None:
        """Compare what a view shows with what the kernel has."""
        raise NotImplementedError

    def heard(self, page: Page) -> None:
        """Let a page hear the next message; nothing is refused in silence."""
        message = page.hear()
        asked = message.get("id")
        if message.get("type") == "refused" and asked in page.sent - page.answered:
            # no reason: the page shows what was faster than the edit
            assert {message["reason"], ""} & self.reasons(page.views[0])
        page.answered |= {asked} - {None}

    def settle(self, page: Page) -> None:
        """Let all that is on its way arrive."""
        for _ in range(200):
            if page.up:
                self.handled(page)
            elif page.down:
                self.heard(page)
            else:
                return
        raise AssertionError("page and kernel never come to an end")

    def act(self, which: int, is_late: bool, name: str, *said: Any, view: int = 0) -> Page:
        page = self.wire.pages[which]
        page.act(name, *said, view=view)
        if page.is_cut:
            page.is_doubtful = page.is_doubtful or page.status != "saved"
        elif not is_late:
            self.settle(page)
        return page

    @rule(which=st.integers(0, 1), count=st.integers(1, 5))
    def arrive_at_the_kernel(self, which: int, count: int) -> None:
        page = self.wire.pages[which]
        for _ in range(min(count, len(page.up))):
            self.handled(page)

    @rule(which=st.integers(0, 1), count=st.integers(1, 5))
    def arrive_at_the_page(self, which: int, count: int) -> None:
        page = self.wire.pages[which]
        for _ in range(min(count, len(page.down))):
            self.heard(page)

    @rule(which=st.integers(0, 1))
    def settle_one(self, which: int) -> None:
        self.settle(self.wire.pages[which])

    @rule(which=st.integers(0, 1), is_late=st.booleans(), step=st.sampled_from(["undo", "redo"]))
    def turn(self, which: int, is_late: bool, step: str) -> None:
        self.act(which, is_late, step, view=1)

    @rule(which=st.integers(0, 1), is_late=st.booleans(), count=st.integers(0, 2))
    def look(self, which: int, is_late: bool, count: int) -> None:
        self.act(which, is_late, "look", count, view=1)

    @rule()
    def look_by_python(self) -> None:
        self.wire.grid.view = {}

    @rule(which=st.integers(0, 1))
    def cut(self, which: int) -> None:
        self.wire.pages[which].cut()

    @rule(which=st.integers(0, 1))
    def join(self, which: int) -> None:
        self.wire.pages[which].join()

    @rule(which=st.integers(0, 1))
    def come_back(self, which: int) -> None:
        """The connection is there again; the page finds out by itself, and loses nothing."""
        page = self.wire.pages[which]
        page.join()
        self.settle(page)
        page.wait()
        self.settle(page)
        assert page.status == "saved"
        # Whatever it sent was judged, once.
        assert page.edits <= page.answered
        page.is_doubtful = False

    @rule(which=st.integers(0, 1))
    def reload(self, which: int) -> None:
        self.wire.pages[which].open()

    @rule(which=st.integers(0, 1))
    def wait(self, which: int) -> None:
        page = self.wire.pages[which]
        was_waiting = page.status == "pending"
        page.wait()
        assert page.status == ("disconnected" if was_waiting else page.status)

    @invariant()
    def views_agree(self) -> None:
        type(self).steps += 1
        for page in self.wire.pages:
            one, other = page.views
            assert one == other
            if page.is_quiet and not page.is_doubtful:
                assert page.status == "saved"
                self.agrees(one)
                if not page.is_blind:
                    assert one["look"] == self.wire.grid.view


def check(machine: type[TwoPages], examples: int, steps: int) -> int:
    """Run machines; return how many steps they made."""
    TwoPages.steps = machine.steps = 0
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, derandomize=True, deadline=None
        ),
    )
    return machine.steps
