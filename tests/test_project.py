"""A project on disk: its roots, its texts, its session options."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from linter_ext.configuration_file import find_configuration
from linter_ext.project import Disk, Project, open_project, survey_project
from linter_ext.roots import find_package, find_packages, find_source_path
from linter_ext.source.text import UnreadableError
from linter_ext.source.tree import Root
from tests.configurations import ABSOLUTE, contract, ini, session
from tests.front_ends import write


def plant(root: Path, *paths: str) -> Path:
    write(root, dict.fromkeys(paths, ""))
    return root


def opened(root: Path, **options: object) -> Project:
    project, problems = open_project(root, {"root_packages": ["app"], **options})
    assert problems == ()
    return project


# Roots.


@pytest.mark.parametrize("layout", ["", "src/", "lib/", "python/"])
def test_a_root_package_is_a_folder_or_a_file_in_a_layout(layout: str, tmp_path: Path) -> None:
    plant(tmp_path, f"{layout}app/__init__.py", f"{layout}one.py", f"{layout}ns/sub/a.py")

    assert find_package(tmp_path, "app") == Root("app", f"{layout}app", is_package=True)
    assert find_package(tmp_path, "one") == Root("one", f"{layout}one.py", is_package=True)
    assert find_package(tmp_path, "ns.sub") == Root("ns.sub", f"{layout}ns/sub", is_package=True)


@pytest.mark.parametrize("name", ["gone", "app.gone", "", "a-b", "../app", "flake8", "flake8.main"])
def test_a_root_package_that_is_not_there(name: str, tmp_path: Path) -> None:
    assert find_package(plant(tmp_path, "app/__init__.py"), name) is None


@pytest.mark.parametrize(
    ("name", "path"), [("inst_pkg", "libs/inst_pkg"), ("inst_pkg.sub", "libs/inst_pkg/sub")]
)
def test_a_root_package_that_is_installed_from_below(
    name: str, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(tmp_path, "libs/inst_pkg/__init__.py", "libs/inst_pkg/sub/__init__.py")
    monkeypatch.syspath_prepend(str(tmp_path / "libs"))

    assert find_package(tmp_path, name) == Root(name, path, is_package=True)


def test_a_root_package_that_is_the_project_root_itself_has_no_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(tmp_path, "inst_own/__init__.py")
    monkeypatch.syspath_prepend(str(tmp_path))

    assert find_package(tmp_path / "inst_own", "inst_own") is None


def test_a_package_that_refuses_to_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str) -> None:
        raise ValueError(f"{name}.__spec__ is None")

    monkeypatch.setattr("importlib.util.find_spec", refuse)

    assert find_package(tmp_path, "__main__") is None


def test_the_packages_of_a_folder(tmp_path: Path) -> None:
    plant(tmp_path, "b/__init__.py", "src/a/__init__.py", "docs/conf.py", "c.py", "x-y/__init__.py")

    assert [root.path for root in find_packages(tmp_path)] == ["b", "src/a"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("tests", [("tests", "tests")]),
        ("./tests/", [("tests", "tests")]),
        ("tests/unit", [("tests.unit", "tests/unit")]),
        ("run.py", [("run", "run.py")]),
        ("odd.py", [("odd.py.a", "odd.py/a.py"), ("odd.py.deep", "odd.py/deep")]),
        (
            ".",
            [
                ("odd.py.a", "odd.py/a.py"),
                ("odd.py.deep", "odd.py/deep"),
                ("run", "run.py"),
                ("tests", "tests"),
            ],
        ),
        ("gone", []),
        ("..", []),
        ("tests/../..", []),
        ("/", []),
    ],
)
def test_source_paths(path: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    plant(tmp_path, "tests/unit/a.py", "run.py", "notes.txt", ".hidden/a.py")
    plant(tmp_path, "odd.py/a.py", "odd.py/deep/b.py", "odd.py/c.txt")
    (tmp_path / "link").symlink_to("tests")

    roots = find_source_path(tmp_path, path)

    assert [(root.name, root.path) for root in roots] == expected
    assert not any(root.is_package for root in roots)


def test_a_top_folder_that_is_gone_holds_nothing(tmp_path: Path) -> None:
    assert survey_project(tmp_path / "gone").tree.roots == ()


def test_tests_are_a_source_path_unless_others_are_given(tmp_path: Path) -> None:
    plant(tmp_path, "app/__init__.py", "tests/a.py", "docs/b.py")

    assert [root.path for root in opened(tmp_path).tree.roots] == ["app", "tests"]
    given = opened(tmp_path, source_paths=["docs", "./docs", "app"])
    assert [(root.path, root.is_package) for root in given.tree.roots] == [
        ("app", True),
        ("docs", False),
    ]
    assert [root.path for root in opened(tmp_path, source_paths=[]).tree.roots] == ["app"]
    assert [root.path for root in opened(tmp_path, source_paths="docs").tree.roots] == [
        "app",
        "docs",
    ]


def test_a_survey_finds_packages_and_all_other_python(tmp_path: Path) -> None:
    plant(tmp_path, "app/__init__.py", "src/lib/__init__.py", "src/run.py", "tests/a.py", "s.py")

    project = survey_project(tmp_path)

    assert [(root.name, root.is_package) for root in project.tree.roots] == [
        ("app", True),
        ("lib", True),
        ("s", False),
        ("src", False),
        ("tests", False),
    ]
    assert project.listing.files == (
        "app/__init__.py",
        "s.py",
        "src/lib/__init__.py",
        "src/run.py",
        "tests/a.py",
    )


# Paths.


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("app/a.py", "app/a.py"),
        ("./app//a.py", "app/a.py"),
        ("app/../b.py", "b.py"),
        ("..a/b.py", "..a/b.py"),
        (".", "."),
        ("..", None),
        ("../other/a.py", None),
        ("/", None),
    ],
)
def test_a_path_from_the_project_root(
    path: str, expected: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert Project(tmp_path, []).relative(path) == expected


def test_a_path_that_leads_into_the_project_by_links(tmp_path: Path) -> None:
    plant(tmp_path, "real/app/a.py")
    (tmp_path / "link").symlink_to("real")

    for root, path in (("real", "link"), ("link", "real")):
        project = Project(tmp_path / root, [])
        assert project.relative(str(tmp_path / path / "app/a.py")) == "app/a.py"


@pytest.mark.parametrize(
    ("expression", "held"),
    [
        ("ns", True),
        ("ns.app", True),
        ("ns.app.a", True),
        ("ns.app.sub", True),
        ("ns.app.sub.b", True),
        ("ns.app.A", False),
        ("ns.ap", False),
        ("ns.app.a.x", False),
        ("tests", True),
        ("tests.unit.test_a", True),
        ("run", True),
        ("run.x", False),
        ("os", False),
        ("*", True),
        ("ns.*", True),
        ("ns.*.a", True),
        ("**.b", True),
        ("*.b", False),
        ("os.**", False),
    ],
)
def test_which_module_expressions_cover_a_module(
    expression: str, held: bool, tmp_path: Path
) -> None:
    paths = ["ns/app/__init__.py", "ns/app/a.py", "ns/app/sub/b.py", "tests/unit/test_a.py"]
    plant(tmp_path, *paths, "run.py")
    options = {"root_packages": ["ns.app"], "source_paths": ["tests", "run.py"]}

    assert opened(tmp_path, **options).holds(expression) == held


# The disk.


def test_the_disk_reads_and_knows_what_is_there(tmp_path: Path) -> None:
    write(tmp_path, {"app/a.py": "x = 1\r\n", "app/sub/b.py": ""})
    (tmp_path / "app/0.py").symlink_to("0.py")
    disk = Disk(tmp_path, list)

    assert disk.read("app/a.py") == "x = 1\n"
    assert disk.is_file("app/a.py")
    assert disk.is_file("app/sub/b.py")
    assert disk.is_folder("app/sub")
    assert not disk.is_folder("app/a.py")
    assert not disk.is_file("app/sub")
    assert not disk.is_file("app/A.py")
    assert not disk.is_file("gone/a.py")


def test_the_disk_tells_what_it_cannot_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(tmp_path, "app/a.py")
    disk = Disk(tmp_path, list)

    with pytest.raises(UnreadableError, match=r"cannot be read: Is a directory; restore it or"):
        disk.read("app")
    monkeypatch.setattr("os.open", refuse_to_open)
    with pytest.raises(UnreadableError, match=r"cannot be read: no reason; restore it or remove"):
        disk.read("app/a.py")


def refuse_to_open(*_: object) -> int:
    raise OSError("no reason")


# The configuration file.


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({".importlinter": "[importlinter]"}, ".importlinter"),
        ({"setup.cfg": "[x]\n[importlinter]", ".importlinter": "[importlinter]"}, "setup.cfg"),
        ({"setup.cfg": "[x]", ".importlinter": "[importlinter]"}, ".importlinter"),
        (
            {"setup.cfg": "# [importlinter]", "pyproject.toml": "[tool.importlinter]"},
            "pyproject.toml",
        ),
        ({"pyproject.toml": "[[tool . 'importlinter'.contracts]]"}, "pyproject.toml"),
        ({".importlinter": "", "pyproject.toml": "[tool.importlinter]"}, "pyproject.toml"),
        ({".importlinter": "", "pyproject.toml": "[tool.x]"}, ".importlinter"),
        ({"pyproject.toml": "[tool.importlinters]", "setup.cfg": "x"}, None),
        ({".importlinter/x": "", "setup.cfg/x": ""}, None),
        ({}, None),
    ],
)
def test_the_nearest_configuration_is_found(
    files: Mapping[str, str], expected: str | None, tmp_path: Path
) -> None:
    write(tmp_path, {"above/.importlinter": "[importlinter]", "above/project/app/a.py": ""})
    project = tmp_path / "above/project"
    write(project, files)

    found = find_configuration(project / "app")

    assert found is not None
    assert found.path == (project / expected if expected else tmp_path / "above/.importlinter")
    assert found.root == found.path.parent
    assert found.name == found.path.name


def test_no_configuration_is_found(tmp_path: Path) -> None:
    assert find_configuration(tmp_path) is None


def test_whether_a_configuration_has_contracts(tmp_path: Path) -> None:
    for text, expected in (
        (ini(ABSOLUTE), True),
        (session(types=[]) + contract("layers", "layers ="), True),
        (session(), True),
        (session(types=[]), False),
    ):
        write(tmp_path, {".importlinter": text})
        found = find_configuration(tmp_path)
        assert found is not None
        assert found.has_contracts == expected


def test_a_package_has_precedence_over_a_folder_of_the_same_name(tmp_path: Path) -> None:
    write(tmp_path, {"app/data.py": "", "src/app/__init__.py": ""})

    assert find_package(tmp_path, "app") == Root("app", "src/app", is_package=True)
