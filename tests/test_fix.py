"""`linter-ext fix`: what it writes, what it leaves, and what it says."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from linter_ext.cli.exit_status import ExitStatus
from tests import processes
from tests.cases.fixes import CASES, FixCase
from tests.configurations import ABSOLUTE, DEPRECATED, MOVED, contract, ini, session
from tests.front_ends import Outcome, run_check, run_command, write

_REFUSED = re.compile(r"^(\S+:\d+:\d+: IMC\d{3} .*)\n    not fixed: (.*)$", re.MULTILINE)


def refused(outcome: Outcome) -> dict[str, str]:
    """Return what is said not to be fixed, with the reasons."""
    return dict(_REFUSED.findall(outcome.output))


def contents(root: Path) -> dict[str, bytes]:
    """Return what every source file of a project holds."""
    files = (*root.rglob("*.py"), *root.rglob("*.pyi"))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that have changed, with what they hold now."""
    assert before.keys() == after.keys()
    return {path: data for path, data in after.items() if before[path] != data}


def as_bytes(files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """Return contents as bytes."""
    return {path: item.encode() if isinstance(item, str) else item for path, item in files.items()}


@pytest.fixture
def root(case: FixCase, tmp_path: Path) -> Iterator[Path]:
    """The project of a case."""
    write(tmp_path, case.project())
    yield tmp_path
    assert not list(tmp_path.rglob(".linter-ext-*"))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_has_a_remedy_is_fixed_and_nothing_else(case: FixCase, root: Path) -> None:
    before = contents(root)

    outcome = run_command(root, "fix")

    assert changes(before, contents(root)) == as_bytes(case.fixed)
    assert refused(outcome) == case.refused
    assert outcome.status == (ExitStatus.VIOLATIONS if case.refused else ExitStatus.CLEAN)
    assert outcome.errors == ""


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_afterwards_there_is_nothing_to_fix_but_what_could_not_be_fixed(
    case: FixCase, root: Path
) -> None:
    run_command(root, "fix")
    before = contents(root)

    outcome = run_command(root, "fix")

    assert not changes(before, contents(root))
    assert "Nothing to fix." in outcome.output
    assert refused(outcome) == case.refused
    assert run_check(root).violations == sorted((*case.refused, *case.left))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_dry_run_says_whether_something_would_change(case: FixCase, root: Path) -> None:
    before = contents(root)

    outcome = run_command(root, "fix", "--check")

    assert contents(root) == before
    assert refused(outcome) == case.refused
    assert outcome.status == (
        ExitStatus.VIOLATIONS if case.fixed or case.refused else ExitStatus.CLEAN
    )


# What the command says and takes.

OLD = "from app.old import X\n"
NEW = "from app.new import X\n"
FILES: Mapping[str, str | bytes] = {
    ".importlinter": ini(DEPRECATED, MOVED),
    "app/__init__.py": "",
    "app/a.py": f"{OLD}from app.old import *\n",
    "app/b.py": OLD,
    "app/new.py": "X = 1\n",
    "app/old.py": "from os import *\nfrom app.new import X\n",
    "app/sub/__init__.py": "",
    "app/sub/c.py": OLD,
}
SAID = "IMC201 'app.old' is deprecated; use 'app.new'"
STARRED = (
    f"app/a.py:2:6: {SAID}\n    not fixed: it cannot be told which names the star import brings\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with three files to fix, one of them not wholly."""
    write(tmp_path, FILES)
    return tmp_path


def changed(root: Path) -> list[str]:
    """Return the files of the project that have changed."""
    return sorted(changes(as_bytes(sources(FILES)), contents(root)))


def sources(files: Mapping[str, str | bytes]) -> dict[str, str | bytes]:
    """Return the source files among the files of a project."""
    return {path: item for path, item in files.items() if path.endswith((".py", ".pyi"))}


def test_the_whole_output(project: Path) -> None:
    assert run_command(project, "fix") == Outcome(
        ExitStatus.VIOLATIONS,
        "app/a.py: 1 fixed\napp/b.py: 1 fixed\napp/sub/c.py: 1 fixed\n"
        f"{STARRED}"
        "Fixed 3 violations in 3 files. 1 violation could not be fixed: see above.\n",
    )
    assert (project / "app/a.py").read_text() == f"{NEW}from app.old import *\n"
    assert run_command(project, "fix") == Outcome(
        ExitStatus.VIOLATIONS,
        f"{STARRED}Nothing to fix. 1 violation could not be fixed: see above.\n",
    )


def test_what_could_all_be_fixed_ends_well(project: Path) -> None:
    assert run_command(project, "fix", "app/b.py") == Outcome(
        ExitStatus.CLEAN, "app/b.py: 1 fixed\nFixed 1 violation in 1 file.\n"
    )
    assert run_command(project, "fix", "app/b.py") == Outcome(ExitStatus.CLEAN, "Nothing to fix.\n")


def test_what_has_no_remedy_is_counted(project: Path) -> None:
    write(project, {".importlinter": ini(DEPRECATED, "deprecated = app.old")})

    assert run_command(project, "fix") == Outcome(
        ExitStatus.CLEAN, "Nothing to fix. 4 violations left for you: 'linter-ext check'.\n"
    )
    assert changed(project) == []


def test_a_diff_shows_and_writes_nothing(project: Path) -> None:
    def patch(path: str, *context: str) -> str:
        lines = "".join(f" {line}\n" for line in context)
        span = f"1,{1 + len(context)}" if context else "1"
        return f"--- a/{path}\n+++ b/{path}\n@@ -{span} +{span} @@\n-{OLD}+{NEW}{lines}"

    assert run_command(project, "fix", "--diff") == Outcome(
        ExitStatus.VIOLATIONS,
        patch("app/a.py", "from app.old import *") + patch("app/b.py") + patch("app/sub/c.py"),
        f"{STARRED}Would fix 3 violations in 3 files. 1 violation could not be fixed: see above.\n",
    )
    assert changed(project) == []


def test_a_diff_of_what_can_all_be_fixed_ends_well(project: Path) -> None:
    outcome = run_command(project, "fix", "--diff", "app/b.py")

    assert (outcome.status, outcome.errors) == (
        ExitStatus.CLEAN,
        "Would fix 1 violation in 1 file.\n",
    )


def test_a_diff_of_files_without_a_newline_at_the_end(project: Path) -> None:
    write(project, {"app/b.py": OLD.strip()})

    assert run_command(project, "fix", "--diff", "app/b.py").output == (
        "--- a/app/b.py\n+++ b/app/b.py\n@@ -1 +1 @@\n"
        f"-{OLD}\\ No newline at end of file\n+{NEW}\\ No newline at end of file\n"
    )


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")
@pytest.mark.parametrize("text", [OLD, OLD.strip(), f"x = 1\n\n\n{OLD}\n\ny = '\f'\n"])
def test_git_applies_a_diff(text: str, project: Path) -> None:
    write(project, {"app/b.py": text})
    patch = run_command(project, "fix", "--diff").output

    subprocess.run(["git", "apply"], cwd=project, input=patch.encode(), check=True)

    assert changed(project) == ["app/a.py", "app/b.py", "app/sub/c.py"]
    assert (project / "app/b.py").read_text() == text.replace("old", "new")


def test_a_check_writes_nothing_and_fails_if_something_would_change(project: Path) -> None:
    assert run_command(project, "fix", "--check", "app/b.py") == Outcome(
        ExitStatus.VIOLATIONS, "app/b.py: 1 fixed\nWould fix 1 violation in 1 file.\n"
    )
    assert changed(project) == []
    run_command(project, "fix", "app/b.py")
    assert run_command(project, "fix", "--check", "app/b.py") == Outcome(
        ExitStatus.CLEAN, "Nothing to fix.\n"
    )


def test_quiet_says_nothing_but_what_is_not_fixed(project: Path) -> None:
    assert run_command(project, "fix", "--quiet") == Outcome(ExitStatus.VIOLATIONS, STARRED)
    assert changed(project) == ["app/a.py", "app/b.py", "app/sub/c.py"]


@pytest.mark.parametrize(
    ("paths", "files"),
    [
        (["app/b.py"], ["app/b.py"]),
        (["app/sub"], ["app/sub/c.py"]),
        (["app/sub", "app/b.py"], ["app/b.py", "app/sub/c.py"]),
        (["app/new.py"], []),
    ],
)
def test_only_the_files_at_the_paths_are_fixed(
    paths: list[str], files: list[str], project: Path
) -> None:
    run_command(project, "fix", *paths)

    assert changed(project) == files


TWO: Mapping[str, str] = {
    ".importlinter": session()
    + contract(DEPRECATED, MOVED, name="moves")
    + contract(ABSOLUTE, name="absolute"),
    "app/b.py": "from .old import X\nfrom app.old import Y\n",
    "app/new.py": "X = Y = 1\n",
}
BOTH = "from app.new import X, Y\n"


@pytest.mark.parametrize(
    ("arguments", "after"),
    [
        ([], BOTH),
        (["--contract=moves", "--contract=absolute"], BOTH),
        (["--contract=absolute"], "from app.old import X\nfrom app.old import Y\n"),
        (["--code=IMC101"], "from app.old import X\nfrom app.old import Y\n"),
        (["--code=imc1", "--code=IMC20"], BOTH),
        (["--code=IMC3"], TWO["app/b.py"]),
        (["--contract=absolute", "--code=IMC201"], TWO["app/b.py"]),
    ],
)
def test_what_is_chosen_is_fixed(arguments: list[str], after: str, project: Path) -> None:
    write(project, TWO)

    outcome = run_command(project, "fix", "app/b.py", *arguments)

    assert (project / "app/b.py").read_text() == after
    assert outcome.status == ExitStatus.CLEAN


def test_the_wrong_names_of_contracts_and_codes(project: Path) -> None:
    outcome = run_command(
        project, "fix", "--contract=rul", "--contract=rule", "--code=IMC201X", "--code=imc2"
    )

    assert outcome == Outcome(
        ExitStatus.USAGE,
        "",
        "error: --contract: there is no contract 'rul'; did you mean 'rule'?\n"
        "error: --code: there is no code 'IMC201X'; did you mean 'IMC201'?\n",
    )
    assert changed(project) == []


def test_a_path_that_is_not_there(project: Path) -> None:
    assert run_command(project, "fix", "nowhere") == Outcome(
        ExitStatus.USAGE,
        "",
        "error: nowhere: there is no such file or folder; correct the path\n",
    )


def test_a_file_that_cannot_be_parsed_stops_nobody(project: Path) -> None:
    write(project, {"app/b.py": f"{OLD}def (:\n"})

    outcome = run_command(project, "fix")

    assert "Fixed 2 violations in 2 files." in outcome.output
    assert (project / "app/b.py").read_text() == f"{OLD}def (:\n"


def test_what_is_ignored_is_not_fixed(project: Path) -> None:
    write(
        project,
        {
            ".importlinter": ini(
                DEPRECATED, f"{MOVED}\nignore_imports =\n    app.a -> app.old\n    app.b -> app.old"
            )
        },
    )

    assert run_command(project, "fix").status == ExitStatus.CLEAN
    assert changed(project) == ["app/sub/c.py"]


def test_what_is_suppressed_is_not_fixed_unless_that_is_forbidden(project: Path) -> None:
    write(project, {"app/b.py": "from app.old import X  # noqa: IMC201\n"})
    assert run_command(project, "fix", "app/b.py").output == "Nothing to fix.\n"

    write(project, {".importlinter": ini(DEPRECATED, f"{MOVED}\nnoqa = forbid")})
    run_command(project, "fix", "app/b.py")

    assert (project / "app/b.py").read_text() == "from app.new import X  # noqa: IMC201\n"


def test_what_the_baseline_knows_is_fixed_all_the_same(project: Path) -> None:
    run_command(project, "baseline", "write")

    assert run_command(project, "fix").status == ExitStatus.VIOLATIONS
    assert changed(project) == ["app/a.py", "app/b.py", "app/sub/c.py"]


def test_modules_of_other_contracts_are_not_touched(project: Path) -> None:
    write(
        project,
        {".importlinter": ini(DEPRECATED, f"{MOVED}\nsource_modules = app.sub")},
    )

    assert run_command(project, "fix").status == ExitStatus.CLEAN
    assert changed(project) == ["app/sub/c.py"]


def test_without_a_configuration_relative_imports_become_absolute(tmp_path: Path) -> None:
    write(tmp_path, {"app/__init__.py": "", "app/a.py": "from . import b\n", "app/b.py": ""})

    assert run_command(tmp_path, "fix", "--quiet") == Outcome(ExitStatus.CLEAN, "")
    assert (tmp_path / "app/a.py").read_text() == "from app import b\n"


# What is written, and how.


@pytest.mark.skipif(os.name == "nt", reason="permissions are others there")
@pytest.mark.parametrize("mode", [0o644, 0o751, 0o600, 0o444])
def test_permissions_stay(mode: int, project: Path) -> None:
    (project / "app/b.py").chmod(mode)

    run_command(project, "fix")

    assert stat.S_IMODE((project / "app/b.py").stat().st_mode) == mode
    assert (project / "app/b.py").read_text() == NEW


def test_links_stay_links(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "real.py"
    outside.write_text(OLD)
    (project / "app/link.py").symlink_to(outside)

    run_command(project, "fix")

    assert (project / "app/link.py").is_symlink()
    assert outside.read_text() == NEW
    assert [path.name for path in outside.parent.iterdir()] == ["real.py"]


def test_a_file_with_two_names_is_fixed_once(project: Path) -> None:
    (project / "app/link.py").symlink_to("b.py")

    outcome = run_command(project, "fix", "app/b.py", "app/link.py")

    assert outcome.status == ExitStatus.CLEAN
    assert (project / "app/link.py").is_symlink()
    assert (project / "app/b.py").read_text() == NEW


def test_a_file_that_has_changed_meanwhile_is_left_alone(project: Path) -> None:
    """The file is two modules at once: it changes by being fixed as the first of them."""
    write(
        project,
        {
            ".importlinter": ini(ABSOLUTE),
            "app/link.py": "from . import z\n",
            "app/z.py": "",
            "app/sub/z.py": "",
        },
    )
    (project / "app/sub/link.py").symlink_to("../link.py")

    outcome = run_command(project, "fix")

    assert outcome == Outcome(
        ExitStatus.VIOLATIONS,
        "app/link.py: 1 fixed\n"
        "app/sub/link.py:1:6: IMC101 relative import '.'; use 'app.sub'\n"
        "    not fixed: the file has been changed meanwhile; run it again\n"
        "Fixed 1 violation in 1 file. 1 violation could not be fixed: see above.\n",
    )
    assert (project / "app/link.py").read_text() == "from app import z\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
@pytest.mark.parametrize("mode", [0o444, 0o644])
def test_a_folder_that_may_not_be_written_to(mode: int, project: Path) -> None:
    """A file in it can be written through, unless it may not be written to either."""
    (project / "app/sub/c.py").chmod(mode)
    (project / "app/sub").chmod(0o555)

    outcome = run_command(project, "fix", "app/b.py", "app/sub")
    (project / "app/sub").chmod(0o755)

    if mode == 0o644:
        assert outcome.status == ExitStatus.CLEAN
        assert changed(project) == ["app/b.py", "app/sub/c.py"]
    else:
        assert outcome == Outcome(
            ExitStatus.VIOLATIONS,
            f"app/b.py: 1 fixed\napp/sub/c.py:1:6: {SAID}\n"
            "    not fixed: the file cannot be written: Permission denied\n"
            "Fixed 1 violation in 1 file. 1 violation could not be fixed: see above.\n",
        )
        assert changed(project) == ["app/b.py"]


def test_what_interrupted_runs_have_left_behind_goes(project: Path) -> None:
    left = (project / "app/.linter-ext-0123456789abcdef.tmp", project / "app/sub/.linter-ext-a.tmp")
    for path in left:
        path.write_text("half a fi")
    (project / "app/.linter-ext.tmp").write_text("someone else's")

    run_command(project, "fix", "--check")
    assert all(path.exists() for path in left)

    run_command(project, "fix", "app/b.py")
    assert not any(path.exists() for path in left)
    assert (project / "app/.linter-ext.tmp").exists()


def test_the_installed_command(project: Path) -> None:
    outcome = processes.linter_ext(project, "fix")

    assert outcome.status == ExitStatus.VIOLATIONS
    assert outcome.output.endswith(
        "Fixed 3 violations in 3 files. 1 violation could not be fixed: see above.\n"
    )
    assert outcome.errors == ""
    assert changed(project) == ["app/a.py", "app/b.py", "app/sub/c.py"]
