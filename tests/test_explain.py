"""`linter-ext explain PATH`: where a dotted path leads, and who says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from linter_ext import clock
from linter_ext.cli.exit_status import ExitStatus
from tests.configurations import ABSOLUTE, CANONICAL, DEPRECATED, contract, session, toml
from tests.front_ends import Outcome, run_command, write

MOVES = """\
[[moves]]
old = "app.old"
new = "app.mid"
kind = "module"
reason = "one package\\n  for all of it"
owner = "core"
date = 2025-01-31
remove_by = 2026-06-30

[[moves]]
old = "app.mid.deep"
new = "app.new"

[[moves]]
old = "app.new.Gone"
reason = "nobody needs it"
"""
REGISTRY = """\
[[canonical]]
name = "Client"
module = "app.client"
also = ["app.api", "app.public"]
verified = 2025-01-31

[[gateways]]
dependency = "redis"
module = "app.client"
also = ["app.cache"]
"""
FILES = {
    ".importlinter": session()
    + contract(DEPRECATED, "moves = moves.toml\ndeprecated = imp => importlib", name="moved")
    + contract(CANONICAL, "registry = registry.toml", name="homes")
    + contract(DEPRECATED, "detect =\n    modules\n    names", name="declared")
    + contract(ABSOLUTE, name="absolute")
    + contract("layers", "layers =\n    app.client\n    app.api", name="layers"),
    "moves.toml": MOVES,
    "registry.toml": REGISTRY,
    "app/__init__.py": "",
    "app/client.py": "class Client: ...\n",
    "app/api.py": "from app.client import Client as Client, Client as Customer\n",
    "app/other.py": "from app.client import Client\n",
    "app/warns.py": ("import warnings\nwarnings.warn('use app.new', DeprecationWarning)\nx = 1\n"),
    "app/decorated.py": (
        "from warnings import deprecated\n\n\n@deprecated('use other')\ndef function(): ...\n"
    ),
}


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the date to 2026-06-30."""
    monkeypatch.setenv(clock.EPOCH, "1782777600")


FIRST_STEP = """\
    kind: module
      reason: one package for all of it
      date: 2025-01-31
      owner: core
      remove_by: 2026-06-30
"""
KNOWN = {
    "app.old": f"""\
Contract 'moved' (Moved):
  'app.old' is deprecated; use 'app.mid' by 2026-06-30 (moves.toml:2)
    app.old => app.mid (moves.toml:2)
  {FIRST_STEP}""",
    "app.old.deep.Gone.x": f"""\
Contract 'moved' (Moved):
  'app.old.deep.Gone.x' is deprecated and has no replacement; stop using it by 2026-06-30: \
one package for all of it (moves.toml:2)
    app.old.deep.Gone.x => app.mid.deep.Gone.x (moves.toml:2)
  {FIRST_STEP}    app.mid.deep.Gone.x => app.new.Gone.x (moves.toml:11)
    app.new.Gone.x: no replacement (moves.toml:15)
      reason: nobody needs it
""",
    "imp": """\
Contract 'moved' (Moved):
  'imp' is deprecated; use 'importlib'
    imp => importlib
""",
    "app.client.Client": """\
Contract 'homes' (Homes):
  'app.client.Client' is the canonical path (registry.toml:2)
    also: app.api, app.public
    verified: 2025-01-31
""",
    "app.api.Client": """\
Contract 'homes' (Homes):
  'app.api.Client' is allowed beside the canonical path 'app.client.Client' (registry.toml:2)
    also: app.api, app.public
    verified: 2025-01-31
""",
    "app.api.Customer": """\
Contract 'homes' (Homes):
  'app.api.Customer' is not the canonical path; use 'app.client.Client' (registry.toml:2)
    also: app.api, app.public
    verified: 2025-01-31
""",
    "app.other.Client": """\
Contract 'homes' (Homes):
  'app.other.Client' is not the canonical path; use 'app.client.Client' (registry.toml:2)
    also: app.api, app.public
    verified: 2025-01-31
""",
    "Client": """\
Contract 'homes' (Homes):
  'Client' has its home in 'app.client' (registry.toml:2)
    also: app.api, app.public
    verified: 2025-01-31
""",
    "redis.asyncio.Redis": """\
Contract 'homes' (Homes):
  'redis' is used through 'app.client' only (registry.toml:8)
    also: app.cache
""",
    "app.warns.x": """\
Contract 'declared' (Declared):
  'app.warns' warns DeprecationWarning when imported; it says: use app.new (app/warns.py:2)
""",
    "app.decorated.function": """\
Contract 'declared' (Declared):
  'app.decorated.function' is deprecated; it says: use other (app/decorated.py:4)
""",
    "app.decorated": "No contract knows of 'app.decorated'.\n",
    "mypackage.Client": "No contract knows of 'mypackage.Client'.\n",
}


