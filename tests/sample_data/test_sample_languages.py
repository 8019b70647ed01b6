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
from jupyter_journey.events import read_interviews
from jupyter_journey.reports.samples import sample_interviews, sample_map

SAAS = paths.sample_data() / "saas"
MAPS = [SAAS / "saas.journey.json", *sorted((SAAS / "maps").glob("*.journey.json"))]
CDNOW = paths.sample_data() / "cdnow"
SAMPLES = {SAAS: MAPS, CDNOW: [CDNOW / "cdnow.journey.json"]}
EVERY = [path for maps in SAMPLES.values() for path in maps]
OTHERS = [language for language in catalogue.languages() if language != "en"]
ANSWERS = read_interviews(SAAS / "interviews.csv")
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


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.name)
def test_in_english_a_map_is_its_file(path: Path) -> None:
    assert sample_map(path, "en") == jj.Journey.load(path)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.name)
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


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda folder: folder.name)
@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_said_once_in_each_language(sample: Path, language: str) -> None:
    words = yaml.safe_load((sample / "words" / f"{language}.yaml").read_text(encoding="utf-8"))
    named = {
        text
        for kind in ("lanes", "stages", "groups")
        for it in catalogue.texts("en")[kind].values()
        for text in (it.values() if isinstance(it, dict) else [it])
    }
    english = {text for path in SAMPLES[sample] for text in said(jj.Journey.load(path)).values()}
    if sample == SAAS:
        english |= {*ANSWERS["answer"]}
    sentences = {text for text in english if is_sentence(text)} - SAME
    assert sentences - set(words) <= named
    assert set(words) <= english


@pytest.mark.parametrize("language", catalogue.languages())
def test_the_interviews_answer_in_each_language(tmp_path: Path, language: str) -> None:
    file = tmp_path / "interviews.csv"
    file.write_text(sample_interviews(SAAS / "interviews.csv", language), encoding="utf-8")
    told = read_interviews(file)
    where = ["interview", "persona", "question"]
    assert told[where].equals(ANSWERS[where])
    assert told["answer"].equals(ANSWERS["answer"]) == (language == "en")
    # Those of each persona who were asked everything stand on the map as well.
    people = {one.id: one for one in sample_map(MAPS[0], language).document.personas}
    for interview, part in told.groupby("interview"):
        if len(part) == 16:
            person = people[part["persona"].iloc[0]]
            assert dict(person.interview) == dict(
                zip(part["question"], part["answer"], strict=True)
            )
            assert interview in ("1", "2", "3")
    assert told.groupby("persona")["interview"].nunique().to_dict() == dict.fromkeys(people, 2)


@pytest.mark.parametrize("language", OTHERS)
def test_what_sets_the_product_apart_is_said_in_each_language(language: str) -> None:
    english, other = (sample_map(MAPS[0], code).document.usp for code in ("en", language))
    assert english
    assert other not in ("", english)
