"""What the classes of a module offer, read off their bodies and methods."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from linter_ext.source.bound_names import names_bound_by, own_nodes
from linter_ext.source.facts import Import
from linter_ext.source.parser import last_name, module_statements

_PLAIN_METACLASSES = frozenset({"ABCMeta", "type"})
_NAMESPACES = frozenset({"locals", "vars", "exec", "eval"})
_OF_CLASSES = frozenset({"__class_getitem__", "__init_subclass__", "__new__"})
"""Methods that get the class itself, without a decorator that says so."""

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

_HARMLESS: Mapping[str, frozenset[str]] = {
    "abc": frozenset({"abstractmethod"}),
    "attr": frozenset({"attrs", "dataclass", "define", "frozen", "mutable", "s"}),
    "attrs": frozenset({"define", "frozen", "mutable"}),
    "dataclasses": frozenset({"dataclass"}),
    "enum": frozenset({"unique", "verify"}),
    "functools": frozenset({"total_ordering"}),
    "pytest": frozenset({"mark"}),
    "typing": frozenset({"dataclass_transform", "final", "runtime_checkable"}),
    "typing_extensions": frozenset(
        {"dataclass_transform", "deprecated", "final", "runtime", "runtime_checkable"}
    ),
    "unittest": frozenset({"mock", "skip", "skipIf", "skipUnless"}),
    "unittest.mock": frozenset({"patch"}),
    "warnings": frozenset({"deprecated"}),
    "zope.interface": frozenset({"implementer"}),
}
"""Decorators that return the class they are given, with no further public attributes."""


Method = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """One class statement.

    Attributes:
        bases:   the bases, as dotted names in parts.
        names:   what its body binds, what its methods set on any object, what the module sets
                 on it; private names as Python mangles them.
        classes: the classes in its body, by name.
        is_open: whether it may offer any further name: by its metaclass, by a decorator, by
                 `setattr`. What `__getattr__` makes up is an instance's.
    """

    bases: tuple[tuple[str, ...], ...]
    names: frozenset[str]
    classes: Classes
    is_open: bool


Classes = Mapping[str, tuple[ClassFacts, ...]]
"""The class statements of each name that nothing but class statements binds."""


def find_classes(tree: ast.Module, imports: Sequence[Import]) -> Classes:
    """Return the classes that a module binds when it is imported."""
    classes = _classes_in(module_statements(tree), _Decorators(imports))
    return _with_later_attributes(classes, tree) if classes else classes


class _Decorators:
    """Tells what decorators a file may use without effect on a class's attributes."""

    def __init__(self, imports: Iterable[Import]) -> None:
        self._imports = {item.local_name: item for item in imports}

    def are_harmless(self, decorators: Iterable[ast.expr]) -> bool:
        """Return whether a class offers what it would offer without the decorators."""
        return all(map(self._is_harmless, decorators))

    def _is_harmless(self, decorator: ast.expr) -> bool:
        path = _dotted(decorator.func if isinstance(decorator, ast.Call) else decorator)
        item = self._imports.get(path[0]) if path else None
        if item is None or item.level:
            return False
        origin = [item.module] if item.alias or item.name else []
        parts = ".".join([*origin, *([item.name] if item.name else [])]).split(".")
        parts = [*parts, *path[1:]] if origin else [*path]
        return any(
            parts[length] in _HARMLESS.get(".".join(parts[:length]), ())
            for length in range(1, len(parts))
        )


def _classes_in(statements: Iterable[ast.stmt], decorators: _Decorators) -> Classes:
    found: dict[str, list[ClassFacts]] = {}
    bound: Counter[str] = Counter()
    for statement in statements:
        bound.update(names_bound_by(statement))
        if isinstance(statement, ast.ClassDef):
            found.setdefault(statement.name, []).append(_read(statement, decorators))
    return {name: tuple(each) for name, each in found.items() if bound[name] == len(each)}


def _read(node: ast.ClassDef, decorators: _Decorators) -> ClassFacts:
    body = tuple(module_statements(ast.Module(body=node.body, type_ignores=[])))
    scan = _Scan()
    scan.read(body)
    bases = [_dotted(_without_arguments(base)) for base in node.bases]
    is_plain = all(bases) and all(map(_is_plain_keyword, node.keywords))
    return ClassFacts(
        bases=tuple(bases),
        names=frozenset(_mangled(name, node.name) for name in scan.names),
        classes=_classes_in(body, decorators),
        is_open=scan.is_open or not is_plain or not decorators.are_harmless(node.decorator_list),
    )


