"""Editors: python-lsp-server for real, and how the others call flake8 and read what it prints."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import processes, trees
from tests.configurations import ABSOLUTE, DEPRECATED, MOVED, contract, session
from tests.front_ends import Outcome, run_flake8, write
from tests.language_server import Diagnostic, LanguageServer
from tests.trees import told

_ROOT = Path(__file__).parent.parent
_README = (_ROOT / "README.md").read_text(encoding="utf-8")
_BLOCKS = told.blocks(_README)
_CONTRACTS = _ROOT / "contracts"
_AT_ONCE = 8
_OLD = "import app.old\n"
_USE_NEW = "IMC201 'app.old' is deprecated; use 'app.new'"
_GONE = "IMC401 there is no module 'app.gone'; restore it, or remove the import"
_SEALED = (
    "IMC601 'app.sealed.fresh' imports 'app.new', and 'app.sealed' is not allowed to import "
    "'app.new'; remove the import"
)
_MISTAKE = (
    "IMC000 .importlinter: contract 'rule': ban: '1' is not a choice; write 'all' or 'parents'"
)
_CONFIGURATION = (
    session()
    + contract(ABSOLUTE, name="absolute")
    + contract(DEPRECATED, MOVED, name="moved")
    + contract("resolvable_imports", name="resolvable")
    + contract(
        "forbidden",
        "source_modules =\n    app.sealed\nforbidden_modules =\n    app.new",
        name="sealed",
    )
)
_OTHER = session() + contract(DEPRECATED, "deprecated = app.old => app.other")
_SERVICE = {
    ".importlinter": _CONFIGURATION,
    "app/__init__.py": "",
    "app/new.py": "",
    "app/old.py": "x = y = 1\n",
    "app/saved.py": _OLD,
    "app/sealed/__init__.py": "",
    "app/sub/__init__.py": "",
    "tests/test_saved.py": _OLD,
    "scripts/run.py": _OLD,
}


@pytest.fixture(scope="module")
def monorepo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose contracts are those of a service in it."""
    root = tmp_path_factory.mktemp("monorepo").resolve()
    write(root, {f"service/{path}": text for path, text in _SERVICE.items()})
    write(root, {"other/.importlinter": _OTHER, "other/app/__init__.py": ""})
    (root / "link").symlink_to(root / "service")
    return root


def settings(**flake8: object) -> Mapping[str, object]:
    """Return what the README tells to set for python-lsp-server, and more for its flake8."""
    (block,) = [item for item in _BLOCKS if '"pylsp.' in item.text]
    found: dict[str, dict[str, object]] = {}
    for key, value in json.loads(block.text).items():
        server, plugins, plugin, option = key.split(".")
        assert (server, plugins) == ("pylsp", "plugins")
        found.setdefault(plugin, {})[option] = value
    return {"pylsp": {"plugins": {**found, "flake8": {**found["flake8"], **flake8}}}}


def seen(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """Return what an editor shows as lines `line:column message`, 1-based."""
    return [f"{item.start[0] + 1}:{item.start[1] + 1} {item.message}" for item in diagnostics]


class Violation(NamedTuple):
    """What the command reports, in the words of its JSON."""

    path: str
    line: int
    column: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.line}:{self.column} {self.code} {self.message}"


@dataclass(frozen=True, slots=True)
class Platform:
    """The documents' test tree under the documents' contracts.

    Attributes:
        root:        its folder.
        files:       its source files, path → text.
        environment: what makes the packages that it needs installed ones.
        violations:  what `linter-ext check` reports.
    """

    root: Path
    files: Mapping[str, str]
    environment: Mapping[str, str]
    violations: Sequence[Violation]


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Platform:
    root = tmp_path_factory.mktemp("platform").resolve()
    installed = tmp_path_factory.mktemp("installed")
    contracts = {f"contracts/{item.name}": item.read_text() for item in _CONTRACTS.iterdir()}
    files = trees.load("documents")
    configuration = contracts["contracts/documents.importlinter"]
    write(root, {**files, **contracts, ".importlinter": configuration})
    write(installed, trees.load("installed"))
    environment = {"PYTHONPATH": str(installed)}
    outcome = processes.linter_ext(root, "check", "--format=json", environment=environment)
    violations = [
        Violation(*(item[key] for key in Violation._fields))
        for item in json.loads(outcome.output)["violations"]
    ]
    return Platform(root, files, environment, violations)


# python-lsp-server.


def test_python_lsp_server_shows_what_the_command_reports_on_every_file_of_the_documents(
    platform: Platform,
) -> None:
    expected: dict[Path, list[Diagnostic]] = {platform.root / path: [] for path in platform.files}
    for item in platform.violations:
        line = item.line - 1
        # flake8 prints no end: python-lsp-server marks the rest of the line.
        end = len(platform.files[item.path].splitlines(keepends=True)[line])
        expected[platform.root / item.path].append(
            Diagnostic(
                start=(line, item.column - 1),
                end=(line, end),
                code=item.code,
                message=f"{item.code} {item.message}",
            )
        )

    shown: dict[Path, list[Diagnostic]] = {}
    paths = list(expected)
    ours = settings(select=["IMC"])
    with LanguageServer(platform.root, ours, environment=platform.environment) as server:
        for first in range(0, len(paths), _AT_ONCE):
            opened = paths[first : first + _AT_ONCE]
            for path in opened:
                server.show(path, path.read_text(encoding="utf-8"))
            shown |= server.diagnostics(*opened)

    assert len(platform.violations) >= len(trees.expected("documents"))
    assert shown == {path: sorted(items) for path, items in expected.items()}


