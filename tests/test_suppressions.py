"""`noqa` hides here exactly what it hides in flake8."""

from __future__ import annotations

import argparse
import ast
import functools
import importlib.metadata
import linecache
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from flake8.checker import FileChecker
from flake8.formatting.base import BaseFormatter
from flake8.options.parse_args import parse_args
from flake8.plugins.finder import Checkers, LoadedPlugin, Plugin
from flake8.style_guide import StyleGuideManager
from flake8.violation import Violation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter_ext.codes import Code
from linter_ext.source.facts import Span
from linter_ext.source.text import SourceText, decode
from linter_ext.suppressions import Suppressions
from linter_ext.violations import Finding
from tests.configurations import DEPRECATED, MOVED, ini
from tests.front_ends import run_check, run_flake8, write

OLD = "import app.old"

COMMENTS = {
    "# noqa": True,
    "# noqa: IMC201": True,
    "# noqa:IMC201": True,
    "# NOQA:IMC201,E501": True,
    "# NoQA: E501, IMC201": True,
    "# noqa: E501 IMC201": True,
    "# noqa: IMC": True,
    "# noqa: I": True,
    "# noqa: imc201": False,
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
    "in text that parses but is not tokenized": f"{OLD}\\\n# noqa",
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


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_texts(text: str, tmp_path: Path) -> None:
    for line in lines_with_code(text):
        assert hides(text, line) == flake8_hides(tmp_path / "a.py", text, line)


def test_both_commands_hide_the_same(tmp_path: Path) -> None:
    """Comments are read by us under `respect`, and by flake8 alone under `forbid`."""
    texts = [*(f"{OLD}  {comment}\n" for comment in COMMENTS), *TEXTS.values()]
    files = {
        f"app/m{number}.py": text for number, text in enumerate(texts) if lines_with_code(text)
    }
    write(tmp_path, {"app/__init__.py": "", **files, ".importlinter": ini(DEPRECATED, MOVED)})
    shown = run_check(tmp_path, "--quiet").violations
    write(tmp_path, {".importlinter": ini(DEPRECATED, f"{MOVED}\nnoqa = forbid")})

    assert shown == run_flake8(tmp_path).violations
    assert 0 < len(shown) < len(run_check(tmp_path, "--quiet").violations)


def test_a_comment_on_the_statements_first_line_hides_too() -> None:
    text = "from app.old import (  # noqa\n    x,\n)\n"

    assert hides(text, 2, first=1)
    assert not hides(text, 2)


def test_the_line_after_the_last_is_asked_for_in_vain() -> None:
    """A finding may stand past the text, as IMC001 does at an unexpected end."""
    assert not hides("x = 1  # noqa", 2)


_NODES = (ast.stmt, ast.expr, ast.alias)
STATEMENTS = st.sampled_from(
    [
        "",
        OLD,
        "x = 1",
        "x = '# noqa'",
        'x = """\n"""',
        'x = """\n# noqa\n\\\n"""',
        'x = """\n""", """\n\n"""',
        'x = f"""\n{x}\n{\nx}\n"""',
        "x = '\\\n# noqa\\\n'",
        "x = 1 + \\\n    2",
        "x = [\n    1,\n]",
        'x = [  # noqa\n    1, """\n""",\n]',
        "if x:\n    pass",
        "\x0c",
        "\\\n",
    ]
)
AFTER = st.sampled_from(
    ["", *(f"  {comment}" for comment in COMMENTS if comment), "; x = 2", "\\\n"]
)


@given(lines=st.lists(st.tuples(STATEMENTS, AFTER), min_size=1, max_size=6), end=st.booleans())
@example(lines=[(OLD, "\\\n# noqa")], end=False)
@settings(deadline=None)
def test_every_line_of_any_text_is_read_as_flake8_reads_it(
    lines: list[tuple[str, str]], end: bool
) -> None:
    text = "\n".join(f"{statement}{after}" for statement, after in lines) + "\n" * end
    with tempfile.TemporaryDirectory() as folder:
        for line in lines_with_code(text):
            assert hides(text, line) == flake8_hides(Path(folder, "a.py"), text, line)


def lines_with_code(text: str) -> list[int]:
    """Return the lines on which a violation may stand; none if flake8 asks no plugin at all."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(text)
        except SyntaxError:
            return []
    return sorted({node.lineno for node in ast.walk(tree) if isinstance(node, _NODES)})


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
    return Suppressions("app/a.py", SourceText(decode(text.encode()))).hide(finding)


def flake8_hides(path: Path, text: str, line: int) -> bool:
    """Return whether flake8 shows no violation that a plugin finds on this line of the file."""

    class Finds:
        def __init__(self, tree: ast.Module) -> None:
            self.tree = tree

        def run(self) -> Iterator[tuple[int, int, str, type[object]]]:
            yield line, 0, "IMC201 found", type(self)

    path.write_bytes(text.encode())
    linecache.checkcache(str(path))
    entry = importlib.metadata.EntryPoint("IMC", "", "flake8.extension")
    plugin = LoadedPlugin(Plugin("test", "1", entry), Finds, {"tree": True})
    checkers = Checkers(tree=[plugin], logical_line=[], physical_line=[])
    options = flake8_options()
    guide = StyleGuideManager(options, formatter := Silent(options))
    checker = FileChecker(filename=str(path), plugins=checkers, options=options)
    name, results, _ = checker.run_checks()
    for code, row, column, message, physical_line in results:
        guide.handle_error(code, name, row, column, message, physical_line)
    return not formatter.shown


@functools.cache
def flake8_options() -> argparse.Namespace:
    return parse_args(["--isolated", "--select=IMC"])[1]


class Silent(BaseFormatter):
    """Counts what would be shown."""

    def after_init(self) -> None:
        self.shown = 0

    def handle(self, error: Violation) -> None:
        self.shown += error.code == "IMC201"

    def format(self, error: Violation) -> None:
        """Show nothing."""
