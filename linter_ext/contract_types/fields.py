"""Options as import-linter fields, that also take what TOML can say, and refuse the rest.

import-linter fills a contract's fields with plain values; `option` lets the type checker see
those values where the class declares the fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import TypeVar, cast

from importlinter.domain.fields import (
    Field,
    ModuleExpressionField,
    ValidationError,
)

from linter_ext.engine import Ignore
from linter_ext.errors import ConfigurationError

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


def option(field: Field[T]) -> T:
    """Return the field under the type of the value that import-linter puts in its place."""
    return cast("T", field)


class ChoiceField(Field[E]):
    """One word out of an enumeration."""

    def __init__(self, default: E) -> None:
        super().__init__(default=default)
        self._enum = type(default)

    def parse(self, raw_data: object) -> E:
        """Return the member whose value is the word."""
        for member in self._enum:
            if member.value == str(raw_data).strip().lower():
                return member
        *others, last = (f"'{member.value}'" for member in self._enum)
        choices = f"{', '.join(others)} or {last}"
        raise ValidationError(f"'{raw_data}' is not a choice; write {choices}")


class GuidanceField(Field[str]):
    """Free text, over several lines in INI files."""

    def __init__(self) -> None:
        super().__init__(default="")

    def parse(self, raw_data: object) -> str:
        """Return the text."""
        return "\n".join(strings(raw_data))


class ItemsField(Field[tuple[T, ...]]):
    """Any number of items, one a line in INI files, a list in TOML; none by default."""

    def __init__(self, parse_item: Callable[[str], T]) -> None:
        super().__init__(default=())
        self._parse_item = parse_item

    def parse(self, raw_data: object) -> tuple[T, ...]:
        """Return the parsed items; all that cannot be parsed are reported together."""
        if raw_data in _TRUTH_VALUES:
            raise _no_text(raw_data)
        items: list[T] = []
        mistakes: list[str] = []
        for text in strings(raw_data):
            try:
                items.append(self._parse_item(text))
            except ValidationError as error:
                mistakes.append(error.message)
            except ConfigurationError as error:
                mistakes.extend(str(problem) for problem in error.problems)
        if mistakes:
            raise ValidationError("\n".join(mistakes))
        return tuple(items)


def strings(raw_data: object) -> list[str]:
    """Return an option's non-empty lines or list items.

    A TOML table counts as a list of `key => value` items.

    Raises:
        ValidationError: for anything that is neither text, nor a list of texts, nor a table of
            texts.
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


def _no_text(value: object) -> ValidationError:
    return ValidationError(f"'{value}' is not text; write a text or a list of texts")


def _arrow_line(key: str, value: object) -> str:
    if isinstance(value, Mapping):
        raise ValidationError(f"'{key}' is split at its dots; quote the whole key: {_QUOTED}")
    if not isinstance(value, str):
        raise ValidationError(f"the value of '{key}' is not text; quote it: {_QUOTED}")
    return f"{key} => {value}"


def module_expression(text: str) -> str:
    """Return a module expression, as import-linter spells and checks it."""
    try:
        ModuleExpressionField().parse(text)
    except ValidationError as error:
        fact = f"{error.message[:1].lower()}{error.message[1:].rstrip('.')}"
        raise ValidationError(f"'{text}': {fact}; {_WILDCARDS}") from error
    if not all(part.isidentifier() or set(part) == {"*"} for part in text.split(".")):
        raise ValidationError(f"'{text}' is not a module expression; {_WILDCARDS}")
    return text


def ignore_import(text: str) -> Ignore:
    """Return one line of `ignore_imports`."""
    importer, _, imported = (part.strip() for part in text.partition("->"))
    if not (importer and imported):
        fact = f"'{text}' does not name two modules with '->' between them"
        raise ValidationError(f"{fact}; write 'package.importer -> package.imported'")
    return Ignore(module_expression(importer), module_expression(imported))


_QUOTED = '"app.old" = "app.new"'
# import-linter makes texts of TOML's truth values.
_TRUTH_VALUES = ("True", "False")
_WILDCARDS = "write names joined by dots, '*' for any one of them, '**' for any number"
