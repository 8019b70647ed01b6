"""The frame editor under mouse, clipboard, input method and a second view, by role and name."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from lab import PATIENCE, Lab
from notebooks import open_notebook, run, save, settle, start, write
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

FRAME = """\
import pandas as pd
from jupyter_journey import FrameGrid
frame = pd.DataFrame({
    "name": ["Ann", "Bob", "Cem", "Dia"],
    "age": [31, 48, 25, 67],
    "plan": pd.Categorical(["free", "team", "free", None]),
    "since": pd.to_datetime(["2024-01-31", "2025-02-28", None, "2023-12-01"]),
    "seen": pd.to_datetime(["2026-01-01 10:30:15.5"] * 4).tz_localize("Europe/Berlin"),
    "tags": [("vip", "beta"), (), ("new",), ("vip",)],
})
grid = FrameGrid(frame, bind=True)
grid"""
KEPT = "print('kept:', frame.to_csv(index=False).replace('\\n', '|'))"

Shown = Callable[..., Locator]


class SlowKernel:
    """A kernel that hears the page at once, and whose answers may be long on their way."""

    def __init__(self, page: Page) -> None:
        self.is_slow = False
        self._page = page
        self._late: list[tuple[WebSocketRoute, str | bytes]] = []
        page.route_web_socket(re.compile("/api/kernels/"), self._join)

    def _join(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()
        page.on_message(server.send)
        server.on_message(
            lambda said: self._late.append((page, said)) if self.is_slow else page.send(said)
        )

    def wait_for(self, words: str, times: int) -> None:
        """Wait until the kernel has said this so often, though the page hears nothing of it."""
        for _ in range(PATIENCE // 50):
            if sum(words.encode() in as_bytes(said) for _, said in self._late) >= times:
                return
            self._page.wait_for_timeout(50)
        pytest.fail(f"The kernel hasn't said {words} {times} times.")

    def answer(self) -> None:
        self.is_slow = False
        for page, said in self._late:
            page.send(said)
        self._late.clear()


def as_bytes(said: str | bytes) -> bytes:
    return said if isinstance(said, bytes) else said.encode()


@pytest.fixture
def shown(page: Page, lab: Lab, request: pytest.FixtureRequest) -> Shown:
    """Run these cells' first one and return the table it shows."""

    def show(*cells: str) -> Locator:
        open_notebook(page, lab, write(lab, f"{request.node.name}.ipynb", *cells))
        run(page, 1)
        grid = page.get_by_role("grid", name="Table: ").first
        expect(grid).to_be_visible()
        settle(page)
        return grid

    return show


def cell(grid: Locator, column: str, row: str, content: str = "") -> Locator:
    return grid.get_by_role("gridcell", name=f"{column}, {row}: {content}")


def head(grid: Locator, column: str) -> Locator:
    return grid.get_by_role("columnheader", name=column)


