"""Changes of text files, as git writes and reads them."""

from __future__ import annotations

import contextlib
import difflib
import os
import re
import tempfile
from pathlib import Path

from linter_ext.configuration_file import ConfigurationFile
from linter_ext.configuration_reader import READ_ERRORS, read_configuration
from linter_ext.errors import ConfigurationError, Problem
from linter_ext.initialising.additions import Additions

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_NO_LINE_END = "\n\\ No newline at end of file\n"


def patch_of(path: str, before: str, after: str) -> str:
    """Return the change of a file; nothing is before it if the file is new."""
    lines = difflib.unified_diff(
        _LINE.findall(before),
        _LINE.findall(after),
        f"a/{path}" if before else os.devnull,
        f"b/{path}",
    )
    return "".join(line if line.endswith("\n") else f"{line}{_NO_LINE_END}" for line in lines)


def extended(existing: ConfigurationFile, additions: Additions) -> tuple[str, str]:
    """Return the text of a configuration, without and with additions.

    Raises:
        ConfigurationError: if it is laid out in a way that the additions do not fit.
    """
    with contextlib.suppress(*READ_ERRORS):
        before = existing.path.read_bytes().decode()
        after = additions.put_into(before)
        if _is_meant(existing, after, additions):
            return before, after
    fact = "the configuration is laid out in a way that no patch can be made for"
    remedy = "add by hand what 'linter-ext init' lists"
    raise ConfigurationError([Problem(fact, remedy, existing.name)])


def _is_meant(existing: ConfigurationFile, text: str, additions: Additions) -> bool:
    """Return whether a text says what the configuration said, and what was added.

    Raises:
        READ_ERRORS: if it cannot be read as a configuration.
    """
    session, contracts = read_configuration(str(existing.path))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, existing.path.name)
        file.write_bytes(text.encode())
        new_session, new_contracts = read_configuration(str(file))
    types = new_session.pop("contract_types", [])
    before = session.pop("contract_types", [])
    if not isinstance(types, list) or not isinstance(before, list):
        return False
    ids = [options.get("id") for options in new_contracts[len(contracts) :]]
    return (
        types == [*before, *additions.types]
        and new_session == session
        and new_contracts[: len(contracts)] == contracts
        and ids == [contract.identifier for contract in additions.contracts]
    )
