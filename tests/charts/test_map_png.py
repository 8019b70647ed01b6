"""The map as PNG: of the asked size, with text in it, and open about what it can't draw."""

import struct
import warnings

import pytest

from jupyter_journey.charts.map_image import MissingGlyphWarning, map_png
from jupyter_journey.model.journey import Journey


def _size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_it_has_the_asked_size() -> None:
    journey = Journey.new("Acme", stages=["Trial", "Use"])
    once, twice = _size(map_png(journey, scale=1)), _size(map_png(journey, scale=2))
    assert twice == pytest.approx((2 * once[0], 2 * once[1]), abs=1)
    assert _size(map_png(journey, scale=1, width=500))[0] == 500


def test_text_and_theme_show() -> None:
    journey = Journey.new("Acme", stages=["Trial"])
    filled = journey.set("Trial", "Goal", "Peace")
    # one line of text doesn't change the row's height, so only its ink can differ
    assert _size(map_png(journey)) == _size(map_png(filled))
    assert map_png(journey) != map_png(filled)
    assert map_png(filled) != map_png(filled, theme="dark")
    assert map_png(filled) == map_png(filled, theme="auto")


def test_a_character_no_font_has_is_said_and_latin_is_not() -> None:
    journey = Journey.new("Acme", stages=["Trial"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        map_png(journey.set("Trial", "Goal", "Žluťoučký kůň – „öäüß“ … € −2"))
    linear_b = "\U00010080"
    with pytest.warns(MissingGlyphWarning, match=rf"{linear_b}.*jupyter-journey\[cjk\]"):
        map_png(journey.set("Trial", "Goal", linear_b))


@pytest.mark.parametrize("text", ["顧客旅程", "カスタマージャーニー", "고객 여정"])
def test_east_asian_text_is_no_row_of_empty_boxes(text: str) -> None:
    journey = Journey.new("Acme", stages=["Trial"])
    nobodys = "\u0378"  # assigned to no character: every font draws its box
    boxes = map_png(journey.set("Trial", "Goal", nobodys * len(text)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn = map_png(journey.set("Trial", "Goal", text))
    assert _size(drawn) == _size(boxes)
    assert drawn != boxes
    # and each character is another picture
    assert drawn != map_png(journey.set("Trial", "Goal", text[0] * len(text)))
