"""Where the configuration is. Light: the flake8 plugin asks before it imports anything else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

# In the order in which import-linter looks.
_INI_NAMES = ("setup.cfg", ".importlinter")
_TOML_NAMES = ("pyproject.toml",)
_INI_SECTION = re.compile(r"^\[importlinter\]", re.MULTILINE)
_TOML_SECTION = re.compile(r"^\s*\[+\s*tool\s*\.\s*[\"']?importlinter\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ConfigurationFile:
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
    def mentions_us(self) -> bool:
        """Whether a contract type of ours can be registered in it."""
        return "linter_ext" in self.text


def find_configuration(start: Path) -> ConfigurationFile | None:
    """Return the nearest import-linter configuration in a folder or the ones above it."""
    for folder in (start, *start.parents):
        for names, section in ((_INI_NAMES, _INI_SECTION), (_TOML_NAMES, _TOML_SECTION)):
            for name in names:
                text = _text(folder / name)
                if text is not None and section.search(text):
                    return ConfigurationFile(folder / name, folder, text)
    return None


def named_configuration(path: Path, working_directory: Path) -> ConfigurationFile | None:
    """Return the configuration file that the user names; None if it cannot be read."""
    text = _text(working_directory / path)
    if text is None:
        return None
    return ConfigurationFile(working_directory / path, working_directory, text)


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
