"""The files both languages read and write byte for byte alike (the twin: widgets/tests/golden)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jupyter_journey import Journey
from jupyter_journey.grids.patches import Op, applied

GOLDEN = Path(__file__).parents[1] / "golden"
FILES = sorted(GOLDEN.glob("*.journey.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_written_as_it_was_read(path: Path) -> None:
    text = path.read_bytes().decode()
    assert Journey.loads(text).dumps() == text


def test_a_new_journey() -> None:
    assert Journey.new("New").dumps() == (GOLDEN / "new.journey.json").read_text()


def test_a_patch() -> None:
    before = Journey.load(GOLDEN / "numbers-and-scripts.journey.json")
    ops = [Op.model_validate(op) for op in json.loads((GOLDEN / "patch.json").read_text())]
    after = applied(before, ops)
    assert after.dumps() == (GOLDEN / "patched.journey.json").read_bytes().decode()
    back = [op.model_copy(update={"old": op.new, "new": op.old}) for op in reversed(ops)]
    assert applied(after, back) == before
