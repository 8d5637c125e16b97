"""What all our contract types share: options, import-linter's entry points, rendering."""

from __future__ import annotations

import abc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import ClassVar

from grimp import ImportGraph
from importlinter.application import contract_utils, output
from importlinter.application.contract_utils import AlertLevel
from importlinter.domain.contract import Contract, ContractCheck, InvalidContractOptions
from importlinter.domain.fields import Field
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
from linter_ext.errors import Problem
from linter_ext.project import Project, open_project
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.violations import Finding, Violation

PROJECT_KEY = "linter_ext.project"
"""The session option under which the contracts of one run share the project they read."""

_VIOLATIONS = "violations"
_RED = output.COLORS[output.ERROR]
_INDENT = " " * output.INDENT_SIZE
_UNRECOGNIZED = "Unrecognized option."


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
            key = escape(problem.key or "options")
            line = escape(_told(problem))
            errors[key] = f"{errors[key]}\n{_INDENT}{key}: {line}" if key in errors else line
        super().__init__(errors)


def _told(problem: Problem) -> str:
    """Return a problem without its key, on one line."""
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    # No colon after the line number: Rich would read `:100:` as an emoji.
    return " ".join(f"{place or ''} {problem.fact}; {problem.remedy}".split())


class SourceContract(Contract, abc.ABC):
    """A contract that is judged file by file, from source text."""

    type_name: ClassVar[str]
    is_read_in_part = False
    """Whether options could not be parsed; their defaults then say nothing of the user's will."""

    source_modules = option(ItemsField(module_expression))
    ignore_imports = option(ItemsField(ignore_import))
    unmatched_ignore_imports_alerting = option(ChoiceField(AlertLevel.ERROR))
    broken_contract_guidance = option(GuidanceField())
    noqa = option(ChoiceField(Noqa.RESPECT))

    def __init__(
        self, name: str, session_options: dict[str, object], contract_options: dict[str, object]
    ) -> None:
        """Take the options.

        Raises:
            InvalidOptions: with every mistake in them, those in tables included.
        """
        try:
            super().__init__(name, session_options, contract_options)
        except InvalidOptions:
            raise
        except InvalidContractOptions as error:
            self.is_read_in_part = True
            self._use_defaults(error.errors)
            problems = [*_option_problems(error.errors, self._options()), *self._problems()]
            raise InvalidOptions(problems) from error

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

    @property
    def project(self) -> Project:
        """The project, shared by the contracts of one run."""
        return self._opened[0]

    def validate(self) -> None:
        """Read tables; called by import-linter once the options are parsed.

        Raises:
            InvalidOptions: with every mistake in them.
        """
        problems = tuple(self._problems())
        if problems:
            raise InvalidOptions(problems)

    @classmethod
    def _options(cls) -> list[str]:
        return [name for name in dir(cls) if isinstance(getattr(cls, name), Field)]

    def _use_defaults(self, options: Iterable[str]) -> None:
        """Give each option that could not be parsed its default, to go on looking for mistakes."""
        for name in options:
            field = getattr(type(self), name, None)
            if isinstance(field, Field):
                setattr(self, name, field.default)

    @cached_property
    def _opened(self) -> tuple[Project, tuple[Problem, ...]]:
        """The project and the mistakes in the session options.

        Under lint-imports the project root is the working directory, where it looks for its
        configuration. A front end of ours opens the project itself, and tells its mistakes.
        """
        project = self.session_options.get(PROJECT_KEY)
        if isinstance(project, Project):
            return project, ()
        project, problems = open_project(Path.cwd(), self.session_options)
        if not problems:
            self.session_options[PROJECT_KEY] = project
        return project, problems

    def _problems(self) -> Iterator[Problem]:
        """Yield everything that is wrong with the options."""
        yield from self._opened[1]
        for expression in self.source_modules:
            if not self.project.holds(expression):
                remedy = "name a module or package of the root packages or source paths"
                fact = f"'{expression}' matches no module"
                yield Problem(fact=fact, remedy=remedy, key="source_modules")
        yield from self.prepare()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002
        """Judge the project's files. import-linter's graph has no names, so it is not used.

        Raises:
            MissingImport: for unmatched `ignore_imports`, as import-linter's own types.
        """
        report = engine.check(self.project, [self])
        (result,) = report.results
        output.verbose_print(verbose, f"Judged {report.files} files by their text.")
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
            _print_error(f"{importer}:", bold=True)
            output.new_line()
            for violation in found:
                _print_error(f"-   {violation}")
            output.new_line()
        contract_utils.render_broken_contract_guidance(escape(self.broken_contract_guidance))


def _print_error(line: str, *, bold: bool = False) -> None:
    """Print a line as it is.

    import-linter's own `print` would fold it, read brackets as markup and `:100:` as an emoji.
    """
    encoding = output.console.encoding
    output.console.print(
        line.encode(encoding, "backslashreplace").decode(encoding),
        style=f"bold {_RED}" if bold else _RED,
        markup=False,
        emoji=False,
        soft_wrap=True,
    )


def _option_problems(errors: Mapping[str, str], options: Iterable[str]) -> Iterator[Problem]:
    """Yield the mistakes that import-linter found while it parsed the options."""
    for key, messages in errors.items():
        for message in messages.split("\n"):
            fact, _, remedy = message.partition("; ")
            if message.startswith(_UNRECOGNIZED):
                fact = "unknown option"
                found = message.removeprefix(_UNRECOGNIZED).strip()
                remedy = f"d{found[1:]}" if found else f"the options are: {', '.join(options)}"
            yield Problem(fact=fact, remedy=remedy or "correct it", key=key)
