"""Lookups that are meant to fail, or are never made; `HERE` marks the one that is asked about."""

from __future__ import annotations

import ast

import pytest

from linter_ext.source.expected_failures import is_meant_to_fail
from linter_ext.source.facts import Span
from linter_ext.source.parser import parse
from linter_ext.source.text import SourceText


def here(text: str) -> tuple[ast.Module, Span]:
    """Return the tree of a text, and where its mark stands."""
    tree, source = parse(text), SourceText(text)
    marks = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "HERE"]
    return tree, source.span(marks[0])


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        pytest.param("HERE", (False, False), id="plainly"),
        pytest.param("with raises(ImportError): HERE", (True, True), id="expected"),
        pytest.param("with pytest.raises((X, AttributeError)): HERE", (True, True), id="or other"),
        pytest.param("with a, self.assertRaises(ImportError) as e: HERE", (True, True), id="unit"),
        pytest.param("async with raises(ImportError): HERE", (True, True), id="async"),
        pytest.param("with suppress(ModuleNotFoundError): HERE", (True, True), id="suppressed"),
        pytest.param("with raises(ImportError):\n if x: HERE", (True, True), id="further inside"),
        pytest.param("with raises(ValueError): HERE", (False, False), id="another error"),
        pytest.param("with raises(Exception): HERE", (False, False), id="any error"),
        pytest.param("with other(ImportError): HERE", (False, False), id="no expectation"),
        pytest.param("with raises: HERE", (False, False), id="no call"),
        pytest.param("with raises(ImportError): 0\nHERE", (False, False), id="afterwards"),
        pytest.param("try: HERE\nexcept ImportError: 0", (True, True), id="handled"),
        pytest.param("try: HERE\nexcept (X, AttributeError): 0", (True, True), id="by several"),
        pytest.param("try: HERE\nexcept Exception: 0", (True, False), id="with any other"),
        pytest.param("try: HERE\nexcept: 0", (True, False), id="with all others"),
        pytest.param("try: HERE\nexcept ValueError: 0", (False, False), id="not handled"),
        pytest.param("try: HERE\nexcept ImportError: raise", (False, False), id="raised again"),
        pytest.param("try: 0\nexcept ImportError: HERE", (False, False), id="in the handler"),
        pytest.param("try: 0\nexcept ImportError: 0\nelse: HERE", (False, False), id="in the else"),
        pytest.param("try: HERE\nfinally: 0", (False, False), id="without handlers"),
        pytest.param("if False: HERE", (True, True), id="never"),
        pytest.param("if True: HERE", (False, False), id="always"),
        pytest.param("if 0: 0\nelse: HERE", (False, False), id="else"),
        pytest.param("def f():\n return\n HERE", (True, True), id="after return"),
        pytest.param("raise X\nHERE", (True, True), id="after raise"),
        pytest.param("for x in y:\n continue\n HERE", (True, True), id="after continue"),
        pytest.param("pytest.skip(x)\ndef f(): HERE", (True, True), id="after a skip"),
        pytest.param("skip(x)\nHERE", (False, False), id="after another function"),
        pytest.param("def f():\n if x: return\n HERE", (False, False), id="after a branch"),
        pytest.param("HERE\nraise X", (False, False), id="before raise"),
        pytest.param("raise X\nif x: 0\n@HERE\ndef f(): 0", (True, True), id="in a decorator"),
        pytest.param("@HERE\nclass C:\n raise X", (False, False), id="of a class"),
    ],
)
def test_a_lookup_may_be_meant_to_fail(text: str, is_meant: tuple[bool, bool]) -> None:
    tree, span = here(text)

    found = tuple(is_meant_to_fail(tree, span, is_import=item) for item in (True, False))

    assert found == is_meant
