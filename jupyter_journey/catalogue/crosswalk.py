"""From one stage model to another: which stages go where, and what a conversion loses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from jupyter_journey.catalogue.reading import entry, table, words

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CANONICAL", "between", "convert", "meaning", "stage_names"]

CANONICAL = "saas-8"
"""The stage model whose ids the others' stages are compared by."""


def meaning(model: str, stage: str) -> frozenset[str]:
    """Return the canonical stages that a stage of a model stands for.

    Examples
    --------
    >>> sorted(meaning("paypro-9", "expansion"))
    ['adoption', 'expansion']
    """
    found = entry("stage model", table("stage_models"), model)
    return frozenset(found.get("means", {}).get(stage, [stage]))


def stage_names(model: str, language: str = "en") -> dict[str, str]:
    """Return the stages of a model by id, called as the model calls them (TRAP-03).

    Examples
    --------
    >>> stage_names("growfusely-7")["decision"]
    'Adoption'
    """
    found, said = entry("stage model", table("stage_models"), model), words(language)
    own = said["stage_models"].get(model, {}).get("called", {})
    return {key: own.get(key) or said["stages"].get(key, key) for key in found["stages"]}


def convert(source: str, target: str, language: str = "en") -> pd.DataFrame:
    """Say what becomes of each stage when a journey goes from one stage model to another.

    Stages go together where they stand for a canonical stage in common. As models part the journey
    differently, the way there and back may lose detail: whatever is not ``kept`` does.

    Parameters
    ----------
    source, target
        Ids of stage models, two of ``jj.catalogue.stage_models()``.
    language
        Language of the names.

    Returns
    -------
    pandas.DataFrame
        One row per pair of stages that go together, in the order of the source: ``from``,
        ``from_name``, ``to``, ``to_name``, ``what``: ``kept`` (one stage becomes one), ``merged``
        (several become one), ``split`` (one becomes several), ``regrouped`` (several become
        several), ``lost`` (the target has none) and ``new`` (nothing of the source comes here);
        and ``loses``, the canonical stages of ``from`` for which the target has no stage.

    Raises
    ------
    UnknownNameError
        If there is no such stage model.

    Examples
    --------
    >>> change = convert("paypro-9", "treimedia-5").set_index("from_name")
    >>> change.loc["Expansion", "what"], change.loc["Qualification", "to_name"]
    ('lost', 'Consideration')
    """
    ours, theirs = stage_names(source, language), stage_names(target, language)
    meant = {key: meaning(source, key) for key in ours}
    return between(meant, ours, {key: meaning(target, key) for key in theirs}, theirs)


def between(
    meant: Mapping[str, frozenset[str]],
    ours: Mapping[str, str],
    aimed: Mapping[str, frozenset[str]],
    theirs: Mapping[str, str],
) -> pd.DataFrame:
    """Say what becomes of any stages, such as one's own, as :func:`convert` does of a model's.

    Parameters
    ----------
    meant
        The canonical stages that each stands for, by id, in order.
    ours
        Their names, by id.
    aimed, theirs
        The same of the stages they are to become.

    Examples
    --------
    >>> buying = frozenset({"decision"})
    >>> between({"buy": buying}, {"buy": "Buy"}, {"pay": buying}, {"pay": "Pay"}).loc[0, "to_name"]
    'Pay'
    """
    import pandas as pd

    held = frozenset[str]().union(*aimed.values())
    ways = {key: [to for to in theirs if meant[key] & aimed[to]] for key in meant}
    arrivals = {to: sum(to in ends for ends in ways.values()) for to in theirs}
    rows = [
        (key, to, _what(ends, arrivals.get(to, 0)), sorted(meant[key] - held))
        for key, ends in ways.items()
        for to in ends or [""]
    ] + [("", to, "new", []) for to, count in arrivals.items() if count == 0]
    return pd.DataFrame(
        [
            (key or None, ours.get(key), to or None, theirs.get(to), what, tuple(loses))
            for key, to, what, loses in rows
        ],
        columns=["from", "from_name", "to", "to_name", "what", "loses"],
    )


def _what(ends: list[str], arrivals: int) -> str:
    if not ends:
        return "lost"
    if arrivals > 1:
        return "regrouped" if len(ends) > 1 else "merged"
    return "split" if len(ends) > 1 else "kept"
