"""Calls and assignments whose strings name modules and objects.

The callables are those of `unittest.mock`, pytest, pytest-mock, `importlib` and `pkgutil`, as
their documentation describes them.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from linter_ext.names import is_dotted_name, join
from linter_ext.source.constant_strings import MODULE_NAMES, Constants
from linter_ext.source.facts import Reference, ReferenceKind, Referrer
from linter_ext.source.parser import last_name, module_statements
from linter_ext.source.scopes import Scope
from linter_ext.source.text import SourceText

Read = Callable[[ast.expr | None, Scope | None], str | None]
"""Tells the string that an expression always has."""

_PATCH = "patch"
_PLUGINS = "pytest_plugins"
_IMPORTS = frozenset({Referrer.IMPORT_MODULE, Referrer.IMPORT_OR_SKIP})
_NO_ATTRIBUTES = frozenset({"target", "spec", "create", "spec_set", "autospec", "new_callable"})
"""The parameters of `patch.multiple`; every other keyword is an attribute."""


@dataclass(frozen=True, slots=True)
class _Leave:
    """The parameter by which a callable lets the last attribute be missing.

    Attributes:
        keyword:  its name.
        position: its place among the positional ones.
        value:    what it must be.
    """

    keyword: str
    position: int
    value: bool


@dataclass(frozen=True, slots=True)
class _Callable:
    """A callable that takes a dotted path.

    Attributes:
        keyword:  the parameter that takes it (also the first positional one).
        referrer: who looks the path up.
        method:   whether it is only ever called on something (`monkeypatch.setattr`).
        dotted:   whether a path without a dot is none.
        leave:    how it lets the last attribute be missing, if it can.
    """

    keyword: str
    referrer: Referrer
    method: bool = False
    dotted: bool = True
    leave: _Leave | None = None

    @property
    def kind(self) -> ReferenceKind:
        """What the path names."""
        return ReferenceKind.MODULE if self.referrer in _IMPORTS else ReferenceKind.OBJECT


_CREATE = _Leave("create", 3, value=True)
_CREATE_ALL = _Leave("create", 2, value=True)
_RAISING = _Leave("raising", 3, value=False)
_RAISING_TOO = _Leave("raising", 2, value=False)

_CALLABLES: Mapping[str, _Callable] = {
    "patch": _Callable("target", Referrer.PATCH, leave=_CREATE),
    "patch.dict": _Callable("in_dict", Referrer.RESOLVE_NAME),
    "patch.multiple": _Callable("target", Referrer.PATCH_MULTIPLE, dotted=False, leave=_CREATE_ALL),
    "setattr": _Callable("target", Referrer.MONKEYPATCH, method=True, leave=_RAISING),
    "delattr": _Callable("target", Referrer.MONKEYPATCH, method=True, leave=_RAISING_TOO),
    "resolve_name": _Callable("name", Referrer.RESOLVE_NAME, dotted=False),
    "import_module": _Callable("name", Referrer.IMPORT_MODULE, dotted=False),
    "importorskip": _Callable("modname", Referrer.IMPORT_OR_SKIP, dotted=False),
    "__import__": _Callable("name", Referrer.IMPORT_MODULE, dotted=False),
}
TRIGGERS = frozenset({*(name.partition(".")[0] for name in _CALLABLES), _PLUGINS})
"""A file whose text has none of these words holds no reference."""

# What the text has where a callable takes a path. Between two tokens in parentheses there may
# be blanks, escaped line ends, comments and further parentheses.
_GLUE = r"(?:[\s\\()]|\#[^\n]*+)*+"
_QUOTE = r"""(?:"{3}|'{3}|["'])"""
_STRING = rf"[rRuU]?{_QUOTE}"
_F_STRING = rf"(?:[fF][rR]?|[rR][fF]){_QUOTE}"
_KEYWORDS = "|".join(sorted({item.keyword for item in _CALLABLES.values()}))
_OPENED = rf"[\s\\)]*(?:\.[\s\\]*(?:dict|multiple)[\s\\)]*)?\({_GLUE}"
_IMPORTED_AS = re.compile(r"(?:[\s\\]|\#[^\n]*+)+as[\s\\]+([^\W\d]\w*)")
_ASSIGNED_TO = re.compile(r"([^\W\d]\w*)[^=]*=")
_RELATIVE_PATH = re.compile(r"""["']\.+[^\W\d]""")


class _Patterns(NamedTuple):
    """What follows the name of a callable; not compiled before a text has one.

    Attributes:
        a_string:        it takes a string, or something by keyword, or gets another name.
        one_string:      it takes one plain string first.
        a_relative_path: it takes a string that begins with a dot, or something by keyword.
        more:            it takes a string that is put together.
    """

    a_string: re.Pattern[str]
    one_string: re.Pattern[str]
    a_relative_path: re.Pattern[str]
    more: re.Pattern[str]


@functools.cache
def _taking() -> _Patterns:
    return _Patterns(
        a_string=re.compile(rf"{_OPENED}(?:{_STRING}|\w+[\s\\]*=)|[\s\\]+as\b"),
        one_string=re.compile(rf"""{_OPENED}[rRuU]?(["'])(?P<text>[^"'\\\n]*+)\1\s*[,)]"""),
        a_relative_path=re.compile(rf"{_OPENED}(?:{_STRING}\.|\w+[\s\\]*=)"),
        more=re.compile(
            rf"{_OPENED}(?:(?:{_KEYWORDS})[\s\\]*=(?!=){_GLUE})?(?:"
            rf"{_F_STRING}"
            rf"|(?:{_STRING}[\w.:]*{_QUOTE}{_GLUE})+(?:\+|{_F_STRING})"
            rf"|(?P<name>[^\W\d]\w*+)(?!{_QUOTE}|[\s\\]*[.(\[=])"
            rf"|(?!(?:{_KEYWORDS})\b)[^\W\d]\w*[\s\\]*=(?!=)"
            r")"
        ),
    )


def may_refer(text: str) -> bool:
    """Return whether a file may hold a reference; its text may promise too much."""
    return _PLUGINS in text or any(
        _taking().a_string.match(text, item.end) or _takes_more(text, item.end)
        for item in _mentions_of_callables(text)
    )


def may_compose(text: str) -> bool:
    """Return whether a file may hold a reference that is more than one string literal."""
    if _PLUGINS in text:
        return True
    ends = [item.end for item in _mentions_of_callables(text)]
    if any(_takes_more(text, place) for place in ends):
        return True
    if "import_module" not in text or _RELATIVE_PATH.search(text) is None:
        return False
    return any(_taking().a_relative_path.match(text, place) for place in ends)


class CalledText(NamedTuple):
    """A string that a callable takes.

    Attributes:
        text: the string.
        word: what the callable's name ends with, of the words in `TRIGGERS`; nothing where it
              goes by another name.
    """

    text: str
    word: str


def called_texts(text: str) -> frozenset[CalledText] | None:
    """Return the strings among which are all references of a file that composes none.

    None, if that cannot be told from its text.
    """
    found: set[CalledText] = set()
    for item in _mentions_of_callables(text):
        if _taking().a_string.match(text, item.end):
            call = _taking().one_string.match(text, item.end)
            if call is None:
                return None
            found.add(CalledText(call["text"], item.word))
    return frozenset(found)


def _takes_more(text: str, place: int) -> bool:
    """Return whether what is called there may take a string made of several."""
    call = _taking().more.match(text, place)
    return call is not None and (call["name"] is None or _may_be_constant(call["name"], text))


class _Mention(NamedTuple):
    """Where a callable's name ends, and with which word; none, if the name is another."""

    end: int
    word: str


@functools.lru_cache(maxsize=1)  # Several questions about one file come in a row.
def _mentions_of_callables(text: str) -> Sequence[_Mention]:
    """Return where callables are named, by their own names or by others."""
    mentions: list[_Mention] = []
    others: set[str] = set()
    for word in TRIGGERS:
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            mentions.append(_Mention(end, word))
            others.update(_other_name(text, start, end))
            start = text.find(word, end)
    for name in others:
        found = re.finditer(rf"\b{name}\b", text)
        mentions += (_Mention(item.end(), "") for item in found)
    return mentions


def _other_name(text: str, start: int, end: int) -> Iterator[str]:
    """Yield the name that an import, or an assignment on one line, gives to a callable."""
    imported = _IMPORTED_AS.match(text, end)
    if imported is not None:
        yield imported[1]
    elif text.startswith(".", start - 1) and not text.startswith("(", end):
        line = text.rfind("\n", 0, start) + 1
        assigned = _ASSIGNED_TO.match(text, line, start)
        if assigned is not None:
            yield assigned[1]


def _may_be_constant(name: str, text: str) -> bool:
    """Return whether a name may be a constant of the module; it starts a line then.

    Python normalises names that are not ASCII (PEP 3131).
    """
    if name in MODULE_NAMES or not name.isascii():
        return True
    return re.search(rf"^{name}\b", text, re.MULTILINE) is not None


def call_reference(
    call: ast.Call, scope: Scope, source: SourceText, constants: Constants, read: Read
) -> Reference | None:
    """Return what the call refers to by a string, if it does.

    Args:
        call:      the call.
        scope:     where it stands.
        source:    the file's text.
        constants: the module's names, some of which may stand for a callable.
        read:      tells strings from expressions.
    """
    name = _callee(call.func, scope, constants)
    taking = _CALLABLES.get(name)
    if taking is None or (taking.method and isinstance(call.func, ast.Name)):
        return None
    expression = _argument(call, 0, taking.keyword)
    target = _target(call, expression, name, lambda item: read(item, scope) or "")
    if expression is None or not is_dotted_name(target) or (taking.dotted and "." not in target):
        return None
    return Reference(
        target=target,
        kind=taking.kind,
        span=source.span(expression),
        line=call.lineno,
        referrer=taking.referrer,
        may_create=taking.leave is not None and _takes_leave(call, taking.leave),
        attributes=_attributes(call) if taking.referrer is Referrer.PATCH_MULTIPLE else (),
    )


def plugin_references(tree: ast.Module, source: SourceText, read: Read) -> Iterator[Reference]:
    """Yield the modules that `pytest_plugins` names, at module level, where pytest reads it."""
    if _PLUGINS not in source.text:
        return
    for statement in module_statements(tree):
        value = _plugins(statement)
        for element in value.elts if isinstance(value, (ast.List, ast.Tuple)) else [value]:
            path = read(element, None) or ""
            if element is not None and is_dotted_name(path):
                yield Reference(
                    target=path,
                    kind=ReferenceKind.MODULE,
                    span=source.span(element),
                    line=statement.lineno,
                    referrer=Referrer.IMPORT_MODULE,
                )


def _plugins(statement: ast.stmt) -> ast.expr | None:
    """Return what the statement assigns or adds to `pytest_plugins`."""
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, (ast.AnnAssign, ast.AugAssign)):
        targets = [statement.target]
    else:
        return None
    named = any(isinstance(target, ast.Name) and target.id == _PLUGINS for target in targets)
    return statement.value if named else None


