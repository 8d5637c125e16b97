"""`linter-ext check --unused-noqa`: comments that hide nothing, on request."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from linter_ext.cli.exit_status import ExitStatus
from linter_ext.codes import Code, codes_of
from linter_ext.reporters.formats import Format
from linter_ext.rules import TYPE_NAMES
from tests.configurations import ABSOLUTE, DEPRECATED, MOVED, contract, ini, session
from tests.front_ends import Outcome, run_check, run_flake8, run_lint_imports, write
from tests.repositories import Repository
from tests.schemas import VALIDATORS

HERE = "app/a.py"
OLD = "import app.old"


def unused(root: Path, text: str, *arguments: str, options: str = MOVED) -> list[str]:
    """Return what is reported of a file, without its name and without what is no comment."""
    write(root, {".importlinter": ini(DEPRECATED, options), "app/__init__.py": "", HERE: text})
    found = run_check(root, "--unused-noqa", *arguments).violations
    return [line.removeprefix(f"{HERE}:") for line in found if "IMC003" in line]


def says(place: str, code: str, why: str = "hides no violation; remove it") -> str:
    return f"{place}: IMC003 'noqa: {code}' {why}"


USED = {
    "the code": f"{OLD}  # noqa: IMC201\n",
    "another tool's code": "import app.new  # noqa: E501\n",
    "all codes": "import app.new  # noqa\n",
    "all codes, whatever follows": "import app.new  # noqa:  IMC201\nimport os  # noqa : IMC201\n",
    "the beginning of a code": f"{OLD}  # noqa: IMC2\n",
    "a code among others": f"{OLD}  # NOQA:E501,IMC201 W1\n",
    "on the first line of a statement": "from app.old import (  # noqa: IMC201\n    x,\n)\n",
    "on the name's own line": "from app import (\n    old,  # noqa: IMC201\n    new,\n)\n",
    "after a string of several lines": f'x = """\n"""; {OLD}  # noqa: IMC201\n',
    "after an escaped line end": "import \\\n    app.old  # noqa: IMC201\n",
    "twice over": f"if True:\n    {OLD}  # noqa: IMC201\n    {OLD}  # noqa: IMC201\n",
    "in a string": 'x = "import app.new  # noqa: IMC201"\n',
    "in a docstring": '"""An example.\n\n    import app.old  # noqa: IMC201\n"""\n',
    "in words": "# A comment noqa: IMC201 is what it takes.\n",
    "where the whole file is hidden": f"# flake8: noqa\n{OLD}  # noqa: IMC201, IMC202\n",
    "a code that no contract gives": "x = 1  # noqa: IMC000, IMC001\nx = 2  # noqa: IMC0\n",
    "one that is to stay": "import app.new  # noqa: IMC201, IMC003\n",
}
UNUSED = {
    "the code": ("import app.new  # noqa: IMC201\n", [says("1:25", "IMC201")]),
    "another code": (f"{OLD}  # noqa: IMC202\n", [says("1:25", "IMC202")]),
    "another contract's code": (f"{OLD}  # noqa: IMC401\n", [says("1:25", "IMC401")]),
    "one of several": (
        f"{OLD}  # noqa: IMC202,IMC201,E501, IMC203\n",
        [says("1:25", "IMC202"), says("1:45", "IMC203")],
    ),
    "the beginning of codes": ("x = 1  # noqa: IMC2\n", [says("1:16", "IMC2")]),
    "on another line of the statement": (
        "from app.old import (\n    x,  # noqa: IMC201\n)\n",
        [says("2:17", "IMC201")],
    ),
    "on the same text, where there is no import": (
        f"if True:\n    {OLD}; x = 1  # noqa: IMC201\ny = 'x'; x = 1  # noqa: IMC201\n",
        [says("3:25", "IMC201")],
    ),
    "on a line of its own": ("# noqa: IMC201\n", [says("1:9", "IMC201")]),
    "after a character that is wide": ("x = 'é☕'  # noqa: IMC201\n", [says("1:19", "IMC201")]),
    "after a string of several lines": (
        'x = """\nimport app.old\n"""  # noqa: IMC201\n',
        [says("3:14", "IMC201")],
    ),
    "in a file with line ends of another kind": (
        f"{OLD}  # noqa: IMC201\r\nx = 1  # noqa: IMC201\r\n",
        [says("2:16", "IMC201")],
    ),
    "a code that there is not": (
        f"{OLD}  # noqa: IMC201, IMC999, IMC2011\n",
        [
            says("1:33", "IMC999", "hides nothing: there is no such code; remove it"),
            says("1:41", "IMC2011", "hides nothing: there is no such code; remove it"),
        ],
    ),
    "a code in small letters": (
        f"{OLD}  # noqa: imc201\n",
        [says("1:25", "imc201", "hides nothing: codes are in capitals; write 'IMC201'")],
    ),
    "a second comment": (
        f"{OLD}  # noqa: E501 # noqa: IMC201\n",
        [says("1:38", "IMC201", "hides nothing: the first noqa of a line counts; join the two")],
    ),
    "what cannot be hidden": (
        f"{OLD}  # noqa: IMC204, IMC201\n",
        [says("1:25", "IMC204", "hides nothing: IMC204 cannot be hidden; remove it")],
    ),
}


