"""What the flake8 plugin does once there are contracts of ours, or a mistake to tell."""

from __future__ import annotations

import abc
import argparse
import ast
import contextlib
import gc
import itertools
import os
import tokenize
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from flake8 import defaults
from flake8.discover_files import expand_paths

from linter_ext import engine
from linter_ext.codes import Code
from linter_ext.configuration import Configuration, in_file, load, no_such_file
from linter_ext.configuration_file import ConfigurationFile
from linter_ext.engine import Ignore, Rule
from linter_ext.errors import ConfigurationError, Problem
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.text import UnreadableError, decode
from linter_ext.violations import Finding

Line = tuple[int, int, str]
_OPTION = "--import-contracts-config"
_STDIN = "-"
_COOKIE_LINES = 2
_FIRST_STRETCH = 16


class Session(abc.ABC):
    """The contracts of one flake8 run, or what is wrong with them."""

    @abc.abstractmethod
    def judge(self, tree: ast.Module, filename: str, lines: Sequence[str]) -> Iterator[Line]:
        """Yield line, offset (0-based) and text of what there is to say about a file."""


class Contracts(Session):
    """A run with contracts.

    Attributes:
        configuration: the contracts and their project.
        honours_noqa:  whether flake8 does.
    """

    def __init__(self, configuration: Configuration, *, honours_noqa: bool) -> None:
        self.configuration = configuration
        self.honours_noqa = honours_noqa
        self._ordinals = itertools.count(1)

    def judge(self, tree: ast.Module, filename: str, lines: Sequence[str]) -> Iterator[Line]:
        """Yield the file's violations, as `linter-ext check` finds them."""
        project = self.configuration.project
        path = project.relative(filename)
        module = project.tree.module_of(path) if path is not None else None
        if path is None or module is None or project.leaves_out(path):
            return
        # What comes from standard input still has its own line ends.
        text = "".join(lines).replace("\r\n", "\n").replace("\r", "\n")
        file = SourceFile(path, module, text, tree)
        project.index.add(file)
        try:
            _refuse_guessed_text(filename, file.source.text)
            with _collector_at_rest():
                violations = engine.check_file(file, self._rules(file), project.index)
                project.index.release(file)
        except UnreadableError as error:
            violations = (engine.unreadable(path, module, error),)
        except ConfigurationError as error:
            # What is typed has taken away what the configuration names.
            yield from _told(error.problems)
            return
        _settle_the_heap(next(self._ordinals))
        for violation in project.baseline.split(violations).new:
            finding = violation.finding
            yield finding.span.line, finding.span.column - 1, f"{finding.code} {finding.message}"

    def _rules(self, file: SourceFile) -> Sequence[Rule]:
        """Return the contracts as they are with this text of a file.

        Raises:
            UnreadableError: if the text is not valid Python.
        """
        contracts: Sequence[Rule] = self.configuration.contracts
        if not self.configuration.project.is_saved(file):
            contracts = [contract.edited(file) for contract in self.configuration.contracts]
        return contracts if self.honours_noqa else [_WithoutNoqa(rule) for rule in contracts]


class _WithoutNoqa(NamedTuple):
    """A rule under flake8's `--disable-noqa`."""

    rule: Rule

    @property
    def identifier(self) -> str:
        return self.rule.identifier

    def covers(self, module: str) -> bool:
        return self.rule.covers(module)

    def reads(self, module: str) -> bool:
        return self.rule.reads(module)

    @property
    def ignores(self) -> Sequence[Ignore]:
        return self.rule.ignores

    @property
    def respects_noqa(self) -> bool:
        return False

    @property
    def max_known(self) -> int | None:
        return self.rule.max_known

    def judge(self, file: SourceFile, index: Index) -> Iterable[Finding]:
        return self.rule.judge(file, index)


