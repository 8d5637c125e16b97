"""Import statements as they are to be: other modules, other names, split and merged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from linter_ext.fixes.edits import Edit, Offsets
from linter_ext.fixes.name_lists import Entry, NameList, read_names
from linter_ext.fixes.statements import Statement
from linter_ext.source.facts import Import, Span

_PRAGMA = re.compile(
    r"#\s*(?:noqa|type:|pragma|pylint:|pyright:|mypy:|isort:|ruff:)", re.IGNORECASE
)
_AMONG_NAMES = "comments stand among the names of the statement; split it by hand"
_SEVERAL = "the statement imports several modules; split it by hand"


class Wanted(NamedTuple):
    """What an import is to import instead.

    Attributes:
        module: the module, or the one to take the name from.
        name:   the name; None for the module itself.
        local:  the local name of a module, if it is to be given one.
    """

    module: str
    name: str | None
    local: str | None = None

    def text(self, item: Import) -> str:
        """Return it as it stands in the statement, with the local name that the import has."""
        if self.name is None:
            local = self.local
            return self.module if local in (None, self.module) else f"{self.module} as {local}"
        if self.name != item.local_name:
            return f"{self.name} as {item.local_name}"
        is_re_export = item.alias is not None and item.alias == item.name
        return f"{self.name} as {self.name}" if is_re_export else self.name


class Orders(NamedTuple):
    """What is to become of the imports of a file.

    Attributes:
        modules: the modules to write in `from` statements, by where these begin.
        items:   what to import instead, by where the import stands.
        further: statements to add, by where the one begins that they are to follow.
    """

    modules: dict[int, str]
    items: dict[Span, Wanted]
    further: dict[int, list[str]]


@dataclass(slots=True)
class _Draft:
    """One statement while it is being rewritten."""

    statement: Statement
    module: str | None = None
    texts: dict[int, str] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)
    added: list[Entry] = field(default_factory=list)
    whole: str | None = None
    is_deleted: bool = False
    after: list[_New] = field(default_factory=list)


@dataclass(slots=True)
class _New:
    """One statement that is to come.

    Attributes:
        module:  the module that names are taken from; the whole statement, where none are.
        entries: the names.
        comment: the comment behind it; empty if there is none.
    """

    module: str
    entries: list[Entry]
    comment: str = ""

    def write(self, outer: str) -> str:
        """Return the statement, as it stands behind these blanks."""
        if not self.entries:
            return f"{self.module}{_behind(self.comment)}"
        head = f"from {self.module} import "
        is_alone = len(self.entries) == 1 and not self.entries[0].above
        comment = self.comment or (self.entries[0].comment if is_alone else "")
        entries = (self.entries[0]._replace(comment=""),) if is_alone else tuple(self.entries)
        has_comments = any(entry.has_comments for entry in entries)
        names = NameList(
            entries=entries,
            opening=comment if has_comments else "",
            closing=(),
            indent=f"{outer}    " if has_comments else None,
            outer=outer,
            in_parentheses=False,
            comma=has_comments,
            width=0,
            hanging="",
        )
        listed = names.write(len(outer) + len(head))
        if comment and not has_comments:
            first, newline, rest = listed.partition("\n")
            listed = f"{first}  {comment}{newline}{rest}"
        return head + listed


class Drafts:
    """The import statements of a file while they are being rewritten.

    Args:
        text:       the file's text.
        statements: its import statements, in their order.
        offsets:    leads to places in the text.
        orders:     what is to become of them.
    """

    def __init__(
        self, text: str, statements: Sequence[Statement], offsets: Offsets, orders: Orders
    ) -> None:
        self._text = text
        self._offsets = offsets
        self._orders = orders
        self._drafts = {item.start: _Draft(item) for item in statements}
        self.refused: dict[int, str] = {}
        """Why statements stay as they are, by where they begin."""
        for draft in self._drafts.values():
            self._take(draft)
        for start, lines in orders.further.items():
            self._drafts[start].after += (_New(line, []) for line in lines)

    def edits(self) -> Iterator[Edit]:
        """Yield the edits of all statements."""
        for draft in self._drafts.values():
            yield from self._edits(draft)

    # From orders to drafts.

    def _take(self, draft: _Draft) -> None:
        statement = draft.statement
        wanted = {
            at: self._orders.items[item.span]
            for at, item in enumerate(statement.items)
            if item.span in self._orders.items
        }
        module = self._orders.modules.get(statement.start)
        if not statement.is_from:
            self._take_plain(draft, wanted)
            return
        if len(wanted) < len(statement.items):
            stays = module or statement.items[0].written_module
            for at in [at for at, want in wanted.items() if want.module == stays and want.name]:
                draft.texts[at] = wanted.pop(at).text(statement.items[at])
        if len(wanted) < len(statement.items):
            draft.module = module
            if wanted:
                self._split(draft, wanted)
        elif statement.items[0].is_star:
            draft.module = wanted[0].module
        else:
            self._take_all(draft, wanted)

    def _take_plain(self, draft: _Draft, wanted: Mapping[int, Wanted]) -> None:
        items = draft.statement.items
        for at, want in wanted.items():
            text = want.text(items[at])
            if want.name is None:
                draft.texts[at] = text
            elif len(items) == 1:
                draft.whole = f"from {want.module} import {text}"
            else:
                self.refused[draft.statement.start] = _SEVERAL
                return
        if len(items) == len(draft.texts) == 1 and draft.statement.is_bare:
            draft.is_deleted = self._is_imported(draft, draft.texts[0])

    def _is_imported(self, draft: _Draft, text: str) -> bool:
        """Return whether another statement of the row is that very import."""
        return any(
            self._text[other.statement.start : other.statement.end] == f"import {text}"
            for other in self._row(draft)
            if not other.texts
        )

    def _take_all(self, draft: _Draft, wanted: Mapping[int, Wanted]) -> None:
        """Rewrite a `from` statement none of whose names stays where it is."""
        statement = draft.statement
        modules = {want.module if want.name is not None else None for want in wanted.values()}
        first = wanted[min(wanted)]
        if len(modules) > 1 or None in modules:
            self._split(draft, wanted)
            return
        entries = [Entry(want.text(statement.items[at])) for at, want in sorted(wanted.items())]
        if statement.is_bare and self._merge(draft, first.module, entries):
            draft.is_deleted = True
            return
        draft.module = first.module
        draft.texts = {at: want.text(statement.items[at]) for at, want in wanted.items()}

    def _split(self, draft: _Draft, wanted: Mapping[int, Wanted]) -> None:
        """Take names out of a `from` statement, or all but those that go to one module."""
        statement = draft.statement
        names = self._names(statement)
        if not names.can_change:
            self.refused[statement.start] = _AMONG_NAMES
            draft.module = None
            return
        left = dict(wanted)
        if len(wanted) == len(statement.items):
            stays = next((want.module for want in wanted.values() if want.name is not None), None)
            if stays is None:
                self._only_modules(draft, wanted)
                return
            draft.module = stays
            mine = {at for at, want in wanted.items() if want.name and want.module == stays}
            draft.texts = {at: left.pop(at).text(statement.items[at]) for at in sorted(mine)}
        draft.gone = sorted(left)
        comment = statement.comment if _PRAGMA.match(statement.comment) else ""
        for at, want in sorted(left.items()):
            entry = names.entries[at]._replace(text=want.text(statement.items[at]))
            self._place(draft, want, entry, comment)

    def _only_modules(self, draft: _Draft, wanted: Mapping[int, Wanted]) -> None:
        items = draft.statement.items
        texts = [want.text(items[at]) for at, want in sorted(wanted.items())]
        draft.whole = "\n".join([f"import {text}" for text in texts])
        if len(texts) > 1:
            draft.whole = f"import {', '.join(texts)}"

    def _place(self, draft: _Draft, want: Wanted, entry: Entry, comment: str) -> None:
        """Put a name that has left its statement into another, or a new one."""
        if want.name is None:
            draft.after.append(_New(f"import {entry.text}", [], entry.comment or comment))
        elif comment or entry.has_comments or not self._merge(draft, want.module, [entry]):
            new = next((item for item in draft.after if item.module == want.module), None)
            if new is None:
                draft.after.append(_New(want.module, [entry], comment))
            else:
                new.entries.append(entry)

    def _merge(self, draft: _Draft, module: str, entries: Sequence[Entry]) -> bool:
        """Add names to what the row already imports from a module, if it imports something.

        Not so where another statement of the row binds one of the names: the last one counts;
        and not where the file has a statement for each name.
        """
        if self._is_one_a_line or any(
            self._is_bound_otherwise(draft, module, entry) for entry in entries
        ):
            return False
        for other in self._row(draft):
            for new in other.after:
                if new.module == module and not new.comment:
                    new.entries += entries
                    return True
            if self._takes_from(other, module) and self._names(other.statement).can_change:
                other.added += entries
                return True
        return False

    @cached_property
    def _is_one_a_line(self) -> bool:
        """Whether some row takes names from one module in several statements."""
        modules = [
            (draft.statement.run, draft.statement.items[0].written_module)
            for draft in self._drafts.values()
            if draft.statement.is_from
        ]
        return len(set(modules)) < len(modules)

    def _is_bound_otherwise(self, draft: _Draft, module: str, entry: Entry) -> bool:
        """Return whether another statement of the row binds an entry's local name as well."""
        name, _, alias = entry.text.partition(" as ")
        return any(
            item.local_name == (alias or name)
            and self._imported(other.statement, item) != (module, name)
            for other in self._row(draft)
            for item in other.statement.items
        )

    def _imported(self, statement: Statement, item: Import) -> tuple[str, str | None]:
        """Return what an import is going to import."""
        want = self._orders.items.get(item.span)
        if want is not None:
            return want.module, want.name
        return self._orders.modules.get(statement.start, item.written_module), item.name

    def _takes_from(self, draft: _Draft, module: str) -> bool:
        """Return whether a statement takes names from a module, and goes on to."""
        item = draft.statement.items[0]
        if draft.is_deleted or not draft.statement.is_from or item.is_star:
            return False
        if draft.statement.comment or draft.whole is not None:
            return False
        if draft.module is not None:
            return draft.module == module
        if any(other.span in self._orders.items for other in draft.statement.items):
            return False
        written = self._orders.modules.get(draft.statement.start, item.written_module)
        return written == module

    def _row(self, draft: _Draft) -> Iterator[_Draft]:
        """Yield the statements beside this one."""
        for other in self._drafts.values():
            if other is not draft and other.statement.run == draft.statement.run:
                yield other

    # From drafts to edits.

    def _edits(self, draft: _Draft) -> Iterator[Edit]:
        statement = draft.statement
        if statement.start in self.refused:
            return
        if draft.is_deleted:
            yield Edit(self._line_start(statement.start), self._line_end(statement.end) + 1, "")
            return
        if draft.whole is not None:
            yield Edit(statement.start, statement.end, draft.whole)
        elif statement.is_from:
            yield from self._edits_of_from(draft)
        else:
            yield from self._replaced(draft)
        if draft.after:
            yield self._following(draft)

    def _edits_of_from(self, draft: _Draft) -> Iterator[Edit]:
        item = draft.statement.items[0]
        grown = 0
        if draft.module is not None and draft.module != item.written_module:
            edit = self._edit(item.module_span, draft.module)
            grown = len(draft.module) - (edit.end - edit.start)
            glued = self._text[edit.start - 1].isalnum(), self._text[edit.end].isalnum()
            before, behind = (" " if is_glued else "" for is_glued in glued)
            yield edit._replace(text=f"{before}{draft.module}{behind}")
        if draft.gone or draft.added:
            yield self._rewritten(draft, grown)
        else:
            yield from self._replaced(draft)

    def _replaced(self, draft: _Draft) -> Iterator[Edit]:
        for at, text in draft.texts.items():
            edit = self._edit(draft.statement.items[at].span, text)
            if self._text[edit.start : edit.end] != text:
                yield edit

    def _rewritten(self, draft: _Draft, grown: int) -> Edit:
        statement = draft.statement
        names = self._names(statement)
        names = names.renamed(draft.texts)
        start = self._text.rindex("import", statement.start, self._spots(statement)[0][0])
        start += len("import")
        before = start - self._line_start(start) + grown + 1
        written = names.without(draft.gone).including(draft.added).write(before)
        return Edit(start, statement.end, f" {written}")

    def _following(self, draft: _Draft) -> Edit:
        statement = draft.statement
        if statement.indent is None:
            texts = [new.write("") for new in draft.after]
            return Edit(statement.end, statement.end, "".join(f"; {text}" for text in texts))
        end = self._line_end(statement.end)
        texts = [new.write(statement.indent) for new in draft.after]
        return Edit(end, end, "".join(f"\n{statement.indent}{text}" for text in texts))

    def _names(self, statement: Statement) -> NameList:
        return read_names(self._text, statement.start, statement.end, self._spots(statement))

    def _spots(self, statement: Statement) -> list[tuple[int, int]]:
        spans = (item.span for item in statement.items)
        return [(self._offsets.start(span), self._offsets.end(span)) for span in spans]

    def _edit(self, span: Span, text: str) -> Edit:
        return Edit(self._offsets.start(span), self._offsets.end(span), text)

    def _line_start(self, offset: int) -> int:
        return self._text.rfind("\n", 0, offset) + 1

    def _line_end(self, offset: int) -> int:
        found = self._text.find("\n", offset)
        return len(self._text) if found < 0 else found


def _behind(comment: str) -> str:
    return f"  {comment}" if comment else ""
