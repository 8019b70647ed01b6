"""Every metric against a case worked out by hand, or plain pandas on the made-up company."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from jupyter_journey import catalogue
from jupyter_journey.errors import ColumnError
from jupyter_journey.metrics import METRICS, drift, measure, table
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Settings

SAAS = Path(__file__).parents[2] / "sample_data" / "saas"
DAY = pd.Timedelta(days=1)
START = pd.Timestamp("2026-01-01", tz="UTC")
ENTRY = {
    "awareness": ("visit",),
    "consideration": ("try",),
    "decision": ("subscribe",),
    "adoption": ("finish",),
    "expansion": ("upgrade",),
    "advocacy": ("refer",),
}


def company() -> Journey:
    base = Journey.new("Acme")
    filled = base.stages.assign(events=[ENTRY.get(key, ()) for key in base.stages["id"]])
    base = base.replace("stages", filled).change(settings=Settings(min_group=5))
    base = base.add("touchpoints", name="App", stage_id="adoption", events=("open", "finish"))
    base = base.add("touchpoints", name="Guide", stage_id="consideration", events=("read",))
    return base.add("milestones", name="Opened", event="open", to_stage_id="adoption")


def log() -> pd.DataFrame:
    """100 days. Of 40 customers, by number: who visits, tries, subscribes, uses and leaves when."""
    rows: list[tuple[int, str, float]] = []
    for number in range(40):
        rows.append((number, "visit", 0.0))
        if number < 36:
            rows += [(number, "try", 1.0), (number, "try", 1.5)]
        if number < 24:
            rows += [(number, "subscribe", 5.0)]
        if number < 16:
            rows += [(number, "read", 1.25), (number, "open", 20.0), (number, "open", 95.0)]
        if number < 14:
            rows += [(number, "finish", 10.0 + number)]
        if number < 8:
            rows += [(number, "upgrade", 50.0), (number, "refer", 60.0)]
        if 8 <= number < 14:
            rows += [(number, "cancel", 80.0)]
        if 18 <= number < 24:
            rows += [(number, "cancel", 45.0)]
    rows += [(number, "visit", 88.0) for number in range(40, 46)]
    rows += [(number, "subscribe", 90.0) for number in range(40, 46)]
    rows += [(50, "visit", 100.0)]
    frame = pd.DataFrame(rows, columns=["number", "event", "day"])
    frame["customer"] = "c" + frame["number"].astype(str).str.zfill(2)
    frame["time"] = START + frame["day"] * DAY
    source = np.where(frame["number"] % 2 == 0, "Search", "Ads")
    return frame.assign(channel=source, campaign=source).drop(columns=["day", "number"])


def found(sources: dict[str, pd.DataFrame] | None = None, **filters: str) -> pd.DataFrame:
    measured = measure(company(), {"events": log(), **(sources or {})}, **filters)  # type: ignore[arg-type]
    return measured.measurements.set_index("id")


def expect(row: pd.Series, value: float, n: int) -> None:
    assert row["n"] == n
    np.testing.assert_allclose(row["value"], value)


@pytest.fixture(scope="module")
def events_only() -> pd.DataFrame:
    return found()


def test_every_metric_of_the_method_is_computed_or_says_why_not() -> None:
    method = {f"MET-{number:02}" for number in range(1, 45)}
    assert method <= set(METRICS)
    for key, metric in METRICS.items():
        entry = catalogue.metrics()[key]
        assert (metric.figures is None) == bool({"by_hand", "given_by"} & set(entry)), key
        assert entry.get("given_by", key) in METRICS


def test_the_table_says_what_each_rests_on() -> None:
    rows = table().set_index("metric")
    assert rows["name"].notna().all()
    by_hand = rows[rows["instead"].notna()]
    assert by_hand["formula"].isna().all()
    computed = rows[rows["instead"].isna()]
    assert computed.drop(columns=["unit", "direction", "instead"]).notna().all(axis=None)
    assert set(computed["direction"].dropna()) == {"up", "down"}


def test_churn_both_ways(events_only: pd.DataFrame) -> None:
    # 30 days ago (day 70): 24 − 6 customers; 6 leave on day 80, 6 are won on day 90
    expect(events_only.loc["met-01-retention"], 6 / 18, 18)
    expect(events_only.loc["met-01-net-retention"], 0.0, 18)
    expect(events_only.loc["met-38-retention"], 12 / 18, 18)


def test_a_condition_on_leaving_changes_nothing_of_who_leaves(events_only: pd.DataFrame) -> None:
    data = log()
    data["reason"] = np.where(data["customer"] < "c11", "price", "other")
    rule = "is cancel where reason = price"
    base = company().add("milestones", name="Too dear", rule=rule, to_stage_id="retention")
    rows = measure(base, {"events": data}).measurements.set_index("id")
    for key in ("met-01-retention", "met-38-retention", "met-20-onboarding", "met-23-expansion"):
        expect(rows.loc[key], events_only.loc[key, "value"], events_only.loc[key, "n"])


def test_early_churn_leaves_out_the_new(events_only: pd.DataFrame) -> None:
    expect(events_only.loc["met-20-onboarding"], 12 / 24, 24)


def test_an_old_customers_renewal_is_no_joining() -> None:
    """Those who subscribed before the log first show by a renewal; some leave soon after."""
    base = company()
    entry = [ENTRY.get(key, ("renew",) if key == "retention" else ()) for key in base.stages["id"]]
    base = base.replace("stages", base.stages.assign(events=entry))
    old = [f"old{number}" for number in range(20)]
    rows = [(name, event, day) for name in old for event, day in (("renew", 2), ("open", 3))]
    rows += [(name, "cancel", 40) for name in old[:8]]
    rows += [("c50", "visit", 220)]
    more = pd.DataFrame(rows, columns=["customer", "event", "day"])
    more = more.assign(time=START + more["day"] * DAY).drop(columns="day")
    found = measure(base, {"events": pd.concat([log(), more])}).measurements.set_index("id")
    expect(found.loc["met-20-onboarding"], 12 / 30, 30)
    effect = found.loc["met-44-opened"]
    expect(effect, 100 * (10 / 16 - (2 + 6) / (8 + 6)), 30)
    assert "renew" not in effect["formula"]


def test_time_until_half_have_a_first_value(events_only: pd.DataFrame) -> None:
    # 30 start; they arrive after 5, 6 … 18 days; the six new ones are watched for 10 days. So
    # 24/30 are left after day 10, and of these (18 - k)/18 after k more: half with k = 7, day 17
    row = events_only.loc["met-06-all-adoption"]
    assert row["n"] == 30
    assert row["value"] == 17


def test_time_with_the_brand_and_trial(events_only: pd.DataFrame) -> None:
    expect(events_only.loc["met-41-consideration"], 4.0, 24)
    # trials run from day 1 to day 5: two tries each, 16 also read
    trial, kinds = (events_only.loc[f"met-17{end}-consideration"] for end in ("", "-kinds"))
    expect(trial, (36 * 2 + 16) / 36, 36)
    expect(kinds, (36 + 16) / 36, 36)
    assert trial["low"] < trial["value"] < trial["high"]


def test_sources_of_customers(events_only: pd.DataFrame) -> None:
    expect(events_only.loc["met-11-awareness-search"], 24 / 47, 47)
    # of 24 found by search, even numbers: 12 subscribe in the funnel's order
    expect(events_only.loc["met-18-decision-search"], 12 / 24, 24)
    expect(events_only.loc["met-19-decision-ads"], 12 / 18, 18)


def test_only_new_customers_have_a_source_in_a_period() -> None:
    data = log()
    late = data[data["customer"] >= "c40"]
    copies = [late.assign(customer=late["customer"] + copy) for copy in "abc"]
    rows = measure(
        company(), {"events": pd.concat([data, *copies])}, period="2026-03-20/2026-04-30"
    )
    frame = rows.measurements
    shares = frame[frame["metric"] == "MET-11"].set_index("name")["value"]
    # of seven who come late, each four times, four are found by search; older ones don't count
    assert shares.to_dict() == {
        "Traffic by source · Search": 16 / 28,
        "Traffic by source · Ads": 12 / 28,
    }


def test_content_and_features(events_only: pd.DataFrame) -> None:
    expect(events_only.loc["met-15-consideration-guide"], 16 / 36, 36)
    # in the last 30 days 16 open; of them the 6 with numbers 8 to 13 have left: 10 of 18 customers
    expect(events_only.loc["met-26-expansion-open"], 10 / 18, 18)
    finish = events_only.loc["met-26-expansion-finish"]
    expect(finish, 0.0, 18)
    expect(events_only.loc["met-29-advocacy"], 8 / 30, 30)


def test_the_engagement_score_counts_its_points(events_only: pd.DataFrame) -> None:
    # of late 10 of 18 use one of two product events (40 points), nobody on four days, nobody refers
    row = events_only.loc["met-21-adoption"]
    expect(row, 10 * 40 / 18, 18)
    assert "40 points if active on at least 4 days" in row["formula"]


def test_an_act_that_conditions_tell_apart_is_one_kind() -> None:
    """Of reads, and of uses of the app, some pages have a name of their own; no figure moves."""
    data = log().assign(page=np.where(np.arange(len(log())) % 3 == 0, "a", "b"))
    twice = pd.concat([data, data[data["event"].isin(["read", "open"])].assign(page="a")])
    plain = company()
    split = plain
    for name, rule, stage in (
        ("Page a", "is open where page = a", "adoption"),
        ("Chapter a", "is read where page = a", "consideration"),
    ):
        split = split.add("touchpoints", name=name, stage_id=stage, rules=(rule,))
    before, after = (
        measure(base, {"events": twice}).measurements.set_index("id") for base in (plain, split)
    )
    for metric in ("MET-17", "MET-17-KINDS", "MET-21", "MET-26", "MET-36"):
        one, other = (frame[frame["metric"] == metric] for frame in (before, after))
        pd.testing.assert_frame_equal(one[["value", "n", "name"]], other[["value", "n", "name"]])
    assert "met-15-consideration-chapter-a" in after.index


def months_paid() -> float:
    days = 8 * 95 + 6 * 75 + 4 * 95 + 6 * 40 + 6 * 10
    return days / (365.25 / 12)


def test_rates_per_month_paid(events_only: pd.DataFrame) -> None:
    expect(events_only.loc["met-23-expansion"], 100 * 8 / months_paid(), 30)
    # 16 open on day 20, 10 of them still do as customers on day 95; 14 finish
    expect(events_only.loc["met-36-adoption"], (16 + 10 + 14) / months_paid(), 30)


def test_the_effect_of_a_milestone_compares_from_one_day_on() -> None:
    data = log()
    long = pd.DataFrame({"customer": "c50", "event": "visit", "time": [START + 220 * DAY]})
    measured = measure(company(), {"events": pd.concat([data, long])}).measurements
    row = measured.set_index("id").loc["met-44-opened"]
    # all 30 still are customers 30 days after subscribing; 6 of 16 and 6 of 14 leave before day 120
    having, without = (10, 16), (2 + 6, 8 + 6)
    expect(row, 100 * (having[0] / having[1] - without[0] / without[1]), 30)
    one, two = (stats.binomtest(*c).proportion_ci(method="wilson") for c in (having, without))
    p, q = 10 / 16, 8 / 14
    low = p - q - np.hypot(p - one.low, two.high - q)
    high = p - q + np.hypot(one.high - p, q - two.low)
    np.testing.assert_allclose([row["low"], row["high"]], [100 * low, 100 * high])
    assert "not a cause" in row["formula"]


def crm(months: bool) -> pd.DataFrame:
    """Ten who pay 10, 20, … 100 at first; at the end one pays double, one half, one nothing."""
    ids = [f"c{number:02}" for number in range(10)]
    first = pd.DataFrame({"customer": ids, "mrr": [10.0 * n for n in range(1, 11)]})
    last = first.assign(mrr=first["mrr"] * ([2, 0.5, 0] + [1] * 7))
    new = pd.DataFrame({"customer": ["c40"], "mrr": [1000.0]})
    if not months:
        return pd.concat([last, new], ignore_index=True)
    return pd.concat(
        [first.assign(month="2026-01"), last.assign(month="2026-03"), new.assign(month="2026-03")],
        ignore_index=True,
    )


def test_revenue_kept_and_gained() -> None:
    rows = found({"crm": crm(months=True)})
    end = 20 + 10 + 0 + sum(range(40, 101, 10))
    assert rows.loc["met-04-retention", "suppressed"]  # a single one left: under the least group
    assert rows.loc["met-39-retention", "value"] == end + 1000
    assert rows.loc["met-40-retention", "value"] == 12 * (end + 1000)


def test_revenue_kept_and_gained_of_enough_customers() -> None:
    many = pd.concat(
        [crm(months=True).assign(customer=lambda f, k=k: f["customer"] + str(k)) for k in range(6)]
    )
    rows = found({"crm": many})
    start, end = sum(range(10, 101, 10)), 20 + 10 + 0 + sum(range(40, 101, 10))
    row = rows.loc["met-04-retention"]
    expect(row, 100 * end / start, 60)
    assert row["low"] < row["value"] < row["high"] < 110
    assert row["period"] == "2026-01-01/2026-03-31"
    expect(rows.loc["met-25-expansion"], 6 * 10, 60)
    assert "met-04-retention" not in found({"crm": crm(months=False)}).index


def test_amounts_are_of_one_currency() -> None:
    sources = {
        "crm": crm(months=False).assign(currency="EUR"),
        "spend": spend().assign(currency="EUR"),
    }
    units = found(sources).drop_duplicates("metric").set_index("metric")["unit"]
    assert (units[["MET-02", "MET-03", "MET-39", "MET-40"]] == "EUR").all()
    assert units["MET-42"] == "%"
    for role in sources:
        half = np.where(np.arange(len(sources[role])) % 2, "EUR", "JPY")
        mixed = sources | {role: sources[role].assign(currency=half)}
        with pytest.raises(ColumnError, match=r"holds EUR, JPY, .* Convert them to one currency"):
            found(mixed)
    with pytest.raises(ColumnError, match="holds JPY, while the CRM has EUR"):
        found(sources | {"spend": spend().assign(currency="JPY")})


def test_sums_and_counts_have_intervals_by_which_drift_judges() -> None:
    """Their spread is that of a count by chance; half the customers, paying the same, are fewer."""
    ids = [f"p{number:04}" for number in range(800)]
    data = pd.concat([log(), pd.DataFrame({"customer": ids, "event": "visit", "time": START})])
    months = [("2026-01", 10.0, 400), ("2026-03", 20.0, 400)]
    paid = pd.concat(
        [pd.DataFrame({"customer": ids[:n], "mrr": mrr, "month": m}) for m, mrr, n in months]
    )
    sources = {"events": data, "crm": paid, "spend": spend()}
    before = measure(company(), sources)
    rows = before.measurements.set_index("metric")
    # as a count of 400, each paying 20; the gain is 10 each
    spread = stats.norm.ppf(0.975) * np.sqrt(400)
    for key, each in (("MET-39", 20), ("MET-40", 240), ("MET-25", 10)):
        row = rows.loc[key]
        edges = [400 * each - spread * each, 400 * each + spread * each]
        np.testing.assert_allclose([row["low"], row["high"]], edges, rtol=0.01)
    for key, count in (("OWN-01", 847), ("MET-09", 2000)):
        exact = stats.chi2.ppf([0.025, 0.975], [2 * count, 2 * count + 2]) / 2
        np.testing.assert_allclose(rows.loc[key, ["low", "high"]].astype(float), exact)
    half = paid[paid["customer"] < "p0200"]
    verdicts = drift(before, measure(company(), sources | {"crm": half})).set_index("metric")
    assert verdicts.loc[["MET-39", "MET-40", "MET-25"], "verdict"].tolist() == ["bad"] * 3


def test_lifetime_value_is_revenue_times_months_per_loss() -> None:
    rows = found({"crm": crm(months=False)})
    revenue = crm(months=False)["mrr"]
    mean = revenue[revenue > 0].mean()
    # customers lost: 12 of 30
    expect(rows.loc["met-02-retention"], mean * months_paid() / 12, 30)


def spend() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "month": ["2025-12", "2026-01", "2026-01", "2026-02", "2026-03"],
            "channel": ["Ads", "Ads", "E-mail", "Ads", "Ads"],
            "spend": [999.0, 300.0, 60.0, 120.0, 120.0],
            "impressions": [0, 1000, None, 500, 500],
            "clicks": [0, 30, None, 10, 5],
            "sends": [None, None, 200, None, None],
            "opens": [None, None, 80, None, None],
        }
    )


def test_marketing() -> None:
    rows = found({"spend": spend()})
    # spend before the log doesn't count, nor do the six customers won in April, without spend
    row = rows.loc["met-03-decision"]
    expect(row, 600 / 24, 24)
    low, high = (stats.chi2.ppf(0.975, 50) / 2, stats.chi2.ppf(0.025, 48) / 2)
    np.testing.assert_allclose([row["low"], row["high"]], [600 / low, 600 / high])
    expect(rows.loc["met-08-awareness"], 45 / 2000, 2000)
    expect(rows.loc["met-09-awareness"], 2000, 2000)
    expect(rows.loc["met-34-onboarding"], 80 / 200, 200)
    january = found({"spend": spend()}, period="2026-01/2026-02-15")
    expect(january.filter(like="met-03", axis=0).iloc[0], 360 / 24, 24)


@pytest.mark.parametrize(
    ("shift", "until", "cost", "period"),
    [
        (0, 45, 360 / 24, "2026-01-01/2026-01-31"),  # the 15th of February
        (28, 200, 240 / 24, "2026-02-01/2026-03-31"),  # from the 29th of January
    ],
)
def test_spend_of_a_month_observed_in_part_does_not_count(
    shift: int, until: int, cost: float, period: str
) -> None:
    data = log()
    data["time"] = (data["time"] + shift * DAY).clip(upper=START + until * DAY)
    sources = {"events": data, "spend": spend(), "crm": crm(months=False)}
    rows = measure(company(), sources).measurements.set_index("id")
    expect(rows.loc["met-03-decision"], cost, 24)
    assert rows.loc["met-42-decision", "period"] == period


def test_the_return_of_marketing_is_what_the_won_are_worth() -> None:
    rows = found({"spend": spend(), "crm": crm(months=False)})
    worth = rows.loc["met-02-retention", "value"]
    expect(rows.loc["met-42-decision"], 100 * (24 * worth - 600) / 600, 24)


def tickets() -> pd.DataFrame:
    created = pd.Series(START + np.arange(30) * DAY)
    return pd.DataFrame(
        {
            "ticket": [f"t{number}" for number in range(30)],
            "customer": [f"c{number:02}" for number in range(30)],
            "created_at": created,
            "solved_at": (created + pd.Timedelta(hours=6)).where(np.arange(30) % 3 > 0),
            "topic": ["How to"] * 18 + ["Fault"] * 12,
        }
    )


def test_tickets() -> None:
    rows = found({"tickets": tickets()})
    expect(rows.loc["met-22-adoption"], 30, 30)
    expect(rows.loc["met-22-mix-adoption-how-to"], 18 / 30, 30)
    row = rows.loc["met-24-retention"]
    expect(row, 6.0, 20)
    assert "(10)" in row["formula"]
    early = found({"tickets": tickets()}, period="2026-01-01/2026-01-15")
    assert early.filter(like="met-22-adoption", axis=0)["value"].tolist() == [15]


def test_tickets_of_one_customer_are_not_as_many_customers_tickets() -> None:
    """Ten of thirty customers write five tickets each, nearly all on one topic."""
    rows = tickets()
    often = rows.loc[rows.index.repeat([5] * 10 + [1] * 20)].reset_index(drop=True)
    often = often.assign(ticket=often.index.astype(str))
    row = found({"tickets": often}).loc["met-22-mix-adoption-how-to"]
    assert (row["value"], row["n"]) == (58 / 70, 70)
    sums = often.groupby("customer")["topic"].agg(lambda topics: (topics == "How to").sum())
    sizes = often.groupby("customer").size()
    drawn = stats.bootstrap(
        (np.append(sums, [0, 70 / 30]), np.append(sizes, [70 / 30, 70 / 30])),
        lambda hits, n, axis: hits.sum(axis) / n.sum(axis),
        paired=True,
        method="percentile",
        n_resamples=2000,
        rng=np.random.default_rng(1),
    ).confidence_interval
    assert (row["low"], row["high"]) == pytest.approx((drawn.low, drawn.high), abs=0.03)
    alone = stats.binomtest(58, 70).proportion_ci(method="wilson")
    assert row["high"] - row["low"] > 1.2 * (alone.high - alone.low)


def test_one_small_part_takes_another_with_it() -> None:
    """Else the hidden one were what the others lack of the whole; and no hidden one is named."""
    few = tickets().assign(topic=["How to"] * 14 + ["Fault"] * 12 + ["Invoice"] * 4)
    mix = found({"tickets": few}).filter(like="met-22-mix", axis=0)
    assert mix["suppressed"].to_dict() == {"met-22-mix-adoption-how-to": False}


def answers() -> pd.DataFrame:
    nps = [10] * 8 + [9] * 4 + [8] * 6 + [6] * 3 + [0] * 9
    csat, ces = [5] * 10 + [4] * 8 + [1] * 7, [7] * 10 + [1] * 5
    return pd.DataFrame(
        {
            "touchpoint": ["App"] * 30 + ["Guide"] * 25 + ["App"] * 15,
            "kind": ["NPS"] * 30 + ["CSAT"] * 25 + ["CES"] * 15,
            "score": [*nps, *csat, *ces],
        }
    )


def test_answers() -> None:
    rows = found({"survey": answers()})
    for key in ("met-07-all", "met-07-adoption-app"):
        expect(rows.loc[key], 100 * (12 - 12) / 30, 30)
    points = np.array([100] * 12 + [0] * 6 + [-100] * 12)
    normal = 1.96 * points.std() / np.sqrt(30)
    np.testing.assert_allclose(
        rows.loc["met-07-all", ["low", "high"]].astype(float), [-normal, normal], atol=4
    )
    expect(rows.loc["met-32-csat-all"], 18 / 25, 25)
    expect(rows.loc["met-32-ces-adoption-app"], (70 + 5) / 15, 15)
    assert rows.loc["met-07-adoption-app", "touchpoint_id"] == "app"


def of_one_kind(kind: str, scores: list[int], times: int = 1) -> pd.DataFrame:
    """Return the figures of a survey in which each customer gives one score, so many times."""
    customers = [f"c{number:03}" for number in range(len(scores))]
    once = pd.DataFrame({"customer": customers, "touchpoint": "App", "kind": kind, "score": scores})
    everybody = pd.DataFrame({"customer": customers, "event": "visit", "time": START})
    base = company().change(settings=Settings(min_group=5))
    sources = {"events": pd.concat([log(), everybody]), "survey": pd.concat([once] * times)}
    return measure(base, sources).measurements.set_index("id")


@pytest.mark.parametrize("content", [0, 18, 25])
def test_a_share_of_people_asked_once_has_wilsons_interval(content: int) -> None:
    row = of_one_kind("CSAT", [5] * content + [2] * (25 - content)).loc["met-32-csat-all"]
    expected = stats.binomtest(content, 25).proportion_ci(method="wilson")
    np.testing.assert_allclose([row["low"], row["high"]], expected, atol=1e-12)


@pytest.mark.parametrize(
    ("kind", "score", "figure", "width"),
    [
        ("CSAT", 5, "met-32-csat-all", 1),
        ("NPS", 10, "met-07-all", 200),
        ("CES", 7, "met-32-ces-all", 6),
        ("CSAT", 5, "met-32-adoption", 4),
    ],
)
def test_people_who_all_agree_leave_a_doubt_that_shrinks(
    kind: str, score: int, figure: str, width: float
) -> None:
    """One at the other end is never drawn more than thrice, but for one time in fifty."""
    assert stats.poisson.sf([2, 3], 1) == pytest.approx([0.080, 0.019], abs=1e-3)
    doubts = {}
    for people in (12, 300):
        row = of_one_kind(kind, [score] * people, times=2).loc[figure]
        assert row["value"] in (row["low"], row["high"])
        doubts[people] = (row["high"] - row["low"]) / width
    np.testing.assert_allclose(doubts[300], 3 / 302)
    assert 2.9 / 14 < doubts[12] < 4.1 / 14  # expanded for few


def test_names_that_make_the_same_id_have_figures_of_their_own() -> None:
    shouted = answers().replace({"touchpoint": {"Guide": "Till", "App": "TILL!"}})
    rows = found({"survey": pd.concat([answers(), shouted])})
    names = rows.loc[rows["metric"] == "MET-32-CSAT", "name"].str.split(" · ").str[-1]
    assert names.tolist() == ["Satisfied customers", "Guide", "Till"]
    kinds = {"met-07-all-till", "met-32-ces-all-till", "met-32-csat-all-till"}
    assert kinds <= set(rows.index)


def test_answers_of_few_people_are_hidden_however_many() -> None:
    one = answers().assign(customer="c01")
    scores = found({"survey": one})
    scores = scores[scores["metric"].str.startswith(("MET-07", "MET-32"))]
    assert scores["suppressed"].all()


def test_emotion_of_each_touchpoint_stands_beside_its_stages() -> None:
    rows = found({"survey": answers()})
    app = (np.array([10] * 8 + [9] * 4 + [8] * 6 + [6] * 3 + [0] * 9) / 10 * 4 - 2).mean()
    expect(rows.loc["met-32-adoption"], app, 30)
    expect(rows.loc["met-32-adoption-app"], app, 30)
    assert rows.loc["met-32-adoption", "lane_id"] == "emotion"
    assert pd.isna(rows.loc["met-32-adoption-app", "lane_id"])


def test_a_metric_whose_source_is_not_there_is_silent(events_only: pd.DataFrame) -> None:
    needed = {key: set(METRICS[key].inputs) for key in METRICS}
    assert set(events_only["metric"]) <= {key for key in needed if needed[key] == {"events"}}


def test_nobody_has_no_rate() -> None:
    """Where nobody was a customer in the period, churn is undefined, not nothing."""
    base = company().change(settings=Settings(min_group=5))
    early = measure(base, {"events": log()}, period="2026-01-01/2026-01-03").measurements
    churn = early[early["metric"].isin(["MET-01", "MET-01-NET", "MET-38", "MET-20"])]
    assert len(churn) == 4
    assert churn["value"].isna().all()


def test_spend_is_nobodys() -> None:
    base = company().add("segments", name="Found", where={"channel": "Search"})
    sources = {"events": log(), "spend": spend()}
    metrics = set(measure(base, sources, segment="Found").measurements["metric"])
    assert not {"MET-03", "MET-08", "MET-42"} & metrics
    assert "MET-01" in metrics
    with pytest.raises(ColumnError, match="filter needs it"):
        measure(base, {**sources, "survey": answers()}, segment="Found")


def test_the_made_up_company_recovers_what_pandas_counts() -> None:
    measured = measure(Journey.load(SAAS / "saas.journey.json")).measurements.set_index("id")
    crm_file = pd.read_csv(SAAS / "crm.csv")
    expect(measured.loc["met-39-retention"], crm_file["mrr"].sum(), (crm_file["mrr"] > 0).sum())
    survey = pd.read_csv(SAAS / "survey.csv")
    nps = survey.loc[survey["kind"] == "NPS", "score"]
    expected = 100 * ((nps >= 9).mean() - (nps <= 6).mean())
    expect(measured.loc["met-07-all"], expected, len(nps))
    rows = pd.read_csv(SAAS / "tickets.csv", parse_dates=["created_at", "solved_at"])
    hours = (rows["solved_at"] - rows["created_at"]).dt.total_seconds() / 3600
    expect(measured.loc["met-24-retention"], hours.mean(), hours.count())
    events = pd.read_csv(SAAS / "events.csv")
    won = events.loc[events["event"] == "subscribe", "customer"].nunique()
    paid = pd.read_csv(SAAS / "spend.csv")["spend"].sum()
    expect(measured.loc["met-03-decision"], paid / won, won)
    assert set(measured["source_id"]) == {"events", "crm", "survey", "tickets", "spend"}
    assert not measured["suppressed"].all()
