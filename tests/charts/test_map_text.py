"""Text of the map is measured from above and breaks where a reader expects it."""

import string

import pytest
import vl_convert

from jupyter_journey.charts.map_text import clean, measurable, text_width, wrap


def _drawn(text: str, cover: float, *, bold: bool) -> bytes:
    """Draw black text and lay a white sheet over its first ``cover`` pixels."""
    weight = 700 if bold else 400
    return vl_convert.svg_to_png(
        '<svg xmlns="http://www.w3.org/2000/svg" width="1300" height="40">'
        '<rect width="1300" height="40" fill="#fff"/>'
        f'<text x="10" y="25" font-size="20" font-weight="{weight}" font-family="Liberation Sans">'
        f'{text}</text><rect width="{10 + cover}" height="40" fill="#fff"/></svg>'
    )


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        string.ascii_lowercase,
        string.ascii_uppercase,
        string.digits + "!#$%()*+,-./:;=?@[]^_{|}~",
        "Österreich, café, São Paulo – “quoted” … −2",
        "„Maß“, ‚groß‘: 53,9\u00a0% · 1\u00a0€ › æ × ø «non» ‹si›",
        "Кто, ελληνικά",
    ],
)
def test_width_covers_what_is_drawn_and_not_much_more(text: str, bold: bool) -> None:
    blank = _drawn("", 0, bold=bold)
    width = text_width(text, 20, bold=bold)
    assert _drawn(text, width + 1, bold=bold) == blank
    slack = 14 if measurable(text) else width * 0.45
    assert _drawn(text, width - slack, bold=bold) != blank


@pytest.mark.parametrize("text", ["Einrichtung abschließen", "„Wird’s?“", "53,9\u00a0%", "A ›"])
def test_what_german_is_written_with_is_known_exactly(text: str) -> None:
    assert measurable(text)


def test_width_grows_with_the_size() -> None:
    assert text_width("Onboarding", 20) == pytest.approx(2 * text_width("Onboarding", 10))


@pytest.mark.parametrize("room", [30, 60, 100, 200])
@pytest.mark.parametrize(
    "text",
    [
        "Compare three tools, then ask finance for a budget",
        "Donaudampfschifffahrtsgesellschaftskapitänsmütze",
        "機能を比較する。とても長い文章は折り返されます（そうですね）。",
        "https://example.org/a/very/long/address?with=parameters&and=more",
        "مرحبا بالعالم، هذه جملة طويلة للاختبار",
        "👩‍👩‍👧‍👦👍🏽 family and thumbs 🇩🇪",
    ],
)
def test_lines_fit_and_lose_nothing(text: str, room: float) -> None:
    lines = wrap(text, 13, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line, 13) <= room for line in lines if len(line) > 11)
    assert len(lines) > 1 or text_width(text, 13) <= room


def test_punctuation_never_begins_a_line_of_ideographs() -> None:
    for room in range(30, 120, 7):
        assert not any(
            line[0] in "。、）" for line in wrap("認知。検討、（購入）です。", 13, room)[1:]
        )


@pytest.mark.parametrize(
    "text", ["手間をかけずに使い始める", "満たされていないニーズ", "「使い始める」"]
)
def test_no_ideograph_stands_in_the_last_line_alone(text: str) -> None:
    for room in range(40, 200):
        lines = wrap(text, 13, room)
        assert "".join(lines) == text
        assert len(lines[-1]) > 1
        assert all(text_width(line, 13) <= room for line in lines)


def test_a_loan_word_stays_whole_where_a_line_has_room_for_it() -> None:
    assert wrap("満たされていないニーズ", 10, 100) == ["満たされていない", "ニーズ"]
    assert wrap("フロントステージ（システム）", 10, 100) == ["フロントステージ", "（システム）"]
    assert wrap("コミュニティ・イベント", 10, 100) == ["コミュニティ・", "イベント"]
    assert wrap("カスタマーサクセス", 10, 50) == ["カスタマー", "サクセス"]


def test_marks_stay_with_their_letters() -> None:
    for line in wrap("e\u0301" * 12, 13, 20):
        assert line[0] == "e"
    assert wrap("👩‍👧👩‍👧", 13, 20) == ["👩‍👧", "👩‍👧"]


def test_short_prefix_is_not_torn_off() -> None:
    assert wrap("Lost e-mail", 13, text_width("Lost e-", 13) + 1) == ["Lost", "e-mail"]


def test_line_breaks_of_the_text_stay() -> None:
    assert wrap("one\ntwo\r\n\nthree", 13, 100) == ["one", "two", "", "three"]


def test_characters_xml_forbids_are_replaced() -> None:
    forbidden = "\x00\x08\x0b\x1f\ufffe\uffff\ud800"
    assert clean(f"a{forbidden}b") == "a" + "\ufffd" * len(forbidden) + "b"
    assert clean("tab\tline\nÄ認😀") == "tab\tline\nÄ認😀"


def test_no_line_breaks_at_a_space_that_forbids_it() -> None:
    assert wrap("of n\u00a0=\u00a030", 10, 35) == ["of", "n\u00a0=\u00a030"]
