"""`linter-ext fix`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from linter_ext.cli import standard_output
from linter_ext.cli.configured import configured, tell_defaults
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.cli.paths import relative_paths
from linter_ext.cli.progress import track
from linter_ext.cli.report_file import remove_drafts, write_whole
from linter_ext.codes import Code
from linter_ext.configuration import Configuration, choice, in_file
from linter_ext.errors import ConfigurationError, Problem
from linter_ext.fixes.documents import read_raw
from linter_ext.fixing import FileFix, Fixes, Selection, Unmended, find_fixes
from linter_ext.project import Project
from linter_ext.reporters.wording import count


@dataclass(frozen=True, slots=True, kw_only=True)
class FixRequest:
    """What the command line asks for."""

    paths: tuple[str, ...]
    config: Path | None
    contracts: tuple[str, ...]
    codes: tuple[str, ...]
    diff: bool
    check: bool
    quiet: bool

    @property
    def is_dry(self) -> bool:
        """Whether nothing is to be written."""
        return self.diff or self.check


def run_fix(request: FixRequest) -> ExitStatus:
    """Fix what has a remedy, tell what was done, and return how the command ends."""
    configuration, file = configured(request.config)
    selection = _selection(request, configuration)
    paths = relative_paths(configuration.project, request.paths)
    if file is None and not request.quiet:
        tell_defaults(configuration)
    try:
        fixes = find_fixes(configuration, paths, selection, track)
    except ConfigurationError as error:
        problems = error.problems if file is None else in_file(error.problems, file)
        raise ConfigurationError(problems) from error
    if request.diff:
        standard_output.write("".join(_diffs(fixes.files)))
    if not request.is_dry:
        fixes = _written(fixes, configuration.project)
    _tell(fixes, request)
    if request.check and fixes.files:
        return ExitStatus.VIOLATIONS
    return ExitStatus.VIOLATIONS if fixes.unmended else ExitStatus.CLEAN


def _selection(request: FixRequest, configuration: Configuration) -> Selection:
    """Return which violations to fix.

    Raises:
        ConfigurationError: for contracts that do not exist, and for codes that are none.
    """
    ids = [contract.identifier for contract in configuration.contracts]
    problems = [
        Problem(f"there is no contract '{wanted}'", choice(wanted, ids), key="--contract")
        for wanted in request.contracts
        if wanted not in ids
    ]
    codes = [code.upper() for code in request.codes]
    problems += [
        Problem(f"there is no code '{wanted}'", choice(wanted, list(Code)), key="--code")
        for wanted in codes
        if not any(code.startswith(wanted) for code in Code)
    ]
    if problems:
        raise ConfigurationError(problems)
    return Selection(request.contracts, codes)


def _written(fixes: Fixes, project: Project) -> Fixes:
    """Write the files; return the fixes without those that could not be written."""
    remove_drafts(sorted({str((project.root / path).parent) for path in project.listing.files}))
    done: list[FileFix] = []
    failed: list[Unmended] = []
    for file in fixes.files:
        reason = _write(project.root / file.path, file)
        if reason is None:
            done.append(file)
        else:
            failed += (Unmended(item, reason, item) for item in file.mended)
    unmended = sorted([*fixes.unmended, *failed], key=lambda item: item.violation.sort_key)
    return fixes._replace(files=tuple(done), unmended=tuple(unmended))


def _write(path: Path, file: FileFix) -> str | None:
    """Write a file; return why it could not be written, or None."""
    try:
        found = path.read_bytes()
        if found == file.after:
            return None  # By another link to it.
        if found != file.before:
            return "the file has been changed meanwhile; run it again"
        write_whole(str(path), [file.after])
    except OSError as error:
        return f"the file cannot be written: {error.strerror}"
    return None


def _diffs(files: Iterable[FileFix]) -> Iterator[str]:
    for file in files:
        before, after = (_lines(data) for data in (file.before, file.after))
        for line in difflib.unified_diff(before, after, f"a/{file.path}", f"b/{file.path}"):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(data: bytes) -> list[str]:
    """Return the lines of a file with their ends, as `patch` and git count them."""
    *lines, last = read_raw(data).text.split("\n")
    return [*(f"{line}\n" for line in lines), *([last] if last else [])]


def _tell(fixes: Fixes, request: FixRequest) -> None:
    """Say what was fixed and what stays: on standard error, if standard output has a diff."""
    lines: list[str] = []
    if not request.quiet and not request.diff:
        lines += (f"{file.path}: {len(file.mended):,} fixed" for file in fixes.files)
    for item in fixes.unmended:
        told = item.before if request.is_dry else item.violation
        lines.append(f"{told}\n    not fixed: {item.reason}")
    if not request.quiet:
        lines.append(_summary(fixes, request))
    text = "".join(f"{line}\n" for line in lines)
    if request.diff:
        click.echo(text, err=True, nl=False)
    else:
        standard_output.write(text)


def _summary(fixes: Fixes, request: FixRequest) -> str:
    number, files = len(fixes.mended), count(len(fixes.files), "file")
    verb = "Would fix" if request.is_dry else "Fixed"
    told = [f"{verb} {count(number, 'violation')} in {files}." if number else "Nothing to fix."]
    if fixes.unmended:
        told.append(f"{count(len(fixes.unmended), 'violation')} could not be fixed: see above.")
    if fixes.others:
        told.append(f"{count(len(fixes.others), 'violation')} left for you: 'linter-ext check'.")
    return " ".join(told)