@pytest.mark.parametrize("text", USED.values(), ids=USED)
def test_what_is_used_or_not_ours_is_left_alone(text: str, tmp_path: Path) -> None:
    assert unused(tmp_path, text) == []


@pytest.mark.parametrize(("text", "expected"), UNUSED.values(), ids=UNUSED)
def test_what_hides_nothing_is_reported(text: str, expected: list[str], tmp_path: Path) -> None:
    assert unused(tmp_path, text) == expected


def test_nobody_hears_of_it_unasked(tmp_path: Path) -> None:
    text = "import app.new  # noqa: IMC201\n"

    assert unused(tmp_path, text) == [says("1:25", "IMC201")]
    assert run_check(tmp_path).violations == []
    assert run_lint_imports(tmp_path).violations == []
    assert run_flake8(tmp_path).violations == []


def test_what_is_told_on_request(tmp_path: Path) -> None:
    write(tmp_path, {".importlinter": ini(DEPRECATED, MOVED), "app/__init__.py": ""})
    write(tmp_path, {HERE: "x = 1  # noqa: IMC201\n"})

    assert run_check(tmp_path, "--unused-noqa") == Outcome(
        ExitStatus.VIOLATIONS,
        f"{HERE}:1:16: IMC003 'noqa: IMC201' hides no violation; remove it\n\n"
        "Rule                        KEPT\n"
        "Every noqa hides something  BROKEN (1 violation)\n\n"
        "1 violation in 1 file; 2 files checked.\n"
        "'linter-ext explain CODE' says why a code is reported, and how to mend it.\n",
    )
    write(tmp_path, {HERE: f"{OLD}  # noqa: IMC201\n"})
    assert run_check(tmp_path, "--unused-noqa").output == (
        "Rule                        KEPT\nEvery noqa hides something  KEPT\n\n"
        "No violations; 2 files checked.\n"
    )


@pytest.mark.parametrize("name", Format)
def test_every_format_has_it(name: Format, tmp_path: Path) -> None:
    unused(tmp_path, "x = 1  # noqa: IMC201\n")
    outcome = run_check(tmp_path, "--unused-noqa", "--format", name.value)

    assert outcome.status == ExitStatus.VIOLATIONS
    assert "hides no violation; remove it" in outcome.output
    if name in VALIDATORS:
        VALIDATORS[name](outcome.output)


