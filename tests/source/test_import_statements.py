"""Import statements, and the blocks they stand in, read off a file's lines without parsing it."""

from __future__ import annotations

import pytest

from linter_ext.source.circumstances import PLAIN, find_circumstances
from linter_ext.source.facts import Context, Import
from linter_ext.source.import_statements import ImportStatements
from linter_ext.source.parser import find_imports, parse
from linter_ext.source.text import SourceText, decode
from tests.source.standard_files import sample

HEDGED = Context.GUARDED | Context.FALLBACK


def bare(items: list[Import]) -> list[Import]:
    return [item._replace(context=Context.MODULE) for item in items]


def read(text: str) -> list[Import] | None:
    """Return what is read, without contexts; None if nothing is told."""
    statements = ImportStatements(text).statements
    if statements is None:
        return None
    return bare([item for statement in statements for item in statement.imports])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("import a\nimport a.b as c, d , e", id="modules"),
        pytest.param("from a.b import c, d as e\nfrom x import *\n", id="names"),
        pytest.param("from . import a\nfrom ..b import c\nfrom .a.b import c", id="relative"),
        pytest.param(
            "from a import (b)\nfrom a import (\n  b as c,  # d\n  e,\n)", id="parentheses"
        ),
        pytest.param("from a import b, \\\n    c as d\nimport e, \\\n  f", id="escaped line ends"),
        pytest.param("def f():\n    import a\n    class C:\n        from b import c", id="inside"),
        pytest.param("import a; a()\nimport b ;", id="before a semicolon"),
        pytest.param('"""\nimport a\n"""\n# import b\nx = "import c"', id="strings and comments"),
        pytest.param("important = import_module(x); reimport", id="other words"),
        pytest.param("größe = 'ö'; x = 1\nimport a", id="not ASCII elsewhere"),
    ],
)
def test_statements_that_are_read(text: str) -> None:
    assert read(text) == bare([*find_imports(parse(text), SourceText(text))])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x = 1; import a", id="after a semicolon"),
        pytest.param("if x: import a", id="on the line of a block"),
        pytest.param("if x:\n\timport a", id="tabs"),
        pytest.param("from \\\n  a import b", id="an escaped line end before the word"),
        pytest.param("from a.import b", id="no blank before the word"),
        pytest.param("from . a import b", id="a blank after the dots"),
        pytest.param("import größe", id="not ASCII"),
        pytest.param("from a import b as \\\n c", id="an alias on the next line"),
        pytest.param("import", id="nothing imported"),
    ],
)
def test_unusual_statements_that_are_not_told(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("before", "words"),
    [
        pytest.param("", "plain", id="at the margin"),
        pytest.param("def f(\n    a,\n):\n ", "plain", id="in a function"),
        pytest.param(
            "class C:\n  def f(self):\n    return 1\n  def g(self):\n    ", "plain", id="a method"
        ),
        pytest.param("try:\n  x()\nexcept E:\n  pass\n", "plain", id="after a block"),
        pytest.param("if x:\n  ", "", id="under a condition"),
        pytest.param("for x in y:\n  ", "", id="in a loop"),
        pytest.param("try:\n  ", "may fail", id="in an attempt"),
        pytest.param("try:\n  x()\nexcept E:\n  ", "may fail", id="in a handler"),
        pytest.param("try:\n  x()\nfinally:\n  ", "", id="at the end of an attempt"),
        pytest.param("with suppress(E):\n  ", "may fail", id="where errors are suppressed"),
        pytest.param("with x:\n  ", "", id="in a context"),
        pytest.param("raise E\n", "may end", id="after the end of the module"),
        pytest.param("x.skip('y')\n", "may end", id="after a skip"),
        pytest.param("def f():\n  return 1\n  ", "may end", id="after the end of a function"),
        pytest.param("def f():\n  raise E\ndef g():\n  ", "plain", id="after another function"),
        pytest.param("if (x and\n    y):\n  ", None, id="a header on two lines"),
        pytest.param("if x:\n\tif y:\n    ", None, id="tabs"),
    ],
)
def test_what_a_statement_stands_in(before: str, words: str | None) -> None:
    told = ImportStatements(f"{before}import a\n")
    assert told.statements is not None
    around = told.around(told.statements[-1])
    if around is None:
        assert words is None
        return
    flags = {"plain": around.are_plain, "may fail": around.may_fail, "may end": around.may_end}
    assert " ".join(word for word, holds in flags.items() if holds) == words


def test_real_code_is_read_as_the_parser_reads_it() -> None:
    wrong: list[str] = []
    plain = hedged = 0
    for path, file in sample().items():
        text = decode(file.read_bytes())
        tree = parse(text)
        imports = find_imports(tree, SourceText(text))
        circumstances = find_circumstances(tree, imports)
        told = ImportStatements(text)
        pairs = [
            (item, told.around(statement))
            for statement in told.statements or ()
            for item in statement.imports
        ]
        if told.statements is not None and bare([item for item, _ in pairs]) != bare([*imports]):
            wrong.append(path)
            continue
        for item, (_, around) in zip(imports, pairs, strict=False):
            is_hedged = bool(item.context & HEDGED)
            is_plain = not is_hedged and circumstances.get(item, PLAIN) == PLAIN
            if around is not None and (
                (around.are_plain and not is_plain) or (is_hedged and not around.may_fail)
            ):
                wrong.append(f"{path}:{item.line}")
            plain += around is not None and around.are_plain
            hedged += is_hedged
    assert wrong == []
    assert plain > 500
    assert hedged > 20
