"""What lines tell of imports, held against the syntax tree: nothing may be overlooked."""

from __future__ import annotations

import ast
from collections.abc import Iterable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from linter_ext.source.facts import Context
from linter_ext.source.import_lines import find_import_lines
from linter_ext.source.parser import import_statements, parse
from linter_ext.source.text import UnreadableError, decode
from tests.source.standard_files import sample

_LATER = Context.FUNCTION | Context.TYPE_CHECKING

Asked = tuple[str, str]
"""A module as written (empty for `import name`), and a name."""


def by_lines(text: str) -> set[Asked] | None:
    lines = find_import_lines(text)
    return None if lines is None else {(line.module, name) for line in lines for name in line.names}


def by_tree(tree: ast.Module) -> set[Asked]:
    return {
        asked
        for statement, context in import_statements(tree)
        if not context & _LATER
        for asked in _asked(statement)
    }


def _asked(statement: ast.Import | ast.ImportFrom) -> Iterable[Asked]:
    module = ""
    if isinstance(statement, ast.ImportFrom):
        module = "." * statement.level + (statement.module or "")
    return [(module, alias.name) for alias in statement.names]


CASES = {
    "plain": ("import a.b, c as d\nfrom e import f\n", {("", "a.b"), ("", "c"), ("e", "f")}),
    "relative": ("from . import a\nfrom ..b import c\n", {(".", "a"), ("..b", "c")}),
    "without blanks": ("from.a import(b)\nfrom .import c\n", {(".a", "b"), (".", "c")}),
    "a star": ("from a import *\n", {("a", "*")}),
    "parentheses and comments": (
        "from a import (  # (x)\n    b,  # )\n    c as d,\n)  # e\nfrom f import g  # h, i\n",
        {("a", "b"), ("a", "c"), ("f", "g")},
    ),
    "statements after it": ("import a; x = 1\n", {("", "a")}),
    "in a block": (
        "if x:\n    import a\nelse:\n\timport b\nclass C:\n    from c import d\n",
        {("", "a"), ("", "b"), ("c", "d")},
    ),
    "in a function": ("def f(\n    x,\n):\n    # y\n\n    if x:\n        import a\n", set()),
    "in a method": (
        "class C:\n    async def f(self):\n        '''d'''\n        import a\n    import b\n",
        {("", "b")},
    ),
    "after a function": (
        "if x:\n    def f():\n        pass\n    import a\n",
        {("", "a")},
    ),
    "for type checkers": (
        (
            "if TYPE_CHECKING:\n    import a\nif t.TYPE_CHECKING: # x\n    import b\n"
            "else:\n    import c\n"
        ),
        {("", "c")},
    ),
    "not for type checkers": ("if not TYPE_CHECKING:\n    import a\n", {("", "a")}),
    "a string that looks like a function": (
        'class C:\n    """\ndef f():\n    """\n    import a\n',
        {("", "a")},
    ),
    "a string that looks like an import": ("'''\nimport a\n'''\n", {("", "a")}),
    "on the line of a block": ("try: import a\nexcept E: pass\n", None),
    "after another statement": ("x = 1; import a\n", None),
    "over an escaped line end": ("from a \\\n    import b\n", None),
    "names that Python normalises": ("from a import ﬁle\n", None),
    "a module that Python normalises": ("from ﬁle import a\n", None),
    "blanks around dots": ("import a . b\n", None),
    "prose": ("'''\nimport all of it\n'''\n", None),
    "nothing": ("important = 1\nfrom_ = 2\n", set()),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_what_lines_tell(text: str, expected: set[Asked] | None) -> None:
    assert by_lines(text) == expected


def test_nothing_is_overlooked_in_the_standard_library() -> None:
    texts = {path: decode(place.read_bytes()) for path, place in sample().items()}
    told = {path: by_lines(text) for path, text in texts.items()}
    found = {path: asked for path, asked in told.items() if asked is not None}

    assert {path: by_tree(parse(texts[path])) - asked for path, asked in found.items()} == {
        path: set() for path in found
    }
    assert len(found) > 0.8 * len(texts)


STATEMENTS = st.sampled_from(
    [
        "import a",
        "import b.c as d, e",
        "from f import g, h as i",
        "from . import j",
        "from ..k import (l,  # (m)\n  n,\n)",
        "from o import (\n    p\n)",
        "from q import r; s = 1",
        "x = (\n1)",
        'x = """\ndef f():\n  import t\n"""',
        "'''\nif TYPE_CHECKING:\n'''",
        "# def f():",
        "x = 1  # import u",
        "pass",
    ]
)
HEADS = st.sampled_from(
    [
        "def f():",
        "async def f(\n    x,\n):",
        "class C:",
        "if x:",
        "if TYPE_CHECKING:",
        "if t.TYPE_CHECKING :",
        "if not TYPE_CHECKING:",
        "with x:",
        "for x in y:",
    ]
)


def indented(text: str, blank: str) -> str:
    return blank + text.replace("\n", f"\n{blank}")


def blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    body = st.lists(inner, min_size=1, max_size=3).map("\n".join)
    return st.builds(
        lambda head, text, blank: f"{head}\n{indented(text, blank)}",
        HEADS,
        body,
        st.sampled_from(["    ", "  ", "\t"]),
    )


TEXTS = st.lists(st.recursive(STATEMENTS, blocks, max_leaves=8), max_size=5).map("\n".join)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(text=TEXTS)
def test_nothing_is_overlooked(text: str) -> None:
    try:
        tree = parse(text)
    except UnreadableError:  # Tabs and blanks that do not go together.
        assume(False)
    found = by_lines(text)

    assert found is None or by_tree(tree) <= found
