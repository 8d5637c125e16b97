"""Reads a configuration file as import-linter's readers do, without import-linter.

To import it takes longer than flake8 takes for a file. What is read here, down to the kind of
exception, is what `importlinter.api.read_configuration` makes of the same file: the tests hold
the one against the other.
"""

from __future__ import annotations

import configparser
import os
from collections.abc import Mapping
from typing import Any

READ_ERRORS = (
    configparser.Error,
    ValueError,  # Among them tomllib.TOMLDecodeError and UnicodeDecodeError.
    OSError,
    KeyError,
    AttributeError,
    TypeError,
)
"""What is raised for a file that is not as import-linter expects."""

_SECTION = "importlinter"

Options = dict[str, object]


def read_configuration(path: str) -> tuple[Options, list[Options]]:
    """Return the session options, and the options of each contract.

    Raises:
        FileNotFoundError: if there is no such file, or no section of import-linter's in it.
        READ_ERRORS:       if it cannot be read, or is not as import-linter expects.
    """
    if not os.path.isfile(path):
        raise FileNotFoundError(f"Could not find {path}.")
    found = _read_toml(path) if path.endswith(".toml") else _read_ini(path)
    if found is None:
        raise FileNotFoundError("Could not read any configuration.")
    session, contracts = found
    if "root_packages" not in session:
        session["root_packages"] = [session["root_package"]]
    session.pop("root_package", None)
    return session, contracts


def _read_ini(path: str) -> tuple[Options, list[Options]] | None:
    parser = configparser.ConfigParser()
    with open(path, encoding=None) as stream:  # The locale's, as import-linter has it.
        parser.read_string(stream.read())
    if not parser.has_section(_SECTION):
        return None
    session = _lines(parser[_SECTION])
    contracts = [
        {"id": section.rpartition(":")[2], **_lines(parser[section])}
        for section in parser.sections()
        if section.startswith(f"{_SECTION}:")
    ]
    return session, contracts


def _lines(section: Mapping[str, str]) -> Options:
    """Return the options of a section; a value over several lines is a list."""
    return {
        key: value.strip().split("\n") if "\n" in value else value for key, value in section.items()
    }


def _read_toml(path: str) -> tuple[Options, list[Options]] | None:
    import tomllib  # noqa: PLC0415 - most configurations are INI files

    with open(path, encoding="utf-8") as stream:
        data = tomllib.loads(stream.read())
    session = data.get("tool", {}).get(_SECTION, {})
    if not session:
        return None
    contracts = session.pop("contracts", [])
    _spell_truth_values(session)
    for options in contracts:
        _spell_truth_values(options)
    return session, contracts


def _spell_truth_values(options: dict[str, Any]) -> None:
    for key, value in options.items():
        if isinstance(value, bool):
            options[key] = str(value)
