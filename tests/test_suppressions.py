"""`noqa` hides here exactly what it hides in flake8."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from flake8.style_guide import DecisionEngine
from hypothesis import example, given
from hypothesis import strategies as st

from linter_ext.codes import Code
from linter_ext.source.facts import Span
from linter_ext.source.text import SourceText
from linter_ext.suppressions import Suppressions
from linter_ext.violations import Finding
from tests.configurations import DEPRECATED, ini
from tests.front_ends import run_check, run_flake8, write

OLD = "import app.old"
ALL_CODES = "*"

COMMENTS = {
    "# noqa": True,
    "# noqa: IMC201": True,
    "# noqa:IMC201": True,
    "# NOQA:IMC201,E501": True,
    "# NoQA: E501, IMC201": True,
    "# noqa: E501 IMC201": True,
    "# noqa: IMC": True,
    "# noqa: I": True,
    "# noqa: imc201": True,
    "# noqa: E501": False,
    "# noqa : IMC999": True,
    "# noqa: IMC2011": False,
    "# noqa:  E501": True,
    "# noqa:\tE501": False,
    "# noqa: register": True,
    "# noqa because": True,
    "# noqa: E501 because": False,
    "#noqa": False,
    "#  noqa": False,
    "# nota": False,
    "# type: ignore # noqa": True,
    "# pragma: no cover # noqa: E501": False,
    "# noqa: E501 # noqa: IMC201": False,
    "# flake8: noqa": False,
    "# see the noqa docs": False,
    "": False,
}
"""A comment after the import, and whether flake8 hides IMC201 on its line."""

TEXTS = {
    "in a string": f'{OLD}; x = "# noqa"\n',
    "in a string before": f'x = "# noqa"; {OLD}\n',
    "in a string on the line before": f'x = "# noqa"\n{OLD}\n',
    "on the line before": f"# noqa\n{OLD}\n",
    "on the line after": f"{OLD}\n# noqa\n",
    "after an escaped line end": "import \\\n    app.old  # noqa\n",
    "after an escaped line end and another": "import \\\n    app.old, \\\n    os  # noqa\n",
    "before an escaped line end": "from app import old, \\\n    other\n",
    "after a string that ends on its line": f'x = """\n"""; {OLD}  # noqa\n',
    "at the end of a string that begins on its line": f'{OLD}; x = """\n# noqa\n"""\n',
    "after a string that begins on its line": f'{OLD}; x = """\n"""  # noqa\n',
    "after a long string before": f'x = """\n"""  # noqa\n{OLD}\n',
    "in brackets, on the first line": "from app.old import (  # noqa\n    x,\n)\n",
    "in brackets, on the last line": "from app.old import (\n    x,\n)  # noqa\n",
    "in brackets, on a line of its own": "from app.old import (\n    # noqa\n    x,\n)\n",
    "in a docstring": f'"""\n# noqa\n"""\n{OLD}\n',
    "in a block": f"if True:\n    {OLD}  # noqa\n",
    "on the block": f"if True:  # noqa\n    {OLD}\n",
    "after a form feed": f"\x0c{OLD}  # noqa\n",
    "without an end": f"{OLD}  # noqa",
    "with other line ends": f"{OLD}\r\n{OLD}  # noqa\r\n",
    "with a carriage return": f"{OLD}\r{OLD}  # noqa\r",
    "after a mark": f"\ufeff{OLD}  # noqa\n",
    "in text that is not tokenized": f"{OLD}  # noqa\nif True:\n    x = (1,\n  2)\n  \\\n",
    "for the whole file": f"# flake8: noqa\n{OLD}\n",
    "for the whole file, at its end": f"{OLD}\n#   flake8:noqa\n    # flake8: noqa\n",
    "for the whole file, with codes": f"# flake8: noqa: E501\n{OLD}\n",
    "for the whole file, with an equals sign": f"# flake8=NOQA\n{OLD}\n",
    "for the whole file, after code": f"{OLD}  # flake8: noqa\n",
    "for the whole file, in a string": f'"""\n# flake8: noqa\n"""\n{OLD}\n',
}


@pytest.mark.parametrize(("comment", "hidden"), COMMENTS.items())
def test_comments(comment: str, hidden: bool) -> None:
    text = f"{OLD}  {comment}\n"

    assert hides(text, 1) == hidden


def test_flake8_hides_what_we_hide(tmp_path: Path) -> None:
    """All comments and texts, in one run of flake8 that shows what we found, and one of ours."""
    texts = [f"{OLD}  {comment}\n" for comment in COMMENTS] + list(TEXTS.values())
    files = {f"app/m{number}.py": text for number, text in enumerate(texts)}
    options = "deprecated = app.old => app.new"
    write(tmp_path, {"app/__init__.py": "", **files, ".importlinter": ini(DEPRECATED, options)})
    shown = run_check(tmp_path, "--quiet").violations
    # Comments are ours to read under `respect`, and flake8's alone under `forbid`.
    write(tmp_path, {".importlinter": ini(DEPRECATED, f"{options}\nnoqa = forbid")})
    by_flake8 = run_flake8(tmp_path).violations

    first_line_only = "in brackets, on the first line"
    assert first_line_only in TEXTS
    assert shown == by_flake8


def test_a_comment_on_the_statements_first_line_hides_too() -> None:
    text = "from app.old import (  # noqa\n    x,\n)\n"

    assert hides(text, 2, first=1)
    assert not hides(text, 2)


def test_the_line_after_the_last_is_asked_for_in_vain() -> None:
    """A finding may stand past the text, as IMC001 does at an unexpected end."""
    assert not hides("x = 1  # noqa", 2)


def test_a_long_string_with_expressions_is_one_line() -> None:
    text = 'x = f"""\n{app.old}\n{\napp.old}"""  # noqa: IMC201\n'

    assert hides(text, 2) == flake8_hides(text, 2)


PARTS = st.sampled_from(
    [
        OLD,
        "x = 1",
        "  ",
        "\n",
        "\\\n",
        "\n    ",
        '"""',
        "'''",
        '"',
        'f"""',
        "{x}",
        "(",
        ")",
        "; ",
        ", ",
        "# noqa",
        "# noqa: IMC201",
        "# noqa:E501",
        "# flake8: noqa",
        "\x0c",
    ]
)


@given(parts=st.lists(PARTS, max_size=14))
@example(parts=["x = 1", "\\\n", "  ", "\\\n", "; ", OLD, "# noqa"])
@example(parts=['f"""', "\n", "{x}", "\n", "{x}", '"""', "# noqa"])
@example(parts=["(", '"""', "\n", '"""', "\n", ")", "# noqa"])
def test_every_line_of_any_text_is_read_as_flake8_reads_it(parts: list[str]) -> None:
    text = "".join(parts)
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return  # flake8 asks no plugin about it.

    for line in range(1, text.count("\n") + 2):
        assert hides(text, line) == flake8_hides(text, line)


def hides(text: str, line: int, first: int | None = None) -> bool:
    """Return whether IMC201 on this line, of a statement that begins on `first`, is hidden."""
    finding = Finding(
        code=Code.DEPRECATED_MODULE,
        span=Span(line, 1, line, 1),
        line=first or line,
        module="app.old",
        name=None,
        target="app.old",
        message="'app.old' is deprecated; use 'app.new'",
    )
    return Suppressions("app/a.py", SourceText(text)).hide(finding)


def flake8_hides(text: str, line: int) -> bool:
    """Return what flake8 itself makes of it."""
