"""Modules that a build makes."""

from __future__ import annotations

import pytest

from linter_ext.source.build_files import BuildFiles
from linter_ext.source.tree import Root, SourceTree
from tests.source.project import MemoryReader

TREE = SourceTree([Root("app", "src/app", is_package=True)])


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("setup.py", "Extension('app.fast', ['fast.c'])", id="an extension"),
        pytest.param("setup.py", 'Extension(\n    name="app.fast",\n)', id="an extension by name"),
        pytest.param("pyproject.toml", 'module-name = "app.fast"', id="a module of maturin"),
        pytest.param("pyproject.toml", "name = 'app.fast'", id="an extension in TOML"),
        pytest.param("pyproject.toml", 'write_to = "src/app/fast.py"', id="a version file"),
        pytest.param("pyproject.toml", "version_file = 'src/app/fast.py'", id="a newer one"),
        pytest.param("pyproject.toml", 'version-file = "src/app/fast.py"', id="one of hatch"),
        pytest.param("setup.cfg", "version_file = src/app/fast.py", id="one without quotes"),
        pytest.param("setup.py", "{'write_to': 'src/app/fast.py'}", id="one in a dictionary"),
    ],
)
def test_a_module_that_is_made(path: str, text: str) -> None:
    files = BuildFiles(MemoryReader({path: text}))

    assert files.make("app.fast", TREE.candidates("app.fast"))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("setup.py", "", id="no word of it"),
        pytest.param("setup.py", "Extension('app.faster', [])", id="another name"),
        pytest.param("setup.py", "Extension('app_fast', [])", id="a name with another character"),
        pytest.param("setup.py", "packages=['app.fast']", id="a package"),
        pytest.param("pyproject.toml", 'path = "src/app/fast.py"', id="a file that is read"),
        pytest.param("other.toml", 'write_to = "src/app/fast.py"', id="no build file"),
        pytest.param("setup.py", "\0 Extension('app.fast')", id="an unreadable file"),
    ],
)
def test_a_module_that_is_not_made(path: str, text: str) -> None:
    files = BuildFiles(MemoryReader({path: text}))

    assert not files.make("app.fast", TREE.candidates("app.fast"))


@pytest.mark.parametrize(
    ("path", "is_compiled"),
    [
        pytest.param("src/app/fast.pyx", True, id="Cython"),
        pytest.param("src/app/fast.c", True, id="C"),
        pytest.param("src/app/fast.cpp", True, id="C++"),
        pytest.param("src/app/fast.so", True, id="an extension"),
        pytest.param("src/app/fast.cpython-311-x86_64-linux-gnu.so", True, id="of one Python"),
        pytest.param("src/app/fast.cp311-win_amd64.pyd", True, id="of Windows"),
        pytest.param("src/app/fast.pyc", True, id="byte code"),
        pytest.param("src/app/fast/__init__.pyx", True, id="a package"),
        pytest.param("src/app/fast.txt", False, id="a text"),
        pytest.param("src/app/faster.so", False, id="a longer name"),
        pytest.param("src/app/sub/fast.so", False, id="elsewhere"),
        pytest.param("src/app/fast.h", False, id="a header"),
    ],
)
def test_a_module_that_is_compiled(path: str, is_compiled: bool) -> None:
    files = BuildFiles(MemoryReader({path: ""}))

    assert files.compile(TREE.candidates("app.fast")) is is_compiled


def test_build_files_are_read_once() -> None:
    reader = MemoryReader({"setup.py": "", "setup.cfg": "[a]", "app/setup.py": ""})
    files = BuildFiles(reader)

    for _ in range(2):
        assert not files.make("app.fast", ())
        assert files.texts == {"setup.py": "", "setup.cfg": "[a]"}
    assert reader.count == {"setup.py": 1, "setup.cfg": 1}
