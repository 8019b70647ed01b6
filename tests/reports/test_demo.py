"""What the README's first command leaves behind."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

import jupyter_journey as jj
from jupyter_journey import paths
from jupyter_journey.steps import STEPS

DEMOS = ["saas", "cdnow"]


@pytest.fixture(params=DEMOS)
def demo(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


def notebooks(demo: Path) -> list[Path]:
    return sorted((demo / "reports").glob("*.ipynb"))


def test_seven_notebooks_ran_to_the_end_without_an_error(demo: Path) -> None:
    found = notebooks(demo)
    assert [path.stem for path in found] == [f"{n:02}_{step}" for n, step in enumerate(STEPS, 1)]
    for path in found:
        cells = [c for c in nbformat.read(path, 4).cells if c.cell_type == "code"]
        outputs = [output for cell in cells for output in cell.outputs]
        assert all(cell.execution_count for cell in cells)
        assert outputs
        assert "error" not in {output.output_type for output in outputs}
        assert "stderr" not in {output.get("name") for output in outputs}


def test_nothing_is_left_but_the_reports(demo: Path) -> None:
    stems = [path.stem for path in notebooks(demo)]
    names = {path.name for path in (demo / "reports").iterdir()}
    assert names == {f"{stem}.{kind}" for stem in stems for kind in ("ipynb", "html")}


def test_every_rich_output_has_a_plain_twin(demo: Path) -> None:
    for path in notebooks(demo):
        for cell in nbformat.read(path, 4).cells:
            for output in cell.get("outputs", []):
                if output.output_type in ("execute_result", "display_data"):
                    assert output.data["text/plain"].strip()


def test_no_path_of_this_machine_is_in_a_report(demo: Path) -> None:
    for path in (demo / "reports").iterdir():
        assert str(Path.home()) not in path.read_text(encoding="utf-8")
        assert str(demo) not in path.read_text(encoding="utf-8")


class Fetches(HTMLParser):
    """Collects what a page would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag in ("script", "link", "iframe", "object", "embed", "base"):
            self.found.append(tag)
        if "src" in named and not named["src"].startswith("data:"):
            self.found.append(named["src"])
        self.found += [name for name in named if name.startswith("on")]


def test_pages_fetch_and_run_nothing(demo: Path) -> None:
    for path in [demo / "index.html", *(demo / "reports").glob("*.html")]:
        text = path.read_text(encoding="utf-8")
        parser = Fetches()
        parser.feed(text)
        assert parser.found == [], path.name
        assert "default-src 'none'" in text


def test_the_index_links_every_report_and_shows_the_map(demo: Path) -> None:
    page = BeautifulSoup((demo / "index.html").read_text(encoding="utf-8"), "html.parser")
    links = {link["href"] for link in page.find_all("a")}
    for path in [*notebooks(demo), *(demo / "reports").glob("*.html")]:
        assert f"reports/{path.name}" in links
    assert all((demo / link).is_file() for link in links)
    stages = next(demo.glob("*.journey.json"))
    for name in jj.Journey.load(stages).stages["name"]:
        assert name in page.find("svg").get_text()


def test_the_finished_journey_has_its_figures(demo: Path) -> None:
    journey = jj.Journey.load(next(demo.glob("*.journey.json")))
    figures = journey.measurements
    shown = figures[figures["value"].notna()]
    assert set(shown["stage_id"].dropna()) == set(journey.stages["id"])
    assert shown["n"].notna().all()
    assert (shown["period"] != "").all()
    assert (shown["fingerprint"] != "").all()
    assert "CHK-707" not in set(jj.check(journey)["check"])


def test_the_steps_leave_the_samples_texts_as_they_were(demo: Path) -> None:
    name = next(demo.glob("*.journey.json")).name
    before = jj.Journey.load(next(paths.sample_data().glob(f"*/{name}")))
    after = jj.Journey.load(demo / name)
    for collection in ("goals", "personas", "touchpoints", "stages", "lanes"):
        # a touchpoint's share is what step 5 counted
        kept, given = (
            one.frame(collection).drop(columns="share", errors="ignore") for one in (after, before)
        )
        assert kept.equals(given)


def funnel_in(report: Path) -> dict[str, int]:
    """Read the funnel's counts off the page, as a reader would."""
    page = BeautifulSoup(report.read_text(encoding="utf-8"), "html.parser")
    table = next(t for t in page.find_all("table") if "Funnel" in t.caption.get_text())
    head = [cell.get_text(strip=True) for cell in table.thead.find_all("th")]
    place = head.index("Customers")
    rows = [
        [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])]
        for row in table.tbody.find_all("tr")
    ]
    return {row[0]: int(re.sub(r"\D", "", row[place])) for row in rows}


def counted_by_hand(events: Path, stages: dict[str, list[str]]) -> dict[str, int]:
    """Walk every customer's events one by one: strict order, first after the stage before."""
    log = pd.read_csv(events, dtype={"customer": str}).sort_values(
        ["customer", "time", "sequence"], kind="stable"
    )
    counts = dict.fromkeys(stages, 0)
    wanted = list(stages.items())
    for _, part in log.groupby("customer", sort=False):
        reached = 0
        for event in part["event"]:
            if reached < len(wanted) and event in wanted[reached][1]:
                counts[wanted[reached][0]] += 1
                reached += 1
    return counts


def test_the_reports_funnel_equals_an_independent_count(demo: Path) -> None:
    journey = jj.Journey.load(next(demo.glob("*.journey.json")))
    main = [stage for stage in journey.document.stages if stage.events and not stage.side]
    stages = {stage.name: list(stage.events) for stage in main}
    counted = counted_by_hand(demo / "events.csv", stages)
    shown = funnel_in(demo / "reports" / "05_data.html")
    assert shown == {name: count for name, count in counted.items() if count >= 10}
    assert len(shown) >= 3
