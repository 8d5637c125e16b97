"""Strongly connected components and shortest cycles, held against their definitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter_ext.rules.cycles import Components, Cycle, shortest_cycles

Graph = Mapping[str, Sequence[str]]

NODES = tuple("abcdefg")
GRAPHS = st.fixed_dictionaries(
    {node: st.lists(st.sampled_from(NODES), unique=True, max_size=4) for node in NODES}
)


def reached_from(graph: Graph, start: str) -> frozenset[str]:
    """Return the nodes at the end of any way from a node, the empty way included."""
    found = [start]
    for node in found:
        found.extend(item for item in graph[node] if item not in found)
    return frozenset(found)


def simple_cycles(graph: Graph) -> Iterator[Cycle]:
    """Yield every cycle without a node twice, from its alphabetically first node."""
    ways: list[Cycle] = [(node,) for node in graph]
    for way in ways:
        for following in graph[way[-1]]:
            if following == way[0]:
                yield way
            elif following > way[0] and following not in way:
                ways.append((*way, following))


def edges_of(cycle: Cycle) -> frozenset[tuple[str, str]]:
    return frozenset(zip(cycle, (*cycle[1:], cycle[0]), strict=True))


def cycles_of(graph: Graph) -> dict[frozenset[str], tuple[Cycle, ...]]:
    components = Components(graph.__getitem__)
    return {
        component: shortest_cycles(component, graph.__getitem__)
        for component in map(components.of, graph)
    }


@settings(max_examples=300, deadline=None, derandomize=True)
@given(graph=GRAPHS)
def test_a_component_is_what_reaches_each_other(graph: Graph) -> None:
    components = Components(graph.__getitem__)
    reached = {node: reached_from(graph, node) for node in NODES}

    assert {node: components.of(node) for node in NODES} == {
        node: frozenset(item for item in reached[node] if node in reached[item]) for node in NODES
    }


@settings(max_examples=300, deadline=None, derandomize=True)
@given(graph=GRAPHS, order=st.permutations(NODES))
def test_components_do_not_depend_on_what_is_asked_first(
    graph: Graph, order: Sequence[str]
) -> None:
    one, other = Components(graph.__getitem__), Components(graph.__getitem__)

    assert {node: one.of(node) for node in order} == {node: other.of(node) for node in NODES}


@settings(max_examples=300, deadline=None, derandomize=True)
@given(graph=GRAPHS)
def test_for_each_edge_the_first_of_its_shortest_cycles_is_found(graph: Graph) -> None:
    every = sorted(simple_cycles(graph))
    expected: set[Cycle] = set()
    for edge in {edge for cycle in every for edge in edges_of(cycle)}:
        through = [cycle for cycle in every if edge in edges_of(cycle)]
        length = min(map(len, through))
        from_edge = {starting_at(cycle, edge[1]): cycle for cycle in through}
        expected.add(from_edge[min(way for way in from_edge if len(way) == length)])

    found = {cycle for cycles in cycles_of(graph).values() for cycle in cycles}

    assert found == expected


def starting_at(cycle: Cycle, node: str) -> Cycle:
    place = cycle.index(node)
    return cycle[place:] + cycle[:place]


def test_each_node_is_asked_for_once() -> None:
    graph = {"a": ["b", "c"], "b": ["c"], "c": ["a", "d"], "d": []}
    asked: list[str] = []

    def successors(node: str) -> Sequence[str]:
        asked.append(node)
        return graph[node]

    components = Components(successors)
    for node in ("d", "a", "b", "c", "a"):
        components.of(node)

    assert sorted(asked) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        pytest.param({"a": []}, [], id="a node alone"),
        pytest.param({"a": ["a"]}, [("a",)], id="a node that points to itself"),
        pytest.param({"a": ["b"], "b": []}, [], id="a way without return"),
        pytest.param({"b": ["a"], "a": ["b"]}, [("a", "b")], id="there and back"),
        pytest.param(
            {"a": ["b"], "b": ["a", "c"], "c": ["b"]},
            [("a", "b"), ("b", "c")],
            id="two cycles that share a node",
        ),
        pytest.param(
            {"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": ["a"]},
            [("a", "b", "d"), ("a", "c", "d")],
            id="two ways round",
        ),
        pytest.param(
            {"a": ["b", "c"], "b": ["c", "a"], "c": ["a"]},
            [("a", "b"), ("a", "b", "c"), ("a", "c")],
            id="the longer cycle holds an edge that no shorter one has",
        ),
    ],
)
def test_the_cycles_of_small_graphs(graph: Graph, expected: Sequence[Cycle]) -> None:
    found = {cycle for cycles in cycles_of(graph).values() for cycle in cycles}

    assert sorted(found) == expected


def test_a_chain_longer_than_the_call_stack() -> None:
    last = 20_000
    components = Components(lambda node: [f"{int(node) + 1:05}"] if int(node) < last else ["00000"])
    component = components.of("00000")

    assert len(component) == last + 1
    ring = {str(number): [str((number + 1) % 500)] for number in range(500)}
    assert [len(cycle) for cycle in shortest_cycles(ring.keys(), ring.__getitem__)] == [500]
