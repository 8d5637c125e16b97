"""The import statements of a file, found by a reading of our own: linter-ext has no part in it."""

from __future__ import annotations

import ast
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Flag, auto

_IMPORT_ERRORS = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
_SURROUNDINGS = {"sys": sys, "os": os, "platform": platform}


class Where(Flag):
    """Where a statement stands."""

    PLAIN = 0
    TYPING = auto()
    """Under `TYPE_CHECKING`."""
    GUARDED = auto()
    """In a `try` that catches ImportError, or in one of its handlers."""
    DEAD = auto()
    """Where this Python never comes."""
    DELIBERATE = auto()
    """In `with pytest.raises(...)`."""
    LAZY = auto()
    """In a function."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One name of one import statement.

    Attributes:
        line:   first line of the statement.
        end:    last line of the statement.
        at:     line and column (1-based) of the name.
        module: the module as written, without leading dots.
        level:  the number of leading dots.
        name:   the name taken from the module; None for `import module`.
        where:  where it stands.
    """

    line: int
    end: int
    at: tuple[int, int]
    module: str
    level: int
    name: str | None
    where: Where

    @property
    def code(self) -> str:
        """The statement with this name alone."""
        if self.name is None:
            return f"import {self.module}"
        return f"from {'.' * self.level}{self.module} import {self.name}"

    def absolute(self, package: str) -> str:
        """Return the absolute name of the module, or the written one if it climbs out."""
        if not self.level:
            return self.module
        parts = package.split(".") if package else []
        kept = len(parts) - self.level + 1
        if kept <= 0:
            return "." * self.level + self.module
        return ".".join([*parts[:kept], *([self.module] if self.module else [])])


def statements_of(module: ast.Module) -> list[Statement]:
    """Return the import statements of a module, one for each name, in order."""
    return list(_in_body(module.body, Where.PLAIN))


def _in_body(body: list[ast.stmt], where: Where) -> Iterator[Statement]:
    for node in body:
        yield from _in_statement(node, where)


def _in_statement(node: ast.stmt, where: Where) -> Iterator[Statement]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield from _names(node, where)
    elif isinstance(node, ast.If):
        yield from _in_condition(node, where)
    elif isinstance(node, ast.Try | ast.TryStar):
        yield from _in_try(node, where)
    else:
        yield from _in_others(node, where)


def _names(node: ast.Import | ast.ImportFrom, where: Where) -> Iterator[Statement]:
    end = node.end_lineno or node.lineno
    base = Statement(node.lineno, end, (0, 0), "", 0, None, where)
    for alias in node.names:
        at = alias.lineno, alias.col_offset + 1
        if isinstance(node, ast.Import):
            yield replace(base, at=at, module=alias.name)
        elif node.module != "__future__":
            module = node.module or ""
            yield replace(base, at=at, module=module, level=node.level, name=alias.name)


def _in_condition(node: ast.If, where: Where) -> Iterator[Statement]:
    yes = no = where
    if any(_is_typing(part) for part in ast.walk(node.test)):
        yes |= Where.TYPING
    else:
        value = _value(node.test)
        yes, no = (
            yes if value is not False else yes | Where.DEAD,
            no if value is not True else no | Where.DEAD,
        )
    yield from _in_body(node.body, yes)
    yield from _in_body(node.orelse, no)


def _is_typing(node: ast.AST) -> bool:
    return "TYPE_CHECKING" in (getattr(node, "id", ""), getattr(node, "attr", ""))


def _value(test: ast.expr) -> bool | None:
    """Return what this Python makes of a test of the surroundings; None for other tests."""
    names = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
    if not names or not names <= set(_SURROUNDINGS):
        return None
    if any(isinstance(node, ast.Subscript | ast.Call) for node in ast.walk(test)):
        allowed = ast.unparse(test)
        if "version_info" not in allowed and "platform" not in allowed:
            return None
    try:
        code = compile(ast.Expression(test), "<test>", "eval")
        return bool(eval(code, dict(_SURROUNDINGS)))
    except Exception:  # noqa: BLE001 (whatever the test raises, it tells nothing)
        return None


def _in_try(node: ast.Try | ast.TryStar, where: Where) -> Iterator[Statement]:
    is_guard = any(_catches(handler) for handler in node.handlers)
    inner = where | Where.GUARDED if is_guard else where
    yield from _in_body(node.body, inner)
    for handler in node.handlers:
        yield from _in_body(handler.body, inner)
    yield from _in_body(node.orelse, where)
    yield from _in_body(node.finalbody, where)


def _catches(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    found = {getattr(n, "id", "") or getattr(n, "attr", "") for n in ast.walk(handler.type)}
    return bool(found & _IMPORT_ERRORS)


def _in_others(node: ast.stmt, where: Where) -> Iterator[Statement]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        where |= Where.LAZY
    if isinstance(node, ast.With | ast.AsyncWith) and any(
        "raises" in ast.unparse(item.context_expr) for item in node.items
    ):
        where |= Where.DELIBERATE
    for field in ("body", "orelse", "finalbody"):
        yield from _in_body(getattr(node, field, None) or [], where)
    for case in getattr(node, "cases", ()):
        yield from _in_body(case.body, where)
