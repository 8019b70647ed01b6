"""A warehouse sends only the columns, the period and the stages asked for; answers are the same."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import ibis
import numpy as np
import pandas as pd
import pytest

from jupyter_journey.errors import ColumnError, ParameterError, UnknownNameError
from jupyter_journey.events import ReadingSpec, read_events

# Ibis calls DuckDB by names that DuckDB has since given up.
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow:DeprecationWarning")
STAGES = {"Look": ["visit", "search"], "Buy": "buy", "Leave": ["cancel"]}
PARTS = {"customer": "user_id", "event": "name", "time": "at"}


def frame() -> pd.DataFrame:
    draw = np.random.default_rng(5)
    at = pd.Timestamp("2026-01-01") + pd.to_timedelta(draw.integers(0, 90 * 24, 400), unit="h")
    return pd.DataFrame(
        {
            "user_id": draw.integers(1, 40, 400),
            "name": draw.choice(["visit", "search", "buy", "ask"], 400).astype(object),
            "at": at,
            "zoned": at.tz_localize("UTC"),
            "day": at.date,
            "text": at.strftime("%Y-%m-%dT%H:%M:%S"),
            "secret": "s",
            "plan": draw.choice(["solo", "team"], 400).astype(object),
        }
    )


class Sent:
    """A connection, and the queries DuckDB was sent over it."""

    def __init__(self, path: Path) -> None:
        rows = frame()  # noqa: F841 - DuckDB finds it by name
        with duckdb.connect(str(path)) as made:
            made.execute("CREATE TABLE log AS SELECT * FROM rows")
            made.execute(
                "INSERT INTO log (user_id, name, \"at\") VALUES (99, 'cancel', '2025-01-01')"
            )
        self._connection = ibis.duckdb.connect(path)
        self.table = self._connection.table("log")
        self._connection.con.execute("CALL enable_logging('QueryLog')")

    def queries(self) -> list[str]:
        log = "SELECT message FROM duckdb_logs WHERE type = 'QueryLog' ORDER BY timestamp"
        found = self._connection.con.execute(log).fetchall()
        return [text for (text,) in found if 'FROM "log"' in text]

    def close(self) -> None:
        self._connection.disconnect()


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Sent]:
    made = Sent(tmp_path / "log.duckdb")
    yield made
    made.close()


def test_only_the_columns_of_the_parts_are_sent(warehouse: Sent) -> None:
    log = read_events(warehouse.table, PARTS)
    (query,) = warehouse.queries()
    assert {name for name in warehouse.table.columns if f'"{name}"' in query} == {*PARTS.values()}
    assert log.columns == ["customer", "event", "time"]
    with pytest.raises(ColumnError, match="doesn't exist"):
        log.where({"plan": "team"})


def test_period_and_stages_are_taken_there_and_answer_as_in_memory(warehouse: Sent) -> None:
    asked = {"columns": PARTS, "keep": ["plan"], "period": "2026-02", "stages": STAGES}
    log = read_events(warehouse.table, **asked)
    names, query = warehouse.queries()
    assert "DISTINCT" in names
    for part in ("MAKE_TIMESTAMP(2026, 2, 1", "MAKE_TIMESTAMP(2026, 3, 1", "CASE", "'search'"):
        assert part in query
    for left_there in ('"secret"', '"text"', "'ask'"):
        assert left_there not in query
    plain = frame()
    plain.loc[len(plain)] = {"user_id": 99, "name": "cancel", "at": pd.Timestamp("2025-01-01")}
    same = read_events(plain, **asked)
    known = plain[plain["at"].between("2026-02-01", "2026-02-28 23:59:59")]
    assert log.n == len(known[known["name"] != "ask"]) == same.n
    assert log.events.tolist() == ["Buy", "Leave", "Look"]
    parts = read_events(warehouse.table, **asked, partitions=3)
    for other in (same, parts, read_events(plain, **asked, partitions=3)):
        for ask in (
            lambda answers: answers.transitions(),
            lambda answers: answers.funnel(["Look", "Buy", "Leave"], by="plan"),
            lambda answers: answers.cohorts("W"),
            lambda answers: answers.variants(),
        ):
            pd.testing.assert_frame_equal(ask(log), ask(other))
    whole = read_events(plain, PARTS, keep=[]).between("2026-02")
    mapped = whole.funnel({"Look": ["visit", "search"], "Buy": ["buy"]})
    pd.testing.assert_frame_equal(log.funnel(["Look", "Buy"]).iloc[1:], mapped.iloc[1:])


@pytest.mark.parametrize(
    ("column", "sent"),
    [("zoned", "MAKE_TIMESTAMPTZ(2026, 2, 1"), ("day", "MAKE_DATE(2026, 2, 1"), ("text", "")],
)
def test_times_of_every_kind_are_right(column: str, sent: str, warehouse: Sent) -> None:
    asked = {"columns": {**PARTS, "time": column}, "period": "2026-02"}
    full = warehouse.table.filter(warehouse.table.day.notnull())
    log = read_events(full, **asked)
    assert sent in warehouse.queries()[-1]
    assert log.fingerprint == read_events(frame(), **asked, keep=[]).fingerprint


def test_a_zone_of_its_own_shifts_the_days(warehouse: Sent) -> None:
    spec = ReadingSpec(format="table", zone="Asia/Tokyo", columns=PARTS)
    log = read_events(warehouse.table, spec=spec, period="2026-02")
    same = read_events(frame(), spec=spec, keep=[]).between("2026-02")
    pd.testing.assert_frame_equal(log.transitions(), same.transitions())
    assert (log.first, log.last) == (same.first, same.last)


def test_rows_without_a_time_are_refused_not_left_there(warehouse: Sent) -> None:
    parts = {**PARTS, "time": "zoned"}
    with pytest.raises(ColumnError, match="has no value"):
        read_events(warehouse.table, parts, period="2026-02")


def test_what_stages_say_is_checked(warehouse: Sent) -> None:
    for source in (warehouse.table, frame()):
        with pytest.raises(UnknownNameError, match="did you mean 'visit'"):
            read_events(source, PARTS, stages={"Look": "visitt"})
        with pytest.raises(ParameterError, match="gives 'buy' to several"):
            read_events(source, PARTS, stages={"Look": "buy", "Buy": "buy"})
    with pytest.raises(UnknownNameError, match="did you mean 'visit'"):
        read_events(frame(), PARTS, stages={"Look": "visitt"}, partitions=2)
