"""One file is mended as far as nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from linter_ext.codes import Code
from linter_ext.fixes.mending import mend
from linter_ext.source.facts import Span
from linter_ext.violations import Finding
from tests.source.project import index_of, open_file

_PATH = "app/a.py"
_TEXT = "from .b import x  # one\nfrom .c import y\n"


def found(line: int, module: str) -> Finding:
    """Return the finding of a relative import."""
    return Finding(
        code=Code.RELATIVE_IMPORT,
        span=Span(line, 6, line, 8),
        line=line,
        module=module,
        name=None,
        target=module,
        message="relative",
        instead=module,
    )


B, C = found(1, "app.b"), found(2, "app.c")


def unchanged(before: str, after: str) -> str:
    del before
    return after


@pytest.mark.parametrize(
    ("sort", "reason"),
    [
        (
            lambda _, after: after.replace("  # one", "") if "app.b" in after else after,
            "the comment '# one' would be lost",
        ),
        (
            lambda _, after: after.replace("x", "z") if "app.b" in after else after,
            "'x' would not be bound any more",
        ),
        (
            lambda _, after: f"{after}z = 1\n" if "app.b" in after else after,
            "'z' would be bound as well",
        ),
        (
            lambda _, after: f"{after}z\n" if "app.b" in after else after,
            "'z' is used by itself, and would not be bound any more",
        ),
        (
            lambda _, after: f"{after}def f(): ...\n" if "app.b" in after else after,
            "the file would have other scopes",
        ),
        (
            lambda _, after: f"{after}(\n" if "app.b" in after else after,
            "the file would not be valid Python: '(' was never closed (<text>, line 3)",
        ),
    ],
    ids=["a comment", "a name", "another name", "a use", "a scope", "no Python"],
)
def test_what_would_do_harm_is_left_out(sort: Callable[[str, str], str], reason: str) -> None:
    index = index_of({_PATH: _TEXT, "app/b.py": "x = 1\n", "app/c.py": "y = 1\n"})
    mended = mend(open_file(index, _PATH), (B, C), index, sort)

    assert mended.text == _TEXT.replace(".c", "app.c")
    assert mended.mended == (C,)
    assert [(item.finding, item.reason) for item in mended.left] == [(B, reason)]


def test_all_together() -> None:
    index = index_of({_PATH: _TEXT, "app/b.py": "x = 1\n", "app/c.py": "y = 1\n"})
    mended = mend(open_file(index, _PATH), (B, C), index, unchanged)

    assert mended.text == _TEXT.replace(".b", "app.b").replace(".c", "app.c")
    assert mended.mended == (B, C)
    assert mended.left == ()


def test_what_python_refuses_although_it_can_be_parsed() -> None:
    text = f"{_TEXT}def f():\n    from app.b import *\n"
    index = index_of({_PATH: text})
    mended = mend(open_file(index, _PATH), (B,), index, unchanged)

    assert mended.text == text
    assert [item.reason for item in mended.left] == [
        "Python itself refuses the file: import * only allowed at module level (<text>, line 4)"
    ]
