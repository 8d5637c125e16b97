"""What the run time says of a tree: of each import statement, each reference, each test file."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from benchmarks.truth_cycles import entries_of
from benchmarks.truth_ground import is_test_file
from benchmarks.truth_layout import Needs
from benchmarks.truth_references import Kind, Reference, references_of
from benchmarks.truth_statements import Statement, Where
from benchmarks.truth_tree import Tree
from benchmarks.truth_workspace import Workspace

MISSING = frozenset({"no module", "no name"})
_MASKED = frozenset({"consequence", "other"})
_IN_A_CYCLE = ("partially initialized module", "circular import")
_MOST_CONFTESTS = 10


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one import statement, or one reference.

    Attributes:
        path:        the file.
        line:        first line of the statement, or line of the string.
        module:      the absolute module, or the target of the reference.
        name:        the name taken from it.
        verdict:     `there`, `no module`, `no name`, `consequence` of another failure, or `other`,
                     where the run time cannot tell.
        explanation: the error.
        root:        where the failure comes from, as path and line.
    """

    path: str
    line: int
    module: str
    name: str | None
    verdict: str
    explanation: str = ""
    root: tuple[str, int] = ("", 0)


@dataclass(frozen=True, slots=True)
class Truth:
    """What the run time says of a tree.

    Attributes:
        statements:    each name of each import statement.
        references:    each reference to the project itself.
        uncollectable: test file → the error that stops pytest.
        aborted:       how pytest stopped altogether, if it did.
        cycles:        the places where a name is taken from a partly initialised module.
    """

    statements: list[Tried]
    references: list[Tried]
    uncollectable: dict[str, str]
    aborted: str = ""
    cycles: list[tuple[str, int]] = field(default_factory=list)

    def as_json(self) -> str:
        """Return it as text."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str) -> Truth:
        """Read it from text."""
        data = json.loads(text)
        for key in ("statements", "references"):
            data[key] = [Tried(**{**item, "root": tuple(item["root"])}) for item in data[key]]
        data["cycles"] = [(path, line) for path, line in data["cycles"]]
        return Truth(**data)


def observe(tree: Tree, workspace: Workspace, needs: Needs, cycle: Sequence[str]) -> Truth:
    """Try everything in the workspace, whose files are those of the tree.

    Args:
        tree:      the files.
        workspace: where they lie.
        needs:     what the run time needs.
        cycle:     modules to enter the tree by, each as the first.
    """
    trial = _Trial(tree, workspace, needs)
    statements, references, cycles = trial.results(
        list(trial.statements()), list(trial.references()), entries_of(tree, cycle)
    )
    uncollectable, aborted = _collect(tree, workspace, needs)
    return Truth(statements, references, uncollectable, aborted, cycles)


def observe_references(
    tree: Tree, workspace: Workspace, needs: Needs, found: Iterable[tuple[str, int, str]]
) -> list[Tried]:
    """Try references that our own reading does not find.

    Args:
        tree:      the files.
        workspace: where they lie.
        needs:     what the run time needs.
        found:     the path, the line and the target of each.
    """
    references = [(path, Reference(line, target, Kind.OBJECT)) for path, line, target in found]
    return _Trial(tree, workspace, needs).results([], references, ())[1] if references else []


class _Trial:
    def __init__(self, tree: Tree, workspace: Workspace, needs: Needs) -> None:
        self._tree = tree
        self._workspace = workspace
        self._needs = needs

    def results(
        self,
        statements: Sequence[tuple[str, Statement]],
        references: Sequence[tuple[str, Reference]],
        entries: Sequence[str],
    ) -> tuple[list[Tried], list[Tried], list[tuple[str, int]]]:
        """Return what became of each statement and reference, and where cycles are fatal."""
        answer = self._ask(statements, references, entries, is_tolerant=False)
        masked = _indices(answer["statements"]), _indices(answer["references"])
        again = self._ask_tolerantly(
            [statements[index] for index in masked[0]], [references[index] for index in masked[1]]
        )
        cycles = sorted(
            {
                (outcome[2], outcome[3])
                for outcome in [*answer["statements"], *answer["entries"]]
                if outcome and outcome[2] and any(text in outcome[1] for text in _IN_A_CYCLE)
            }
        )
        first = _merged(answer["statements"], masked[0], again["statements"])
        second = _merged(answer["references"], masked[1], again["references"])
        return (
            [
                self._of_statement(*item, outcome)
                for item, outcome in zip(statements, first, strict=True)
            ],
            [
                _of_reference(*item, outcome)
                for item, outcome in zip(references, second, strict=True)
            ],
            cycles,
        )

    def statements(self) -> Iterable[tuple[str, Statement]]:
        """Yield the import statements that this Python is meant to run."""
        for path, found in sorted(self._tree.statements.items()):
            for statement in found:
                if not statement.where & (Where.DEAD | Where.DELIBERATE):
                    yield path, statement

    def references(self) -> Iterable[tuple[str, Reference]]:
        """Yield the references to the project itself."""
        for path, module in sorted(self._tree.parsed.items()):
            for reference in references_of(module):
                if reference.target.partition(".")[0] in self._tree.first_party:
                    yield path, reference

    def _ask_tolerantly(
        self,
        statements: Sequence[tuple[str, Statement]],
        references: Sequence[tuple[str, Reference]],
    ) -> dict[str, Any]:
        """Return what becomes of them where no failing statement stops its module."""
        if not statements and not references:
            return {"statements": [], "references": []}
        try:
            return self._ask(statements, references, (), is_tolerant=True)
        except RuntimeError:  # Stand-ins can lead anywhere.
            unknown = ["other", "no answer", "", 0]
            each = ("statements", statements), ("references", references)
            return {key: [unknown] * len(items) for key, items in each}

    def _ask(
        self,
        statements: Sequence[tuple[str, Statement]],
        references: Sequence[tuple[str, Reference]],
        entries: Sequence[str],
        *,
        is_tolerant: bool,
    ) -> dict[str, Any]:
        distinct: dict[tuple[str, ...], int] = {}
        where = [distinct.setdefault(self._key(*item), len(distinct)) for item in statements]
        request = {
            "tree": str(self._workspace.root),
            "paths": [str(path) for path in import_paths(self._workspace.root, self._tree)],
            "prelude": self._needs.prelude,
            "tolerant": is_tolerant,
            "statements": [
                {"base": base, "module": module, "package": package, "code": code}
                for base, module, package, code in distinct
            ],
            "references": [
                {
                    "kind": item.kind,
                    "target": item.target,
                    "attributes": item.attributes,
                    "may_lack": item.may_lack,
                }
                for _, item in references
            ],
            "entries": list(entries),
        }
        answer = self._workspace.run_child("truth_child", request)
        answer["statements"] = [answer["statements"][index] for index in where]
        answer["references"] = answer["references"] or [["other", "no answer", "", 0]] * len(
            references
        )
        return answer

    def _key(self, path: str, statement: Statement) -> tuple[str, ...]:
        """Return what decides how a statement ends: equal ones are tried once."""
        name = self._tree.name_of(path)
        own = {str(item) for item in import_paths(self._workspace.root, self._tree)}
        base = str(self._workspace.root / name.base) if name.base != "." else ""
        is_own = not base or base in own
        package = name.package if statement.level else ""
        module = name.module if statement.level else "truth"
        return "" if is_own else base, module, package, statement.code

    def _of_statement(self, path: str, statement: Statement, outcome: Sequence[Any]) -> Tried:
        module = statement.absolute(self._tree.name_of(path).package)
        verdict, explanation, *root = outcome
        if verdict == "no name" and statement.where & Where.TYPING:
            known = self._tree.modules.get(module)
            if known and statement.name in _bound_for_typing(self._tree.parsed[known]):
                verdict = "there"
        place = (root[0], root[1])
        return Tried(path, statement.line, module, statement.name, verdict, explanation, place)


def import_paths(root: Path, tree: Tree) -> list[Path]:
    """Return the folders on the import path of a project: its top, and that of its packages."""
    base = tree.layout.base
    return [root, root / base] if base != "." else [root]


def _of_reference(path: str, reference: Reference, outcome: Sequence[Any]) -> Tried:
    verdict, explanation, *root = outcome
    place = (root[0], root[1])
    return Tried(path, reference.line, reference.target, None, verdict, explanation, place)


def _indices(outcomes: Sequence[Sequence[Any]]) -> list[int]:
    return [index for index, outcome in enumerate(outcomes) if outcome[0] in _MASKED]


def _merged(
    first: Sequence[Sequence[Any]], masked: Sequence[int], again: Sequence[Sequence[Any]]
) -> list[Sequence[Any]]:
    """Return outcomes in which those of the tolerant run decide what was masked.

    A statement that can only run there is a consequence, with the root of the strict run.
    """
    merged = list(first)
    for index, outcome in zip(masked, again, strict=True):
        if outcome[0] in MISSING:
            merged[index] = outcome
        elif outcome[0] == "there":
            merged[index] = ["consequence", *first[index][1:]]
        else:
            merged[index] = ["other", *first[index][1:]]
    return merged


def _bound_for_typing(module: ast.Module) -> set[str]:
    """Return the names that a module binds under `TYPE_CHECKING`."""
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for part in ast.walk(node):
                if isinstance(part, ast.alias):
                    found.add(part.asname or part.name)
                elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                    found.add(part.id)
                elif isinstance(part, ast.FunctionDef | ast.ClassDef):
                    found.add(part.name)
    return found


def _collect(tree: Tree, workspace: Workspace, needs: Needs) -> tuple[dict[str, str], str]:
    """Return the test files that pytest cannot collect, and how it stopped altogether.

    A conftest.py that fails stops pytest; then it is asked again for the files not below it.
    """
    paths = [str(path) for path in import_paths(workspace.root, tree)]
    found = sorted(path for path in tree.texts if is_test_file(path))
    tests = [path for path in found if not any(fnmatch(path, glob) for glob in needs.ignored)]
    ignoring, chosen = [f"--ignore-glob={glob}" for glob in needs.ignored], list[str]()
    stopped: dict[str, str] = {}
    for _ in range(_MOST_CONFTESTS):
        request = {"paths": paths, "options": [*needs.pytest, *ignoring, *chosen]}
        answer = workspace.run_child("truth_collect", request)
        if not answer["conftest"]:
            for path, error in answer["files"].items():
                if error:
                    stopped.update(dict.fromkeys(_at_or_below(path, tests), error))
            return stopped, answer["aborted"]
        conftest = Path(answer["conftest"]).relative_to(workspace.root)
        below = conftest.as_posix().removesuffix(conftest.name)
        error = f"{conftest}: {answer['error']}"
        stopped.update({path: error for path in tests if path.startswith(below)})
        chosen = [path for path in tests if path not in stopped]
        if not chosen:
            break
    return stopped, ""


def _at_or_below(path: str, tests: Sequence[str]) -> list[str]:
    """Return the test files that a collector stands for, which may be a folder."""
    if path.endswith(".py"):
        return [path]
    return [test for test in tests if test.startswith(f"{path}/")]
