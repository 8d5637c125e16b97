"""Canonical names and gateways: option lines, TOML files, and how registries join."""

from __future__ import annotations

import datetime

import pytest

from linter_ext.errors import ConfigurationError
from linter_ext.tables.origin import Origin
from linter_ext.tables.registry import (
    AlsoPath,
    CanonicalName,
    Gateway,
    Registry,
    merge,
    parse_canonical_line,
    parse_gateway_line,
    parse_registry,
)

FILE = "contracts/registry.toml"
DAY, NEXT_DAY = datetime.date(2025, 9, 1), datetime.date(2025, 9, 2)
CANONICAL_REMEDY = "write 'name => module', such as 'Client => app.services.client'"
GATEWAY_REMEDY = "write 'dependency => module', such as 'redis => app.services.redis_client'"


def at(line: int, file: str = FILE) -> Origin:
    return Origin(file=file, line=line)


def test_a_canonical_line_names_the_module() -> None:
    assert parse_canonical_line(" Client => app.client ") == CanonicalName(
        name="Client", module="app.client"
    )


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        pytest.param("", "the line is empty", id="empty"),
        pytest.param("Client", "'Client' names nothing to the right of '=>'", id="no arrow"),
        pytest.param("Client =>", "'Client =>' names nothing to the right of '=>'", id="no module"),
        pytest.param("=> app", "'=> app' names nothing to the left of '=>'", id="no name"),
        pytest.param("a.Client => app", "'a.Client' is not a single name", id="a dotted name"),
        pytest.param("Client => my-app", "'my-app' is not a dotted name", id="a dash"),
    ],
)
def test_a_canonical_line_of_another_shape_is_refused(line: str, fact: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_canonical_line(line)
    assert str(caught.value) == f"{fact}; {CANONICAL_REMEDY}"


def test_a_gateway_line_names_the_module() -> None:
    assert parse_gateway_line("os.environ => app.env") == Gateway(
        dependency="os.environ", module="app.env"
    )


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        pytest.param("redis", "'redis' names nothing to the right of '=>'", id="no module"),
        pytest.param("a => b => c", "'a => b => c' has more than one '=>'", id="two arrows"),
    ],
)
def test_a_gateway_line_of_another_shape_is_refused(line: str, fact: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_gateway_line(line)
    assert str(caught.value) == f"{fact}; {GATEWAY_REMEDY}"


@pytest.mark.parametrize(
    ("text", "registry"),
    [
        pytest.param("", Registry(), id="an empty file"),
        pytest.param(
            '[[canonical]]\nname = "Client"\nmodule = "app.client"\nalso = ["app", "app.api"]\n'
            'verified = 2025-09-01\n\n[[gateways]]\ndependency = "redis"\nmodule = "app.redis"\n'
            'also = ["app.cache"]\n',
            Registry(
                names=(
                    CanonicalName(
                        name="Client",
                        module="app.client",
                        also=("app", "app.api"),
                        verified=DAY,
                        origin=at(2),
                    ),
                ),
                gateways=(
                    Gateway(
                        dependency="redis", module="app.redis", also=("app.cache",), origin=at(8)
                    ),
                ),
            ),
            id="every key",
        ),
        pytest.param(
            "canonical = [\n{name = 'A', module = 'm', also = ['m', 'n']},\n"
            "{name = 'B', module = 'm'},\n"
            "{name = 'A', module = 'm', also = ['o', 'n'], verified = '2025-09-01'},\n]",
            Registry(
                names=(
                    CanonicalName(
                        name="A", module="m", also=("n", "o"), verified=DAY, origin=at(2)
                    ),
                    CanonicalName(name="B", module="m", origin=at(3)),
                )
            ),
            id="what is said twice is united",
        ),
    ],
)
def test_a_registry_file_is_read(text: str, registry: Registry) -> None:
    assert parse_registry(text, FILE) == registry


DOTTED = "write identifiers joined by dots, such as package.module.Name"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param(
            "[[gateway]]\ndependency = 'a'\nmodule = 'b'\n",
            [":1: gateway: unknown key; did you mean 'gateways'?"],
            id="a table nearly right",
        ),
        pytest.param(
            "x = 1\n",
            [":1: x: unknown key; put the entries under [[canonical]] or [[gateways]]"],
            id="an unknown table",
        ),
        pytest.param(
            "[[canonical]]\nname = 'a.B'\nmodul = 'b'\nalso = 'c'\nverified = true\n"
            "[[gateways]]\ndependency = 'a-b'\nmodule = 'm'\nalso = ['n', 1]\n",
            [
                ":2: name: 'a.B' is not a single name; write one identifier, without dots",
                ':2: module: an entry of [[canonical]] lacks this key; add module = "…"',
                ":3: modul: unknown key in [[canonical]]; did you mean 'module'?",
                ':4: also: the value is not a list; write ["…", "…"]',
                ":5: verified: the value is not a date; write a date such as 2025-01-31",
                f":7: dependency: 'a-b' is not a dotted name; {DOTTED}",
                f":9: also: the list holds something other than dotted names; {DOTTED}",
            ],
            id="everything at once",
        ),
        pytest.param(
            "[[canonical]]\nmodule = 'm'\n[[canonical]]\nname = 'A'\nmodule = 'm'\n"
            "[[canonical]]\nname = 'A'\nmodule = 'n'\nx = 1\n",
            [
                ':1: name: an entry of [[canonical]] lacks this key; add name = "…"',
                (
                    ":7: one name, two homes: 'A' is canonical in 'm' (contracts/registry.toml:4) "
                    "and in 'n' (contracts/registry.toml:7); "
                    "keep one, and list the other under 'also' or mark it deprecated"
                ),
                ":9: x: unknown key in [[canonical]]; use one of name, module, also, verified",
            ],
            id="two homes in one file",
        ),
    ],
)
def test_every_mistake_of_a_registry_is_told(text: str, problems: list[str]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_registry(text, FILE)
    assert str(caught.value).splitlines() == [FILE + problem for problem in problems]


A = CanonicalName(name="A", module="m", also=("n",), origin=at(1, "a.toml"))
B = CanonicalName(name="B", module="m", origin=at(2, "a.toml"))
REDIS = Gateway(dependency="redis", module="r", also=("s",), origin=at(3, "a.toml"))


@pytest.mark.parametrize(
    ("registries", "merged"),
    [
        pytest.param([], Registry(), id="none"),
        pytest.param(
            [Registry(names=(A,)), Registry(names=(B,), gateways=(REDIS,))],
            Registry(names=(A, B), gateways=(REDIS,)),
            id="different names stand side by side",
        ),
        pytest.param(
            [
                Registry(names=(CanonicalName(name="A", module="m", verified=DAY),)),
                Registry(names=(A, CanonicalName(name="A", module="m", verified=NEXT_DAY))),
            ],
            Registry(
                names=(CanonicalName(name="A", module="m", also=("n",), verified=NEXT_DAY),),
            ),
            id="the same name unites: all second paths, the last date, the first place",
        ),
        pytest.param(
            [
                Registry(gateways=(REDIS,)),
                Registry(gateways=(Gateway(dependency="redis", module="r", also=("t", "r", "s")),)),
            ],
            Registry(
                gateways=(
                    Gateway(
                        dependency="redis", module="r", also=("s", "t"), origin=at(3, "a.toml")
                    ),
                )
            ),
            id="the same dependency unites, its own module is no second path",
        ),
        pytest.param(
            [
                Registry(
                    also=(
                        AlsoPath(name="A", module="o"),
                        AlsoPath(name="A", module="m"),
                        AlsoPath(name="Unknown", module="o"),
                    )
                ),
                Registry(names=(A, B)),
            ],
            Registry(
                names=(
                    CanonicalName(name="A", module="m", also=("n", "o"), origin=at(1, "a.toml")),
                    B,
                )
            ),
            id="second paths find their name in another file, or are dropped",
        ),
    ],
)
def test_registries_are_merged(registries: list[Registry], merged: Registry) -> None:
    assert merge(registries) == merged
    assert merge([merged]) == merged


def test_two_homes_in_two_files_are_all_told_at_once() -> None:
    first = Registry(names=(A, B), gateways=(REDIS,))
    second = Registry(
        names=(CanonicalName(name="A", module="n", origin=at(7, "docs/registry.md")),),
        gateways=(Gateway(dependency="redis", module="s"),),
    )
    with pytest.raises(ConfigurationError) as caught:
        merge([first, second])
    assert str(caught.value).splitlines() == [
        (
            "docs/registry.md:7: one name, two homes: 'A' is canonical in 'm' (a.toml:1) "
            "and in 'n' (docs/registry.md:7); "
            "keep one, and list the other under 'also' or mark it deprecated"
        ),
        (
            "one dependency, two gateways: 'redis' belongs to 'r' (a.toml:3) and to 's'; "
            "keep one, and list the other under 'also'"
        ),
    ]
