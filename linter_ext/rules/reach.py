"""What a file's attribute chains and strings ask for, as first-party names."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from linter_ext.names import join
from linter_ext.source.asked import Asked
from linter_ext.source.facts import Reference, Span, Use
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index

# What may stand around the dots of a chain: parentheses, comments, the quotes of joined strings.
_GLUE = r"""(?:[\s\\)"']|\#[^\n]*+)*+"""
_AFTER_NAME = frozenset(". \t\f\n\\)#\"'")


class Reached(NamedTuple):
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
    pairs = (pair for item in asked for pair in _pairs_after(item, file, index))
    return frozenset((module, attribute) for module, attribute in pairs if attribute)


def modules_in(file: SourceFile, asked: tuple[Asked, ...], index: Index) -> frozenset[str]:
    """Return the first-party modules whose attributes the file may use.

    The text tells of those below an imported package; it may tell of too many.
    """
    found: set[str] = set()
    for item in asked:
        if _is_module(item, index):
            found.add(item.bound)
            if index.is_package(item.bound):
                found.update(module for module, _ in _pairs_after(item, file, index))
    return frozenset(found)


def _pairs_after(asked: Asked, file: SourceFile, index: Index) -> Iterator[tuple[str, str]]:
    """Yield where the chains after an imported module may lead: a module, then an attribute."""
    if _is_module(asked, index):
        for chain in set(_chains_from(asked.item.local_name, file.source.text)):
            yield split_chain(asked.bound, _step().findall(chain), index)


def _is_module(asked: Asked, index: Index) -> bool:
    """Return whether the import binds a name to a first-party module."""
    if asked.item.is_star or not index.tree.is_first_party(asked.module):
        return False
    if asked.item.name is not None and not index.is_package(asked.module):
        return False
    return index.is_module(asked.bound)


def _chains_from(name: str, text: str) -> Iterator[str]:
    """Yield what follows a name in the text, wherever it may be a chain of attributes."""
    match = _chain().match
    start = text.find(name)
    while start >= 0:
        start += len(name)
        if text[start : start + 1] in _AFTER_NAME and (chain := match(text, start)):
            yield chain[0]
        start = text.find(name, start)


# Compiled once they are needed: few flake8 runs do, and they take a while.


@functools.cache
def _chain() -> re.Pattern[str]:
    return re.compile(rf"(?:{_GLUE}\.{_GLUE}\w+)+")


@functools.cache
def _step() -> re.Pattern[str]:
    return re.compile(rf"{_GLUE}\.{_GLUE}(\w+)")


def split_chain(module: str, attributes: Sequence[str], index: Index) -> tuple[str, str]:
    """Return the longest module that the attributes lead to, and the attribute that follows."""
    for attribute in attributes:
        if not (index.is_package(module) and index.is_module(f"{module}.{attribute}")):
            return module, attribute
        module = f"{module}.{attribute}"
    return module, ""


class Referred(NamedTuple):
    """A reference, and what it stands for.

    Attributes:
        reference: the reference.
        path:      its target as a first-party path; differs only where a file outside every
                   package refers to a neighbour.
    """

    reference: Reference
    path: str

    def written(self, path: str) -> str:
        """Return a prefix of the path by the name in the string."""
        return path.removeprefix(self.path.removesuffix(self.reference.target))


def references_of(
    file: SourceFile, index: Index, roots: Set[str], is_concerned: Callable[[str], bool]
) -> Iterator[Referred]:
    """Yield the references whose path concerns the caller.

    Expressions are looked into only where the text has a string that does.

    Args:
        file:         the file.
        index:        the project's modules.
        roots:        the first components of all paths that can concern the caller.
        is_concerned: tells it from a dotted path.
    """
    if not file.may_refer or not _may_quote(file, roots):
        return
    paths = (index.identity(file, quoted) for quoted in file.quoted_paths)
    if not file.may_compose_paths and not any(map(is_concerned, paths)):
        return
    for reference in file.expressions.references:
        path = index.identity(file, reference.target)
        if is_concerned(path):
            yield Referred(reference, path)


def _may_quote(file: SourceFile, roots: Set[str]) -> bool:
    """Return whether a string in the text starts as such a path does.

    A file outside every package may name its neighbours by other roots.
    """
    text = file.source.text
    if not file.module.root.is_package or "import_module" in text:
        return True
    return any(f'"{root}' in text or f"'{root}" in text for root in roots)
