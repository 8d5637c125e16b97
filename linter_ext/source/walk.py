"""The walk over every node of a file, scope by scope.

It is the costliest thing done to a file after parsing it. So it is one loop that only collects,
and most of what it meets it passes over; `expressions` makes facts of what it collects.
"""

from __future__ import annotations

import ast
from ast import Attribute, Call, Constant, Load, Name  # Names looked up once for each node.
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from linter_ext.source.annotations import is_typing, may_hold_strings, root_of
from linter_ext.source.facts import Import
from linter_ext.source.parser import last_name
from linter_ext.source.scopes import Scope, ScopeKind
from linter_ext.source.text import SourceText

Nodes = list[Any]
"""Nodes still to visit; an absent child is None."""

Handlers = Mapping[type, Callable[[Any, Scope, Nodes], None]]

LITERAL: frozenset[type] = frozenset({Constant})
"""The kinds of expressions that are string literals."""

COMPOSED = LITERAL | {ast.JoinedStr, ast.BinOp, Name}
"""The kinds of expressions that constants may make a string of."""

# The children of the most frequent nodes: single ones, then lists of them. Contexts, operators
# and bare strings are left out. Any other node is asked for its children, which is slower.
_CHILDREN: Mapping[type, tuple[tuple[str, ...], tuple[str, ...]]] = {
    type(None): ((), ()),
    ast.Pass: ((), ()),
    ast.Expr: (("value",), ()),
    ast.Assign: (("value",), ("targets",)),
    ast.AugAssign: (("target", "value"), ()),
    ast.Return: (("value",), ()),
    ast.Assert: (("test", "msg"), ()),
    ast.Raise: (("exc", "cause"), ()),
    ast.If: (("test",), ("body", "orelse")),
    ast.For: (("target", "iter"), ("body", "orelse")),
    ast.While: (("test",), ("body", "orelse")),
    ast.With: ((), ("items", "body")),
    ast.withitem: (("context_expr", "optional_vars"), ()),
    ast.Try: ((), ("body", "handlers", "orelse", "finalbody")),
    ast.BoolOp: ((), ("values",)),
    ast.BinOp: (("left", "right"), ()),
    ast.UnaryOp: (("operand",), ()),
    ast.IfExp: (("test", "body", "orelse"), ()),
    ast.Compare: (("left",), ("comparators",)),
    ast.Dict: ((), ("keys", "values")),
    ast.Set: ((), ("elts",)),
    ast.List: ((), ("elts",)),
    ast.Tuple: ((), ("elts",)),
    ast.Slice: (("lower", "upper", "step"), ()),
    ast.Starred: (("value",), ()),
    ast.JoinedStr: ((), ("values",)),
    ast.FormattedValue: (("value", "format_spec"), ()),
}


