"""The method is whole: each of its ids is an entry, or there is a reason why not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from jupyter_journey import Journey, catalogue
from jupyter_journey.steps import rules

HERE = Path(__file__).parent
IDS = (HERE / "method_ids.txt").read_text().split()
REASONS = yaml.safe_load((HERE / "method_reasons.yaml").read_text())
# What each part of the method counts, its own rules (MAP-R …) and sub-questions with it.
TOTALS = {
    prefix: int(count)
    for prefix, count in re.findall(
        r"(\w+) (\d+)",
        "PROC 8, MAP 12, STG 14, ACT 33, TAB 8, MET 44, TP 27, TPQ 6, PER 33, GOAL 5, DAT 12,"
        "MIL 13, TRG 2, PATH 6, SEG 6, CONV 3, EMO 1, VIS 10, TOOL 25, EX 24, FACT 18, GDPR 8,"
        "RULE 26, TRAP 14, CHK 61",
    )
}


def entries() -> dict[str, dict[str, Any]]:
    """Every entry by its id of the method."""
    return {
        entry.get("method", key): entry
        for kind in catalogue.kinds()
        for key, entry in catalogue.table(kind).items()
    }


def test_the_list_is_that_of_the_method() -> None:
    assert len(IDS) == len(set(IDS)) == sum(TOTALS.values())
    counts = {prefix: sum(key.split("-")[0] == prefix for key in IDS) for prefix in TOTALS}
    assert counts == TOTALS


def test_every_id_is_an_entry_or_has_a_reason() -> None:
    told = {key for entry in entries().values() for key in entry.get("tells", ())}
    found = set(entries()) | told
    assert [key for key in IDS if key not in found | set(REASONS)] == []
    assert [key for key in REASONS if key in found or key not in IDS] == []


def test_an_entry_refers_to_what_there_is() -> None:
    known = set(IDS) | set(catalogue.metrics())
    for key, entry in entries().items():
        for field in ("metrics", "checks", "of", "claims"):
            assert set(entry.get(field, ())) <= known, (key, field)


@pytest.mark.parametrize("language", catalogue.languages())
@pytest.mark.parametrize("kind", sorted(set(catalogue.kinds()) - {"checks"}))
def test_every_entry_has_a_name(kind: str, language: str) -> None:
    names = catalogue.frame(kind, language)["name"]
    assert names.map(lambda name: isinstance(name, str) and bool(name.strip())).all()


def test_a_source_is_a_guide_and_its_section() -> None:
    guides = catalogue.table("sources")
    named = [
        key for guide in guides.values() for keys in guide["sections"].values() for key in keys
    ]
    assert len(named) == len(set(named))
    assert set(named) <= set(IDS)
    ours = {key for key in IDS if key.startswith(("CHK", "TRAP"))}
    assert set(IDS) - set(named) == ours
    assert catalogue.frame("stage_actions")["source"].iloc[3] == (
        "NUOPTIMA, guide to a SaaS customer journey map: Onboarding"
    )


def test_a_rule_is_held_by_checks_of_its_own_step() -> None:
    checks = catalogue.table("checks")
    for key, entry in catalogue.table("rules").items():
        assert {checks[it]["step"] for it in entry.get("checks", ())} <= {entry["step"]}, key


def test_the_checks_that_look_have_the_level_of_the_method() -> None:
    told = catalogue.table("checks")
    assert rules()
    for step in range(1, 8):
        for found in rules(step):
            assert told[found.id] == {"step": step, "level": found.level}


# How the guides' defects are resolved.


def test_the_first_model_is_the_default_and_the_other_lists_are_their_own() -> None:
    assert Journey.new("x").document.stage_model == "saas-8"
    third = {key: catalogue.stage_names(key)["decision"] for key in ("saas-8", "nuoptima-faq-8")}
    assert third == {"saas-8": "Decision", "nuoptima-faq-8": "Acquisition"}
    for model in ("slack-8", "hubspot-8"):
        assert catalogue.stage_models()[model]["stages"][-2:] == ["advocacy", "expansion"]
    for word in ("acquisition", "purchase", "decision"):
        assert "ACT-03" in catalogue.search(word)["id"].tolist()


def test_the_groups_of_nine_stages_are_three() -> None:
    groups = Journey.new("x", stages="paypro-9").stages["group"].tolist()
    assert groups == ["Acquisition"] * 3 + ["Engagement"] * 3 + ["Retention"] * 3


def test_names_belong_to_the_model_and_ids_are_canonical() -> None:
    stages = Journey.new("x", stages="growfusely-7").stages.set_index("name")["id"]
    assert stages[["Evaluation", "Adoption"]].tolist() == ["awareness", "decision"]


def test_the_worked_goal_is_time_to_first_value() -> None:
    example = catalogue.table("goals")["GOAL-03"]["example"]
    assert example["metric"] == "MET-06"
    assert (example["target"] - example["baseline"]) / example["baseline"] == pytest.approx(-1 / 3)


def test_metrics_are_named_for_what_they_compute_and_say_their_period() -> None:
    metrics = catalogue.frame("metrics").set_index("id")
    names = ["Customer churn", "Net customer change", "Customer acquisition cost"]
    assert metrics.loc[["MET-01", "MET-01-NET", "MET-03"], "name"].tolist() == names
    assert metrics.loc["MET-07", "name"] == "Net promoter score"
    computed = metrics[metrics["inputs"].notna()]
    assert computed["period"].notna().all()


def test_classes_do_not_overlap() -> None:
    segments = catalogue.table("segments")
    assert segments["SEG-05"]["bounds"] == [1, 20, 50, 200, 500]
    assert segments["SEG-06"]["bounds"][:2] == [0, 100_000]


def test_claims_are_told_only_when_asked_for() -> None:
    claims = catalogue.frame("claims")
    assert not claims["verified"].any()
    for claim in claims["name"]:
        assert catalogue.search(claim).empty
