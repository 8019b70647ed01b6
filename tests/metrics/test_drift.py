import numpy as np
import pandas as pd
from scipy import stats

import jupyter_journey as jj


def log(month: str, visits: int, buys: int) -> pd.DataFrame:
    names = [f"{month}-{number}" for number in range(visits)]
    visit = pd.DataFrame({"customer": names, "event": "visit", "time": f"{month}-02"})
    return pd.concat([visit, visit.head(buys).assign(event="buy", time=f"{month}-09")])


def shop() -> jj.Journey:
    base = jj.Journey.new("Shop", stages=["Look", "Buy"])
    return base.replace("stages", base.stages.assign(events=[("visit",), ("buy",)]))


def figure(metric: str, value: float, **about: object) -> jj.Journey:
    return shop().add("measurements", name=metric, metric=metric, value=value, **about)


def test_a_share_moves_by_the_test_of_two_proportions() -> None:
    for buys, moved in ((80, True), (120, False), (130, False), (131, True), (160, True)):
        before = jj.measure(shop(), {"events": log("2026-01", 400, 105)})
        after = jj.measure(shop(), {"events": log("2026-02", 400, buys)})
        row = jj.drift(before, after).set_index("metric").loc["MET-37"]
        table = [[105, 295], [buys, 400 - buys]]
        assert (stats.chi2_contingency(table, correction=False).pvalue < 0.05) == moved
        assert (row["before"], row["after"], row["stage"]) == (105 / 400, buys / 400, "Buy")
        assert row["moved"] == moved
        assert row["change"] == row["after"] - row["before"]
        assert pd.isna(row["verdict"]) != moved
        assert row["test"] == "two proportions"


def test_other_figures_move_where_intervals_part() -> None:
    before = figure("MET-06", 20.0, unit="days", direction="down", n=50, low=18.0, high=22.0)
    for value, low, high, moved, verdict in (
        (23.0, 21.5, 25.0, False, None),
        (25.0, 22.5, 27.0, True, "bad"),
        (15.0, 13.0, 17.0, True, "good"),
    ):
        after = figure("MET-06", value, unit="days", direction="down", n=50, low=low, high=high)
        row = jj.drift(before, after).iloc[0]
        assert row["moved"] == moved
        assert row["verdict"] == verdict if verdict else pd.isna(row["verdict"])


def test_without_a_direction_nothing_is_good_or_bad() -> None:
    one, two = (figure("OWN-02", value, unit="share", n=500) for value in (0.1, 0.4))
    row = jj.drift(one, two).iloc[0]
    assert row["moved"]
    assert pd.isna(row["verdict"])


def test_what_is_missing_or_hidden_has_not_moved() -> None:
    before = figure("MET-01", 0.2, unit="share", n=50)
    hidden = shop().add("measurements", name="MET-01", metric="MET-01", unit="share")
    for after in (hidden, shop()):
        row = jj.drift(before, after).iloc[0]
        assert row["before"] == 0.2
        assert row[["after", "change", "moved", "verdict"]].isna().all()
    gone = jj.drift(shop(), before).iloc[0]
    assert pd.isna(gone["before"])


def test_what_is_no_share_is_not_tested_as_one() -> None:
    before, after = (figure("OWN-02", value, unit="share", n=50) for value in (1.4, 0.9))
    assert pd.isna(jj.drift(before, after).iloc[0]["moved"])


def test_periods_of_one_journey_are_compared_by_the_last_computed() -> None:
    data = pd.concat([log("2026-01", 400, 100), log("2026-02", 400, 160)])
    january = jj.measure(shop(), {"events": data}, period="2026-01")
    both = jj.measure(january, {"events": data}, period="2026-02")
    rows = jj.drift(january, both)
    assert rows["metric"].is_unique
    row = rows.set_index("metric").loc["MET-37"]
    np.testing.assert_allclose([row["before"], row["after"]], [0.25, 0.4])
    assert row["verdict"] == "good"


def test_a_segments_figures_are_compared_with_its_own() -> None:
    data = {"events": log("2026-01", 100, 50).assign(country="DE")}
    base = shop().add("segments", name="Germans", where={"country": "DE"})
    everybody = jj.measure(base, data)
    assert len(jj.drift(everybody, jj.measure(everybody, data, segment="Germans"))) == 2 * len(
        everybody.measurements
    )


def test_a_milestone_or_touchpoint_of_another_name_is_the_same() -> None:
    base = shop().add("milestones", name="Order", event="buy", to_stage_id="buy")
    base = base.add("touchpoints", name="Till", stage_id="buy")
    answers = pd.DataFrame({"touchpoint": "Till", "kind": "CSAT", "score": [4, 5] * 10})
    data = {"events": log("2026-01", 400, 105), "survey": answers}
    before = jj.measure(base, data)
    for collection in ("milestones", "touchpoints"):
        base = base.replace(collection, getattr(base, collection).assign(name="Checkout"))
    rows = jj.drift(before, jj.measure(base, data))
    assert rows["name"].str.contains("Checkout").sum() > 1
    assert rows[["before", "after"]].notna().all(axis=None)
