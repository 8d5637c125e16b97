"""Functions and classes that can be cut out of their module and live in another."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from benchmarks.fix.code import Module, parsed

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_SPECIAL = {"__name__", "__file__", "__all__", "globals", "locals", "vars", "__class__"}
_LONGEST = 250
_ANNOTATION = re.compile(r"[A-Za-z_][\w.]*(?:\[[\w., |\[\]]*\])?")


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition that depends on nothing but imports and builtins.

    Attributes:
        module:   the module it stands in.
        name:     its name.
        first:    its first line, decorators and comments above included.
        last:     its last line.
        imports:  the import statements it needs, as they stand in the module.
        guarded:  those it needs under `TYPE_CHECKING`.
        is_used:  whether the rest of its module uses it.
    """

    module: str
    name: str
    first: int
    last: int
    imports: tuple[str, ...]
    guarded: tuple[str, ...]
    is_used: bool

    @property
    def path(self) -> str:
        """Return its dotted path."""
        return f"{self.module}.{self.name}"


def movable_definitions(module: Module, text: str) -> Iterator[Definition]:
    """Return the definitions of a module that can be cut out."""
    tree = parsed(text)
    if tree is None or _has_star(tree):
        return
    lines = text.splitlines()
    imports, guarded, rest = _module_names(tree)
    names = [node.name for node in tree.body if isinstance(node, _Definition)]
    for node in tree.body:
        if not isinstance(node, _Definition) or names.count(node.name) > 1:
            continue
        if node.name.startswith("__") or not set(node.name) - {"_"}:
            continue
        needed = _read_names(node) - {node.name}
        if needed & (rest | _SPECIAL) or _is_odd(node, tree):
            continue
        first = min([node.lineno, *(item.lineno for item in node.decorator_list)])
        while first > 1 and lines[first - 2].startswith("#"):
            first -= 1
        last = node.end_lineno or first
        # A statement behind a semicolon, or on the same line, cannot be cut out.
        if last - first > _LONGEST or any(";" in lines[at] for at in (first - 1, last - 1)):
            continue
        yield Definition(
            module=module.name,
            name=node.name,
            first=first,
            last=last,
            imports=tuple(sorted({imports[name] for name in needed if name in imports})),
            guarded=tuple(
                sorted({guarded[n] for n in needed if n in guarded and n not in imports})
            ),
            is_used=_used_elsewhere(tree, node),
        )


def renamable_definitions(module: Module, text: str) -> Iterator[Definition]:
    """Return the definitions that can get another name where they are, an alias beside them."""
    tree = parsed(text)
    if tree is None or _has_star(tree):
        return
    lines = text.splitlines()
    for node in tree.body:
        if not isinstance(node, _Definition) or node.name.startswith("__"):
            continue
        last = node.end_lineno or node.lineno
        if lines[last - 1].count(";") or _is_bound_twice(tree, node.name, text):
            continue
        yield Definition(module.name, node.name, node.lineno, last, (), (), is_used=False)


def renamed(text: str, names: Mapping[str, str], added: Mapping[str, str]) -> str:
    """Return a module with its definitions renamed, and a line added after each of some."""
    tree = parsed(text) or ast.Module([], [])
    lines = text.splitlines(keepends=True)
    spots: list[tuple[int, int, str]] = []
    ends: dict[int, str] = {}
    for leaf in ast.walk(tree):
        if isinstance(leaf, ast.Name) and leaf.id in names:
            spots.append((leaf.lineno, leaf.col_offset, leaf.id))
        elif isinstance(leaf, _Definition) and leaf.name in names and leaf in tree.body:
            line = lines[leaf.lineno - 1].encode()
            spots.append((leaf.lineno, line.index(f" {leaf.name}".encode()) + 1, leaf.name))
            ends[leaf.end_lineno or 0] = added.get(leaf.name, "")
    for at, column, old in sorted(spots, reverse=True):
        line = lines[at - 1].encode()
        head, tail = line[:column].decode(), line[column + len(old.encode()) :].decode()
        lines[at - 1] = head + names[old] + tail
    for at in sorted(ends, reverse=True):
        if ends[at]:
            lines.insert(at, f"\n\n{ends[at]}")
    return "".join(lines)


