"""The GitHub Action and the GitLab template: valid, and their shell steps run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, cast
from xml.etree import ElementTree

import pytest
import yaml

from linter_ext.cli.exit_status import ExitStatus
from tests import processes
from tests.configurations import contract, session
from tests.front_ends import Outcome, write
from tests.indexes import reaches_an_index
from tests.trees import told

_ROOT = Path(__file__).parent.parent
_ACTION = _ROOT / "action.yml"
_TEMPLATE = _ROOT / "templates" / "gitlab-ci.yml"
_README = (_ROOT / "README.md").read_text(encoding="utf-8")
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_TIMEOUT = 600

FILES: Mapping[str, str] = {
    ".importlinter": session() + contract("resolvable_imports"),
    "app/__init__.py": "",
    "app/a.py": "import app.gone\n",
    "app/b b/c.py": "import app.lost\n",
}
GONE = "IMC401 there is no module 'app.gone'; restore it, or remove the import"
LOST = "IMC401 there is no module 'app.lost'; restore it, or remove the import"

Values = Mapping[str, str]


class Step(NamedTuple):
    """A step of the Action that runs in a shell.

    Attributes:
        script:      what it runs.
        environment: its variables, with expressions in them.
    """

    script: str
    environment: Values


class Ended(NamedTuple):
    """How a step ended.

    Attributes:
        outcome: its status, and what it printed.
        outputs: what it handed on.
        summary: what it wrote for the job summary.
    """

    outcome: Outcome
    outputs: Values
    summary: str


class Runner:
    """Runs the steps of the Action as GitHub's runner does.

    Attributes:
        root: the working directory.
        temp: the folder for what steps leave to others.
    """

    def __init__(self, folder: Path, inputs: Values) -> None:
        self.root = folder / "work space"
        self.temp = folder / "runner's temp"
        self.temp.mkdir()
        write(self.root, FILES)
        defaults = {f"inputs.{name}": value for name, value in default_inputs().items()}
        given = {f"inputs.{name}": value for name, value in inputs.items()}
        assert given.keys() <= defaults.keys()
        self._values = {**defaults, **given, "github.action_path": str(_ROOT)}

    def run(
        self, name: str, installed: Values | None = None, environment: Values | None = None
    ) -> Ended:
        """Run a step.

        Args:
            name:        its id.
            installed:   what the step `install` has handed on.
            environment: further variables of the machine.
        """
        step = steps()[name]
        # What an input says is data: an expression in the script itself would make it code.
        assert not _EXPRESSION.search(step.script)
        values = {
            **self._values,
            **{f"steps.install.outputs.{key}": value for key, value in (installed or {}).items()},
        }
        handed_on, summary = self.temp / "output", self.temp / "summary"
        for file in (handed_on, summary):
            file.write_text("")
        script = self.temp / "script.sh"
        script.write_text(step.script)
        outcome = shell(
            self.root,
            ("bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)),
            {
                **{
                    variable: _EXPRESSION.sub(lambda found: values[found[1]], value)
                    for variable, value in step.environment.items()
                },
                "GITHUB_ACTIONS": "true",
                "GITHUB_OUTPUT": str(handed_on),
                "GITHUB_STEP_SUMMARY": str(summary),
                "RUNNER_TEMP": str(self.temp),
                **(environment or {}),
            },
        )
        lines = handed_on.read_text().splitlines()
        outputs = dict(cast("tuple[str, str]", line.split("=", 1)) for line in lines)
        return Ended(outcome, outputs, summary.read_text())

    def check(self) -> Ended:
        """Run the step that checks, with the linter-ext that the tests run in."""
        return self.run("check", {"python": sys.executable})


def shell(folder: Path, command: Sequence[str], variables: Values) -> Outcome:
    """Run a command in the folder."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=_TIMEOUT,
        text=True,
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stdout + done.stderr
    return Outcome(done.returncode, done.stdout, done.stderr)


def default_inputs() -> Values:
    """Return the inputs of the Action, with their defaults."""
    inputs = yaml.safe_load(_ACTION.read_text())["inputs"]
    return {name: declared["default"] for name, declared in inputs.items()}


def steps() -> Mapping[str, Step]:
    """Return the steps of the Action that run in a shell."""
    found = yaml.safe_load(_ACTION.read_text())["runs"]["steps"]
    assert all(step["shell"] == "bash" for step in found if "run" in step)
    return {step["id"]: Step(step["run"], step["env"]) for step in found if "run" in step}


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path, {})


