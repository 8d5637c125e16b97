"""Each report of one project that breaks every rule is, byte for byte, the one in the files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from linter_ext.cli.exit_status import ExitStatus
from linter_ext.codes import Code
from tests import golden
from tests.front_ends import run_check
from tests.golden import RUNS, Run
from tests.schemas import VALIDATORS

FORMATS = {
    file: name for run in RUNS.values() for file, name in run.formats.items() if name in VALIDATORS
}
PLACES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "at the root": ("", {"PYTHONHASHSEED": "1"}),
    "in a folder, poorly equipped": (
        "shop/pages",
        {
            "PYTHONHASHSEED": "2",
            "LC_ALL": "C",
            "PYTHONIOENCODING": "ascii",
            "FORCE_COLOR": "1",
            "TZ": "Pacific/Apia",
        },
    ),
}
WRITE_ANEW = "if this is as it should be: python -m tests.golden"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    golden.write_project(root)
    return root


@pytest.mark.parametrize(("folder", "environment"), PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_the_bytes_are_the_same_everywhere(
    run: Run, folder: str, environment: Mapping[str, str], project: Path, tmp_path: Path
) -> None:
    outcome, found = golden.report(run, project / folder, tmp_path, environment)

    assert outcome.errors == ""
    assert outcome.status == ExitStatus.VIOLATIONS
    assert found == {file: golden.expected(file) for file in run.formats}, WRITE_ANEW


def test_colours(project: Path) -> None:
    assert golden.coloured(project) == golden.expected(golden.COLOURED), WRITE_ANEW


@pytest.mark.parametrize("file", RUNS["all formats"].formats)
def test_standard_output_has_the_same(file: str, project: Path) -> None:
    outcome = run_check(project, "--output", RUNS["all formats"].formats[file])

    assert golden.without_version(outcome.output) == golden.expected(file)
    assert run_check(project, "--format", RUNS["all formats"].formats[file]) == outcome


@pytest.mark.parametrize(("file", "name"), FORMATS.items(), ids=FORMATS)
def test_the_golden_files_follow_their_schemas(file: str, name: str) -> None:
    VALIDATORS[name](golden.expected(file).replace("…", "0.1.0"))


def test_every_code_is_in_them() -> None:
    found = json.loads(golden.expected("report.json"))["violations"]

    missing = {Code.CONFIGURATION, Code.BASELINE, Code.UNUSED_NOQA}
    assert {item["code"] for item in found} == set(Code) - missing
    assert any(item["chain"] for item in found)


def test_fingerprints_are_the_same_in_every_format() -> None:
    ours = [
        item["fingerprint"] for item in json.loads(golden.expected("report.json"))["violations"]
    ]
    (run,) = json.loads(golden.expected("report.sarif"))["runs"]

    assert len(set(ours)) == len(ours)
    assert ours == [item["fingerprint"] for item in json.loads(golden.expected("gitlab.json"))]
    assert ours == [item["partialFingerprints"]["linterExt/v1"] for item in run["results"]]
