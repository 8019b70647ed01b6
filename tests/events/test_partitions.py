"""A log in partitions on disk, or on a cluster, answers as the log in memory does."""

import json
import random
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from distributed import Client, LocalCluster
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_journey.errors import ColumnError, ParameterError, SourceError
from jupyter_journey.events import Log, PartitionedLog, coverage, quality, read_events, sniff
from jupyter_journey.metrics import measure
from jupyter_journey.model.journey import Journey

NAMES = ["ask", "buy", "come", "drop"]
NOON = pd.Timestamp("2026-01-02T12:00", tz="UTC")
BARE = Journey.new("Shop", stages=["Come", "Buy"])
RULES = [("is come where kind = x",), ("matches .u. where kind = y", "is buy")]
MAP = BARE.replace("stages", BARE.stages.assign(rules=RULES))
QUESTIONS: dict[str, Callable[[Log], pd.DataFrame]] = {
    "transitions": lambda log: log.transitions(),
    "edge_times": lambda log: log.edge_times(),
    "step_matrix": lambda log: log.step_matrix(5),
    "around": lambda log: log.around("come"),
    "variants": lambda log: log.variants(3),
    "sessions": lambda log: log.sessions("2h"),
    "cohorts": lambda log: log.cohorts("D"),
    "unbounded": lambda log: log.cohorts("D", "unbounded"),
    "bracket": lambda log: log.cohorts("D", "bracket", brackets=[0, 1, 3]),
    "counts": lambda log: log.counts(),
    "loops": lambda log: log.loops(),
    "rare_steps": lambda log: log.rare_steps(0.5),
    "funnel": lambda log: log.funnel(NAMES),
    "funnel_by": lambda log: log.funnel(NAMES, within="9h", by="kind"),
    "stage_times": lambda log: log.stage_times(NAMES),
    "reach": lambda log: log.reach(NAMES, since={"buy": "come"}),
    "waits": lambda log: log.waits("come", "buy"),
    "drop_off": lambda log: log.drop_off(NAMES, within="9h"),
    "flow": lambda log: log.flow(NAMES),
    "regressions": lambda log: log.regressions(NAMES),
    "quality": lambda log: quality(log, now=NOON),
    "coverage": lambda log: coverage(log, MAP),
}


