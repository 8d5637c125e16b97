"""What a module does while it is imported: the steps that a process takes, in order.

Only what bears on imports is a step. Of functions that the module itself calls, only the imports
at their beginning are; a branch that the running Python never takes is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from linter_ext.source.asked import Asked


class Asks(NamedTuple):
    """An import statement.

    Attributes:
        line:   its first line (1-based).
        asked:  what its names ask for; all of them take a name, or none does.
        binds:  whether it binds names of the module (not so in a class or function).
    """

    line: int
    asked: tuple[Asked, ...]
    binds: bool


class ClimbsOut(NamedTuple):
    """A relative import that climbs out of the topmost package.

    Attributes:
        line:   its first line (1-based).
        module: the module as written.
    """

    line: int
    module: str


class Loads(NamedTuple):
    """A call that imports a module by its absolute name, which stands there as a string.

    Attributes:
        line:     its first line (1-based).
        module:   the name.
        may_skip: whether a module that cannot be imported skips the rest, as in
                  `pytest.importorskip`.
    """

    line: int
    module: str
    may_skip: bool


class Binds(NamedTuple):
    """Names of the module that are bound, other than by imports."""

    names: tuple[str, ...]


class Unbinds(NamedTuple):
    """Names of the module that are deleted."""

    names: tuple[str, ...]


class Reads(NamedTuple):
    """An attribute chain that starts at a name bound by an import.

    Attributes:
        line:       where it starts (1-based).
        root:       the name.
        attributes: those after it, at least one.
    """

    line: int
    root: str
    attributes: tuple[str, ...]


class Registers(NamedTuple):
    """An assignment to `sys.modules[…]`.

    Attributes:
        module: the key; empty for the module's own name, None if the text does not tell.
        value:  the name that is put there; None if it is no plain name.
    """

    module: str | None
    value: str | None = None


class Ends(NamedTuple):
    """A statement after which nothing of the module runs.

    Attributes:
        line:  its first line (1-based).
        error: the class of the exception that it raises; empty if the text does not tell.
        skips: whether it leaves the file out of a test run, which is no failure.
    """

    line: int
    error: str
    skips: bool


@dataclass(frozen=True, slots=True)
class Handler:
    """What follows some failures of a `try` body.

    Attributes:
        errors: the names of the exception classes it catches; None for all of them.
        steps:  what it does.
    """

    errors: tuple[str, ...] | None
    steps: Steps


@dataclass(frozen=True, slots=True)
class Tries:
    """A `try`, or a `with` that swallows exceptions.

    Attributes:
        body:     what is tried.
        handlers: what follows a failure: the first that catches it.
        orelse:   what follows success.
        finally_: what follows in any case.
        others:   the names that the handlers bind.
    """

    body: Steps
    handlers: tuple[Handler, ...]
    orelse: Steps
    finally_: Steps
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chooses:
    """Branches of which one runs, if any; which one is not known.

    Attributes:
        branches: what each does.
        names:    the names that they bind.
    """

    branches: tuple[Steps, ...]
    names: tuple[str, ...]


Step: TypeAlias = (
    Asks | ClimbsOut | Loads | Binds | Unbinds | Reads | Registers | Ends | Tries | Chooses
)
Steps: TypeAlias = tuple[Step, ...]


def inner_steps(step: Step) -> tuple[Steps, ...]:
    """Return the sequences of steps that a step is made of; none for a simple one."""
    match step:
        case Tries():
            handlers = (handler.steps for handler in step.handlers)
            return step.body, *handlers, step.orelse, step.finally_
        case Chooses():
            return step.branches
    return ()


def all_steps(steps: Iterable[Step]) -> Iterator[Step]:
    """Yield every simple step, those inside others included, in the order of the text."""
    for step in steps:
        inner = inner_steps(step)
        if inner:
            for each in inner:
                yield from all_steps(each)
        else:
            yield step


def bound_names(steps: Iterable[Step]) -> tuple[str, ...]:
    """Return the names that the steps may bind; those of star imports aside."""
    found: dict[str, None] = {}
    for step in all_steps(steps):
        if isinstance(step, Binds):
            found.update(dict.fromkeys(step.names))
        elif isinstance(step, Asks) and step.binds:
            names = (asked.item.local_name for asked in step.asked if not asked.item.is_star)
            found.update(dict.fromkeys(names))
    return tuple(found)
