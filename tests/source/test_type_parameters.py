"""Type parameters open a scope of their own (PEP 695), from Python 3.12."""

from __future__ import annotations

import ast
import sys
from typing import Any

import pytest

from linter_ext.source.bindings import find_bindings
from linter_ext.source.expressions import find_expressions
from linter_ext.source.parser import find_imports, parse
from linter_ext.source.text import SourceText
from tests.source.reading import found_uses, marked_uses


@pytest.mark.skipif(sys.version_info < (3, 12), reason="type parameters came with Python 3.12")
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("import a\ndef f[a](x: a.no) -> a.no: a.no\na.yes", id="a function's"),
        pytest.param("import a\n@a.yes\ndef f[a](x=a.yes): 0", id="defaults stand outside"),
        pytest.param("import a\n@a.yes\nclass C[a](a.no): a.no\na.yes", id="a class's"),
        pytest.param("import a\ntype A[a] = a.no\ntype B = a.yes", id="an alias's"),
        pytest.param("import a\ndef f[T: a.yes, *U, **V](): 0", id="a bound"),
        pytest.param(
            "class C:\n import a\n def f[T: a.yes](self, x: a.yes): a.no", id="a class's names"
        ),
        pytest.param("import a\ndef f():\n type a = 1\n a.no", id="an alias is local"),
    ],
)
def test_type_parameters_have_a_scope(text: str) -> None:
    assert found_uses(text) == marked_uses(text)


class _TypeVar(ast.AST):
    """As `ast.TypeVar` is."""

    _fields = ("name", "bound")


class _TypeAlias(ast.stmt):
    """As `ast.TypeAlias` is."""

    _fields = ("name", "type_params", "value")


TypeVar: Any = _TypeVar
TypeAlias: Any = _TypeAlias


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the parser itself makes these nodes")
def test_type_parameters_have_a_scope_in_a_tree_made_by_hand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ast, "TypeAlias", TypeAlias, raising=False)
    text = "import a\n@a.b\ndef f(x: a.no = a.c): a.no\nA = a.no\nB = a.d\na.e"
    source, tree = SourceText(text), parse(text)
    imports = find_imports(tree, source)
    function, alias, plain = tree.body[1:4]
    assert isinstance(alias, ast.Assign)
    assert isinstance(plain, ast.Assign)
    bound = ast.parse("a.T", mode="eval").body
    function.type_params = [TypeVar("a", bound), TypeVar("T", None)]  # type: ignore[attr-defined]
    in_scope = TypeAlias(alias.targets[0], [TypeVar("a", None)], alias.value)
    tree.body[2] = ast.copy_location(in_scope, alias)
    tree.body[3] = ast.copy_location(TypeAlias(plain.targets[0], [], plain.value), plain)

    uses = find_expressions(tree, imports, source).uses

    assert [use.attributes for use in uses] == [("b",), ("c",), ("d",), ("e",)]
    assert find_bindings(tree, imports, text).definitions == {"f", "A", "B"}
