"""Reports as PDF: all text of the page, the pictures, and a clear word where the extra lacks."""

from __future__ import annotations

import base64
import sys
import zlib
from pathlib import Path

import pandas as pd
import pytest
from made_notebooks import plan_of
from nbformat.v4 import new_output
from pypdf import PdfReader
from shown import executed, html, output

import jupyter_journey as jj
from jupyter_journey.charts import map_html
from jupyter_journey.charts.tables import table
from jupyter_journey.reports.pdf import write_pdf
from jupyter_journey.steps import Request, Result


def dot() -> str:
    """Return a picture of one red point as PNG."""
    raw = zlib.compress(b"\x00\xff\x00\x00")

    def chunk(kind: bytes, data: bytes) -> bytes:
        total = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + total

    head = b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
    parts = [chunk(b"IHDR", head), chunk(b"IDAT", raw), chunk(b"IEND", b"")]
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"".join(parts)).decode()


def words_of(made: Path) -> str:
    pages = PdfReader(made).pages
    text = " ".join(page.extract_text() for page in pages).replace("\u200b", "")
    return " ".join(text.split())


def test_a_report_is_set_with_its_texts_tables_and_pictures(tmp_path: Path) -> None:
    typed = "#panic() $x$ *bold* [link] @ref \\ <tag> // gone?"
    frame = pd.DataFrame({"what": [typed, "two"], "n": [1234, 5]})
    journey = jj.Journey.new("Shop")
    shown = [
        output(table(frame, title="The table")),
        html(map_html(journey)),
        new_output("display_data", data={"image/png": dot(), "text/plain": "a dot"}),
        new_output("stream", text="printed\n"),
        new_output("error", ename="Oops", evalue="it broke", traceback=[]),
        output(Result(7, journey, {}, request=Request.of(period="2026-01")).provenance),
    ]
    report = executed(tmp_path / "r.ipynb", *shown, markdown="# Report\n\n- one\n- **two**")
    made = write_pdf(report)
    said = words_of(made)
    for words in (typed, "The table", "1,234", "one", "two", "printed", "Oops: it broke"):
        assert words in said
    assert "Shop · revision 0 · Period: Jan 2026" in said
    sizes = {
        (round(page.mediabox.width), round(page.mediabox.height)) for page in PdfReader(made).pages
    }
    assert sizes == {(595, 842), (1191, 842)}  # A4, and the map's sheet of A3
    assert "Onboarding" in said
    assert sum(len(page.images) for page in PdfReader(made).pages) >= 1
    again = made.read_bytes()
    assert write_pdf(report).read_bytes() == again


def test_east_asian_text_is_set(tmp_path: Path) -> None:
    made = write_pdf(executed(tmp_path / "r.ipynb", markdown="# 顧客の旅\n\nカスタマージャーニー"))
    assert "カスタマージャーニー" in words_of(made)


def test_without_the_extra_the_way_out_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(jj.JourneyError, match=r"pip install 'jupyter-journey\[pdf\]'"):
        write_pdf(executed(tmp_path / "r.ipynb"))
    assert not (tmp_path / "r.pdf").exists()
    plan = plan_of(tmp_path / "r.ipynb", outputs=["pdf"])
    with pytest.raises(jj.JourneyError, match=r"pip install 'jupyter-journey\[pdf\]'"):
        jj.batch(plan, progress=False)  # before anything runs
    assert not (tmp_path / "reports").exists()
