"""Strings that the run time imports are references."""

from __future__ import annotations

import pytest

from linter_ext.source.facts import Reference, ReferenceKind, Span
from linter_ext.source.references import TRIGGERS
from tests.source.reading import expressions_of, place


def test_a_reference_has_all_its_facts() -> None:
    text = 'from importlib import import_module\nx = [\n  patch,\n  mocker.patch(\n    "a.b"),\n'
    text += '  import_module(  "c")]\n'

    assert expressions_of(text).references == (
        Reference("a.b", ReferenceKind.OBJECT, Span(5, 5, 5, 10), 4),
        Reference("c", ReferenceKind.MODULE, Span(6, 19, 6, 22), 6),
    )


@pytest.mark.parametrize(
    ("text", "references"),
    [
        # unittest.mock and pytest-mock.
        pytest.param("from mock import patch\npatch('a.b')", ["object a.b 2:7-12"], id="patch"),
        pytest.param(
            "from unittest.mock import patch as p\n@p('a.b', new=1)\ndef f(): 0",
            ["object a.b 2:4-9"],
            id="patch by alias, as a decorator",
        ),
        pytest.param(
            "with mock.patch('a.b') as c, patch(target='a.c'): 0\nfrom mock import patch",
            ["object a.b 1:17-22", "object a.c 1:43-48"],
            id="patch as a context manager, by attribute and by keyword",
        ),
        pytest.param("self.mocker.patch('a.b')", ["object a.b 1:19-24"], id="patch on anything"),
        pytest.param("f().patch('a.b')", ["object a.b 1:11-16"], id="patch on a result"),
        pytest.param("mock.patch.dict('a.b', x=1)", ["object a.b 1:17-22"], id="patch.dict"),
        pytest.param(
            "from mock import patch as p\np.dict(in_dict='a.b')",
            ["object a.b 2:16-21"],
            id="patch.dict by alias and by keyword",
        ),
        pytest.param("mocker.patch.multiple('a', b=1)", ["object a 1:23-26"], id="patch.multiple"),
        pytest.param(
            "def f():\n from mock import patch\n def g(): patch('a.b')",
            ["object a.b 3:17-22"],
            id="imported in a function",
        ),
        # pytest.
        pytest.param("monkeypatch.setattr('a.b', 1)", ["object a.b 1:21-26"], id="setattr"),
        pytest.param("mp.setattr(target='a.b', name=1)", ["object a.b 1:19-24"], id="by keyword"),
        pytest.param("self.mp.delattr('a.b')", ["object a.b 1:17-22"], id="delattr"),
        pytest.param("pytest.importorskip('a')", ["module a 1:21-24"], id="importorskip"),
        pytest.param(
            "from pytest import importorskip as s\ns(modname='a.b')",
            ["module a.b 2:11-16"],
            id="importorskip by alias and by keyword",
        ),
        # importlib and pkgutil.
        pytest.param("importlib.import_module('a')", ["module a 1:25-28"], id="import_module"),
        pytest.param("__import__('a.b')", ["module a.b 1:12-17"], id="__import__"),
        pytest.param("builtins.__import__(name='a')", ["module a 1:26-29"], id="by keyword too"),
        pytest.param(
            "from importlib import __import__ as i\ni('a')", ["module a 2:3-6"], id="as i"
        ),
        pytest.param(
            "i.import_module('.b', 'a.c'); i.import_module(name='..b', package='a.c')",
            ["module a.c.b 1:17-21", "module a.b 1:52-57"],
            id="relative to a package",
        ),
        pytest.param("i.import_module('.', 'a')", ["module a 1:17-20"], id="the package itself"),
        pytest.param(
            "pkgutil.resolve_name('a.b:C.d'); pkgutil.resolve_name('a'); x.resolve_name('a.b:')",
            ["object a.b.C.d 1:22-31", "object a 1:55-58", "object a.b 1:76-82"],
            id="resolve_name",
        ),
        # The string.
        pytest.param("x.patch('a.' 'b')", ["object a.b 1:9-17"], id="joined of two"),
        pytest.param("x.patch(\n 'a.'\n '''b'''\n)", ["object a.b 2:2-3:9"], id="over two lines"),
        pytest.param(
            "x.patch(r'a.b'); 'é'; x.patch('ä.ö')",
            ["object a.b 1:9-15", "object ä.ö 1:31-36"],
            id="prefixes, and characters of several bytes",
        ),
    ],
)
def test_a_string_is_a_reference(text: str, references: list[str]) -> None:
    found = expressions_of(text).references

    assert [f"{item.kind} {item.target} {place(item.span)}" for item in found] == references


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("patch('a.b')", id="patch that nobody imported"),
        pytest.param(
            "from mock import patch\ndef f(patch): patch('a.b')", id="patch that is shadowed"
        ),
        pytest.param("from mock import patch\npatch.object('a.b', 'c')", id="patch.object"),
        pytest.param("mocker.patch.stopall('a.b')", id="patch.stopall"),
        pytest.param(
            "x.dict('a.b'); x.multiple('a.b'); f().dict('a.b')", id="dict of something else"
        ),
        pytest.param("x.y.multiple('a.b'); dict('a.b')", id="multiple of something else"),
        pytest.param("setattr('a.b', 'c', 1)\ndelattr('a.b', 'c')", id="the built-in functions"),
        pytest.param("from x import setattr\nsetattr('a.b', 1)", id="methods that are functions"),
        pytest.param("client.patch('/a.b'); client.patch('a.b/c')", id="a path on a server"),
        pytest.param("x.patch('a')", id="an object without its module"),
        pytest.param("x.patch('a..b'); x.patch('.a.b'); x.patch('a.b.'); x.patch('')", id="dots"),
        pytest.param("x.patch('a.1'); x.patch('a b.c'); x.patch('a-b.c')", id="not identifiers"),
        pytest.param("x.patch(f'a.b'); x.patch(f'a.{b}')", id="f-strings"),
        pytest.param("x.patch('a.b' + c); x.patch(a.b); x.patch(*'a.b')", id="other expressions"),
        pytest.param("x.patch(b'a.b'); x.patch(None); x.patch(1.5)", id="other constants"),
        pytest.param("x.patch(); x.patch(c, 'a.b'); x.patch(new='a.b')", id="other arguments"),
        pytest.param("x.patch(**{'target': 'a.b'})", id="unpacked keywords"),
        pytest.param("x.patch['a.b']; x.patch", id="no call"),
        pytest.param("x['patch']('a.b'); f()('a.b')", id="no name"),
        pytest.param("i.import_module('.b'); i.import_module('.b', c)", id="of an unknown package"),
        pytest.param("i.import_module('.b', None); i.import_module('.b', 1)", id="of no package"),
        pytest.param(
            "i.import_module('...b', 'a.c'); i.import_module('.....b', 'a.c')", id="climbing out"
        ),
        pytest.param("pkgutil.resolve_name(':a'); pkgutil.resolve_name('a:b:c')", id="bad names"),
        pytest.param("importlib.reload('a.b'); x.other('a.b')", id="other functions"),
    ],
)
def test_other_strings_are_no_references(text: str) -> None:
    assert expressions_of(text).references == ()


