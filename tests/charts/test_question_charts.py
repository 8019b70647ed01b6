"""Each question's chart shows without a kernel, and says in words what it draws."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

import altair as alt
import pandas as pd
import pytest

from jupyter_journey import charts
from jupyter_journey.events import EventLog, read_events

STAGES = ["visit", "try", "buy"]


def log() -> EventLog:
    rows = [(f"c{i}", "visit", 0) for i in range(20)]
    rows += [(f"c{i}", "try", 24 * (1 + i)) for i in range(12)]
    rows += [(f"c{i}", "buy", 24 * (20 + 2 * i)) for i in range(8)]
    rows += [(f"c{i}", "visit", 24 * 40) for i in range(3)]
    rows += [(f"c{i}", "ask", 1) for i in range(14, 18)]
    frame = pd.DataFrame(rows, columns=["customer", "event", "hour"])
    frame["time"] = pd.Timestamp("2026-01-05") + pd.to_timedelta(frame.pop("hour"), unit="h")
    return read_events(frame.assign(plan=frame["customer"].map(lambda c: "xy"[int(c[1:]) % 2])))


def compared(of: EventLog) -> pd.DataFrame:
    parts = of.segments("plan")
    if not parts:  # nothing is left to compare
        return log().segments("plan")["x"].compare(log().segments("plan")["y"]).head(0)
    return parts["x"].compare(parts["y"], STAGES)


CHARTS: dict[str, Callable[[EventLog], alt.LayerChart]] = {
    "around": lambda log: charts.around(log.around("try")),
    "cohorts": lambda log: charts.cohorts(log.cohorts()),
    "comparison": lambda log: charts.comparison(compared(log), names=("x", "y")),
    "drop_off": lambda log: charts.drop_off(log.drop_off(STAGES)),
    "edge_times": lambda log: charts.edge_times(log.edge_times()),
    "funnel_by": lambda log: charts.funnel(log.funnel(STAGES, by="plan")),
    "funnel_groups": lambda log: charts.funnel_groups(log.funnel(STAGES, by="plan")),
    "loops": lambda log: charts.loops(log.loops()),
    "rare_steps": lambda log: charts.rare_steps(log.rare_steps(0.25)),
    "regressions": lambda log: charts.regressions(log.regressions(STAGES)),
    "sessions": lambda log: charts.sessions(log.sessions()),
    "step_matrix": lambda log: charts.step_matrix(log.step_matrix(4)),
    "variants": lambda log: charts.variants(log.variants()),
}
SAID = {
    "around": "events before (−) or after (+) it 0: mostly try, 100%.",
    "cohorts": "Period 0: 100% of 20. Period 1: 30% of 20. Period 2: 5.0% of 20.",
    "comparison": "try → buy: 22 days in x, 23 days in y.",
    "drop_off": "visit, then ask: 4 · 50% (22% to 78%).",
    "edge_times": "visit to try: median 6.5 days, 90th percentile 10.9 days, 12 times.",
    "funnel_by": "x, try: 60% of 10.",
    "funnel_groups": "x, try: 60% of 10.",
    "loops": "visit, after 40 days: 3 · 15% (5.2% to 36%).",
    "rare_steps": "buy → visit: 3 · 15% (5.2% to 36%).",
    "regressions": "buy → visit: 3 · 38% (14% to 69%).",
    "sessions": "1 event: 47 · 100%",
    "step_matrix": "step 1: mostly visit, 100%. step 2: mostly try, 60%.",
    "variants": "1. visit → try → buy: 5 · 25%",
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_shows_without_a_kernel_and_speaks(name: str) -> None:
    shown = charts.show(CHARTS[name](log()))
    data, _ = shown._repr_mimebundle_()
    root = ET.fromstring(data["image/svg+xml"])  # noqa: S314 - our own picture
    assert root.get("aria-label") == data["text/plain"]
    assert SAID[name] in data["text/plain"]
    assert shown.spec["title"]


@pytest.mark.parametrize("name", CHARTS)
def test_a_log_without_rows_still_gives_a_picture(name: str) -> None:
    assert charts.show(CHARTS[name](log().between("2031-01"))).svg.startswith("<svg ")


@pytest.mark.parametrize("name", CHARTS)
def test_what_is_drawn_adds_up(name: str) -> None:
    spec = charts.show(CHARTS[name](log())).spec
    rows = next(iter(spec["datasets"].values()))
    if name in {"step_matrix", "around"}:
        whole = pd.DataFrame(rows).groupby("place")
        assert whole["share"].sum().tolist() == pytest.approx([1.0] * len(whole))
    for row in rows:
        if row.get("low") is not None and "share" in row:
            assert row["low"] <= row["share"] <= row["high"]


def test_words_end_as_sentences_of_their_language_do() -> None:
    text = charts.show(charts.variants(log().variants(), language="ja"), "ja").text
    assert text.count("。") == 6
    assert text.endswith("。")
    assert "。 " not in text


def test_a_long_path_is_told_by_its_ends() -> None:
    names = [f"e{number}" for number in range(30)]
    frame = pd.DataFrame({"customer": "a", "event": names})
    frame["time"] = pd.date_range("2026-01-01", periods=30)
    text = charts.show(charts.variants(read_events(frame).variants())).text
    assert "1. e0 → e1 → e2 → e3 → e4 → e5 → … 23 more … → e29: 1" in text


def test_a_name_of_markup_stays_text() -> None:
    frame = pd.DataFrame({"customer": ["a", "a"], "event": ["<script>", "b"]})
    frame["time"] = pd.date_range("2026-01-01", periods=2)
    picture = charts.show(charts.variants(read_events(frame).variants())).svg
    assert "<script" not in picture
    assert "&lt;script&gt;" in picture
