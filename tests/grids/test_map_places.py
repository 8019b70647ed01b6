"""Where a finding leads on the map."""

from __future__ import annotations

from typing import Any

import pytest

from jupyter_journey import Journey
from jupyter_journey.grids.map_places import place_of

JOURNEY = (
    Journey.new("Shop", stages=["Look", "Buy"])
    .add("lanes", name="Touches", kind="reference", refers_to="touchpoints")
    .add("touchpoints", name="Till", stage_id="buy")
    .add("touchpoints", name="Window", stage_id="look")
    .add("personas", name="Ann")
    .set("Buy", "Touches", ["window", "till"])
    .set("Look", "Touches", ["window"], persona="Ann")
)


def spot(lane: str | None, stage: str | None, persona: str | None = None) -> dict[str, Any]:
    return {"lane": lane, "stage": stage, "persona": persona}


@pytest.mark.parametrize(
    ("where", "spots", "has_card"),
    [
        ("stages/buy", [spot(None, "buy")], True),
        ("lanes/touches", [spot("touches", None)], True),
        ("cells/touches/buy", [spot("touches", "buy")], False),
        ("cells/touches/look/ann", [spot("touches", "look", "ann")], False),
        ("touchpoints/till", [spot("touches", "buy"), spot(None, "buy")], True),
        (
            "touchpoints/window",
            [spot("touches", "look", "ann"), spot("touches", "buy"), spot(None, "look")],
            True,
        ),
        ("personas/ann", [], True),
        ("personas/gone", [], False),
        ("stages", [], False),
        ("settings/level", [], False),
        ("map", [], False),
    ],
)
def test_a_finding_leads_to_what_it_is_about(
    where: str, spots: list[dict[str, Any]], *, has_card: bool
) -> None:
    assert place_of(JOURNEY.document, where) == {"spots": spots, "has_card": has_card}


@pytest.mark.parametrize(
    ("where", "spots"),
    [
        ("cells/touches/buy", [spot(None, "buy")]),
        ("lanes/touches", []),
        ("touchpoints/till", [spot(None, "buy"), spot(None, "buy")]),
    ],
)
def test_of_what_a_hidden_lane_holds_the_stage_is_shown(
    where: str, spots: list[dict[str, Any]]
) -> None:
    lanes = JOURNEY.lanes
    lanes.loc[lanes["id"] == "touches", "hidden"] = True
    assert place_of(JOURNEY.replace("lanes", lanes).document, where)["spots"] == spots
