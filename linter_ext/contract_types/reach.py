"""What a file's imports and attribute chains ask for, as first-party names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from linter_ext.names import join
from linter_ext.source.facts import STAR, Import, Reference, Span, Use
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.references import TRIGGERS

_DOTTED_STRING = re.compile(r"""["']([^\W\d]\w*(?:[.:]\w+)*)["']""")
_RELATIVE_STRING = re.compile(r"""import_module\(\s*["']\.""")


@dataclass(frozen=True, slots=True)
class Asked:
    """What one import asks for.

    Attributes:
        item:    the import.
        written: the module asked for, relative levels resolved, by the name in the code.
        module:  the same module by its first-party name; differs only where a file outside
                 every package imports a neighbour.
    """

    item: Import
    written: str
    module: str

    @property
    def path(self) -> str:
        """The dotted path of the module or name that the import binds or loads."""
        name = self.item.name
        return self.module if name is None or name == STAR else f"{self.module}.{name}"

    @property
    def written_path(self) -> str:
        """The same, by the name in the code."""
        name = self.item.name
        return self.written if name is None or name == STAR else f"{self.written}.{name}"

    @property
    def bound(self) -> str:
        """The dotted path that the local name stands for (`a` after `import a.b`)."""
        if self.item.name is None and self.item.alias is None:
            extra = self.written.count(".")
            return self.module.rsplit(".", extra)[0] if extra else self.module
        return self.path

    @property
    def statement(self) -> tuple[int, int]:
        """What the imports of one statement have in common."""
        return self.item.module_span.line, self.item.module_span.column


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

    def span_of(self, path: str) -> Span | None:
        """Return where the chain reaches a prefix of its path; None if the import did already."""
        depth = path.count(".") - self.asked.bound.count(".")
        return self.use.spans[depth - 1] if depth > 0 else None


def asked_by(file: SourceFile, index: Index) -> tuple[Asked, ...]:
    """Return what each import of the file asks for; imports that climb out of it ask nothing."""
    found: list[Asked] = []
    for item in file.imports:
        module = index.absolute(file, item)
        if module is not None:
            found.append(Asked(item, module, index.identity(file, module)))
    return tuple(found)


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
    """Yield the attribute chains that start at some of the file's imports."""
    leading = {item.item: item for item in asked}
    for use in file.expressions.uses:
        for item in use.imports:
            if item in leading:
                yield Reached(leading[item], use)
                break


def references_of(file: SourceFile, is_concerned: Callable[[str], bool]) -> Iterator[Reference]:
    """Yield the references whose target concerns the caller.

    Expressions are looked into only where the text has a string that does.

    Args:
        file:         the file.
        is_concerned: tells it from a dotted path.
    """
    text = file.source.text
    if not any(trigger in text for trigger in TRIGGERS):
        return
    candidates = {found.replace(":", ".") for found in _DOTTED_STRING.findall(text)}
    if not any(map(is_concerned, candidates)) and not _RELATIVE_STRING.search(text):
        return
    for reference in file.expressions.references:
        if is_concerned(reference.target):
            yield reference
