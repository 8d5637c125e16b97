"""A tree with everything that can be wrong with files: what can be read is checked, the rest told.

Each file holds one import of `app.old`, so a file that is skipped in silence fails the test.
"""

from __future__ import annotations

import ast
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from linter_ext.cli.exit_status import ExitStatus
from linter_ext.fingerprints import Fingerprint, Key
from tests import processes
from tests.configurations import ABSOLUTE, DEPRECATED, MOVED, ini
from tests.front_ends import run_check, run_command, run_flake8, run_lint_imports, write

OLD = "import app.old\n"
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
MEND = "mend it, or run under the Python version it is written for"
COOKIE = "declare an encoding that Python knows (PEP 263) and save the file in it"
NOT_UTF_8 = b"tests/\xff.py".decode("utf-8", "surrogateescape")
ALL_MEGABYTES = 10 * 2**20


@dataclass(frozen=True, slots=True)
class Place:
    """Where a violation is expected, and its message."""

    line: int
    column: int
    message: str = "IMC201 'app.old' is deprecated; use 'app.new'"

    @property
    def is_unread(self) -> bool:
        return self.message.startswith("IMC001")


def unread(message: str, line: int = 1, column: int = 1) -> list[Place]:
    return [Place(line, column, f"IMC001 file {message}")]


def by_this_python(text: str, *places: Place) -> list[Place]:
    """Return what is expected of a text that some Python versions can parse and others cannot."""
    try:
        ast.parse(text)
    except SyntaxError as error:
        message = f"cannot be parsed by Python {PYTHON}: {error.msg}; {MEND}"
        return unread(message, error.lineno or 1, error.offset or 1)
    except (RecursionError, MemoryError):
        return unread("cannot be parsed: nested too deeply; split the deepest expression")
    return list(places)


