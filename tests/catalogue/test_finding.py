"""The catalogue as frames, and the search over it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from jupyter_journey import catalogue
from jupyter_journey.errors import UnknownNameError

LAZY = """
import sys
from jupyter_journey import catalogue
catalogue.texts("en"), catalogue.kinds(), catalogue.example("slack")
print("pandas" in sys.modules)
catalogue.frame("lanes")
print("pandas" in sys.modules)
"""


@pytest.mark.parametrize("kind", catalogue.kinds())
def test_a_frame_has_every_entry(kind: str) -> None:
    frame = catalogue.frame(kind)
    assert frame["id"].tolist() == list(catalogue.table(kind))
    assert frame.columns[:3].tolist() == ["id", "method", "name"]
    assert frame.columns[-1] == "source"


def test_a_frame_shows_data_and_words() -> None:
    row = catalogue.frame("questions").set_index("id").loc["PER-S02a"]
    assert row["name"] == "Which jobs and industries are they in?"
    assert (row["group"], row["within"]) == ("support", "PER-S02")
    assert row["fields"] == ("role", "industry")


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'touchpoints'"):
        catalogue.frame("touchpoint")


@pytest.mark.parametrize(
    ("query", "first"),
    [("win-back", "TP-10"), ("Win back", "TP-10"), ("MAP-08", "micro-journey"), ("tt fv", None)],
)
def test_the_search_finds(query: str, first: str | None) -> None:
    found = catalogue.search(query)["id"].tolist()
    assert (found or [None])[0] == first


def test_a_term_is_no_part_of_a_word() -> None:
    assert catalogue.search("CAC")["id"].tolist() == ["MET-03"]


def test_what_is_found_says_its_kind() -> None:
    found = catalogue.search("survey score").set_index("id")
    assert found.loc["survey-score", "kind"] == "lanes"


def test_the_name_goes_before_the_text() -> None:
    found = catalogue.search("survey")
    named = found["name"].str.contains("survey", case=False, na=False).tolist()
    assert named == sorted(named, reverse=True)
    assert not all(named)


def test_what_one_guide_calls_otherwise_is_found() -> None:
    for one, other in (("TTFV", "MET-06"), ("CAC", "MET-03"), ("evangelism", "TP-17")):
        assert other in catalogue.search(one)["id"].tolist()


def test_pandas_loads_with_the_first_frame() -> None:
    run = subprocess.run([sys.executable, "-c", LAZY], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]
