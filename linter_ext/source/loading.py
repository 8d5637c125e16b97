"""Syntax tree → what the module does while it is imported."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from linter_ext.source.asked import Asked
from linter_ext.source.bound_names import names_bound_by
from linter_ext.source.conditions import UNKNOWN, decide, evaluate, spelling
from linter_ext.source.evaluated import (
    calls_in,
    chains_in,
    evaluates_annotations,
    expressions_of,
    walruses_in,
)
from linter_ext.source.import_time import (
    Asks,
    Binds,
    Chooses,
    ClimbsOut,
    Ends,
    Handler,
    Loads,
    Reads,
    Registers,
    Step,
    Steps,
    Tries,
    Unbinds,
    bound_names,
)
from linter_ext.source.parser import last_name

AskedAt = Callable[[ast.alias], Asked | None]

_IMPORT_MODULE = ("importlib", "import_module")
_IMPORT_OR_SKIP = "importorskip"
_LEAVING = frozenset({"skip", "exit", "_exit", "xfail"})
"""Calls that leave the module without failing a test run."""

_SKIPS = frozenset({"SkipTest", "Skipped", "SystemExit"})
_TRANSPARENT = frozenset(
    {"catch_warnings", "deprecated_call", "nullcontext", "open", "warns", "simplefilter"}
)
"""Managers that let every exception pass."""

_SWALLOWING = frozenset({"suppress", "raises", "assertRaises"})
"""Managers that swallow the exceptions they are given."""

_STRAIGHT = (ast.AnnAssign, ast.Assign, ast.Expr, ast.FunctionDef, ast.Global, ast.Pass)
"""Statements after which the next one runs."""

_SIMPLE = (Binds, Unbinds)
_ESCAPES = (ast.Break, ast.Continue, ast.Return)


def find_steps(tree: ast.Module, text: str, asked_at: AskedAt, modules: Set[str]) -> Steps:
    """Return what the module does while it is imported.

    Args:
        tree:     the module.
        text:     its text.
        asked_at: tells what a name in an import statement asks for; None if it climbs out.
        modules:  the names of the file that may stand for a first-party module.
    """
    reader = _Reader(
        asked_at=asked_at,
        modules=modules,
        annotations=evaluates_annotations(tree),
        has_walruses=":=" in text,
    )
    return reader.block(tree.body, _Place())


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands.

    Attributes:
        in_class:   whether its names are those of a class.
        is_certain: whether it runs whenever the module is imported.
        shadowed:   the names that are not the module's here.
    """

    in_class: bool = False
    is_certain: bool = True
    shadowed: frozenset[str] = frozenset()

    @property
    def unsure(self) -> _Place:
        """The place of a block inside that may not run."""
        return replace(self, is_certain=False)


