"""A copy of a project that is broken and mended again, and the processes that run in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.truth_layout import Needs
from benchmarks.truth_tree import Edits

CONFIGURATION = "truth.ini"

_REPOSITORY = Path(__file__).resolve().parent.parent
_LAUNCH = """
import sys
sys.path.insert(0, {repository!r})
from benchmarks.{module} import main
del sys.path[0]
for name in [name for name in sys.modules if name.partition(".")[0] == "benchmarks"]:
    del sys.modules[name]
main()
"""
_TIMEOUT = 300
_OLDEST = 1_000_000_000
_LEFT_OUT = ("__pycache__", ".git", "*.pyc")


class Workspace:
    """A copy of a project.

    Compiled files are kept beside it, so that unchanged modules are compiled once; a changed file
    gets a time stamp of its own, made of its text, so that none is taken for another.

    Args:
        original: the unpacked project; it is never changed.
        folder:   where the copy goes; what lies there goes away.
        needs:    what the run time needs.
    """

    def __init__(self, original: Path, folder: Path, needs: Needs) -> None:
        self.root = folder / original.name
        self._original = original
        self._needs = needs
        self._removed: list[str] = []
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(original, self.root, ignore=shutil.ignore_patterns(*_LEFT_OUT))
        removed = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONSTARTUP")
        inherited = {key: text for key, text in os.environ.items() if key not in removed}
        cache = {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONWARNINGS": "ignore"}
        self._environment = {**inherited, **cache, **needs.environment}

    @contextmanager
    def broken(self, edits: Edits) -> Iterator[None]:
        """Apply edits for as long as the context lasts."""
        for path, text in edits.items():
            self._write(path, text)
        try:
            yield
        finally:
            for path in edits:
                self._restore(path)
            for folder in self._removed:
                self._refill(folder)
            self._removed.clear()

    def run_child(self, module: str, request: dict[str, Any]) -> dict[str, Any]:
        """Return the answer of one of the child modules to a request.

        Raises:
            RuntimeError: if it does not answer in time.
        """
        code = _LAUNCH.format(repository=str(_REPOSITORY), module=module)
        done = self._run([sys.executable, "-P", "-c", code], json.dumps(request))
        try:
            answer: dict[str, Any] = json.loads(done.stdout)
        except ValueError:
            text = f"{module}: no answer\n{done.stdout[-1000:]}{done.stderr[-3000:]}"
            raise RuntimeError(text) from None
        return answer

    def run_linter(self, options: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run `linter-ext check` in the copy."""
        command = [sys.executable, "-P", "-m", "linter_ext", "check", "--config", CONFIGURATION]
        return self._run([*command, "--format", "json", *options], "")

    def _run(self, command: Sequence[str], text: str) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(
                command,
                cwd=self.root,
                env=self._environment,
                input=text,
                capture_output=True,
                text=True,
                timeout=_TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise RuntimeError(f"no answer within {_TIMEOUT} seconds: {command}") from error

    def _write(self, path: str, text: str | None) -> None:
        place = self.root / path
        if text is None:
            place.unlink(missing_ok=True)
            self._tidy(place.parent)
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        stamp = _OLDEST + zlib.crc32(text.encode()) % 500_000_000
        os.utime(place, (stamp, stamp))

    def _restore(self, path: str) -> None:
        original, place = self._original / path, self.root / path
        if original.is_file():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(original, place)
        else:
            place.unlink(missing_ok=True)
            self._tidy(place.parent)

    def _tidy(self, folder: Path) -> None:
        """Remove folders in which nothing is left that Python could import."""
        while folder != self.root and folder.is_dir() and not any(folder.rglob("*.py")):
            original = self._original / folder.relative_to(self.root)
            if original.is_dir() and not any(original.rglob("*.py")):
                return
            shutil.rmtree(folder)
            self._removed.append(folder.relative_to(self.root).as_posix())
            folder = folder.parent

    def _refill(self, folder: str) -> None:
        """Bring back what else lay in a removed folder."""
        original = self._original / folder
        if original.is_dir():
            left_out = shutil.ignore_patterns(*_LEFT_OUT)
            shutil.copytree(original, self.root / folder, ignore=left_out, dirs_exist_ok=True)
