import hashlib
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from jupyter_journey.charts import map_svg
from jupyter_journey.errors import ColumnError, ParameterError, SourceError, UnknownNameError
from jupyter_journey.events import read_events
from jupyter_journey.metrics import METRICS, measure, stale
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Settings
from jupyter_journey.steps import Request, milestones

ENTRY = {
    "awareness": ("visit",),
    "decision": ("subscribe",),
    "adoption": ("finish",),
}
DAY = pd.Timedelta(days=1)
START = pd.Timestamp("2026-01-01", tz="UTC")


def events() -> pd.DataFrame:
    """40 visit on day 0, 30 subscribe on day 1, 20 finish 2 + 2 i days later, 6 cancel."""
    rows = [(f"c{i:02}", "visit", 0.0) for i in range(40)]
    rows += [(f"c{i:02}", "subscribe", 1.0) for i in range(30)]
    rows += [(f"c{i:02}", "finish", 3.0 + 2 * i) for i in range(20)]
    rows += [(f"c{i:02}", "cancel", 80.0) for i in range(6)]
    rows += [("late", "visit", 89.0), ("late", "subscribe", 90.0)]
    frame = pd.DataFrame(rows, columns=["customer", "event", "day"])
    frame["time"] = START + frame.pop("day") * DAY
    number = frame["customer"].str[1:].str.extract(r"(\d+)")[0].fillna("0").astype(int)
    return frame.assign(half=np.where(number % 2 == 0, "even", "odd"))


def journey(**about: str) -> Journey:
    base = Journey.new("Acme", **about)
    filled = base.stages.assign(events=[ENTRY.get(key, ()) for key in base.stages["id"]])
    return base.replace("stages", filled).change(settings=Settings(min_group=5))


def figures(measured: Journey) -> pd.DataFrame:
    return measured.measurements.set_index("id")


def test_conversion_is_the_share_of_the_stage_before_with_its_interval() -> None:
    found = figures(measure(journey(), {"events": events()})).loc["met-37-decision"]
    assert (found["value"], found["n"]) == (31 / 41, 41)
    low, high = stats.binomtest(31, 41).proportion_ci(0.95, method="wilson")
    np.testing.assert_allclose([found["low"], found["high"]], [low, high])


def test_activation_leaves_out_those_whose_time_is_not_over() -> None:
    found = figures(measure(journey(), {"events": events()})).loc["met-05-adoption"]
    # of 31 subscribers "late" has had no 30 days; waits are 2, 4, … 40 days: 15 within 30
    assert (found["value"], found["n"]) == (15 / 30, 30)


def test_time_to_first_value_is_a_median_in_days() -> None:
    found = figures(measure(journey(), {"events": events()})).loc["met-06-adoption"]
    waits = np.arange(2, 41, 2)
    assert (found["value"], found["n"], found["unit"]) == (np.median(waits), 20, "days")
    rank = int(stats.binom.ppf(0.025, 20, 0.5))  # P(heads < rank) is within 2.5 %
    assert (found["low"], found["high"]) == (waits[rank - 1], waits[-rank])


def test_churn_is_the_lost_of_those_at_the_start() -> None:
    found = figures(measure(journey(), {"events": events()})).loc["met-01-retention"]
    assert (found["value"], found["n"]) == (6 / 30, 30)  # "late" came within the 30 days
    assert found["period"] == "2026-03-02/2026-04-01"


def test_churn_of_a_period_counts_customers_won_before_it() -> None:
    found = measure(journey(), {"events": events()}, period="2026-03").measurements
    row = found[found["metric"] == "MET-01"].iloc[0]
    assert (row["value"], row["n"], row["period"]) == (6 / 30, 30, "2026-03-01/2026-03-31")


def test_a_milestone_counts_from_the_stage_it_leaves() -> None:
    base = journey().add(
        "milestones",
        name="First result",
        event="finish",
        from_stage_id="decision",
        to_stage_id="adoption",
    )
    found = figures(measure(base, {"events": events()})).loc["own-03-first-result"]
    assert (found["value"], found["n"]) == (20 / 31, 31)
    assert (found["milestone_id"], found["stage_id"]) == ("first-result", "adoption")