# The GitHub Action.


def test_the_step_annotates_sums_up_and_fails(runner: Runner) -> None:
    ended = runner.check()

    assert annotated(ended) == [f"app/a.py:1: {GONE}", f"app/b b/c.py:1: {LOST}"]
    assert ended.summary.startswith("## linter-ext: 2 violations in 2 files\n")
    assert ended.outputs == {"sarif": str(runner.temp / "linter-ext.sarif")}
    assert codes(runner) == ["IMC401", "IMC401"]
    assert ended.outcome.status == ExitStatus.VIOLATIONS


def test_the_step_passes_where_nothing_is_wrong(runner: Runner) -> None:
    write(runner.root, {"app/a.py": "", "app/b b/c.py": ""})
    ended = runner.check()

    assert annotated(ended) == []
    assert ended.summary.startswith("## linter-ext: no violations\n")
    assert codes(runner) == []
    assert ended.outcome.status == ExitStatus.CLEAN


def test_the_step_reports_a_configuration_that_cannot_be_used(runner: Runner) -> None:
    runner.check()
    write(runner.root, {".importlinter": "[importlinter]\nroot_package = gone\n"})
    ended = runner.check()

    assert "there is no package 'gone'" in ended.outcome.errors
    assert ended.outputs == {}  # What an earlier run left is not taken for its report.
    assert ended.outcome.status == ExitStatus.USAGE


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"paths": "app/a.py"}, [f"app/a.py:1: {GONE}"]),
        ({"paths": "app/b b\n\napp/a.py\n"}, [f"app/a.py:1: {GONE}", f"app/b b/c.py:1: {LOST}"]),
        ({"paths": "app/b b", "config": ".importlinter"}, [f"app/b b/c.py:1: {LOST}"]),
        ({"args": "--contract other"}, []),
        ({"args": "--contract\nother --statistics"}, []),
        ({"args": "--exit-zero", "paths": "app/a.py"}, [f"app/a.py:1: {GONE}"]),
        ({"paths": "$(touch made); `touch made` ; touch made"}, []),
        ({"config": "$(touch made)", "args": "$(touch made) ; touch made"}, []),
    ],
    ids=str,
)
def test_inputs_are_what_the_command_is_given(
    inputs: Values, expected: list[str], tmp_path: Path
) -> None:
    runner = Runner(tmp_path, inputs)
    other = contract("absolute_imports", name="other")
    write(runner.root, {".importlinter": FILES[".importlinter"] + other})

    assert annotated(runner.check()) == expected
    assert not (runner.root / "made").exists()


@pytest.mark.parametrize("isolated", ["true", "false"])
def test_the_step_that_installs(isolated: str, tmp_path: Path) -> None:
    folder = tmp_path / "download"
    if not reaches_an_index(folder):
        pytest.skip("no package index can be reached, from which the needs of linter-ext come")
    runner = Runner(tmp_path, {"isolated": isolated})
    present = tmp_path / "present"
    assert shell(tmp_path, (sys.executable, "-m", "venv", str(present)), {}).status == 0
    path = os.pathsep.join([str(present / "bin"), os.environ["PATH"]])
    installed = runner.run("install", environment={"PATH": path})

    assert installed.outcome.status == ExitStatus.CLEAN
    place = runner.temp / "linter-ext" if isolated == "true" else present
    assert installed.outputs == {"python": str(place / "bin" / "python")}
    assert annotated(runner.run("check", installed.outputs)) == annotated(runner.check())


def test_the_report_is_uploaded_only_where_it_is_wanted_and_there() -> None:
    last = yaml.safe_load(_ACTION.read_text())["runs"]["steps"][-1]

    assert last["uses"].startswith("github/codeql-action/upload-sarif@")
    assert last["with"]["sarif_file"] == "${{ steps.check.outputs.sarif }}"
    assert last["if"] == (
        "${{ !cancelled() && inputs.upload-sarif == 'true' && steps.check.outputs.sarif != '' }}"
    )
    assert default_inputs()["upload-sarif"] == "false"


def annotated(ended: Ended) -> list[str]:
    """Return the annotations as `path:line: CODE message`."""
    found = re.findall(
        r"^::error file=(.*?),line=(\d+),.*?::\S.*?: (IMC\d+ .*)$",
        ended.outcome.output,
        flags=re.MULTILINE,
    )
    return [f"{path}:{line}: {message}" for path, line, message in found]


