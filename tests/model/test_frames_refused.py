"""Frames that make no records are refused, with the collection, the row and the column."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd
import pytest

from jupyter_journey import Journey
from jupyter_journey.errors import (
    CellValueError,
    DuplicateNameError,
    JourneyError,
    JourneyFileError,
    RecordError,
    UnknownNameError,
)


def test_an_unknown_column_names_the_nearest(acme: Journey) -> None:
    frame = acme.goals.rename(columns={"deadline": "dedline"})
    with pytest.raises(UnknownNameError, match="did you mean 'deadline'"):
        acme.replace("goals", frame)


def test_twin_columns_are_refused(acme: Journey) -> None:
    frame = pd.concat([acme.goals, acme.goals[["name"]]], axis="columns")
    with pytest.raises(DuplicateNameError):
        acme.replace("goals", frame)
    wide = acme.wide()
    with pytest.raises(DuplicateNameError):
        acme.with_wide(pd.concat([wide, wide], axis="columns"))


@pytest.mark.parametrize(
    ("collection", "column", "value"),
    [
        ("goals", "target", "much"),
        ("goals", "target", np.inf),
        ("goals", "start", "01.02.2026"),
        ("goals", "start", "0"),
        ("goals", "start", pd.Timestamp("2026-01-01 12:00")),
        ("goals", "start", 5),
        ("goals", "means", "a single text"),
        ("goals", "means", (1, 2)),
        ("goals", "kind", "happiness"),
        ("goals", "name", ""),
        ("goals", "id", "two words"),
        ("measurements", "n", 1.5),
        ("measurements", "n", 2**53),
        ("measurements", "computed_at", datetime(2026, 1, 1)),  # noqa: DTZ001
        ("measurements", "suppressed", "yes"),
        ("measurements", "where", "country=DE"),
        ("cells", "evidence", "guessed"),
        ("cells", "value", True),
    ],
)
def test_a_wrong_value_is_refused_with_its_place(
    acme: Journey, collection: str, column: str, value: object
) -> None:
    frame = acme.frame(collection).astype("object")
    row = len(frame) - 1
    frame.at[row, column] = value
    with pytest.raises(RecordError) as caught:
        acme.replace(collection, frame)
    error = caught.value
    assert (error.collection, error.row, error.column) == (collection, row, column)
    assert f"{collection}, row {row}, column '{column}'" in str(error)


def test_a_score_out_of_range_is_refused(acme: Journey) -> None:
    wide = acme.wide()
    wide.loc["Emotion", "Adoption"] = 3
    with pytest.raises(CellValueError) as caught:
        acme.with_wide(wide)
    assert (caught.value.stage, caught.value.lane, caught.value.value) == ("Adoption", "Emotion", 3)
    cells = acme.cells.astype({"value": "object"})
    cells.at[1, "value"] = 3.0
    with pytest.raises(JourneyFileError, match=r"\$\.cells\[1\]\.value.*from -2 to 2"):
        acme.replace("cells", cells)


def test_a_dangling_id_is_refused_with_its_place(acme: Journey) -> None:
    with pytest.raises(JourneyFileError, match=r"\$\.goals\[0\]\.stage_id.*'nowhere'"):
        acme.replace("goals", acme.goals.assign(stage_id="nowhere"))


def test_unknown_labels_name_the_nearest(acme: Journey) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'Onboarding'"):
        acme.with_wide(acme.wide().rename(columns={"Onboarding": "Onbording"}))
    with pytest.raises(UnknownNameError, match="There is no column 'lane'"):
        Journey.from_frame(pd.DataFrame({"value": [1], "stage": ["a"]}))
    with pytest.raises(UnknownNameError, match="did you mean 'title'"):
        Journey.from_frame(acme.wide(), titel="x")


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"": ["x"]}, index=["Goal"]),
        pd.DataFrame({"lane": [None], "stage": ["a"], "value": ["x"]}),
        pd.DataFrame({"lane": ["Goal"], "stage": ["a"], "value": [["x"]]}),
        pd.DataFrame({"lane": ["G"], "stage": ["a"], "value": ["x"], "persona": ["P"]}),
        pd.DataFrame({"Trial": [{"a": 1}]}, index=["Actions"]),
    ],
    ids=["empty stage name", "no lane", "list in a text lane", "unknown persona", "mapping"],
)
def test_frames_that_make_no_journey_are_refused(frame: pd.DataFrame) -> None:
    with pytest.raises(JourneyError):
        Journey.from_frame(frame)
