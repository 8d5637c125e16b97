"""What all our contract types share: options, import-linter's entry points, rendering."""

from __future__ import annotations

import abc
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import ClassVar

from grimp import ImportGraph
from importlinter.application import contract_utils, output
from importlinter.application.contract_utils import AlertLevel
from importlinter.domain.contract import Contract, ContractCheck, InvalidContractOptions
from importlinter.domain.helpers import MissingImport
from rich.markup import escape

from linter_ext import engine
from linter_ext.contract_types.fields import (
    ChoiceField,
    GuidanceField,
    ItemsField,
    ignore_import,
    module_expression,
    option,
)
from linter_ext.engine import Ignore, RuleResult
from linter_ext.errors import ConfigurationError, Problem
from linter_ext.project import Project, open_project
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.violations import Finding, Violation

PROJECT_KEY = "linter_ext.project"
"""The session option under which the contracts of one run share the project they read."""

_VIOLATIONS = "violations"


class Noqa(Enum):
    """What `# noqa` comments do."""

    RESPECT = "respect"
    FORBID = "forbid"


class InvalidOptions(InvalidContractOptions):
    """Options that cannot be used, as import-linter reports them.

    Attributes:
        problems: the same, as values.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        errors: dict[str, str] = {}
        for problem in self.problems:
            key = problem.key or "options"
            text = f"{problem.fact}; {problem.remedy}"
            place = f"{problem.file}:{problem.line}" if problem.line else problem.file
            line = escape(f"{place}: {text}" if place else text)
            errors[key] = f"{errors[key]}\n{line}" if key in errors else line
        super().__init__(errors)


class SourceContract(Contract, abc.ABC):
    """A contract that is judged file by file, from source text."""

    type_name: ClassVar[str]

    source_modules = option(ItemsField(module_expression))
    ignore_imports = option(ItemsField(ignore_import))
    unmatched_ignore_imports_alerting = option(ChoiceField(AlertLevel.ERROR))
    broken_contract_guidance = option(GuidanceField())
    noqa = option(ChoiceField(Noqa.RESPECT))

    @abc.abstractmethod
    def judge(self, file: SourceFile, index: Index) -> Iterable[Finding]:
        """Yield what is wrong with one file; a pure function of its text and of the index."""

    def prepare(self) -> Iterable[Problem]:
        """Read what the options name, and yield what is wrong with it."""
        return ()

    @property
    def identifier(self) -> str:
        """The contract's id; its name, where the configuration gives no id (TOML)."""
        return str(self.contract_options.get("id", self.name))

    @property
    def modules(self) -> Sequence[str]:
        """The module expressions of the importers it is about; none means all."""
        return self.source_modules

    @property
    def ignores(self) -> Sequence[Ignore]:
        """The imports it leaves alone."""
        return self.ignore_imports

    @property
    def respects_noqa(self) -> bool:
        """Whether `noqa` comments count."""
        return self.noqa is Noqa.RESPECT

    @cached_property
    def project(self) -> Project:
        """The project, shared by the contracts of one run.

        Under lint-imports the project root is the working directory, where it looks for its
        configuration.

        Raises:
            ConfigurationError: for roots that cannot be found.
        """
        project = self.session_options.get(PROJECT_KEY)
        if not isinstance(project, Project):
            project = open_project(Path.cwd(), self.session_options)
            self.session_options[PROJECT_KEY] = project
        return project

    def validate(self) -> None:
        """Read tables; called by import-linter once the options are parsed.

        Raises:
            InvalidOptions: with every mistake in them.
        """
        try:
            _ = self.project
        except ConfigurationError as error:
            raise InvalidOptions(error.problems) from error
        problems = tuple(self.prepare())
        if problems:
            raise InvalidOptions(problems)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Judge the project's files. import-linter's graph has no names, so it is not used.

        Raises:
            MissingImport: for unmatched `ignore_imports`, as import-linter's own types.
            ConfigurationError: for `source_modules` that match nothing.
        """
        report = engine.check(self.project, [self])
        (result,) = report.results
        violations = sorted([*result.violations, *report.unchecked], key=lambda item: item.sort_key)
        return ContractCheck(
            kept=not violations,
            metadata={_VIOLATIONS: violations},
            warnings=[escape(text) for text in self.warnings(result)],
            ignored_import_count=result.ignored,
        )

    def warnings(self, result: RuleResult) -> list[str]:
        """Return a warning for each line of `ignore_imports` that hides nothing.

        Raises:
            MissingImport: with all of them, where the alerting level is `error`.
        """
        messages = [f"No matches for ignored import {ignore}." for ignore in result.unmatched]
        if messages and self.unmatched_ignore_imports_alerting is AlertLevel.ERROR:
            raise MissingImport("\n".join(messages))
        return messages if self.unmatched_ignore_imports_alerting is AlertLevel.WARN else []

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print the violations in import-linter's style, each on one line, grouped by importer."""
        violations: list[Violation] = check.metadata[_VIOLATIONS]
        for importer, found in groupby(violations, key=lambda item: item.importer):
            output.print_error(f"{escape(importer)}:")
            output.new_line()
            for violation in found:
                # Not output.print: it would fold the line, and read brackets as markup.
                output.console.print(
                    f"-   {violation}",
                    style=output.COLORS[output.ERROR],
                    markup=False,
                    soft_wrap=True,
                )
            output.new_line()
        contract_utils.render_broken_contract_guidance(escape(self.broken_contract_guidance))