class _Sequence:
    """Steps in the making; bindings that follow each other are one."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def add(self, step: Step) -> None:
        last = self.steps[-1] if self.steps else None
        if isinstance(step, Binds) and isinstance(last, Binds):
            self.steps[-1] = Binds((*last.names, *step.names))
        else:
            self.steps.append(step)

    def bind(self, names: Iterable[str]) -> None:
        found = tuple(names)
        if found:
            self.add(Binds(found))

    @property
    def has_ended(self) -> bool:
        return bool(self.steps) and isinstance(self.steps[-1], Ends)


@dataclass(slots=True)
class _Reader:
    """Reads one module.

    Attributes:
        asked_at:     tells what a name in an import statement asks for.
        modules:      the names that may stand for a first-party module.
        annotations:  whether annotations are evaluated.
        has_walruses: whether there is any `:=`.
        constants:    what names stand for, as far as it is known where the reader is.
        importing:    the spellings of functions that import a module by its name.
        read:         the chains that were read for certain.
        functions:    the imports that functions of the module begin with.
    """

    asked_at: AskedAt
    modules: Set[str]
    annotations: bool
    has_walruses: bool
    constants: dict[str, object] = field(default_factory=dict)
    importing: set[str] = field(default_factory=lambda: {"__import__"})
    read: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)
    functions: dict[str, tuple[ast.Import | ast.ImportFrom, ...]] = field(default_factory=dict)

    def block(self, body: Iterable[ast.stmt], place: _Place) -> Steps:
        """Return the steps of a block, up to where nothing of it runs any more."""
        sequence = _Sequence()
        for statement in body:
            self._statement(statement, place, sequence)
            if sequence.has_ended or isinstance(statement, _ESCAPES):
                break
        return tuple(sequence.steps)

    def _statement(self, statement: ast.stmt, place: _Place, sequence: _Sequence) -> None:
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            self._import(statement, place, sequence)
            return
        self._expressions(statement, place, sequence)
        reader = self._readers().get(type(statement))
        if reader is None:
            self._bind(_bound_by(statement), place, sequence)
        else:
            reader(statement, place, sequence)

    def _readers(self) -> Mapping[type[ast.stmt], Callable[[Any, _Place, _Sequence], None]]:
        """Return what reads the statements that do more than bind names."""
        return {
            ast.Expr: self._expression,
            ast.FunctionDef: self._function,
            ast.Assign: self._assign,
            ast.Raise: self._raise,
            ast.Delete: self._delete,
            ast.ClassDef: self._class,
            ast.If: self._if,
            ast.Try: self._try,
            ast.TryStar: self._try,
            ast.With: self._with,
            ast.AsyncWith: self._with,
            ast.For: self._loop,
            ast.AsyncFor: self._loop,
            ast.While: self._loop,
            ast.Match: self._match,
        }

    # Simple statements.

    def _import(
        self, statement: ast.Import | ast.ImportFrom, place: _Place, sequence: _Sequence
    ) -> None:
        each = [self.asked_at(alias) for alias in statement.names]
        asked = tuple(item for item in each if item is not None)
        self._forget(item.item.local_name for item in asked)
        self.importing.update(_importing(asked))
        if asked:
            sequence.add(Asks(statement.lineno, asked, binds=not place.in_class))
        elif isinstance(statement, ast.ImportFrom):
            module = "." * statement.level + (statement.module or "")
            sequence.add(ClimbsOut(statement.lineno, module))

    def _expressions(self, statement: ast.stmt, place: _Place, sequence: _Sequence) -> None:
        """Note what the statement's own expressions read and bind."""
        if self.modules:
            expressions = expressions_of(statement, annotations=self.annotations)
            for root, attributes in chains_in(expressions):
                self._read(root, attributes, place, sequence)
        if self.functions:
            expressions = expressions_of(statement, annotations=self.annotations)
            for name in calls_in(expressions):
                self._enter(name.id, place, sequence)
        if self.has_walruses:
            self._bind(walruses_in(statement), place, sequence)

    def _enter(self, function: str, place: _Place, sequence: _Sequence) -> None:
        """Note what a function of the module imports that is called while it is imported."""
        if function in place.shadowed:
            return
        inside = replace(place, in_class=True)  # What it binds is not the module's.
        for statement in self.functions.get(function, ()):
            self._import(statement, inside, sequence)

    def _read(
        self, root: ast.Name, attributes: tuple[str, ...], place: _Place, sequence: _Sequence
    ) -> None:
        chain = root.id, attributes
        if root.id not in self.modules or root.id in place.shadowed or chain in self.read:
            return
        if attributes:
            sequence.add(Reads(root.lineno, *chain))
            if place.is_certain:
                self.read.add(chain)

    def _function(self, statement: ast.FunctionDef, place: _Place, sequence: _Sequence) -> None:
        self._bind([statement.name], place, sequence)
        imports = tuple(_first_imports(statement))
        if imports and place.is_certain and not place.in_class:
            self.functions[statement.name] = imports

    def _expression(self, statement: ast.Expr, place: _Place, sequence: _Sequence) -> None:
        del place
        self._call(statement.value, sequence)

    def _assign(self, statement: ast.Assign, place: _Place, sequence: _Sequence) -> None:
        targets, value = statement.targets, statement.value
        self._call(value, sequence)
        for target in targets:
            if isinstance(target, ast.Subscript) and spelling(target.value) == "sys.modules":
                sequence.add(_registered(target.slice, value))
            elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Call):
                self.constants.clear()  # `globals()[…] = …` may be about any of them.
            self._bind(_names_in(target), place, sequence)
        constant = evaluate(value, self.constants)
        if constant is not UNKNOWN and place.is_certain and not place.in_class:
            names = (target.id for target in targets if isinstance(target, ast.Name))
            self.constants.update(dict.fromkeys(names, constant))

    def _call(self, value: ast.expr, sequence: _Sequence) -> None:
        """Note a call that imports a module, or ends the import of this one."""
        if not isinstance(value, ast.Call):
            return
        called = last_name(value.func) or ""
        if spelling(value.func) in self.importing or called == _IMPORT_OR_SKIP:
            module = _text(value.args[0]) if value.args else None
            if module and not module.startswith("."):
                sequence.add(Loads(value.lineno, module, may_skip=called == _IMPORT_OR_SKIP))
        elif spelling(value.func) == "pytest.fail":
            sequence.add(Ends(value.lineno, "Failed", skips=False))
        elif called in _LEAVING and (isinstance(value.func, ast.Attribute) or value.keywords):
            sequence.add(Ends(value.lineno, "Skipped", skips=True))

    def _raise(self, statement: ast.Raise, place: _Place, sequence: _Sequence) -> None:
        del place
        sequence.add(_raised(statement))

    def _delete(self, statement: ast.Delete, place: _Place, sequence: _Sequence) -> None:
        names = tuple(item.id for item in statement.targets if isinstance(item, ast.Name))
        self._forget(names)
        if names and place.is_certain and not place.in_class:
            sequence.add(Unbinds(names))

    def _bind(self, names: Iterable[str], place: _Place, sequence: _Sequence) -> None:
        """Note what the module binds; the names of a class are none of its own."""
        if not place.in_class:
            found = tuple(names)
            self._forget(found)
            sequence.bind(found)

    def _forget(self, names: Iterable[str]) -> None:
        for name in names:
            self.constants.pop(name, None)
            self.functions.pop(name, None)

    # Compound statements.

    def _class(self, statement: ast.ClassDef, place: _Place, sequence: _Sequence) -> None:
        own = frozenset(name for inner in statement.body for name in names_bound_by(inner))
        inside = replace(place, in_class=True, shadowed=place.shadowed | own)
        for step in self.block(statement.body, inside):
            sequence.add(step)
        self._bind([statement.name], place, sequence)

    def _if(self, statement: ast.If, place: _Place, sequence: _Sequence) -> None:
        branches = list(self._branches(statement))
        if len(branches) == 1:
            for step in self.block(branches[0], place):
                sequence.add(step)
        else:
            _choose([self.block(branch, place.unsure) for branch in branches], sequence)

    def _branches(self, statement: ast.If) -> Iterator[Sequence[ast.stmt]]:
        """Yield the branches of an `if` that may run; empty for an `else` that is not there."""
        while True:
            decided = decide(statement.test, self.constants)
            if decided is not False:
                yield statement.body
            if decided:
                return
            match statement.orelse:
                case [ast.If() as further]:
                    statement = further
                case orelse:
                    yield orelse
                    return

    def _loop(
        self, statement: ast.For | ast.AsyncFor | ast.While, place: _Place, sequence: _Sequence
    ) -> None:
        if not isinstance(statement, ast.While):
            self._bind(_names_in(statement.target), place, sequence)
        elif decide(statement.test, self.constants) is False:
            return
        for body in (statement.body, statement.orelse):
            _choose([self.block(body, place.unsure), ()], sequence)

    def _match(self, statement: ast.Match, place: _Place, sequence: _Sequence) -> None:
        for case in statement.cases:
            self._bind(_captured(case.pattern), place, sequence)
        branches = [self.block(case.body, place.unsure) for case in statement.cases]
        last = statement.cases[-1]
        if not (_is_irrefutable(last.pattern) and last.guard is None):
            branches.append(())
        _choose(branches, sequence)

    def _try(self, statement: ast.Try | ast.TryStar, place: _Place, sequence: _Sequence) -> None:
        body = self.block(statement.body, place.unsure)
        handlers = tuple(
            Handler(_caught(handler.type), self.block(handler.body, place.unsure))
            for handler in statement.handlers
        )
        orelse = self.block(statement.orelse, place.unsure)
        if orelse and not all(map(_is_import, statement.body)):  # What else is tried may fail.
            orelse = (Chooses((orelse, ()), bound_names(orelse)),)
        finally_ = self.block(statement.finalbody, place.unsure)
        _attempt(body, handlers, orelse, finally_, sequence)

    def _with(
        self, statement: ast.With | ast.AsyncWith, place: _Place, sequence: _Sequence
    ) -> None:
        for item in statement.items:
            if item.optional_vars is not None:
                self._bind(_names_in(item.optional_vars), place, sequence)
        managers = [item.context_expr for item in statement.items]
        swallowing = [item for item in managers if not _is_transparent(item)]
        if not swallowing:
            for step in self.block(statement.body, place):
                sequence.add(step)
            return
        handlers = tuple(Handler(_swallowed(item), ()) for item in swallowing)
        _attempt(self.block(statement.body, place.unsure), handlers, (), (), sequence)


