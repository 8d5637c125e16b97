"""Text → syntax tree → imports. Statements only: expressions are never visited here."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from linter_ext.source.facts import Context, Import, Span
from linter_ext.source.text import SourceText, UnreadableError

_BLANK = r"(?:[^\S\n]|\\\n)"
_MODULE = rf"([^\s\\](?:[^\s\\]|{_BLANK})*?){_BLANK}*(?<![^\s\\.])"
_BEFORE_IMPORT = re.compile(rf"from{_BLANK}*{_MODULE}import\b")
_BEFORE_AS = re.compile(rf"{_MODULE}as\b")
_IMPORT_ERRORS = frozenset({"ImportError", "ModuleNotFoundError"})
_CATCHES_IMPORT_ERROR = _IMPORT_ERRORS | {"Exception", "BaseException"}
_MEND = "mend it, or run under the Python version it is written for"
_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"

# Flags are slow to combine; the walk keeps their values and looks the flags up at the end.
_FUNCTION = Context.FUNCTION.value
_CLASS = Context.CLASS.value
_TYPE_CHECKING = Context.TYPE_CHECKING.value
_GUARDED = Context.GUARDED.value
_FALLBACK = Context.FALLBACK.value
_CONTEXTS = tuple(Context(value) for value in range(2 * _FALLBACK))

_OWN_SCOPE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)

Block = tuple[list[ast.stmt], int]
Blocks = list[Block]


def parse(text: str) -> ast.Module:
    """Return the syntax tree of Python source.

    Raises:
        UnreadableError: if the text is not valid Python, or nested too deeply to parse.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        line, column = error.lineno or 1, error.offset or 1
        fact = f"cannot be parsed by Python {_PYTHON}: {error.msg}"
        raise UnreadableError(fact, _MEND, line, column) from error
    except (RecursionError, MemoryError) as error:
        fact = "cannot be parsed: nested too deeply"
        raise UnreadableError(fact, "split the deepest expression") from error
    except ValueError as error:
        fact = f"cannot be parsed by Python {_PYTHON}: {error}"
        raise UnreadableError(fact, _MEND) from error


