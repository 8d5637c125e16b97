"""`deprecated_imports`: modules and names that must no longer be imported by an old path."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import Enum
from functools import cached_property

from linter_ext.codes import Code
from linter_ext.errors import ConfigurationError, Problem
from linter_ext.names import components_below, is_under, prefixes
from linter_ext.rules.base import SourceRule
from linter_ext.rules.fields import ItemsField, option
from linter_ext.rules.kinds import looks_like_module, module_and_name
from linter_ext.rules.reach import (
    Referred,
    modules_in,
    reached_by,
    references_of,
)
from linter_ext.rules.table_files import read_tables, without_file
from linter_ext.source.asked import Asked
from linter_ext.source.deprecations import Deprecation
from linter_ext.source.facts import Span
from linter_ext.source.file import SourceFile
from linter_ext.source.index import DeprecatedName, Index
from linter_ext.tables.moves import (
    KEYS,
    Kind,
    Match,
    Move,
    MoveTable,
    Step,
    parse_move_line,
    parse_moves,
)
from linter_ext.tables.origin import placed
from linter_ext.violations import Finding


class Detect(Enum):
    """What is found deprecated in the code itself."""

    MODULES = "modules"
    """Modules that warn DeprecationWarning when they are imported."""
    NAMES = "names"
    """Functions and classes under `@deprecated` (PEP 702)."""


def _detect(text: str) -> Detect:
    for member in Detect:
        if text.lower() == member.value:
            return member
    problem = Problem(
        fact=f"'{text}' is not a choice", remedy="write 'modules' or 'names', or both"
    )
    raise ConfigurationError([problem])


class DeprecatedImports(SourceRule):
    """Old paths are not imported, be they modules or names, in statements or in strings.

    Configuration options:
        - deprecated: lines `old => new`, or `old` alone where there is no replacement.
        - moves:      TOML files of moves.
        - detect:     `modules`, `names` or both, to find what the code itself declares.
    """

    type_name = "deprecated_imports"

    deprecated = option(ItemsField(parse_move_line))
    moves = option(ItemsField(str))
    detect = option(ItemsField(_detect))

    heeds_lookups = True
    """A name may be patched in the module whose own code looks it up."""

    table: MoveTable = MoveTable.of(())
    today = datetime.date.min
    """The date of the run, if some move has a last day."""

    def prepare(self) -> Iterator[Problem]:
        """Read the move tables."""
        if not (self.deprecated or self.moves or self.detect or self.is_read_in_part):
            remedy = "give 'deprecated', 'moves' or 'detect'"
            yield Problem(fact="nothing is deprecated", remedy=remedy, key="deprecated")
            return
        tables, problems = read_tables(self.project.root, "moves", self.moves, parse_moves)
        yield from problems
        try:
            self.table = MoveTable.of([*self.deprecated, *(move for one in tables for move in one)])
            if any(move.remove_by for move in self.table):
                self.today = self.project.today
        except ConfigurationError as error:
            yield from without_file(error.problems, "deprecated")

    def judge(self, file: SourceFile, index: Index) -> Iterator[Finding]:
        """Yield one finding for each old path that an import, attribute or string asks for.

        Where a module is at fault, one finding stands for all names that a statement takes
        from it.
        """
        asked = index.asked(file)
        seen: set[tuple[Span, str]] = set()
        for item in asked:
            finding = self._moved_import(item, index) or self._detected_import(item, file, index)
            if finding is not None and (finding.span, finding.target) not in seen:
                seen.add((finding.span, finding.target))
                yield finding
        yield from self._moved_uses(file, asked, index)
        yield from self._detected_uses(file, asked, index)
        yield from self._references(file, index)

    def explain(self, path: str) -> Iterator[str]:
        """Yield where a path leads: each move on its way, with all that is said of the move."""
        match = self.table.find(path)
        if match is not None:
            yield self._told(match, path)
            for step in self.table.steps(path):
                yield from _explained(step)
        found = self._found_deprecated(path)
        if found is not None:
            yield found

    def _found_deprecated(self, path: str) -> str | None:
        """Return what the code itself declares of a path, if that is looked for."""
        index = self.project.index
        warns = index.deprecated_module(path) if Detect.MODULES in self.detect else None
        if warns is not None:
            fact = "warns DeprecationWarning when imported"
            return _declared(warns[0], fact, warns[1], warns[0], index)
        module, _, name = path.rpartition(".")
        decorated = index.deprecated_name(module, name) if Detect.NAMES in self.detect else None
        return _decorated_message(path, decorated, index) if decorated is not None else None

    # Moves: what the tables say.

    def _moved_import(self, asked: Asked, index: Index) -> Finding | None:
        match = self.table.find(asked.path)
        return self._of_import(asked, match, index) if match is not None else None

    def _of_import(self, asked: Asked, match: Match, index: Index) -> Finding:
        item, path = asked.item, asked.written_path
        if item.name is None:
            return self._of_move(match, path, True, item.span, item.line)
        if not item.is_star and match.old == asked.path:
            is_module = self._is_module(match.move, index)
            return self._of_move(match, path, is_module, item.span, item.line)
        match = self.table.find(asked.module) or match
        return self._of_move(match, asked.written, True, item.module_span, item.line)

    def _of_move(self, match: Match, path: str, is_module: bool, span: Span, line: int) -> Finding:
        finding = _finding(path, is_module, span, line, self._told(match, path))
        return finding._replace(code=self._code(match, finding.code), instead=match.new)

    def _code(self, match: Match, code: Code) -> Code:
        return Code.OVERDUE if match.move.is_overdue(self.today) else code

    def _told(self, match: Match, path: str) -> str:
        return (_overdue if match.move.is_overdue(self.today) else _moved)(match, path)

    def _moved_uses(
        self, file: SourceFile, asked: tuple[Asked, ...], index: Index
    ) -> Iterator[Finding]:
        for reached in reached_by(file, asked, self._below):
            match = self.table.find(reached.path)
            span = reached.span_of(match.old) if match is not None else None
            if match is not None and span is not None:
                exact = self.table.find(match.old) or match
                is_module = self._is_module(match.move, index)
                path = reached.written(match.old)
                yield self._of_move(exact, path, is_module, span, span.line)

    def _is_module(self, move: Move, index: Index) -> bool:
        if move.kind is not None:
            return move.kind is Kind.MODULE
        return looks_like_module(move.old, move.new, index)

    @cached_property
    def _below(self) -> dict[str, frozenset[str]]:
        return dict(components_below(move.old for move in self.table))

    # Detection: what the code itself declares.

    def _detected_import(self, asked: Asked, file: SourceFile, index: Index) -> Finding | None:
        if not self.detect or not index.tree.is_first_party(asked.module):
            return None
        item = asked.item
        found = self._warning(asked.module, file, index)
        if found is not None:
            finding = _finding(asked.written, True, item.module_span, item.line, found)
            return finding._replace(instead=self._instead(asked.module, index))
        if item.name is None or item.is_star:
            return None
        if index.is_module(asked.path):
            found = self._warning(asked.path, file, index)
            is_module = True
        else:
            found = self._decorated(asked, file, index)
            is_module = False
        if found is None:
            return None
        finding = _finding(asked.written_path, is_module, item.span, item.line, found)
        return finding._replace(instead=self._instead(asked.path, index) if is_module else None)

    def _warning(self, module: str, file: SourceFile, index: Index) -> str | None:
        """Return the message for a module that warns, unless it imports itself."""
        if Detect.MODULES not in self.detect:
            return None
        found = index.deprecated_module(module)
        if found is None or is_under(file.module.name, found[0]):
            return None
        name, deprecation = found
        return _declared(name, "warns DeprecationWarning when imported", deprecation, name, index)

    def _instead(self, module: str, index: Index) -> str | None:
        """Return the module that takes the place of one that warns, if there is such a one."""
        found = index.deprecated_module(module)
        if found is None or found[1].replacement is None:
            return None
        instead = found[1].replacement + module.removeprefix(found[0])
        return instead if index.is_module(instead) else None

    def _decorated(self, asked: Asked, file: SourceFile, index: Index) -> str | None:
        name = asked.item.name
        if Detect.NAMES not in self.detect or name is None:
            return None
        found = index.deprecated_name(asked.module, name)
        if found is None or found.module == file.module.name:
            return None
        return _decorated_message(asked.written_path, found, index)

    def _detected_uses(
        self, file: SourceFile, asked: tuple[Asked, ...], index: Index
    ) -> Iterator[Finding]:
        if Detect.NAMES not in self.detect:
            return
        names = {
            f"{module}.{name}": found
            for module in modules_in(file, asked, index)
            for name, found in index.deprecated_names(module).items()
            if found.module != file.module.name
        }
        for reached in reached_by(file, asked, components_below(names)):
            for path in prefixes(reached.path):
                span = reached.span_of(path)
                if path in names and span is not None:
                    written = reached.written(path)
                    message = _decorated_message(written, names[path], index)
                    yield _finding(written, False, span, span.line, message)

    # References: strings.

    def _references(self, file: SourceFile, index: Index) -> Iterator[Finding]:
        def is_deprecated(path: str) -> bool:
            return self.table.find(path) is not None or self._warns(path, file, index) is not None

        roots = self.table.roots
        if Detect.MODULES in self.detect:
            roots |= index.tree.names
        for referred in references_of(file, index, roots, is_deprecated):
            if not self._is_looked_up(referred, index):
                yield self._of_reference(referred, file, index)

    def _is_looked_up(self, referred: Referred, index: Index) -> bool:
        """Return whether a name is replaced in a module whose own code looks it up there.

        That module has to be named, wherever the name comes from.
        """
        match = self.table.find(referred.path)
        if match is None or match.old != referred.path or not referred.reference.referrer.replaces:
            return False
        module, _, name = referred.path.rpartition(".")
        return index.file(module) is not None and index.reads(module, name) is True

    def _warns(self, path: str, file: SourceFile, index: Index) -> str | None:
        return self._warning(path, file, index) if index.tree.is_first_party(path) else None

    def _of_reference(self, referred: Referred, file: SourceFile, index: Index) -> Finding:
        reference, path = referred.reference, referred.path
        match = self.table.find(path)
        if match is not None:
            code = self._code(match, Code.DEPRECATED_REFERENCE)
            message = self._told(match, reference.target)
            is_module = self._is_module(match.move, index)
            module, name = module_and_name(referred.written(match.old), is_module=is_module)
            instead = match.new
        else:
            code = Code.DEPRECATED_REFERENCE
            message = self._warns(path, file, index) or ""
            nearest = _nearest_module(path, index)
            module, name = referred.written(nearest), None
            found = self._instead(nearest, index)
            instead = found and found + path.removeprefix(nearest)
        return Finding(
            code=code,
            span=reference.span,
            line=reference.line,
            module=module,
            name=name,
            target=reference.target,
            message=message,
            instead=instead,
        )


def _nearest_module(path: str, index: Index) -> str:
    return next(filter(index.is_module, prefixes(path)), path)


def _decorated_message(path: str, found: DeprecatedName, index: Index) -> str:
    return _declared(path, "is deprecated", found.deprecation, found.module, index)


def _moved(match: Match, path: str) -> str:
    move = match.move
    last_day = f" by {move.remove_by}" if move.remove_by else ""
    if match.new is None:
        fact, stop = "is deprecated and has no replacement", f"stop using it{last_day}"
        return placed(f"'{path}' {fact}; {stop}{move.because}", move.origin)
    return placed(f"'{path}' is deprecated; use '{match.new}'{last_day}", move.origin)


def _overdue(match: Match, path: str) -> str:
    move = match.move
    remedy = f"stop using it{move.because}" if match.new is None else f"use '{match.new}'"
    return placed(f"'{path}' was to be gone by {move.remove_by}; {remedy}", move.origin)


def _explained(step: Step) -> Iterator[str]:
    """Yield a move as it applies to a path, and what is said of it, a line each."""
    way = f"{step.old} => {step.new}" if step.new is not None else f"{step.old}: no replacement"
    yield f"  {placed(way, step.move.origin)}"
    for key, value in step.move._asdict().items():
        if key in KEYS[2:] and value is not None:
            yield f"    {key}: {' '.join(str(value).split())}"


def _declared(path: str, fact: str, deprecation: Deprecation, module: str, index: Index) -> str:
    file = index.file(module)
    place = f"{file.path}:{deprecation.line}" if file is not None else module
    if deprecation.replacement is not None:
        return f"'{path}' {fact}; use '{deprecation.replacement}' ({place})"
    if deprecation.message:
        return f"'{path}' {fact}; it says: {deprecation.message} ({place})"
    return f"'{path}' {fact}; see {place}"


def _finding(path: str, is_module: bool, span: Span, line: int, message: str) -> Finding:
    module, name = module_and_name(path, is_module=is_module)
    return Finding(
        code=Code.DEPRECATED_MODULE if is_module else Code.DEPRECATED_NAME,
        span=span,
        line=line,
        module=module,
        name=name,
        target=path,
        message=message,
    )
