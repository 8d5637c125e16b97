"""Which changed files stop modules from loading: names asked of what is not loaded by then."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from linter_ext.as_if_installed import LoaderAsIfInstalled
from linter_ext.overlay import OverlaidProject
from linter_ext.project import Project
from linter_ext.rules.entries import Entries
from linter_ext.source.index import Index
from linter_ext.source.loader import Link


class LoadOrder:
    """Compares what loads in a process of its own with what loads after a change.

    Args:
        project: the project, as it is on the disk.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._before = Entries(project.index, LoaderAsIfInstalled)
        self._asked: dict[str, frozenset[str]] = {}

    def harm(self, changed: OverlaidProject, paths: Collection[str]) -> Mapping[str, str]:
        """Return the changed files that stop a module which loads now, each with the reason.

        Args:
            changed: the project after the change.
            paths:   the files that the change is in.
        """
        harm: dict[str, str] = {}
        for entry, chain in self._stopped(changed, paths):
            fault = chain[-1]
            reason = (
                f"it would stop '{entry}' from loading: {fault.path}:{fault.line} would ask for "
                f"'{fault.target}' before it is there"
            )
            for path in self._blamed(chain, paths):
                harm.setdefault(path, reason)
        return harm

    def _stopped(
        self, changed: OverlaidProject, paths: Collection[str]
    ) -> Iterator[tuple[str, Sequence[Link]]]:
        """Yield what loads now and would not, with the chain that stops it."""
        after = Entries(changed.index, LoaderAsIfInstalled)
        for path, module in changed.index.listed():
            if module.root.is_package:
                chain: Sequence[Link] = after.chain(module.name) or ()
                if _is_early(chain) and not self._before.chain(module.name):
                    yield module.name, chain
            elif path in paths:
                chain = _chain_of(path, changed.index)
                if _is_early(chain) and not _chain_of(path, self._project.index):
                    yield path, chain

    def _blamed(self, chain: Sequence[Link], paths: Collection[str]) -> Collection[str]:
        """Return the changed files that may be the reason.

        That is the last on the way that asks for something else than before.
        """
        through = [link for link in chain if link.path in paths]
        new = [link for link in through if link.target not in self._asked_by(link.path)]
        if new:
            return [new[-1].path]
        return [link.path for link in through] or paths

    def _asked_by(self, path: str) -> frozenset[str]:
        """Return what a file asks for now."""
        if path not in self._asked:
            module = self._project.tree.module_of(path)
            file = self._project.index.open(path, module) if module is not None else None
            asked = self._project.index.asked(file) if file is not None else ()
            every = {found for item in asked for found in (item.module, item.path)}
            self._asked[path] = frozenset(every)
        return self._asked[path]


def _is_early(chain: Sequence[Link]) -> bool:
    return bool(chain) and chain[-1].is_partial


def _chain_of(path: str, index: Index) -> Sequence[Link]:
    """Return the chain that stops a file outside of packages; nothing if it loads."""
    module = index.tree.module_of(path)
    if module is None:
        return ()
    return LoaderAsIfInstalled(index).load_file(index.open(path, module)) or ()
