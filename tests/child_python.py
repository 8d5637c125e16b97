"""A child Python that imports modules for real, and tells which imports fail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.answering_child import AnsweringChild

_CHILD = """
import importlib, json, os, sys, warnings

warnings.simplefilter("ignore")
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")


def failure(ask, tops):
    before = set(sys.modules)
    try:
        found = ask()
    except BaseException as error:
        found = f"{type(error).__name__}: {error}"
    for name in set(sys.modules) - before:
        if name.partition(".")[0] in tops:
            del sys.modules[name]
    return found


def top_names(folders):
    return {name.partition(".")[0] for folder in folders for name in os.listdir(folder)}


def importing(name):
    importlib.import_module(name)


def lacking(names):
    return [name for name in names[1:] if not offers(names[0], name)]


def offers(module, name):
    try:
        exec(f"from {module} import {name}", {})
    except Exception:
        return False
    return True


def holding(name):
    return sorted(vars(importlib.import_module(name)))


for line in sys.stdin:
    question = json.loads(line)
    importlib.invalidate_caches()
    path, sys.path[:] = list(sys.path), [*question["path"], *sys.path]
    ask = {"import": importing, "lack": lacking, "hold": holding}[question["kind"]]
    tops = top_names(question["path"])
    found = [failure(lambda: ask(item), tops) for item in question["items"]]
    sys.path[:] = path
    print(json.dumps(found), file=answers, flush=True)
"""


class ChildPython(AnsweringChild):
    """One process for many questions: what a question imports is gone before the next one."""

    def __init__(self) -> None:
        super().__init__(_CHILD, {"SETUPTOOLS_USE_DISTUTILS": "stdlib"})

    def failures(
        self, root: Path, modules: Iterable[str], folders: Iterable[str] = (".",)
    ) -> Mapping[str, str]:
        """Return the modules that cannot be imported, each with the error.

        Args:
            root:    the project root.
            modules: the modules, each of which is imported as if it were the first.
            folders: what is on the import path, relative to the root.
        """
        names = list(modules)
        path = [str((root / folder).resolve()) for folder in folders]
        found = self._ask({"kind": "import", "items": names, "path": path})
        assert len(found) == len(names)
        return {
            name: str(error) for name, error in zip(names, found, strict=True) if error is not None
        }

    def lacking(self, root: Path, names: Mapping[str, Iterable[str]]) -> Mapping[str, list[str]]:
        """Return what cannot be imported of each module's names."""
        items = [[module, *asked] for module, asked in names.items()]
        found = self._ask({"kind": "lack", "items": items, "path": [str(root.resolve())]})
        return {
            module: [str(name) for name in missing] if isinstance(missing, list) else []
            for module, missing in zip(names, found, strict=True)
        }

    def names(self, root: Path, modules: Iterable[str]) -> Mapping[str, list[str]]:
        """Return what each module holds that can be imported."""
        asked = list(modules)
        found = self._ask({"kind": "hold", "items": asked, "path": [str(root.resolve())]})
        return {
            module: [str(name) for name in names]
            for module, names in zip(asked, found, strict=True)
            if isinstance(names, list)
        }

    def _ask(self, question: object) -> list[object]:
        found = self.ask(question)
        assert isinstance(found, list)
        return found
