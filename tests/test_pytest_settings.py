"""pytest's configuration is read as pytest reads it."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from pathlib import Path

import pytest

from linter_ext.pytest_settings import ImportMode, Plugin, PytestSettings, read_pytest_settings
from tests import processes
from tests.front_ends import write

Files = Mapping[str, str | bytes]
Cases = Mapping[str, tuple[Files, PytestSettings]]
DEFAULTS = PytestSettings()
FOLDERS = {
    "checks/test_a.py": "",
    "more/checks/test_b.py": "",
    "tests/test_c.py": "",
    "src/x.py": "",
}
READ: Cases = {
    "no file": ({}, DEFAULTS),
    "pytest.ini": (
        {
            "pytest.ini": """
                [pytest]
                testpaths = tests
                    checks
                python_files = check_*.py
                norecursedirs = "with blank" other
                pythonpath = src .
                addopts = -q --ignore=tests/old --ignore tests/older --import-mode=importlib
                """
        },
        PytestSettings(
            testpaths=("tests", "checks"),
            python_files=("check_*.py",),
            norecursedirs=("with blank", "other"),
            pythonpath=("src", "."),
            ignored=("tests/old", "tests/older"),
            import_mode=ImportMode.IMPORTLIB,
        ),
    ),
    "pytest.ini without a section wins over setup.cfg": (
        {"pytest.ini": "", "setup.cfg": "[tool:pytest]\npython_files = a.py\n"},
        DEFAULTS,
    ),
    ".pytest.ini": (
        {".pytest.ini": "[pytest]\npython_files = a.py\n"},
        PytestSettings(python_files=("a.py",)),
    ),
    "pyproject.toml, lists": (
        {
            "pyproject.toml": """
                [tool.pytest.ini_options]
                testpaths = ["tests"]
                python_files = ["a.py", "b_*.py"]
                addopts = [
                    "--doctest-modules", "--ignore-glob=tests/*_old.py", "--import-mode", "append",
                ]
                """
        },
        PytestSettings(
            testpaths=("tests",),
            python_files=("a.py", "b_*.py"),
            ignored_globs=("tests/*_old.py",),
            import_mode=ImportMode.APPEND,
            has_doctests=True,
        ),
    ),
    "pyproject.toml, texts": (
        {
            "pyproject.toml": """
                [tool.pytest.ini_options]
                pythonpath = "src tests"
                python_files = "a.py b.py"
                """
        },
        PytestSettings(pythonpath=("src", "tests"), python_files=("a.py", "b.py")),
    ),
    "pyproject.toml without a section is passed over": (
        {"pyproject.toml": "[tool.other]\n", "tox.ini": "[pytest]\npython_files = a.py\n"},
        PytestSettings(python_files=("a.py",)),
    ),
    "pyproject.toml with an empty section is not": (
        {
            "pyproject.toml": "[tool.pytest.ini_options]\n",
            "tox.ini": "[pytest]\npython_files = a.py\n",
        },
        DEFAULTS,
    ),
    "tox.ini": (
        {"tox.ini": "[tox]\nenvlist = py\n\n[testenv]\n\n[pytest]\npython_files = a.py  b.py\n"},
        PytestSettings(python_files=("a.py", "b.py")),
    ),
    "setup.cfg": (
        {"setup.cfg": "[metadata]\nname = 50%\n\n[tool:pytest]\ntestpaths = checks\n"},
        PytestSettings(testpaths=("checks",)),
    ),
    "comments": (
        {"tox.ini": "# one\n[pytest]\n; two\ntestpaths =\n    # three\n    tests\n\n    checks\n"},
        PytestSettings(testpaths=("tests", "checks")),
    ),
    "an option without a value": (
        {"tox.ini": "[pytest]\nnorecursedirs =\n"},
        PytestSettings(norecursedirs=()),
    ),
    "testpaths with wildcards": (
        {"tox.ini": "[pytest]\ntestpaths = **/checks tests/*.py gone ./src/../tests/\n"},
        PytestSettings(testpaths=("checks", "more/checks", "tests/test_c.py", "tests")),
    ),
    "testpaths that do not exist": (
        {"tox.ini": "[pytest]\ntestpaths = gone\n"},
        DEFAULTS,
    ),
    "several values of an option": (
        {"tox.ini": "[pytest]\naddopts = --import-mode=append --import-mode=prepend\n"},
        DEFAULTS,
    ),
}
NATIVE: Cases = {
    "pytest.toml": (
        {"pytest.toml": '[pytest]\ntestpaths = ["tests"]\naddopts = ["--ignore=src"]\n'},
        PytestSettings(testpaths=("tests",), ignored=("src",)),
    ),
    ".pytest.toml, empty": (
        {".pytest.toml": "", "pytest.ini": "[pytest]\npython_files = a.py\n"},
        DEFAULTS,
    ),
    "pyproject.toml, native": (
        {"pyproject.toml": '[tool.pytest]\npython_files = ["a.py"]\n'},
        PytestSettings(python_files=("a.py",)),
    ),
}
ALL = {**READ, **NATIVE}
REFUSED: Mapping[str, Files] = {
    "a text where pytest wants a list": {"pytest.toml": '[pytest]\npython_files = "a.py"\n'},
    "two kinds of section": {
        "pyproject.toml": '[tool.pytest]\npython_files = ["a.py"]\n'
        '[tool.pytest.ini_options]\npython_files = "b.py"\n'
    },
    "no TOML": {"pytest.toml": "[pytest\n"},
    "no INI": {"pytest.ini": "python_files = a.py\n"},
    "an open quotation mark": {"tox.ini": "[pytest]\npython_files = 'a.py\n"[:-1]},
    "an unknown import mode": {"tox.ini": "[pytest]\naddopts = --import-mode=other\n"},
    "an option without its value": {"tox.ini": "[pytest]\naddopts = --ignore\n"},
    "no UTF-8": {"tox.ini": b"[pytest]\nother = \xff\n"},
}
_PRINT = """
import json, os, sys
from _pytest.config import _prepareconfig

