"""`linter-ext explain`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from linter_ext.cli import standard_output
from linter_ext.cli.configured import configured
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.codes import Code
from linter_ext.configuration import Configuration
from linter_ext.errors import ConfigurationError, Problem
from linter_ext.names import is_dotted_name
from linter_ext.pages import page
from linter_ext.rules.base import SourceRule
from linter_ext.spelling import closest

_LIKENESS = 0.75
"""Codes differ in few digits; those of other tools are not meant."""

_CODE = re.compile(r"[A-Za-z]{1,3}\d+")


def run_explain(subject: str | None, config: Path | None) -> ExitStatus:
    """Print the page of a code, the list of codes, or what the contracts say of a dotted path.

    Raises:
        ConfigurationError: if it is neither a code nor a path that is known.
    """
    if subject is None:
        standard_output.write("".join(f"{item}  {item.summary}\n" for item in Code))
    elif subject.upper() in tuple(Code):
        standard_output.write(page(Code(subject.upper())))
    else:
        standard_output.write(_of_path(subject, config))
    return ExitStatus.CLEAN


def _of_path(path: str, config: Path | None) -> str:
    """Return what the contracts say of a path.

    A word without dots may be a misspelt code: then it is a path only if some contract knows it.
    """
    close = closest(path.upper(), Code, likeness=_LIKENESS)
    if close is not None or _CODE.fullmatch(path):
        remedy = f"did you mean '{close}'?" if close else "'linter-ext explain' lists them"
        raise ConfigurationError([Problem(f"there is no code '{path}'", remedy)])
    if not is_dotted_name(path):
        remedy = "write a code such as IMC201, or a path such as package.module.Name"
        raise ConfigurationError([Problem(f"'{path}' is neither code nor dotted name", remedy)])
    configuration, _ = configured(config)
    lines = list(_explained(configuration, path))
    if not lines and "." not in path:
        fact = f"there is no code '{path}', and no contract knows such a path"
        raise ConfigurationError([Problem(fact, "'linter-ext explain' lists the codes")])
    return "\n".join(lines or [f"No contract knows of '{path}'."]) + "\n"


def _explained(configuration: Configuration, path: str) -> Iterator[str]:
    for contract in configuration.contracts:
        said = contract.explain(path) if isinstance(contract, SourceRule) else ()
        for number, line in enumerate(said):
            if number == 0:
                yield f"Contract '{contract.identifier}' ({contract.name}):"
            yield f"  {line}"
