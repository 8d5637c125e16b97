"""The options that a rule declares: what an INI file or TOML says of them, and their values.

They need no import-linter, which is slow to import; `contract_types` makes import-linter's own
fields of them. `option` lets the type checker see the values where a class declares the fields.
"""

from __future__ import annotations

import abc
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Generic, TypeVar, cast

from linter_ext.engine import Ignore
from linter_ext.errors import ConfigurationError, Problem

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


class Field(abc.ABC, Generic[T]):
    """An option.

    Attributes:
        default: its value where the configuration says nothing.
    """

    def __init__(self, default: T) -> None:
        self.default = default

    @abc.abstractmethod
    def parse(self, raw_data: object) -> T:
        """Return the value.

        Args:
            raw_data: a text or a list of texts, as import-linter reads INI files, or whatever
                      TOML has.

        Raises:
            ConfigurationError: with every mistake in it; the problems need not name the option.
        """


def option(field: Field[T]) -> T:
    """Return the field under the type of the value that takes its place in each rule."""
    return cast("T", field)


class ChoiceField(Field[E]):
    """One word out of an enumeration."""

    def parse(self, raw_data: object) -> E:
        """Return the member whose value is the word."""
        members = type(self.default)
        for member in members:
            if member.value == str(raw_data).strip().lower():
                return member
        *others, last = (f"'{member.value}'" for member in members)
        choices = f"{', '.join(others)} or {last}"
        raise _mistake(f"'{raw_data}' is not a choice", f"write {choices}")


class GuidanceField(Field[str]):
    """Free text, over several lines in INI files."""

    def __init__(self) -> None:
        super().__init__("")

    def parse(self, raw_data: object) -> str:
        """Return the text."""
        return "\n".join(strings(raw_data))


class NumberField(Field[int | None]):
    """A number of things, 0 or more; none by default."""

    def __init__(self) -> None:
        super().__init__(None)

    def parse(self, raw_data: object) -> int:
        """Return the number."""
        text = str(raw_data).strip()
        if not (text.isascii() and text.isdigit()):
            raise _mistake(f"'{raw_data}' is not a number", "write 0 or a positive number")
        return int(text)


class ItemsField(Field[tuple[T, ...]]):
    """Any number of items, one a line in INI files, a list in TOML; none by default.

    `parse_item` makes an item of a text, or raises ConfigurationError.
    """

    def __init__(self, parse_item: Callable[[str], T]) -> None:
        super().__init__(())
        self._parse_item = parse_item

    def parse(self, raw_data: object) -> tuple[T, ...]:
        """Return the parsed items; all that cannot be parsed are reported together."""
        if raw_data in _TRUTH_VALUES:
            raise _no_text(raw_data)
        items: list[T] = []
        problems: list[Problem] = []
        for text in strings(raw_data):
            try:
                items.append(self._parse_item(text))
            except ConfigurationError as error:
                problems.extend(error.problems)
        if problems:
            raise ConfigurationError(problems)
        return tuple(items)


def strings(raw_data: object) -> list[str]:
    """Return an option's non-empty lines or list items.

    A TOML table counts as a list of `key => value` items.

    Raises:
        ConfigurationError: for anything that is neither text, nor a list of texts, nor a table
            of texts.
    """
    if isinstance(raw_data, Mapping):
        return [_arrow_line(key, value) for key, value in raw_data.items()]
    if isinstance(raw_data, str):
        raw_data = raw_data.split("\n")
    items = raw_data if isinstance(raw_data, list) else [raw_data]
    return [text for item in items if (text := _text(item))]


def _text(item: object) -> str:
    if not isinstance(item, str):
        raise _no_text(item)
    return item.strip()


def _no_text(value: object) -> ConfigurationError:
    return _mistake(f"'{value}' is not text", "write a text or a list of texts")


def _arrow_line(key: str, value: object) -> str:
    if isinstance(value, Mapping):
        raise _mistake(f"'{key}' is split at its dots", f"quote the whole key: {_QUOTED}")
    if not isinstance(value, str):
        raise _mistake(f"the value of '{key}' is not text", f"quote it: {_QUOTED}")
    return f"{key} => {value}"


def module_expression(text: str) -> str:
    """Return a module expression, as import-linter spells it and checks it.

    Raises:
        ConfigurationError: if it is none.
    """
    parts = text.split(".")
    fact = _misplaced_wildcard(parts)
    if fact is not None:
        raise _mistake(f"'{text}': {fact}", _WILDCARDS)
    if not all(part.isidentifier() or part in _WILDCARD_PARTS for part in parts):
        raise _mistake(f"'{text}' is not a module expression", _WILDCARDS)
    return text


def _misplaced_wildcard(parts: list[str]) -> str | None:
    last = None
    for part in parts:
        if last == "**" and part in _WILDCARD_PARTS:
            return "a recursive wildcard cannot be followed by a wildcard"
        if last == "*" and part == "**":
            return "a wildcard cannot be followed by a recursive wildcard"
        if "*" in part and part not in _WILDCARD_PARTS:
            return "a wildcard can only replace a whole module"
        last = part
    return None


def ignore_import(text: str) -> Ignore:
    """Return one line of `ignore_imports`.

    Raises:
        ConfigurationError: if it is not two module expressions with an arrow between them.
    """
    importer, _, imported = (part.strip() for part in text.partition("->"))
    if not (importer and imported):
        fact = f"'{text}' does not name two modules with '->' between them"
        raise _mistake(fact, "write 'package.importer -> package.imported'")
    return Ignore(module_expression(importer), module_expression(imported))


def _mistake(fact: str, remedy: str) -> ConfigurationError:
    return ConfigurationError([Problem(fact=fact, remedy=remedy)])


_QUOTED = '"app.old" = "app.new"'
# import-linter makes texts of TOML's truth values.
_TRUTH_VALUES = ("True", "False")
_WILDCARD_PARTS = ("*", "**")
_WILDCARDS = "write names joined by dots, '*' for any one of them, '**' for any number"
