"""The sample says the same in every language: other words, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import jupyter_journey as jj
from jupyter_journey import catalogue, paths
from jupyter_journey.reports.samples import sample_map

SAAS = paths.sample_data() / "saas"
MAPS = [SAAS / "saas.journey.json", *sorted((SAAS / "maps").glob("*.journey.json"))]
OTHERS = [language for language in catalogue.languages() if language != "en"]
# Abbreviations of the field, and the mark of figures of one's own.
SAME = {"CRM", "NPS", "CES", "OWN"}


def leaves(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Yield everything a file says, with where it stands."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        here = f"{at}/{key}"
        if isinstance(item, dict | list):
            yield from leaves(item, here)
        else:
            yield here, item


def said(journey: jj.Journey) -> dict[str, Any]:
    return dict(leaves(json.loads(journey.dumps())))


def is_sentence(value: Any) -> bool:
    """Tell words from ids, names of events, values of choices and days."""
    return isinstance(value, str) and not re.fullmatch(r"[a-z0-9_./%-]+|(MET|MIL|TP)-\d+", value)


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.name)
def test_in_english_a_map_is_its_file(path: Path) -> None:
    assert sample_map(path, "en") == jj.Journey.load(path)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.name)
def test_another_language_changes_every_sentence_and_nothing_else(
    path: Path, language: str
) -> None:
    english, other = said(jj.Journey.load(path)), said(sample_map(path, language))
    assert other.pop("/language") == language
    assert list(other) == list(english)
    for place, text in english.items():
        if not is_sentence(text) or text in SAME:
            assert other[place] == text, place
        elif language != "de" and text != "of 100":  # in German, some words are those of English
            assert re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", other[place]), (place, text)


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_said_once_in_each_language(language: str) -> None:
    words = yaml.safe_load((SAAS / "words" / f"{language}.yaml").read_text(encoding="utf-8"))
    named = {
        text
        for kind in ("lanes", "stages", "groups")
        for it in catalogue.texts("en")[kind].values()
        for text in (it.values() if isinstance(it, dict) else [it])
    }
    english = {text for path in MAPS for text in said(jj.Journey.load(path)).values()}
    sentences = {text for text in english if is_sentence(text)} - SAME
    assert sentences - set(words) <= named
    assert set(words) <= english
