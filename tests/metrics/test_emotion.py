from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from jupyter_journey.errors import ColumnError, SourceError
from jupyter_journey.metrics import measure
from jupyter_journey.model.journey import Journey

EVENTS = pd.DataFrame(
    {
        "customer": [f"c{i}" for i in range(24)],
        "event": "visit",
        "time": "2026-01-01",
        "country": ["DE", "US"] * 12,
    }
)
SCORES = [1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 5, 5, 4, 4, 1, 2, 3, 5, 5, 1, 2, 4, 4, 3]
SURVEY = pd.DataFrame(
    {
        "customer": EVENTS["customer"],
        "asked_at": ["2026-01-10"] * 12 + ["2026-02-10"] * 12,
        "touchpoint": ["Website"] * 12 + ["Web shop"] * 12,
        "kind": "CSAT",
        "score": SCORES,
    }
)


def journey() -> Journey:
    base = Journey.new("Shop", stages=["Look", "Buy"])
    base = base.replace("stages", base.stages.assign(events=[("visit",), ()]))
    for name in ("Website", "Web shop"):
        base = base.add("touchpoints", name=name, stage_id="look")
    return base.add("touchpoints", name="Till", stage_id="buy")


def found(survey: pd.DataFrame | Path, **filters: object) -> pd.DataFrame:
    measured = measure(journey(), {"events": EVENTS, "survey": survey}, **filters)  # type: ignore[arg-type]
    frame = measured.measurements
    return frame[frame["metric"] == "MET-32"].reset_index(drop=True)


def test_satisfaction_becomes_emotion_per_stage() -> None:
    effort = SURVEY.head(3).assign(kind="CES", score=7)
    row = found(pd.concat([SURVEY, effort], ignore_index=True)).loc[0]
    values = np.array(SCORES) - 3.0
    assert (row["lane_id"], row["stage_id"], row["n"]) == ("emotion", "look", 24)
    np.testing.assert_allclose(row["value"], values.mean())
    held = np.append(values, [-2, 2])  # an answer at each end is drawn along
    expected = stats.t.interval(0.95, 25, held.mean(), stats.sem(held))
    np.testing.assert_allclose([row["low"], row["high"]], expected, atol=0.1)


def test_a_touchpoint_of_another_name_keeps_what_was_answered_before_and_after() -> None:
    given = ["MET-32-look-website", "MET-32-look-web-shop"]
    before = found(SURVEY).set_index("id")
    now = journey().rename("touchpoints", "Website", "Startseite")
    mixed = SURVEY.assign(touchpoint=["Website"] * 6 + ["Startseite"] * 6 + ["Web shop"] * 12)
    for answers in (SURVEY, mixed):
        sources = {"events": EVENTS, "survey": answers}
        after = measure(now, sources).measurements.set_index("id")
        for key in map(str.lower, given):
            assert after.loc[key, "value"] == before.loc[key, "value"]
            assert after.loc[key, "n"] == 12
    assert after.loc[given[0].lower(), "name"].endswith("Startseite")


def test_recommendation_counts_on_the_same_scale() -> None:
    answers = SURVEY.assign(kind="NPS", score=[0] * 12 + [10] * 11 + [5])
    row = found(answers).loc[0]
    np.testing.assert_allclose(row["value"], (12 * -2 + 11 * 2 + 0) / 24)
    assert row["period"] == "2026-01-10/2026-02-10"


def test_filters_hold_for_answers_too() -> None:
    germans = found(SURVEY, where={"country": "DE"}).loc[0]
    np.testing.assert_allclose(germans["value"], np.mean(SCORES[::2]) - 3)
    january = found(SURVEY, period="2026-01").loc[0]
    np.testing.assert_allclose(january["value"], np.mean(SCORES[:12]) - 3)
    with pytest.raises(ColumnError, match="'customer'"):
        found(SURVEY.drop(columns="customer"), where={"country": "DE"})


def test_the_limits_of_the_scale_hold_the_interval() -> None:
    row = found(SURVEY.assign(score=[5] * 23 + [4])).loc[0]
    assert row["high"] == 2.0
    assert row["low"] < row["value"] < 2.0


def test_who_answers_again_is_no_further_witness() -> None:
    """The interval is that of the people asked, however often each of them says the same."""
    once, often = (found(pd.concat([SURVEY] * times)).loc[0] for times in (1, 5))
    assert (once["n"], often["n"]) == (24, 120)
    expected = [once[name] for name in ("value", "low", "high")]
    np.testing.assert_allclose([often[name] for name in ("value", "low", "high")], expected)


def test_a_file_is_read_as_text_and_refused_by_row(tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    SURVEY.to_csv(path, index=False)
    assert found(path).loc[0, "n"] == 24
    SURVEY.assign(score=[*SCORES[:-1], 9]).to_csv(path, index=False)
    with pytest.raises(ColumnError, match="'9' in row 25"):
        found(path)
    SURVEY.drop(columns="kind").to_csv(path, index=False)
    with pytest.raises(ColumnError, match="'kind'"):
        found(path)
    with pytest.raises(SourceError, match="no such file"):
        found(tmp_path / "none.csv")
