"""Files are modules, and modules would be files."""

from __future__ import annotations

import pytest

from linter_ext.source.tree import ModuleName, Root, SourceTree

APP = Root("app", "src/app", is_package=True)
SPACE = Root("space.app", "space/app", is_package=True)
SIX = Root("six", "six.py", is_package=True)
PLUGIN = Root("plugin", "src/app/vendored/plugin", is_package=True)
TESTS = Root("tests", "tests", is_package=False)
UNIT = Root("tests.unit", "tests/unit", is_package=False)
INNER = Root("src.app.tests", "src/app/tests", is_package=False)
SCRIPT = Root("tools.build", "tools/build.py", is_package=False)
TREE = SourceTree([APP, SPACE, SIX, PLUGIN, TESTS, UNIT, INNER, SCRIPT])


@pytest.mark.parametrize(
    ("path", "name", "package", "root"),
    [
        pytest.param("src/app/__init__.py", "app", "app", APP, id="a root package"),
        pytest.param("src/app/a.py", "app.a", "app", APP, id="a module in src"),
        pytest.param("src/app/sub/__init__.py", "app.sub", "app.sub", APP, id="a package"),
        pytest.param("src/app/sub/b.py", "app.sub.b", "app.sub", APP, id="a module of a package"),
        pytest.param("src/app/a.pyi", "app.a", "app", APP, id="a stub"),
        pytest.param("src/app/sub/__init__.pyi", "app.sub", "app.sub", APP, id="a package's stub"),
        pytest.param("src/app/tests/a.py", "app.tests.a", "app.tests", APP, id="packages go first"),
        pytest.param("src/app/vendored/plugin/a.py", "plugin.a", "plugin", PLUGIN, id="then depth"),
        pytest.param("src/app/vendored/x.py", "app.vendored.x", "app.vendored", APP, id="PEP 420"),
        pytest.param("space/app/a.py", "space.app.a", "space.app", SPACE, id="a dotted root"),
        pytest.param("six.py", "six", "", SIX, id="a single file"),
        pytest.param("tests/test_a.py", "tests.test_a", "tests", TESTS, id="a source path"),
        pytest.param("tests/unit/a.py", "tests.unit.a", "tests.unit", UNIT, id="a path inside"),
        pytest.param("tools/build.py", "tools.build", "tools", SCRIPT, id="a script"),
    ],
)
def test_a_file_is_a_module(path: str, name: str, package: str, root: Root) -> None:
    found = TREE.module_of(path)

    is_package = "__init__" in path
    assert found == ModuleName(name, is_package=is_package, root=root)
    assert found is not None
    assert found.package == package


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("src/app/data.txt", id="not Python"),
        pytest.param("src/app", id="a folder"),
        pytest.param("setup.py", id="under no root"),
        pytest.param("src/apple/a.py", id="a longer name"),
        pytest.param("space/__init__.py", id="above a root"),
        pytest.param("tools/other.py", id="beside a script"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_files_are_no_modules(path: str) -> None:
    assert TREE.module_of(path) is None


@pytest.mark.parametrize(
    ("module", "files"),
    [
        pytest.param(
            "app",
            ("src/app/__init__.py", "src/app.py", "src/app/__init__.pyi", "src/app.pyi"),
            id="a root package",
        ),
        pytest.param(
            "app.a.b",
            (
                "src/app/a/b/__init__.py",
                "src/app/a/b.py",
                "src/app/a/b/__init__.pyi",
                "src/app/a/b.pyi",
            ),
            id="a package goes before a module, and both before stubs",
        ),
        pytest.param(
            "tests.unit.a",
            (
                "tests/unit/a/__init__.py",
                "tests/unit/a.py",
                "tests/unit/a/__init__.pyi",
                "tests/unit/a.pyi",
            ),
            id="under the longest root",
        ),
        pytest.param("six", ("six.py",), id="a single file"),
        pytest.param("six.moves", (), id="nothing lies under a single file"),
        pytest.param("space", (), id="above a root"),
        pytest.param("apple.a", (), id="under no root"),
    ],
)
def test_a_module_would_be_a_file(module: str, files: tuple[str, ...]) -> None:
    assert TREE.candidates(module) == files


@pytest.mark.parametrize(
    ("module", "root"),
    [
        pytest.param("app", APP, id="the root itself"),
        pytest.param("app.a.b", APP, id="under it"),
        pytest.param("tests.unit.a", UNIT, id="the longest of two"),
        pytest.param("tests.a", TESTS, id="the other"),
        pytest.param("apple", None, id="a longer name"),
        pytest.param("space", None, id="above"),
        pytest.param("os.path", None, id="elsewhere"),
    ],
)
def test_a_module_lies_under_a_root(module: str, root: Root | None) -> None:
    assert TREE.root_of(module) == root
    assert TREE.is_first_party(module) is (root is not None)


def test_of_two_roots_of_one_name_the_first_counts() -> None:
    other = Root("app", "lib/app", is_package=False)

    assert SourceTree([APP, other]).root_of("app.a") == APP


@pytest.mark.parametrize(
    ("path", "back"),
    [
        pytest.param("src/app/a.py", 1, id="a module"),
        pytest.param("src/app/sub/__init__.py", 0, id="a package"),
        pytest.param("six.py", 0, id="a single file"),
        pytest.param("tests/unit/test_a.pyi", 3, id="a stub"),
    ],
)
def test_there_and_back_again(path: str, back: int) -> None:
    found = TREE.module_of(path)

    assert found is not None
    assert TREE.candidates(found.name)[back] == path
