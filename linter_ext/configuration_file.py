"""Where the configuration is. Light: the flake8 plugin asks before it imports anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_US = "importlinter"
_OWN_NAME = ".importlinter"
# In the order in which import-linter looks.
_INI_NAMES = ("setup.cfg", _OWN_NAME)
_TOML_NAMES = ("pyproject.toml",)
_INI_SECTION = r"^\[importlinter\]"
_TOML_SECTION = r"^\s*\[+\s*tool\s*\.\s*[\"']?importlinter\b"
_INI_CONTRACT = r"^\[importlinter:contract:"
_TOML_CONTRACT = (
    r"^[ \t]*\[\[[ \t]*tool[ \t]*\.[ \t]*[\"']?importlinter[\"']?[ \t]*\.[ \t]*contracts\b"
)


class ConfigurationFile(NamedTuple):
    """A configuration file, and the project root that goes with it.

    Attributes:
        path: the file, absolute.
        root: the project root: the file's folder if it was searched for, the working directory
              if it was named, as lint-imports has it.
        text: what it says.
    """

    path: Path
    root: Path
    text: str

    @property
    def name(self) -> str:
        """The file as messages name it: relative to the project root where it lies below."""
        if self.path.is_relative_to(self.root):
            return self.path.relative_to(self.root).as_posix()
        return self.path.as_posix()

    @property
    def is_toml(self) -> bool:
        """Whether import-linter reads it as TOML, not INI."""
        return self.path.name.endswith(".toml")

    def contract_line(self, number: int) -> int:
        """Return the line of a contract's heading (1-based); the first line if it has none.

        Args:
            number: which contract, in the order of the text, from 0.
        """
        heading = _TOML_CONTRACT if self.is_toml else _INI_CONTRACT
        found = list(re.finditer(heading, self.text, re.MULTILINE))
        return self.text.count("\n", 0, found[number].start()) + 1 if number < len(found) else 1

    @property
    def has_contracts(self) -> bool:
        """Whether there seems to be a contract in it, or a contract type of ours."""
        heading = _TOML_CONTRACT if self.is_toml else _INI_CONTRACT
        return "linter_ext" in self.text or re.search(heading, self.text, re.MULTILINE) is not None


def find_configuration(start: Path) -> ConfigurationFile | None:
    """Return the nearest import-linter configuration in a folder or the ones above it.

    A file called `.importlinter` is one even without the section that makes it one: it is
    better to say that the section is missing than to pass the file over.
    """
    for folder in (start, *start.parents):
        found = list(_configurations(folder))
        if found:
            return found[0]
    return None


def named_configuration(path: Path, working_directory: Path) -> ConfigurationFile | None:
    """Return the configuration file that the user names; None if there is none."""
    text = _text(working_directory / path)
    if text is None:
        return None
    return ConfigurationFile(working_directory / path, working_directory, text)


def _configurations(folder: Path) -> Iterator[ConfigurationFile]:
    """Yield the configurations in a folder, the one to use first."""
    without_section = None
    for names, section in ((_INI_NAMES, _INI_SECTION), (_TOML_NAMES, _TOML_SECTION)):
        for name in names:
            text = _text(folder / name)
            if text is None:
                continue
            file = ConfigurationFile(folder / name, folder, text)
            if _US in text and re.search(section, text, re.MULTILINE):
                yield file
            elif name == _OWN_NAME:
                without_section = file
    if without_section is not None:
        yield without_section


def _text(path: Path) -> str | None:
    """Return what a file says; None if there is no such file, nothing if it is not to be read."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except PermissionError:
        return ""
    except OSError:
        return None
