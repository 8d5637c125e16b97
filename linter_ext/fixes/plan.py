"""What is to become of one file, while its findings are gone through."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from linter_ext.errors import LinterExtError
from linter_ext.fixes.edits import Edit, Offsets
from linter_ext.fixes.file_names import FileNames
from linter_ext.fixes.import_drafts import Orders, Wanted
from linter_ext.fixes.statements import Statement, find_statements
from linter_ext.names import is_under
from linter_ext.source.asked import Asked
from linter_ext.source.facts import Import, Span, Use
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.violations import Finding

SEVERAL_IMPORTS = "the name may come from another import as well"
CROWDED = "another remedy changes the same place"


class RefusalError(LinterExtError):
    """A finding cannot be mended."""


class UseEdit(NamedTuple):
    """The edit of a use.

    Attributes:
        finding:   what it mends.
        statement: where the import begins that it has to follow; None if it follows none.
        use:       the use.
        path:      the part of it that is replaced, as it is written.
        edit:      the edit.
    """

    finding: Finding
    statement: int | None
    use: Use
    path: str
    edit: Edit


class Chain(NamedTuple):
    """The part of a use that a finding is about.

    Attributes:
        finding: the finding.
        use:     the use.
        path:    the part, as it is written.
        bound:   the path that its first name stands for.
    """

    finding: Finding
    use: Use
    path: str
    bound: str


class StringEdit(NamedTuple):
    """The edit of a string.

    Attributes:
        finding: what it mends.
        edit:    the edit.
    """

    finding: Finding
    edit: Edit


class Plan:
    """What remedies ask for, taken down before anything is edited.

    Attributes:
        file:         the file.
        index:        the project's modules.
        offsets:      leads to places in the file's text.
        statements:   its import statements.
        asked:        what its imports ask for, by where they stand; plain ones by where their
                      module does, too.
        orders:       what is to become of the imports.
        causes:       the findings for which statements change, by where these begin.
        use_edits:    the edits of uses.
        chains:       the parts of uses that findings are about.
        string_edits: the edits of strings.
        dropped:      the names that may not be bound any more.
        gained:       the names that may be bound as well.
    """

    def __init__(self, file: SourceFile, index: Index) -> None:
        self.file = file
        self.index = index
        self.offsets = Offsets(file.source.text)
        self.statements = find_statements(file, self.offsets)
        asked = index.asked(file)
        plain = {item.item.module_span: item for item in asked if item.item.name is None}
        self.asked: Mapping[Span, Asked] = {**plain, **{item.item.span: item for item in asked}}
        self.orders = Orders({}, {}, {})
        self.causes: dict[int, list[Finding]] = {}
        self.use_edits: list[UseEdit] = []
        self.chains: list[Chain] = []
        self.string_edits: list[StringEdit] = []
        self.dropped: set[str] = set()
        self.gained: set[str] = set()

    @cached_property
    def names(self) -> FileNames:
        """The names in the file."""
        return FileNames(self.file)

    @cached_property
    def assigned(self) -> frozenset[Span]:
        """Where attributes are assigned or deleted: these need not be there."""
        source = self.file.source
        return frozenset(
            source.span(node)
            for node in ast.walk(self.file.tree)
            if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load)
        )

    @cached_property
    def by_module(self) -> Mapping[Span, Sequence[Statement]]:
        """The `from` statements, by where their module stands."""
        found: dict[Span, list[Statement]] = {}
        for statement in self.statements:
            if statement.is_from:
                found.setdefault(statement.items[0].module_span, []).append(statement)
        return found

    def statement_of(self, item: Import) -> Statement:
        """Return the statement that an import belongs to."""
        return next(found for found in self.statements if item in found.items)

    def claim(self, item: Import, wanted: Wanted, finding: Finding) -> None:
        """Take down what an import is to import instead, and why."""
        if wanted.name is None and wanted.local is None:
            local = item.local_name
            wanted = wanted._replace(local=None if local == wanted.module else local)
        self.orders.items[item.span] = wanted
        causes = self.causes.setdefault(self.statement_of(item).start, [])
        if finding not in causes:
            causes.append(finding)

    def is_reference(self, span: Span) -> bool:
        """Return whether a string that names a module or object stands there."""
        return any(item.span == span for item in self.file.expressions.references)

    def text_at(self, span: Span) -> str:
        """Return the text of a span."""
        return self.file.source.text[self.offsets.start(span) : self.offsets.end(span)]

    def is_name(self, path: str) -> bool:
        """Return whether a path is known to be a name in a module."""
        if not self.index.tree.is_first_party(path):
            return False
        return not self.index.is_module(path) and self.index.is_module(path.rpartition(".")[0])

    def module_of(self, path: str) -> str:
        """Return the module that a path goes through last."""
        if self.index.tree.is_first_party(path):
            module = path
            while module and not self.index.is_module(module):
                module = module.rpartition(".")[0]
            if module:
                return module
        return path.rpartition(".")[0] or path


def remedy(finding: Finding) -> str:
    """Return the path that a finding wants instead.

    Raises:
        RefusalError: if it names none.
    """
    if finding.instead is None:
        raise RefusalError("no machine can tell what to do about it")
    return finding.instead


def moved(path: str, finding: Finding) -> str:
    """Return where a path below the finding's target leads."""
    return remedy(finding) + path.removeprefix(finding.target)


def is_home(path: str, finding: Finding) -> bool:
    """Return whether a move goes into its own old path, and the path is there already."""
    new = remedy(finding)
    return is_under(new, finding.target) and is_under(path, new)
