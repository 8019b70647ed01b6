"""One log from every kind of source, the spec in between, and bounded memory."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import fsspec
import ibis
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import jupyter_journey as jj
from jupyter_journey.errors import ColumnError, ParameterError, SourceError, UnknownNameError
from jupyter_journey.events import EventLog, ReadingSpec
from jupyter_journey.events.inputs.opening import batches
from jupyter_journey.model.records import Source

FRAME = pd.DataFrame(
    {
        "customer": ["007", "b", "b"],
        "event": ["visit", "visit", "buy"],
        "time": ["2026-01-01T10:00:00", "2026-01-02T10:00:00", "2026-01-03T10:00:00"],
        "plan": ["team", "solo", "solo"],
    }
)
WANTED = jj.read_events(FRAME).fingerprint


def test_every_kind_of_file_gives_the_same_log(tmp_path: Path) -> None:
    FRAME.to_csv(tmp_path / "log.csv", index=False)
    FRAME.to_csv(tmp_path / "log.tsv", index=False, sep="\t")
    FRAME.to_csv(tmp_path / "log.csv.gz", index=False)
    FRAME.to_csv(tmp_path / "log.csv.xz", index=False)
    FRAME.to_json(tmp_path / "log.jsonl", orient="records", lines=True)
    FRAME.to_parquet(tmp_path / "log.parquet")
    pl.from_pandas(FRAME).write_ipc(tmp_path / "log.arrow")
    pl.from_pandas(FRAME).write_ipc_stream(tmp_path / "log.arrows")
    FRAME.to_feather(tmp_path / "log.feather")
    FRAME.to_excel(tmp_path / "log.xlsx", index=False)
    for path in tmp_path.iterdir():
        log = jj.read_events(path)
        assert log.frame().equals(jj.read_events(FRAME).frame()), path.name
        assert log.where({"plan": "solo"}).n == 2


def test_every_kind_of_frame_gives_the_same_log() -> None:
    table = pa.Table.from_pandas(FRAME)
    timed = FRAME.assign(time=pd.to_datetime(FRAME["time"]))
    polars = pl.DataFrame(FRAME.to_dict("list"))
    coded = polars.with_columns(
        pl.col("customer").cast(pl.Categorical), pl.col("time").str.to_datetime()
    )
    relation = duckdb.sql("SELECT * REPLACE (time::TIMESTAMP AS time) FROM timed")
    sources: list[Any] = [FRAME, timed, table, table.to_reader(), polars, coded, relation]
    for source in sources:
        log = jj.read_events(source)
        assert log.fingerprint == WANTED, type(source)
        assert log.where({"plan": "solo"}).n == 2


def test_a_warehouse_query_is_read_through_ibis() -> None:
    table = ibis.memtable(pa.Table.from_pandas(FRAME))
    assert jj.read_events(table.filter(table.plan == "solo")).n == 2


def test_what_is_no_source_is_refused() -> None:
    with pytest.raises(SourceError, match="list"):
        jj.read_events([1, 2])


def test_folders_and_patterns_read_all_files(tmp_path: Path) -> None:
    for number, (_, rows) in enumerate(FRAME.groupby("customer")):
        rows.to_csv(tmp_path / f"{number}.csv", index=False)
    (tmp_path / ".hidden.csv").write_text("not, a log")
    assert jj.read_events(tmp_path).fingerprint == WANTED
    assert jj.read_events(tmp_path / "*.csv").fingerprint == WANTED
    assert jj.read_events(f"{tmp_path}/[01].csv").fingerprint == WANTED


def test_addresses_are_read_through_fsspec() -> None:
    memory = fsspec.filesystem("memory")
    for number in (0, 1):
        with memory.open(f"/logs/{number}.csv", "w") as file:
            FRAME.iloc[number::2].to_csv(file, index=False)
    assert jj.read_events("memory://logs/*.csv").fingerprint == WANTED
    with pytest.raises(SourceError, match="nowhere"):
        jj.read_events("memory://logs/nowhere.csv")


def test_batches_of_a_large_file_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = "".join(f"c{number % 997},e{number % 7},2026-01-01\n" for number in range(60_000))
    path.write_text("customer,event,time\n" + rows)
    size = 100_000
    pieces = [batch.table for batch in batches(path, jj.sniff(path), size=size)]
    assert sum(piece.num_rows for piece in pieces) == 60_000
    assert len(pieces) > len(rows) // (2 * size)
    assert max(piece.num_rows for piece in pieces) * len("c996,e6,2026-01-01\n") < 3 * size
    whole = pd.read_csv(path)
    assert pa.concat_tables(pieces)["customer"].to_pylist() == whole["customer"].tolist()


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_where_a_file_is_cut_does_not_matter(size: int, tmp_path: Path) -> None:
    text = 'customer,event,time\n"a\n""é""",visit,2026-01-01\n\nb,"x,y",2026-01-02\n'
    path = tmp_path / "log.csv"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path.write_bytes(text.encode(encoding))
        spec = jj.sniff(path)
        table = pa.concat_tables([batch.table for batch in batches(path, spec, size=size)])
        assert table.to_pydict() == {
            "customer": ['a\n"é"', "b"],
            "event": ["visit", "x,y"],
            "time": ["2026-01-01", "2026-01-02"],
        }


