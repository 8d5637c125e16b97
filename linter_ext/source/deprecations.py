"""What a module itself declares deprecated: by a warning on import, or by PEP 702's decorator."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from linter_ext.source.facts import Context, Import
from linter_ext.source.parser import last_name

_CATEGORIES = frozenset({"DeprecationWarning", "PendingDeprecationWarning"})
_WARNERS = frozenset({"warn", "warn_explicit"})
_DECORATOR = "deprecated"
_DECORATOR_MODULES = frozenset({"warnings", "typing_extensions"})


@dataclass(frozen=True, slots=True)
class Deprecation:
    """A declaration of deprecation.

    Attributes:
        message:     the reason it gives, on one line; empty if it is not a plain string.
        line:        where it stands (1-based).
        source:      an import from the one module that a deprecated module takes names from;
                     None if there is none, or more than one.
        replacement: that module's absolute name, once it is known.
    """

    message: str
    line: int
    source: Import | None = None
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class Deprecations:
    """What one module declares deprecated.

    Attributes:
        module: the module itself, which warns when it is imported; None if it does not.
        names:  its functions and classes under `@deprecated`.
    """

    module: Deprecation | None = None
    names: Mapping[str, Deprecation] = field(default_factory=dict)


def find_deprecations(tree: ast.Module, imports: Sequence[Import], text: str) -> Deprecations:
    """Return what the module declares deprecated, read from its top level only."""
    if "DeprecationWarning" not in text and _DECORATOR not in text:
        return Deprecations()
    decorators = frozenset(_decorator_names(imports))
    names = {
        node.name: found
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        and (found := _decorated(node, decorators)) is not None
    }
    return Deprecations(_warning(tree, imports), names)


def _decorator_names(imports: Sequence[Import]) -> Iterator[str]:
    """Yield the spellings of PEP 702's decorator that the file's imports allow."""
    for item in imports:
        if item.module not in _DECORATOR_MODULES or item.level:
            continue
        if item.name == _DECORATOR:
            yield item.local_name
        elif item.name is None:
            yield f"{item.local_name}.{_DECORATOR}"


def _decorated(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, decorators: frozenset[str]
) -> Deprecation | None:
    """Return the node's deprecation; a deprecated overload does not deprecate the function."""
    if any(last_name(item) == "overload" for item in node.decorator_list):
        return None
    for item in node.decorator_list:
        if isinstance(item, ast.Call) and _spelling(item.func) in decorators:
            return Deprecation(_message(item), item.lineno)
    return None


def _warning(tree: ast.Module, imports: Sequence[Import]) -> Deprecation | None:
    """Return the warning that importing the module always gives."""
    for statement in _always_executed(tree.body):
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            call = statement.value
            if last_name(call.func) in _WARNERS and _is_of_deprecation(call):
                return Deprecation(_message(call), call.lineno, _only_source(imports))
    return None


def _is_of_deprecation(call: ast.Call) -> bool:
    """Return whether a category is given: `warn("…", Category)` or `warn(Category("…"))`."""
    arguments = (*call.args, *(keyword.value for keyword in call.keywords))
    return any(
        last_name(item.func if isinstance(item, ast.Call) else item) in _CATEGORIES
        for item in arguments
    )


def _always_executed(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        yield statement
        if isinstance(statement, ast.Try):
            yield from _always_executed(statement.body)


def _only_source(imports: Sequence[Import]) -> Import | None:
    """Return an import from the one module that names are taken from, if there is just one."""
    sources = {
        (item.written_module, None if item.module else item.name): item
        for item in imports
        if item.name is not None
        and item.context is Context.MODULE
        and item.module not in {"__future__", "warnings"}
    }
    return next(iter(sources.values())) if len(sources) == 1 else None


def _message(call: ast.Call) -> str:
    given = (item.value for item in call.keywords if item.arg == "message")
    argument = next(iter([*call.args[:1], *given]), None)
    if isinstance(argument, ast.Call):  # `warn(DeprecationWarning("…"))`
        return _message(argument)
    if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
        return ""
    return " ".join(argument.value.split()).rstrip(".")


def _spelling(expression: ast.expr) -> str:
    """Return a dotted name as it is spelt, or nothing for any other expression."""
    parts: list[str] = []
    while isinstance(expression, ast.Attribute):
        parts.append(expression.attr)
        expression = expression.value
    if not isinstance(expression, ast.Name):
        return ""
    return ".".join((expression.id, *reversed(parts)))
