"""`resolvable_imports`: what is imported exists."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from linter_ext.errors import ConfigurationError, Problem
from linter_ext.rules.advice import Advice
from linter_ext.rules.base import SourceRule
from linter_ext.rules.dead_references import (
    find_dead_entry_points,
    find_dead_references,
    find_dead_settings,
)
from linter_ext.rules.fields import ChoiceField, ItemsField, option
from linter_ext.rules.idle_patches import find_idle_patches
from linter_ext.rules.missing_imports import Fallbacks, ThirdParty, find_missing
from linter_ext.rules.table_files import read_tables, without_file
from linter_ext.source.django_settings import depends_on_django
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.standard_library import is_standard
from linter_ext.tables.moves import MoveTable, parse_moves
from linter_ext.violations import Finding

_PYPROJECT = "pyproject.toml"


class References(Enum):
    """What to do with strings that name modules and objects."""

    IGNORE = "ignore"
    RESOLVE = "resolve"
    """What they name must exist."""
    EFFECTIVE = "effective"
    """And a patch must change what some code looks up."""


class ResolvableImports(SourceRule):
    """What is imported, or named by a string that the run time imports, exists.

    Configuration options:
        - optional:    `report` (default) or `ignore` first-party imports behind a fallback.
        - third_party: `ignore` (default), or `installed` to look for them in the environment.
        - references:  `resolve` (default), `ignore`, or `effective` to see idle patches too.
        - moves:       TOML files of moves, which say where to go.
    """

    type_name = "resolvable_imports"

    optional = option(ChoiceField(Fallbacks.REPORT))
    third_party = option(ChoiceField(ThirdParty.IGNORE))
    references = option(ChoiceField(References.RESOLVE))
    moves = option(ItemsField(str))

    table: MoveTable = MoveTable.of(())

    def prepare(self) -> Iterator[Problem]:
        """Read the move tables."""
        tables, problems = read_tables(self.project.root, "moves", self.moves, parse_moves)
        yield from problems
        try:
            self.table = MoveTable.of([move for one in tables for move in one])
        except ConfigurationError as error:
            yield from without_file(error.problems, "moves")

    def judge(self, file: SourceFile, index: Index) -> Iterator[Finding]:
        """Yield one finding for each import, and each reference, of what is not there.

        Where a module is at fault, one finding stands for all names that a statement takes
        from it.
        """
        for finding in self._found(file, index):
            if self._is_concerned(finding, index):
                yield finding

    @property
    def heeds_lookups(self) -> bool:
        """Whether what a module's own code looks up counts in other files."""
        return self.references is References.EFFECTIVE

    def judge_project(self, index: Index) -> Iterator[tuple[str, Finding]]:
        """Yield what is wrong with the entry points in pyproject.toml."""
        if self.source_modules or self.references is References.IGNORE:
            return
        text = index.build_texts().get(_PYPROJECT)
        if text is not None:
            for finding in find_dead_entry_points(text, index, Advice(self.table, index)):
                yield _PYPROJECT, finding

    def _found(self, file: SourceFile, index: Index) -> Iterator[Finding]:
        advice = Advice(self.table, index)
        yield from find_missing(file, index, advice, self.optional, self.third_party)
        if self.references is not References.IGNORE:
            yield from find_dead_references(file, index, advice)
            if index.derived(_uses_django):
                yield from find_dead_settings(file, index, advice)
        if self.references is References.EFFECTIVE:
            yield from find_idle_patches(file, index)

    def _is_concerned(self, finding: Finding, index: Index) -> bool:
        if self.third_party is ThirdParty.INSTALLED or finding.cause is None:
            return True
        if finding.cause.startswith("."):  # A relative import that climbs out.
            return True
        return is_standard(finding.cause) or index.tree.is_first_party(finding.cause)


def _uses_django(index: Index) -> bool:
    return depends_on_django(index.build_texts().values())
