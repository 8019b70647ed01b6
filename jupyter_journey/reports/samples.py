"""The samples in every language: the same map, and what it says said otherwise."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from jupyter_journey import catalogue, paths
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import COLLECTIONS

__all__ = ["sample_interviews", "sample_map"]


def sample_map(path: Path, language: str) -> Journey:
    """Load a sample's map in a language; ids, figures and names of events are those of the file.

    What the catalogue names, such as lanes and the stages of its models, has the catalogue's
    words. All else has those of ``words/<language>.yaml`` in the sample's folder; what stands in
    neither stays English.

    Parameters
    ----------
    path
        A ``*.journey.json`` in a folder of :func:`jupyter_journey.paths.sample_data`.
    language
        The nearest of ``jj.catalogue.languages()``.

    Raises
    ------
    UnknownNameError
        If there are no words in the language.

    Examples
    --------
    >>> saas = paths.sample_data() / "saas"
    >>> sample_map(saas / "saas.journey.json", "de").stages["name"].tolist()[:3]
    ['Aufmerksamkeit', 'Abwägung', 'Entscheidung']
    """
    journey = Journey.load(path)
    empty = Journey.new(
        journey.title,
        map_type=journey.map_type,
        stages=journey.document.stage_model or (),
        language=language,
    )
    words = _words(path, empty.language)
    held, begun = json.loads(journey.dumps()), json.loads(empty.dumps())
    for collection, kind in COLLECTIONS.items():
        named = {one.get("id"): one for one in begun.get(collection, [])}
        said = (
            _said(record, words) | named.get(record.get("id"), {})
            for record in held.get(collection, [])
        )
        records = [kind.model_validate_json(json.dumps(record)) for record in said]
        journey = journey.replace(collection, records)
    about = {name: _said(getattr(journey.document, name), words) for name in ("title", "usp")}
    return journey.change(**about, language=language)


def sample_interviews(path: Path, language: str) -> str:
    """Return a sample's table of interviews with the answers in a language, as a file holds it.

    Parameters
    ----------
    path
        An ``interviews.csv`` in a folder of :func:`jupyter_journey.paths.sample_data`.
    language
        The nearest of ``jj.catalogue.languages()``.

    Raises
    ------
    UnknownNameError
        If there are no words in the language.

    Examples
    --------
    >>> file = paths.sample_data() / "saas" / "interviews.csv"
    >>> sample_interviews(file, "de").splitlines()[3][:30]
    '3,executive,Leitung Operations'
    """
    words = _words(path, catalogue.known_language(language))
    with path.open(encoding="utf-8", newline="") as file:
        rows = [_said(row, words) for row in csv.reader(file)]
    told = io.StringIO()
    csv.writer(told, lineterminator="\n").writerows(rows)
    return told.getvalue()


def _words(path: Path, language: str) -> Mapping[str, str]:
    folder = paths.sample_data()
    sample = folder / path.resolve().relative_to(folder).parts[0]
    file = sample / "words" / f"{language}.yaml"
    return yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _said(value: Any, words: Mapping[str, str]) -> Any:
    """Return what is said in other words; ids and events have none, as they are no sentences."""
    if isinstance(value, dict):
        return {key: _said(item, words) for key, item in value.items()}
    if isinstance(value, list):
        return [_said(item, words) for item in value]
    return words.get(value, value) if isinstance(value, str) else value
