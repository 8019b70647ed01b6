"""Whoever has the figures of several selections subtracts each from each, and finds no few.

Over all figures of the made-up company; with this least group one pair would give twelve away.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pandas as pd
import pytest

import jupyter_journey as jj
from jupyter_journey.model.records import Settings

SAAS = Path(__file__).parents[2] / "sample_data" / "saas"
LEAST = 13
Where = dict[str, str | float | bool]
SELECTIONS: list[Where] = [
    {},
    {"plan": "enterprise"},
    {"plan": "enterprise", "channel": "Search"},
]
SUBJECT = ["metric", "stage_id", "milestone_id", "name"]


@pytest.fixture(scope="module")
def log() -> jj.EventLog:
    return jj.read_events(SAAS / "events.csv")


@pytest.fixture(scope="module")
def journey() -> jj.Journey:
    sample = jj.Journey.load(SAAS / "saas.journey.json").replace("sources", [])
    return sample.change(settings=Settings(min_group=LEAST))


def differences(journey: jj.Journey, selections: list[Where]) -> Iterator[tuple[int, int, int]]:
    """Yield which figure differs by how many from the same figure of more customers.

    Also by how many they differ in what a share counts, and in what it doesn't.
    """
    shown = journey.measurements.dropna(subset="n")
    parts = {
        place: shown[[(had or {}) == where for had in shown["where"]]]
        for place, where in enumerate(selections)
    }
    for one, other in combinations(parts, 2):
        if not selections[one].items() <= selections[other].items():
            continue
        both = parts[one].merge(parts[other], on=SUBJECT, suffixes=("_of_more", ""))
        for row in both.to_dict("records"):
            yield one, other, row["n_of_more"] - row["n"]
            if row["unit"] == "share":
                hits, hits_of_more = (
                    round(row[f"value{end}"] * row[f"n{end}"]) for end in ("", "_of_more")
                )
                yield one, other, hits_of_more - hits
                yield one, other, row["n_of_more"] - row["n"] - hits_of_more + hits


def few(journey: jj.Journey) -> list[tuple[int, int, int]]:
    return [found for found in differences(journey, SELECTIONS) if 0 < found[2] < LEAST]


def test_no_two_selections_of_one_journey_differ_by_few(
    journey: jj.Journey, log: jj.EventLog
) -> None:
    alone = [jj.measure(journey, {"events": log}, where=where) for where in SELECTIONS]
    figures = [figure for one in alone for figure in one.document.measurements]
    assert few(journey.replace("measurements", figures))
    together = journey
    for where in SELECTIONS:
        together = jj.measure(together, {"events": log}, where=where)
    assert not few(together)
    shown = together.measurements.dropna(subset="n")
    assert {len(where or {}) for where in shown["where"]} == {0, 1, 2}


def test_a_figure_that_tells_on_others_is_hidden_whichever_comes_first() -> None:
    """Of 23 who buy 20 are teams: by three too few differ the buyers, not the visitors."""
    names = [f"c{number:02}" for number in range(60)]
    visits = pd.DataFrame({"customer": names, "event": "visit", "time": "2026-01-01"})
    visits["plan"] = ["team"] * 46 + ["solo"] * 14
    buys = pd.concat([visits[:20], visits[46:49]]).assign(event="buy", time="2026-01-02")
    shop = jj.Journey.new("Shop", stages=["Look", "Buy"])
    shop = shop.replace("stages", shop.stages.assign(events=[("visit",), ("buy",)]))
    shop = shop.add("segments", name="Teams", where={"plan": "team"})
    data = {"events": pd.concat([visits, buys])}
    for first, then in ((None, "Teams"), ("Teams", None)):
        both = jj.measure(jj.measure(shop, data, segment=first), data, segment=then)
        rows = both.measurements.set_index(["metric", "segment_id"])["suppressed"]
        assert rows.loc["OWN-01"].tolist() == [False, False]
        assert rows.loc["MET-37"].tolist() == [False, True]
        assert (
            jj.measure(both, data, segment=then)
            .measurements["suppressed"]
            .equals(both.measurements["suppressed"])
        )


PERIODS = ["", "2026-Q1", "2026-01", "2026-02", "2026-03", "2026-02/2026-03", "2026-02-10/2026-03"]
TICKETS = {"2026-01": (40, 30), "2026-02": (7, 16), "2026-03": (20, 30)}
"""By month, how many on each of two topics; none of the first days of January."""


def tickets() -> pd.DataFrame:
    rows = [
        (topic, pd.Timestamp(f"{month}-{5 + number % 20:02}"))
        for month, counts in TICKETS.items()
        for topic, count in zip(("Billing", "Setup"), counts, strict=True)
        for number in range(count)
    ]
    frame = pd.DataFrame(rows, columns=["topic", "created_at"])
    names = [str(number) for number in range(len(rows))]
    return frame.assign(ticket=names, customer=[f"c{name}" for name in names])


def left_over(counts: dict[pd.Interval, int]) -> Iterator[int]:
    """Yield what any shorter periods, one after the other, leave of any longer one."""
    for whole, count in counts.items():
        inside = [one for one in counts if one != whole and one in whole]
        for size in range(1, len(inside) + 1):
            for chosen in combinations(sorted(inside), size):
                if all(one.right <= other.left for one, other in pairwise(chosen)):
                    yield count - sum(counts[one] for one in chosen)


@pytest.mark.parametrize("turn", [0, 3, 5])
def test_no_periods_add_up_to_another_but_for_few(turn: int) -> None:
    """Whichever is measured first: February's 7 on billing are too few, and so stay unknown."""
    cases = tickets()
    shop = jj.Journey.new("Shop", stages=["Look"])
    shop = shop.replace("stages", shop.stages.assign(events=[("visit",)]))
    shop = shop.change(settings=Settings(min_group=10))
    visits = pd.DataFrame({"customer": cases["customer"], "event": "visit"})
    data = {"events": visits.assign(time=cases["created_at"]), "tickets": cases}
    for period in (*PERIODS[turn:], *PERIODS[:turn]):
        shop = jj.measure(shop, data, period=period or None)
    figures = shop.measurements.dropna(subset="n")
    figures = figures[figures["metric"].isin(["MET-22", "MET-22-MIX"])]
    assert set(figures["metric"]) == {"MET-22", "MET-22-MIX"}
    for _, told in figures.groupby("name"):
        ends = told["period"].str.split("/", expand=True)
        # What no period was asked for is of the days the data have; those before have no ticket.
        first = pd.to_datetime(ends[0]).clip(lower=cases["created_at"].min())
        days = pd.arrays.IntervalArray.from_arrays(
            first,
            pd.to_datetime(ends[1]).clip(upper=cases["created_at"].max()) + pd.Timedelta("1D"),
        )
        hits = told["value"].where(told["unit"] != "share", told["value"] * told["n"]).round()
        counts = {day: int(hit) for day, hit in zip(days, hits, strict=True)}
        assert [left for left in left_over(counts) if 0 < left < 10] == []


@pytest.mark.parametrize("turn", range(4))
def test_neither_of_two_is_not_worked_out(turn: int) -> None:
    """Of 100 customers 60 are teams, 50 German, 15 both, and so 5 neither."""
    names = [f"c{number:02}" for number in range(100)]
    visits = pd.DataFrame({"customer": names, "event": "visit", "time": "2026-01-01"})
    visits["plan"] = ["team"] * 60 + ["solo"] * 40
    visits["country"] = ["US"] * 45 + ["DE"] * 50 + ["US"] * 5
    shop = jj.Journey.new("Shop", stages=["Look"]).change(settings=Settings(min_group=10))
    shop = shop.replace("stages", shop.stages.assign(events=[("visit",)]))
    parts: list[Where] = [{}, {"plan": "team"}, {"country": "DE"}]
    parts.append(parts[1] | parts[2])
    for where in (*parts[turn:], *parts[:turn]):
        shop = jj.measure(shop, {"events": visits}, where=where)
    told = shop.measurements.set_index("metric").loc["OWN-01", "n"]
    assert len(told.dropna()) == 3
