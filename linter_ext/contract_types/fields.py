"""Options as import-linter fields, that also take what TOML can say, and refuse the rest.

import-linter fills a contract's fields with plain values; `option` lets the type checker see
those values where the class declares the fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import TypeVar, cast

from importlinter.domain.fields import (
    Field,
    ImportExpressionField,
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


def problems_of(error: ConfigurationError) -> ValidationError:
    """Return a configuration error as the error a field raises."""
    return ValidationError("\n".join(str(problem) for problem in error.problems))


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
        choices = " or ".join(f"'{member.value}'" for member in self._enum)
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
        ValidationError: for anything that is neither text, nor a list of texts, nor a table.
    """
    if isinstance(raw_data, str):
        raw_data = raw_data.split("\n")
    if isinstance(raw_data, Mapping):
        raw_data = [f"{key} => {value}" for key, value in raw_data.items()]
    if not isinstance(raw_data, Sequence) or not all(isinstance(item, str) for item in raw_data):
        raise ValidationError(f"'{raw_data}' is not text; write a text or a list of texts")
    return [text for item in raw_data if (text := item.strip())]


def module_expression(text: str) -> str:
    """Return a module expression, as import-linter spells and checks it."""
    try:
        ModuleExpressionField().parse(text)
    except ValidationError as error:
        raise ValidationError(f"'{text}': {error.message.rstrip('.')}; {_WILDCARDS}") from error
    if not all(part.isidentifier() or set(part) == {"*"} for part in text.split(".")):
        raise ValidationError(f"'{text}' is not a module expression; {_WILDCARDS}")
    return text


def ignore_import(text: str) -> Ignore:
    """Return one line of `ignore_imports`."""
    try:
        ImportExpressionField().parse(text)
    except ValidationError as error:
        remedy = "write 'package.importer -> package.imported'"
        raise ValidationError(f"'{text}': {error.message.rstrip('.')}; {remedy}") from error
    importer, _, imported = text.partition("->")
    return Ignore(module_expression(importer.strip()), module_expression(imported.strip()))


_WILDCARDS = "write names joined by dots, '*' for any one of them, '**' for any number"
