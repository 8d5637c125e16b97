"""Classes with their bases and methods, read off a file's lines."""

from __future__ import annotations

import pytest

from linter_ext.source.classes import find_classes
from linter_ext.source.parser import parse
from linter_ext.source.plain_classes import PlainClass, find_plain_classes
from linter_ext.source.text import decode
from tests.source.reading import imports_of
from tests.source.standard_files import sample


@pytest.mark.parametrize(
    ("text", "members"),
    [
        pytest.param("", {}, id="nothing"),
        pytest.param("class C:\n    def f(self): ...\n    x = 1", {"C": "f"}, id="a method"),
        pytest.param(
            "class C(B, metaclass=M):  # why\n  async def f(self): ...",
            {"C": "f"},
            id="async",
        ),
        pytest.param(
            "class C:\n\n  # why\n\n  '''a'''\n  @d\n  def f(): 0",
            {"C": "f"},
            id="decorated",
        ),
        pytest.param(
            "class C:\n def f():\n  def g(): 0\n def h(): 0", {"C": "f h"}, id="not inside another"
        ),
        pytest.param("class C:\n class D:\n  def f(): 0", {"C": ""}, id="not of an inner class"),
        pytest.param("class C:\n if x:\n  def f(): 0", {"C": ""}, id="not in a branch"),
        pytest.param("class C:\n '''\n def f(): 0\n '''\n x = 1", {"C": ""}, id="not in a text"),
        pytest.param("'''\nclass C:\n def f(): 0\n'''", {}, id="not a class in a text"),
        pytest.param("class C:\n x = 1\ndef f(): 0\nif y:\n def g(): 0", {"C": ""}, id="not after"),
        pytest.param("class C:\n def f(): 0\nclass C:\n def g(): 0", {}, id="not of two classes"),
        pytest.param("class C:\n def __f(): 0\n def _g(): 0", {"C": "_g"}, id="not private ones"),
        pytest.param("class C: f = 1\nclass D: 0", {"C": "", "D": ""}, id="on one line"),
        pytest.param("class C(\n B,\n):\n def f(): 0", {"C": ""}, id="a header on several lines"),
        pytest.param("class C(B[1:2]):\n def f(): 0", {"C": ""}, id="a colon in the header"),
    ],
)
def test_methods(text: str, members: dict[str, str]) -> None:
    found = find_plain_classes(text)
    assert {name: " ".join(sorted(item.methods)) for name, item in found.items()} == members


@pytest.mark.parametrize(
    ("bases", "names"),
    [
        pytest.param("", (), id="none"),
        pytest.param("()", (), id="none in parentheses"),
        pytest.param("(A)", ("A",), id="one"),
        pytest.param("( A , b.c )", ("A", "b.c"), id="several"),
        pytest.param("(A, metaclass=M)", ("A",), id="a keyword"),
        pytest.param("(A, *b)", ("A",), id="a star"),
        pytest.param("(A, B[int], C)", ("A",), id="an index"),
        pytest.param("(A, b.c())", ("A",), id="a call"),
        pytest.param("(A if b else C)", (), id="a choice"),
        pytest.param("(A, (B))", ("A",), id="parentheses"),
    ],
)
def test_bases(bases: str, names: tuple[str, ...]) -> None:
    (found,) = find_plain_classes(f"class C{bases}:\n def f(): 0").values()
    assert found == PlainClass(names, frozenset({"f"}))


def test_whatever_is_found_in_real_code_is_a_member() -> None:
    wrong: list[str] = []
    count = 0
    for path, file in sample().items():
        text = decode(file.read_bytes())
        classes = find_classes(parse(text), imports_of(text))
        for name, item in find_plain_classes(text).items():
            names = frozenset(item for facts in classes.get(name, ()) for item in facts.names)
            bases = frozenset(
                ".".join(base) for facts in classes.get(name, ()) for base in facts.bases
            )
            count += len(item.methods)
            if name in classes and (item.methods - names or not bases.issuperset(item.bases)):
                wrong.append(f"{path}: {name}")
    assert wrong == []
    assert count > 1000
