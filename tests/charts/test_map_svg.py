"""The map as SVG: everything filled is on it, nothing leaves its column, colours can be read."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from itertools import product
from json import loads
from typing import Literal
from xml.etree import ElementTree as ET

import pytest

from jupyter_journey import catalogue
from jupyter_journey.charts.map_figures import day, number
from jupyter_journey.charts.map_frame import frame
from jupyter_journey.charts.map_picture import map_svg
from jupyter_journey.errors import UnknownNameError
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Lane, Measurement, Persona, Stage, Touchpoint

SVG = "{http://www.w3.org/2000/svg}"
THEME = loads(files("jupyter_journey.charts").joinpath("theme.json").read_text("utf-8"))


def _with(journey: Journey, **collections: object) -> Journey:
    return Journey(journey.document.model_copy(update=collections))


def _figure(key: str, stage: str, value: float | None, **fields: object) -> Measurement:
    about = {"lane_id": "metrics", "metric": "MET-37", "name": "Conversion", "unit": "share"}
    return Measurement(id=key, stage_id=stage, value=value, **{**about, **fields})


@pytest.fixture
def journey() -> Journey:
    start = Journey.new("Acme Boards")
    touchpoint = Touchpoint(id="tp-1", name="Guided set-up")
    start = _with(start, touchpoints=(touchpoint,))
    long = "Finds out which of the three tools fits a team of eight people in two offices"
    return (
        start.set("Consideration", "Goal", long)
        .set("Onboarding", "Actions", ["Imports a spreadsheet", "Invites the whole team"])
        .set("Onboarding", "Touchpoints", ["tp-1"])
        .set("Onboarding", "Channels", ["Website", "Donaudampfschifffahrtsgesellschaft", "認知"])
        .set("Onboarding", "Thoughts", "Where do I start?")
        .set("Onboarding", "Emotion", -1.5, target=1)
        .set("Adoption", "Emotion", 2)
        .set("Adoption", "Opportunities", ["Digest"], evidence="proposed", note="A guess")
    )


def _read(picture: str) -> ET.Element:
    return ET.fromstring(picture)  # noqa: S314 our own output


def _text(picture: str, *, lane: str, stage: str) -> str:
    """Return what stands in one cell, without the spaces at which lines may break."""
    found = _read(picture).findall(f".//{SVG}g[@data-stage='{stage}']")
    groups = [group for group in found if group.get("data-lane") == lane]
    texts = ("".join(text.itertext()) for group in groups for text in group.iter(f"{SVG}text"))
    return "".join("".join(texts).split())


def _all_text(picture: str) -> str:
    root = _read(picture)
    return "".join("".join(node.text or "" for node in root.iter(f"{SVG}text")).split())


def _placed(node: ET.Element, x: float = 0.0) -> Iterator[tuple[ET.Element, float]]:
    """Yield every text with its absolute x."""
    moved = re.match(r"translate\(([-\d.]+) ", node.get("transform", ""))
    x += float(moved[1]) if moved else 0.0
    if node.tag == f"{SVG}text":
        yield node, x + float(node.get("x", 0))
    for child in node:
        yield from _placed(child, x)


def test_every_filled_cell_stands_in_the_picture(journey: Journey) -> None:
    picture = map_svg(journey)
    names = {"tp-1": "Guided set-up"}
    for cell in journey.document.cells:
        if isinstance(cell.value, str | tuple):
            items = [cell.value] if isinstance(cell.value, str) else cell.value
            drawn = _text(picture, lane=cell.lane_id, stage=cell.stage_id)
            said = [*(names.get(item, item) for item in items), cell.evidence]
            assert drawn == "".join(said).replace(" ", "").removesuffix("assumed")
    groups = journey.stages["group"].str.upper()
    for name in [*journey.lanes["name"], *journey.stages["name"], *groups]:
        assert name.replace(" ", "") in _all_text(picture)


def test_the_curve_says_words_and_has_a_legend_only_for_several_lines(journey: Journey) -> None:
    drawn = _all_text(map_svg(journey))
    assert "unhappy" in drawn
    assert "delighted" in drawn
    assert "assumed" in drawn
    assert "measured" not in drawn
    alone = Journey.new("One line").set("Decision", "Emotion", 1)
    assert "assumed" not in _all_text(map_svg(alone))
    seen = _figure("e", "decision", -0.4, lane_id="emotion", unit="", n=212)
    measured = _all_text(map_svg(_with(alone, measurements=(seen,))))
    assert "measured−0.4n=212" in measured


def test_figures_show_value_interval_and_n_but_never_a_small_group(journey: Journey) -> None:
    shown = _figure("a", "decision", 0.4213, low=0.38, high=0.46, n=409)
    days = _figure("b", "decision", 3.5, name="Time to value", metric="MET-06", unit="days")
    # the value is here on purpose: a suppressed figure must not show even if it was kept
    hidden = _figure("c", "adoption", 0.777, low=0.666, high=0.888, n=7, suppressed=True)
    picture = map_svg(_with(journey, measurements=(shown, days, hidden)))
    assert _text(picture, lane="metrics", stage="decision") == (
        "Conversion42.1%38%–46%n=409Timetovalue3.5days"
    )
    assert _text(picture, lane="metrics", stage="adoption") == (
        "Conversion–Fewerthan10cases:notshown"
    )
    said = " ".join(t.text or "" for t in _read(picture).iter() if "style" not in t.tag)
    for leak in ("77.7", "66.6", "88.8", "n = 7"):
        assert leak not in said


def test_an_override_stands_beside_the_computed_figure(journey: Journey) -> None:
    figure = _figure("a", "decision", 0.86)
    journey = _with(journey, measurements=(figure,)).set("Decision", "Metrics", 0.9, target=0.92)
    drawn = _text(map_svg(journey), lane="metrics", stage="decision")
    assert drawn == "Conversion90%setbyhand(+4pts)computed:86%target92%"


def test_a_figure_says_its_period_how_it_moved_and_whether_it_holds(journey: Journey) -> None:
    spring = _figure("a", "decision", 0.4, n=90, direction="up", period="2026-04-01/2026-06-30")
    winter = spring.model_copy(update={"id": "b", "value": 0.45, "period": "2026-01-01/2026-03-31"})
    picture = map_svg(_with(journey, measurements=(winter, spring)), states={"a": "stale"})
    drawn = _text(picture, lane="metrics", stage="decision")
    assert drawn == "Conversion40%n=902026-04–2026-06−5pts,worsesince2026-03stale"
    worse = THEME["light"]["bad"]
    signs = [path for path in _read(picture).iter(f"{SVG}path") if path.get("fill") == worse]
    assert len(signs) == 1  # never by colour alone


def test_a_channel_has_its_own_sign_and_anything_else_a_dot() -> None:
    journey = Journey.new("Acme", stages=["Trial"]).set("Trial", "Channels", ["E-mail", "Pigeon"])
    marks = list(_read(map_svg(journey)).iter())
    email = THEME["channels"]["email"]
    ink = THEME["light"]["chips"][email["chip"]]["text"]
    assert [mark.get("stroke") for mark in marks if mark.get("d") == email["icon"]] == [ink]
    others = {channel["icon"] for name, channel in THEME["channels"].items() if name != "email"}
    assert others.isdisjoint(mark.get("d") for mark in marks)


def test_numbers_and_days_are_written_as_the_language_does() -> None:
    assert number(1234.5, "de") == "1.235"
    assert number(0.4213, "de", share=True) == "42,1\u00a0%"
    assert number(0, "en") == "0"
    assert number(1e300, "en").startswith("1,000,000")
    assert day("2026-03-31", "de") == "31.03.2026"


def test_hidden_lanes_are_left_out_and_blueprint_lines_are_named() -> None:
    journey = Journey.new("Support", "service-blueprint")
    lanes = [
        lane.model_copy(update={"hidden": lane.id == "backstage-people"})
        for lane in journey.document.lanes
    ]
    drawn = _all_text(map_svg(_with(journey, lanes=tuple(lanes))))
    assert "Backstage:people" not in drawn
    for line in ("Lineofinteraction", "Lineofvisibility", "Lineofinternalinteraction"):
        assert drawn.count(line) == 1


@pytest.mark.parametrize("stages", [1, 3, 8, 14])
@pytest.mark.parametrize("width", [None, 900, 2400])
def test_no_text_leaves_its_column(stages: int, width: float | None) -> None:
    journey = Journey.new("Wide", stages=[f"Stufe {n} Donaudampfschiffe" for n in range(stages)])
    for stage in journey.document.stages:
        for lane in journey.document.lanes:
            if lane.kind not in ("score", "metric", "reference"):
                text = "Rindfleischetikettierungsüberwachung and some shorter words"
                value = text if lane.kind == "text" else [text, "Web", "E-mail", text]
                journey = journey.set(stage.name, lane.name, value)
        big = _figure(stage.id, stage.id, 123456789.0, unit="Kilowattstunden", low=1.0, high=9e9)
        journey = _with(journey, measurements=(*journey.document.measurements, big))
    at = frame(stages, width)
    root = _read(map_svg(journey, width=width))
    groups = [node for node in root.iter() if node.get("data-stage")]
    assert len(groups) == stages * (len(journey.lanes) - 2)
    places = {stage.id: number for number, stage in enumerate(journey.document.stages)}
    for group in groups:
        left = at.x(places[group.get("data-stage", "")])
        for text, x in _placed(group):
            assert left <= x
            assert x + float(text.get("textLength", "nan")) <= left + at.column


def test_eight_stages_fill_the_page_and_a_given_width_is_kept() -> None:
    journey = Journey.new("Acme")
    assert _read(map_svg(journey)).get("width") == "1600"
    for width in (700, 3000):
        root = _read(map_svg(journey, width=width))
        box = [float(side) for side in root.get("viewBox", "").split()]
        assert root.get("width") == str(width)
        assert float(root.get("height", 0)) / width == pytest.approx(box[3] / box[2], rel=1e-3)


@pytest.mark.parametrize("width", [None, 800])
def test_no_stage_name_is_broken_inside_a_word(width: float | None) -> None:
    journey = Journey.new("Acme", language="de")
    drawn = _read(map_svg(journey, width=width)).iter(f"{SVG}text")
    assert set(journey.stages["name"]) <= {"".join(node.itertext()) for node in drawn}


def test_an_endless_text_ends_in_an_ellipsis_and_stands_whole_in_the_title() -> None:
    text = "word " * 2000
    root = _read(map_svg(Journey.new("Long").set("Decision", "Goal", text)))
    lines = [node.text for node in root.iter(f"{SVG}text") if node.text and "word" in node.text]
    assert len(lines) < 70
    assert any(node.text == "…" for node in root.iter(f"{SVG}text"))
    assert any(node.text == text for node in root.iter(f"{SVG}title"))


def test_a_persona_map_has_a_band_for_each_persona_and_a_chosen_one_only_hers() -> None:
    journey = _with(
        Journey.new("Acme", "persona-based"),
        personas=(Persona(id="ada", name="Ada, admin"), Persona(id="max", name="Max, member")),
    )
    journey = journey.set("Decision", "Goal", "Order", persona="ada")
    journey = journey.set("Decision", "Goal", "Peace", persona="max")
    both = _all_text(map_svg(journey))
    assert both.index("Ada,admin") < both.index("Order") < both.index("Max,member")
    assert "Peace" not in _all_text(map_svg(journey, persona="Ada, admin"))
    with pytest.raises(UnknownNameError, match="did you mean 'Ada, admin'"):
        map_svg(journey, persona="Ada, admn")


def test_a_chip_has_one_colour_for_all_personas() -> None:
    journey = _with(
        Journey.new("Acme", "persona-based"),
        personas=(Persona(id="ada", name="Ada"), Persona(id="max", name="Max")),
    )
    journey = journey.set("Decision", "Channels", ["Search", "Web"], persona="ada")
    journey = journey.set("Decision", "Channels", ["Web"], persona="max")
    chips = [text for text in _read(map_svg(journey)).iter(f"{SVG}text") if text.text == "Web"]
    assert len(chips) == 2
    assert len({chip.get("fill") for chip in chips}) == 1


@pytest.mark.parametrize("map_type", catalogue.map_types())
def test_every_map_type_has_its_lanes_with_their_icons(map_type: str) -> None:
    picture = map_svg(Journey.new("Acme", map_type), theme="auto")
    paths = {node.get("d") for node in _read(picture).iter(f"{SVG}path")}
    drawn = _all_text(picture)
    for lane in catalogue.map_types()[map_type]["lanes"]:
        assert catalogue.text("en", "lanes", lane, "name").replace(" ", "") in drawn
        assert THEME["icons"][lane] in paths


def test_every_lane_and_kind_has_an_icon() -> None:
    assert set(THEME["icons"]) == set(catalogue.lanes())
    kinds = set(Lane.model_json_schema()["properties"]["kind"]["enum"])
    assert set(THEME["kind_icons"]) == kinds


def test_a_map_without_lanes_or_stages_is_still_a_picture() -> None:
    journey = Journey.new("Bare", stages=["Only"])
    assert "Bare" in _all_text(map_svg(_with(journey, lanes=())))
    assert "Goal" in _all_text(map_svg(_with(journey, stages=())))


def test_it_names_and_describes_itself(journey: Journey) -> None:
    figure = _figure("a", "decision", 0.42, n=409, low=0.38, high=0.46)
    root = _read(map_svg(_with(journey, measurements=(figure,))))
    assert root.get("role") == "img"
    assert root.get("aria-label") == root.findtext(f"{SVG}title") == "Acme Boards"
    told = root.findtext(f"{SVG}desc") or ""
    assert "8 stages: Awareness, Consideration" in told
    assert "Adoption: delighted (+2)" in told
    assert "Decision: 42%, Conversion, from 38% to 46%, n = 409" in told


def test_a_step_within_a_stage_names_its_stage() -> None:
    journey = Journey.new("Acme", stages=["Onboarding"])
    step = Stage(id="import", name="Import", parent_id="onboarding")
    drawn = _all_text(map_svg(_with(journey, stages=(*journey.document.stages, step))))
    assert "Onboarding›Import" in drawn


def test_the_same_journey_gives_the_same_bytes(journey: Journey) -> None:
    picture = map_svg(journey)
    assert map_svg(Journey.loads(journey.dumps())) == picture
    code = (
        "import sys; from jupyter_journey.model.journey import Journey;"
        "from jupyter_journey.charts.map_picture import map_svg;"
        "sys.stdout.buffer.write(map_svg(Journey.loads(sys.stdin.buffer.read().decode())).encode())"
    )
    for seed in ("1", "2"):
        there = subprocess.run(
            [sys.executable, "-c", code],
            input=journey.dumps().encode(),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        assert there.stdout.decode() == picture


def test_a_picture_that_follows_the_system_touches_no_other(journey: Journey) -> None:
    picture = _read(map_svg(journey, theme="auto"))
    style = picture.findtext(f"{SVG}style") or ""
    media, _, rules = style.partition("{")
    assert media == "@media (prefers-color-scheme:dark)"
    assert THEME["dark"]["surface"] in rules
    selectors = re.findall(r"([^{}]+)\{", rules)
    assert selectors
    assert all(selector.startswith(f".{picture.get('class')} .jj-") for selector in selectors)
    other = _read(map_svg(journey.change(title="Other"), theme="auto"))
    assert other.get("class") != picture.get("class")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_picture_needs_no_style_sheet(journey: Journey, mode: Literal["light", "dark"]) -> None:
    picture = _read(map_svg(journey, theme=mode))
    assert picture.find(f".//{SVG}style") is None
    page, *_ = picture.iter(f"{SVG}rect")
    ground = page.get("fill", "")
    inks = {text.get("fill", "") for text in picture.iter(f"{SVG}text")}
    chips = {chip["text"] for chip in THEME[mode]["chips"]}  # they stand on a fill of their own
    assert len(inks - chips) >= 3
    assert min(_contrast(ink, ground) for ink in inks - chips) >= 4.5
    lines = [path for path in picture.iter(f"{SVG}path") if path.get("fill") == "none"]
    assert lines
    assert all(path.get("stroke") for path in lines)


def _luminance(colour: str) -> float:
    """Return the relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_can_be_read_on_its_ground(mode: str) -> None:
    colours = THEME[mode]
    inks = ("text", "muted", "accent", "good", "bad", "proposed")
    grounds = ("surface", "band", "group_band", "curve_fill")
    pairs = [(colours[ink], colours[ground]) for ink, ground in product(inks, grounds)]
    pairs += [(colours[ink], colours["accent_soft"]) for ink in ("accent", "text")]
    pairs += [(chip["text"], chip["fill"]) for chip in colours["chips"]]
    assert min(_contrast(*pair) for pair in pairs) >= 4.5
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
