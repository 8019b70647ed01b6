"""What was shown stays readable where nothing runs: no kernel, no script, no style sheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from playwright.sync_api import Page, expect

from jupyter_journey import FrameGrid, Journey, JourneyGrid

JOURNEY = 'Journey.new("Acme Boards").set("Onboarding", "Goal", "Import my tasks")'
CELLS = (
    f"from jupyter_journey import FrameGrid, Journey, JourneyGrid\nJourneyGrid({JOURNEY})",
    """\
import pandas as pd
from jupyter_journey import FrameGrid
FrameGrid(pd.DataFrame({"plan": ["free", "team"]}, index=["Ann", "Bob"]))""",
)
WITHOUT_STYLE = re.compile(r"<style.*?</style>|<link[^>]*>| style=\"[^\"]*\"", re.DOTALL)

Open = Callable[[str], None]


@pytest.fixture(scope="module")
def exported() -> str:
    """A notebook with both grids, as nbconvert makes HTML of it."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    # As in a notebook saved by hand: no state of widgets is kept.
    NotebookClient(notebook, store_widget_state=False).execute()
    text, _ = HTMLExporter().from_notebook_node(notebook)
    return str(text)


@pytest.fixture
def written(tmp_path: Path) -> str:
    """The map's own page."""
    grid = JourneyGrid(Journey.new("Acme Boards").set("Onboarding", "Goal", "Import my tasks"))
    return grid.to_html(tmp_path / "map.html").read_text(encoding="utf-8")


@pytest.fixture
def listed(tmp_path: Path) -> str:
    """A table's own page."""
    frame = pd.DataFrame({"plan": ["free", "team"], "seats": [1, 1200]}, index=["Ann", "Bob"])
    grid = FrameGrid(frame, language="de")
    return grid.to_html(tmp_path / "frame.html", title="Kunden").read_text(encoding="utf-8")


@pytest.fixture
def bare(page: Page, tmp_path: Path) -> Open:
    """Open a page as a reader that runs no script and knows no style."""

    def show(text: str) -> None:
        path = tmp_path / "bare.html"
        path.write_text(WITHOUT_STYLE.sub("", text), encoding="utf-8")
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setScriptExecutionDisabled", {"value": True})
        page.goto(path.as_uri())

    return show


def read_the_map(page: Page) -> None:
    expect(page.get_by_role("img", name="Acme Boards")).to_be_visible()
    page.get_by_text("Read as a table").click()
    table = page.get_by_role("table", name="Acme Boards")
    expect(table.get_by_role("columnheader", name="Onboarding")).to_be_visible()
    expect(table.get_by_role("rowheader", name="Pain points")).to_be_visible()
    expect(table.get_by_role("cell", name="Import my tasks")).to_be_visible()


def test_an_exported_notebook_shows_both_grids(page: Page, exported: str, bare: Open) -> None:
    bare(exported)
    read_the_map(page)
    frame = page.get_by_role("table", name="Table: 2 rows, 1 column")
    expect(frame.get_by_role("columnheader", name="plan")).to_be_visible()
    expect(frame.get_by_role("row", name="Bob team")).to_be_visible()


def test_a_page_of_its_own_is_read_without_script_and_style(
    page: Page, written: str, listed: str, bare: Open
) -> None:
    bare(written)
    read_the_map(page)
    bare(listed)
    table = page.get_by_role("table", name="Kunden")
    expect(table.get_by_role("columnheader", name="seats")).to_be_visible()
    expect(table.get_by_role("row", name="Bob team 1.200")).to_be_visible()
    expect(page).to_have_title("Kunden")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_of_its_own_is_accessible(
    page: Page, written: str, listed: str, tmp_path: Path, scheme: str, console_errors: list[str]
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for text in (written, listed):
        (tmp_path / "page.html").write_text(text, encoding="utf-8")
        page.goto((tmp_path / "page.html").as_uri())
        for more in page.get_by_text("Read as a table").all():
            more.click()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    assert console_errors == []


def test_whatever_a_frame_holds_stays_text(
    page: Page, tmp_path: Path, console_errors: list[str]
) -> None:
    attacks = [
        "<script>document.title = 'run'</script>",
        "<img src=x onerror=\"document.title = 'run'\">",
        "</td></table><svg onload=\"document.title = 'run'\">",
        "\" autofocus onfocus=\"document.title = 'run'",
        "</title></style><script>document.title = 'run'</script>",
        "&lt;b&gt; &amp;",
    ]
    frame = pd.DataFrame({attack: [attack] for attack in attacks}, index=[attacks[0]])
    written = FrameGrid(frame).to_html(tmp_path / "page.html", title=attacks[4])
    # Without the policy that would stop it anyway.
    text = re.sub("<meta http-equiv[^>]*>", "", written.read_text(encoding="utf-8"))
    written.write_text(text, encoding="utf-8")
    page.goto(written.as_uri())
    assert page.title() == attacks[4]
    assert page.get_by_role("cell").all_inner_texts() == attacks
    assert page.get_by_role("columnheader").all_inner_texts() == ["#", *attacks]
    assert page.get_by_role("rowheader").all_inner_texts() == attacks[:1]
    assert console_errors == []
