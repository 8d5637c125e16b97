"""Finds and loads the configuration for a command; tells the user what was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from linter_ext.configuration import Configuration, default_configuration, load
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
    file = _locate(config)
    if file is not None:
        return load(file, contracts), file
    if contracts:
        fact, remedy = "there is no configuration to take contracts from", "leave out --contract"
        raise ConfigurationError([Problem(fact=fact, remedy=remedy, key="--contract")])
    return default_configuration(Path.cwd()), None


def tell_defaults(configuration: Configuration) -> None:
    """Say on standard error that there is no configuration, and what is checked instead."""
    packages = [root.name for root in configuration.project.tree.roots if root.is_package]
    found = f"root packages found: {', '.join(packages)}" if packages else "no root package found"
    click.echo(
        f"No import-linter configuration here or above ({found}). Checking the defaults: "
        "absolute_imports, and deprecated_imports with detect.",
        err=True,
    )


def tell_problems(problems: Iterable[Problem]) -> None:
    """Print what is wrong with the configuration on standard error, a line each."""
    for problem in problems:
        click.echo(f"error: {problem}", err=True)


def _locate(config: Path | None) -> ConfigurationFile | None:
    if config is None:
        return find_configuration(Path.cwd())
    file = named_configuration(config, Path.cwd())
    if file is None:
        fact, remedy = "the file cannot be read", "correct the path, or leave out --config"
        raise ConfigurationError([Problem(fact=fact, remedy=remedy, file=str(config))])
    return file
