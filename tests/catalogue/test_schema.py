"""Every file of the catalogue holds what its kind of entry may hold, and nothing misspelt."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, create_model

from jupyter_journey import catalogue
from jupyter_journey.model.records import Goal, Milestone, Persona, Settings, SourceRole, Touchpoint

STAGES = tuple(catalogue.stage_models()["saas-8"]["stages"])
Canonical = Literal[STAGES]  # type: ignore[valid-type]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
MethodId = Annotated[str, Field(pattern=r"^[A-Z]+-[A-Z]?\d+[a-z]?$")]
Metrics = list[Literal[tuple(catalogue.metrics())]]  # type: ignore[misc]
Step = Annotated[int, Field(ge=1, le=7)]
Steps = list[Step]
Words = str | list[str] | dict[str, str]
OWN = "OWN"


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


def fields(*records: type[BaseModel]) -> Any:
    known = {name for record in records for name in record.model_fields}
    return Literal[tuple(sorted(known | {"promoters", "blockers"}))]


def shape(name: str, **optional: Any) -> type[BaseModel]:
    """A kind of entry whose fields may all be left out."""
    return create_model(
        name, __base__=Closed, **{key: (it | None, None) for key, it in optional.items()}
    )


class StageModel(Closed):
    method: MethodId | Literal["STG-F1", "OWN"]
    stages: list[Key]
    post_purchase: list[Key]
    groups: dict[Key, list[Key]] = {}
    means: dict[Key, list[Canonical]] = {}
    contrast: bool = False


class MapType(Closed):
    method: MethodId
    lanes: list[Key]
    optional: list[Key] = []


class StageAction(Closed):
    model: Literal[tuple(catalogue.stage_models())]  # type: ignore[valid-type]
    stages: list[Key]
    metrics: Metrics = []


class Check(Closed):
    step: Step
    level: Literal["error", "warning", "hint"]


class Claim(Closed):
    verified: Literal[False]
    ascribed_to: str | None


RECORDS = fields(Goal, Persona, Touchpoint, Milestone)
SETTING = Literal[tuple(Settings.model_fields)]  # type: ignore[valid-type]
MAPS = Literal[tuple(catalogue.map_types())]  # type: ignore[valid-type]
LANES = Literal[tuple(catalogue.lanes())]  # type: ignore[valid-type]
KINDS: dict[str, Any] = {
    "processes": shape("Process", way=bool, steps=Steps),
    "map_types": MapType,
    "stage_models": StageModel,
    "stage_actions": StageAction,
    "touchpoints": shape(
        "Start", stages=list[Canonical], contact=Literal["direct", "indirect"], common=bool
    ),
    "questions": shape("Question", group=Key, fields=list[RECORDS], within=MethodId),
    "personas": shape("Trait", need=Literal["must", "should", "may"], fields=list[RECORDS]),
    "goals": shape(
        "Aim",
        kinds=list[str],
        fields=list[RECORDS],
        example=dict[str, str | int],
        stakeholders=list[str],
        map_types=dict[str, list[MAPS]],
    ),
    "data": shape("Data", roles=list[SourceRole], tags=list[str], map_type=MAPS, setting=SETTING),
    "milestones": create_model(
        "Passage",
        __base__=Closed,
        **{"from": (Canonical | None, None), "to": (Canonical | None, None), "must": (bool, False)},
    ),
    "triggers": Closed,
    "paths": shape("Way", attribute=str, options=list[Key], ordered=bool),
    "segments": shape("Part", options=list[Key], unit=str, bounds=list[int]),
    "conversions": shape("Conversion", metrics=Metrics, fields=list[RECORDS]),
    "feelings": shape("Feeling", lanes=list[LANES]),
    "visualisation": shape(
        "Form", options=list[Key], shows=list[str], setting=SETTING, lanes=list[LANES]
    ),
    "tools": shape("Tool", product=str, roles=list[str], source=SourceRole),
    "examples": shape(
        "Example", of=list[str], journey=Key, tells=dict[MethodId, Canonical], claims=list[MethodId]
    ),
    "privacy": shape("Privacy", stages=list[Canonical]),
    "rules": shape("Rule", step=Step, checks=list[MethodId]),
    "checks": Check,
    "claims": Claim,
}
ELSEWHERE = {"lanes", "metrics"}  # tested with the records and the computing they are for


def test_every_kind_has_a_schema() -> None:
    assert set(KINDS) | ELSEWHERE == set(catalogue.kinds())


@pytest.mark.parametrize("kind", KINDS)
def test_the_entries_are_of_their_kind(kind: str) -> None:
    entries = TypeAdapter(dict[str, KINDS[kind]]).validate_python(catalogue.table(kind))
    assert entries


@pytest.mark.parametrize("language", catalogue.languages())
@pytest.mark.parametrize("kind", KINDS)
def test_the_words_belong_to_entries(kind: str, language: str) -> None:
    words = catalogue.texts(language)[kind]
    assert set(words) <= set(catalogue.table(kind))
    TypeAdapter(dict[str, str | dict[str, Words]]).validate_python(words)


@pytest.mark.parametrize("language", catalogue.languages())
def test_what_an_entry_lists_has_words(language: str) -> None:
    words = catalogue.texts(language)
    for kind in ("paths", "segments", "visualisation"):
        for key, entry in catalogue.table(kind).items():
            assert list(words[kind][key].get("options", {})) == entry.get("options", [])
    for key, entry in catalogue.table("processes").items():
        if entry.get("way"):
            assert len(words["processes"][key]["steps"]) == len(entry["steps"])
    groups = {entry["group"] for entry in catalogue.table("questions").values()}
    assert set(words["question_groups"]) == groups
    roles = {role for entry in catalogue.table("tools").values() for role in entry["roles"]}
    assert set(words["tool_roles"]) == roles


def test_actions_are_of_stages_of_their_model() -> None:
    for entry in catalogue.table("stage_actions").values():
        assert set(entry["stages"]) <= set(catalogue.stage_models()[entry["model"]]["stages"])
