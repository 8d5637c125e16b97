"""What `__all__` lists in any case, once a module has been imported."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter_ext.source.exported import find_listed, find_plain_listed
from linter_ext.source.parser import parse


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("__all__ = ['a', 'b']", "a b", id="a list"),
        pytest.param("__all__: list[str] = ['a']", "a", id="annotated"),
        pytest.param("__all__ = ['a'] + ['b']", "a b", id="a sum"),
        pytest.param("__all__ = ['a']\n__all__ = ['b']", "b", id="the last one"),
        pytest.param("__all__ = ['a']\n__all__ += ['b']", "a b", id="added to"),
        pytest.param("__all__ = ['a']\n__all__ += b.__all__", "a", id="added to from elsewhere"),
        pytest.param(
            "__all__ = ['a']\n__all__.append('b')\n__all__.extend(['c'])", "a b c", id="c"
        ),
        pytest.param("__all__ = ['a']\nif x: __all__ += ['b']", "a", id="added to on a condition"),
        pytest.param("__all__ = ['a']\ndef f(): __all__.append('b')", "a", id="by a function"),
        pytest.param("__all__ = ['a']\nsorted(__all__); len(__all__); __all__[0]", "a", id="read"),
        pytest.param("__all__ = ['a']\ndef __dir__(): return __all__", "a", id="returned"),
        pytest.param("__all__ = ['a']\n'a' in __all__; [*__all__]; b + __all__", "a", id="copied"),
        pytest.param("class C:\n __all__ = ['a']", "", id="of a class"),
        pytest.param("if x: __all__ = ['a']", "", id="on a condition"),
        pytest.param("__all__ = ['a']\nif x: __all__ = ['b']", "", id="another on a condition"),
        pytest.param("__all__ = ['a']\n__all__ = b", "", id="then unknown"),
        pytest.param("__all__ = ['a']\ndel __all__", "", id="deleted"),
        pytest.param("__all__ = ['a']\ndel __all__[0]", "", id="deleted from"),
        pytest.param("__all__ = ['a']\n__all__[:] = ['b']", "", id="replaced in place"),
        pytest.param("__all__ = ['a']\n__all__.remove('a')", "", id="removed from"),
        pytest.param("__all__ = {'a'}\n__all__ -= {'a'}", "", id="taken from"),
        pytest.param("__all__ = ['a']\nf(__all__)", "", id="handed on"),
        pytest.param("__all__ = ['a']\nb = __all__", "", id="another name for it"),
        pytest.param("__all__ = b = ['a']", "", id="two names for it"),
        pytest.param("__all__, b = ['a'], 1", "", id="unpacked"),
        pytest.param("for __all__ in b: 0", "", id="a loop's target"),
    ],
)
def test_listed(text: str, names: str) -> None:
    assert " ".join(sorted(find_listed(parse(text), text))) == names
    plain = find_plain_listed(text)
    assert plain is None or find_listed(parse(text), text) <= plain


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("x = 1\n__all__ = ['a', \"b\"]\n", "a b", id="a list"),
        pytest.param("__all__ = (\n    'a',\n    'b',\n)", "a b", id="a tuple on lines"),
        pytest.param("__all__ = ['a']  # b", "a", id="a list of one"),
        pytest.param("__all__ = [  # a b\n  'a',  # ''b\n  # 'c',\n]", "a", id="comments"),
        pytest.param("__all__ = ['a', 'b']\nx = '__all__'", "a b", id="the word in a string"),
        pytest.param("__all__ = ['a', 'b'] + ['c']", None, id="a sum"),
        pytest.param("__all__ = ('a')", None, id="a string in parentheses"),
        pytest.param("__all__ = ['a' 'b']", None, id="a string in two"),
        pytest.param("__all__ = ['a', b]", None, id="a name among them"),
        pytest.param("__all__ = ['a',]\n__all__ += ['b',]", None, id="added to"),
        pytest.param("if x:\n    __all__ = ['a',]", None, id="on a condition"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_plain_display_is_told_without_parsing(text: str, names: str | None) -> None:
    plain = find_plain_listed(text)
    assert (None if plain is None else " ".join(sorted(plain))) == names


# A law, held against what a module lists for real.

LITERAL = st.lists(st.sampled_from(["a", "b", "c"]), max_size=2).map(repr)
FORMS = st.sampled_from(
    [
        "__all__ = {}",
        "__all__: list[str] = {}",
        "__all__ += {}",
        "__all__.extend({})",
        "__all__ = __all__ + {}",
        "__all__ = [name for name in {}]",
        "__all__.append(str({}))",
        "if x:\n    __all__ += {}",
        "if x:\n    __all__ = {}",
        "if not x:\n    __all__ = {}",
        "del __all__[:len({})]",
        "__all__[:] = {}",
        "__all__.clear()",
        "names = __all__",
        "names.clear()",
        "__all__ = names = {}",
        "def f(names=__all__): names.clear()",
        "def f():\n    global __all__\n    __all__ = {}",
        "f()",
        "sorted(__all__)",
        "__all__, y = {}, 1",
    ]
)
MODULES = st.lists(st.builds(str.format, FORMS, LITERAL), max_size=5).map(
    lambda found: "\n".join(["__all__ = ['a']", "x = 1", "names = []", "def f(): ...", *found])
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(text=MODULES)
def test_whatever_is_found_is_listed(text: str) -> None:
    namespace: dict[str, list[str]] = {}
    exec(text, namespace)

    assert find_listed(parse(text), text) - set(namespace["__all__"]) == set()
