"""How pytest is configured: where it looks for test files, and how it imports them.

The configuration is found and read as pytest 9 does it. What pytest itself would refuse leaves
the defaults: it is for pytest to say what is wrong.
"""

from __future__ import annotations

import configparser
import contextlib
import glob
import os
import shlex
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

_Options = Mapping[str, Sequence[str]]
"""The values of options that are lists of words; what is no such list is left out."""


class ImportMode(StrEnum):
    """What pytest does with the import path before it imports a test file."""

    PREPEND = "prepend"
    APPEND = "append"
    IMPORTLIB = "importlib"


class Plugin(NamedTuple):
    """A plugin named by `-p`.

    Attributes:
        name: its module, or a name that an installed distribution gives it.
        path: the configuration file, relative to the project root.
        line: where it is named in there (1-based).
    """

    name: str
    path: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PytestSettings:
    """What pytest does when it is started in the project root.

    Paths are relative to the project root, with forward slashes; `.` is the root itself. Those
    that lie outside are left out.

    Attributes:
        testpaths:      the files and folders to look in, in their order; none means everywhere.
        python_files:   patterns of the names of test files.
        norecursedirs:  patterns of the names of folders that are not looked into.
        pythonpath:     folders put on the import path.
        plugins:        plugins named by `-p`, in their order.
        ignored:        files and folders named by `--ignore`.
        ignored_globs:  patterns of paths named by `--ignore-glob`.
        import_mode:    how files are imported.
        has_doctests:   whether every module is looked through for doctests.
    """

    testpaths: tuple[str, ...] = ()
    python_files: tuple[str, ...] = ("test_*.py", "*_test.py")
    norecursedirs: tuple[str, ...] = (
        "*.egg",
        ".*",
        "_darcs",
        "build",
        "CVS",
        "dist",
        "node_modules",
        "venv",
        "{arch}",
    )
    pythonpath: tuple[str, ...] = ()
    plugins: tuple[Plugin, ...] = ()
    ignored: tuple[str, ...] = ()
    ignored_globs: tuple[str, ...] = ()
    import_mode: ImportMode = ImportMode.PREPEND
    has_doctests: bool = False


def read_pytest_settings(root: Path) -> PytestSettings:
    """Return the settings of pytest when it is started in a folder.

    The folder and those above it are searched, as pytest searches them.
    """
    for folder in (root, *root.parents):
        for name, parse in _PARSERS.items():
            text = _text(folder / name)
            options = parse(text) if text is not None else None
            if text is not None and options is not None:
                return _settings(options, root, _File(folder, name, text))
    return PytestSettings()


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return None


# The kinds of file. An empty result is a configuration that leaves the defaults.


def _parse_pytest_ini(text: str) -> _Options:
    return _ini_section(text, "pytest") or {}


def _parse_tox_ini(text: str) -> _Options | None:
    return _ini_section(text, "pytest")


def _parse_setup_cfg(text: str) -> _Options | None:
    return _ini_section(text, "tool:pytest")


def _parse_pytest_toml(text: str) -> _Options:
    return _native(_table(_toml(text), "pytest"))


def _parse_pyproject(text: str) -> _Options | None:
    tool = _table(_toml(text), "tool")
    native = {key: value for key, value in _table(tool, "pytest").items() if key != "ini_options"}
    old = _table(tool, "pytest").get("ini_options")
    if native and old:
        return {}  # pytest refuses the two together.
    if native:
        return _native(native)
    if not isinstance(old, dict):
        return None
    return _split(old)


_PARSERS: Mapping[str, Callable[[str], _Options | None]] = {
    "pytest.toml": _parse_pytest_toml,
    ".pytest.toml": _parse_pytest_toml,
    "pytest.ini": _parse_pytest_ini,
    ".pytest.ini": _parse_pytest_ini,
    "pyproject.toml": _parse_pyproject,
    "tox.ini": _parse_tox_ini,
    "setup.cfg": _parse_setup_cfg,
}
"""In the order in which pytest looks."""


