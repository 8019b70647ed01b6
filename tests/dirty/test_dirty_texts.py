"""Files as text: encodings, delimiters, quotes, headers, ragged and damaged rows.

Each is read to exactly what it says, or refused with row and column.
"""

from __future__ import annotations

import bz2
import gzip
from pathlib import Path
from typing import Any

import pytest

import jupyter_journey as jj
from jupyter_journey.errors import JourneyError

Rows = list[tuple[str, str, str]]
HEAD = "customer,event,time\n"
DAY = "2026-01-01"
PLAIN = HEAD + f"a,visit,{DAY}\nb,buy,{DAY}\n"
MULLER = HEAD + f"a,visit,{DAY}\nMüller,buy,{DAY}\n"
GREEK = HEAD + f"Ωmega,visit,{DAY}\n"
TWO: Rows = [("a", "visit", DAY), ("b", "buy", DAY)]
NAMED: Rows = [("Müller", "buy", DAY), ("a", "visit", DAY)]


def row(value: str, event: str = "visit") -> Rows:
    return [(value, event, DAY)]


def one(value: str) -> str:
    return f"{HEAD}{value},visit,{DAY}\n"


# name: content, how it is said to be read, what it holds
RIGHT: dict[str, tuple[bytes, dict[str, Any], Rows]] = {
    "plain": (PLAIN.encode(), {}, TWO),
    "utf-8": (MULLER.encode(), {}, NAMED),
    "utf-8 with mark": (MULLER.encode("utf-8-sig"), {}, NAMED),
    "utf-16 with mark": (MULLER.encode("utf-16"), {}, NAMED),
    "utf-16 big-endian with mark": (b"\xfe\xff" + MULLER.encode("utf-16-be"), {}, NAMED),
    "utf-16 little-endian without mark": (MULLER.encode("utf-16-le"), {}, NAMED),
    "utf-16 big-endian without mark": (MULLER.encode("utf-16-be"), {}, NAMED),
    "utf-32 with mark": (MULLER.encode("utf-32"), {}, NAMED),
    "cp1252, said": (MULLER.encode("cp1252"), {"encoding": "cp1252"}, NAMED),
    "latin-1, said": (MULLER.encode("latin-1"), {"encoding": "latin-1"}, NAMED),
    "mac roman, said": (MULLER.encode("mac-roman"), {"encoding": "mac-roman"}, NAMED),
    "greek, said": (GREEK.encode("cp1253"), {"encoding": "cp1253"}, row("Ωmega")),
    "shift-jis, said": (one("山田").encode("shift_jis"), {"encoding": "shift_jis"}, row("山田")),
    "japanese in utf-8": (one("山田").encode(), {}, row("山田")),
    "right to left": (one("שלום").encode(), {}, row("שלום")),
    "emoji": (one("🧭👩‍🚀").encode(), {}, row("🧭👩‍🚀")),
    "combining and composed stay apart": (
        (HEAD + f"é,visit,{DAY}\ne\u0301,visit,{DAY}\n").encode(),
        {},
        [("e\u0301", "visit", DAY), ("é", "visit", DAY)],
    ),
    "semicolon": (PLAIN.replace(",", ";").encode(), {}, TWO),
    "tab": (PLAIN.replace(",", "\t").encode(), {}, TWO),
    "pipe": (PLAIN.replace(",", "|").encode(), {}, TWO),
    "tilde, said": (PLAIN.replace(",", "~").encode(), {"delimiter": "~"}, TWO),
    "commas inside semicolons": (
        f"customer;event;time\na,b;x,y;{DAY}\n".encode(),
        {},
        row("a,b", "x,y"),
    ),
    "sep= line": (("sep=;\n" + PLAIN.replace(",", ";")).encode(), {}, TWO),
    "windows line ends": (PLAIN.replace("\n", "\r\n").encode(), {}, TWO),
    "old macintosh line ends": (PLAIN.replace("\n", "\r").encode(), {}, TWO),
    "no line end at the end": (PLAIN.rstrip().encode(), {}, TWO),
    "blank lines": (PLAIN.replace("\n", "\n\n").encode(), {}, TWO),
    "blank lines at the end": ((PLAIN + "\n\n\n").encode(), {}, TWO),
    "quoted": (f'"customer","event","time"\n"a","visit","{DAY}"\n'.encode(), {}, row("a")),
    "single-quoted": (
        f"'customer','event','time'\n'a,b','visit','{DAY}'\n".encode(),
        {},
        row("a,b"),
    ),
    "quoted delimiter": (one('"a,b"').encode(), {}, row("a,b")),
    "quoted line break": (one('"a\nb"').encode(), {}, row("a\nb")),
    "quoted windows line break": (one('"a\r\nb"').encode(), {}, row("a\r\nb")),
    "doubled quotes": (one('"a ""b"" c"').encode(), {}, row('a "b" c')),
    "only quotes": (one('""""').encode(), {}, row('"')),
    "lines above the header": (("Report\nof today\n" + PLAIN).encode(), {}, TWO),
    "header alone": (HEAD.encode(), {}, []),
    "header in other columns' midst": (
        f"x,time,customer,y,event\n1,{DAY},a,2,visit\n".encode(),
        {},
        row("a"),
    ),
    "unnamed column": (f",customer,event,time\n0,a,visit,{DAY}\n".encode(), {}, row("a")),
    "spaces stay": (one(" a ").encode(), {}, row(" a ")),
    "case stays": (
        (HEAD + f"A,visit,{DAY}\na,visit,{DAY}\n").encode(),
        {},
        [("A", "visit", DAY), ("a", "visit", DAY)],
    ),
    "formula stays text": (one("=1+1").encode(), {}, row("=1+1")),
    "markup stays text": (one("<script>").encode(), {}, row("<script>")),
    "a line of a megabyte": (one("x" * 1_000_000).encode(), {}, row("x" * 1_000_000)),
}


