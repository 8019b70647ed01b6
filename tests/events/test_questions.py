"""Questions against hand-worked logs and against slow, plain answers of the same question."""

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_journey.errors import ColumnError, DuplicateNameError, ParameterError, UnknownNameError
from jupyter_journey.events import Period, read_events

NAMES = ["ask", "buy", "come", "drop"]


def frame_of(rows: list[tuple[str, str, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["customer", "event", "hour"])
    start = pd.Timestamp("2026-01-01", tz="UTC")
    frame["time"] = start + pd.to_timedelta(frame.pop("hour"), unit="h")
    return frame.astype({"customer": "str", "event": "str"})


rows = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "d", "e"]), st.sampled_from(NAMES), st.integers(0, 6)
    ),
    min_size=1,
    max_size=40,
)
logs = rows.map(lambda given: frame_of([*given, *(("z", name, 0) for name in NAMES)]))


def paths(frame: pd.DataFrame) -> dict[str, list[tuple[str, pd.Timestamp]]]:
    ordered = frame.sort_values(["customer", "time", "event"])
    return {
        str(customer): list(zip(part["event"], part["time"], strict=True))
        for customer, part in ordered.groupby("customer")
    }


def entries(path: list[tuple[str, pd.Timestamp]], stages: list[set[str]]) -> list[pd.Timestamp]:
    found, place = [], 0
    for names in stages:
        while place < len(path) and path[place][0] not in names:
            place += 1
        if place == len(path):
            break
        found.append(path[place][1])
        place += 1
    return found


@given(logs, st.lists(st.sets(st.sampled_from(NAMES), min_size=1), min_size=1, max_size=4))
def test_funnel_and_times_agree_with_a_walk(frame: pd.DataFrame, sets: list[set[str]]) -> None:
    log = read_events(frame)
    stages = {f"stage {number}": sorted(names) for number, names in enumerate(sets)}
    walked = [entries(path, sets) for path in paths(frame).values()]

    funnel = log.funnel(stages)
    counts = [sum(len(found) > place for found in walked) for place in range(len(sets))]
    assert funnel["customers"].tolist() == counts
    rates = funnel["rate"].dropna()
    assert rates.between(0, 1).all()
    assert (funnel["low"].dropna() <= rates).all()
    assert (rates <= funnel["high"].dropna()).all()

    times = log.stage_times(stages)
    for place, row in enumerate(times.to_dict("records")):
        spans = pd.Series(
            [
                (found[place + 1] - found[place]).total_seconds()
                for found in walked
                if len(found) > place + 1
            ],
            dtype=float,
        )
        assert row["n"] == len(spans) == counts[place + 1]
        assert row["waiting"] == counts[place] - counts[place + 1]
        np.testing.assert_allclose(row["median"], spans.median())
        np.testing.assert_allclose(row["p90"], spans.quantile(0.9))


@given(logs)
def test_transitions_agree_with_pandas(frame: pd.DataFrame) -> None:
    ordered = frame.sort_values(["customer", "time", "event"])
    ordered["target"] = ordered.groupby("customer")["event"].shift(-1)
    pairs = ordered.dropna().groupby(["event", "target"])["customer"].agg(["size", "nunique"])
    answer = read_events(frame).transitions().set_index(["source", "target"])
    assert {key: tuple(row) for key, row in zip(answer.index, answer.to_numpy(), strict=True)} == {
        key: tuple(row) for key, row in zip(pairs.index, pairs.to_numpy(), strict=True)
    }


@given(logs)
def test_a_customer_without_the_events_changes_no_count(frame: pd.DataFrame) -> None:
    stranger = pd.DataFrame({"customer": ["x"], "event": ["else"], "time": frame["time"].iloc[:1]})
    more = read_events(pd.concat([frame, stranger]))
    log = read_events(frame)
    assert more.funnel(NAMES)["customers"].tolist() == log.funnel(NAMES)["customers"].tolist()
    pd.testing.assert_frame_equal(more.transitions(), log.transitions())


def test_more_bits_than_fit_one_integer_give_the_same_order() -> None:
    frame = frame_of([("a", "come", 2), ("a", "ask", 1), ("b", "buy", 1), ("b", "ask", 1)])
    frame["sequence"] = [0, 0, 2**62, 0]
    far = frame.copy()
    far.loc[0, "time"] += pd.Timedelta(microseconds=1)
    log = read_events(far)
    assert log.frame()["event"].tolist() == ["ask", "come", "ask", "buy"]
    assert log.frame()["time"].tolist()[1] == far.loc[0, "time"]


@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=2, max_size=6, unique=True))
def test_sequences_of_any_whole_numbers_order_ties(numbers: list[int]) -> None:
    names = [f"e{place}" for place in range(len(numbers))]
    frame = pd.DataFrame({"customer": "a", "event": names, "time": "2026-01-01"})
    log = read_events(frame.assign(sequence=pd.Series(numbers, dtype="int64")))
    ordered = [name for _, name in sorted(zip(numbers, names, strict=True))]
    assert log.frame()["event"].tolist() == ordered


