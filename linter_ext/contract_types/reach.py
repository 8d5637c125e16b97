"""What a file's imports and attribute chains ask for, as first-party names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from linter_ext.names import join
from linter_ext.source.facts import Import, Reference, Span, Use
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.references import TRIGGERS


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
        return self.module if name is None or self.item.is_star else join(self.module, name)

    @property
    def written_path(self) -> str:
        """The same, by the name in the code."""
        name = self.item.name
        return self.written if name is None or self.item.is_star else join(self.written, name)

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
        item
        for item in asked
        if any(component in text for component in below.get(item.bound, ()))
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


def references_of(file: SourceFile, roots: frozenset[str]) -> Iterator[Reference]:
    """Yield the references whose first component is one of the roots."""
    text = file.source.text
    if not any(trigger in text for trigger in TRIGGERS):
        return
    if not any(f"{root}." in text or f'"{root}' in text or f"'{root}" in text for root in roots):
        return
    for reference in file.expressions.references:
        if reference.target.partition(".")[0] in roots:
            yield reference