def validate(text: str) -> None:
    """See that a text is Python; a third faster than `parse`, which makes a tree of it.

    Raises:
        UnreadableError: as `parse` does.
    """
    import symtable  # noqa: PLC0415 - flake8 has validated its file already

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            symtable.symtable(text, "<text>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        parse(text)  # Says what is wrong; a symbol table wants more than the grammar does.


def parse_expression(text: str) -> ast.Expression | None:
    """Return the syntax tree of an expression, parsed in parentheses; None if it is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(f"({text})", mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def find_imports(tree: ast.Module, source: SourceText) -> tuple[Import, ...]:
    """Return every import of the file, in the order of the text."""
    found: list[Import] = []
    for statement, context in import_statements(tree):
        if isinstance(statement, ast.Import):
            found.extend(_from_import(statement, context, source))
        else:
            found.extend(_from_import_from(statement, context, source))
    found.sort(key=attrgetter("span"))  # Spans compare by line, then column.
    return tuple(found)


def import_statements(tree: ast.Module) -> Iterator[tuple[ast.Import | ast.ImportFrom, Context]]:
    """Yield each import statement with where it stands, in no particular order."""
    stack: list[Block] = [(tree.body, 0)]
    while stack:
        body, context = stack.pop()
        for statement in body:
            blocks = _BLOCKS.get(type(statement))
            if blocks is not None:
                stack.extend(blocks(statement, context))
            elif isinstance(statement, (ast.Import, ast.ImportFrom)):
                yield statement, _CONTEXTS[context]


def module_statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield the statements that run when the module is imported, in the order of the text.

    Compound statements come before what is inside them.
    """
    stack = [iter(tree.body)]
    while stack:
        for statement in stack[-1]:
            yield statement
            if type(statement) in _BLOCKS and not isinstance(statement, _OWN_SCOPE):
                stack.extend(map(iter, reversed(inner_blocks(statement))))
                break
        else:
            stack.pop()


def all_statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield every statement, those of functions and classes included, in no particular order."""
    stack = [tree.body]
    while stack:
        for statement in stack.pop():
            yield statement
            if type(statement) in _BLOCKS:
                stack += inner_blocks(statement)


def inner_blocks(statement: ast.stmt) -> list[list[ast.stmt]]:
    """Return the statement's inner blocks; none for a simple statement."""
    blocks = _BLOCKS.get(type(statement))
    return [] if blocks is None else [body for body, _ in blocks(statement, 0)]


# The inner blocks of each compound statement, with the context their statements stand in.


def _function_blocks(statement: ast.FunctionDef | ast.AsyncFunctionDef, context: int) -> Blocks:
    return [(statement.body, context | _FUNCTION)]


def _class_blocks(statement: ast.ClassDef, context: int) -> Blocks:
    return [(statement.body, context | _CLASS)]


def _if_blocks(statement: ast.If, context: int) -> Blocks:
    in_body, in_else = _type_checking(statement.test)
    return [(statement.body, context | in_body), (statement.orelse, context | in_else)]


def _loop_blocks(statement: ast.For | ast.AsyncFor | ast.While, context: int) -> Blocks:
    return [(statement.body, context), (statement.orelse, context)]


def _with_blocks(statement: ast.With | ast.AsyncWith, context: int) -> Blocks:
    guarded = any(_suppresses_import_error(item.context_expr) for item in statement.items)
    return [(statement.body, context | _GUARDED if guarded else context)]


def _match_blocks(statement: ast.Match, context: int) -> Blocks:
    return [(case.body, context) for case in statement.cases]


def _try_blocks(statement: ast.Try | ast.TryStar, context: int) -> Blocks:
    catching = [catches(handler.type) for handler in statement.handlers]
    found = [(statement.body, context | _GUARDED if any(catching) else context)]
    for handler, is_fallback in zip(statement.handlers, catching, strict=True):
        found.append((handler.body, context | _FALLBACK if is_fallback else context))
    return [*found, (statement.orelse, context), (statement.finalbody, context)]


_BLOCKS: Mapping[type[ast.stmt], Callable[[Any, int], Blocks]] = {
    ast.FunctionDef: _function_blocks,
    ast.AsyncFunctionDef: _function_blocks,
    ast.ClassDef: _class_blocks,
    ast.If: _if_blocks,
    ast.For: _loop_blocks,
    ast.AsyncFor: _loop_blocks,
    ast.While: _loop_blocks,
    ast.With: _with_blocks,
    ast.AsyncWith: _with_blocks,
    ast.Try: _try_blocks,
    ast.TryStar: _try_blocks,
    ast.Match: _match_blocks,
}


def catches(expression: ast.expr | None) -> bool:
    """Return whether `except expression` catches ImportError; a bare `except` does."""
    if expression is None:
        return True
    if isinstance(expression, ast.Tuple):
        return any(catches(element) for element in expression.elts)
    return last_name(expression) in _CATCHES_IMPORT_ERROR


def _suppresses_import_error(expression: ast.expr) -> bool:
    if not isinstance(expression, ast.Call) or last_name(expression.func) != "suppress":
        return False
    return any(catches(argument) for argument in expression.args)


def _type_checking(test: ast.expr) -> tuple[int, int]:
    """Return what an `if`'s test adds to the context of its body and of its else."""
    if last_name(test) == "TYPE_CHECKING":
        return _TYPE_CHECKING, 0
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        in_body, in_else = _type_checking(test.operand)
        return in_else, in_body
    return 0, 0


def catches_import_error(
    statement: ast.Try | ast.TryStar | ast.With | ast.AsyncWith,
) -> bool:
    """Return whether an import that fails in the statement's body goes no further."""
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        return any(_suppresses_import_error(item.context_expr) for item in statement.items)
    return any(catches(handler.type) for handler in statement.handlers)


def names_import_error(expression: ast.expr | None) -> bool:
    """Return whether `except expression` is about ImportError, not about errors in general."""
    if isinstance(expression, ast.Tuple):
        return any(map(names_import_error, expression.elts))
    return expression is not None and last_name(expression) in _IMPORT_ERRORS


def is_own_scope(statement: ast.stmt) -> bool:
    """Return whether the statement is a function or a class."""
    return isinstance(statement, _OWN_SCOPE)


def is_type_checking(test: ast.expr) -> bool:
    """Return whether an `if` with this test has a body for type checkers only."""
    return bool(_type_checking(test)[0])


def last_name(expression: ast.expr) -> str | None:
    """Return the name itself, or that of the last attribute, of a dotted expression."""
    if isinstance(expression, ast.Name):
        return expression.id
    return expression.attr if isinstance(expression, ast.Attribute) else None


def _from_import(statement: ast.Import, context: Context, source: SourceText) -> Iterator[Import]:
    for alias in statement.names:
        span = source.span(alias)
        yield Import(
            module=alias.name,
            name=None,
            alias=alias.asname,
            level=0,
            span=span,
            module_span=span if alias.asname is None else _span_before_as(alias, span, source),
            line=statement.lineno,
            context=context,
        )


def _from_import_from(
    statement: ast.ImportFrom, context: Context, source: SourceText
) -> Iterator[Import]:
    module_span = _span_before_import(statement, source)
    for alias in statement.names:
        yield Import(
            module=statement.module or "",
            name=alias.name,
            alias=alias.asname,
            level=statement.level,
            span=source.span(alias),
            module_span=module_span,
            line=statement.lineno,
            context=context,
        )


# Where the module stands in its statement, which `ast` does not say.


def _span_before_as(alias: ast.alias, span: Span, source: SourceText) -> Span:
    line, start = span.line, span.column - 1
    if source.lines[line - 1].startswith(f"{alias.name} ", start):
        return Span(line, start + 1, line, start + len(alias.name) + 1)
    return _scattered(_BEFORE_AS, source, span)


def _span_before_import(statement: ast.ImportFrom, source: SourceText) -> Span:
    line = statement.lineno
    start = source.column(line, statement.col_offset) - 1
    written = "." * statement.level + (statement.module or "")
    if source.lines[line - 1].startswith(f"from {written} ", start):
        start += len("from ")
        return Span(line, start + 1, line, start + len(written) + 1)
    return _scattered(_BEFORE_IMPORT, source, source.span(statement))


def _scattered(pattern: re.Pattern[str], source: SourceText, whole: Span) -> Span:
    """Return the span of a module that is not written as `ast` spells it.

    Blanks and escaped line ends may stand between its parts; an identifier may be one that
    Python normalises (PEP 3131).
    """
    text = "\n".join(source.lines[whole.line - 1 : whole.end_line])
    found = pattern.match(text, whole.column - 1)
    if found is None:  # The text is not the one that was parsed.
        return whole
    start, end = _position(text, found.start(1)), _position(text, found.end(1))
    before = whole.line - 1
    return Span(before + start[0], start[1], before + end[0], end[1])


def _position(text: str, index: int) -> tuple[int, int]:
    """Return the 1-based line and column of a character."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
