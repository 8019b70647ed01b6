"""The frame grid's kernel side, spoken to as the browser speaks to it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from itertools import count
from threading import Thread
from typing import Any

import numpy as np
import pandas as pd
import pytest

from jupyter_journey import Column, FrameGrid, Journey
from jupyter_journey.errors import (
    DuplicateColumnError,
    FrameError,
    FrameValueError,
    JourneyError,
    UnknownNameError,
)

Sent = Callable[[FrameGrid], list[list[Any]]]

NEW = 2**40


class Page:
    """Stands where a browser would: sends messages, keeps what comes back."""

    def __init__(self, grid: FrameGrid) -> None:
        self.grid = grid
        self.heard: list[dict[str, Any]] = []
        self.count = count(1)
        grid.send = lambda content, _=None: self.heard.append(content)  # type: ignore[method-assign,assignment,misc]

    def say(self, **content: Any) -> None:
        self.grid._handle_custom_msg(content, [])

    def patch(
        self, *ops: dict[str, Any], name: str = "", base: int | None = None
    ) -> dict[str, Any]:
        frame_id = self.grid.get_state()["_snapshot"]["frame_id"]
        revision = self.grid.revision if base is None else base
        name = name or f"p{next(self.count)}"
        self.say(type="patch", id=name, frame_id=frame_id, base_rev=revision, ops=list(ops))
        return self.heard[-1]


def put(row: int, column: int, old: Any, new: Any) -> dict[str, Any]:
    return {"op": "set", "row": row, "column": column, "old": old, "new": new}


def add(after: int | None, *rows: int) -> dict[str, Any]:
    return {"op": "insert", "after": after, "rows": list(rows)}


def people() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": ["Ann", "Bob", "Cem"],
            "age": pd.array([31, 48, 25], dtype="int8"),
            "plan": pd.Categorical(["free", "team", None], categories=["free", "team"]),
        }
    )


@pytest.fixture
def frame() -> pd.DataFrame:
    return people()


@pytest.fixture
def page(frame: pd.DataFrame) -> Page:
    return Page(FrameGrid(frame, bind=True))


def test_an_edit_reaches_the_very_frame(page: Page, frame: pd.DataFrame) -> None:
    answer = page.patch(put(1, 1, 48, 49), put(2, 2, None, "free"))
    assert (answer["type"], answer["id"], answer["revision"]) == ("accepted", "p1", 1)
    assert page.grid.frame is frame
    assert frame.loc[1, "age"] == 49
    assert frame.loc[2, "plan"] == "free"
    assert frame.dtypes.tolist() == people().dtypes.tolist()


def test_without_bind_the_given_frame_stays(frame: pd.DataFrame) -> None:
    grid = FrameGrid(frame)
    grid.set(0, "name", "Zoe")
    assert grid.frame.loc[0, "name"] == "Zoe"
    pd.testing.assert_frame_equal(frame, people())


def test_a_patch_holds_whole_or_not_at_all(page: Page, frame: pd.DataFrame) -> None:
    answer = page.patch(put(0, 0, "Ann", "Zoe"), add(2, NEW), put(1, 1, 48, 300))
    assert answer["type"] == "refused"
    assert (answer["row"], answer["column"]) == (1, 1)
    assert "from -128 to 127" in answer["reason"]
    assert {"op": "set", "row": 0, "column": 0, "new": "Ann"} in answer["changes"]
    pd.testing.assert_frame_equal(frame, people())


def test_what_pandas_did_and_no_grid_can_show_is_the_answer(
    page: Page, frame: pd.DataFrame
) -> None:
    page.patch(put(0, 0, "Ann", "Zoe"))
    frame.columns = pd.Index(["name", "age", "age"])
    answer = page.patch(put(0, 0, "Zoe", "Ann"), name="q")
    assert (answer["type"], answer["id"], answer["revision"]) == ("refused", "q", 1)
    assert answer["reason"] == "Two columns are named 'age'. Rename one of them."
    page.say(type="undo")
    assert page.heard[-1]["reason"] == answer["reason"]
    assert frame.iloc[0, 0] == "Zoe"
    frame.columns = pd.Index(["name", "age", "plan"])
    page.say(type="undo")
    assert frame.iloc[0, 0] == "Ann"


def test_an_observer_that_fails_keeps_no_page_from_hearing(page: Page) -> None:
    def fail(_: Any) -> None:
        raise ZeroDivisionError

    page.grid.observe(fail, "revision")
    with pytest.raises(ZeroDivisionError):
        page.grid.set(0, "name", "Zoe")
    assert [(it["type"], it["revision"]) for it in page.heard] == [("changed", 1)]


def test_what_fails_while_a_page_is_heard_is_answered_once(page: Page) -> None:
    assert page.patch({"op": "unheard of"})["type"] == "refused"
    page.say(type="jump")
    assert [it["id"] for it in page.heard] == ["p1", None]
    assert "unheard of" in page.heard[0]["reason"]

    def fail(_: Any) -> None:
        raise ZeroDivisionError

    page.grid.observe(fail, "revision")
    page.patch(put(0, 0, "Ann", "Zoe"))
    page.say(type="undo")
    assert [it["type"] for it in page.heard[2:]] == ["accepted", "changed"]


def test_two_values_that_differ_may_change_places_where_each_stands_once() -> None:
    frame = pd.DataFrame({"id": [1, 2, 3], "tags": [("a",), ("b",), None]})
    once = Column(unique=True)
    page = Page(FrameGrid(frame, {"id": once, "tags": once}, bind=True))
    page.patch(put(0, 0, 1, 2), put(1, 0, 2, 1), put(0, 1, ["a"], ["b"]), put(1, 1, ["b"], ["a"]))
    assert frame["id"].tolist() == [2, 1, 3]
    assert frame["tags"].tolist() == [("b",), ("a",), None]
    answer = page.patch(put(1, 0, 1, 4), put(2, 0, 3, 4))
    assert (answer["type"], answer["column"]) == ("refused", 0)
    answer = page.patch(add(2, NEW), {"op": "delete", "rows": [0]}, put(NEW, 0, None, 2))
    assert answer["type"] == "accepted"
    assert frame["id"].tolist() == [1, 3, 2]


def test_a_frame_that_is_applied_stands_in_the_bound_one_whoever_fails_to_hear(
    page: Page, frame: pd.DataFrame
) -> None:
    def fail(_: Any) -> None:
        raise ZeroDivisionError

    page.grid.observe(fail, "revision")
    other = people().iloc[:2]
    with pytest.raises(ZeroDivisionError):
        page.grid.apply(other)
    pd.testing.assert_frame_equal(frame, other)
    with pytest.raises(ZeroDivisionError):
        page.grid.undo()
    pd.testing.assert_frame_equal(frame, people())
    with pytest.raises(ZeroDivisionError):
        page.grid.redo()
    pd.testing.assert_frame_equal(frame, other)


@pytest.mark.parametrize("dtype", ["int8", "int64", "UInt64", "int16[pyarrow]"])
def test_where_the_labels_are_used_up_no_row_is_added(dtype: str) -> None:
    bits = int("".join(filter(str.isdigit, dtype)))
    last = 2**bits - 1 if dtype.startswith("U") else 2 ** (bits - 1) - 1
    frame = pd.DataFrame({"n": [1, 2]}, index=pd.Index([0, last - 1], dtype=dtype))
    page = Page(FrameGrid(frame, bind=True))
    assert page.patch(add(None, NEW), add(None, NEW + 1))["type"] == "refused"
    page.grid.insert()
    assert frame.index.tolist() == [0, last - 1, last]
    with pytest.raises(FrameError, match="label can be made up"):
        page.grid.insert()
    assert "label can be made up" in page.patch(add(None, NEW))["reason"]
    assert page.grid.get_state()["_snapshot"]["index"]["grows"] is False


def test_the_last_200_changes_can_be_taken_back(page: Page, frame: pd.DataFrame) -> None:
    for number in range(202):
        page.grid.set(0, "age", number % 100)
    assert [page.grid.undo() for _ in range(201)] == [True] * 200 + [False]
    assert frame.loc[0, "age"] == 1


WRONG: list[Callable[[FrameGrid], Any]] = [
    lambda _: FrameGrid([1]),  # type: ignore[arg-type]
    lambda grid: grid.apply([1]),  # type: ignore[arg-type]
    lambda grid: grid.filter({"age": 5}),  # type: ignore[dict-item]
    lambda grid: grid.set(0, "share", "1_000"),
    lambda grid: grid.delete("ab"),
    lambda grid: grid.delete(0),  # type: ignore[arg-type]
    lambda grid: grid.lock("ab"),
    lambda grid: grid.arrange("age"),
]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cant_be_meant_is_refused(wrong: Callable[[FrameGrid], Any]) -> None:
    grid = FrameGrid(people().assign(share=0.5).set_axis(["a", "b", 0]))
    with pytest.raises((FrameError, FrameValueError)):
        wrong(grid)
    assert (grid.revision, len(grid.frame)) == (0, 3)


def test_an_interrupted_cell_leaves_no_change_half_made(page: Page, frame: pd.DataFrame) -> None:
    before = frame.copy()

    def interrupted(content: dict[str, Any], _: Any = None) -> None:
        signal.raise_signal(signal.SIGINT)
        page.heard.append(content)

    page.grid.send = interrupted  # type: ignore[method-assign,assignment]
    for change in (
        lambda: page.grid.set(0, "name", "Zoe"),
        lambda: page.grid.apply(frame.assign(paid=True)),
        page.grid.undo,
        page.grid.undo,
    ):
        with pytest.raises(KeyboardInterrupt):
            change()
    assert [said["revision"] for said in page.heard] == [1, 2, 3, 4]
    pd.testing.assert_frame_equal(frame, before)
    frame["paid"] = False
    with pytest.raises(KeyboardInterrupt):
        page.grid.set(0, "name", "Zoe")
    assert page.heard[-1]["type"] == "snapshot"
    assert page.grid.revision == 5
    assert frame.loc[0, "name"] == "Ann"


def test_what_was_stopped_may_be_stopped_again(page: Page) -> None:
    seen: list[Any] = []
    stop, stop_other = page.grid.on_change(seen.append), page.grid.on_change(seen.append)
    stop()
    stop()
    page.grid.set(0, "name", "Zoe")
    stop_other()
    page.grid.set(0, "name", "Ann")
    assert seen == [page.grid]


def test_a_patch_that_comes_again_is_not_made_again(page: Page, frame: pd.DataFrame) -> None:
    page.patch(put(0, 1, 31, 32), name="kept")
    page.patch(put(1, 1, 48, 300), name="wrong")
    page.grid.set(0, "age", 31)
    for said in ({"name": "kept"}, {"name": "wrong"}):
        page.heard.clear()
        page.patch(put(0, 1, 31, 32), **said)
        assert [it["type"] for it in page.heard] == [
            "known" if said["name"] == "kept" else "refused",
            "snapshot",
        ]
    assert frame["age"].tolist() == [31, 48, 25]
    page.heard.clear()
    page.say(type="rejoin", id="r1", revision=2, pending=["kept", "lost"])
    page.say(type="rejoin", id="r2", revision=2, pending=["lost"])
    told = [(it["type"], it.get("id")) for it in page.heard]
    assert told == [("known", "kept"), ("snapshot", None), ("rejoined", "r1"), ("rejoined", "r2")]


def test_an_older_revision_is_rebased_unless_its_cell_was_touched(page: Page) -> None:
    page.patch(put(0, 0, "Ann", "one"), base=0)
    assert page.patch(put(1, 0, "Bob", "two"), base=0)["type"] == "rebased"
    answer = page.patch(put(0, 0, "Ann", "three"), base=0)
    assert answer["type"] == "refused"
    assert "now it holds 'one'" in answer["reason"]
    assert answer["changes"] == [{"op": "set", "row": 0, "column": 0, "new": "one"}]


def test_a_pasted_block_with_new_rows_is_one_message_and_one_step(
    page: Page, frame: pd.DataFrame
) -> None:
    page.patch(add(2, NEW, NEW + 1), put(NEW, 0, None, "Dia"), put(NEW + 1, 1, None, 7))
    assert len(page.heard) == 1
    assert frame["name"].tolist()[:4] == ["Ann", "Bob", "Cem", "Dia"]
    assert frame["age"].tolist() == [31, 48, 25, 0, 7]
    assert frame.dtypes.tolist() == people().dtypes.tolist()
    page.say(type="undo")
    pd.testing.assert_frame_equal(frame, people())
    page.say(type="redo")
    assert frame["age"].tolist() == [31, 48, 25, 0, 7]


def test_rows_keep_their_key_when_others_come_and_go(page: Page, frame: pd.DataFrame) -> None:
    page.patch({"op": "delete", "rows": [0]})
    page.patch(add(None, NEW))
    page.patch(put(2, 0, "Cem", "still Cem"))
    assert frame["name"].isna().tolist() == [True, False, False]
    assert frame["name"].tolist()[1:] == ["Bob", "still Cem"]
    assert page.patch(put(0, 0, "Ann", "x"))["reason"] == "its row was deleted meanwhile"
    for _ in range(3):
        assert page.grid.undo()
    pd.testing.assert_frame_equal(frame, people())


def test_deleting_scattered_rows_is_undone_in_place() -> None:
    frame = pd.DataFrame({"n": range(6)}, index=list("abcdef"))
    grid = FrameGrid(frame, bind=True)
    grid.delete(["a", "c", "d", "f"])
    assert frame.index.tolist() == ["b", "e"]
    grid.undo()
    pd.testing.assert_frame_equal(frame, pd.DataFrame({"n": range(6)}, index=list("abcdef")))


def test_texts_in_an_object_column_stay_objects_when_rows_come_and_go() -> None:
    frame = pd.DataFrame({"text": pd.Series(["a", "b"], dtype=object)})
    grid = FrameGrid(frame, bind=True)
    grid.insert(values={"text": "c"})
    grid.delete([0])
    assert frame["text"].dtype == object
    assert frame["text"].tolist() == ["b", "c"]


@pytest.mark.parametrize(
    "index",
    [
        pd.RangeIndex(0, 6, 2, name="even"),
        pd.Index([7, 7, 9], name="twice"),
        pd.Index(["x", "y", "x"]),
        pd.Index(["x", None, 2.5], dtype=object),
        pd.timedelta_range("1h", periods=3, freq="2h"),
        pd.date_range("2026-01-01", periods=3, tz="UTC"),
        pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1)], names=["l", "r"]),
    ],
    ids=lambda index: type(index).__name__ + str(index.dtype),
)
def test_index_names_and_attrs_stay(index: pd.Index[Any]) -> None:
    frame = people().set_axis(index)
    frame.attrs["source"] = "CRM"
    before = frame.copy()
    grid = FrameGrid(frame, bind=True)
    grid.set(1, "name", "New", by="position")
    assert frame["name"].tolist() == ["Ann", "New", "Cem"]
    grid.delete([0], by="position")
    assert len(frame) == 2
    grid.undo()
    grid.undo()
    pd.testing.assert_frame_equal(frame, before)
    assert frame.attrs == {"source": "CRM"}


def test_rows_get_labels_of_the_indexs_kind_or_none() -> None:
    numbers = FrameGrid(people().set_axis([10, 20, 15]))
    numbers.insert(1, {"name": "New"})
    assert numbers.frame.index.tolist() == [10, 21, 20, 15]
    texts = FrameGrid(people().set_axis(["a", "b", "row 4"]))
    texts.insert()
    assert texts.frame.index.tolist() == ["a", "b", "row 4", "row 5"]
    objects = FrameGrid(people().set_axis(pd.Index(["a", "b", None], dtype=object)))
    objects.insert()
    assert objects.frame.index.tolist() == ["a", "b", None, "row 4"]
    assert objects.frame.index.dtype == object
    days = FrameGrid(people().set_axis(pd.date_range("2026-01-01", periods=3)))
    with pytest.raises(FrameError, match="reset_index"):
        days.insert()


def test_a_label_can_be_edited(page: Page) -> None:
    named = FrameGrid(people().set_axis(["a", "b", "c"]), bind=True)
    other = Page(named)
    assert other.patch(put(1, -1, "b", "B"))["type"] == "accepted"
    assert named.frame.index.tolist() == ["a", "B", "c"]
    objects = FrameGrid(people().set_axis(pd.Index(["a", "b", None], dtype=object)), bind=True)
    assert Page(objects).patch(put(1, -1, "b", "B"))["type"] == "accepted"
    assert objects.frame.index.tolist() == ["a", "B", None]
    assert page.patch(put(1, -1, 1, 5))["type"] == "refused"


def test_a_label_is_changed_by_a_call_too() -> None:
    frame = people().set_axis(pd.Index(["a", "b", "b"], name="id"))
    grid = FrameGrid(frame, bind=True)
    grid.rename("a", "A")
    grid.rename(2, "c", by="position")
    assert frame.index.equals(pd.Index(["A", "b", "c"], name="id"))
    with pytest.raises(FrameValueError, match="'id' takes text"):
        grid.rename("A", 7)
    grid.undo()
    grid.undo()
    assert frame.index.tolist() == ["a", "b", "b"]
    with pytest.raises(FrameError, match="with pandas"):
        FrameGrid(people()).rename(0, 7)


def test_a_block_is_pasted_by_a_call_too(page: Page, frame: pd.DataFrame) -> None:
    before = frame.copy()
    page.grid.paste(2, "name", [["Dia", 67], ["Eve", 40], ["Fay"]])
    assert frame["name"].tolist() == ["Ann", "Bob", "Dia", "Eve", "Fay"]
    assert frame["age"].tolist() == [31, 48, 67, 40, 0]
    assert frame.dtypes.equals(before.dtypes)
    (told,) = page.heard
    kinds = [change["op"] for change in told["changes"]]
    assert (told["type"], kinds) == ("changed", ["insert", *["set"] * 5])
    after = frame.copy()
    for wrong in ([["Zoe", 300]], [["Zoe", 1, "free", 4]], ["Zoe"], "Zoe"):
        with pytest.raises(JourneyError):
            page.grid.paste(0, "name", wrong)
    page.grid.paste(0, "name", [])
    pd.testing.assert_frame_equal(frame, after)
    page.grid.undo()
    pd.testing.assert_frame_equal(frame, before)
    page.grid.paste(0, "age", before[["age", "plan"]].tail(1))
    assert frame.loc[0].tolist()[:2] == ["Ann", 25]
    assert frame["plan"].isna().tolist() == [True, False, True]


def test_rows_and_columns_are_found_by_name_or_the_way_out_is_said(page: Page) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'name'"):
        page.grid.set(0, "nmae", "x")
    with pytest.raises(UnknownNameError):
        page.grid.set(99, "name", "x")
    with pytest.raises(FrameError, match="by='position'"):
        FrameGrid(people().set_axis([1, 1, 2])).set(1, "name", "x")
    with pytest.raises(FrameError, match="Give its label as the index holds it: 1"):
        page.grid.set("1", "name", "x")
    with pytest.raises(UnknownNameError, match="no way to find rows 'place'"):
        page.grid.set(0, "name", "x", by="place")  # type: ignore[arg-type]
    levels = pd.MultiIndex.from_tuples([("a", "x"), ("b", "x"), ("b", "y")])
    with pytest.raises(UnknownNameError, match="no column 'a'"):
        FrameGrid(people().set_axis(levels, axis=1)).sort("a")
    with pytest.raises(UnknownNameError, match="no column"):
        page.grid.sort(["name", "age"])
    with pytest.raises(FrameError, match="has no rows"):
        FrameGrid(people().head(0)).set(0, "name", "x", by="position")
    with pytest.raises(DuplicateColumnError, match=r"named 'a'. Rename one of them.$"):
        FrameGrid(people().set_axis(["a", "a", "b"], axis=1))
    page.grid.set(np.int64(-1), "name", "Last", by="position")
    assert page.grid.frame["name"].tolist() == ["Ann", "Bob", "Last"]


def test_changes_by_pandas_are_followed_and_can_be_undone(page: Page, frame: pd.DataFrame) -> None:
    frame.loc[0, "name"] = "By pandas"
    # An edit of that very cell, made before the page could know.
    answer = page.patch(put(0, 0, "Ann", "By hand"), base=0)
    assert [message["type"] for message in page.heard] == ["changed", "refused"]
    assert answer["changes"][0]["new"] == "By pandas"
    frame["more"] = 1.5
    page.grid.set(1, "name", "Bo")
    assert "snapshot" in [message["type"] for message in page.heard]
    assert frame.columns.tolist() == ["name", "age", "plan", "more"]
    for _ in range(3):
        page.grid.undo()
    pd.testing.assert_frame_equal(frame, people())


def test_a_column_of_the_schema_may_go_and_come_back_by_pandas(frame: pd.DataFrame) -> None:
    grid = FrameGrid(frame, {"age": Column(minimum=18), "name": Column(required=True)}, bind=True)
    ages = frame.pop("age")
    grid.set(0, "name", "Zoe")
    assert grid.frame.columns.tolist() == ["name", "plan"]
    with pytest.raises(FrameValueError):
        grid.set(0, "name", None)
    frame.insert(1, "age", ages)
    with pytest.raises(FrameValueError, match="18"):
        grid.set(0, "age", 17)
    with pytest.raises(UnknownNameError):
        grid.apply(frame[["name"]])


def test_apply_replaces_and_stale_patches_are_refused(page: Page, frame: pd.DataFrame) -> None:
    frame_id = page.grid.get_state()["_snapshot"]["frame_id"]
    page.grid.apply(pd.DataFrame({"other": [1.5]}))
    assert frame.columns.tolist() == ["other"]
    page.say(type="patch", id="p", frame_id=frame_id, base_rev=0, ops=[put(0, 0, "Ann", "x")])
    assert "replaced meanwhile" in page.heard[-1]["reason"]
    page.grid.undo()
    pd.testing.assert_frame_equal(frame, people())


def test_undo_by_the_mouse_leaves_locked_rows_as_they_are(page: Page, frame: pd.DataFrame) -> None:
    page.patch(put(1, 0, "Bob", "Ben"))
    page.grid.lock([0])
    page.say(type="undo")
    page.say(type="redo")
    page.grid.lock([1])
    page.say(type="undo")
    assert page.heard[-1]["type"] == "refused"
    assert "is locked" in page.heard[-1]["reason"]
    assert frame.loc[1, "name"] == "Ben"
    page.grid.unlock()
    page.grid.insert(values={"name": "Dia"})
    page.grid.lock([3])
    page.say(type="undo")
    assert page.heard[-1]["type"] == "refused"
    page.grid.apply(people())
    page.grid.lock([0])
    page.say(type="undo")
    assert page.heard[-1]["type"] == "refused"
    assert page.grid.undo()
    assert frame["name"].tolist() == ["Ann", "Ben", "Cem", "Dia"]


def test_locked_rows_and_read_only_refuse_the_page(page: Page) -> None:
    page.grid.lock([0])
    assert page.patch(put(0, 0, "Ann", "x"))["reason"] == "its row is locked"
    assert page.patch({"op": "delete", "rows": [0, 1]})["type"] == "refused"
    page.grid.unlock()
    assert page.patch(put(0, 0, "Ann", "x"))["type"] == "accepted"
    page.grid.read_only = True
    assert page.patch(put(0, 0, "x", "y"))["reason"] == "the grid is read-only"


def test_locks_and_looks_belong_to_their_rows_and_columns(page: Page, frame: pd.DataFrame) -> None:
    page.grid.lock([1])
    page.grid.sort("age")
    frame["more"] = 1
    page.grid.set(0, "name", "Zoe")
    assert page.patch(put(1, 0, "Bob", "x"))["reason"] == "its row is locked"
    assert page.grid.view["sort"]
    page.grid.apply(pd.DataFrame({"other": ["a", "b", "c", "d"]}))
    assert page.patch(put(1, 0, "b", "B"))["type"] == "accepted"
    assert page.grid.view == {}
    page.grid.undo()
    page.grid.undo()
    assert page.patch(put(1, 0, "Bob", "x"))["reason"] == "its row is locked"


def test_listeners_hear_every_change_until_they_stop(page: Page) -> None:
    heard: list[int] = []
    stop = page.grid.on_change(lambda grid: heard.append(grid.revision))
    page.grid.set(0, "name", "x")
    page.grid.undo()
    stop()
    page.grid.redo()
    assert heard == [1, 2]
    assert page.grid.redo() is False


def test_edits_from_another_thread_lose_nothing(page: Page, frame: pd.DataFrame) -> None:
    def edit() -> None:
        for number in range(60):
            page.patch(put(0, 1, 31 if number == 0 else number - 1, number), base=0)

    browser = Thread(target=edit)
    browser.start()
    for number in range(60):
        page.grid.set(1, "age", number)
    browser.join()
    assert frame["age"].tolist() == [59, 59, 25]
    assert page.grid.revision == 120


def test_a_page_that_loads_gets_the_present_state(page: Page, sent: Sent) -> None:
    page.patch(put(0, 0, "Ann", "Zoe"))
    state = page.grid.get_state()["_snapshot"]
    assert (state["revision"], state["rows"]["keys"]) == (1, None)
    assert sent(page.grid) == [["Zoe", "Bob", "Cem"], [31, 48, 25], ["free", "team", None]]
    page.heard.clear()
    page.say(type="rejoin", id="q", revision=1, pending=[])
    page.say(type="rejoin", id="r", revision=0, pending=[])
    assert [it["type"] for it in page.heard] == ["rejoined", "snapshot", "rejoined"]


def test_the_look_has_its_calls(page: Page) -> None:
    grid = page.grid
    grid.sort("age", descending=True)
    grid.filter({"plan": "free"})
    grid.freeze(1)
    grid.arrange(["plan"])
    grid.resize("name", 5000)
    assert grid.view == {
        "sort": [{"column": 1, "descending": True}],
        "filter": {"2": "free"},
        "frozen": 1,
        "order": [2],
        "widths": {"0": 1200},
    }
    pd.testing.assert_frame_equal(grid.frame, people())


def test_what_a_page_changes_of_the_look_leaves_the_rest_of_it(page: Page) -> None:
    page.grid.freeze(1)
    page.say(type="look", id="one", change={"sort": [{"column": 1, "descending": False}]})
    page.grid.read_only = True
    page.say(type="look", id="two", change={"filter": {"2": "free"}})
    assert page.heard == [{"type": "looked", "id": "one"}, {"type": "looked", "id": "two"}]
    assert page.grid.view == {
        "frozen": 1,
        "sort": [{"column": 1, "descending": False}],
        "filter": {"2": "free"},
    }
    assert page.grid.revision == 0


def test_a_list_of_values_is_a_filter_in_the_columns_own_values(page: Page) -> None:
    page.grid.filter({"age": [31, "48"], "plan": {"free": 1}, "name": ["Ann", None]})
    assert page.grid.view["filter"] == {"1": [31, 48], "2": ["free"], "0": ["Ann", None]}
    with pytest.raises(FrameValueError, match="did you mean 'free'"):
        page.grid.filter({"plan": ["fre"]})
    tags = FrameGrid(pd.DataFrame({"seen": pd.to_datetime(["2026-01-01"]), "tags": [("a",)]}))
    tags.filter({"seen": [pd.Timestamp("2026-01-01")], "tags": ["a"]})
    assert tags.view["filter"] == {"0": ["2026-01-01"], "1": ["a"]}


@pytest.mark.parametrize("collection", ["personas", "touchpoints", "goals", "milestones"])
def test_a_journeys_collection_comes_back(collection: str) -> None:
    journey = Journey.new("Acme")
    if collection != "milestones":
        journey = journey.add(collection, name="First")
    grid = FrameGrid(getattr(journey, collection), collection)
    grid.insert(values={"name": "Added"})
    back = journey.replace(collection, grid.frame)
    assert getattr(back, collection)["name"].tolist()[-1] == "Added"


def test_tags_of_an_empty_collection_stay_lists() -> None:
    journey = Journey.new("Acme")
    grid = FrameGrid(journey.personas, "personas")
    grid.insert(values={"name": "Admin", "goals": ["save time"]})
    assert journey.replace("personas", grid.frame).personas.loc[0, "goals"] == ("save time",)
    with pytest.raises(FrameValueError):
        grid.set(0, "goals", "a text")


def test_the_output_stays_readable_without_a_kernel() -> None:
    grid = FrameGrid(pd.DataFrame({"text": ["<b>&"] * 60}))
    data, _ = grid._repr_mimebundle_()
    assert "&lt;b&gt;&amp;" in data["text/html"]
    assert "First 50 of 60 rows" in data["text/html"]
    assert data["text/html"].count("<tr>") == 51
    assert "60 rows" in data["text/plain"]
    assert "application/vnd.jupyter.widget-view+json" in data


@pytest.mark.parametrize("is_bound", [True, False])
def test_a_block_of_many_cells_is_what_its_cells_one_by_one_are(is_bound: bool) -> None:
    zone = "Europe/Berlin"
    frame = pd.DataFrame(
        {
            "text": ["a", "b", None, "d"],
            "words": pd.Series(["a", "b", None, "d"], dtype=object),
            "tags": [("x",), ("y", "z"), None, ()],
            "lists": [["x"], ["y", "z"], None, []],
            "small": pd.array([1, 2, 3, 4], dtype="int8"),
            "whole": pd.array([1, None, 3, 4], dtype="Int64"),
            "short": pd.Series([0.5, 1.5, None, 2.5], dtype="float32"),
            "truth": [True, False, True, False],
            "plan": pd.Categorical(["free", "team", None, "free"]),
            "moment": pd.to_datetime(
                ["2026-01-01 10:00", None, "2026-03-01 09:30", None]
            ).tz_localize(zone),
        },
        index=["p", "q", "q", "r"],
    )
    block: dict[str, list[Any]] = {
        "text": ["=1", None, "日本"],
        "words": ["", "w", None],
        "tags": [["m", "n"], [], ["o"]],
        "lists": [["m", "n"], None, ["o"]],
        "small": [-5, 0, 127],
        "whole": [None, 2**40, 0],
        "short": [0.1, None, -2.5],
        "truth": [False, True, False],
        "plan": ["team", "free", None],
        "moment": ["2026-06-01 12:00:00+02:00", None, "2026-12-24 18:30:00+01:00"],
    }
    one, other, before = frame.copy(), frame.copy(), frame.copy()
    page, apart = Page(FrameGrid(one, bind=is_bound)), FrameGrid(other, bind=is_bound)
    at = {name: place for place, name in enumerate(frame.columns)}
    with page.grid._desk.held() as sheet:
        ops = [
            put(row, at[name], sheet.value(row, at[name]), values[row])
            for row in range(3)
            for name, values in block.items()
        ]
    assert page.patch(*ops)["type"] == "accepted"
    for name, values in block.items():
        for row, value in enumerate(values):
            apart.set(row, name, value, by="position")
    pd.testing.assert_frame_equal(page.grid.frame, apart.frame)
    assert [change["new"] for change in page.heard[-1]["changes"]] == [op["new"] for op in ops]
    assert page.grid.undo()
    pd.testing.assert_frame_equal(page.grid.frame, before)
