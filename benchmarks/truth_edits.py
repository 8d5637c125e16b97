"""Ways of editing one file's text, as a refactoring tool or a hurried developer does."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Callable, Iterator

type_of_import = Callable[[int, str], tuple[int, str] | None]
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


def without_lines(text: str, node: ast.stmt, *, keep: str = "") -> str:
    """Return the text without a statement's lines, with other text in their place."""
    lines = text.splitlines(keepends=True)
    first = min([node.lineno, *(item.lineno for item in getattr(node, "decorator_list", ()))])
    kept = [keep] if keep else []
    return "".join([*lines[: first - 1], *kept, *lines[node.end_lineno or node.lineno :]])


def stands_alone(text: str, node: ast.stmt) -> bool:
    """Return whether a statement shares its lines with no other."""
    lines = text.splitlines()
    before = lines[node.lineno - 1].encode()[: node.col_offset].decode()
    after = lines[(node.end_lineno or 1) - 1].encode()[node.end_col_offset or 0 :].decode()
    return not before.strip() and (not after.strip() or after.lstrip().startswith("#"))


def renamed(text: str, old: str, new: str) -> str:
    """Return the text with every token of a name renamed, attributes excepted."""
    lines = text.splitlines(keepends=True)
    places: list[tuple[int, int]] = []
    before = ""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NAME and token.string == old and before != ".":
            places.append(token.start)
        before = token.string
    for line, column in reversed(places):
        row = lines[line - 1]
        lines[line - 1] = row[:column] + new + row[column + len(old) :]
    return "".join(lines)


def without_export(text: str, name: str) -> str:
    """Return the text with a name taken off `__all__`, where that is a plain list."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and _is_all(node.targets[0]):
            for element in getattr(node.value, "elts", ()):
                if isinstance(element, ast.Constant) and element.value == name:
                    return _cut(text, element)
    return text


def with_imports(text: str, change: type_of_import) -> str:
    """Return the text with the modules of its `from` imports changed.

    Args:
        text:   the text.
        change: returns the new level and module for those of a statement; None to leave it.
    """
    lines = text.splitlines(keepends=True)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom):
            changed = change(node.level, node.module or "")
            if changed is not None:
                row = lines[node.lineno - 1]
                head, separator, tail = row[node.col_offset :].partition("import")
                if separator and "\\" not in head:
                    module = f"{'.' * changed[0]}{changed[1]}"
                    start = row[: node.col_offset]
                    lines[node.lineno - 1] = f"{start}from {module} import{tail}"
    return "".join(lines)


def with_line_at_top(text: str, line: str) -> str:
    """Return the text with a line after its docstring and its imports from `__future__`."""
    last = 0
    for index, node in enumerate(ast.parse(text).body):
        is_docstring = index == 0 and isinstance(node, ast.Expr)
        is_future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
        if not is_docstring and not is_future:
            break
        last = node.end_lineno or last
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:last], f"{line}\n", *lines[last:]])


def definitions(body: list[ast.stmt]) -> dict[str, Definition]:
    """Return the names that a body defines once, with where."""
    found: dict[str, Definition] = {}
    twice: set[str] = set()
    for node in body:
        for name in defined(node):
            if name in found or name in twice:
                twice.add(name)
                found.pop(name, None)
            elif isinstance(node, Definition):
                found[name] = node
    return found


def defined(node: ast.stmt) -> list[str]:
    """Return the names that a statement defines, if it defines nothing but them."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
        return [node.target.id]
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
        return [target.id] if isinstance(target, ast.Name) else []
    return []


def used_at_import(module: ast.AST, name: str, *, beside: ast.AST | None = None) -> bool:
    """Return whether a name is looked up while the module is imported.

    Args:
        module: the module, or a part of it.
        name:   the name.
        beside: what is not looked into.
    """
    return any(
        isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Store)
        for node in _import_time(module, beside)
    )


def _import_time(node: ast.AST, beside: ast.AST | None) -> Iterator[ast.AST]:
    yield node
    for field, value in ast.iter_fields(node):
        if field == "body" and isinstance(
            node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
        ):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and child is not beside:
                yield from _import_time(child, beside)


def _is_all(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "__all__"


def _cut(text: str, element: ast.expr) -> str:
    """Return the text without one element of a list, and the comma after it."""
    lines = text.splitlines(keepends=True)
    row = lines[element.lineno - 1]
    start = len(row.encode()[: element.col_offset].decode())
    end = len(row.encode()[: element.end_col_offset or 0].decode())
    tail = row[end:]
    if tail.lstrip().startswith(","):
        tail = tail.lstrip()[1:]
    lines[element.lineno - 1] = row[:start] + tail
    return "".join(lines)
