"""Which files are found, and which folders are left out."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from linter_ext.discovery import LeftOut, Listing, list_sources
from linter_ext.source.tree import Root
from tests.front_ends import write

APP = Root("app", "app", is_package=True)


def test_python_and_stub_files_are_found(tmp_path: Path) -> None:
    paths = ["app/__init__.py", "app/a.pyi", "app/b.pyw", "app/c.txt", "app/d/e/f.py", "g.py"]
    write(tmp_path, dict.fromkeys(paths, ""))

    assert list_sources(tmp_path, [APP]) == Listing(
        ("app/__init__.py", "app/a.pyi", "app/d/e/f.py"), (), ()
    )


def test_a_root_may_be_a_file_and_lie_in_another(tmp_path: Path) -> None:
    write(tmp_path, {"app/a.py": "", "app/sub/b.py": "", "script.py": ""})
    sub = Root("app.sub", "app/sub", is_package=False)
    script = Root("script", "script.py", is_package=False)

    listing = list_sources(tmp_path, [APP, sub, script])

    assert listing.files == ("app/a.py", "app/sub/b.py", "script.py")


def test_folders_that_hold_no_code_of_the_project_are_left_out(tmp_path: Path) -> None:
    paths = [
        "app/.cache/a.py",
        "app/__pycache__/a.py",
        "app/conda/conda-meta/history",
        "app/conda/lib/a.py",
        "app/node_modules/a.py",
        "app/venv/lib/a.py",
        "app/venv/pyvenv.cfg",
        "app/z.py",
    ]
    write(tmp_path, dict.fromkeys(paths, ""))
    (tmp_path / "app/link").symlink_to(tmp_path / "app")
    (tmp_path / "app/y.py").symlink_to("z.py")

    assert list_sources(tmp_path, [APP]) == Listing(
        ("app/y.py", "app/z.py"),
        (
            LeftOut("app/.cache", "hidden"),
            LeftOut("app/conda", "virtual environment"),
            LeftOut("app/link", "symbolic link"),
            LeftOut("app/venv", "virtual environment"),
        ),
        (),
    )


def test_a_root_behind_a_link_is_looked_into(tmp_path: Path) -> None:
    write(tmp_path, {"elsewhere/a.py": ""})
    (tmp_path / "app").symlink_to("elsewhere")

    assert list_sources(tmp_path, [APP]).files == ("app/a.py",)


def test_folders_that_git_ignores_are_left_out(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(
        tmp_path, {".gitignore": "build/\n*.gen.py\n/app/out\n", "app/a.py": "", "app/b.gen.py": ""}
    )
    write(tmp_path, {"app/build/c.py": "", "app/out/d.py": "", "app/x/out/e.py": ""})
    odd = "app/odd \N{GREEK SMALL LETTER ALPHA}"
    write(tmp_path, {f"{odd}/build/f.py": "", f"{odd}/g.py": ""})

    listing = list_sources(tmp_path, [APP])

    assert listing.files == ("app/a.py", "app/b.gen.py", f"{odd}/g.py", "app/x/out/e.py")
    assert listing.left_out == (
        LeftOut("app/build", "ignored by git"),
        LeftOut(f"{odd}/build", "ignored by git"),
        LeftOut("app/out", "ignored by git"),
    )


def test_a_project_in_a_folder_that_git_ignores_is_looked_into(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, {".gitignore": "sandbox/\n", "sandbox/app/a.py": ""})

    assert list_sources(tmp_path / "sandbox", [APP]).files == ("app/a.py",)


def test_without_git_nothing_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {".gitignore": "build/\n", "app/build/a.py": ""})
    monkeypatch.setenv("PATH", "")

    assert list_sources(tmp_path, [APP]).files == ("app/build/a.py",)


def test_a_root_that_is_gone(tmp_path: Path) -> None:
    assert list_sources(tmp_path, [APP]) == Listing(
        (), (), (LeftOut("app", "No such file or directory"),)
    )


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True)
