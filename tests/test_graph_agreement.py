"""Whatever a project imports, contracts of import-linter's own types end as under lint-imports."""

from __future__ import annotations

import ast
import json
import random
import re
import tempfile
from pathlib import Path

import pytest
from grimp import ImportGraph

from linter_ext import configuration
from linter_ext.configuration_file import find_configuration
from linter_ext.graph_contracts.graph import Graph
from linter_ext.graph_contracts.rule import GraphRule
from tests.front_ends import run_check, run_flake8, run_json, run_lint_imports, write
from tests.graph_projects import generate

_PROJECTS = 48
"""Each has a contract of all five types: 240 contracts."""
_FATE = re.compile(r"^The (\w+) (KEPT|BROKEN)", re.MULTILINE)


def graph_of(root: Path) -> Graph:
    file = find_configuration(root)
    assert file is not None
    rule = configuration.load(file).contracts[0]
    assert isinstance(rule, GraphRule)
    return rule.graph


def edges(graph: ImportGraph) -> dict[tuple[str, str], list[int]]:
    return {
        (importer, imported): sorted(
            detail["line_number"]
            for detail in graph.get_import_details(importer=importer, imported=imported)
        )
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
    }


def statement_at(text: str, line: int) -> ast.Import | ast.ImportFrom:
    """Return the import statement on a line."""
    (found,) = (
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and node.lineno <= line <= (node.end_lineno or 0)
    )
    return found


@pytest.mark.parametrize("seed", range(_PROJECTS))
def test_every_contract_ends_as_under_lint_imports(seed: int) -> None:
    project = generate(random.Random(seed))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, project.files)
        theirs = dict(_FATE.findall(run_lint_imports(root).output))
        outcome = run_check(root, "--format", "json")
        found = json.loads(outcome.output)
        ours = {item["id"]: "KEPT" if item["kept"] else "BROKEN" for item in found["contracts"]}

        assert theirs.keys() == set(project.kinds)
        assert ours == theirs, project.files[".importlinter"]
        known = edges(graph_of(root).built)
        for item in found["violations"]:
            if item["path"] in project.files and item["target"] != item["importer"]:
                statement = statement_at(project.files[item["path"]], item["line"])
                assert statement.lineno in known[item["importer"], item["target"]], item
        assert run_flake8(root).violations == [
            line for line in run_json(root) if not line.startswith(".importlinter")
        ]


@pytest.mark.parametrize("seed", range(_PROJECTS))
def test_our_own_graph_is_that_of_grimp(seed: int) -> None:
    project = generate(random.Random(seed))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, project.files)
        graph = graph_of(root)
        by_grimp, by_facts = graph._by_grimp(), graph._by_facts()  # noqa: SLF001

        assert by_grimp is not None
        assert by_grimp.modules == by_facts.modules
        assert edges(by_grimp) == edges(by_facts)
        for module in by_grimp.modules:
            assert by_grimp.is_module_squashed(module) == by_facts.is_module_squashed(module)
