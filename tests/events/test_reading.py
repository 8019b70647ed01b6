from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from jupyter_journey.errors import ColumnError, ParameterError, SourceError, UnknownNameError
from jupyter_journey.events import read_events, sniff

HEAD = "customer,event,time\n"


def written(folder: Path, text: str | bytes, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_ids_and_names_stay_as_written(tmp_path: Path) -> None:
    names = ["007", "NA", "None", "null", "nan", "9007199254740993", "1.50"]
    rows = "".join(f"{name},{name},2026-01-01\n" for name in names)
    log = read_events(written(tmp_path, HEAD + rows))
    assert sorted(log.customers) == sorted(names)
    assert sorted(log.events) == sorted(names)


def test_columns_are_mapped_and_others_stay_for_filters(tmp_path: Path) -> None:
    text = (
        "who,what,when,plan\na,visit,2026-01-01T10:00:00+02:00,team\nb,visit,2026-01-02T00:00Z,\n"
    )
    columns = {"customer": "who", "event": "what", "time": "when"}
    log = read_events(written(tmp_path, text), columns=columns)
    assert log.first == pd.Timestamp("2026-01-01T08:00Z")
    assert log.where({"plan": "team"}).customers.tolist() == ["a"]


def test_parquet_frame_and_csv_give_the_same_log(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "customer": ["b", "a", "a"],
            "event": ["x", "y", "x"],
            "time": pd.to_datetime(["2026-01-01", "2026-01-02", "2026-01-03"]),
        }
    )
    frame.to_parquet(tmp_path / "log.parquet")
    frame.to_csv(tmp_path / "log.csv", index=False)
    prints = {
        read_events(source).fingerprint
        for source in (
            frame,
            frame.sample(frac=1, random_state=1),
            frame.astype({"event": "category"}),
            frame.assign(time=frame["time"].dt.tz_localize("UTC")),
            tmp_path / "log.parquet",
            tmp_path / "log.csv",
        )
    }
    assert len(prints) == 1


def test_a_changed_value_changes_the_fingerprint() -> None:
    frame = pd.DataFrame({"customer": ["a"], "event": ["x"], "time": ["2026-01-01"]})
    base = read_events(frame).fingerprint
    for change in ({"customer": "b"}, {"event": "y"}, {"time": "2026-01-02"}):
        assert read_events(frame.assign(**change)).fingerprint != base


@pytest.mark.parametrize(
    ("row", "column", "row_number"),
    [
        ("a,visit,03.04.2024", "time", 3),
        ("a,visit,1735689600", "time", 3),
        ("a,visit,2026-13-01", "time", 3),
        ("a,visit,2026-01-01T00:00Z", "time", 3),
        ("a,visit,", "time", 3),
        (",visit,2026-01-01", "customer", 3),
        ("a,,2026-01-01", "event", 3),
    ],
)
def test_a_wrong_value_is_refused_with_row_and_column(
    tmp_path: Path, row: str, column: str, row_number: int
) -> None:
    good = "a,visit,2026-01-01\n"
    path = written(tmp_path, HEAD + good + row + "\n" + good * 5)
    with pytest.raises(ColumnError) as caught:
        read_events(path)
    assert caught.value.column == column
    assert f"row {row_number}" in str(caught.value)


def test_rows_of_a_frame_count_from_0() -> None:
    frame = pd.DataFrame(
        {"customer": ["a", None], "event": "x", "time": pd.to_datetime(["2026-01-01"] * 2)}
    )
    with pytest.raises(ColumnError, match="row 1"):
        read_events(frame)
    with pytest.raises(ColumnError, match="text"):
        read_events(frame.assign(customer=[1.0, 2.0]))
    whole = read_events(frame.assign(customer=[7, 8]))
    assert whole.customers.tolist() == ["7", "8"]


