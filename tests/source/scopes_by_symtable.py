"""What the names before attributes refer to, as Python's own compiler sees it."""

from __future__ import annotations

import ast
import symtable
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_COMPREHENSIONS = {
    ast.ListComp: "listcomp",
    ast.SetComp: "setcomp",
    ast.DictComp: "dictcomp",
    ast.GeneratorExp: "genexpr",
}


@dataclass(frozen=True, slots=True)
class Root:
    """The name before an attribute.

    Attributes:
        name:        the name.
        place:       its line and column.
        is_imported: whether an import binds it where the name is looked up.
    """

    name: str
    place: tuple[int, int]
    is_imported: bool


def roots_by_symtable(text: str, tree: ast.Module) -> Iterator[Root]:
    """Yield what each name before an attribute refers to, annotations left out."""
    table = symtable.symtable(text, "sample", "exec")
    yield from _Roots(text, table).visit_all(tree.body, _Table(table, None))


class _Table:
    """A symbol table, the one around it, and those inside it by name and line."""

    def __init__(self, table: symtable.SymbolTable, parent: _Table | None) -> None:
        self.table = table
        self.parent = parent
        self.inside: defaultdict[tuple[str, int], list[symtable.SymbolTable]] = defaultdict(list)
        for child in table.get_children():
            self.inside[child.get_name(), child.get_lineno()].append(child)

    def enter(self, name: str, line: int) -> _Table:
        return _Table(self.inside[name, line].pop(0), self)

    def enter_if_there(self, name: str, line: int) -> _Table | None:
        return self.enter(name, line) if self.inside[name, line] else None


class _Roots:
    def __init__(self, text: str, module: symtable.SymbolTable) -> None:
        self._lines = [line.encode() for line in text.split("\n")]
        self._module = module
        self._imported = {*_imported_at_module_level(module)}

    def visit_all(self, nodes: Iterable[ast.AST | None], table: _Table) -> Iterator[Root]:
        for node in nodes:
            if node is not None:
                yield from self.visit(node, table)

    def visit(self, node: ast.AST, table: _Table) -> Iterator[Root]:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() if not _has_type_parameters(node):
                yield from self._outside(node.args, table)
                yield from self.visit_all(node.decorator_list, table)
                yield from self.visit_all(node.body, table.enter(node.name, node.lineno))
            case ast.ClassDef() if not _has_type_parameters(node):
                outside = [*node.bases, *node.keywords, *node.decorator_list]
                yield from self.visit_all(outside, table)
                yield from self.visit_all(node.body, table.enter(node.name, node.lineno))
            case ast.Lambda():
                yield from self._outside(node.args, table)
                yield from self.visit(node.body, table.enter("lambda", node.lineno))
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                yield from self._comprehension(node, table)
            case ast.AnnAssign():
                yield from self.visit_all([node.target, node.value], table)
            case ast.Attribute(value=ast.Name() as name):
                yield from self._root(name, table)
            case _ if not _has_type_parameters(node):
                yield from self.visit_all(ast.iter_child_nodes(node), table)

    def _outside(self, arguments: ast.arguments, table: _Table) -> Iterator[Root]:
        yield from self.visit_all([*arguments.defaults, *arguments.kw_defaults], table)

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, table: _Table
    ) -> Iterator[Root]:
        first, *others = node.generators
        yield from self.visit(first.iter, table)
        inner = table.enter_if_there(_COMPREHENSIONS[type(node)], node.lineno)
        if inner is None:
            return  # From Python 3.12 the compiler may inline it, and tells nothing (PEP 709).
        yield from self.visit_all([first.target, *first.ifs, *others], inner)
        elements = [node.value, node.key] if isinstance(node, ast.DictComp) else [node.elt]
        yield from self.visit_all(elements, inner)

    def _root(self, name: ast.Name, table: _Table) -> Iterator[Root]:
        if name.id.startswith("__"):
            return  # Mangled in classes.
        symbol = table.table.lookup(name.id)
        before = self._lines[name.lineno - 1][: name.col_offset].decode()
        place = (name.lineno, len(before) + 1)
        if symbol.is_free():
            owner = table.parent
            while owner is not None and not _owns(owner.table, name.id):
                owner = owner.parent
            assert owner is not None
            yield Root(name.id, place, owner.table.lookup(name.id).is_imported())
        elif table.table is self._module or symbol.is_global():
            yield Root(name.id, place, name.id in self._imported)
        elif symbol.is_imported() or table.table.get_type() != "class":
            yield Root(name.id, place, symbol.is_imported())


def _imported_at_module_level(table: symtable.SymbolTable) -> Iterator[str]:
    """Yield what a module's own imports bind, and those in functions under `global`."""
    for symbol in table.get_symbols():
        if symbol.is_imported() and (table.get_type() == "module" or symbol.is_declared_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _imported_at_module_level(child)


def _owns(table: symtable.SymbolTable, name: str) -> bool:
    is_there = name in table.get_identifiers()
    return table.get_type() == "function" and is_there and table.lookup(name).is_local()


def _has_type_parameters(node: ast.AST) -> bool:
    return bool(getattr(node, "type_params", ()))
