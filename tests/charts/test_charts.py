import json
from collections.abc import Callable
from importlib import import_module
from xml.etree import ElementTree as ET

import altair as alt
import pandas as pd
import pytest

from jupyter_journey import charts
from jupyter_journey.charts.static import StaticChart
from jupyter_journey.events import EventLog, read_events

STAGES = ["visit", "try", "buy"]
VEGA_LITE = f"application/vnd.vegalite.{alt.SCHEMA_VERSION.split('.')[0]}+json"


def log() -> EventLog:
    rows = [(f"c{i}", "visit", 0) for i in range(20)]
    rows += [(f"c{i}", "try", 1 + i) for i in range(12)]
    rows += [(f"c{i}", "buy", 20 + 2 * i) for i in range(8)]
    frame = pd.DataFrame(rows, columns=["customer", "event", "day"])
    frame["time"] = pd.Timestamp("2026-01-01") + pd.to_timedelta(frame.pop("day"), unit="D")
    return read_events(frame)


CURVES = pd.DataFrame(
    [
        ("buy", early, 30, day, share, share - 0.1, share + 0.1 * (day > 0))
        for early, shares in ((True, (1.0, 0.9, 0.8)), (False, (1.0, 0.5, 0.4)))
        for day, share in zip((0.0, 20.0, 40.0), shares, strict=True)
    ],
    columns=["milestone", "early", "n", "day", "share", "low", "high"],
)
EMOTIONS = pd.DataFrame(
    [("visit", "assumed", 0.0, None, None), ("buy", "measured", 1.5, 1.2, 1.8)],
    columns=["stage", "curve", "value", "low", "high"],
)
CHARTS: dict[str, Callable[[], alt.LayerChart]] = {
    "funnel": lambda: charts.funnel(log().funnel(STAGES)),
    "transitions": lambda: charts.transitions(log().transitions()),
    "stage_times": lambda: charts.stage_times(log().stage_times(STAGES)),
    "milestones": lambda: charts.milestones(log().reach(["buy"]), threshold=0.5),
    "flow": lambda: charts.flow(log().flow(STAGES)),
    "missed": lambda: charts.missed(log().drop_off(STAGES)),
    "survival": lambda: charts.survival(CURVES),
    "experience": lambda: charts.experience(EMOTIONS),
}
FIRST_WORDS = {
    "funnel": "try: 12, 60% of the stage before",
    "transitions": "visit to try: 12.",
    "stage_times": "visit to try: median 6.5 days",
    "milestones": "buy: 40% of 20, after 27 days (median).",
    "flow": "visit to try: 12. try to buy: 8.",
    "missed": "not “try”: nothing: 8 · 100%",
    "survival": "buy, reached by the landmark: 80% of 30 after 40 days.",
    "experience": "buy, measured: +1.5.",
}


def shown(name: str) -> StaticChart:
    return charts.show(CHARTS[name]())


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_shows_without_a_kernel_and_speaks(name: str) -> None:
    data, metadata = shown(name)._repr_mimebundle_()
    assert set(data) == {VEGA_LITE, "image/svg+xml", "text/plain"}
    root = ET.fromstring(data["image/svg+xml"])  # noqa: S314 - our own picture
    assert root.get("role") == "img"
    assert root.get("aria-label") == data["text/plain"] == metadata["image/svg+xml"]["alt"]
    assert FIRST_WORDS[name] in data["text/plain"]
    assert data[VEGA_LITE]["title"]
    texts = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert any("buy" in (text or "") for text in texts)
    json.dumps(data, allow_nan=False)


def test_bars_are_as_long_as_the_counts() -> None:
    spec = shown("funnel").spec
    rows = next(iter(spec["datasets"].values()))
    assert [(row["stage"], row["customers"]) for row in rows] == [
        ("visit", 20),
        ("try", 12),
        ("buy", 8),
    ]


def test_events_stand_in_the_order_of_the_flow_and_the_rest_is_told() -> None:
    chart = charts.transitions(log().transitions(), top=2).to_dict()
    assert chart["title"]["subtitle"].startswith("12 of 20 transitions")
    whole = charts.transitions(log().transitions()).to_dict()
    assert whole["layer"][0]["encoding"]["y"]["sort"] == STAGES


def test_a_chart_can_be_changed_and_keeps_its_own_configuration() -> None:
    chart = charts.funnel(log().funnel(STAGES)).properties(title="Mine", width=100)
    chart = chart.configure_title(fontSize=40)
    spec = charts.show(chart).spec
    assert (spec["title"], spec["width"], spec["config"]["title"]["fontSize"]) == ("Mine", 100, 40)


@pytest.mark.parametrize("name", CHARTS)
def test_a_log_without_rows_still_gives_a_picture(name: str) -> None:
    empty = log().between("2031-01")
    frames = {
        "funnel": lambda: charts.funnel(empty.funnel(STAGES)),
        "transitions": lambda: charts.transitions(empty.transitions()),
        "stage_times": lambda: charts.stage_times(empty.stage_times(STAGES)),
        "milestones": lambda: charts.milestones(empty.reach(["buy"])),
        "flow": lambda: charts.flow(empty.flow(STAGES)),
        "missed": lambda: charts.missed(empty.drop_off(STAGES)),
        "survival": lambda: charts.survival(CURVES[:0]),
        "experience": lambda: charts.experience(EMOTIONS[:0]),
    }
    assert charts.show(frames[name]()).svg.startswith("<svg ")


def test_ways_back_lie_below_the_stages() -> None:
    frame = pd.DataFrame(
        [("visit", "buy", 3, 3), ("buy", "visit", 2, 2)],
        columns=["source", "target", "n", "customers"],
    )
    spec = charts.show(charts.flow(frame)).spec
    points = [row for rows in spec["datasets"].values() for row in rows if "edge" in row]
    assert {row["y"] >= 0 for row in points if row["edge"] == "visit → buy"} == {True}
    assert {row["y"] <= 0 for row in points if row["edge"] == "buy → visit"} == {True}


def test_a_name_of_markup_stays_text_in_the_picture() -> None:
    frame = log().funnel({"<script>alert(1)</script>": "visit", "try": "try"})
    picture = charts.show(charts.funnel(frame)).svg
    assert "<script" not in picture
    assert "&lt;script&gt;" in picture


@pytest.mark.parametrize("name", charts.__all__)
def test_no_module_hides_a_chart(name: str) -> None:
    home = getattr(charts, name).__module__
    import_module(home)
    assert home.rpartition(".")[2] not in charts.__all__
    assert callable(getattr(charts, name))


def test_there_is_no_other_chart() -> None:
    with pytest.raises(AttributeError, match="pie"):
        charts.pie  # noqa: B018
