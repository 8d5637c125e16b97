"""Our rules as import-linter's contracts: its fields, its entry points, its way to print."""

from __future__ import annotations

import abc
import os
from collections.abc import Iterable
from itertools import groupby

from grimp import ImportGraph
from importlinter.application import contract_utils, output
from importlinter.domain import fields
from importlinter.domain.contract import Contract, ContractCheck, InvalidContractOptions
from importlinter.domain.helpers import MissingImport
from rich.markup import escape

from linter_ext import engine
from linter_ext.acceptance import accept, is_strict_by_default, told
from linter_ext.errors import ConfigurationError, Problem
from linter_ext.rules.base import SourceRule, UnmatchedIgnoresError
from linter_ext.rules.fields import Field
from linter_ext.violations import Violation

_VIOLATIONS = "violations"
_RED = output.COLORS[output.ERROR]
_INDENT = " " * output.INDENT_SIZE


class OptionField(fields.Field[object]):
    """An option of a rule, as a field of import-linter's."""

    def __init__(self, option: Field[object]) -> None:
        super().__init__(default=option.default)
        self._option = option

    def parse(self, raw_data: object) -> object:
        """Return the value."""
        try:
            return self._option.parse(raw_data)
        except ConfigurationError as error:
            raise fields.ValidationError(str(error)) from error


class _OptionsAsFields(SourceRule, abc.ABC):
    """A rule whose options are import-linter's fields."""

    def __init_subclass__(cls) -> None:
        """Declare the options as import-linter wants them declared."""
        super().__init_subclass__()
        for name, option in cls.options.items():
            setattr(cls, name, OptionField(option))


class SourceContract(_OptionsAsFields, Contract, abc.ABC):
    """A contract that is judged file by file, from source text."""

    def __init__(
        self, name: str, session_options: dict[str, object], contract_options: dict[str, object]
    ) -> None:
        """Take the options.

        Raises:
            InvalidContractOptions: with every mistake in them, those in tables included.
        """
        try:
            SourceRule.__init__(self, name, session_options, contract_options)
        except ConfigurationError as error:
            raise InvalidContractOptions(_by_option(error.problems)) from error
        Contract.__init__(self, name, session_options, contract_options)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002
        """Judge the project's files. import-linter's graph has no names, so it is not used.

        Raises:
            MissingImport: for unmatched `ignore_imports`, as import-linter's own types.
        """
        strict = is_strict_by_default(os.environ)
        found = engine.check(self.project, [self])
        report = accept(found, self.project.baseline, whole=True, strict=strict)
        (result,) = report.results
        output.verbose_print(verbose, f"Judged {report.files} files by their text.")
        violations = sorted([*result.violations, *report.unchecked], key=lambda item: item.sort_key)
        try:
            warnings = [*self.warnings(result), *told(report, self.project.baseline.file)]
        except UnmatchedIgnoresError as error:
            raise MissingImport(str(error)) from error
        return ContractCheck(
            kept=not violations,
            metadata={_VIOLATIONS: violations},
            warnings=[escape(text) for text in warnings],
            ignored_import_count=result.ignored,
        )

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


def _by_option(problems: Iterable[Problem]) -> dict[str, str]:
    """Return the problems as import-linter tells them: lines, by the option they are about."""
    errors: dict[str, str] = {}
    for problem in problems:
        key = escape(problem.key or "options")
        line = escape(_told(problem))
        errors[key] = f"{errors[key]}\n{_INDENT}{key}: {line}" if key in errors else line
    return errors


def _told(problem: Problem) -> str:
    """Return a problem without its key, on one line."""
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    # No colon after the line number: Rich would read `:100:` as an emoji.
    return " ".join(f"{place or ''} {problem.fact}; {problem.remedy}".split())


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
