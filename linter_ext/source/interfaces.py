"""What two versions of a module have different for those who import it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from linter_ext.source.parser import parse
from linter_ext.source.text import UnreadableError

_OPENING = re.compile(
    r"__getattr__|__path__|__all__|\bimport\s*\(?\s*\*|\b(?:globals|locals|vars|exec_?)\s*\("
    r"|\bglobal\s|\bsys\b|\bsetattr\b|\bimport_module\b|_path\b|_hooks\b|_enum\b|_convert_"
)
"""What may change which names a module offers without binding them one by one."""

_Function = ast.FunctionDef | ast.AsyncFunctionDef


class InterfaceChange(NamedTuple):
    """What is different between two versions of a module, for other files.

    Attributes:
        is_whole:  whether anything that is asked of it may be answered otherwise.
        names:     the names at its top that may mean something else, or are gone.
        inner:     names in its classes that may mean something else, or are gone.
        looked_up: names that its code looks up in one of the versions only.
    """

    is_whole: bool
    names: frozenset[str] = frozenset()
    inner: frozenset[str] = frozenset()
    looked_up: frozenset[str] = frozenset()


WHOLE = InterfaceChange(is_whole=True)


def compare_interfaces(before: str, after: str) -> InterfaceChange:
    """Return what two versions of a module have different for those who import it.

    More may be named than is different, but nothing is left out. What functions do inside is
    different for nobody else.
    """
    try:
        old, new = parse(before), parse(after)
    except UnreadableError:
        return WHOLE
    looked_up = frozenset(_identifiers(old) ^ _identifiers(new))
    found = _Differences()
    found.compare(_Body(old.body, before), _Body(new.body, after), is_inner=False)
    return InterfaceChange(
        is_whole=found.is_whole,
        names=frozenset(found.names),
        inner=frozenset(found.inner),
        looked_up=looked_up,
    )


class _Body:
    """Statements of one version, each with its text."""

    def __init__(self, statements: Sequence[ast.stmt], text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.statements = [(self.text_of(statement), statement) for statement in statements]

    def text_of(self, statement: ast.stmt) -> str:
        """Return the lines that a statement stands on, its decorators included."""
        decorators = getattr(statement, "decorator_list", ())
        first = min([statement.lineno, *(item.lineno for item in decorators)])
        return "\n".join(self.lines[first - 1 : statement.end_lineno])

    def inside(self, statement: ast.ClassDef) -> _Body:
        """Return the statements of a class."""
        return _Body(statement.body, self.text)


class _Differences:
    """Gathers what is different."""

    def __init__(self) -> None:
        self.is_whole = False
        self.names: set[str] = set()
        self.inner: set[str] = set()

    def compare(self, before: _Body, after: _Body, *, is_inner: bool) -> None:
        """Compare two versions of statements that follow each other."""
        old, new = _without_common(before.statements, after.statements)
        left = self._compare_classes(before, old, after, new)
        for body, statements in zip((before, after), left, strict=True):
            for statement in statements:
                self._note(statement, body, is_inner=is_inner)

    def _compare_classes(
        self, before: _Body, old: _Statements, after: _Body, new: _Statements
    ) -> tuple[Sequence[ast.stmt], Sequence[ast.stmt]]:
        """Compare the classes that are in both versions; return what else is different."""
        old_classes, new_classes = _classes(old), _classes(new)
        alike = {
            name
            for name in old_classes.keys() & new_classes.keys()
            if _header(old_classes[name]) == _header(new_classes[name])
        }
        for name in sorted(alike):
            inner = before.inside(old_classes[name]), after.inside(new_classes[name])
            self.compare(*inner, is_inner=True)
        rests = _without_common(*(_reduced(items, alike) for items in (old, new)))
        return [item for _, item in rests[0]], [item for _, item in rests[1]]

    def _note(self, statement: ast.stmt, body: _Body, *, is_inner: bool) -> None:
        bound = set(_bound(statement))
        self.inner |= bound
        if is_inner:
            return
        text = body.text_of(statement)
        if isinstance(statement, ast.ClassDef):
            bound = {statement.name}
            text = ast.unparse(_without_functions(statement))
        self.names |= bound
        is_open = not bound or _OPENING.search(text) is not None
        self.is_whole = self.is_whole or (is_open and not _says_nothing(statement))


_Statements = Sequence[tuple[str, ast.stmt]]


def _without_common(old: _Statements, new: _Statements) -> tuple[_Statements, _Statements]:
    """Return the statements of each side that the other one does not have."""
    return _without(old, new), _without(new, old)


def _without(statements: _Statements, others: _Statements) -> _Statements:
    left = Counter(text for text, _ in others)
    found = []
    for text, statement in statements:
        if left[text]:
            left[text] -= 1
        else:
            found.append((text, statement))
    return found


def _classes(statements: _Statements) -> dict[str, ast.ClassDef]:
    """Return the classes among the statements, but for those of which there are several."""
    found = [item for _, item in statements if isinstance(item, ast.ClassDef)]
    count = Counter(item.name for item in found)
    return {item.name: item for item in found if count[item.name] == 1}


def _header(statement: ast.ClassDef) -> str:
    parts = (*statement.decorator_list, *statement.bases, *statement.keywords)
    return "\n".join(map(ast.dump, parts))


def _reduced(statements: _Statements, compared: Set[str]) -> _Statements:
    """Return statements without what functions do, each with what it then says.

    Args:
        statements: the statements.
        compared:   the names of the classes to leave out.
    """
    found = []
    for _, statement in statements:
        if isinstance(statement, ast.ClassDef) and statement.name in compared:
            continue
        is_getter = isinstance(statement, _Function) and statement.name == "__getattr__"
        for node in ast.walk(statement):
            if isinstance(node, _Function) and not is_getter:
                node.body = [ast.Expr(ast.Constant(name)) for name in sorted(set(_effects(node)))]
        found.append((ast.dump(statement), statement))
    return found


def _without_functions(statement: ast.ClassDef) -> ast.ClassDef:
    """Return a class with what runs when it is made."""
    body = [item for item in statement.body if not isinstance(item, _Function)]
    return ast.ClassDef(
        name=statement.name,
        bases=statement.bases,
        keywords=statement.keywords,
        body=body or [ast.Pass()],
        decorator_list=statement.decorator_list,
    )


def _effects(function: _Function) -> Iterator[str]:
    """Yield what of a function's body others may notice: attributes it sets, names it declares."""
    for node in ast.walk(function):
        match node:
            case ast.Attribute(attr=name, ctx=ast.Store() | ast.Del()):
                yield name
            case ast.Global(names=names):
                yield from names
            case ast.Name(id=name) | ast.Attribute(attr=name) if _OPENING.search(f"{name}("):
                yield f"{name}("


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement binds or takes away, in its blocks too."""
    for node in ast.walk(statement):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
                # What its body says is kept as constants: the attributes that it sets.
                yield from _constants(node.body)
            case ast.ClassDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                yield name
            case ast.alias(name=name, asname=alias):
                yield alias or name.partition(".")[0]
            case (
                ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
                | ast.MatchMapping(rest=str(name))
            ):
                yield name


def _constants(body: Iterable[ast.stmt]) -> Iterator[str]:
    for statement in body:
        match statement:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield text


def _says_nothing(statement: ast.stmt) -> bool:
    """Return whether a statement is for readers only."""
    is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return is_text or isinstance(statement, ast.Pass)


def _identifiers(tree: ast.Module) -> set[str]:
    """Return every name in the code."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                found.add(name)
            case ast.alias(name=name):
                found.update(name.split("."))
    return found