def _first_imports(function: ast.FunctionDef) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield the imports that run whenever a function is called, up to where it may turn away."""
    inner = (node for statement in function.body for node in ast.walk(statement))
    if function.decorator_list or any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in inner):
        return
    for statement in function.body:
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            yield statement
        elif not isinstance(statement, _STRAIGHT):
            return


def _is_import(statement: ast.stmt) -> bool:
    return isinstance(statement, (ast.Import, ast.ImportFrom, ast.Pass))


def _choose(branches: Sequence[Steps], sequence: _Sequence) -> None:
    """Add branches of which one runs; where they only bind names, all of them are bound."""
    names = tuple(dict.fromkeys(name for branch in branches for name in bound_names(branch)))
    if all(isinstance(step, _SIMPLE) for branch in branches for step in branch):
        sequence.bind(names)
    else:
        sequence.add(Chooses(tuple(branches), names))


def _attempt(
    body: Steps, handlers: tuple[Handler, ...], orelse: Steps, finally_: Steps, sequence: _Sequence
) -> None:
    """Add a `try`; where it only binds names, all of them are bound."""
    others = tuple(name for handler in handlers for name in bound_names(handler.steps))
    parts = (body, *(handler.steps for handler in handlers), orelse, finally_)
    if all(isinstance(step, _SIMPLE) for part in parts for step in part):
        sequence.bind(name for part in parts for name in bound_names(part))
    else:
        sequence.add(Tries(body, handlers, orelse, finally_, others))


# What statements bind.


def _importing(asked: Iterable[Asked]) -> Iterator[str]:
    """Yield how `importlib.import_module` is spelt after some imports; others have namesakes."""
    module, function = _IMPORT_MODULE
    for item in asked:
        if item.written == module and item.item.name == function:
            yield item.item.local_name
        elif item.item.name is None and item.written_bound == module:
            yield f"{item.item.local_name}.{function}"


def _bound_by(statement: ast.stmt) -> Iterator[str]:
    """Yield what a simple statement or a definition binds."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.AnnAssign(target=target, value=value):
            yield from _names_in(target) if value is not None else ()
        case ast.AugAssign(target=target):
            yield from _names_in(target)
        case _:
            alias: object = getattr(statement, "name", None)  # `type X = …`, from Python 3.12
            if isinstance(alias, ast.Name):
                yield alias.id


