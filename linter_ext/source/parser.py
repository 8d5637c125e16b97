"""Text → syntax tree → imports. Statements only: expressions are never visited here."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Iterator

from linter_ext.source.facts import Context, Import, Span
from linter_ext.source.text import SourceText, UnreadableError

_BLANK = r"(?:[^\S\n]|\\\n)*"
_CATCHES_IMPORT_ERROR = frozenset(
    {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
)
_MEND = "mend it, or run under the Python version it is written for"
_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"

# Flags are slow to combine; the walk keeps their values and looks the flags up at the end.
_FUNCTION = Context.FUNCTION.value
_CLASS = Context.CLASS.value
_TYPE_CHECKING = Context.TYPE_CHECKING.value
_GUARDED = Context.GUARDED.value
_FALLBACK = Context.FALLBACK.value
_CONTEXTS = tuple(Context(value) for value in range(2 * _FALLBACK))

_COMPOUND = frozenset(
    {
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
        ast.If,
        ast.Try,
        ast.TryStar,
        ast.With,
        ast.AsyncWith,
        ast.For,
        ast.AsyncFor,
        ast.While,
        ast.Match,
    }
)

Block = tuple[list[ast.stmt], int]


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


def find_imports(tree: ast.Module, source: SourceText) -> tuple[Import, ...]:
    """Return every import of the file, in the order of the text."""
    found: list[Import] = []
    for statement, context in import_statements(tree):
        if isinstance(statement, ast.Import):
            found.extend(_from_import(statement, context, source))
        else:
            found.extend(_from_import_from(statement, context, source))
    return tuple(sorted(found, key=lambda item: (item.span.line, item.span.column)))


def import_statements(tree: ast.Module) -> Iterator[tuple[ast.Import | ast.ImportFrom, Context]]:
    """Yield each import statement with where it stands, in no particular order."""
    stack: list[Block] = [(tree.body, 0)]
    while stack:
        body, context = stack.pop()
        for statement in body:
            kind = type(statement)
            if kind in _COMPOUND:
                stack.extend(_blocks(statement, context))
            elif isinstance(statement, (ast.Import, ast.ImportFrom)):
                yield statement, _CONTEXTS[context]


def inner_blocks(statement: ast.stmt) -> list[list[ast.stmt]]:
    """Return the statement's inner blocks; none for a simple statement."""
    if type(statement) not in _COMPOUND:
        return []
    return [body for body, _ in _blocks(statement, 0)]


def _blocks(statement: ast.stmt, context: int) -> list[Block]:
    """Return the statement's inner blocks, each with the context its statements stand in."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return [(statement.body, context | _FUNCTION)]
        case ast.ClassDef():
            return [(statement.body, context | _CLASS)]
        case ast.If():
            in_body, in_else = _type_checking(statement.test)
            return [(statement.body, context | in_body), (statement.orelse, context | in_else)]
        case ast.Try() | ast.TryStar():
            return _try_blocks(statement, context)
        case ast.With() | ast.AsyncWith():
            guarded = any(_suppresses_import_error(item.context_expr) for item in statement.items)
            return [(statement.body, context | _GUARDED if guarded else context)]
        case ast.For() | ast.AsyncFor() | ast.While():
            return [(statement.body, context), (statement.orelse, context)]
        case ast.Match():
            return [(case.body, context) for case in statement.cases]
    return []


def _try_blocks(statement: ast.Try | ast.TryStar, context: int) -> list[Block]:
    catching = [_catches(handler.type) for handler in statement.handlers]
    found = [(statement.body, context | _GUARDED if any(catching) else context)]
    for handler, catches in zip(statement.handlers, catching, strict=True):
        found.append((handler.body, context | _FALLBACK if catches else context))
    return [*found, (statement.orelse, context), (statement.finalbody, context)]


def _catches(expression: ast.expr | None) -> bool:
    """Return whether `except <expression>` catches ImportError; a bare `except` does."""
    if expression is None:
        return True
    if isinstance(expression, ast.Tuple):
        return any(_catches(element) for element in expression.elts)
    return _last_name(expression) in _CATCHES_IMPORT_ERROR


def _suppresses_import_error(expression: ast.expr) -> bool:
    if not isinstance(expression, ast.Call) or _last_name(expression.func) != "suppress":
        return False
    return any(_catches(argument) for argument in expression.args)


def _type_checking(test: ast.expr) -> tuple[int, int]:
    """Return what an `if`'s test adds to the context of its body and of its else."""
    if _last_name(test) == "TYPE_CHECKING":
        return _TYPE_CHECKING, 0
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        in_body, in_else = _type_checking(test.operand)
        return in_else, in_body
    return 0, 0


def _last_name(expression: ast.expr) -> str | None:
    if isinstance(expression, ast.Name):
        return expression.id
    return expression.attr if isinstance(expression, ast.Attribute) else None


def _from_import(statement: ast.Import, context: Context, source: SourceText) -> Iterator[Import]:
    for alias in statement.names:
        span = source.span(alias)
        end_column = span.column + len(alias.name)
        yield Import(
            module=alias.name,
            name=None,
            alias=alias.asname,
            level=0,
            span=span,
            module_span=Span(span.line, span.column, span.line, end_column),
            line=statement.lineno,
            context=context,
        )


def _from_import_from(
    statement: ast.ImportFrom, context: Context, source: SourceText
) -> Iterator[Import]:
    module_span = _module_span(statement, source)
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


def _module_span(statement: ast.ImportFrom, source: SourceText) -> Span:
    """Return where `..package.module` stands in the statement; `ast` does not say."""
    line = statement.lineno
    start = source.column(line, statement.col_offset) - 1
    written = "." * statement.level + (statement.module or "")
    if source.lines[line - 1].startswith(f"from {written}", start):
        start += len("from ")
        return Span(line, start + 1, line, start + len(written) + 1)
    return _scattered_module_span(statement, source, start)


def _scattered_module_span(statement: ast.ImportFrom, source: SourceText, start: int) -> Span:
    """Return the same where blanks or escaped line ends stand between the tokens."""
    last = statement.end_lineno or statement.lineno
    text = "\n".join(source.lines[statement.lineno - 1 : last])
    name = (statement.module or "").split(".") if statement.module else []
    tokens = [r"\."] * statement.level + [
        token for part in name for token in (r"\.", re.escape(part))
    ][1:]
    found = re.compile(rf"from{_BLANK}({_BLANK.join(tokens)})").match(text, start)
    if found is None:  # An identifier that Python normalises (NFKC) is written otherwise.
        column = start + 1
        return Span(statement.lineno, column, statement.lineno, column + len("from"))
    first, end = (_position(text, found.start(1)), _position(text, found.end(1)))
    before = statement.lineno - 1
    return Span(before + first[0], first[1], before + end[0], end[1])


def _position(text: str, index: int) -> tuple[int, int]:
    """Return the 1-based line and column of a character."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
