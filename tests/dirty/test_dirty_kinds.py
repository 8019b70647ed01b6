"""Other kinds of files: Excel, JSON lines, Parquet, folders, survey tools' headers.

Each is read to exactly what it says, or refused with row and column.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import jupyter_journey as jj
from jupyter_journey.errors import JourneyError

Rows = list[tuple[str, str, str]]
DAY = "2026-01-01"
NEW_YEAR = datetime(2026, 1, 1)  # noqa: DTZ001 (Excel has no zones)
HEAD = ["customer", "event", "time"]


def book(
    *rows: list[Any], title: str = "Sheet", more: Callable[[Any], None] | None = None
) -> bytes:
    made = openpyxl.Workbook()
    page = made.active
    page.title = title
    for row in rows:
        page.append(row)
    if more:
        more(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def padded(made: Any) -> None:
    made.active["A2"].number_format = "000"


def second(hidden: bool) -> Callable[[Any], None]:
    def add(made: Any) -> None:
        page = made.create_sheet("Other")
        for row in (HEAD, ["z", "visit", NEW_YEAR]):
            page.append(row)
        page.sheet_state = "hidden" if hidden else "visible"

    return add


def notes(made: Any) -> None:
    made.create_sheet("Notes").append(["Made by hand"])


ONE: Rows = [("a", "visit", DAY)]
EXCEL: dict[str, tuple[bytes, dict[str, Any], Rows]] = {
    "dates": (book(HEAD, ["a", "visit", NEW_YEAR]), {}, ONE),
    "times as text": (book(HEAD, ["a", "visit", DAY]), {}, ONE),
    "ids as numbers": (book(HEAD, [7, "visit", NEW_YEAR]), {}, [("7", "visit", DAY)]),
    "ids shown with zeros": (
        book(HEAD, [7, "visit", NEW_YEAR], more=padded),
        {},
        [("007", "visit", DAY)],
    ),
    "ids as text and numbers": (
        book(HEAD, [7, "visit", NEW_YEAR], ["a", "visit", NEW_YEAR]),
        {},
        [("7", "visit", DAY), ("a", "visit", DAY)],
    ),
    "NA": (book(HEAD, ["NA", "visit", NEW_YEAR]), {}, [("NA", "visit", DAY)]),
    "lines above": (book(["Report"], [], HEAD, ["a", "visit", NEW_YEAR]), {}, ONE),
    "blank rows": (book(HEAD, [], ["a", "visit", NEW_YEAR], [], []), {}, ONE),
    "a hidden sheet": (book(HEAD, ["a", "visit", NEW_YEAR], more=second(True)), {}, ONE),
    "a sheet of notes": (book(HEAD, ["a", "visit", NEW_YEAR], more=notes), {}, ONE),
    "two sheets, said": (
        book(HEAD, ["a", "visit", NEW_YEAR], more=second(False)),
        {"sheet": "Sheet"},
        ONE,
    ),
    "formula as text": (book(HEAD, ["a", "'=1+1", NEW_YEAR]), {}, [("a", "'=1+1", DAY)]),
}


@pytest.mark.parametrize("name", EXCEL)
def test_excel_is_right(name: str, tmp_path: Path) -> None:
    content, known, rows = EXCEL[name]
    assert read(tmp_path, "log.xlsx", content, known) == rows


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(150 << 20))
    return out.getvalue()


GOOD = book(HEAD, ["a", "visit", NEW_YEAR])
WRONG_EXCEL: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "an id turned into a date": (
        book(HEAD, ["a", "visit", NEW_YEAR], [NEW_YEAR, "visit", NEW_YEAR]),
        ("row 3", "'customer'", "dates"),
    ),
    "all ids turned into dates": (book(HEAD, [NEW_YEAR, "visit", NEW_YEAR]), ("'customer'",)),
    "ids with fractions": (book(HEAD, [7.5, "visit", NEW_YEAR]), ("'customer'", "double")),
    "an id longer than Excel keeps": (
        book(HEAD, [9007199254740993, "visit", NEW_YEAR]),
        ("row 2", "'A'", "longer"),
    ),
    "an error": (book(HEAD, ["a", "#N/A", NEW_YEAR]), ("row 2", "'B'", "#N/A")),
    "a formula never computed": (book(HEAD, ["a", "=1+1", NEW_YEAR]), ("row 2", "'event'")),
    "a date among texts": (
        book(HEAD, ["a", "visit", DAY], ["a", "visit", NEW_YEAR]),
        ("row 3", "'time'", "dates"),
    ),
    "no customer": (book(HEAD, [None, "visit", NEW_YEAR]), ("row 2", "'customer'")),
    "no customer after blank rows": (
        book(HEAD, [], ["a", "visit", NEW_YEAR], [None, "visit", NEW_YEAR]),
        ("row 4", "'customer'"),
    ),
    "a value past the header": (book(HEAD, ["a", "visit", NEW_YEAR, "x"]), ("row 2", "'time'")),
    "doubled header": (book([*HEAD, "time"], ["a", "b", NEW_YEAR, NEW_YEAR]), ("'time'", "once")),
    "two sheets fit": (
        book(HEAD, ["a", "visit", NEW_YEAR], more=second(False)),
        ("Sheet, Other", "sheet="),
    ),
    "no rows at all": (book(), ("empty",)),
    "cut": (GOOD[: len(GOOD) // 2], ("whole",)),
    "bomb": (bomb(), ("200 times",)),
}


@pytest.mark.parametrize("name", WRONG_EXCEL)
def test_wrong_excel_is_refused(name: str, tmp_path: Path) -> None:
    content, said = WRONG_EXCEL[name]
    refused(tmp_path, "log.xlsx", content, said)


def line(**fields: Any) -> str:
    return json.dumps({"customer": "a", "event": "visit", "time": DAY} | fields) + "\n"


JSON: dict[str, tuple[str, Rows]] = {
    "plain": (line(), ONE),
    "blank lines": ("\n" + line() + "\n\n", ONE),
    "a long id as number": (line(customer=9007199254740993), [("9007199254740993", "visit", DAY)]),
    "zeros behind the point": (
        '{"customer": 1.50, "event": "x", "time": "2026-01-01"}',
        [("1.50", "x", DAY)],
    ),
    "numbers and texts": (line(customer=7) + line(customer="a"), [("7", "visit", DAY), *ONE]),
    "a text like a time": (line(customer=DAY), [(DAY, "visit", DAY)]),
    "a text like null": (line(customer="null"), [("null", "visit", DAY)]),
    "nested and lists": (line(more={"x": [1]}), ONE),
    "a column that comes late": (
        line() + line(customer="b", late="x"),
        [*ONE, ("b", "visit", DAY)],
    ),
    "line break inside": (line(customer="a\nb"), [("a\nb", "visit", DAY)]),
}


@pytest.mark.parametrize("name", JSON)
def test_json_lines_are_right(name: str, tmp_path: Path) -> None:
    text, rows = JSON[name]
    assert read(tmp_path, "log.jsonl", text.encode(), {}) == sorted(rows)


WRONG_JSON: dict[str, tuple[str, tuple[str, ...]]] = {
    "null customer": (line() + line(customer=None), ("row 2", "'customer'")),
    "no customer": (line() + '{"event": "x", "time": "2026-01-01"}', ("row 2", "'customer'")),
    "cut": (line() + line()[:20], ("row 2", "no JSON")),
    "a field twice": ('{"customer": "a", "customer": "b"}', ("row 1", "'customer' twice")),
    "NaN": (line() + '{"customer": NaN}', ("row 2", "NaN")),
    "a list of objects": ("[" + line().strip() + "]", ("row 1", "no object")),
    "several lines an object": (json.dumps({"customer": "a"}, indent=1), ("row 1", "no JSON")),
    "half a character": (line() + line(customer="\ud800"), ("row 2", "half a character")),
    "deep": ("[" * 100_000, ("row 1", "nested")),
}


@pytest.mark.parametrize("name", WRONG_JSON)
def test_wrong_json_lines_are_refused(name: str, tmp_path: Path) -> None:
    text, said = WRONG_JSON[name]
    refused(tmp_path, "log.jsonl", text.encode(), said)


def parquet(**columns: pa.Array) -> bytes:
    out = io.BytesIO()
    plain = {"customer": pa.array(["a"]), "event": pa.array(["visit"]), "time": pa.array([DAY])}
    pq.write_table(pa.table(plain | columns), out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("column", "array", "expected"),
    [
        ("customer", pa.array([9007199254740993]), ("9007199254740993", "visit", DAY)),
        ("customer", pa.array(["007"]).dictionary_encode(), ("007", "visit", DAY)),
        ("time", pa.array([NEW_YEAR], pa.timestamp("ns", "Asia/Tokyo")), ("a", "visit", DAY)),
        ("time", pa.array([1767225600000000]), ("a", "visit", DAY)),
        ("time", pa.array([NEW_YEAR.date()]), ("a", "visit", DAY)),
    ],
)
def test_parquet_is_right(column: str, array: pa.Array, expected: Any, tmp_path: Path) -> None:
    content = parquet(**{column: array})
    assert read(tmp_path, "log.parquet", content, {}) == [expected]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (parquet(customer=pa.array([1.0])), ("'customer'", "double")),
        (parquet(customer=pa.array([None], pa.string())), ("row 0", "'customer'")),
        (parquet(time=pa.array([1767225600.0])), ("'time'", "double")),
        (parquet(time=pa.array([5])), ("'time'", "int64")),
        (parquet(event=pa.array([True])), ("'event'", "bool")),
        (parquet()[:-9], ("whole Parquet",)),
        (b"", ("whole Parquet",)),
    ],
    ids=["float ids", "null id", "float times", "small times", "flags", "cut", "empty"],
)
def test_wrong_parquet_is_refused(content: bytes, said: tuple[str, ...], tmp_path: Path) -> None:
    refused(tmp_path, "log.parquet", content, said)


@pytest.mark.parametrize("name", ["log.arrow", "log.feather"])
def test_a_cut_arrow_file_is_refused(name: str, tmp_path: Path) -> None:
    out = io.BytesIO()
    table = pa.table({"customer": ["a"], "event": ["visit"], "time": [DAY]})
    kind = pa.ipc.new_file if name == "log.arrow" else pa.ipc.new_stream
    with kind(out, table.schema) as writer:
        writer.write_table(table)
    assert read(tmp_path, name, out.getvalue(), {}) == [("a", "visit", DAY)]
    for content in (out.getvalue()[:-40], b"", b"customer,event\n"):
        refused(tmp_path, name, content, ("whole Arrow",))


def test_files_of_a_folder_must_agree(tmp_path: Path) -> None:
    (tmp_path / "1.csv").write_text("customer,event,time\na,visit,03.04.2026\n")
    (tmp_path / "2.csv").write_text("time,event,customer\n13.04.2026,buy,b\n")
    log = jj.read_events(tmp_path)
    assert log.frame()["time"].dt.strftime("%m-%d").tolist() == ["04-03", "04-13"]
    (tmp_path / "3.csv").write_text("time,event\n13.04.2026,buy\n")
    with pytest.raises(JourneyError, match=r"3\.csv: column 'customer' is missing"):
        jj.read_events(tmp_path)
    with pytest.raises(JourneyError, match="no such file"):
        jj.read_events(tmp_path / "*.parquet")


def read(folder: Path, name: str, content: bytes, known: dict[str, Any]) -> Rows:
    path = folder / name
    path.write_bytes(content)
    frame = jj.read_events(path, spec=jj.sniff(path, **known) if known else None).frame()
    days = frame["time"].dt.strftime("%Y-%m-%d")
    return sorted(zip(frame["customer"], frame["event"], days, strict=True))


def refused(folder: Path, name: str, content: bytes, said: tuple[str, ...]) -> None:
    path = folder / name
    path.write_bytes(content)
    with pytest.raises(JourneyError) as caught:
        jj.read_events(path)
    for part in said:
        assert part in str(caught.value)