def test_a_missing_column_is_named_with_the_way_out(tmp_path: Path) -> None:
    path = written(tmp_path, "custmer,event,time\na,visit,2026-01-01\n")
    with pytest.raises(ColumnError) as caught:
        read_events(path)
    said = str(caught.value)
    assert "'customer' is missing; found: custmer, event, time" in said
    assert "Did you mean 'custmer'?" in said
    assert "columns={'customer': 'custmer'}" in said
    with pytest.raises(UnknownNameError, match="did you mean 'customer'"):
        read_events(path, columns={"costumer": "custmer"})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        HEAD.encode() + b"a,visit,2026-01-01,extra\n",
        HEAD.encode() + b"a,\xff,2026-01-01\n",
        (HEAD + "a,visit,2026-01-01\n").encode("utf-16")[:-1],
    ],
)
def test_what_is_no_csv_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises((SourceError, ColumnError)):
        read_events(written(tmp_path, content))


def test_a_doubled_header_and_a_missing_or_foreign_file_are_refused(tmp_path: Path) -> None:
    doubled = written(tmp_path, "customer,event,time,time\na,x,2026-01-01,2026-01-02\n")
    with pytest.raises(ColumnError, match="more than once"):
        read_events(doubled)
    with pytest.raises(SourceError, match="no such file"):
        read_events(tmp_path / "nowhere.csv")
    with pytest.raises(SourceError, match=r"\.xlsx"):
        read_events(written(tmp_path, b"", "log.xlsx"))


def test_a_byte_order_mark_and_a_quoted_line_break_are_read(tmp_path: Path) -> None:
    log = read_events(written(tmp_path, "\ufeff" + HEAD + '"a\nb",visit,2026-01-01\n'))
    assert log.customers.tolist() == ["a\nb"]


def test_a_sequence_decides_ties_and_must_be_whole(tmp_path: Path) -> None:
    text = "customer,event,time,sequence\na,b,2026-01-01,1\na,a,2026-01-01,2\n"
    log = read_events(written(tmp_path, text))
    assert log.transitions()[["source", "target"]].values.tolist() == [["b", "a"]]
    assert (log.ties, log.tie_rule) == (1.0, "sequence")
    with pytest.raises(ColumnError, match="row 3"):
        read_events(written(tmp_path, text.replace(",2\n", ",2.5\n")))


def test_a_changed_value_of_a_further_column_changes_the_fingerprint() -> None:
    frame = pd.DataFrame(
        {
            "customer": ["a", "b"],
            "event": "x",
            "time": "2026-01-01",
            "channel": ["ad", None],
            "seen": pd.to_datetime(["2026-01-01", None]),
            "tags": [["one"], None],
        }
    )
    base = read_events(frame)
    assert read_events(frame[::-1]).fingerprint == base.fingerprint
    for change in (
        {"channel": ["ad", "shop"]},
        {"channel": [None, "ad"]},
        {"seen": pd.to_datetime(["2026-01-02", None])},
        {"tags": [["two"], None]},
    ):
        assert read_events(frame.assign(**change)).fingerprint != base.fingerprint
    assert base.where({"event": "x"}).fingerprint == base.fingerprint


def test_a_changed_value_of_a_column_left_in_its_file_changes_the_fingerprint(
    tmp_path: Path,
) -> None:
    frame = pd.DataFrame({"customer": ["a", "b"], "event": "x", "time": "2026-01-01"})
    prints = set()
    for channel in ("ad", "ad", "shop"):
        frame.assign(channel=channel).to_parquet(tmp_path / "log.parquet")
        part = read_events(tmp_path / "log.parquet").where({"customer": "a"})
        prints.add(part.fingerprint)
        assert part.where({"channel": channel}).fingerprint == part.fingerprint  # once it is read
    assert len(prints) == 2


@pytest.mark.parametrize("suffix", ["csv", "frame"])
def test_a_preset_that_does_not_fit_is_refused(suffix: str, tmp_path: Path) -> None:
    rows = pd.DataFrame({"customer": ["a", "a"], "event": "x", "time": "2026-01-01", "id": 1})
    rows.to_csv(tmp_path / "log.csv", index=False)
    source = rows if suffix == "frame" else tmp_path / "log.csv"
    with pytest.raises(ColumnError, match=r"'properties.distinct_id' is missing.*Leave preset="):
        read_events(source, preset="mixpanel")
    named = {"customer": "customer", "time": "time"}
    with pytest.raises(ColumnError, match=r"'properties.distinct_id' is missing.*change\(unique="):
        read_events(source, named, preset="mixpanel")
    spec = read_events(source).origin.spec
    with pytest.raises(ColumnError, match="'idd' is missing"):
        read_events(source, spec=spec.change(unique=["customer", "idd"]))
    assert read_events(source, spec=spec.change(unique=["customer", "id"])).n == 1
    assert read_events(source, named, preset="retentioneering").n == 2


