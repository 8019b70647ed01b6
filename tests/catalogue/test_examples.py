"""The examples load, say what the guides say and no more, and one of them is whole."""

from __future__ import annotations

import pytest

import jupyter_journey as jj
from jupyter_journey import catalogue
from jupyter_journey.errors import UnknownNameError
from jupyter_journey.steps import touchpoints

# What the guides leave open about well-known firms: goals, personas, data, most of the questions.
OPEN = {"CHK-101", "CHK-201", "CHK-302", "CHK-402", "CHK-701"}


# Line by line, what the guides say of a stage (RULE-06) and of a touchpoint (the five questions).
TOLD = {
    "slack": {
        "awareness": {"information_needs"},
        "consideration": {"actions", "information_needs"},
        "decision": {"information_needs"},
        "adoption": {"actions", "information_needs"},
        "advocacy": {"actions"},
        "expansion": {"actions"},
        "free-version": {"company_actions"},
        "e-mails-with-tips": {"company_actions"},
        "prompts-to-upgrade-in-the-app": {"company_actions"},
        "e-mails-about-upgrading": {"company_actions"},
        "guided-tutorials": {"company_actions"},
        "trial-of-the-paid-version": {"company_actions"},
        "hints-in-the-app": {"company_actions"},
        "support": {"company_actions"},
        "documentation-by-goal": {"company_actions"},
    },
    "hubspot": {
        "adoption": {"actions"},
        "advocacy": {"actions"},
        "expansion": {"actions"},
        "website-grader": {"company_actions"},
        "e-mail-signature-generator": {"company_actions"},
        "organic-search": {"company_actions"},
        "free-crm": {"company_actions"},
        "onboarding": {"company_actions"},
        "dedicated-support": {"company_actions"},
        "training": {"company_actions"},
        "hubspot-academy": {"company_actions"},
        "support": {"company_actions"},
        "product-use": {"company_actions"},
        "offers-of-modules-and-tiers": {"company_actions"},
    },
}
ASKED = {
    "stages": ("actions", "decisions", "information_needs"),
    "touchpoints": touchpoints.FIVE_QUESTIONS,
}


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


@pytest.mark.parametrize("name", ["slack", "hubspot"])
def test_nothing_the_guide_tells_is_found_missing_and_nothing_is_told_besides(name: str) -> None:
    journey = load(name)
    found = jj.check(journey)
    messages = found[found["check"].isin(["CHK-302", "CHK-402"])].set_index("where")["message"]
    labels = catalogue.texts("en")["columns"]
    for collection, fields in ASKED.items():
        for record in getattr(journey.document, collection):
            told = TOLD[name].get(record.id, set()) & set(fields)
            assert {field for field in fields if getattr(record, field)} == told, record.id
            message = messages[f"{collection}/{record.id}"]
            open_fields = message.split("leaves open: ")[1]
            for field in fields:
                assert (labels[field] in open_fields) == (field not in told), (record.id, field)


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
