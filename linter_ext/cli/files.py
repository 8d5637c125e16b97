"""`linter-ext files`."""

from __future__ import annotations

from pathlib import Path

import click

from linter_ext.cli.configured import configured, tell_defaults, tell_problems
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.errors import ConfigurationError


def run_files(config: Path | None, *, left_out: bool) -> ExitStatus:
    """Print the files that are checked, or the folders left out, a line each."""
    try:
        configuration, file = configured(config)
    except ConfigurationError as error:
        tell_problems(error.problems)
        return ExitStatus.USAGE
    if file is None:
        tell_defaults(configuration)
    project = configuration.project
    if left_out:
        for folder in project.listing.left_out:
            click.echo(f"{folder.path}: {folder.reason}")
        return ExitStatus.CLEAN
    for path in project.listing.files:
        module = project.tree.module_of(path)
        if module is not None:
            click.echo(f"{path}: {module.name}")
    return ExitStatus.CLEAN