def test_json(tmp_path: Path) -> None:
    unused(tmp_path, "x = 1  # noqa: IMC201\n")
    found = json.loads(run_check(tmp_path, "--unused-noqa", "--format=json").output)

    assert found["contracts"][1] == {
        "id": "unused_noqa",
        "name": "Every noqa hides something",
        "type": "unused_noqa",
        "kept": False,
        "violations": 1,
        "known": 0,
    }
    (item,) = found["violations"]
    del item["fingerprint"], item["message"]
    assert item == {
        "contract": "unused_noqa",
        "code": "IMC003",
        "path": HERE,
        "line": 1,
        "column": 16,
        "end_line": 1,
        "end_column": 22,
        "importer": "app.a",
        "module": "app.a",
        "name": None,
        "target": "IMC201",
        "instead": None,
        "chain": [],
    }


# Contracts for which no noqa counts.

NONE = "hides nothing: no noqa counts for {}; remove it"


def test_where_the_contract_forbids_them_they_hide_nothing(tmp_path: Path) -> None:
    text = f"{OLD}  # noqa: IMC201\nx = 1  # noqa: IMC202\ny = 1  # noqa: IMC101\n"

    assert unused(tmp_path, text, options=f"{MOVED}\nnoqa = forbid") == [
        says("1:25", "IMC201", NONE.format("'rule'")),
        says("2:16", "IMC202", NONE.format("'rule'")),
        says("3:16", "IMC101"),
    ]
    assert "app/a.py:1:8: IMC201" in run_check(tmp_path).output


def test_one_contract_that_respects_them_is_enough(tmp_path: Path) -> None:
    forbids = contract(DEPRECATED, "deprecated = app.gone\nnoqa = forbid", name="forbids")
    text = f"{OLD}  # noqa: IMC201\nx = 1  # noqa: IMC201\nimport app.gone  # noqa: IMC201\n"
    write(tmp_path, {"app/__init__.py": "", HERE: text})
    write(tmp_path, {".importlinter": session() + forbids + contract(DEPRECATED, MOVED)})

    assert run_check(tmp_path, "--unused-noqa", "-q").violations == [
        f"{HERE}:{says('2:16', 'IMC201')}",
        f"{HERE}:{says('3:26', 'IMC201')}",
        f"{HERE}:3:8: IMC201 'app.gone' is deprecated and has no replacement; stop using it",
    ]


GRAPH = contract("forbidden", "source_modules = app.a\nforbidden_modules = app.b", name="forbidden")


def test_contracts_on_the_module_graph_heed_none(tmp_path: Path) -> None:
    text = "import app.b  # noqa: IMC601\nx = 1  # noqa: IMC601, IMC602\n"
    write(tmp_path, {"app/__init__.py": "", HERE: text, "app/b.py": "x = 1  # noqa: IMC601\n"})
    write(tmp_path, {".importlinter": session() + GRAPH})
    heeded_by_none = NONE.format("'forbidden'")

    assert run_check(tmp_path, "--unused-noqa", "-q").violations == [
        f"{HERE}:{says('1:23', 'IMC601', heeded_by_none)}",
        f"{HERE}:1:8: IMC601 'app.a' is not allowed to import 'app.b'; remove the import",
        f"{HERE}:{says('2:16', 'IMC601', heeded_by_none)}",
        f"{HERE}:{says('2:24', 'IMC602')}",
        f"app/b.py:{says('1:16', 'IMC601', heeded_by_none)}",
    ]


# Runs over a part.


def write_two(root: Path) -> None:
    other = contract(DEPRECATED, "deprecated = app.gone", name="other")
    text = "import app.gone  # noqa: IMC201\nfrom . import b  # noqa: IMC101\n"
    further = "x = 1  # noqa: IMC101, IMC201, IMC301, IMC999, IMC1, IMC\n"
    write(root, {"app/__init__.py": "", HERE: text + further, "app/b.py": further})
    contracts = contract(ABSOLUTE, name="absolute") + contract(DEPRECATED, MOVED) + other
    write(root, {".importlinter": session() + contracts})