class Walk:
    """One walk over a file. Not recursive: Python's grammar nests deeper than its own calls.

    Attributes:
        names:      every plain name that is read.
        chains:     attribute chains that start at a name some import of the file binds, each
                    with that name.
        calls:      the calls whose first argument may be a string.
        subscripts: those of names that come from `typing`.
        types:      annotations that may hold strings.
        typing:     the names that come from `typing`.
    """

    def __init__(
        self, imports: Sequence[Import], source: SourceText, strings: frozenset[type]
    ) -> None:
        """Take the file.

        Args:
            imports: its imports.
            source:  its text.
            strings: the kinds of expressions by which a call's first argument may be a string.
        """
        self.names: set[str] = set()
        self.chains: list[tuple[ast.Attribute, ast.Name, Scope]] = []
        self.calls: list[tuple[ast.Call, Scope]] = []
        self.subscripts: list[tuple[ast.Subscript, Scope]] = []
        self.types: list[tuple[ast.expr, Scope]] = []
        self._imported = frozenset(item.local_name for item in imports)
        self.typing = frozenset(item.local_name for item in imports if is_typing(item))
        self._strings = strings
        self._source = source
        self._imports = {(item.span.line, item.span.column): item for item in imports}
        self._scopes: list[tuple[Scope, Nodes]] = []
        self._declaring: list[Scope] = []

    def run(self, tree: ast.Module) -> None:
        """Visit every node once."""
        self._scopes.append((Scope(None, ScopeKind.MODULE), [*tree.body]))
        handlers = self._handlers()
        for scope, nodes in self._scopes:  # Grows while it is walked.
            self._visit(scope, nodes, handlers)
        for scope in self._declaring:
            scope.hand_over()

    def _visit(  # noqa: C901, PLR0912
        self, scope: Scope, nodes: Nodes, handlers: Handlers
    ) -> None:
        """Visit the nodes of one scope, and those below them; open the scopes among them."""
        push, extend = nodes.append, nodes.extend
        bind, read = scope.bound.add, self.names.add
        imported, strings = self._imported, self._strings
        for node in nodes:  # Grows while it is walked.
            kind = type(node)
            if kind is Name:
                if type(node.ctx) is Load:
                    read(node.id)
                else:
                    bind(node.id)
            elif kind is Constant:
                pass
            elif kind is Attribute:
                root = node.value
                while type(root) is Attribute:
                    root = root.value
                if type(root) is not Name:
                    push(root)
                else:
                    read(root.id)
                    if root.id in imported:
                        self.chains.append((node, root, scope))
            elif kind is Call:
                push(node.func)
                extend(node.args)
                for keyword in node.keywords:
                    push(keyword.value)
                if type(node.args[0]) in strings if node.args else node.keywords:
                    self.calls.append((node, scope))
            elif kind in _CHILDREN:
                single, lists = _CHILDREN[kind]
                for field in single:
                    push(getattr(node, field))
                for field in lists:
                    extend(getattr(node, field))
            elif kind in handlers:
                handlers[kind](node, scope, nodes)
            else:
                extend(ast.iter_child_nodes(node))

    def _handlers(self) -> Handlers:
        """Return what visits the nodes that bind names or open scopes.

        Kept nowhere: it would tie the walk, and with it the tree, into a cycle.
        """
        return {
            ast.FunctionDef: self._function,
            ast.AsyncFunctionDef: self._function,
            ast.Lambda: self._lambda,
            ast.ClassDef: self._class,
            getattr(ast, "TypeAlias", type(None)): self._type_alias,
            ast.ListComp: self._comprehension,
            ast.SetComp: self._comprehension,
            ast.DictComp: self._comprehension,
            ast.GeneratorExp: self._comprehension,
            ast.Import: self._import,
            ast.ImportFrom: self._import,
            ast.AnnAssign: self._annotated,
            ast.Subscript: self._subscript,
            ast.NamedExpr: self._walrus,
            ast.ExceptHandler: self._handler,
            ast.MatchAs: self._capture,
            ast.MatchStar: self._capture,
            ast.MatchMapping: self._mapping,
            ast.Global: self._declare,
            ast.Nonlocal: self._declare,
        }

    def _function(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope, nodes: Nodes
    ) -> None:
        scope.bound.add(node.name)
        nodes += node.decorator_list
        around, around_nodes = self._with_type_parameters(node, scope, nodes)
        self._annotate(node.returns, around, around_nodes)
        self._enter(node.args, [*node.body], around, around_nodes, nodes)

    def _lambda(self, node: ast.Lambda, scope: Scope, nodes: Nodes) -> None:
        self._enter(node.args, [node.body], scope, nodes, nodes)

    def _enter(
        self, arguments: ast.arguments, body: Nodes, around: Scope, annotations: Nodes, outer: Nodes
    ) -> None:
        """Open a function's scope; its annotations and its defaults stand outside of it."""
        inner = Scope(around, ScopeKind.FUNCTION)
        self._scopes.append((inner, body))
        bind = inner.bound.add
        rest = [item for item in (arguments.vararg, arguments.kwarg) if item is not None]
        for parameters in (arguments.args, arguments.kwonlyargs, arguments.posonlyargs, rest):
            for parameter in parameters:
                bind(parameter.arg)
                if parameter.annotation is not None:
                    self._annotate(parameter.annotation, around, annotations)
        outer += arguments.defaults
        outer += arguments.kw_defaults

    def _class(self, node: ast.ClassDef, scope: Scope, nodes: Nodes) -> None:
        scope.bound.add(node.name)
        nodes += node.decorator_list
        around, around_nodes = self._with_type_parameters(node, scope, nodes)
        around_nodes += node.bases
        around_nodes += (keyword.value for keyword in node.keywords)
        self._scopes.append((Scope(around, ScopeKind.CLASS, node.body), [*node.body]))

    def _type_alias(self, node: Any, scope: Scope, nodes: Nodes) -> None:
        scope.bound.add(node.name.id)
        self._annotate(node.value, *self._with_type_parameters(node, scope, nodes))

    def _with_type_parameters(
        self, node: ast.AST, scope: Scope, nodes: Nodes
    ) -> tuple[Scope, Nodes]:
        """Return the scope that annotations and bases stand in (PEP 695), and its nodes."""
        parameters: Nodes = getattr(node, "type_params", [])  # From Python 3.12.
        if not parameters:
            return scope, nodes
        around = Scope(scope, ScopeKind.TYPE_PARAMETERS)
        around.bound.update(parameter.name for parameter in parameters)
        inside: Nodes = []
        for parameter in parameters:
            for child in ast.iter_child_nodes(parameter):
                self._annotate(child, around, inside)
        self._scopes.append((around, inside))
        return around, inside

    def _comprehension(
        self,
        node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp,
        scope: Scope,
        nodes: Nodes,
    ) -> None:
        """Open a comprehension's scope; its first iterable stands outside of it."""
        first = node.generators[0]
        nodes.append(first.iter)
        inside: Nodes = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        inside.append(first.target)
        inside += first.ifs
        inside += node.generators[1:]
        self._scopes.append((Scope(scope, ScopeKind.COMPREHENSION), inside))

    def _import(self, node: ast.Import | ast.ImportFrom, scope: Scope, nodes: Nodes) -> None:
        del nodes
        for alias in node.names:
            line = alias.lineno
            item = self._imports[line, self._source.column(line, alias.col_offset)]
            scope.imports.setdefault(item.local_name, []).append(item)

    def _annotated(self, node: ast.AnnAssign, scope: Scope, nodes: Nodes) -> None:
        """Visit `target: annotation = value`; without a value it binds in a function only."""
        self._annotate(node.annotation, scope, nodes)
        nodes.append(node.value)
        is_local = scope.kind is ScopeKind.FUNCTION
        if node.value is not None or is_local or not isinstance(node.target, ast.Name):
            nodes.append(node.target)
        if last_name(node.annotation) == "TypeAlias" and node.value is not None:
            self.types.append((node.value, scope))

    def _annotate(self, annotation: Any, scope: Scope, nodes: Nodes) -> None:
        nodes.append(annotation)
        if annotation is not None and may_hold_strings(annotation):
            self.types.append((annotation, scope))

    def _subscript(self, node: ast.Subscript, scope: Scope, nodes: Nodes) -> None:
        nodes += (node.value, node.slice)
        root = root_of(node.value) if self.typing else None
        if root is not None and root.id in self.typing:
            self.subscripts.append((node, scope))

    def _walrus(self, node: ast.NamedExpr, scope: Scope, nodes: Nodes) -> None:
        scope.bind_walrus(node.target.id)
        nodes.append(node.value)

    def _handler(self, node: ast.ExceptHandler, scope: Scope, nodes: Nodes) -> None:
        nodes.append(node.type)
        nodes += node.body
        if node.name is not None:
            scope.bound.add(node.name)

    def _capture(self, node: ast.MatchAs | ast.MatchStar, scope: Scope, nodes: Nodes) -> None:
        nodes += ast.iter_child_nodes(node)
        if node.name is not None:
            scope.bound.add(node.name)

    def _mapping(self, node: ast.MatchMapping, scope: Scope, nodes: Nodes) -> None:
        nodes += ast.iter_child_nodes(node)
        if node.rest is not None:
            scope.bound.add(node.rest)

    def _declare(self, node: ast.Global | ast.Nonlocal, scope: Scope, nodes: Nodes) -> None:
        del nodes
        scope.declare(node)
        self._declaring.append(scope)
