"""Which names the scopes of a text bind and read, as Python's own compiler sees them."""

from __future__ import annotations

import symtable
import warnings
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Scope(NamedTuple):
    """One scope.

    Attributes:
        name:    the function or class; `top` for the module.
        bound:   the names that something in it binds.
        imported: those of them that nothing but imports binds.
        read:    the names that it reads.
        outer:   the names that are bound around it, where it can see them.
    """

    name: str
    bound: frozenset[str]
    imported: frozenset[str]
    read: frozenset[str]
    outer: frozenset[str]

    @property
    def unbound(self) -> frozenset[str]:
        """The names that it reads and nothing binds."""
        return self.read - self.bound - self.outer


def read_scopes(text: str) -> tuple[Scope, ...]:
    """Return the scopes of a module, outer ones first.

    Raises:
        SyntaxError, ValueError: if the text is not valid Python.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        top = symtable.symtable(text, "<text>", "exec")
    return tuple(_scopes(top, frozenset()))


def _scopes(table: symtable.SymbolTable, outer: frozenset[str]) -> Iterator[Scope]:
    symbols = table.get_symbols()
    bound = frozenset(symbol.get_name() for symbol in symbols if _binds(symbol))
    yield Scope(
        name=table.get_name(),
        bound=bound,
        imported=frozenset(
            symbol.get_name()
            for symbol in symbols
            if symbol.is_imported()
            and not (symbol.is_assigned() or symbol.is_parameter() or symbol.is_namespace())
        ),
        read=frozenset(symbol.get_name() for symbol in symbols if symbol.is_referenced()),
        outer=outer,
    )
    seen = outer if table.get_type() == "class" else outer | bound
    for inner in table.get_children():
        yield from _scopes(inner, seen)


def _binds(symbol: symtable.Symbol) -> bool:
    return (
        symbol.is_assigned()
        or symbol.is_imported()
        or symbol.is_parameter()
        or symbol.is_namespace()
    )


class NameChange(NamedTuple):
    """What an edit of imports is expected to do to names.

    Attributes:
        dropped: the names that may not be bound any more.
        gained:  the names that may be bound as well.
    """

    dropped: frozenset[str]
    gained: frozenset[str]


def lost_names(old: Sequence[Scope], after: str, change: NameChange) -> str | None:
    """Return what another text of a module does to its names that it must not; None if nothing.

    Args:
        old:    the scopes of its text.
        after:  the other text, which differs from it in imports and uses of them.
        change: what it may do.

    Raises:
        SyntaxError, ValueError: if the other text is not valid Python.
    """
    new = read_scopes(after)
    if [scope.name for scope in old] != [scope.name for scope in new]:
        return "the file would have other scopes"
    for here, there in zip(old, new, strict=True):
        lost = here.bound - there.bound - change.dropped
        if lost:
            return f"'{min(lost)}' would not be bound any more"
        found = there.bound - here.bound - change.gained
        if found:
            return f"'{min(found)}' would be bound as well"
        loose = there.unbound - here.unbound
        if loose:
            return f"'{min(loose)}' is used by itself, and would not be bound any more"
    return None
