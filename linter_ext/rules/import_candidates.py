"""Which first-party modules import which, by the look of their lines: perhaps too many."""

from __future__ import annotations

from collections.abc import Iterator

from linter_ext.source.facts import STAR, Context, Import, Span
from linter_ext.source.file import SourceFile
from linter_ext.source.import_lines import ImportLine, find_import_lines
from linter_ext.source.index import Index
from linter_ext.source.tree import STUB_SUFFIX

_NOWHERE = Span(0, 0, 0, 0)


class ImportCandidates:
    """What modules may import while they are imported themselves. `index.derived`.

    Whoever is in no circle of these is in none at all, and need not be parsed.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._found: dict[str, tuple[str, ...]] = {}

    def of(self, module: str) -> tuple[str, ...]:
        """Return first-party modules, sorted: all that a module imports, and some it may not."""
        if module not in self._found:
            file = running_file(module, self._index)
            found = self._find(file) if file is not None else ()
            self._found[module] = tuple(sorted(set(found)))
        return self._found[module]

    def _find(self, file: SourceFile) -> Iterator[str]:
        lines = find_import_lines(file.source.text)
        if lines is None:
            # Few files need it, and it takes long to load.
            from linter_ext.rules.import_graph import ImportGraph  # noqa: PLC0415

            yield from self._index.derived(ImportGraph).imports_of(file.module.name)
        for line in lines or ():
            for module in self._named_by(line, file):
                if self._index.tree.is_first_party(module) and self._index.is_module(module):
                    yield module

    def _named_by(self, line: ImportLine, file: SourceFile) -> Iterator[str]:
        """Yield the modules that a line may lead to: with `from`, modules and submodules."""
        if not line.module:
            yield from (self._index.identity(file, name) for name in line.names)
            return
        asked = self._index.ask(file, _import_of(line))
        if asked is not None:
            submodules = [f"{asked.module}.{name}" for name in line.names]
            yield from submodules
            is_own = asked.module == file.module.name
            if not (is_own and all(map(self._index.is_module, submodules))):
                yield asked.module


def running_file(module: str, index: Index) -> SourceFile | None:
    """Return the file that runs when a module is imported; None if it cannot be read."""
    file = index.file(module)
    return None if file is None or file.path.endswith(STUB_SUFFIX) else file


def _import_of(line: ImportLine) -> Import:
    """Return the import of a line, as far as it tells of the module."""
    module = line.module.lstrip(".")
    return Import(
        module=module,
        name=STAR,
        alias=None,
        level=len(line.module) - len(module),
        span=_NOWHERE,
        module_span=_NOWHERE,
        line=0,
        context=Context.MODULE,
    )
