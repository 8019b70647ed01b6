"""Step 4: what stages say, what other models lose, which stage an event stands for."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import jupyter_journey as jj
from jupyter_journey import catalogue, paths
from jupyter_journey.errors import UnknownNameError
from jupyter_journey.steps import Request, stages

SAAS = paths.sample_data() / "saas"
ENTRY = json.loads((SAAS / "truth.json").read_text("utf-8"))["planted"]["entry_events"]


@pytest.fixture(scope="module")
def sample() -> jj.Journey:
    return jj.Journey.load(SAAS / "saas.journey.json")


@pytest.fixture(scope="module")
def unmapped(sample: jj.Journey) -> jj.Journey:
    bare = [stage.model_copy(update={"events": ()}) for stage in sample.document.stages]
    return sample.replace("stages", bare)


def only_events(journey: jj.Journey) -> jj.Journey:
    return journey.replace("sources", [s for s in journey.document.sources if s.role == "events"])


def proposals(journey: jj.Journey) -> dict[str, str]:
    frame = stages.run(journey).frames["mapping"].dropna(subset="proposal")
    return dict(zip(frame["event"], frame["proposal"], strict=True))


def test_the_crm_tells_which_stage_an_event_enters(unmapped: jj.Journey) -> None:
    names = {stage.id: stage.name for stage in unmapped.document.stages}
    told = proposals(unmapped)
    planted = {event: names[stage] for stage, events in ENTRY.items() for event in events}
    del planted["view_pricing"]  # the CRM lists who began a trial, not who looked at prices
    assert {event: told[event] for event in told if event in planted} == {
        event: stage for event, stage in planted.items() if event in told
    }
    assert set(told) >= {"visit", "subscribe", "complete_setup", "complete_project", "renew"}


def test_without_a_crm_the_stage_customers_are_in_tells(sample: jj.Journey) -> None:
    journey = only_events(sample)
    log = pd.read_csv(SAAS / "events.csv").sort_values(["customer", "time", "sequence"])
    entered = {event: stage for stage, events in ENTRY.items() for event in events}
    place: dict[str, str] = {}
    seen: list[str] = []
    met: set[str] = set()
    for customer, event in zip(log["customer"], log["event"], strict=True):
        if event == "use_automation" and customer not in met:
            met.add(customer)
            seen.append(place.get(customer, ""))
        if event in entered:
            place[customer] = entered[event]
    most = pd.Series(seen).value_counts(normalize=True)
    rows = stages.run(journey).frames["mapping"].set_index("event")
    assert rows.loc["use_automation", "proposal"] == most.index[0].title()
    assert f"{most.iloc[0]:.0%} of those" in rows.loc["use_automation", "reason"]


def test_with_the_log_alone_the_order_tells(unmapped: jj.Journey) -> None:
    told = proposals(only_events(unmapped))
    order = [stage.name for stage in unmapped.document.stages]
    ways = ["visit", "start_trial", "subscribe", "complete_setup", "complete_project", "renew"]
    places = [order.index(told[event]) for event in ways]
    assert places == sorted(places)
    assert places[0] < places[-1]


def test_what_ends_the_journey_and_what_few_do_is_not_proposed(unmapped: jj.Journey) -> None:
    rows = stages.run(unmapped).frames["mapping"].set_index("event")
    assert pd.isna(rows.loc["cancel", "proposal"])
    assert "does it end the journey?" in rows.loc["cancel", "reason"]
    assert {"refer", "write_review"}.isdisjoint(rows.index)  # of less than one in a hundred


def test_only_what_is_accepted_is_written(unmapped: jj.Journey) -> None:
    result = stages.run(unmapped)
    assert result.journey == unmapped
    rows = result.frames["mapping"]
    after = stages.accept(unmapped, rows[rows["event"].isin(["visit", "cancel", "subscribe"])])
    held = {stage.id: stage.events for stage in after.document.stages if stage.events}
    assert held == {"awareness": ("visit",), "decision": ("subscribe",)}
    assert stages.accept(after, rows.head(1)) == after
    wrong = pd.DataFrame({"event": ["visit"], "proposal": ["Awarenes"]})
    with pytest.raises(UnknownNameError, match="did you mean 'Awareness'"):
        stages.accept(unmapped, wrong)


def test_of_nearly_all_it_is_not_said_how_many(tmp_path: Path) -> None:
    rows = [(f"c{n}", "visit", time) for n in range(40) for time in (0, 99)]
    rows += [(f"c{n}", "buy", 50) for n in range(20)]
    frame = pd.DataFrame(rows, columns=["customer", "event", "time"])
    frame["time"] = pd.Timestamp("2026-01-01") + pd.to_timedelta(frame["time"], unit="h")
    frame.to_csv(tmp_path / "events.csv", index=False)
    came = ["Decision"] * 19 + ["Awareness"]
    crm = pd.DataFrame({"customer": [f"c{n}" for n in range(20)], "lifecycle": came})
    crm.to_csv(tmp_path / "crm.csv", index=False)
    sources = {"events": tmp_path / "events.csv", "crm": tmp_path / "crm.csv"}
    rows_told = stages.run(jj.Journey.new("Shop", sources=sources)).frames["mapping"]
    told = rows_told.set_index("event")["reason"]
    assert told["buy"].startswith("nearly all of those")
    assert "95%" not in " ".join(told)


def test_another_model_keeps_what_it_can_and_says_what_it_loses(sample: jj.Journey) -> None:
    rows = stages.change(sample, "treimedia-5").set_index("from")
    lost = {key for key, what in rows["what"].items() if what == "lost"}
    assert lost == {"onboarding", "adoption", "expansion"}
    after = stages.convert(sample, "treimedia-5")
    assert after.document.stage_model == "treimedia-5"
    assert after.stages["id"].tolist() == catalogue.stage_models()["treimedia-5"]["stages"]
    assert after.document.stages[0].actions == sample.document.stages[0].actions
    for point in after.document.touchpoints:
        before = next(one for one in sample.document.touchpoints if one.id == point.id)
        assert point.stage_id == (None if before.stage_id in lost else before.stage_id)
    kept = [cell for cell in sample.document.cells if cell.stage_id not in lost]
    assert len(after.document.cells) == len(kept)


def test_what_becomes_one_stage_says_what_all_said() -> None:
    journey = jj.Journey.new("Acme").set("Adoption", "Actions", ["Use it"])
    journey = journey.set("Expansion", "Actions", ["Add seats"]).set("Adoption", "Emotion", 1)
    frame = journey.stages.assign(trigger=[f"T{n}" for n in range(8)])
    events = [(f"e{n}",) for n in range(8)]
    journey = journey.replace("stages", frame.assign(events=events))
    after = stages.convert(journey, "paypro-9")
    assert after.wide().loc["Actions", "Expansion"] == ("Use it", "Add seats")
    assert after.wide().loc["Emotion", "Expansion"] == 1
    joined = next(stage for stage in after.document.stages if stage.id == "expansion")
    assert joined.events == ("e4", "e6")
    assert joined.trigger == "T6"  # on from the last of them


def test_sub_steps_go_with_their_stage() -> None:
    journey = jj.Journey.new("Acme").add("stages", name="Set-up", parent_id="onboarding")
    shown = stages.run(journey).frames["stages"]["name"].tolist()
    assert shown[3:5] == ["Onboarding", "Onboarding › Set-up"]
    journey = journey.add("stages", name="Trial", parent_id="consideration")
    journey = journey.add("stages", name="Import", parent_id="set-up")
    assert journey.stages["name"].tolist()[1:3] == ["Consideration", "Trial"]
    journey = journey.add("touchpoints", name="Sandbox", stage_id="trial")
    after = stages.convert(journey, "hubspot-8")
    assert after.stages["name"].tolist()[1:7] == [
        *("Consideration", "Trial", "Decision", "Conversion", "Set-up", "Import"),
    ]
    parents = after.stages.set_index("name")["parent_id"]
    assert parents[["Trial", "Set-up", "Import"]].tolist() == [
        *("consideration", "onboarding", "set-up"),
    ]
    assert after.document.touchpoints[0].stage_id == "trial"
    told = stages.change(journey, "hubspot-8").set_index("from")["content"]
    assert told["consideration"] == 1
    assert "Set-up" not in set(stages.convert(journey, "treimedia-5").stages["name"])


def test_a_sub_step_gives_way_to_a_stage_of_its_id() -> None:
    journey = jj.Journey.new("Acme").add("stages", name="Trial", parent_id="consideration")
    journey = journey.add("touchpoints", name="Sandbox", stage_id="trial")
    after = stages.convert(journey, "slack-8")
    step = next(stage for stage in after.document.stages if stage.parent_id)
    assert (step.name, step.parent_id) == ("Trial", "consideration")
    assert after.document.touchpoints[0].stage_id == step.id
    assert step.id not in catalogue.stage_models()["slack-8"]["stages"]


@pytest.mark.parametrize("model", [m for m in catalogue.stage_models() if m != "saas-8"])
def test_a_journey_goes_to_any_model(sample: jj.Journey, model: str) -> None:
    if catalogue.stage_models()[model].get("contrast"):
        model = "treimedia-5"
    after = stages.convert(sample, model)
    names = list(catalogue.stage_names(model).values())
    assert after.stages["name"].tolist()[: len(names)] == names
    assert jj.Journey(after.document).dumps()


def test_the_model_asked_for_is_only_looked_at(sample: jj.Journey) -> None:
    result = stages.run(sample, Request(stage_model="paypro-9"))
    assert result.journey == sample
    assert set(result.frames["change"]["what"]) == {"kept", "merged", "split"}
    assert "Consideration" in result.sentences["change"]
    assert "change" not in stages.run(sample, Request(stage_model="saas-8")).frames


def test_own_stages_keep_what_bears_the_same_name(sample: jj.Journey) -> None:
    result = stages.run(sample, Request(stage_model="Awareness, Trial, Decision"))
    assert result.journey == sample
    rows = result.frames["change"]
    what = dict(zip(rows["from_name"].fillna(rows["to_name"]), rows["what"], strict=True))
    assert what == {
        **dict.fromkeys(sample.stages["name"], "lost"),
        "Awareness": "kept",
        "Trial": "new",
        "Decision": "kept",
    }
    after = stages.convert(sample, ["Awareness", "Trial", "Decision"])
    assert after.stages[["id", "name"]].to_numpy().tolist() == [
        ["awareness", "Awareness"],
        ["trial", "Trial"],
        ["decision", "Decision"],
    ]
    assert after.document.stage_model == ""
    assert after.document.stages[2].actions == sample.document.stages[2].actions
    places = {point.stage_id for point in after.document.touchpoints}
    assert places == {"awareness", "decision", None}
    assert {cell.stage_id for cell in after.document.cells} == {"awareness", "decision"}


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("treimedia-5", ["Awareness", "Consideration", "Decision", "Retention", "Loyalty"]),
        ("Look, Buy, Use", ["Look", "Buy", "Use"]),
        ("Look,", ["Look"]),
    ],
)
def test_a_new_journey_takes_the_model_or_ones_own_stages(given: str, names: list[str]) -> None:
    assert Request(stage_model=given).open().stages["name"].tolist() == names


def test_a_transition_names_what_leads_out_of_its_stage_and_applies() -> None:
    journey = jj.Journey.new("Shop", stages=["Look", "Buy", "Use"])
    journey = journey.add("stages", name="Pay", parent_id="buy")
    for name, start, end, why in [
        ("Sign-up", "look", "use", ""),
        ("Form", "buy", "pay", ""),
        ("Paid", "pay", "use", ""),
        ("Club", "buy", "use", "There is none"),
    ]:
        about = {"from_stage_id": start, "to_stage_id": end, "refused_reason": why}
        journey = journey.add("milestones", name=name, **about)
    rows = stages.run(journey).frames["passages"]
    assert rows["milestones"].tolist() == [("Sign-up",), ("Paid",)]
    assert "CHK-603" not in set(jj.check(journey)["check"])
    bare = journey.remove("milestones", "Paid")
    found = jj.check(bare, step=6).set_index("check")
    assert found.loc["CHK-603", "where"] == "stages/buy"


def test_transitions_without_a_trigger_and_paths_are_told() -> None:
    about = {"sales_process": "free-trial", "product_path": "found", "price": "team"}
    journey = jj.Journey.new("Shop", stages=["Look", "Buy", "Use"], language="de")
    journey = journey.replace("stages", journey.stages.assign(trigger=["Werbung", "", ""]))
    journey = journey.add("paths", name="Selbst", **about)
    journey = journey.add("milestones", name="Bestellt", from_stage_id="buy", to_stage_id="use")
    result = stages.run(journey)
    rows = result.frames["passages"]
    assert rows["milestones"].tolist() == [(), ("Bestellt",)]
    assert "Buy → Use" in result.sentences["passages"]
    assert "Look → Buy" not in result.sentences["passages"]
    words = catalogue.texts("de")["paths"]
    told = result.frames["paths"].loc[0, ["sales_process", "product_path", "price"]].tolist()
    assert told == [
        words["PATH-03"]["options"]["free-trial"],
        words["PATH-04"]["options"]["found"],
        words["PATH-05"]["options"]["team"],
    ]