ELIF = "elif a: pass\n"
BIG = b"x = [\n" + (b'"' + b"x" * 1020 + b'",\n') * (ALL_MEGABYTES // 1024) + b"]\n"
PARENTHESES = f"{OLD}x = {'(' * 5000}{')' * 5000}\n"
SUM = f"{OLD}x = {' + '.join(['a'] * 3000)}\n"
CALLS = f"{OLD}x = a{'.b()' * 2000}\n"
ELIFS = f"if a: pass\n{ELIF * 2000}else: {OLD}"
TABS = f"if x:\n        pass\n\t{OLD}"

FILES: Mapping[str, str | bytes] = {
    "tests/big.py": BIG + OLD.encode(),
    "tests/calls.py": CALLS,
    "tests/cookie/latin.py": b"# -*- coding: latin-1 -*-\nx = '\xe9'; import app.old\n",
    "tests/cookie/unknown.py": b"# coding: klingon\nimport app.old\n",
    "tests/cookie/wrong.py": b"# coding: ascii\nx = '\xe9'\nimport app.old\n",
    "tests/elifs.py": ELIFS,
    "tests/empty.py": b"",
    "tests/end.py": OLD.rstrip(),
    "tests/feed.py": f"\x0c\n{OLD}\x0c{OLD}",
    "tests/folder.py/inner.py": OLD,
    "tests/mark/cookie.py": b"\xef\xbb\xbf# coding: latin-1\nimport app.old\n",
    "tests/mark/plain.py": b"\xef\xbb\xbfimport app.old\n",
    "tests/namespace/package/__init__.py": OLD,
    "tests/namespace/package/inner.py": OLD,
    "tests/no-name 1.py": OLD,
    "tests/nul.py": f"{OLD}\0\n",
    "tests/parentheses.py": PARENTHESES,
    "tests/return.py": "x = 1\rimport app.old\r",
    "tests/return_feed.py": "x = 1\r\nimport app.old\r\n",
    "tests/sum.py": SUM,
    "tests/syntax.py": f"{OLD}def f(:\n",
    "tests/tabs.py": f"if x:\n\t{OLD}",
    "tests/tabs_and_blanks.py": TABS,
    "tests/utf_8.py": b"x = 1\ny = '\xe9'\nimport app.old\n",
    NOT_UTF_8: OLD,
}

EXPECTED: Mapping[str, list[Place]] = {
    "tests/big.py": [Place(10243, 8)],
    "tests/calls.py": by_this_python(CALLS, Place(1, 8)),
    "tests/cookie/latin.py": [Place(2, 17)],
    "tests/cookie/unknown.py": unread(
        f"has a bad encoding declaration: unknown encoding: klingon; {COOKIE}"
    ),
    "tests/cookie/wrong.py": unread(
        "is not ascii: byte 0xe9; save it as ascii, "
        "or declare its encoding on the first line (PEP 263)",
        line=2,
    ),
    "tests/dangling.py": unread(
        "cannot be read: No such file or directory; remove the link, or restore what it leads to"
    ),
    "tests/elifs.py": by_this_python(ELIFS, Place(2002, 14)),
    "tests/end.py": [Place(1, 8)],
    "tests/feed.py": [Place(2, 8), Place(3, 9)],
    "tests/folder.py/inner.py": [Place(1, 8)],
    "tests/itself.py": unread(
        "cannot be read: Too many levels of symbolic links; "
        "remove the link, which leads back to itself"
    ),
    "tests/mark/cookie.py": unread(
        f"has a bad encoding declaration: encoding problem: utf-8; {COOKIE}"
    ),
    "tests/mark/plain.py": [Place(1, 8)],
    "tests/namespace/package/__init__.py": [Place(1, 8)],
    "tests/namespace/package/inner.py": [Place(1, 8)],
    "tests/no-name 1.py": [Place(1, 8)],
    "tests/nul.py": unread("contains NUL bytes; save it as text", line=2),
    "tests/parentheses.py": by_this_python(PARENTHESES, Place(1, 8)),
    "tests/return.py": [Place(2, 8)],
    "tests/return_feed.py": [Place(2, 8)],
    "tests/sum.py": by_this_python(SUM, Place(1, 8)),
    "tests/syntax.py": by_this_python(f"{OLD}def f(:\n"),
    "tests/tabs.py": [Place(2, 9)],
    "tests/tabs_and_blanks.py": by_this_python(TABS),
    "tests/utf_8.py": unread(
        "is not utf-8: byte 0xe9; save it as utf-8, "
        "or declare its encoding on the first line (PEP 263)",
        line=2,
    ),
    NOT_UTF_8: [Place(1, 8)],
}
TOO_MUCH_FOR_FLAKE8 = ("tests/calls.py", "tests/elifs.py", "tests/sum.py", NOT_UTF_8)
"""flake8 itself ends with an error of its own on these: recursion, and names it cannot print."""


def plant(root: Path) -> None:
    """Write the whole tree."""
    write(root, {".importlinter": ini(DEPRECATED, MOVED), "app/__init__.py": "", **FILES})
    (root / "tests/up").symlink_to("..")
    (root / "tests/itself.py").symlink_to("itself.py")
    (root / "tests/dangling.py").symlink_to("gone.py")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("broken")
    plant(root)
    yield root
    (root / "tests/big.py").unlink()  # pytest keeps the folders of three runs.


def test_the_table_covers_the_tree(tree: Path) -> None:
    silent = {"tests/empty.py"}
    links = {"tests/dangling.py", "tests/itself.py"}

    assert set(FILES) - silent | links == set(EXPECTED)
    assert (tree / "tests/big.py").stat().st_size > ALL_MEGABYTES


def test_text(tree: Path) -> None:
    outcome = run_check(tree)

    unread_files = sum(places[0].is_unread for places in EXPECTED.values())
    broken_files = len(EXPECTED) - unread_files
    violations = sum(map(len, EXPECTED.values())) - unread_files
    checked_files = broken_files + len(["app/__init__.py", "tests/empty.py"])
    assert outcome.output.splitlines() == [
        *lines_of(EXPECTED),
        "",
        f"Rule  BROKEN ({violations} violations)",
        "",
        f"{violations} violations in {broken_files} files; {checked_files} files checked.",
        f"'linter-ext fix' has a remedy for {violations} of them.",
        f"{unread_files} files could not be checked (IMC001).",
        "1 folder left out; 'linter-ext files --left-out' lists them.",
        "'linter-ext explain CODE' says why a code is reported, and how to mend it.",
    ]
    assert outcome.errors == ""
    assert outcome.status == ExitStatus.VIOLATIONS


def test_json(tree: Path) -> None:
    outcome = run_check(tree, "--format", "json")

    found = [(path, place) for path, places in EXPECTED.items() for place in places]
    assert json.loads(outcome.output) == {
        "version": 1,
        "contracts": [
            {
                "id": "rule",
                "name": "Rule",
                "type": "deprecated_imports",
                "kept": False,
                "violations": sum(not place.is_unread for _, place in found),
                "known": 0,
            }
        ],
        "violations": list(told_all(found)),
        "unchecked": [
            {"path": path, "reason": place.message.removeprefix("IMC001 ")}
            for path, place in found
            if place.is_unread
        ],
        "causes": None,
        "stale": [],
        "uncollectable": None,
    }
    assert outcome.status == ExitStatus.VIOLATIONS


def test_the_report_says_how_to_list_what_was_left_out(tree: Path) -> None:
    assert run_command(tree, "files", "--left-out").output == "tests/up: symbolic link\n"


def test_flake8(tree: Path) -> None:
    excluded = ",".join(f"./{path}" for path in TOO_MUCH_FOR_FLAKE8)
    outcome = run_flake8(tree, f"--extend-exclude={excluded}")

    cannot_parse = ("tests/dangling.py", "tests/itself.py", "tests/nul.py", "tests/syntax.py")
    told_by_flake8 = {*cannot_parse, "tests/parentheses.py", "tests/tabs_and_blanks.py"}
    left = EXPECTED.keys() - told_by_flake8 - set(TOO_MUCH_FOR_FLAKE8)
    expected = lines_of({path: EXPECTED[path] for path in sorted(left)})
    assert outcome.output.splitlines() == [f"./{line}" for line in expected]
    assert outcome.status == 1


def test_flake8_tells_itself_what_it_cannot_parse(tree: Path) -> None:
    files = ["tests/dangling.py", "tests/itself.py", "tests/nul.py", "tests/syntax.py"]
    outcome = run_flake8(tree, "--select=IMC,E9", *files)

    told = [line.split()[:2] for line in outcome.output.splitlines()]
    assert {place.partition(":")[0]: code for place, code in told} == {
        "tests/dangling.py": "E902",
        "tests/itself.py": "E902",
        "tests/nul.py": "E999",
        "tests/syntax.py": "E999",
    }


def test_lint_imports(tree: Path) -> None:
    outcome = run_lint_imports(tree)

    found = [line.removeprefix("-   ") for line in outcome.output.splitlines() if "IMC" in line]
    assert found == lines_of(EXPECTED)
    assert outcome.status == 1


def test_lint_imports_tells_what_grimp_cannot_parse_in_a_root_package(tmp_path: Path) -> None:
    configuration = ini(DEPRECATED, MOVED)
    write(
        tmp_path,
        {".importlinter": configuration, "app/__init__.py": "", "app/a.py": "def f(:\n"},
    )

    outcome = run_lint_imports(tmp_path)

    told = f"Syntax error in {tmp_path / 'app/a.py'}, line 1: def f(:"
    assert "".join(outcome.output.split()) == "".join(told.split())  # It may be folded.
    assert outcome.status == 1


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_no_file_name_is_too_odd_to_print(encoding: str, tmp_path: Path) -> None:
    files = {NOT_UTF_8: OLD, "tests/\N{LATIN SMALL LETTER E WITH ACUTE}.py": OLD}
    write(tmp_path, {".importlinter": ini(DEPRECATED, MOVED), "app/__init__.py": "", **files})
    environment = {"PYTHONIOENCODING": encoding, "COLUMNS": "200"}

    letter = "\\xe9" if encoding == "ascii" else "\xe9"
    expected = [
        f"tests/{letter}.py:1:8: IMC201 'app.old' is deprecated; use 'app.new'",
        "tests/\\udcff.py:1:8: IMC201 'app.old' is deprecated; use 'app.new'",
    ]
    checked = processes.linter_ext(tmp_path, "check", "--quiet", environment=environment)
    listed = processes.linter_ext(tmp_path, "files", environment=environment)
    linted = processes.lint_imports(tmp_path, environment=environment)
    assert checked.output.splitlines() == expected
    assert listed.output.splitlines()[1:] == [
        f"tests/{letter}.py: tests.{letter}",
        "tests/\\udcff.py: tests.\\udcff",
    ]
    assert [line for line in linted.output.splitlines() if "IMC" in line] == [
        f"-   {line}" for line in expected
    ]


def test_a_pipe_in_the_tree_does_not_make_the_command_wait(tmp_path: Path) -> None:
    write(tmp_path, {".importlinter": ini(DEPRECATED, MOVED), "app/__init__.py": ""})
    os.mkfifo(tmp_path / "app/pipe.py")

    assert run_check(tmp_path, "--quiet").output == (
        "app/pipe.py:1:1: IMC001 file cannot be read: not a regular file; "
        "put a file in its place, or give it another suffix\n"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    files = {"app/__init__.py": "", "app/shut.py": OLD, "app/folder/a.py": OLD}
    write(tmp_path, {".importlinter": ini(DEPRECATED, MOVED), **files})
    (tmp_path / "app/shut.py").chmod(0)
    (tmp_path / "app/folder").chmod(0)

    outcome = run_check(tmp_path, "--quiet")

    (tmp_path / "app/folder").chmod(0o700)
    assert outcome.output.splitlines() == [
        "app/folder:1:1: IMC001 folder cannot be listed: Permission denied; allow reading it",
        "app/shut.py:1:1: IMC001 file cannot be read: Permission denied; allow reading it",
    ]


@pytest.mark.parametrize("paths", [(), (".",), ("app",), ("app/folder",)])
def test_a_folder_that_cannot_be_listed_is_told(
    paths: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"app/__init__.py": "", "app/folder/a.py": OLD, "tests/a.py": ""}
    write(tmp_path, {".importlinter": ini(ABSOLUTE), **files})
    refuse_to_list(tmp_path / "app/folder", monkeypatch)

    outcome = run_check(tmp_path, "--quiet", *paths)

    assert outcome.output.splitlines() == [
        "app/folder:1:1: IMC001 folder cannot be listed: Permission denied; allow reading it"
    ]
    assert outcome.status == ExitStatus.VIOLATIONS


@pytest.mark.parametrize("paths", [("tests",), ("app/__init__.py",)])
def test_a_folder_that_cannot_be_listed_is_not_told_where_it_is_not_asked_for(
    paths: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"app/__init__.py": "", "app/folder/a.py": OLD, "tests/a.py": ""}
    write(tmp_path, {".importlinter": ini(ABSOLUTE), **files})
    refuse_to_list(tmp_path / "app/folder", monkeypatch)

    assert run_check(tmp_path, "--quiet", *paths).status == ExitStatus.CLEAN


def test_a_folder_called_like_a_file_is_looked_into_without_a_configuration(
    tmp_path: Path,
) -> None:
    files = {"a.py/b.py": "from . import c\n", "a.py/c.py/d.py": "from . import e\n"}
    write(tmp_path, files)

    assert [line.partition(" relative")[0] for line in run_check(tmp_path).violations] == [
        "a.py/b.py:1:6: IMC101",
        "a.py/c.py/d.py:1:6: IMC101",
    ]


def lines_of(paths: Mapping[str, list[Place]]) -> list[str]:
    """Return the lines that tell these places."""
    return [
        f"{path.encode(errors='backslashreplace').decode()}:{place.line}:{place.column}: "
        f"{place.message}"
        for path, places in paths.items()
        for place in places
    ]


def told_all(places: list[tuple[str, Place]]) -> Iterator[dict[str, object]]:
    """Yield the places as the JSON report has them."""
    seen: Counter[Key] = Counter()
    for path, place in places:
        found = told(path, place)
        contract = None if place.is_unread else "rule"
        key = Key(contract, *(str(found[part]) for part in ("code", "importer", "target")))
        seen[key] += 1
        yield {**found, "fingerprint": str(Fingerprint(key, seen[key]))}


def told(path: str, place: Place) -> dict[str, object]:
    """Return the place as the JSON report has it, but for what tells it from others."""
    code, message = place.message.split(" ", 1)
    importer = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    width = 0 if place.is_unread else len("app.old")
    return {
        "contract": None if place.is_unread else "rule",
        "code": code,
        "path": path,
        "line": place.line,
        "column": place.column,
        "end_line": place.line,
        "end_column": place.column + width,
        "importer": importer,
        "module": importer if place.is_unread else "app.old",
        "name": None,
        "target": importer if place.is_unread else "app.old",
        "message": message,
        "instead": None if place.is_unread else "app.new",
        "chain": [],
    }


def refuse_to_list(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a folder one that cannot be listed, for root too."""
    scandir = os.scandir

    def refusing(path: str | Path) -> object:
        if Path(path) == folder:
            raise PermissionError(13, os.strerror(13))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
