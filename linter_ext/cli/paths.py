"""Paths on the command line → paths from the project root."""

from __future__ import annotations

import os
from collections.abc import Sequence

from linter_ext.errors import ConfigurationError, Problem
from linter_ext.project import Project


def relative_paths(project: Project, paths: Sequence[str]) -> list[str] | None:
    """Return the paths from the project root; None for no paths, which means all files.

    Raises:
        ConfigurationError: for paths that do not exist, or lie outside the project root.
    """
    if not paths:
        return None
    found: list[str] = []
    problems: list[Problem] = []
    for path in paths:
        relative = project.relative(path)
        if not os.path.lexists(path):
            fact, remedy = "there is no such file or folder", "correct the path"
            problems.append(Problem(fact=fact, remedy=remedy, file=path))
        elif relative is None:
            fact = f"the path lies outside the project root '{project.root.as_posix()}'"
            problems.append(Problem(fact=fact, remedy="name a path below it", file=path))
        else:
            found.append(relative)
    if problems:
        raise ConfigurationError(problems)
    return found
