"""Changes that no interrupt of the running cell breaks in the middle."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import Any

__all__ = ["unbroken"]


@contextmanager
def unbroken() -> Iterator[None]:
    """Put an interrupt off until the block has ended; a second one comes through.

    A frame would else hold what no page has heard of, or what no undo takes back.

    Examples
    --------
    >>> try:
    ...     with unbroken():
    ...         signal.raise_signal(signal.SIGINT)
    ...         print("made")
    ... except KeyboardInterrupt:
    ...     print("interrupted")
    made
    interrupted
    """
    usual = signal.getsignal(signal.SIGINT)
    # Only the main thread is ever interrupted, and not where interrupts are left to the system.
    if current_thread() is not main_thread() or not callable(usual):
        yield
        return
    came: list[tuple[Any, Any]] = []

    def put_off(number: int, place: Any) -> None:
        signal.signal(signal.SIGINT, usual)
        came.append((number, place))

    signal.signal(signal.SIGINT, put_off)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
        for interrupt in came:
            usual(*interrupt)
