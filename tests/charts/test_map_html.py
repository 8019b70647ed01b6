"""The map as HTML: a picture and a table of the same, and no text ever turns into markup."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from jupyter_journey.charts.map_page import map_html
from jupyter_journey.charts.map_picture import map_svg
from jupyter_journey.charts.map_text import clean
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import (
    Cell,
    Document,
    Lane,
    Measurement,
    Persona,
    Stage,
    Touchpoint,
)

PICTURE = {"svg", "title", "desc", "style", "rect", "g", "path", "circle", "text"}
PAGE = {
    *("figure", "details", "summary", "table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("ul", "li"),
}


class _Reader(HTMLParser):
    """Reads a page as a browser would: its tags, attributes and the text of its table."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.rows: list[list[tuple[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append((dict(attrs).get("scope", ""), ""))

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            scope, text = self.rows[-1][-1]
            self.rows[-1][-1] = (scope, text + data.rstrip("\n"))


def test_the_table_says_what_the_picture_shows() -> None:
    journey = (
        Journey.new("R&D", stages=["Trial", "Use"])
        .set("Trial", "Actions", ["Signs up", "Looks <around>"])
        .set("Use", "Emotion", 1, target=2)
        .set("Use", "Goal", "Peace", evidence="proposed")
    )
    page = _Reader(map_html(journey))
    assert page.rows[0] == [("", ""), ("col", "Trial"), ("col", "Use")]
    cells = {row[0][1]: [text.strip() for _, text in row[1:]] for row in page.rows[1:]}
    assert list(cells) == journey.lanes["name"].tolist()
    assert {row[0][0] for row in page.rows[1:]} == {"row"}
    assert cells["Actions"] == ["Signs upLooks <around>", ""]
    assert cells["Emotion"] == ["", "content (+1)target delighted (+2)"]
    assert cells["Goal"] == ["", "Peaceevidence: proposed"]


def test_a_row_of_a_persona_band_names_the_persona() -> None:
    start = Journey.new("Acme", "persona-based", ["Trial"])
    people = (Persona(id="a", name="Ada"), Persona(id="b", name="Ben"))
    journey = Journey(start.document.model_copy(update={"personas": people}))
    names = [row[0][1] for row in _Reader(map_html(journey)).rows[1:]]
    assert names[0] == "Ada: Goal"
    assert names[-1] == "Ben: Tailored response"


def _payloads() -> Iterator[str]:
    wrapped = [
        "{}",
        '">{}',
        "'>{}",
        "</text>{}",
        "</style>{}",
        "</title></desc>{}",
        "]]>{}<![CDATA[",
        "--><!--{}-->",
        "</td></table></details>{}",
        "&lt;{}&#60;",
    ]
    inside = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<a xlink:href='javascript:alert(1)'>x</a>",
        "<foreignObject><iframe src=//evil.example></foreignObject>",
        "<style>*{background:url(//evil.example)}</style>",
        "<animate onbegin=alert(1) attributeName=x>",
        "' onmouseover='alert(1)",
        '" onfocus="alert(1)" autofocus x="',
        "{{ 7*7 }}{% raw %}",
        "${alert(1)}`${1}`",
        "javascript:alert(1)",
        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
        "&quot;&#x3c;script&#x3e;",
        "=1+1",
    ]
    yield from (frame.replace("{}", text) for frame, text in product(wrapped, inside))
    yield from (f"a{chr(code)}b" for code in [*range(0x20), 0x7F, 0x85, 0xFFFE, 0xFFFF, 0xFDD0])
    yield from (
        "\u202egnp.exe\u202c",
        "\u2066\u2067isolates",
        "עברית ו-English מעורב",
        "مرحبا بالعالم",
        "機能を比較する。「引用」",
        "한국어 텍스트",
        "ภาษาไทยไม่มีช่องว่าง",
        "👩‍👩‍👧‍👦🏳️‍🌈👍🏽🇩🇪",
        "Z̴̡̛͇a̷l̶g̸o̵" * 5,
        "\u2028line\u2029separators",
        "x" * 5000,
        "\u200b\u200d\ufeffzero width",
        "𝕊𝕦𝕣𝕣𝕠𝕘𝕒𝕥𝕖𝕤",
    )


PAYLOADS = list(dict.fromkeys(_payloads()))


def _poisoned(text: str) -> Journey:
    """Put one text into every field of a journey that takes any text."""
    key = re.sub(r"[\s\x00-\x1f\x7f-\x9f\ufeff/\\]", "", text)[:60]  # what an id may hold
    kinds = {"text": text, "list": (text, text), "chips": (text,), "choice": text, "date": text}
    lanes = [Lane(id=f"{key}{kind}", name=text, kind=kind, options=(text,)) for kind in kinds]
    lanes += [
        Lane(id="ref", name=text, kind="reference", refers_to="touchpoints"),
        Lane(id="score", name=text, kind="score"),
        Lane(id="metric", name=text, kind="metric"),
    ]
    values = [*zip([lane.id for lane in lanes], kinds.values(), strict=False), ("ref", (key,))]
    about = {"stage_id": key, "note": text, "evidence": "proposed"}
    cells = [Cell(lane_id=lane, value=value, **about) for lane, value in values]
    figure = {"name": text, "metric": text, "unit": text, "stage_id": key, "value": 1.0, "n": 50}
    document = Document(
        title=text,
        map_type=text,
        touchpoints=(Touchpoint(id=key, name=text),),
        stages=(Stage(id=key, name=text, group=text), Stage(id="b", name="b", parent_id=key)),
        lanes=tuple(lanes),
        cells=(*cells, Cell(lane_id="score", value=1.0, **about)),
        measurements=(
            Measurement(id="1", lane_id="metric", low=0.5, high=1.5, **figure),
            Measurement(id="2", lane_id="score", **figure),
        ),
    )
    return Journey(document)


def test_there_are_payloads_enough() -> None:
    assert len(PAYLOADS) >= 200


@pytest.mark.parametrize("text", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_payload_stays_text(text: str) -> None:
    journey = _poisoned(text)
    root = ET.fromstring(map_svg(journey, theme="auto"))  # noqa: S314 our own output
    names = [str(node.tag).removeprefix("{http://www.w3.org/2000/svg}") for node in root.iter()]
    assert set(names) <= PICTURE
    assert names.count("style") == 1
    attributes = {name for node in root.iter() for name in node.attrib}
    assert not {name for name in attributes if name.startswith("on") or "href" in name}
    # the parser hands line ends on as one
    assert (root.findtext("{*}title") or "").split() == clean(text).split()
    page = map_html(journey)
    read = _Reader(page)
    assert read.tags <= PICTURE | PAGE
    assert not [name for name, _ in read.attributes if name.startswith("on") or "href" in name]
    assert clean(page) == page
    column = read.rows[0][1][1]
    assert column.split() == clean(text).split()
