"""The text of a journey file: one journey, one text, and back."""

from __future__ import annotations

import copy
import json
import pickle
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from jupyter_journey import Journey
from jupyter_journey.errors import JourneyFileError
from jupyter_journey.model import canonical, document
from jupyter_journey.model.document import MIGRATIONS, Migration
from jupyter_journey.model.records import COLLECTIONS, SCHEMA_VERSION

PUBLISHED = files("jupyter_journey.model").joinpath("journey.schema.json").read_text("utf-8")
VALIDATOR = Draft202012Validator(json.loads(PUBLISHED))


@given(...)
def test_text_and_back(journey: Journey) -> None:
    text = journey.dumps()
    again = Journey.loads(text)
    assert again == journey
    assert again.dumps() == text
    assert text.encode().decode() == text
    for name in COLLECTIONS:
        assert in_order(again, name) == in_order(journey, name)


def in_order(journey: Journey, collection: str) -> list[Any]:
    records = list(getattr(journey.document, collection))
    if collection != "cells":
        return records
    return sorted(records, key=lambda cell: (cell.lane_id, cell.stage_id, cell.persona_id or ""))


@given(...)
def test_the_published_schema_takes_every_journey(journey: Journey) -> None:
    VALIDATOR.validate(json.loads(journey.dumps()))


@given(...)
def test_copies_are_equal(journey: Journey) -> None:
    for twin in (pickle.loads(pickle.dumps(journey)), copy.deepcopy(journey)):  # noqa: S301
        assert twin == journey
        assert hash(twin) == hash(journey)


def test_the_layout_is_json_sorted_and_indented(acme: Journey) -> None:
    text = acme.dumps()
    expected = json.dumps(json.loads(text), indent=2, sort_keys=True, ensure_ascii=False)
    assert text == expected + "\n"
    assert '"n": 1200' in text
    assert '"value": -1\n' in text
    assert '"computed_at": "2026-03-31T12:00:00Z"' in text


def test_what_holds_its_default_is_left_out() -> None:
    journey = Journey.loads('{"schema_version": 1, "title": "比較"}')
    assert journey.dumps() == '{\n  "schema_version": 1,\n  "title": "比較"\n}\n'
    assert journey.revision == 0


def test_cells_stand_in_one_order_however_they_came(acme: Journey) -> None:
    turned = acme.replace("cells", reversed(acme.document.cells))
    assert turned == acme
    assert turned.dumps() == acme.dumps()


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1.0, "1"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (123456789012345680000.0, "123456789012345680000"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (9007199254740991, "9007199254740991"),
        (True, "true"),
        (None, "null"),
    ],
)
def test_numbers_are_written_as_ecmascript_writes_them(number: object, written: str) -> None:
    assert canonical.dumps([number]) == f"[\n  {written}\n]\n"


def test_keys_sort_by_utf16_as_ecmascript_sorts_them() -> None:
    text = canonical.dumps({"\uff5e": 1, "🧭": 2, "a": {}, "b": []})
    assert text == '{\n  "a": {},\n  "b": [],\n  "🧭": 2,\n  "\uff5e": 1\n}\n'


# The schema


def test_the_published_schema_is_the_generated_one() -> None:
    generated = json.dumps(document.schema(), indent=2, sort_keys=True) + "\n"
    assert generated == PUBLISHED
    Draft202012Validator.check_schema(json.loads(PUBLISHED))


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"title": 5},
        {"colour": "red"},
        {"schema_version": 2},
        {"revision": -1},
        {"revision": 1.5},
        {"goals": {}},
        {"goals": [{"id": "a b", "name": "A"}]},
        {"goals": [{"id": "a/b", "name": "A"}]},
        {"goals": [{"id": "a"}]},
        {"goals": [{"id": "a", "name": "A", "target": "3"}]},
        {"lanes": [{"id": "a", "name": "A", "kind": "poem"}]},
        {"settings": {"min_group": 4}},
        {"settings": {"level": 1}},
        {"cells": [{"lane_id": "a", "stage_id": "b", "value": True}]},
    ],
    ids=str,
)
def test_the_schema_refuses_what_the_model_refuses(acme: Journey, change: dict[str, Any]) -> None:
    broken = json.loads(acme.dumps()) | change
    assert not VALIDATOR.is_valid(broken)
    with pytest.raises(JourneyFileError):
        Journey.loads(json.dumps(broken))


def test_the_schema_asks_for_the_version() -> None:
    assert not VALIDATOR.is_valid({"title": "t"})
    assert VALIDATOR.is_valid({"title": "t", "schema_version": 1})


# Versions


def test_migrations_are_contiguous_up_to_the_present() -> None:
    steps = [(step.before, step.after) for step in MIGRATIONS]
    first = SCHEMA_VERSION - len(steps)
    assert steps == [(version, version + 1) for version in range(first, SCHEMA_VERSION)]


def test_an_old_file_goes_through_every_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "title": data["heading"]}

    def drop(data: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in data.items() if key != "heading"}

    steps = (Migration(-1, 0, rename), Migration(0, 1, drop))
    monkeypatch.setattr(document, "MIGRATIONS", steps)
    journey = Journey.loads('{"schema_version": -1, "heading": "Old"}')
    assert journey.title == "Old"
    assert json.loads(journey.dumps()) == {"schema_version": 1, "title": "Old"}


def test_a_newer_file_is_refused_with_the_way_out(acme: Journey) -> None:
    newer = json.loads(acme.dumps()) | {"schema_version": SCHEMA_VERSION + 1}
    with pytest.raises(JourneyFileError, match="pip install -U jupyter-journey") as caught:
        Journey.loads(json.dumps(newer))
    assert caught.value.where == "$.schema_version"
