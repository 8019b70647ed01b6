"""The samples in every language: the same map, and what it says said otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from jupyter_journey import paths
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import COLLECTIONS

__all__ = ["sample_map"]


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
        One of ``jj.catalogue.languages()``.

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
    journey, words = Journey.load(path), _words(path, language)
    empty = Journey.new(
        journey.title,
        map_type=journey.map_type,
        stages=journey.document.stage_model or (),
        language=language,
    )
    held, begun = json.loads(journey.dumps()), json.loads(empty.dumps())
    for collection, kind in COLLECTIONS.items():
        named = {one.get("id"): one for one in begun.get(collection, [])}
        said = (
            _said(record, words) | named.get(record.get("id"), {})
            for record in held.get(collection, [])
        )
        records = [kind.model_validate_json(json.dumps(record)) for record in said]
        journey = journey.replace(collection, records)
    return journey.change(title=_said(journey.title, words), language=language)


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
