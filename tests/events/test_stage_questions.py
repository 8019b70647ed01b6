"""Stages with a time limit, by group, left, gone back from and compared, against slow answers."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from jupyter_journey.errors import ColumnError, ParameterError, UnknownNameError
from jupyter_journey.events import EventLog, PartitionedLog, read_events

NAMES = ["ask", "buy", "come", "drop"]
START = pd.Timestamp("2026-01-01", tz="UTC")
Path = list[tuple[str, int]]


def framed(rows: list[tuple[str, str, int, str | None]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["customer", "event", "hour", "plan"])
    frame["time"] = START + pd.to_timedelta(frame["hour"], unit="h")
    return frame.astype({"plan": "string"})


rows = st.lists(
    st.tuples(
        st.sampled_from("abcdefg"),
        st.sampled_from(NAMES),
        st.integers(0, 60),
        st.sampled_from(["x", "y", None]),
    ),
    min_size=1,
    max_size=50,
)
frames = rows.map(lambda given: framed([*given, *(("z", name, 9, "x") for name in NAMES)]))
stages = st.lists(st.sets(st.sampled_from(NAMES), min_size=1), min_size=2, max_size=4)


def paths(frame: pd.DataFrame) -> dict[str, Path]:
    frame = frame.sort_values(["customer", "time", "event", "plan"])
    return {
        str(customer): [*zip(part["event"], part["hour"], strict=True)]
        for customer, part in frame.groupby("customer")
    }


def entered(path: Path, sets: list[set[str]]) -> list[int]:
    """Return the places at which a path enters each stage, as far as it gets."""
    found: list[int] = []
    for names in sets:
        begin = found[-1] + 1 if found else 0
        place = next((i for i in range(begin, len(path)) if path[i][0] in names), None)
        if place is None:
            break
        found.append(place)
    return found


def named(sets: list[set[str]]) -> dict[str, list[str]]:
    return {f"stage {number}": sorted(names) for number, names in enumerate(sets)}


@given(frames, stages, st.integers(1, 40))
def test_a_funnel_within_a_time_leaves_out_the_unfinished(
    frame: pd.DataFrame, sets: list[set[str]], hours: int
) -> None:
    end = frame["hour"].max()
    expected, unfinished, n = [0] * len(sets), 0, 0
    for path in paths(frame).values():
        times = [path[place][1] for place in entered(path, sets)]
        if times and times[0] + hours > end:
            unfinished += 1
            continue
        n += 1
        for place, time in enumerate(times):
            expected[place] += time - times[0] <= hours
    answer = read_events(frame).funnel(named(sets), within=f"{hours}h")
    assert answer["customers"].tolist() == expected
    assert answer["n"].tolist() == [n, *expected[:-1]]
    assert set(answer["unfinished"]) == {unfinished}


@given(frames, stages)
def test_groups_hold_whole_customers_by_their_first_event(
    frame: pd.DataFrame, sets: list[set[str]]
) -> None:
    log = read_events(frame)
    first = frame.sort_values(["customer", "time", "event", "plan"]).groupby("customer").head(1)
    group = first.set_index("customer")["plan"]
    answer = log.funnel(named(sets), by="plan")
    counted = dict(
        zip(
            zip(answer["group"].fillna("none"), answer["stage"], strict=True),
            answer["customers"],
            strict=True,
        )
    )
    expected = Counter(
        (group[customer] if pd.notna(group[customer]) else "none", f"stage {place}")
        for customer, path in paths(frame).items()
        for place in range(len(entered(path, sets)))
    )
    assert {key: count for key, count in counted.items() if count} == expected
    for name, segment in log.segments("plan").items():
        assert segment.customers.tolist() == sorted(group.index[group == name])
        mine = answer[answer["group"] == name].drop(columns="group").reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, segment.funnel(named(sets)))


@given(frames, stages)
def test_the_flow_between_stages_agrees_with_a_walk(
    frame: pd.DataFrame, sets: list[set[str]]
) -> None:
    times: Counter[tuple[str, str]] = Counter()
    people: dict[tuple[str, str], set[str]] = {}
    for customer, path in paths(frame).items():
        ways = [next((n for n, one in enumerate(sets) if name in one), None) for name, _ in path]
        for one, other in pairwise(f"stage {way}" for way in ways if way is not None):
            if one != other:
                times[one, other] += 1
                people.setdefault((one, other), set()).add(customer)
    answer = read_events(frame).flow(named(sets))
    keys = [*zip(answer["source"], answer["target"], strict=True)]
    assert keys == sorted(times)
    assert dict(zip(keys, answer["n"], strict=True)) == times
    counts = {key: len(customers) for key, customers in people.items()}
    assert dict(zip(keys, answer["customers"], strict=True)) == counts


@given(frames, stages, st.none() | st.integers(1, 40))
def test_what_people_did_instead_agrees_with_a_walk(
    frame: pd.DataFrame, sets: list[set[str]], hours: int | None
) -> None:
    end, limit = frame["hour"].max(), 10**6 if hours is None else hours
    expected: Counter[tuple[str, str]] = Counter()
    for path in paths(frame).values():
        places = entered(path, sets)
        for step, place in enumerate(places[: len(sets) - 1]):
            begin = path[place][1]
            if hours is not None and begin + hours > end:
                continue
            if step + 1 < len(places) and path[places[step + 1]][1] - begin <= limit:
                continue
            after = path[place + 1 :][:1]
            did = after[0][0] if after and after[0][1] - begin <= limit else "nothing"
            expected[f"stage {step}", did] += 1
    within = None if hours is None else f"{hours}h"
    answer = read_events(frame).drop_off(named(sets), within=within)
    keys = zip(answer["from"], answer["instead"].fillna("nothing"), strict=True)
    assert dict(zip(keys, answer["customers"], strict=True)) == expected
    for stage, part in answer.groupby("from"):
        left = sum(count for (name, _), count in expected.items() if name == stage)
        assert set(part["n"]) == {left}
        assert part["share"].sum() == pytest.approx(1)
        assert part["customers"].is_monotonic_decreasing


@given(frames)
def test_regressions_agree_with_a_walk(frame: pd.DataFrame) -> None:
    order = {"come": 0, "ask": 1, "buy": 2}
    moves: Counter[tuple[str, str]] = Counter()
    movers: Counter[tuple[str, str]] = Counter()
    seen: Counter[str] = Counter()
    for path in paths(frame).values():
        visited = [event for event, _ in path if event in order]
        steps = pairwise(visited)
        back = [(a, b) for a, b in steps if order[b] < order[a]]
        moves.update(back)
        movers.update(set(back))
        seen.update(set(visited))
    answer = read_events(frame).regressions([*order])
    assert [*zip(answer["from"], answer["to"], strict=True)] == [
        ("ask", "come"), ("buy", "come"), ("buy", "ask"),
    ]  # fmt: skip
    for row in answer.to_dict("records"):
        pair = (row["from"], row["to"])
        assert (row["moves"], row["customers"], row["n"]) == (
            moves[pair],
            movers[pair],
            seen[pair[0]],
        )


def segments(seed: int, customers: int, buys: tuple[float, float]) -> dict[str, EventLog]:
    """Make customers who come, and of whom a share buys, the second group more slowly."""
    draw = np.random.default_rng(seed)
    made: list[tuple[str, str, int, str | None]] = []
    for group, share in zip("xy", buys, strict=True):
        for number in range(customers):
            name, begin = f"{group}{number}", int(draw.integers(0, 500))
            made.append((name, "come", begin, group))
            if draw.random() < 0.3:
                made.append((name, "ask", begin + 1, group))
            if draw.random() < share:
                made.append((name, "buy", begin + 2 + int(draw.exponential(60)), group))
    return read_events(framed(made).drop(columns="hour")).segments("plan")


def test_differences_are_fishers_newcombes_and_the_log_rank_tests() -> None:
    logs = segments(3, 150, (0.6, 0.3))
    answer = logs["x"].compare(logs["y"], ["come", "buy"])

    stage = answer[(answer["what"] == "stage") & (answer["target"] == "buy")].iloc[0]
    counts = [log.funnel(["come", "buy"])["customers"].tolist() for log in logs.values()]
    table = [[hit, n - hit] for n, hit in counts]
    assert stage["p"] == pytest.approx(stats.fisher_exact(table).pvalue)
    assert (stage["n"], stage["value"]) == (150, counts[0][1] / 150)
    assert stage["difference"] == pytest.approx((counts[1][1] - counts[0][1]) / 150)
    one, other = [stats.binomtest(hit, n).proportion_ci(method="wilson") for n, hit in counts]
    p, q = counts[0][1] / 150, counts[1][1] / 150
    assert stage["low"] == pytest.approx(q - p - np.hypot(q - other.low, one.high - p))
    assert stage["high"] == pytest.approx(q - p + np.hypot(other.high - q, p - one.low))

    time = answer[answer["what"] == "time"].iloc[0]
    end = max(log.frame()["time"].max() for log in logs.values())
    samples = []
    for log in logs.values():
        waits = log.waits("come", "buy")
        length = (waits["end"].fillna(end) - waits["start"]).dt.total_seconds()
        samples.append(stats.CensoredData.right_censored(length, waits["end"].isna()))
    assert time["p"] == pytest.approx(stats.logrank(*samples).pvalue)
    medians = [log.stage_times(["come", "buy"])["median"].iloc[0] for log in logs.values()]
    assert time["difference"] == pytest.approx(medians[1] - medians[0])
    assert time["low"] < time["difference"] < time["high"]

    pair = answer[(answer["what"] == "transition") & (answer["target"] == "ask")].iloc[0]
    made = [log.transitions().set_index(["source", "target"]) for log in logs.values()]
    shares = [frame.loc[("come", "ask"), "customers"] / 150 for frame in made]
    assert pair[["value", "value_other"]].tolist() == shares

    # Benjamini and Hochberg's step-up rule, written out.
    ps = np.sort(answer["p"].dropna().to_numpy())
    expected = np.minimum.accumulate((ps * len(ps) / np.arange(1, len(ps) + 1))[::-1])[::-1]
    np.testing.assert_allclose(answer["p_adjusted"].dropna(), np.minimum(expected, 1))
    assert answer["p"].dropna().is_monotonic_increasing


def test_segments_of_one_kind_of_customer_seldom_differ() -> None:
    surely = 0
    for seed in range(20):
        logs = segments(seed, 60, (0.5, 0.5))
        surely += (logs["x"].compare(logs["y"], ["come", "buy"])["p_adjusted"] <= 0.05).any()
    assert surely <= 3  # of 20, where 1 is expected: a probability of 0.984


def test_segments_that_share_customers_cant_be_compared() -> None:
    log = read_events(framed([("a", "come", 0, "x"), ("b", "come", 1, "y")]))
    reason = r"shares customers with this log \(2\).*log\.segments\(column\)"
    with pytest.raises(ParameterError, match=reason):
        log.compare(log)


def test_an_unknown_column_is_told_with_the_nearest() -> None:
    log = read_events(framed([("a", "come", 0, "x")]))
    with pytest.raises(ColumnError, match="Did you mean 'plan'"):
        log.funnel(["come"], by="plam")
    with pytest.raises(ColumnError, match="Did you mean 'plan'"):
        log.segments("plam")


def test_a_segment_without_the_events_still_compares() -> None:
    rows = [("a", "come", 0, "x"), ("a", "buy", 2, "x"), ("b", "come", 1, "y")]
    logs = read_events(framed([*rows])).segments("plan")
    answer = logs["x"].compare(logs["y"], ["come", "buy"])
    time = answer[answer["what"] == "time"].iloc[0]
    assert (time["n"], time["n_other"]) == (1, 0)
    assert pd.isna(time["p"])
    assert answer["p_adjusted"].notna().sum() == 3


FELL_SILENT = [("a", "come", 0, "x"), ("a", "ask", 1, "x"), ("b", "come", 2, "x")]
WENT_ON = [("c", "come", 3, "y"), ("c", "buy", 240, "y")]


@pytest.mark.parametrize("on_disk", [False, True])
def test_those_who_fell_silent_early_were_watched_to_the_end_of_the_log(on_disk: bool) -> None:
    whole = read_events(framed(FELL_SILENT + WENT_ON).drop(columns="hour"))
    end = START + pd.Timedelta(hours=240)
    kept: list[EventLog | PartitionedLog] = [whole.segments("plan")["x"]]
    kept += [whole.of_customers({"plan": "x"}), whole.where({"plan": "x"})]
    kept = [log.partitioned(2) for log in kept if isinstance(log, EventLog)] if on_disk else kept
    if on_disk:
        kept.append(whole.partitioned(2).where({"plan": "x"}))
    for log in kept:
        assert (log.until, log.last) == (end, START + pd.Timedelta(hours=2))
        funnel = log.funnel(["come", "buy"], within="9d")
        assert funnel["customers"].tolist() == [2, 0]
        assert funnel["unfinished"].tolist() == [0, 0]
        left = log.drop_off(["come", "buy"], within="9d")
        assert left[["instead", "n"]].fillna("").to_numpy().tolist() == [["ask", 2], ["", 2]]
        cohorts = log.cohorts("D")
        assert cohorts["active"].tolist() == [2] + [0] * 10
        assert cohorts["complete"].tolist() == [True] * 10 + [False]
        # A period that is over before the time is leaves them unfinished.
        cut = log.between("2026-01-01/2026-01-09")
        assert cut.until == START + pd.Timedelta(days=9) - pd.Timedelta(microseconds=1)
        assert cut.funnel(["come", "buy"], within="9d")["unfinished"].tolist() == [2, 2]
        assert cut.between("2026-01").until == cut.until


@pytest.mark.parametrize("options", [{}, {"partitions": 2}])
def test_what_is_left_out_while_reading_was_watched_too(options: dict[str, int]) -> None:
    frame = framed(FELL_SILENT + WENT_ON)
    staged = read_events(frame, stages={"Come": "come"}, **options)  # type: ignore[call-overload]
    assert staged.until == START + pd.Timedelta(hours=240)
    cut = read_events(frame, period="2026-01-01/2026-01-03", **options)  # type: ignore[call-overload]
    assert cut.until == START + pd.Timedelta(days=3) - pd.Timedelta(microseconds=1)
    assert read_events(frame.head(0), **options).until is None  # type: ignore[call-overload]


def test_a_comparison_counts_the_silence_of_both_segments() -> None:
    draw = np.random.default_rng(2)
    rows = [(f"x{i}", "come", i % 5, "x") for i in range(30)]
    rows += [(f"x{i}", "buy", 6, "x") for i in range(15)]
    rows += [(f"y{i}", "come", i % 5, "y") for i in range(30)]
    rows += [(f"y{i}", "buy", int(draw.integers(6, 200)), "y") for i in range(30)]
    one, other = read_events(framed([*rows]).drop(columns="hour")).segments("plan").values()
    answer = one.compare(other, ["come", "buy"])
    samples = []
    for log in (one, other):
        waits = log.waits("come", "buy")
        watched = (waits["end"].fillna(other.last) - waits["start"]).dt.total_seconds()
        samples.append(stats.CensoredData.right_censored(watched, waits["end"].isna()))
    p = answer.loc[answer["what"] == "time", "p"].iloc[0]
    assert p == pytest.approx(stats.logrank(*samples).pvalue)


def test_an_event_that_one_segment_lacks_is_a_share_of_0() -> None:
    rows = [(f"a{number}", "come", 0, "x") for number in range(6)]
    rows += [(f"a{number}", "buy", 2, "x") for number in range(4)]
    one = read_events(framed(rows))
    other = read_events(framed([(f"b{number}", "come", 0, "x") for number in range(6)]))
    for left, right, values in ((one, other, [4 / 6, 0.0]), (other, one, [0.0, 4 / 6])):
        answer = left.compare(right, ["come", "buy"])
        stage = answer[(answer["what"] == "stage") & (answer["target"] == "buy")].iloc[0]
        assert stage[["value", "value_other"]].tolist() == values
        assert (answer["what"] == "time").sum() == 1
    with pytest.raises(UnknownNameError, match="did you mean 'buy'"):
        one.compare(other, ["come", "buyy"])


@pytest.mark.parametrize("on_disk", [False, True])
def test_a_time_to_come_ends_no_observation(on_disk: bool) -> None:
    frame = framed([*FELL_SILENT, *WENT_ON]).drop(columns="hour")
    late = pd.DataFrame({"customer": ["a", "d"], "event": ["buy", "come"], "plan": "x"})
    late["time"] = pd.Series(["9999-12-31T00:00Z"] * 2).astype("datetime64[us, UTC]")
    frame = pd.concat([frame.astype({"time": "datetime64[us, UTC]"}), late])
    log = read_events(frame)
    asked = log.partitioned(2) if on_disk else log
    assert asked.last == late["time"].iloc[0]
    assert asked.until is not None
    assert START < asked.until <= pd.Timestamp.now("UTC")
    assert asked.until == log.until == log.where({"plan": "y"}).until
    assert asked.funnel(["come", "buy"], within="9d")["customers"].tolist() == [3, 0]
    assert asked.drop_off(["come", "buy"])["n"].unique().tolist() == [2]
    assert asked.stage_times(["come", "buy"])["n"].tolist() == [2]
    for kind, ever in (("n-day", 1), ("unbounded", 1)):
        cohorts = asked.cohorts("D", kind)  # type: ignore[arg-type]
        assert cohorts["cohort"].unique().tolist() == [START]
        assert cohorts["customers"].iloc[0] == 3
        assert cohorts["active"].iloc[[0, 10, 11]].tolist() == [3, ever, 0]
    brackets = asked.cohorts("D", "bracket", brackets=[0, 1, 10, 20])
    assert brackets["active"].tolist() == [3, 0, 1]
    segments = log.segments("plan")
    answer = segments["x"].compare(segments["y"], ["come", "buy"])
    time = answer[answer["what"] == "time"].iloc[0]
    assert np.isnan(time["p"])  # in one segment nobody has arrived yet


def test_times_of_transitions_are_compared_by_each_customers_first() -> None:
    draw = np.random.default_rng(5)
    rows = []
    for plan, spread in (("x", 20), ("y", 90)):
        for number in range(40):
            first, again = draw.integers(1, spread, 2)
            times = [("come", 0), ("buy", first), ("come", 200), ("buy", 200 + again)]
            rows += [(f"{plan}{number}", event, int(hour), plan) for event, hour in times]
    logs = read_events(framed(rows)).segments("plan")
    answer = logs["x"].compare(logs["y"])
    edges = answer[answer["what"] == "edge_time"].set_index(["source", "target"])
    assert set(edges.index) == {("come", "buy"), ("buy", "come")}
    times = pd.DataFrame(rows, columns=["customer", "event", "hour", "plan"])
    bought = times[(times["event"] == "buy") & (times["hour"] < 200)].groupby("plan")["hour"]
    slow, fast = bought.get_group("y"), bought.get_group("x")
    row = edges.loc[("come", "buy")]
    assert row[["n", "n_other"]].tolist() == [40, 40]
    assert row[["value", "value_other"]].tolist() == [
        fast.median() * 3600,
        slow.median() * 3600,
    ]
    assert row["p"] == pytest.approx(stats.logrank(fast, slow).pvalue)
    assert row["low"] < row["difference"] < row["high"]
    adjusted = stats.false_discovery_control(answer["p"])
    np.testing.assert_allclose(answer["p_adjusted"], adjusted)
