"""Moves with a last day: until then as all others, after it nothing hides what is left."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from linter_ext import clock
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.errors import ConfigurationError
from linter_ext.tables.moves import Move, MoveTable
from tests.configurations import DEPRECATED, ini
from tests.front_ends import (
    Outcome,
    run_check,
    run_command,
    run_flake8,
    run_json,
    run_lint_imports,
    write,
)

BASELINE = "contracts/baseline.json"
MOVES = """\
[[moves]]
old = "app.old"
new = "app.new"
remove_by = 2026-01-31

[[moves]]
old = "app.tools.Thing"
kind = "name"
reason = "nobody needs it"
remove_by = "2026-02-28"

[[moves]]
old = "app.other"
new = "app.old"
"""
FILES = {
    ".importlinter": ini(DEPRECATED, "moves = moves.toml"),
    "moves.toml": MOVES,
    "app/__init__.py": "",
    "app/tools.py": "",
    "app/a.py": "import app.old\nfrom app.old.deep import x, y\n",
    "app/b.py": "from app import tools\ntools.Thing()\n",
    "app/c.py": 'from importlib import import_module\nimport_module("app.old.deep")\n',
    "app/d.py": "import app.other\n",
}
BEFORE = [
    "app/a.py:1:8: IMC201 'app.old' is deprecated; use 'app.new' by 2026-01-31 (moves.toml:2)",
    (
        "app/a.py:2:6: IMC201 'app.old.deep' is deprecated; use 'app.new.deep' by 2026-01-31 "
        "(moves.toml:2)"
    ),
    (
        "app/b.py:2:1: IMC202 'app.tools.Thing' is deprecated and has no replacement; stop using "
        "it by 2026-02-28: nobody needs it (moves.toml:7)"
    ),
    (
        "app/c.py:2:15: IMC203 'app.old.deep' is deprecated; use 'app.new.deep' by 2026-01-31 "
        "(moves.toml:2)"
    ),
    "app/d.py:1:8: IMC201 'app.other' is deprecated; use 'app.new' (moves.toml:13)",
]
OVER = [
    "app/a.py:1:8: IMC204 'app.old' was to be gone by 2026-01-31; use 'app.new' (moves.toml:2)",
    (
        "app/a.py:2:6: IMC204 'app.old.deep' was to be gone by 2026-01-31; use 'app.new.deep' "
        "(moves.toml:2)"
    ),
    (
        "app/b.py:2:1: IMC204 'app.tools.Thing' was to be gone by 2026-02-28; stop using it: "
        "nobody needs it (moves.toml:7)"
    ),
    (
        "app/c.py:2:15: IMC204 'app.old.deep' was to be gone by 2026-01-31; use 'app.new.deep' "
        "(moves.toml:2)"
    ),
]
ON_THE_LAST_DAY = datetime.date(2026, 1, 31)
THE_DAY_AFTER = datetime.date(2026, 2, 1)
MUCH_LATER = datetime.date(2026, 12, 24)

SetDate = Callable[[datetime.date], None]


@pytest.fixture
def set_date(monkeypatch: pytest.MonkeyPatch) -> SetDate:
    """Return what sets the date of all runs that follow, to its last second."""
    monkeypatch.delenv("CI", raising=False)

    def _set(date: datetime.date) -> None:
        end = datetime.datetime.combine(date, datetime.time(23, 59, 59), datetime.UTC)
        monkeypatch.setenv(clock.EPOCH, f"{end.timestamp():.0f}")

    return _set


def everywhere(root: Path) -> list[str]:
    """Return the violations, which all front ends give alike."""
    found = run_check(root).violations

    assert run_json(root) == run_lint_imports(root).violations == found
    assert run_flake8(root, "--disable-noqa").violations == found
    return found


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (ON_THE_LAST_DAY, BEFORE),
        (THE_DAY_AFTER, [*OVER[:2], BEFORE[2], OVER[3], BEFORE[4]]),
        (MUCH_LATER, [*OVER, BEFORE[4]]),
    ],
    ids=["on the last day", "the day after", "much later"],
)
def test_what_is_said_before_and_after(
    date: datetime.date, expected: list[str], tmp_path: Path, set_date: SetDate
) -> None:
    write(tmp_path, FILES)
    set_date(date)

    assert everywhere(tmp_path) == expected
    assert run_flake8(tmp_path).violations == expected


def test_without_a_variable_the_clock_says_what_day_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(clock.EPOCH, raising=False)
    day = datetime.timedelta(days=1)
    before = datetime.datetime.now(datetime.UTC).date()
    write(tmp_path, {**FILES, "moves.toml": MOVES.replace("2026-01-31", f"{before - day}")})

    assert run_check(tmp_path, "app/a.py").output.count("IMC204") == 2

    write(tmp_path, {"moves.toml": MOVES.replace("2026-01-31", f"{before + 2 * day}")})

    assert run_check(tmp_path, "app/a.py").output.count("IMC204") == 0
    assert before <= clock.today({}) <= before + day


def test_dates_are_those_of_utc() -> None:
    assert clock.today({clock.EPOCH: "0"}) == datetime.date(1970, 1, 1)
    assert clock.today({clock.EPOCH: " 86399 "}) == datetime.date(1970, 1, 1)
    assert clock.today({clock.EPOCH: "86400"}) == datetime.date(1970, 1, 2)


@pytest.mark.parametrize("given", ["tomorrow", "1e9", "9" * 30])
def test_a_variable_that_is_no_time_is_told(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, FILES)
    monkeypatch.setenv(clock.EPOCH, given)
    told = f"'{given}' is no time; give the seconds since 1970-01-01, or unset the variable"

    assert run_check(tmp_path) == Outcome(
        ExitStatus.USAGE,
        "",
        f"error: .importlinter: contract 'rule': SOURCE_DATE_EPOCH: {told}\n",
    )
    assert run_flake8(tmp_path).violations == [
        f"app/__init__.py:1:1: IMC000 .importlinter: contract 'rule': SOURCE_DATE_EPOCH: {told}"
    ]
    assert f"SOURCE_DATE_EPOCH: {told}" in " ".join(run_lint_imports(tmp_path).output.split())


def test_who_has_no_last_days_needs_no_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {**FILES, "moves.toml": '[[moves]]\nold = "app.old"\nnew = "app.new"\n'})
    monkeypatch.setenv(clock.EPOCH, "tomorrow")

    assert len(everywhere(tmp_path)) == 3


def test_of_two_equal_moves_the_nearer_last_day_counts() -> None:
    late, soon = datetime.date(2027, 1, 1), datetime.date(2026, 1, 1)
    moves = [
        Move("a", "b", remove_by=late),
        Move("a", "b", remove_by=soon),
        Move("a", "b"),
    ]
    first, second, third = moves

    for one, other in ((first, second), (second, first), (second, third), (third, second)):
        assert MoveTable.of([one, other]).moves == (second,)


MISTAKES = {
    "no date": ("'soon'", "'soon' is not a date"),
    "a date and a time": ("2026-01-31T12:00:00", "the value is not a date"),
}


@pytest.mark.parametrize(("value", "fact"), MISTAKES.values(), ids=MISTAKES)
def test_what_is_no_date_is_told(value: str, fact: str, tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "moves.toml": MOVES.replace("2026-01-31", value)})

    assert run_check(tmp_path).errors == (
        f"error: moves.toml:4: contract 'rule': moves: remove_by: {fact}; write a date such as "
        "2025-01-31\n"
    )


# Nothing hides what is overdue.

HIDDEN = {
    "noqa": {"app/a.py": "import app.old  # noqa\nimport os\n"},
    "noqa with the code of the days before": {"app/a.py": "import app.old  # noqa: IMC201\n"},
    "noqa with its own code": {"app/a.py": "import app.old  # noqa: IMC204\n"},
    "noqa for the file": {"app/a.py": "import app.old\n# flake8: noqa\n"},
    "ignore_imports": {
        "app/a.py": "import app.old\n",
        ".importlinter": ini(DEPRECATED, "moves = moves.toml\nignore_imports = app.a -> app.old"),
    },
}


@pytest.mark.parametrize("files", HIDDEN.values(), ids=HIDDEN)
def test_what_hides_it_before_hides_it_no_more(
    files: dict[str, str], tmp_path: Path, set_date: SetDate
) -> None:
    write(tmp_path, {**FILES, **files, "app/b.py": "", "app/c.py": "", "app/d.py": ""})
    is_hidden_by_code = "IMC204" in files["app/a.py"]
    set_date(ON_THE_LAST_DAY)

    assert run_check(tmp_path).violations == (BEFORE[:1] if is_hidden_by_code else [])

    set_date(MUCH_LATER)

    assert run_check(tmp_path).violations == OVER[:1]
    assert run_json(tmp_path) == OVER[:1]
    assert run_lint_imports(tmp_path).violations == OVER[:1]
    assert run_check(tmp_path).errors == ""


def test_flake8_hides_by_itself_what_is_told_to_hide_all_or_this_code(
    tmp_path: Path, set_date: SetDate
) -> None:
    lines = ["import app.old  # noqa: IMC201", "import app.old  # noqa", "import app.old"]
    write(tmp_path, {**FILES, "app/a.py": "\n".join(lines) + "\n"})
    set_date(MUCH_LATER)

    assert [line.split()[0] for line in run_flake8(tmp_path, "app/a.py").violations] == [
        "app/a.py:1:8:",
        "app/a.py:3:8:",
    ]
    assert run_flake8(tmp_path, "--disable-noqa", "app/a.py").output.count("IMC204") == 3


def test_what_was_known_is_so_no_more_and_is_not_gone_either(
    tmp_path: Path, set_date: SetDate
) -> None:
    write(tmp_path, FILES)
    set_date(ON_THE_LAST_DAY)
    run_command(tmp_path, "baseline", "write")

    assert everywhere(tmp_path) == []

    set_date(MUCH_LATER)
    known = (tmp_path / BASELINE).read_text()

    assert everywhere(tmp_path) == OVER
    assert run_check(tmp_path, "--strict-baseline").violations == OVER
    assert run_command(tmp_path, "baseline", "status").output == "Rule  1 known, 4 new, 0 gone\n"
    assert run_command(tmp_path, "baseline", "prune").output == (
        f"{BASELINE}: nothing to take out, 5 known.\n"
    )

    write(tmp_path, {"app/a.py": "import app.old\n"})

    assert [line.split()[1] for line in run_check(tmp_path, "--strict-baseline").violations] == [
        "IMC204",
        "IMC204",
        "IMC204",
        "IMC002",
    ]

    write(tmp_path, {"app/a.py": FILES["app/a.py"]})
    set_date(ON_THE_LAST_DAY)

    assert (tmp_path / BASELINE).read_text() == known
    assert everywhere(tmp_path) == []


def test_it_cannot_be_made_known(tmp_path: Path, set_date: SetDate) -> None:
    write(tmp_path, FILES)
    set_date(MUCH_LATER)

    assert run_command(tmp_path, "baseline", "write") == Outcome(
        ExitStatus.CLEAN,
        f"{BASELINE}: 1 violation known; 1 new, 0 gone.\n",
        "4 violations cannot be made known (IMC204); 'linter-ext check' lists what to mend.\n",
    )
    entries = json.loads((tmp_path / BASELINE).read_text())["known"]
    assert [(item["importer"], item["code"]) for item in entries] == [("app.d", "IMC201")]
    assert everywhere(tmp_path) == OVER


def test_not_even_by_hand(tmp_path: Path, set_date: SetDate) -> None:
    write(tmp_path, FILES)
    set_date(ON_THE_LAST_DAY)
    run_command(tmp_path, "baseline", "write")
    file = tmp_path / BASELINE
    file.write_text(file.read_text().replace("IMC201", "IMC204"))
    set_date(MUCH_LATER)

    assert everywhere(tmp_path) == [*OVER, BEFORE[4]]


def test_no_number_allows_it_and_exit_zero_is_what_it_says(
    tmp_path: Path, set_date: SetDate
) -> None:
    write(tmp_path, FILES)
    set_date(ON_THE_LAST_DAY)

    assert run_check(tmp_path, "--max-violations", "9").status == ExitStatus.CLEAN

    set_date(THE_DAY_AFTER)

    refused = run_check(tmp_path, "--max-violations", "9")

    assert refused.status == ExitStatus.VIOLATIONS
    assert "\n5 violations in 4 files, 9 allowed, but no IMC204; " in refused.output
    assert run_check(tmp_path, "--exit-zero").status == ExitStatus.CLEAN


def test_several_processes_agree_on_the_date(tmp_path: Path, set_date: SetDate) -> None:
    many = {f"app/m{number}.py": "import app.old\n" for number in range(210)}
    write(tmp_path, {**FILES, **many})
    set_date(MUCH_LATER)

    assert run_check(tmp_path).output.count("IMC204") == len(many) + len(OVER)


def test_a_date_that_is_none_names_the_variable() -> None:
    with pytest.raises(ConfigurationError, match=r"^SOURCE_DATE_EPOCH: 'x' is no time; give"):
        clock.today({clock.EPOCH: "x"})
