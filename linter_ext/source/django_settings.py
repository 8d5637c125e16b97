"""The dotted paths of a Django project: its settings, its URLconf, its settings module.

As the reference of Django's settings has them; https://docs.djangoproject.com/en/stable/ref/
Settings that tests override are left alone: many are wrong on purpose.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from linter_ext.names import is_dotted_name
from linter_ext.source.blanked import blank, opened
from linter_ext.source.bound_names import own_nodes
from linter_ext.source.excerpts import parse_around
from linter_ext.source.facts import Reference, ReferenceKind, Referrer
from linter_ext.source.parser import last_name
from linter_ext.source.statements_on import lines_of, statements_on
from linter_ext.source.text import SourceText

DEPENDENCY_FILES = (
    "pyproject.toml",
    "setup.cfg",
    "setup.py",
    "requirements.txt",
    "requirements/base.txt",
    "Pipfile",
)
"""The files, from the project root, that may name Django as a dependency."""

_DEPENDENCY = re.compile(
    r"""^[^#\n]*?(?:^|["'\s,=])django(?:\[[\w,\s-]*\])?[ \t]*(?:[<>=!~;"'@,]|$)""",
    re.IGNORECASE | re.MULTILINE,
)
_OBJECT, _MODULE = ReferenceKind.OBJECT, ReferenceKind.MODULE
_SETTINGS_MODULE = "DJANGO_SETTINGS_MODULE"

_PATHS: Mapping[str, ReferenceKind] = {
    "ASGI_APPLICATION": _OBJECT,
    "AUTHENTICATION_BACKENDS": _OBJECT,
    "CSRF_FAILURE_VIEW": _OBJECT,
    "DATABASE_ROUTERS": _OBJECT,
    "DEFAULT_AUTO_FIELD": _OBJECT,
    "DEFAULT_EXCEPTION_REPORTER": _OBJECT,
    "DEFAULT_EXCEPTION_REPORTER_FILTER": _OBJECT,
    "DEFAULT_FILE_STORAGE": _OBJECT,
    "EMAIL_BACKEND": _OBJECT,
    "FILE_UPLOAD_HANDLERS": _OBJECT,
    "FORMAT_MODULE_PATH": _MODULE,
    "FORM_RENDERER": _OBJECT,
    "INSTALLED_APPS": _OBJECT,
    "LOGGING_CONFIG": _OBJECT,
    "MESSAGE_STORAGE": _OBJECT,
    "MIDDLEWARE": _OBJECT,
    "PASSWORD_HASHERS": _OBJECT,
    "ROOT_URLCONF": _MODULE,
    "SESSION_ENGINE": _MODULE,
    "SESSION_SERIALIZER": _OBJECT,
    "STATICFILES_FINDERS": _OBJECT,
    "STATICFILES_STORAGE": _OBJECT,
    "TEST_RUNNER": _OBJECT,
    "WSGI_APPLICATION": _OBJECT,
    "handler400": _OBJECT,
    "handler403": _OBJECT,
    "handler404": _OBJECT,
    "handler500": _OBJECT,
}
"""The settings that are a path or a list of paths; an app is a module, or its AppConfig."""

_KEYED: Mapping[str, Mapping[str, ReferenceKind]] = {
    "AUTH_PASSWORD_VALIDATORS": {"NAME": _OBJECT},
    "CACHES": {"BACKEND": _OBJECT, "KEY_FUNCTION": _OBJECT},
    "DATABASES": {"ENGINE": _MODULE},
    "STORAGES": {"BACKEND": _OBJECT},
    "TEMPLATES": {
        "BACKEND": _OBJECT,
        "builtins": _MODULE,
        "context_processors": _OBJECT,
        "loaders": _OBJECT,
    },
}
"""The settings that are dictionaries, with the keys whose values are paths."""

_ADDING = frozenset({"append", "extend", "insert"})
_WORDS = ("configure(", "include(", _SETTINGS_MODULE)
_MODULE_SETTINGS = frozenset(
    {
        *(name for name, kind in _PATHS.items() if kind is _MODULE),
        *(name for name, keys in _KEYED.items() if _MODULE in keys.values()),
    }
)
_MODULE_WORDS = frozenset({"include(", _SETTINGS_MODULE})
_GIVEN = re.compile(r"[ \t]*=(?!=)")
_CONFIGURE = re.compile(r"configure\b(?<!\wconfigure)")


def depends_on_django(texts: Iterable[str]) -> bool:
    """Return whether one of the texts of a project's dependency files names Django."""
    return any(_DEPENDENCY.search(text) for text in texts)


def may_set(text: str) -> bool:
    """Return whether a file may hold such a path; its text may promise too much."""
    return any(True for _ in _words_in(text))


def may_set_modules(text: str) -> bool:
    """Return whether one of the paths may have to be that of a module."""
    words = {word for word, _ in _words_in(text)}
    if "configure(" in words:
        words.update(word for word in _MODULE_SETTINGS if word in text)
    return not words.isdisjoint(_MODULE_SETTINGS | _MODULE_WORDS)


