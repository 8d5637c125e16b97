"""Modules that a build makes, as the project's build files tell.

They may be missing from a checkout and be there once the project is built: extension modules,
and files that a version-control plugin writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from linter_ext.source.reader import Reader
from linter_ext.source.text import UnreadableError

_FILES = (
    "setup.py",
    "setup.cfg",
    "pyproject.toml",
    "meson.build",
    "CMakeLists.txt",
    "Pipfile",
    "requirements.txt",
)
_COMPILED = (".so", ".pyd", ".pyx", ".c", ".cc", ".cpp", ".cxx", ".pyc", ".dll")
_WRITTEN = r"""(?:write_to|(?:version|build)[-_]?file(?:_source)?)["']?\s*[=:]\s*["']?{}"""
"""A file that a build writes, as version-control plugins are told it; other paths are read."""

_EXTENSION = r"""(?:Extension\(\s*(?:name\s*=\s*)?|\b(?:module-)?name\s*=\s*)["']{}["']"""


class BuildFiles:
    """The build files of a project, read when they are first asked about."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._texts: Mapping[str, str] | None = None

    @property
    def texts(self) -> Mapping[str, str]:
        """The texts of those that there are, by their names."""
        if self._texts is None:
            self._texts = {name: self._text(name) for name in _FILES if self._reader.is_file(name)}
        return self._texts

    def make(self, module: str, candidates: Sequence[str]) -> bool:
        """Return whether a build file names the module as one that is compiled or written.

        Args:
            module:     its absolute name.
            candidates: the files that it could be.
        """
        return any(self._name(_EXTENSION, module)) or any(
            found for path in candidates for found in self._name(_WRITTEN, path)
        )

    def _name(self, pattern: str, name: str) -> Iterator[bool]:
        """Yield of each text that has a name whether it has it in this way."""
        for text in self.texts.values():
            if name in text:
                yield re.search(pattern.format(re.escape(name)), text) is not None

    def compile(self, candidates: Sequence[str]) -> bool:
        """Return whether a compiled module, or the source of one, lies where a module would."""
        for candidate in candidates:
            folder, _, name = candidate.rpartition("/")
            stem = name.partition(".")[0]
            for other in self._reader.files_in(folder):
                if other.startswith(f"{stem}.") and other.endswith(_COMPILED):
                    return True
        return False

    def _text(self, name: str) -> str:
        try:
            return self._reader.read(name)
        except UnreadableError:
            return ""
