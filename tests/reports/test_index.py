"""The index of a batch, its files, and two batches compared."""

from __future__ import annotations

import csv
import json
from math import sqrt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from scipy.stats import norm
from shown import churn, rate, row
from typer.testing import CliRunner

import jupyter_journey as jj
from jupyter_journey.cli import app
from jupyter_journey.exports.formulas import restored
from jupyter_journey.reports.index import write_index
from jupyter_journey.reports.manifest import Row


def page_of(out: Path, rows: list[Row], language: str = "en") -> BeautifulSoup:
    made = write_index(out, rows, language)
    return BeautifulSoup(made.read_text(encoding="utf-8"), "html.parser")


def table_of(page: BeautifulSoup) -> pd.DataFrame:
    head = [cell.get_text(strip=True) for cell in page.thead.find_all("th")]
    body = [
        [cell.get_text(" ", strip=True) for cell in line.find_all(["th", "td"])]
        for line in page.tbody.find_all("tr")
    ]
    return pd.DataFrame(body, columns=head)


def moved_by_hand(before: float, n: int, after: float, m: int) -> bool:
    pooled = (before * n + after * m) / (n + m)
    error = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return bool(2 * norm.sf(abs(after - before) / error) < 0.05)


def test_failures_come_first_then_the_biggest_movers(tmp_path: Path) -> None:
    stage = "Decision"
    rows = [
        row("calm", [rate(stage, 0, 0.30)], [rate(stage, 0, 0.31)]),
        row("far", [rate(stage, 0, 0.30)], [rate(stage, 0, 0.60)]),
        row("broken", [], state="failed", error="StepError: cell 3: no memory", outputs={}),
        row("some", [rate(stage, 0, 0.30)], [rate(stage, 0, 0.40)]),
    ]
    page = page_of(tmp_path, rows)
    assert table_of(page)["Report"].tolist() == ["broken", "far", "some", "calm"]
    failed = page.find("section").get_text(" ", strip=True)
    assert failed == "What failed broken StepError: cell 3: no memory"
    assert "Of 3 figures compared with the run before, 2 moved" in page.find("header").get_text()


@pytest.mark.parametrize("after", [0.11, 0.13, 0.15, 0.17, 0.2])
def test_a_share_moved_where_the_test_of_proportions_says_so(after: float, tmp_path: Path) -> None:
    page = page_of(tmp_path, [row("one", [churn(after)], [churn(0.1)])])
    cell = table_of(page)["Churn · Retention"].item()
    assert ("▲" in cell) == moved_by_hand(0.1, 400, after, 400)
    assert "before 10%" in cell


def test_parameters_in_which_reports_differ_are_columns(tmp_path: Path) -> None:
    common = {"journey": "a.journey.json", "mode": "report"}
    rows = [
        row(name, [], parameters=common | {"persona": persona, "where": {"country": place}})
        for name, persona, place in [("a", "Admin", "DE"), ("b", "Buyer", "JP")]
    ]
    shown = table_of(page_of(tmp_path, rows))
    assert list(shown) == ["Report", "Persona", "Only where", "State"]
    assert shown["Only where"].tolist() == ["country: DE", "country: JP"]


def test_names_lead_to_what_there_is(tmp_path: Path) -> None:
    (tmp_path / "b.failed.ipynb").write_text("{}", encoding="utf-8")
    rows = [
        row("de/a & b", [], outputs={"de/a & b.ipynb": "0", "de/a & b.html": "1"}),
        row("b", [], state="failed", error="no", outputs={"b.html": "1"}),
        row("c", [], outputs={}, state="planned"),
    ]
    page = page_of(tmp_path, rows)
    links = {link.get_text(): link["href"] for link in page.tbody.find_all("a")}
    assert links == {"de/a & b": "de/a%20%26%20b.html", "b": "b.failed.ipynb"}


def test_small_maps_of_the_same_figures_are_drawn_once(tmp_path: Path) -> None:
    one = [rate("Try", 1, 0.5), rate("Buy", 2, 0.25)]
    other = [rate("Try", 1, 0.75), rate("Buy", 2, 0.25)]
    page = page_of(tmp_path, [row("a", one), row("b", one), row("c", other)])
    used = [use["href"] for use in page.tbody.find_all("use")]
    assert used[0] == used[1] != used[2]
    assert len(page.find_all("symbol")) == 2
    said = page.tbody.find("svg")["aria-label"]
    assert said == "Conversion rate: Try 50%, Buy 25%"
    bars = page.find("symbol").find_all("rect", class_="same")
    heights = [float(bar["height"]) for bar in bars]
    assert heights[0] == pytest.approx(2 * heights[1], abs=0.1)


