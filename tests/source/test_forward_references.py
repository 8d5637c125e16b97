"""Strings that stand for types are read, and their uses stand inside the string."""

from __future__ import annotations

import pytest

from tests.source.reading import expressions_of, place


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        pytest.param("x: 'a.b.c'", ["b.c 2:5-10"], id="a plain string"),
        pytest.param('x: "a.b" = 1', ["b 2:5-8"], id="double quotes"),
        pytest.param("def f(x: 'a.b', *y: 'a.c') -> 'a.d': 0", ["b", "c", "d"], id="a signature"),
        pytest.param("x: 'list[a.b, a.c]'", ["b 2:10-13", "c 2:15-18"], id="several in one"),
        pytest.param("x: List['a.b'] | 'a.c'", ["b 2:10-13", "c 2:19-22"], id="inside a type"),
        pytest.param("x: C[['a.b', *'a.c'], ('a.d',)]", ["b", "c", "d"], id="lists and tuples"),
        pytest.param("x: r'a.b'; y: u'a.c'", ["b 2:6-9", "c 2:17-20"], id="a prefix"),
        pytest.param("x: '''a.b'''", ["b 2:7-10"], id="three quotes"),
        pytest.param("'é'; x: 'a.b'", ["b 2:10-13"], id="after characters of several bytes"),
        pytest.param("x: ' a.b '", ["b 2:6-9"], id="blanks inside"),
        pytest.param("x: '''\n a.b\n'''", ["b 2:4-4:4"], id="over several lines: the string"),
        pytest.param("x: 'a.' 'b'", ["b 2:4-12"], id="joined of two: the string"),
        pytest.param("x: ('a'\n    '.b')", ["b 2:5-3:9"], id="joined over two lines: the string"),
        pytest.param("x: 'a.\\x62'", ["b 2:4-12"], id="with an escape: the string"),
        pytest.param(
            "x: 'é[a.b]'", ["b 2:4-12"], id="with characters of several bytes: the string"
        ),
        pytest.param("x: 'list[\"a.b\"]'", ["b 2:11-14"], id="a string in a string"),
        pytest.param(
            'x: \'list["a." "b"]\'', ["b 2:10-18"], id="a string in a string, joined of two"
        ),
        pytest.param("x: 'List[\\'a.b\\']'", ["b 2:4-19"], id="a string in an escaped string"),
        pytest.param("x: 'a.b(c).d, a.e'", ["b 2:5-8", "e 2:15-18"], id="any expression"),
        pytest.param("x: f()['a.b']", ["b 2:9-12"], id="inside a subscript of anything"),
        pytest.param("x: Optional[Callable[[], 'a.b']]", ["b 2:27-30"], id="however deep"),
    ],
)
def test_an_annotation_may_be_a_string(text: str, uses: list[str]) -> None:
    found = [
        f"{'.'.join(use.attributes)} {place(use.spans[-1])}"
        for use in expressions_of(f"import a\n{text}").uses
    ]

    assert [
        item if " " in want else item.split()[0] for item, want in zip(found, uses, strict=True)
    ] == uses


def test_each_attribute_has_its_span() -> None:
    (use,) = expressions_of("import a\nx: 'a.b.c'\n").uses

    assert [place(span) for span in use.spans] == ["2:5-8", "2:5-10"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x = 'a.b'", id="a value"),
        pytest.param("x: int = 'a.b'", id="an annotated value"),
        pytest.param("'a.b'", id="a string alone"),
        pytest.param("def f(x: int = 'a.b'): 'a.b'", id="a default, a docstring"),
        pytest.param("x: Literal['a.b']", id="a literal type"),
        pytest.param("x: typing.Literal['a.b', 'a.c']", id="a literal type by attribute"),
        pytest.param("from typing import Literal as L\nx: L['a.b']", id="a literal type by alias"),
        pytest.param("x: 'Literal[\"a.b\"]'", id="a literal type in a string"),
        pytest.param("x: Annotated[int, 'a.b']", id="metadata"),
        pytest.param("x: f('a.b')", id="an argument"),
        pytest.param("x: {'a.b': 1}", id="a key"),
        pytest.param("x: 'a.b has blanks'", id="no expression"),
        pytest.param("x: ''; y: '#'; z: ')('; w: b'a.b'", id="no expression at all"),
        pytest.param('x: "a.b\'\\\\d"; y: "\'\\\\d\'"', id="an escape that Python warns of"),
        pytest.param("x: 'b.c'; y: 'a'; z: 'f().a.b'", id="no attribute of the name"),
        pytest.param(f"x: '{'(' * 200}a.b{')' * 200}'", id="nested too deeply"),
        pytest.param("def f(a, x: 'b.a'): 0", id="a name of something else"),
        pytest.param("def f(a):\n x: 'a.b'", id="a name that is shadowed"),
        pytest.param("from typing import List\nList[0]", id="a subscript without a string"),
    ],
)
def test_other_strings_are_no_types(text: str) -> None:
    assert expressions_of(f"import a\n{text}").uses == ()


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        pytest.param("x: Annotated['a.b', 'a.c']", ["a.b"], id="what is annotated is a type"),
        pytest.param("x: 'Annotated[\"a.b\", 1]'", ["a.b"], id="in a string too"),
        pytest.param("import typing\ntyping.cast('a.b', 'a.c')", ["typing.cast", "a.b"], id="cast"),
        pytest.param(
            "from typing import cast as c\nc(typ='a.b', val=1)", ["a.b"], id="cast by alias"
        ),
        pytest.param("from typing import cast\ncast('list[a.b]', 1)", ["a.b"], id="cast to a list"),
        pytest.param("cast('a.b', 1)\nfrom b import cast", [], id="another function named cast"),
        pytest.param(
            "import b\nb.cast('a.b', 1)\nx.y.cast('a.b')", ["b.cast"], id="of another module"
        ),
        pytest.param("from typing import NewType\nNewType('a.b', 'a.c')", ["a.c"], id="NewType"),
        pytest.param(
            "from typing import TypeVar\nTypeVar('a.b', 'a.c', 'a.d', bound='a.e', default='a.f')",
            ["a.c", "a.d", "a.e"],
            id="TypeVar",
        ),
        pytest.param("from typing import sys\nsys('a.b')", [], id="another call of typing"),
        pytest.param(
            "from typing import List, Literal\nList['a.b']; Literal['a.c']",
            ["a.b"],
            id="a subscript",
        ),
        pytest.param(
            "import typing_extensions as t\nX = t.Optional['a.b']",
            ["t.Optional", "a.b"],
            id="an alias",
        ),
        pytest.param(
            "from collections.abc import Callable\nx: Callable[['a.b'], 'a.c']",
            ["a.b", "a.c"],
            id="an annotation is read once",
        ),
        pytest.param(
            "import typing as t\ndef f(t): t['a.b']", [], id="a mapping named like a module"
        ),
        pytest.param("x['a.b']; x.y['a.b']; f()['a.b']\nimport typing", [], id="other subscripts"),
        pytest.param(
            "from typing import TypeAlias\nX: TypeAlias = 'a.b'; Y: TypeAlias",
            ["a.b"],
            id="TypeAlias",
        ),
    ],
)
def test_typing_takes_strings_for_types(text: str, uses: list[str]) -> None:
    found = expressions_of(f"import a\n{text}").uses

    assert [f"{use.imports[0].local_name}.{use.attributes[0]}" for use in found] == uses