def framed(rows: list[tuple[str, str, int, str | None]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["customer", "event", "hour", "kind"])
    frame["time"] = pd.Timestamp("2026-01-01", tz="UTC") + pd.to_timedelta(
        frame.pop("hour"), unit="h"
    )
    return frame.astype({"kind": "string"})


frames = st.lists(
    st.tuples(
        st.text("abc", min_size=1, max_size=2),
        st.sampled_from(NAMES),
        st.integers(0, 72),
        st.sampled_from(["x", "y", None]),
    ),
    min_size=1,
    max_size=40,
).map(lambda rows: framed([*rows, *(("z", name, 9, "x") for name in NAMES)]))


# Each example asks everything, and of a folder of its own.
FEW = settings(max_examples=settings().max_examples // 8)


@given(frame=frames, partitions=st.integers(1, 7))
@FEW
def test_the_number_of_partitions_doesnt_matter(frame: pd.DataFrame, partitions: int) -> None:
    log = read_events(frame)
    parts = log.partitioned(partitions)
    assert (parts.n, parts.first, parts.last) == (log.n, log.first, log.last)
    assert parts.ties == pytest.approx(log.ties)
    pd.testing.assert_index_equal(parts.customers, log.customers)
    pd.testing.assert_index_equal(parts.events, log.events)
    assert (parts.period, parts.tie_rule, parts.columns) == (log.period, log.tie_rule, log.columns)
    assert parts.fingerprint == log.fingerprint
    for ask in QUESTIONS.values():
        pd.testing.assert_frame_equal(ask(parts), ask(log))


@given(frame=frames)
@FEW
def test_filters_hold_in_every_partition(frame: pd.DataFrame) -> None:
    log = read_events(frame)
    parts = log.partitioned(3)
    for kept, same in (
        (parts.where({"kind": "x"}), log.where({"kind": "x"})),
        (parts.between("2026-01-02"), log.between("2026-01-02")),
        (parts.where({"kind": "y"}).between("2026-01"), log.where({"kind": "y"})),
        (parts.between("2031-01"), log.between("2031-01")),
        (parts.of_customers({"kind": "x"}), log.of_customers({"kind": "x"})),
        (
            parts.of_those(["a", "z"]).where({"kind": "x"}),
            log.of_those(["z", "a"]).where({"kind": "x"}),
        ),
    ):
        assert kept.n == same.n
        for name in ("transitions", "cohorts", "funnel_by"):
            pd.testing.assert_frame_equal(QUESTIONS[name](kept), QUESTIONS[name](same))


def test_tables_that_come_one_by_one_make_one_log(tmp_path: Path) -> None:
    rows = [(f"c{i % 50}", NAMES[i % 7 % 4], i, None) for i in range(400)]
    pieces = [framed(rows[begin : begin + 90]) for begin in range(0, 400, 90)]
    rows_of = [read_events(piece).rows for piece in pieces]
    parts = PartitionedLog.spilled(rows_of, "pieces", 4, tmp_path / "parts")
    log = read_events(pd.concat(pieces))
    for ask in QUESTIONS.values():
        pd.testing.assert_frame_equal(ask(parts), ask(log))
    assert len([*(tmp_path / "parts").glob("*/names.arrow")]) == 4
    assert repr(parts) == "<PartitionedLog pieces: 400 events in 4 partitions>"


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_file_streams_to_the_same_answers(tmp_path: Path, suffix: str) -> None:
    frame = framed([(f"00{i % 50}", NAMES[i % 7 % 4], i, "xy"[i % 2]) for i in range(400)])
    path = tmp_path / f"log.{suffix}"
    if suffix == "csv":
        frame.to_csv(path, index=False, date_format="%Y-%m-%dT%H:%M:%SZ")
    else:
        frame.to_parquet(path, row_group_size=70)
    log = read_events(path)
    parts = read_events(path, partitions=3)
    for ask in QUESTIONS.values():
        pd.testing.assert_frame_equal(ask(parts), ask(log))
    with pytest.raises(ColumnError, match="kind"):
        read_events(path, partitions=3, keep=[]).where({"kind": "x"}).transitions()
    with pytest.raises(ParameterError, match="Give a whole number from 1 to 65,536"):
        read_events(path, partitions=0)


def test_a_sequence_orders_ties_in_partitions_too() -> None:
    frame = pd.DataFrame({"customer": "a", "event": ["b", "a"], "time": "2026-01-01"})
    log = read_events(frame.assign(sequence=[1, 2]))
    assert log.partitioned(2).variants()["variant"].tolist() == ["b → a"]


@pytest.mark.parametrize(("top", "partitions"), [(1, 2), (2, 3), (2, 30), (40, 3)])
def test_the_most_frequent_paths_are_those_of_all_partitions(top: int, partitions: int) -> None:
    paths = [["come"]] * 40 + [["come", "buy"]] * 20 + [["ask"] * n for n in range(1, 31)]
    rows = [
        (f"c{number}", event, hour, None)
        for number, path in enumerate(paths)
        for hour, event in enumerate(path)
    ]
    found = read_events(framed(rows)).partitioned(partitions).variants(top)
    assert found["customers"].tolist() == [40, 20, *[1] * 30][:top]
    assert set(found["n"]) == {90}


def test_a_large_log_is_put_in_order_and_asked_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(4)
    rows = [
        (f"c{draw.randrange(40) ** 2}", draw.choice(NAMES), draw.randrange(72), draw.choice("xy"))
        for _ in range(900)
    ]
    frame = framed(rows)
    numbers = pd.Series([draw.randrange(3) for _ in rows])
    huge = (numbers - 1) * 2**62  # with the time they don't fit one integer
    for sequence in (None, numbers, numbers - 1, huge):
        given = frame if sequence is None else frame.assign(sequence=sequence)
        whole = {name: ask(read_events(given)) for name, ask in QUESTIONS.items()}
        with monkeypatch.context() as small:
            small.setattr("jupyter_journey.events.ordering._LARGE", 90)
            small.setattr("jupyter_journey.events.ordering._ROUND", 60)
            small.setattr("jupyter_journey.events.ordering._EVERY", 7)
            small.setattr("jupyter_journey.events.store._LARGE", 90)
            small.setattr("jupyter_journey.events.store._PIECE", 90)
            small.setattr("jupyter_journey.events.sessions._BLOCK", 3)
            log = read_events(given.sample(frac=1, random_state=1))
            for name, ask in QUESTIONS.items():
                pd.testing.assert_frame_equal(ask(log), whole[name])


def test_a_temporary_folder_goes_with_its_log() -> None:
    parts = read_events(framed([("a", "come", 0, None)])).partitioned(2)
    folder = parts._partitions[0].path.parent
    kept = parts.between("2026-01")
    del parts
    assert (folder.exists(), kept.n) == (True, 1)
    del kept
    assert not folder.exists()


def test_an_unknown_column_is_told_from_within() -> None:
    parts = read_events(framed([("a", "come", 0, None)])).partitioned(2)
    with pytest.raises(ColumnError, match="Did you mean 'kind'"):
        parts.funnel(["come"], by="kin")


@given(frame=frames, partitions=st.integers(1, 7))
@FEW
def test_segments_in_partitions_are_those_in_memory(frame: pd.DataFrame, partitions: int) -> None:
    log = read_events(frame)
    parts, whole = log.partitioned(partitions).segments("kind"), log.segments("kind")
    assert list(parts) == list(whole)
    for name, segment in parts.items():
        pd.testing.assert_index_equal(segment.customers, whole[name].customers)
        assert segment.until == whole[name].until


def test_segments_in_partitions_compare_as_in_memory() -> None:
    draw = np.random.default_rng(1)
    rows = [(f"{kind}{i}", "come", i, kind) for kind in "xy" for i in range(60)]
    rows += [(name, "buy", hour + 5, kind) for name, _, hour, kind in rows if draw.random() < 0.5]
    one, other = read_events(framed(rows)).segments("kind").values()
    answers = [
        left.compare(right, ["come", "buy"])
        for left, right in ((one, other), (one.partitioned(3), other.partitioned(2)))
    ]
    pd.testing.assert_frame_equal(*answers)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Client]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the cluster's own, about ports and sockets
        with (
            LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as workers,
            Client(workers) as client,
        ):
            yield client


def test_two_workers_of_a_cluster_give_the_identical_frames(
    cluster: Client, tmp_path: Path
) -> None:
    path = tmp_path / "log.csv"
    framed([(f"c{i % 37}", NAMES[i % 7 % 4], i, "xy"[i % 2]) for i in range(300)]).to_csv(path)
    log = read_events(path)
    parts = read_events(path, partitions=5, folder=tmp_path / "parts", cluster=cluster)
    for ask in QUESTIONS.values():
        pd.testing.assert_frame_equal(ask(parts), ask(log))
    assert (parts.n, parts.first, parts.last, parts.ties) == (log.n, log.first, log.last, log.ties)
    figures = [measure(MAP, {"events": given}).measurements for given in (parts, log)]
    pd.testing.assert_frame_equal(*(frame.drop(columns="computed_at") for frame in figures))
    by_address = read_events(path, partitions=2, cluster=cluster.scheduler.address)
    kept = by_address.where({"kind": "x"}).between("2026-01-02")
    same = log.where({"kind": "x"}).between("2026-01-02")
    pd.testing.assert_frame_equal(kept.transitions(), same.transitions())


def test_a_scheduler_that_does_not_answer_is_named() -> None:
    parts = read_events(framed([("a", "come", 0, None)])).partitioned(2, cluster="nonsense://here")
    with pytest.raises(SourceError, match="doesn't answer as a Dask scheduler"):
        parts.transitions()


def test_repeated_rows_are_left_out_of_partitions_as_in_memory(tmp_path: Path) -> None:
    draw = random.Random(3)
    lines = [
        {
            "event": draw.choice(NAMES),
            "properties": {
                "time": 1772600767 + 600 * draw.randrange(6),
                "distinct_id": f"u{draw.randrange(9)}",
                "$insert_id": f"i{draw.randrange(3)}",
                # Some lines have a property that others lack.
                **draw.choice([{"plan": "solo"}, {"plan": "team", "note": "x"}, {}]),
            },
        }
        for _ in range(300)
    ]
    path = tmp_path / "log.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    log = read_events(path, preset="mixpanel")
    parts = read_events(path, preset="mixpanel", partitions=4)
    assert log.origin.dropped > 50
    assert parts.n == log.n
    for conditions in ({"properties.plan": "team"}, {"properties.note": "x"}, {}):
        one, other = parts.where(conditions), log.where(conditions)
        pd.testing.assert_frame_equal(one.variants(), other.variants())


def test_rows_repeated_across_customers_need_the_whole_log(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    framed([("a", "come", 0, "x")]).to_csv(path, index=False, date_format="%Y-%m-%dT%H:%M:%SZ")
    spec = sniff(path).change(unique=["kind"])
    with pytest.raises(ParameterError, match="Read the log without partitions"):
        read_events(path, spec=spec, partitions=2)


def test_partitions_ask_for_a_folder_of_their_own(tmp_path: Path) -> None:
    log = read_events(framed([("a", "come", 0, None)]))
    log.partitioned(2, tmp_path / "parts")
    with pytest.raises(ParameterError, match="isn't empty"):
        log.partitioned(2, tmp_path / "parts")
