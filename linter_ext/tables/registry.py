"""Canonical names and gateways: the one module to import a name or a dependency from."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from linter_ext.errors import ConfigurationError, Problem
from linter_ext.tables.arrow_lines import split_arrow_line
from linter_ext.tables.origin import NOWHERE, Origin, placed

if TYPE_CHECKING:
    from linter_ext.tables.toml_tables import Entry

_TABLES = {
    "canonical": ("name", "module", "also", "verified"),
    "gateways": ("dependency", "module", "also"),
}
_CANONICAL_REMEDY = "write 'name => module', such as 'Client => app.services.client'"
_GATEWAY_REMEDY = "write 'dependency => module', such as 'redis => app.services.redis_client'"


class CanonicalName(NamedTuple):
    """A name, and the one module to import it from.

    Attributes:
        name:     the name, one identifier.
        module:   its canonical module.
        also:     further modules it may be imported from.
        verified: the day on which the import was last seen to work.
        origin:   where the entry is written.
    """

    name: str
    module: str
    also: tuple[str, ...] = ()
    verified: datetime.date | None = None
    origin: Origin = NOWHERE


class Gateway(NamedTuple):
    """An outside dependency, and the one module that may use it.

    Attributes:
        dependency: the dependency, a dotted name: a module, or a name in one.
        module:     the module that may use it.
        also:       further modules that may.
        origin:     where the entry is written.
    """

    dependency: str
    module: str
    also: tuple[str, ...] = ()
    origin: Origin = NOWHERE


class AlsoPath(NamedTuple):
    """A second path that is allowed for a name, whose canonical module stands elsewhere.

    Attributes:
        name:   the name, one identifier.
        module: the further module it may be imported from.
        origin: where the path is written.
    """

    name: str
    module: str
    origin: Origin = NOWHERE


class Registry(NamedTuple):
    """What registry files and option lines declare.

    Attributes:
        names:    the canonical names.
        gateways: the gateways.
        also:     second paths not yet joined with their names; `merge` leaves none.
    """

    names: tuple[CanonicalName, ...] = ()
    gateways: tuple[Gateway, ...] = ()
    also: tuple[AlsoPath, ...] = ()


def parse_canonical_line(line: str) -> CanonicalName:
    """Return the canonical name an option line `name => module` declares.

    Raises ConfigurationError, without a file, if the line has another shape.
    """
    name, module = split_arrow_line(line, remedy=_CANONICAL_REMEDY, both=True)
    if not name.isidentifier():
        fact = f"'{name}' is not a single name"
        raise ConfigurationError([Problem(fact=fact, remedy=_CANONICAL_REMEDY)])
    return CanonicalName(name=name, module=module)


def parse_gateway_line(line: str) -> Gateway:
    """Return the gateway an option line `dependency => module` declares.

    Raises ConfigurationError, without a file, if the line has another shape.
    """
    dependency, module = split_arrow_line(line, remedy=_GATEWAY_REMEDY, both=True)
    return Gateway(dependency=dependency, module=module)


def parse_registry(text: str, file: str) -> Registry:
    """Return what the text of a TOML registry declares, each name and dependency once.

    Raises ConfigurationError with every mistake of the file, each with its line; to give one
    name two canonical modules is one.
    """
    # Most contracts name no file, and TOML is slow to import.
    from linter_ext.tables.toml_tables import Document  # noqa: PLC0415

    document = Document(text, file, _TABLES)
    names = [_canonical_name(entry) for entry in document.entries("canonical")]
    gateways = [_gateway(entry) for entry in document.entries("gateways")]
    registry, conflicts = unite(
        # An entry without its key is refused already and conflicts with nothing.
        names=[name for name in names if name.name and name.module],
        gateways=[gateway for gateway in gateways if gateway.dependency and gateway.module],
    )
    document.check(conflicts)
    return registry


def merge(registries: Iterable[Registry]) -> Registry:
    """Return one registry of all, in order, with second paths joined to their names.

    A second path of a name that no registry declares is dropped. Raises ConfigurationError
    for each name and each dependency with two homes.
    """
    registries = tuple(registries)
    registry, conflicts = unite(
        names=chain.from_iterable(registry.names for registry in registries),
        gateways=chain.from_iterable(registry.gateways for registry in registries),
    )
    if conflicts:
        raise ConfigurationError(conflicts)
    further: dict[str, list[str]] = {}
    for path in chain.from_iterable(registry.also for registry in registries):
        further.setdefault(path.name, []).append(path.module)
    names = (
        name._replace(also=_second_paths(name.module, [name.also, further.get(name.name, ())]))
        for name in registry.names
    )
    return Registry(names=tuple(names), gateways=registry.gateways)


def unite(
    *,
    names: Iterable[CanonicalName],
    gateways: Iterable[Gateway],
) -> tuple[Registry, list[Problem]]:
    """Return each name and dependency once, at its first place, and those with two homes."""
    problems: list[Problem] = []
    by_name = _group(names, lambda name: name.name, _two_homes, problems)
    by_dependency = _group(gateways, lambda gateway: gateway.dependency, _two_gateways, problems)
    registry = Registry(
        names=tuple(
            same[0]._replace(
                also=_second_paths(same[0].module, (name.also for name in same)),
                verified=max((name.verified for name in same if name.verified), default=None),
            )
            for same in by_name
        ),
        gateways=tuple(
            same[0]._replace(
                also=_second_paths(same[0].module, (gateway.also for gateway in same)),
            )
            for same in by_dependency
        ),
    )
    return registry, problems


_Home = TypeVar("_Home", CanonicalName, Gateway)


def _group(
    homes: Iterable[_Home],
    key: Callable[[_Home], str],
    conflict: Callable[[_Home, _Home], Problem],
    problems: list[Problem],
) -> Iterable[list[_Home]]:
    """Return the homes that agree, together; note a problem for each that does not."""
    groups: dict[str, list[_Home]] = {}
    for home in homes:
        same = groups.setdefault(key(home), [home])
        if home.module != same[0].module:
            problems.append(conflict(same[0], home))
        elif home is not same[0]:
            same.append(home)
    return groups.values()


def _second_paths(module: str, lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Return the modules of all lists, each once, without the canonical one."""
    modules = dict.fromkeys(chain.from_iterable(lists))
    modules.pop(module, None)
    return tuple(modules)


