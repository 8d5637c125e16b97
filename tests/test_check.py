"""`linter-ext check`: what it looks at, what it prints, how it ends."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import pty
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from linter_ext.cli import standard_output
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.fingerprints import Fingerprint, Key
from tests import processes
from tests.configurations import ABSOLUTE, DEPRECATED, MOVED, contract, ini, session
from tests.front_ends import Outcome, run_check, run_command, write

OLD = "import app.old\n"
USE_NEW = "IMC201 'app.old' is deprecated; use 'app.new'"
HINT = "'linter-ext explain CODE' says why a code is reported, and how to mend it."
NO_SECTION = (
    "there is no section '[importlinter]', or nothing in it; "
    "add '[importlinter]' with 'root_packages'"
)
DEFAULTS = "Checking the defaults: absolute_imports, and deprecated_imports with detect."
FILES = {
    "app/__init__.py": "",
    "app/a.py": f"from . import b\n{OLD}",
    "app/new.py": "",
    "app/sub/__init__.py": "",
    "app/sub/c.py": "from app.old import (\n    x,\n    y as z,\n)\n",
    "docs/conf.py": OLD,
    "tests/test_a.py": 'from unittest.mock import patch\n\npatch("app.old.x")\n',
}
CONFIGURATION = (
    session("source_paths =\n    tests")
    + contract(ABSOLUTE, name="absolute")
    + contract(
        DEPRECATED, f"{MOVED}\nbroken_contract_guidance =\n    Ask A.\n    Or B.", name="moved"
    )
)
VIOLATIONS = [
    "app/a.py:1:6: IMC101 relative import '.'; use 'app'",
    f"app/a.py:2:8: {USE_NEW}",
    f"app/sub/c.py:1:6: {USE_NEW}",
    "tests/test_a.py:3:7: IMC203 'app.old.x' is deprecated; use 'app.new.x'",
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {".importlinter": CONFIGURATION, **FILES})
    return tmp_path


def fingerprint(contract: str, code: str, importer: str, target: str) -> str:
    """Return the fingerprint of the first such violation."""
    return str(Fingerprint(Key(contract, code, importer, target), 1))


def printed(outcome: Outcome) -> list[str]:
    """Return the lines of a quiet run."""
    return outcome.output.splitlines()


# What it prints.


def test_the_report(project: Path) -> None:
    outcome = run_check(project)

    assert printed(outcome) == [
        *VIOLATIONS,
        "",
        "Absolute  BROKEN (1 violation)",
        "Moved     BROKEN (3 violations)",
        "    Ask A.",
        "    Or B.",
        "",
        "4 violations in 3 files; 6 files checked.",
        "'linter-ext fix' has a remedy for 4 of them.",
        HINT,
    ]
    assert outcome.errors == ""
    assert outcome.status == ExitStatus.VIOLATIONS


def test_the_report_of_a_clean_project(project: Path) -> None:
    outcome = run_check(project, "app/__init__.py")

    assert printed(outcome) == [
        "Absolute  KEPT",
        "Moved     KEPT",
        "",
        "No violations; 1 file checked.",
    ]
    assert outcome.status == ExitStatus.CLEAN


def test_quiet_prints_violations_only(project: Path) -> None:
    outcome = run_check(project, "--quiet")

    assert printed(outcome) == VIOLATIONS
    assert outcome.errors == ""


def test_quiet_prints_nothing_of_a_clean_project(project: Path) -> None:
    assert run_check(project, "-q", "app/__init__.py") == Outcome(ExitStatus.CLEAN, "")


def test_statistics(project: Path) -> None:
    assert printed(run_check(project, "--quiet", "--statistics")) == [
        *VIOLATIONS,
        "",
        "2  IMC201  import of a deprecated module",
        "1  IMC101  relative import",
        "1  IMC203  reference to a deprecated path in a string",
    ]


def test_contracts_can_be_chosen(project: Path) -> None:
    assert printed(run_check(project, "--quiet", "--contract", "absolute")) == VIOLATIONS[:1]
    both = run_check(project, "--quiet", "--contract=moved", "--contract=absolute")
    assert printed(both) == VIOLATIONS


def test_json(project: Path) -> None:
    outcome = run_check(project, "--format", "json", "app/a.py", "tests")

    assert json.loads(outcome.output) == {
        "version": 1,
        "contracts": [
            {
                "id": "absolute",
                "name": "Absolute",
                "type": "absolute_imports",
                "kept": False,
                "violations": 1,
                "known": 0,
            },
            {
                "id": "moved",
                "name": "Moved",
                "type": "deprecated_imports",
                "kept": False,
                "violations": 2,
                "known": 0,
            },
        ],
        "violations": [
            {
                "contract": "absolute",
                "code": "IMC101",
                "path": "app/a.py",
                "line": 1,
                "column": 6,
                "end_line": 1,
                "end_column": 7,
                "importer": "app.a",
                "module": "app",
                "name": None,
                "target": "app",
                "message": "relative import '.'; use 'app'",
                "instead": "app",
                "chain": [],
                "fingerprint": fingerprint("absolute", "IMC101", "app.a", "app"),
            },
            {
                "contract": "moved",
                "code": "IMC201",
                "path": "app/a.py",
                "line": 2,
                "column": 8,
                "end_line": 2,
                "end_column": 15,
                "importer": "app.a",
                "module": "app.old",
                "name": None,
                "target": "app.old",
                "message": "'app.old' is deprecated; use 'app.new'",
                "instead": "app.new",
                "chain": [],
                "fingerprint": fingerprint("moved", "IMC201", "app.a", "app.old"),
            },
            {
                "contract": "moved",
                "code": "IMC203",
                "path": "tests/test_a.py",
                "line": 3,
                "column": 7,
                "end_line": 3,
                "end_column": 18,
                "importer": "tests.test_a",
                "module": "app.old",
                "name": None,
                "target": "app.old.x",
                "message": "'app.old.x' is deprecated; use 'app.new.x'",
                "instead": "app.new.x",
                "chain": [],
                "fingerprint": fingerprint("moved", "IMC203", "tests.test_a", "app.old.x"),
            },
        ],
        "unchecked": [],
        "stale": [],
        "uncollectable": None,
        "causes": None,
    }
    assert outcome.status == ExitStatus.VIOLATIONS


def test_json_of_a_clean_project_is_the_whole_output(project: Path) -> None:
    outcome = run_check(project, "--format=json", "--contract=absolute", "tests")

    assert outcome.output == (
        '{\n  "version": 1,\n  "contracts": [\n    {\n      "id": "absolute",\n'
        '      "name": "Absolute",\n      "type": "absolute_imports",\n      "kept": true,\n'
        '      "violations": 0,\n      "known": 0\n    }\n  ],\n  "violations": [],\n'
        '  "unchecked": [],\n  "stale": [],\n'
        '  "uncollectable": null,\n  "causes": null\n}\n'
    )
    assert outcome.status == ExitStatus.CLEAN


def test_the_bytes_do_not_depend_on_hash_seed_locale_or_working_directory(project: Path) -> None:
    write(project, {"app/\N{GREEK SMALL LETTER ALPHA}.py": OLD})
    command = ["check", "--format", "json"]

    here = processes.linter_ext(project, *command, environment={"PYTHONHASHSEED": "1"})
    poor = {"PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    below = processes.linter_ext(project / "app/sub", *command, environment=poor)

    assert here.output == below.output
    assert "app/\N{GREEK SMALL LETTER ALPHA}.py" in here.output


# Which files.


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (("app/a.py",), VIOLATIONS[:2]),
        (("./app/../app/a.py",), VIOLATIONS[:2]),
        (("app",), VIOLATIONS[:3]),
        (("app/",), VIOLATIONS[:3]),
        ((".",), VIOLATIONS),
        (("app/sub", "tests"), VIOLATIONS[2:]),
        (("tests", "tests/test_a.py", "./tests"), VIOLATIONS[3:]),
        (("app/sub/__init__.py",), []),
    ],
)
def test_paths_limit_what_is_reported(
    paths: tuple[str, ...], expected: list[str], project: Path
) -> None:
    assert printed(run_check(project, "--quiet", *paths)) == expected
    absolute = [str(project / path) for path in paths]
    assert printed(run_check(project, "--quiet", *absolute)) == expected


def test_a_path_through_a_link_to_the_project(project: Path) -> None:
    link = project.with_name("link")
    link.symlink_to(project)

    assert printed(run_check(project, "--quiet", str(link / "app/a.py"))) == VIOLATIONS[:2]


def test_a_file_that_is_named_is_checked_even_where_a_search_leaves_it_out(project: Path) -> None:
    write(project, {"app/.hidden/a.py": OLD})

    assert printed(run_check(project, "--quiet", "app/.hidden")) == []
    assert printed(run_check(project, "--quiet", "app/.hidden/a.py")) == [
        f"app/.hidden/a.py:1:8: {USE_NEW}"
    ]


def test_a_link_that_is_named_and_leads_nowhere(project: Path) -> None:
    (project / "app/link.py").symlink_to("gone.py")

    outcome = run_check(project, "--quiet", "app/link.py")

    reason = "No such file or directory; remove the link, or restore what it leads to"
    assert printed(outcome) == [f"app/link.py:1:1: IMC001 file cannot be read: {reason}"]
    assert outcome.status == ExitStatus.VIOLATIONS


@pytest.mark.parametrize("path", ["docs", "docs/conf.py", ".importlinter", "app/.hidden"])
def test_a_path_without_files_of_the_project_is_told(path: str, project: Path) -> None:
    write(project, {"app/.hidden/a.py": OLD})
    outcome = run_check(project, path, "app/__init__.py")

    assert outcome.errors == f"{path}: no file of the project; 'linter-ext files' lists them.\n"
    assert printed(outcome)[-1] == "No violations; 1 file checked."
    assert outcome.status == ExitStatus.CLEAN
    assert run_check(project, "--quiet", path) == Outcome(ExitStatus.CLEAN, "")


def test_paths_that_cannot_be_checked(project: Path) -> None:
    outcome = run_check(project, "app/gone.py", "app", "..", "nope")

    assert outcome.errors.splitlines() == [
        "error: app/gone.py: there is no such file or folder; correct the path",
        f"error: ..: the path lies outside the project root '{project}'; name a path below it",
        "error: nope: there is no such file or folder; correct the path",
    ]
    assert outcome.output == ""
    assert outcome.status == ExitStatus.USAGE


def test_each_contract_has_its_own_importers(project: Path) -> None:
    configuration = (
        session()
        + contract(ABSOLUTE, "source_modules = app.sub", name="absolute")
        + contract(DEPRECATED, f"{MOVED}\nsource_modules =\n    app.a\n    tests.*", name="moved")
    )
    write(project, {".importlinter": configuration})

    assert printed(run_check(project, "--quiet")) == [VIOLATIONS[1], VIOLATIONS[3]]


def test_only_files_that_a_contract_covers_are_counted(project: Path) -> None:
    write(project, {".importlinter": ini(ABSOLUTE, "source_modules = app.sub")})

    assert printed(run_check(project)) == ["Rule  KEPT", "", "No violations; 2 files checked."]


# Which configuration.


@pytest.mark.parametrize("folder", ["app", "app/sub", "docs"])
def test_the_configuration_is_searched_upward(folder: str, project: Path) -> None:
    outcome = run_check(project / folder, "--quiet")

    assert printed(outcome) == VIOLATIONS


def test_paths_start_in_the_working_directory(project: Path) -> None:
    assert printed(run_check(project / "app", "--quiet", "sub", "../tests")) == VIOLATIONS[2:]
    assert printed(run_check(project / "app", "--quiet", ".")) == VIOLATIONS[:3]
    told = run_check(project / "app", "../docs").errors
    assert told == "docs: no file of the project; 'linter-ext files' lists them.\n"


def test_with_a_named_configuration_the_working_directory_is_the_project_root(
    project: Path,
) -> None:
    other = session("source_paths = conf.py", package="conf") + contract(DEPRECATED, MOVED)
    write(project, {"settings/rules.ini": other})

    outcome = run_check(project / "docs", "--quiet", "--config", "../settings/rules.ini")

    assert printed(outcome) == [f"conf.py:1:8: {USE_NEW}"]


def test_a_named_configuration_below_the_working_directory(project: Path) -> None:
    write(project, {"settings/rules.toml": "[tool.importlinter]\nroot_package = 'app'\n"})

    assert run_check(project, "--config", "settings/rules.toml").errors == (
        "error: settings/rules.toml: there is no contract; "
        "add '[importlinter:contract:<id>]' or '[[tool.importlinter.contracts]]'\n"
    )


def test_a_named_configuration_elsewhere(project: Path) -> None:
    elsewhere = project.with_name("rules.ini")
    elsewhere.write_text(ini(ABSOLUTE, "ban = 1"))

    told = "contract 'rule': ban: '1' is not a choice; write 'all' or 'parents'"
    for named in ("../rules.ini", str(elsewhere)):
        assert run_check(project, "--config", named).errors == f"error: {named}: {told}\n"


@pytest.mark.parametrize(
    ("arguments", "place", "told"),
    [
        ("--config gone.ini", "gone.ini", "there is no such file; correct the path after --config"),
        (
            "--config /gone.ini",
            "/gone.ini",
            "there is no such file; correct the path after --config",
        ),
        (
            "--config app",
            "app",
            "a folder, not a configuration file; name the file in it after --config",
        ),
        (
            "--config app/a.py",
            "app/a.py:1",
            "'from . import b' stands in no section; start the file with '[importlinter]'",
        ),
        ("--config setup.cfg", "setup.cfg", NO_SECTION),
        ("--contract move", ".importlinter", "there is no contract 'move'; did you mean 'moved'?"),
        (
            "--contract x --contract moved",
            ".importlinter",
            "there is no contract 'x'; choose one of: absolute, moved, layered",
        ),
    ],
)
def test_mistakes_on_the_command_line(arguments: str, place: str, told: str, project: Path) -> None:
    layers = contract("layers", "layers =\n    app.a\n    app.sub", name="layered")
    write(project, {".importlinter": CONFIGURATION + layers, "setup.cfg": "[flake8]\n"})

    for command in ("check", "files"):
        if command == "check" or "--config" in arguments:
            outcome = run_command(project, command, *arguments.split())
            assert outcome.errors == f"error: {place}: {told}\n"
            assert outcome.output == ""
            assert outcome.status == ExitStatus.USAGE


def test_an_unknown_option_is_a_usage_error(project: Path) -> None:
    outcome = run_check(project, "--colour")

    assert "No such option" in outcome.errors
    assert outcome.status == ExitStatus.USAGE


@pytest.mark.parametrize(
    "name", ["setup.cfg", ".importlinter", "pyproject.toml"], ids=["setup", "own", "pyproject"]
)
def test_a_configuration_that_may_not_be_read(
    name: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_text = Path.read_text

    def refusing(path: Path, *arguments: str, **named: str) -> str:
        if path.name == name:
            raise PermissionError(13, os.strerror(13))
        return read_text(path, *arguments, **named)

    monkeypatch.setattr(Path, "read_text", refusing)
    assert printed(run_check(project, "--quiet")) == VIOLATIONS

    def denied(*_: object, **__: object) -> str:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr("linter_ext.configuration_reader.open", denied, raising=False)
    assert run_check(project).errors == (
        "error: .importlinter: the file cannot be read: Permission denied; allow reading it\n"
    )


def test_without_a_configuration_the_defaults_are_checked(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "app/__init__.py": "",
            "app/a.py": "from . import old\n",
            "app/old.py": (
                "import warnings\n\n"
                'warnings.warn("use app.new", DeprecationWarning, stacklevel=2)\n'
            ),
            "src/lib/__init__.py": "",
            "scripts/run.py": "import app.old\n",
            "setup.py": "",
        },
    )

    outcome = run_check(tmp_path)

    told = "warns DeprecationWarning when imported; it says: use app.new (app/old.py:3)"
    assert printed(outcome) == [
        "app/a.py:1:6: IMC101 relative import '.'; use 'app'",
        f"app/a.py:1:15: IMC201 'app.old' {told}",
        f"scripts/run.py:1:8: IMC201 'app.old' {told}",
        "",
        "No relative imports                              BROKEN (1 violation)",
        "No imports of what the code declares deprecated  BROKEN (2 violations)",
        "",
        "3 violations in 2 files; 6 files checked.",
        "'linter-ext fix' has a remedy for 1 of them.",
        HINT,
    ]
    assert outcome.errors == (
        "No import-linter configuration here or above (root packages found: app, lib). "
        f"{DEFAULTS}\n"
    )
    assert run_check(tmp_path, "--quiet").errors == ""
    assert run_check(tmp_path, "--contract", "x").errors == (
        "error: --contract: there is no configuration to take contracts from; "
        "leave out --contract\n"
    )


def test_an_empty_folder(tmp_path: Path) -> None:
    outcome = run_check(tmp_path)

    assert printed(outcome)[-1] == "No violations; 0 files checked."
    assert outcome.errors == (
        f"No import-linter configuration here or above (no root package found). {DEFAULTS}\n"
    )
    assert outcome.status == ExitStatus.CLEAN


# Imports to ignore.


def ignoring(*lines: str, alerting: str = "") -> str:
    ignored = "".join(f"    {line}\n" for line in lines)
    return ini(DEPRECATED, f"{MOVED}\nignore_imports =\n{ignored}{alerting}")


def test_ignored_imports_are_counted(project: Path) -> None:
    write(project, {".importlinter": ignoring("app.a -> app.old", "app.sub.* -> app.old")})

    outcome = run_check(project, "app")

    assert printed(outcome)[0] == "Rule  KEPT (2 violations ignored by ignore_imports)"
    assert outcome.status == ExitStatus.CLEAN


def test_a_line_that_hides_nothing_is_an_error(project: Path) -> None:
    lines = ["app.** -> app.old", "tests.* -> app.old.x", "app.b -> app.old", "app.c -> app.old"]
    write(project, {".importlinter": ignoring(*lines)})

    outcome = run_check(project)

    assert printed(outcome)[0] == "Rule  KEPT (3 violations ignored by ignore_imports)"
    assert outcome.errors.splitlines() == [
        "error: .importlinter: contract 'rule': ignore_imports: no violation matches "
        f"'{line}'; remove the line, or set unmatched_ignore_imports_alerting = none"
        for line in lines[2:]
    ]
    assert outcome.status == ExitStatus.USAGE


def test_a_line_that_hides_nothing_may_be_a_warning_or_nothing(project: Path) -> None:
    lines = ["app.** -> app.old", "tests.* -> app.old.x", "app.b -> app.old"]

    for alerting, told in (
        ("warn", "warning: contract 'rule': No matches for ignored import app.b -> app.old.\n"),
        ("none", ""),
    ):
        option = f"unmatched_ignore_imports_alerting = {alerting}"
        write(project, {".importlinter": ignoring(*lines, alerting=option)})
        outcome = run_check(project)
        assert outcome.errors == told
        assert outcome.status == ExitStatus.CLEAN
        assert run_check(project, "--quiet") == Outcome(ExitStatus.CLEAN, "")


def test_lines_are_not_said_to_hide_nothing_where_not_all_files_are_checked(
    project: Path,
) -> None:
    write(project, {".importlinter": ignoring("app.a -> app.old")})

    outcome = run_check(project, "--quiet", "app/a.py", "app/__init__.py")

    assert outcome == Outcome(ExitStatus.CLEAN, "")


# How it ends.


def test_python_runs_the_module_as_the_command(project: Path) -> None:
    outcome = processes.python(project, "-m", "linter_ext", "check", "--quiet")

    assert printed(outcome) == VIOLATIONS
    assert outcome.status == ExitStatus.VIOLATIONS


def test_the_module_calls_itself_by_the_commands_name(capsys: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-m", "linter_ext", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout.startswith("Usage: linter-ext [OPTIONS] COMMAND [ARGS]...")
    runpy.run_module("linter_ext.__main__", run_name="imported")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "status"), [(["--version"], 0), (["check"], 1), (["check", "--nothing"], 2)]
)
def test_the_process_ends_with_its_exit_handlers_run(
    arguments: list[str], status: int, project: Path
) -> None:
    """As those of coverage are, although nothing is taken apart."""
    program = (
        "import atexit, sys; from linter_ext.__main__ import main; "
        "atexit.register(print, 'handled'); main()"
    )
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout.splitlines()[-1]) == (status, "handled")


def test_a_reader_that_stops_early(project: Path) -> None:
    """As in `linter-ext check | head -1`: no traceback, and the verdict stands."""
    write(project, {"app/many.py": "from . import b\n" * 3_000})
    process = subprocess.Popen(
        [sys.executable, "-m", "linter_ext", "check", "--quiet"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with process, process.stderr:
        assert process.stdout.readline() == f"{VIOLATIONS[0]}\n"
        process.stdout.close()
        assert process.stderr.read() == ""

    assert process.returncode == ExitStatus.VIOLATIONS


class Broken:
    """A standard output that takes no more."""

    encoding = None

    def __init__(self, number: int, error: OSError) -> None:
        self.fileno = lambda: number
        self.isatty = lambda: False
        self._error = error

    def write(self, *_: object) -> None:
        raise self._error

    flush = write


def test_nothing_more_is_written_where_nobody_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "output").open("wb", buffering=0) as stream:
        monkeypatch.setattr(sys, "stdout", Broken(stream.fileno(), BrokenPipeError()))
        standard_output.write("x")
        stream.write(b"What Python flushes at the end goes nowhere.")

    assert (tmp_path / "output").read_bytes() == b""


def test_a_report_that_cannot_be_written_is_an_error(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "output").open("wb", buffering=0) as stream, monkeypatch.context() as patch:
        full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        patch.setattr(sys, "stdout", Broken(stream.fileno(), full))
        with pytest.raises(standard_output.OutputError) as caught:
            standard_output.write_utf_8("x")

    def refuse(_: str) -> None:
        raise caught.value

    monkeypatch.setattr(standard_output, "write", refuse)
    assert run_check(project, "--quiet") == Outcome(
        ExitStatus.USAGE,
        "",
        "error: the output cannot be written: No space left on device\n",
    )


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device here")
def test_a_full_disk(project: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "linter_ext", "check"],
            cwd=project,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.stderr == "error: the output cannot be written: No space left on device\n"
    assert done.returncode == ExitStatus.USAGE


def test_an_interrupt(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("linter_ext.engine.check", interrupt)

    outcome = run_check(project)

    assert outcome == Outcome(ExitStatus.INTERRUPTED, "", "\nInterrupted.\n")


def test_a_working_directory_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> Path:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "cwd", gone)

    outcome = run_check(tmp_path)

    assert outcome.errors == "error: the working directory is gone; change to one that is there\n"
    assert outcome.status == ExitStatus.USAGE


@pytest.mark.parametrize("count", [10, 500])
def test_progress_is_shown_on_a_terminal_if_it_may_take_long(count: int, tmp_path: Path) -> None:
    files = {f"app/m{number}.py": "" for number in range(count)}
    write(tmp_path, {".importlinter": ini(ABSOLUTE), "app/__init__.py": "", **files})
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "linter_ext", "check"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=follower,
        text=True,
    )
    os.close(follower)
    report, _ = process.communicate(timeout=60)
    shown = b""
    with contextlib.suppress(OSError):  # The end of a terminal is an error.
        while data := os.read(leader, 1 << 16):
            shown += data
    os.close(leader)

    assert report.splitlines()[-1] == f"No violations; {count + 1} files checked."
    assert ("Checking" in shown.decode()) == (count == 500)


def test_no_progress_is_shown_where_nobody_looks(tmp_path: Path) -> None:
    files = {f"app/m{number}.py": "" for number in range(500)}
    write(tmp_path, {".importlinter": ini(ABSOLUTE), "app/__init__.py": "", **files})

    assert run_check(tmp_path, "--quiet") == Outcome(ExitStatus.CLEAN, "")


def test_version_and_help(tmp_path: Path) -> None:
    assert run_command(tmp_path, "--version").output.startswith("linter-ext ")
    assert "PATHS limit what is reported" in run_check(tmp_path, "-h").output


# `linter-ext explain`.


def test_explain_lists_the_codes(tmp_path: Path) -> None:
    lines = run_command(tmp_path, "explain").output.splitlines()

    assert lines[0] == "IMC000  the configuration cannot be used"
    assert [line.split()[0] for line in lines] == sorted(line.split()[0] for line in lines)


def test_explain_takes_small_letters(tmp_path: Path) -> None:
    outcome = run_command(tmp_path, "explain", "imc201")

    assert outcome.output.startswith("# IMC201 import of a deprecated module\n")
    assert outcome.status == ExitStatus.CLEAN


@pytest.mark.parametrize(
    ("code", "remedy"),
    [("IMC2O1", "did you mean 'IMC201'?"), ("E501", "'linter-ext explain' lists them")],
)
def test_explain_of_no_code(code: str, remedy: str, tmp_path: Path) -> None:
    outcome = run_command(tmp_path, "explain", code)

    assert outcome.errors == f"error: there is no code '{code}'; {remedy}\n"
    assert outcome.status == ExitStatus.USAGE
