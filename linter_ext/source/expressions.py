"""Syntax tree → uses of imported names, and strings that the run time imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linter_ext.source.facts import Import, Reference, Span, Use
from linter_ext.source.references import call_reference, plugin_references
from linter_ext.source.scopes import Scope, by_statement
from linter_ext.source.text import SourceText

_LEAVES = frozenset({ast.Constant, ast.Load, ast.Store, ast.Del, ast.Pass, ast.Break, ast.Continue})
_NOT_FORWARD = frozenset({"Literal"})


@dataclass(frozen=True, slots=True)
class Expressions:
    """What a file's expressions say.

    Attributes:
        uses:       attribute chains that start at an imported name, in the order of the text.
        references: strings that name a module or an object, in the order of the text.
        names:      every plain name the file reads.
    """

    uses: tuple[Use, ...]
    references: tuple[Reference, ...]
    names: frozenset[str]


def find_expressions(
    tree: ast.Module, imports: Sequence[Import], source: SourceText
) -> Expressions:
    """Return the uses and references of the whole file."""
    walk = _Walk(imports, source)
    walk.run(tree)
    return walk.result()


@dataclass(frozen=True, slots=True)
class _Chain:
    """`root.a.b` as found: the root's name, the attribute nodes from the inside out."""

    root: str
    nodes: tuple[ast.Attribute, ...]
    scope: Scope
    forward: ast.Constant | None