def mixpanel(count: int) -> list[dict[str, Any]]:
    return [
        {
            "event": "Sign up",
            "properties": {
                "time": 1772600767 + number,
                "distinct_id": f"u{number % 3}",
                "$insert_id": f"i{number}",
                "plan": {"name": "team"},
            },
        }
        for number in range(count)
    ]


def test_mixpanel_exports_are_read_without_what_was_sent_twice(tmp_path: Path) -> None:
    sent = mixpanel(6)
    later = {**sent[0], "properties": {**sent[0]["properties"], "plan": {"name": "zoo"}}}
    unmarked = {"event": "Ping", "properties": {"time": 1772600767, "distinct_id": "u0"}}
    lines = [*sent, sent[2], later, unmarked, unmarked]
    prints = set()
    for seed in range(3):
        random.Random(seed).shuffle(lines)
        path = tmp_path / f"{seed}.jsonl"
        path.write_text("\n".join(map(json.dumps, lines)))
        log = jj.read_events(path, preset="mixpanel")
        assert (log.n, log.origin.dropped) == (8, 2)
        assert log.origin.spec.time == "unix seconds"
        assert log.first == pd.Timestamp(1772600767, unit="s", tz="UTC")
        assert log.where({"properties.plan.name": "zoo"}).n == 1
        prints.add(log.fingerprint)
    assert len(prints) == 1


SHAPES = {
    "retentioneering": "user_id,event,timestamp\na,x,2026-01-01\n",
    "xes": "case:concept:name,concept:name,time:timestamp\na,x,2026-01-01T00:00:00+00:00\n",
    "bupar": "case_id,activity,lifecycle,timestamp\na,x,complete,2026-01-01\n",
    "ga4": "event_date,event_timestamp,event_name,user_pseudo_id\n20260101,1767225600000000,x,a\n",
    "amplitude": "user_id,device_id,event_type,event_time,session_id\na,d,x,2026-01-01,1\n",
    "heap": "event_id,user_id,session_id,event_name,time\n1,a,1,x,2026-01-01\n",
    "salesforce-stages": "OpportunityId,StageName,CreatedDate\na,x,2026-01-01T00:00:00.000Z\n",
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_known_shape_is_guessed_and_used_once_confirmed(name: str, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(SHAPES[name])
    with pytest.raises(ColumnError, match=f"preset='{name}'"):
        jj.read_events(path)
    spec = jj.sniff(path)
    assert spec.preset == name
    assert f"preset: {name}" in str(spec)
    for log in (jj.read_events(path, preset=name), jj.read_events(path, spec=spec)):
        assert (list(log.customers), list(log.events)) == (["a"], ["x"])
        assert log.first == pd.Timestamp("2026-01-01", tz="UTC")


def test_an_unknown_preset_is_named() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'mixpanel'"):
        jj.read_events(FRAME, preset="mixpannel")


def test_a_spec_goes_into_the_journey_and_back(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    text = "Export\nwho;what;when;amount;note\na;x;03.04.2026;1.234,5;y\n"
    path.write_text(text, encoding="cp1252")
    columns = {"customer": "who", "event": "what", "time": "when"}
    spec = jj.sniff(
        path, columns=columns, time="DD.MM.YYYY", zone="Europe/Berlin", missing=["", "–"]
    ).change(keep=["amount"])
    journey = jj.Journey.new("Shop", stages=["A"]).add(
        "sources", name="Log", role="events", columns=columns, spec=spec.words()
    )
    source: Source = jj.Journey.loads(journey.dumps()).document.sources[0]
    again = ReadingSpec.of(source)
    assert again == spec
    assert (again.header_row, again.delimiter, again.decimal) == (2, ";", ",")
    log: EventLog = jj.read_events(path, spec=again)
    assert log.first == pd.Timestamp("2026-04-02 22:00", tz="UTC")
    assert log.columns == ["customer", "event", "time", "amount"]
    assert log.origin.spec == again
    part = log.where({"amount": 1234.5}).origin
    assert part == replace(log.origin, place="", stamp="")


def test_a_spec_refuses_what_it_does_not_know() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'delimiter'"):
        ReadingSpec().change(delimitr=";")
    with pytest.raises(ParameterError, match="'delimiter'"):
        ReadingSpec().change(delimiter=";;")
    with pytest.raises(ParameterError, match="'header_row'"):
        ReadingSpec.of(Source(id="log", name="Log", spec={"header_row": "first"}))
