"""What a module binds at its own level."""

from __future__ import annotations

import sys

import pytest

from linter_ext.source.bindings import Bindings, find_bindings
from linter_ext.source.openness import Openness
from linter_ext.source.parser import find_imports, parse
from linter_ext.source.text import SourceText
from tests.source.reading import imports_of


def bindings_of(text: str) -> Bindings:
    """Return what a text binds."""
    tree = parse(text)
    return find_bindings(tree, find_imports(tree, SourceText(text)), text)


def test_bindings_have_all_their_facts() -> None:
    text = (
        "import a.b\nfrom c import d as e, f\nfrom g import *\n__all__ = ['e']\n"
        "def __getattr__(name): 0\nh = a.b.c\n"
    )
    a, e, f, star = imports_of(text)

    assert bindings_of(text) == Bindings(
        imports={"a": (a,), "e": (e,), "f": (f,)},
        definitions=frozenset({"__all__", "__getattr__", "h"}),
        aliases={"h": ("a", "b", "c")},
        stars=(star,),
        exported=frozenset({"e"}),
        typing_only=frozenset(),
        dependent={},
        openness=Openness(has_open_names=True, is_asked=True),
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("def a(b):\n c = 1", "a", id="a function"),
        pytest.param("async def a(): 0", "a", id="a coroutine"),
        pytest.param("class a:\n b = 1", "a", id="a class"),
        pytest.param("a = b = 1", "a b", id="an assignment with two targets"),
        pytest.param("(a, [b, *c]), d.e, f[0] = x", "a b c", id="unpacking"),
        pytest.param("a += 1; b.c += 1", "a", id="an augmented assignment"),
        pytest.param("a: int = 1; b: int; c.d: int = 1", "a", id="annotated, with a value"),
        pytest.param("for a, b in x:\n c = 1\nelse:\n d = 1", "a b c d", id="a loop"),
        pytest.param("while x:\n a = 1\nelse:\n b = 1", "a b", id="a while loop"),
        pytest.param("with x as a, y as (b, c), z:\n d = 1", "a b c d", id="a with"),
        pytest.param("if x:\n a = 1\nelif y:\n b = 1\nelse:\n c = 1", "a b c", id="branches"),
        pytest.param(
            "try:\n a = 1\nexcept X as b:\n c = 1\nexcept Y:\n 0\nelse:\n d = 1\nfinally:\n e = 1",
            "a b c d e",
            id="try",
        ),
        pytest.param("try:\n a = 1\nexcept* X as b:\n c = 1", "a b c", id="exception groups"),
        pytest.param(
            "match x:\n case [a, *b] | (c as d):\n  e = 1\n case {'k': f, **g}: 0\n"
            " case C(h, i=j): 0\n case _: 0\n case [*_] | {}: 0",
            "a b c d e f g h j",
            id="captures",
        ),
        pytest.param("if (a := 1): 0", "a", id="an assignment expression"),
        pytest.param("x([(a := b) for b in c])", "a", id="one in a comprehension"),
        pytest.param("@f(a := 1)\ndef g(b=(c := 1)): (d := 1)", "a c g", id="around a function"),
        pytest.param("f = lambda: (a := 1)\nclass C:\n (b := 1)", "C f", id="not inside another"),
        pytest.param("x = 'a := 1'", "x", id="not in a string"),
        pytest.param("def f():\n global a\n a = 1", "f", id="global in a function is unknown"),
        pytest.param("[a for a in b]; lambda c: c; d; e.f = 1; g[0] = 1", "", id="other names"),
        pytest.param("import a\nfrom b import c\nfrom d import *", "", id="imports are kept apart"),
        pytest.param("a = 1\ndel a", "", id="deleted"),
        pytest.param("a = b = c = 1\ndel a, (b), x.y, z[0]", "c", id="several deleted"),
        pytest.param("a = 1\ndel a\na = 2", "a", id="bound again"),
        pytest.param("a = 1; del a; a = 2; del a", "", id="deleted again"),
        pytest.param("if x:\n a = 1\n del a", "a", id="deleted on a condition"),
        pytest.param("for a in b: 0\ndel a", "", id="a loop's target deleted"),
        pytest.param("def f():\n del a\na = 1", "a f", id="deleted elsewhere"),
    ],
)
def test_definitions(text: str, names: str) -> None:
    assert sorted(bindings_of(text).definitions) == names.split()


@pytest.mark.skipif(sys.version_info < (3, 12), reason="type aliases came with Python 3.12")
def test_a_type_alias_is_a_definition() -> None:
    assert bindings_of("type a[b] = c").definitions == {"a"}


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        pytest.param("import a.b, a.c, d as e", {"a": ["a.b", "a.c"], "e": ["d"]}, id="modules"),
        pytest.param("from a import b as c, d", {"c": ["a"], "d": ["a"]}, id="names"),
        pytest.param(
            "try:\n from a import c\nexcept ImportError:\n from b import c",
            {"c": ["a", "b"]},
            id="alternatives",
        ),
        pytest.param("if TYPE_CHECKING:\n import a", {"a": ["a"]}, id="for type checkers"),
        pytest.param("def f():\n import a\nclass C:\n import b", {}, id="not at module level"),
        pytest.param("import a, b\ndel a", {"b": ["b"]}, id="deleted"),
        pytest.param("import a; del a; import b as a", {"a": ["b"]}, id="bound again"),
        pytest.param("if x:\n import a\n del a", {"a": ["a"]}, id="deleted on a condition"),
    ],
)
def test_imports(text: str, modules: dict[str, list[str]]) -> None:
    found = bindings_of(text).imports

    assert {name: [item.module for item in items] for name, items in found.items()} == modules


