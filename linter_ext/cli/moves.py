"""`linter-ext moves`: the tables that say what went where."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from linter_ext.cli import standard_output
from linter_ext.cli.configured import located
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.cli.report_file import write_whole
from linter_ext.cli.standard_output import OutputError
from linter_ext.configuration import in_file, options_of
from linter_ext.configuration_file import ConfigurationFile
from linter_ext.errors import ConfigurationError, Problem
from linter_ext.names import is_dotted_name
from linter_ext.project import Project, open_project
from linter_ext.rules.fields import ItemsField
from linter_ext.rules.table_files import read_tables, without_file
from linter_ext.spelling import closest
from linter_ext.tables.moves import KEYS, Move, MoveTable, parse_move_line, parse_moves
from linter_ext.tables.origin import placed

_TYPE = "deprecated_imports"
_EXAMPLE = "contracts/moves.toml"
_DOTTED_NAME = "write identifiers joined by dots, such as package.module.Name"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRequest:
    """What the command line asks for.

    Attributes:
        move:     the move to add.
        config:   the configuration file; None for the nearest.
        contract: the contract's id; None for the one that there is.
        file:     the table file, from the working directory; None for the contract's first.
    """

    move: Move
    config: Path | None
    contract: str | None
    file: str | None


@dataclass(frozen=True, slots=True)
class _Contract:
    """A contract whose moves are added to.

    Attributes:
        identifier: its id.
        lines:      the moves in its option `deprecated`.
        files:      the files in its option `moves`.
    """

    identifier: str
    lines: tuple[Move, ...]
    files: tuple[str, ...]

    @property
    def place(self) -> str:
        """The contract, as messages name it."""
        return f"contract '{self.identifier}'"


def run_add(request: AddRequest) -> ExitStatus:
    """Add a move to a table file, and say where paths lead now."""
    _refuse_misspelt(request.move)
    file = located(request.config)
    if file is None:
        fact, remedy = (
            "there is no configuration to take the table from",
            "'linter-ext init' writes one",
        )
        raise ConfigurationError([Problem(fact, remedy)])
    try:
        _add(file, request)
    except ConfigurationError as error:
        raise ConfigurationError(in_file(error.problems, file)) from error
    return ExitStatus.CLEAN


def _add(file: ConfigurationFile, request: AddRequest) -> None:
    project, contract = _read(file, request)
    path = _chosen_file(project, contract, request)
    # Slow to import, and nothing else writes TOML.
    from linter_ext.tables.move_file import with_move  # noqa: PLC0415

    text = _text(project.root, path)
    known = _known(project, contract, path)
    before = _table(contract, {**known, path: parse_moves(text, path)})
    if _is_there(before, request.move):
        return
    added = with_move(text, path, request.move)
    after = _table(contract, {**known, path: added.moves})
    _write(project.root / path, path, added.text)
    told = [f"{added.moves[-1].origin}: added '{request.move}'."]
    told += _consequences(before, after, request.move)
    standard_output.write("".join(f"{line}\n" for line in told))
    for warning in _warnings(project, request.move):
        click.echo(f"warning: {warning}", err=True)


def _refuse_misspelt(move: Move) -> None:
    problems = [
        Problem(fact=f"'{path}' is not a dotted name", remedy=_DOTTED_NAME, key=key)
        for key, path in (("OLD", move.old), ("NEW", move.new))
        if path is not None and not is_dotted_name(path)
    ]
    if move.old == move.new:
        fact, remedy = f"'{move.old}' moves to itself", "leave NEW out if there is no replacement"
        problems.append(Problem(fact, remedy, key="NEW"))
    if problems:
        raise ConfigurationError(problems)


# Which contract, which file.


def _read(file: ConfigurationFile, request: AddRequest) -> tuple[Project, _Contract]:
    session, found = options_of(file, _TYPE)
    project, problems = open_project(file.root, session)
    if problems:
        raise ConfigurationError(problems)
    contracts = [_contract(options) for options in found]
    if not contracts:
        fact = f"there is no contract of type {_TYPE}"
        raise ConfigurationError([Problem(fact, f"add one, with moves = {_EXAMPLE}")])
    if request.contract is not None:
        return project, _named(request.contract, contracts)
    if request.file is not None:
        wanted = project.relative(request.file)
        with_file = [one for one in contracts if wanted in [_normal(path) for path in one.files]]
        contracts = with_file or contracts
    with_files = [one for one in contracts if one.files] or contracts
    if len(with_files) > 1:
        names = ", ".join(f"'{one.identifier}'" for one in with_files)
        problem = Problem(f"several contracts have moves: {names}", "choose one with --contract")
        raise ConfigurationError([problem])
    return project, with_files[0]


def _contract(options: dict[str, object]) -> _Contract:
    identifier = str(options.get("id", options.get("name", "")))
    lines, files = ItemsField(parse_move_line), ItemsField(str)
    key = "deprecated"
    try:
        deprecated = lines.parse(options[key]) if key in options else ()
        key = "moves"
        named = files.parse(options[key]) if key in options else ()
    except ConfigurationError as error:
        place = f"contract '{identifier}': {key}"
        raise ConfigurationError(item._replace(key=place) for item in error.problems) from error
    return _Contract(identifier, deprecated, named)


def _named(identifier: str, contracts: Sequence[_Contract]) -> _Contract:
    found = next((one for one in contracts if one.identifier == identifier), None)
    if found is not None:
        return found
    names = [one.identifier for one in contracts]
    close = closest(identifier, names)
    remedy = f"did you mean '{close}'?" if close else f"choose one of: {', '.join(names)}"
    fact = f"there is no contract '{identifier}' of type {_TYPE}"
    raise ConfigurationError([Problem(fact, remedy)])


def _chosen_file(project: Project, contract: _Contract, request: AddRequest) -> str:
    """Return the table file to write to, as the configuration names it."""
    if not contract.files:
        remedy = f"add moves = {_EXAMPLE}; the file itself is created"
        problem = Problem("it names no table file", remedy, key=f"{contract.place}: moves")
        raise ConfigurationError([problem])
    if request.file is None:
        return contract.files[0]
    wanted = project.relative(request.file)
    for path in contract.files:
        if _normal(path) == wanted:
            return path
    fact = f"'{request.file}' is no table file of {contract.place}"
    remedy = f"choose one of: {', '.join(contract.files)}; or add it to 'moves'"
    raise ConfigurationError([Problem(fact, remedy, key="--file")])


def _normal(path: str) -> str:
    return Path(os.path.normpath(path)).as_posix()


# What is known before and after.


def _text(root: Path, path: str) -> str:
    """Return what a table file says; nothing, if it is still to be created."""
    try:
        return (root / path).read_bytes().decode()
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        told = error.strerror if isinstance(error, OSError) else "not UTF-8"
        remedy = "make it a file that can be read, in UTF-8"
        raise ConfigurationError([Problem(f"cannot be read: {told}", remedy, path)]) from error


def _known(project: Project, contract: _Contract, path: str) -> dict[str, tuple[Move, ...]]:
    """Return the moves of a contract's other files, by file, with a place for this one's."""
    others = [other for other in contract.files if other != path]
    tables, problems = read_tables(project.root, "moves", others, parse_moves)
    if problems:
        raise ConfigurationError(problems)
    by_file = dict(zip(others, tables, strict=True))
    return {file: by_file.get(file, ()) for file in contract.files}


def _table(contract: _Contract, by_file: dict[str, tuple[Move, ...]]) -> MoveTable:
    try:
        return MoveTable.of([*contract.lines, *(move for one in by_file.values() for move in one)])
    except ConfigurationError as error:
        problems = without_file(error.problems, f"{contract.place}: deprecated")
        raise ConfigurationError(problems) from error


def _is_there(table: MoveTable, move: Move) -> bool:
    """Return whether a move is known already, and say so.

    Raises:
        ConfigurationError: if it is, but with something else said of it.
    """
    known = next((item for item in table if (item.old, item.new) == (move.old, move.new)), None)
    if known is None:
        return False
    given, there = move._asdict(), known._asdict()
    others = [key for key in KEYS if given[key] not in (None, there[key])]
    if others:
        fact = f"'{move}' is there already, with another {' and another '.join(others)}"
        place = known.origin
        raise ConfigurationError([Problem(fact, "change it there", place.file, place.line)])
    told = placed(f"'{move}' is there already", known.origin)
    standard_output.write(f"{told}.\n")
    return True


def _consequences(before: MoveTable, after: MoveTable, added: Move) -> Iterator[str]:
    """Yield where the new path leads on to, and which others lead elsewhere than before."""
    for move in after:
        was, now = before.find(move.old), after.find(move.old)
        goal = now.new if now is not None else None
        leads = "nowhere" if goal is None else f"to '{goal}'"
        if move.old == added.old and goal != added.new:
            yield f"'{move.old}' leads on {leads}."
        elif move.old != added.old and was is not None and was.new != goal:
            told = placed(f"'{move.old}' now leads {leads}", move.origin)
            yield f"{told}."


def _warnings(project: Project, move: Move) -> Iterator[str]:
    """Yield what is odd about a move, where that is certain."""
    # No other command asks for it.
    from linter_ext.rules.known_paths import is_missing, where_instead  # noqa: PLC0415

    if move.new is not None and is_missing(move.new, project.index):
        yield f"there is no '{move.new}'; {where_instead(move.new, project.index)}"
    if is_missing(move.old, project.index):
        yield f"there is no '{move.old}'; correct the path, unless it is gone already"


def _write(path: Path, shown: str, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(str(path), [text.encode()])
    except OSError as error:
        raise OutputError(f"'{shown}' cannot be written: {error.strerror or error}") from error
