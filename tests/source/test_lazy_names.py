"""Which names a module's `__getattr__` offers."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter_ext.source.lazy_names import find_lazy_names
from linter_ext.source.parser import parse

ANY = None
"""Any name may be offered."""
END = "raise AttributeError(name)"
HEAD = "def __getattr__(name):\n"
TABLE = "T = {'a': 1, 'b': 2}\n"


def offered(text: str) -> str | None:
    """Return what a module offers, sorted, or ANY."""
    found = find_lazy_names(parse(text))
    return ANY if found is None else " ".join(sorted(found))


def function(body: str) -> str:
    """Return a `__getattr__` with this body."""
    return HEAD + textwrap.indent(body, "    ")


@pytest.mark.parametrize(
    ("body", "names"),
    [
        pytest.param("return 1", ANY, id="for anything"),
        pytest.param("pass", ANY, id="no end, which answers None"),
        pytest.param(END, "", id="for nothing"),
        pytest.param(f"'''Doc.'''\n{END}", "", id="a docstring"),
        pytest.param("raise AttributeError", "", id="the bare class"),
        pytest.param("raise KeyError(name)", "", id="another error is no answer, either"),
        pytest.param(f"if name == 'a': return 1\n{END}", "a", id="one comparison"),
        pytest.param(
            f"if name == 'a': return 1\nelif name == 'b': return 2\n{END}", "a b", id="two"
        ),
        pytest.param(f"if name == 'a': return 1\nelse: {END}", "a", id="else that raises"),
        pytest.param(f"if name == 'a': return 1\nelse: return 2\n{END}", ANY, id="else answers"),
        pytest.param(f"if name == A: return 1\n{END}", ANY, id="compared with a name"),
        pytest.param(f"if name != 'a': {END}\nreturn 1", "a", id="refusing all others"),
        pytest.param(f"if name in ('a', 'b'): return 1\n{END}", "a b", id="in a tuple"),
        pytest.param(f"if name in {{'a': 1}}: return 1\n{END}", "a", id="in a dictionary"),
        pytest.param(f"if name in 'ab': return 1\n{END}", ANY, id="in a text"),
        pytest.param(f"if name not in ['a']: {END}\nreturn 1", "a", id="not in a list"),
        pytest.param(f"if not (name == 'a'): {END}\nreturn 1", "a", id="not equal, otherwise"),
        pytest.param(f"if name == 'a' and x: return 1\n{END}", "a", id="and something else"),
        pytest.param(f"if name == 'a' or x: return 1\n{END}", ANY, id="or something else"),
        pytest.param(f"if name == 'a' or name == 'b': return 1\n{END}", "a b", id="or another"),
        pytest.param(f"if name.startswith('a'): return 1\n{END}", ANY, id="tested otherwise"),
        pytest.param(
            f"if name[0] == '_': {END}\nif name == 'a': return 1\n{END}", "a", id="refusing some"
        ),
        pytest.param(f"if x: return 1\n{END}", ANY, id="on a condition"),
        pytest.param(f"if x:\n if name == 'a': return 1\n{END}", "a", id="one inside another"),
        pytest.param(f"for x in 'ab':\n if x == name: return 1\n{END}", ANY, id="a loop"),
        pytest.param(f"if name == 'a':\n def f(): return 1\n return f\n{END}", "a", id="nested"),
        pytest.param(f"import x\nx.warn(name)\n{END}", "", id="statements without an answer"),
        pytest.param(f"name = name.lower()\nif name == 'a': return 1\n{END}", ANY, id="changed"),
        pytest.param(
            f"match name:\n case 'a' | 'b': return 1\n case _: {END}", "a b", id="match, closed"
        ),
        pytest.param(f"match name:\n case 'a': return 1\n{END}", "a", id="match, then the end"),
        pytest.param(f"match name:\n case 'a': 0\n case x: return 1\n{END}", ANY, id="captured"),
        pytest.param(f"match x:\n case 'a': return 1\n{END}", ANY, id="something else matched"),
        pytest.param(f"try: return T[name]\nexcept KeyError: {END}", "a b", id="looked up"),
        pytest.param(f"try: x = T[name]\nexcept KeyError: {END}\nreturn x", "a b", id="kept"),
        pytest.param(f"try: return T[name]\nexcept KeyError: pass\n{END}", ANY, id="let go"),
        pytest.param(f"try: return T[x]\nexcept KeyError: {END}", ANY, id="by another key"),
        pytest.param(
            f"try: return T[name] if x else f(name)\nexcept KeyError: {END}", ANY, id="perhaps"
        ),
        pytest.param(f"x = T.get(name)\nif x is None: {END}\nreturn x", "a b", id="got"),
        pytest.param(f"x = T.get(name)\nif x is not None: return x\n{END}", "a b", id="got, or"),
        pytest.param(f"x = T.get(name)\nif not x: {END}\nreturn x", "a b", id="got, and true"),
        pytest.param(f"if x := T.get(name): return x\n{END}", "a b", id="got on the way"),
        pytest.param(f"x = T.get(name, 1)\nif x: return x\n{END}", ANY, id="got with a default"),
        pytest.param(
            f"x = T.get(name)\nif x is None: x = f(name)\nif x is None: {END}\nreturn x",
            ANY,
            id="got, or else made",
        ),
        pytest.param(f"if name in T: return 1\n{END}", "a b", id="in a table"),
        pytest.param(f"if name in U: return 1\n{END}", ANY, id="in an unknown table"),
        pytest.param(f"if name not in T: {END}\nreturn T[name]", "a b", id="not in a table"),
    ],
)
def test_bodies(body: str, names: str | None) -> None:
    assert offered(TABLE + function(body)) == names


IN_TABLE = function(f"if name in T: return T[name]\n{END}")


@pytest.mark.parametrize(
    ("table", "names"),
    [
        pytest.param("T = ['a', 'b']", "a b", id="a list"),
        pytest.param("T = 'a', 'b'", "a b", id="a tuple"),
        pytest.param("T = {'a'}", "a", id="a set"),
        pytest.param("T = {'a': 1}", "a", id="a dictionary"),
        pytest.param("T: dict[str, int] = {'a': 1}", "a", id="annotated"),
        pytest.param("T = frozenset({'a'})", "a", id="frozen"),
        pytest.param("T = types.MappingProxyType({'a': 1})", "a", id="shielded"),
        pytest.param("T = dict(a=1, b=2)", "a b", id="keywords"),
        pytest.param("T = dict(a=1, **b)", ANY, id="keywords and others"),
        pytest.param("T = [x for x in 'ab']", ANY, id="a comprehension"),
        pytest.param("T = ['a', b]", ANY, id="a name in it"),
        pytest.param("T = {**b}", ANY, id="another table in it"),
        pytest.param("T = ['a']\nT = ['b']", ANY, id="assigned twice"),
        pytest.param("T = U = {'a': 1}", ANY, id="two names for it"),
        pytest.param("T = ['a']\nT += ['b']", ANY, id="augmented"),
        pytest.param("T = {'a': 1}\nT['b'] = 2", ANY, id="a key assigned"),
        pytest.param("T = {'a'}\nT.add('b')", ANY, id="added to"),
        pytest.param("T = {'a'}\nU = T\nU.add('b')", ANY, id="another name for it, later"),
        pytest.param("T = {'a'}\nfill(T)", ANY, id="handed to a function"),
        pytest.param("T = {'a'}\ndef f():\n global T\n T = {'b'}", ANY, id="another in a function"),
        pytest.param("T = {'a'}\nfor T in x: 0", ANY, id="a loop's target"),
        pytest.param("T = {'a'}\nT, x = x", ANY, id="unpacked"),
        pytest.param("T = {'a': 1}\nfor x in T: T[x]", "a", id="read"),
        pytest.param("T = {'a': 1}\nU = [*T, *sorted(T), *T.items()]", "a", id="copied"),
        pytest.param("T = {'a': 1}\ndef __dir__(): return sorted(list(T) + U)", "a", id="listed"),
        pytest.param("T = {'a': 1}\ndef __dir__(): return T", "a", id="returned"),
        pytest.param("T = ['a']\n__all__ = ['x']\n__all__ += T", "a", id="part of another"),
    ],
)
def test_tables(table: str, names: str | None) -> None:
    assert offered(f"{table}\n{IN_TABLE}") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("", "", id="none"),
        pytest.param("class C:\n def __getattr__(self, name): 0", "", id="of a class"),
        pytest.param("def f():\n def __getattr__(name): 0", "", id="in a function"),
        pytest.param(f"if x:\n{textwrap.indent(IN_TABLE, ' ')}\nT = ['a']", "a", id="in a branch"),
        pytest.param(
            f"{function(f'if name == 1: return{chr(10)}{END}')}\n{IN_TABLE}", ANY, id="one open"
        ),
        pytest.param(
            f"T = ['a']\nif x:\n{textwrap.indent(IN_TABLE, ' ')}\nelse:\n"
            f"{textwrap.indent(IN_TABLE.replace('in T', 'in [chr(98)]'), ' ')}",
            ANY,
            id="two, one of them open",
        ),
        pytest.param(f"@cache\n{HEAD}    {END}", "", id="cached"),
        pytest.param(f"@functools.lru_cache(maxsize=None)\n{HEAD}    {END}", "", id="cached much"),
        pytest.param(f"@other\n{HEAD}    {END}", ANY, id="decorated otherwise"),
        pytest.param(f"def __getattr__(name, more=1): {END}", ANY, id="with more arguments"),
        pytest.param(f"async def __getattr__(name): {END}", ANY, id="a coroutine"),
        pytest.param("class __getattr__: 0", ANY, id="a class"),
        pytest.param("__getattr__ = make()", ANY, id="assigned"),
        pytest.param("__getattr__: Any = make()", ANY, id="assigned and annotated"),
        pytest.param("from x import __getattr__", ANY, id="imported"),
        pytest.param("from x import y as __getattr__", ANY, id="imported under the name"),
        pytest.param(
            "__getattr__, __dir__, __all__ = lazy.attach(__name__, ['a'], {'b': ['c', 'd']})",
            "a c d",
            id="attached",
        ),
        pytest.param(
            "__getattr__, *_ = attach(__name__, submodules={'a'}, submod_attrs={'b': ['c']})",
            "a c",
            id="attached by keywords",
        ),
        pytest.param("__getattr__, *_ = attach(__name__, x)", ANY, id="attached from elsewhere"),
        pytest.param("__getattr__, *_ = attach(__name__)", ANY, id="attached without names"),
        pytest.param("__getattr__, *_ = attach_stub(__name__)", ANY, id="attached from a stub"),
    ],
)
def test_other_ways(text: str, names: str | None) -> None:
    assert offered(text) == names


# A law, held against the functions themselves.

NAMES = ("a", "b", "c")
LITERAL = st.sampled_from([repr(name) for name in NAMES])
TEST = st.one_of(
    LITERAL.map("name == {}".format),
    LITERAL.map("name != {}".format),
    st.sampled_from(["name in T", "name not in T", "name in ['a', 'c']", "name in U"]),
    st.sampled_from(["x", "not x", "x is None", "x is not None", "(x := T.get(name))"]),
    st.sampled_from(["name == 'a' or name == 'b'", "name == 'a' and x", "not (name == 'a')"]),
    st.just("name.isupper()"),
)
SIMPLE = st.sampled_from(
    [END, "return 1", "pass", "x = T.get(name)", "x = U.get(name)", "x = 1", "return T.get(name)"]
)


def block(inner: str) -> str:
    return textwrap.indent(inner, " ")


STATEMENT = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.builds("if {}:\n{}".format, TEST, inner.map(block)),
        st.builds("if {}:\n{}\nelse:\n{}".format, TEST, inner.map(block), inner.map(block)),
        st.builds("try:\n{}\nexcept KeyError:\n{}".format, inner.map(block), inner.map(block)),
        st.builds("try:\n return T[name]\nexcept KeyError:\n{}".format, inner.map(block)),
        st.builds("for x in T:\n{}".format, inner.map(block)),
        st.builds(
            "match name:\n case 'a' | 'b':\n{}\n case _:\n{}".format,
            inner.map(block).map(block),
            inner.map(block).map(block),
        ),
    ),
    max_leaves=3,
)
BODY = st.lists(STATEMENT, min_size=1, max_size=4).map("\n".join)
CHANGES = st.sampled_from(["", "T['c'] = 1\n", "V = T\nV['c'] = 1\n", "sorted(T)\n", "T |= U\n"])


@settings(max_examples=400, deadline=None, derandomize=True)
@given(body=BODY, change=CHANGES, closing=st.booleans())
def test_whatever_a_function_offers_is_found(body: str, change: str, *, closing: bool) -> None:
    text = f"U = {{}}\n{TABLE}{change}x = None\n{function(body)}\n"
    text += block(f"   {END}\n") if closing else ""
    found = find_lazy_names(parse(text))
    namespace: dict[str, object] = {}
    exec(text, namespace)

    assert found is None or found >= {name for name in NAMES if answers(namespace, name)}


def answers(namespace: dict[str, object], name: str) -> bool:
    """Return whether a module's `__getattr__` gives something for a name."""
    function = namespace["__getattr__"]
    assert callable(function)
    try:
        function(name)
    except (AttributeError, KeyError, UnboundLocalError):
        return False
    return True
