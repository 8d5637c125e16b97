"""What the classes of one file offer, read off its text."""

from __future__ import annotations

import pytest

from linter_ext.source.classes import Classes, find_classes
from linter_ext.source.parser import parse
from tests.source.reading import imports_of


def classes_of(text: str) -> Classes:
    """Return the classes of a text."""
    return find_classes(parse(text), imports_of(text))


@pytest.mark.parametrize(
    ("body", "names"),
    [
        pytest.param("x = 1", ["x"], id="an assignment"),
        pytest.param("x, (y, *z) = 1", ["x", "y", "z"], id="unpacking"),
        pytest.param("x: int = 1; y: int", ["x", "y"], id="annotations"),
        pytest.param("def f(self): x = 1", ["f"], id="a method"),
        pytest.param("async def f(self): 0", ["f"], id="a coroutine"),
        pytest.param("import x.y, z as w\n from a import b", ["b", "w", "x"], id="imports"),
        pytest.param("class D: x = 1", ["D"], id="a class"),
        pytest.param("if a:\n  x = 1\n else:\n  y = 1", ["x", "y"], id="branches"),
        pytest.param("for x in a:\n  y = 1", ["x", "y"], id="a loop"),
        pytest.param("with a as x: 0", ["x"], id="a with statement"),
        pytest.param("try: 0\n except E as x: y = 1", ["x", "y"], id="a handler"),
        pytest.param("match a:\n  case [x, *y]: 0\n  case {**z}: 0", ["x", "y", "z"], id="match"),
        pytest.param("x = (y := 1)", ["x", "y"], id="an assignment expression"),
        pytest.param("x += 1", ["x"], id="an augmented assignment"),
        pytest.param("def f(self): self.x = 1; del self.y", ["f", "x"], id="set in a method"),
        pytest.param("def f(self): self.x, y.z = 1", ["f", "x", "z"], id="set on anything"),
        pytest.param("def f(self):\n  def g(): self.x = 1", ["f", "x"], id="set further inside"),
        pytest.param("def f(self): setattr(self, 'x', 1)", ["f", "x"], id="set by setattr"),
        pytest.param("__slots__ = 'x', 'y'", ["__slots__", "x", "y"], id="slots"),
        pytest.param("__slots__: tuple = ('x',)", ["__slots__", "x"], id="annotated slots"),
        pytest.param("x = 'y'; print('z')", ["x"], id="other strings"),
        pytest.param("__x = 1", ["_C__x"], id="a private name"),
        pytest.param("__x__ = 1; _y = 1", ["__x__", "_y"], id="names that are not private"),
    ],
)
def test_a_class_offers_names(body: str, names: list[str]) -> None:
    ((facts,),) = classes_of(f"class C:\n {body}").values()

    assert sorted(facts.names) == names
    assert not facts.is_open


def test_private_names_take_the_class_without_its_underscores() -> None:
    found = classes_of("class _C:\n __x = 1\nclass __:\n __x = 1\n")

    assert [sorted(facts.names) for (facts,) in found.values()] == [["_C__x"], ["__x"]]


