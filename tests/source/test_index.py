"""The modules of a project, read when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from linter_ext.source.deprecations import Deprecation, Deprecations
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.text import UnreadableError
from linter_ext.source.tree import SourceTree
from tests.source.project import APP, MemoryReader, index_of, open_file

FILES = {
    "app/__init__.py": "",
    "app/a.py": "x = 1",
    "app/stub.pyi": "",
    "app/both.py": "",
    "app/both/__init__.py": "",
    "app/folder/inner.py": "",
    "app/data/notes.txt": "",
    "app/twin.py": "",
    "app/twin/inner.py": "",
    "app/packed/__init__.pyi": "",
    "app/broken.py": "x = (",
    "app/binary.py": "\0",
    "tests/test_a.py": "",
}


@pytest.mark.parametrize(
    ("module", "path", "is_module", "is_package"),
    [
        pytest.param("app", "app/__init__.py", True, True, id="a root package"),
        pytest.param("app.a", "app/a.py", True, False, id="a module"),
        pytest.param("app.stub", "app/stub.pyi", True, False, id="a stub"),
        pytest.param("app.both", "app/both/__init__.py", True, True, id="a package goes first"),
        pytest.param("app.folder", None, True, True, id="a namespace folder"),
        pytest.param("app.data", None, True, True, id="any folder is one"),
        pytest.param("app.folder.inner", "app/folder/inner.py", True, False, id="inside it"),
        pytest.param("app.twin", "app/twin.py", True, False, id="a module goes before a folder"),
        pytest.param("app.twin.inner", None, False, False, id="so nothing lies below it"),
        pytest.param("app.packed", "app/packed/__init__.pyi", True, True, id="a package's stub"),
        pytest.param("app.broken", "app/broken.py", True, False, id="not Python, but a module"),
        pytest.param("app.binary", None, True, False, id="not readable, but a module"),
        pytest.param("tests.test_a", "tests/test_a.py", True, False, id="of a source path"),
        pytest.param("app.gone", None, False, False, id="not there"),
        pytest.param("app.a.x", None, False, False, id="a name"),
        pytest.param("os", None, False, False, id="elsewhere"),
    ],
)
def test_a_module_may_be_there(
    module: str, path: str | None, is_module: bool, is_package: bool
) -> None:
    index = index_of(FILES)

    file = index.file(module)

    assert (None if file is None else file.path) == path
    assert (index.is_module(module), index.is_package(module)) == (is_module, is_package)
    assert index.file(module) is file
    assert index.is_module(module) is is_module


def test_a_file_is_read_once() -> None:
    reader = MemoryReader(FILES)
    index = Index(SourceTree([APP]), reader)

    for _ in range(2):
        open_file(index, "app/a.py")
        index.definitions("app.a", "x")
        index.file("app.a")
        index.file("app.gone")

    assert reader.count == {"app/a.py": 1}


def test_a_file_that_is_handed_in_goes_before_the_disk() -> None:
    index = index_of(FILES)
    module = index.tree.module_of("app/new.py")
    assert module is not None
    file = SourceFile("app/new.py", module, "from app.a import x")

    index.add(file)

    assert index.file("app.new") is file
    assert index.is_module("app.new")
    assert [item.path for item in index.asked(file)] == ["app.a.x"]

    newer = SourceFile("app/new.py", module, "import os")
    index.add(newer)

    assert index.file("app.new") is newer
    assert [item.path for item in index.asked(newer)] == ["os"]


def test_a_file_that_cannot_be_read_says_so() -> None:
    index = index_of(FILES)

    with pytest.raises(UnreadableError, match="contains NUL bytes"):
        open_file(index, "app/binary.py")


def test_a_file_that_is_not_python_says_so_when_it_is_parsed() -> None:
    file = open_file(index_of(FILES), "app/broken.py")

    with pytest.raises(UnreadableError, match="was never closed"):
        file.settle()
    with pytest.raises(UnreadableError, match="was never closed"):
        _ = file.expressions


def test_a_file_that_has_settled_has_forgotten_its_tree() -> None:
    file = open_file(index_of({"app/a.py": "import os\nos.path.join\n"}), "app/a.py")
    tree = file.tree
    assert file.tree is tree

    file.settle()
    file.settle()

    assert file.tree is not tree
    assert [use.attributes for use in file.expressions.uses] == [("path", "join")]
    assert (file.bindings.definitions, file.deprecations) == (frozenset(), Deprecations())


@pytest.mark.parametrize(
    ("text", "may_refer"),
    [
        pytest.param("patch('a.b')", True, id="a word that calls for a closer look"),
        pytest.param("import os", False, id="no such word"),
    ],
)
def test_a_file_may_refer(text: str, may_refer: bool) -> None:
    assert open_file(index_of({"app/a.py": text}), "app/a.py").may_refer is may_refer


WARNS = "from warnings import warn\nwarn('gone', DeprecationWarning)\n"


@pytest.mark.parametrize(
    ("files", "module", "found"),
    [
        pytest.param({"app/a.py": WARNS}, "app.a", ("app.a", "gone", None), id="it warns"),
        pytest.param(
            {"app/a/__init__.py": WARNS, "app/a/b/c.py": ""},
            "app.a.b.c",
            ("app.a", "gone", None),
            id="a package around it warns",
        ),
        pytest.param(
            {"app/a/__init__.py": WARNS, "app/a/b.py": WARNS.replace("gone", "too")},
            "app.a.b",
            ("app.a.b", "too", None),
            id="the nearest warns",
        ),
        pytest.param(
            {"app/a.py": f"from app.b import *\n{WARNS}"},
            "app.a",
            ("app.a", "gone", "app.b"),
            id="with a successor",
        ),
        pytest.param(
            {"app/a.py": f"from .b.c import d\n{WARNS}"},
            "app.a",
            ("app.a", "gone", "app.b.c"),
            id="with a successor by relative import",
        ),
        pytest.param(
            {"app/a.py": f"from . import b\n{WARNS}"},
            "app.a",
            ("app.a", "gone", "app.b"),
            id="with a neighbour for successor",
        ),
        pytest.param(
            {"app/a.py": f"from ... import b\n{WARNS}"},
            "app.a",
            ("app.a", "gone", None),
            id="with a successor out of reach",
        ),
        pytest.param({"app/a.py": "x = 1"}, "app.a", None, id="it does not"),
        pytest.param({"app/a.py": f"{WARNS}x = ("}, "app.a", None, id="not Python"),
        pytest.param({}, "app.a", None, id="not there"),
        pytest.param({}, "os.path", None, id="elsewhere"),
    ],
)
def test_a_module_or_a_package_around_it_may_warn(
    files: Mapping[str, str], module: str, found: tuple[str, str, str | None] | None
) -> None:
    index = index_of({"app/__init__.py": "", **files})

    answer = index.deprecated_module(module)

    given = answer and (answer[0], answer[1].message, answer[1].replacement)
    assert given == found
    assert index.deprecated_module(module) == answer


def test_names_that_are_declared_deprecated() -> None:
    text = "from warnings import deprecated\n@deprecated('x')\ndef f(): 0\n"
    index = index_of({"app/a.py": text, "app/broken.py": "x = ("})

    assert index.deprecations("app.a").names == {"f": Deprecation("x", 2)}
    assert index.deprecations("app.broken") == Deprecations()
    assert index.deprecations("app.gone") == Deprecations()


def test_names_that_are_passed_on_and_read() -> None:
    text = "from b import c, d as e\nimport f.g\nh = i.j\nk = 1\nfrom l import *\nprint(k)\n"
    index = index_of({"app/a.py": text, "app/broken.py": "x = ("})

    assert list(index.passed_on("app.a")) == ["c", "e", "f", "h"]
    assert list(index.passed_on("app.broken")) == []
    assert [index.reads("app.a", "k"), index.reads("app.a", "c")] == [True, False]
    assert index.reads("app.broken", "x") is None