def _two_homes(first: CanonicalName, second: CanonicalName) -> Problem:
    return Problem(
        file=second.origin.file,
        line=second.origin.line,
        fact=(
            f"one name, two homes: '{second.name}' is canonical in {_place(first)} "
            f"and in {_place(second)}"
        ),
        remedy="keep one, and list the other under 'also' or mark it deprecated",
    )


def _two_gateways(first: Gateway, second: Gateway) -> Problem:
    return Problem(
        file=second.origin.file,
        line=second.origin.line,
        fact=(
            f"one dependency, two gateways: '{second.dependency}' belongs to {_place(first)} "
            f"and to {_place(second)}"
        ),
        remedy="keep one, and list the other under 'also'",
    )


def _place(home: CanonicalName | Gateway) -> str:
    return placed(f"'{home.module}'", home.origin)


def _canonical_name(entry: Entry) -> CanonicalName:
    """Return the canonical name of an entry; nonsense where the entry is refused."""
    return CanonicalName(
        name=entry.identifier("name") or "",
        module=entry.dotted_name("module", required=True) or "",
        also=entry.dotted_names("also"),
        verified=entry.date("verified"),
        origin=entry.origin,
    )


def _gateway(entry: Entry) -> Gateway:
    """Return the gateway of an entry; nonsense where the entry is refused."""
    return Gateway(
        dependency=entry.dotted_name("dependency", required=True) or "",
        module=entry.dotted_name("module", required=True) or "",
        also=entry.dotted_names("also"),
        origin=entry.origin,
    )
