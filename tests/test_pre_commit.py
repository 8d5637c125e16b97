"""The hooks of this repository, run by pre-commit itself in real git repositories.

pre-commit reads `.pre-commit-hooks.yaml` from a clone of this repository, as it does for users.
Only the language is another, but for one test: a hook of `language: python` is installed from a
package index, which not every machine reaches; with `language: system` pre-commit takes the
command of the environment that the tests run in, and all the rest is the same.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from linter_ext.cli.exit_status import ExitStatus
from tests.configurations import contract, session
from tests.front_ends import Outcome, write
from tests.indexes import reaches_an_index
from tests.repositories import ENVIRONMENT, Repository
from tests.trees import told

_OURS = Path(__file__).parent.parent
_HOOK_FILE = ".pre-commit-hooks.yaml"
_PACKAGE = (_HOOK_FILE, "LICENSE", "README.md", "linter_ext", "pyproject.toml")
_SCRIPTS = sysconfig.get_path("scripts")
_TIMEOUT = 600

FILES: Mapping[str, str] = {
    ".importlinter": session() + contract("resolvable_imports"),
    "app/__init__.py": "",
    "app/old.py": "def thing(): ...\n",
    "app/user.py": "from app.old import thing\n",
    "app/wrong.py": "import app.never\n",
}
RESTORE = "restore it, or remove the import"
WRONG = f"app/wrong.py:1:8: IMC401 there is no module 'app.never'; {RESTORE}"
BAD = f"app/bad.py:1:8: IMC401 there is no module 'app.never'; {RESTORE}"
NO_OLD = "app/user.py:1:6: IMC401 there is no module 'app.old'"
NAMELESS = f"app/user.py:1:21: IMC402 'app.old' has no name 'thing'; {RESTORE}"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Return a repository with this project in it, as it is on the disk."""
    repository = Repository(tmp_path_factory.mktemp("ours"))
    for name in _PACKAGE:
        source = _OURS / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, repository.root / name, ignore=ignored)
        else:
            shutil.copy(source, repository.root / name)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", "All")
    return repository


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which pre-commit keeps what it clones and installs."""
    return tmp_path_factory.mktemp("pre-commit")


class User:
    """A user's repository, with a hook of ours installed in it.

    Attributes:
        repository: the repository.
    """

    def __init__(self, repository: Repository, home: Path) -> None:
        self.repository = repository
        path = os.pathsep.join([_SCRIPTS, os.environ["PATH"]])
        self._environment = {
            **{name: value for name, value in os.environ.items() if "PRE_COMMIT" not in name},
            **ENVIRONMENT,
            "PRE_COMMIT_HOME": str(home),
            "PRE_COMMIT_COLOR": "never",
            "PATH": path,
        }
        self.pre_commit("install")

    def pre_commit(self, *arguments: str) -> Outcome:
        """Run pre-commit."""
        return self._run(sys.executable, "-m", "pre_commit", *arguments)

    def commit(self, *arguments: str) -> Outcome:
        """Commit what is staged, which runs the hook."""
        return self._run("git", "commit", "--message", "A change", *arguments)

    def _run(self, *command: str) -> Outcome:
        done = subprocess.run(
            command,
            cwd=self.repository.root,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_TIMEOUT,
            text=True,
        )
        assert "Traceback" not in done.stdout + done.stderr, done.stdout + done.stderr
        # git passes on what hooks print on its own standard error.
        return Outcome(done.returncode, done.stdout + done.stderr)


def configured(ours: Repository, hook: str, *lines: str) -> str:
    """Return what a user writes for one of our hooks."""
    revision = ours.git("rev-parse", "HEAD")
    further = "".join(f"        {line}\n" for line in lines)
    return (
        f"repos:\n  - repo: {ours.root.as_uri()}\n    rev: {revision}\n    hooks:\n"
        f"      - id: {hook}\n{further}"
    )


def using(ours: Repository, home: Path, root: Path, hook: str = "linter-ext", *lines: str) -> User:
    """Return a repository that uses a hook of ours."""
    configuration = configured(ours, hook, "language: system", *lines)
    return User(Repository(root, {**FILES, ".pre-commit-config.yaml": configuration}), home)


@pytest.fixture
def user(ours: Repository, home: Path, tmp_path: Path) -> User:
    return using(ours, home, tmp_path)


def test_a_commit_that_is_right(user: User) -> None:
    user.repository.stage({"app/new.py": "from app.old import thing\n"})

    outcome = user.commit()
    assert outcome.violations == []
    assert outcome.status == ExitStatus.CLEAN


def test_a_staged_file_that_is_wrong(user: User) -> None:
    user.repository.stage({"app/bad.py": "import app.never\n"})

    outcome = user.commit()
    assert outcome.violations == [BAD]
    assert outcome.status == ExitStatus.VIOLATIONS


def test_a_rename_breaks_an_import_in_a_file_that_is_not_staged(user: User) -> None:
    user.repository.git("mv", "app/old.py", "app/new.py")

    outcome = user.commit()
    assert outcome.violations == [f"{NO_OLD}; use 'app.new.thing'"]
    assert outcome.status == ExitStatus.VIOLATIONS


def test_a_deletion_alone(user: User) -> None:
    user.repository.stage({"app/old.py": None})

    assert user.commit().violations == [f"{NO_OLD}; {RESTORE}"]


def test_a_name_that_goes(user: User) -> None:
    user.repository.stage({"app/old.py": "def other(): ...\n"})

    assert user.commit().violations == [NAMELESS]


def test_only_what_is_staged_of_a_file_counts(user: User) -> None:
    user.repository.stage({"app/new.py": "x = 1\n"})
    write(user.repository.root, {"app/new.py": "import app.never\n"})
    write(user.repository.root, {"app/old.py": ""})

    outcome = user.commit()
    assert outcome.violations == []
    assert outcome.status == ExitStatus.CLEAN
    assert (user.repository.root / "app/new.py").read_text() == "import app.never\n"


def test_what_is_mended_but_not_staged_does_not_count(user: User) -> None:
    user.repository.stage({"app/bad.py": "import app.never\n", "app/old.py": None})
    write(user.repository.root, {"app/bad.py": "", "app/old.py": FILES["app/old.py"]})

    assert user.commit().violations == [BAD, f"{NO_OLD}; {RESTORE}"]


def test_a_commit_of_some_paths_only(user: User) -> None:
    user.repository.stage({"app/bad.py": "import app.never\n"})
    write(user.repository.root, {"app/old.py": "def other(): ...\n"})

    assert user.commit("app/old.py").violations == [NAMELESS]


def test_names_with_blanks_and_letters_that_are_not_ascii(
    ours: Repository, home: Path, tmp_path: Path
) -> None:
    user = using(ours, home, tmp_path / "mein Projekt ü")
    user.repository.stage({"app/grün er.py": "import app.never\n", "app/old.py": None})

    assert user.commit().violations == [f"{NO_OLD}; {RESTORE}"]
    assert f"app/grün er.py{BAD.removeprefix('app/bad.py')}" in user.commit().output


def test_the_first_commit(ours: Repository, home: Path, tmp_path: Path) -> None:
    user = User(Repository(tmp_path), home)
    user.repository.stage(
        {**FILES, ".pre-commit-config.yaml": configured(ours, "linter-ext", "language: system")}
    )

    assert user.commit().violations == [WRONG]


def test_all_files(user: User) -> None:
    outcome = user.pre_commit("run", "--all-files")

    assert outcome.violations == [WRONG]
    assert outcome.status == ExitStatus.VIOLATIONS


def test_all_files_and_what_a_deletion_breaks(user: User) -> None:
    user.repository.stage({"app/old.py": None})

    assert user.pre_commit("run", "--all-files").violations == [f"{NO_OLD}; {RESTORE}", WRONG]


def test_a_range_of_commits(user: User) -> None:
    old = user.repository.git("rev-parse", "HEAD")
    new = user.repository.commit({"app/old.py": None})

    outcome = user.pre_commit("run", "--from-ref", old, "--to-ref", new)
    assert outcome.violations == [f"{NO_OLD}; {RESTORE}"]


def test_a_merge_whose_sides_do_not_fit(user: User) -> None:
    user.repository.git("checkout", "--quiet", "-b", "side")
    user.repository.commit({"app/late.py": "import app.old\n", "app/bad.py": "import app.never\n"})
    user.repository.git("checkout", "--quiet", "main")
    user.repository.commit({"app/old.py": None, "app/user.py": None})
    user.repository.git("merge", "--quiet", "--no-commit", "side")

    late = f"app/late.py:1:8: IMC401 there is no module 'app.old'; {RESTORE}"
    assert user.commit().violations == [late]


def test_a_working_tree_beside_the_repository(ours: Repository, home: Path, tmp_path: Path) -> None:
    lines = (
        "entry: bash -c 'cd backend && exec linter-ext check --staged --quiet'",
        "pass_filenames: false",
    )
    configuration = configured(ours, "linter-ext", "language: system", *lines)
    files = {f"backend/{path}": text for path, text in FILES.items()}
    main = Repository(tmp_path / "main", {**files, ".pre-commit-config.yaml": configuration})
    User(main, home)
    main.git("worktree", "add", "--quiet", str(tmp_path / "beside"))
    beside = User(Repository(tmp_path / "beside"), home)
    beside.repository.stage({"backend/app/old.py": None})

    assert beside.commit().violations == [f"{NO_OLD}; {RESTORE}"]


def test_the_hook_for_everything(ours: Repository, home: Path, tmp_path: Path) -> None:
    user = using(ours, home, tmp_path, "linter-ext-all")
    user.repository.stage({"app/old.py": None})

    assert user.commit().violations == [f"{NO_OLD}; {RESTORE}", WRONG]


def test_the_hook_that_fixes(ours: Repository, home: Path, tmp_path: Path) -> None:
    user = using(ours, home, tmp_path, "linter-ext-fix")
    configuration = session() + contract("deprecated_imports", "deprecated = app.old => app.new")
    user.repository.stage(
        {
            ".importlinter": configuration,
            "app/new.py": FILES["app/old.py"],
            "app/other.py": "import app.old\n",
        }
    )
    failed = user.commit()
    fixed = (user.repository.root / "app/other.py").read_text(encoding="utf-8")
    user.repository.git("add", "--all")

    assert failed.status == 1
    assert "files were modified by this hook" in failed.output
    assert fixed == "import app.new\n"
    assert (user.repository.root / "app/user.py").read_text(encoding="utf-8") == FILES[
        "app/user.py"
    ]
    assert user.commit().status == ExitStatus.CLEAN


def shown(number: int) -> str:
    """Return one of the configurations that the README shows; some show one hook only."""
    blocks = [
        block
        for block in told.blocks((_OURS / "README.md").read_text(encoding="utf-8"))
        if (block.section, block.language) == ("pre-commit", "yaml")
    ]
    found = blocks[number]
    if found.path.startswith("."):
        return found.text
    head, mark, _ = blocks[0].text.partition("      - id:")
    assert mark
    return head + found.text


@pytest.mark.parametrize(
    ("number", "prefix"), [(0, ""), (1, ""), (2, "backend/")], ids=["usual", "system", "below"]
)
def test_what_the_readme_shows(
    number: int, prefix: str, ours: Repository, home: Path, tmp_path: Path
) -> None:
    content = yaml.safe_load(shown(number))
    (source,) = content["repos"]
    source.update(repo=ours.root.as_uri(), rev=ours.git("rev-parse", "HEAD"))
    source["hooks"][0].setdefault("language", "system")
    files = {f"{prefix}{path}": text for path, text in FILES.items()}
    configuration = {".pre-commit-config.yaml": yaml.safe_dump(content)}
    user = User(Repository(tmp_path, {**files, **configuration}), home)
    user.repository.stage({f"{prefix}app/old.py": None})

    assert user.commit().violations == [f"{NO_OLD}; {RESTORE}"]


def test_the_hook_file_is_what_pre_commit_expects(ours: Repository, home: Path) -> None:
    outcome = User(ours, home).pre_commit("validate-manifest", _HOOK_FILE)

    assert outcome == Outcome(0, "")


def test_a_hook_installed_as_it_stands(
    ours: Repository, home: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if not reaches_an_index(tmp_path_factory.mktemp("download")):
        pytest.skip("no package index can be reached, and hooks of language python need one")
    files = {**FILES, ".pre-commit-config.yaml": configured(ours, "linter-ext")}
    user = User(Repository(tmp_path, files), home)
    user.repository.git("mv", "app/old.py", "app/new.py")

    assert user.commit().violations == [f"{NO_OLD}; use 'app.new.thing'"]
