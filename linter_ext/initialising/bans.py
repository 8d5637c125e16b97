"""What ruff and flake8-tidy-imports are configured to ban, read from their configuration files."""

from __future__ import annotations

import configparser
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from linter_ext.names import is_dotted_name

RUFF_FILES = (".ruff.toml", "ruff.toml", "pyproject.toml")
"""In the order in which ruff looks; the first one with a section of its own counts."""
FLAKE8_FILES = ("setup.cfg", "tox.ini", ".flake8")
"""In the order in which flake8 looks."""

_RELATIVE_RULE = "TID252"
_YES = ("true", "yes", "on", "1")


class Ban(NamedTuple):
    """A module or name that is not to be imported.

    Attributes:
        path:    its dotted path.
        message: what the user is told about it; may be empty.
        file:    the file that says so.
    """

    path: str
    message: str
    file: str


@dataclass(frozen=True, slots=True)
class Bans:
    """What is banned.

    Attributes:
        relative:      how far relative imports are banned: `all`, `parents`, or not at all.
        relative_file: the file that says so.
        paths:         the modules and names, sorted, each once.
        others:        what is banned but has no equivalent, in words.
    """

    relative: str | None = None
    relative_file: str = ""
    paths: tuple[Ban, ...] = ()
    others: tuple[str, ...] = ()


def read_bans(texts: Mapping[str, str]) -> Bans:
    """Return what is banned.

    A file that cannot be read as what it should be bans nothing: its own tool tells.

    Args:
        texts: the files of `RUFF_FILES` and `FLAKE8_FILES` that there are.
    """
    found = [*_read_ruff(texts), *_read_flake8(texts)]
    strictest = sorted((item.relative, item.relative_file) for item in found if item.relative)
    paths: dict[str, Ban] = {}
    for item in found:
        for ban in item.paths:
            paths.setdefault(ban.path, ban)
    return Bans(
        relative=strictest[0][0] if strictest else None,
        relative_file=strictest[0][1] if strictest else "",
        paths=tuple(paths[path] for path in sorted(paths)),
        others=tuple(other for item in found for other in item.others),
    )


def _read_ruff(texts: Mapping[str, str]) -> Iterator[Bans]:
    for file in RUFF_FILES:
        if file not in texts:
            continue
        try:
            document: object = tomllib.loads(texts[file])
        except tomllib.TOMLDecodeError:
            continue
        settings = document if file != "pyproject.toml" else _under(document, "tool", "ruff")
        if isinstance(settings, Mapping) and settings:
            yield _of_ruff(settings, file)
            return


def _of_ruff(settings: Mapping[str, object], file: str) -> Bans:
    """Return what a ruff configuration bans; its older form has no table `lint`."""
    tables = [table for table in (_under(settings, "lint"), settings) if isinstance(table, Mapping)]
    tidy = [_under(table, "flake8-tidy-imports") for table in tables]
    apis = [_under(table, "banned-api") for table in tidy]
    relative = next((value for table in tidy if (value := _text(table, _RELATIVE))), None)
    if relative is None and any(map(_selects_relative, tables)):
        relative = "parents"
    paths = [
        Ban(path, _message(message), file)
        for table in apis
        if isinstance(table, Mapping)
        for path, entry in table.items()
        if (message := _text(entry, "msg")) is not None
    ]
    later = [_under(table, "banned-module-level-imports") for table in tidy]
    return Bans(
        relative if relative in ("all", "parents") else None,
        file,
        tuple(ban for ban in paths if is_dotted_name(ban.path)),
        tuple(
            f"{file}: '{name}' is banned at module level only; there is no such rule here"
            for names in later
            if isinstance(names, list)
            for name in names
        ),
    )


def _selects_relative(table: Mapping[str, object]) -> bool:
    """Return whether ruff's rule against relative imports is on."""
    on = [*_texts(table, "select"), *_texts(table, "extend-select")]
    off = [*_texts(table, "ignore"), *_texts(table, "extend-ignore")]
    return _names_relative([*on, *["T" for code in on if code == "ALL"]]) > _names_relative(off)


def _names_relative(codes: Sequence[str]) -> int:
    """Return the length of the longest code that stands for the rule, 0 if there is none."""
    return max((len(code) for code in codes if _RELATIVE_RULE.startswith(code)), default=0)


def _read_flake8(texts: Mapping[str, str]) -> Iterator[Bans]:
    for file in FLAKE8_FILES:
        if file not in texts:
            continue
        parser = configparser.RawConfigParser(strict=False)
        try:
            parser.read_string(texts[file])
        except configparser.Error:
            continue
        if parser.has_section("flake8"):
            yield _of_flake8(dict(parser["flake8"]), file)
            return


def _of_flake8(options: Mapping[str, str], file: str) -> Bans:
    """Return what a flake8 configuration bans; its options may be spelt with underscores."""
    found = {key.replace("_", "-"): value for key, value in options.items()}
    word = found.get(_RELATIVE, "").strip().lower()
    paths: list[Ban] = []
    others: list[str] = []
    for line in found.get("banned-modules", "").split("\n"):
        written, equals, message = (part.strip() for part in line.partition("="))
        path = written.removesuffix(".*")
        if is_dotted_name(path):
            paths.append(Ban(path, _message(message), file))
        elif equals or written:
            others.append(f"{file}: '{written}' is no dotted name; add a move for each path")
    relative = "all" if word in _YES else word
    return Bans(
        relative if relative in ("all", "parents") else None, file, tuple(paths), tuple(others)
    )


_RELATIVE = "ban-relative-imports"


def _under(table: object, *keys: str) -> object:
    """Return what stands under keys of a TOML document; None if nothing does."""
    for key in keys:
        table = table.get(key) if isinstance(table, Mapping) else None
    return table


def _text(table: object, key: str) -> str | None:
    value = _under(table, key)
    return value if isinstance(value, str) else None


def _texts(table: object, key: str) -> list[str]:
    value = _under(table, key)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _message(text: str) -> str:
    """Return a message on one line, without characters that cannot be shown."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
