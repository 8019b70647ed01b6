"""The made-up data holds what was planted: plain pandas finds it again, within chance."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

SAAS = Path(__file__).parents[2] / "sample_data" / "saas"
TRUTH: dict[str, Any] = json.loads((SAAS / "truth.json").read_text(encoding="utf-8"))
PLANTED: dict[str, Any] = TRUTH["planted"]
OBSERVATION: dict[str, Any] = TRUTH["observation"]
END = pd.Timestamp(OBSERVATION["end_exclusive"])
STAGES = list(PLANTED["entry_events"])
HORIZONS: dict[str, int] = OBSERVATION["days_to_enter_from_former_stage_at_most"]
PLANS = list(PLANTED["share_of_plan"])
COUNTRIES = list(PLANTED["share_of_country"])
FILES = ("events.csv", "crm.csv", "survey.csv", "tickets.csv", "spend.csv", "truth.json")
SURE = 0.999


def generate(out: Path, *options: str) -> None:
    command = [sys.executable, "-B", str(SAAS / "generate.py"), "--out", str(out), *options]
    subprocess.run(command, check=True, timeout=120)


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(SAAS / name, keep_default_na=False)


def days(wait: "pd.Series[pd.Timedelta]") -> "pd.Series[float]":
    return wait.dt.total_seconds() / 86_400


def assert_by_chance(hits: int, trials: int, rate: float) -> None:
    """Accept a count that a binomial of the planted rate gives 999 times in 1,000."""
    low, high = stats.binom.interval(SURE, trials, rate)
    assert trials >= 20, "too few to say anything"
    assert low <= hits <= high, f"{hits} of {trials} is {hits / trials:.3f}, planted is {rate:.3f}"


@pytest.fixture(scope="module")
def events() -> pd.DataFrame:
    return table("events.csv").assign(time=lambda frame: pd.to_datetime(frame["time"]))


@pytest.fixture(scope="module")
def entries(events: pd.DataFrame) -> pd.DataFrame:
    """One row per customer: the time of entry into each stage, plan and country."""
    frame = events.groupby("customer")[["plan", "country"]].first()
    for stage, names in PLANTED["entry_events"].items():
        frame[stage] = events[events["event"].isin(names)].groupby("customer")["time"].min()
    return frame


def complete(entries: pd.DataFrame, stage: str) -> pd.DataFrame:
    """Customers observed long enough after the former stage to have entered `stage`."""
    former: pd.Series[Any] = entries[STAGES[STAGES.index(stage) - 1]]
    return entries.loc[former <= END - pd.Timedelta(days=HORIZONS[stage])]


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    generate(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (SAAS / name).read_bytes(), name


def test_another_seed_draws_other_customers_from_the_same_plan(tmp_path: Path) -> None:
    generate(tmp_path, "--seed", "8", "--customers", "300")
    other = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert (other["seed"], other["customers"]) == (8, 300)
    assert other["planted"] == PLANTED
    drawn = pd.read_csv(tmp_path / "events.csv")
    assert drawn["customer"].nunique() == 300
    assert drawn["time"].iloc[0] != table("events.csv")["time"].iloc[0]


def test_the_realised_counts_are_those_of_the_files(
    events: pd.DataFrame, entries: pd.DataFrame
) -> None:
    realised = TRUTH["realised"]
    assert realised["rows"] == {name: len(table(name)) for name in FILES if name.endswith("csv")}
    assert realised["events_by_name"] == events["event"].value_counts().to_dict()
    assert realised["customers_by_stage"] == entries[STAGES].notna().sum().to_dict()
    ties = events.duplicated(["customer", "time"]).sum()
    assert realised["events_in_the_second_of_the_former"] == ties > 0


def test_sequence_orders_each_customers_events_in_time(events: pd.DataFrame) -> None:
    shuffled = events.sample(frac=1, random_state=1)
    restored = shuffled.sort_values(["customer", "sequence"], ignore_index=True)
    pd.testing.assert_frame_equal(restored, events)
    numbering = events.groupby("customer").cumcount() + 1
    assert (events["sequence"] == numbering).all()
    assert events.groupby("customer")["time"].is_monotonic_increasing.all()
    assert events["time"].between(pd.Timestamp(OBSERVATION["start"]), END, inclusive="left").all()


def test_nobody_enters_a_stage_before_the_former_one(entries: pd.DataFrame) -> None:
    for former, stage in pairwise(STAGES):
        entered = entries[entries[stage].notna()]
        assert (entered[former] < entered[stage]).all(), stage
        longest = days(entered[stage] - entered[former]).max()
        assert longest <= HORIZONS[stage], stage


@pytest.mark.parametrize("stage", STAGES[1:])
def test_conversion_is_recovered(entries: pd.DataFrame, stage: str) -> None:
    rates = PLANTED["conversion_from_former_stage"]
    observed = complete(entries, stage)
    assert_by_chance(observed[stage].notna().sum(), len(observed), rates["overall"][stage])
    for plan in PLANS:
        own = observed[observed["plan"] == plan]
        assert_by_chance(own[stage].notna().sum(), len(own), rates["by_plan"][plan][stage])


@pytest.mark.parametrize("country", COUNTRIES)
def test_conversion_by_country_is_recovered(entries: pd.DataFrame, country: str) -> None:
    rates = PLANTED["conversion_from_former_stage"]["by_country"][country]
    for stage in ("consideration", "decision", "onboarding", "adoption", "retention"):
        observed = complete(entries, stage).query("country == @country")
        assert_by_chance(observed[stage].notna().sum(), len(observed), rates[stage])


def test_the_whole_funnel_is_recovered_from_customers_seen_to_the_end(
    entries: pd.DataFrame,
) -> None:
    horizon = pd.Timedelta(days=OBSERVATION["days_from_visit_to_advocacy_at_most"])
    observed = entries[entries["awareness"] <= END - horizon]
    reached = 1.0
    for stage in STAGES[1:]:
        reached *= PLANTED["conversion_from_former_stage"]["overall"][stage]
        assert_by_chance(observed[stage].notna().sum(), len(observed), reached)


def test_a_funnel_over_everybody_is_too_low(entries: pd.DataFrame) -> None:
    expected = PLANTED["conversion_from_former_stage"]["overall"]["retention"]
    everybody = entries["retention"].notna().sum() / entries["adoption"].notna().sum()
    assert everybody < expected, "late customers are censored"


@pytest.mark.parametrize("stage", ["consideration", "decision", "onboarding", "adoption"])
@pytest.mark.parametrize("plan", PLANS)
def test_median_waits_are_recovered(entries: pd.DataFrame, stage: str, plan: str) -> None:
    own = complete(entries, stage).query("plan == @plan").dropna(subset=[stage])
    waits = days(own[stage] - own[STAGES[STAGES.index(stage) - 1]])
    median = PLANTED["median_days_from_former_stage_by_plan"][stage][plan]
    assert_by_chance(int((waits < median).sum()), len(waits), 0.5)


def test_time_to_first_value_is_recovered(entries: pd.DataFrame) -> None:
    horizon = pd.Timedelta(days=HORIZONS["onboarding"] + HORIZONS["adoption"])
    observed = entries[entries["decision"] <= END - horizon].dropna(subset=["adoption"])
    waits = days(observed["adoption"] - observed["decision"])
    planted = PLANTED["median_days_to_first_value"]
    assert_by_chance(int((waits < planted["overall"]).sum()), len(waits), 0.5)
    for plan, median in planted["by_plan"].items():
        own = waits[observed["plan"] == plan]
        assert_by_chance(int((own < median).sum()), len(own), 0.5)


@pytest.mark.parametrize("plan", PLANS)
def test_monthly_churn_is_recovered(events: pd.DataFrame, plan: str) -> None:
    billing = events[events["event"].isin(["renew", "cancel"])]
    following = billing.groupby("customer")["event"].shift(-1)
    month = pd.Timedelta(days=PLANTED["billing_days"])
    due = (billing["event"] == "renew") & (billing["time"] < END - month)
    outcome = following[due & (billing["plan"] == plan)]
    assert outcome.notna().all(), "every month that was observed to its end has an outcome"
    churn = PLANTED["monthly_churn_after_first_renewal_by_plan"][plan]
    assert_by_chance(int((outcome == "cancel").sum()), len(outcome), churn)


@pytest.mark.parametrize("question", PLANTED["survey"])
def test_survey_scores_are_recovered(question: str) -> None:
    touchpoint, kind = question.split(" · ")
    answers = table("survey.csv")
    scores = answers[(answers["touchpoint"] == touchpoint) & (answers["kind"] == kind)]["score"]
    low, high = stats.t.interval(SURE, len(scores) - 1, scores.mean(), stats.sem(scores))
    assert low < PLANTED["survey"][question]["mean"] < high
    if kind == "NPS":
        sides = 100 * (np.where(scores >= 9, 1, 0) - np.where(scores <= 6, 1, 0))
        low, high = stats.t.interval(SURE, len(sides) - 1, sides.mean(), stats.sem(sides))
        assert low < PLANTED["survey"][question]["nps"] < high


def test_segments_and_channels_have_their_planted_shares(
    events: pd.DataFrame, entries: pd.DataFrame
) -> None:
    found_by = events[events["event"] == "visit"]["channel"]
    for values, planted in (
        (entries["plan"], PLANTED["share_of_plan"]),
        (entries["country"], PLANTED["share_of_country"]),
        (found_by, PLANTED["share_of_first_visit_by_channel"]),
    ):
        shares = pd.Series(planted)
        counts = values.value_counts().reindex(shares.index)
        assert counts.sum() == len(entries)
        assert stats.chisquare(counts, shares * counts.sum()).pvalue > 1 - SURE


def test_spend_follows_the_first_visits(events: pd.DataFrame) -> None:
    visits = events[events["event"] == "visit"]
    months = visits["time"].dt.strftime("%Y-%m").rename("month")
    count = visits.groupby([months, "channel"]).size()
    spend = table("spend.csv").set_index(["month", "channel"])["spend"]
    per_visit = spend / count
    cost = pd.Series(PLANTED["euros_per_first_visit_by_channel"])
    relative = per_visit / cost.reindex(per_visit.index.get_level_values("channel")).to_numpy()
    assert len(spend) == 18 * 5
    assert relative.between(0.9 - 0.001, 1.1 + 0.001).all()


def test_crm_survey_and_tickets_belong_to_the_events(events: pd.DataFrame) -> None:
    crm = table("crm.csv")
    with_account = events[events["event"].isin(["start_trial", "subscribe"])]
    signup = with_account.groupby("customer")["time"].min().dt.strftime("%Y-%m-%d")
    assert crm.set_index("customer")["signup_date"].to_dict() == signup.to_dict()

    billing = events[events["event"].isin(["subscribe", "cancel"])].groupby("customer").last()
    left = billing[billing["event"] == "cancel"]["time"].dt.strftime("%Y-%m-%d")
    cancelled = crm[crm["cancelled_date"] != ""].set_index("customer")["cancelled_date"]
    assert cancelled.to_dict() == left.to_dict()
    paying = set(billing[billing["event"] == "subscribe"].index)
    assert set(crm[crm["mrr"] > 0]["customer"]) == paying

    contacts = events[events["event"] == "contact_support"]
    tickets = table("tickets.csv")
    created = pd.to_datetime(tickets["created_at"])
    assert sorted(zip(tickets["customer"], created, strict=True)) == sorted(
        zip(contacts["customer"], contacts["time"], strict=True)
    )
    solved = pd.to_datetime(tickets["solved_at"].replace("", None))
    assert (solved.dropna() > created[solved.notna()]).all()

    survey = table("survey.csv")
    assert set(survey["customer"]) <= set(events["customer"])
    scales = {"NPS": (0, 10), "CSAT": (1, 5), "CES": (1, 7)}
    for kind, scores in survey.groupby("kind")["score"]:
        assert (scores.min(), scores.max()) == scales[str(kind)]


def test_no_file_holds_an_address_or_a_phone_number() -> None:
    for name in FILES:
        text = (SAAS / name).read_text(encoding="utf-8")
        assert "@" not in text
        assert "+49" not in text
        assert "http" not in text