def _words_in(text: str) -> Iterator[tuple[str, int]]:
    """Yield what starts a statement about a setting, or stands in one, and where that ends."""
    brackets: _Brackets | None = None
    for pattern in _settings():
        for setting in pattern.finditer(text):
            if _may_be_keyword(text, setting.start(), setting.end()):
                brackets = _Brackets(text) if brackets is None else brackets
                if brackets.hold(setting.start()):
                    continue
            yield setting[1], setting.end()
    for word in _WORDS:
        start = text.find(word)
        while start >= 0:
            before = text[max(start - 1, 0) : start]
            if not (before.isalnum() or before == "_"):
                yield word, start + len(word)
            start = text.find(word, start + len(word))


def _may_be_keyword(text: str, start: int, end: int) -> bool:
    """Return whether a name at the start of a line may be that of an argument.

    `configure` is called with settings; there it does not matter.
    """
    if _GIVEN.match(text, end) is None:
        return False
    while start and text[start - 1].isspace():
        start -= 1
    line = text[text.rfind("\n", 0, start) + 1 : start]
    is_after_other = line.endswith(("(", ",")) or "#" in line
    return is_after_other and _CONFIGURE.search(text) is None


class _Brackets:
    """The brackets of a text, but for those in strings and comments."""

    def __init__(self, text: str) -> None:
        self._code = blank(text)
        self._place = self._depth = 0
        self._are_matched = opened(self._code, 0, len(text)) == 0

    def hold(self, place: int) -> bool:
        """Return whether a place stands in brackets, which all have their counterparts."""
        if place < self._place:
            self._place = self._depth = 0
        self._depth += opened(self._code, self._place, place)
        self._place = place
        return self._are_matched and self._depth > 0


@functools.cache
def _settings() -> Sequence[re.Pattern[str]]:
    """Return the patterns of a setting's name where a statement begins.

    Each begins with one character, which makes it much faster than one for all.
    """
    name = rf"[ \t]*+(?=[A-Zh])({'|'.join([*_PATHS, *_KEYED])})\b"
    return [re.compile(before + name) for before in ("\\A", "\n", ";", ":")]


def find_settings(source: SourceText) -> tuple[Reference, ...]:
    """Return the dotted paths that Django will look up, in the order of the text.

    Raises:
        UnreadableError: if the text is not valid Python, as far as it has to be parsed.
    """
    found: dict[int, Reference] = {}
    places = sorted(end for _, end in _words_in(source.text))
    tree = parse_around(places, source.text)
    for statement, _ in statements_on(lines_of(places, source.text), tree.body):
        for node, kind in _paths_in(statement):
            if is_dotted_name(str(node.value)):
                found[id(node)] = Reference(
                    target=str(node.value),
                    kind=kind,
                    span=source.span(node),
                    line=statement.lineno,
                    referrer=Referrer.DECLARED,
                )
    return tuple(sorted(found.values(), key=lambda item: (item.span.line, item.span.column)))


_Paths = Iterator[tuple[ast.Constant, ReferenceKind]]


def _paths_in(statement: ast.stmt) -> _Paths:
    match statement:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from _assigned(target, value)
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            yield from _assigned(target, value)
        case ast.AugAssign(target=target, value=value):
            yield from _assigned(target, value)
    for node in own_nodes(statement):
        if isinstance(node, ast.Call):
            yield from _called(node)


def _assigned(target: ast.expr, value: ast.expr) -> _Paths:
    """Yield the paths in `NAME = value` and in `os.environ["DJANGO_SETTINGS_MODULE"] = value`."""
    match target:
        case ast.Name(id=name):
            yield from _setting(name, value)
        case ast.Subscript(slice=ast.Constant(value=key)) if key == _SETTINGS_MODULE:
            yield from _strings(value, _MODULE)


def _called(call: ast.Call) -> _Paths:
    """Yield the paths that Django gets by the call itself."""
    match call:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method), args=[*_, value]):
            if method in _ADDING:
                yield from _setting(name, value)
        case ast.Call(func=ast.Name(id="include"), args=[value, *_]):
            module = value.elts[0] if isinstance(value, ast.Tuple) and value.elts else value
            yield from _strings(module, _MODULE)
    if last_name(call.func) == "configure":
        for keyword in call.keywords:
            yield from _setting(keyword.arg or "", keyword.value)
    match call:
        case ast.Call(args=[ast.Constant(value=key), value]) if key == _SETTINGS_MODULE:
            yield from _strings(value, _MODULE)


def _setting(name: str, value: ast.expr) -> _Paths:
    kind = _PATHS.get(name)
    if kind is not None:
        yield from _strings(value, kind)
    keys = _KEYED.get(name, {})
    for node in ast.walk(value) if keys else ():
        if isinstance(node, ast.Dict):
            yield from _under_keys(node, keys)


def _under_keys(node: ast.Dict, keys: Mapping[str, ReferenceKind]) -> _Paths:
    for key, value in zip(node.keys, node.values, strict=True):
        match key:
            case ast.Constant(value=str(name)) if name in keys:
                yield from _strings(value, keys[name])


def _strings(value: ast.expr, kind: ReferenceKind) -> _Paths:
    """Yield the strings of a string, of a list, of lists in it, and of a sum of lists."""
    match value:
        case ast.Constant(value=str()):
            yield value, kind
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            for element in elements:
                yield from _strings(element, kind)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from _strings(left, kind)
            yield from _strings(right, kind)
        case ast.IfExp(body=body, orelse=orelse):
            yield from _strings(body, kind)
            yield from _strings(orelse, kind)