def test_first_means_the_first_of_all_also_in_a_period(tmp_path: Path) -> None:
    """40 subscribe in January and again in March; of 20 who first do in March, 10 finish."""
    old, new = ([f"{name}{i:02}" for i in range(n)] for name, n in (("old", 40), ("new", 20)))
    rows = [(name, "subscribe", day) for name in old for day in (5, 65)]
    rows += [(name, "finish", 70) for name in old] + [(name, "visit", 4) for name in old]
    rows += [(name, "subscribe", 60) for name in new]
    rows += [(name, "finish", 63) for name in new[:10]]
    rows += [(name, "finish", 95) for name in new[10:]]  # in April
    data = pd.DataFrame(rows, columns=["customer", "event", "day"])
    data["time"] = START + data.pop("day") * DAY
    about = {"event": "finish", "from_stage_id": "decision", "to_stage_id": "adoption"}
    base = journey().add("milestones", name="First result", **about)
    found = measure(base, {"events": data}, period="2026-03").measurements.set_index("metric")
    assert found.loc["OWN-03", ["value", "n"]].tolist() == [0.5, 20]
    assert "on the way" in found.loc["OWN-03", "formula"]
    assert found.loc["MET-06", ["value", "n"]].tolist() == [3.0, 10]
    assert found.loc["MET-06-ALL", "n"] == 20
    only_old = data[data["customer"].isin(old)]
    nobody = measure(base, {"events": only_old}, period="2026-03").measurements
    assert nobody.set_index("metric").loc["OWN-03", "value"] is pd.NA
    data.to_csv(tmp_path / "log.csv", index=False)
    frame = base.document.milestones[0].model_dump()
    own = journey(sources={"events": str(tmp_path / "log.csv")}).add("milestones", **frame)
    shown = milestones.run(own, Request(period="2026-03")).frames["milestones"]
    assert shown[["n", "customers"]].values.tolist() == [[20, 10]]


def test_every_figure_says_where_it_comes_from(tmp_path: object) -> None:
    events().to_csv(f"{tmp_path}/log.csv", index=False)
    base = journey(sources={"events": f"{tmp_path}/log.csv"})  # type: ignore[arg-type]
    found = measure(base).measurements
    assert set(found["source_id"]) == {"events"}
    digest = hashlib.sha256(Path(f"{tmp_path}/log.csv").read_bytes()).hexdigest()
    assert set(found["fingerprint"].str.split("+").str[0]) == {f"sha256:{digest}"}
    assert set(found["lane_id"].dropna()) == {"metrics"}
    start = found.set_index("id").loc["own-01-" + base.document.stages[0].id]
    assert (start["value"], start["unit"]) == (start["n"], "")
    assert (found["formula"].str.len() > 10).all()
    assert found["computed_at"].notna().all()
    assert set(found["metric"]) <= set(METRICS)
    assert set(found.loc[found["metric"] == "MET-37", "period"]) == {"2026-01-01/2026-04-01"}


def test_a_lane_made_for_the_metric_gets_it() -> None:
    base = Journey.new("Start", map_type="onboarding")
    filled = base.stages.assign(events=[ENTRY.get(key, ()) for key in base.stages["id"]])
    found = figures(measure(base.replace("stages", filled), {"events": events()}))
    assert found.loc["met-05-adoption", "lane_id"] == "activation-rate"
    assert found.loc["met-06-adoption", "lane_id"] == "time-to-first-value"


def test_measuring_again_replaces_and_leaves_all_else() -> None:
    base = journey().add("measurements", name="By hand", metric="MET-07", value=41.0)
    base = base.set("Decision", "Metrics", 0.9)
    once = measure(base, {"events": events()})
    fewer = events()[lambda frame: frame["customer"] != "c00"]
    twice = measure(once, {"events": fewer})
    assert twice.measurements["id"].tolist() == once.measurements["id"].tolist()
    assert figures(twice).loc["met-37-decision", "n"] == 40
    assert figures(twice).loc["by-hand", "value"] == 41.0
    assert twice.wide().loc["Metrics", "Decision"] == 0.9


