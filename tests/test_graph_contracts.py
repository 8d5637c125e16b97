"""Contracts of import-linter's own types and of other packages', in the command and in flake8."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linter_ext.cli.exit_status import ExitStatus
from tests import processes
from tests.cases import graph_contracts
from tests.cases.case import Case
from tests.configurations import contract, session
from tests.front_ends import (
    Outcome,
    run_check,
    run_flake8,
    run_json,
    run_lint_imports,
    write,
)

ALL = [
    pytest.param(kind, case, id=f"{kind}: {name}")
    for kind, cases in graph_contracts.TABLES.items()
    for name, case in cases.items()
]
FORBIDDEN = contract("forbidden", "source_modules = app.low\nforbidden_modules = app.high")
CONFIGURATION = session(types=[]).replace("contract_types =\n", "") + FORBIDDEN
FILES = {
    "app/__init__.py": "",
    "app/low.py": "import app.high\n",
    "app/high.py": "",
    ".importlinter": CONFIGURATION,
}
BROKEN = "app/low.py:1:8: IMC601 'app.low' is not allowed to import 'app.high'; remove the import"


# One verdict.


@pytest.mark.parametrize(("kind", "case"), ALL)
def test_the_command_and_flake8_show_each_import(kind: str, case: Case, tmp_path: Path) -> None:
    write(tmp_path, case.project(kind))
    expected = sorted(case.expected)

    assert run_check(tmp_path).violations == expected
    assert run_json(tmp_path) == expected
    assert run_flake8(tmp_path).violations == expected


@pytest.mark.parametrize(("kind", "case"), ALL)
def test_lint_imports_ends_alike(kind: str, case: Case, tmp_path: Path) -> None:
    write(tmp_path, case.project(kind))
    fate = "0 kept, 1 broken" if case.expected else "1 kept, 0 broken"

    assert f"Contracts: {fate}." in run_lint_imports(tmp_path).output


def test_the_report_tells_of_contracts_of_all_types_alike(tmp_path: Path) -> None:
    further = contract("absolute_imports", name="absolute")
    ignoring = contract(
        "forbidden",
        "source_modules = app.low\nforbidden_modules = app.high\n"
        "ignore_imports = app.low -> app.high\nbroken_contract_guidance = Not told.",
        name="ignoring",
    )
    guided = FORBIDDEN.replace("\n\n", "\nbroken_contract_guidance =\n    Ask first.\n    Or not.")
    configuration = f"{session()}{ignoring}{guided}\n\n{further}"
    write(tmp_path, {**FILES, ".importlinter": configuration, "app/x.py": "from . import low\n"})

    assert run_check(tmp_path) == Outcome(
        ExitStatus.VIOLATIONS,
        f"{BROKEN}\n"
        "app/x.py:1:6: IMC101 relative import '.'; use 'app'\n\n"
        "Ignoring  KEPT (1 violation ignored by ignore_imports)\n"
        "Rule      BROKEN (1 violation)\n"
        "    Ask first.\n"
        "    Or not.\n"
        "Absolute  BROKEN (1 violation)\n\n"
        "2 violations in 2 files; 4 files checked.\n"
        "'linter-ext fix' has a remedy for 1 of them.\n"
        "'linter-ext explain CODE' says why a code is reported, and how to mend it.\n",
    )


def test_the_chain_is_in_the_json_report(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "app/low.py": "import app.mid\n", "app/mid.py": "import app.high\n"})
    found = json.loads(run_check(tmp_path, "--format", "json").output)["violations"]
    chain = [
        {
            "path": f"app/{importer}.py",
            "line": 1,
            "column": 8,
            "end_line": 1,
            "end_column": 8 + len(imported),
            "importer": f"app.{importer}",
            "imported": imported,
        }
        for importer, imported in (("low", "app.mid"), ("mid", "app.high"))
    ]

    assert [item["chain"] for item in found] == [chain, chain]


def test_paths_and_contracts_limit_what_is_reported(tmp_path: Path) -> None:
    other = contract("absolute_imports", name="other")
    write(tmp_path, {**FILES, ".importlinter": session() + FORBIDDEN + other})

    assert run_check(tmp_path, "app/low.py").violations == [BROKEN]
    assert run_check(tmp_path, "app/high.py").violations == []
    assert run_check(tmp_path, "--contract", "rule").violations == [BROKEN]
    assert run_check(tmp_path, "--contract", "other").violations == []


def test_a_file_that_a_search_leaves_out_is_in_the_graph_all_the_same(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "app/low.py": "", ".gitignore": "made/\n"})
    write(tmp_path, {"app/made/__init__.py": "import app.high\n"})
    made = FORBIDDEN.replace("app.low", "app.made")
    write(tmp_path, {".importlinter": session(types=[]).replace("contract_types =\n", "") + made})
    processes.run(tmp_path, "git", "init", "--quiet")

    assert "0 kept, 1 broken" in run_lint_imports(tmp_path).output
    assert run_check(tmp_path).violations == [
        (
            "app/made/__init__.py:1:8: IMC601 'app.made' is not allowed to import 'app.high'; "
            "remove the import"
        )
    ]


def test_an_undeclared_folder_without_a_file_stands_in_the_configuration(tmp_path: Path) -> None:
    layers = contract("layers", "containers = ns.app\nlayers = low\nexhaustive = True")
    configuration = f"[importlinter]\nroot_packages =\n    ns.app\n\n{layers}"
    files = {"ns/app/low.py": "", "ns/app/sub/deep.py": "", ".importlinter": configuration}
    write(tmp_path, files)

    assert "0 kept, 1 broken" in run_lint_imports(tmp_path).output
    assert run_check(tmp_path).violations == [
        (
            ".importlinter:5:1: IMC602 'ns.app.sub' is in no layer; add it to 'layers' or to "
            "'exhaustive_ignores'"
        )
    ]


# Broken trees.


def test_what_cannot_be_parsed_is_reported_and_the_rest_is_judged(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "app/bad.py": "import app.high\ndef f(:\n"})
    unreadable = run_check(tmp_path, "app/bad.py").violations

    assert [line.split(" file ")[0] for line in unreadable] == ["app/bad.py:2:7: IMC001"]
    whole = run_check(tmp_path)
    assert whole.violations == sorted([*unreadable, BROKEN])
    assert whole.output.splitlines()[-3:-1] == [
        "1 file could not be checked (IMC001).",
        "The module graph lacks what they import; its contracts are judged on the rest.",
    ]
    assert run_flake8(tmp_path).violations == [BROKEN]
    assert run_lint_imports(tmp_path).status == 1


@pytest.mark.parametrize(
    ("path", "content"),
    {
        "a relative import that climbs out, which is a panic of grimp's": (
            "app/sub/deep.py",
            b"from .... import x\n",
        ),
        "bytes in no encoding": ("app/bad.py", b"\xff\xfe\xfa"),
        "a package around the root package": ("ns/__init__.py", b"raise SystemExit('imported')\n"),
    }.values(),
)
def test_where_grimp_gives_up_our_own_facts_make_the_graph(
    path: str, content: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    package = "ns.app" if path.startswith("ns") else "app"
    files = {
        f"{package.replace('.', '/')}/{name}": text.replace("app.high", f"{package}.high")
        for name, text in {
            "__init__.py": "",
            "low.py": "import app.high\n",
            "high.py": "",
            "sub/__init__.py": "",
        }.items()
    }
    configuration = CONFIGURATION.replace("    app\n", f"    {package}\n").replace(
        "app.", f"{package}."
    )
    write(tmp_path, {**files, path: content, ".importlinter": configuration})
    low = f"{package.replace('.', '/')}/low.py"
    found = [line for line in run_check(tmp_path).violations if "IMC601" in line]

    assert [line.split(": ")[0] for line in found] == [f"{low}:1:8"]
    assert capfd.readouterr().err == ""


def test_a_project_like_a_package_that_is_imported_already(tmp_path: Path) -> None:
    files = {path.replace("app", "click"): text for path, text in FILES.items()}
    write(tmp_path, {path: text.replace("app", "click") for path, text in files.items()})

    assert run_check(tmp_path).violations == [BROKEN.replace("app", "click")]


# Text that is not on the disk.


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    {
        "an import that is gone": ("app/low.py", "x = 1\n", []),
        "an import that has moved": (
            "app/low.py",
            "\n\nfrom app import high\n",
            [BROKEN.replace(":1:8:", ":3:17:")],
        ),
        "an import that is new": (
            "app/low.py",
            "import app.high\nimport app.mid\n",
            [
                BROKEN,
                (
                    "app/low.py:2:8: IMC601 'app.low' imports 'app.mid', a link of app.low -> "
                    "app.mid -> app.high, and 'app.low' is not allowed to import 'app.high'; break "
                    "the chain at one link"
                ),
            ],
        ),
        "the same text": ("app/low.py", "import app.high\n", [BROKEN]),
        "a file that is new": (
            "app/low/new.py",
            "import app.high\n",
            [
                (
                    "app/low/new.py:1:8: IMC601 'app.low.new' imports 'app.high', and 'app.low' is "
                    "not allowed to import 'app.high'; remove the import"
                )
            ],
        ),
    }.values(),
)
def test_text_on_standard_input_is_judged_as_the_file_it_will_be(
    path: str, text: str, expected: list[str], tmp_path: Path
) -> None:
    write(tmp_path, {**FILES, "app/mid.py": "import app.high\n"})
    if path == "app/low/new.py":
        (tmp_path / "app/low.py").unlink()
        write(tmp_path, {"app/low/__init__.py": ""})

    assert run_flake8(tmp_path, f"--stdin-display-name={path}", "-", text=text).violations == (
        expected
    )


def test_an_edit_that_leaves_ignore_imports_without_its_import_is_told(tmp_path: Path) -> None:
    ignoring = FORBIDDEN.rstrip() + "\nignore_imports = app.low -> app.high\n"
    configuration = CONFIGURATION.replace(FORBIDDEN, ignoring)
    write(tmp_path, {**FILES, ".importlinter": configuration})

    assert run_flake8(tmp_path).violations == []
    assert run_flake8(
        tmp_path, "--stdin-display-name=app/low.py", "-", text="x = 1\n"
    ).violations == [
        (
            "app/low.py:1:1: IMC000 ignore_imports: no matches for ignored import app.low -> "
            "app.high; remove the line, or set unmatched_ignore_imports_alerting = none"
        )
    ]


# Mistakes.


MISTAKES = {
    "an option that is missing": (
        contract("forbidden", "source_modules = app.low"),
        "forbidden_modules: This is a required field; correct the option",
    ),
    "an option that is misspelt": (
        FORBIDDEN.rstrip() + "\nignore_import = app.low -> app.high\n",
        "ignore_import: Unrecognized option. Did you mean 'ignore_imports'?; correct the option",
    ),
    "a module that is not there": (
        contract("forbidden", "source_modules = app.gone\nforbidden_modules = app.high"),
        "module 'app.gone' does not exist; correct the contract's options",
    ),
    "an import that is not there": (
        FORBIDDEN.rstrip() + "\nignore_imports = app.high -> app.low\n",
        (
            "ignore_imports: no matches for ignored import app.high -> app.low; remove the line, "
            "or set unmatched_ignore_imports_alerting = none"
        ),
    ),
    "a package from outside, which the graph is built without": (
        contract("forbidden", "source_modules = app.low\nforbidden_modules = json"),
        (
            "the top level configuration must have include_external_packages=True when there are "
            "external forbidden modules; correct the contract's options"
        ),
    ),
}


@pytest.mark.parametrize(("text", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_contract_is_told(text: str, message: str, tmp_path: Path) -> None:
    configuration = CONFIGURATION.replace(FORBIDDEN, text)
    write(tmp_path, {**FILES, ".importlinter": configuration})
    line = f".importlinter: contract 'rule': {message}"

    assert run_check(tmp_path) == Outcome(ExitStatus.USAGE, "", f"error: {line}\n")
    assert run_flake8(tmp_path).violations == [f"app/__init__.py:1:1: IMC000 {line}"]
    assert run_lint_imports(tmp_path).status == 1


def test_a_warning_of_import_linters_is_told(tmp_path: Path) -> None:
    warned = (
        FORBIDDEN.rstrip()
        + "\nignore_imports = app.high -> app.low\nunmatched_ignore_imports_alerting = warn\n"
    )
    write(tmp_path, {**FILES, ".importlinter": CONFIGURATION.replace(FORBIDDEN, warned)})
    outcome = run_check(tmp_path)

    assert (outcome.status, outcome.violations) == (ExitStatus.VIOLATIONS, [BROKEN])
    assert outcome.errors == (
        "warning: contract 'rule': No matches for ignored import app.high -> app.low.\n"
    )


# Types of other packages.


OTHER = """
from importlinter import Contract, ContractCheck