@pytest.mark.parametrize(
    ("head", "bases"),
    [
        pytest.param("class C", [], id="none"),
        pytest.param("class C(a, b.c.D)", ["a", "b.c.D"], id="dotted"),
        pytest.param("class C(a[int], b.c[d, e])", ["a", "b.c"], id="with arguments"),
    ],
)
def test_a_class_has_bases(head: str, bases: list[str]) -> None:
    ((facts,),) = classes_of(f"{head}: 0").values()

    assert [".".join(base) for base in facts.bases] == bases
    assert not facts.is_open


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("class C(metaclass=M): 0", id="a metaclass"),
        pytest.param("class C(**x): 0", id="keywords that are not known"),
        pytest.param("class C(f(x)): 0", id="a base that is made"),
        pytest.param("class C(*x): 0", id="bases that are not known"),
        pytest.param("@x\nclass C: 0", id="a decorator"),
        pytest.param("@x.y(z)\nclass C: 0", id="a decorator that is called"),
        pytest.param("@x()()\nclass C: 0", id="a decorator that is made"),
        pytest.param("from .dataclasses import dataclass\n@dataclass\nclass C: 0", id="another"),
        pytest.param("@dataclass\nclass C: 0", id="a decorator that is not imported"),
        pytest.param("class C:\n def f(self): setattr(C, x, 1)", id="setattr"),
        pytest.param("class C:\n def f(self): setattr(type(self), x, 1)", id="setattr on type"),
        pytest.param("class C:\n @classmethod\n def f(cls): setattr(cls, x, 1)", id="on cls"),
        pytest.param("class C:\n def __init_subclass__(cls): setattr(cls, x, 1)", id="subclass"),
        pytest.param("class C:\n def f(): setattr(x, y, 1)", id="setattr on anything"),
        pytest.param("class C:\n locals()['x'] = 1", id="locals"),
        pytest.param("class C:\n exec('x = 1')", id="exec"),
        pytest.param("class C:\n for x in y: vars()[x] = 1", id="vars"),
        pytest.param("class C: 0\nsetattr(C, x, 1)", id="setattr at module level"),
        pytest.param("class C: 0\ndef f(): setattr(C, x, 1)", id="setattr in a function"),
        pytest.param("class C: 0\nfor x in (C,): setattr(x, 'y', 1)", id="setattr on a variable"),
        pytest.param("class C: 0\nregister(x, C)", id="a function that gets it"),
    ],
)
def test_a_class_may_be_open(text: str) -> None:
    ((facts,),) = classes_of(text).values()

    assert facts.is_open


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("class C(metaclass=abc.ABCMeta): 0", id="a plain metaclass"),
        pytest.param("class C(x, table=True): 0", id="a keyword"),
        pytest.param("from dataclasses import dataclass as d\n@d\nclass C: 0", id="dataclass"),
        pytest.param("import dataclasses\n@dataclasses.dataclass()\nclass C: 0", id="by module"),
        pytest.param("import attr as a\n@a.s(auto_attribs=True)\nclass C: 0", id="attrs"),
        pytest.param("import pytest\n@pytest.mark.x(y)\nclass C: 0", id="a mark"),
        pytest.param("from unittest import mock\n@mock.patch('x.y')\nclass C: 0", id="a patch"),
        pytest.param("import zope.interface\n@zope.interface.implementer(x)\nclass C: 0", id="z"),
        pytest.param("import typing\n@typing.final\n@typing.runtime_checkable\nclass C: 0", id="t"),
        pytest.param("class C:\n def f(self): locals()", id="locals of a method"),
        pytest.param("class C:\n def f(self): setattr(self, x, 1)", id="setattr on an instance"),
        pytest.param("class C:\n def __getattr__(self, x): 0", id="__getattr__ of an instance"),
        pytest.param("class C: 0\nregister(x)\ny = f(C)", id="functions that get others"),
    ],
)
def test_a_class_may_be_closed(text: str) -> None:
    ((facts,),) = classes_of(text).values()

    assert not facts.is_open


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("class C: 0\nC.x = 1", ["x"], id="an attribute"),
        pytest.param("class C: 0\ndef f(): C.x = C.__y = 1", ["_C__y", "x"], id="in a function"),
        pytest.param("class C: 0\nsetattr(C, 'x', 1)", ["x"], id="by setattr"),
        pytest.param("class C: 0\nD.x = c.y = C.z.w = 1", [], id="of others"),
    ],
)
def test_what_is_set_on_a_class_is_there(text: str, names: list[str]) -> None:
    ((facts,),) = classes_of(text).values()

    assert sorted(facts.names) == names
    assert not facts.is_open


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("class C: x = 1", {"C": [["x"]]}, id="one class"),
        pytest.param(
            "if a:\n class C: x = 1\nelse:\n class C: y = 1",
            {"C": [["x"], ["y"]]},
            id="a class in each branch",
        ),
        pytest.param("try:\n from a import C\nexcept E:\n class C: 0", {}, id="or an import"),
        pytest.param("class C: 0\nC = f(C)", {}, id="bound anew"),
        pytest.param("class C: 0\ndef C(): 0", {}, id="or a function"),
        pytest.param("def f():\n class C: 0", {}, id="in a function"),
        pytest.param("C = type('C', (), {})", {}, id="made by a call"),
    ],
)
def test_a_name_is_a_class_if_nothing_else_binds_it(
    text: str, names: dict[str, list[list[str]]]
) -> None:
    found = classes_of(text)

    assert {name: [sorted(facts.names) for facts in each] for name, each in found.items()} == names


def test_classes_stand_in_classes() -> None:
    ((outer,),) = classes_of("class C:\n class D:\n  x = 1\n class E: 0\n E = 1\n").values()

    assert sorted(outer.names) == ["D", "E"]
    assert {name: sorted(each[0].names) for name, each in outer.classes.items()} == {"D": ["x"]}
