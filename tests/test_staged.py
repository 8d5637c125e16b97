"""`linter-ext check --staged`: the changed files, and what the change makes wrong elsewhere."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter_ext import configuration, engine
from linter_ext.change_checking import check_change
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.configuration_file import find_configuration
from linter_ext.engine import Report
from linter_ext.staging import Change
from linter_ext.violations import Violation
from tests.configurations import ABSOLUTE, CANONICAL, DEPRECATED, contract, session
from tests.front_ends import Outcome, run_check, write
from tests.repositories import ENVIRONMENT, Repository

RESOLVABLE, ACYCLIC = "resolvable_imports", "acyclic_imports"

Files = Mapping[str, str | None]

FILES: Mapping[str, str] = {
    ".importlinter": session("source_paths =\n    tests") + contract(RESOLVABLE),
    "app/__init__.py": "",
    "app/old.py": "def thing(): ...\n\n\ndef other(): ...\n",
    "app/user.py": "from app.old import thing\n",
    "app/wrong.py": "import app.never\n",
    "tests/test_old.py": 'from unittest.mock import patch\n\npatch("app.old.thing")\n',
}
NO_OLD = "there is no module 'app.old'"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PRE_COMMIT", "PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF"):
        monkeypatch.delenv(name, raising=False)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path, FILES)


def staged(root: Path, *arguments: str) -> list[str]:
    """Return the violations of a quiet run; nothing else may be printed."""
    outcome = run_check(root, "--staged", "--quiet", *arguments)
    assert outcome.errors == ""
    assert outcome.violations == sorted(outcome.output.splitlines())
    return outcome.violations


class Case(NamedTuple):
    """A change and what it leads to.

    Attributes:
        change:   the files that are staged, None for those that go.
        expected: the violations.
        files:    what is there before, besides the usual files.
    """

    change: Files
    expected: list[str]
    files: Mapping[str, str] = {}


MOVED = "use 'app.new.thing'"
RESTORE = "restore it, or remove the import"
CORRECT = "restore it, or correct the string"
NO_THING = "IMC402 'app.old' has no name 'thing'"
NO_STRING = "tests/test_old.py:3:7: IMC404 there is no 'app.old.thing'"
NEVER = f"IMC401 there is no module 'app.never'; {RESTORE}"
NAMELESS = f"app/user.py:1:21: {NO_THING}; {RESTORE}"
STRING = f"{NO_STRING}; {CORRECT}"
LINK = (
    "app/old.py:1:8: IMC601 'app.old' imports 'app.user', a link of app.a -> app.old -> app.user, "
    "and 'app.a' is not allowed to import 'app.user'; break the chain at one link"
)
BASE = "class Base:\n    def run(self): ...\n"
PASSED = [
    f"IMC202 'app.{path}' is deprecated; it says: x (app/old.py:4)"
    for path in ("old.thing", *(f"m{number:02}.thing{number:02}" for number in range(50)))
]
FLAGLESS = (
    "app/far.py:1:22: IMC402 'app.user' does not bind 'flag', "
    "because an import before it fails; mend that import"
)
CYCLE = (
    "app/a.py:1:8: IMC501 import cycle app.a -> app.old -> app.a (app/a.py:1, app/old.py:1), "
    "not fatal; move what they share into a module that imports none of them"
)
USER = f"app/user.py:1:6: IMC401 {NO_OLD}; {RESTORE}"
TYPES_ONLY = (
    "app/user.py:1:21: IMC402 'app.old' binds 'thing' for type checkers only; "
    "import it under TYPE_CHECKING, or from the module that defines it"
)
CASES = {
    "nothing": Case({}, []),
    "what was wrong before in another file is left alone": Case({"app/new.py": ""}, []),
    "what was wrong before in a changed file is reported": Case(
        {"app/wrong.py": "import app.never  # again\n"},
        [f"app/wrong.py:1:8: {NEVER}"],
    ),
    "a module that is renamed": Case(
        {"app/old.py": None, "app/new.py": FILES["app/old.py"]},
        [
            f"app/user.py:1:6: IMC401 {NO_OLD}; {MOVED}",
            f"{NO_STRING} (no module 'app.old'); {CORRECT}",
        ],
    ),
    "a module that is renamed and rewritten": Case(
        {"app/old.py": None, "app/new.py": "class Other: ...\n"},
        [
            USER,
            f"{NO_STRING} (no module 'app.old'); {CORRECT}",
        ],
    ),
    "a module that goes with all that asks for it": Case(
        {"app/old.py": None, "app/user.py": None, "tests/test_old.py": None}, []
    ),
    "a name that goes": Case(
        {"app/old.py": "def other(): ...\n"},
        [
            NAMELESS,
            STRING,
        ],
    ),
    "a name that nobody asks for goes": Case({"app/old.py": "def thing(): ...\n"}, []),
    "a name that only type checkers see from now on": Case(
        {
            "app/old.py": "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n"
            "    def thing(): ...\n"
        },
        [
            TYPES_ONLY,
        ],
        {"tests/test_old.py": ""},
    ),
    "a function's body": Case({"app/old.py": "def thing(): return 1\n\n\ndef other(): ...\n"}, []),
    "a name that others pass on under another name": Case(
        {"app/old.py": "from warnings import deprecated\n\n\n@deprecated('x')\ndef thing(): ...\n"},
        [
            "app/far.py:1:25: IMC202 'app.pass_on.it' is deprecated; it says: x (app/old.py:4)",
            "app/pass_on.py:1:21: IMC202 'app.old.thing' is deprecated; it says: x (app/old.py:4)",
        ],
        {
            ".importlinter": session() + contract(DEPRECATED, "detect = names"),
            "app/pass_on.py": "from app.old import thing as it\n",
            "app/far.py": "from app.pass_on import it\n",
            "app/user.py": "",
        },
    ),
    "a name that comes from afar by stars": Case(
        {"app/old.py": "def other(): ...\n"},
        [f"app/far.py:1:22: IMC402 'app.more' has no name 'thing'; {RESTORE}"],
        {
            "app/stars.py": "from app.old import *\n",
            "app/more.py": "from app.stars import *\n",
            "app/far.py": "from app.more import thing\n",
            "app/user.py": "",
            "tests/test_old.py": "",
        },
    ),
    "a method that a string looks up": Case(
        {"app/old.py": BASE.replace("run", "go")},
        [f"tests/test_old.py:3:7: IMC404 there is no 'app.old.Base.run'; {CORRECT}"],
        {
            "app/old.py": BASE,
            "app/user.py": "",
            "tests/test_old.py": FILES["tests/test_old.py"].replace("thing", "Base.run"),
        },
    ),
    "a method that a class has from another": Case(
        {"app/old.py": BASE.replace("run", "go")},
        [f"tests/test_old.py:3:7: IMC404 there is no 'app.user.Child.run'; {CORRECT}"],
        {
            "app/old.py": BASE,
            "app/user.py": "from app.old import Base\n\n\nclass Child(Base): ...\n",
            "tests/test_old.py": FILES["tests/test_old.py"].replace("old.thing", "user.Child.run"),
        },
    ),
    "a name that is there only if an import goes well": Case(
        {"app/old.py": None},
        [
            FLAGLESS,
            f"app/user.py:2:10: IMC401 {NO_OLD}, which a fallback hides; {RESTORE}",
        ],
        {
            "app/user.py": "try:\n    from app.old import thing\n\n    flag = thing\n"
            "except ImportError:\n    pass\n",
            "app/far.py": "from app.user import flag\n",
            "tests/test_old.py": "",
        },
    ),
    "a name that very many modules pass on": Case(
        {"app/old.py": "from warnings import deprecated\n\n\n@deprecated('x')\ndef thing(): ...\n"},
        [f"app/m{number:02}.py:1:21: {PASSED[number]}" for number in range(50)],
        {
            ".importlinter": session() + contract(DEPRECATED, "detect = names"),
            "app/user.py": "",
            "app/m00.py": "from app.old import thing as thing00\n",
            **{
                f"app/m{number:02}.py": f"from app.m{number - 1:02} import thing{number - 1:02} "
                f"as thing{number:02}\n"
                for number in range(1, 50)
            },
        },
    ),
    "a cycle that is shown in another module": Case(
        {"app/old.py": "import app.a\n"},
        [
            CYCLE,
        ],
        {".importlinter": session() + contract(ACYCLIC), "app/a.py": "import app.old\n"},
    ),
    "a folder that becomes a package in place of a module": Case(
        {"app/old/__init__.py": ""},
        ["app/user.py:1:21: IMC402 'app.old' has no name 'thing'; use 'app.old.thing'"],
        {"tests/test_old.py": ""},
    ),
    "a link of a chain that import-linter's contract forbids": Case(
        {"app/old.py": "import app.user\n"},
        [LINK],
        {
            ".importlinter": session()
            + contract(
                "forbidden",
                "source_modules =\n    app.a\n    app.c\nforbidden_modules =\n    app.user",
            ),
            "app/a.py": "import app.old\n",
            "app/c.py": "import app.user\n",
            "app/user.py": "",
        },
    ),
    "an entry point that leads nowhere from now on": Case(
        {"app/old.py": "def other(): ...\n"},
        [
            f"pyproject.toml:2:9: IMC404 there is no 'app.old.thing'; {CORRECT}",
        ],
        {
            "pyproject.toml": '[project.scripts]\nthing = "app.old:thing"\n',
            "app/user.py": "",
            "tests/test_old.py": "",
        },
    ),
    "blanks and letters that are not ASCII": Case(
        {"app/ungewöhnlich.py": "import app.never\n", "docs/a b.py": "import app.never\n"},
        [f"app/ungewöhnlich.py:1:8: {NEVER}"],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_change_and_what_it_leads_to(case: Case, tmp_path: Path) -> None:
    repository = Repository(tmp_path, {**FILES, **case.files})
    repository.stage(case.change)

    assert staged(tmp_path) == case.expected


NAMELESS_OLD = "def other(): ...\n"


def test_paths_are_reported_in_full_and_other_changed_files_are_not(repository: Repository) -> None:
    repository.stage({"app/old.py": NAMELESS_OLD, "app/bad.py": "import app.never\n"})

    assert staged(repository.root, "app/wrong.py") == sorted(
        [f"app/wrong.py:1:8: {NEVER}", NAMELESS, STRING]
    )


def test_what_is_not_staged_does_not_count(repository: Repository) -> None:
    write(
        repository.root,
        {"app/old.py": NAMELESS_OLD, "app/user.py": "import app.never\n", "app/b.py": "x = 1\n"},
    )
    repository.git("add", "app/b.py")

    assert staged(repository.root) == []


def test_what_is_staged_counts_whatever_the_disk_holds(repository: Repository) -> None:
    repository.stage({"app/old.py": NAMELESS_OLD, "app/bad.py": "import app.never\n"})
    write(repository.root, {"app/old.py": FILES["app/old.py"], "app/bad.py": ""})
    (repository.root / "app/user.py").unlink()

    assert staged(repository.root) == sorted([f"app/bad.py:1:8: {NEVER}", NAMELESS, STRING])


def test_what_goes_from_the_index_is_gone_although_it_is_on_the_disk(
    repository: Repository,
) -> None:
    repository.git("rm", "--quiet", "--cached", "app/old.py")

    assert staged(repository.root) == [USER, f"{NO_STRING} (no module 'app.old'); {CORRECT}"]


def test_a_file_that_git_does_not_know_is_there(repository: Repository) -> None:
    write(repository.root, {"app/new.py": ""})
    repository.stage({"app/b.py": "import app.new\n"})

    assert staged(repository.root) == []


def test_a_file_that_is_only_announced_to_git_is_not_committed(repository: Repository) -> None:
    write(repository.root, {"app/new.py": ""})
    repository.git("add", "--intent-to-add", "app/new.py")
    repository.stage({"app/b.py": "import app.new\n"})

    assert staged(repository.root) == [
        f"app/b.py:1:8: IMC401 there is no module 'app.new'; {RESTORE}"
    ]


def test_before_the_first_commit_everything_is_new(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.stage({**FILES, "app/old.py": NAMELESS_OLD})
    (tmp_path / ".importlinter").touch()
    repository.git("rm", "--quiet", "--cached", ".importlinter")

    assert staged(tmp_path) == sorted([f"app/wrong.py:1:8: {NEVER}", NAMELESS, STRING])


def test_a_merge_answers_for_what_only_the_merge_makes_wrong(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit(
        {"app/late.py": "from app.old import thing\n", "app/bad.py": "import app.never\n"}
    )
    repository.git("checkout", "--quiet", "main")
    gone = {"app/old.py": None, "app/user.py": None, "tests/test_old.py": None}
    repository.commit({**gone, "app/also.py": "import app.never\n"})
    repository.git("merge", "--quiet", "--no-commit", "side")

    assert staged(repository.root) == [f"app/late.py:1:6: IMC401 {NO_OLD}; {RESTORE}"]


def test_a_project_below_the_top_of_the_repository(tmp_path: Path) -> None:
    root = tmp_path / "some where" / "back end"
    prefix = root.relative_to(tmp_path).as_posix()
    repository = Repository(tmp_path, {f"{prefix}/{path}": text for path, text in FILES.items()})
    repository.stage({f"{prefix}/app/old.py": NAMELESS_OLD, "other/app.py": "import app.never\n"})

    assert staged(root) == sorted([NAMELESS, STRING])


def test_an_index_of_its_own_as_for_a_commit_of_some_paths(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = ".git/next-index"
    environment = {"GIT_INDEX_FILE": index}
    repository.stage({"app/bad.py": "import app.never\n"})
    (repository.root / "app/old.py").write_text(NAMELESS_OLD)
    repository.try_git("read-tree", "HEAD", environment=environment)
    repository.try_git("add", "app/old.py", environment=environment)
    monkeypatch.setenv("GIT_INDEX_FILE", index)

    assert staged(repository.root) == sorted([NAMELESS, STRING])


def test_a_submodule_that_is_moved_to_another_commit(tmp_path: Path) -> None:
    other = Repository(tmp_path / "other", {"mail.py": ""})
    repository = Repository(tmp_path / "main", FILES)
    repository.git("submodule", "--quiet", "add", str(other.root), "app/vendored")
    repository.commit({})
    other.commit({"mail.py": "import app.never\n"})
    Repository(repository.root / "app/vendored").git("pull", "--quiet", "origin", "main")
    repository.git("add", "app/vendored")

    assert staged(repository.root) == [f"app/vendored/mail.py:1:8: {NEVER}"]


RENAMING = "deprecated_imports", "moves =\n    moves.toml"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"moves.toml": '[[moves]]\nold = "app.never"\n'}, "moves.toml"),
        ({".importlinter": session() + contract(ABSOLUTE, "ban = parents")}, ".importlinter"),
        ({".importlinter": session() + contract(*RENAMING) + "# a comment\n"}, None),
    ],
    ids=["a table", "the configuration", "a comment in the configuration"],
)
def test_where_the_rules_are_changed_everything_is_checked(
    change: Files, expected: str | None, tmp_path: Path
) -> None:
    rules = {".importlinter": session() + contract(*RENAMING), "moves.toml": ""}
    repository = Repository(tmp_path, {**FILES, **rules})
    repository.stage(change)

    outcome = run_check(tmp_path, "--staged")
    told = f"{expected} is part of the change: everything is checked.\n" if expected else ""
    assert outcome.errors == told
    assert ("5 files checked" in outcome.output) is (expected is not None)


PYPROJECT = '[project]\nname = "app"\nversion = "1"\ndependencies = ["click"]\n'


@pytest.mark.parametrize(
    ("changed", "is_all"),
    [
        (PYPROJECT.replace('"1"', '"2"'), False),
        (PYPROJECT.replace("click", "rich"), False),
        (f"{PYPROJECT}[tool.ruff]\nline-length = 90\n", False),
        (PYPROJECT.replace("click", "Django"), True),
        (f'{PYPROJECT}[tool.pytest.ini_options]\npythonpath = "lib"\n', True),
        (f'{PYPROJECT}[tool.setuptools_scm]\nwrite_to = "app/gone.py"\n', True),
        (f"{PYPROJECT}[", True),
    ],
    ids=[
        "a version",
        "a dependency",
        "another tool",
        "Django",
        "where pytest's imports start",
        "a file that the build writes",
        "no TOML any more",
    ],
)
def test_everything_is_judged_where_imports_may_be_resolved_otherwise(
    changed: str, is_all: bool, tmp_path: Path
) -> None:
    repository = Repository(tmp_path, {**FILES, "pyproject.toml": PYPROJECT})
    repository.stage({"pyproject.toml": changed})

    outcome = run_check(tmp_path, "--staged")
    assert f"; {5 if is_all else 0} files checked" in outcome.output
    assert outcome.violations == []  # What was wrong before is left alone all the same.


def test_commits_that_pre_commit_names(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = repository.git("rev-parse", "HEAD")
    new = repository.commit({"app/old.py": NAMELESS_OLD})
    repository.commit({"app/bad.py": "import app.never\n", "app/old.py": FILES["app/old.py"]})
    monkeypatch.setenv("PRE_COMMIT", "1")
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", old)
    monkeypatch.setenv("PRE_COMMIT_TO_REF", new)

    assert staged(repository.root) == sorted([NAMELESS, STRING])


def test_a_commit_that_is_not_in_the_clone(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRE_COMMIT", "1")
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "origin/gone")
    monkeypatch.setenv("PRE_COMMIT_TO_REF", "HEAD")

    assert run_check(repository.root, "--staged") == Outcome(
        ExitStatus.USAGE,
        "",
        f"error: --staged: there is no commit 'origin/gone' in this clone; {REMEDY}\n",
    )


REMEDY = "run it in a clone that has all it takes, or leave out --staged"


def test_without_a_repository(tmp_path: Path) -> None:
    write(tmp_path, dict(FILES))

    outcome = run_check(tmp_path, "--staged")
    assert outcome.status == ExitStatus.USAGE
    assert outcome.errors.startswith("error: --staged: not a git repository")
    assert outcome.errors.endswith(f"; {REMEDY}\n")


def test_without_git(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    assert run_check(repository.root, "--staged") == Outcome(
        ExitStatus.USAGE, "", f"error: --staged: git is not installed; {REMEDY}\n"
    )


def test_test_files_are_not_collected_for_a_change(repository: Repository) -> None:
    assert run_check(repository.root, "--staged", "--uncollectable") == Outcome(
        ExitStatus.USAGE,
        "",
        "error: --staged: test files are collected all together; leave out one of the two\n",
    )


# Whatever is changed: the files that change, and what was not wrong before.

TEXTS = st.lists(
    st.sampled_from(
        [
            "def thing(): ...",
            "other = 1",
            "import app.old",
            "from app.old import thing",
            "from app.sub import deep as other",
            "from app.sub.deep import *",
            "from . import deep",
            "from app import old as older",
            "try:\n    from app.old import thing\n    flag = 1\nexcept ImportError:\n    pass",
            "from app.user import flag, thing",
            "from app.user import older",
            "class Base:\n    def run(self): ...",
            "from app.old import Base\n\n\nclass Child(Base): ...",
            "__all__ = ['thing']",
            "def __getattr__(name): return 1",
            "patch('app.user.Child.run')",
            "patch('app.old.thing')",
            "import warnings\nwarnings.warn('x', DeprecationWarning)",
            "@deprecated('x')\ndef thing(): ...",
            "def f():\n    return thing()",
            "if TYPE_CHECKING:\n    from app.old import thing",
            "(",
        ]
    ),
    max_size=4,
).map(lambda lines: "\n".join(["from unittest.mock import patch", *lines, ""]))
PLACES = [
    "app/__init__.py",
    "app/old.py",
    "app/old/__init__.py",
    "app/user.py",
    "app/sub/__init__.py",
    "app/sub/deep.py",
    "app/sub/data.txt",
    "tests/test_a.py",
    "tests/deep.py",
    "tests/__init__.py",
]
TREES = st.dictionaries(st.sampled_from(PLACES), TEXTS, min_size=4)
EVERYTHING = (
    session("source_paths =\n    tests")
    + contract(RESOLVABLE, "references = effective", name="resolvable")
    + contract(DEPRECATED, "detect =\n    modules\n    names", name="deprecated")
    + contract(CANONICAL, "re_exports = forbid", name="canonical")
    + contract(ACYCLIC, name="acyclic")
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    before=TREES, changed=st.dictionaries(st.sampled_from(PLACES), TEXTS | st.none(), max_size=3)
)
def test_whatever_is_changed(before: Mapping[str, str], changed: Mapping[str, str | None]) -> None:
    after = {path: text for path, text in {**before, **changed}.items() if text is not None}
    change = Change(
        (
            {
                path: text.encode() if (text := before.get(path)) is not None else None
                for path in changed
                if before.get(path) != after.get(path)
            },
        ),
        {},
    )

    known = {_told(item) for item in judged(before).violations}
    expected = [
        str(item)
        for item in judged(after).violations
        if item.path in change.own
        or _told(item) not in known
        or any(link.path in change.own for link in item.finding.chain)
    ]
    assert [str(item) for item in judged(after, change).violations] == expected


def judged(files: Mapping[str, str], change: Change | None = None) -> Report:
    """Judge a project, or a change that has led to it."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, {"app/keep.py": "", "tests/keep.txt": "", ".importlinter": EVERYTHING, **files})
        file = find_configuration(root)
        assert file is not None
        loaded = configuration.load(file)
        if change is None:
            return engine.check(loaded.project, loaded.contracts)
        return check_change(loaded.project, loaded.contracts, change)


def _told(violation: Violation) -> tuple[str, str | None, str, str]:
    finding = violation.finding
    return violation.path, violation.contract, finding.code, finding.target