@pytest.mark.parametrize(("path", "expected"), KNOWN.items(), ids=KNOWN)
def test_what_is_told(path: str, expected: str, tmp_path: Path) -> None:
    write(tmp_path, FILES)

    assert run_command(tmp_path, "explain", path) == Outcome(ExitStatus.CLEAN, expected)


def test_all_contracts_are_asked(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "moves.toml": '[[moves]]\nold = "app.other.Client"\n'})

    assert run_command(tmp_path, "explain", "app.other.Client").output == (
        "Contract 'moved' (Moved):\n"
        "  'app.other.Client' is deprecated and has no replacement; stop using it (moves.toml:2)\n"
        "    app.other.Client: no replacement (moves.toml:2)\n" + KNOWN["app.other.Client"]
    )


def test_after_the_last_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, FILES)
    monkeypatch.setenv(clock.EPOCH, f"{1782777600 + 86400}")

    assert "'app.old' was to be gone by 2026-06-30; use 'app.mid' (moves.toml:2)\n" in (
        run_command(tmp_path, "explain", "app.old").output
    )


def test_without_a_configuration_the_defaults_are_asked(tmp_path: Path) -> None:
    write(tmp_path, {path: text for path, text in FILES.items() if path.startswith("app/")})

    assert run_command(tmp_path, "explain", "app.old").output == (
        "No contract knows of 'app.old'.\n"
    )
    assert "warns DeprecationWarning" in run_command(tmp_path, "explain", "app.warns").output


def test_another_configuration(tmp_path: Path) -> None:
    named = toml(DEPRECATED, 'deprecated = ["app.old"]')
    write(tmp_path, {"app/__init__.py": "", "other.toml": named})

    assert run_command(tmp_path, "explain", "--config=other.toml", "app.old").output == (
        "Contract 'rule' (Rule):\n"
        "  'app.old' is deprecated and has no replacement; stop using it\n"
        "    app.old: no replacement\n"
    )


REFUSED = {
    "a code of another tool": ("E501", "there is no code 'E501'; 'linter-ext explain' lists them"),
    "a misspelt code": ("IMC2O1", "there is no code 'IMC2O1'; did you mean 'IMC201'?"),
    "a word": (
        "unknown",
        (
            "there is no code 'unknown', and no contract knows such a path; 'linter-ext explain' "
            "lists the codes"
        ),
    ),
    "neither": (
        "app-x.y",
        (
            "'app-x.y' is neither code nor dotted name; write a code such as IMC201, or a path "
            "such as package.module.Name"
        ),
    ),
}


@pytest.mark.parametrize(("subject", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_neither(subject: str, message: str, tmp_path: Path) -> None:
    write(tmp_path, FILES)

    assert run_command(tmp_path, "explain", subject) == Outcome(
        ExitStatus.USAGE, "", f"error: {message}\n"
    )


def test_a_mistake_in_the_configuration_is_told(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "moves.toml": "x = 1\n"})

    outcome = run_command(tmp_path, "explain", "app.old")

    assert outcome.status == ExitStatus.USAGE
    assert outcome.errors.startswith("error: moves.toml:1: contract 'moved': moves: x: unknown key")
    assert run_command(tmp_path, "explain", "IMC201").status == ExitStatus.CLEAN