@pytest.mark.parametrize(
    ("text", "references"),
    [
        pytest.param("pytest_plugins = 'a.b'", ["a.b 1:18-23 1"], id="a string"),
        pytest.param(
            "pytest_plugins = [\n 'a',\n 'b.c']", ["a 2:2-5 1", "b.c 3:2-7 1"], id="a list"
        ),
        pytest.param("pytest_plugins = 'a', 'b'", ["a 1:18-21 1", "b 1:23-26 1"], id="a tuple"),
        pytest.param("pytest_plugins: list[str] = ['a']", ["a 1:30-33 1"], id="annotated"),
        pytest.param("pytest_plugins += ['a']", ["a 1:20-23 1"], id="augmented"),
        pytest.param("x = pytest_plugins = ('a',)", ["a 1:23-26 1"], id="one of two targets"),
        pytest.param(
            "if x:\n pytest_plugins = ['a', *b, c, None, 'd-e', 1]",
            ["a 2:20-23 2"],
            id="in a branch",
        ),
        pytest.param(
            "pytest_plugins = None; pytest_plugins = a; pytest_plugins = []", [], id="none"
        ),
        pytest.param("pytest_plugins: str", [], id="only annotated"),
        pytest.param("def f():\n pytest_plugins = ['a']", [], id="in a function"),
        pytest.param("class C:\n pytest_plugins = ['a']", [], id="in a class"),
        pytest.param("plugins = ['a']; x: str = 'a'; x += 'pytest_plugins'", [], id="other names"),
        pytest.param("x.pytest_plugins = ['a']", [], id="an attribute"),
    ],
)
def test_pytest_plugins_are_references(text: str, references: list[str]) -> None:
    found = expressions_of(text).references

    assert [f"{item.target} {place(item.span)} {item.line}" for item in found] == references
    assert all(item.kind is ReferenceKind.MODULE for item in found)


def test_every_reference_needs_a_word_that_can_be_searched_for() -> None:
    words = (
        "__import__ delattr import_module importorskip patch pytest_plugins resolve_name setattr"
    )

    assert sorted(TRIGGERS) == words.split()
