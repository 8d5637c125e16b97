"""`linter-ext moves add`: one entry more, everything else as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter_ext.cli.exit_status import ExitStatus
from linter_ext.errors import ConfigurationError
from linter_ext.tables.move_file import with_move
from linter_ext.tables.moves import Kind, Move, parse_moves
from linter_ext.tables.origin import NOWHERE
from tests.configurations import ABSOLUTE, DEPRECATED, contract, ini, session, toml
from tests.front_ends import Outcome, run_check, run_command, write

FILE = "contracts/moves.toml"
MOVES = """\
# What went where.

[[moves]]
old = 'app.old'          # quoted in another way
"new" = "app.mid"

# The last one.
"""
FILES = {
    ".importlinter": ini(DEPRECATED, f"moves = {FILE}"),
    FILE: MOVES,
    "app/__init__.py": "",
    "app/mid.py": "class Thing:\n    size = 1\n",
    "app/new.py": "def __getattr__(name):\n    return name\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, FILES)
    return tmp_path


def add(root: Path, *arguments: str) -> Outcome:
    return run_command(root, "moves", "add", *arguments)


def added(root: Path) -> str:
    """Return what has been added to the file, all of which is still there."""
    text = (root / FILE).read_bytes().decode()

    assert text.startswith(MOVES)
    return text.removeprefix(MOVES)


# The entry.


def test_the_entry_stands_at_the_end_and_the_chain_is_told(project: Path) -> None:
    assert add(project, "app.mid", "app.new") == Outcome(
        ExitStatus.CLEAN,
        f"{FILE}:10: added 'app.mid => app.new'.\n'app.old' now leads to 'app.new' ({FILE}:4).\n",
    )
    assert added(project) == '\n[[moves]]\nold = "app.mid"\nnew = "app.new"\n'


def test_all_that_can_be_said_of_it(project: Path) -> None:
    options = ["--kind=name", '--reason=the "one"\nand only', "--owner=core"]
    dates = ["--date=2026-01-31", "--remove-by", "2027-01-31"]

    assert add(project, "app.mid.Thing", "app.new.Thing", *options, *dates).errors == ""
    assert added(project) == (
        '\n[[moves]]\nold = "app.mid.Thing"\nnew = "app.new.Thing"\nkind = "name"\n'
        'reason = "the \\"one\\"\\nand only"\ndate = 2026-01-31\nowner = "core"\n'
        "remove_by = 2027-01-31\n"
    )


def test_the_commands_agree_on_it(project: Path) -> None:
    add(project, "app.mid", "app.new")
    write(project, {"app/a.py": "import app.old\n"})

    assert run_check(project).violations == [
        f"app/a.py:1:8: IMC201 'app.old' is deprecated; use 'app.new' ({FILE}:4)"
    ]


def test_without_a_replacement(project: Path) -> None:
    assert add(project, "app.mid") == Outcome(
        ExitStatus.CLEAN,
        f"{FILE}:10: added 'app.mid'.\n'app.old' now leads nowhere ({FILE}:4).\n",
    )
    assert added(project) == '\n[[moves]]\nold = "app.mid"\n'


def test_a_new_path_that_has_moved_itself_leads_on(project: Path) -> None:
    assert add(project, "app.new", "app.old.sub").output == (
        f"{FILE}:10: added 'app.new => app.old.sub'.\n'app.new' leads on to 'app.mid.sub'.\n"
    )


def test_a_file_that_is_not_there_is_made(project: Path) -> None:
    (project / FILE).unlink()
    (project / "contracts").rmdir()

    assert add(project, "app.mid", "app.new").output == f"{FILE}:2: added 'app.mid => app.new'.\n"
    assert (project / FILE).read_text() == '[[moves]]\nold = "app.mid"\nnew = "app.new"\n'


def test_the_file_keeps_its_permissions_and_is_found_through_a_link(project: Path) -> None:
    real = project / "real.toml"
    (project / FILE).rename(real)
    real.chmod(0o640)
    (project / FILE).symlink_to(real)

    assert add(project, "app.mid", "app.new").status == ExitStatus.CLEAN
    assert (project / FILE).is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert added(project)


# What is there already, and what cannot be.


def test_the_same_once_more_is_nothing_to_do(project: Path) -> None:
    assert add(project, "app.old", "app.mid") == Outcome(
        ExitStatus.CLEAN, f"'app.old => app.mid' is there already ({FILE}:4).\n"
    )
    assert added(project) == ""


def test_the_same_in_an_option_line_is_nothing_to_do(project: Path) -> None:
    lines = f"deprecated = app.x => app.new\nmoves = {FILE}"
    write(project, {".importlinter": ini(DEPRECATED, lines)})

    assert add(project, "app.x", "app.new").output == "'app.x => app.new' is there already.\n"
    assert add(project, "app.x", "app.new", "--owner=core").errors == (
        "error: .importlinter: 'app.x => app.new' is there already, with another owner; change it "
        "there\n"
    )
    assert add(project, "app.new", "app.x").errors == (
        "error: .importlinter: contract 'rule': deprecated: these moves go in a circle: "
        f"'app.x => app.new', 'app.new => app.x' ({FILE}:10); remove the entry that is out of "
        "date\n"
    )
    assert added(project) == ""


REFUSED = {
    "a circle": (
        ["app.mid", "app.old"],
        (
            f"{FILE}:4: these moves go in a circle: 'app.old => app.mid' ({FILE}:4), "
            f"'app.mid => app.old' ({FILE}:10); remove the entry that is out of date"
        ),
    ),
    "another destination": (
        ["app.old", "app.new"],
        (
            f"{FILE}:10: one old path, two destinations: 'app.old' goes to 'app.mid' ({FILE}:4) "
            f"and to 'app.new' ({FILE}:10); keep one of the two entries"
        ),
    ),
    "no destination, where there is one": (
        ["app.old"],
        (
            f"{FILE}:10: one old path, two destinations: 'app.old' goes to 'app.mid' ({FILE}:4) "
            f"and nowhere ({FILE}:10); keep one of the two entries"
        ),
    ),
    "the same with another date and owner": (
        ["app.old", "app.mid", "--owner=core", "--date=2026-01-31", "--remove-by=2026-01-31"],
        (
            f"{FILE}:4: 'app.old => app.mid' is there already, with another date and another "
            "owner and another remove_by; change it there"
        ),
    ),
    "no dotted names": (
        ["app-x", "app..y"],
        (
            "OLD: 'app-x' is not a dotted name; write identifiers joined by dots, such as "
            "package.module.Name\nerror: NEW: 'app..y' is not a dotted name; write identifiers "
            "joined by dots, such as package.module.Name"
        ),
    ),
    "itself": (
        ["app.x", "app.x"],
        "NEW: 'app.x' moves to itself; leave NEW out if there is no replacement",
    ),
    "a file that the contract does not name": (
        ["app.x", "--file", "other.toml"],
        (
            ".importlinter: --file: 'other.toml' is no table file of contract 'rule'; choose one "
            f"of: {FILE}; or add it to 'moves'"
        ),
    ),
    "a contract that is not there": (
        ["app.x", "--contract=ruel"],
        (
            ".importlinter: there is no contract 'ruel' of type deprecated_imports; did you mean "
            "'rule'?"
        ),
    ),
}


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_changes_nothing(arguments: list[str], message: str, project: Path) -> None:
    assert add(project, *arguments) == Outcome(ExitStatus.USAGE, "", f"error: {message}\n")
    assert added(project) == ""


def test_a_date_that_is_none_is_refused(project: Path) -> None:
    outcome = add(project, "app.x", "--remove-by", "soon")

    assert outcome.status == ExitStatus.USAGE
    assert "'--remove-by': 'soon' does not match the format '%Y-%m-%d'" in outcome.errors


def test_a_file_with_mistakes_is_left_as_it_is(project: Path) -> None:
    write(project, {FILE: "[[moves]]\nodl = 'a'\n"})

    assert add(project, "app.x").errors == (
        f'error: {FILE}:1: old: an entry of [[moves]] lacks this key; add old = "…"\n'
        f"error: {FILE}:2: odl: unknown key in [[moves]]; did you mean 'old'?\n"
    )
    assert (project / FILE).read_text() == "[[moves]]\nodl = 'a'\n"


def test_a_file_that_cannot_be_read(project: Path) -> None:
    write(project, {FILE: b"\xff"})

    assert add(project, "app.x").errors == (
        f"error: {FILE}: cannot be read: not UTF-8; make it a file that can be read, in UTF-8\n"
    )

    (project / FILE).unlink()
    (project / FILE).mkdir()

    assert add(project, "app.x").errors == (
        f"error: {FILE}: cannot be read: Is a directory; make it a file that can be read, in "
        "UTF-8\n"
    )


def test_a_file_that_cannot_be_written(project: Path) -> None:
    (project / FILE).unlink()
    (project / FILE).symlink_to(project / "gone" / "moves.toml")

    assert add(project, "app.x") == Outcome(
        ExitStatus.USAGE, "", f"error: '{FILE}' cannot be written: No such file or directory\n"
    )


# What may be wrong, where that is certain.

WARNINGS = {
    "a new module that is not there": (
        ["app.x.y", "app.newt"],
        [
            "there is no 'app.newt'; did you mean 'app.new'?",
            "there is no 'app.x.y'; correct the path, unless it is gone already",
        ],
    ),
    "a new module that is like none": (
        ["app.mid", "app.quite.other"],
        ["there is no 'app.quite.other'; create it, or correct the path"],
    ),
    "a new name that is not there": (
        ["app.mid", "app.mid.Thin"],
        ["there is no 'app.mid.Thin'; did you mean 'app.mid.Thing'?"],
    ),
    "an attribute that a class does not have": (
        ["app.mid", "app.mid.Thing.colour"],
        ["there is no 'app.mid.Thing.colour'; create it, or correct the path"],
    ),
    "what is there": (["app.mid", "app.mid.Thing.size"], []),
    "what may be there": (["app.mid", "app.new.anything"], []),
    "what is not the project's own": (["mypackage.old", "mypackage.new"], []),
}


@pytest.mark.parametrize(("arguments", "expected"), WARNINGS.values(), ids=WARNINGS)
def test_what_is_not_there_is_told_and_added_all_the_same(
    arguments: list[str], expected: list[str], project: Path
) -> None:
    outcome = add(project, *arguments)

    assert outcome.status == ExitStatus.CLEAN
    assert outcome.errors == "".join(f"warning: {line}\n" for line in expected)
    assert f'new = "{arguments[1]}"' in added(project)


# Which contract, which file.

TWO = f"moves =\n    {FILE}\n    ./more.toml\n"


def test_the_first_file_unless_another_is_named(project: Path) -> None:
    write(project, {".importlinter": ini(DEPRECATED, TWO), "more.toml": ""})

    assert add(project, "app.b.x", "app.new").output.startswith(f"{FILE}:10: added")
    assert add(project, "app.mid", "app.new", "--file=more.toml").output == (
        f"./more.toml:2: added 'app.mid => app.new'.\n"
        f"'app.old' now leads to 'app.new' ({FILE}:4).\n"
    )
    assert add(project, "app.mid", "app.mid.x", "--file", FILE).errors == (
        "error: ./more.toml:2: one old path, two destinations: 'app.mid' goes to 'app.mid.x' "
        f"({FILE}:14) and to 'app.new' (./more.toml:2); keep one of the two entries\n"
    )


def test_a_mistake_in_another_file_is_told(project: Path) -> None:
    write(project, {".importlinter": ini(DEPRECATED, TWO), "more.toml": "x = 1\n"})

    assert add(project, "app.x").errors == (
        "error: ./more.toml:1: moves: x: unknown key; put the entries under [[moves]]\n"
    )


def test_the_one_contract_that_has_moves(project: Path) -> None:
    without, other = contract(DEPRECATED, "deprecated = a => b", name="lines"), contract(ABSOLUTE)
    moved = contract(DEPRECATED, f"moves = {FILE}", name="moved")
    write(project, {".importlinter": session() + other + without + moved})

    assert add(project, "app.mid", "app.new").status == ExitStatus.CLEAN
    assert add(project, "app.x", "--contract=lines").errors == (
        "error: .importlinter: contract 'lines': moves: it names no table file; add moves = "
        "contracts/moves.toml; the file itself is created\n"
    )


def test_several_contracts_that_have_moves(project: Path) -> None:
    first = contract(DEPRECATED, f"moves = {FILE}", name="first")
    second = contract(DEPRECATED, "moves = second.toml", name="second")
    write(project, {".importlinter": session() + first + second})

    assert add(project, "app.x").errors == (
        "error: .importlinter: several contracts have moves: 'first', 'second'; choose one with "
        "--contract\n"
    )
    assert add(project, "app.x", "--file=second.toml").output == "second.toml:2: added 'app.x'.\n"
    assert add(project, "app.x", "--contract=first").output == f"{FILE}:10: added 'app.x'.\n"


def test_no_contract_that_could_have_moves(project: Path) -> None:
    write(project, {".importlinter": ini(ABSOLUTE)})

    assert add(project, "app.x").errors == (
        "error: .importlinter: there is no contract of type deprecated_imports; add one, with "
        "moves = contracts/moves.toml\n"
    )


def test_no_configuration(tmp_path: Path) -> None:
    assert add(tmp_path, "app.x") == Outcome(
        ExitStatus.USAGE,
        "",
        "error: there is no configuration to take the table from; 'linter-ext init' writes one\n",
    )


def test_a_toml_configuration_and_one_that_is_named(project: Path) -> None:
    (project / ".importlinter").unlink()
    text = toml(DEPRECATED, f'moves = ["{FILE}"]')
    write(project, {"named/configuration.toml": text})

    assert add(project, "app.x", "--config", "named/configuration.toml").status == 0
    assert added(project) == '\n[[moves]]\nold = "app.x"\n'


def test_options_that_are_no_text_are_told(project: Path) -> None:
    (project / ".importlinter").unlink()
    write(project, {"pyproject.toml": toml(DEPRECATED, "moves = [1]")})

    assert add(project, "app.x").errors == (
        "error: pyproject.toml: contract 'rule': moves: '1' is not text; write a text or a list "
        "of texts\n"
    )


def test_mistakes_of_the_session_are_told(project: Path) -> None:
    write(project, {".importlinter": ini(DEPRECATED, f"moves = {FILE}", package="gone")})

    assert "there is no package 'gone'" in add(project, "app.x").errors


# The text.

MOVE = Move("x.old", "x.new", Kind.MODULE)
ENTRY = '[[moves]]\nold = "x.old"\nnew = "x.new"\nkind = "module"\n'
INLINE = '{old = "x.old", new = "x.new", kind = "module"}'
TEXTS = {
    "an empty file": ("", ENTRY),
    "blank lines": ("\n\n", f"\n\n{ENTRY}"),
    "a comment": ("# c\n", f"# c\n\n{ENTRY}"),
    "no line end at the end": ("# c", f"# c\n\n{ENTRY}"),
    "an entry": ('[[moves]]\nold="a" #c\n', f'[[moves]]\nold="a" #c\n\n{ENTRY}'),
    "an entry and blank lines": (
        '[[moves]]\n  old = "a"\n\n\n',
        f'[[moves]]\n  old = "a"\n\n\n{ENTRY}',
    ),
    "line ends of another kind": (
        '[[moves]]\r\nold = "a"\r\n',
        '[[moves]]\r\nold = "a"\r\n\r\n' + ENTRY.replace("\n", "\r\n"),
    ),
    "both kinds": ('[[moves]]\r\nold = "a"\n', f'[[moves]]\r\nold = "a"\n\n{ENTRY}'),
    "a mark before the text": ("\ufeff# c\n", f"\ufeff# c\n\n{ENTRY}"),
    "nothing but a mark": ("\ufeff", f"\ufeff{ENTRY}"),
    "an empty list": ("moves = [] # c\n", f"moves = [{INLINE}] # c\n"),
    "a list on one line": (
        '\ufeffmoves = [{old = "a"}]',
        f'\ufeffmoves = [{{old = "a"}}, {INLINE}]',
    ),
    "a list over several lines": (
        'moves = [\n  {old = "a"}, # c\n  {old="b" },\n]\n# end\n',
        f'moves = [\n  {{old = "a"}}, # c\n  {{old="b" }},\n  {INLINE},\n]\n# end\n',
    ),
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_texts(text: str, expected: str) -> None:
    found = with_move(text, FILE, MOVE)

    assert found.text == expected
    assert found.moves == parse_moves(expected, FILE)
    assert found.moves[-1]._replace(origin=NOWHERE) == MOVE


def test_a_list_that_takes_no_entry_is_left_alone() -> None:
    text = 'moves = [\n  {old = "a"}\n  # end\n]\n'
    with pytest.raises(ConfigurationError) as refused:
        with_move(text, FILE, MOVE)

    assert str(refused.value) == (
        f"{FILE}: moves: no entry can be added to this list; write the entries of the file "
        "under [[moves]], each with keys of its own"
    )


PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NAME = st.from_regex(r"[a-z]{1,3}(\.[A-Za-z_]{1,3}){0,2}", fullmatch=True)
MOVE_OF_ANY_KIND = st.builds(
    Move,
    old=NAME,
    new=NAME.map(lambda name: f"new.{name}") | st.none(),
    kind=st.sampled_from([None, *Kind]),
    reason=PLAIN | st.none(),
    owner=PLAIN | st.none(),
    date=st.dates() | st.none(),
    remove_by=st.dates() | st.none(),
    origin=st.just(NOWHERE),
)


@given(st.lists(MOVE_OF_ANY_KIND, min_size=1, max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_is_read_again_and_nothing_else_changes(
    moves: list[Move], end: str
) -> None:
    text = f"# c{end}"
    for move in moves:
        longer = with_move(text, FILE, move).text

        assert longer.startswith(text)
        assert longer.count("\r\n") == (longer.count("\n") if end == "\r\n" else 0)
        text = longer

    assert [move._replace(origin=NOWHERE) for move in parse_moves(text, FILE)] == moves
