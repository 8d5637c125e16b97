"""What comes of importing a module first, in a process that has imported nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from linter_ext.source.index import Index
from linter_ext.source.loader import Link, Loader


@dataclass(frozen=True, slots=True)
class Failure:
    """A name that is asked of a module which is still being loaded.

    Attributes:
        entry:  the module that was imported first.
        path:   the file of the statement that fails.
        target: the dotted path it asks for.
    """

    entry: str
    path: str
    target: str

    def is_on(self, path: str, imported: str) -> bool:
        """Return whether what fails is that a file takes something from a module."""
        return self.path == path and imported in (self.target, self.target.rpartition(".")[0])


class Entries:
    """The outcomes of such imports. One for each index: `index.derived(Entries)`.

    A module's packages are loaded before it, so its outcome starts from what they have loaded.
    """

    def __init__(self, index: Index, loader: Callable[[Index], Loader] = Loader) -> None:
        self._index = index
        self._loader = loader
        self._processes: dict[str, Loader | tuple[Link, ...]] = {}

    def failures(self, modules: Iterable[str]) -> tuple[Failure, ...]:
        """Return what cycles stop when each of some modules is imported first, by its name."""
        found = ((module, self.chain(module)) for module in sorted(modules))
        return tuple(
            Failure(module, chain[-1].path, chain[-1].target)
            for module, chain in found
            if chain and chain[-1].is_partial
        )

    def chain(self, module: str) -> tuple[Link, ...] | None:
        """Return the chain that stops a module which is imported first; None if it loads."""
        before = self._process(module.rpartition(".")[0])
        if not isinstance(before, Loader):
            return before
        return None if before.has_loaded(module) else before.fork().load(module)

    def _process(self, package: str) -> Loader | tuple[Link, ...]:
        """Return a process that has imported a package only, or the chain that stops it."""
        if package not in self._processes:
            self._processes[package] = self._start(package)
        return self._processes[package]

    def _start(self, package: str) -> Loader | tuple[Link, ...]:
        if not package:
            return self._loader(self._index)
        before = self._process(package.rpartition(".")[0])
        if not isinstance(before, Loader) or before.has_loaded(package):
            return before
        process = before.fork()
        return process.load(package) or process
