"""Names imported from a module that only passes them on."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from linter_ext.codes import Code
from linter_ext.names import is_under
from linter_ext.source.asked import Asked
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Definition, Index
from linter_ext.violations import Finding


class ReExports(Enum):
    """Which re-exports may be imported from."""

    ALLOW = "allow"
    PACKAGES = "packages"
    FORBID = "forbid"


def find_re_exports(
    policy: ReExports, file: SourceFile, asked: tuple[Asked, ...], index: Index
) -> Iterator[Finding]:
    """Yield a finding for each name that is not imported from the module that defines it.

    Names with several definitions, names from outside the project, and names that source text
    cannot follow are left alone.
    """
    for item in asked:
        definition = _defined_elsewhere(item, index)
        if definition is None or definition.module == file.module.name:
            continue
        if policy is ReExports.PACKAGES and _is_own_package(item.module, definition, index):
            continue
        yield Finding(
            code=Code.NOT_CANONICAL,
            span=item.item.span,
            line=item.item.line,
            module=item.written,
            name=item.item.name,
            target=item.written_path,
            message=f"'{item.written_path}' is a re-export; use '{definition.path}'",
            instead=definition.path,
        )


def _defined_elsewhere(asked: Asked, index: Index) -> Definition | None:
    name = asked.item.name
    if name is None or asked.item.is_star or not index.tree.is_first_party(asked.module):
        return None
    definitions = index.definitions(asked.module, name)
    if len(definitions) != 1:
        return None
    (definition,) = definitions
    own_place = definition.path == asked.path or definition.module == asked.module
    return None if own_place or not index.tree.is_first_party(definition.module) else definition


def _is_own_package(module: str, definition: Definition, index: Index) -> bool:
    file = index.file(module)
    is_package = file is not None and file.module.is_package
    return is_package and is_under(definition.module, module)
