"""The frame editor in a notebook, by role and name: what a person does, what pandas then has."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lab import Lab
from notebooks import open_notebook, run, save, settle, write
from playwright.sync_api import Locator, Page, expect

FRAME = """\
import pandas as pd
from jupyter_journey import Column, FrameGrid
frame = pd.DataFrame({
    "name": ["Ann", "Bob", "Cem", "Dia"],
    "age": pd.array([31, 48, 25, 67], dtype="int8"),
    "score": [1.5, None, 3.25, 0.1],
    "plan": pd.Categorical(["free", "team", "free", None], categories=["free", "team"]),
    "since": pd.to_datetime(["2024-01-31", "2025-02-28", None, "2023-12-01"]),
    "tags": [("vip", "beta"), (), ("new",), ()],
})
types = frame.dtypes.copy()
grid = FrameGrid(frame, bind=True)
grid"""
KEPT = "print('kept:', frame.to_csv(index=False).replace('\\n', '|'), frame.dtypes.equals(types))"

Shown = Callable[..., Locator]


@pytest.fixture
def shown(page: Page, lab: Lab, request: pytest.FixtureRequest) -> Shown:
    """Run these cells' first one and return the table it shows."""

    def show(*cells: str) -> Locator:
        path = write(lab, f"{request.node.name}.ipynb", *cells)
        open_notebook(page, lab, path)
        run(page, 1)
        grid = page.get_by_role("grid", name="Table: ")
        expect(grid).to_be_visible()
        settle(page)
        return grid

    return show


def cell(grid: Locator, column: str, row: str, content: str = "") -> Locator:
    return grid.get_by_role("gridcell", name=f"{column}, {row}: {content}")


def paste(grid: Locator, text: str, html: str = "") -> None:
    """Paste into the focused cell what a spreadsheet puts on the clipboard."""
    grid.evaluate(
        """(_, [text, html]) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData('text/plain', text);
          clipboardData.setData('text/html', html);
          const options = { clipboardData, bubbles: true, cancelable: true };
          const event = new ClipboardEvent('paste', options);
          document.activeElement.dispatchEvent(event);
        }""",
        [text, html],
    )


def test_edits_of_every_kind_reach_the_frame_in_its_dtypes(
    page: Page, shown: Shown, console_errors: list[str]
) -> None:
    grid = shown(FRAME, KEPT)
    for column, text in [("name", "Zoë"), ("age", "32"), ("score", "2.5"), ("since", "2026-03-31")]:
        cell(grid, column, "0").dblclick()
        field = grid.get_by_role("textbox", name=f"{column}, 0", exact=True)
        field.fill(text)
        field.press("Enter")
        expect(cell(grid, column, "0", text)).to_be_visible()
    cell(grid, "plan", "0").dblclick()
    grid.get_by_role("combobox", name="plan, 0").select_option("team")
    page.keyboard.press("Enter")
    cell(grid, "tags", "0").focus()
    page.keyboard.press("F2")
    grid.get_by_role("textbox", name="tags, 0").fill("one\ntwo")
    page.keyboard.press("Enter")
    expect(cell(grid, "tags", "0", "one, two")).to_be_visible()
    run(page, 2)
    row = "Zoë,32,2.5,team,2026-03-31,\"('one', 'two')\""
    expect(page.get_by_text(f"kept: name,age,score,plan,since,tags|{row}|Bob")).to_be_visible()
    expect(page.get_by_text("| True")).to_be_visible()
    assert console_errors == []


def test_what_does_not_fit_stays_in_the_cell_and_out_of_the_frame(page: Page, shown: Shown) -> None:
    others = "display(*(FrameGrid(frame, language=it) for it in ('de', 'ja')))"
    grid = shown(FRAME, KEPT, others)
    cell(grid, "age", "0").focus()
    page.keyboard.type("old")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("whole number")
    cell(grid, "name", "2").click()
    expect(cell(grid, "age", "0", "old. Not kept: this needs a whole number")).to_be_visible()
    # int8 ends at 127: only Python knows.
    cell(grid, "age", "1").focus()
    page.keyboard.type("300")
    page.keyboard.press("Enter")
    expect(
        cell(grid, "age", "1", "300. Column 'age' takes whole numbers from -128")
    ).to_be_visible()
    run(page, 2)
    expect(page.get_by_text("|Ann,31,1.5,free,2024-01-31")).to_be_visible()
    cell(grid, "age", "1").dblclick()
    page.keyboard.press("Escape")
    expect(cell(grid, "age", "1", "48")).to_be_visible()
    run(page, 3)
    german = page.get_by_role("grid", name="Tabelle: 4 Zeilen, 6 Spalten")
    japanese = page.get_by_role("grid", name="表：4行、6列")
    for table, name, answer in [
        (german, "age, 1: ", "Spalte 'age' verlangt ganze Zahlen von -128 bis 127"),
        (japanese, "age、1：", "列'age'には-128から127までの整数が必要です"),
    ]:
        table.get_by_role("gridcell", name=f"{name}48").click()
        page.keyboard.type("300")
        page.keyboard.press("Enter")
        expect(table.get_by_role("gridcell", name=f"{name}300. {answer}")).to_be_visible()
    japanese.get_by_role("columnheader", name="plan").focus()
    page.keyboard.press("Shift+F10")
    menu = page.get_by_role("dialog", name="列のメニュー：plan")
    expect(menu.get_by_role("button", name="昇順で並べ替え")).to_be_visible()
    page.keyboard.press("Escape")
    german.get_by_role("gridcell", name="name, 0: Ann").press("?")
    expect(page.get_by_role("dialog", name="Tasten")).to_contain_text("Pfeiltasten")


