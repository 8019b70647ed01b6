"""Both grids in hosts other than JupyterLab: they show, edits reach Python, its changes show."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hosts import HOSTS, Host, serve
from notebooks import cell, fill_in, the_map
from playwright.sync_api import Page, expect


@pytest.fixture(scope="module", params=HOSTS)
def host(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    with serve(request.param, tmp_path_factory.mktemp(request.param)) as running:
        yield running


def test_edits_reach_python_and_its_changes_show(
    page: Page, host: Host, console_errors: list[str]
) -> None:
    host.open(page, console_errors)
    shown = the_map(page, "Acme Boards")
    fill_in(shown, "Goal", "Onboarding", "Typed")
    expect(page.get_by_text("Seen: Typed, Ann")).to_be_visible()
    table = page.get_by_role("grid", name="Table: ")
    table.get_by_role("gridcell", name="name, 0: Ann").dblclick()
    editor = table.get_by_role("textbox", name="name, 0")
    editor.fill("Zoe")
    editor.press("Enter")
    expect(page.get_by_text("Seen: Typed, Zoe")).to_be_visible()
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("Seen: , Zoe")).to_be_visible()
    expect(cell(shown, "Goal", "Onboarding", "empty")).to_be_visible()
    page.get_by_role("button", name="Change").click()
    expect(cell(shown, "Goal", "Decision", "By Python")).to_be_visible()
    expect(table.get_by_role("gridcell", name="name, 1: By Python")).to_be_visible()
    assert console_errors == []
