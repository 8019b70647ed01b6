"""The map in a notebook: edits reach Python, its changes reach the map, outputs stay readable."""

from __future__ import annotations

import nbformat
from lab import Lab
from notebooks import cell, fill_in, open_notebook, run, save, settle, text_of, the_map, write
from playwright.sync_api import Page, expect

SHOW = """\
from jupyter_journey import Journey, JourneyGrid
grid = JourneyGrid(Journey.new("Acme Boards").set("Decision", "Goal", "Choose"))
grid"""
PRINT = 'print("kept:", grid.frame.loc["Goal", "Onboarding"], "| revision", grid.revision)'


def test_edit_then_the_next_cell_prints_it(page: Page, lab: Lab, console_errors: list[str]) -> None:
    path = write(lab, "edit.ipynb", SHOW, PRINT)
    open_notebook(page, lab, path)
    run(page, 1)
    shown = the_map(page, "Acme Boards")
    fill_in(shown, "Goal", "Onboarding", "Import my tasks")
    expect(cell(shown, "Goal", "Onboarding", "Import my tasks")).to_be_visible()
    run(page, 2)
    expect(page.get_by_text("kept: Import my tasks | revision 1")).to_be_visible()
    save(page)
    assert "kept: Import my tasks | revision 1" in text_of(path)
    assert console_errors == []


def test_a_change_by_python_shows_in_every_view(page: Page, lab: Lab) -> None:
    change = 'grid.set("Onboarding", "Goal", "Set by Python")\ngrid'
    replace = 'grid.journey = grid.journey.change(title="Renamed")'
    step = "journey = grid.journey.add('stages', name='Tour', parent_id='onboarding')"
    fold = f"{step}\ngrid.journey = journey\ngrid.fold()"
    path = write(lab, "change.ipynb", SHOW, change, replace, fold, "print('view:', grid.view)")
    open_notebook(page, lab, path)
    run(page, 1)
    the_map(page, "Acme Boards")
    run(page, 2)
    changed = page.get_by_role("gridcell", name="Goal, Onboarding: Set by Python")
    expect(changed).to_have_count(2)
    first = page.get_by_role("grid", name="Customer journey map: Acme Boards").first
    fill_in(first, "Owner", "Decision", "Sales")
    expect(page.get_by_role("gridcell", name="Owner, Decision: Sales")).to_have_count(2)
    run(page, 3)
    expect(page.get_by_role("grid", name="Customer journey map: Renamed")).to_have_count(2)
    run(page, 4)
    folded = page.get_by_role("button", name="Onboarding: 1 sub-step")
    expect(folded).to_have_count(2)
    expect(page.get_by_role("columnheader", name="Tour")).to_have_count(0)
    folded.first.click()
    expect(page.get_by_role("columnheader", name="Tour")).to_have_count(2)
    run(page, 5)
    expect(page.get_by_text("view: {'folded': []}")).to_be_visible()


def test_an_edit_while_a_cell_runs_is_not_lost(page: Page, lab: Lab) -> None:
    busy = "import time\ntime.sleep(3)"
    path = write(lab, "busy.ipynb", SHOW, busy, PRINT)
    open_notebook(page, lab, path)
    run(page, 1)
    shown = the_map(page, "Acme Boards")
    run(page, 2)
    fill_in(shown, "Goal", "Onboarding", "In time")
    expect(cell(shown, "Goal", "Onboarding", "In time")).to_be_visible()
    fill_in(shown, "Owner", "Decision", "Sales")
    run(page, 3)
    expect(page.get_by_text("kept: In time | revision 2")).to_be_visible()


def test_a_reloaded_page_shows_the_present_state_and_still_edits(page: Page, lab: Lab) -> None:
    path = write(lab, "reload.ipynb", SHOW, PRINT)
    open_notebook(page, lab, path)
    run(page, 1)
    fill_in(the_map(page, "Acme Boards"), "Goal", "Onboarding", "Before the reload")
    expect(page.get_by_role("gridcell", name="Goal, Onboarding: Before")).to_be_visible()
    settle(page)
    save(page)
    open_notebook(page, lab, path)
    shown = the_map(page, "Acme Boards")
    expect(cell(shown, "Goal", "Onboarding", "Before the reload")).to_be_visible()
    fill_in(shown, "Goal", "Onboarding", "After the reload")
    run(page, 2)
    expect(page.get_by_text("kept: After the reload | revision 2")).to_be_visible()


def test_python_can_forbid_edits_at_any_time(page: Page, lab: Lab) -> None:
    path = write(lab, "forbid.ipynb", SHOW, "grid.read_only = True")
    open_notebook(page, lab, path)
    run(page, 1)
    shown = the_map(page, "Acme Boards")
    run(page, 2)
    expect(shown).to_have_attribute("aria-readonly", "true")
    cell(shown, "Goal", "Decision").dblclick()
    expect(shown.get_by_role("textbox")).to_have_count(0)


def test_without_a_kernel_the_saved_notebook_shows_the_map(page: Page, lab: Lab) -> None:
    path = write(lab, "kept.ipynb", SHOW)
    open_notebook(page, lab, path)
    run(page, 1)
    the_map(page, "Acme Boards")
    save(page)
    (output,) = nbformat.read(path, as_version=4).cells[0].outputs
    assert set(output.data) == {
        "text/plain",
        "text/html",
        "application/vnd.jupyter-journey+json",
        "application/vnd.jupyter.widget-view+json",
    }
    page.evaluate("async () => { await window.jupyterapp.serviceManager.sessions.shutdownAll(); }")
    open_notebook(page, lab, path)
    shown = page.get_by_role("grid", name="Customer journey map: Acme Boards")
    expect(shown).to_have_attribute("aria-readonly", "true")
    expect(cell(shown, "Goal", "Decision", "Choose")).to_be_visible()
    expect(page.get_by_text("Error displaying widget")).to_have_count(0)
    cell(shown, "Goal", "Decision").dblclick()
    expect(shown.get_by_role("textbox")).to_have_count(0)


