"""What the README shows is what the tool does."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import click
import pytest
from importlinter.domain.fields import Field

from linter_ext import configuration, contract_types
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.cli.main import main
from linter_ext.codes import Code
from linter_ext.configuration import Configuration, Contract
from linter_ext.configuration_file import find_configuration
from linter_ext.contract_types import SourceContract
from linter_ext.rules.base import SourceRule
from tests.configurations import ini
from tests.front_ends import (
    Outcome,
    run_check,
    run_command,
    run_flake8,
    run_lint_imports,
    write,
)
from tests.trees import told
from tests.trees.told import Block

_ROOT = Path(__file__).parent.parent
_README = (_ROOT / "README.md").read_text(encoding="utf-8")
_BLOCKS = told.blocks(_README)
_EXAMPLE = {"shop/__init__.py": "", **told.project(_BLOCKS, "What it prints")}
_REFACTORED = {"shop/__init__.py": "", **told.project(_BLOCKS, "After a refactor")}
_TABLES = told.project(_BLOCKS, "Move tables", "Registries")
_TEST_COMMAND = (
    "python3 -m venv .venv && .venv/bin/pip install --upgrade pip && "
    ".venv/bin/pip install -e . --group test && .venv/bin/python -m pytest -n auto --cov\n"
)
_FURTHER = {"scripts/run.py": "", "tests/unit/test_login.py": ""}


def is_ours(block: Block) -> bool:
    """Return whether the block is configuration of ours, whole or in part."""
    return block.language in ("ini", "toml") and block.path in ("", ".importlinter")


def loaded(block: Block, root: Path) -> Configuration:
    """Return the configuration that a block is, or is a part of."""
    write(root, {**_EXAMPLE, **_TABLES, **_FURTHER, **_completed(block)})
    file = find_configuration(root)
    assert file is not None
    return configuration.load(file)


def _completed(block: Block) -> dict[str, str]:
    """Return the configuration file, completed from the README's own session and contract."""
    is_toml = block.language == "toml"
    mark = "[tool.importlinter]" if is_toml else "[importlinter]"
    contract = "[[tool.importlinter.contracts]]" if is_toml else "[importlinter:contract:"
    text = block.text
    if mark not in text:
        (session,) = _shown("For all contracts", block.language)
        text = f"{session.text}\n{text}"
    if contract not in text:
        text = f"{text}\n{_shown('absolute_imports', block.language)[0].text}"
    if is_toml:
        return {"pyproject.toml": text, ".importlinter": ""}
    return {".importlinter": text}


def _shown(section: str, language: str) -> list[Block]:
    return [item for item in _BLOCKS if item.section == section and item.language == language]


def _options(rule: Contract) -> dict[str, object]:
    """Return the options of a contract, as it understands them."""
    if not isinstance(rule, SourceRule):
        return dict(rule.contract_options)
    return {name: getattr(rule, name) for name in rule.options}


_OURS = [block for block in _BLOCKS if is_ours(block)]


def commands(console: str) -> Iterator[tuple[str, str]]:
    """Yield the commands of a transcript, each with what follows it."""
    _, *parts = re.split(r"^\$ (.*)\n", console, flags=re.MULTILINE)
    yield from zip(parts[::2], parts[1::2], strict=True)


def run(root: Path, command: str) -> str:
    """Run a command of the transcript, and return all it prints."""
    program, *arguments = shlex.split(command)
    if program == "flake8":
        assert arguments[:2] == ["--select", "IMC"]
        outcome = run_flake8(root, *arguments[2:])
    else:
        assert program == "linter-ext"
        outcome = run_command(root, *arguments)
    return outcome.output + outcome.errors


@pytest.mark.parametrize(
    ("section", "files"),
    [
        ("What it prints", _EXAMPLE),
        ("After a refactor", _REFACTORED),
        ("Test files that cannot be collected", _REFACTORED),
    ],
    ids=lambda item: item if isinstance(item, str) else "",
)
def test_a_transcript_is_what_the_tool_prints(
    section: str, files: Mapping[str, str], tmp_path: Path
) -> None:
    write(tmp_path, files)
    (console,) = _shown(section, "console")

    transcript = [f"$ {command}\n{run(tmp_path, command)}" for command, _ in commands(console.text)]

    assert "\n".join(transcript) == console.text


@pytest.mark.parametrize("files", [_EXAMPLE, _REFACTORED], ids=["an example", "a refactor"])
def test_lint_imports_prints_the_same_violations(files: Mapping[str, str], tmp_path: Path) -> None:
    write(tmp_path, files)

    assert run_lint_imports(tmp_path).violations == run_check(tmp_path).violations


def test_the_json_is_what_the_tool_prints(tmp_path: Path) -> None:
    write(tmp_path, _EXAMPLE)
    shown, _ = _shown("JSON", "json")

    assert f"linter-ext {_JSON_COMMAND}" in _README
    assert run_command(tmp_path, *_JSON_COMMAND.split()).output == shown.text


def test_the_json_of_causes_is_what_the_tool_prints(tmp_path: Path) -> None:
    write(tmp_path, _REFACTORED)
    _, shown = _shown("JSON", "json")
    expected = json.loads(shown.text)
    printed = json.loads(run_command(tmp_path, *_JSON_OF_CAUSES.split()).output)

    assert expected.keys() == {"uncollectable", "causes"}
    assert {key: printed[key] for key in expected} == expected


