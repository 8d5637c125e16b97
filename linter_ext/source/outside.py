"""Modules from outside the project: the standard library and what is installed.

They are found by location, as the import system finds them (language reference, 5.4), and never
imported. Finders that editable installs put on `sys.meta_path` are asked for top-level modules.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.machinery import BuiltinImporter, FrozenImporter, ModuleSpec, PathFinder

from linter_ext.source.standard_library import FOLDER, is_standard, is_standard_module
from linter_ext.source.text import UnreadableError, decode

_SOURCE_SUFFIX = ".py"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an outside module is.

    Attributes:
        source:    its file, if that is Python source.
        locations: where its submodules are sought; None for a module that is no package.
        is_folder: whether it is nothing but its locations (PEP 420).
    """

    source: str | None
    locations: tuple[str, ...] | None
    is_folder: bool = False


class Outside:
    """The modules that the running Python finds, but for those in the project root itself.

    A folder there may bear the name of an installed distribution.
    """

    def __init__(self, root: str = "") -> None:
        self._root = root
        self._found: dict[str, Place | None] = {}

    def find(self, module: str) -> Place | None:
        """Return where a module is; None if it is not installed."""
        if module not in self._found:
            self._found[module] = self._find(module)
        return self._found[module]

    def read(self, place: Place) -> str | None:
        """Return the text of a module; None if it has none that can be read."""
        try:
            with open(place.source or os.devnull, "rb") as stream:
                return decode(stream.read()) if place.source else None
        except (OSError, UnreadableError):
            return None

    def _find(self, module: str) -> Place | None:
        parent, _, last = module.rpartition(".")
        if not parent:
            return self._find_top(module)
        if is_standard(module) and is_standard_module(module) and not self._is_spelt(module):
            return Place(None, None)
        place = self.find(parent)
        if place is None or place.locations is None:
            return None
        return _place(PathFinder.find_spec(last, list(place.locations)))

    def _is_spelt(self, module: str) -> bool:
        """Return whether a standard module has a file where its name says."""
        place = self.find(module.rpartition(".")[0])
        return place is not None and place.locations is not None

    def _find_top(self, module: str) -> Place | None:
        if is_standard(module):
            found = PathFinder.find_spec(module, _standard_folders())
            return _place(found) or Place(None, None)  # Compiled in, or of another platform.
        found = PathFinder.find_spec(module, list(self._paths()))
        return _place(found or _ask_finders(module))

    def _paths(self) -> Iterator[str]:
        for path in sys.path:
            if path and os.path.realpath(path) != os.path.realpath(self._root or os.curdir):
                yield path


def _standard_folders() -> Sequence[str]:
    return FOLDER, os.path.join(FOLDER, "lib-dynload")


def _place(spec: ModuleSpec | None) -> Place | None:
    if spec is None:
        return None
    origin, locations = spec.origin, spec.submodule_search_locations
    is_source = origin is not None and origin.endswith(_SOURCE_SUFFIX) and spec.has_location
    return Place(
        source=origin if is_source else None,
        locations=None if locations is None else tuple(locations),
        is_folder=locations is not None and origin is None and not spec.has_location,
    )


def _ask_finders(module: str) -> ModuleSpec | None:
    """Ask the finders that are not Python's own, as those of editable installs."""
    for finder in sys.meta_path:
        find = getattr(finder, "find_spec", None)
        if finder in (BuiltinImporter, FrozenImporter, PathFinder) or find is None:
            continue
        try:
            spec = find(module, None)
        except Exception:  # noqa: BLE001, S112, RUF100 - a finder of others may do anything
            continue
        if isinstance(spec, ModuleSpec):
            return spec
    return None
