"""Which names a module's `__getattr__` offers (PEP 562), where its text tells.

It tells where the function compares its argument with literals, or looks it up in a table of
literals, and raises AttributeError for everything else.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from linter_ext.source.parser import last_name, module_statements

_GETATTR = "__getattr__"
_NOT_ALWAYS = (
    ast.BoolOp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.IfExp,
    ast.Lambda,
    ast.ListComp,
    ast.SetComp,
)
"""Expressions some parts of which need not be evaluated."""
_COLLECTIONS = frozenset({"frozenset", "set", "dict", "tuple", "list", "MappingProxyType"})
_READING = frozenset({"copy", "count", "get", "index", "items", "keys", "union", "values"})
_READERS = _COLLECTIONS | {"enumerate", "iter", "len", "repr", "sorted", "str"}
_CACHES = frozenset({"cache", "lru_cache", "no_type_check"})
"""Decorators that leave a function's answers as they are."""


def find_lazy_names(tree: ast.Module) -> frozenset[str] | None:
    """Return what the module's `__getattr__` offers; None if that may be any name.

    Nothing, if the module has none.
    """
    found: set[str] = set()
    tables: Mapping[str, frozenset[str]] | None = None
    for statement in module_statements(tree):
        if isinstance(statement, ast.FunctionDef) and statement.name == _GETATTR:
            tables = _tables(tree) if tables is None else tables
            names = _offered_by(statement, tables)
        elif _binds_getattr(statement):
            names = _attached(statement)
        else:
            continue
        if names is None:
            return None
        found |= names
    return frozenset(found)


def _binds_getattr(statement: ast.stmt) -> bool:
    """Return whether something other than a function becomes the module's `__getattr__`."""
    match statement:
        case ast.Assign(targets=targets):
            nodes = (node for target in targets for node in ast.walk(target))
            return any(isinstance(node, ast.Name) and node.id == _GETATTR for node in nodes)
        case ast.ImportFrom(names=names):
            return any((alias.asname or alias.name) == _GETATTR for alias in names)
        case ast.ClassDef(name=name) | ast.AsyncFunctionDef(name=name):
            return name == _GETATTR
        case ast.AnnAssign(target=ast.Name(id=name)):
            return name == _GETATTR
    return False


def _attached(statement: ast.stmt) -> frozenset[str] | None:
    """Return what `lazy_loader.attach(__name__, submodules, submod_attrs)` offers."""
    call = statement.value if isinstance(statement, ast.Assign) else None
    if not isinstance(call, ast.Call) or last_name(call.func) != "attach":
        return None
    given = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
    if not given:
        return None
    found: set[str] = set()
    for argument in given:
        lists = argument.values if isinstance(argument, ast.Dict) else [argument]
        for item in lists:
            names = _literals(item)
            if names is None:
                return None
            found |= names
    return frozenset(found)


