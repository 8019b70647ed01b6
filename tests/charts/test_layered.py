"""A graph in layers: every node and link has its place, and links cross less."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_journey.charts.layered import layered

Links = list[tuple[str, str]]


def crossings(rows: dict[str, float], links: Links) -> int:
    """Count the pairs of links that cross between two layers."""
    ends = [(rows[source], rows[target]) for source, target in links]
    return sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(ends, 2))


def test_links_are_untangled() -> None:
    lefts, rights = list("abcdef"), list("uvwxyz")
    links = list(zip(lefts, reversed(rights), strict=True))
    layers = dict.fromkeys(lefts, 0) | dict.fromkeys(rights, 1)
    rows = {name: row for name, (_, row) in layered(layers, links).nodes.items()}
    assert crossings(rows, links) == 0


def test_a_long_link_runs_past_what_lies_between() -> None:
    layout = layered({"a": 0, "b": 1, "c": 2}, [("a", "b"), ("b", "c"), ("a", "c")])
    bends = next(bends for *ends, bends in layout.links if ends == ["a", "c"])
    assert [layer for layer, _ in bends] == [1]
    assert bends[0][1] != layout.nodes["b"][1]


NAMES = "abcdefgh"
LAYERS = st.fixed_dictionaries({name: st.integers(0, 3) for name in NAMES})
LINKS = st.lists(st.sampled_from(list(product(NAMES, NAMES))), unique=True, max_size=20)


@settings(max_examples=60, deadline=None)
@given(LAYERS, LINKS)
def test_all_have_a_place_of_their_own(layers: dict[str, int], links: Links) -> None:
    layout = layered(layers, links)
    assert {name: layer for name, (layer, _) in layout.nodes.items()} == layers
    assert [(source, target) for source, target, _ in layout.links] == links
    bends = [bend for *_, way in layout.links for bend in way]
    places = [*layout.nodes.values(), *bends]
    assert len(set(places)) == len(places)
