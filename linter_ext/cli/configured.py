"""Finds and loads the configuration for a command; tells the user what was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from linter_ext.configuration import (
    Configuration,
    default_configuration,
    load,
    no_such_file,
)
from linter_ext.configuration_file import (
    ConfigurationFile,
    find_configuration,
    named_configuration,
)
from linter_ext.errors import ConfigurationError, Problem


def configured(
    config: Path | None, contracts: Sequence[str] = ()
) -> tuple[Configuration, ConfigurationFile | None]:
    """Return the configuration of a run, and its file; no file, where the defaults apply.

    Raises:
        ConfigurationError: if it cannot be used.
    """
    here = _working_directory()
    file = _locate(config, here)
    if file is not None:
        return load(file, contracts), file
    if contracts:
        fact, remedy = "there is no configuration to take contracts from", "leave out --contract"
        raise ConfigurationError([Problem(fact=fact, remedy=remedy, key="--contract")])
    return default_configuration(here), None


def located(config: Path | None) -> ConfigurationFile | None:
    """Return the configuration file of a run, unread; None where there is none.

    Raises:
        ConfigurationError: if one is named that is not there.
    """
    return _locate(config, _working_directory())


def tell_defaults(configuration: Configuration) -> None:
    """Say on standard error that there is no configuration, and what is checked instead."""
    click.echo(
        f"{_without_configuration(configuration)} Checking the defaults: "
        "absolute_imports, and deprecated_imports with detect.",
        err=True,
    )


def tell_surveyed(configuration: Configuration) -> None:
    """Say on standard error that there is no configuration, and what is found instead."""
    click.echo(_without_configuration(configuration), err=True)


def _without_configuration(configuration: Configuration) -> str:
    packages = [root.name for root in configuration.project.tree.roots if root.is_package]
    found = f"root packages found: {', '.join(packages)}" if packages else "no root package found"
    return f"No import-linter configuration here or above ({found})."


def tell_problems(problems: Iterable[Problem]) -> None:
    """Print what is wrong with the configuration on standard error, a line each."""
    for problem in problems:
        click.echo(f"error: {problem}", err=True)


def _working_directory() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError as error:
        fact, remedy = "the working directory is gone", "change to one that is there"
        raise ConfigurationError([Problem(fact=fact, remedy=remedy)]) from error


def _locate(config: Path | None, here: Path) -> ConfigurationFile | None:
    if config is None:
        return find_configuration(here)
    file = named_configuration(config, here)
    if file is None:
        raise ConfigurationError([no_such_file(here / config, "--config")])
    return file
