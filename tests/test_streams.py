"""Where reports go, what else is printed where, and how a run ends: real processes and files."""

from __future__ import annotations

import json
import os
import pty
import resource
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from linter_ext.cli.exit_status import ExitStatus
from linter_ext.cli.interrupts import one_interrupt
from linter_ext.cli.report_file import write_whole
from linter_ext.reporters import json as json_reporter
from linter_ext.reporters.formats import Format
from tests import processes
from tests.configurations import ABSOLUTE, ini
from tests.front_ends import Outcome, run_check, write
from tests.trees import told

RELATIVE = "IMC101 relative import '.'; use 'app'"
FILES = {
    ".importlinter": ini(ABSOLUTE),
    "app/__init__.py": "",
    "app/a.py": "from . import b\nfrom . import c\n",
    "app/b.py": "",
    "app/c.py": "",
}
CONCISE = f"app/a.py:1:6: {RELATIVE}\napp/a.py:2:6: {RELATIVE}\n"
HINT = "'linter-ext explain CODE' says why a code is reported, and how to mend it."
SUM = "2 violations in 1 file; 4 files checked."
REMEDY = "'linter-ext fix' has a remedy for 2 of them."
TEXT = f"{CONCISE}\nRule  BROKEN (2 violations)\n\n{SUM}\n{REMEDY}\n{HINT}\n"
ONE_ONLY = (
    "'json', 'text': only one of them can go to standard output; "
    "give the others a file, as in 'json=FILE'"
)
NO_PLACE = (
    "'sarif' has no place for test files that cannot be collected; "
    "choose one of: text, json, markdown"
)
README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
HIDE_CURSOR, SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"
CHOICES = "text, concise, json, sarif, github, gitlab, junit, markdown"