def _is_bound_twice(tree: ast.Module, name: str, text: str) -> bool:
    """Return whether a name has other bindings in its module, or stands in a string."""
    definitions = [
        node for node in ast.walk(tree) if isinstance(node, _Definition) and node.name == name
    ]
    others = any(
        (isinstance(leaf, ast.Name) and leaf.id == name and not isinstance(leaf.ctx, ast.Load))
        or (isinstance(leaf, ast.arg) and leaf.arg == name)
        or (isinstance(leaf, ast.alias) and name in {leaf.name, leaf.asname})
        or (isinstance(leaf, ast.Global) and name in leaf.names)
        or (isinstance(leaf, ast.JoinedStr) and f"{{{name}" in text)
        for leaf in ast.walk(tree)
    )
    quoted = re.search(rf"[\"'][^\"'\n]*\b{re.escape(name)}\b[^\"'\n]*[\"']", text)
    return len(definitions) > 1 or others or quoted is not None


def without(text: str, definitions: Iterable[Definition], added: str) -> str:
    """Return the text without these definitions, with some lines added to its imports."""
    lines = text.splitlines(keepends=True)
    for item in sorted(definitions, key=lambda item: -item.first):
        del lines[item.first - 1 : item.last]
    at = _end_of_imports("".join(lines))
    return "".join([*lines[:at], added, *lines[at:]])


def cut(text: str, item: Definition) -> str:
    """Return the lines of a definition."""
    return "".join(text.splitlines(keepends=True)[item.first - 1 : item.last])


def future_of(text: str) -> str:
    """Return the `from __future__` lines of a text."""
    tree = parsed(text)
    found = [
        ast.unparse(node)
        for node in (tree.body if tree else [])
        if isinstance(node, ast.ImportFrom) and node.module == "__future__"
    ]
    return "".join(f"{line}\n" for line in found)


def _end_of_imports(text: str) -> int:
    tree = parsed(text)
    end = 0
    for index, node in enumerate(tree.body if tree else []):
        is_docstring = (
            index == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        )
        if not is_docstring and not isinstance(node, ast.Import | ast.ImportFrom):
            break
        end = node.end_lineno or end
    return end


def _has_star(tree: ast.Module) -> bool:
    return any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in tree.body)


def _module_names(tree: ast.Module) -> tuple[dict[str, str], dict[str, str], set[str]]:
    """Return names bound by plain imports, by guarded ones, and all other module-level names."""
    imports: dict[str, str] = {}
    guarded: dict[str, str] = {}
    rest: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            imports.update(_bound(node))
        elif isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            for inner in node.body:
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    guarded.update(_bound(inner))
                else:
                    rest |= _stored(inner)
            for inner in node.orelse:
                rest |= _stored(inner)
        elif isinstance(node, _Definition):
            rest.add(node.name)
        else:
            rest |= _stored(node)
    rest |= imports.keys() & guarded.keys()
    return imports, guarded, rest


def _bound(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    for alias in node.names:
        local = alias.asname or alias.name.partition(".")[0]
        one: ast.Import | ast.ImportFrom = ast.Import([alias])
        if isinstance(node, ast.ImportFrom):
            if node.module == "__future__":
                continue
            one = ast.ImportFrom(node.module, [alias], node.level)
        yield local, ast.unparse(one)


def _stored(node: ast.stmt) -> set[str]:
    found = {
        leaf.id
        for leaf in ast.walk(node)
        if isinstance(leaf, ast.Name) and isinstance(leaf.ctx, ast.Store)
    }
    for leaf in ast.walk(node):
        if isinstance(leaf, ast.Import | ast.ImportFrom):
            found |= {local for local, _ in _bound(leaf)}
        elif isinstance(leaf, _Definition):
            found.add(leaf.name)
    return found


def _read_names(node: ast.AST) -> set[str]:
    """Return the names a definition may take from its module, those in strings included."""
    found: set[str] = set()
    for leaf in ast.walk(node):
        if isinstance(leaf, ast.Name):
            found.add(leaf.id)
        elif isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
            if not _ANNOTATION.fullmatch(leaf.value):
                continue
            try:
                inner = ast.parse(leaf.value.strip(), mode="eval")
            except (SyntaxError, ValueError):
                continue
            found |= {part.id for part in ast.walk(inner) if isinstance(part, ast.Name)}
    return found


def _is_odd(node: _Definition, tree: ast.Module) -> bool:
    """Return whether the definition does more than define."""
    if any(isinstance(leaf, ast.Global) for leaf in ast.walk(node)):
        return True
    # What is stored elsewhere, such as `name.attribute = …`, or is bound twice, stays.
    return any(
        isinstance(leaf, ast.Name) and leaf.id == node.name and not isinstance(leaf.ctx, ast.Load)
        for leaf in ast.walk(tree)
    )


def _used_elsewhere(tree: ast.Module, definition: _Definition) -> bool:
    return any(definition.name in _read_names(node) for node in tree.body if node is not definition)
