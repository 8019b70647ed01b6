"""Values that tools like to change in silence: ids, names, times, zones, order, numbers.

Each is read to exactly what it says, or refused with row and column.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import jupyter_journey as jj
from jupyter_journey.errors import JourneyError

BERLIN = {"zone": "Europe/Berlin"}

# Ids and names, each alone in a file: none may change.
NAMES = {
    "leading zeros": "007",
    "NA": "NA",
    "N/A": "N/A",
    "None": "None",
    "null": "null",
    "NULL": "NULL",
    "nan": "nan",
    "inf": "inf",
    "dash": "-",
    "true": "true",
    "2^53 + 1": "9007199254740993",
    "2^64 + 1": "18446744073709551617",
    "decimal zeros": "1.50",
    "exponent": "1e5",
    "plus": "+4930123",
    "date": "2026-01-02",
    "date of a gene": "1-Mar",
    "hex": "0x1F",
    "percent": "5%",
    "no-break space": "a\u00a0b",
    "zero-width space": "a\u200bb",
    "backslash": "a\\nb",
    "at sign": "@SUM(A1)",
}


@pytest.mark.parametrize("name", NAMES)
def test_ids_and_names_stay(name: str, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    value = NAMES[name]
    path.write_text(f"customer,event,time\n{value},{value},2026-01-01\n", encoding="utf-8")
    log = jj.read_events(path)
    assert (list(log.customers), list(log.events)) == ([value], [value])


# name: times as written, what is said, the moments in UTC (checked by hand)
TIMES: dict[str, tuple[list[str], dict[str, Any], list[str]]] = {
    "iso day": (["2026-03-04"], {}, ["2026-03-04T00:00:00"]),
    "iso, T and Z": (["2026-03-04T05:06:07Z"], {}, ["2026-03-04T05:06:07"]),
    "iso, space": (["2026-03-04 05:06"], {}, ["2026-03-04T05:06:00"]),
    "iso, offset": (["2026-03-04T05:06:07+05:30"], {}, ["2026-03-03T23:36:07"]),
    "iso, short offset": (["2026-03-04T05:06:07-0800"], {}, ["2026-03-04T13:06:07"]),
    "two offsets": (
        ["2026-03-04T05:00:00+01:00", "2026-07-04T05:00:00+02:00"],
        {},
        ["2026-03-04T04:00:00", "2026-07-04T03:00:00"],
    ),
    "UTC written out": (["2026-03-04 05:06:07 UTC"], {}, ["2026-03-04T05:06:07"]),
    "small letters": (["2026-03-04t05:06:07z"], {}, ["2026-03-04T05:06:07"]),
    "microseconds": (["2026-03-04T05:06:07.000001Z"], {}, ["2026-03-04T05:06:07.000001"]),
    "nanoseconds, cut": (["2026-03-04T05:06:07.123456789"], {}, ["2026-03-04T05:06:07.123456"]),
    "decimal comma": (['"2026-03-04 05:06:07,5"'], {}, ["2026-03-04T05:06:07.500000"]),
    "slashes, year first": (["2026/3/4"], {}, ["2026-03-04T00:00:00"]),
    "eight digits": (["20260304"], {}, ["2026-03-04T00:00:00"]),
    "German, clear": (["13.04.2026 10:00"], {}, ["2026-04-13T10:00:00"]),
    "German, clear by a later row": (
        ["03.04.2026", "13.04.2026"],
        {},
        ["2026-04-03T00:00:00", "2026-04-13T00:00:00"],
    ),
    "German, said": (["03.04.2026"], {"time": "DD.MM.YYYY"}, ["2026-04-03T00:00:00"]),
    "American, clear": (["04/13/2026 1:05 PM"], {}, ["2026-04-13T13:05:00"]),
    "American, said": (["03/04/2026"], {"time": "MM/DD/YYYY"}, ["2026-03-04T00:00:00"]),
    "British, clear": (["13/04/2026 00:30"], {}, ["2026-04-13T00:30:00"]),
    "midnight and noon": (
        ["04/13/2026 12:00 AM", "04/13/2026 12:00 PM"],
        {},
        ["2026-04-13T00:00:00", "2026-04-13T12:00:00"],
    ),
    "two-digit year, said": (["03.04.26"], {"time": "DD.MM.YY"}, ["2026-04-03T00:00:00"]),
    "month by name": (["4-Mar-2026"], {}, ["2026-03-04T00:00:00"]),
    "month by name first": (['"Mar 4, 2026, 5:06 PM"'], {}, ["2026-03-04T17:06:00"]),
    "leap day": (["29.02.2028"], {}, ["2028-02-29T00:00:00"]),
    "unix seconds": (["1772600767"], {}, ["2026-03-04T05:06:07"]),
    "unix seconds with fraction": (["1772600767.25"], {}, ["2026-03-04T05:06:07.250000"]),
    "unix milliseconds": (["1772600767001"], {}, ["2026-03-04T05:06:07.001000"]),
    "unix microseconds": (["1772600767000001"], {}, ["2026-03-04T05:06:07.000001"]),
    "unix nanoseconds": (["1772600767000001999"], {}, ["2026-03-04T05:06:07.000001"]),
    "a clock never set": (
        ["0", "1772600767"],
        {},
        ["1970-01-01T00:00:00", "2026-03-04T05:06:07"],
    ),
    "winter in Berlin": (["2026-01-15T12:00"], BERLIN, ["2026-01-15T11:00:00"]),
    "summer in Berlin": (["2026-07-15T12:00"], BERLIN, ["2026-07-15T10:00:00"]),
    "clocks go back, earlier": (
        ["2026-10-25T02:30"],
        {**BERLIN, "ambiguous": "earlier"},
        ["2026-10-25T00:30:00"],
    ),
    "clocks go back, later": (
        ["2026-10-25T02:30"],
        {**BERLIN, "ambiguous": "later"},
        ["2026-10-25T01:30:00"],
    ),
    "written offset counts, not the zone": (
        ["2026-07-15T12:00Z"],
        BERLIN,
        ["2026-07-15T12:00:00"],
    ),
    "year 9999": (["9999-12-31"], {}, ["9999-12-31T00:00:00"]),
}


@pytest.mark.parametrize("name", TIMES)
def test_times_are_right(name: str, tmp_path: Path) -> None:
    written, known, moments = TIMES[name]
    path = timed(tmp_path, written)
    log = jj.read_events(path, spec=jj.sniff(path, **known) if known else None)
    found = [moment.tz_localize(None).isoformat() for moment in log.frame()["time"]]
    assert found == moments


# name: times as written, what is said, what the refusal names
WRONG_TIMES: dict[str, tuple[list[str], dict[str, Any], tuple[str, ...]]] = {
    "German or American": (["03.04.2024"], {}, ("DD.MM.YYYY", "MM.DD.YYYY")),
    "British or American": (["03/04/2024 10:00"], {}, ("DD/MM/YYYY", "MM/DD/YYYY")),
    "two-digit year": (["03.04.05"], {}, ("DD.MM.YY", "YY.MM.DD")),
    "one German among ISO": (["2026-01-01", "03.04.2024"], {}, ("row 3", "03.04.2024")),
    "one ISO among German": (["13.04.2024", "2026-01-01"], {}, ("row 3", "DD.MM.YYYY")),
    "American among German": (["13.04.2024", "04.13.2024"], {}, ("row 3", "04.13.2024")),
    "31 February": (["2026-02-31"], {}, ("row 2", "2026-02-31")),
    "31 April, German": (["13.04.2024", "31.04.2024"], {}, ("row 3", "31.04.2024")),
    "29 February of no leap year": (["2026-02-29"], {}, ("row 2",)),
    "month 13": (["2026-13-01"], {}, ("row 2",)),
    "24 o'clock": (["2026-01-01T24:00"], {}, ("row 2",)),
    "second 60": (["2026-01-01T10:00:60"], {}, ("row 2",)),
    "13 PM": (["04/13/2024 13:00 PM"], {}, ("row 2",)),
    "year of five digits": (["12026-01-01"], {}, ("row 2",)),
    "a word": (["2026-01-01", "yesterday"], {}, ("row 3", "yesterday")),
    "NA": (["2026-01-01", "NA"], {}, ("row 3", "'NA'")),
    "blank": (["2026-01-01", ""], {}, ("row 3", "no value")),
    "unset of MySQL": (["2026-01-01", "0000-00-00 00:00:00"], {}, ("row 3",)),
    "one with a zone": (["2026-01-01T10:00", "2026-01-01T10:00Z"], {}, ("row 3", "zone")),
    "one without a zone": (["2026-01-01T10:00Z", "2026-01-01T10:00"], {}, ("row 3", "zone")),
    "zone by letters": (["2026-01-01 10:00 CET"], {}, ("row 2", "CET")),
    "seconds and milliseconds": (["1772600767", "1772600767001"], {}, ("row 3", "unix seconds")),
    "shortened by a spreadsheet": (["1.7726E+09"], {}, ("row 2", "1.7726E+09")),
    "day number of a spreadsheet": (["46085.2"], {}, ("row 2", "46085.2")),
    "clocks go back": (["2026-10-25T02:30"], BERLIN, ("row 2", "twice", "earlier")),
    "clocks go forward": (
        ["2026-03-28T02:30", "2026-03-29T02:30"],
        BERLIN,
        ("row 3", "skip", "Europe/Berlin"),
    ),
    "clocks go forward, though one is said for back": (
        ["2026-03-29T02:30"],
        {**BERLIN, "ambiguous": "earlier"},
        ("row 2", "skip"),
    ),
    "unknown zone": (["2026-01-01"], {"zone": "Europe/Berln"}, ("'zone'", "Europe/Berln")),
    "unknown form": (["2026-01-01"], {"time": "DD.MM"}, ("'time'", "DD.MM.YYYY")),
}


@pytest.mark.parametrize("name", WRONG_TIMES)
def test_wrong_times_are_refused(name: str, tmp_path: Path) -> None:
    written, known, said = WRONG_TIMES[name]
    path = timed(tmp_path, written)
    with pytest.raises(JourneyError) as caught:
        jj.read_events(path, spec=jj.sniff(path, **known) if known else None)
    for part in ("time", *said):
        assert part in str(caught.value)


# name: amounts as written, what is said, rows that equal 1234.5 or the refusal
AMOUNTS: dict[str, tuple[list[str], dict[str, Any], int | str]] = {
    "plain": (["1234.5", "7"], {}, 1),
    "German": (["1234,5", "7"], {}, 1),
    "German with groups": (["1.234,50", "1.234,5", "1.234"], {}, 2),
    "English with groups": (["1,234.50", "7"], {}, 1),
    "Swiss": (["1'234.50", "7"], {}, 1),
    "French": (["1\u202f234,50", "7"], {}, 1),
    "gaps": (["1234.5", ""], {}, 1),
    "either way": (["1.234", "2.345"], {}, "several ways"),
    "either way, said": (["1.234", "1234,5"], {"decimal": ","}, 1),
    "both ways": (["1.234,5", "1,234.5"], {}, "isn't a number"),
    "a word": (["1234.5", "much"], {}, "isn't a number ('much')"),
    "too long": (["1234.5", "9007199254740993"], {}, "more digits"),
}


@pytest.mark.parametrize("name", AMOUNTS)
def test_numbers_are_compared_as_meant(name: str, tmp_path: Path) -> None:
    written, known, expected = AMOUNTS[name]
    path = tmp_path / "log.csv"
    rows = "".join(f"a\tbuy\t2026-01-01\t{amount}\n" for amount in written)
    path.write_text("customer\tevent\ttime\tamount\n" + rows, encoding="utf-8")
    log = jj.read_events(path, spec=jj.sniff(path, **known))
    if isinstance(expected, int):
        assert log.where({"amount": 1234.5}).n == expected
    else:
        with pytest.raises(JourneyError, match="amount") as caught:
            log.where({"amount": 1234.5})
        assert expected in str(caught.value)
    assert log.where({"amount": written[0]}).n == written.count(written[0])


@pytest.mark.parametrize(("value", "row"), [("2.5", 3), ("x", 3), ("", 3), ("9" * 30, 3)])
def test_a_sequence_that_is_no_whole_number_is_refused(
    value: str, row: int, tmp_path: Path
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(
        f"customer,event,time,sequence\na,x,2026-01-01,1\na,y,2026-01-01,{value}\n",
        encoding="utf-8",
    )
    with pytest.raises(JourneyError, match=f"'sequence'.*row {row}"):
        jj.read_events(path)


def timed(folder: Path, written: list[str]) -> Path:
    path = folder / "log.csv"
    rows = "".join(f"a,e{number},{text}\n" for number, text in enumerate(written))
    path.write_text("customer,event,time\n" + rows, encoding="utf-8")
    return path
