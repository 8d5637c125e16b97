"""Reads the table files that options name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from linter_ext.errors import ConfigurationError, Problem

T = TypeVar("T")


def read_tables(
    root: Path, option: str, paths: Sequence[str], parse: Callable[[str, str], T]
) -> tuple[list[T], list[Problem]]:
    """Return the tables in the files, and what is wrong with those that cannot be used.

    Args:
        root:   the project root, where relative paths start.
        option: the option that names the files.
        paths:  the files.
        parse:  makes a table of a file's text and path, or raises ConfigurationError.
    """
    tables: list[T] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            text = (root / path).read_bytes().decode("utf-8-sig")
            tables.append(parse(text, path))
        except OSError as error:
            fact = f"table file '{path}' cannot be read: {error.strerror or error}"
            remedy = "create it, or correct the path, which starts at the project root"
            problems.append(Problem(fact=fact, remedy=remedy, key=option))
        except UnicodeDecodeError:
            fact = f"table file '{path}' is not UTF-8"
            problems.append(Problem(fact=fact, remedy="save it as UTF-8", key=option))
        except ConfigurationError as error:
            problems.extend(_under(option, problem) for problem in error.problems)
    return tables, problems


def without_file(problems: Iterable[Problem], option: str) -> Iterator[Problem]:
    """Yield problems found across tables; those of option lines, in no file, get the option."""
    for problem in problems:
        yield problem if problem.key or problem.file else problem._replace(key=option)


def _under(option: str, problem: Problem) -> Problem:
    return problem._replace(key=f"{option}: {problem.key}" if problem.key else option)
