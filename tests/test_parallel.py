"""Work that is spread over processes comes back complete, in order, and says the same."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from linter_ext.parallel import available_jobs
from tests.cases.case import Contract, configuration
from tests.front_ends import write

MODULES = 230
"""More than what one process does alone."""

SPREAD = """
import json, os, sys
from functools import partial
from linter_ext.parallel import spread
own = os.getpid()
def double(number):
    if number in ELSEWHERE_BROKEN and os.getpid() != own:
        raise ValueError
    return 2 * number
tasks = [partial(double, number) for number in range(40)]
done = list(spread(tasks[:25], tasks[25:], 3))
print(json.dumps(sorted((item.number, item.result) for item in done)))
"""
CHECK = """
import sys
from pathlib import Path
from linter_ext import configuration, engine
from linter_ext.configuration_file import find_configuration
loaded = configuration.load(find_configuration(Path.cwd()))
seen = []
def track(files):
    for path in files:
        seen.append(path)
        yield path
report = engine.check(loaded.project, loaded.contracts, None, track, int(sys.argv[1]))
for violation in report.violations:
    print(violation)
print(report.files, [result.ignored for result in report.results], len(seen))
print([str(item) for result in report.results for item in result.unmatched])
"""
needs_fork = pytest.mark.skipif(available_jobs() == 1, reason="this machine runs one process")


def project() -> Mapping[str, str]:
    """Return a project with a violation in each tenth module, and one that cannot be parsed."""
    files = {f"app/m{number}.py": _text(number) for number in range(MODULES)}
    ignores = "ignore_imports =\n    app.m7 -> app.gone\n    app.m8 -> app.gone"
    contract = Contract(type="resolvable_imports", options=ignores)
    return {
        **files,
        "app/__init__.py": "",
        "app/broken.py": "def (:\n",
        ".importlinter": configuration(contract),
    }


def _text(number: int) -> str:
    if number % 10 == 7:
        return "import app.gone\n"
    return f"from app import m{(number + 1) % MODULES}\n"


def run(script: str, folder: Path, *arguments: str) -> str:
    """Run a script in a process of its own, where no test has left threads."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout


@needs_fork
@pytest.mark.parametrize("broken", [[], [0, 17, 39], range(40)], ids=["none", "some", "all"])
def test_each_task_is_done_once_whatever_becomes_of_the_processes(
    broken: Sequence[int], tmp_path: Path
) -> None:
    script = SPREAD.replace("ELSEWHERE_BROKEN", str(list(broken)))

    assert json.loads(run(script, tmp_path)) == [[number, 2 * number] for number in range(40)]


@needs_fork
def test_a_failure_in_every_process_is_told(tmp_path: Path) -> None:
    script = SPREAD.replace("and os.getpid() != own", "").replace("ELSEWHERE_BROKEN", "[39]")
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.stderr.splitlines()[-1] == "ValueError"


@needs_fork
def test_two_processes_find_what_one_finds(tmp_path: Path) -> None:
    write(tmp_path, project())

    alone, together = run(CHECK, tmp_path, "1"), run(CHECK, tmp_path, "2")

    assert together == alone
    assert alone.splitlines()[-2:] == [f"{MODULES + 1} [1] {MODULES + 2}", "['app.m8 -> app.gone']"]
    assert len(alone.splitlines()) == MODULES // 10 + 1 - 1 + 2
