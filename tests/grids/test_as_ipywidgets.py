"""Both grids among other widgets: laid out, observed, linked."""

from __future__ import annotations

import gc
from collections.abc import Callable
from threading import Event, Thread
from typing import Any
from weakref import ref

import ipywidgets
import pandas as pd
import pytest
from traitlets import TraitError

from jupyter_journey import FrameGrid, Journey, JourneyGrid
from jupyter_journey.errors import UnknownNameError


@pytest.fixture
def grid() -> JourneyGrid:
    return JourneyGrid(Journey.new("Acme Boards"))


@pytest.fixture
def table() -> FrameGrid:
    return FrameGrid(pd.DataFrame({"name": ["Ann", "Bob"]}))


def edit(grid: JourneyGrid, text: str) -> None:
    """Send what a page sends when somebody types a first text into the cell."""
    key = ["goal", "onboarding", None]
    op = {"op": "field", "collection": "cells", "key": key, "field": "value", "old": None}
    message = {"type": "patch", "id": "p", "base_rev": 0, "ops": [{**op, "new": text}]}
    grid._handle_custom_msg(message, [])


def test_boxes_and_tabs_take_them(grid: JourneyGrid, table: FrameGrid) -> None:
    box = ipywidgets.HBox([grid, table])
    tab = ipywidgets.Tab([box, ipywidgets.VBox([grid])], titles=["Both", "Map"])
    shown = [f"IPY_MODEL_{widget.model_id}" for widget in (grid, table)]
    assert box.get_state()["children"] == shown
    assert len(tab.children) == 2
    grid.layout.width = "50%"
    assert JourneyGrid(grid.journey, layout={"height": "300px"}).layout.height == "300px"


def test_a_mistyped_keyword_is_refused(grid: JourneyGrid, table: FrameGrid) -> None:
    with pytest.raises(UnknownNameError, match="'bidn'; did you mean 'bind'"):
        FrameGrid(table.frame, bidn=True)
    with pytest.raises(UnknownNameError, match="did you mean 'read_only'"):
        JourneyGrid(grid.journey, readonly=True)
    assert FrameGrid(table.frame, tooltip="People").tooltip == "People"


def test_an_edit_moves_what_is_linked_to_it(grid: JourneyGrid, table: FrameGrid) -> None:
    counts = [ipywidgets.IntText(), ipywidgets.IntText()]
    ipywidgets.dlink((grid, "revision"), (counts[0], "value"))
    ipywidgets.dlink((table, "revision"), (counts[1], "value"))
    edit(grid, "Start")
    table.set(0, "name", "Zoe")
    table.undo()
    assert [count.value for count in counts] == [1, 2]


def test_two_linked_maps_are_one(grid: JourneyGrid) -> None:
    other = JourneyGrid(Journey.new("Other"))
    link = ipywidgets.link((grid, "journey"), (other, "journey"))
    assert other.journey.title == "Acme Boards"
    edit(grid, "By mouse")
    other.set("Decision", "Goal", "By Python")
    assert grid.journey == other.journey
    assert grid.frame.loc["Goal", ["Onboarding", "Decision"]].tolist() == ["By mouse", "By Python"]
    grid.undo()
    assert other.frame.loc["Goal", "Decision"] == ""
    link.unlink()
    grid.undo()
    assert other.frame.loc["Goal", "Onboarding"] == "By mouse"


def test_what_follows_from_a_journey_follows_each_edit(grid: JourneyGrid) -> None:
    label = ipywidgets.Label()
    ipywidgets.dlink((grid, "journey"), (label, "value"), lambda journey: journey.title)
    grid.journey = grid.journey.change(title="Renamed")
    assert label.value == "Renamed"


def test_a_checkbox_locks_both(grid: JourneyGrid, table: FrameGrid) -> None:
    box = ipywidgets.Checkbox(value=False)
    for widget in (grid, table):
        ipywidgets.link((box, "value"), (widget, "read_only"))
    box.value = True
    edit(grid, "Too late")
    assert (grid.revision, table.read_only) == (0, True)


def test_nobody_sets_the_count_of_changes(grid: JourneyGrid, table: FrameGrid) -> None:
    for widget in (grid, table):
        with pytest.raises(TraitError, match="read-only"):
            widget.revision = 7


def test_observers_see_the_frame_as_the_change_left_it(grid: JourneyGrid, table: FrameGrid) -> None:
    seen: list[Any] = []
    grid.observe(lambda _: seen.append(grid.frame.loc["Goal", "Onboarding"]), "revision")
    table.observe(lambda _: seen.append(table.frame.loc[0, "name"]), "revision")
    edit(grid, "Start")
    table.set(0, "name", "Zoe")
    assert seen == ["Start", "Zoe"]


def test_linked_maps_changed_by_two_threads_dont_wait_for_each_other(grid: JourneyGrid) -> None:
    maps = [grid, JourneyGrid(grid.journey)]
    are_in = [Event(), Event()]

    def linger(which: int) -> Callable[[Journey], None]:
        def until_the_other_is_in(_: Journey) -> None:
            are_in[which].set()
            are_in[1 - which].wait(0.3)

        return until_the_other_is_in

    for which, shown in enumerate(maps):
        shown.on_change(linger(which))
    ipywidgets.link((maps[0], "journey"), (maps[1], "journey"))
    edits = [(maps[0], "Onboarding", "One"), (maps[1], "Decision", "Two")]
    threads = [
        Thread(target=shown.set, args=(stage, "Goal", text), daemon=True)
        for shown, stage, text in edits
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    assert maps[0].journey == maps[1].journey
    assert grid.frame.loc["Goal", ["Onboarding", "Decision"]].tolist() == ["One", "Two"]


@pytest.mark.parametrize("kind", [JourneyGrid, FrameGrid])
def test_a_closed_grid_is_kept_by_nothing(kind: Callable[..., Any]) -> None:
    frame = Journey.new("Acme Boards").wide()
    grid = kind(frame, bind=True)
    kept = [ref(grid), ref(frame)]
    grid.close()
    del grid, frame
    gc.collect()
    assert [it() for it in kept] == [None, None]
