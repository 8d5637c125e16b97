"""The values that one file's text yields. Nothing here knows of any other file.

The most frequent ones are named tuples, which are made and hashed several times as fast as
frozen dataclasses.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, StrEnum, auto
from typing import NamedTuple

STAR = "*"


class Span(NamedTuple):
    """A stretch of source text, as editors and flake8 count it.

    Lines and columns are 1-based, columns count characters (not bytes), the end is exclusive.
    """

    line: int
    column: int
    end_line: int
    end_column: int


class Context(Flag):
    """Where an import stands. Module level is the absence of all of them."""

    MODULE = 0
    FUNCTION = auto()
    CLASS = auto()
    TYPE_CHECKING = auto()
    GUARDED = auto()
    """In a `try` body one of whose handlers catches ImportError."""
    FALLBACK = auto()
    """In such a handler."""


class Import(NamedTuple):
    """One name bound by one import statement (language reference, 7.11).

    Attributes:
        module:      the module as written, without leading dots (`""` in `from . import a`).
        name:        the name taken from it, `*`, or None for `import module`.
        alias:       the local name given by `as`.
        level:       the number of leading dots.
        span:        `module as alias` or `name as alias`.
        module_span: the module in the statement, leading dots included.
        line:        first line of the statement (1-based).
        context:     where the statement stands.
    """

    module: str
    name: str | None
    alias: str | None
    level: int
    span: Span
    module_span: Span
    line: int
    context: Context

    @property
    def is_star(self) -> bool:
        """Return whether this is `from module import *`."""
        return self.name == STAR

    @property
    def local_name(self) -> str:
        """Return the name the statement binds (`a` for `import a.b`)."""
        if self.alias is not None:
            return self.alias
        return self.module.partition(".")[0] if self.name is None else self.name

    @property
    def written_module(self) -> str:
        """Return the module as it stands in the code, leading dots included."""
        return "." * self.level + self.module


class Use(NamedTuple):
    """An attribute chain that starts at an imported name: `a.old.X` after `import a`.

    Attributes:
        imports:    the imports the first name may refer to, at least one.
        attributes: the attribute names after the first name, at least one.
        spans:      for each attribute, the expression from the first name to it.
    """

    imports: tuple[Import, ...]
    attributes: tuple[str, ...]
    spans: tuple[Span, ...]


class ReferenceKind(StrEnum):
    """What the run time does with the string."""

    OBJECT = "object"
    """It names an object, whose last part is replaced: `patch("a.b.C")`."""
    MODULE = "module"
    """It names a module: `importlib.import_module("a.b")`."""


class Referrer(StrEnum):
    """Who looks the path up at run time, and how."""

    PATCH = "patch"
    """`unittest.mock.patch`: modules first, then attributes; the last one is replaced."""
    PATCH_MULTIPLE = "patch.multiple"
    """The same, for several attributes of what the path names."""
    RESOLVE_NAME = "resolve_name"
    """`pkgutil.resolve_name`, as `patch.dict` uses it: modules first, then attributes."""
    MONKEYPATCH = "monkeypatch"
    """pytest's `monkeypatch`: attributes first, then submodules; the last one is replaced."""
    IMPORT_MODULE = "import_module"
    """The import system."""
    IMPORT_OR_SKIP = "importorskip"
    """The import system; where it fails, pytest skips the tests."""
    DECLARED = "declared"
    """An entry point or a setting, looked up as `pkgutil.resolve_name` does."""

    @property
    def replaces(self) -> bool:
        """Whether it puts another object in the place of the last attribute."""
        return self in (Referrer.PATCH, Referrer.MONKEYPATCH)


@dataclass(frozen=True, slots=True)
class Reference:
    """A string that names a module or object where the run time imports it.

    Attributes:
        target:     the dotted path in the string.
        kind:       whether the path names a module or an object.
        span:       the string literal, or the expression that makes the string.
        line:       first line of the call or assignment (1-based).
        referrer:   who looks it up.
        may_create: whether its last attribute may be missing (`create=True`, `raising=False`).
        attributes: the attributes of the object that are looked up too (`patch.multiple`).
    """

    target: str
    kind: ReferenceKind
    span: Span
    line: int
    referrer: Referrer
    may_create: bool = False
    attributes: tuple[str, ...] = ()
