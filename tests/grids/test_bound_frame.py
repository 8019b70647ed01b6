"""A frame given with ``bind=True``: the map edits it in place and follows what pandas does."""

from __future__ import annotations

import signal
import threading
import warnings
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

from jupyter_journey import FrameGrid, Journey, JourneyError, JourneyGrid

STAGES = ["Look", "Buy", "Use"]


@pytest.fixture
def frame() -> pd.DataFrame:
    return Journey.new("Shop", stages=STAGES).set("Look", "Goal", "Compare").wide()


def test_an_edit_stands_in_the_very_frame(frame: pd.DataFrame) -> None:
    grid = JourneyGrid(frame, bind=True)
    grid.set("Buy", "Actions", ["Pay"])
    assert grid.frame is frame
    assert frame.loc["Actions", "Buy"] == ("Pay",)
    grid.undo()
    assert frame.loc["Actions", "Buy"] == ""


def test_structure_changes_the_very_frame(frame: pd.DataFrame) -> None:
    grid = JourneyGrid(frame, bind=True)
    journey = grid.journey.rename("stages", "Buy", "Pay").move("stages", "Use", "Look")
    grid.journey = journey.remove("lanes", "Owner").add("lanes", name="Risk", kind="list")
    assert list(frame.columns) == ["Use", "Look", "Pay"]
    assert list(frame.index)[-2:] == ["Opportunities", "Risk"]
    assert frame.loc["Goal", "Look"] == "Compare"
    grid.undo()
    assert list(frame.columns) == STAGES
    assert frame.index[-1] == "Owner"


def test_the_map_follows_pandas_after_the_cell(frame: pd.DataFrame) -> None:
    shell = InteractiveShell.instance()
    try:
        grid = JourneyGrid(frame, bind=True)
        shell.user_ns["frame"] = frame
        shell.run_cell("frame.loc['Goal', 'Use'] = 'Work'; frame['Renew'] = None")
        assert grid.journey.wide().loc["Goal", "Use"] == "Work"
        assert grid.journey.stages["name"].tolist() == [*STAGES, "Renew"]
        shell.run_cell("frame.columns = ['Look', 'Order', 'Use', 'Renew']")
        assert grid.journey.stages["id"].tolist() == ["look", "buy", "use", "renew"]
        grid.undo()
        assert list(frame.columns) == [*STAGES, "Renew"]
        with pytest.warns(UserWarning, match="takes a number from -2 to 2"):
            shell.run_cell("frame.loc['Emotion', 'Use'] = 9")
        assert pd.isna(grid.journey.wide().loc["Emotion", "Use"])
    finally:
        InteractiveShell.clear_instance()


def test_a_change_of_nothing_is_no_step(frame: pd.DataFrame) -> None:
    shell = InteractiveShell.instance()
    try:
        grid = JourneyGrid(frame, bind=True)
        shell.run_cell("1 + 1")
        assert (grid.revision, grid.undo()) == (0, False)
    finally:
        InteractiveShell.clear_instance()


@pytest.mark.parametrize("kind", [JourneyGrid, FrameGrid])
def test_one_grid_of_a_kind_follows_a_frame_until_it_is_closed(
    frame: pd.DataFrame, kind: Callable[..., Any]
) -> None:
    shell = InteractiveShell.instance()
    try:
        shell.user_ns["frame"] = frame
        other = Journey.new("Other", stages=STAGES).wide()
        kind(other, bind=True)
        before = len(shell.events.callbacks["post_run_cell"])
        first, last = kind(frame, bind=True), kind(frame, bind=True)
        assert len(shell.events.callbacks["post_run_cell"]) == before + 1
        shell.run_cell("frame.loc['Goal', 'Use'] = 'Work'")
        assert (first.revision, last.revision) == (0, 1)
        # The one before still sees it before anything is changed by it.
        first.undo()
        assert first.revision == 2
        last.close()
        first.close()
        assert len(shell.events.callbacks["post_run_cell"]) == before
    finally:
        InteractiveShell.clear_instance()


@pytest.mark.parametrize("kind", [JourneyGrid, FrameGrid])
def test_a_name_that_comes_to_stand_for_another_frame_is_warned_of(
    frame: pd.DataFrame, kind: Callable[..., Any]
) -> None:
    shell = InteractiveShell.instance()
    try:
        shell.user_ns |= {"frame": frame, "other": frame, "kind": kind}
        shell.run_cell("grid = kind(frame, bind=True)")
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            # Another name holds it yet; then a grid shows the new one.
            shell.run_cell("frame = frame.copy()")
            shell.run_cell("frame = other; del other")
            shell.run_cell("frame = frame.copy(); grid = kind(frame, bind=True)")
        assert said == []
        with pytest.warns(UserWarning, match=rf"'frame' stood .* {kind.__name__}\(frame, bind"):
            shell.run_cell("frame = frame.copy()")
    finally:
        InteractiveShell.clear_instance()


