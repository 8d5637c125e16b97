"""`linter-ext check --staged`: what a commit changes, by itself or under pre-commit."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from linter_ext.configuration import Configuration
from linter_ext.configuration_file import ConfigurationFile
from linter_ext.configuration_reader import READ_ERRORS, Options, read_configuration
from linter_ext.errors import ConfigurationError, Problem
from linter_ext.git import GitError
from linter_ext.staging import Change, Commits, read_change

_OPTION = "--staged"
_TABLE_OPTIONS = ("moves", "registry")
_UNDER_PRE_COMMIT = "PRE_COMMIT"
_COMMITS = ("PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF")


class Staged(NamedTuple):
    """What a run is about.

    Attributes:
        change: what is changed; None if everything is to be checked.
        paths:  the files and folders to report on; None for those that are changed, or for all.
    """

    change: Change | None
    paths: Sequence[str] | None


def find_staged(
    configuration: Configuration,
    file: ConfigurationFile | None,
    paths: Sequence[str] | None,
    *,
    quiet: bool,
) -> Staged:
    """Return what is staged, or what pre-commit is asked about.

    Args:
        configuration: the project and its contracts.
        file:          the configuration file.
        paths:         the files and folders that the command line names; None for none.
        quiet:         whether to say nothing of what is done.

    Raises:
        ConfigurationError: if git does not tell.
    """
    try:
        change = read_change(configuration.project.root, _commits())
    except GitError as error:
        remedy = f"run it in a clone that has all it takes, or leave out {_OPTION}"
        problem = Problem(fact=str(error), remedy=remedy, key=_OPTION)
        raise ConfigurationError([problem]) from error
    changed = next(_changed_rules(configuration, file, change), None)
    if changed is not None:
        if not quiet:
            click.echo(f"{changed} is part of the change: everything is checked.", err=True)
        return Staged(None, None)
    return Staged(change, paths)


def _commits() -> Commits | None:
    """Return the commits that pre-commit is asked to compare, if it is."""
    old, new = (os.environ.get(name) for name in _COMMITS)
    return Commits(old, new) if old and new and _UNDER_PRE_COMMIT in os.environ else None


def _changed_rules(
    configuration: Configuration, file: ConfigurationFile | None, change: Change
) -> Iterator[str]:
    """Yield the changed files by which everything is judged."""
    if file is not None and file.name in change.own and _says_something_else(file, change):
        yield file.name
    for contract in configuration.contracts:
        for option in _TABLE_OPTIONS:
            for path in getattr(contract, option, ()):
                if Path(os.path.normpath(path)).as_posix() in change.own:
                    yield path


def _says_something_else(file: ConfigurationFile, change: Change) -> bool:
    """Return whether the configuration says something else than before, in our sections."""
    with tempfile.TemporaryDirectory() as folder:
        now = _options(file, file.text.encode("utf-8", "replace"), folder)
        return any(now != _options(file, texts[file.name], folder) for texts in change.before)


def _options(
    file: ConfigurationFile, data: bytes | None, folder: str
) -> tuple[Options, list[Options]] | None:
    """Return what a version of the configuration says; None if it says nothing."""
    place = Path(folder, file.path.name)
    place.write_bytes(data or b"")
    try:
        return read_configuration(str(place))
    except READ_ERRORS:
        return None
