"""A graph in layers: where its nodes and the bends of its links stand, with few crossings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import fmean
from typing import NamedTuple

__all__ = ["Layout", "layered"]

Node = tuple[str, int]
"""A name and its layer; a bend bears the name of its link."""
Point = tuple[float, float]
"""Layer and row, the rows of each layer around 0."""
_SWEEPS = 8


class Layout(NamedTuple):
    """Where everything stands."""

    nodes: Mapping[str, Point]
    links: Sequence[tuple[str, str, tuple[Point, ...]]]
    """Source, target and the points between them."""


def layered(layers: Mapping[str, int], links: Sequence[tuple[str, str]]) -> Layout:
    """Order the nodes of each layer so that links cross little (K. Sugiyama et al. 1981).

    A link over several layers bends in each between, so that it runs past the nodes there. The
    order within layers comes of sweeps forth and back, each node going to the mean place of those
    it is linked to in the layer before.

    Parameters
    ----------
    layers
        Layer by name of node, in the order they begin with.
    links
        Source and target; those back to an earlier layer, or within one, have no bends.

    Examples
    --------
    >>> layout = layered({"a": 0, "b": 0, "c": 1, "d": 1}, [("a", "d"), ("b", "c")])
    >>> layout.nodes["d"] < layout.nodes["c"]
    True
    """
    ways = [_way(link, layers) for link in links]
    rows: dict[int, list[Node]] = {}
    for node in [*layers.items(), *(bend for way in ways for bend in way[1:-1])]:
        rows.setdefault(node[1], []).append(node)
    near: dict[Node, list[Node]] = {}
    for way in ways:
        for one, other in pairwise(way):
            near.setdefault(one, []).append(other)
            near.setdefault(other, []).append(one)
    for sweep in range(_SWEEPS):
        step = -1 if sweep % 2 else 1
        for layer in sorted(rows, reverse=step < 0):
            rows[layer] = _sorted(rows[layer], near, rows, layer - step)
    places = {node: _place(at, row) for row in rows.values() for at, node in enumerate(row)}
    return Layout(
        {name: places[name, layer] for name, layer in layers.items()},
        [
            (source, target, tuple(places[bend] for bend in way[1:-1]))
            for (source, target), way in zip(links, ways, strict=True)
        ],
    )


def _way(link: tuple[str, str], layers: Mapping[str, int]) -> list[Node]:
    source, target = link
    first, last = layers[source], layers[target]
    bends = [(f"{source}\n{target}", layer) for layer in range(first + 1, last)]
    return [(source, first), *bends, (target, last)]


def _sorted(
    row: list[Node], near: Mapping[Node, list[Node]], rows: Mapping[int, list[Node]], beside: int
) -> list[Node]:
    """Put each node at the mean place of its neighbours in the layer beside; without, leave it."""
    places = {node: _place(at, rows[beside])[1] for at, node in enumerate(rows.get(beside, ()))}
    wanted = []
    for at, node in enumerate(row):
        found = [places[other] for other in near.get(node, ()) if other in places]
        wanted.append((fmean(found) if found else _place(at, row)[1], at, node))
    return [node for _, _, node in sorted(wanted)]


def _place(at: int, row: Sequence[Node]) -> Point:
    return row[at][1], at - (len(row) - 1) / 2
