"""Where each key of a TOML file stands: tomllib tells values, but no lines.

tomllib has accepted the text before, so this scanner takes valid TOML for granted and only
has to tell structure from strings and comments.
"""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

from linter_ext.tables.toml_plain import KeyPath

_TOKEN = re.compile(
    r'''
    (?P<blank>   [^\S\n]+ | \#[^\n]* )
  | (?P<string>  """(?:\\.|[^\\])*?"""(?:"{0,2}) | \'\'\'.*?\'\'\'(?:\'{0,2})
               | "(?:\\.|[^"\\])*" | \'[^\']*\' )
  | (?P<mark>    [\n\[\]{}=,.] )
  | (?P<bare>    [^\s\[\]{}=,."\'\#]+ )
    ''',
    re.VERBOSE | re.DOTALL,
)
_AFTER_VALUE = frozenset("\n,]}")


class _Token(NamedTuple):
    text: str
    line: int


def key_lines(text: str) -> dict[KeyPath, int]:
    """Return the line (1-based) of every key, table and list element of a valid TOML text."""
    scanner = _Scanner(text)
    scanner.scan()
    return scanner.lines


def _tokens(text: str) -> list[_Token]:
    tokens = []
    line = 1
    for found in _TOKEN.finditer(text):
        if found.lastgroup != "blank":
            tokens.append(_Token(found[0], line))
        line += found[0].count("\n")
    # The end of the file ends a statement as a line end does.
    tokens.append(_Token("\n", line))
    return tokens


class _Scanner:
    """One pass over the tokens, noting the line of each path it comes by."""

    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._tokens = _tokens(text)
        self._next = 0
        self._sizes: dict[KeyPath, int] = {}

    def scan(self) -> None:
        """Walk all statements: headers and pairs."""
        table: KeyPath = ()
        while self._next < len(self._tokens):
            if self._take("\n"):
                continue
            if self._take("["):
                table = self._header()
            else:
                self._pair(table)

    def _take(self, *texts: str) -> bool:
        """Step over the next token if it is one of the texts; return whether it was."""
        taken = self._tokens[self._next].text in texts
        self._next += taken
        return taken

    def _header(self) -> KeyPath:
        """Read `[a.b]` or `[[a.b]]` after its first bracket; return the path it opens."""
        line = self._tokens[self._next].line
        is_list = self._take("[")
        path: KeyPath = ()
        for name in self._key():
            path = self._last_entry(path)
            path = (*path, name)
            self.lines.setdefault(path, line)
        while self._take("]"):
            pass
        if is_list:
            self._sizes[path] = self._sizes.get(path, 0) + 1
            path = self._last_entry(path)
            self.lines[path] = line
        return path

    def _last_entry(self, path: KeyPath) -> KeyPath:
        """Return the path, led into the newest entry where it is a list of tables."""
        return (*path, self._sizes[path] - 1) if path in self._sizes else path

    def _key(self) -> list[str]:
        """Read a key, dotted or not, quoted or not."""
        names = []
        while True:
            text = self._tokens[self._next].text
            self._next += 1
            if text[0] in "\"'":
                text = tomllib.loads(f"key = {text}")["key"]
            names.append(text)
            if not self._take("."):
                return names

    def _pair(self, path: KeyPath) -> None:
        """Read `key = value`."""
        line = self._tokens[self._next].line
        for name in self._key():
            path = (*path, name)
            self.lines.setdefault(path, line)
        self._take("=")
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        if self._take("["):
            index = 0
            while not self._take("]"):
                if not self._take("\n", ","):
                    self.lines[(*path, index)] = self._tokens[self._next].line
                    self._value((*path, index))
                    index += 1
        elif self._take("{"):
            while not self._take("}"):
                if not self._take("\n", ","):
                    self._pair(path)
        else:
            while self._tokens[self._next].text not in _AFTER_VALUE:
                self._next += 1
