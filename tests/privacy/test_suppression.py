"""Small groups stay hidden, also from whoever adds up and subtracts all that is shown.

The attacker here knows all shown numbers and how counts add up, and tries every whole number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations_with_replacement, product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import jupyter_journey as jj
from jupyter_journey.errors import FrameError, UnknownNameError
from jupyter_journey.privacy import Counted, hidden_figures, suppressed
from jupyter_journey.privacy.ledger import Ledger
from jupyter_journey.steps import data, milestones

LEAST = 4
STAGES = ["visit", "trial", "buy"]


def spans(
    solutions: Iterable[Mapping[Any, int]], shown: Mapping[Any, int], names: Iterable[Any]
) -> dict[Any, set[int]]:
    """Return the values each name takes in the solutions that agree with what is shown."""
    found: dict[Any, set[int]] = {name: set() for name in names}
    for solution in solutions:
        if all(solution[name] == value for name, value in shown.items()):
            for name, values in found.items():
                values.add(solution[name])
    return found


def assert_safe(truth: Mapping[Any, int], shown: Mapping[Any, int], found: Any) -> None:
    """Small counts must be left a span as wide as the least group, all hidden ones a doubt."""
    for name, value in truth.items():
        values = found[name]
        assert value in values
        if 0 < value < LEAST:
            assert name not in shown
            assert max(values) - min(values) >= LEAST, (name, value, sorted(values))
        elif name not in shown:
            assert len(values) > 1, (name, value)


# The ledger itself


@given(st.lists(st.integers(0, 5), min_size=LEAST, max_size=12))
def test_no_cell_of_a_table_with_margins_can_be_worked_out(places: list[int]) -> None:
    cells = [places.count(place) for place in range(6)]
    ledger = Ledger(LEAST)
    ledger.know("all", sum(cells))
    truth = table_of(cells)
    for axis in ("rows", "columns"):
        names = [name for name in truth if name[0] == axis]
        ledger.split("all", {name: truth[name] for name in names})
        for name in names:
            place = 1 if axis == "rows" else 2
            parts = [key for key in truth if key[0] == "cell" and key[place] == name[1]]
            ledger.split(name, {key: truth[key] for key in parts})
    may = ledger.shown(truth)
    shown = {name: value for name, value in truth.items() if name in may}
    found = spans(map(table_of, tables(sum(cells), 6)), shown, truth)
    assert_safe(truth, shown, found)


def table_of(cells: Iterable[int]) -> dict[tuple[Any, ...], int]:
    """Return two rows of three cells, and their margins."""
    made: dict[tuple[Any, ...], int] = {}
    for (row, column), value in zip(product(range(2), range(3)), cells, strict=True):
        made["cell", row, column] = value
        made["rows", row] = made.get(("rows", row), 0) + value
        made["columns", column] = made.get(("columns", column), 0) + value
    return made


def tables(total: int, cells: int) -> Iterator[list[int]]:
    """Yield all ways to deal out a total."""
    if cells == 1:
        yield [total]
        return
    for value in range(total + 1):
        for rest in tables(total - value, cells - 1):
            yield [value, *rest]


def test_what_needs_no_hiding_is_shown() -> None:
    ledger = Ledger(10)
    ledger.know("all", 100)
    ledger.split("all", {"a": 60, "b": 40})
    ledger.split("a", {"c": 60})
    ledger.split("b", {"d": 20})
    assert ledger.shown("abcd") >= set("abcd")


def test_counts_of_few_people_are_hidden_however_often_they_did_it() -> None:
    ledger = Ledger(10)
    ledger.know("times", 1000)
    ledger.add("often", 500, small=True)
    ledger.split("times", {"often": 500, "else": 480, "seldom": 20})
    assert ledger.shown(["often", "else", "seldom"]) == {"else"}


# Frames of logs, as reports show them


@st.composite
def logs(draw: st.DrawFn) -> jj.EventLog:
    """Draw customers of two countries who get so far."""
    ways = [(country, depth) for country in ("AT", "DE") for depth in range(4)]
    taken = draw(st.lists(st.sampled_from(ways), min_size=LEAST - 1, max_size=13))
    rows = [
        (f"{number}", event, place, country)
        for number, (country, depth) in enumerate(taken)
        for place, event in enumerate(["other", *STAGES[:depth]])
    ]
    frame = pd.DataFrame(rows, columns=["customer", "event", "time", "country"])
    known = pd.DataFrame({"customer": "x", "event": STAGES, "time": 0, "country": "DE"})
    frame = pd.concat([known, frame])
    frame["time"] = pd.Timestamp("2026-01-01") + pd.to_timedelta(frame["time"], unit="D")
    return jj.read_events(frame)


def chains(n: int, length: int) -> Iterator[tuple[int, ...]]:
    """Yield all counts that never grow, starting from at most n."""
    return (tuple(reversed(one)) for one in combinations_with_replacement(range(n + 1), length))


def chain_of(n: int, counts: Iterable[int]) -> dict[tuple[str, str], int]:
    """Return who is in each stage, and who left before it."""
    made, before = {}, n
    for stage, count in zip(STAGES, counts, strict=True):
        made["in", stage] = count
        made["left", stage] = before - count
        before = count
    return made


def told(frames: Mapping[str, pd.DataFrame]) -> dict[tuple[str, str], int]:
    """Return what frames say of who is in each stage, and who left before it."""
    before = dict(zip(STAGES[1:], STAGES[:-1], strict=True))
    said: dict[tuple[str, str], int] = {}
    for name, where, column, key in (
        ("funnel", "stage", "customers", "in"),
        ("funnel", "stage", "n", "before"),
        ("stage_times", "to", "n", "in"),
        ("stage_times", "to", "waiting", "left"),
        ("drop_off", "to", "n", "left"),
    ):
        frame = frames[name].dropna(subset=[column])
        for stage, value in zip(frame[where], frame[column], strict=True):
            if key == "before" and stage in before:
                said["in", before[stage]] = int(value)
            elif key != "before":
                said[key, stage] = int(value)
    return said


@given(logs())
@settings(max_examples=30)
def test_no_stage_of_a_funnel_can_be_worked_out(log: jj.EventLog) -> None:
    n = len(log.customers)
    frames = {
        "funnel": log.funnel(STAGES),
        "stage_times": log.stage_times(STAGES),
        "drop_off": log.drop_off(STAGES),
    }
    made = suppressed(frames, LEAST, n)
    shown = told(made)
    rates = made["funnel"].dropna(subset=["rate"])
    assert rates[["customers", "n"]].notna().all(axis=None)  # a rate gives them away
    chain = chain_of(n, frames["funnel"]["customers"])
    found = spans((chain_of(n, counts) for counts in chains(n, 3)), shown, chain)
    assert_safe(told(frames), shown, found)
    small = {name: value for name, value in chain.items() if 0 < value < LEAST}
    assert_safe(small, shown, found)


@given(logs())
@settings(max_examples=12)
def test_no_group_of_a_funnel_can_be_worked_out(log: jj.EventLog) -> None:
    n, stages = len(log.customers), STAGES[:2]
    groups = log.funnel(stages, by="country")
    made = suppressed({"funnel": log.funnel(stages), "funnel_groups": groups}, LEAST, n)
    truth: dict[Any, int] = {}
    for row in groups.itertuples():
        truth[row.group, row.stage] = row.customers
        if row.stage == stages[0]:
            truth[row.group, "size"] = row.n
    assume(len({group for group, _ in truth}) == 2)
    shown: dict[Any, int] = {}
    for row in made["funnel_groups"].itertuples():
        shown[row.group, row.stage] = row.customers
        shown[row.group, "size" if row.stage == stages[0] else stages[0]] = row.n
    totals = made["funnel"].set_index("stage")["customers"].dropna()
    found = spans(
        (
            solution
            for solution in countries(n, stages)
            if all(
                solution["AT", stage] + solution["DE", stage] == total
                for stage, total in totals.items()
            )
        ),
        shown,
        truth,
    )
    small = {name: value for name, value in truth.items() if 0 < value < LEAST}
    assert_safe(small, shown, found)


def countries(n: int, stages: list[str]) -> Iterator[dict[tuple[str, str], int]]:
    for size in range(n + 1):
        for one, other in product(chains(size, 2), chains(n - size, 2)):
            made = {("AT", "size"): size, ("DE", "size"): n - size}
            for group, counts in (("AT", one), ("DE", other)):
                made |= {(group, stage): c for stage, c in zip(stages, counts, strict=True)}
            yield made


@given(logs(), st.sampled_from(["variants", "step_matrix", "cohorts", "transitions"]))
def test_parts_of_a_known_whole_leave_no_single_one_over(log: jj.EventLog, name: str) -> None:
    n = len(log.customers)
    full = getattr(log, name)()
    made = suppressed({name: full}, LEAST, n)[name]
    hits = {"cohorts": "active"}.get(name, "customers")
    assert not made[hits].between(1, LEAST - 1).any()
    assert not (n - made[hits]).between(1, LEAST - 1).any() or name == "cohorts"
    if name in ("variants", "transitions"):
        column = "customers" if name == "variants" else "n"
        left = full[column].sum() - made[column].sum()
        assert left == 0 or made.empty or (left >= LEAST and len(full) - len(made) > 1)
    if name == "step_matrix":
        left = n - made.groupby("step")["customers"].sum()
        assert not left.between(1, LEAST - 1).any()


@given(logs())
def test_no_figure_on_the_map_gives_another_away(log: jj.EventLog) -> None:
    n, frame = len(log.customers), log.funnel(STAGES)
    first = int(frame["customers"].iloc[0])
    pairs = zip(map(int, frame["n"][1:]), map(int, frame["customers"][1:]), strict=True)
    shares = [Counted(whole, ((part, whole),)) for whole, part in pairs]
    gone = hidden_figures([Counted(first), *shares], LEAST, n)
    truth = chain_of(n, frame["customers"])
    shown: dict[Any, int] = {}
    for place, hidden in enumerate(gone):
        if not hidden:
            shown["in", STAGES[place]] = truth["in", STAGES[place]]
            shown["in", STAGES[max(place - 1, 0)]] = truth["in", STAGES[max(place - 1, 0)]]
    found = spans((chain_of(n, counts) for counts in chains(n, 3)), shown, truth)
    small = {name: value for name, value in truth.items() if 0 < value < LEAST}
    assert_safe(small, shown, found)


# What is left of frames


QUESTIONS = {
    "funnel": lambda log: log.funnel(STAGES),
    "funnel_groups": lambda log: log.funnel(STAGES, by="country"),
    "stage_times": lambda log: log.stage_times(STAGES),
    "reach": lambda log: log.reach({"Bought": ["buy"]}),
    "drop_off": lambda log: log.drop_off(STAGES),
    "transitions": lambda log: log.transitions(),
    "edge_times": lambda log: log.edge_times(),
    "rare_steps": lambda log: log.rare_steps(0.5),
    "step_matrix": lambda log: log.step_matrix(),
    "around": lambda log: log.around("trial"),
    "cohorts": lambda log: log.cohorts(),
    "variants": lambda log: log.variants(),
    "loops": lambda log: log.loops(),
    "regressions": lambda log: log.regressions(STAGES),
    "compare": lambda log: log.where({"country": "DE"}).compare(
        log.where({"country": "AT"}), STAGES
    ),
}
LABELS = {"funnel": {"stage"}, "stage_times": {"from", "to"}, "reach": {"milestone"}}
CHARTS = {"reach": "milestones", "compare": "comparison"}


def log_of(counts: Mapping[tuple[str, tuple[str, ...]], int]) -> jj.EventLog:
    rows = [
        (f"{country}{''.join(path)}{number}", event, place, country)
        for (country, path), count in counts.items()
        for number in range(count)
        for place, event in enumerate(path)
    ]
    frame = pd.DataFrame(rows, columns=["customer", "event", "time", "country"])
    frame["time"] = pd.Timestamp("2026-01-01") + pd.to_timedelta(frame["time"], unit="D")
    return jj.read_events(frame)


LARGE = log_of(
    {
        ("DE", ("visit",)): 40,
        ("DE", ("visit", "trial")): 30,
        ("DE", ("visit", "trial", "buy")): 20,
        ("AT", ("visit", "trial", "visit")): 25,
        ("AT", ("visit", "trial", "buy")): 15,
        ("AT", ("visit", "buy", "trial")): 3,
    }
)


@pytest.fixture(scope="module")
def answers() -> dict[str, pd.DataFrame]:
    return {name: question(LARGE) for name, question in QUESTIONS.items()}


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_questions_chart_draws_what_is_left(
    answers: dict[str, pd.DataFrame], name: str
) -> None:
    made = suppressed(answers, 10, len(LARGE.customers))[name]
    assert list(made.columns) == list(answers[name].columns)
    assert len(made) == len(answers[name]) or name not in LABELS
    chart = getattr(jj.charts, CHARTS.get(name, name))(made)
    assert jj.charts.show(chart).spec["description"]


@pytest.mark.parametrize("name", QUESTIONS)
def test_where_nobody_is_told_apart_a_frame_stays_as_it_is(name: str) -> None:
    paths = [("visit",), ("visit", "trial"), ("visit", "trial", "buy"), ("buy", "visit", "trial")]
    log = log_of({(country, path): 90 for country in ("DE", "AT") for path in paths})
    frame = QUESTIONS[name](log)
    given_with = {name: frame, "transitions": log.transitions()}
    made = suppressed(given_with, 10, len(log.customers))[name]
    assert made.attrs["suppressed"] is False
    assert made.astype(object).where(made.notna(), None).values.tolist() == (
        frame.astype(object).where(frame.notna(), None).values.tolist()
    )


def test_too_few_customers_leave_nothing() -> None:
    few = log_of({("DE", ("visit", "trial", "buy")): 5, ("AT", ("visit", "trial")): 4})
    frames = {name: question(few) for name, question in QUESTIONS.items() if name != "compare"}
    for name, made in suppressed(frames, 10, 9).items():
        if name in LABELS:
            assert made.drop(columns=list(LABELS[name])).isna().all(axis=None)
        else:
            assert made.empty


def test_a_stage_hidden_as_its_own_is_hidden_as_the_one_before() -> None:
    counts = {("DE", ("visit",)): 5, ("DE", ("visit", "trial")): 45}
    log = log_of({**counts, ("DE", ("visit", "trial", "buy")): 50})
    made = suppressed({"funnel": log.funnel(STAGES)}, 10, 100)["funnel"]
    assert made["customers"].fillna(-1).tolist() == [100, -1, 50]
    assert made["n"].fillna(-1).tolist() == [100, 100, -1]
    assert made["rate"].fillna(-1).tolist() == [1.0, -1, -1]
    assert made["share"].fillna(-1).tolist() == [1.0, -1, 0.5]


def test_what_the_matrix_leaves_out_is_not_called_an_end(answers: dict[str, pd.DataFrame]) -> None:
    made = suppressed({"step_matrix": answers["step_matrix"]}, 10, len(LARGE.customers))
    text = str(jj.charts.show(jj.charts.step_matrix(made["step_matrix"])).spec)
    assert "(nothing more, or too few)" in text
    assert "(path ended)" not in text


def test_an_unknown_question_is_named() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'funnel'"):
        suppressed({"funel": pd.DataFrame()}, 10, 100)


def test_times_of_transitions_need_to_know_of_how_many_customers() -> None:
    with pytest.raises(FrameError, match="Give the frame of transitions beside it"):
        suppressed({"edge_times": LARGE.edge_times()}, 10, len(LARGE.customers))


def test_a_funnel_by_groups_is_told_by_its_name() -> None:
    frame = pd.DataFrame({"group": ["DE"], "stage": ["visit"], "n": [100], "customers": [60]})
    with pytest.raises(FrameError, match="Give it as funnel_groups"):
        suppressed({"funnel": frame}, 10, 100)


def test_what_one_step_hides_the_others_dont_show(tmp_path: Path) -> None:
    depths = [1] * 40 + [2] * 5 + [3] * 25 + [4] * 30  # 55 in the third stage: 5 fewer
    rows = [
        (f"c{number}", event, f"2026-01-0{place + 1}")
        for number, depth in enumerate(depths)
        for place, event in enumerate([*STAGES, "use"][:depth])
    ]
    frame = pd.DataFrame(rows, columns=["customer", "event", "time"])
    frame.to_csv(tmp_path / "events.csv", index=False)
    names = ["Look", "Try", "Buy", "Use"]
    journey = jj.Journey.new("Shop", stages=names, sources={"events": tmp_path / "events.csv"})
    events = [("visit",), ("trial",), ("buy",), ("use",)]
    journey = journey.replace("stages", journey.stages.assign(events=events))
    journey = journey.add("milestones", name="Used", event="use", from_stage_id="buy")
    step_5, step_6 = data.run(journey).frames, milestones.run(journey).frames
    assert step_5["funnel"]["customers"].fillna(-1).tolist() == [100, 60, -1, 30]
    assert step_5["figures"].set_index("stage")["n"].fillna(-1)[names].tolist() == [
        100,
        100,
        -1,
        -1,
    ]
    assert step_6["milestones"][["n", "customers"]].fillna(-1).values.tolist() == [[-1, 30]]
    shown = [*step_5.values(), *step_6.values()]
    assert not any((table == 55).any(axis=None) for table in shown)


def test_milestones_of_stages_entered_from_anywhere_are_counted() -> None:
    made = suppressed(
        {"reach": LARGE.reach({"Bought": ["buy"]}), "funnel": LARGE.funnel({})}, 10, 133
    )
    assert made["reach"]["n"].tolist() == [133]
