"""Each check finds its planted defect, and no other does; what it says to do mends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from typing import Any

import pytest
from changes import Change, add, edit, keep

import jupyter_journey as jj
from jupyter_journey import catalogue
from jupyter_journey.model.records import Settings
from jupyter_journey.steps import rules

TODAY = date.today()  # noqa: DTZ011
PERIOD = "2026-01-01/2026-06-30"


@dataclass(frozen=True)
class Case:
    """A defect, the place it is told at, what mends it, and which other checks see it, too."""

    where: str
    plant: Change
    mend: Change | None = None
    """None: the collection is put back as it was."""
    further: frozenset[str] = frozenset()


def figure(name: str, **fields: Any) -> Change:
    told = {"value": 0.5, "unit": "share", "n": 100, "period": PERIOD, **fields}
    return add("measurements", name, **told)


def say(**fields: Any) -> Change:
    return lambda journey: journey.change(**fields)


def both(*changes: Change) -> Change:
    return lambda journey: reduce(lambda made, change: change(made), changes, journey)


def wrong(place: str, at: int = 0, /, *, mend: dict[str, Any] | None = None, **fields: Any) -> Case:
    """Plant other fields in a record of the collection that the place names."""
    collection = place.partition("/")[0]
    return Case(place, edit(collection, at, **fields), mend and edit(collection, at, **mend))


def early(journey: jj.Journey) -> jj.Journey:
    return journey.replace("touchpoints", journey.touchpoints.assign(stage_id="awareness"))


def twin(journey: jj.Journey) -> jj.Journey:
    return journey.duplicate("personas", "Champion")


def emptied(lane: str) -> Change:
    return lambda journey: journey.set("Awareness", lane, None)


GOAL, PERSONA = "goals/less-churn", "personas/champion"
POINT, LAST, STAGE = "touchpoints/site", "touchpoints/notice", "stages/awareness"
FIGURE, MILESTONE = "measurements/conversion-awareness", "milestones/set-up"
LATE = {"start": TODAY - timedelta(days=90), "deadline": TODAY - timedelta(days=1)}
NET = figure("Net change", metric="MET-01-NET", stage_id="retention")
CHURN = figure("Churn", metric="MET-01", stage_id="retention")
WAITS = both(
    figure("Activation", metric="MET-05", n=50),
    figure("First value", metric="MET-06", unit="days", n=40),
    figure("All", metric="MET-06-ALL", unit="days", n=100),
)
REACH = figure("Reach", metric="OWN-03", value=0.1, stage_id="retention", milestone_id="set-up")
REFUSED = add("milestones", "No project", kind="MIL-02", refused_reason="There are no projects")
SCREENS = both(
    add("lanes", "Screens", kind="image"),
    lambda journey: journey.set("Awareness", "Screens", "start.png"),
)

CASES: dict[str, Case] = {
    "CHK-101": Case("goals", keep("goals")),
    "CHK-102": wrong(GOAL, unit="", mend={"unit": "%"}),
    "CHK-103": wrong(GOAL, target=6.0, mend={"target": 4.5}),
    "CHK-104": wrong(GOAL, deadline=None, mend={"deadline": TODAY + timedelta(days=99)}),
    "CHK-105": wrong(GOAL, means=(), mend={"means": ("Calls",)}),
    "CHK-106": wrong(GOAL, relevance="", kind="other", mend={"relevance": "Growth"}),
    "CHK-107": Case("map_type", say(map_type="opportunity"), say(based_on="Acme as it is")),
    "CHK-108": wrong("goals", stakeholders=(), mend={"stakeholders": ("Sales",)}),
    "CHK-109": wrong(GOAL, stage_id=None, mend={"stage_id": "retention"}),
    "CHK-110": wrong(GOAL, target=1.0, mend={"reason": "Half of it is one mistake"}),
    "CHK-111": wrong(GOAL, **LATE, mend={"actual": 4.1}),
    "CHK-201": Case("personas", keep("personas"), None, frozenset({"CHK-205", "CHK-701"})),
    "CHK-202": wrong(PERSONA, industry="", mend={"industry": "Agencies"}),
    "CHK-203": wrong(PERSONA, needs=(), mend={"needs": ("Order",)}),
    "CHK-204": wrong(PERSONA, sources=(), mend={"sources": ("interview",)}),
    "CHK-205": wrong(PERSONA, segment_id=None, mend={"segment_id": "teams"}),
    "CHK-206": wrong(PERSONA, interview={"PER-Q01": "Leads a team"}),
    "CHK-207": Case("personas/champion-2", twin, edit("personas", 1, needs=("Reports",))),
    "CHK-208": wrong(
        PERSONA, demographics="Write to jane.doe@example.org", mend={"demographics": "Leads six"}
    ),
    "CHK-209": wrong(PERSONA, motivations=(), mend={"motivations": ("To deliver",)}),
    "CHK-301": wrong(POINT, name="Trial", mend={"name": "Home page"}),
    "CHK-302": wrong(POINT, feelings="", mend={"feelings": "Curious"}),
    "CHK-303": wrong(POINT, contact=None, mend={"contact": "indirect"}),
    "CHK-304": wrong(LAST, -1, next=("nowhere",), mend={"next": ("end",)}),
    "CHK-305": Case(
        "stages/consideration",
        edit("touchpoints", 1, stage_id="awareness"),
        edit("touchpoints", 1, stage_id="consideration"),
    ),
    "CHK-306": Case("touchpoints", early, None, frozenset({"CHK-305"})),
    "CHK-307": wrong("touchpoints", -1, kind="", mend={"name": "Cancellation and win-back"}),
    "CHK-308": wrong(POINT, feedback_source="", mend={"feedback_source": "Survey"}),
    "CHK-309": Case(
        LAST, edit("touchpoints", -1, share=0.004), say(settings=Settings(rare_touchpoint=0.001))
    ),
    "CHK-401": Case(
        "stages", edit("stages", 1, name="Decision"), edit("stages", 1, name="Consideration")
    ),
    "CHK-402": wrong(STAGE, decisions=(), mend={"decisions": ("Whether to look closer",)}),
    "CHK-403": Case(
        "stages/advocacy",
        keep("measurements", 4),
        figure("Referrals", metric="MET-29", stage_id="advocacy"),
    ),
    "CHK-404": Case(
        "stages",
        say(stage_model="sales-funnel"),
        say(stage_model="treimedia-5"),
        frozenset({"CHK-306"}),
    ),
    "CHK-405": Case(
        STAGE,
        edit("stages", actions=tuple("abcdef")),
        add("stages", "First look", parent_id="awareness"),
    ),
    "CHK-406": wrong(STAGE, trigger="", mend={"trigger": "A project slips"}),
    "CHK-407": wrong("stages/consideration", 1, name="Adoption", mend={"name": "Look closer"}),
    "CHK-408": wrong(STAGE, obstacles=(), mend={"obstacles": ("Hard to tell apart",)}),
    "CHK-501": wrong("segments/teams", where={"tier": "team"}, mend={"where": {"plan": "team"}}),
    "CHK-502": wrong(FIGURE, value=None, n=0, mend={"value": 0.4, "n": 50}),
    "CHK-503": Case("measurements/net-change", NET, CHURN),
    "CHK-504": Case("sources", keep("sources", 1)),
    "CHK-505": wrong(FIGURE, value=None, n=None, suppressed=True),
    "CHK-506": wrong("sources/events", counted={"backward": 12}, mend={"counted": {"backward": 0}}),
    "CHK-507": wrong("insights/many-leave-at-the-setup", tag=None, mend={"tag": "pain"}),
    "CHK-508": Case("measurements/activation", WAITS, edit("measurements", 5, n=90)),
    "CHK-509": wrong("changes/new-setup", after=None, mend={"after": 0.5}),
    "CHK-601": wrong(MILESTONE, event="", mend={"rule": "starts with setup_"}),
    "CHK-602": Case("milestones", edit("milestones", 1, kind=""), REFUSED),
    "CHK-603": Case(
        STAGE,
        edit("conversions", from_stage_id=None),
        edit("conversions", from_stage_id="awareness"),
    ),
    "CHK-604": Case(
        MILESTONE, REACH, edit("milestones", reasons="The import", action="Offer a call")
    ),
    "CHK-605": wrong(MILESTONE, survey="", mend={"survey": "CSAT"}),
    "CHK-606": Case(
        MILESTONE,
        edit("milestones", effect=""),
        figure("Effect", metric="MET-44", unit="%", milestone_id="set-up"),
    ),
    "CHK-607": wrong("conversions/sign-up", blockers=(), mend={"blockers": ("The form",)}),
    "CHK-701": Case("map", emptied("Emotion"), lambda one: one.set("Awareness", "Emotion", -1)),
    "CHK-702": Case(
        "cells/screens/awareness",
        SCREENS,
        lambda one: one.set("Awareness", "Screens", "start.png", note="The start page"),
    ),
    "CHK-703": Case(
        "stages/retention",
        say(settings=Settings(items_per_stage=4)),
        say(settings=Settings(items_per_stage=5)),
    ),
    "CHK-704": wrong("reviews", comment="", mend={"comment": "Clear"}),
    "CHK-705": Case(
        "reviews",
        edit("reviews", day=TODAY - timedelta(days=100)),
        add("reviews", "Sales", day=TODAY, comment="Still right"),
    ),
    "CHK-706": Case(
        "lanes/pain-points",
        emptied("Pain points"),
        lambda one: one.set("Decision", "Pain points", ["Papers"]),
    ),
    "CHK-707": wrong(FIGURE, period="", mend={"period": PERIOD}),
    "CHK-708": Case("form", say(form=None), say(form="storyboard")),
}


def ids(journey: jj.Journey) -> set[str]:
    return set(jj.check(journey)["check"])


def test_nothing_is_found_on_a_complete_journey(complete: jj.Journey) -> None:
    assert jj.check(complete)[["check", "where", "message"]].values.tolist() == []


@pytest.mark.parametrize("check", CASES)
def test_a_planted_defect_is_found_and_mended(check: str, complete: jj.Journey) -> None:
    case = CASES[check]
    broken = case.plant(complete)
    found = jj.check(broken)
    assert set(found["check"]) == {check, *case.further}
    assert case.where in set(found.loc[found["check"] == check, "where"])
    collection = case.where.partition("/")[0]
    mended = (
        case.mend(broken)
        if case.mend
        else broken.replace(collection, getattr(complete.document, collection))
    )
    assert ids(mended) == set()


def test_the_checks_are_those_of_the_catalogue() -> None:
    registered = {found.id: found.level for found in rules()}
    assert registered == {key: entry["level"] for key, entry in catalogue.table("checks").items()}
    assert set(CASES) == set(registered)
    assert len(registered) == 61


@pytest.mark.parametrize("language", catalogue.languages())
def test_each_check_has_words(language: str) -> None:
    words = catalogue.texts(language)["checks"]
    assert all(words[found.id]["message"] and words[found.id]["fix"] for found in rules())
    places = {case.where.partition("/")[0] for case in CASES.values()}
    assert places <= set(catalogue.texts(language)["places"])


def test_findings_are_sorted_by_gravity(complete: jj.Journey) -> None:
    broken = both(*(CASES[check].plant for check in ("CHK-408", "CHK-102", "CHK-105")))(complete)
    assert jj.check(broken)["level"].tolist() == ["error", "warning", "hint"]


def test_a_finding_says_where_what_and_the_way_out() -> None:
    journey = jj.Journey.new("Draft").add("goals", name="Grow", deadline=date(2030, 1, 1))
    found = jj.check(journey, step=1).set_index("check").loc["CHK-102"]
    assert found["where"] == "goals/grow"
    assert "Grow" in found["message"]
    assert "Unit" in found["fix"]


def test_a_finding_of_a_persona_says_whose_cell_it_is(complete: jj.Journey) -> None:
    persona = complete.personas["id"][0]
    broken = complete.set("Awareness", "Metrics", 0.3, persona=persona)
    assert jj.check(broken)["where"].tolist() == [f"cells/metrics/awareness/{persona}"]


def test_one_step_runs_its_checks_only() -> None:
    found = jj.check(jj.Journey.new("Draft"), step=3)["check"]
    assert set(found.str[:5]) == {"CHK-3"}


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(jj.JourneyError, match="no step '9'"):
        jj.check(jj.Journey.new("Draft"), step=9)
