"""How the tests read a text."""

from __future__ import annotations

import re

from linter_ext.source.expressions import Expressions, find_expressions
from linter_ext.source.facts import Import, Span
from linter_ext.source.parser import find_imports, parse
from linter_ext.source.text import SourceText


def imports_of(text: str) -> tuple[Import, ...]:
    """Return the imports of a text."""
    return find_imports(parse(text), SourceText(text))


def expressions_of(text: str) -> Expressions:
    """Return what a text's expressions say."""
    tree, source = parse(text), SourceText(text)
    return find_expressions(tree, find_imports(tree, source), source)


def place(span: Span) -> str:
    """Return a span as `line:column-column`, or `line:column-line:column` over several lines."""
    end = (
        f"{span.end_column}" if span.line == span.end_line else f"{span.end_line}:{span.end_column}"
    )
    return f"{span.line}:{span.column}-{end}"


def cut(text: str, span: Span) -> str:
    """Return the text that a span covers."""
    lines = text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def found_uses(text: str) -> list[tuple[int, int]]:
    """Return the line and column of each chain that is a use of an import."""
    return [(use.spans[0].line, use.spans[0].column) for use in expressions_of(text).uses]


def marked_uses(text: str) -> list[tuple[int, int]]:
    """Return the line and column of each `a.yes`, by which a text marks the uses of `a`."""
    return [
        (number, found.start() + 1)
        for number, line in enumerate(text.split("\n"), start=1)
        for found in re.finditer(r"\ba\.yes\b", line)
    ]