@pytest.mark.parametrize("kind", [JourneyGrid, FrameGrid])
def test_a_closed_grid_fails_nowhere(frame: pd.DataFrame, kind: Callable[..., Any]) -> None:
    shell = InteractiveShell.instance()
    failed: list[Any] = []
    hook, threading.excepthook = threading.excepthook, failed.append
    try:
        shell.user_ns["grid"] = kind(frame, bind=True)
        shell.run_cell("from IPython.display import display; display(grid)")
        # The kept output is renewed only when edits have paused.
        shell.run_cell("grid.apply(grid.frame.replace('Compare', 'Look')); grid.close()")
        for thread in threading.enumerate():
            if isinstance(thread, threading.Timer):
                thread.join()
        assert shell.run_cell("display(grid)").success
        assert failed == []
    finally:
        threading.excepthook = hook
        InteractiveShell.clear_instance()


def test_an_interrupted_cell_parts_no_map_from_its_frame_and_pages(frame: pd.DataFrame) -> None:
    grid = JourneyGrid(frame, bind=True)
    before = grid.journey
    heard: list[int] = []

    def interrupted(content: dict[str, Any], *_: Any) -> None:
        signal.raise_signal(signal.SIGINT)
        heard.append(content["revision"])

    grid.send = interrupted  # type: ignore[method-assign]
    for change in (lambda: grid.set("Look", "Goal", "Choose"), grid.undo, grid.redo, grid.undo):
        with pytest.raises(KeyboardInterrupt):
            change()
        assert frame.loc["Goal", "Look"] == grid.journey.wide().loc["Goal", "Look"]
    assert heard == [1, 2, 3, 4]
    assert grid.journey == before


def edit_goal(grid: JourneyGrid, text: str) -> dict[str, Any]:
    """Type into the first goal, as a page that knows nothing of pandas; return the answer."""
    answers: list[dict[str, Any]] = []
    grid.send = answers.append  # type: ignore[method-assign]
    key = ["goal", "look", None]
    op = {"op": "field", "collection": "cells", "key": key, "field": "value", "old": "Compare"}
    patch = {"type": "patch", "id": "p", "base_rev": 0, "ops": [{**op, "new": text}]}
    grid._handle_custom_msg(patch, [])
    return answers[-1]


def test_an_edit_of_what_pandas_just_wrote_is_refused(frame: pd.DataFrame) -> None:
    grid = JourneyGrid(frame, bind=True)
    frame.loc["Goal", "Look"] = "By pandas"
    answer = edit_goal(grid, "By mouse")
    assert (answer["type"], answer["id"]) == ("refused", "p")
    assert "now it holds 'By pandas'" in answer["reason"]
    assert frame.loc["Goal", "Look"] == "By pandas"


def test_what_pandas_wrote_is_a_step_of_its_own(frame: pd.DataFrame) -> None:
    grid = JourneyGrid(frame, bind=True)
    grid.set("Look", "Goal", "One")
    frame.loc["Goal", "Look"] = "By pandas"
    grid.set("Buy", "Goal", "Two")
    frame.loc["Goal", "Use"] = "By pandas, too"
    seen = []
    while grid.undo():
        seen.append(frame.loc["Goal"].tolist())
    assert seen == [
        ["By pandas", "Two", ""],
        ["By pandas", "", ""],
        ["One", "", ""],
        ["Compare", "", ""],
    ]


def test_a_value_of_pandas_that_cant_be_taken_stops_no_edit(frame: pd.DataFrame) -> None:
    grid = JourneyGrid(frame, bind=True)
    frame.loc["Emotion", "Use"] = 9
    assert edit_goal(grid, "By mouse")["type"] == "changed"
    assert frame.loc["Goal", "Look"] == "By mouse"
    assert frame.loc["Emotion", "Use"] == 9


def add_a_lane(frame: pd.DataFrame) -> None:
    frame.loc["Risk"] = ""


def add_a_stage(frame: pd.DataFrame) -> None:
    frame["Risk"] = None


def number_a_lane(frame: pd.DataFrame) -> None:
    frame.loc[7] = "new"


def add_a_lane_and_a_misfit(frame: pd.DataFrame) -> None:
    frame.loc["New"] = "new"
    frame.loc["Emotion", "Use"] = 9


def name_two_alike(frame: pd.DataFrame) -> None:
    frame.columns = pd.Index(["Look", "Look", "Use"])