def test_one_contract_tells_of_its_own_codes_only(tmp_path: Path) -> None:
    write_two(tmp_path)
    request = ("--unused-noqa", "-q", "--contract=absolute")

    assert run_check(tmp_path, *request, HERE).violations == [
        f"{HERE}:{says('3:16', 'IMC101')}",
        f"{HERE}:{says('3:48', 'IMC1')}",
    ]


def test_a_code_that_another_contract_gives_too_is_not_told(tmp_path: Path) -> None:
    write_two(tmp_path)
    request = ["--unused-noqa", "-q", "--contract=rule"]

    assert run_check(tmp_path, *request).violations == []

    both = run_check(tmp_path, *request, "--contract=other", HERE).violations

    assert both == [f"{HERE}:{says('3:24', 'IMC201')}"]


def test_all_contracts_by_name_are_all(tmp_path: Path) -> None:
    write_two(tmp_path)
    named = [f"--contract={name}" for name in ("absolute", "rule", "other")]
    whole = run_check(tmp_path, "--unused-noqa")

    assert len(whole.violations) == 10
    assert run_check(tmp_path, "--unused-noqa", *named) == whole


def test_some_paths_are_judged_by_themselves(tmp_path: Path) -> None:
    write_two(tmp_path)
    whole = run_check(tmp_path, "--unused-noqa").violations

    assert run_check(tmp_path, "--unused-noqa", "app/b.py").violations == [
        line for line in whole if line.startswith("app/b.py")
    ]


def test_files_that_no_contract_is_about_are_left_alone(tmp_path: Path) -> None:
    text = "x = 1  # noqa: IMC201\n"
    options = f"{MOVED}\nsource_modules = app.b"

    assert unused(tmp_path, text, options=options) == []

    write(tmp_path, {"app/b.py": text})

    assert run_check(tmp_path, "--unused-noqa").violations == [f"app/b.py:{says('1:16', 'IMC201')}"]


def test_several_processes_find_the_same(tmp_path: Path) -> None:
    texts = [f"{OLD}  # noqa: IMC201\n", "x = 1  # noqa: IMC201\n"]
    many = {f"app/m{number}.py": texts[number % 2] for number in range(210)}
    write(tmp_path, {".importlinter": ini(DEPRECATED, MOVED), "app/__init__.py": "", **many})

    assert run_check(tmp_path, "--unused-noqa").violations == sorted(
        f"app/m{number}.py:{says('1:16', 'IMC201')}" for number in range(1, 210, 2)
    )


def test_of_what_is_staged_the_changed_files_are_judged(tmp_path: Path) -> None:
    text = "x = 1  # noqa: IMC201\n"
    configuration = ini(DEPRECATED, MOVED)
    files = {".importlinter": configuration, "app/__init__.py": "", "app/b.py": text, HERE: ""}
    repository = Repository(tmp_path, files)
    repository.stage({HERE: text})

    assert run_check(tmp_path, "--staged", "--unused-noqa").violations == [
        f"{HERE}:{says('1:16', 'IMC201')}"
    ]


def test_a_file_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    assert unused(tmp_path, "def f(:  # noqa: IMC201\n") == []
    assert run_check(tmp_path, "--unused-noqa").output.count("IMC001") == 2


def test_test_files_have_nothing_to_hide(tmp_path: Path) -> None:
    assert run_check(tmp_path, "--unused-noqa", "--uncollectable").errors == (
        "error: --unused-noqa: test files have nothing to hide; leave out one of the two\n"
    )


# Which contract type can give which code.


def test_each_code_of_contracts_has_one_type() -> None:
    theirs = ("forbidden", "layers", "independence", "protected", "acyclic_siblings", "a.b.Theirs")
    found = [code for kind in (*TYPE_NAMES, *theirs) for code in codes_of(kind)]

    assert sorted(found) == [code for code in Code if code.is_of_contracts]


def test_the_documents_say_the_same() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (IMC\d{3}) \| `(\w+)` \|", readme, re.MULTILINE)

    assert len(rows) == sum(code.is_of_contracts for code in Code) - 1
    assert all(Code(code) in codes_of(kind) for code, kind in rows)