class Kind(Contract):
    def check(self, graph, verbose):
        {body}

    def render_broken_contract(self, check):
        raise AssertionError("lint-imports tells it")
"""


def other(root: Path, body: str, line: str = "kind: kinds.Kind") -> Outcome:
    configuration = session(types=[line]) + contract("kind")
    write(root, {**FILES, "kinds.py": OTHER.format(body=body), ".importlinter": configuration})
    return processes.linter_ext(root, "check")


def test_a_type_of_another_package_is_kept_or_broken_as_a_whole(tmp_path: Path) -> None:
    kept = other(tmp_path / "kept", "return ContractCheck(kept=True)")
    broken = other(tmp_path / "broken", "return ContractCheck(kept=False)")

    assert kept == Outcome(0, "Rule  KEPT\n\nNo violations; 3 files checked.\n")
    assert broken == Outcome(
        1,
        ".importlinter:7:1: IMC600 contract 'Rule' of type 'kind' is broken; "
        "'lint-imports --contract rule' tells more\n\n"
        "Rule  BROKEN (1 violation)\n\n"
        "1 violation in 1 file; 3 files checked.\n"
        "'linter-ext explain CODE' says why a code is reported, and how to mend it.\n",
    )


OTHER_MISTAKES = {
    "it raises": (
        "raise KeyError('gone')",
        "kind: kinds.Kind",
        "its type raises KeyError: 'gone'; mend the type, or the contract's options",
    ),
    "its module is not there": (
        "pass",
        "kind: gone.Kind",
        (
            "'gone.Kind' cannot be imported: No module named 'gone'; correct the line in "
            "'contract_types', or install the package"
        ),
    ),
    "it is no contract type": (
        "pass",
        "kind: pathlib.Path",
        (
            "'pathlib.Path' is not a contract type of import-linter's; correct the line in "
            "'contract_types', or install the package"
        ),
    ),
}


@pytest.mark.parametrize(("body", "line", "message"), OTHER_MISTAKES.values(), ids=OTHER_MISTAKES)
def test_a_type_of_another_package_that_cannot_be_used_is_told(
    body: str, line: str, message: str, tmp_path: Path
) -> None:
    assert other(tmp_path, body, line) == Outcome(
        2, "", f"error: .importlinter: contract 'rule': {message}\n"
    )
