"""Cycles in a graph. Nodes are names; nothing here knows what they stand for.

None of it is recursive: graphs of imports are deeper than Python's own calls may nest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set

Successors = Callable[[str], Sequence[str]]
"""Gives the nodes that a node points to."""

Cycle = tuple[str, ...]
"""The nodes of a cycle in order, each once, the alphabetically first one in front."""


class Components:
    """The strongly connected components of a graph, found as they are asked for.

    All questions together visit each node once (Tarjan 1972).
    """

    def __init__(self, successors: Successors) -> None:
        self._successors = successors
        self._components: dict[str, frozenset[str]] = {}

    def of(self, node: str) -> frozenset[str]:
        """Return the nodes that the node reaches and that reach it, itself included."""
        if node not in self._components:
            self._search(node)
        return self._components[node]

    def _search(self, start: str) -> None:
        """Find the components of everything that can be reached from a node."""
        numbers: dict[str, int] = {}
        lowest: dict[str, int] = {}
        open_nodes: list[str] = []
        path: list[tuple[str, Iterator[str]]] = []

        def enter(node: str) -> None:
            numbers[node] = lowest[node] = len(numbers)
            open_nodes.append(node)
            path.append((node, iter(self._successors(node))))

        enter(start)
        while path:
            node, rest = path[-1]
            for following in rest:
                if following in self._components:
                    continue
                if following not in numbers:
                    enter(following)
                    break
                lowest[node] = min(lowest[node], numbers[following])
            else:
                path.pop()
                if path:
                    above = path[-1][0]
                    lowest[above] = min(lowest[above], lowest[node])
                if lowest[node] == numbers[node]:
                    self._close(node, open_nodes)

    def _close(self, node: str, open_nodes: list[str]) -> None:
        """Make a component of a node and of what was entered after it and is still open."""
        position = len(open_nodes) - 1
        while open_nodes[position] != node:
            position -= 1
        component = frozenset(open_nodes[position:])
        del open_nodes[position:]
        self._components.update(dict.fromkeys(component, component))


def shortest_cycles(component: Set[str], successors: Successors) -> tuple[Cycle, ...]:
    """Return, for each edge inside a component, a shortest cycle through it, each cycle once.

    Of several that are equally short, the one whose nodes come first by their names.

    Args:
        component:  the nodes, each of which reaches all others.
        successors: gives the nodes that a node points to; those outside do not count.
    """
    inside = {
        node: tuple(sorted(item for item in set(successors(node)) if item in component))
        for node in component
    }
    backwards: dict[str, list[str]] = {node: [] for node in component}
    for node, following in inside.items():
        for item in following:
            backwards[item].append(node)
    found: set[Cycle] = set()
    for node, following in inside.items():
        distances = _distances(node, backwards, set(following))
        found.update(_rotated((node, *_way(item, node, inside, distances))) for item in following)
    return tuple(sorted(found))


def _distances(
    target: str, backwards: Mapping[str, Sequence[str]], wanted: Set[str]
) -> dict[str, int]:
    """Return how far nodes are from the target; of those nearest to it, until all wanted are."""
    distances = {target: 0}
    border = [target]
    missing = set(wanted) - {target}
    while border and missing:
        distance = distances[border[0]] + 1
        reached = {item for node in border for item in backwards[node] if item not in distances}
        distances.update(dict.fromkeys(reached, distance))
        missing -= reached
        border = sorted(reached)
    return distances


def _way(
    start: str, target: str, inside: Mapping[str, Sequence[str]], distances: Mapping[str, int]
) -> Iterator[str]:
    """Yield the nodes of a shortest way, without the target."""
    node = start
    while node != target:
        yield node
        nearer = distances[node] - 1
        node = next(item for item in inside[node] if distances.get(item) == nearer)


def _rotated(nodes: Cycle) -> Cycle:
    first = nodes.index(min(nodes))
    return nodes[first:] + nodes[:first]
