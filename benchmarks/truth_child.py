"""Runs import statements, and resolves references, for real: the child process of the harness.

It reads one request from standard input and writes one answer, both JSON:

    request  {"tree", "paths", "prelude", "tolerant", "statements": [{"base", "module", "package",
              "code"}], "references": [{"kind", "target", "attributes", "may_lack"}],
              "entries": [module]}
    answer   {"prelude": text or null, "statements": [outcome], "references": [outcome],
              "entries": [outcome]}
    outcome  [verdict, explanation, root path, root line]

Verdicts: `there`; `no module` and `no name`, where the statement's own target is missing;
`consequence`, where another import fails on the way, whose place is the root; `other`.
"""

from __future__ import annotations

import builtins
import copy
import importlib
import importlib.util
import json
import os
import pkgutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.machinery import ModuleSpec
from types import FrameType, ModuleType, TracebackType
from typing import Any, NoReturn

from benchmarks import truth_tolerant

_PATIENCE = 30
_STATEMENT = "<statement>"
_ROOT = "truth_root"
_OWN = os.path.dirname(os.path.abspath(__file__))
_NEUTRAL = ("<frozen", "<statement>", "<string>", _OWN)
_MACHINERY = (
    os.path.dirname(os.path.abspath(importlib.__file__)),
    os.path.abspath(pkgutil.__file__),
)

Outcome = list[Any]
"""Verdict, explanation, root path, root line."""


class Failed:
    """A finder that remembers which modules failed, and raises their errors again at once."""

    def __init__(self) -> None:
        self._errors: dict[str, BaseException] = {}

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Raise what the module raised before."""
        del path, target
        error = self._errors.get(name)
        if error is not None:
            raise error.with_traceback(None)
        return None

    def learn(self, error: BaseException, root: tuple[str, int]) -> None:
        """Remember the modules that an error passed through."""
        if "partially initialized" in str(error):
            return
        remembered = copy.copy(error)
        setattr(remembered, _ROOT, root)
        for frame, _ in _frames(error.__traceback__):
            name = frame.f_globals.get("__name__", "")
            is_body = frame.f_code.co_name == "<module>" and frame.f_code.co_filename != _STATEMENT
            if is_body and name not in sys.modules:
                self._errors.setdefault(name, remembered)


class Trial:
    """Tries statements and references in this process.

    Args:
        tree: the folder of the project.
    """

    def __init__(self, tree: str) -> None:
        self._tree = tree
        self._failed = Failed()
        sys.meta_path.insert(0, self._failed)

    def statement(self, item: dict[str, Any]) -> Outcome:
        """Run one import statement as its module would."""
        code = compile(item["code"], _STATEMENT, "exec", dont_inherit=True)
        names = {"__name__": item["module"], "__package__": item["package"], "__spec__": None}
        return self._attempt(lambda: exec(code, names))

    def reference(self, item: dict[str, Any]) -> Outcome:
        """Resolve one reference as `unittest.mock` and `pytest` do."""
        return self._attempt(lambda: self._resolve(item))

    def entry(self, module: str) -> Outcome:
        """Import one module, as the first one."""
        return self._attempt(lambda: importlib.import_module(module))

    def prelude(self, code: str) -> str | None:
        """Run the prelude; return how it failed."""
        try:
            exec(compile(code, "<prelude>", "exec"), {"__name__": "__prelude__"})
        except BaseException as error:  # noqa: BLE001 (whatever fails is told)
            return f"{type(error).__name__}: {error}"
        return None

    def _attempt(self, action: Callable[[], object]) -> Outcome:
        signal.alarm(_PATIENCE)
        try:
            action()
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 (pytest.skip is no Exception)
            outcome = self._judge(error)
            self._failed.learn(error, (outcome[2], outcome[3]))
            return outcome
        finally:
            signal.alarm(0)
        return ["there", "", "", 0]

    # References.

    def _resolve(self, item: dict[str, Any]) -> None:
        target: str = item["target"]
        if item["kind"] == "module":
            importlib.import_module(target)
        elif item["kind"] == "object":
            found = self._get(target)
            for name in item["attributes"]:
                _require(found, name, "")
        else:
            parent, _, name = target.rpartition(".")
            found = self._get(parent)
            is_built_in = isinstance(found, ModuleType) and hasattr(builtins, name)
            if not item["may_lack"] and not is_built_in:
                _require(found, name, target)

    def _get(self, path: str) -> object:
        """Return what a path names; raise what the first failing import of it raises."""
        try:
            return pkgutil.resolve_name(path)
        except (ImportError, AttributeError):
            for module in _prefixes(path.partition(":")[0]):
                try:
                    importlib.import_module(module)
                except ImportError as error:
                    if self._judge(error)[0] == "consequence":
                        raise
                    break
            raise

    # Judging failures.

    def _judge(self, error: BaseException) -> Outcome:
        text = f"{type(error).__name__}: {error}"[:300]
        known = getattr(error, _ROOT, None)
        if known is not None:
            verdict = "consequence" if isinstance(error, ImportError) and known[0] else "other"
            return [verdict, text, *known]
        frames = [
            (frame.f_code.co_filename, line)
            for frame, line in _frames(error.__traceback__)
            if not frame.f_code.co_filename.startswith((*_NEUTRAL, *_MACHINERY))
        ]
        if not frames:
            return [_direct(error), text, "", 0]
        return self._behind(error, frames, text)

    def _behind(self, error: BaseException, frames: list[tuple[str, int]], text: str) -> Outcome:
        """Judge an error that comes from some module's code."""
        path, line = frames[-1]
        if isinstance(error, ImportError) and path.startswith(self._tree):
            return ["consequence", text, os.path.relpath(path, self._tree), line]
        earlier = error.__cause__ or error.__context__
        if isinstance(earlier, ImportError):
            _, _, root, root_line = self._judge(earlier)
            if root:
                return ["consequence", text, root, root_line]
        inside = [frame for frame in frames if frame[0].startswith(self._tree)]
        where = inside[-1] if inside else ("", 0)
        relative = os.path.relpath(where[0], self._tree) if where[0] else ""
        return ["other", text, relative, where[1]]


