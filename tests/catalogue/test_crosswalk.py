"""Stage models compared with the method's table, and what a conversion keeps and loses."""

from __future__ import annotations

from itertools import combinations

import pytest

from jupyter_journey import catalogue
from jupyter_journey.errors import UnknownNameError

# The method's table by hand: canonical stage → what each model has for it.
TABLE = {
    "nuoptima-faq-8": "Awareness|Consideration|Acquisition"
    "|Onboarding|Adoption|Retention|Expansion|Advocacy",
    "nuoptima-faq-5": "Awareness|Consideration|Purchase|||Retention||Advocacy",
    "slack-8": "Awareness|Consideration,Trial and evaluation|Purchase and onboarding"
    "|Purchase and onboarding|Adoption|Retention|Expansion|Advocacy",
    "hubspot-8": "Awareness|Consideration|Decision,Conversion"
    "|Conversion|Adoption|Retention|Expansion|Advocacy",
    "treimedia-5": "Awareness|Consideration|Decision|||Retention||Loyalty",
    "paypro-9": "Awareness|Consideration,Qualification,Evaluation|Purchase"
    "|Activation|Expansion|Renewal|Expansion|Referral",
    "growfusely-7": "Evaluation|Consideration|Adoption|Onboarding||Renewal|Expansion|Evangelism",
    "accelerate-6": "First-time visitor|Lead,Qualified lead|Opportunity,Customer"
    "|Customer||Post-sale|Post-sale|",
}
CANONICAL = catalogue.stage_models()["saas-8"]["stages"]


@pytest.mark.parametrize("model", TABLE)
def test_the_crosswalk_is_that_of_the_method(model: str) -> None:
    cells = [set(filter(None, cell.split(","))) for cell in TABLE[model].split("|")]
    expected = {
        (stage, name) for stage, names in zip(CANONICAL, cells, strict=True) for name in names
    }
    change = catalogue.convert("saas-8", model)
    kept = change[~change["what"].isin(["lost", "new"])]
    assert set(zip(kept["from"], kept["to_name"], strict=True)) == expected
    lost = change.loc[change["what"] == "lost", "from"]
    assert lost.tolist() == [
        stage for stage, names in zip(CANONICAL, cells, strict=True) if not names
    ]


def test_every_stage_is_accounted_for_there_and_back() -> None:
    models = catalogue.stage_models()
    for one, other in combinations(models, 2):
        there, back = catalogue.convert(one, other), catalogue.convert(other, one)
        for change, source, target in ((there, one, other), (back, other, one)):
            assert set(change["from"].dropna()) == set(models[source]["stages"])
            assert set(change["to"].dropna()) == set(models[target]["stages"])
        pairs = set(there[["from", "to"]].dropna().itertuples(index=False, name=None))
        assert pairs == set(back[["to", "from"]].dropna().itertuples(index=False, name=None))


@pytest.mark.parametrize("model", catalogue.stage_models())
def test_a_model_without_twins_converts_into_itself(model: str) -> None:
    meanings = [catalogue.meaning(model, key) for key in catalogue.stage_models()[model]["stages"]]
    apart = all(meanings) and sum(map(len, meanings)) == len(frozenset().union(*meanings))
    change = catalogue.convert(model, model)
    assert (set(change["what"]) == {"kept"}) == apart


def test_what_becomes_of_a_stage() -> None:
    change = catalogue.convert("slack-8", "saas-8")
    assert change.groupby("from", sort=False)["what"].first().to_dict() == {
        "awareness": "kept",
        "consideration": "merged",
        "trial": "merged",
        "decision": "split",
        "adoption": "kept",
        "retention": "kept",
        "advocacy": "kept",
        "expansion": "kept",
    }
    several = catalogue.convert("paypro-9", "slack-8").set_index("from")
    assert set(several.loc["evaluation", "what"]) == {"regrouped"}
    assert catalogue.convert("treimedia-5", "saas-8").query("what == 'new'")["to"].tolist() == [
        "onboarding",
        "adoption",
        "expansion",
    ]


def test_what_a_kept_stage_loses() -> None:
    change = catalogue.convert("accelerate-6", "treimedia-5").set_index("from_name")
    assert change.loc["Customer", "loses"] == ("onboarding",)
    assert change.loc["Post-sale", "loses"] == ("expansion",)


def test_an_unknown_model_is_named() -> None:
    with pytest.raises(UnknownNameError, match="no stage model 'saas-9'; did you mean 'saas-8'"):
        catalogue.convert("saas-9", "saas-8")
