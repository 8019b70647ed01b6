"""Report pages: what they show, how large they are, and what they leave out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_output
from shown import executed, html, output

import jupyter_journey as jj
from jupyter_journey import charts
from jupyter_journey.reports.cleaning import cleaned
from jupyter_journey.reports.figures import figures_of
from jupyter_journey.reports.html import write_html
from jupyter_journey.steps import Request, Result

STAGES = ["visit", "try", "buy"]


def page_of(notebook: Path, index: str = "") -> BeautifulSoup:
    return BeautifulSoup(write_html(notebook, index).read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="module")
def measured() -> jj.Journey:
    """A journey with a figure that is shown, one without a value, and one of too few."""
    figures = [
        {"name": "Churn", "metric": "MET-01", "value": 0.2, "n": 50, "low": 0.1, "high": 0.3,
         "unit": "share", "direction": "down", "period": "2026-01-01/2026-01-31",
         "stage_id": "retention", "source_id": "events", "fingerprint": "sha256:" + "ab" * 32},
        {"name": "Unknown", "metric": "MET-02", "stage_id": "retention"},
        {"name": "Of few", "metric": "MET-05", "suppressed": True, "stage_id": "adoption"},
    ]  # fmt: skip
    journey = jj.Journey.new("Shop <b>bold</b>", language="de", sources={"events": "log.csv"})
    for figure in figures:
        journey = journey.add("measurements", **figure)
    return journey


def asked(journey: jj.Journey, request: Request | None = None) -> Result:
    return Result(7, journey, {}, request=request or Request())


def test_the_figures_travel_with_the_report_without_what_is_hidden(
    measured: jj.Journey, tmp_path: Path
) -> None:
    shown = asked(measured).provenance
    made = executed(tmp_path / "report.ipynb", output(shown))
    (figure,) = figures_of(json.loads(made.read_text(encoding="utf-8")))
    assert (figure["metric"], figure["value"], figure["low"], figure["high"]) == (
        *("MET-01", 0.2, 0.1),
        0.3,
    )
    assert (figure["n"], figure["unit"], figure["period"]) == (50, "share", "2026-01-01/2026-01-31")
    stages = list(measured.stages["name"])
    assert stages[figure["place"]] == figure["stage"] == measured.stages["name"].loc[5]


def test_the_foot_says_what_the_report_rests_on_in_its_language(
    measured: jj.Journey, tmp_path: Path
) -> None:
    result = asked(measured, Request.of(period="2026-01"))
    made = page_of(executed(tmp_path / "report.ipynb", output(result.provenance)))
    assert made.html is not None
    assert made.html["lang"] == "de"
    foot = made.find("footer").get_text(" ", strip=True)
    for said in ("Shop <b>bold</b>", "Zeitraum: Jan. 2026", "log.csv"):
        assert said in foot
    assert made.find("footer").find("time")["datetime"]
    assert made.find("footer").find("b") is None


def test_only_what_was_measured_for_the_question_is_in_the_foot(measured: jj.Journey) -> None:
    request = Request.of(where={"country": "DE"})
    everybody = asked(measured).provenance
    assert [one["name"] for one in everybody.figures] == ["Churn"]
    assert "abababababab" in str(everybody)
    assert asked(measured, request).provenance.figures == []


def test_contents_lead_to_the_headings_and_code_is_folded(tmp_path: Path) -> None:
    text = "# Report\n\n## First *part*\n\nText.\n\n## Second & last\n"
    made = page_of(executed(tmp_path / "r.ipynb", markdown=text, code="x = '<i>'"), "../index.html")
    links = {link.get_text(): link["href"] for link in made.find("nav").find_all("a")}
    assert links.pop("Overview") == "../index.html"
    assert list(links) == ["First part", "Second & last"]
    for words, target in links.items():
        assert made.find(id=target.removeprefix("#")).get_text() == words
    folded = made.find("details", class_="code")
    assert folded.find("code").get_text() == "x = '<i>'"
    assert not folded.has_attr("open")


ACTING = [
    "<script>go()</script>",
    "<img src=x onerror=go()>",
    '<meta http-equiv="refresh" content="0;url=http://example.com">',
    '<base href="http://example.com/">',
    '<link rel="stylesheet" href="http://example.com/a.css">',
    '<iframe srcdoc="<script>go()</script>"></iframe>',
    '<object data="http://example.com/a"></object>',
    '<form action="http://example.com"><button>x</button></form>',
    '<a href="javascript:go()">x</a>',
    '<a href="data:text/html,<script>go()</script>">x</a>',
    '<svg><script>go()</script><a xlink:href="javascript:go()"><text>x</text></a></svg>',
    '<svg><use href="http://example.com/a.svg#b"/><image href="http://example.com/a.png"/></svg>',
    "<svg><foreignObject><body onload=go()></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=go()></style></mglyph></table></math>",
    '<video src="http://example.com/a.mp4" autoplay></video>',
    '<img src="http://example.com/a.png" srcset="http://example.com/b.png 2x">',
]


@pytest.mark.parametrize("markup", ACTING)
def test_nothing_an_output_holds_acts(markup: str, tmp_path: Path) -> None:
    picture = new_output("display_data", data={"image/svg+xml": markup, "text/plain": "picture"})
    made = page_of(executed(tmp_path / "r.ipynb", html(markup), picture, markdown=markup))
    kept = {tag.name for tag in made.find_all(True)}
    assert not kept & {
        *("script", "base", "link", "iframe", "object", "form", "button", "use", "image", "video"),
        *("foreignobject", "math", "embed"),
    }
    assert [meta for meta in made.find_all("meta") if meta.get("http-equiv") == "refresh"] == []
    for tag in made.body.find_all(True):
        said = " ".join(f"{name}={value}" for name, value in tag.attrs.items())
        assert not re.search(r"\bon\w+=|javascript:|example\.com|data:text", said)


def three_charts() -> list[charts.static.StaticChart]:
    rows = [(f"c{i}", event, f"2026-01-{day:02}") for i in range(28)
            for day, event in enumerate(STAGES[: 1 + i % 3], start=1)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["customer", "event", "time"])
    log = jj.read_events(frame.assign(time=pd.to_datetime(frame["time"])))
    return [
        charts.show(charts.funnel(log.funnel(STAGES))),
        charts.show(charts.transitions(log.transitions())),
        charts.show(charts.variants(log.variants())),
    ]


def test_a_page_with_three_charts_is_small_and_its_marks_speak(tmp_path: Path) -> None:
    made = write_html(executed(tmp_path / "r.ipynb", *map(output, three_charts())))
    text = made.read_text(encoding="utf-8")
    assert made.stat().st_size < 100_000
    assert "<script" not in text
    assert "script-src" not in text
    page = BeautifulSoup(text, "html.parser")
    titles = [title.get_text() for title in page.find("main").find_all("title")]
    assert "Stage: visit\nCustomers: 28" in "".join(titles)
    labels = [words.get_text() for words in page.find("svg").find_all("text")]
    assert any("28" in words for words in labels)


def test_a_notebook_is_kept_without_the_machine_that_ran_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there").mkdir()
    home = tmp_path / "home"  # reached by a link
    home.symlink_to(tmp_path / "there")
    monkeypatch.setenv("HOME", str(home))
    files = (tmp_path / "a.py", home / "b.py", home.resolve() / "c.py")
    trace = [f'File "{path}", line 3' for path in files]
    random_id = "altair-viz-0123456789abcdef0123456789abcdef"
    outputs = [
        new_output("error", ename="E", evalue=f"{tmp_path}/x: no file", traceback=trace),
        new_output("stream", text="<Log at 0x7f00aa11bb22> https://example.com/root/tmp"),
        html(f'<div id="{random_id}"></div>#{random_id}'),
    ]
    made = executed(tmp_path / "r.ipynb", *outputs)
    kept = cleaned(json.loads(made.read_text(encoding="utf-8")), tmp_path)
    text = json.dumps(kept)
    assert str(tmp_path) not in text
    assert {"~/b.py", "~/c.py"} < set(re.findall(r"[~/\w]+\.py", text))
    assert "0x7f00aa11bb22" not in text
    assert "https://example.com/root/tmp" in text
    assert "altair-viz-1" in text
    assert random_id not in text
    nbformat.validate(kept)
