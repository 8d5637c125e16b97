"""TOML files that hold lists of tables, read strictly: every mistake with its line."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from linter_ext.errors import ConfigurationError, Problem
from linter_ext.names import is_dotted_name
from linter_ext.spelling import closest
from linter_ext.tables.origin import Origin
from linter_ext.tables.toml_plain import KeyPath, Plain, read_plain

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|(?P<end>end of document))\)")
_DOTTED_NAME = "write identifiers joined by dots, such as package.module.Name"


class Document:
    """A table file: its entries, and the mistakes found in it so far."""

    def __init__(self, text: str, file: str, tables: Mapping[str, Sequence[str]]) -> None:
        """Read the text of a file that may hold these lists of tables, each with its keys.

        The first key of each list is the one an entry is found by. Unknown keys are noted as
        problems. Raises ConfigurationError if the text is not TOML at all.
        """
        self._file = file
        self._tables = tables
        self._problems: list[Problem] = []
        # Windows editors put a mark before the text, and tomllib refuses it.
        text = text.removeprefix("\ufeff").replace("\r\n", "\n")
        self._values, self._lines = read_plain(text) or _parsed(text, file)
        known = " or ".join(f"[[{table}]]" for table in tables)
        for key in self._values:
            if key not in tables:
                remedy = _suggestion(key, tables, f"put the entries under {known}")
                self.refuse((key,), "unknown key", remedy)

    def entries(self, table: str) -> list[Entry]:
        """Return the entries of a list of tables; what is no table is noted as a problem."""
        values = self._values.get(table, [])
        if not isinstance(values, list):
            self.refuse((table,), "not a list of tables", f"put each entry under [[{table}]]")
            return []
        entries = []
        for index, value in enumerate(values):
            if isinstance(value, dict):
                entries.append(Entry(self, (table, index), value, self._tables[table]))
            else:
                fact, remedy = "an entry is not a table", f"put each entry under [[{table}]]"
                self.refuse((table, index), fact, remedy, key=table)
        return entries

    def origin(self, path: KeyPath) -> Origin:
        """Return where the key at this path stands, or else the nearest key around it."""
        while path and path not in self._lines:
            path = path[:-1]
        return Origin(file=self._file, line=self._lines.get(path))

    def refuse(self, path: KeyPath, fact: str, remedy: str, *, key: str | None = None) -> None:
        """Note a problem with the key at this path."""
        line = self.origin(path).line
        self._problems.append(
            Problem(file=self._file, line=line, key=key or str(path[-1]), fact=fact, remedy=remedy)
        )

    def check(self, further: Iterable[Problem] = ()) -> None:
        """Raise ConfigurationError with all problems noted and the further ones, if any."""
        problems = sorted([*self._problems, *further], key=lambda problem: problem.line or 0)
        if problems:
            raise ConfigurationError(problems)


class Entry:
    """One table of a list. A value of the wrong kind is noted in the document, and reads None."""

    def __init__(
        self, document: Document, path: KeyPath, values: Mapping[str, object], keys: Sequence[str]
    ) -> None:
        """Take the values of the table at this path; note the keys that are unknown."""
        self._document = document
        self._path = path
        self._values = values
        self._anchor = keys[0]
        for key in values:
            if key not in keys:
                remedy = _suggestion(key, keys, f"use one of {', '.join(keys)}")
                self.refuse(key, f"unknown key in [[{path[0]}]]", remedy)

    @property
    def origin(self) -> Origin:
        """Return where the entry stands: the line of its first known key, or its own."""
        return self._document.origin((*self._path, self._anchor))

    def refuse(self, key: str, fact: str, remedy: str) -> None:
        """Note a problem with a key of this entry."""
        path = (*self._path, key)
        if key not in self._values:
            path = (*self._path, self._anchor)
        self._document.refuse(path, fact, remedy, key=key)

    def text(self, key: str) -> str | None:
        """Return a string; None if the key is absent."""
        value = self._values.get(key)
        if value is None or isinstance(value, str):
            return value
        self.refuse(key, "the value is not a string", "put it in quotes")
        return None

    def required(self, key: str) -> str | None:
        """Return a string; an absent key is noted as a problem."""
        if key not in self._values:
            fact = f"an entry of [[{self._path[0]}]] lacks this key"
            self.refuse(key, fact, f'add {key} = "…"')
        return self.text(key)

    def dotted_name(self, key: str, *, required: bool = False) -> str | None:
        """Return a dotted name; None if the key is absent, which may be noted as a problem."""
        value = self._values.get(key)
        if isinstance(value, str) and is_dotted_name(value):
            return value
        name = self.required(key) if required else self.text(key)
        if name is None or is_dotted_name(name):
            return name
        self.refuse(key, f"'{name}' is not a dotted name", _DOTTED_NAME)
        return None

    def identifier(self, key: str) -> str | None:
        """Return a single identifier; an absent key is noted as a problem."""
        name = self.required(key)
        if name is None or name.isidentifier():
            return name
        self.refuse(key, f"'{name}' is not a single name", "write one identifier, without dots")
        return None

    def dotted_names(self, key: str) -> tuple[str, ...]:
        """Return a list of dotted names; none if the key is absent."""
        values = self._values.get(key, [])
        if not isinstance(values, list):
            self.refuse(key, "the value is not a list", 'write ["…", "…"]')
            return ()
        names = [value for value in values if isinstance(value, str) and is_dotted_name(value)]
        if len(names) < len(values):
            self.refuse(key, "the list holds something other than dotted names", _DOTTED_NAME)
        return tuple(names)

    def choice(self, key: str, choices: Collection[str]) -> str | None:
        """Return one of the choices; None if the key is absent."""
        value = self.text(key)
        if value is None or value in choices:
            return value
        known = " or ".join(f"'{choice}'" for choice in choices)
        self.refuse(key, f"'{value}' is not among the possible values", f"write {known}")
        return None

    def date(self, key: str) -> datetime.date | None:
        """Return a date, written as a TOML date or as a string; None if the key is absent."""
        value = self._values.get(key)
        # A TOML date with a time is a datetime, which Python counts among the dates.
        if value is None or (
            isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
        ):
            return value
        if isinstance(value, str):
            try:
                return datetime.date.fromisoformat(value)
            except ValueError:
                pass
        shown = f"'{value}'" if isinstance(value, str) else "the value"
        self.refuse(key, f"{shown} is not a date", "write a date such as 2025-01-31")
        return None


def _parsed(text: str, file: str) -> Plain:
    """Return what a text says that is written in other ways."""
    # Slow to import, and most tables are plain.
    import tomllib  # noqa: PLC0415

    from linter_ext.tables.toml_lines import key_lines  # noqa: PLC0415

    try:
        return Plain(tomllib.loads(text), key_lines(text))
    except (ValueError, RecursionError) as error:
        raise ConfigurationError([_malformed(error, text, file)]) from error


def _suggestion(key: str, known: Iterable[str], otherwise: str) -> str:
    """Return the known key the user may have meant as a question, or else the other remedy."""
    close = closest(key, known)
    return otherwise if close is None else f"did you mean '{close}'?"


def _malformed(error: Exception, text: str, file: str) -> Problem:
    """Return the problem of a text that tomllib refuses."""
    message = str(error)
    line = None
    place = _PLACE.search(message)
    if place is not None:
        message = message[: place.start()]
        line = text.rstrip().count("\n") + 1 if place["end"] else int(place["line"])
    return Problem(
        file=file, line=line, fact=f"not valid TOML: {message}", remedy="correct the syntax"
    )
