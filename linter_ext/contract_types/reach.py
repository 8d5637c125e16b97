"""What a file's attribute chains and strings ask for, as first-party names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from linter_ext.names import join
from linter_ext.source.asked import Asked
from linter_ext.source.facts import Reference, Span, Use
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index

# What may stand around the dots of a chain: parentheses, comments, the quotes of joined strings.
_GLUE = r"""(?:[\s\\)"']|\#[^\n]*+)*+"""
_CHAIN = re.compile(rf"(?:{_GLUE}\.{_GLUE}\w+)+")
_STEP = re.compile(rf"{_GLUE}\.{_GLUE}(\w+)")
_DOTTED_STRING = re.compile(r"""["']([^\W\d]\w*(?:[.:]\w+)*)["']""")
_RELATIVE_STRING = re.compile(r"""["']\.+[^\W\d]""")
_JOINED_STRINGS = re.compile(r"""["'][\w.:]+["'](?:[\s\\]|\#[^\n]*+)*+[rRuU]?["'][\w.:]+["']""")


@dataclass(frozen=True, slots=True)
class Reached:
    """An attribute chain after an imported name, as a dotted path.

    Attributes:
        asked: the import the chain starts from.
        use:   the chain.
    """

    asked: Asked
    use: Use

    @property
    def path(self) -> str:
        """The whole chain as a first-party path."""
        return join(self.asked.bound, *self.use.attributes)

    def written(self, path: str) -> str:
        """Return a prefix of the path by the name in the code."""
        return self.asked.written_bound + path.removeprefix(self.asked.bound)

    def span_of(self, path: str) -> Span | None:
        """Return where the chain reaches a prefix of its path; None if the import did already."""
        depth = path.count(".") - self.asked.bound.count(".")
        return self.use.spans[depth - 1] if depth > 0 else None


def reached_by(
    file: SourceFile, asked: tuple[Asked, ...], below: Mapping[str, frozenset[str]]
) -> Iterator[Reached]:
    """Yield the attribute chains that may lead to some of a set of paths.

    Expressions are looked into only where an import binds an ancestor of such a path and the
    component that comes next stands somewhere in the text.

    Args:
        file:  the importer.
        asked: what its imports ask for.
        below: the paths, as `names.components_below` gives them.
    """
    text = file.source.text
    leading = tuple(
        item for item in asked if any(component in text for component in below.get(item.bound, ()))
    )
    return reached_from(file, leading) if leading else iter(())


def reached_from(file: SourceFile, asked: tuple[Asked, ...]) -> Iterator[Reached]:
    """Yield the attribute chains that start at some of the file's imports.

    Where a name may come from several imports, each path that it may stand for comes once.
    """
    leading = {id(item.item): item for item in asked}  # By identity: imports are slow to hash.
    for use in file.expressions.uses:
        seen: set[str] = set()
        for item in use.imports:
            found = leading.get(id(item))
            if found is not None and found.bound not in seen:
                seen.add(found.bound)
                yield Reached(found, use)


def attributes_in(
    file: SourceFile, asked: tuple[Asked, ...], index: Index
) -> frozenset[tuple[str, str]]:
    """Return the first-party modules whose attributes the file may use, each with the attribute.

    The text tells, so that expressions need not be looked into; it may tell of too many.

    Args:
        file:  the importer.
        asked: what its imports ask for.
        index: the project's modules.
    """
    found: set[tuple[str, str]] = set()
    for item in asked:
        if _is_module(item, index):
            for chain in set(_chains_from(item.item.local_name, file.source.text)):
                module, attribute = split_chain(item.bound, _STEP.findall(chain), index)
                if attribute:
                    found.add((module, attribute))
    return frozenset(found)


def _is_module(asked: Asked, index: Index) -> bool:
    """Return whether the import binds a name to a first-party module."""
    if asked.item.is_star or not index.tree.is_first_party(asked.module):
        return False
    if asked.item.name is not None and not index.is_package(asked.module):
        return False
    return index.is_module(asked.bound)


def _chains_from(name: str, text: str) -> Iterator[str]:
    """Yield what follows a name in the text, wherever it may be a chain of attributes."""
    start = text.find(name)
    while start >= 0:
        start += len(name)
        chain = _CHAIN.match(text, start)
        if chain is not None:
            yield chain[0]
        start = text.find(name, start)


def split_chain(module: str, attributes: Sequence[str], index: Index) -> tuple[str, str]:
    """Return the longest module that the attributes lead to, and the attribute that follows."""
    for attribute in attributes:
        if not (index.is_package(module) and index.is_module(f"{module}.{attribute}")):
            return module, attribute
        module = f"{module}.{attribute}"
    return module, ""


def references_of(file: SourceFile, is_concerned: Callable[[str], bool]) -> Iterator[Reference]:
    """Yield the references whose target concerns the caller.

    Expressions are looked into only where the text has a string that does.

    Args:
        file:         the file.
        is_concerned: tells it from a dotted path.
    """
    if not file.may_refer:
        return
    text = file.source.text
    candidates = {found.replace(":", ".") for found in _DOTTED_STRING.findall(text)}
    if not any(map(is_concerned, candidates)) and not _may_compose(text):
        return
    for reference in file.expressions.references:
        if is_concerned(reference.target):
            yield reference


def _may_compose(text: str) -> bool:
    """Return whether a path may be in the text otherwise than as one string, in full."""
    if "import_module" in text and _RELATIVE_STRING.search(text):
        return True
    return _JOINED_STRINGS.search(text) is not None
