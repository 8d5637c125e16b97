"""Names that a module binds for certain, read off its lines."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter_ext.source.plain_names import PlainNames
from linter_ext.source.text import decode
from tests.source.standard_files import sample


def names_of(text: str) -> frozenset[str]:
    """Return all of the names."""
    return frozenset(PlainNames(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("x = 1\ny=2\nz  =  3", "x y z", id="assignments"),
        pytest.param("x, y = 1, 2\nz , w ,= v", "w x y z", id="unpacked"),
        pytest.param("x = y = z = 1\na, b = c = d == e", "a b c x y z", id="several targets"),
        pytest.param("x: int = 1\ny : str='a'\nz: dict[str, int] = {}", "x y z", id="annotated"),
        pytest.param("def f(): ...\nasync def g(): ...\nclass C: ...", "C f g", id="definitions"),
        pytest.param("@d\ndef f(): ...\n@d\nclass C: ...", "C f", id="decorated"),
        pytest.param("from a import b", "b", id="an imported name"),
        pytest.param("from a import b as c, d", "c d", id="imported names"),
        pytest.param("from . import b\nfrom ..a import c", "b c", id="relative imports"),
        pytest.param(
            "from a import (\n    b,  # x, y\n    c as d,\n)", "b d", id="over many lines"
        ),
        pytest.param("from a import (b, c)  # d", "b c", id="in parentheses"),
        pytest.param("from a import b; c = 1", "b", id="before a semicolon"),
        pytest.param("from a import b # c", "b", id="before a comment"),
        pytest.param("'''\nx = 1\n'''\ny = 1", "y", id="not in a text"),
        pytest.param('"""\nx = 1\n"""\ny = 1', "y", id="not in another text"),
        pytest.param("'''\\'''\nx = 1\n'''\ny = 1", "y", id="not after an escaped quote"),
        pytest.param("x = '''\ny = 1'''\nz = 1", "x z", id="not in an assigned text"),
        pytest.param("# '''\nx = 1\n# '''", "x", id="a quote in a comment"),
        pytest.param("x = '#'  # '\ny = '\\''\nz = 1", "x y z", id="a comment sign in a text"),
        pytest.param("def f(\nx=1,\n): ...", "f", id="not arguments"),
        pytest.param("f(\nx=1,\ny=2\n)", "", id="not keywords"),
        pytest.param("f(\nx, y=2\n)\nx, y == z\nx, y += z", "", id="not their neighbours"),
        pytest.param("{\nx: y\n}\n[\nx\n]", "", id="not elements"),
        pytest.param("x = \\\ny = 1", "x", id="not after a backslash"),
        pytest.param("from a import b \\\n    as c", "", id="not over a backslash"),
        pytest.param("x == 1\ny += 1\nz.a = 1\nw[0] = 1", "", id="not other operators"),
        pytest.param("x: int", "", id="not without a value"),
        pytest.param("if c:\n    x = 1\ntry:\n    y = 1\nfinally: ...", "", id="not in a block"),
        pytest.param("if c: x = 1", "", id="not on the line of a block"),
        pytest.param("try: x = 1\nfinally: y = 1\ntrying = 1", "trying", id="not the keywords"),
        pytest.param("class C:\n    x = 1\n\ndef f():\n    y = 1", "C f", id="not inside others"),
        pytest.param("import a, b.c, d.e as f # g", "a b f", id="modules"),
        pytest.param("from a import *", "", id="not star imports"),
        pytest.param("x = 1\ny = 2\ndel x", "y", id="not what is deleted"),
        pytest.param("del x, z\nx = 1\ny = 2", "y", id="not what was deleted before"),
        pytest.param("x = 1\ny = 2\ndel(x)", "", id="deleted in parentheses"),
        pytest.param("x = 1\ny = 2\ndel x, \\\n y", "", id="deleted on two lines"),
        pytest.param("y = 2; x = 1; del x", "y", id="deleted on the line"),
        pytest.param("delta = 1\ndeleted = 2", "deleted delta", id="names that start with del"),
        pytest.param("größe = 1\ndef fün(): ...", "fün größe", id="not ASCII"),
    ],
)
def test_plain_names(text: str, names: str) -> None:
    assert " ".join(sorted(names_of(text))) == names
    for name in (*names.split(), "other"):
        asked = PlainNames(text)
        assert (name in asked) is (name != "other")
        assert frozenset(asked) == names_of(text)


# Laws, held against what is bound for real.

NAME = st.sampled_from(["x", "y", "größe", "path", "delta"])
STATEMENTS = st.one_of(
    *(
        NAME.map(form.format)
        for form in (
            "{} = 1",
            "{}, y = 1, 2",
            "x = {} = y = 1",
            "{}, y = x = (1, 2) == 3, 4",
            "dict(\n**{{}}, {}=1)",
            "{}: int = 1",
            "{}: int",
            "{} = other = '''\ny = 1\n'''",
            "def {}(\nx=1,\n): ...",
            "class {}:\n    y = 1",
            "if True:\n    {} = 1",
            "if False:\n    {} = 1",
            "if False: {} = 1",
            "try:\n    {} = 1\nexcept ImportError:\n    y = 1",
            "try: {} = 1\nfinally: pass",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    {} = 1",
            "'''\n{} = 1\n'''",
            '"""\ndef {}(): ...\n"""',
            "# {} = 1",
            "'\\\n{} = 1\\\n'",
            "dict(\n{}=1,\nz=2)",
            "[{0}\nfor {0} in ()]",
            "{} = \\\n1",
            "from os import path as {}",
            "from os import (  # x,\n    path as {},\n)",
            "from os import path \\\n    as {}",
            "from os import *",
            "import os as {}",
            "__all__ = ['{}']",
            "{0} = y = 1; del {0}",
            "def f(): {} = 1; del y",
            "f'{{\"{}\" = }}'",
            "lambda {}: 1",
            "x = 1 if True else {}",
        )
    )
)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(text=st.lists(STATEMENTS, max_size=6).map("\n".join))
def test_whatever_is_found_is_bound(text: str) -> None:
    namespace: dict[str, object] = {}
    exec(text, namespace)

    assert names_of(text) - namespace.keys() == set()


def bound_at_the_margin(text: str) -> set[str]:
    """Return the names that the statements of a module's own body bind, deletions aside."""
    found: set[str] = set()
    for statement in ast.parse(text).body:
        match statement:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found.add(name)
            case ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
            case ast.Assign(targets=targets):
                nodes = [node for target in targets for node in ast.walk(target)]
                found.update(
                    node.id
                    for node in nodes
                    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
                )
            case ast.ImportFrom(names=aliases):
                found.update(alias.asname or alias.name for alias in aliases)
            case ast.Import(names=aliases):
                found.update(alias.asname or alias.name.partition(".")[0] for alias in aliases)
    return found


def test_whatever_is_found_in_real_code_is_bound_at_the_margin() -> None:
    wrong: dict[str, frozenset[str]] = {}
    count = 0
    for path, file in sample().items():
        text = decode(file.read_bytes())
        found = names_of(text)
        count += len(found)
        if missing := found - bound_at_the_margin(text):
            wrong[path] = missing
    assert wrong == {}
    assert count > 1000