def _names_in(target: ast.expr) -> Iterator[str]:
    match target:
        case ast.Name(id=name):
            yield name
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            for element in elements:
                yield from _names_in(element)
        case ast.Starred(value=value):
            yield from _names_in(value)


def _captured(pattern: ast.pattern) -> Iterator[str]:
    for node in ast.walk(pattern):
        match node:
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name
            case ast.MatchMapping(rest=str(name)):
                yield name


def _is_irrefutable(pattern: ast.pattern) -> bool:
    if not isinstance(pattern, ast.MatchAs):
        return False
    return pattern.pattern is None or _is_irrefutable(pattern.pattern)


def _registered(key: ast.expr, value: ast.expr) -> Registers:
    name = value.id if isinstance(value, ast.Name) else None
    if isinstance(key, ast.Name) and key.id == "__name__":
        return Registers("", name)
    return Registers(_text(key), name)


# Failures and what catches them.


def _raised(statement: ast.Raise) -> Ends:
    error = statement.exc
    kind = error.func if isinstance(error, ast.Call) else error
    name = last_name(kind) if kind is not None else None
    spelt = spelling(kind) if kind is not None else ""
    skips = name in _LEAVING or name in _SKIPS or spelt.endswith("skip.Exception")
    is_class = name is not None and name[:1].isupper()
    return Ends(statement.lineno, name if is_class and name else "", skips=skips)


def _caught(expression: ast.expr | None) -> tuple[str, ...] | None:
    """Return the names of the classes that a handler catches; None for all of them."""
    each = expression.elts if isinstance(expression, ast.Tuple) else [expression]
    names = [last_name(item) if item is not None else None for item in each]
    found = tuple(name for name in names if name is not None)
    return found if len(found) == len(names) else None


def _is_transparent(manager: ast.expr) -> bool:
    """Return whether the manager lets every exception pass."""
    return isinstance(manager, ast.Call) and last_name(manager.func) in _TRANSPARENT


def _swallowed(manager: ast.expr) -> tuple[str, ...] | None:
    """Return the names of the classes that a manager may swallow; None for all of them."""
    if isinstance(manager, ast.Call) and last_name(manager.func) in _SWALLOWING:
        return _caught(ast.Tuple(elts=manager.args, ctx=ast.Load()))
    return None


def _text(expression: ast.expr) -> str | None:
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        return expression.value
    return None
