"""What a cycle of imports does, and where it is best broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from linter_ext.rules.cycles import Cycle
from linter_ext.rules.entries import Failure
from linter_ext.rules.import_candidates import running_file
from linter_ext.rules.import_graph import ImportGraph, ImportStatement
from linter_ext.source.facts import STAR
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Definition, Index
from linter_ext.source.name_uses import NameUses, find_name_uses
from linter_ext.source.parser import parse

_FEW = 3


@dataclass(frozen=True, slots=True)
class CycleLink:
    """One step of a cycle.

    Attributes:
        importer:   the module that imports.
        imported:   the module it imports.
        file:       the importer's file.
        statements: those by which it does, in the order of the text.
        fails:      whether one of them, or what it brings, stops some process.
    """

    importer: str
    imported: str
    file: SourceFile
    statements: tuple[ImportStatement, ...]
    fails: bool

    @property
    def place(self) -> str:
        """The file and the line of the first statement."""
        return f"{self.file.path}:{self.statements[0].line}"

    @property
    def places(self) -> str:
        """The file, and the line of each statement."""
        return _listed([f"{self.file.path}:{statement.line}" for statement in self.statements])

    @property
    def noun(self) -> str:
        """The statements, in a word."""
        return "import" if len(self.statements) == 1 else "imports"

    @property
    def takes_names(self) -> bool:
        """Whether every statement takes names from the module, and nothing else."""
        return all(
            asked.item.name is not None and not asked.item.is_star and asked.module == self.imported
            for statement in self.statements
            for asked in statement.asked
        )


class _Uses:
    """When files use what they import. One for each index: `index.derived(_Uses)`."""

    def __init__(self, index: Index) -> None:
        del index
        self._uses: dict[str, NameUses] = {}

    def are_in_functions(self, link: CycleLink) -> bool:
        """Return whether all that a link imports is used in functions, and nowhere else."""
        names, uses = _own_names(link), self._of(link.file)
        return bool(names) and names <= uses.in_functions - uses.at_import - uses.in_annotations

    def are_in_annotations(self, link: CycleLink) -> bool:
        """Return whether all that a link imports is used in annotations, and nowhere else."""
        names, uses = _own_names(link), self._of(link.file)
        return bool(names) and names <= uses.in_annotations - uses.at_import - uses.in_functions

    def _of(self, file: SourceFile) -> NameUses:
        if file.path not in self._uses:
            # Not the file's own tree, which would stay.
            self._uses[file.path] = find_name_uses(parse(file.source.text))
        return self._uses[file.path]


def _own_names(link: CycleLink) -> Set[str]:
    """Return the local names of what a link imports; none if they may be for other modules."""
    if link.file.module.is_package or not all(item.binds for item in link.statements):
        return frozenset()
    names = {asked.item.local_name for item in link.statements for asked in item.asked}
    exported = link.file.bindings.exported or frozenset()
    return frozenset() if names & exported or STAR in names else names


class Breaking:
    """One cycle, looked at closely."""

    def __init__(
        self, cycle: Cycle, component: Set[str], failures: Sequence[Failure], index: Index
    ) -> None:
        """Look at a cycle.

        Args:
            cycle:     its modules.
            component: all modules that import each other in circles with them.
            failures:  what fails when one of those is imported first.
            index:     the project's modules.
        """
        self._cycle = cycle
        self._component = component
        self._index = index
        self._failures = failures
        self.links = tuple(self._links())

    @property
    def places(self) -> str:
        """Where each link stands."""
        return ", ".join(link.place for link in self.links)

    @property
    def severity(self) -> str:
        """Whether the cycle stops a process that imports one of its modules first."""
        if not self._fatal:
            return "not fatal"
        own = [item for item in self._fatal if item.entry in self._cycle]
        entries = sorted({item.entry for item in own or self._fatal})
        targets = sorted({item.target for item in own or self._fatal})
        if entries == sorted(self._cycle):
            when = "whichever module is imported first" if len(entries) > 1 else "when imported"
        else:
            when = f"when {_alternatives(entries)} is imported first"
        return f"fatal {when}: {_alternatives(targets)} is not bound yet"

    @property
    def remedy(self) -> str:
        """Which import to change, and how; what to do if none of them is easily changed."""
        if len(self._cycle) == 1:
            link = self.links[0]
            return f"remove the {link.noun} at {link.places}"
        links = sorted(self.links, key=lambda link: (not link.fails, len(link.statements)))
        for advise in (self._take_from_home, self._move_inside, self._move_under_condition):
            for link in links:
                advice = advise(link)
                if advice:
                    return advice
        return "move what they share into a module that imports none of them"

    @cached_property
    def _fatal(self) -> Sequence[Failure]:
        return [
            item
            for item in self._failures
            if any(item.is_on(link.file.path, link.imported) for link in self.links)
        ]

    def _links(self) -> Iterator[CycleLink]:
        graph = self._index.derived(ImportGraph)
        for importer, imported in zip(self._cycle, (*self._cycle[1:], self._cycle[0]), strict=True):
            file = running_file(importer, self._index)
            if file is not None:
                statements = graph.imports_of(importer)[imported]
                fails = any(item.is_on(file.path, imported) for item in self._failures)
                yield CycleLink(importer, imported, file, statements, fails)

    def _take_from_home(self, link: CycleLink) -> str:
        """Advise to take names from the module that defines them, if a package passes them on."""
        if not link.takes_names:
            return ""
        homes: list[str] = []
        for statement in link.statements:
            for asked in statement.asked:
                home = self._home(link, asked.item.name or "")
                if home is None:
                    return ""
                homes.append(home.path)
        named = sorted(set(homes))
        if len(named) > _FEW:
            return f"import the names at {link.places} from the modules that define them"
        return f"import {_listed([repr(path) for path in named])} directly at {link.places}"

    def _home(self, link: CycleLink, name: str) -> Definition | None:
        """Return where a name is defined, if that is outside all the circles."""
        found = self._index.definitions(link.imported, name)
        home = next(iter(found)) if len(found) == 1 else None
        if home is None or home.module in self._component or home.name is None:
            return None
        return home if self._index.tree.is_first_party(home.module) else None

    def _move_inside(self, link: CycleLink) -> str:
        if not self._index.derived(_Uses).are_in_functions(link):
            return ""
        pronoun = "it" if len(link.statements) == 1 else "them"
        return f"move the {link.noun} at {link.places} into the functions that use {pronoun}"

    def _move_under_condition(self, link: CycleLink) -> str:
        if not self._index.derived(_Uses).are_in_annotations(link):
            return ""
        return f"move the {link.noun} at {link.places} under 'if TYPE_CHECKING:'"


def _listed(items: Sequence[str]) -> str:
    """Return items as a phrase: `a`, `a and b`, `a, b and c`."""
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last


def _alternatives(names: Sequence[str]) -> str:
    """Return names as a phrase: all of a few, the first of many."""
    few = names if len(names) <= _FEW else names[: _FEW - 1]
    quoted = [f"'{name}'" for name in few]
    if len(few) < len(names):
        quoted.append(f"one of {len(names) - len(few)} others")
    *most, last = quoted
    return f"{', '.join(most)} or {last}" if most else last