def _direct(error: BaseException) -> str:
    """Return the verdict on an error that the import machinery itself raised."""
    if isinstance(error, ImportError):
        is_name = str(error).startswith(("cannot import name", "unknown location"))
        return "no name" if is_name else "no module"
    return "no name" if isinstance(error, AttributeError) else "other"


def _require(found: object, name: str, path: str) -> None:
    """Raise an error if an object lacks an attribute, which may be a submodule of that path."""
    if name in getattr(found, "__dict__", ()) or hasattr(found, name):
        return
    if path.rpartition(".")[0] == getattr(found, "__name__", "?") and hasattr(found, "__path__"):
        importlib.import_module(path)  # some test may well have imported it
        return
    raise AttributeError(f"{found!r} has no attribute {name!r}")


def _prefixes(path: str) -> Iterator[str]:
    parts = path.split(".")
    for length in range(1, len(parts) + 1):
        yield ".".join(parts[:length])


def _frames(traceback: TracebackType | None) -> Iterator[tuple[FrameType, int]]:
    while traceback is not None:
        yield traceback.tb_frame, traceback.tb_lineno
        traceback = traceback.tb_next


def _forked(work: Callable[[], object]) -> Any:
    """Return what some work returns, done in a fork."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        with os.fdopen(writing, "w") as stream:
            json.dump(work(), stream)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as stream:
        text = stream.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else None


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    if request["tolerant"]:
        truth_tolerant.install(request["tree"])
    trial = Trial(request["tree"])
    prelude = trial.prelude(request["prelude"])
    entries = [_forked(partial(trial.entry, entry)) for entry in request["entries"]]
    by_base: dict[str, list[int]] = {}
    for index, item in enumerate(request["statements"]):
        by_base.setdefault(item["base"], []).append(index)
    found: list[Outcome] = [["other", "no answer", "", 0]] * len(request["statements"])
    for base, chosen in by_base.items():
        items = [request["statements"][index] for index in chosen]
        outcomes = _forked(partial(_with_base, trial, base, items))
        for index, outcome in zip(chosen, outcomes or (), strict=False):
            found[index] = outcome
    references = _forked(lambda: [trial.reference(item) for item in request["references"]])
    return {
        "prelude": prelude,
        "statements": found,
        "references": references,
        "entries": entries,
    }


def _with_base(trial: Trial, base: str, items: list[dict[str, Any]]) -> list[Outcome]:
    if base and base not in sys.path:
        sys.path.insert(0, base)
    return [trial.statement(item) for item in items]


def _too_long(number: int, frame: FrameType | None) -> NoReturn:
    del number, frame
    raise TimeoutError("the import took too long")


def main() -> None:
    """Answer one request."""
    request = json.load(sys.stdin)
    out = os.fdopen(os.dup(1), "w")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    sys.path[:0] = request["paths"]
    signal.signal(signal.SIGALRM, _too_long)
    with out:
        json.dump(_answer(request), out)
        out.flush()
        os._exit(0)