@pytest.mark.parametrize("kind", ["uint64", "str"])
def test_a_number_of_too_many_digits_is_refused_with_its_row(kind: str, tmp_path: Path) -> None:
    frame = frame_of([("a", "come", 0), ("a", "ask", 0)])
    few = frame.assign(sequence=pd.Series([2**59, 1], dtype=kind))
    assert read_events(few).frame()["event"].tolist() == ["ask", "come"]
    many = frame.assign(sequence=pd.Series([1, 2**63 + 1], dtype=kind))
    many.to_parquet(tmp_path / "log.parquet")
    for source in (many, tmp_path / "log.parquet"):
        with pytest.raises(
            ColumnError, match=r"'sequence' holds .*\(9223372036854775809\) in row 1"
        ):
            read_events(source)


HAND = frame_of(
    [
        ("a", "come", 0), ("a", "ask", 24), ("a", "buy", 48),
        ("b", "buy", 0), ("b", "come", 10), ("b", "ask", 22),
        ("c", "come", 5),
    ]
)  # fmt: skip


def test_a_hand_worked_log() -> None:
    log = read_events(HAND)
    funnel = log.funnel(["come", "ask", "buy"])
    assert funnel["customers"].tolist() == [3, 2, 1]
    assert funnel["n"].tolist() == [3, 3, 2]
    np.testing.assert_allclose(funnel["rate"], [1, 2 / 3, 1 / 2])
    np.testing.assert_allclose(funnel["share"], [1, 2 / 3, 1 / 3])
    times = log.stage_times(["come", "ask", "buy"])
    assert times["median"].tolist() == [18 * 3600, 24 * 3600]
    assert times["waiting"].tolist() == [1, 1]
    reached = log.reach({"bought": "buy"}, since={"bought": "come"})
    assert reached.loc[0, ["n", "customers", "median"]].tolist() == [3, 1, 48 * 3600]
    assert log.reach(["buy"]).loc[0, ["n", "customers", "median"]].tolist() == [3, 2, 24 * 3600]
    waits = log.waits("come", ["ask", "buy"]).set_index("customer")["end"]
    assert waits["b"] == HAND["time"].min() + pd.Timedelta(hours=22)
    assert pd.isna(waits["c"])
    assert log.ties == 0
    assert Counter(log.frame()["event"]) == Counter(HAND["event"])


def test_filters_keep_what_they_say() -> None:
    frame = HAND.assign(plan=["x", "x", "x", "y", "y", "y", "x"], seats=[1, 1, 1, 20, 20, 20, 3])
    log = read_events(frame)
    assert log.where({"plan": "x"}).customers.tolist() == ["a", "c"]
    assert log.where({"seats": 20}).customers.tolist() == ["b"]
    assert log.where({"plan": "x", "seats": 3}).n == 1
    assert log.between("2026-01-02").events.tolist() == sorted(set(HAND["event"]))
    assert log.between("2026-01-02").n == 1
    assert log.between("2026-01").n == len(HAND)
    with pytest.raises(ColumnError, match="Did you mean 'plan'"):
        log.where({"plam": "x"})
    with pytest.raises(ColumnError, match="Compare it with text"):
        log.where({"plan": 3})


def test_an_empty_rest_still_answers() -> None:
    log = read_events(HAND).between("2031-01")
    assert (log.n, len(log.customers), log.period, log.ties) == (0, 0, None, 0.0)
    assert log.funnel(["come", "ask"])["customers"].tolist() == [0, 0]
    assert log.transitions().empty
    assert log.stage_times(["come", "ask"])["n"].tolist() == [0]
    assert log.reach(["buy"])["n"].tolist() == [0]
    assert log.waits("come", "buy").empty


def test_an_unknown_event_is_named_with_the_nearest() -> None:
    log = read_events(HAND)
    with pytest.raises(UnknownNameError, match="did you mean 'come'"):
        log.funnel(["comee", "ask"])
    with pytest.raises(DuplicateNameError):
        log.funnel(["come", "come"])


def test_a_period_may_be_a_year_or_a_quarter() -> None:
    for text in ("2026", "2026-Q1", "2026Q3", "2024-q4"):
        span = pd.Period(text.upper().replace("-", ""))
        assert Period.parse(text) == Period(span.start_time.date(), span.end_time.date())
    assert Period.parse("2025-Q4/2026-02").last == Period.parse("2026-02").last


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-00", "2026-Q5", "yesterday", "2026-02/2026-01", "2026-01/02/03", ""]
)
def test_a_period_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ParameterError, match="2026-01"):
        Period.parse(text)


def test_a_period_is_a_text() -> None:
    log = read_events(frame_of([("a", "come", 0)]))
    with pytest.raises(ParameterError, match="Give a text: a year such as"):
        log.between(2026)  # type: ignore[arg-type]
    assert log.between(Period.of("2026")).n == 1


def test_customers_of_one_event_each_make_no_transition() -> None:
    log = read_events(frame_of([(name, "come", 0) for name in "abcde"]))
    assert log.transitions().empty
    assert log.edge_times().empty
    assert log.variants()["customers"].tolist() == [5]


def test_a_log_cut_to_fewer_rows_than_it_had_customers_answers() -> None:
    frame = frame_of([(f"c{number:03}", "ask", 1) for number in range(100)])
    log = read_events(frame.assign(plan=["b" if number > 96 else "a" for number in range(100)]))
    assert log.where({"plan": "b"}).customers.tolist() == ["c097", "c098", "c099"]
