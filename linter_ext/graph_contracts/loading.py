"""Makes graph rules from what the configuration says."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from importlinter import configuration as importlinter_configuration
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract
from importlinter.domain.contract import Contract, InvalidContractOptions

from linter_ext.errors import ConfigurationError, Problem
from linter_ext.graph_contracts.graph import Graph, graph_options
from linter_ext.graph_contracts.judgement import Judgement
from linter_ext.graph_contracts.rule import GraphRule, Place
from linter_ext.project import Project

importlinter_configuration.configure()

BUILT_IN: Mapping[str, type[Contract]] = {
    "acyclic_siblings": AcyclicSiblingsContract,
    "forbidden": ForbiddenContract,
    "independence": IndependenceContract,
    "layers": LayersContract,
    "protected": ProtectedContract,
}


_GRAPH_KEY = "linter_ext.graph"
"""The session option under which the contracts of one run share the graph they read."""


def shared_graph(project: Project, session_options: dict[str, object]) -> Graph:
    """Return the graph that the contracts of one session share."""
    graph = session_options.get(_GRAPH_KEY)
    if not isinstance(graph, Graph):
        graph = Graph(project, graph_options(session_options))
        session_options[_GRAPH_KEY] = graph
    return graph


def make_rule(
    kind: str,
    session_options: Mapping[str, object],
    contract_options: Mapping[str, object],
    graph: Graph,
    place: Place,
) -> GraphRule:
    """Return the rule of a contract.

    Args:
        kind:             the name of a type of import-linter's, or the path of another's class.
        session_options:  what the configuration says for all contracts.
        contract_options: what it says for this one.
        graph:            the graph of the run.
        place:            where the contract stands.

    Raises:
        ConfigurationError: with every mistake in the options; for a class that cannot be had.
    """
    contract_class = BUILT_IN.get(kind) or _imported(kind, graph.project.root)
    try:
        contract = contract_class(
            name=str(contract_options.get("name")),
            session_options=dict(session_options),
            contract_options=dict(contract_options),
        )
    except InvalidContractOptions as error:
        raise ConfigurationError(_problems(error.errors)) from error
    names = (name for name, known in BUILT_IN.items() if known is contract_class)
    return GraphRule(Judgement(contract, next(names, None)), graph, place)


def _problems(errors: Mapping[str, str]) -> Iterator[Problem]:
    for option, text in errors.items():
        fact = " ".join(str(text).split()).rstrip(".")
        yield Problem(fact=fact, remedy="correct the option", key=option)


def _imported(path: str, root: Path) -> type[Contract]:
    """Import the class of another package's contract type, as lint-imports does.

    Raises:
        ConfigurationError: if it cannot be imported, or is no contract type.
    """
    module, _, name = path.rpartition(".")
    place = os.fspath(root)
    if place not in sys.path:
        sys.path.insert(0, place)
    try:
        found = getattr(importlib.import_module(module), name)
    except Exception as error:
        told = " ".join(str(error).split()) or type(error).__name__
        raise ConfigurationError([_no_type(f"'{path}' cannot be imported: {told}")]) from error
    if not (isinstance(found, type) and issubclass(found, Contract)):
        raise ConfigurationError([_no_type(f"'{path}' is not a contract type of import-linter's")])
    return found


def _no_type(fact: str) -> Problem:
    remedy = "correct the line in 'contract_types', or install the package"
    return Problem(fact=fact, remedy=remedy)