def test_a_kernel_that_restarts_leaves_the_edit_and_says_so(page: Page, lab: Lab) -> None:
    path = write(lab, "restart.ipynb", SHOW)
    open_notebook(page, lab, path)
    run(page, 1)
    shown = the_map(page, "Acme Boards")
    settle(page)
    page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    )
    fill_in(shown, "Goal", "Onboarding", "Kept in the page")
    expect(page.get_by_text("No answer from the kernel").first).to_be_visible()
    expect(cell(shown, "Goal", "Onboarding", "Kept in the page")).to_be_visible()
    expect(shown).to_have_attribute("aria-readonly", "true")


def test_keys_in_the_map_are_not_commands_of_the_notebook_but_save_is(page: Page, lab: Lab) -> None:
    path = write(lab, "keys.ipynb", SHOW)
    open_notebook(page, lab, path)
    run(page, 1)
    shown = the_map(page, "Acme Boards")
    before = page.get_by_role("textbox", name="notebook cell").count()
    cell(shown, "Goal", "Onboarding").focus()
    page.keyboard.type("ab dd")
    page.keyboard.press("Control+Enter")
    expect(cell(shown, "Goal", "Onboarding", "ab dd")).to_be_focused()
    assert page.get_by_role("textbox", name="notebook cell").count() == before
    # The kept output is renewed at about that time, so the notebook may change again at once.
    page.evaluate(
        """() => window.jupyterapp.shell.currentWidget.context.saveState.connect(
          (_, state) => { window.isSaved ||= state === 'completed'; }
        )"""
    )
    page.keyboard.press("Control+s")
    page.wait_for_function("() => window.isSaved")
    assert nbformat.read(path, as_version=4).cells[0].outputs


def test_undo_goes_over_mouse_and_python_alike(page: Page, lab: Lab) -> None:
    path = write(
        lab, "undo.ipynb", SHOW, 'grid.set("Onboarding", "Goal", "By Python")', "grid.undo()"
    )
    open_notebook(page, lab, path)
    run(page, 1)
    shown = the_map(page, "Acme Boards")
    fill_in(shown, "Goal", "Onboarding", "By mouse")
    run(page, 2)
    expect(cell(shown, "Goal", "Onboarding", "By Python")).to_be_visible()
    cell(shown, "Goal", "Onboarding").click()
    page.keyboard.press("Control+z")
    expect(cell(shown, "Goal", "Onboarding", "By mouse")).to_be_visible()
    said = page.get_by_role("status")
    expect(said).to_contain_text(["Undone"])
    run(page, 3)
    expect(cell(shown, "Goal", "Onboarding", "empty")).to_be_visible()
    cell(shown, "Goal", "Onboarding").click()
    page.keyboard.press("Control+y")
    expect(cell(shown, "Goal", "Onboarding", "By mouse")).to_be_visible()
    expect(said).to_contain_text(["Redone"])


def test_a_bound_frame_and_its_map_follow_each_other(page: Page, lab: Lab) -> None:
    path = write(
        lab,
        "bound.ipynb",
        "from jupyter_journey import Journey, JourneyGrid\n"
        'frame = Journey.new("Bound", stages=["Look", "Buy"]).wide()\n'
        "JourneyGrid(frame, bind=True)",
        'frame.loc["Actions", "Buy"] = ["Pay"]\nframe["Use"] = None\n'
        'print("seen:", frame.loc["Goal", "Look"])',
    )
    open_notebook(page, lab, path)
    run(page, 1)
    shown = the_map(page, "Bound")
    fill_in(shown, "Goal", "Look", "Find it")
    run(page, 2)
    expect(page.get_by_text("seen: Find it")).to_be_visible()
    expect(cell(shown, "Actions", "Buy", "Pay")).to_be_visible()
    expect(cell(shown, "Goal", "Use", "empty")).to_be_visible()


def test_a_finding_leads_to_its_cell(page: Page, lab: Lab) -> None:
    path = write(
        lab,
        "findings.ipynb",
        "from jupyter_journey import Journey, JourneyGrid\n"
        'JourneyGrid(Journey.new("Checked"), findings=True)',
    )
    open_notebook(page, lab, path)
    run(page, 1)
    shown = the_map(page, "Checked")
    findings = page.get_by_role("complementary", name="Findings")
    findings.get_by_role("button", name="Awareness").first.click()
    expect(shown.get_by_role("columnheader", name="Awareness")).to_be_focused()


def test_the_saved_output_follows_the_edits(page: Page, lab: Lab) -> None:
    path = write(lab, "follows.ipynb", SHOW)
    open_notebook(page, lab, path)
    run(page, 1)
    shown = the_map(page, "Acme Boards")
    fill_in(shown, "Goal", "Onboarding", "Typed later")
    kept = """() => JSON.stringify(
        window.jupyterapp.shell.currentWidget.content.model.sharedModel.toJSON())"""
    page.wait_for_function(f"() => ({kept})().includes('Typed later')")
    expect(cell(shown, "Goal", "Onboarding", "Typed later")).to_be_focused()
    save(page)
    (output,) = nbformat.read(path, as_version=4).cells[0].outputs
    assert "Typed later" in output.data["text/html"]
    assert "Typed later" in str(output.data["application/vnd.jupyter-journey+json"])
