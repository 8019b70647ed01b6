"""Further columns of Parquet and of large texts are read when asked for, and then fit the rows."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_journey.errors import ColumnError, SourceError
from jupyter_journey.events import EventLog, read_events

ROWS = pd.DataFrame(
    {
        "customer": [f"c{number % 7}" for number in range(40)],
        "event": [f"e{number % 5}" for number in range(40)],
        "time": pd.date_range("2026-01-01", periods=40, freq="7h", tz="UTC"),
        "plan": [["free", "team", None][number % 3] for number in range(40)],
        "amount": [float(number) for number in range(40)],
    }
).astype({"plan": "string"})


def written(folder: Path) -> Path:
    """Two files; the second lacks a column, has one more, and small row groups."""
    one, other = ROWS.iloc[:25], ROWS.iloc[25:].drop(columns="plan").assign(note="x")
    one.to_parquet(folder / "1.parquet", row_group_size=6)
    other.to_parquet(folder / "2.parquet", row_group_size=4)
    return folder


def whole() -> pd.DataFrame:
    notes = pd.array([None] * 25 + ["x"] * 15, "string")
    return ROWS.assign(plan=ROWS["plan"].where(ROWS.index < 25), note=notes)


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two files of text, for once both large enough to leave columns there."""
    monkeypatch.setattr("jupyter_journey.events.inputs.later._LARGE", 0)
    (tmp_path / "texts").mkdir()
    one, other = ROWS.iloc[:25], ROWS.iloc[25:].drop(columns="plan").assign(note="x")
    one.to_csv(tmp_path / "texts" / "1.csv", index=False)
    other.to_csv(tmp_path / "texts" / "2.csv", index=False)
    return tmp_path / "texts"


def test_columns_of_a_large_text_stay_there_until_they_are_asked_for(texts: Path) -> None:
    log, same = read_events(texts), read_events(whole())
    assert log.rows.held.column_names == ["customer", "event", "time"]
    assert log.columns == same.columns
    assert log.frame().equals(same.frame())
    cut, plain = log.between("2026-01-03/2026-01-09"), same.between("2026-01-03/2026-01-09")
    assert cut.where({"plan": "team"}).frame().equals(plain.where({"plan": "team"}).frame())
    kept = cut.where({"note": "x"}).where({"amount": 27})
    assert kept.table.to_pandas()[["amount", "note"]].values.tolist() == [["27.0", "x"]]
    assert cut.table.num_rows == plain.n
    pd.testing.assert_frame_equal(log.funnel(["e0"], by="plan"), same.funnel(["e0"], by="plan"))
    (texts / "2.csv").write_text("")
    with pytest.raises(SourceError, match="is empty"):
        log.where({"amount": 3})


def test_a_text_that_changed_gives_no_more_columns(texts: Path) -> None:
    log = read_events(texts / "1.csv")
    with (texts / "1.csv").open("a") as file:
        file.write("c9,e1,2026-03-01T00:00Z,team,9\n")
    with pytest.raises(SourceError, match="has changed since the log was read, so plan"):
        log.where({"plan": "team"})


def test_all_columns_are_known_and_the_table_has_them(tmp_path: Path) -> None:
    log = read_events(written(tmp_path))
    assert log.columns == [*whole().columns]
    table = log.table.to_pandas()
    pd.testing.assert_frame_equal(table.astype(whole().dtypes), whole(), check_freq=False)


def test_they_are_found_from_another_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path)
    monkeypatch.chdir(tmp_path)
    log = read_events("1.parquet")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert log.where({"plan": "team"}).n == int((ROWS["plan"].iloc[:25] == "team").sum())


@given(
    order=st.lists(st.sampled_from(["plan", "note", "period", "amount"]), unique=True, min_size=1)
)
@settings(max_examples=15, deadline=None)
def test_filters_in_any_order_keep_the_same_rows(
    order: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    log, frame = read_events(written(tmp_path_factory.mktemp("log"))), whole()
    values = {"plan": "team", "note": "x", "amount": 27}
    for name in order:
        if name == "period":
            log = log.between("2026-01-03/2026-01-09")
            frame = frame[frame["time"].between("2026-01-03", "2026-01-09 23:59", "both")]
        else:
            log = log.where({name: values[name]})
            frame = frame[(frame[name] == values[name]).fillna(False)]
    pd.testing.assert_frame_equal(
        log.table.to_pandas().astype(frame.dtypes), frame.reset_index(drop=True), check_freq=False
    )


def test_groups_and_segments_read_their_column(tmp_path: Path) -> None:
    log, same = read_events(written(tmp_path)), read_events(whole())
    pd.testing.assert_frame_equal(
        log.funnel(["e0", "e1"], by="plan"), same.funnel(["e0", "e1"], by="plan")
    )
    mine, theirs = log.segments("plan"), same.segments("plan")
    assert list(mine) == list(theirs) == ["free", "team"]
    for name, segment in mine.items():
        assert segment.frame().equals(theirs[name].frame())
        assert segment.where({"amount": 3}).n == theirs[name].where({"amount": 3}).n


def test_a_file_that_changed_gives_no_more_columns(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    ROWS.to_parquet(path)
    log: EventLog = read_events(path)
    known = log.where({"plan": "team"})
    ROWS[::-1].to_parquet(path)
    assert log.where({"plan": "team"}).fingerprint == known.fingerprint  # read before
    assert log.variants()["customers"].sum() == 7
    with pytest.raises(SourceError, match="has changed since the log was read, so amount"):
        known.where({"amount": 3})
    path.unlink()
    with pytest.raises(SourceError, match="no such file"):
        known.where({"amount": 3})


def test_an_unknown_column_is_told_before_any_is_read(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    ROWS.to_parquet(path)
    log = read_events(path)
    path.unlink()
    with pytest.raises(ColumnError, match="Did you mean 'plan'"):
        log.where({"plant": "team"})


def test_a_file_of_a_folder_that_lacks_a_part_is_named(tmp_path: Path) -> None:
    ROWS.to_parquet(tmp_path / "1.parquet")
    ROWS.rename(columns={"time": "times"}).to_parquet(tmp_path / "2.parquet")
    with pytest.raises(ColumnError, match=r"2\.parquet.*'time'.*Did you mean 'times'"):
        read_events(tmp_path)


def test_columns_called_like_a_part_or_left_out_are_not_offered(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    pq.write_table(pa.Table.from_pandas(ROWS.assign(user="u")), path)
    log = read_events(path, columns={"customer": "user"})
    assert log.columns == ["customer", "event", "time", "plan", "amount"]
    kept = read_events(path, spec=log.origin.spec.change(keep=["amount"]))
    assert kept.columns == ["customer", "event", "time", "amount"]
