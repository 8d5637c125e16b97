"""How a text shows, without being parsed, that it asks a module for something: perhaps too often.

A file that asks a module for something names the module, and names what it asks for. What a
module passes on, it first asks for itself.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from linter_ext.names import is_under
from linter_ext.source.facts import STAR
from linter_ext.source.file import SourceFile
from linter_ext.source.import_lines import ImportLine, find_import_lines
from linter_ext.source.parser import find_imports, parse
from linter_ext.source.references import may_compose
from linter_ext.source.text import SourceText, UnreadableError
from linter_ext.source.tree import ModuleName

_HEDGES = ("ImportError", "ModuleNotFoundError", "suppress", "except:", "except Exception")
_STAR = re.compile(r"import[\s\\(]*\*")
_RELATIVE = re.compile(r"\bfrom\s*\.+\s*import\b")


class Question(NamedTuple):
    """What may be answered otherwise from now on.

    Attributes:
        module: the module that is asked.
        names:  the names it is asked for; None for all.
        passes: whether those who ask pass plain names on as well.
    """

    module: ModuleName
    names: frozenset[str] | None
    passes: bool


class Mention:
    """How a text shows that it asks a module for something."""

    def __init__(self, asked: Question) -> None:
        self._asked = asked
        parent, _, self._last = asked.module.name.rpartition(".")
        self._word = _word(self._last)
        is_inside = asked.module.root.is_package
        self._path = _Path(parent, self._last, is_inside=is_inside) if parent else None

    def is_in(self, text: str, module: ModuleName) -> bool:
        """Return whether a module's text may ask for it."""
        names = self._asked.names
        if names is not None and not (_STAR.search(text) or has_any(text, names)):
            return False
        if self._is_around(module) and _RELATIVE.search(text) is not None:
            return True
        if self._last not in text:
            return False
        if self._path is not None and self._path.is_in(text):
            return True
        is_named = self._word.search(text) is not None
        return is_named and (self._path is None or may_compose(text))

    def passed_on(self, text: str, module: ModuleName) -> Iterator[Question]:
        """Yield what others may then ask the module for."""
        lines = _import_lines(text)
        taking = [line for line in lines if self._is_meant(line, module)]
        names = {name for line in taking for name in line.names}
        depending = depending_names(text, module, {self._last}) if taking else frozenset()
        if depending:
            yield Question(module, depending, passes=False)
        if STAR in names:
            yield Question(module, self._asked.names, self._asked.passes)
        if self._asked.passes:
            wanted = self._passed_names(names, {name for line in lines for name in line.names})
            if wanted:
                others = {alias for name in wanted for alias in aliases_of(text, name)}
                yield Question(module, frozenset(wanted | others), passes=True)

    def _passed_names(self, taken: Set[str], imported: Set[str]) -> Set[str]:
        """Return what a module passes on by plain imports.

        Args:
            taken:    the names that it takes from the module that is asked.
            imported: all names that it imports, among them perhaps the module itself.
        """
        names = self._asked.names
        if names is None:
            return (taken - {STAR}) | (imported & {self._last})
        return names if self._last in imported else names & taken

    def _is_around(self, module: ModuleName) -> bool:
        """Return whether a module may ask for it without naming it: it is a package around."""
        return self._asked.module.is_package and is_under(module.name, self._asked.module.name)

    def _is_meant(self, line: ImportLine, module: ModuleName) -> bool:
        last = line.module.rpartition(".")[2]
        return last == self._last or (not last and self._is_around(module))


def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name)}\b")


class _Path:
    """How a module's path looks, whole or from its parent on, in code or in a string."""

    def __init__(self, parent: str, last: str, *, is_inside: bool) -> None:
        above, name = re.escape(parent.rpartition(".")[2]), re.escape(last)
        gap = r"[\s\\]*"
        names = rf"(?:\((?:[^)#]|#[^\n]*)*?|(?:[^\n(\\]|\\\n)*?)\b{name}\b"
        forms = [
            rf"{above}{gap}\.{gap}{name}\b",
            rf"{above}{gap}\bimport\b{gap}{names}",
            rf"{above}{gap}\bas\b(?=[\s\S]*\.{name}\b)",
            rf"from{gap}\.+{gap}{name}\b",
            rf"from{gap}\.+{gap}import\b{gap}{names}",
        ]
        if not is_inside:  # Imports may start in the file's own folder.
            forms += (rf"from{gap}{name}\b", rf"import{gap}(?:[\w., \t]*,{gap})?{name}\b")
        # Each by itself: a pattern that begins with a word is found much faster than several.
        self._forms = tuple(map(re.compile, forms))
        self._strings = tuple(f"{end}.{last}" for end in "\"'}")

    def is_in(self, text: str) -> bool:
        """Return whether a text names the module."""
        return any(string in text for string in self._strings) or any(
            form.search(text) is not None for form in self._forms
        )


def _import_lines(text: str) -> Sequence[ImportLine]:
    """Return what a text imports when it is imported itself, and perhaps more."""
    lines = find_import_lines(text)
    if lines is not None:
        return lines
    try:
        found = find_imports(parse(text), SourceText(text))
    except UnreadableError:
        return ()
    return [
        ImportLine(item.written_module if item.name else "", (item.name or item.module,))
        for item in found
    ]


def depending_names(text: str, module: ModuleName, imported: Set[str]) -> frozenset[str]:
    """Return the names that a module binds only where some imports go well.

    Args:
        text:     the module's text.
        module:   the module.
        imported: last components of the modules, or the names, that are imported.
    """
    if not any(hedge in text for hedge in _HEDGES):
        return frozenset()
    try:
        found = SourceFile("", module, text).bindings.dependent
    except UnreadableError:
        return frozenset()
    return frozenset(
        name
        for name, needs in found.items()
        for item in itertools.chain.from_iterable(needs)
        if not imported.isdisjoint((item.module.rpartition(".")[2], item.name))
    )


def aliases_of(text: str, name: str) -> list[str]:
    """Return the names that a text may give to a name or module by `as`."""
    return re.findall(rf"\b{re.escape(name)}\s+as\s+(\w+)", text)


def has_any(text: str, names: Set[str]) -> bool:
    """Return whether some of the names are words of a text."""
    return any(name in text and _word(name).search(text) is not None for name in names)
