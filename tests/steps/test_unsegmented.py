"""A persona whom no segment tells apart: steps report on everybody, and say so."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

import jupyter_journey as jj
from jupyter_journey import catalogue
from jupyter_journey.errors import UnknownNameError
from jupyter_journey.steps import (
    Request,
    Result,
    data,
    milestones,
    stages,
    touchpoints,
    visualisation,
)

Run = Callable[[jj.Journey, Request | None], Result]
RUNS: tuple[Run, ...] = (touchpoints.run, stages.run, data.run, milestones.run, visualisation.run)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> jj.Journey:
    folder = tmp_path_factory.mktemp("shop")
    days = pd.date_range("2026-01-01", periods=60, tz="UTC")
    rows = [(f"c{n}", "visit", day) for n, day in enumerate(days)]
    rows += [(f"c{n}", "order", day + pd.Timedelta("2h")) for n, day in enumerate(days[:30])]
    frame = pd.DataFrame(rows, columns=["customer", "event", "time"])
    frame.to_csv(folder / "events.csv", index=False)
    journey = jj.Journey.new(
        "Shop", stages=["Look", "Buy"], sources={"events": folder / "events.csv"}
    )
    entered = journey.stages.assign(events=[("visit",), ("order",)])
    return journey.replace("stages", entered).add("personas", name="Ann", id="a")


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("persona", ["Ann", "a"])
def test_the_figures_are_everybodys(shop: jj.Journey, run: Run, persona: str) -> None:
    everybody = run(shop, Request())
    result = run(shop, Request(persona=persona))
    assert list(result.frames) == list(everybody.frames)
    for name, frame in everybody.frames.items():
        pd.testing.assert_frame_equal(result.frames[name], frame)
    told = "The figures are those of all customers, as no segment says which of them are “Ann”."
    assert told in str(result.heading)
    assert told not in str(everybody.heading)


@pytest.mark.parametrize("language", catalogue.languages())
def test_it_is_said_in_each_language(shop: jj.Journey, language: str) -> None:
    lines = str(stages.run(shop.change(language=language), Request(persona="a")).heading)
    assert len(lines.splitlines()) == 2
    assert "Ann" in lines.splitlines()[1]


def test_one_with_a_segment_needs_no_word_and_an_unknown_one_is_refused(shop: jj.Journey) -> None:
    made = shop.add("segments", name="Buyers", id="b", where={"event": "visit"})
    made = made.add("personas", name="Ben", segment_id="b")
    assert len(str(stages.run(made, Request(persona="Ben")).heading).splitlines()) == 1
    with pytest.raises(UnknownNameError, match="did you mean 'Ann'"):
        touchpoints.run(shop, Request(persona="Anne"))
