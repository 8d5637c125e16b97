"""Whether a dotted path means a module or a name, when nobody says so.

The answer decides a violation's code, so it must not depend on what happens to be installed:
the project's files, the standard library and the way names are spelt (PEP 8) decide.
"""

from __future__ import annotations

from linter_ext.names import prefixes
from linter_ext.source.index import Index
from linter_ext.source.standard_library import is_standard, is_standard_module


def looks_like_module(path: str, successor: str | None, index: Index) -> bool:
    """Return whether a path means a module.

    Args:
        path:      the path; it may no longer exist.
        successor: what takes its place, which is of the same kind.
        index:     the project's modules.
    """
    paths = [item for item in (path, successor) if item is not None]
    if "." not in path or any(index.is_module(item) for item in paths):
        return True
    if any(_is_name_of_a_file(item, index) for item in paths):
        return False
    if is_standard(path):
        return is_standard_module(path)
    return path.rpartition(".")[2].islower()


def _is_name_of_a_file(path: str, index: Index) -> bool:
    """Return whether the path can only be a name: the file around it binds it, or is no package."""
    for parent in prefixes(path):
        file = index.file(parent)
        if file is not None:
            child = path[len(parent) + 1 :].partition(".")[0]
            found = index.definitions(parent, child)
            return not file.module.is_package or any(item.name is not None for item in found)
    return False


def module_and_name(path: str, *, is_module: bool) -> tuple[str, str | None]:
    """Return the module and the name that a path means; no name where a module is meant."""
    if is_module:
        return path, None
    module, _, name = path.rpartition(".")
    return module, name
