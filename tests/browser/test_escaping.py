"""Hostile texts in every place of a report, an index and a comparison: shown, never acted on."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from nbformat.v4 import new_output
from payloads import payloads
from playwright.sync_api import Page
from shown import churn, executed, output, rate, row

import jupyter_journey as jj
from jupyter_journey import charts, paths, steps
from jupyter_journey.charts import map_html
from jupyter_journey.charts.card_row import cards
from jupyter_journey.charts.folded import folded
from jupyter_journey.charts.paragraphs import paragraphs
from jupyter_journey.charts.tables import table
from jupyter_journey.reports.html import write_html
from jupyter_journey.reports.index import write_index
from jupyter_journey.steps import Result

TEXTS = payloads()
WATCH = "window.hits = []; window.fired = (n) => window.hits.push(n);"
PROVOKE = """
for (const fold of document.querySelectorAll('details')) fold.open = true;
for (const one of document.querySelectorAll('body *')) {
  for (const kind of ['mouseover', 'pointerdown', 'focus', 'toggle', 'animationstart'])
    one.dispatchEvent(new Event(kind, { bubbles: true }));
  const target = one.getAttribute('href') ?? one.getAttribute('xlink:href') ?? '';
  if (!/^(https?:|mailto:|[^:]*$)/i.test(target) || !target) one.dispatchEvent(new Event('click'));
}"""
# What says what something is, not what somebody wrote.
CODED = frozenset(
    """
    id kind metric unit direction evidence role contact period fingerprint version level path
    language map_type stage_model start deadline day columns spec held pseudonyms computed_at
    refers_to line_after next events rules tag form where settings revision schema_version
    """.split()  # noqa: SIM905 - read more easily than a list
)


def hostile(document: dict[str, Any]) -> dict[str, Any]:
    """Return a journey's document with all texts people write replaced."""
    texts, numbers = cycle(TEXTS), count()
    by_reference = {lane["id"] for lane in document["lanes"] if lane.get("refers_to")}

    def changed(value: Any, key: str) -> Any:
        if key in CODED or key.endswith(("_id", "_ids")):
            return value
        if isinstance(value, str):
            return f"{next(texts)} {next(numbers)}" if key == "name" else next(texts)
        if isinstance(value, list):
            return [changed(held, key) for held in value]
        if isinstance(value, dict):
            keep = value.get("lane_id") in by_reference or value.get("kind") == "choice"
            return value if keep else {name: changed(held, name) for name, held in value.items()}
        return value

    made: dict[str, Any] = changed(document, "")
    return made | {"settings": {"personal_data": "made up for a test"}}


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> jj.Journey:
    """The sample's map, its texts replaced, with figures and no log to read."""
    sample = paths.sample_data() / "saas" / "saas.journey.json"
    document = hostile(json.loads(sample.read_text(encoding="utf-8")))
    document["sources"] = [one | {"path": ""} for one in document["sources"]]
    path = tmp_path_factory.mktemp("hostile") / "hostile.journey.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    made = jj.Journey.load(path)
    for stage in made.document.stages:
        figure = {"name": TEXTS[0], "metric": "MET-37", "value": 0.5, "n": 40, "unit": "share"}
        made = made.add("measurements", **figure, stage_id=stage.id, period=TEXTS[1])
    return made


def of_the_method(journey: jj.Journey) -> Iterator[Any]:
    """Yield what the steps show of a journey."""
    for name in ("goals", "personas", "touchpoints", "stages", "milestones", "visualisation"):
        result: Result = getattr(steps, name).run(journey)
        yield from (result.opening, result.heading)
        yield from (result.table(frame) for frame in result.tables)
        if result.remarks:
            yield result.remarks
    yield Result(7, journey, {}).provenance