class Mistakes(Session):
    """A run whose configuration cannot be used.

    Attributes:
        problems: what is wrong.
        filename: the one file, as flake8 names it, at whose head it is told.
    """

    def __init__(self, problems: tuple[Problem, ...], filename: str) -> None:
        self.problems = problems
        self.filename = filename

    def judge(
        self,
        tree: ast.Module,  # noqa: ARG002
        filename: str,
        lines: Sequence[str],  # noqa: ARG002
    ) -> Iterator[Line]:
        """Yield the mistakes, on the first file only."""
        if filename == self.filename:
            yield from _told(self.problems)


def _told(problems: Iterable[Problem]) -> Iterator[Line]:
    """Yield mistakes in the configuration at the head of a file."""
    for problem in problems:
        yield 1, 0, f"{Code.CONFIGURATION} {problem}"


def open_session(
    file: ConfigurationFile | None, named: str | None, options: argparse.Namespace
) -> Session | None:
    """Return the session of a run; None where no contract is ours."""
    if file is None:
        problem = no_such_file(Path.cwd() / (named or ""), _OPTION)
        return Mistakes((problem,), _first_file(options))
    try:
        configuration = load(file)
        configuration.judge_graph()
    except ConfigurationError as error:
        problems = tuple(in_file(error.problems, file))
        return Mistakes(problems, _first_file(options))
    if not configuration.contracts:
        return None
    return Contracts(configuration, honours_noqa=not options.disable_noqa)


@contextlib.contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the garbage collector from going through the syntax trees of imported modules.

    They hold no cycles, and flake8's own heap makes each search of them slow.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _settle_the_heap(ordinal: int) -> None:
    """Keep the garbage collector from going through all that is known of the project, for ever.

    flake8 itself leaves much to collect, and each search would visit the facts that stay until
    the end of the run. They are moved out of its way, after ever longer stretches of files:
    what else is alive at such a moment stays alive, so the moments must be few.
    """
    is_power_of_two = ordinal & (ordinal - 1) == 0
    if ordinal >= _FIRST_STRETCH and is_power_of_two and gc.isenabled():
        gc.collect()
        gc.freeze()


def _refuse_guessed_text(filename: str, text: str) -> None:
    """Refuse a text that is not what Python would read.

    Where a file is not in its declared encoding, or declares one that does not exist, flake8
    reads it as Latin-1; Python refuses it.

    Raises:
        UnreadableError: as for any file that cannot be decoded.
    """
    declares_none = "coding" not in "".join(text.split("\n", _COOKIE_LINES)[:_COOKIE_LINES])
    if (text.isascii() and declares_none) or not os.path.isfile(filename):
        return
    with open(filename, "rb") as stream:
        data = stream.read()
    if data.removeprefix(BOM_UTF8).decode("latin-1").splitlines() == text.splitlines():
        decode(data)


def _first_file(options: argparse.Namespace) -> str:
    """Return the first file, in the order of flake8's report, that flake8 hands to plugins."""
    paths = expand_paths(
        paths=options.filenames,
        stdin_display_name=options.stdin_display_name,
        filename_patterns=options.filename,
        exclude=(*options.exclude, *options.extend_exclude),
    )
    typed: str = options.stdin_display_name
    honours_noqa = not options.disable_noqa
    for path in sorted(paths, key=lambda path: typed if path == _STDIN else path):
        if path == _STDIN:
            return typed
        if _shows_mistakes(path, honours_noqa=honours_noqa):
            return path
    return ""


def _shows_mistakes(path: str, *, honours_noqa: bool) -> bool:
    """Return whether flake8 can parse the file, and no comment hides what its first line shows."""
    try:
        with tokenize.open(path) as stream:
            text = stream.read()
        ast.parse(text)
    except (SyntaxError, ValueError, OSError, RecursionError, MemoryError):
        return False
    lines = text.splitlines()
    hidden = any(map(defaults.NOQA_FILE.match, lines)) or any(
        map(defaults.NOQA_INLINE_REGEXP.search, lines[:1])
    )
    return not (honours_noqa and hidden)
