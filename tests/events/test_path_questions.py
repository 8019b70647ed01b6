"""Paths against plain pandas and plain Python that answer the same question slowly."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from jupyter_journey.errors import ParameterError, UnknownNameError
from jupyter_journey.events import EventLog, read_events

NAMES = ["ask", "buy", "come", "drop"]
START = pd.Timestamp("2026-01-01", tz="UTC")

rows = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from(NAMES), st.integers(0, 1500)),
    min_size=1,
    max_size=40,
)


def framed(rows: list[tuple[str, str, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["customer", "event", "hour"])
    frame["time"] = START + pd.to_timedelta(frame.pop("hour"), unit="h")
    return frame


frames = rows.map(framed)


def ordered(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(["customer", "time", "event"], ignore_index=True)


def paths(frame: pd.DataFrame) -> dict[str, list[str]]:
    return {
        str(customer): part["event"].tolist()
        for customer, part in ordered(frame).groupby("customer")
    }


def counts(answer: pd.DataFrame, keys: list[str], value: str = "customers") -> dict[object, int]:
    index = answer[keys].itertuples(index=False, name=None)
    return dict(zip(index, answer[value], strict=True))


def wilson(hits: int, n: int) -> list[float]:
    interval = stats.binomtest(int(hits), int(n)).proportion_ci(method="wilson")
    return [interval.low, interval.high]


def check_shares(answer: pd.DataFrame, hits: str = "customers", share: str = "share") -> None:
    np.testing.assert_allclose(answer[share], answer[hits] / answer["n"])
    expected = [wilson(row[hits], row["n"]) for row in answer.to_dict("records")]
    np.testing.assert_allclose(answer[["low", "high"]], np.reshape(expected, (-1, 2)), atol=1e-12)


@given(frames)
def test_edge_times_agree_with_pandas(frame: pd.DataFrame) -> None:
    frame = ordered(frame)
    by_customer = frame.groupby("customer")
    frame["target"] = by_customer["event"].shift(-1)
    frame["seconds"] = -by_customer["time"].diff(-1).dt.total_seconds()
    expected = frame.dropna().groupby(["event", "target"])["seconds"]
    answer = read_events(frame[["customer", "event", "time"]]).edge_times()
    keys = ["source", "target"]
    assert counts(answer, keys, "n") == expected.size().to_dict()
    assert counts(answer, keys, "median") == pytest.approx(expected.median().to_dict())
    assert counts(answer, keys, "p90") == pytest.approx(expected.quantile(0.9).to_dict())


def test_the_interval_of_an_edges_median_is_the_sign_tests() -> None:
    hours = np.random.default_rng(5).integers(1, 1000, 40)
    pairs = [[(f"c{i}", "come", 0), (f"c{i}", "buy", int(hour))] for i, hour in enumerate(hours)]
    row = read_events(framed([row for pair in pairs for row in pair])).edge_times().iloc[0]
    values = np.sort(hours) * 3600.0
    rank = int(stats.binom.ppf(0.025, 40, 0.5))
    assert (row["low"], row["high"]) == (values[rank - 1], values[-rank])


@given(frames, st.integers(1, 8))
def test_steps_agree_with_a_walk(frame: pd.DataFrame, steps: int) -> None:
    walked = paths(frame)
    expected = Counter(
        (step, event) for path in walked.values() for step, event in enumerate(path[:steps], 1)
    )
    answer = read_events(frame).step_matrix(steps)
    assert counts(answer, ["step", "event"]) == expected
    assert set(answer["n"]) == {len(walked)}
    check_shares(answer)


@given(frames, st.sets(st.sampled_from(NAMES), min_size=1), st.integers(0, 3), st.integers(0, 3))
def test_what_lies_around_an_event_agrees_with_a_walk(
    frame: pd.DataFrame, centre: set[str], before: int, after: int
) -> None:
    frame = pd.concat([frame, framed([("z", name, 9) for name in NAMES])])
    expected: Counter[tuple[int, str]] = Counter()
    seen = 0
    for path in paths(frame).values():
        place = next((i for i, event in enumerate(path) if event in centre), None)
        if place is not None:
            seen += 1
            window = range(max(0, place - before), min(len(path), place + after + 1))
            expected.update((i - place, path[i]) for i in window)
    answer = read_events(frame).around(sorted(centre), before=before, after=after)
    assert counts(answer, ["offset", "event"]) == expected
    assert set(answer["n"]) == {seen}
    check_shares(answer)


@given(frames, st.integers(1, 6))
def test_variants_agree_with_a_count_of_paths(frame: pd.DataFrame, top: int) -> None:
    walked = Counter(tuple(path) for path in paths(frame).values())
    first = sorted(walked.items(), key=lambda item: (-item[1], item[0]))[:top]
    answer = read_events(frame).variants(top)
    assert answer["variant"].tolist() == [" → ".join(path) for path, _ in first]
    assert answer["customers"].tolist() == [count for _, count in first]
    assert answer["events"].tolist() == [len(path) for path, _ in first]
    check_shares(answer)


@pytest.mark.parametrize("kinds", [300, 70_000])
def test_many_names_of_events_are_told_apart(kinds: int) -> None:
    names = [f"e{number:05}" for number in range(kinds)]
    frame = pd.DataFrame({"customer": "a", "event": names, "time": START})
    frame["time"] += pd.to_timedelta(np.arange(kinds), unit="s")
    extra = framed(
        [("b", names[-1], 0), ("b", names[0], 1), ("c", names[-1], 0), ("c", names[0], 1)]
    )
    log = read_events(pd.concat([frame, extra]))
    assert log.variants(1)["variant"].tolist() == [f"{names[-1]} → {names[0]}"]
    assert log.transitions().iloc[0].tolist() == [names[-1], names[0], 2, 2]
    assert len(log.transitions()) == kinds
    assert log.edge_times()["median"].tolist() == [3600.0, *[1.0] * (kinds - 1)]


@given(frames, st.integers(1, 400))
def test_sessions_agree_with_pandas(frame: pd.DataFrame, hours: int) -> None:
    log = read_events(frame)
    frame = ordered(frame)
    silence = frame.groupby("customer")["time"].diff()
    frame["session"] = (
        (silence.isna() | (silence > pd.Timedelta(hours=hours))).groupby(frame["customer"]).cumsum()
    )
    expected = frame.groupby(["customer", "session"])["time"].agg(["min", "max", "size"])
    answer = log.sessions(pd.Timedelta(hours=hours))
    assert answer["customer"].tolist() == expected.index.get_level_values(0).tolist()
    assert answer["session"].tolist() == expected.index.get_level_values(1).tolist()
    assert answer["start"].tolist() == expected["min"].tolist()
    assert answer["end"].tolist() == expected["max"].tolist()
    assert answer["events"].tolist() == expected["size"].tolist()


def calendar(frame: pd.DataFrame, freq: str) -> pd.Series:
    return frame["time"].dt.tz_localize(None).dt.to_period({"W": "W-SUN"}.get(freq, freq))


@given(frames, st.sampled_from(["D", "W", "M", "Q", "Y"]), st.booleans())
def test_cohorts_agree_with_calendar_periods(
    frame: pd.DataFrame, freq: str, unbounded: bool
) -> None:
    period = calendar(frame, freq)
    began = period.groupby(frame["customer"]).transform("min")
    ages = (period.map(lambda p: p.ordinal) - began.map(lambda p: p.ordinal)).groupby(
        [began, frame["customer"]]
    )
    answer = read_events(frame).cohorts(freq, "unbounded" if unbounded else "n-day")  # type: ignore[arg-type]
    customers = {cohort: {} for cohort in set(began)}
    for (cohort, customer), seen in ages:
        customers[cohort][customer] = set(seen)
    last = period.max()
    expected = [
        (
            cohort.start_time.tz_localize("UTC"),
            age,
            len(members),
            sum(max(seen) >= age if unbounded else age in seen for seen in members.values()),
            cohort.ordinal + age < last.ordinal,
        )
        for cohort, members in sorted(customers.items())
        for age in range(last.ordinal - cohort.ordinal + 1)
    ]
    columns = ["cohort", "period", "customers", "active", "complete"]
    assert [*answer[columns].itertuples(index=False, name=None)] == expected
    check_shares(answer.rename(columns={"customers": "n"}), "active", "rate")


@given(frames)
def test_a_bracket_holds_all_its_periods(frame: pd.DataFrame) -> None:
    log = read_events(frame)
    period = calendar(frame, "D").map(lambda p: p.ordinal)
    began = period.groupby(frame["customer"]).transform("min")
    answer = log.cohorts("D", "bracket", brackets=[1, 3, 20])
    for row in answer.to_dict("records"):
        until = {1: 3, 3: 20}[row["period"]]
        cohort = row["cohort"].tz_localize(None).to_period("D").ordinal
        hit = (began == cohort) & (period - began >= row["period"]) & (period - began < until)
        assert row["active"] == frame.loc[hit, "customer"].nunique()
        assert row["complete"] == (cohort + until - 1 < period.max())


@given(frames)
def test_loops_agree_with_a_walk(frame: pd.DataFrame) -> None:
    frame = ordered(frame)
    seen: dict[str, dict[str, list[int]]] = {}
    for customer, part in frame.groupby("customer"):
        for place, event in enumerate(part["event"]):
            seen.setdefault(event, {}).setdefault(str(customer), []).append(place)
    gaps = frame.groupby(["event", "customer"])["time"].diff().dt.total_seconds()
    answer = read_events(frame).loops().set_index("event")
    repeated = {
        event: all_ for event, all_ in seen.items() if any(len(p) > 1 for p in all_.values())
    }
    assert set(answer.index) == set(repeated)
    for event, by_customer in repeated.items():
        row = answer.loc[event]
        steps = np.concatenate([np.diff(places) for places in by_customer.values()])
        assert (row["direct"], row["returns"]) == ((steps == 1).sum(), (steps > 1).sum())
        assert row["customers"] == sum(len(places) > 1 for places in by_customer.values())
        assert row["n"] == len(by_customer)
        times = gaps[frame["event"] == event].dropna()
        np.testing.assert_allclose(row[["median", "p90"]].astype(float), times.quantile([0.5, 0.9]))
        ranked, rank = np.sort(times), int(stats.binom.ppf(0.025, len(times), 0.5))
        ends = [ranked[rank - 1], ranked[-rank]] if rank else [np.nan, np.nan]
        np.testing.assert_allclose(row[["median_low", "median_high"]].astype(float), ends)
    check_shares(answer, share="rate")


@given(frames, st.floats(0.05, 1))
def test_rare_steps_are_the_transitions_of_few(frame: pd.DataFrame, below: float) -> None:
    log = read_events(frame)
    every, n = log.transitions(), frame["customer"].nunique()
    rare = every[every["customers"] / n < below]
    answer = log.rare_steps(below)
    keys = ["source", "target"]
    assert counts(answer, keys) == counts(rare, keys)
    assert counts(answer, keys, "steps") == counts(rare, keys, "n")
    assert answer["customers"].is_monotonic_increasing
    check_shares(answer, share="rate")


ANSWERS = {
    "transitions": EventLog.transitions,
    "edge_times": EventLog.edge_times,
    "step_matrix": EventLog.step_matrix,
    "around": lambda log: log.around("come"),
    "variants": EventLog.variants,
    "cohorts": EventLog.cohorts,
    "unbounded": lambda log: log.cohorts("D", "unbounded"),
    "bracket": lambda log: log.cohorts("D", "bracket", brackets=[0, 1, 30]),
    "loops": EventLog.loops,
    "rare_steps": lambda log: log.rare_steps(0.5),
    "funnel": lambda log: log.funnel(NAMES),
    "by": lambda log: log.funnel(NAMES, within="9d", by="kind"),
    "stage_times": lambda log: log.stage_times(NAMES),
    "reach": lambda log: log.reach(NAMES),
    "drop_off": lambda log: log.drop_off(NAMES, within="5d"),
    "regressions": lambda log: log.regressions(NAMES),
}
tied = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from(NAMES), st.integers(0, 4)),
    min_size=1,
    max_size=40,
).map(lambda rows: framed([*rows, *(("z", name, 2) for name in NAMES)]))


# Each example asks everything of three logs.
@settings(max_examples=settings().max_examples // 3)
@given(frame=tied, random=st.randoms(use_true_random=False))
def test_neither_row_order_nor_customers_names_matter(frame: pd.DataFrame, random: object) -> None:
    order = [*range(len(frame))]
    random.shuffle(order)  # type: ignore[attr-defined]
    frame = frame.assign(kind=[f"k{number % 3}" for number in range(len(frame))])
    renamed = frame.assign(customer=frame["customer"].map(lambda name: f"~{ord('z') - ord(name)}"))
    log, *others = map(read_events, (frame, frame.iloc[order], renamed))
    assert log.fingerprint == others[0].fingerprint
    assert [other.ties for other in others] == [log.ties] * 2
    for answer in ANSWERS.values():
        expected = answer(log)
        for other in others:
            pd.testing.assert_frame_equal(expected, answer(other))


@pytest.mark.parametrize("name", ANSWERS)
def test_an_empty_rest_still_answers(name: str) -> None:
    frame = framed([("a", event, hour) for hour, event in enumerate(NAMES)]).assign(kind="x")
    log = read_events(frame)
    whole, rest = ANSWERS[name](log), ANSWERS[name](log.between("2031-01"))
    assert [*rest.columns] == [*whole.columns]
    assert rest.select_dtypes("number").fillna(0).sum().sum() == 0
    sessions = log.between("2031-01").sessions()
    assert (len(sessions), [*sessions.columns]) == (0, [*log.sessions().columns])


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda log: log.sessions("soon"), "'gap' is 'soon'. Give a span of time"),
        (lambda log: log.sessions("0s"), "'gap' is '0s'"),
        (lambda log: log.sessions(30), "'gap' is 30. Give a span of time with its unit"),
        (lambda log: log.sessions("30"), "'gap' is '30'"),
        (lambda log: log.sessions(np.float64(1.5)), "'gap' is"),
        (lambda log: log.funnel(["come"], within=7), "'within' is 7"),
        (lambda log: log.drop_off(["come"], within="7.5"), "'within' is '7.5'"),
        (lambda log: log.step_matrix(2.5), "'steps' is 2.5. Give a whole number"),
        (lambda log: log.around("come", before=1.5), "'before' is 1.5"),
        (lambda log: log.around("come", after=True), "'after' is True"),
        (lambda log: log.variants(top=None), "'top' is None"),
        (lambda log: log.step_matrix(0), "'steps' is 0. Give a whole number of at least 1"),
        (lambda log: log.around("come", before=-1), "'before' is -1"),
        (lambda log: log.variants(0), "'top' is 0"),
        (lambda log: log.rare_steps(2), "'below' is 2. Give a share"),
        (lambda log: log.cohorts("D", "bracket"), "'brackets' is None. Give ascending periods"),
        (lambda log: log.cohorts("D", "bracket", brackets=[3, 1]), "Give ascending periods"),
        (lambda log: log.cohorts("D", brackets=[0, 1]), "and none otherwise"),
    ],
)
def test_an_argument_that_cant_be_meant_is_refused(ask: object, message: str) -> None:
    log = read_events(framed([("a", "come", 0)]))
    with pytest.raises(ParameterError, match=message):
        ask(log)  # type: ignore[operator]


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    log = read_events(framed([("a", "come", 0)]))
    with pytest.raises(UnknownNameError, match="did you mean 'come'"):
        log.around("comee")
    with pytest.raises(UnknownNameError, match="no frequency 'week'"):
        log.cohorts("week")  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match="did you mean 'n-day'"):
        log.cohorts("W", "nday")  # type: ignore[arg-type]


def test_counts_are_those_of_a_table_however_many_kinds_there_are() -> None:
    draw = np.random.default_rng(3)
    names = [f"event {place:03}" for place in range(150)]
    frame = pd.DataFrame(
        {
            "customer": draw.choice(["a", "b", "c", "d", "e"], 2000),
            "event": draw.choice(names, 2000),
            "time": pd.date_range("2026-01-01", periods=2000, freq="min"),
        }
    )
    counted = frame.groupby("event")["customer"].agg(["size", "nunique"])
    answer = read_events(frame).counts().set_index("event")
    assert answer["n"].to_dict() == counted["size"].to_dict()
    assert answer["customers"].to_dict() == counted["nunique"].to_dict()
