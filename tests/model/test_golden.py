"""The files both languages read and write byte for byte alike (the twin: widgets/tests/golden)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from jupyter_journey import Journey, JourneyError, catalogue
from jupyter_journey.model.names import unique_id
from jupyter_journey.model.patches import Op, between, inverse
from jupyter_journey.model.records import ABOUT, COLLECTIONS

GOLDEN = Path(__file__).parents[1] / "golden"
PATCHES, VERBS = json.loads((GOLDEN / "patches.json").read_text()).values()
OPS: TypeAdapter[list[Op]] = TypeAdapter(list[Op])
FILES = sorted(GOLDEN.glob("*.journey.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_written_as_it_was_read(path: Path) -> None:
    text = path.read_bytes().decode()
    assert Journey.loads(text).dumps() == text


def test_a_new_journey() -> None:
    assert Journey.new("New").dumps() == (GOLDEN / "new.journey.json").read_text()


def test_the_stages_of_each_model() -> None:
    golden = json.loads((GOLDEN / "stage_models.json").read_text())
    assert set(golden) == set(catalogue.stage_models())
    for model, stages in golden.items():
        assert json.loads(Journey.new("New", stages=model).dumps())["stages"] == stages


def test_slugs() -> None:
    cases = json.loads((GOLDEN / "slugs.json").read_text())
    assert {name: unique_id(name, taken) for name, taken, _ in cases} == {
        name: slug for name, _, slug in cases
    }


@pytest.mark.parametrize("case", PATCHES, ids=lambda case: case["name"])
def test_a_patch_and_its_inverse(case: dict[str, Any]) -> None:
    before = Journey.loads(json.dumps(case["before"]))
    ops = OPS.validate_python(case["ops"])
    if case["after"] is None:
        with pytest.raises(JourneyError):
            before.patch(ops)
        return
    after = before.patch(ops)
    assert after == Journey.loads(json.dumps(case["after"]))
    assert after.patch(inverse(ops)) == before
    assert before.patch(between(before.document, after.document)) == after


@pytest.mark.parametrize("case", VERBS, ids=lambda case: case["name"])
def test_a_verb(case: dict[str, Any]) -> None:
    before = Journey.loads(json.dumps(case["before"]))
    done = getattr(before, case["verb"])(*case["arguments"])
    assert done == Journey.loads(json.dumps(case["after"]))
    ops = between(before.document, done.document)
    assert before.patch(ops) == done
    assert done.patch(inverse(ops)) == before


@pytest.mark.parametrize("name", ABOUT)
def test_what_belongs_to_the_whole_can_be_told_and_taken_back(acme: Journey, name: str) -> None:
    values: dict[str, Any] = {
        "settings": {"min_group": 30},
        "language": "de",
        "map_type": "onboarding",
        "form": "flow",
        "next_review": date(2027, 1, 31),
    }
    round_trip(acme, acme.change(**{name: values.get(name, "Another")}))


@pytest.mark.parametrize("name", [name for name in COLLECTIONS if name != "cells"])
def test_a_change_of_any_collection_can_be_told_and_taken_back(acme: Journey, name: str) -> None:
    first = acme.frame(name)["id"].iloc[0]
    renamed = acme.rename(name, first, "Another")
    round_trip(acme, renamed)
    round_trip(renamed, renamed.remove(name, first))


def round_trip(before: Journey, after: Journey) -> None:
    ops = OPS.validate_json(OPS.dump_json(between(before.document, after.document)))
    assert ops
    assert before.patch(ops).dumps() == after.dumps() != before.dumps()
    assert after.patch(inverse(ops)).dumps() == before.dumps()
