"""Which modules a file imports, as grimp sees it: names are dropped, modules are left.

grimp's rules, which are followed here to the letter (`rust/src/import_scanning.rs`): what is
asked for is a module if there is one of that name, or else its parent is; anything else is
outside, and stands for the outermost package of its own that it lies in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import NamedTuple

from linter_ext.names import is_under
from linter_ext.source.facts import Context, Import, Span
from linter_ext.source.tree import ModuleName


class ModuleImport(NamedTuple):
    """An import of one module.

    Attributes:
        imported: the module.
        span:     what stands for it in the statement.
        line:     first line of the statement (1-based).
    """

    imported: str
    span: Span
    line: int


@dataclass(frozen=True, slots=True)
class GraphScope:
    """What a graph holds.

    Attributes:
        modules:       the modules of the root packages.
        packages:      the root packages.
        external:      whether packages from outside are in it.
        type_checking: whether imports under `TYPE_CHECKING` are.
    """

    modules: Set[str]
    packages: tuple[str, ...]
    external: bool
    type_checking: bool


def find_module_imports(
    module: ModuleName, imports: Iterable[Import], scope: GraphScope
) -> tuple[ModuleImport, ...]:
    """Return the modules that a module imports, in the order of the text.

    A statement that imports a module several times, by several of its names, counts once.

    Args:
        module:  the importer.
        imports: what stands in its file.
        scope:   what the graph holds.
    """
    found = (_module_import(module, item, scope) for item in imports)
    return tuple(dict.fromkeys(item for item in found if item is not None))


def _module_import(module: ModuleName, item: Import, scope: GraphScope) -> ModuleImport | None:
    if Context.TYPE_CHECKING in item.context and not scope.type_checking:
        return None
    asked = _asked(module, item)
    if asked is None:
        return None
    parent = asked.rpartition(".")[0]
    if asked in scope.modules:
        return ModuleImport(asked, item.span, item.line)
    span = item.span if item.name is None else item.module_span
    if parent in scope.modules:
        return ModuleImport(parent, span, item.line)
    imported = _distilled(asked, scope.packages) if scope.external else None
    return ModuleImport(imported, span, item.line) if imported else None


def _asked(module: ModuleName, item: Import) -> str | None:
    """Return the dotted path an import asks for; None if it climbs out of its package."""
    path = ".".join(part for part in (item.module, item.name) if part)
    if not item.level:
        return path
    package = module.package.split(".") if module.package else []
    kept = len(package) - item.level + 1
    return ".".join((*package[:kept], path)) if kept > 0 else None


def _distilled(asked: str, packages: tuple[str, ...]) -> str | None:
    """Return the package from outside that stands for what is asked for."""
    if any(is_under(package, asked) for package in packages):
        return None  # A namespace around a root package.
    if any("." in package and is_under(asked, package) for package in packages):
        return None  # Below a root package in a namespace, where it is not.
    top = asked.partition(".")[0]
    portions = [
        portion
        for package in packages
        if package.startswith(f"{top}.") and (portion := _portion(asked, package))
    ]
    return max(sorted(portions), key=lambda portion: portion.count("."), default=top)


def _portion(asked: str, package: str) -> str | None:
    """Return the start of a path up to where it parts from a package in the same namespace."""
    shared = list(_shared(asked, package))
    rest = asked.split(".")[len(shared) :]
    return ".".join((*shared, rest[0])) if rest else None


def _shared(asked: str, package: str) -> Iterator[str]:
    for ours, theirs in zip(asked.split("."), package.split("."), strict=False):
        if ours != theirs:
            return
        yield ours