def _ini_section(text: str, section: str) -> _Options | None:
    parser = configparser.ConfigParser(
        interpolation=None, strict=False, allow_no_value=True, default_section=""
    )
    try:
        parser.read_string(text)
    except configparser.Error:
        return None
    if not parser.has_section(section):
        return None
    return _split({key: value or "" for key, value in parser.items(section)})


def _split(options: Mapping[str, object]) -> _Options:
    """Return the options of the older formats, in which a text is a list of words."""
    found: dict[str, Sequence[str]] = dict(_native(options))
    for key, value in options.items():
        with contextlib.suppress(ValueError):  # A quotation mark without its partner.
            found.setdefault(key, shlex.split(str(value)))
    return found


def _native(options: Mapping[str, object]) -> _Options:
    """Return the options that are lists of texts."""
    return {
        key: [item for item in value if isinstance(item, str)]
        for key, value in options.items()
        if isinstance(value, list)
    }


def _toml(text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _table(parent: Mapping[str, object], key: str) -> Mapping[str, object]:
    table = parent.get(key)
    return table if isinstance(table, dict) else {}


# From options to settings.


class _File(NamedTuple):
    """A configuration file, at the project root or above it."""

    folder: Path
    name: str
    text: str


def _settings(options: _Options, root: Path, file: _File) -> PytestSettings:
    """Return the settings that the options of a file make."""
    words = list(options.get("addopts", ()))
    defaults = PytestSettings()
    return PytestSettings(
        testpaths=_testpaths(options, root) if file.folder == root else (),
        python_files=tuple(options.get("python_files", defaults.python_files)),
        norecursedirs=tuple(options.get("norecursedirs", defaults.norecursedirs)),
        pythonpath=_relative(root, [file.folder / path for path in options.get("pythonpath", ())]),
        plugins=tuple(_plugins(words, root, file)),
        ignored=_relative(root, [root / path for path in _values(words, "--ignore")]),
        ignored_globs=_relative(root, [root / path for path in _values(words, "--ignore-glob")]),
        import_mode=_import_mode(words),
        has_doctests="--doctest-modules" in words,
    )


def _plugins(words: Sequence[str], root: Path, file: _File) -> Iterator[Plugin]:
    path = Path(os.path.relpath(file.folder / file.name, root)).as_posix()
    for value in _values(words, "-p"):
        name = value.strip()
        if not name.startswith("no:"):
            line = file.text.count("\n", 0, max(file.text.find(name), 0)) + 1
            yield Plugin(name, path, line)


def _testpaths(options: _Options, root: Path) -> tuple[str, ...]:
    """Return what the patterns of `testpaths` match, in pytest's order."""
    found = (
        path
        for pattern in options.get("testpaths", ())
        if "\0" not in pattern
        for path in sorted(glob.iglob(pattern, root_dir=root, recursive=True))
    )
    return _relative(root, [root / path for path in found])


def _relative(root: Path, paths: Sequence[Path]) -> tuple[str, ...]:
    """Return the paths from the project root, each once; those outside it are left out."""
    normal = (Path(os.path.normpath(path)) for path in paths)
    below = (path.relative_to(root).as_posix() for path in normal if path.is_relative_to(root))
    return tuple(dict.fromkeys(below))


def _values(words: Sequence[str], option: str) -> Iterator[str]:
    """Yield the values that a command line gives an option: `-p x`, `-px`, `--ignore=x`."""
    joined = option if len(option) == len("-p") else f"{option}="
    for number, word in enumerate(words):
        if word == option:
            yield from words[number + 1 : number + 2]
        elif word.startswith(joined):
            yield word.removeprefix(joined)


def _import_mode(words: Sequence[str]) -> ImportMode:
    named = list(_values(words, "--import-mode"))
    known = [mode for mode in ImportMode if mode in named[-1:]]
    return known[0] if known else ImportMode.PREPEND
