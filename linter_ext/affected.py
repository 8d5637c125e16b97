"""Which files a change elsewhere may concern, told from their texts alone: perhaps too many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from linter_ext.overlay import OverlaidProject, folders_of
from linter_ext.source.file import SourceFile
from linter_ext.source.import_settings import resolves_otherwise
from linter_ext.source.interfaces import WHOLE, InterfaceChange, compare_interfaces
from linter_ext.source.mentions import Mention, Question, aliases_of, depending_names, has_any
from linter_ext.source.references import may_compose, may_refer
from linter_ext.source.text import UnreadableError
from linter_ext.source.tree import PACKAGE_FILE, SUFFIXES, ModuleName

_MOST_MODULES = 30
"""To look for more modules than these takes longer than to judge a few files too many."""

_MULTIPLE = ".multiple("
"""`patch.multiple` names attributes without quotes."""


def find_affected(
    before: OverlaidProject,
    after: OverlaidProject,
    paths: Iterable[str],
    *,
    heeds_lookups: bool = True,
) -> frozenset[str]:
    """Return the files, those that are changed left out, that may be judged otherwise.

    Args:
        before:        the project before the change.
        after:         the project after it.
        paths:         the changed files.
        heeds_lookups: whether it counts what a module's own code looks up.
    """
    changed = frozenset(paths)
    everything = frozenset(after.listing.files) - changed
    if any(_resolves_otherwise(path, before, after) for path in changed):
        return everything
    search = _Search(after, heeds_lookups=heeds_lookups)
    asked: list[Question] = []
    for path in sorted(changed):
        asked.extend(_asked_of(path, before, after, search))
    found = search.follow(asked)
    return everything if found is None else (found | search.below) - changed


def _resolves_otherwise(path: str, before: OverlaidProject, after: OverlaidProject) -> bool:
    return resolves_otherwise(path, _text(path, before), _text(path, after))


def _text(path: str, project: OverlaidProject) -> str | None:
    try:
        return project.reader.read(path)
    except UnreadableError:
        return None


def _asked_of(
    path: str, before: OverlaidProject, after: OverlaidProject, search: _Search
) -> Iterator[Question]:
    """Yield what may be answered otherwise because a file is changed."""
    was_there, is_there = before.reader.is_file(path), after.reader.is_file(path)
    module = _module_at(path, after)
    if module is None:
        return
    if was_there != is_there:
        yield Question(module, None, passes=is_there)
        yield from _folders_around(path, before, after)
        if module.is_package:
            search.below.update(_files_in(path.rpartition("/")[0], after))
    elif path.endswith(SUFFIXES):
        difference = _compare(path, before, after)
        search.note_names(difference)
        if difference.is_whole or difference.names:
            names = None if difference.is_whole else difference.names
            yield Question(module, names, passes=True)


def _module_at(path: str, project: OverlaidProject) -> ModuleName | None:
    """Return the module that a file is, or would be if it were Python."""
    folder, slash, name = path.rpartition("/")
    stem = name.partition(".")[0]
    return project.tree.module_of(f"{folder}{slash}{stem}.py") if stem else None


def _folders_around(
    path: str, before: OverlaidProject, after: OverlaidProject
) -> Iterator[Question]:
    """Yield the folders that come or go with a file: they are packages."""
    for folder in folders_of(path):
        module = after.tree.module_of(f"{folder}/{PACKAGE_FILE}.py")
        if module is not None and before.reader.is_folder(folder) != after.reader.is_folder(folder):
            yield Question(module, None, passes=False)


def _files_in(folder: str, project: OverlaidProject) -> Iterator[str]:
    return (path for path in project.listing.files if path.startswith(f"{folder}/"))


def _compare(path: str, before: OverlaidProject, after: OverlaidProject) -> InterfaceChange:
    old, new = _text(path, before), _text(path, after)
    return WHOLE if old is None or new is None else compare_interfaces(old, new)


class _Search:
    """Looks for those who ask, and for those who ask them.

    Attributes:
        below: files that are concerned because of where they are.
    """

    def __init__(self, project: OverlaidProject, *, heeds_lookups: bool) -> None:
        self.below: set[str] = set()
        self._inner: set[str] = set()
        self._heeds_lookups = heeds_lookups
        self._project = project

    def note_names(self, difference: InterfaceChange) -> None:
        """Note the names by which strings may lead to something else than before."""
        self._inner |= difference.inner
        if self._heeds_lookups:
            self._inner |= difference.looked_up

    def follow(self, asked: Sequence[Question]) -> frozenset[str] | None:
        """Return the files that ask; None if all may."""
        found = set(self._referring()) if self._inner else set()
        known: dict[tuple[str, frozenset[str] | None], Question] = {}
        while asked:
            known.update(((item.module.name, item.names), item) for item in asked)
            if len(known) > _MOST_MODULES:
                return self._naming(item.names for item in known.values())
            passed: list[Question] = []
            for mention in map(Mention, asked):
                for path, module in self._modules.items():
                    text = self._texts[path]
                    if mention.is_in(text, module):
                        found.add(path)
                        passed.extend(mention.passed_on(text, module))
            news = {(item.module.name, item.names): item for item in passed}
            asked = [item for key, item in news.items() if key not in known]
        return frozenset(found)

    def _naming(self, asked: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
        """Return the files that name what is asked for, of whatever module; None if all may."""
        names: set[str] = set()
        for item in asked:
            if item is None:
                return None
            names |= item
        found: set[str] = set()
        size = -1
        while size != len(names):
            size = len(names)
            for path, module in self._modules.items():
                text = self._texts[path]
                if path not in found and has_any(text, names):
                    found.add(path)
                    names |= {alias for name in names for alias in aliases_of(text, name)}
                    names |= depending_names(text, module, names)
        return frozenset(found)

    @cached_property
    def _modules(self) -> Mapping[str, ModuleName]:
        """The modules that the files are."""
        found = ((path, self._project.tree.module_of(path)) for path in self._texts)
        return {path: module for path, module in found if module is not None}

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        """The texts of all files; those that cannot be read say nothing."""
        found: dict[str, str] = {}
        for path in self._project.listing.files:
            found[path] = _text(path, self._project) or ""
        return found

    def _referring(self) -> Iterator[str]:
        """Yield the files that look names up in strings that may mean something else."""
        for path, module in self._modules.items():
            text = self._texts[path]
            if may_refer(text):
                quoted = SourceFile(path, module, text).quoted_paths
                parts = {part for item in quoted for part in item.split(".")[1:]}
                is_more = _MULTIPLE in text or may_compose(text)
                if parts & self._inner or (is_more and has_any(text, self._inner)):
                    yield path
