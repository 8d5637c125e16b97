"""The Markdown import registry: its import lines, and its mistakes with their lines."""

from __future__ import annotations

import datetime
import keyword

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter_ext.errors import ConfigurationError, Problem
from linter_ext.tables.markdown import parse_markdown_registry
from linter_ext.tables.origin import Origin
from linter_ext.tables.registry import CanonicalName, Registry, merge

FILE = "docs/registry.md"


def parse(text: str) -> Registry:
    return parse_markdown_registry(text, FILE)


def names(registry: Registry) -> list[str]:
    """Return what is canonical as `name module line`."""
    return [f"{name.name} {name.module} {name.origin.line}" for name in registry.names]


def block(*lines: str) -> str:
    return "\n".join(["```python", *lines, "```", ""])


def test_an_import_line_declares_a_canonical_name() -> None:
    text = "# Registry\n\nVerified: 2025-09-01\n\n" + block("from app.client import Client")
    assert parse(text) == Registry(
        names=(
            CanonicalName(
                name="Client",
                module="app.client",
                verified=datetime.date(2025, 9, 1),
                origin=Origin(file=FILE, line=6),
            ),
        )
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="an empty document"),
        pytest.param(block(), [], id="an empty block"),
        pytest.param(block("from m import A, B"), ["A m 2", "B m 2"], id="two names"),
        pytest.param(block("from m import A as B"), ["A m 2"], id="an alias does not count"),
        pytest.param(
            block("from m import (", "    A,", "", "    B,", ")"),
            ["A m 3", "B m 5"],
            id="a long statement, each name on its line",
        ),
        pytest.param(
            block("import os", "from m import *", "from __future__ import annotations", "x = 1"),
            [],
            id="other statements are not read",
        ),
        pytest.param(
            block("if True:", "    from m import A", "from n import B; from o import C"),
            ["A m 3", "B n 4", "C o 4"],
            id="every import statement is read, in order",
        ),
        pytest.param(
            block("from m import A", "from m import A"), ["A m 2"], id="the same line twice"
        ),
        pytest.param("~~~PY title\nfrom m import A\n~~~", ["A m 2"], id="another fence"),
        pytest.param("```Python3\nfrom m import A\n```", ["A m 2"], id="another spelling"),
        pytest.param("```pycon\n>>> from m import A\n```", [], id="a session is not read"),
        pytest.param("```\nfrom m import A\n```", [], id="nor is a block without a language"),
        pytest.param("```text\nfrom m import\n```", [], id="nor is a text"),
        pytest.param("    from m import A\n", [], id="nor is an indented block"),
        pytest.param(
            "- one\n\n  1. two\n\n     ```py\n     from m import A\n     ```\n",
            ["A m 6"],
            id="in a list",
        ),
        pytest.param("> a\n> ```py\n> from m import A\n> ```", ["A m 3"], id="in a quotation"),
        pytest.param(
            "# T\r\n\r\n```py\r\nfrom m import (\r\n    A,\r\n)\r\n```\r\n", ["A m 5"], id="CRLF"
        ),
        pytest.param(block(r'PATTERN = "\d"', "from m import A"), ["A m 3"], id="a bad escape"),
    ],
)
def test_import_lines_are_read(text: str, expected: list[str]) -> None:
    registry = parse(text)
    assert names(registry) == expected
    assert registry.also == ()


