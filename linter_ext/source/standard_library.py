"""What the standard library of the running Python holds, found by location, never imported."""

from __future__ import annotations

import functools
import os
import sys
from importlib.machinery import PathFinder

_WITHOUT_FILE = frozenset(
    {
        "os.path",
        "pyexpat.errors",
        "pyexpat.model",
        "xml.parsers.expat.errors",
        "xml.parsers.expat.model",
    }
)
"""Submodules that are other modules under another name, or part of a compiled one."""

FOLDER = os.path.dirname(os.__file__)
"""Where to look: the import path may hold a project's own `typing` or `io`.

`sysconfig` says the same, but it is slow to import.
"""


def is_standard(module: str) -> bool:
    """Return whether a name's first component is a standard-library module."""
    return module.partition(".")[0] in sys.stdlib_module_names


@functools.cache
def is_standard_module(path: str) -> bool:
    """Return whether a dotted path is a module or package of the standard library's own files."""
    first, *rest = path.split(".")
    if path in _WITHOUT_FILE:
        return True
    if first not in sys.stdlib_module_names or not rest:
        return first in sys.stdlib_module_names
    name, spec = first, PathFinder.find_spec(first, [FOLDER])
    for part in rest:
        if spec is None or spec.submodule_search_locations is None:
            return False
        name = f"{name}.{part}"
        spec = PathFinder.find_spec(name, spec.submodule_search_locations)
    return spec is not None
