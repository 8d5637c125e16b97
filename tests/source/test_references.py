"""Strings that the run time imports are references."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter_ext.rules.reach import references_of
from linter_ext.source.expressions import find_expressions
from linter_ext.source.facts import Reference, ReferenceKind, Referrer, Span
from linter_ext.source.parser import find_imports, parse
from linter_ext.source.references import TRIGGERS, may_compose, may_refer
from linter_ext.source.text import SourceText
from linter_ext.source.tree import ModuleName
from tests.source.project import APP, index_of, open_file
from tests.source.reading import expressions_of, place


def test_a_reference_has_all_its_facts() -> None:
    text = 'from importlib import import_module\nx = [\n  patch,\n  mocker.patch(\n    "a.b"),\n'
    text += '  import_module(  "c")]\n'

    assert expressions_of(text).references == (
        Reference("a.b", ReferenceKind.OBJECT, Span(5, 5, 5, 10), 4, Referrer.PATCH),
        Reference("c", ReferenceKind.MODULE, Span(6, 19, 6, 22), 6, Referrer.IMPORT_MODULE),
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
        pytest.param("x.patch(f'a.{b}'); x.patch(f'{b}.a'); x.patch(f'a.{1}')", id="f-strings"),
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


@pytest.mark.parametrize(
    ("text", "referrers"),
    [
        pytest.param(
            "m.patch('a.b'); m.patch.dict('a.b'); m.patch.multiple('a.b')",
            ["patch", "resolve_name", "patch.multiple"],
            id="unittest.mock",
        ),
        pytest.param(
            "mp.setattr('a.b', 1); mp.delattr('a.b'); p.importorskip('a.b')",
            ["monkeypatch", "monkeypatch", "importorskip"],
            id="pytest",
        ),
        pytest.param(
            "i.import_module('a.b'); __import__('a.b'); p.resolve_name('a.b')",
            ["import_module", "import_module", "resolve_name"],
            id="Python",
        ),
        pytest.param("pytest_plugins = 'a.b'", ["import_module"], id="plugins"),
    ],
)
def test_a_reference_knows_who_looks_it_up(text: str, referrers: list[str]) -> None:
    assert [item.referrer.value for item in expressions_of(text).references] == referrers


def test_some_put_another_object_in_the_place_of_the_last_attribute() -> None:
    assert {item for item in Referrer if item.replaces} == {Referrer.PATCH, Referrer.MONKEYPATCH}


@pytest.mark.parametrize(
    ("call", "may_create"),
    [
        pytest.param("m.patch('a.b', create=True)", True, id="create"),
        pytest.param("m.patch('a.b', 1, None, True)", True, id="create by position"),
        pytest.param("m.patch('a.b', create=x)", True, id="perhaps create"),
        pytest.param("m.patch('a.b', **x)", True, id="perhaps create among others"),
        pytest.param("m.patch('a.b', create=False)", False, id="not create"),
        pytest.param("m.patch('a.b', 1, None)", False, id="by default"),
        pytest.param("m.patch.multiple('a.b', create=True)", True, id="create several"),
        pytest.param("m.patch.multiple('a.b', None, True)", True, id="several by position"),
        pytest.param("m.patch.multiple('a.b', x=1)", False, id="several by default"),
        pytest.param("m.patch.dict('a.b', create=True)", False, id="no such parameter"),
        pytest.param("mp.setattr('a.b', 1, raising=False)", True, id="not raising"),
        pytest.param("mp.setattr('a.b', 1, raising=True)", False, id="raising"),
        pytest.param("mp.setattr('a.b', 1)", False, id="raising by default"),
        pytest.param("mp.delattr('a.b', raising=x)", True, id="perhaps raising"),
        pytest.param("mp.delattr('a.b')", False, id="raising by default, too"),
    ],
)
def test_a_call_may_let_the_last_attribute_be_missing(call: str, may_create: bool) -> None:
    (reference,) = expressions_of(call).references

    assert reference.may_create is may_create


def test_keywords_of_patch_multiple_are_attributes_but_for_its_parameters() -> None:
    call = "m.patch.multiple(x=1, target='a', spec=2, y=3, autospec=4, new_callable=5, **z)"

    (reference,) = expressions_of(call).references

    assert reference.attributes == ("x", "y")


MOCK = "from unittest import mock\n"


@pytest.mark.parametrize(
    ("text", "references"),
    [
        pytest.param("m.patch(f'a.b')", ["a.b 1:9-15"], id="an f-string without names"),
        pytest.param("X = 'a.b'\nm.patch(f'{X}.c')", ["a.b.c 2:9-17"], id="an f-string"),
        pytest.param("X = 'a'\nm.patch(rf'{X}.b' '.c')", ["a.b.c 2:9-23"], id="joined to it"),
        pytest.param("X = 'a'\nm.patch(X + '.b')", ["a.b 2:9-17"], id="a sum"),
        pytest.param("X = 'b'\nm.patch('a.' + X)", ["a.b 2:9-17"], id="a sum, the name last"),
        pytest.param("X = 'b'\nm.patch(('a.') + (X))", ["a.b 2:9-21"], id="in parentheses"),
        pytest.param("X = 'a'\nm.patch(new=1, target=X + '.b')", ["a.b 2:23-31"], id="keyword"),
        pytest.param("X: str = 'a'\nm.patch(X + '.b')", ["a.b 2:9-17"], id="annotated"),
        pytest.param(
            "X = 'a'\nY = X + '.b'\nm.patch(f'{Y}.c')", ["a.b.c 3:9-17"], id="of one another"
        ),
        pytest.param(
            "X = 'a'\ndef f():\n def g(x): m.patch(X + '.b')",
            ["a.b 3:20-28"],
            id="in a function",
        ),
        pytest.param(
            "X = 'a'\nclass C:\n X = 'b'\n def g(x): m.patch(X + '.b')",
            ["a.b 4:20-28"],
            id="past a class",
        ),
        pytest.param(
            "X = 'a'\npytest_plugins = [X + '.b', f'{X}.c']",
            ["a.b 2:19-27", "a.c 2:29-37"],
            id="plugins",
        ),
        pytest.param(
            "X = 'a'\ni.import_module('.b', f'{X}.c')", ["a.c.b 2:17-21"], id="of a package"
        ),
    ],
)
def test_constants_are_put_together(text: str, references: list[str]) -> None:
    found = expressions_of(text).references

    assert [f"{item.target} {place(item.span)}" for item in found] == references
    assert may_compose(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("X = 'a'\nX = 'b'\nm.patch(X + '.b')", id="assigned twice"),
        pytest.param("X = 'a'\nX += 'b'\nm.patch(X + '.b')", id="added to"),
        pytest.param("X = 'a'\nfor X in 'b': 0\nm.patch(X + '.b')", id="bound by a loop"),
        pytest.param("X = 'a'\ntry: 0\nexcept E as X: 0\nm.patch(X + '.b')", id="a handler"),
        pytest.param("X = 'a'\nmatch y:\n case [*X]: 0\nm.patch(X + '.b')", id="a star capture"),
        pytest.param("X = 'a'\nmatch y:\n case {**X}: 0\nm.patch(X + '.b')", id="a rest"),
        pytest.param("X = 'a'\nimport X\nm.patch(X + '.b')", id="imported"),
        pytest.param("X = 'a'\ndef X(): 0\nm.patch(X + '.b')", id="a function too"),
        pytest.param("X = 'a'\ndef f():\n global X\n X = 1\nm.patch(X + '.b')", id="global"),
        pytest.param("if y:\n X = 'a'\nm.patch(X + '.b')", id="in a branch"),
        pytest.param("X = 'a'\ndef f(X): m.patch(X + '.b')", id="a parameter"),
        pytest.param("X = 'a'\ndef f():\n import X\n m.patch(X + '.b')", id="a local import"),
        pytest.param("X = 'a'\nclass C:\n X = 1\n m.patch(X + '.b')", id="of the class"),
        pytest.param("X = 'a'\n[m.patch(X + '.b') for X in y]", id="of the comprehension"),
        pytest.param("X = f()\nm.patch(X + '.b')", id="not a constant"),
        pytest.param("X = 1\nm.patch(f'{X}.b')", id="not a string"),
        pytest.param("X = Y = 'a'\nm.patch(Y + '.b')", id="one of two targets"),
        pytest.param("X = X\nm.patch(X + '.b')", id="itself"),
        pytest.param("X = Y\nY = X\nm.patch(X + '.b')", id="in a circle"),
        pytest.param("X = 'a'\nm.patch(f'{X!r}.b'); m.patch(f'{X:>9}.b')", id="formatted"),
        pytest.param("X = 'a'\nm.patch('%s.b' % X); m.patch('{}.b'.format(X))", id="otherwise"),
        pytest.param("X = 'a'\nm.patch('a.' * 2 + X)", id="by other operators"),
        pytest.param(
            "A = 'a'\nB = A + A\nC = B + B + B + B\nD = C + C + C + C\nE = D + D + D + D\n"
            "m.patch(E + '.b')",
            id="of too many parts",
        ),
    ],
)
def test_what_is_not_constant_is_left_alone(text: str) -> None:
    found = expressions_of(text)

    assert (found.references, found.inferred) == ((), ())


@pytest.mark.parametrize(
    ("text", "inferred"),
    [
        pytest.param("X = 'a.b'\nm.patch(X)", ["a.b 2:9-10"], id="a bare constant"),
        pytest.param("X = 'a'\nY = X + '.b'\nm.patch(Y)", ["a.b 3:9-10"], id="a composed one"),
        pytest.param(
            "X = 'a.b'\nm.patch('a.c')\nm.patch(X)\nm.patch(X)",
            ["a.b 3:9-10", "a.b 4:9-10"],
            id="beside others",
        ),
        pytest.param("m.patch(f'{__name__}.x')", ["app.sub.mod.x 1:9-24"], id="__name__"),
        pytest.param("m.patch(__name__ + '.x')", ["app.sub.mod.x 1:9-24"], id="__name__ in a sum"),
        pytest.param(
            "i.import_module('.x', __package__); i.import_module('..x', package=__package__)",
            ["app.sub.x 1:17-21", "app.x 1:53-58"],
            id="__package__",
        ),
        pytest.param("def f(__name__): m.patch(__name__ + '.x')", [], id="a parameter"),
    ],
)
def test_some_references_take_more_than_the_call(text: str, inferred: list[str]) -> None:
    tree, source = parse(text), SourceText(text)
    module = ModuleName("app.sub.mod", is_package=False, root=APP)

    found = find_expressions(tree, find_imports(tree, source), source, module)

    assert [f"{item.target} {place(item.span)}" for item in found.inferred] == inferred
    assert may_refer(text)


def test_a_module_that_runs_under_a_name_unknown_has_no_name_of_its_own() -> None:
    assert expressions_of("m.patch(f'{__name__}.x')").inferred == ()


@pytest.mark.parametrize(
    ("text", "references"),
    [
        pytest.param(f"{MOCK}p = mock.patch\np('a.b')", ["a.b"], id="patch"),
        pytest.param(f"{MOCK}p = mock.patch.dict\np('a.b')", ["a.b"], id="patch.dict"),
        pytest.param(f"{MOCK}p = mock.patch\np.multiple('a')", ["a"], id="what hangs on it"),
        pytest.param(
            "import importlib\nload = importlib.import_module\ndef f(): load('a')",
            ["a"],
            id="in a function",
        ),
        pytest.param(f"{MOCK}p = mock.patch.object\np('a.b')", [], id="patch.object"),
        pytest.param(f"{MOCK}p = mock.patch\np = x\np('a.b')", [], id="assigned twice"),
        pytest.param(f"{MOCK}p = mock.patch\ndef f(p): p('a.b')", [], id="shadowed"),
    ],
)
def test_a_callable_may_be_assigned_another_name(text: str, references: list[str]) -> None:
    assert [item.target for item in expressions_of(text).references] == references


BLANKS = st.sampled_from(["", "", " ", "\n ", " # x\n", "("])
PIECES = st.sampled_from(
    ["'app.old'", "f'app.old'", "f'{OLD}.x'", "OLD", "OLD + '.x'", "'app' + REST", "'app' '.old'"]
) | st.sampled_from(["'app' f'.{NAME}'", "x", "f'{x}.y'", "OLD.x", "OLD[0]", "'.old', 'app'", "1"])
CALLABLES = st.sampled_from(
    ["p", "q", "mock.patch", "mock.patch.dict", "mp.setattr", "i.import_module", "__import__"]
) | st.sampled_from(["print", "setattr", "mock.patch.object"])
KEYWORDS = st.sampled_from(["", "", "target=", "name=", "in_dict=", "new=1, target=", "x="])


@st.composite
def calls(draw: st.DrawFn) -> str:
    """Draw a call that may refer to something by constants."""
    blank, piece = draw(BLANKS), draw(PIECES)
    end = ")" * (1 + blank.count("("))
    keyword = draw(KEYWORDS) if "," not in piece else ""
    return f"{draw(CALLABLES)}({keyword}{blank}{piece}{draw(st.sampled_from(['', ' ']))}{end}"


HEADS: Sequence[str] = (
    "OLD = 'app.old'",
    "NAME: str = 'old'",
    "REST = '.' + NAME",
    "from unittest.mock import patch as p",
    "import mock",
    "q = mock.patch",
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(text=st.lists(calls(), min_size=1, max_size=4), left_out=st.sets(st.sampled_from(HEADS)))
def test_the_text_tells_of_every_composed_reference(text: list[str], left_out: set[str]) -> None:
    lines = [*(head for head in HEADS if head not in left_out), *text]
    file = open_file(index_of({"app/a.py": "\n".join(lines)}), "app/a.py")

    concerned = [item for item in file.expressions.references if item.target == "app.old"]
    found = references_of(file, index_of({}), {"app"}, lambda path: path == "app.old")
    assert [item.reference for item in found] == concerned
    assert file.may_refer or not file.expressions.inferred