def _tables(tree: ast.Module) -> Mapping[str, frozenset[str]]:
    """Return the module's collections of strings that are assigned once and never changed."""
    found: dict[str, frozenset[str]] = {}
    unsure: set[str] = set()
    for statement in module_statements(tree):
        for name, value in _assigned(statement):
            names = _literals(value)
            if name in found or names is None:
                unsure.add(name)
            else:
                found[name] = names
    uses = Counter(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    known = Counter(found.keys())
    known.update(name for node in ast.walk(tree) for name in names_read_by(node))
    return {
        name: names
        for name, names in found.items()
        if name not in unsure and uses[name] == known[name]
    }


def _assigned(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, value
        case ast.AugAssign(target=ast.Name(id=name), value=value):
            yield from ((name, value), (name, value))


def names_read_by(node: ast.AST) -> Iterator[str]:
    """Yield the names that stand in a node where what they stand for is not changed."""
    inner: Sequence[ast.expr | None] = ()
    match node:
        case ast.Compare(ops=ops, comparators=comparators):
            if all(isinstance(item, (ast.In, ast.NotIn)) for item in ops):
                inner = comparators
        case ast.Subscript(value=value, ctx=ast.Load()):
            inner = [value]
        case ast.Attribute(value=value, attr=attribute):
            inner = [value] if attribute in _READING else []
        case ast.Call(func=ast.Name(id=called), args=arguments):
            inner = arguments if called in _READERS else []
        case ast.For(iter=value) | ast.comprehension(iter=value) | ast.AugAssign(value=value):
            inner = [value]
        case ast.Starred(value=value, ctx=ast.Load()) | ast.Return(value=value):
            inner = [value]
        case ast.BinOp(left=left, right=right):
            inner = [left, right]
        case ast.Dict(keys=keys, values=values):
            inner = [value for key, value in zip(keys, values, strict=True) if key is None]
    yield from (item.id for item in inner if isinstance(item, ast.Name))


def _literals(value: ast.expr) -> frozenset[str] | None:
    """Return the strings of a collection, or the keys of a table; None if some are no literals."""
    match value:
        case ast.Dict(keys=keys):
            elements: Sequence[ast.expr | None] = keys
        case ast.Set(elts=elts) | ast.List(elts=elts) | ast.Tuple(elts=elts):
            elements = elts
        case ast.Call(func=function, args=[inner], keywords=[]) if (
            last_name(function) in _COLLECTIONS
        ):
            return _literals(inner)
        case ast.Call(func=ast.Name(id="dict"), args=[], keywords=keywords):
            words = [keyword.arg for keyword in keywords]
            return None if None in words else frozenset(word for word in words if word)
        case _:
            return None
    texts = [item.value if isinstance(item, ast.Constant) else None for item in elements]
    strings = [text for text in texts if isinstance(text, str)]
    return frozenset(strings) if len(strings) == len(texts) else None


def _offered_by(
    function: ast.FunctionDef, tables: Mapping[str, frozenset[str]]
) -> frozenset[str] | None:
    """Return the names for which the function may return; None if that may be any."""
    decorators = (
        item.func if isinstance(item, ast.Call) else item for item in function.decorator_list
    )
    if len(function.args.args) != 1 or not all(last_name(item) in _CACHES for item in decorators):
        return None
    stores = Counter(
        node.id
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
    )
    parameter = function.args.args[0].arg
    if parameter in stores:
        return None
    once = frozenset(name for name, count in stores.items() if count == 1)
    return _Function(parameter, tables, once).names_of(function.body)


class _Function:
    """Reads the body of a `__getattr__`.

    Each statement either lets only some names pass to what follows (`if name not in TABLE:
    raise`), or answers for some names and lets the rest pass.

    Args:
        parameter: the name of its argument.
        tables:    the module's collections of strings.
        once:      the names that it assigns once.
    """

    def __init__(
        self, parameter: str, tables: Mapping[str, frozenset[str]], once: frozenset[str]
    ) -> None:
        self._parameter = parameter
        self._tables = tables
        self._once = once
        self._looked_up: dict[str, frozenset[str]] = {}

    def names_of(self, body: Sequence[ast.stmt]) -> frozenset[str] | None:
        """Return the names for which the statements may do anything but raise AttributeError."""
        found: set[str] = set()
        for statement in body:
            if _raises(statement):
                return frozenset(found)
            limit = self._limit(statement)
            if limit is not None:
                return frozenset(found | limit)
            names = self._answered(statement)
            if names is None:
                return None
            found |= names
            if _leaves(statement):
                return frozenset(found)
        return None  # It ends without raising: every name gets an answer.

    def _limit(self, statement: ast.stmt) -> frozenset[str] | None:
        """Return the only names that get past the statement; None if it limits nothing."""
        match statement:
            case ast.If(test=test, body=body, orelse=[]) if _raises_last(body):
                return self._refused(test)
            case ast.Try(
                body=[ast.Assign() | ast.Return() | ast.Expr() as only],
                handlers=handlers,
                orelse=[],
                finalbody=[],
            ) if handlers and all(_raises_last(handler.body) for handler in handlers):
                return self._looks_up(only)
        return None

    def _refused(self, test: ast.expr) -> frozenset[str] | None:
        """Return the names for which the test is false, where a test fails for all others."""
        match test:
            case ast.Compare(left=left, ops=[ast.NotIn()], comparators=[table]):
                return self._table(table) if self._is_parameter(left) else None
            case ast.Compare(left=left, ops=[ast.NotEq()], comparators=[literal]):
                return self._literal(literal) if self._is_parameter(left) else None
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                if isinstance(operand, ast.Name):
                    return self._looked_up.get(operand.id)
                return self._accepted(operand)
            case ast.Compare(left=ast.Name(id=name), ops=[ast.Is()], comparators=[value]):
                is_none = isinstance(value, ast.Constant) and value.value is None
                return self._looked_up.get(name) if is_none else None
        return None

    def _answered(self, statement: ast.stmt) -> frozenset[str] | None:
        """Return the names for which the statement may return; None if that may be any."""
        match statement:
            case ast.If(test=test, body=body, orelse=orelse):
                first = self._accepted(test)
                if first is None:
                    first = self._inside(body)
                rest = self._inside(orelse)
                return None if first is None or rest is None else first | rest
            case ast.Match(subject=subject, cases=cases) if self._is_parameter(subject):
                return self._matched(cases)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call):
                names = self._got(call)
                if names is not None and name in self._once:
                    self._looked_up[name] = names
        return None if _may_leave(statement) else frozenset()

    def _inside(self, body: Sequence[ast.stmt]) -> frozenset[str] | None:
        found: set[str] = set()
        for statement in body:
            if _raises(statement):
                break
            names = self._answered(statement)
            if names is None:
                return None
            found |= names
        return frozenset(found)

    def _accepted(self, test: ast.expr) -> frozenset[str] | None:
        """Return the only names for which the test holds; None if it says nothing of them."""
        match test:
            case ast.Compare(left=left, ops=[ast.Eq()], comparators=[literal]):
                return self._literal(literal) if self._is_parameter(left) else None
            case ast.Compare(left=left, ops=[ast.In()], comparators=[table]):
                return self._table(table) if self._is_parameter(left) else None
            case ast.BoolOp(op=ast.And(), values=values):
                accepted = (self._accepted(value) for value in values)
                return next((names for names in accepted if names is not None), None)
            case ast.BoolOp(op=ast.Or(), values=values):
                return _union(self._accepted(value) for value in values)
            case ast.Compare(left=left, ops=[ast.IsNot()], comparators=[ast.Constant(value=None)]):
                return self._truth(left)
        return self._truth(test)

    def _truth(self, test: ast.expr) -> frozenset[str] | None:
        """Return the only names for which what a table gives is true."""
        match test:
            case ast.Name(id=name):
                return self._looked_up.get(name)
            case ast.NamedExpr(value=ast.Call() as call):
                return self._got(call)
        return None

    def _matched(self, cases: Sequence[ast.match_case]) -> frozenset[str] | None:
        found: set[str] = set()
        for case in cases:
            names = _pattern_names(case.pattern)
            if names is None:
                names = self._inside(case.body)
            if names is None:
                return None
            found |= names
        return frozenset(found)

    def _looks_up(self, statement: ast.stmt) -> frozenset[str] | None:
        """Return the keys of the one table that the statement takes the name from."""
        stack: list[ast.AST] = [statement]
        while stack:
            node = stack.pop()
            if isinstance(node, ast.Subscript) and self._is_parameter(node.slice):
                return self._table(node.value)
            if not isinstance(node, _NOT_ALWAYS):
                stack.extend(ast.iter_child_nodes(node))
        return None

    def _got(self, call: ast.Call) -> frozenset[str] | None:
        """Return the keys of the table in `TABLE.get(name)`."""
        match call:
            case ast.Call(func=ast.Attribute(value=table, attr="get"), args=[key]):
                return self._table(table) if self._is_parameter(key) else None
        return None

    def _table(self, table: ast.expr) -> frozenset[str] | None:
        if isinstance(table, ast.Name):
            return self._tables.get(table.id)
        return _literals(table)

    @staticmethod
    def _literal(literal: ast.expr) -> frozenset[str] | None:
        if isinstance(literal, ast.Constant) and isinstance(literal.value, str):
            return frozenset({literal.value})
        return None

    def _is_parameter(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and node.id == self._parameter


def _union(names: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    found: set[str] = set()
    for each in names:
        if each is None:
            return None
        found |= each
    return frozenset(found)


def _pattern_names(pattern: ast.pattern) -> frozenset[str] | None:
    match pattern:
        case ast.MatchValue(value=ast.Constant(value=str(name))):
            return frozenset({name})
        case ast.MatchOr(patterns=patterns):
            return _union(map(_pattern_names, patterns))
    return None


def _raises(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.Raise) or statement.exc is None:
        return False
    error = statement.exc
    return last_name(error.func if isinstance(error, ast.Call) else error) == "AttributeError"


def _raises_last(body: Sequence[ast.stmt]) -> bool:
    return _raises(body[-1]) and not any(map(_may_leave, body[:-1]))


def _leaves(statement: ast.stmt) -> bool:
    """Return whether nothing after the statement runs."""
    match statement:
        case ast.Return() | ast.Raise():
            return True
        case ast.If(body=body, orelse=[*_, last]):
            return _leaves(body[-1]) and _leaves(last)
        case ast.Match(cases=[*_, ast.match_case(pattern=ast.MatchAs(pattern=None), guard=None)]):
            return all(_leaves(case.body[-1]) for case in statement.cases)
    return False


def _may_leave(statement: ast.stmt) -> bool:
    """Return whether the statement may end the function other than by raising."""
    return any(isinstance(node, (ast.Return, ast.Yield)) for node in ast.walk(statement))
