"""The four ways to a verdict, each real, each giving its violations as lines of text."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from click.testing import CliRunner
from flake8 import utils
from flake8.main.application import Application
from importlinter.cli import lint_imports_command

from linter_ext import configuration, engine
from linter_ext.cli.main import main
from linter_ext.configuration_file import find_configuration
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.text import UnreadableError, decode

_VIOLATION = re.compile(r"^(?:-   )?(\S+:\d+:\d+: IMC\d{3} .*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a front end ended and what it printed.

    Attributes:
        status: the exit status.
        output: everything printed on standard output.
        errors: everything printed on standard error.
    """

    status: int
    output: str
    errors: str = ""

    @property
    def violations(self) -> list[str]:
        """The violations, sorted, each as `path:line:column: CODE message`."""
        return sorted(
            line.removeprefix("./") for line in _VIOLATION.findall(self.output.replace("\\", "/"))
        )


class MemoryReader:
    """The files of a project that is on no disk."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def read(self, path: str) -> str:
        return decode(self._files[path].encode())

    def is_file(self, path: str) -> bool:
        return path in self._files

    def is_folder(self, path: str) -> bool:
        return any(file.startswith(f"{path}/") for file in self._files)

    def files_in(self, folder: str) -> frozenset[str]:
        parted = (path.rpartition("/") for path in self._files)
        return frozenset(name for place, _, name in parted if place == folder)

    def listed(self) -> Sequence[str]:
        return sorted(path for path in self._files if path.endswith((".py", ".pyi")))


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write the files of a project."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        target.write_bytes(data)


def judge(root: Path, files: Mapping[str, str]) -> list[str]:
    """Judge the texts themselves, without reading a source file from the disk."""
    file = find_configuration(root)
    assert file is not None
    loaded = configuration.load(file)
    tree = loaded.project.tree
    index = Index(tree, MemoryReader(files), import_path=loaded.project.import_path)
    found: list[str] = []
    for path, text in files.items():
        module = tree.module_of(path)
        if module is None:
            continue
        try:
            source = SourceFile(path, module, decode(text.encode()))
            found.extend(map(str, engine.check_file(source, loaded.contracts, index)))
        except UnreadableError as error:
            found.append(str(engine.unreadable(path, module, error)))
    return sorted(found)


def run_command(root: Path, *arguments: str) -> Outcome:
    """Run `linter-ext` in the folder."""
    with _working_in(root):
        result = CliRunner().invoke(main, arguments)
    _refuse_traceback(result.exception)
    return Outcome(result.exit_code, result.stdout, result.stderr)


def run_check(root: Path, *arguments: str) -> Outcome:
    """Run `linter-ext check` in the folder."""
    return run_command(root, "check", *arguments)


def run_json(root: Path, *arguments: str) -> list[str]:
    """Run `linter-ext check --format json` and return its violations."""
    outcome = run_check(root, "--format", "json", *arguments)
    return sorted(
        f"{item['path']}:{item['line']}:{item['column']}: {item['code']} {item['message']}"
        for item in json.loads(outcome.output)["violations"]
    )


def run_lint_imports(root: Path, *arguments: str) -> Outcome:
    """Run `lint-imports` in the folder."""
    with _working_in(root):
        result = CliRunner(env={"COLUMNS": "1000"}).invoke(
            lint_imports_command, ["--no-cache", "--no-logo", *arguments]
        )
    _refuse_traceback(result.exception)
    return Outcome(result.exit_code, result.stdout, result.stderr)


def run_flake8(root: Path, *arguments: str, text: str | None = None) -> Outcome:
    """Run `flake8` in the folder, our codes only; `text` is its standard input."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    errors = io.StringIO()
    stdin = io.TextIOWrapper(io.BytesIO((text or "").encode()), encoding="utf-8")
    paths = arguments if any(not item.startswith("--") for item in arguments) else (*arguments, ".")
    with _working_in(root), contextlib.redirect_stdout(stream), contextlib.redirect_stderr(errors):
        application = Application()
        with _replaced_stdin(stdin):
            application.run(["--isolated", "--jobs=1", "--select=IMC", *paths])
        status = application.exit_code()
    stream.flush()
    stream.seek(0)
    return Outcome(status, stream.read(), errors.getvalue())


FRONT_ENDS: Mapping[str, Callable[[Path], list[str]]] = {
    "lint-imports": lambda root: run_lint_imports(root).violations,
    "flake8": lambda root: run_flake8(root).violations,
    "linter-ext": lambda root: run_check(root).violations,
    "linter-ext as JSON": run_json,
}


@contextlib.contextmanager
def _working_in(root: Path) -> Iterator[None]:
    """Work in the folder, with `src` on the import path as an editable install would have it.

    lint-imports puts the folder on the import path, which must not last.
    """
    path, modules = list(sys.path), set(sys.modules)
    if (root / "src").is_dir():
        sys.path.insert(0, str(root / "src"))
    importlib.invalidate_caches()
    with contextlib.chdir(root):
        try:
            yield
        finally:
            for name in sys.modules.keys() - modules:
                if any(place.startswith(str(root)) for place in _places(sys.modules[name])):
                    del sys.modules[name]  # A namespace is imported to find what is in it.
            sys.path[:] = path


def _places(module: ModuleType) -> list[str]:
    return [*getattr(module, "__path__", ()), getattr(module, "__file__", None) or ""]


@contextlib.contextmanager
def _replaced_stdin(stdin: io.TextIOWrapper) -> Iterator[None]:
    before = sys.stdin
    sys.stdin = stdin
    # An lru_cache, which its stub does not say.
    utils.stdin_get_value.cache_clear()  # type: ignore[attr-defined]
    try:
        yield
    finally:
        sys.stdin = before


def _refuse_traceback(exception: BaseException | None) -> None:
    if exception is not None and not isinstance(exception, SystemExit):
        raise exception
