"""Text becomes a syntax tree, and the tree imports with their places and contexts."""

from __future__ import annotations

import ast
import warnings

import pytest

from linter_ext.source.facts import Context, Import, Span
from linter_ext.source.parser import find_imports, inner_blocks, module_statements, parse
from linter_ext.source.text import SourceText, UnreadableError
from tests.source.reading import imports_of, place


def test_an_import_has_all_its_facts() -> None:
    assert imports_of("from ..a.b import c as d, e\nimport e.f as g, h.i\n") == (
        Import(
            module="a.b",
            name="c",
            alias="d",
            level=2,
            span=Span(1, 19, 1, 25),
            module_span=Span(1, 6, 1, 11),
            line=1,
            context=Context.MODULE,
        ),
        Import(
            module="a.b",
            name="e",
            alias=None,
            level=2,
            span=Span(1, 27, 1, 28),
            module_span=Span(1, 6, 1, 11),
            line=1,
            context=Context.MODULE,
        ),
        Import(
            module="e.f",
            name=None,
            alias="g",
            level=0,
            span=Span(2, 8, 2, 16),
            module_span=Span(2, 8, 2, 11),
            line=2,
            context=Context.MODULE,
        ),
        Import(
            module="h.i",
            name=None,
            alias=None,
            level=0,
            span=Span(2, 18, 2, 21),
            module_span=Span(2, 18, 2, 21),
            line=2,
            context=Context.MODULE,
        ),
    )


@pytest.mark.parametrize(
    ("text", "local_name", "written_module", "is_star"),
    [
        pytest.param("import a.b", "a", "a.b", False, id="a module binds its first component"),
        pytest.param("import a.b as c", "c", "a.b", False, id="unless it has an alias"),
        pytest.param("from a import b", "b", "a", False, id="a name binds itself"),
        pytest.param("from a import b as c", "c", "a", False, id="unless it has an alias too"),
        pytest.param("from .. import a", "a", "..", False, id="dots alone"),
        pytest.param("from ...a.b import c", "c", "...a.b", False, id="dots and a module"),
        pytest.param("from .a import *", "*", ".a", True, id="a star"),
        pytest.param(
            "from __future__ import annotations", "annotations", "__future__", False, id="future"
        ),
    ],
)
def test_an_import_binds_one_name(
    text: str, local_name: str, written_module: str, is_star: bool
) -> None:
    (item,) = imports_of(text)

    assert (item.local_name, item.written_module, item.is_star) == (
        local_name,
        written_module,
        is_star,
    )


# Each import as `module:name:alias`, where it stands, where its module stands, its first line.
@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(
            "import  a ,  b.c  as  d",
            ["a 1:9-10 1:9-10 1", "b.c 1:14-24 1:14-17 1"],
            id="blanks around names",
        ),
        pytest.param(
            "import a . b, c. d as e",
            ["a.b 1:8-13 1:8-13 1", "c.d 1:15-24 1:15-19 1"],
            id="blanks inside a module",
        ),
        pytest.param("import a.b\tas\tc", ["a.b 1:8-16 1:8-11 1"], id="tabs before an alias"),
        pytest.param(
            "import a \\\n  . b \\\n as \\\n c, as_ as d",
            ["a.b 1:8-4:3 1:8-2:6 1", "as_ 4:5-13 4:5-8 1"],
            id="escaped line ends inside a module",
        ),
        pytest.param("from  a  import  b", ["a:b 1:18-19 1:7-8 1"], id="blanks around a module"),
        pytest.param("from\ta\timport\tb", ["a:b 1:15-16 1:6-7 1"], id="tabs around a module"),
        pytest.param("from . a import b", [".a:b 1:17-18 1:6-9 1"], id="a dot and a blank"),
        pytest.param("from . . a import b", ["..a:b 1:19-20 1:6-11 1"], id="two dots and blanks"),
        pytest.param("from.import a", [".:a 1:13-14 1:5-6 1"], id="no blanks around a dot"),
        pytest.param("from.a import b", [".a:b 1:15-16 1:5-7 1"], id="no blank before a dot"),
        pytest.param("from ...import a", ["...:a 1:16-17 1:6-9 1"], id="no blank after dots"),
        pytest.param(
            "from .... a import b", ["....a:b 1:20-21 1:6-12 1"], id="an ellipsis and a dot"
        ),
        pytest.param(
            "from .\\\n b import c", [".b:c 2:11-12 1:6-2:3 1"], id="an escaped line end inside"
        ),
        pytest.param(
            "from \\\n  .. \\\n a . b \\\n import c",
            ["..a.b:c 4:9-10 2:3-3:7 1"],
            id="escaped line ends everywhere",
        ),
        pytest.param(
            "from importlib import a; from aimport import b; from as_import.import_ import c",
            [
                "importlib:a 1:23-24 1:6-15 1",
                "aimport:b 1:46-47 1:31-38 1",
                "as_import.import_:c 1:79-80 1:54-71 1",
            ],
            id="modules with keywords in their names",
        ),
        pytest.param(
            "from  aimport import b; import  as_x.as_  as c",
            ["aimport:b 1:22-23 1:7-14 1", "as_x.as_ 1:33-47 1:33-41 1"],
            id="the same behind two blanks",
        ),
        pytest.param(
            "from a import (  # b\n    c,  # d\n    e as f,\n)",
            ["a:c 2:5-6 1:6-7 1", "a:e 3:5-11 1:6-7 1"],
            id="parentheses, comments, a comma at the end",
        ),
        pytest.param(
            "from a import b, \\\n    c",
            ["a:b 1:15-16 1:6-7 1", "a:c 2:5-6 1:6-7 1"],
            id="backslash",
        ),
        pytest.param(
            "x = 1; import a; from .b import c",
            ["a 1:15-16 1:15-16 1", ".b:c 1:33-34 1:23-25 1"],
            id="semicolons",
        ),
        pytest.param("from a import  *", ["a:* 1:16-17 1:6-7 1"], id="a star"),
        pytest.param(
            "é = '😀'; import a; from  .ü import ö as x",
            ["a 1:17-18 1:17-18 1", ".ü:ö 1:36-42 1:26-28 1"],
            id="characters of several bytes before and inside",
        ),
        pytest.param(
            "from .ﬁle import a; import ﬁle as b; import ﬁle.ﬁ",
            [".file:a 1:18-19 1:6-10 1", "file 1:28-36 1:28-31 1", "file.fi 1:45-50 1:45-50 1"],
            id="identifiers that Python normalises (PEP 3131)",
        ),
        pytest.param("if x:\n\timport a", ["a 2:9-10 2:9-10 2"], id="a tab is one column"),
        pytest.param("x\n\f\nimport a\f", ["a 3:8-9 3:8-9 3"], id="a form feed ends no line"),
        pytest.param("\fimport a", ["a 1:9-10 1:9-10 1"], id="a form feed is one column"),
    ],
)
def test_an_import_stands_at_its_name(text: str, places: list[str]) -> None:
    found = imports_of(text)

    assert places == [
        f"{item.written_module}{f':{item.name}' if item.name else ''} "
        f"{place(item.span)} {place(item.module_span)} {item.line}"
        for item in found
    ]


