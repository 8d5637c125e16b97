"""Breakages of names: deleted, renamed, no longer re-exported, gone though a patch names them."""

from __future__ import annotations

import ast
from random import Random

from benchmarks import truth_edits
from benchmarks.truth_ground import Breakage, Ground
from benchmarks.truth_tree import Tree

_HALF = 0.5


def delete_name(ground: Ground, lot: Random) -> Breakage | None:
    """Delete a definition that its own module does without while it is imported."""
    places = _taken_definitions(ground)
    if not places:
        return None
    module, name = lot.choice(places)
    return _without_definition(ground, module, name, is_unlisted=lot.random() < _HALF)


def rename_name(ground: Ground, lot: Random) -> Breakage | None:
    """Rename a definition within its module; `__all__` and other modules are left."""
    places = _taken_definitions(ground)
    if not places:
        return None
    module, name = lot.choice(places)
    new = lot.choice((f"{name}_renamed", f"{name}s", f"_{name}"))
    path, text = ground.modules[module], ground.text(module)
    if new in text:
        return None
    return Breakage(f"{path}: {name} → {new}", {path: truth_edits.renamed(text, name, new)})


def break_re_export(ground: Ground, lot: Random) -> Breakage | None:
    """Take a name out of an import of an `__init__.py`, from which others take it."""
    packages = [name for name in ground.packages if ground.taken[name]]
    if not packages:
        return None
    package = lot.choice(packages)
    path, module = ground.modules[package], ground.parsed(package)
    places = [
        (node, alias)
        for node in module.body
        if isinstance(node, ast.ImportFrom) and node.module != "__future__"
        for alias in node.names
        if _is_dispensable(ground, package, alias)
    ]
    if not places:
        return None
    node, alias = lot.choice(places)
    text = _without_alias(ground.text(package), node, alias)
    if text is not None and lot.random() < _HALF:
        text = truth_edits.without_export(text, alias.asname or alias.name)
    what = ast.unparse(ast.ImportFrom(node.module, [alias], node.level))
    return Breakage(f"{path}: without {what}", {path: text}) if text else None


def delete_patched_name(ground: Ground, lot: Random) -> Breakage | None:
    """Delete a name of a module, an import perhaps, that is patched by string."""
    places = [
        (module, name)
        for module, name in (_split(target) for target in sorted(ground.patched))
        if module in ground.tree.modules
    ]
    if not places:
        return None
    module, name = lot.choice(places)
    if name in truth_edits.definitions(_body(ground.tree, module)):
        return _without_definition(ground, module, name, is_unlisted=True)
    return _without_import(ground, ground.tree.modules[module], name)


def break_patched_attribute(ground: Ground, lot: Random) -> Breakage | None:
    """Delete or rename an attribute of a class that is patched by string."""
    places = [
        (path, holder, name)
        for target in sorted(ground.patched)
        for path, holder, name in _attribute(ground.tree, target)
    ]
    if not places:
        return None
    path, holder, name = lot.choice(places)
    node = truth_edits.definitions(holder.body)[name]
    text = ground.tree.texts[path]
    if not truth_edits.stands_alone(text, node):
        return None
    if isinstance(node, ast.FunctionDef) and lot.random() < _HALF:
        lines = text.splitlines(keepends=True)
        row = lines[node.lineno - 1]
        lines[node.lineno - 1] = row.replace(f"def {name}", f"def {name}_renamed", 1)
        return Breakage(f"{path}: {holder.name}.{name} renamed", {path: "".join(lines)})
    keep = f"{' ' * node.col_offset}pass\n" if len(holder.body) == 1 else ""
    new = truth_edits.without_lines(text, node, keep=keep)
    return Breakage(f"{path}: {holder.name}.{name} deleted", {path: new})


def _taken_definitions(ground: Ground) -> list[tuple[str, str]]:
    return [
        (module, name)
        for module in ground.modules
        for name in sorted(truth_edits.definitions(ground.parsed(module).body))
        if name in ground.taken[module]
    ]


def _without_definition(
    ground: Ground, module: str, name: str, *, is_unlisted: bool
) -> Breakage | None:
    path = ground.tree.modules[module]
    text, parsed = ground.tree.texts[path], ground.tree.parsed[path]
    node = truth_edits.definitions(parsed.body)[name]
    is_needed = truth_edits.used_at_import(parsed, name, beside=node)
    if is_needed or not truth_edits.stands_alone(text, node):
        return None
    new = truth_edits.without_lines(text, node)
    if is_unlisted:
        new = truth_edits.without_export(new, name)
    return Breakage(f"{path}: {name} deleted", {path: new})


def _without_import(ground: Ground, path: str, name: str) -> Breakage | None:
    parsed = ground.tree.parsed[path]
    for node in parsed.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                if (alias.asname or alias.name) == name and not _is_used(parsed, name):
                    text = _without_alias(ground.tree.texts[path], node, alias)
                    place = f"{path}: without import of {name}"
                    return Breakage(place, {path: text}) if text else None
    return None


def _is_dispensable(ground: Ground, package: str, alias: ast.alias) -> bool:
    name = alias.asname or alias.name
    is_taken = name in ground.taken[package] or "*" in ground.taken[package]
    return is_taken and name != "*" and not _is_used(ground.parsed(package), name)


def _is_used(module: ast.Module, name: str) -> bool:
    return truth_edits.used_at_import(module, name)


def _without_alias(text: str, node: ast.Import | ast.ImportFrom, alias: ast.alias) -> str | None:
    if not truth_edits.stands_alone(text, node):
        return None
    rest = [item for item in node.names if item is not alias]
    if not rest:
        return truth_edits.without_lines(text, node)
    fewer: ast.stmt = ast.Import(rest)
    if isinstance(node, ast.ImportFrom):
        fewer = ast.ImportFrom(node.module, rest, node.level)
    return truth_edits.without_lines(text, node, keep=f"{ast.unparse(fewer)}\n")


def _attribute(tree: Tree, target: str) -> list[tuple[str, ast.ClassDef, str]]:
    """Return the class, at the top of a module of the tree, that holds a patched attribute."""
    owner, name = _split(target)
    module, holder = _split(owner)
    if module not in tree.modules:
        return []
    found = truth_edits.definitions(_body(tree, module)).get(holder)
    if not isinstance(found, ast.ClassDef) or name not in truth_edits.definitions(found.body):
        return []
    return [(tree.modules[module], found, name)]


def _body(tree: Tree, module: str) -> list[ast.stmt]:
    return tree.parsed[tree.modules[module]].body


def _split(target: str) -> tuple[str, str]:
    owner, _, name = target.rpartition(".")
    return owner, name
