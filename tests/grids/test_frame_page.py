"""A frame as a page of its own: all of it, or why not."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from jupyter_journey import FrameGrid
from jupyter_journey.errors import FrameError, PersonalDataError


def test_a_page_holds_every_row_as_it_now_is(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"name": ["Ann", None], "sum": [1234.5, -2.0], "seen": pd.to_datetime(["2026-03-31"] * 2)},
        index=pd.Index(["a", "b"], name="id"),
    )
    grid = FrameGrid(frame)
    grid.set("b", "name", "Bob")
    grid.filter({"name": "nobody"})
    text = grid.to_html(tmp_path / "frame.html").read_text(encoding="utf-8")
    rows = re.findall("<tr>(.*?)</tr>", text)
    assert [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows] == [
        ["id", "name", "sum", "seen"],
        ["a", "Ann", "1,234.5", "2026-03-31"],
        ["b", "Bob", "−2", "2026-03-31"],
    ]


def test_names_of_several_levels_read_as_in_the_grid(tmp_path: Path) -> None:
    rows = pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["group", None])
    columns = pd.MultiIndex.from_tuples([("age", "mean"), ("age", "n")])
    grid = FrameGrid(pd.DataFrame([[31.5, 4], [48.0, 5]], index=rows, columns=columns))
    told, _ = grid._repr_mimebundle_()
    page = grid.to_html(tmp_path / "frame.html").read_text(encoding="utf-8")
    for text in (page, told["text/html"]):
        cells = re.findall(r"<t[hd](?: [^>]*)?>(.*?)</t[hd]>", text)
        assert cells[:5] == ["group / ", "age / mean", "age / n", "a / 1", "31.5"]
    kept = told["application/vnd.jupyter-journey.frame+json"]
    assert kept["columns"] == ["group / ", "age / mean", "age / n"]
    assert kept["rows"][1] == ["b / 2", "48", "5"]


def test_a_page_of_too_many_cells_is_refused_before_it_is_written(tmp_path: Path) -> None:
    grid = FrameGrid(pd.DataFrame({"n": range(100_001)}))
    with pytest.raises(FrameError, match=r"100,000 cells; this frame has 100,001\. .*head"):
        grid.to_html(tmp_path / "frame.html")
    assert not (tmp_path / "frame.html").exists()


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"contact": ["see ann@example.com"]}),
        pd.DataFrame({"phone": [4930901820]}),
        pd.DataFrame({"n": [1]}, index=["ann@example.com"]),
        pd.DataFrame({"who": [("vip", "ann@example.com")]}),
    ],
)
def test_personal_data_is_written_for_a_reason_only(frame: pd.DataFrame, tmp_path: Path) -> None:
    grid, path = FrameGrid(frame), tmp_path / "frame.html"
    with pytest.raises(PersonalDataError, match="seems to hold a"):
        grid.to_html(path)
    assert not path.exists()
    reason = 'agreed with "Ann"'
    grid.to_html(path, personal_data=reason)
    assert 'content="agreed with &quot;Ann&quot;"' in path.read_text(encoding="utf-8")
