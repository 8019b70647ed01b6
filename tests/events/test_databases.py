"""SQL as a source: what a query selects is the log, in a journey, too."""

from pathlib import Path

import duckdb
import ibis
import pandas as pd
import polars as pl
import pytest

import jupyter_journey as jj
from jupyter_journey.errors import ColumnError, SourceError

QUERY = 'SELECT who AS customer, what AS event, "when" AS time, plan FROM log WHERE NOT test'
ROWS = [
    (f"c{number:02}", event, f"2026-01-{day:02}", "team" if number % 2 else "solo", number == 20)
    for number in range(21)
    for day, event in ((number % 9 + 1, "visit"), (number % 9 + 10, "buy"))
]
FRAME = pd.DataFrame(ROWS, columns=["who", "what", "when", "plan", "test"])
WANTED = jj.read_events(
    FRAME[~FRAME["test"]],
    {"customer": "who", "event": "what", "time": "when"},
    keep=["plan"],
).fingerprint


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "shop.duckdb"
    frame = FRAME.assign(when=pd.to_datetime(FRAME["when"]))  # noqa: F841 - DuckDB finds it by name
    with duckdb.connect(str(made)) as connection:
        connection.execute("CREATE TABLE log AS SELECT * FROM frame")
    return made


def test_every_kind_of_database_gives_the_same_log(path: Path) -> None:
    connection = duckdb.connect(path, read_only=True)
    for source in (str(path), path, connection):
        log = jj.read_events(source, query=QUERY)
        assert (log.fingerprint, log.origin.spec.query) == (WANTED, QUERY)
        assert log.where({"plan": "solo"}).n == 20
        assert jj.read_events(source, query=QUERY, partitions=2, period="2026-01-05").n == 2
    connection.close()


def test_a_connection_of_ibis_answers_too() -> None:
    backend = ibis.polars.connect()
    backend.create_table("log", pl.DataFrame(FRAME.to_dict("list")))
    assert jj.read_events(backend, query=QUERY, keep=["plan"]).fingerprint == WANTED
    log = jj.read_events(backend, query=QUERY, keep=["plan"], stages={"Look": "visit"})
    assert (log.n, log.events.tolist(), log.columns[-1]) == (20, ["Look"], "plan")


def test_a_text_is_a_path_and_a_query_needs_a_database(path: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file"):
        jj.read_events(QUERY)
    FRAME.to_csv(tmp_path / "log.csv")
    with pytest.raises(SourceError, match=r"log.csv: is no database.*Give a \.duckdb file"):
        jj.read_events(tmp_path / "log.csv", query=QUERY)
    with pytest.raises(SourceError, match="answers no query"):
        jj.read_events(FRAME, query=QUERY)
    with pytest.raises(SourceError, match=r"refuses the query.*does not exist"):
        jj.read_events(path, query="SELECT * FROM logg")
    with pytest.raises(SourceError, match="refuses the query"):
        jj.read_events(tmp_path / "none.duckdb", query=QUERY)
    with pytest.raises(ColumnError, match="'customer' is missing"):
        jj.read_events(path, query="SELECT * FROM log")
    with pytest.raises(SourceError, match="query="):
        jj.read_events(path)


def test_a_journey_holds_the_query_and_tells_when_its_rows_change(path: Path) -> None:
    journey = jj.Journey.new("Shop", stages=["Visit", "Buy"])
    stages = journey.stages.assign(events=[("visit",), ("buy",)])
    journey = journey.replace("stages", stages).add(
        "sources", name="Log", role="events", path=str(path), spec={"query": QUERY}
    )
    measured = jj.measure(jj.Journey.loads(journey.dumps()))
    assert len(measured.measurements) == 2
    assert jj.stale(measured).empty
    # What the query leaves out changes nothing; a later row that it selects does.
    for test, reasons in ((True, set()), (False, {"The data have changed."})):
        with duckdb.connect(path) as connection:
            row = "INSERT INTO log VALUES ('c30', 'buy', '2026-02-01', 'team', ?)"
            connection.execute(row, [test])
        assert set(jj.stale(measured)["reason"]) == reasons