@dataclass(slots=True)
class _Scan:
    """A walk over the body of a class.

    Attributes:
        names:   what it finds.
        is_open: whether there may be more.
    """

    names: set[str] = field(default_factory=set)
    is_open: bool = False

    def read(self, body: Iterable[ast.stmt]) -> None:
        """Read every statement of the body, those in its branches included."""
        for statement in body:
            self.names.update(names_bound_by(statement))
            if isinstance(statement, _FUNCTIONS):
                self._method(statement)
            elif not isinstance(statement, ast.ClassDef):
                self._statement(statement)

    def _method(self, method: Method) -> None:
        """Note what a method sets; of what it sets on an instance, names that it spells."""
        instance = _instance(method)
        for node in ast.walk(method):
            match node:
                case ast.Attribute(attr=name, ctx=ast.Store()):
                    self.names.add(name)
                case ast.Call(
                    func=ast.Name(id="setattr"), args=[_, ast.Constant(value=str(name)), _]
                ):
                    self.names.add(name)
                case ast.Call(func=ast.Name(id="setattr"), args=[owner, _, _]):
                    is_instance = isinstance(owner, ast.Name) and owner.id == instance
                    self.is_open |= not is_instance

    def _statement(self, statement: ast.stmt) -> None:
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and "__slots__" in self.names:
            self.names.update(_strings(statement) if _is_slots(statement) else ())
        names = (node.id for node in own_nodes(statement) if isinstance(node, ast.Name))
        self.is_open |= any(name in _NAMESPACES for name in names)


# What the rest of the module does to its classes.


def _with_later_attributes(classes: Classes, tree: ast.Module) -> Classes:
    """Return the classes with what is set on them by their names, open where that is unclear."""
    later = _Later(classes)
    for node in ast.walk(tree):
        later.look(node)
    for statement in module_statements(tree):
        later.run(statement)
    return {
        name: tuple(
            replace(
                facts,
                names=facts.names | later.names.get(name, frozenset()),
                is_open=facts.is_open or later.all_open or name in later.open,
            )
            for facts in each
        )
        for name, each in classes.items()
    }


class _Later:
    """What statements outside a class do to it.

    Attributes:
        names:    what they set on each class.
        open:     the classes that may get further attributes.
        all_open: whether all of them may.
    """

    def __init__(self, classes: Classes) -> None:
        self._classes = classes
        self.names: dict[str, set[str]] = {}
        self.open: set[str] = set()
        self.all_open = False

    def look(self, node: ast.AST) -> None:
        """Take note of what any node, in functions too, does to a class by its name."""
        match node:
            case ast.Attribute(value=ast.Name(id=owner), attr=name, ctx=ast.Store()):
                self._add(owner, name)
            case ast.Call(func=ast.Name(id="setattr"), args=[ast.Name(id=owner), name, _]):
                if isinstance(name, ast.Constant) and isinstance(name.value, str):
                    self._add(owner, name.value)
                elif owner in self._classes:
                    self.open.add(owner)

    def run(self, statement: ast.stmt) -> None:
        """Take note of what a statement may do when the module is imported."""
        if isinstance(statement, (*_FUNCTIONS, ast.ClassDef)):
            return
        for node in own_nodes(statement):
            match node:
                case ast.Call(func=ast.Name(id="setattr"), args=[ast.Name(id=owner), *_]):
                    self.all_open |= owner not in self._classes
        match statement:
            case ast.Expr(value=ast.Call(func=function, args=arguments)):
                if last_name(function) == "setattr":
                    return  # `look` has seen it.
                given = (item.id for item in arguments if isinstance(item, ast.Name))
                self.open.update(name for name in given if name in self._classes)

    def _add(self, owner: str, name: str) -> None:
        if owner in self._classes:
            self.names.setdefault(owner, set()).add(_mangled(name, owner))


def _is_plain_keyword(keyword: ast.keyword) -> bool:
    """Return whether a keyword of a class statement leaves the class a plain one."""
    if keyword.arg == "metaclass":
        return last_name(keyword.value) in _PLAIN_METACLASSES
    return keyword.arg is not None


def _instance(method: Method) -> str | None:
    """Return the parameter that is an instance of the class; None if the method gets no such."""
    of_class = method.name in _OF_CLASSES or method.decorator_list
    parameters = [*method.args.posonlyargs, *method.args.args]
    return parameters[0].arg if parameters and not of_class else None


def _without_arguments(base: ast.expr) -> ast.expr:
    """Return the class itself in `Base[int]`."""
    return base.value if isinstance(base, ast.Subscript) else base


def _is_slots(statement: ast.stmt) -> bool:
    return "__slots__" in names_bound_by(statement)


def _dotted(expression: ast.expr) -> tuple[str, ...]:
    """Return the parts of a dotted name; none for any other expression."""
    parts: list[str] = []
    while isinstance(expression, ast.Attribute):
        parts.append(expression.attr)
        expression = expression.value
    return (expression.id, *reversed(parts)) if isinstance(expression, ast.Name) else ()


def _strings(statement: ast.stmt) -> Iterator[str]:
    yield from (
        node.value
        for node in own_nodes(statement)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _mangled(name: str, owner: str) -> str:
    """Return a name as the class has it (language reference, 6.2.1)."""
    is_private = name.startswith("__") and not name.endswith("__") and owner.strip("_")
    return f"_{owner.lstrip('_')}{name}" if is_private else name
