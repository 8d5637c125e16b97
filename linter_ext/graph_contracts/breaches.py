"""What breaks a contract of import-linter's own types: read from its result, no matter how kept.

Each contract type keeps its result in a form of its own (`ContractCheck.metadata`); here all of
them become chains of imports.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from linter_ext.codes import Code

if TYPE_CHECKING:
    from importlinter.domain.contract import ContractCheck

Chain = tuple[str, ...]
"""Modules, each of which imports the next one."""


class Breach(NamedTuple):
    """A chain of imports that is not allowed.

    Attributes:
        code:     the code of the contract type.
        importer: the module that the contract is about; for siblings, what they lie in.
        imported: the module it is not to reach; for siblings, the same again.
        chain:    the modules on the way, at least two.
    """

    code: Code
    importer: str
    imported: str
    chain: Chain


class Breaches(NamedTuple):
    """All that breaks one contract.

    Attributes:
        chains:     the chains of imports that are not allowed.
        undeclared: the modules that no layer of an exhaustive contract names.
    """

    chains: tuple[Breach, ...]
    undeclared: tuple[str, ...] = ()


def read_breaches(type_name: str, check: ContractCheck) -> Breaches:
    """Return what breaks a contract of one of import-linter's own types, sorted."""
    chains = sorted(set(_READERS[type_name](check.metadata)))
    undeclared = check.metadata.get("undeclared_modules", ())
    return Breaches(tuple(chains), tuple(sorted(undeclared)))


class _Link(TypedDict):
    importer: str
    imported: str


class _Route(TypedDict):
    """A chain, with what it may also begin and end with."""

    chain: list[_Link]
    extra_firsts: list[_Link]
    extra_lasts: list[_Link]


_Metadata = Mapping[str, Any]


def _forbidden(metadata: _Metadata) -> Iterator[Breach]:
    for found in metadata["invalid_chains"]:
        for links in found["chains"]:
            chain = (links[0]["importer"], *(link["imported"] for link in links))
            yield Breach(
                Code.FORBIDDEN, found["downstream_module"], found["upstream_module"], chain
            )


def _layers(metadata: _Metadata) -> Iterator[Breach]:
    for found in metadata["invalid_dependencies"]:
        for chain in itertools.chain.from_iterable(map(_chains, found["routes"])):
            yield Breach(Code.LAYERS, found["importer"], found["imported"], chain)


def _independence(metadata: _Metadata) -> Iterator[Breach]:
    for found in metadata["invalid_chains"]:
        for chain in itertools.chain.from_iterable(map(_chains, found["chains"])):
            yield Breach(
                Code.INDEPENDENCE, found["downstream_module"], found["upstream_module"], chain
            )


def _chains(route: _Route) -> Iterator[Chain]:
    """Yield the chains of a route: with each beginning, and with each end, at least once."""
    links = route["chain"]
    middle = [link["imported"] for link in links[:-1]]
    heads = [link["importer"] for link in (links[0], *route["extra_firsts"])]
    tails = [link["imported"] for link in (links[-1], *route["extra_lasts"])]
    for head in heads:
        yield (head, *middle, tails[0])
    for tail in tails[1:]:
        yield (heads[0], *middle, tail)


def _protected(metadata: _Metadata) -> Iterator[Breach]:
    for found in metadata["illegal_imports"]:
        for link in found.illegal_links:
            chain = (link["importer"], link["imported"])
            yield Breach(Code.PROTECTED, link["importer"], found.top_level_module, chain)


def _acyclic_siblings(metadata: _Metadata) -> Iterator[Breach]:
    for package, breakers in metadata["cycle_breakers_by_package"].items():
        for importer, imported in breakers:
            yield Breach(Code.ACYCLIC_SIBLINGS, package, package, (importer, imported))


_READERS: Mapping[str, Callable[[_Metadata], Iterator[Breach]]] = {
    "forbidden": _forbidden,
    "layers": _layers,
    "independence": _independence,
    "protected": _protected,
    "acyclic_siblings": _acyclic_siblings,
}
