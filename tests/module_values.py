"""A child Python that runs modules for real, and tells what their public names hold then."""

from __future__ import annotations

from pathlib import Path

from tests.answering_child import AnsweringChild

_CHILD = """
import importlib, io, json, os, sys, types, warnings

warnings.simplefilter("ignore")
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
sys.stdout = sys.stderr = io.StringIO()
known = set(sys.modules)


def described(value):
    if isinstance(value, types.ModuleType):
        return "a module"
    if isinstance(value, (type, types.FunctionType)):
        return value.__qualname__
    if isinstance(value, (list, tuple)):
        return [described(item) for item in value]
    return repr(value)


for line in sys.stdin:
    root, name = json.loads(line)
    importlib.invalidate_caches()
    sys.path.insert(0, root)
    try:
        held = vars(importlib.import_module(name))
        found = {key: described(held[key]) for key in held if not key.startswith("_")}
    except Exception as error:
        found = {"failed": type(error).__name__}
    sys.path.remove(root)
    for loaded in set(sys.modules) - known:
        del sys.modules[loaded]
    print(json.dumps(found), file=answers, flush=True)
"""


class ModuleValues(AnsweringChild):
    """One process for many modules; each is imported as if it were the first."""

    def __init__(self) -> None:
        super().__init__(_CHILD)

    def of(self, root: Path, module: str) -> dict[str, object]:
        """Return what a module's public names hold, or the error it fails with, under `failed`."""
        found = self.ask([str(root), module])
        assert isinstance(found, dict)
        return found
