"""The examples load, say what the guides say and no more, and one of them is whole."""

from __future__ import annotations

import pytest

import jupyter_journey as jj
from jupyter_journey import catalogue
from jupyter_journey.errors import UnknownNameError

# What the guides leave open about well-known firms: goals, personas, data, most of the questions.
OPEN = {"CHK-101", "CHK-201", "CHK-302", "CHK-402", "CHK-701"}


def load(name: str) -> jj.Journey:
    return jj.Journey.load(catalogue.example(name))


def errors(journey: jj.Journey) -> set[str]:
    found = jj.check(journey)
    return set(found.loc[found["level"] == "error", "check"])


@pytest.mark.parametrize("name", ["slack", "hubspot"])
def test_a_firm_is_shown_as_the_guide_tells_it(name: str) -> None:
    journey = load(name)
    document = journey.document
    assert errors(journey) <= OPEN
    assert document.stage_model == f"{name}-8"
    assert (
        journey.stages["name"].tolist()
        == jj.Journey.new("x", stages=f"{name}-8").stages["name"].tolist()
    )
    assert set(journey.touchpoints["stage_id"]) | {"advocacy"} == set(journey.stages["id"])
    assert {cell.evidence for cell in document.cells} == {"assumed"}
    nothing = ("goals", "personas", "milestones", "measurements", "sources", "segments")
    assert [kind for kind in nothing if getattr(document, kind)] == []


def test_the_stage_table_has_no_error() -> None:
    journey = load("project-management")
    assert errors(journey) == set()
    asked = journey.stages[["actions", "decisions", "information_needs"]]
    assert asked.map(len).gt(0).all(axis=None)
    tells = catalogue.table("examples")["EX-20"]["tells"]
    assert list(tells.values()) == journey.stages["id"].tolist()


def test_an_example_goes_by_name_or_id() -> None:
    assert catalogue.example("EX-02") == catalogue.example("hubspot")
    with pytest.raises(UnknownNameError, match="did you mean 'slack'"):
        catalogue.example("slak")
    with pytest.raises(UnknownNameError, match="no example 'EX-03'"):
        catalogue.example("EX-03")
