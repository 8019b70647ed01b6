"""Report, index and comparison in a browser: accessible, by keys, and whole without script."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbformat.v4 import new_output
from playwright.sync_api import Page, expect
from shown import churn, executed, output, rate, row

import jupyter_journey as jj
from jupyter_journey import charts, paths
from jupyter_journey.charts import map_html
from jupyter_journey.charts.folded import folded
from jupyter_journey.charts.tables import table
from jupyter_journey.reports.html import write_html
from jupyter_journey.reports.index import write_index
from jupyter_journey.reports.manifest import Row
from jupyter_journey.steps import Result

SAMPLE = paths.sample_data() / "saas" / "saas.journey.json"


def rows() -> list[Row]:
    made = [
        row(
            f"{persona}-{language}".lower(),
            [churn(0.1 + 0.05 * n), rate("Decision", 1, 0.3), rate("Onboarding", 2, 0.7)],
            [churn(0.1), rate("Decision", 1, 0.3), rate("Onboarding", 2, 0.6)],
            parameters={"persona": persona, "language": language},
        )
        for n, (persona, language) in enumerate(
            [("Admin", "en"), ("Admin", "ja"), ("Buyer", "en"), ("Buyer", "ja")]
        )
    ]
    failed = made[1].but(state="failed", error="StepError: cell 4: no memory", figures=())
    return [made[0], failed, *made[2:]]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return write_index(tmp_path, rows())


@pytest.fixture
def report(tmp_path: Path) -> Path:
    journey = jj.Journey.load(SAMPLE)
    frame = pd.DataFrame({"stage": ["Visit", "Buy"], "customers": [1200, 300], "n": [1200, 1200]})
    frame = frame.assign(rate=[1.0, 0.25], low=[1.0, 0.2], high=[1.0, 0.3], share=[1.0, 0.25])
    numbers = table(frame, title="Funnel")
    shown = [
        output(charts.show(charts.funnel(frame))),
        output(folded(numbers, "The numbers")),
        output(numbers),
        new_output("display_data", data={"text/html": map_html(journey, theme="auto")}),
        new_output("stream", text="printed"),
        new_output("error", ename="Oops", evalue="it broke", traceback=[]),
        output(Result(7, journey, {}).provenance),
    ]
    words = "# Report\n\n## First part\n\nSee [this](https://example.com).\n\n## Second part"
    return write_html(executed(tmp_path / "r.ipynb", *shown, markdown=words), "index.html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_violates_a_rule_of_accessibility(
    page: Page, report: Path, index: Path, tmp_path: Path, scheme: str, console_errors: list[str]
) -> None:
    older = tmp_path / "older"
    older.mkdir()
    write_index(older, [one.but(figures=one.before, state="done") for one in rows()])
    compared = jj.difference(older, tmp_path).save(tmp_path / "difference.html")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for width, path in [
        (1600, report),
        (390, report),
        (1600, index),
        (390, index),
        (1600, compared),
    ]:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path.as_uri())
        for fold in page.get_by_text("The numbers").or_(page.get_by_text("Code")).all():
            fold.click()
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path.name} {width} {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path.name
    assert console_errors == []


def expect_names(page: Page, *names: str) -> None:
    expect(page.get_by_role("rowheader")).to_have_text(names, use_inner_text=True)


def test_the_index_is_searched_sorted_and_narrowed_by_keys(page: Page, index: Path) -> None:
    page.goto(index.as_uri())
    expect_names(page, "admin-ja", "buyer-en", "buyer-ja", "admin-en")
    search = page.get_by_role("searchbox", name="Search")
    search.focus()
    page.keyboard.type("buyer")
    expect_names(page, "buyer-en", "buyer-ja")
    expect(page.get_by_role("status")).to_have_text("2 of 4")
    search.fill("")
    page.get_by_role("button", name="Report").focus()
    page.keyboard.press("Enter")
    expect_names(page, "admin-en", "admin-ja", "buyer-en", "buyer-ja")
    page.keyboard.press("Enter")
    expect_names(page, "buyer-ja", "buyer-en", "admin-ja", "admin-en")
    expect(page.get_by_role("columnheader", name="Report")).to_have_attribute(
        "aria-sort", "descending"
    )
    page.get_by_role("button", name="Churn").click()
    expect_names(page, "buyer-ja", "buyer-en", "admin-en", "admin-ja")
    page.get_by_role("button", name="Churn").click()
    expect_names(page, "admin-en", "buyer-en", "buyer-ja", "admin-ja")  # without a figure: last
    page.get_by_label("Language").select_option("en")
    expect_names(page, "admin-en", "buyer-en")


def test_without_script_the_index_is_a_plain_table(page: Page, index: Path) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setScriptExecutionDisabled", {"value": True})
    page.goto(index.as_uri())
    expect(page.get_by_role("searchbox")).to_have_count(0)
    expect(page.get_by_role("row")).to_have_count(5)
    expect(page.get_by_role("link", name="buyer-ja")).to_have_attribute("href", "buyer-ja.html")
    expect(page.get_by_role("img", name="Conversion rate: Decision 30%").first).to_be_visible()


def test_a_report_of_many_reports_opens_at_once_and_stays_small(page: Page, tmp_path: Path) -> None:
    many = [
        row(
            f"report-{n:03}",
            [churn(0.1 + n / 1000), *(rate(f"Stage {s}", s, (n + s) % 97 / 100) for s in range(8))],
            [churn(0.1), *(rate(f"Stage {s}", s, (n + s) % 89 / 100) for s in range(8))],
            parameters={"persona": f"P{n % 7}", "period": f"2026-{n % 12 + 1:02}"},
        )
        for n in range(500)
    ]
    index = write_index(tmp_path, many)
    assert index.stat().st_size < 3_000_000
    page.goto(index.as_uri())
    expect(page.get_by_role("status")).to_have_text("500 of 500")
    page.get_by_role("row").last.scroll_into_view_if_needed()
    expect(page.get_by_role("columnheader", name="Report")).to_be_in_viewport()
    page.get_by_label("Persona").select_option("P3")
    expect(page.get_by_role("status")).to_have_text("71 of 500")