found = []
for root in sys.argv[1:]:
    os.chdir(root)
    config = _prepareconfig([])
    relative = lambda paths: [os.path.relpath(path, root) for path in paths]
    found.append({
        "testpaths": [] if config.args == [root] else relative(config.args),
        "python_files": list(config.getini("python_files")),
        "norecursedirs": list(config.getini("norecursedirs")),
        "pythonpath": relative(config.getini("pythonpath")),
        "ignored": relative(config.getoption("ignore") or ()),
        "ignored_globs": relative(config.getoption("ignore_glob") or ()),
        "import_mode": config.getoption("importmode"),
        "has_doctests": config.getoption("doctestmodules"),
    })
    config._ensure_unconfigure()
print(json.dumps(found))
"""


def written(root: Path, files: Files) -> Path:
    texts = {
        path: textwrap.dedent(text) if isinstance(text, str) else text
        for path, text in files.items()
    }
    write(root, {**FOLDERS, **texts})
    return root


@pytest.mark.parametrize(("files", "expected"), ALL.values(), ids=ALL)
def test_settings(files: Files, expected: PytestSettings, tmp_path: Path) -> None:
    assert read_pytest_settings(written(tmp_path, files)) == expected


def test_pytest_says_the_same(tmp_path: Path) -> None:
    cases = ALL if pytest.version_tuple >= (9,) else READ
    roots = [
        written(tmp_path / str(number), files) for number, (files, _) in enumerate(cases.values())
    ]

    outcome = processes.python(tmp_path, "-c", _PRINT, *map(str, roots))

    assert json.loads(outcome.output) == [
        {
            "testpaths": list(settings.testpaths),
            "python_files": list(settings.python_files),
            "norecursedirs": list(settings.norecursedirs),
            "pythonpath": list(settings.pythonpath),
            "ignored": list(settings.ignored),
            "ignored_globs": list(settings.ignored_globs),
            "import_mode": settings.import_mode,
            "has_doctests": settings.has_doctests,
        }
        for _, settings in cases.values()
    ]


@pytest.mark.parametrize("files", REFUSED.values(), ids=REFUSED)
def test_what_pytest_refuses_leaves_the_defaults(files: Files, tmp_path: Path) -> None:
    assert read_pytest_settings(written(tmp_path, files)) == DEFAULTS


def test_a_file_above_the_project_root(tmp_path: Path) -> None:
    project = tmp_path / "services/shop"
    text = (
        "[pytest]\ntestpaths = tests\npythonpath = . services/shop/src other\npython_files = a.py\n"
    )
    write(tmp_path, {"pytest.ini": f"{text}addopts = -p plugin\n", "services/shop/tests/a.py": ""})

    assert read_pytest_settings(project) == PytestSettings(
        pythonpath=("src",),
        python_files=("a.py",),
        plugins=(Plugin("plugin", "../../pytest.ini", 5),),
    )


def test_plugins_on_the_command_line(tmp_path: Path) -> None:
    text = "[pytest]\naddopts =\n    -p no:cacheprovider -p tests.first\n    -ptests.second\n"
    write(tmp_path, {"tox.ini": text})

    assert read_pytest_settings(tmp_path).plugins == (
        Plugin("tests.first", "tox.ini", 3),
        Plugin("tests.second", "tox.ini", 4),
    )


def test_a_folder_called_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").mkdir()

    assert read_pytest_settings(tmp_path) == DEFAULTS