def test_a_text_other_than_the_parsed_one_still_gives_a_place() -> None:
    (item,) = find_imports(ast.parse("from a import b"), SourceText("something else\n"))

    assert item.module_span == Span(1, 1, 1, 16)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="an empty file"),
        pytest.param("'import a'\n# import a\n", id="strings and comments"),
        pytest.param("__import__('a')", id="calls"),
    ],
)
def test_nothing_else_is_an_import(text: str) -> None:
    assert imports_of(text) == ()


@pytest.mark.parametrize(
    ("text", "line", "column", "fact"),
    [
        pytest.param(
            "x = 1\ny = (\n",
            2,
            5,
            "cannot be parsed by Python X: '(' was never closed",
            id="syntax",
        ),
        pytest.param(
            "é = 1; x y", 1, 10, "cannot be parsed by Python X: invalid syntax", id="characters"
        ),
        pytest.param(
            "x = 1\0",
            1,
            1,
            "cannot be parsed by Python X: source code string cannot contain null bytes",
            id="NUL",
        ),
        pytest.param(
            "'\ud800'",
            1,
            1,
            "cannot be parsed by Python X: 'utf-8' codec can't encode character '\\ud800' "
            "in position 1: surrogates not allowed",
            id="surrogates",
        ),
        pytest.param(
            "-" * 100_000 + "1", 1, 1, "cannot be parsed: nested too deeply", id="deep expressions"
        ),
    ],
)
def test_what_is_not_python_is_told_with_its_place(
    text: str, line: int, column: int, fact: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linter_ext.source.parser._PYTHON", "X")

    with pytest.raises(UnreadableError) as caught:
        parse(text)

    assert (caught.value.line, caught.value.column, caught.value.fact) == (line, column, fact)


def test_warnings_about_the_text_are_not_ours_to_give() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert isinstance(parse("'\\d' is 1"), ast.Module)


def test_module_statements_come_in_the_order_of_the_text() -> None:
    text = (
        "a\nif b:\n c\n for d in e:\n  f\nelse:\n g\ndef h():\n i\nclass j:\n k\n"
        "try:\n l\nexcept m:\n n\no"
    )

    lines = [statement.lineno for statement in module_statements(parse(text))]

    assert lines == [1, 2, 3, 4, 5, 7, 8, 10, 12, 13, 15, 16]


def test_ten_thousand_branches_are_not_too_many() -> None:
    text = "if a: import a\n" + "elif b: import b\n" * 2_000

    assert len(imports_of(text)) == 2_001
    assert sum(isinstance(item, ast.Import) for item in module_statements(parse(text))) == 2_001


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("x = 1", [], id="a simple statement has none"),
        pytest.param("if x:\n a\nelse:\n b", [[2], [4]], id="a compound one has some"),
    ],
)
def test_inner_blocks(text: str, lines: list[list[int]]) -> None:
    (statement,) = parse(text).body

    assert [[item.lineno for item in block] for block in inner_blocks(statement)] == lines
