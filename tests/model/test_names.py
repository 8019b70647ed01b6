"""Ids from names, names back to ids, and the nearest name for a typo."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_journey import Journey
from jupyter_journey.errors import DuplicateNameError, UnknownNameError
from jupyter_journey.model.names import id_of, slug, unique_id
from jupyter_journey.model.records import Stage


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Time to first value (days)", "time-to-first-value-days"),
        ("  Müller & Söhne  ", "müller-söhne"),
        ("比較 検討", "比較-検討"),
        ("ﾄﾗｲｱﾙ", "トライアル"),
        ("評估／試用", "評估-試用"),
        ("../etc/passwd", "etc-passwd"),
        ("A\x00B\tC", "a-b-c"),
        ("🧭", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_slugs(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text(), st.sets(st.sampled_from(["unnamed", "a", "a-2", "a-3"])))
def test_a_unique_id_is_free_valid_and_steady(name: str, taken: set[str]) -> None:
    key = unique_id(name, taken)
    assert key not in taken
    assert re.fullmatch(r"[^\s/\\]+", key)
    assert Stage(id=key, name="any").id == key
    assert key == slug(name) or key.startswith(f"{slug(name)}-")


def test_an_id_stays_when_the_name_changes(acme: Journey) -> None:
    renamed = acme.replace("stages", acme.stages.assign(name=acme.stages["name"].str.upper()))
    assert renamed.stages["id"].tolist() == acme.stages["id"].tolist()
    assert renamed.cells["stage_id"].tolist() == acme.cells["stage_id"].tolist()


def test_an_id_or_a_name_is_found() -> None:
    names = {"trial": "Trial", "paid": "Paid", "paid-2": "Paid"}
    assert id_of("stage", "trial", names) == "trial"
    assert id_of("stage", "Trial", names) == "trial"
    with pytest.raises(DuplicateNameError, match="Two stages are named 'Paid'"):
        id_of("stage", "Paid", names)


def test_a_typo_gets_the_nearest_name() -> None:
    with pytest.raises(UnknownNameError) as caught:
        id_of("stage", "Trail", {"trial": "Trial", "paid": "Paid"})
    assert str(caught.value) == "There is no stage 'Trail'; did you mean 'Trial'?"
    assert (caught.value.kind, caught.value.name) == ("stage", "Trail")
    with pytest.raises(UnknownNameError, match=r"Known: Paid, Trial\."):
        id_of("stage", "zzz", {"trial": "Trial", "paid": "Paid"})
    with pytest.raises(UnknownNameError, match="none is defined yet"):
        id_of("persona", "zzz", {})