_JSON_COMMAND = "check --format json --contract moved tests"
_JSON_OF_CAUSES = (
    "check --format json --uncollectable --group-by cause shop/cart.py tests/test_cart.py"
)


@pytest.mark.parametrize("block", _OURS, ids=lambda block: f"{block.section}: {block.language}")
def test_every_configuration_can_be_used(block: Block, tmp_path: Path) -> None:
    assert loaded(block, tmp_path).contracts


def test_ini_and_toml_examples_say_the_same(tmp_path: Path) -> None:
    pairs = [
        (ini, toml)
        for ini, toml in pairwise(_OURS)
        if (ini.language, toml.language, ini.section) == ("ini", "toml", toml.section)
    ]
    assert [ini.section for ini, _ in pairs] == [
        "For all contracts",
        "For each contract",
        "absolute_imports",
        "deprecated_imports",
        "canonical_imports",
        "resolvable_imports",
        "acyclic_imports",
        "Contracts on the module graph",
    ]
    for number, (as_ini, as_toml) in enumerate(pairs):
        left = loaded(as_ini, tmp_path / f"{number}" / "ini")
        right = loaded(as_toml, tmp_path / f"{number}" / "toml")

        assert left.project.tree.roots == right.project.tree.roots
        assert [item.identifier for item in left.contracts] == [
            item.identifier for item in right.contracts
        ]
        assert list(map(_options, left.contracts)) == list(map(_options, right.contracts))


@pytest.mark.parametrize("contract_type", contract_types.ALL)
def test_every_option_is_in_its_table(contract_type: type[SourceContract]) -> None:
    shared = _fields(SourceContract)

    assert _table("For each contract") == shared
    assert _table(contract_type.type_name) == _fields(contract_type) - shared


def _fields(contract_type: type[object]) -> set[str]:
    names = dir(contract_type)
    return {name for name in names if isinstance(getattr(contract_type, name), Field)}


def _table(section: str) -> set[str]:
    """Return what the first column of a section's tables names."""
    text = re.split(rf"^#+ {section}\n", _README, flags=re.MULTILINE)[1]
    text = re.split(r"^#", text, maxsplit=1, flags=re.MULTILINE)[0]
    return set(re.findall(r"^\| `(\w+)`", text, flags=re.MULTILINE))


def test_every_code_is_there_with_its_summary() -> None:
    for code in Code:
        assert re.search(rf"^\| {code} \|.*\| {re.escape(code.summary)}", _README, re.MULTILINE)


def test_every_command_and_option_is_there() -> None:
    assert isinstance(main, click.Group)
    for name, command in main.commands.items():
        assert f"linter-ext {name}" in _README
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert all(f"`{item}" in _README for item in parameter.opts)


def test_every_exit_status_is_there() -> None:
    for status in ExitStatus:
        assert f"\n| {status.value} | " in _README


def test_the_configuration_of_other_tools_is_well_formed() -> None:
    for block in _BLOCKS:
        if block.language == "json":
            json.loads(block.text)
        elif block.language == "toml":
            tomllib.loads(block.text)
        elif block.language == "ini":
            configparser.ConfigParser().read_string(block.text)


def test_ci_finds_the_command_that_runs_the_tests() -> None:
    (block,) = _shown("Tests", "sh")
    first = re.search(r"python -m pytest[^`\n]*", _README)

    assert block.text == _TEST_COMMAND
    assert first is not None
    assert first[0] == "python -m pytest -n auto --cov"


@pytest.mark.parametrize("place", ["README.md", "CHANGELOG.md", "contracts", "linter_ext/pages"])
def test_documents_name_no_machine_and_lead_nowhere_wrong(place: str) -> None:
    path = _ROOT / place
    for document in sorted(path.glob("*.md")) if path.is_dir() else [path]:
        text = document.read_text(encoding="utf-8")
        assert not re.search(r"pypi\.|(?<![\w.])/(?:home|opt|root|tmp|usr|Users|work)\b", text)
        for link in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (document.parent / link).exists()
        anchors = {re.sub(r"[^\w -]", "", item).strip().lower() for item in told.headings(text)}
        for anchor in re.findall(r"\]\(#([^)]+)\)", text):
            assert anchor.replace("-", " ") in anchors


def test_a_fix_does_what_is_shown(tmp_path: Path) -> None:
    before, after = (
        next(block.text for block in _BLOCKS if block.path == path)
        for path in ("before.py", "after.py")
    )
    moves = "\n    ".join(
        (
            "deprecated =",
            "app.old_mail => app.mail",
            "app.old_mail.Attachment => app.models.Attachment",
        )
    )
    write(
        tmp_path,
        {
            ".importlinter": ini("deprecated_imports", moves),
            "app/__init__.py": "",
            "app/mail.py": "def send(): ...\n\n\ndef flush(): ...\n",
            "app/models.py": "class Attachment: ...\n",
            "app/old_mail.py": "from app.mail import *\nfrom app.models import Attachment\n",
            "tests/test_mail.py": f"from unittest.mock import patch\n\n{before}",
        },
    )

    assert run_command(tmp_path, "fix") == Outcome(
        ExitStatus.CLEAN, "tests/test_mail.py: 5 fixed\nFixed 5 violations in 1 file.\n"
    )
    text = (tmp_path / "tests/test_mail.py").read_text(encoding="utf-8")
    assert text == f"from unittest.mock import patch\n\n{after}"
