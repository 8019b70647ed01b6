from html.parser import HTMLParser

import pandas as pd
import pytest

from jupyter_journey import charts
from jupyter_journey.errors import UnknownNameError

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    "</td></table><iframe>",
    "&lt;b&gt;",
]
ALLOWED = {
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "ul", "li"),
    *("div", "article", "h3", "p", "strong", "dl", "dt", "dd"),
}


class Reader(HTMLParser):
    """Collects tags, attributes and text as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data.strip())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_untrusted_text_stays_text(payload: str) -> None:
    frame = pd.DataFrame({payload: [payload], "list": [[payload, payload]]})
    card = {
        "title": payload,
        "subtitle": payload,
        "badge": payload,
        "fields": [(payload, payload), ("list", (payload,))],
    }
    for shown, times in ((charts.table(frame, title=payload), 5), (charts.cards([card]), 6)):
        read = Reader(shown._repr_mimebundle_()["text/html"])
        assert {tag for tag, _ in read.tags} <= ALLOWED
        assert all(set(attributes) <= {"style", "scope"} for _, attributes in read.tags)
        assert read.texts.count(payload) == times


def test_a_table_names_its_columns_rows_and_values() -> None:
    frame = pd.DataFrame(
        {
            "stage": ["Trial", "Paid"],
            "rate": [0.256, float("nan")],
            "customers": pd.array([12345, None], dtype="Int64"),
            "actions": [("sign up", "invite"), ()],
            "since": [pd.Timestamp("2026-01-02"), pd.NaT],
            "open": [True, False],
        }
    )
    shown = charts.table(
        frame,
        title="Stages",
        labels={"customers": "How many"},
        formats={"rate": ".1%", "stage": str.upper},
    )
    read = Reader(shown.html)
    columns = [a for tag, a in read.tags if tag == "th" and a["scope"] == "col"]
    assert len(columns) == 6
    assert [a["scope"] for tag, a in read.tags if tag == "th"][6:] == ["row", "row"]
    assert read.texts == [
        *("Stages", "Stage", "Rate", "How many", "Actions", "Since", "Open"),
        *("TRIAL", "25.6%", "12,345", "sign up", "invite", "Jan 2, 2026", "yes"),
        *("PAID", "–", "–", "–", "–", "no"),
    ]
    assert sum(tag == "li" for tag, _ in read.tags) == 2
    plain = repr(shown).splitlines()
    assert plain[0] == "Stages"
    assert plain[2].split() == [
        "TRIAL",
        "25.6%",
        "12,345",
        "sign",
        "up;",
        "invite",
        *("Jan", "2,", "2026"),
        "yes",
    ]


def test_a_label_for_no_column_is_refused() -> None:
    frame = pd.DataFrame({"rate": [1.0]})
    with pytest.raises(UnknownNameError, match="did you mean 'rate'"):
        charts.table(frame, formats={"rates": ".0%"})


def test_an_empty_frame_is_a_table_with_heads() -> None:
    shown = charts.table(pd.DataFrame({"stage": [], "rate": []}))
    assert Reader(shown.html).texts == ["Stage", "Rate"]


def test_cards_say_what_they_were_given() -> None:
    shown = charts.cards(
        [
            {
                "title": "Administrator",
                "subtitle": "IT",
                "badge": "assumed",
                "fields": [("Goals", [])],
            },
            {"title": "Champion", "fields": [("Needs", ["Speed", "Calm"]), ("Role", "Lead")]},
        ]
    )
    assert Reader(shown.html).texts == [
        *("Administrator", "IT", "assumed", "Goals", "–"),
        *("Champion", "Needs", "Speed", "Calm", "Role", "Lead"),
    ]
    assert "Needs: Speed; Calm" in repr(shown)
