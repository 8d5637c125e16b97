"""`linter-ext files`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from linter_ext.cli import standard_output
from linter_ext.cli.configured import configured, tell_defaults, tell_problems
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.errors import ConfigurationError
from linter_ext.project import Project


def run_files(config: Path | None, *, left_out: bool) -> ExitStatus:
    """Print the files that are checked, or the folders left out, a line each."""
    try:
        configuration, file = configured(config)
    except ConfigurationError as error:
        tell_problems(error.problems)
        return ExitStatus.USAGE
    if file is None:
        tell_defaults(configuration)
    lines = _left_out(configuration.project) if left_out else _files(configuration.project)
    standard_output.write("".join(f"{line}\n" for line in lines))
    return ExitStatus.CLEAN


def _files(project: Project) -> Iterator[str]:
    modules = ((path, project.tree.module_of(path)) for path in project.listing.files)
    return (f"{path}: {module.name}" for path, module in modules if module is not None)


def _left_out(project: Project) -> Iterator[str]:
    listing = project.listing
    for folder in sorted([*listing.left_out, *listing.closed]):
        yield f"{folder.path}: {folder.reason}"
