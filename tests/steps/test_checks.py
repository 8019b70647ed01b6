"""Each check fires on its planted defect, and falls silent once the defect is mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

import jupyter_journey as jj
from jupyter_journey import catalogue, paths
from jupyter_journey.model.records import Measurement, Segment, Settings, Touchpoint
from jupyter_journey.steps import rules

Plant = Callable[[jj.Journey], jj.Journey]

SAAS = paths.sample_data() / "saas" / "saas.journey.json"


def edit(collection: str, **fields: object) -> Plant:
    """Change the first record of a collection."""

    def plant(journey: jj.Journey) -> jj.Journey:
        first, *rest = getattr(journey.document, collection)
        return journey.replace(collection, [first.model_copy(update=fields), *rest])

    return plant


def empty(collection: str) -> Plant:
    return lambda journey: journey.replace(collection, [])


def figure(**fields: object) -> Plant:
    made = Measurement(id="planted", name="Planted", metric="MET-37", **fields)
    return lambda journey: journey.replace("measurements", [made])


def without_milestones(journey: jj.Journey) -> jj.Journey:
    return journey.replace("milestones", journey.document.milestones[1:])


def early_touchpoints_only(journey: jj.Journey) -> jj.Journey:
    early = [p for p in journey.document.touchpoints if p.stage_id == "awareness"]
    return journey.replace("touchpoints", early)


def early_stages_only(journey: jj.Journey) -> jj.Journey:
    kept = journey.replace("cells", []).replace("touchpoints", []).replace("milestones", [])
    kept = kept.replace("goals", []).replace("measurements", [])
    return kept.replace("stages", journey.document.stages[:3])


def twin_personas(journey: jj.Journey) -> jj.Journey:
    first, *rest = journey.document.personas
    twin = first.model_copy(update={"id": "twin", "name": "Twin"})
    return journey.replace("personas", [first, twin, *rest])


YESTERDAY = date.today() - timedelta(days=1)  # noqa: DTZ011

PLANTED: dict[str, Plant] = {
    "CHK-101": empty("goals"),
    "CHK-102": edit("goals", unit=""),
    "CHK-103": edit("goals", target=40.0),
    "CHK-104": edit("goals", deadline=None),
    "CHK-105": edit("goals", means=()),
    "CHK-106": edit("goals", relevance="", kind="other"),
    "CHK-107": lambda journey: journey.change(map_type="opportunity"),
    "CHK-108": lambda journey: journey.replace(
        "goals", [goal.model_copy(update={"stakeholders": ()}) for goal in journey.document.goals]
    ),
    "CHK-109": edit("goals", stage_id=None),
    "CHK-110": edit("goals", target=5.0),
    "CHK-111": edit("goals", start=None, deadline=YESTERDAY, actual=None),
    "CHK-201": empty("personas"),
    "CHK-202": edit("personas", industry=""),
    "CHK-203": edit("personas", needs=()),
    "CHK-204": edit("personas", sources=()),
    "CHK-205": edit("personas", segment_id=None),
    "CHK-207": twin_personas,
    "CHK-208": edit("personas", demographics="Write to jane.doe@example.org"),
    "CHK-209": edit("personas", motivations=()),
    "CHK-301": edit("touchpoints", stage_id=None),
    "CHK-302": edit("touchpoints", feelings=""),
    "CHK-303": edit("touchpoints", contact=None),
    "CHK-304": edit("touchpoints", next=("nowhere",)),
    "CHK-305": early_touchpoints_only,
    "CHK-306": early_touchpoints_only,
    "CHK-308": edit("touchpoints", feedback_source=""),
    "CHK-401": empty("stages"),
    "CHK-402": edit("stages", decisions=()),
    "CHK-403": empty("measurements"),
    "CHK-404": early_stages_only,
    "CHK-406": edit("stages", trigger=""),
    "CHK-408": edit("stages", obstacles=()),
    "CHK-504": empty("sources"),
    "CHK-505": figure(suppressed=True, n=4),
    "CHK-601": edit("milestones", event=""),
    "CHK-603": without_milestones,
    "CHK-604": lambda journey: figure(milestone_id="trial-started", value=0.1, n=99, period="2026")(
        edit("milestones", action="")(journey)
    ),
    "CHK-605": edit("milestones", survey=""),
    "CHK-701": empty("personas"),
    "CHK-703": lambda journey: journey.change(settings=Settings(items_per_stage=1)),
    "CHK-706": lambda journey: journey.replace("cells", []),
    "CHK-707": figure(value=0.3),
}


@pytest.fixture(scope="module")
def sound() -> jj.Journey:
    """A journey with nothing to find: the sample, filled and with a figure in every stage."""
    journey = jj.steps.visualisation.filled(jj.Journey.load(SAAS))
    figures = [
        Measurement(
            id=stage.id,
            name="Conversion",
            metric="MET-37",
            stage_id=stage.id,
            value=0.5,
            n=100,
            period="2026-01-01/2026-06-30",
        )
        for stage in journey.document.stages
    ]
    return journey.replace("measurements", figures)


def ids(journey: jj.Journey) -> set[str]:
    return set(jj.check(journey)["check"])


def test_nothing_is_found_on_a_sound_journey(sound: jj.Journey) -> None:
    assert jj.check(sound)[["check", "where", "message"]].values.tolist() == []


@pytest.mark.parametrize("check", PLANTED)
def test_a_planted_defect_is_found(check: str, sound: jj.Journey) -> None:
    if check == "CHK-401":
        bare = jj.Journey.new("Bare", stages=["One"])
        broken = bare.replace("stages", [])
    else:
        broken = PLANTED[check](sound)
    assert check in ids(broken)


def test_every_registered_check_is_planted_and_worded() -> None:
    registered = {found.id for found in rules()}
    assert registered == set(PLANTED)
    for language in catalogue.languages():
        assert registered <= set(catalogue.texts(language)["checks"])


def test_findings_are_sorted_by_gravity(sound: jj.Journey) -> None:
    broken = PLANTED["CHK-408"](PLANTED["CHK-102"](PLANTED["CHK-105"](sound)))
    assert jj.check(broken)["level"].tolist() == ["error", "warning", "hint"]


def test_a_finding_says_where_what_and_the_way_out() -> None:
    journey = jj.Journey.new("Draft").add("goals", name="Grow", deadline=date(2030, 1, 1))
    found = jj.check(journey, step=1).set_index("check").loc["CHK-102"]
    assert found["where"] == "goals/grow"
    assert "Grow" in found["message"]
    assert "unit" in found["fix"]


def test_one_step_runs_its_checks_only() -> None:
    found = jj.check(jj.Journey.new("Draft"), step=3)["check"]
    assert set(found.str[:5]) == {"CHK-3"}


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(jj.JourneyError, match="no step '9'"):
        jj.check(jj.Journey.new("Draft"), step=9)


def test_a_phone_number_in_a_persona_is_found(sound: jj.Journey) -> None:
    broken = edit("personas", needs=("Call +49 170 1234567",))(sound)
    assert "CHK-208" in ids(broken)


def test_unreachable_touchpoints_are_named(sound: jj.Journey) -> None:
    points = sound.document.touchpoints
    island = Touchpoint(id="island", name="Island", stage_id="adoption", next=("end",))
    found = jj.check(sound.replace("touchpoints", [*points, island]), step=3)
    assert "island" in " ".join(found.loc[found["check"] == "CHK-304", "message"])


def test_segments_without_a_persona_are_named(sound: jj.Journey) -> None:
    segments = [*sound.document.segments, Segment(id="solo", name="Solo")]
    assert "CHK-205" in ids(sound.replace("segments", segments))


def test_an_overdue_goal_with_its_value_is_no_finding(sound: jj.Journey) -> None:
    mended = edit("goals", start=None, deadline=YESTERDAY, actual=21.0)(sound)
    assert "CHK-111" not in ids(mended)


def test_a_refused_milestone_needs_no_event(sound: jj.Journey) -> None:
    mended = edit("milestones", event="", refused_reason="There is no trial.")(sound)
    assert "CHK-601" not in ids(mended)