def of_the_parts() -> Iterator[Any]:
    """Yield every kind of output with every text in it."""
    frame = pd.DataFrame({"text": TEXTS, "list": [(text, text) for text in TEXTS]})
    yield table(frame, title=TEXTS[0], labels={"text": TEXTS[1]})
    yield paragraphs(TEXTS)
    yield cards({"title": t, "subtitle": t, "badge": t, "fields": [(t, [t])]} for t in TEXTS)
    yield folded(paragraphs(TEXTS), TEXTS[0])


def of_the_log() -> Iterator[Any]:
    """Yield charts of events whose names are hostile."""
    some = TEXTS[::7]
    rows = [(f"c{i}", text, day) for i in range(12) for day, text in enumerate(some)]
    log = pd.DataFrame(rows, columns=["customer", "event", "day"])
    log["time"] = pd.Timestamp("2026-01-01") + pd.to_timedelta(log.pop("day"), unit="D")
    read = jj.read_events(log)
    yield charts.show(charts.funnel(read.funnel(some)))
    yield charts.show(charts.transitions(read.transitions()))
    yield charts.show(charts.variants(read.variants()))


def opened(page: Page, path: Path) -> None:
    """Open a page and do to it what a reader could."""
    page.add_init_script(WATCH)
    page.goto(path.as_uri())
    page.evaluate(PROVOKE)
    page.wait_for_timeout(300)
    assert page.evaluate("window.hits") == []
    assert page.url == path.as_uri()


def test_a_report_shows_hostile_texts_and_does_nothing(
    page: Page, journey: jj.Journey, tmp_path: Path
) -> None:
    shown = [output(one) for one in (*of_the_method(journey), *of_the_parts(), *of_the_log())]
    joined = "\n".join(TEXTS)
    raw = "\n".join(f"<div title='{text}'>{text}</div>" for text in TEXTS)
    shown += [
        new_output("display_data", data={"text/html": map_html(journey), "text/plain": "map"}),
        new_output("display_data", data={"text/html": raw, "text/plain": joined}),
        new_output("display_data", data={"image/svg+xml": f"<svg>{raw}</svg>", "text/plain": "x"}),
        new_output("display_data", data={"text/markdown": joined, "text/plain": joined}),
        new_output("stream", text=joined),
        new_output("error", ename=TEXTS[0], evalue=joined, traceback=TEXTS),
    ]
    made = executed(tmp_path / "r.ipynb", *shown, markdown=joined, code=joined)
    opened(page, write_html(made, index="index.html"))
    text = page.locator("main").inner_text()
    assert all(f"<script>fired('{n}')</script>" in text for n in (0, 75, 150))


def test_an_index_and_a_comparison_show_hostile_texts_and_do_nothing(
    page: Page, tmp_path: Path
) -> None:
    safe = [text.replace("/", "-").replace("\n", " ") for text in TEXTS]
    rows = [
        row(
            f"{n}-{safe[n]}",
            [churn(0.3, name=text, stage=text, period=text), rate(text, 0, 0.5)],
            [churn(0.1, name=text, stage=text, period=text), rate(text, 0, 0.2)],
            parameters={"segment": text, TEXTS[n % 5]: [text]},
            state="failed" if n % 3 == 0 else "done",
            error=text if n % 3 == 0 else "",
        )
        for n, text in enumerate(TEXTS)
    ]
    older = [one.but(figures=one.before, state="done", error="") for one in rows]
    for folder, some in (("old", older), ("new", rows)):
        (tmp_path / folder).mkdir()
        write_index(tmp_path / folder, some)
    opened(page, tmp_path / "new" / "index.html")
    page.get_by_role("searchbox").fill("<script>")
    assert page.evaluate("window.hits") == []
    opened(page, jj.difference(tmp_path / "old", tmp_path / "new").save(tmp_path / "d.html"))
    with (tmp_path / "new" / "index.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for line in csv.reader(file) for cell in line]
    assert [cell for cell in cells if cell.lstrip(" ")[:1] in tuple("=+-@\t\r＝")] == []