def test_a_block_from_a_spreadsheet_adds_rows_and_is_one_step(page: Page, shown: Shown) -> None:
    grid = shown(FRAME, KEPT + "\nprint('revision', grid.revision)")
    cell(grid, "name", "3").click()
    paste(grid, 'Eve\t20\r\n"Two\r\nlines"\t21\r\nGus\t22\r\n')
    expect(cell(grid, "age", "5", "22")).to_be_visible()
    expect(page.get_by_role("status").get_by_text("Pasted 3 × 2 cells")).to_be_visible()
    # A block may reach far down: one stays where one pasted it.
    expect(cell(grid, "name", "3", "Eve")).to_be_focused()
    run(page, 2)
    expect(page.get_by_text("revision 1")).to_be_visible()
    expect(page.get_by_text("|Eve,20,0.1,")).to_be_visible()
    expect(page.get_by_text("Gus,22,,,,")).to_be_visible()
    cell(grid, "age", "5").click()
    page.keyboard.press("Control+z")
    said = page.get_by_role("status")
    expect(said.get_by_text("Undone")).to_be_visible()
    expect(cell(grid, "name", "3", "Dia")).to_be_visible()
    expect(grid).to_have_accessible_name("Table: 4 rows, 6 columns")
    page.keyboard.press("Control+y")
    expect(cell(grid, "name", "5", "Gus")).to_be_visible()
    expect(said.get_by_text("Redone")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(said.get_by_text("Undone")).to_be_visible()


def test_a_table_of_a_web_page_pastes_by_its_cells(shown: Shown) -> None:
    grid = shown(FRAME)
    cell(grid, "name", "0").click()
    paste(grid, "", "<table><tr><td>Uma<br>Ng</td><td>40</td></tr></table>")
    expect(cell(grid, "age", "0", "40")).to_be_visible()
    expect(cell(grid, "name", "0")).to_have_accessible_name("name, 0: Uma Ng")


def test_sort_and_filter_leave_the_frame_alone(page: Page, shown: Shown) -> None:
    grid = shown(FRAME, KEPT, "grid.filter({'plan': 'free'})", "grid.filter(); grid.sort('name')")
    head = grid.get_by_role("columnheader", name="age")
    head.click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(grid.get_by_role("rowheader")).to_have_text(["2", "0", "1", "3"])
    head.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(grid.get_by_role("rowheader")).to_have_text(["3", "1", "0", "2"])
    head.press("Alt+ArrowDown")
    menu = page.get_by_role("dialog", name="Column menu: age")
    menu.get_by_role("textbox", name="Filter age").fill(">=31")
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 of 4 rows")).to_be_visible()
    expect(grid.get_by_role("rowheader")).to_have_text(["3", "1", "0"])
    cell(grid, "name", "1").dblclick()
    page.keyboard.type("Bea")
    page.keyboard.press("Enter")
    run(page, 2)
    expect(page.get_by_text("|Ann,31,1.5,free,2024-01-31")).to_be_visible()
    expect(page.get_by_text("|Bea,48,,team,2025-02-28")).to_be_visible()
    run(page, 3)
    expect(page.get_by_text("2 of 4 rows")).to_be_visible()
    run(page, 4)
    expect(grid.get_by_role("columnheader", name="name")).to_have_attribute(
        "aria-sort", "ascending"
    )
    # What is pasted stays where it was put, and chosen, however it would sort.
    expect(grid.get_by_role("rowheader")).to_have_text(["0", "1", "2", "3"])
    cell(grid, "name", "2").click()
    paste(grid, "Zoe\t1\nAda\t2\nMia\t3\n")
    expect(cell(grid, "name", "4", "Mia")).to_be_visible()
    expect(grid.get_by_role("rowheader")).to_have_text(["0", "1", "2", "3", "4"])
    chosen = grid.get_by_role("gridcell", selected=True)
    expect(chosen).to_have_text(["Zoe", "1", "Ada", "2", "Mia", "3"])
    expect(cell(grid, "name", "2", "Zoe")).to_be_focused()


def test_rows_are_added_and_deleted_by_key_and_menu(page: Page, shown: Shown) -> None:
    grid = shown(FRAME, KEPT)
    cell(grid, "name", "1").click()
    page.keyboard.press("Shift+Enter")
    expect(cell(grid, "name", "2", "empty")).to_be_focused()
    page.keyboard.type("New")
    page.keyboard.press("Enter")
    expect(cell(grid, "name", "2", "New")).to_be_visible()
    grid.get_by_role("rowheader", name="0").click(button="right")
    page.get_by_role("dialog", name="Row menu: 0").get_by_role(
        "button", name="Delete 1 row"
    ).click()
    expect(cell(grid, "name", "1", "New")).to_be_visible()
    page.get_by_role("button", name="Add row").click()
    expect(grid).to_have_accessible_name("Table: 5 rows, 6 columns")
    run(page, 2)
    expect(page.get_by_text("|Bob,48,,team,2025-02-28,()|New,0,,,,|Cem,25")).to_be_visible()
    expect(page.get_by_text("|,0,,,,| True")).to_be_visible()
    # The focus outlives the row it was in: from there one goes on undoing.
    cell(grid, "name", "4").click()
    page.keyboard.press("Control+z")
    expect(grid).to_have_accessible_name("Table: 4 rows, 6 columns")
    page.keyboard.press("Control+z")
    expect(cell(grid, "name", "0", "Ann")).to_be_visible()
    grid.get_by_role("rowheader", name="0").click()
    grid.get_by_role("rowheader", name="2").click(modifiers=["Shift"])
    page.keyboard.press("Control+Delete")
    expect(page.get_by_role("status").get_by_text("3 rows deleted")).to_be_visible()
    expect(grid).to_have_accessible_name("Table: 2 rows, 6 columns")


def test_pandas_changes_show_after_the_cell_has_run(page: Page, shown: Shown) -> None:
    change = "frame.loc[1, 'name'] = 'By pandas'"
    grid = shown(FRAME, change, "frame.drop(index=0, inplace=True)", "frame['more'] = 1")
    run(page, 2)
    expect(cell(grid, "name", "1", "By pandas")).to_be_visible()
    run(page, 3)
    expect(grid).to_have_accessible_name("Table: 3 rows, 6 columns")
    run(page, 4)
    expect(grid.get_by_role("columnheader", name="more")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(grid.get_by_role("columnheader", name="more")).to_have_count(0)


def test_an_edit_while_a_cell_runs_is_not_lost(page: Page, shown: Shown) -> None:
    grid = shown(FRAME, "import time\ntime.sleep(3)", KEPT)
    run(page, 2)
    cell(grid, "name", "0").dblclick()
    page.keyboard.type("In time")
    page.keyboard.press("Enter")
    expect(cell(grid, "name", "0", "In time")).to_be_visible()
    run(page, 3)
    expect(page.get_by_text("|In time,31")).to_be_visible()


def test_two_views_agree_and_locked_rows_hold(page: Page, shown: Shown) -> None:
    shown(FRAME, "grid", "grid.lock([1])", "grid.read_only = True")
    run(page, 2)
    grids = page.get_by_role("grid", name="Table: ")
    expect(grids).to_have_count(2)
    cell(grids.first, "name", "0").dblclick()
    page.keyboard.type("Both")
    page.keyboard.press("Enter")
    expect(page.get_by_role("gridcell", name="name, 0: Both")).to_have_count(2)
    run(page, 3)
    expect(grids.first.get_by_role("img", name="locked")).to_be_visible()
    cell(grids.first, "name", "1").dblclick()
    expect(grids.first.get_by_role("textbox")).to_have_count(0)
    run(page, 4)
    expect(grids.first).to_have_attribute("aria-readonly", "true")


def lefts(*places: Locator) -> list[int]:
    """Return where they begin, in pixels."""
    return [round(place.evaluate("it => it.getBoundingClientRect().left")) for place in places]


def test_columns_freeze_move_and_widen_by_key(page: Page, shown: Shown) -> None:
    grid = shown(FRAME, "print('look:', grid.view)")
    head = grid.get_by_role("columnheader", name="age")
    before = head.bounding_box()
    head.focus()
    page.keyboard.press("F1")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys.get_by_role("rowheader", name="Ctrl+Z, Ctrl+Y")).to_be_visible()
    page.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    expect(head).to_be_focused()
    page.keyboard.press("Shift+F10")
    menu = page.get_by_role("dialog", name="Column menu: age")
    menu.get_by_role("button", name="Wider").click()
    menu.get_by_role("button", name="Move left").click()
    expect(grid.get_by_role("columnheader").nth(1)).to_have_accessible_name("age")
    after = head.bounding_box()
    assert before
    assert after
    assert round(after["width"] - before["width"]) == 40
    page.keyboard.press("Shift+F10")
    page.get_by_role("dialog").get_by_role("button", name="Freeze up to here").click()
    run(page, 2)
    expect(page.get_by_text("'frozen': 1")).to_be_visible()
    expect(page.get_by_text("'order': [1, 0, 2, 3, 4, 5]")).to_be_visible()
    page.set_viewport_size({"width": 640, "height": 800})
    age, second = cell(grid, "age", "0"), grid.get_by_role("columnheader").nth(2)
    age.focus()
    start = lefts(head, age, grid.get_by_role("rowheader").first, second)
    page.keyboard.press("End")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    end = lefts(head, age, grid.get_by_role("rowheader").first, second)
    assert end[:3] == start[:3]
    assert end[3] < start[3]


def test_columns_come_in_sight_where_a_page_runs_from_the_right(page: Page, shown: Shown) -> None:
    wide = "frame = pd.DataFrame({f'c{i}': [i] for i in range(40)})"
    grid = shown(
        f"import pandas as pd\nfrom jupyter_journey import FrameGrid\n{wide}\nFrameGrid(frame)"
    )
    page.evaluate("document.documentElement.dir = 'rtl'")
    cell(grid, "c0", "0").focus()
    page.keyboard.press("End")
    expect(cell(grid, "c39", "0", "39")).to_be_focused()
    for number in (36, 37, 38):
        expect(cell(grid, f"c{number}", "0", str(number))).to_be_in_viewport()
    expect(grid.get_by_role("rowheader")).to_be_in_viewport()


def test_a_hundred_thousand_rows_are_walked_through(page: Page, shown: Shown) -> None:
    many = (
        "frame = pd.DataFrame({'n': range(100_000), 'text': [f'row {i}' for i in range(100_000)]})"
    )
    grid = shown(
        f"import pandas as pd\nfrom jupyter_journey import FrameGrid\n{many}\nFrameGrid(frame)"
    )
    cell(grid, "n", "0").focus()
    page.keyboard.press("Control+End")
    expect(cell(grid, "text", "99999", "row 99999")).to_be_focused()
    page.keyboard.type("last")
    page.keyboard.press("Enter")
    expect(cell(grid, "text", "99999", "last")).to_be_visible()
    grid.get_by_role("columnheader", name="n", exact=True).click()
    grid.get_by_role("columnheader", name="n", exact=True).press("Enter")
    page.keyboard.press("ArrowDown")
    expect(cell(grid, "n", "99999")).to_be_focused()
    assert grid.get_by_role("row").count() < 80


def test_without_a_kernel_the_saved_notebook_shows_the_first_rows(
    page: Page, lab: Lab, shown: Shown
) -> None:
    grid = shown(FRAME.replace('"Ann"', '"<img src=x>"'))
    cell(grid, "name", "1").click()
    page.keyboard.type("Typed later")
    page.keyboard.press("Enter")
    # What is kept follows the edits.
    page.wait_for_function(
        """() => JSON.stringify(
          window.jupyterapp.shell.currentWidget.content.model.sharedModel.toJSON()
        ).includes('Typed later')"""
    )
    expect(cell(grid, "name", "2")).to_be_focused()
    save(page)
    page.evaluate("async () => { await window.jupyterapp.serviceManager.sessions.shutdownAll(); }")
    open_notebook(page, lab, next(lab.root.glob("test_without_a_kernel*.ipynb")))
    kept = page.get_by_role("table", name="Table: 4 rows, 6 columns")
    expect(kept.get_by_role("cell", name="<img src=x>")).to_be_visible()
    expect(kept.get_by_role("cell", name="Typed later")).to_be_visible()
    expect(kept.get_by_role("columnheader", name="plan")).to_be_visible()
    expect(page.get_by_text("Error displaying widget")).to_have_count(0)
    expect(page.get_by_role("grid", name="Table: ")).to_have_count(0)