class Typed(NamedTuple):
    """What is typed into a file of the service, and what an editor then shows of it.

    Attributes:
        title: what is special.
        path:  the file.
        steps: each text, and what is shown.
    """

    title: str
    path: str
    steps: Sequence[tuple[str, Sequence[str]]]


_TYPED = [
    Typed("a file as it was saved", "app/saved.py", [(_OLD, [f"1:8 {_USE_NEW}"])]),
    Typed(
        "text that is not saved",
        "app/saved.py",
        [
            ("", []),
            (f"\n{_OLD}", [f"2:8 {_USE_NEW}"]),
            (f"\n{_OLD}def f(:\n", []),
            ("import app.new\n", []),
            ("import app.gone\n", [f"1:8 {_GONE}"]),
        ],
    ),
    Typed(
        "a file that is on no disk yet",
        "app/sub/fresh.py",
        [
            (
                "from . import fresh\nfrom ..old import x\n",
                [
                    "1:6 IMC101 relative import '.'; use 'app.sub'",
                    "2:6 IMC101 relative import '..old'; use 'app.old'",
                    f"2:6 {_USE_NEW}",
                ],
            ),
            ("from app.sub.fresh import x\nx = 1\n", []),
        ],
    ),
    Typed(
        "a package that is on no disk yet",
        "app/added/__init__.py",
        [
            (
                "from . import x\n",
                [
                    "1:6 IMC101 relative import '.'; use 'app.added'",
                    "1:15 IMC402 'app.added' has no name 'x'; use 'app.old.x'",
                ],
            )
        ],
    ),
    Typed(
        "an import that a contract of import-linter's own forbids",
        "app/sealed/fresh.py",
        [(f"\nimport app.new\n{_OLD}", [f"2:8 {_SEALED}", f"3:8 {_USE_NEW}"])],
    ),
    Typed("a test", "tests/test_saved.py", [(f"x = 1\n{_OLD}", [f"2:8 {_USE_NEW}"])]),
    Typed("a stub", "app/stub.pyi", [(_OLD, [f"1:8 {_USE_NEW}"])]),
    Typed(
        "Windows line ends",
        "app/saved.py",
        [("x = 1\r\nfrom app.old import \\\r\n    y\r\n", [f"2:6 {_USE_NEW}"])],
    ),
    Typed(
        "text that is not ASCII",
        "app/saved.py",
        [("x = '\N{GREEK SMALL LETTER ALPHA}'; import app.old\n", [f"1:17 {_USE_NEW}"])],
    ),
    Typed("a comment that hides", "app/saved.py", [("import app.old  # noqa: IMC201\n", [])]),
    Typed("a file outside every root", "scripts/run.py", [(_OLD, [])]),
]


@pytest.fixture(scope="module", params=[".", "service"], ids=["repository", "service"])
def opened_folder(request: pytest.FixtureRequest, monorepo: Path) -> Iterator[LanguageServer]:
    """python-lsp-server in an editor that shows the whole repository, or the service alone."""
    with LanguageServer(monorepo / request.param, settings(select=["IMC"])) as server:
        yield server


@pytest.mark.parametrize("typed", _TYPED, ids=lambda typed: typed.title)
def test_python_lsp_server_shows_what_is_typed(
    typed: Typed, opened_folder: LanguageServer, monorepo: Path
) -> None:
    path = monorepo / "service" / typed.path
    shown = []
    for text, _ in typed.steps:
        opened_folder.show(path, text)
        shown.append((text, seen(opened_folder.diagnostics(path)[path])))
    opened_folder.close(path)

    assert shown == list(typed.steps)


def test_python_lsp_server_shows_other_codes_beside_ours(monorepo: Path) -> None:
    path = monorepo / "service" / "app" / "saved.py"

    with LanguageServer(monorepo / "service", settings()) as server:
        server.show(path, _OLD)
        shown = seen(server.diagnostics(path)[path])

    assert shown == ["1:1 F401 'app.old' imported but unused", f"1:8 {_USE_NEW}"]


def test_python_lsp_server_shows_a_mistake_in_the_configuration(tmp_path: Path) -> None:
    mistaken = session() + contract(ABSOLUTE, "ban = 1")
    path = tmp_path.resolve() / "app" / "a.py"
    write(tmp_path, {"app/__init__.py": "", ".importlinter": mistaken})

    with LanguageServer(tmp_path.resolve(), settings()) as server:
        server.show(path, "x = 1\n")
        shown = seen(server.diagnostics(path)[path])

    assert shown == [f"1:1 {_MISTAKE}"]


# The others: the command line that each of them runs, and the pattern by which it reads.


