"""Rules that map events to stages, touchpoints and milestones, against sets written by hand."""

from __future__ import annotations

import pandas as pd
import pytest

import jupyter_journey as jj
from jupyter_journey.errors import ColumnError, ParameterError
from jupyter_journey.events import coverage, mapped

LOG = jj.read_events(
    pd.DataFrame(
        [
            ("a", "visit", "/", "2026-01-01"),
            ("a", "visit", "/pricing", "2026-01-02"),
            ("a", "trial_start", "", "2026-01-03"),
            ("a", "trial_end", "", "2026-01-04"),
            ("b", "visit", "/pricing", "2026-01-01"),
            ("b", "buy", "/pricing", "2026-01-05"),
            ("c", "help", "", "2026-01-05"),
        ],
        columns=["customer", "event", "page", "time"],
    )
)


def journey(
    rules: list[tuple[str, ...]], events: list[tuple[str, ...]] | None = None
) -> jj.Journey:
    base = jj.Journey.new("Shop", stages=[f"S{number}" for number in range(len(rules))])
    events = events or [()] * len(rules)
    return base.replace("stages", base.stages.assign(rules=rules, events=events))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("is visit", {"visit"}),
        ("is nothing", set()),
        ("starts with trial_", {"trial_start", "trial_end"}),
        ("matches ^(buy|help)$", {"buy", "help"}),
        ("matches _", {"trial_start", "trial_end"}),
    ],
)
def test_rules_without_condition_name_events(rule: str, expected: set[str]) -> None:
    found = mapped(LOG, journey([(rule,)]))
    assert set(found.stages.get("S0", ())) == expected
    assert found.log.fingerprint == LOG.fingerprint


def test_a_condition_tells_rows_of_one_event_apart() -> None:
    found = mapped(LOG, journey([("is visit",), ("is visit where page = /pricing",), ("is buy",)]))
    pricing = "visit [page = /pricing]"
    assert dict(found.stages) == {
        "S0": ("visit", pricing),
        "S1": (pricing,),
        "S2": ("buy",),
    }
    funnel = found.log.funnel(found.stages)
    # a: visit, then pricing, no buy; b: pricing is its first visit, so S1 is never reached after it
    assert funnel["customers"].tolist() == [2, 1, 0]
    assert found.log.n == LOG.n
    assert found.log.where({"page": "/pricing"}).n == 3


def test_conditions_join_and_overlap() -> None:
    rules = [
        ("starts with v where page = /pricing",),
        ("is visit where page = /pricing and customer = b",),
    ]
    found = mapped(LOG, journey(rules))
    assert [len(names) for names in found.stages.values()] == [2, 1]
    counts = found.log.frame()["event"].value_counts()
    assert counts[list(found.stages["S1"])].sum() == 1
    assert counts[list(found.stages["S0"])].sum() == 2


def test_coverage_counts_every_event_once() -> None:
    base = journey([(), ("starts with trial_",)], [("visit", "call"), ()])
    base = base.add("touchpoints", name="Shop", rules=("is buy", "is visit"))
    base = base.add("milestones", name="First order", event="buy", rule="starts with bu")
    table = coverage(LOG, base)
    assert table["n"].sum() == LOG.n
    assert table[["event", "n", "customers"]].values.tolist() == [
        ["visit", 3, 2],
        ["buy", 1, 1],
        ["help", 1, 1],
        ["trial_end", 1, 1],
        ["trial_start", 1, 1],
        ["call", 0, 0],
    ]
    by_event = table.set_index("event").fillna("")
    assert by_event["stage"].to_dict() == {
        "visit": "S0",
        "buy": "",
        "help": "",
        "trial_end": "S1",
        "trial_start": "S1",
        "call": "S0",
    }
    assert by_event.loc["visit", "touchpoint"] == "Shop"
    assert by_event.loc["buy", ["touchpoint", "milestone"]].tolist() == ["Shop", "First order"]


def test_an_event_of_two_stages_shows_both() -> None:
    table = coverage(LOG, journey([(), ("matches buy",)], [("buy",), ()])).set_index("event")
    assert table.loc["buy", "stage"] == "S0, S1"


def test_rules_are_kept_in_the_file() -> None:
    text = journey([("starts with trial_",)]).dumps()
    assert jj.Journey.loads(text).document.stages[0].rules == ("starts with trial_",)


@pytest.mark.parametrize(
    "rule", ["visit", "", "begins with x", "matches (", "is visit where page", "is "]
)
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(ParameterError, match="starts with trial_"):
        mapped(LOG, journey([(rule,)]))


def test_a_condition_on_an_unknown_column_is_refused() -> None:
    with pytest.raises(ColumnError, match="Did you mean 'page'"):
        mapped(LOG, journey([("is visit where pge = /",)]))
