"""What a file imports, where it uses that, and which strings name modules: the score's own view.

Nothing here comes from linter_ext, so that its mistakes are not repeated.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from benchmarks.fix.code import Module, asked_module, parsed

_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.\w+)+")
_ANY_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.\w+)+(?![\w.])")
_PATCHES = {"patch", "dict", "multiple", "setattr", "delattr", "import_module", "__import__"}
_REFERENCES = _PATCHES | {"importorskip", "resolve_name"}

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class Import(NamedTuple):
    """One thing that an import statement does.

    Attributes:
        scope:  the function or class it stands in, dotted; empty for the module.
        local:  the name it binds; `*` for a star.
        path:   what it asks for.
        bound:  what the local name stands for (`a` after `import a.b`).
    """

    scope: str
    local: str
    path: str
    bound: str


class Use(NamedTuple):
    """A name, with the attributes after it, that an import bound.

    Attributes:
        line:   where it is.
        bound:  what its first name stands for.
        path:   the whole path.
        root:   its first name.
    """

    line: int
    bound: str
    path: str
    root: str


class Text(NamedTuple):
    """A string that holds nothing but a dotted path.

    Attributes:
        line:         where it is.
        path:         what it says.
        is_reference: whether it is handed to what imports it.
    """

    line: int
    path: str
    is_reference: bool


@dataclass
class Sites:
    """All of a file.

    Attributes:
        imports:  what its import statements do.
        uses:     the uses of what they bind, in order.
        texts:    the strings that are dotted paths, in order.
        mentions: dotted paths anywhere in other strings.
        loose:    names that nothing in the file binds.
        loads:    all names that are read.
        defined:  names bound at module level otherwise than by imports.
    """

    imports: list[Import] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    mentions: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)
    loads: set[str] = field(default_factory=set)
    defined: set[str] = field(default_factory=set)


@dataclass
class _Scope:
    name: str
    is_class: bool
    imported: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    bound: set[str] = field(default_factory=set)


def read_sites(text: str, module: Module) -> Sites | None:
    """Return what a file holds; None if it is no Python."""
    tree = parsed(text)
    if tree is None:
        return None
    reader = _Reader(module)
    reader.read(tree)
    return reader.sites


class _Reader(ast.NodeVisitor):
    def __init__(self, module: Module) -> None:
        self.sites = Sites()
        self._module = module
        self._scopes: list[_Scope] = []
        self._references: set[int] = set()
        self._has_star = False

    def read(self, tree: ast.Module) -> None:
        self._enter("", tree.body, is_class=False)
        self.sites.defined = set(self._scopes[0].bound)
        for node in tree.body:
            self.visit(node)

    def _enter(
        self, name: str, body: list[ast.stmt], *, is_class: bool, extra: set[str] | None = None
    ) -> None:
        outer = self._scopes[-1].name if self._scopes else ""
        scope = _Scope(f"{outer}.{name}" if outer else name, is_class)
        scope.bound |= extra or set()
        for node in _own_nodes(body):
            self._bind(node, scope)
        self._scopes.append(scope)

    def _bind(self, node: ast.AST, scope: _Scope) -> None:
        match node:
            case ast.Import():
                for alias in node.names:
                    root = alias.name.partition(".")[0]
                    bound = alias.name if alias.asname else root
                    local = alias.asname or root
                    scope.imported[local].append(bound)
                    self.sites.imports.append(Import(scope.name, local, alias.name, bound))
            case ast.ImportFrom():
                asked = asked_module(node, self._module.package)
                for alias in node.names:
                    if alias.name == "*":
                        self._has_star = True
                        self.sites.imports.append(Import(scope.name, "*", asked, asked))
                        continue
                    path, local = f"{asked}.{alias.name}", alias.asname or alias.name
                    scope.imported[local].append(path)
                    self.sites.imports.append(Import(scope.name, local, path, path))
            case ast.Name(ctx=ast.Store() | ast.Del()):
                scope.bound.add(node.id)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                scope.bound.add(node.name)
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                scope.bound.add(name)
            case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                scope.bound.add(name)

    def _stands_for(self, name: str) -> tuple[bool, str | None]:
        """Return whether anything binds the name, and the path it stands for."""
        innermost = True
        for scope in reversed(self._scopes):
            if scope.is_class and not innermost:
                continue
            innermost = False
            if name in scope.imported:
                return True, scope.imported[name][0]
            if name in scope.bound:
                return True, None
        return hasattr(builtins, name), None

    def visit_Name(self, node: ast.Name) -> None:
        self._use(node, node, "")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        parts: list[str] = []
        inner: ast.expr = node
        while isinstance(inner, ast.Attribute):
            parts.insert(0, inner.attr)
            inner = inner.value
        if isinstance(inner, ast.Name):
            self._use(inner, node, "".join(f".{part}" for part in parts))
        else:
            self.visit(inner)

    def _use(self, root: ast.Name, node: ast.expr, rest: str) -> None:
        if isinstance(root.ctx, ast.Load):
            self.sites.loads.add(root.id)
        is_bound, path = self._stands_for(root.id)
        if path is not None:
            self.sites.uses.append(Use(node.lineno, path, path + rest, root.id))
        elif not is_bound and not self._has_star:
            self.sites.loose.add(root.id)

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name in _REFERENCES:
            self._references |= {id(argument) for argument in node.args[:1]}
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if not isinstance(node.value, str):
            return
        if _DOTTED.fullmatch(node.value):
            found = Text(node.lineno, node.value, id(node) in self._references)
            self.sites.texts.append(found)
        else:
            self.sites.mentions |= set(_ANY_DOTTED.findall(node.value))

    def visit_Expr(self, node: ast.Expr) -> None:
        """Pass docstrings by: they are prose."""
        if not isinstance(node.value, ast.Constant):
            self.visit(node.value)

    def _annotation(self, node: ast.expr | None) -> None:
        if node is None:
            return
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                try:
                    inner = ast.parse(part.value.strip(), mode="eval").body
                except (SyntaxError, ValueError):
                    continue
                for leaf in ast.walk(inner):
                    ast.copy_location(leaf, part)
                if not isinstance(inner, ast.Constant):
                    self.visit(inner)
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            self.visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.visit(node.target)
        self._annotation(node.annotation)
        if node.value is not None:
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._function(node)

    def _function(self, node: _Function) -> None:
        arguments = node.args
        for part in (*node.decorator_list, *arguments.defaults, *arguments.kw_defaults):
            if part is not None:
                self.visit(part)
        every = _arguments(arguments)
        for argument in every:
            self._annotation(argument.annotation)
        self._annotation(node.returns)
        self._enter(node.name, node.body, is_class=False, extra={arg.arg for arg in every})
        for statement in node.body:
            self.visit(statement)
        self._scopes.pop()

    def visit_Lambda(self, node: ast.Lambda) -> None:
        for part in (*node.args.defaults, *node.args.kw_defaults):
            if part is not None:
                self.visit(part)
        names = {argument.arg for argument in _arguments(node.args)}
        self._enter("<lambda>", [ast.Expr(node.body)], is_class=False, extra=names)
        self.visit(node.body)
        self._scopes.pop()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for part in (*node.decorator_list, *node.bases, *(key.value for key in node.keywords)):
            self.visit(part)
        self._enter(node.name, node.body, is_class=True, extra={"__class__", "__qualname__"})
        for statement in node.body:
            self.visit(statement)
        self._scopes.pop()

    def _comprehension(self, node: _Comprehension) -> None:
        targets = {
            leaf.id
            for generator in node.generators
            for leaf in ast.walk(generator.target)
            if isinstance(leaf, ast.Name)
        }
        self._enter("<comprehension>", [], is_class=False, extra=targets)
        self.generic_visit(node)
        self._scopes.pop()

    def visit(self, node: ast.AST) -> None:
        """Visit a node; all comprehensions alike."""
        if isinstance(node, _Comprehension):
            self._comprehension(node)
        else:
            super().visit(node)


def _arguments(node: ast.arguments) -> list[ast.arg]:
    more = [argument for argument in (node.vararg, node.kwarg) if argument is not None]
    return [*node.posonlyargs, *node.args, *more, *node.kwonlyargs]


def _own_nodes(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """Return the nodes that belong to a scope, not those of the scopes within it."""
    stack: list[ast.AST] = list(reversed(body))
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, _Function | ast.ClassDef | ast.Lambda | _Comprehension):
            stack.extend(reversed(list(ast.iter_child_nodes(node))))
        elif isinstance(node, _Comprehension):
            # A walrus within it binds outside.
            stack.extend(leaf.target for leaf in ast.walk(node) if isinstance(leaf, ast.NamedExpr))
