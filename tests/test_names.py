"""Dotted names and module expressions."""

from __future__ import annotations

import pytest

from linter_ext.names import (
    components_below,
    expression_pattern,
    is_dotted_name,
    is_under,
    join,
    matches,
    matches_package,
    prefixes,
)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        pytest.param("a", True, id="one identifier"),
        pytest.param("a.b_1.C", True, id="several"),
        pytest.param("é.ö", True, id="not in ASCII"),
        pytest.param("", False, id="nothing"),
        pytest.param(".a", False, id="a leading dot"),
        pytest.param("a.", False, id="a trailing dot"),
        pytest.param("a..b", False, id="two dots"),
        pytest.param("a.1", False, id="a number"),
        pytest.param("a-b", False, id="a dash"),
        pytest.param("a b", False, id="a blank"),
        pytest.param("a.*", False, id="a wildcard"),
    ],
)
def test_a_dotted_name_is_identifiers_and_dots(text: str, is_one: bool) -> None:
    assert is_dotted_name(text) is is_one


@pytest.mark.parametrize(
    ("name", "ancestor", "is_below"),
    [
        pytest.param("a", "a", True, id="itself"),
        pytest.param("a.b.c", "a.b", True, id="below"),
        pytest.param("ab", "a", False, id="a prefix ends at a dot"),
        pytest.param("a", "a.b", False, id="above"),
        pytest.param("x.a", "a", False, id="elsewhere"),
    ],
)
def test_a_name_lies_under_its_ancestors(name: str, ancestor: str, is_below: bool) -> None:
    assert is_under(name, ancestor) is is_below


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("a.b.c", ["a.b.c", "a.b", "a"], id="longest first"),
        pytest.param("a", ["a"], id="one component"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_prefixes(name: str, found: list[str]) -> None:
    assert list(prefixes(name)) == found


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        pytest.param(("a", "b.c"), "a.b.c", id="parts may be dotted"),
        pytest.param(("", "a", "", "b"), "a.b", id="empty parts are left out"),
        pytest.param((), "", id="nothing"),
    ],
)
def test_join(parts: tuple[str, ...], joined: str) -> None:
    assert join(*parts) == joined


@pytest.mark.parametrize(
    ("expression", "name", "is_match", "is_package_match"),
    [
        pytest.param("a.b", "a.b", True, True, id="the name itself"),
        pytest.param("a.b", "a.b.c", False, True, id="below it"),
        pytest.param("a.b", "a.bc", False, False, id="a longer component"),
        pytest.param("a.b", "a", False, False, id="above it"),
        pytest.param("a.b", "axb", False, False, id="a dot is a dot"),
        pytest.param("a.*", "a.b", True, True, id="one star, one component"),
        pytest.param("a.*", "a", False, False, id="one star, none"),
        pytest.param("a.*", "a.b.c", False, True, id="one star, two"),
        pytest.param("a.**", "a.b.c", True, True, id="two stars, two components"),
        pytest.param("a.**", "a", False, False, id="two stars, none"),
        pytest.param("a.*.c", "a.b.c", True, True, id="a star in the middle"),
        pytest.param("a.*.c", "a.b.x.c", False, False, id="one star, two in the middle"),
        pytest.param("a.**.c", "a.b.x.c.d", False, True, id="two stars, two in the middle"),
        pytest.param("*.b", "a.b", True, True, id="a star first"),
        pytest.param("**", "a.b", True, True, id="everything"),
    ],
)
def test_module_expressions(
    expression: str, name: str, is_match: bool, is_package_match: bool
) -> None:
    assert matches(expression, name) is is_match
    assert matches_package(expression, name) is is_package_match


def test_a_pattern_is_made_once() -> None:
    assert expression_pattern("a.*") is expression_pattern("a.*")


@pytest.mark.parametrize(
    ("paths", "below"),
    [
        pytest.param([], {}, id="nothing"),
        pytest.param(["a"], {}, id="one component"),
        pytest.param(
            ["a.b.c", "a.d", "e.f"],
            {"a": {"b", "d"}, "a.b": {"c"}, "e": {"f"}},
            id="each ancestor has what comes next",
        ),
    ],
)
def test_components_below(paths: list[str], below: dict[str, set[str]]) -> None:
    assert components_below(paths) == below