def test_sniffing_refuses_a_preset_that_does_not_fit(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("user_id;device_id;event_type;event_tme\na;d;x;2026-01-01\n")
    with pytest.raises(ColumnError, match=r"'event_time' is missing.* Did you mean 'event_tme'\?"):
        sniff(path, preset="amplitude")
    assert sniff(path, preset="amplitude", columns={"time": "event_tme"}).delimiter == ";"
    path.write_text("user_id,event,timestamp\na,x,2026-01-01\n")
    with pytest.raises(ColumnError, match=r"'case:concept:name' is .*preset='retentioneering'"):
        sniff(path, preset="xes")
    path.write_text("Record ID,Lifecycle Stage,Create Date\n1,lead,2026-01-01\n")
    with pytest.raises(ColumnError, match=r"'Deal Name' is missing.*preset='hubspot-contacts'"):
        sniff(path, role="crm", preset="hubspot-deals")


def test_a_column_of_times_is_compared_as_times() -> None:
    frame = pd.DataFrame({"customer": ["a", "b", "c"], "event": "x", "time": "2026-01-01"})
    seen = pd.to_datetime(["2026-01-01 08:00", "2026-01-02 00:00", None])
    for times in (seen, seen.tz_localize("UTC").as_unit("ms")):
        log = read_events(frame.assign(seen=times))
        kept = {
            text: log.where({"seen": text}).customers.tolist()
            for text in ("2026-01-01", "2026-01", "2026-01-01 08:00", "2026-01-01T09:00+01:00")
        }
        assert [*kept.values()] == [["a"], ["a", "b"], ["a"], ["a"]]
        with pytest.raises(ColumnError, match=r"'seen' holds times.*Give a day such as"):
            log.where({"seen": "yes"})


@pytest.mark.parametrize("value", [["DE", "AT"], None, ("DE",)])
def test_a_condition_takes_one_value(value: object) -> None:
    frame = pd.DataFrame({"customer": ["a"], "event": "x", "time": "2026-01-01", "country": "DE"})
    with pytest.raises(ColumnError, match=r"'country' can't be compared with .* Give one value"):
        read_events(frame).where({"country": value})  # type: ignore[dict-item]


def test_lists_are_no_condition_and_make_no_groups() -> None:
    one = {"customer": ["a"], "event": ["x"], "time": ["2026-01-01"], "tags": [["DE"]]}
    log = read_events(pl.DataFrame(one))
    for asked in (log, log.partitioned(2)):
        for ask in (
            lambda log: log.where({"tags": "DE"}).n,
            lambda log: log.funnel(["x"], by="tags"),
            lambda log: log.segments("tags"),
        ):
            with pytest.raises(ColumnError, match="'tags' holds lists"):
                ask(asked)


def test_lazy_frames_are_collected_and_single_columns_refused() -> None:
    frame = pl.DataFrame({"customer": ["a"], "event": ["x"], "time": ["2026-01-01"]})
    assert read_events(frame.lazy()).fingerprint == read_events(frame).fingerprint
    for column in (frame["time"], frame["time"].to_pandas(), pa.chunked_array([["a"]])):
        with pytest.raises(SourceError, match="is nothing events can be read from"):
            read_events(column)


@pytest.mark.parametrize("partitions", [0, -1, 2.5, True, 1 << 17])
def test_partitions_are_counted(partitions: int) -> None:
    frame = pd.DataFrame({"customer": ["a"], "event": "x", "time": "2026-01-01"})
    log = read_events(frame)
    for ask in (log.partitioned, lambda number: read_events(frame, partitions=number)):
        with pytest.raises(ParameterError, match=r"'partitions'.*from 1 to 65,536"):
            ask(partitions)