def test_figures_that_are_given_no_longer_go() -> None:
    """Of a stage without events now, a touchpoint removed, a source with too few customers."""
    base = journey().add("touchpoints", name="Till", stage_id="decision")
    base = base.add("segments", name="Even", where={"half": "even"})
    base = base.add("measurements", name="By hand", metric="MET-37", value=0.5)
    log = events().assign(channel=events()["half"])
    answers = pd.DataFrame({"touchpoint": "Till", "kind": "CSAT", "score": [4, 5] * 10})
    before = measure(base, {"events": log, "survey": answers})
    others = measure(
        measure(before, {"events": log}, segment="Even"), {"events": log}, period="2026-01"
    )
    without = [
        stage.model_copy(update={"events": ()}) if stage.id == "adoption" else stage
        for stage in others.document.stages
    ]
    now = others.replace("stages", without).remove("touchpoints", "Till")
    data = {"events": log[(log["half"] == "even") | (log["customer"] < "c08")], "survey": answers}
    assert set(stale(now, data)["measurement"]) == set(now.measurements["id"]) - {"by-hand"}
    after = measure(now, data)
    gone = {"met-37-adoption", "met-32-decision", "met-11-awareness-odd"}
    assert gone <= set(before.measurements["id"])
    assert not gone & set(after.measurements["id"])
    fresh = measure(now.replace("measurements", []), data).measurements["id"]
    kept = set(others.measurements["id"]) - set(before.measurements["id"])
    assert set(after.measurements["id"]) == {"by-hand", *fresh, *kept}
    assert set(stale(after, data)["measurement"]) == kept


def test_a_persons_figure_stands_beside_the_computed_one() -> None:
    measured = measure(journey().set("Decision", "Metrics", 0.9), {"events": events()})
    fewer = events()[lambda frame: frame["customer"] != "c00"]
    again = measure(measured, {"events": fewer})
    for one, computed in ((measured, 31 / 41), (again, 30 / 40)):
        assert one.wide().loc["Metrics", "Decision"] == 0.9
        assert figures(one).loc["met-37-decision", "value"] == computed
        said = re.sub("<.*?>|\\s", "", map_svg(one))
        assert f"90%(setbyhand);{100 * computed:.3g}%" in said


def test_filters_have_figures_of_their_own() -> None:
    base = journey().add("segments", name="Even", where={"half": "even"})
    base = base.add("personas", name="Eve", segment_id="even")
    whole = measure(base, {"events": events()})
    part = measure(whole, {"events": events()}, segment="Even").measurements
    own = part[part["segment_id"] == "even"].set_index("metric")
    assert len(part) > len(whole.measurements)
    assert own.loc["MET-05", ["value", "n"]].tolist() == [8 / 15, 15]
    by_where = measure(base, {"events": events()}, where={"half": "even"}).measurements
    pd.testing.assert_series_equal(by_where["value"], own["value"].reset_index(drop=True))
    persona = measure(base, {"events": events()}, persona="Eve").measurements
    assert set(persona["persona_id"]) == {"eve"}
    pd.testing.assert_series_equal(persona["value"], by_where["value"])


def test_filters_choose_customers_with_all_they_did() -> None:
    """Of a column that changes from event to event, the first event's value tells the customer."""
    data = events().assign(channel=lambda frame: np.where(frame["event"] == "visit", "ad", "app"))
    base = journey().add("segments", name="Won by ads", where={"channel": "ad"})
    everybody = figures(measure(base, {"events": data}))
    whole = measure(base, {"events": data}, where={"channel": "ad"}).measurements
    assert whole["value"].tolist() == everybody["value"].tolist()
    by_segment = measure(base, {"events": data}, segment="Won by ads").measurements
    assert by_segment["value"].tolist() == whole["value"].tolist()
    with pytest.raises(SourceError, match="leave no event"):
        measure(base, {"events": data}, where={"channel": "app"})  # nobody begins there


def test_a_customer_without_a_first_value_is_in_no_group() -> None:
    data = events()
    later = (data["event"] != "visit").to_numpy()
    number = data["customer"].str.extract(r"(\d+)")[0].astype(float)
    data = data.assign(plan=np.where(later | (number < 12), "team", ""), seats=2)
    found = measure(journey(), {"events": data}, where={"plan": "team", "seats": 2}).measurements
    assert found.loc[found["metric"] == "OWN-01", "value"].tolist() == [12]


def test_a_log_of_the_journeys_own_source_keeps_its_name(tmp_path: Path) -> None:
    for name in ("log.csv", "other.csv"):
        events().to_csv(tmp_path / name, index=False)
    base = journey(sources={"events": str(tmp_path / "log.csv")})
    for own in (read_events(tmp_path / "log.csv"), tmp_path / "log.csv"):
        assert set(measure(base, {"events": own}).measurements["source_id"]) == {"events"}
    for foreign in (read_events(tmp_path / "other.csv"), events(), read_events(events())):
        assert measure(base, {"events": foreign}).measurements["source_id"].isna().all()


