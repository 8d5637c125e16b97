"""One session of pytest, played through from source text: what it imports, and what stops it.

The order is pytest's: plugins named by `-p`, the `conftest.py` files it looks for at the start,
then each test file after the `conftest.py` files above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from linter_ext.codes import Code
from linter_ext.halt import Halt
from linter_ext.project import Project
from linter_ext.pytest_files import folders_to, starting_places
from linter_ext.pytest_names import ModuleNames
from linter_ext.pytest_settings import ImportMode, PytestSettings
from linter_ext.source.constant_strings import Constants
from linter_ext.source.file import SourceFile
from linter_ext.source.gaps import Gap, Lack
from linter_ext.source.import_time import Asks, Ends, Step
from linter_ext.source.import_times import ImportTimes
from linter_ext.source.loader import Fault, Link, Loader
from linter_ext.source.presence import Presence
from linter_ext.source.references import plugin_references
from linter_ext.source.text import UnreadableError
from linter_ext.source.tree import PACKAGE_FILE

_LACKS: Mapping[Lack, Code] = {
    Lack.NO_MODULE: Code.NO_MODULE,
    Lack.NOT_A_PACKAGE: Code.NO_PACKAGE,
    Lack.NOT_INSTALLED: Code.NOT_INSTALLED,
}
"""The rules about modules; all else that lacks is a name."""


_FAULTS: Mapping[Fault, Code | Halt] = {
    Fault.PARTIAL: Code.CYCLE,
    Fault.UNREADABLE: Code.UNREADABLE,
    Fault.BEYOND: Code.NO_MODULE,
    Fault.RAISES: Halt.RAISES,
}


class ChainLink(NamedTuple):
    """One step from a test file to what stops it.

    Attributes:
        path:   the file, relative to the project root, forward slashes.
        line:   the line at which it goes on (1-based).
        target: what the statement there asks for; of the last link, what is missing, or is in
                the way.
        stop:   of the last link, the rule that it breaks, or what else is the matter; None for
                the links above it.
    """

    path: str
    line: int
    target: str
    stop: Code | Halt | None

    @property
    def code(self) -> Code | None:
        """The rule that is broken, if one is."""
        return self.stop if isinstance(self.stop, Code) else None


Chain = tuple[ChainLink, ...]
"""From a file to what stops it; empty for what nothing stops."""


class PytestSession:
    """A session of pytest in a project. What is imported stays imported, as in a process."""

    def __init__(
        self,
        project: Project,
        settings: PytestSettings,
        conftests: Iterable[str],
        loader: Loader,
    ) -> None:
        """Begin a session.

        Args:
            project:   the project.
            settings:  how pytest is configured.
            conftests: the project's `conftest.py` files.
            loader:    the process it runs in.
        """
        self._project = project
        self._settings = settings
        self._conftests = {path.rpartition("/")[0]: path for path in conftests}
        self._loader = loader
        self._presence = project.index.derived(Presence)
        self._names = ModuleNames(project.listing.files)
        self._chains: dict[str, Chain] = {}
        self._stopped: Chain = ()

    def start(self) -> None:
        """Import what pytest imports before it collects anything."""
        for plugin in self._settings.plugins:
            self._stopped = self._stopped or self._plugin(plugin.path, plugin.line, plugin.name)
        for folder in self._first_folders():
            for above in folders_to(f"{folder}/"):
                self._conftest(above)

    def collect(self, path: str) -> Chain:
        """Import a test file, after the `conftest.py` files above it; return what stops it."""
        if self._stopped:
            return self._stopped
        for folder in folders_to(path):
            stopped = self._conftest(folder)
            if stopped:
                return stopped
        return self._file(path)

    def _first_folders(self) -> Iterator[str]:
        """Yield where pytest looks for `conftest.py` before it collects: `test*` folders too."""
        for place in starting_places(self._settings):
            start = "" if place == "." else place
            folder = start.rpartition("/")[0] if start.endswith(".py") else start
            yield folder
            for other in sorted(self._conftests):
                parent, _, name = other.rpartition("/")
                if parent == start and name.startswith("test"):
                    yield other

    def _conftest(self, folder: str) -> Chain:
        path = self._conftests.get(folder)
        return self._file(path) if path is not None else ()

    def _file(self, path: str) -> Chain:
        """Import a file; what has been imported is not imported again."""
        if path not in self._chains:
            self._chains[path] = self._import(path)
        return self._chains[path]

    def _import(self, path: str) -> Chain:
        index, module = self._project.index, self._project.tree.module_of(path)
        if module is None:
            return ()
        try:
            file = index.open(path, module)
            found = self._load(file) or self._plugins(file)
            file.rest()
        except UnreadableError as error:
            return (ChainLink(path, error.line, module.name, Code.UNREADABLE),)
        return found

    def _load(self, file: SourceFile) -> Chain:
        """Import a file as the module that pytest makes of it.

        Raises:
            UnreadableError: if it is not valid Python.
        """
        _ = file.imports
        if self._settings.import_mode is ImportMode.IMPORTLIB:
            return _told(self._loader.load_file(file))
        owner = self._names.owner(file.path)
        if owner is not None:
            return (ChainLink(file.path, 1, owner, Halt.NAME_TAKEN),)
        stopped = _told(self._loader.load_file(file))
        found = self._first(self._climbing(file), self._packages(file) or stopped)
        holder = self._project.tree.module_of(self._names.holder(file.path))
        if holder is not None and self._loader.has_loaded(holder.name):
            self._names.take(file.path)
        return found

    def _climbing(self, file: SourceFile) -> Chain:
        """Return the first relative import that climbs out of the packages the file lies in.

        The packages are those that pytest sees; a folder without an `__init__.py` is none.

        Raises:
            UnreadableError: if the file is not valid Python.
        """
        depth = self._names.depth(file.path)
        for step in self._project.index.derived(ImportTimes).steps(file):
            if isinstance(step, Ends):
                break
            if isinstance(step, Asks) and step.asked[0].item.level > depth:
                target = step.asked[0].item.written_module
                return (ChainLink(file.path, step.line, target, Code.NO_MODULE),)
        return ()

    def _packages(self, file: SourceFile) -> Chain:
        """Return what stops the packages that a file lies in, by the names pytest gives them.

        Below a folder of a package that has no `__init__.py`, these are shorter than their own.
        """
        folders = folders_to(file.path)[-self._names.depth(file.path) :]
        own = len(file.module.package.split(".")) if file.module.root.is_package else 0
        if not own > self._names.depth(file.path) > 0:
            return ()
        seen: set[str] = set()
        chains = (self._within(f"{folder}/{PACKAGE_FILE}.py", seen) for folder in folders)
        return next((chain for chain in chains if chain), ())

    def _within(self, path: str, seen: set[str]) -> Chain:
        """Return the first relative import that climbs too far, in a file or those it leads to."""
        seen.add(path)
        index, module = self._project.index, self._project.tree.module_of(path)
        try:
            file = index.open(path, module) if module is not None else None
            climbing = self._climbing(file) if file is not None else ()
            steps = index.derived(ImportTimes).steps(file) if file is not None else ()
        except UnreadableError:
            return ()
        for step in steps:
            line = step.line if isinstance(step, (Asks, Ends)) else 0
            if isinstance(step, Ends) or (climbing and line >= climbing[0].line):
                break
            for target in _relative(step):
                other = index.file(target)
                below = self._within(other.path, seen) if other and other.path not in seen else ()
                if below:
                    return (ChainLink(path, line, target, None), *below)
        return climbing

    @staticmethod
    def _first(climbing: Chain, stopped: Chain) -> Chain:
        """Return what stops a file first, of two chains that may start in it."""
        if not (climbing and stopped):
            return climbing or stopped
        is_later = stopped[0].path == climbing[0].path and stopped[0].line >= climbing[0].line
        return climbing if is_later else stopped

    def _plugins(self, file: SourceFile) -> Chain:
        """Import what `pytest_plugins` names."""
        if "pytest_plugins" not in file.source.text:
            return ()
        read = Constants(file.tree, file.source).value
        for plugin in plugin_references(file.tree, file.source, read):
            module = self._project.index.identity(file, plugin.target)
            stopped = self._plugin(file.path, plugin.line, module)
            if stopped:
                return stopped
        return ()

    def _plugin(self, path: str, line: int, module: str) -> Chain:
        """Import a plugin of the project's own; others may be known to pytest by other names."""
        if not self._project.tree.is_first_party(module):
            return ()
        found = self._presence.module(module)
        if isinstance(found, Gap):
            return (ChainLink(path, line, *_missing(module, found)),)
        stopped = _told(self._loader.load(module))
        return (ChainLink(path, line, module, None), *stopped) if stopped else ()


def _relative(step: Step) -> Iterator[str]:
    """Yield the modules that a relative import loads."""
    if isinstance(step, Asks) and step.asked[0].item.level:
        yield step.asked[0].module
        yield from (item.path for item in step.asked if not item.item.is_star)


def _told(links: Iterable[Link] | None) -> Chain:
    return tuple(map(_chain_link, links or ()))


def _chain_link(link: Link) -> ChainLink:
    """Return a link of the loader's with the rule that it breaks."""
    if link.gap is not None:
        return ChainLink(link.path, link.line, *_missing(link.target, link.gap))
    stop = _FAULTS.get(link.fault) if link.fault is not None else None
    return ChainLink(link.path, link.line, link.target, stop)


def _missing(asked: str, gap: Gap) -> tuple[str, Code]:
    """Return what is missing, and the rule; below what is no package, the submodule asked for."""
    code = _LACKS.get(gap.lack, Code.NO_NAME)
    if gap.lack is not Lack.NOT_A_PACKAGE:
        return gap.path, code
    below = asked.removeprefix(f"{gap.path}.").partition(".")[0]
    return f"{gap.path}.{below}", code