def _callee(function: ast.expr, scope: Scope, constants: Constants) -> str:
    """Return the callable's own name, whatever it goes by here: `patch`, `patch.dict`."""
    if isinstance(function, ast.Name):
        return _own_name(function, scope, constants)
    if not isinstance(function, ast.Attribute):
        return ""
    name = f"{_PATCH}.{function.attr}"
    if name not in _CALLABLES:
        return function.attr
    owner = function.value
    of_patch = (
        _own_name(owner, scope, constants) == _PATCH
        if isinstance(owner, ast.Name)
        else last_name(owner) == _PATCH
    )
    return name if of_patch else ""


def _own_name(function: ast.Name, scope: Scope, constants: Constants) -> str:
    """Return the name by which a function of ours was imported; `__import__` needs no import."""
    found = scope.imports_of(function.id, (function.lineno, function.col_offset))
    if found:
        return next((item.name for item in found if item.name and item.name in _CALLABLES), "")
    if function.id == "__import__":
        return function.id
    assigned = constants.assigned(function.id, scope)
    return (
        _callee(assigned, scope.module(), constants) if isinstance(assigned, ast.Attribute) else ""
    )


def _argument(call: ast.Call, position: int, keyword: str) -> ast.expr | None:
    if len(call.args) > position:
        return call.args[position]
    return next((item.value for item in call.keywords if item.arg == keyword), None)


def _takes_leave(call: ast.Call, leave: _Leave) -> bool:
    """Return whether the call may let the last attribute be missing."""
    given = _argument(call, leave.position, leave.keyword)
    if given is None:
        return any(item.arg is None for item in call.keywords)
    return not isinstance(given, ast.Constant) or bool(given.value) is leave.value


def _attributes(call: ast.Call) -> tuple[str, ...]:
    names = (item.arg for item in call.keywords)
    return tuple(name for name in names if name is not None and name not in _NO_ATTRIBUTES)


def _target(
    call: ast.Call, expression: ast.expr | None, name: str, read: Callable[[ast.expr | None], str]
) -> str:
    """Return the absolute dotted path that the string stands for; nothing if it stands for none."""
    text = read(expression)
    if name == "resolve_name":
        return text.replace(":", ".", 1).removesuffix(".")
    if name == "import_module" and text.startswith("."):
        path = text.lstrip(".")
        package = read(_argument(call, 1, "package"))
        parts = package.split(".") if package else []
        kept = len(parts) - (len(text) - len(path)) + 1
        return join(*parts[:kept], path) if kept > 0 else ""
    return text