def middle(element: Locator) -> tuple[float, float]:
    box = element.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_blocks_are_copied_cut_and_put_elsewhere(page: Page, shown: Shown) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    grid = shown(FRAME, KEPT)
    cell(grid, "name", "0").click()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Control+c")
    expect(page.get_by_role("status").get_by_text("Copied 2 × 2 cells")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Ann\t31\nBob\t48"
    cell(grid, "name", "2").click()
    page.keyboard.press("Control+v")
    expect(cell(grid, "age", "3", "48")).to_be_visible()
    cell(grid, "tags", "0").click()
    page.keyboard.press("Control+x")
    expect(cell(grid, "tags", "0", "empty")).to_be_visible()
    cell(grid, "tags", "1").click()
    page.keyboard.press("Control+v")
    expect(cell(grid, "tags", "1", "vip, beta")).to_be_visible()
    run(page, 2)
    expect(page.get_by_text("|Ann,31,free,2024-01-31,")).to_be_visible()
    expect(page.get_by_text("|Bob,48,,2023-12-01,")).to_be_visible()
    for _ in range(3):
        cell(grid, "name", "0").click()
        page.keyboard.press("Control+z")
    expect(cell(grid, "tags", "0", "vip, beta")).to_be_visible()
    expect(cell(grid, "name", "3", "Dia")).to_be_visible()
    page.keyboard.press("Control+a")
    expect(grid.get_by_role("gridcell", selected=True)).to_have_count(24)
    page.keyboard.press("Control+c")
    expect(page.get_by_role("status").get_by_text("Copied 4 × 6 cells")).to_be_visible()


def test_columns_are_moved_and_widened_by_mouse_and_keep_focus_and_look(
    page: Page, lab: Lab, shown: Shown
) -> None:
    grid = shown(FRAME, "print('look:', grid.view)", "grid.filter({'age': '>=31'})")
    head(grid, "plan").drag_to(head(grid, "name"))
    expect(grid.get_by_role("columnheader").nth(1)).to_have_accessible_name("plan")
    expect(head(grid, "plan")).to_be_focused()
    before = head(grid, "plan").bounding_box()
    assert before
    edge = before["x"] + before["width"]
    page.mouse.move(edge, before["y"] + 12)
    page.mouse.down()
    page.mouse.move(edge + 30, before["y"] + 12)
    page.mouse.move(edge + 60, before["y"] + 12)
    page.mouse.up()
    after = head(grid, "plan").bounding_box()
    assert after
    assert round(after["width"] - before["width"]) == 60
    expect(head(grid, "plan")).to_have_attribute("aria-sort", "none")
    head(grid, "plan").press("Shift+F10")
    page.get_by_role("dialog").get_by_role("button", name="Move right").click()
    expect(grid.get_by_role("columnheader").nth(2)).to_have_accessible_name("plan")
    expect(head(grid, "plan")).to_be_focused()
    run(page, 2)
    expect(page.get_by_text("'order': [0, 2, 1, 3, 4, 5]")).to_be_visible()
    run(page, 3)
    expect(page.get_by_text("3 of 4 rows")).to_be_visible()
    save(page)
    open_notebook(page, lab, next(lab.root.glob("test_columns_are_moved*.ipynb")))
    expect(page.get_by_text("3 of 4 rows")).to_be_visible()
    expect(grid.get_by_role("rowheader")).to_have_text(["0", "1", "3"])
    expect(grid.get_by_role("columnheader").nth(2)).to_have_accessible_name("plan")
    reopened = head(grid, "plan").bounding_box()
    assert reopened
    assert round(reopened["width"]) == round(after["width"])


def test_rows_are_filtered_by_a_list_of_values(page: Page, shown: Shown) -> None:
    kernel = SlowKernel(page)
    grid = shown(FRAME, "print('look:', grid.view)", "grid.filter({'age': [31, 48]})")
    head(grid, "plan").press("Shift+F10")
    values = page.get_by_role("dialog").get_by_role("group", name="Only these values")
    expect(values.get_by_role("checkbox")).to_have_count(3)
    # A cell finds what was clicked before it ran, though the page has heard no answer yet.
    kernel.is_slow = True
    values.get_by_role("checkbox", name="free").check()
    expect(page.get_by_text("2 of 4 rows")).to_be_visible()
    values.get_by_role("checkbox", name="(missing)").check()
    expect(page.get_by_text("3 of 4 rows")).to_be_visible()
    expect(grid.get_by_role("rowheader")).to_have_text(["0", "2", "3"])
    kernel.wait_for("looked", times=2)
    start(page, 2)
    expect(page.get_by_text("[*]:").first).to_be_visible()
    kernel.answer()
    expect(page.get_by_text("{'filter': {'2': ['free', None]}}")).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    head(grid, "tags").press("Shift+F10")
    page.get_by_role("dialog").get_by_role("checkbox", name="vip").check()
    expect(page.get_by_text("2 of 4 rows")).to_be_visible()
    page.keyboard.press("Escape")
    expect(head(grid, "tags, filtered")).to_be_focused()
    run(page, 3)
    expect(grid.get_by_role("rowheader")).to_have_text(["0", "1"])


def test_days_and_moments_come_from_the_calendar_or_the_keyboard(page: Page, shown: Shown) -> None:
    grid = shown(FRAME, KEPT)
    cell(grid, "since", "0").dblclick()
    picker = grid.get_by_label("since, 0: choose")
    expect(picker).to_have_value("2024-01-31")
    picker.fill("2026-05-04")
    field = grid.get_by_role("textbox", name="since, 0", exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_value("2026-05-04")
    page.keyboard.press("Enter")
    expect(cell(grid, "since", "0", "2026-05-04")).to_be_visible()
    cell(grid, "seen", "0").dblclick()
    grid.get_by_label("seen, 0: choose").fill("2026-07-01T08:15")
    page.keyboard.press("Enter")
    expect(cell(grid, "seen", "0", "2026-07-01 08:15:00+02:00")).to_be_visible()
    # What no calendar says.
    cell(grid, "seen", "1").dblclick()
    grid.get_by_role("textbox", name="seen, 1", exact=True).fill("2026-10-25 02:30:00.25+01:00")
    page.keyboard.press("Enter")
    expect(cell(grid, "seen", "1", "2026-10-25 02:30:00.25+01:00")).to_be_visible()
    run(page, 2)
    expect(page.get_by_text("|Ann,31,free,2026-05-04,2026-07-01 08:15:00")).to_be_visible()


def test_an_input_method_writes_into_the_cell_it_began_at(page: Page, shown: Shown) -> None:
    grid = shown(FRAME, KEPT)
    cell(grid, "name", "0").click()
    method = page.context.new_cdp_session(page)
    # An input method hides which key it was, and goes on in the field that opens.
    key = {"key": "Process", "windowsVirtualKeyCode": 229}
    method.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    field = grid.get_by_role("textbox", name="name, 0")
    expect(field).to_be_focused()
    compose = {"text": "かんじ", "selectionStart": 3, "selectionEnd": 3}
    method.send("Input.imeSetComposition", compose)
    expect(field).to_have_value("かんじ")
    # It takes Enter for itself as long as it composes.
    method.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Enter", **key})
    expect(field).to_be_focused()
    method.send("Input.insertText", {"text": "漢字"})
    expect(field).to_have_value("漢字")
    page.keyboard.press("Enter")
    expect(cell(grid, "name", "0", "漢字")).to_be_visible()
    run(page, 2)
    expect(page.get_by_text("|漢字,31,free")).to_be_visible()


def test_two_views_of_a_grid_stay_equal(page: Page, shown: Shown) -> None:
    shown(FRAME, "grid", "frame.loc[1, 'name'] = 'By pandas'")
    run(page, 2)
    first, second = (page.get_by_role("grid", name="Table: ").nth(place) for place in (0, 1))
    expect(second).to_be_visible()

    def are_equal() -> None:
        # What is selected is each view's own.
        expect(second).to_match_aria_snapshot(first.aria_snapshot().replace(" [selected]", ""))

    cell(first, "name", "0").dblclick()
    page.keyboard.type("One")
    page.keyboard.press("Enter")
    expect(cell(second, "name", "0", "One")).to_be_visible()
    are_equal()
    cell(second, "name", "1").click()
    page.keyboard.press("Insert")
    # Whole numbers can't be missing: the kernel says what a new row holds.
    expect(cell(first, "age", "1", "0")).to_be_visible()
    are_equal()
    head(first, "age").click()
    expect(head(second, "age")).to_have_attribute("aria-sort", "ascending")
    are_equal()
    cell(first, "name", "0").click()
    page.keyboard.press("Control+z")
    expect(second).to_have_accessible_name("Table: 4 rows, 6 columns")
    are_equal()
    run(page, 3)
    expect(cell(second, "name", "1", "By pandas")).to_be_visible()
    are_equal()


def test_a_kernel_that_is_gone_is_said_and_nothing_is_lost_in_silence(
    page: Page, shown: Shown, console_errors: list[str]
) -> None:
    grid = shown(FRAME)
    page.evaluate("async () => { await window.jupyterapp.serviceManager.sessions.shutdownAll(); }")
    before = len(console_errors)
    cell(grid, "name", "0").dblclick()
    page.keyboard.type("Too late")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No answer from the kernel")).to_be_visible()
    expect(grid).to_have_attribute("aria-readonly", "true")
    head(grid, "age").click()
    expect(head(grid, "age")).to_have_attribute("aria-sort", "ascending")
    assert console_errors[before:] == []
