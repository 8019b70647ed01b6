"""The catalogue agrees with itself: every id used is defined, and named in every language."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from importlib.resources import files
from string import Formatter

import pytest
import yaml
from babel import Locale

from jupyter_journey import catalogue
from jupyter_journey.errors import UnknownNameError
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import COLLECTIONS, Lane, LaneKind

LANGUAGES = catalogue.languages()
METHODS = {
    "MAP-01": "current-state",
    "MAP-02": "future-state",
    "MAP-03": "day-in-the-life",
    "MAP-04": "service-blueprint",
    "MAP-05": "onboarding",
    "MAP-06": "opportunity",
    "MAP-07": "persona-based",
    "MAP-08": "micro-journey",
}


def test_there_are_the_eight_map_types_of_the_method() -> None:
    found = {entry["method"]: key for key, entry in catalogue.map_types().items()}
    assert found == METHODS


@pytest.mark.parametrize("map_type", catalogue.map_types())
def test_the_lanes_of_a_map_type_are_defined(map_type: str) -> None:
    entry = catalogue.map_types()[map_type]
    used = [*entry["lanes"], *entry.get("optional", [])]
    assert len(used) == len(set(used))
    assert set(used) <= set(catalogue.lanes())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        *zip(LANGUAGES, LANGUAGES, strict=True),
        *(("de-DE", "de"), ("DE", "de"), ("de_CH", "de"), ("en-GB", "en")),
        *(("zh", "zh-Hant"), ("zh-TW", "zh-Hant"), ("zh_Hant_HK", "zh-Hant"), ("ja-JP", "ja")),
    ],
)
def test_a_language_is_the_nearest_that_has_words(asked: str, found: str) -> None:
    assert catalogue.nearest(asked) == found
    journey = Journey.new("Acme", language=asked)
    assert journey == Journey.new("Acme", language=found)
    assert Journey.new("Acme").change(language=asked).language == found
    assert catalogue.texts(asked) == catalogue.texts(found)


@pytest.mark.parametrize("asked", ["fr", "klingon", "", "x"])
def test_a_language_without_any_words_near_is_refused_with_those_there_are(asked: str) -> None:
    with pytest.raises(UnknownNameError, match="zh-Hant"):
        Journey.new("Acme", language=asked)


def test_every_lane_belongs_to_a_map_type() -> None:
    used = {
        lane
        for entry in catalogue.map_types().values()
        for lane in [*entry["lanes"], *entry.get("optional", [])]
    }
    assert used == set(catalogue.lanes())


@pytest.mark.parametrize("key", catalogue.lanes())
def test_a_lane_is_whole(key: str) -> None:
    entry = catalogue.lanes()[key]
    assert entry["kind"] in typing.get_args(LaneKind)
    assert bool(entry.get("options")) == (entry["kind"] == "choice")
    assert (entry.get("refers_to") in COLLECTIONS) == (entry["kind"] == "reference")
    for language in LANGUAGES:
        words = catalogue.texts(language)["lanes"][key]
        lane = Lane(id=key, **words, **entry)
        assert lane.prompt


@pytest.mark.parametrize("model", catalogue.stage_models())
def test_a_stage_model_is_whole(model: str) -> None:
    entry = catalogue.stage_models()[model]
    stages = entry["stages"]
    grouped = [stage for group in entry.get("groups", {}).values() for stage in group]
    assert grouped in ([], stages)
    assert len(stages) == len(set(stages))
    assert set(entry["post_purchase"]) <= set(stages)
    assert set(entry.get("means", {})) <= set(stages)
    canonical = set(catalogue.stage_models()["saas-8"]["stages"])
    assert set().union(*(catalogue.meaning(model, stage) for stage in stages)) <= canonical
    for language in LANGUAGES:
        words = catalogue.texts(language)
        names = catalogue.stage_names(model, language)
        assert list(names) == stages
        assert len(set(names.values())) == len(stages)
        assert set(words["stage_models"][model].get("called", {})) <= set(stages)
        assert all(words["groups"][group] for group in entry.get("groups", {}))
        assert words["stage_models"][model]["name"]


def read(language: str) -> list[dict[str, typing.Any]]:
    """What each file of a language holds, without English below it."""
    folder = files("jupyter_journey.catalogue").joinpath("languages", language)
    return [yaml.safe_load(file.read_text(encoding="utf-8")) for file in folder.iterdir()]


def words_of(language: str) -> list[str]:
    return [path for part in read(language) for path in paths(part)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_names_everything_the_first_one_names(language: str) -> None:
    assert set(words_of(language)) == set(words_of("en"))
    assert set(catalogue.texts(language)["map_types"]) == set(catalogue.map_types())
    assert set(catalogue.texts(language)["lanes"]) == set(catalogue.lanes())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_has_the_fields_of_the_first_language(language: str) -> None:
    assert dict(fields(catalogue.texts(language))) == dict(fields(catalogue.texts("en")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_of_many_has_the_plural_forms_of_its_language(language: str) -> None:
    forms = {"other", *Locale.parse(language, sep="-").plural_form.tags}
    found = [set(text) for part in read(language) for text in plurals(part)]
    assert len(found) > 3
    assert all(one == forms for one in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_leaves_open_how_many_it_speaks_of(language: str) -> None:
    assert re.findall(r"\w+\((?:s|es|e|n|en)\)", str(catalogue.texts(language))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_channel_is_known_by_words_a_chip_can_be_reduced_to(language: str) -> None:
    said = [word for words in catalogue.texts(language)["channels"].values() for word in words]
    assert [word for word in said if word != " ".join(re.findall(r"[^\W_]+", word.lower()))] == []
    assert len(said) == len(set(said))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("map_type", catalogue.map_types())
def test_lane_names_tell_apart_within_a_map(language: str, map_type: str) -> None:
    words = catalogue.texts(language)
    entry = catalogue.map_types()[map_type]
    lanes = [words["lanes"][key]["name"] for key in [*entry["lanes"], *entry.get("optional", [])]]
    assert len(lanes) == len(set(lanes))


def test_the_three_blueprint_lines_stand_in_order() -> None:
    lanes = catalogue.map_types()["service-blueprint"]["lanes"]
    lines = [catalogue.lanes()[key].get("line_after") for key in lanes]
    assert [line for line in lines if line] == ["interaction", "visibility", "internal-interaction"]
    for language in LANGUAGES:
        assert set(catalogue.texts(language)["lines"]) == set(filter(None, lines))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_in_two_files(language: str) -> None:
    assert len(words_of(language)) == len(set(words_of(language)))


def test_english_comes_first() -> None:
    assert LANGUAGES[0] == "en"


def test_text_goes_by_keys_and_fills_in_fields() -> None:
    assert catalogue.text("en", "lanes", "emotion", "name") == "Emotion"
    assert catalogue.text("en", "widget", "n", n=12) == "n = 12"
    with pytest.raises(UnknownNameError, match="no text 'lanes/emotoin'; did you mean"):
        catalogue.text("en", "lanes", "emotoin")
    with pytest.raises(UnknownNameError):
        catalogue.text("en", "lanes", "emotion", "name", "E")


def test_unknown_ids_name_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="There is no language 'xx'"):
        catalogue.texts("xx")
    with pytest.raises(UnknownNameError, match="did you mean 'onboarding'"):
        catalogue.entry("map type", catalogue.map_types(), "onbording")


def paths(node: object, above: str = "") -> Iterator[str]:
    if isinstance(node, dict) and not is_plural(node):
        for key, item in node.items():
            yield from paths(item, f"{above}/{key}")
    else:
        yield above


def is_plural(node: object) -> typing.TypeGuard[dict[str, str]]:
    forms = {"zero", "one", "two", "few", "many", "other"}
    return isinstance(node, dict) and "other" in node and set(node) <= forms


def plurals(node: object) -> Iterator[dict[str, str]]:
    if is_plural(node):
        yield node
    elif isinstance(node, dict):
        for item in node.values():
            yield from plurals(item)


def fields(node: object, above: str = "") -> Iterator[tuple[str, set[object]]]:
    """Yield the fields of every text with their forms; what is searched has the words it needs."""
    if above == "/channels" or above.endswith(("/aliases", "/also")):
        return
    if is_plural(node):
        node = node["other"]
    if isinstance(node, dict | list):
        for key, item in node.items() if isinstance(node, dict) else enumerate(node):
            yield from fields(item, f"{above}/{key}")
    else:
        parsed = Formatter().parse(str(node))
        yield above, {(name, form) for _, name, form, _ in parsed if name is not None}
