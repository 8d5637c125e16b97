"""The flake8 plugin: the same contracts, one file at a time, from flake8's own tree.

flake8 loads this module on every run, so it imports the contract types only once a
configuration that mentions them has been found.
"""

from __future__ import annotations

import argparse
import ast
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from linter_ext import __version__
from linter_ext.configuration_file import (
    ConfigurationFile,
    find_configuration,
    named_configuration,
)

if TYPE_CHECKING:
    from flake8.options.manager import OptionManager

    from linter_ext.flake8_session import Session

Report = tuple[int, int, str, type[object]]
_STDIN = ["-"]


class ImportContractsPlugin:
    """Yields the violations of one file."""

    name = "linter-ext"
    version = __version__
    session: ClassVar[Session | None] = None

    def __init__(self, tree: ast.Module, filename: str, lines: Sequence[str]) -> None:
        self._tree = tree
        self._filename = filename
        self._lines = lines

    @classmethod
    def add_options(cls, option_manager: OptionManager) -> None:
        """Add our option to flake8's."""
        option_manager.add_option(
            "--import-contracts-config",
            default=None,
            metavar="FILE",
            parse_from_config=True,
            normalize_paths=True,
            help="import-linter configuration with the contracts to check. "
            "Default: the nearest one, upward from the working directory, or "
            "from the file on standard input if it lies in no project there.",
        )

    @classmethod
    def parse_options(cls, options: argparse.Namespace) -> None:
        """Load the contracts, once for all files; nothing where none is ours."""
        named: str | None = options.import_contracts_config
        if named:
            file = named_configuration(Path(named), Path.cwd())
        else:
            file = _nearest_configuration(options)
        if file is None and named is None:
            cls.session = None
        elif file is None or named or file.has_contracts:
            from linter_ext.flake8_session import open_session  # noqa: PLC0415

            cls.session = open_session(file, named, options)
        else:
            cls.session = None

    def run(self) -> Iterator[Report]:
        """Yield line, offset, text and class of each violation, as flake8 wants them."""
        if self.session is None:
            return
        for line, offset, text in self.session.judge(self._tree, self._filename, self._lines):
            yield line, offset, text, type(self)


def _nearest_configuration(options: argparse.Namespace) -> ConfigurationFile | None:
    """Return the nearest configuration, upward from the working directory.

    An editor's working directory may lie above the project, or in another one: where the text
    on standard input belongs to no project there, the search starts at the text's own file.
    """
    found = find_configuration(Path.cwd())
    if options.filenames != _STDIN:
        return found
    typed: str = options.stdin_display_name
    if found is not None and _is_below(typed, found.root):
        return found
    return find_configuration(Path(os.path.abspath(typed)).parent) or found


def _is_below(path: str, folder: Path) -> bool:
    """Return whether a file lies below a folder, by its name or where links lead."""
    return Path(os.path.abspath(path)).is_relative_to(folder) or Path(
        os.path.realpath(path)
    ).is_relative_to(os.path.realpath(folder))
