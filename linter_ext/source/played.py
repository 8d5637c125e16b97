"""Plays a small function through, from its text, for as long as what it does is certain."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from linter_ext.names import join
from linter_ext.source.exceptions import may_catch
from linter_ext.source.gaps import Answer, Gap, State
from linter_ext.source.parser import last_name
from linter_ext.source.played_values import (
    UNKNOWN,
    Function,
    Imported,
    Library,
    ModuleValues,
    Namespace,
    Scope,
    Specification,
    is_plain,
)

_MOST_STEPS = 100_000
_LEAVES = (ast.Return, ast.Raise, ast.Break, ast.Continue, ast.Yield, ast.YieldFrom)
_TEXT_METHODS = frozenset(
    {
        *("capitalize", "casefold", "endswith", "format", "join", "lower", "lstrip", "partition"),
        *("removeprefix", "removesuffix", "replace", "rpartition", "rsplit", "rstrip", "split"),
        *("startswith", "strip", "title", "upper"),
    }
)
_TABLE_METHODS = frozenset({"copy", "get", "items", "keys", "values"})
_MADE: Mapping[str, Callable[..., object]] = {
    "dict": dict,
    "frozenset": frozenset,
    "len": len,
    "list": list,
    "set": set,
    "sorted": sorted,
    "str": str,
    "tuple": tuple,
}


class GivesUpError(Exception):
    """What happens next is not certain."""


class PlayedError(Exception):
    """An exception that the function raises.

    Args:
        kind:    the name of its class; empty if it is not known.
        lacking: the dotted path that a module does not have, if that is why.
    """

    def __init__(self, kind: str, lacking: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.lacking = lacking


class _Returned(Exception):  # noqa: N818 - no error
    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value


class _Continued(Exception):  # noqa: N818 - no error
    pass


class _Broken(Exception):  # noqa: N818 - no error
    pass


class Player:
    """Plays functions of the project through.

    An expression that the text does not tell has the value UNKNOWN; a statement that turns on
    one, or that is of a kind not read here, is where a player gives up. That an unknown call may
    raise is left out of account but in a `try`: what follows is only asked for failures.

    Attributes:
        loads:          the modules that are imported, in order.
        written:        the names that are put into modules.
        has_called_out: whether something was called that is not known, and may do anything.
    """

    def __init__(
        self,
        values: ModuleValues,
        module: Callable[[str], Answer],
        name: Callable[[str, str], Answer],
        asked: tuple[str, str] | None = None,
    ) -> None:
        """Begin.

        Args:
            values: the values of modules' names.
            module: tells whether a module is there.
            name:   tells whether a module has a name.
            asked:  a module, and a name that it does not have yet.
        """
        self.loads: list[str] = []
        self.written: set[tuple[str, str]] = set()
        self.has_called_out = False
        self._values = values
        self._module = module
        self._name = name
        self._asked = asked
        self._guesses = 0
        self._attempts = 0
        self._steps = 0
        self._evaluators: Mapping[type[ast.expr], Callable[[Any, Scope], object]] = {
            ast.Attribute: self._attribute_of,
            ast.BinOp: self._add,
            ast.BoolOp: self._combine,
            ast.Call: self._call,
            ast.Compare: self._compare,
            ast.Constant: self._constant,
            ast.Dict: self._table,
            ast.DictComp: self._composed,
            ast.JoinedStr: self._text,
            ast.List: self._sequence,
            ast.Name: self._named,
            ast.NamedExpr: self._walrus,
            ast.Set: self._sequence,
            ast.SetComp: self._composed,
            ast.Subscript: self._item,
            ast.Tuple: self._sequence,
            ast.UnaryOp: self._not,
        }

    def play(self, function: Function, arguments: Sequence[object]) -> object:
        """Call a function; return what it returns.

        Raises:
            PlayedError:  if it raises an exception.
            GivesUpError: where what it does is not certain.
        """
        parameters = function.node.args
        names = [item.arg for item in (*parameters.posonlyargs, *parameters.args)]
        is_simple = not (parameters.vararg or parameters.kwarg or parameters.kwonlyargs)
        if not is_simple or len(names) != len(arguments):
            raise GivesUpError
        local = dict(zip(names, arguments, strict=True))
        try:
            self._block(function.node.body, Scope(function.scope.file, local, function.scope))
        except _Returned as returned:
            return returned.value
        return None

    # Statements.

    def _block(self, body: Iterable[ast.stmt], scope: Scope) -> None:
        for statement in body:
            self._steps += 1
            if self._steps > _MOST_STEPS:
                raise GivesUpError
            self._statement(statement, scope)

    def _statement(self, statement: ast.stmt, scope: Scope) -> None:
        match statement:
            case ast.Import() | ast.ImportFrom():
                self._import(statement, scope)
            case ast.If():
                self._if(statement, scope)
            case ast.For(orelse=[]):
                self._for(statement, scope)
            case ast.Try(finalbody=[]):
                self._try(statement, scope)
            case ast.FunctionDef(name=name):
                function = Function(statement, scope)
                scope.names[name] = function if is_plain(statement) else UNKNOWN
            case _:
                self._simple(statement, scope)

    def _simple(self, statement: ast.stmt, scope: Scope) -> None:
        match statement:
            case ast.Expr(value=value):
                self.value(value, scope)
            case ast.Assign(targets=targets, value=value):
                found = self.value(value, scope)
                for target in targets:
                    self._bind(target, found, scope)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._bind(target, self.value(value, scope), scope)
            case ast.Return(value=value):
                raise _Returned(None if value is None else self.value(value, scope))
            case ast.Raise(exc=error):
                kind = error.func if isinstance(error, ast.Call) else error
                raise PlayedError((last_name(kind) if kind is not None else None) or "")
            case ast.Continue():
                raise _Continued
            case ast.Break():
                raise _Broken
            case ast.Pass() | ast.Global() | ast.AnnAssign(value=None):
                pass
            case _:
                raise GivesUpError

    def _if(self, statement: ast.If, scope: Scope) -> None:
        test = self.value(statement.test, scope)
        if test is not UNKNOWN:
            self._block(statement.body if test else statement.orelse, scope)
            return
        self._skip([*statement.body, *statement.orelse], scope)

    def _for(self, statement: ast.For, scope: Scope) -> None:
        items = self.value(statement.iter, scope)
        if not isinstance(items, (dict, frozenset, list, set, tuple)):
            self._skip(statement.body, scope)
            return
        for item in tuple(items):
            self._bind(statement.target, item, scope)
            try:
                self._block(statement.body, scope)
            except _Continued:
                continue
            except _Broken:
                break

    def _skip(self, body: Sequence[ast.stmt], scope: Scope) -> None:
        """Pass by statements that may run or not."""
        parts = [part for statement in body for part in ast.walk(statement)]
        if any(isinstance(part, (*_LEAVES, ast.FunctionDef, ast.Import)) for part in parts):
            raise GivesUpError
        self.has_called_out = True
        for part in parts:
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                scope.names[part.id] = UNKNOWN
            elif isinstance(part, ast.alias):
                scope.names[part.asname or part.name] = UNKNOWN
            elif isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store):
                raise GivesUpError

    def _try(self, statement: ast.Try, scope: Scope) -> None:
        try:
            self._attempt(statement.body, scope)
        except PlayedError as error:
            handler = _handler(statement.handlers, error)
            if handler is None:
                raise
            if handler.name is not None:
                scope.names[handler.name] = UNKNOWN
            self._block(handler.body, scope)
        else:
            self._block(statement.orelse, scope)

    def _attempt(self, body: Sequence[ast.stmt], scope: Scope) -> None:
        """Take the body of a `try`, where anything unknown may be caught."""
        guesses = self._guesses
        self._attempts += 1
        try:
            self._block(body, scope)
        finally:
            self._attempts -= 1
            if guesses != self._guesses:
                raise GivesUpError

    def _bind(self, target: ast.expr, value: object, scope: Scope) -> None:
        match target:
            case ast.Name(id=name):
                scope.names[name] = value
            case ast.Tuple(elts=elements):
                is_known = isinstance(value, (tuple, list)) and len(value) == len(elements)
                items = value if is_known and isinstance(value, (tuple, list)) else None
                for number, element in enumerate(elements):
                    self._bind(element, UNKNOWN if items is None else items[number], scope)
            case ast.Subscript(value=table, slice=key):
                self._put(self.value(table, scope), self.value(key, scope))
            case _:
                raise GivesUpError

    def _put(self, table: object, key: object) -> None:
        """Play `table[key] = …` through."""
        if not isinstance(table, Namespace) or not isinstance(key, str):
            raise GivesUpError
        self.written.add((table.module, key))

    def _import(self, statement: ast.Import | ast.ImportFrom, scope: Scope) -> None:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                self._load(alias.name)
                top = alias.name.partition(".")[0]
                scope.names[alias.asname or top] = Imported(alias.name if alias.asname else top)
            return
        module = "." * statement.level + (statement.module or "")
        source = self._load(_absolute(module, scope.file.module.package))
        for alias in statement.names:
            if alias.name == "*":
                raise GivesUpError
            scope.names[alias.asname or alias.name] = self._attribute(source, alias.name)

    # Expressions.

    def value(self, expression: ast.expr, scope: Scope) -> object:
        """Return what an expression comes to; UNKNOWN, if that is not certain.

        Raises:
            PlayedError:  if it raises an exception.
            GivesUpError: where what it does is not certain.
        """
        try:
            return self._value(expression, scope)
        except (TypeError, ValueError, IndexError, AttributeError, OverflowError):
            return self._guess()

    def _guess(self) -> object:
        self._guesses += 1
        return UNKNOWN

    def _value(self, expression: ast.expr, scope: Scope) -> object:
        evaluate = self._evaluators.get(type(expression))
        return self._guess() if evaluate is None else evaluate(expression, scope)

    def _not(self, expression: ast.UnaryOp, scope: Scope) -> object:
        value = self.value(expression.operand, scope)
        if value is UNKNOWN or not isinstance(expression.op, ast.Not):
            return self._guess()
        return not value

    def _walrus(self, expression: ast.NamedExpr, scope: Scope) -> object:
        scope.names[expression.target.id] = value = self.value(expression.value, scope)
        return value

    def _text(self, expression: ast.JoinedStr, scope: Scope) -> object:
        texts = [self._formatted(part, scope) for part in expression.values]
        known = [text for text in texts if isinstance(text, str)]
        return "".join(known) if len(known) == len(texts) else UNKNOWN

    def _sequence(self, expression: ast.Tuple | ast.List | ast.Set, scope: Scope) -> object:
        items = [self.value(element, scope) for element in expression.elts]
        return set(items) if isinstance(expression, ast.Set) else tuple(items)

    def _composed(self, expression: ast.DictComp | ast.SetComp, scope: Scope) -> object:
        if len(expression.generators) > 1:
            raise GivesUpError
        each = self._each(expression.generators[0], scope)
        if isinstance(expression, ast.SetComp):
            return {self.value(expression.elt, inner) for inner in each}
        key, value = expression.key, expression.value
        return {self.value(key, inner): self.value(value, inner) for inner in each}

    def _add(self, expression: ast.BinOp, scope: Scope) -> object:
        first, second = self.value(expression.left, scope), self.value(expression.right, scope)
        is_text = isinstance(first, str) and isinstance(second, str)
        return f"{first}{second}" if is_text and isinstance(expression.op, ast.Add) else UNKNOWN

    def _constant(self, expression: ast.Constant, scope: Scope) -> object:
        del scope
        return expression.value

    def _named(self, expression: ast.Name, scope: Scope) -> object:
        name = expression.id
        inner: Scope | None = scope
        while inner is not None:
            if name in inner.names:
                return inner.names[name]
            inner = inner.outer
        return self._values.of(scope.file, name)

    def _attribute_of(self, expression: ast.Attribute, scope: Scope) -> object:
        return self._of(self.value(expression.value, scope), expression.attr)

    def _of(self, owner: object, name: str) -> object:
        """Return an attribute."""
        match owner:
            case Specification(module=module, package=package):
                return {"parent": package, "name": module}.get(name, UNKNOWN)
            case Imported(name=module) if name == "__dict__":
                return Namespace(module)
            case Imported(name=module):
                return self._values.of_module(module, name)
            case Library(path=path):
                return Library(f"{path}.{name}")
        return self._guess()

    def _attribute(self, owner: object, name: str) -> object:
        """Play `getattr` through, or the import of a name."""
        if not isinstance(owner, Imported) or self._asked == (owner.name, name):
            return self._guess()
        found = self._name(owner.name, name)
        if isinstance(found, Gap) and self._values.index.tree.is_first_party(owner.name):
            raise PlayedError("AttributeError", found.behind or found.path)
        return self._values.of_module(owner.name, name)

    def _formatted(self, part: ast.expr, scope: Scope) -> object:
        if not isinstance(part, ast.FormattedValue):
            return self.value(part, scope)
        value = self.value(part.value, scope)
        is_plain_text = isinstance(value, str) and part.conversion == -1 and not part.format_spec
        return value if is_plain_text else UNKNOWN

    def _table(self, expression: ast.Dict, scope: Scope) -> object:
        found: dict[object, object] = {}
        for key, value in zip(expression.keys, expression.values, strict=True):
            item = self.value(value, scope)
            if key is not None:
                found[self.value(key, scope)] = item
            elif isinstance(item, dict):
                found.update(item)
            else:
                return UNKNOWN
        return UNKNOWN if UNKNOWN in found else found

    def _each(self, generator: ast.comprehension, scope: Scope) -> Iterable[Scope]:
        items = self.value(generator.iter, scope)
        if generator.ifs or not isinstance(items, (dict, frozenset, list, set, tuple)):
            raise GivesUpError
        for item in items:
            inner = Scope(scope.file, {}, scope)
            self._bind(generator.target, item, inner)
            yield inner

    def _item(self, expression: ast.Subscript, scope: Scope) -> object:
        owner = self.value(expression.value, scope)
        key = self.value(expression.slice, scope)
        match owner:
            case _ if key is UNKNOWN:
                return self._guess()
            case dict():
                if key not in owner:
                    raise PlayedError("KeyError")
                return owner[key]
            case tuple() | str() if isinstance(key, int):
                return owner[key]
            case Library(path="sys.modules") if isinstance(key, str):
                return Imported(key)
        return self._guess()

    def _compare(self, expression: ast.Compare, scope: Scope) -> object:
        if len(expression.ops) > 1:
            return self._guess()
        left = self.value(expression.left, scope)
        return self._compared(left, expression.ops[0], self.value(expression.comparators[0], scope))

    def _compared(self, left: object, operation: ast.cmpop, right: object) -> object:
        if UNKNOWN in (left, right):
            return UNKNOWN
        match operation:
            case ast.Eq():
                return left == right if _are_plain(left, right) else UNKNOWN
            case ast.NotEq():
                return left != right if _are_plain(left, right) else UNKNOWN
            case ast.Is() | ast.IsNot() if right is None:
                return (left is None) is isinstance(operation, ast.Is)
            case ast.In() | ast.NotIn():
                found = self._is_in(left, right)
                is_in = isinstance(operation, ast.In)
                return found if found is UNKNOWN else bool(found) is is_in
        return UNKNOWN

    def _is_in(self, item: object, holder: object) -> object:
        match holder:
            case Namespace(module=module) if self._asked == (module, item):
                return UNKNOWN if self.has_called_out else self._asked in self.written
            case str():
                return item in holder if isinstance(item, str) else UNKNOWN
            case dict() | frozenset() | set() | tuple() | list():
                return UNKNOWN if UNKNOWN in holder else item in holder
        return UNKNOWN

    def _combine(self, expression: ast.BoolOp, scope: Scope) -> object:
        is_and = isinstance(expression.op, ast.And)
        value: object = is_and
        for item in expression.values:
            value = self.value(item, scope)
            if value is UNKNOWN or bool(value) is not is_and:
                return value
        return value

    # Calls.

    def _call(self, call: ast.Call, scope: Scope) -> object:
        method = call.func
        if isinstance(method, ast.Attribute):
            owner = self.value(method.value, scope)
            if isinstance(owner, (str, dict)):
                arguments = [self.value(item, scope) for item in call.args]
                return self._method(owner, method.attr, arguments, has_words=bool(call.keywords))
            function = self._of(owner, method.attr)
        else:
            function = self.value(method, scope)
        arguments = [self.value(item, scope) for item in call.args]
        words = {item.arg: self.value(item.value, scope) for item in call.keywords}
        if isinstance(function, Library):
            return self._library(function.path.removeprefix("builtins."), arguments, words, scope)
        if isinstance(function, Function) and not words:
            return self.play(function, arguments)
        self.has_called_out = True
        return self._guess()

    def _method(
        self, owner: str | dict[object, object], name: str, given: list[object], *, has_words: bool
    ) -> object:
        known = _TEXT_METHODS if isinstance(owner, str) else _TABLE_METHODS
        if name not in known or has_words or UNKNOWN in given:
            return self._guess()
        found = getattr(owner, name)(*given)
        if name in ("keys", "items", "values", "split", "rsplit"):
            return tuple(found)
        return found

    def _library(
        self, path: str, given: list[object], words: Mapping[str | None, object], scope: Scope
    ) -> object:
        """Play a call of something that is not the project's through."""
        if path == "importlib.import_module":
            return self._import_module(given, words)
        if path == "getattr" and len(given) == 2 and isinstance(given[1], str):  # noqa: PLR2004
            return self._attribute(given[0], given[1])
        if path == "globals" and not given:
            return Namespace(scope.file.module.name)
        if path in _MADE and not words and UNKNOWN not in given:
            return _MADE[path](*given)
        is_handed_on = any(isinstance(item, (Imported, Namespace)) for item in given)
        self.has_called_out |= is_handed_on
        return self._guess()

    def _import_module(self, given: list[object], words: Mapping[str | None, object]) -> object:
        module, *rest = given
        package = rest[0] if rest else words.get("package", "")
        if not isinstance(module, str) or not isinstance(package, str):
            raise GivesUpError
        return self._load(_absolute(module, package))

    def _load(self, module: str) -> object:
        found = self._module(module)
        if not self._values.index.tree.is_first_party(module):
            if isinstance(found, Gap):  # It may be installed where the project runs.
                raise GivesUpError
        elif not self._attempts:
            self.loads.append(module)
        if isinstance(found, Gap):
            raise PlayedError("ModuleNotFoundError", module)
        return Imported(module) if found is State.THERE else self._guess()


def _absolute(module: str, package: str) -> str:
    """Return the absolute name of a module, as `importlib.import_module` makes it."""
    below = module.lstrip(".")
    level = len(module) - len(below)
    if not level:
        return module
    parts = package.split(".") if package else []
    if len(parts) < level:
        raise GivesUpError
    return join(".".join(parts[: len(parts) - level + 1]), below)


def _handler(handlers: Sequence[ast.ExceptHandler], error: PlayedError) -> ast.ExceptHandler | None:
    """Return the handler that catches an exception; None if none does.

    Raises:
        GivesUpError: if the names of the classes do not tell.
    """
    if not hasattr(builtins, error.kind):
        raise GivesUpError
    return next((item for item in handlers if _catches(item, error.kind)), None)


def _catches(handler: ast.ExceptHandler, kind: str) -> bool:
    error = handler.type
    each = error.elts if isinstance(error, ast.Tuple) else [error]
    names = [last_name(item) if item is not None else None for item in each]
    return may_catch(None if None in names else [name for name in names if name], kind)


def _are_plain(*values: object) -> bool:
    return all(value is None or isinstance(value, (str, int, tuple)) for value in values)
