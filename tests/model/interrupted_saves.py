"""Saves a journey again and again, each time struck at another call into the system.

Run as a script by `test_saving.py`: it forks, which a test process with threads had better not.
Prints a JSON list with what each save left behind.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

from jupyter_journey import Journey
from jupyter_journey.errors import JourneyError

SYSTEM = {"posix", "_io", "io", "fcntl"}
# These only reckon with what is in memory.
PURE = {"fspath", "_path_normpath", "getpid", "fileno", "text_encoding"}
Strike = Callable[[], None]


class Profile:
    """Counts the calls into the system, before and after each, and strikes at one of them."""

    def __init__(self, point: int, strike: Strike) -> None:
        self.point = point
        self.strike = strike
        self.count = 0
        self.call = ""

    def __call__(self, _: FrameType, event: str, called: Any) -> None:
        if event not in {"c_call", "c_return"}:
            return
        owner = type(getattr(called, "__self__", None))
        within = called.__name__ in PURE or owner.__name__ in {"BytesIO", "StringIO"}
        if within or SYSTEM.isdisjoint({called.__module__, owner.__module__}):
            return
        self.count += 1
        if self.count == self.point:
            self.call = f"{event} {called.__name__}"
            sys.setprofile(None)
            self.strike()


def fail(error: BaseException) -> Strike:
    def strike() -> None:
        raise error

    return strike


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def limit_size(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def attempt(journey: Journey, profile: Profile | None) -> str:
    """Save, and return what the caller gets to see."""
    try:
        sys.setprofile(profile)
        journey.save()
    except JourneyError as error:
        return type(error).__name__
    except KeyboardInterrupt:
        return "KeyboardInterrupt"
    finally:
        sys.setprofile(None)
    return "saved"


def in_child(work: Callable[[], list[str]]) -> list[str]:
    """Do the work in a forked process, whose locks end with it; nothing comes of a killed one."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, json.dumps(work()).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        answer = pipe.read()
    killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    return ["killed", "SIGKILL"] if killed else json.loads(answer)


def struck(path: Path, strike: Strike) -> Iterator[dict[str, Any]]:
    """Strike at the first call, the second one, and so on, until a save meets no strike."""
    for point in count(1):
        journey, old = fresh(path)

        def work(journey: Journey = journey, point: int = point) -> list[str]:
            profile = Profile(point, strike)
            return [attempt(journey, profile), profile.call]

        outcome, call = in_child(work)
        if not call:
            return
        yield left(path, journey, old) | {"outcome": outcome, "call": call}


def cut(path: Path) -> Iterator[dict[str, Any]]:
    """Let the disk be full in the middle of the file."""
    size = len(fresh(path)[1])
    for room in (0, 1, 100, size // 2, size - 1):
        journey, old = fresh(path)

        def work(journey: Journey = journey, room: int = room) -> list[str]:
            limit_size(room)
            return [attempt(journey, None), f"write with {room} bytes free"]

        outcome, call = in_child(work)
        yield left(path, journey, old) | {"outcome": outcome, "call": call}


def fresh(path: Path) -> tuple[Journey, bytes]:
    for stray in path.parent.iterdir():
        stray.unlink()
    old = Journey.new("Old").save(path)
    return old.set("Adoption", "Goal", "new " * 5000), path.read_bytes()


def left(path: Path, journey: Journey, old: bytes) -> dict[str, Any]:
    new = Journey(journey.document.model_copy(update={"revision": 2})).dumps().encode()
    states = {old: "old", new: "new"}
    litter = [item.name for item in path.parent.iterdir() if item != path]
    return {"holds": states.get(path.read_bytes(), "torn"), "litter": litter}


STRIKES: dict[str, Strike] = {
    "ENOSPC": fail(OSError(errno.ENOSPC, "No space left on device")),
    "EIO": fail(OSError(errno.EIO, "Input/output error")),
    "EACCES": fail(PermissionError(errno.EACCES, "Permission denied")),
    "SIGINT": fail(KeyboardInterrupt()),
    "SIGKILL": kill,
}

if __name__ == "__main__":
    folder, kind = Path(sys.argv[1]), sys.argv[2]
    folder.mkdir()
    file = folder / "map.journey.json"
    print(json.dumps(list(cut(file) if kind == "full disk" else struck(file, STRIKES[kind]))))