def test_text_stays_text_in_the_table_for_spreadsheets(tmp_path: Path) -> None:
    texts = ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "'quoted'", "plain", " =1"]
    rows = [row(f"r{i}", [churn(0.1)], parameters={"segment": t}) for i, t in enumerate(texts)]
    write_index(tmp_path, rows)
    with (tmp_path / "index.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    cells = [line["segment"] for line in read]
    assert not [cell for cell in cells if cell.strip(" ")[0] in "=+-@\t"]
    assert [restored(cell) for cell in cells] == texts
    assert {float(line["Churn · Retention"]) for line in read} == {0.1}


def test_personal_data_and_the_machine_are_left_out(tmp_path: Path) -> None:
    canary = "kanarien.vogel@example.com"
    rows = [
        row("c", [], state="failed", error=f"no file {tmp_path}/a.csv", outputs={}),
        row("a", [], state="failed", error=f"no column for {canary}", outputs={}),
        row("b", [], parameters={"where": {"mail": canary}}),
    ]
    write_index(tmp_path, rows)
    for file in ("index.html", "index.csv", "index.json"):
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert canary not in text
        assert str(tmp_path) not in text
        assert "no file ./a.csv" in text


@pytest.mark.parametrize("language", ["de", "ja", "zh-Hant"])
def test_the_page_speaks_each_language(language: str, tmp_path: Path) -> None:
    rows = [
        row("a", [churn(0.3)], [churn(0.1)], parameters={"persona": "A"}),
        row("b", [], state="failed", error="no", parameters={"persona": "B"}, outputs={}),
    ]
    page = page_of(tmp_path, rows, language)
    english = page_of(tmp_path, rows)
    assert page.html is not None
    assert page.html["lang"] == language
    for told in ("h1", "h2", "label", "footer"):
        assert page.find(told).get_text() != english.find(told).get_text()
    heads, words = ([th.get_text() for th in one.thead.find_all("th")] for one in (page, english))
    assert [h for h, w in zip(heads, words, strict=True) if h == w] in (
        ["Churn · Retention"],
        ["Persona", "Churn · Retention"],
    )


def test_equal_rows_give_equal_bytes(tmp_path: Path) -> None:
    rows = [row(name, [churn(0.3)], [churn(0.1)]) for name in "abc"]
    pages = [write_index(tmp_path, order).read_bytes() for order in (rows, rows[::-1])]
    assert pages[0] == pages[1]


def batches(tmp_path: Path) -> tuple[Path, Path]:
    before = [
        row("same", [churn(0.10), rate("Buy", 1, 0.5)]),
        row("gone", [churn(0.10)]),
        row("failed", [churn(0.10)]),
    ]
    after = [
        row("same", [churn(0.20), rate("Buy", 1, 0.5)]),
        row("new", [churn(0.10)]),
        row("failed", [churn(0.30)], state="failed", error="no <b>memory</b>"),
    ]
    folders = (tmp_path / "may", tmp_path / "june")
    for folder, rows in zip(folders, (before, after), strict=True):
        folder.mkdir()
        write_index(folder, rows)
    return folders


def test_two_batches_are_compared_report_by_report(tmp_path: Path) -> None:
    found = jj.difference(*batches(tmp_path))
    states = found.reports.set_index("report")["state"].to_dict()
    assert states == {"same": "both", "gone": "gone", "new": "new", "failed": "failed"}
    told = found.frame.set_index("name")
    assert set(found.frame["report"]) == {"same"}
    assert told["moved"].to_dict() == {"Churn": True, "Conversion rate": False}
    assert told.loc["Churn", "change"] == pytest.approx(0.1)
    assert told.loc["Churn", "verdict"] == "bad"
    page = found.save(tmp_path / "page.html").read_text(encoding="utf-8")
    text = BeautifulSoup(page, "html.parser").get_text(" ", strip=True)
    assert "Of 2 figures in both batches, 1 moved" in text
    assert "failed no <b>memory</b>" in text
    assert "Churn · Retention" in text
    assert "Conversion rate" not in BeautifulSoup(page, "html.parser").tbody.get_text()


def test_the_command_writes_the_page_and_says_the_gist(tmp_path: Path) -> None:
    before, after = batches(tmp_path)
    done = CliRunner().invoke(app, ["compare", str(before), str(after)])
    assert done.exit_code == 0, done.output
    assert "1 moved by more than chance" in done.output
    assert "gone: gone" in done.output
    assert (after / "difference.html").is_file()


@pytest.mark.parametrize("content", [None, "{", "[1]", '{"a": 1}'])
def test_what_is_no_batch_is_named(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "index.json").write_text(content, encoding="utf-8")
    with pytest.raises(jj.JourneyError, match=r"index\.json: (there is no|is no index)"):
        jj.difference(tmp_path, tmp_path)


def test_the_index_for_programs_holds_all_figures(tmp_path: Path) -> None:
    figures: list[Any] = [churn(0.1), rate("Buy", 1, 0.5)]
    write_index(tmp_path, [row("a", figures, figures)])
    (told,) = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))
    assert told["figures"] == figures
    assert (told["name"], told["state"], told["moved"]) == ("a", "done", [])
