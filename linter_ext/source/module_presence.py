"""Whether a module is there, by where its file is: first-party, standard or installed.

Language reference, 5.3 to 5.5: a package beats a module of its name, a module beats a namespace
folder.
"""

from __future__ import annotations

from linter_ext.names import is_under
from linter_ext.source.bindings import Bindings
from linter_ext.source.file import SourceFile
from linter_ext.source.gaps import Answer, Gap, Lack, State
from linter_ext.source.homes import Homes
from linter_ext.source.index import Index
from linter_ext.source.standard_library import is_standard
from linter_ext.source.text import UnreadableError
from linter_ext.source.tree import STUB_SUFFIX, ModuleName, Root


class ModulePresence:
    """Tells which modules are there. What is asked once is remembered."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._modules: dict[str, Answer] = {}
        self._outside_files: dict[str, SourceFile | None] = {}

    def module(self, module: str) -> Answer:
        """Return THERE, UNKNOWN, or what is missing of a module's absolute name.

        First-party, standard-library and installed modules alike.
        """
        if module not in self._modules:
            self._modules[module] = self._find_module(module)
        return self._modules[module]

    def file(self, module: str) -> SourceFile | None:
        """Return the file of a module, first-party or not; None if there is none to be read."""
        found = self._index.file(module)
        if found is None and self.is_installed(module):
            return self._outside_file(module)
        return found

    def _find_module(self, module: str) -> Answer:
        tree = self._index.tree
        root = tree.root_of(module)
        if root is None:
            is_above = any(is_under(item.name, module) for item in tree.roots)
            return State.THERE if is_above else self._find_alien(module)
        found: Answer = State.THERE
        if module != root.name:
            found = self.module(module.rpartition(".")[0])
            if found is State.THERE:
                found = self._find_below(module)
        if isinstance(found, Gap) and self.is_installed(module):
            return self._find_outside(module)
        return found

    def _find_below(self, module: str) -> Answer:
        """Return whether a first-party module is there, whose parent is."""
        if self._index.is_compiled(module):
            return State.UNKNOWN
        if self._index.is_module(module):
            return State.THERE
        parent = module.rpartition(".")[0]
        if self._is_open(parent, module) or self._index.is_generated(module):
            return State.UNKNOWN
        if self._index.derived(Homes).is_registered(module):
            return State.UNKNOWN
        if self._index.is_package(parent):
            return Gap(module, Lack.NO_MODULE)
        return Gap(parent, Lack.NOT_A_PACKAGE)

    def _is_open(self, parent: str, module: str) -> bool:
        """Return whether the module may be there although no file is."""
        while parent:
            file = self.file(parent)
            if file is not None:
                bindings = bindings_of(file)
                if bindings is None or _may_register(bindings, module, parent):
                    return True
                if file.path.endswith(STUB_SUFFIX):
                    return True
            parent = parent.rpartition(".")[0]
        return False

    def is_installed(self, module: str) -> bool:
        """Return whether the name may be that of an installed distribution.

        It has precedence over a folder at the project's top without an `__init__.py`.
        """
        top = module.partition(".")[0]
        root = self._index.tree.root_of(top)
        if root is None:
            return not self._index.tree.is_first_party(module)
        if root.is_package or root.is_file or self._index.file(top) is not None:
            return False
        return self._index.outside.find(top) is not None

    def _find_outside(self, module: str) -> Answer:
        parent, _, _ = module.rpartition(".")
        if not parent:
            return self._find_top(module)
        above = self._find_outside(parent)
        if above is not State.THERE:
            return above
        if self._index.outside.find(module) is not None:
            return State.THERE
        return self._lacking_outside(parent, module)

    def _lacking_outside(self, parent: str, module: str) -> Answer:
        """Return what is missing of a module that is not found below an outside one."""
        place = self._index.outside.find(parent)
        if place is not None and place.is_folder:  # What several distributions share.
            return Gap(module, Lack.NOT_INSTALLED)
        if place is None or place.source is None or self._is_open(parent, module):
            return State.UNKNOWN
        if place.locations is None:
            return Gap(parent, Lack.NOT_A_PACKAGE)
        return Gap(module, Lack.NO_MODULE)

    def _find_alien(self, module: str) -> Answer:
        """Return whether a module is there that lies under no root."""
        found = self._find_outside(module)
        shares_namespace = module.partition(".")[0] in self._index.tree.names
        return State.UNKNOWN if shares_namespace and isinstance(found, Gap) else found

    def _find_top(self, module: str) -> Answer:
        if is_standard(module) or self._index.outside.find(module) is not None:
            return State.THERE
        is_beside = self._index.is_beside(module)
        return State.UNKNOWN if is_beside else Gap(module, Lack.NOT_INSTALLED)

    def _outside_file(self, module: str) -> SourceFile | None:
        if module not in self._outside_files:
            place = self._index.outside.find(module)
            text = self._index.outside.read(place) if place is not None else None
            found = None
            if place is not None and place.source is not None and text is not None:
                top = module.partition(".")[0]
                root = Root(top, place.source, is_package=True)
                name = ModuleName(module, is_package=place.locations is not None, root=root)
                found = SourceFile(place.source, name, text)
            self._outside_files[module] = found
        return self._outside_files[module]


def bindings_of(file: SourceFile) -> Bindings | None:
    """Return what a file binds; None if it is not valid Python."""
    try:
        file.settle()
    except UnreadableError:
        return None
    return file.bindings


def _may_register(bindings: Bindings, module: str, parent: str) -> bool:
    """Return whether a package may put a module below it in place.

    One that puts itself in place keeps its `__path__`, where submodules are found.
    """
    openness = bindings.openness
    others = openness.registered - {parent}
    return openness.has_open_modules or any(is_under(module, other) for other in others)