def codes(runner: Runner) -> list[str]:
    """Return the codes in the SARIF report."""
    report = json.loads((runner.temp / "linter-ext.sarif").read_text())
    return [item["ruleId"] for item in report["runs"][0]["results"]]


# The GitLab template.


class Job(NamedTuple):
    """A job of the template's.

    Attributes:
        script:    its commands.
        variables: its variables.
        reports:   the files that the platform shows, by the kind of report.
    """

    script: Sequence[str]
    variables: Values
    reports: Values


def the_job() -> Job:
    """Return the template's one job."""
    ((_, job),) = yaml.safe_load(_TEMPLATE.read_text()).items()
    return Job(job["script"], job["variables"], job["artifacts"]["reports"])


def run_job(root: Path, commands: Sequence[str], **variables: str) -> Outcome:
    """Run commands of the job's script as GitLab's runner does."""
    script = "\n".join(["set -eo pipefail", *commands])
    environment = {**the_job().variables, "GITLAB_CI": "true", **variables}
    return shell(root, ("bash", "-c", script), environment)


def with_this_python() -> str:
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


@pytest.mark.parametrize(
    ("arguments", "expected", "status"),
    [
        ("", [("app/a.py", GONE), ("app/b b/c.py", LOST)], ExitStatus.VIOLATIONS),
        ("--exit-zero app/a.py", [("app/a.py", GONE)], ExitStatus.CLEAN),
        ("app/__init__.py", [], ExitStatus.CLEAN),
    ],
    ids=["everything", "some", "nothing wrong"],
)
def test_the_job_leaves_what_the_platform_shows(
    arguments: str, expected: list[tuple[str, str]], status: ExitStatus, tmp_path: Path
) -> None:
    write(tmp_path, FILES)
    job = the_job()
    install, *commands = job.script
    outcome = run_job(tmp_path, commands, PATH=with_this_python(), LINTER_EXT_ARGUMENTS=arguments)

    assert install == 'python -m pip install --quiet "$LINTER_EXT_REQUIREMENT"'
    quality = json.loads((tmp_path / job.reports["codequality"]).read_text())
    assert [(item["location"]["path"], item["description"]) for item in quality] == expected
    junit = ElementTree.parse(tmp_path / job.reports["junit"]).getroot()
    assert len(list(junit.iter("failure"))) == len(expected)
    assert len(re.findall(r": IMC\d+ ", outcome.output)) == len(expected)
    assert outcome.status == status


# What the platforms and the README say of them.


@pytest.mark.parametrize(
    ("schema", "file", "options"),
    [
        ("vendor.github-actions", _ACTION, ()),
        ("vendor.gitlab-ci", _TEMPLATE, ("--data-transform", "gitlab-ci")),
    ],
    ids=["GitHub Action", "GitLab template"],
)
def test_the_platform_takes_the_file(
    schema: str, file: Path, options: Sequence[str], tmp_path: Path
) -> None:
    assert_valid(schema, file, options, tmp_path)


def test_the_platforms_take_what_the_readme_shows(tmp_path: Path) -> None:
    shown = [
        block
        for block in told.blocks(_README)
        if (block.section, block.language) in {("GitHub", "yaml"), ("GitLab", "yaml")}
    ]

    assert {block.section for block in shown} == {"GitHub", "GitLab"}
    for number, block in enumerate(shown):
        file = tmp_path / f"{number}.yml"
        file.write_text(block.text)
        is_github = block.section == "GitHub"
        schema = "vendor.github-workflows" if is_github else "vendor.gitlab-ci"
        assert_valid(schema, file, (), tmp_path)
        if is_github:
            assert used_inputs(block.text) <= default_inputs().keys()


def used_inputs(workflow: str) -> set[str]:
    """Return the inputs that a workflow gives to the Action."""
    return {
        name
        for job in yaml.safe_load(workflow)["jobs"].values()
        for step in job["steps"]
        if "linter-ext" in step.get("uses", "")
        for name in step.get("with", {})
    }


def assert_valid(schema: str, file: Path, options: Sequence[str], folder: Path) -> None:
    """See that a file is as the platform's schema has it."""
    command = ("-m", "check_jsonschema", "--builtin-schema", schema, *options, str(file))
    outcome = processes.python(folder, *command)
    assert outcome.status == 0, outcome.output + outcome.errors
