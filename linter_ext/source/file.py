"""One source file: its text, and the facts read from it when they are asked for."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from linter_ext.source.bindings import Bindings, find_bindings
from linter_ext.source.circumstances import Circumstance, find_circumstances
from linter_ext.source.classes import Classes, find_classes
from linter_ext.source.deprecations import Deprecations, find_deprecations
from linter_ext.source.exported import find_listed, find_plain_listed
from linter_ext.source.expressions import Expressions, find_expressions
from linter_ext.source.facts import Import
from linter_ext.source.parser import find_imports, parse, validate
from linter_ext.source.plain_classes import PlainClass, find_plain_classes
from linter_ext.source.plain_names import PlainNames
from linter_ext.source.references import CalledText, called_texts, may_compose, may_refer
from linter_ext.source.text import SourceText
from linter_ext.source.tree import ModuleName

if TYPE_CHECKING:
    from linter_ext.source.put_modules import PutModules

_PATH = re.compile(r"[^\W\d]\w*(?:[.:]\w+)*")
_QUOTED_PATH = re.compile(rf"""["']({_PATH.pattern})["']""")
_JOINED_PATHS = re.compile(r"""["'][\w.:]+["'](?:[\s\\]|\#[^\n]*+)*+[rRuU]?["'][\w.:]+["']""")


class SourceFile:
    """A file of the project. Everything it tells is a pure function of its text.

    The syntax tree is by far the largest of the facts: `settle` lets go of it, and a fact asked
    for later parses the text again.

    Attributes:
        path:   relative to the project root, forward slashes.
        module: which module it is.
        source: its text.
    """

    def __init__(
        self, path: str, module: ModuleName, text: str, tree: ast.Module | None = None
    ) -> None:
        self.path = path
        self.module = module
        self.source = SourceText(text)
        self._tree = tree
        self._is_settled = False
        self._is_valid = False

    @property
    def tree(self) -> ast.Module:
        """The syntax tree.

        Raises:
            UnreadableError: if the text is not valid Python.
        """
        if self._tree is None:
            self._tree = parse(self.source.text)
        return self._tree

    def validate(self) -> None:
        """See that the text is Python.

        Raises:
            UnreadableError: if it is not.
        """
        if not self.is_valid:
            validate(self.source.text)
            self._is_valid = True

    def take_for_valid(self) -> None:
        """Take it that the text is Python: it has been seen elsewhere."""
        self._is_valid = True

    @property
    def is_valid(self) -> bool:
        """Whether the text is known to be Python."""
        return self._is_valid or self._is_settled or self._tree is not None

    def rest(self) -> None:
        """Let go of what the file itself is judged by.

        Where the syntax tree is there, files of packages are settled first: others import them.

        Raises:
            UnreadableError: if the text is not valid Python.
        """
        if self._tree is not None and self.module.root.is_package:
            self.settle()
        self._tree = None
        for fact in ("expressions", "quoted_paths"):
            self.__dict__.pop(fact, None)
        self.source.forget_lines()

    def settle(self) -> None:
        """Read the facts that other files ask of this one, then let go of the tree.

        Raises:
            UnreadableError: if the text is not valid Python.
        """
        if not self._is_settled:
            _ = (self.imports, self.bindings, self.deprecations)
            self._is_settled = True
            self._tree = None

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """Every import, in the order of the text."""
        return find_imports(self.tree, self.source)

    @cached_property
    def bare_imports(self) -> Sequence[Import]:
        """Every import, in the order of the text; contexts may be left out. Mostly not parsed.

        Raises:
            UnreadableError: if the text has to be parsed, and is not valid Python.
        """
        if "imports" in self.__dict__ or self._tree is not None:
            return self.imports
        told = self.told_imports
        return self.imports if told is None else told

    @cached_property
    def told_imports(self) -> Sequence[Import] | None:
        """The imports of `bare_imports`, where they can be told without parsing; else None."""
        from linter_ext.source.import_statements import (  # noqa: PLC0415 - of few it is asked
            ImportStatements,
        )

        told = ImportStatements(self.source.text).statements
        if told is None:
            return None
        return tuple(item for statement in told for item in statement.imports)

    @cached_property
    def expressions(self) -> Expressions:
        """Uses of imported names, and references in strings."""
        own = self.module if self.module.root.is_package else None
        return find_expressions(self.tree, self.imports, self.source, own)

    @cached_property
    def may_refer(self) -> bool:
        """Whether the text has a call without which there is no reference."""
        return may_refer(self.source.text)

    @cached_property
    def quoted_paths(self) -> frozenset[str]:
        """The strings in the text that may be dotted paths, colons read as dots."""
        found = _QUOTED_PATH.findall(self.source.text)
        return frozenset(path.replace(":", ".") for path in found)

    @property
    def called_paths(self) -> frozenset[CalledText] | None:
        """The dotted paths among which all references are, colons read as dots.

        None, if the text does not tell: a path may be composed, or stand otherwise.
        """
        text = self.source.text
        called = None if may_compose(text) else called_texts(text)
        if called is None:
            return None
        return frozenset(
            CalledText(item.text.replace(":", "."), item.word)
            for item in called
            if _PATH.fullmatch(item.text)
        )

    @cached_property
    def may_compose_paths(self) -> bool:
        """Whether a path may be in the text otherwise than as one string, in full."""
        return self.joins_paths or may_compose(self.source.text)

    @cached_property
    def joins_paths(self) -> bool:
        """Whether a path may be in the text as several strings side by side."""
        return _JOINED_PATHS.search(self.source.text) is not None

    @cached_property
    def bindings(self) -> Bindings:
        """What the module binds at its own level."""
        return find_bindings(self.tree, self.imports, self.source.text)

    @cached_property
    def listed(self) -> frozenset[str]:
        """What `__all__` lists in any case."""
        text = self.source.text
        return find_listed(parse(text), text) if "__all__" in text else frozenset()

    @cached_property
    def plain_listed(self) -> frozenset[str] | None:
        """What `__all__` may list; None if that cannot be told. Needs no syntax tree."""
        return find_plain_listed(self.source.text)

    @cached_property
    def surely_listed(self) -> frozenset[str] | None:
        """What `__all__` lists, where one statement at the margin says it; else None.

        Needs no syntax tree.
        """
        if "__all__" not in self.source.text or self.plain_listed is None:
            return None
        return self.plain_listed if "__all__" in self.plain_names else None

    @cached_property
    def put_modules(self) -> PutModules:
        """What the file puts into `sys.modules`."""
        from linter_ext.source.put_modules import find_put_modules  # noqa: PLC0415 - few do

        return find_put_modules(self.source.text)

    @cached_property
    def plain_names(self) -> PlainNames:
        """Names that the module binds for certain; not all of them. Needs no syntax tree."""
        return PlainNames(self.source.text)

    @cached_property
    def plain_classes(self) -> Mapping[str, PlainClass]:
        """Classes at the margin, with methods that they have for certain. Needs no syntax tree."""
        found = find_plain_classes(self.source.text)
        return {name: item for name, item in found.items() if name in self.plain_names}

    @cached_property
    def circumstances(self) -> Mapping[Import, Circumstance]:
        """How the imports stand that do not simply run."""
        return find_circumstances(self.tree, self.imports)

    @cached_property
    def classes(self) -> Classes:
        """The module's classes, by name."""
        found = find_classes(self.tree, self.imports)
        if self._is_settled:
            self._tree = None
        return found

    @cached_property
    def deprecations(self) -> Deprecations:
        """What the module itself declares deprecated."""
        return find_deprecations(self.tree, self.imports, self.source.text)