TEXT_REMEDY = "mend it, or mark the block ```text"
CLOSE_REMEDY = "end it with a fence of its own, indented as the first"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param(
            "# T\n\n" + block("x = 1", "x = = 1"),
            [f":5: the Python block does not parse: invalid syntax; {TEXT_REMEDY}"],
            id="a block that does not parse",
        ),
        pytest.param(
            block("from m import (", "    A,"),
            [f":2: the Python block does not parse: '(' was never closed; {TEXT_REMEDY}"],
            id="an open bracket",
        ),
        pytest.param(
            block("if x:"),
            [
                (
                    ":2: the Python block does not parse: expected an indented block after 'if' "
                    f"statement on line 1; {TEXT_REMEDY}"
                )
            ],
            id="a mistake past the last line is on the last line",
        ),
        pytest.param(
            "> - ```py\n>   x = = 1\n>   ```\n",
            [f":2: the Python block does not parse: invalid syntax; {TEXT_REMEDY}"],
            id="inside a list in a quotation",
        ),
        pytest.param(
            "```text\nx\n```\n\n```python\nfrom m import",
            [f":5: the code fence is never closed; {CLOSE_REMEDY}"],
            id="an open fence at the end",
        ),
        pytest.param(
            "- ```sh\n  x\n\ny\n",
            [f":1: the code fence is never closed; {CLOSE_REMEDY}"],
            id="an open fence in a list, whatever its language",
        ),
        pytest.param(
            "```",
            [f":1: the code fence is never closed; {CLOSE_REMEDY}"],
            id="nothing but a fence",
        ),
        pytest.param(
            block("from . import a", "from ..b import C"),
            [
                (
                    ":2: 'from . import a' is a relative import; "
                    "write the module from its root package"
                ),
                (
                    ":3: 'from ..b import C' is a relative import; "
                    "write the module from its root package"
                ),
            ],
            id="relative imports",
        ),
        pytest.param(
            block("from .a import A") + block("from m import A", "from n import A") + "```",
            [
                (
                    ":2: 'from .a import A' is a relative import; "
                    "write the module from its root package"
                ),
                (
                    ":6: one name, two homes: 'A' is canonical in 'm' (docs/registry.md:5) "
                    "and in 'n' (docs/registry.md:6); "
                    "keep one, and list the other under 'also' or mark it deprecated"
                ),
                f":8: the code fence is never closed; {CLOSE_REMEDY}",
            ],
            id="two homes, and everything at once",
        ),
    ],
)
def test_every_mistake_of_a_document_is_told(text: str, problems: list[str]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse(text)
    assert str(caught.value).splitlines() == [FILE + problem for problem in problems]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("x = '\ud800'", id="half a character"),
        pytest.param("-" * 50_000 + "1", id="nested too deeply"),
    ],
)
def test_what_python_cannot_even_read_is_told(source: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse(block(source))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (FILE, 2)
    reason = problem.fact.removeprefix("the Python block does not parse: ")
    assert reason not in ("", problem.fact)


MARKDOWN = [
    "```python",
    "```",
    "~~~py",
    "\n",
    "\r\n",
    "\x00",
    "# ",
    "> ",
    "- ",
    "1.",
    "  ",
    "---",
    "`",
]
PYTHON = ["from ", "import ", "m", "A", ", ", "(", ")", "*", ".", " as ", "\\", "'''", ";", "if x:"]
MARKS = ["deprecated", "verified 2025-09-01", "\n\n", "\t", "\x0c", "<!--"]
DOCUMENTS = (
    st.lists(st.sampled_from([*MARKDOWN, *PYTHON, *MARKS]), max_size=40).map("".join) | st.text()
)


@settings(deadline=None)
@given(text=DOCUMENTS)
def test_any_text_is_read_or_refused_with_lines(text: str) -> None:
    last = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))

    lines = [problem.line or 0 for problem in _problems(text)]

    assert all(1 <= line <= last for line in lines)


def _problems(text: str) -> tuple[Problem, ...]:
    """Return what is wrong with the text, at least one thing if it is refused."""
    try:
        parse_markdown_registry(text, FILE)
    except ConfigurationError as error:
        return error.problems or (Problem(fact="", remedy="", line=0),)
    return ()


IDENTIFIERS = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,5}", fullmatch=True).filter(
    lambda text: not keyword.iskeyword(text)
)
MODULES = st.lists(IDENTIFIERS, min_size=1, max_size=3).map(".".join)
HOMES = st.builds(
    CanonicalName,
    name=IDENTIFIERS,
    module=MODULES.filter(lambda module: module != "__future__"),
    also=st.lists(MODULES.filter(lambda module: module != "__future__"), max_size=2).map(tuple),
    verified=st.none() | st.dates(),
)


@settings(deadline=None)
@given(homes=st.lists(HOMES, max_size=5, unique_by=lambda home: home.name))
def test_a_registry_written_as_markdown_reads_the_same(homes: list[CanonicalName]) -> None:
    registry = merge([Registry(names=tuple(homes))])
    lines = ["# Registry", "```python"]
    for home in registry.names:
        date = f"  # verified {home.verified}" if home.verified else ""
        lines.append(f"from {home.module} import {home.name}{date}")
    lines += ["", "# deprecated"]
    lines += [f"from {path} import {home.name}" for home in registry.names for path in home.also]
    read = merge([parse_markdown_registry("\n".join([*lines, "```"]), FILE)])
    assert [(home.name, home.module, home.also, home.verified) for home in read.names] == [
        (home.name, home.module, home.also, home.verified) for home in registry.names
    ]