def test_a_part_of_a_log_is_watched_as_long_as_the_log() -> None:
    """Ten who subscribe on day 1 and do nothing more have had their 30 days without a result."""
    silent = events().assign(silent=lambda frame: frame["customer"].between("c20", "c29"))
    log = read_events(silent).of_customers({"silent": True})
    found = figures(measure(journey(), {"events": log})).loc["met-05-adoption"]
    assert (found["value"], found["n"]) == (0.0, 10)


def shop() -> Journey:
    base = Journey.new("Shop", stages=["Visit"]).change(settings=Settings(min_group=5))
    return base.replace("stages", base.stages.assign(events=[("visit",)]))


def test_periods_within_one_another_do_not_tell_of_few() -> None:
    """Of 103 visitors in January three come on its last day."""
    days = np.repeat([1.0, 25.0, 30.0], [80, 20, 3])
    data = pd.DataFrame({"customer": [f"c{i:03}" for i in range(103)], "event": "visit"})
    sources = {"events": data.assign(time=START + days * DAY)}
    measured = measure(shop(), sources, period="2026-01")
    for last, hidden in ((20, False), (30, True)):
        shown = measure(measured, sources, period=f"2026-01-01/2026-01-{last}").measurements
        assert shown["suppressed"].tolist() == [False, hidden]


@pytest.mark.parametrize("order", [("", "DE", "AT"), ("DE", "AT", "")])
def test_several_selections_do_not_leave_few(order: tuple[str, ...]) -> None:
    """Of 103 visitors three are neither in Germany nor in Austria."""
    data = pd.DataFrame({"customer": [f"c{i:03}" for i in range(103)], "event": "visit"})
    data = data.assign(time=START, country=np.repeat(["DE", "AT", "CH"], [60, 40, 3]))
    measured = shop()
    for country in order:
        where = {"country": country} if country else None
        measured = measure(measured, {"events": data}, where=where)
    assert sorted(measured.measurements["suppressed"]) == [False, False, True]


def test_a_small_group_is_not_shown() -> None:
    few = events()[lambda frame: frame["customer"].isin([f"c{i:02}" for i in range(4)])]
    found = measure(journey(), {"events": few}).measurements
    assert found["suppressed"].all()
    assert found[["value", "n", "low", "high"]].isna().all(axis=None)
    assert set(found["period"]) == {""}


def test_single_customers_cannot_be_picked() -> None:
    with pytest.raises(ParameterError, match="picks single customers"):
        measure(journey(), {"events": events()}, where={"customer": "c01"})


def test_stages_off_the_way_count_all_who_ever_came() -> None:
    base = journey()
    stages = base.stages.assign(side=base.stages["id"] == "adoption")
    found = measure(base.replace("stages", stages), {"events": events()}).measurements
    side = found.set_index("id").loc["own-02-adoption"]
    assert (side["value"], side["n"]) == (20 / 41, 41)
    assert "met-37-adoption" not in set(found["id"])


def test_what_cannot_be_measured_says_why() -> None:
    data = {"events": events()}
    with pytest.raises(SourceError, match="no source of events"):
        measure(journey())
    for ask in (measure, stale):
        with pytest.raises(UnknownNameError, match="role of a source 'evnets'; did you mean 'ev"):
            ask(journey(), {**data, "evnets": events()})
        with pytest.raises(ParameterError, match="Say the role"):
            ask(journey(), events())  # type: ignore[arg-type]
    with pytest.raises(SourceError, match="no stage says"):
        measure(Journey.new("Empty"), data)
    with pytest.raises(SourceError, match="leave no event"):
        measure(journey(), data, period="2031-01")
    with pytest.raises(UnknownNameError, match="segment"):
        measure(journey(), data, segment="Odd")
    with pytest.raises(ColumnError, match="Did you mean 'half'"):
        measure(journey(), data, where={"halve": "even"})
    with pytest.raises(ParameterError, match="segment_id"):
        measure(journey().add("personas", name="Eve"), data, persona="Eve")
    wrong = journey().stages.assign(events=[("visitt",)] * 8)
    with pytest.raises(UnknownNameError, match="did you mean 'visit'"):
        measure(journey().replace("stages", wrong), data)
