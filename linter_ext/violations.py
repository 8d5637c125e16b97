"""A violation: one breach of one contract, at one place."""

from __future__ import annotations

from typing import NamedTuple

from linter_ext.codes import Code
from linter_ext.source.facts import Span


class Link(NamedTuple):
    """One import on the way from an importer to what it is not to reach.

    Attributes:
        path:     the file, relative to the project root, forward slashes.
        span:     the imported name or module in it.
        importer: the module that contains the statement.
        imported: the module it imports.
    """

    path: str
    span: Span
    importer: str
    imported: str


class Finding(NamedTuple):
    """What a contract has against one file, before the file and the contract are named.

    Attributes:
        code:    the rule that is broken.
        span:    the imported name, module, use or string at fault.
        line:    first line of the statement or expression, where `noqa` counts too (1-based).
        module:  the absolute module asked for.
        name:    the name asked for from it; None where a module is meant.
        target:  the dotted path asked for.
        message: fact, then remedy; one line, no full stop, without the code.
        cause:   the dotted path whose absence is the reason; None where nothing is missing.
        chain:   the imports, in order, that are wrong together; none where one import is wrong
                 by itself.
        instead: the dotted path to put in the place of what the span names; None where no
                 machine can tell.
    """

    code: Code
    span: Span
    line: int
    module: str
    name: str | None
    target: str
    message: str
    cause: str | None = None
    chain: tuple[Link, ...] = ()
    instead: str | None = None


class Violation(NamedTuple):
    """A finding in its file, under its contract.

    Attributes:
        path:     the file, relative to the project root, forward slashes.
        importer: the module that contains the statement.
        contract: the contract's id; None for a file that could not be checked at all.
        finding:  what is wrong, and where in the file.
    """

    path: str
    importer: str
    contract: str | None
    finding: Finding

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, str]:
        """Return the order of all output: file, line, column, code, contract, target."""
        finding = self.finding
        return (
            self.path,
            finding.span.line,
            finding.span.column,
            finding.code,
            self.contract or "",
            finding.target,
        )

    def __str__(self) -> str:
        """Return the violation as one line, as flake8 prints it.

        What is no text, in a file name that is not UTF-8, is escaped.
        """
        span = self.finding.span
        line = f"{self.path}:{span.line}:{span.column}: {self.finding.code} {self.finding.message}"
        return line if line.isascii() else line.encode("utf-8", "backslashreplace").decode()
