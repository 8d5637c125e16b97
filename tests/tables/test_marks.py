"""Marks and dates: what comments and headings say about the imports of a Markdown registry."""

from __future__ import annotations

import datetime

import pytest

from linter_ext.tables.markdown import parse_markdown_registry
from linter_ext.tables.marks import says_second_path, verified_date


def block(*lines: str) -> str:
    return "\n".join(["```python", *lines, "```", ""])


@pytest.mark.parametrize(
    ("text", "canonical", "second"),
    [
        pytest.param(
            block("from m import A  # deprecated", "from m import B"),
            ["B m 3"],
            ["A m 2"],
            id="a comment at the line",
        ),
        pytest.param(
            block("from m import (  # compat", "    A,", "    B)"),
            [],
            ["A m 3", "B m 4"],
            id="a comment at the first line of a statement",
        ),
        pytest.param(
            block("from m import (", "    A,", ")  # compat"),
            [],
            ["A m 3"],
            id="a comment at the last line of a statement",
        ),
        pytest.param(
            block("from m import (", "    A,  # deprecated", "    B,", ")"),
            ["B m 4"],
            ["A m 3"],
            id="a comment at a name's own line",
        ),
        pytest.param(
            block(
                "from m import (", "    A,", "    # deprecated", "    B,", ")", "from n import C"
            ),
            ["A m 3", "C n 7"],
            ["B m 5"],
            id="a comment among the names speaks of those below it",
        ),
        pytest.param(
            block("# deprecated", "from m import A", "import os", "from n import B", "", "x = 1"),
            [],
            ["A m 3", "B n 5"],
            id="a comment above",
        ),
        pytest.param(
            block("# deprecated", "from m import A", "", "from n import B"),
            ["B n 5"],
            ["A m 3"],
            id="up to a blank line",
        ),
        pytest.param(
            block("# deprecated", "from m import A", "# current", "from n import B"),
            ["B n 5"],
            ["A m 3"],
            id="up to the next comment",
        ),
        pytest.param(
            block("# old paths, kept for", "# compatibility", "# until May", "from m import A"),
            [],
            ["A m 5"],
            id="lines that follow each other are one comment",
        ),
        pytest.param(
            block("# deprecated", "", "from m import A"),
            ["A m 4"],
            [],
            id="a comment apart from the line",
        ),
        pytest.param(
            block("# deprecated", "from m import (", "    # helpers", "    A,", "", "    B", ")"),
            [],
            ["A m 5", "B m 7"],
            id="a comment above a long statement covers all of it",
        ),
        pytest.param(
            block("x = '''", "# deprecated", "'''", "from m import A"),
            ["A m 5"],
            [],
            id="a string is no comment",
        ),
        pytest.param(
            "## Deprecated\n" + block("from m import A") + "### Kept\n" + block("from m import B"),
            [],
            ["A m 3", "B m 7"],
            id="a heading above, and a heading below that one",
        ),
        pytest.param(
            "## **Compatibility** paths\n## Current\n" + block("from m import A"),
            ["A m 4"],
            [],
            id="up to the next heading of the same level",
        ),
        pytest.param(
            "## ⚠️DEPRECATED\n### x\n# Current\n" + block("from m import A"),
            ["A m 5"],
            [],
            id="or of a higher one",
        ),
        pytest.param(
            "Paths that\nare `deprecated`\n===\n" + block("from m import A"),
            [],
            ["A m 5"],
            id="an underlined heading",
        ),
        pytest.param(
            "**Not**\n<b>deprecated</b>\n---\n" + block("from m import A"),
            ["A m 5"],
            [],
            id="a heading is read without its markup",
        ),
        pytest.param(
            "All of this is deprecated\n" + block("from m import A"),
            ["A m 3"],
            [],
            id="a paragraph is not a mark",
        ),
        pytest.param(
            block("from m import A", "from n import A  # deprecated"),
            ["A m 2"],
            ["A n 3"],
            id="one name, with a second path",
        ),
    ],
)
def test_marks_make_a_second_path(text: str, canonical: list[str], second: list[str]) -> None:
    registry = parse_markdown_registry(text, "registry.md")
    declared = [f"{name.name} {name.module} {name.origin.line}" for name in registry.names]
    assert declared == canonical
    allowed = [f"{path.name} {path.module} {path.origin.line}" for path in registry.also]
    assert allowed == second


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("# deprecated since 3.1", True, id="deprecated"),
        pytest.param("DEPRECATION", True, id="deprecation"),
        pytest.param("to deprecate: soon", True, id="deprecate"),
        pytest.param("(compat)", True, id="compat"),
        pytest.param("backward compatible", True, id="backward"),
        pytest.param("Backwards-compatible", True, id="backwards, with a hyphen"),
        pytest.param("🚫`_deprecated_`🚫", True, id="markup and emojis"),
        pytest.param("not deprecated, but compat", True, id="one of two negated"),
        pytest.param("undeprecated", False, id="part of a word"),
        pytest.param("old_deprecated_path", False, id="part of an identifier"),
        pytest.param("compatible", False, id="compatible alone"),
        pytest.param("not deprecated", False, id="not"),
        pytest.param("**not** deprecated", False, id="not, with markup"),
        pytest.param("non-deprecated", False, id="non"),
        pytest.param("No  longer deprecated", False, id="no longer"),
        pytest.param("knot deprecated", True, id="a word that ends in not"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_what_a_text_says(text: str, says: bool) -> None:
    assert says_second_path(text) is says


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("verified 2025-09-01", 1, id="a blank between"),
        pytest.param("**Last Verified:** 2025-09-01.", 1, id="punctuation between"),
        pytest.param("✅ VERIFIED on 2025-09-01", 1, id="on"),
        pytest.param("verified 2025-19-01, verified 2025-09-02", 2, id="no such day"),
        pytest.param("verified 2025-19-01", None, id="no such day at all"),
        pytest.param("verified by me, 2025-09-01", None, id="words between"),
        pytest.param("unverified 2025-09-01", None, id="another word"),
        pytest.param("2025-09-01", None, id="a date alone"),
        pytest.param("verified 2025-09-011", None, id="too many digits"),
    ],
)
def test_when_a_text_says_verified(text: str, day: int | None) -> None:
    assert verified_date(text) == (day and datetime.date(2025, 9, day))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param(
            "Verified 2025-09-01\n"
            + block("# verified 2025-09-02", "from m import A  # verified: 2025-09-03"),
            [3],
            id="the line's own comment first",
        ),
        pytest.param(
            "Verified 2025-09-01\n" + block("# verified 2025-09-02", "from m import A  # ok"),
            [2],
            id="then the comment above",
        ),
        pytest.param(
            "# Verified 2025-09-01\n\nVerified 2025-09-02\n\nText\n" + block("from m import A"),
            [2],
            id="then the nearest paragraph that has a date",
        ),
        pytest.param(
            "## Verified 2025-09-01\n### Inner\n" + block("from m import A"),
            [1],
            id="a heading speaks of the sections below it",
        ),
        pytest.param(
            "# X\n## Verified 2025-09-01\n## Next\n" + block("from m import A"),
            [None],
            id="but not of the next section",
        ),
        pytest.param(
            "- Verified 2025-09-01\n" + block("from m import A") + "\nVerified 2025-09-02\n",
            [1],
            id="a list item counts, what comes later does not",
        ),
        pytest.param(
            block("from m import (", "    A,  # verified 2025-09-01", "    B,", ")"),
            [1, None],
            id="each name of a long statement has its own",
        ),
    ],
)
def test_the_date_of_a_line(text: str, days: list[int | None]) -> None:
    names = parse_markdown_registry(text, "registry.md").names
    found = [name.verified and name.verified.day for name in names]
    assert found == days
