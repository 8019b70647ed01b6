"""Every example in a docstring of the installed package does what it says."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import signal
from pathlib import Path

import pytest

import jupyter_journey


def module_names() -> list[str]:
    found = pkgutil.walk_packages(jupyter_journey.__path__, "jupyter_journey.")
    return ["jupyter_journey", *(module.name for module in found)]


@pytest.mark.parametrize("name", module_names())
def test_examples(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Examples may write files.
    monkeypatch.chdir(tmp_path)
    options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    answer = signal.getsignal(signal.SIGINT)
    module = importlib.import_module(name)
    # What the fork server imports leaves interrupts to its driver.
    signal.signal(signal.SIGINT, answer)
    result = doctest.testmod(module, optionflags=options)
    assert result.failed == 0