class _Walk:
    """One iterative walk over a tree: Python nests deeper than its own stack allows."""

    def __init__(self, imports: Sequence[Import], source: SourceText) -> None:
        self._source = source
        self._imports = by_statement(imports)
        self._chains: list[_Chain] = []
        self._calls: list[tuple[ast.Call, Scope]] = []
        self._references: list[Reference] = []
        self._names: set[str] = set()
        self._stack: list[tuple[ast.AST, Scope]] = []
        self._declaring: list[Scope] = []

    def run(self, tree: ast.Module) -> None:
        """Visit every node once."""
        module = Scope(None)
        self._stack = [(node, module) for node in reversed(tree.body)]
        stack = self._stack
        while stack:
            node, scope = stack.pop()
            kind = type(node)
            if kind is ast.Attribute:
                self._attribute(node, scope)
            elif kind is ast.Name:
                self._name(node, scope)
            elif kind is ast.Call:
                self._calls.append((node, scope))  # type: ignore[arg-type]  # kind says so
                self._children(node, scope)
            elif kind not in _LEAVES and not self._binding(node, scope):
                self._children(node, scope)
        for scope in self._declaring:
            scope.hand_over(module)

    def result(self) -> Expressions:
        """Return what was found, in the order of the text."""
        uses = [use for chain in self._chains if (use := self._use(chain)) is not None]
        for call, scope in self._calls:
            reference = call_reference(call, scope, self._source)
            if reference is not None:
                self._references.append(reference)
        return Expressions(
            uses=tuple(sorted(uses, key=lambda use: _order(use.spans[0]))),
            references=tuple(sorted(self._references, key=lambda found: _order(found.span))),
            names=frozenset(self._names),
        )

    def _children(self, node: ast.AST, scope: Scope) -> None:
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, list):
                self._stack.extend((item, scope) for item in value if isinstance(item, ast.AST))
            elif isinstance(value, ast.AST):
                self._stack.append((value, scope))

    def _attribute(self, node: ast.AST, scope: Scope) -> None:
        assert isinstance(node, ast.Attribute)
        rest = self._chain(node, scope, None)
        if rest is not None:
            self._stack.append((rest, scope))

    def _chain(
        self, node: ast.Attribute, scope: Scope, forward: ast.Constant | None
    ) -> ast.expr | None:
        """Note the chain if it starts at a name; return what it starts at otherwise."""
        nodes = [node]
        while isinstance(inner := nodes[-1].value, ast.Attribute):
            nodes.append(inner)
        if not isinstance(inner, ast.Name):
            return inner
        self._names.add(inner.id)
        self._chains.append(_Chain(inner.id, tuple(reversed(nodes)), scope, forward))
        return None

    def _name(self, node: ast.AST, scope: Scope) -> None:
        assert isinstance(node, ast.Name)
        if isinstance(node.ctx, ast.Load):
            self._names.add(node.id)
        else:
            scope.bind(node.id)

    def _binding(self, node: ast.AST, scope: Scope) -> bool:
        """Visit a node that binds or opens a scope; return whether its children are dealt with."""
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                scope.bind(node.name)
                self._function(node, scope)
            case ast.Lambda():
                self._lambda(node, scope)
            case ast.ClassDef():
                scope.bind(node.name)
                self._class(node, scope)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                self._children(node, Scope(scope, is_comprehension=True))
            case ast.Import() | ast.ImportFrom():
                self._import(node, scope)
            case ast.AnnAssign():
                self._annotation(node.annotation, scope)
                self._push(scope, node.value, node.target)
            case _:
                self._note(node, scope)
                return False
        return True

    def _note(self, node: ast.AST, scope: Scope) -> None:
        """Note what a node binds, or what it says about strings, before its children."""
        match node:
            case ast.NamedExpr(target=ast.Name(id=name)):
                scope.bind_walrus(name)
            case ast.ExceptHandler(name=str(name)):
                scope.bind(name)
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                scope.bind(name)
            case ast.MatchMapping(rest=str(name)):
                scope.bind(name)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                scope.declare(names)
                self._declaring.append(scope)
            case ast.Assign() if scope.parent is None:
                self._references.extend(plugin_references(node, self._source))

    def _import(self, node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
        spans = (self._source.span(alias) for alias in node.names)
        scope.bind_imports(self._imports[span.line, span.column] for span in spans)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> None:
        inner = Scope(scope)
        inner.bind_parameters(node.args)
        self._push(inner, *reversed(node.body))
        self._annotation(node.returns, scope)
        self._arguments(node.args, scope)
        self._push(scope, *node.decorator_list)

    def _lambda(self, node: ast.Lambda, scope: Scope) -> None:
        inner = Scope(scope)
        inner.bind_parameters(node.args)
        self._push(inner, node.body)
        self._arguments(node.args, scope)

    def _class(self, node: ast.ClassDef, scope: Scope) -> None:
        self._push(Scope(scope, is_class=True), *reversed(node.body))
        self._push(scope, *node.decorator_list, *node.bases, *node.keywords)

    def _arguments(self, arguments: ast.arguments, scope: Scope) -> None:
        named = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        for argument in (*named, arguments.vararg, arguments.kwarg):
            if argument is not None:
                self._annotation(argument.annotation, scope)
        self._push(scope, *arguments.defaults, *arguments.kw_defaults)

    def _push(self, scope: Scope, *nodes: ast.AST | None) -> None:
        self._stack.extend((node, scope) for node in nodes if node is not None)

    def _annotation(self, annotation: ast.expr | None, scope: Scope) -> None:
        """Visit an annotation, and the forward references in its strings (PEP 484)."""
        if annotation is None:
            return
        self._push(scope, annotation)
        for constant, tree in _forward_references(annotation):
            nodes = list(ast.walk(tree))
            inner = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
            self._names.update(node.id for node in nodes if isinstance(node, ast.Name))
            for node in nodes:
                if isinstance(node, ast.Attribute) and id(node) not in inner:
                    self._chain(node, scope, constant)

    def _use(self, chain: _Chain) -> Use | None:
        imports = chain.scope.imports_of(chain.root)
        if not imports:
            return None
        spans = tuple(self._span(node, chain.forward) for node in chain.nodes)
        return Use(imports, tuple(node.attr for node in chain.nodes), spans)

    def _span(self, node: ast.Attribute, forward: ast.Constant | None) -> Span:
        if forward is None:
            return self._source.span(node)
        whole = self._source.span(forward)
        if not _is_plain(forward, whole, self._source):
            return whole
        end = node.end_col_offset or node.col_offset
        shift = whole.column + 1
        return Span(whole.line, shift + node.col_offset, whole.line, shift + end)


def _order(span: Span) -> tuple[int, int]:
    return span.line, span.column


def _forward_references(annotation: ast.expr) -> Iterator[tuple[ast.Constant, ast.Expression]]:
    """Yield the annotation's strings that are expressions, parsed."""
    stack: list[ast.AST] = [annotation]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            try:
                yield node, ast.parse(node.value, mode="eval")
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue  # Not a type; a type checker says so, imports are not concerned.
        elif not _is_literal(node):
            stack.extend(ast.iter_child_nodes(node))


def _is_literal(node: ast.AST) -> bool:
    """Return whether the node is `Literal[...]`, whose strings are values."""
    if not isinstance(node, ast.Subscript):
        return False
    base = node.value
    name = base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", None)
    return name in _NOT_FORWARD


def _is_plain(constant: ast.Constant, span: Span, source: SourceText) -> bool:
    """Return whether the string's characters stand in the source one for one."""
    if span.line != span.end_line or not str(constant.value).isascii():
        return False
    written = source.lines[span.line - 1][span.column - 1 : span.end_column - 1]
    return written[1:-1] == constant.value
