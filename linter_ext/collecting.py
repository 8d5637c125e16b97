"""Which test files pytest cannot collect, and the chain of imports that stops each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from linter_ext.as_if_installed import LoaderAsIfInstalled
from linter_ext.project import Project
from linter_ext.pytest_files import CONFTEST, Ignored, find_test_files, read_ignored
from linter_ext.pytest_session import ChainLink, PytestSession
from linter_ext.pytest_settings import PytestSettings, read_pytest_settings
from linter_ext.source.loader import Loader
from linter_ext.source.text import UnreadableError


@dataclass(frozen=True, slots=True)
class Uncollectable:
    """A test file that pytest cannot collect.

    Attributes:
        path:  the file, relative to the project root, forward slashes.
        chain: from the file, or from a `conftest.py` above it, to what stops it; never empty.
    """

    path: str
    chain: tuple[ChainLink, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """What comes of pytest's collection.

    Attributes:
        test_files:    every test file, sorted.
        uncollectable: those that cannot be collected, sorted.
    """

    test_files: tuple[str, ...]
    uncollectable: tuple[Uncollectable, ...]

    def limited_to(self, paths: frozenset[str]) -> Collection:
        """Return what there is to say of some files only."""
        return replace(
            self,
            test_files=tuple(path for path in self.test_files if path in paths),
            uncollectable=tuple(item for item in self.uncollectable if item.path in paths),
        )


Track = Callable[[Sequence[str]], Iterable[str]]


def collect(
    project: Project, loader: type[Loader] = LoaderAsIfInstalled, track: Track = iter
) -> Collection:
    """Play pytest's collection through, from source text.

    pytest is taken to be started in the project root, without arguments.

    Args:
        project: the project.
        loader:  what imports files: in this environment, or as if all packages were installed.
        track:   goes through the test files, for instance showing progress.
    """
    settings = read_pytest_settings(project.root)
    conftests = [path for path in project.listing.files if _is_conftest(path)]
    test_files = find_test_files(
        project.listing.files,
        settings,
        project.root.as_posix(),
        {path.rpartition("/")[0]: _ignored(project, path) for path in conftests},
    )
    session = PytestSession(project, settings, conftests, loader(project.index))
    session.start()
    stopped = ((path, session.collect(path)) for path in track(test_files))
    found = (Uncollectable(path, chain) for path, chain in stopped if chain)
    return Collection(
        test_files=tuple(sorted(test_files)),
        uncollectable=tuple(sorted(found, key=lambda item: item.path)),
    )


def _is_conftest(path: str) -> bool:
    return path.rpartition("/")[2] == CONFTEST


def _ignored(project: Project, conftest: str) -> Ignored:
    """Return what a `conftest.py` leaves out; nothing, if it cannot be read."""
    module = project.tree.module_of(conftest)
    if module is None:
        return Ignored()
    try:
        file = project.index.open(conftest, module)
        mentions = "collect_ignore" in file.source.text
        return read_ignored(file.tree, conftest) if mentions else Ignored()
    except UnreadableError:
        return Ignored()


def unseen_testpaths(project: Project) -> tuple[str, ...]:
    """Return the places in pytest's `testpaths` with test files that the project does not hold."""
    settings = read_pytest_settings(project.root)
    return tuple(path for path in settings.testpaths if _is_unseen(project, settings, path))


def _is_unseen(project: Project, settings: PytestSettings, place: str) -> bool:
    if any(place in (".", path) or path.startswith(f"{place}/") for path in project.listing.files):
        return False
    found = sorted((project.root / place).rglob("*.py")) or [project.root / place]
    files = [path.relative_to(project.root).as_posix() for path in found]
    only = replace(settings, testpaths=(place,))
    return bool(find_test_files(files, only, project.root.as_posix(), {}))