@pytest.mark.parametrize("name", RIGHT)
def test_right(name: str, tmp_path: Path) -> None:
    content, known, rows = RIGHT[name]
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    assert read(path, known) == rows


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_packed_is_right(pack: Any, tmp_path: Path) -> None:
    path = tmp_path / f"log.csv.{'gz' if pack is gzip.compress else 'bz2'}"
    path.write_bytes(pack(MULLER.encode()))
    assert read(path, {}) == NAMED


# name: content, how it is said to be read, what the refusal names
REFUSED: dict[str, tuple[bytes, dict[str, Any], tuple[str, ...]]] = {
    "empty": (b"", {}, ("is empty",)),
    "blank": (b"\n\n\n", {}, ("is empty",)),
    "cp1252, not said": (MULLER.encode("cp1252"), {}, ("row 3", "'Müller,", "cp1252", "cp1251")),
    "shift-jis, not said": (one("山田").encode("shift_jis"), {}, ("row 2", "shift_jis")),
    "iso-2022-jp": (one("山田").encode("iso2022_jp"), {}, ("row 2", "iso2022_jp")),
    "wrong encoding said": (MULLER.encode("cp1252"), {"encoding": "utf-8"}, ("row 3", "utf-8")),
    "utf-16 cut in a character": (MULLER.encode("utf-16")[:-1], {}, ("utf-16",)),
    "latin-1 after a megabyte": (
        (HEAD + f"a,visit,{DAY}\n" * 100_000).encode() + f"Müller,buy,{DAY}\n".encode("cp1252"),
        {},
        ("row 100002", "field 1"),
    ),
    "unknown encoding": (PLAIN.encode(), {"encoding": "utf-99"}, ("'encoding'", "utf-99")),
    "NUL in a row": ((PLAIN + f"c\0,visit,{DAY}\n").encode(), {}, ("row 4", "NUL")),
    "a block of NUL at the end": (PLAIN.encode() + b"\0" * 40, {}, ("row 4", "NUL")),
    "a field too many": ((PLAIN + f"c,visit,{DAY},x\n").encode(), {}, ("row 4", "'time'", "4 f")),
    "a field too few": ((PLAIN + "c,visit\n").encode(), {}, ("row 4", "'time'", "2 fields")),
    "a field too many after blank lines": (
        (PLAIN + f"\n\nc,visit,{DAY},x\n").encode(),
        {},
        ("row 6", "'time'"),
    ),
    "every row a field more": (f"{HEAD}a,visit,{DAY},x\n".encode(), {}, ("row 2", "'time'")),
    "a note at the end": ((PLAIN + "Total: 2\n").encode(), {}, ("row 4", "'event'")),
    "commas at the end": ((PLAIN + ",,\n").encode(), {}, ("row 4", "'customer'", "no value")),
    "cut in a field": (PLAIN[:-3].encode(), {}, ("row 3", "'time'")),
    "cut in a row": (PLAIN[: -len(DAY) - 2].encode(), {}, ("row 3", "'time'")),
    "cut in quotes": ((PLAIN + '"c').encode(), {}, ("row 4", "stray")),
    "quote not closed": ((PLAIN + f'"c,visit,{DAY}\nd,buy,{DAY}\n').encode(), {}, ("row 4",)),
    "text after a quote": ((PLAIN + f'"c"d,visit,{DAY}\n').encode(), {}, ("row 4", "stray")),
    "quote inside a field": ((PLAIN + f'5" c,visit,{DAY}\n').encode(), {}, ("row 4", "stray")),
    "backslash before a quote": (one(r'"a\"b"').encode(), {}, ("row 2", "stray")),
    "doubled header": (
        f"customer,event,time,time\na,b,{DAY},{DAY}\n".encode(),
        {},
        ("row 1", "'time'"),
    ),
    "header missing": (f"a,visit,{DAY}\n".encode(), {}, ("'customer'", "missing")),
    "header in another language": (PLAIN.replace("customer", "Kunde").encode(), {}, ("Kunde",)),
    "header misspelt": (PLAIN.replace("event", "evnt").encode(), {}, ("'evnt'", "Did you mean")),
    "header with a space": (PLAIN.replace(",event", ", event").encode(), {}, ("' event'",)),
    "two delimiters fit": (b"a;b,c\n1;2,3\n4;5,6\n", {}, ("','", "';'", "delimiter=")),
    "wrong delimiter said": (PLAIN.encode(), {"delimiter": ";"}, ("'customer'", "missing")),
    "no customer": ((PLAIN + f",visit,{DAY}\n").encode(), {}, ("row 4", "'customer'")),
    "no event": ((PLAIN + f"c,,{DAY}\n").encode(), {}, ("row 4", "'event'")),
    "no customer after a quoted line break": (
        (HEAD + f'"a\nb",visit,{DAY}\n,visit,{DAY}\n').encode(),
        {},
        ("row 3", "'customer'"),
    ),
    "html": (b"<html><body>Not found</body></html>\n", {}, ("'customer'", "missing")),
    "excel named csv": (b"PK\x03\x04" + b"\0" * 40, {}, ("excel", "first bytes")),
    "parquet named csv": (b"PAR1" + b"\0" * 40, {}, ("parquet", "first bytes")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, tmp_path: Path) -> None:
    content, known, said = REFUSED[name]
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    with pytest.raises(JourneyError) as caught:
        read(path, known)
    for part in said:
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (gzip.compress(PLAIN.encode())[:-12], "whole"),
        (b"\x1f\x8b" + b"nonsense" * 9, "whole"),
        (PLAIN.encode(), "whole"),
        (gzip.compress(PLAIN.encode() + b"\n" * (65 << 20), 6), "200 times"),
    ],
    ids=["cut", "nonsense", "not packed", "bomb"],
)
def test_damaged_packing_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "log.csv.gz"
    path.write_bytes(content)
    with pytest.raises(JourneyError, match=said):
        read(path, {})


def read(path: Path, known: dict[str, Any]) -> Rows:
    log = jj.read_events(path, spec=jj.sniff(path, **known) if known else None)
    frame = log.frame()
    days = frame["time"].dt.strftime("%Y-%m-%d")
    return sorted(zip(frame["customer"], frame["event"], days, strict=True))