class Editor(NamedTuple):
    """How an editor calls flake8.

    Attributes:
        title:     its name.
        arguments: what it passes, but for the file.
        pattern:   what it takes from each line of the output.
        sends:     whether it sends the text, saved or not; else flake8 reads the file.
    """

    title: str
    arguments: Sequence[str]
    pattern: str
    sends: bool

    def run(self, folder: Path, path: Path, text: str) -> list[str]:
        """Return what the editor shows of a file, as lines `line:column CODE message`."""
        named = ["--stdin-display-name", str(path), "-"] if self.sends else [str(path)]
        given = text if self.sends else None
        outcome = processes.flake8(folder, "--select=IMC", *self.arguments, *named, text=given)
        assert outcome.errors == ""
        return self.read(outcome.output)

    def read(self, output: str) -> list[str]:
        """Return what the editor takes from flake8's output."""
        found = [re.fullmatch(self.pattern, line) for line in output.splitlines()]
        assert None not in found, output
        return sorted(
            f"{item['line']}:{item['column']} {item['code']} {item['message']}"
            for item in found
            if item is not None
        )


def _pycharm() -> Editor:
    """Return PyCharm as the README tells to set it up."""
    (section,) = re.findall(r"^\*\*PyCharm\*\*.*?\n\n", _README, re.DOTALL | re.MULTILINE)
    arguments, output_filter = re.findall(r"`(-.*? \$FilePath\$|\$FILE_PATH\$.*?)`", section)
    pattern = re.escape(output_filter)
    for macro, group in (
        ("$FILE_PATH$", "[^:]+"),
        ("$LINE$", r"(?P<line>\d+)"),
        ("$COLUMN$", r"(?P<column>\d+)"),
        ("$MESSAGE$", r"(?P<code>\w+) (?P<message>.*)"),
    ):
        pattern = pattern.replace(re.escape(macro), group)
    return Editor("PyCharm", arguments.split()[:-1], pattern, sends=False)


_EDITORS = [
    Editor(
        "ALE",
        ["--format=default"],
        r"[^:]+:(?P<line>\d+):(?P<column>\d+): (?P<code>[^\W_]+) (?P<message>.*)",
        sends=True,
    ),
    Editor(
        "nvim-lint",
        ["--format=%(path)s:%(row)d:%(col)d:%(code)s:%(text)s", "--no-show-source"],
        r"[^:]+:(?P<line>\d+):(?P<column>\d+):(?P<code>[^\W_]+):(?P<message>.+)",
        sends=True,
    ),
    Editor(
        "VS Code",
        ["--format=%(row)d,%(col)d,%(code).1s,%(code)s:%(text)s"],
        r"(?P<line>\d+),(?P<column>\d+),I,(?P<code>\w+\d+):(?P<message>.*)",
        sends=False,
    ),
    _pycharm(),
]
_SENDING = [editor for editor in _EDITORS if editor.sends]


@pytest.mark.parametrize("editor", _EDITORS, ids=lambda editor: editor.title)
def test_an_editor_reads_every_violation_of_the_documents(
    editor: Editor, platform: Platform
) -> None:
    arguments = ["--select=IMC", *editor.arguments]
    outcome = processes.flake8(platform.root, *arguments, environment=platform.environment)

    assert editor.read(outcome.output) == sorted(map(str, platform.violations))


@pytest.mark.parametrize("editor", _SENDING, ids=lambda editor: editor.title)
def test_an_editor_shows_what_is_typed_in_a_project_below_its_folder(
    editor: Editor, monorepo: Path
) -> None:
    path = monorepo / "service" / "app" / "sub" / "fresh.py"

    assert editor.run(monorepo, path, f"import app.gone\n\n{_OLD}") == [
        f"1:8 {_GONE}",
        f"3:8 {_USE_NEW}",
    ]


@pytest.mark.parametrize("folder", [".", "service", "service/app", "other"])
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("service/app/saved.py", _USE_NEW),
        ("service/app/sub/fresh.py", _USE_NEW),
        ("link/app/saved.py", _USE_NEW),
        ("other/app/fresh.py", "IMC201 'app.old' is deprecated; use 'app.other'"),
        ("elsewhere/app/fresh.py", None),
    ],
)
def test_text_on_standard_input_is_judged_in_its_own_project(
    path: str, expected: str | None, folder: str, monorepo: Path
) -> None:
    typed = str(monorepo / path)

    outcome = run_flake8(monorepo / folder, "--stdin-display-name", typed, "-", text=_OLD)

    assert outcome == (Outcome(1, f"{typed}:1:8: {expected}\n") if expected else Outcome(0, ""))


@pytest.mark.parametrize("folder", ["service", "service/app"])
@pytest.mark.parametrize(
    "editor", [item for item in _EDITORS if item not in _SENDING], ids=lambda editor: editor.title
)
def test_a_saved_file_is_judged_in_the_project_of_the_working_directory(
    editor: Editor, folder: str, monorepo: Path
) -> None:
    path = monorepo / "service" / "app" / "saved.py"

    assert editor.run(monorepo / folder, path, _OLD) == [f"1:8 {_USE_NEW}"]
    assert editor.run(monorepo, path, _OLD) == []