@pytest.mark.parametrize(
    ("text", "aliases"),
    [
        pytest.param("a = b", {"a": "b"}, id="of a name"),
        pytest.param("a = b.c.d", {"a": "b.c.d"}, id="of an attribute"),
        pytest.param("a = b = c.d", {"a": "c.d", "b": "c.d"}, id="twice"),
        pytest.param("if x:\n a = b", {"a": "b"}, id="on a condition"),
        pytest.param("a = b\na = c", {}, id="bound twice"),
        pytest.param("a = b\ndef a(): 0", {}, id="bound otherwise, too"),
        pytest.param("a = b\ndel a", {}, id="deleted"),
        pytest.param("a = b()\nc = d[0]\ne = f().g\nh = 1", {}, id="other values"),
        pytest.param("a, b = c, d\ne.f = g\nh: int = i", {}, id="other targets"),
    ],
)
def test_aliases(text: str, aliases: dict[str, str]) -> None:
    assert {name: ".".join(path) for name, path in bindings_of(text).aliases.items()} == aliases


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        pytest.param("from a import *\nfrom .b import *", ["a", ".b"], id="two"),
        pytest.param("if x:\n from a import *", ["a"], id="on a condition"),
        pytest.param("from a import b", [], id="none"),
    ],
)
def test_stars(text: str, modules: list[str]) -> None:
    assert [item.written_module for item in bindings_of(text).stars] == modules


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        pytest.param("def __getattr__(name): 0", True, id="defined"),
        pytest.param("from a import __getattr__", True, id="imported"),
        pytest.param("__getattr__, __dir__, __all__ = attach(x)", True, id="unpacked"),
        pytest.param("class C:\n def __getattr__(self, name): 0", False, id="of a class"),
        pytest.param("def getattr(name): 0", False, id="another function"),
    ],
)
def test_a_module_may_be_open(text: str, is_open: bool) -> None:
    assert bindings_of(text).openness.has_open_names is is_open


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("a = 1", None, id="absent"),
        pytest.param("__all__ = []", "", id="empty"),
        pytest.param("__all__ = ['a', 'b']", "a b", id="a list"),
        pytest.param("__all__ = ('a', 'b')", "a b", id="a tuple"),
        pytest.param("__all__ = 'a', 'b'", "a b", id="a tuple without parentheses"),
        pytest.param("__all__ = {'a'}", "a", id="a set"),
        pytest.param("x = __all__ = ['a']", "a", id="one of two targets"),
        pytest.param("__all__: list[str] = ['a']", "a", id="annotated"),
        pytest.param("__all__: list[str]", None, id="only annotated"),
        pytest.param("__all__ = ['a'] + ['b'] + ['c']", "a b c", id="a sum"),
        pytest.param("__all__ = ['a']\n__all__ += ['b']", "a b", id="augmented"),
        pytest.param("__all__ = ['a']\n__all__.extend(('b', 'c'))", "a b c", id="extended"),
        pytest.param("__all__ = ['a']\n__all__.append('b')", "a b", id="appended"),
        pytest.param("if x:\n __all__ = ['a']\nelse:\n __all__ = ['b']", "a b", id="branches"),
        pytest.param("def f():\n __all__ = ['a']", None, id="in a function"),
        pytest.param("__all__ = ['a']; f(__all__); b.append('c'); __all__[0]", "a", id="read"),
        pytest.param("__all__ = a", None, id="a name"),
        pytest.param("__all__ = [a]", None, id="a list of names"),
        pytest.param("__all__ = ['a', *b]", None, id="an unpacked element"),
        pytest.param("__all__ = ['a', 1]", None, id="no string"),
        pytest.param("__all__ = ['a'] + b.__all__", None, id="a sum with another list"),
        pytest.param("__all__ = b + ['a']", None, id="a sum with another list before"),
        pytest.param("__all__ = ['a'] * 2", None, id="another operator"),
        pytest.param("__all__ = ['a']\n__all__ += b.__all__", None, id="augmented by another"),
        pytest.param("__all__ = ['a']\n__all__.extend(b)", None, id="extended by another"),
        pytest.param("__all__ = ['a']\n__all__.append(b)", None, id="appended another"),
        pytest.param("__all__ = ['a']\n__all__.remove('a')", None, id="changed otherwise"),
        pytest.param("__all__, x = a", None, id="unpacked"),
        pytest.param("from a import __all__", None, id="imported"),
        pytest.param("from a import __all__\n__all__ += ['b']", None, id="imported and augmented"),
    ],
)
def test_exported(text: str, names: str | None) -> None:
    found = bindings_of(text).exported

    assert (found if found is None else sorted(found)) == (
        names if names is None else names.split()
    )