@pytest.mark.parametrize(
    ("restructure", "reason"),
    [
        (number_a_lane, "7 in its index is no text"),
        (add_a_lane_and_a_misfit, "takes a number from -2 to 2"),
        (name_two_alike, "'Look' stands twice"),
    ],
)
def test_a_shape_of_pandas_that_cant_be_taken_stops_every_edit(
    frame: pd.DataFrame, restructure: Callable[[pd.DataFrame], None], reason: str
) -> None:
    grid = JourneyGrid(frame, bind=True)
    grid.set("Buy", "Goal", "Pay")
    restructure(frame)
    kept = frame.copy()
    answer = edit_goal(grid, "By mouse")
    assert (answer["type"], answer["revision"]) == ("refused", 1)
    assert reason in answer["reason"]
    for change in (lambda: grid.set("Buy", "Goal", "Order"), grid.undo, grid.redo):
        with pytest.raises(JourneyError, match=reason):
            change()
    heard: list[dict[str, Any]] = []
    grid.send = heard.append  # type: ignore[method-assign]
    grid._handle_custom_msg({"type": "undo"}, [])
    assert [(it["type"], it["id"]) for it in heard] == [("refused", None)]
    assert reason in heard[0]["reason"]
    assert grid.revision == 1
    pd.testing.assert_frame_equal(frame, kept)


@pytest.mark.parametrize("structure", [add_a_lane, add_a_stage])
def test_a_journey_that_is_set_undoes_nothing_of_pandas(
    frame: pd.DataFrame, structure: Callable[[pd.DataFrame], None]
) -> None:
    grid = JourneyGrid(frame, bind=True)
    structure(frame)
    frame.loc["Goal", "Use"] = "Work"
    grid.journey = grid.journey.set("Buy", "Goal", "Pay").add("lanes", name="Owned", kind="list")
    assert "Risk" in [*frame.index, *frame.columns]
    assert frame.loc["Goal", ["Look", "Buy", "Use"]].tolist() == ["Compare", "Pay", "Work"]
    assert "Owned" in frame.index
    # What pandas did is a step of its own.
    grid.undo()
    assert "Risk" in [*frame.index, *frame.columns]
    assert frame.loc["Goal", "Use"] == "Work"


def test_a_journey_that_is_set_where_pandas_wrote_is_refused(frame: pd.DataFrame) -> None:
    grid = JourneyGrid(frame, bind=True)
    frame.loc["Goal", "Use"] = "Work"
    with pytest.raises(JourneyError, match="changed meanwhile"):
        grid.journey = grid.journey.set("Use", "Goal", "Play")
    assert frame.loc["Goal", "Use"] == "Work"


def test_a_journey_that_is_set_over_a_shape_that_cant_be_taken_is_refused(
    frame: pd.DataFrame,
) -> None:
    grid = JourneyGrid(frame, bind=True)
    number_a_lane(frame)
    with pytest.raises(JourneyError, match="7 in its index is no text"):
        grid.journey = grid.journey.set("Use", "Goal", "Work")
    assert grid.revision == 0
    assert frame.index[-1] == 7


@pytest.mark.parametrize("value", ["", float("nan"), pd.Series([""], dtype="string")[0]])
def test_a_whole_stage_may_be_set_by_pandas(frame: pd.DataFrame, value: Any) -> None:
    grid = JourneyGrid(frame, bind=True)
    frame["Look"] = value
    frame["New"] = pd.Series("", index=frame.index, dtype="string")
    grid.set("Look", "Actions", ["Search"])
    assert frame.dtypes.tolist() == [object] * 4
    assert frame.loc["Actions", "Look"] == ("Search",)
    assert grid.journey.wide().loc["Goal", "Look"] == ""
    assert grid.journey.stages["name"].tolist() == [*STAGES, "New"]


def test_numbers_for_a_whole_stage_stop_no_edit(frame: pd.DataFrame) -> None:
    grid = JourneyGrid(frame, bind=True)
    frame["Use"] = 1.5
    assert edit_goal(grid, "By mouse")["type"] == "changed"
    assert frame.loc["Goal", ["Look", "Use"]].tolist() == ["By mouse", 1.5]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (pd.DataFrame({"Trial": [1.0]}, index=["Emotion"]), "dtype float64.*astype"),
        (
            pd.DataFrame([["a", "b"]], index=["Goal"], columns=["x", "x"], dtype=object),
            "'x' stands twice in its columns",
        ),
        (
            pd.DataFrame(
                [["a"]], index=pd.MultiIndex.from_tuples([("a", "b")]), columns=["x"], dtype=object
            ),
            "its index has 2 levels",
        ),
        (pd.DataFrame([["a"]], index=[1], columns=["x"], dtype=object), "1 in its index is no"),
        (
            pd.DataFrame({"lane": ["a"], "stage": ["b"], "value": ["c"]}, dtype=object),
            "it is tidy",
        ),
        (Journey.new("Shop"), "there is none; give a wide frame"),
    ],
)
def test_what_cant_be_bound_is_refused(given: pd.DataFrame | Journey, reason: str) -> None:
    with pytest.raises(JourneyError, match=f"can't be bound to a map: .*{reason}"):
        JourneyGrid(given, bind=True)
