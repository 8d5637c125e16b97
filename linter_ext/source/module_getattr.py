"""What a module's `__getattr__` (PEP 562) comes to for one name, played through.

Where `lazy_names` reads which names a function may answer for, this follows what it does for one:
a table that says which module has the name, `import_module`, `getattr`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass

from linter_ext.source.file import SourceFile
from linter_ext.source.gaps import Answer
from linter_ext.source.index import Index
from linter_ext.source.played import GivesUpError, PlayedError, Player
from linter_ext.source.played_values import UNKNOWN, Function, ModuleValues, Scope

_GETATTR = "__getattr__"


@dataclass(frozen=True, slots=True)
class Lookup:
    """What comes of asking a module's `__getattr__` for a name.

    Attributes:
        loads:      the modules that it imports for certain, in order.
        is_refused: whether it raises AttributeError for certain, or a module that it imports is
                    not there.
        behind:     the dotted path whose lack makes it so; empty if it is none.
    """

    loads: tuple[str, ...] = ()
    is_refused: bool = False
    behind: str = ""


class ModuleGetattr:
    """Asks `__getattr__` functions. What is asked once is remembered.

    Args:
        index:  the project's modules.
        module: tells whether a module is there.
        name:   tells whether a module has a name.
    """

    def __init__(
        self,
        index: Index,
        module: Callable[[str], Answer],
        name: Callable[[str, str], Answer],
    ) -> None:
        self._values = ModuleValues(index, self._evaluate)
        self._module = module
        self._name = name
        self._found: dict[tuple[str, str], Lookup] = {}

    def look_up(self, file: SourceFile, name: str) -> Lookup:
        """Return what a module's own `__getattr__` does for a name that nothing binds."""
        key = (file.module.name, name)
        if key not in self._found:
            self._found[key] = Lookup()  # While it is being asked.
            self._found[key] = self._play(file, name)
        return self._found[key]

    def _evaluate(self, file: SourceFile, expression: ast.expr) -> object:
        """Return what an expression at the level of a module comes to."""
        player = Player(self._values, self._module, self._name)
        try:
            return player.value(expression, Scope(file))
        except (GivesUpError, PlayedError, RecursionError):
            return UNKNOWN

    def _play(self, file: SourceFile, name: str) -> Lookup:
        function = self._values.of(file, _GETATTR)
        if not isinstance(function, Function):
            return Lookup()
        module = file.module.name
        player = Player(self._values, self._module, self._name, (module, name))
        failure: PlayedError | None = None
        try:
            player.play(function, [name])
        except PlayedError as error:
            failure = error
        except (GivesUpError, RecursionError):
            failure = None
        loads = tuple(dict.fromkeys(player.loads))
        # Of a package, `from … import` asks twice: what the first try has set is there then.
        may_set = player.has_called_out or (module, name) in player.written
        is_set = file.module.is_package and may_set
        is_lacking = failure is not None and (failure.kind == "AttributeError" or failure.lacking)
        if failure is None or is_set or not is_lacking:
            return Lookup(loads)
        return Lookup(loads, is_refused=True, behind=failure.lacking)