@pytest.fixture(autouse=True)
def interrupts() -> Iterator[None]:
    """Heed interrupts: what a shell starts in the background ignores them, and so would a child."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    write(root, FILES)
    return root


def names_in(folder: Path) -> list[str]:
    """Return the names of what is in a folder, hidden files included."""
    return sorted(os.listdir(folder))


# Where reports go.


@pytest.mark.parametrize(
    ("options", "printed", "files"),
    [
        ((), TEXT, {}),
        (("--output=text",), TEXT, {}),
        (("--output", "concise"), CONCISE, {}),
        (("--output=concise=-",), CONCISE, {}),
        (("--format=concise",), CONCISE, {}),
        (("--output=concise=out.txt",), TEXT, {"out.txt": CONCISE}),
        (("--output=concise=out.txt", "--quiet"), CONCISE, {"out.txt": CONCISE}),
        (("--output=text=a=b.txt", "--format=concise"), CONCISE, {"a=b.txt": TEXT}),
        (
            ("--output=text=one", "--output=concise=two", "--output=gitlab=-"),
            None,
            {"one": TEXT, "two": CONCISE},
        ),
        (("--output=concise=one", "--output=concise=two"), TEXT, {"one": CONCISE, "two": CONCISE}),
    ],
)
def test_reports_go_where_they_are_sent(
    options: tuple[str, ...], printed: str | None, files: dict[str, str], project: Path
) -> None:
    outcome = run_check(project, *options)

    assert printed is None or outcome.output == printed
    assert outcome.errors == ""
    assert outcome.status == ExitStatus.VIOLATIONS
    assert {name: (project / name).read_text() for name in files} == files
    assert names_in(project) == sorted([".importlinter", "app", *files])


def test_the_command_of_the_readme(project: Path) -> None:
    (command, schema, *_) = [
        block.text
        for block in told.blocks(README)
        if block.section in ("Reports", "JSON") and block.language == "sh"
    ]
    assert command.startswith("linter-ext check --output sarif=report.sarif ")

    outcome = run_check(project, *shlex.split(command)[2:])

    assert outcome.status == ExitStatus.VIOLATIONS
    assert outcome.output.startswith("::error file=app/a.py,")
    assert names_in(project) == [".importlinter", "app", "report.sarif", "summary.md"]
    printed = processes.python(project, *shlex.split(schema)[1:]).output
    assert json.loads(printed)["properties"]["version"]["const"] == json_reporter.VERSION


def test_every_format_is_in_the_readme() -> None:
    for name in Format:
        assert f"\n| `{name}` | " in README


def test_files_are_named_from_the_working_directory(project: Path) -> None:
    run_check(project / "app", "--output=concise=../one.txt", "--output=concise=two.txt")

    assert (project / "one.txt").read_text() == CONCISE
    assert (project / "app/two.txt").read_text() == CONCISE


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--output=sarf",), ["there is no format 'sarf'; did you mean 'sarif'?"]),
        (("--output=x=y",), [f"there is no format 'x'; choose one of: {CHOICES}"]),
        (
            ("--output=sarif=",),
            ["'sarif=' names no file; write 'sarif=FILE', or 'sarif' for standard output"],
        ),
        (
            ("--output=json=out/a.json", "--output=text=app"),
            [
                "there is no folder 'out'; create it, or correct the path",
                "'app' is a folder; name a file in it",
            ],
        ),
        (
            ("--output=json", "--output=text=-"),
            [ONE_ONLY],
        ),
        (
            ("--output=json", "--format=text"),
            [ONE_ONLY],
        ),
        (
            ("--output=json=one", "--output=text=./one"),
            ["several reports are to be written to './one'; give each a file of its own"],
        ),
        (
            ("--output=sarif", "--uncollectable"),
            [NO_PLACE],
        ),
    ],
)
def test_reports_that_cannot_be_written_are_told_before_anything_is_checked(
    options: tuple[str, ...], told: list[str], project: Path
) -> None:
    write(project, {".importlinter": "nothing is read of it"})

    outcome = run_check(project, *options)

    assert outcome == Outcome(
        ExitStatus.USAGE, "", "".join(f"error: --output: {line}\n" for line in told)
    )
    assert names_in(project) == [".importlinter", "app"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_not_be_written_to(project: Path) -> None:
    (project / "out").mkdir(mode=0o500)

    told = "--output: 'out/a' may not be written; allow writing it, or name another file"
    assert run_check(project, "--output=text=out/a").errors == f"error: {told}\n"


def test_test_files_are_no_violations(project: Path) -> None:
    assert run_check(project, "--uncollectable", "--max-violations=1") == Outcome(
        ExitStatus.USAGE,
        "",
        "error: --max-violations: test files are no violations; "
        "leave it out with --uncollectable\n",
    )


def test_a_file_is_replaced_and_keeps_its_mode_and_its_links(project: Path) -> None:
    write(project, {"real.txt": "former"})
    (project / "real.txt").chmod(0o640)
    (project / "link.txt").symlink_to("real.txt")

    run_check(project, "--output=concise=link.txt", "--output=text=new.txt")

    assert (project / "link.txt").is_symlink()
    assert (project / "real.txt").read_text() == CONCISE
    assert (project / "real.txt").stat().st_mode & 0o777 == 0o640
    assert (project / "new.txt").stat().st_mode == (project / "app/a.py").stat().st_mode


def test_what_is_no_ordinary_file_is_written_to(project: Path) -> None:
    os.mkfifo(project / "pipe")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append((project / "pipe").read_text()))
    reader.start()

    devices = [f"--output={name}={os.devnull}" for name in ("json", "sarif")]
    outcome = run_check(project, "--output=concise=pipe", *devices)
    reader.join()

    assert read == [CONCISE]
    assert outcome.output == TEXT
    assert names_in(project) == [".importlinter", "app", "pipe"]


def test_reports_in_files_are_utf_8_without_colours(project: Path) -> None:
    name = "app/\N{GREEK SMALL LETTER ALPHA}.py"
    write(project, {name: "from . import b\n"})
    environment = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "FORCE_COLOR": "1"}

    outcome = processes.linter_ext(
        project, "check", "--output=text=out.txt", environment=environment
    )

    text = (project / "out.txt").read_text(encoding="utf-8")
    assert f"{name}:1:6: {RELATIVE}\n" in text
    assert "\x1b" not in text
    assert "\x1b[1mapp/\\u03b1.py\x1b[0m:1:6: \x1b[1;31mIMC101\x1b[0m" in outcome.output


# Colours.


@pytest.mark.parametrize(
    ("environment", "on_a_terminal", "coloured"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": ""}, False, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_text_is_coloured_where_somebody_looks(
    environment: dict[str, str], on_a_terminal: bool, coloured: bool, project: Path
) -> None:
    plain = {key: value for key, value in os.environ.items() if not key.endswith("_COLOR")}
    command = [sys.executable, "-m", "linter_ext", "check"]
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        command,
        cwd=project,
        env={**plain, "TERM": "xterm", **environment},
        stdout=follower if on_a_terminal else subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    os.close(follower)
    shown = b""
    with process, suppress(OSError):  # The end of a terminal is an error.
        source = leader if process.stdout is None else process.stdout.fileno()
        while data := os.read(source, 1 << 16):
            shown += data
    os.close(leader)

    assert (b"\x1b[31mBROKEN\x1b[0m" in shown) == coloured
    assert (b"\x1b" in shown) == coloured
    assert b"2 violations" in shown


def test_colours_are_forced_or_forbidden(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[31mBROKEN\x1b[0m" in run_check(project).output
    assert "\x1b" not in run_check(project, "--output=concise").output
    monkeypatch.setenv("NO_COLOR", "1")
    assert run_check(project).output == TEXT


# How a run ends.


@pytest.mark.parametrize(
    ("options", "status", "told"),
    [
        ((), ExitStatus.VIOLATIONS, SUM),
        (("--exit-zero",), ExitStatus.CLEAN, SUM),
        (("--max-violations=3",), ExitStatus.CLEAN, SUM.replace(";", ", 3 allowed;")),
        (("--max-violations=2",), ExitStatus.CLEAN, SUM.replace(";", ", 2 allowed;")),
        (("--max-violations=1",), ExitStatus.VIOLATIONS, SUM.replace(";", ", 1 allowed;")),
        (("--max-violations=0",), ExitStatus.VIOLATIONS, SUM.replace(";", ", 0 allowed;")),
        (
            ("--max-violations=1", "--exit-zero"),
            ExitStatus.CLEAN,
            SUM.replace(";", ", 1 allowed;"),
        ),
    ],
)
def test_the_status(options: tuple[str, ...], status: ExitStatus, told: str, project: Path) -> None:
    outcome = run_check(project, *options)

    assert outcome.status == status
    assert told in outcome.output.splitlines()


def test_files_that_could_not_be_checked_count(project: Path) -> None:
    write(project, {"app/b.py": b"\xff"})

    assert run_check(project, "--max-violations=2").status == ExitStatus.VIOLATIONS
    assert run_check(project, "--max-violations=3").status == ExitStatus.CLEAN


def test_mistakes_are_mistakes_with_exit_zero(project: Path) -> None:
    ignoring = ini(ABSOLUTE, "ignore_imports = app.c -> app.b")
    assert run_check(project, "--exit-zero", "nowhere").status == ExitStatus.USAGE
    assert run_check(project, "--max-violations=-1").status == ExitStatus.USAGE
    write(project, {".importlinter": ignoring})
    assert run_check(project, "--exit-zero").status == ExitStatus.USAGE


def test_exit_zero_with_test_files(project: Path) -> None:
    write(project, {"tests/test_a.py": "import app.gone\n"})

    assert run_check(project, "--uncollectable").status == ExitStatus.VIOLATIONS
    assert run_check(project, "--uncollectable", "--exit-zero").status == ExitStatus.CLEAN


def test_notices_are_on_standard_error_only(tmp_path: Path) -> None:
    write(tmp_path, {"app/__init__.py": "", "app/a.py": "from . import b\n", "app/b.py": ""})

    outcome = processes.linter_ext(tmp_path, "check", "--output=json", "missing", "app")
    assert outcome.output == ""
    outcome = processes.linter_ext(tmp_path, "check", "--output=json")
    assert len(json.loads(outcome.output)["violations"]) == 1
    assert outcome.errors.startswith("No import-linter configuration here or above")


# Full disks, readers that stop, and interrupts.


def limit_files() -> None:
    """Let no file grow beyond a block; writing more is an error, not a signal."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def test_a_full_disk_leaves_the_former_file(project: Path) -> None:
    write(project, {"report.json": "former", "app/many.py": "from . import b\n" * 200})
    done = subprocess.run(
        [
            *(sys.executable, "-m", "linter_ext", "check", "--output=json=report.json"),
            *("--output=text=small.txt", "app/a.py", "app/many.py"),
        ],
        cwd=project,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        preexec_fn=limit_files,
        text=True,
        check=False,
    )

    assert done.stderr == (
        "error: 'report.json' cannot be written: File too large; "
        "'small.txt' cannot be written: File too large\n"
    )
    assert "202 violations in 2 files" in done.stdout
    assert done.returncode == ExitStatus.USAGE
    assert (project / "report.json").read_text() == "former"
    assert names_in(project) == [".importlinter", "app", "report.json"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device here")
def test_one_report_that_fails_costs_no_other(project: Path) -> None:
    outcome = run_check(project, "--output=json=/dev/full", "--output=concise=all.txt")

    assert outcome == Outcome(
        ExitStatus.USAGE,
        TEXT,
        "error: '/dev/full' cannot be written: No space left on device\n",
    )
    assert (project / "all.txt").read_text() == CONCISE


def test_a_reader_that_stops_early_costs_no_report(project: Path) -> None:
    write(project, {"app/many.py": "from . import b\n" * 3_000})
    command = [sys.executable, "-m", "linter_ext", "check", "--output=concise=all.txt"]
    process = subprocess.Popen(
        command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with process, process.stderr:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""

    assert process.returncode == ExitStatus.VIOLATIONS
    assert len((project / "all.txt").read_text().splitlines()) == 3_002


@pytest.mark.parametrize("format_option", ["--format=text", "--format=json"])
def test_a_closed_standard_output(format_option: str, project: Path) -> None:
    command = f"'{sys.executable}' -m linter_ext check --output=concise=all.txt {format_option} >&-"
    done = subprocess.run(
        ["sh", "-c", command], cwd=project, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (ExitStatus.VIOLATIONS, "")
    assert (project / "all.txt").read_text() == CONCISE


@contextmanager
def group_of(*command: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a command as a terminal does: in a process group of its own."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


ON_SOME = """
import os, runpy
os.sched_setaffinity(0, %s)
runpy.run_module("linter_ext", run_name="__main__")
"""


@pytest.mark.parametrize("processors", [1, 2])
def test_an_interrupt_while_files_are_checked(processors: int, project: Path) -> None:
    """The bar of progress shows that the check is under way; most of the work is still to do."""
    imports = "".join(f"from app import m{number}\n" for number in range(50))
    write(project, {f"app/m{number}.py": imports for number in range(2_500)})
    write(project, {".importlinter": ini("resolvable_imports"), "report.json": "former"})
    allowed = sorted(os.sched_getaffinity(0))[:processors]
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", ON_SOME % allowed, "check", "--output=json=report.json"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=follower,
        start_new_session=True,
        text=True,
    )
    os.close(follower)
    shown = b""
    with process, suppress(OSError):  # The end of a terminal is an error.
        while data := os.read(leader, 1 << 16):
            if b"Checking" in data and b"Checking" not in shown:
                os.killpg(process.pid, signal.SIGINT)
            shown += data
    os.close(leader)

    assert process.returncode == ExitStatus.INTERRUPTED
    text = shown.decode()
    assert "Traceback" not in text
    assert text.count(f"{SHOW_CURSOR}Interrupted.\r\n") == 1
    assert text.rindex(SHOW_CURSOR) > text.rindex(HIDE_CURSOR)
    assert (project / "report.json").read_text() == "former"
    assert names_in(project) == [".importlinter", "app", "report.json"]


def test_an_interrupt_while_reports_are_written(project: Path) -> None:
    """Nobody reads from the pipe, so the command waits once the pipe is full."""
    write(project, {"app/many.py": "from . import b\n" * 10_000, "report.json": "former"})
    os.mkfifo(project / "pipe")
    command = [sys.executable, "-m", "linter_ext", "check", "--output=concise=pipe"]
    with (
        group_of(*command, "--output=json=report.json", folder=project) as process,
        (project / "pipe").open("rb", buffering=0) as pipe,  # This waits for the writer.
    ):
        assert pipe.read(1) == b"a"
        os.killpg(process.pid, signal.SIGINT)
        output, errors = process.communicate(timeout=60)

    assert (process.returncode, output, errors) == (ExitStatus.INTERRUPTED, "", "\nInterrupted.\n")
    assert (project / "report.json").read_text() == "former"
    assert names_in(project) == [".importlinter", "app", "pipe", "report.json"]


WRITES_SLOWLY = """
import sys, time
from linter_ext.cli import main
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.cli.report_file import write_whole


def chunks():
    yield b"half of the report"
    print("half", flush=True)
    time.sleep(60)


main._end(lambda: write_whole("report.json", chunks()) or ExitStatus.CLEAN)
"""


@pytest.mark.parametrize("former", ["former", None])
def test_an_interrupt_while_a_report_is_written(former: str | None, tmp_path: Path) -> None:
    write(tmp_path, {"report.json": former} if former is not None else {})
    with group_of(sys.executable, "-c", WRITES_SLOWLY, folder=tmp_path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half\n"
        assert len(names_in(tmp_path)) == (2 if former else 1)
        os.killpg(process.pid, signal.SIGINT)
        output, errors = process.communicate(timeout=60)

    assert (process.returncode, output, errors) == (ExitStatus.INTERRUPTED, "", "\nInterrupted.\n")
    assert names_in(tmp_path) == (["report.json"] if former else [])
    if former is not None:
        assert (tmp_path / "report.json").read_text() == former


def test_only_the_first_interrupt_is_an_exception() -> None:
    with one_interrupt():
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_DFL
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_other_threads_leave_interrupts_alone() -> None:
    entered: list[bool] = []

    def enter() -> None:
        with one_interrupt():
            entered.append(True)

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()

    assert entered == [True]


def test_nothing_is_left_of_a_report_that_fails(tmp_path: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(str(tmp_path / "report"), chunks())

    assert names_in(tmp_path) == []


def test_whoever_ignores_interrupts_goes_on(project: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f"trap '' INT; kill -INT $$; '{sys.executable}' -m linter_ext check"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (ExitStatus.VIOLATIONS, TEXT, "")
