"""Names that a project imports by several paths, and the one that defines them."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict

from benchmarks.fix.code import Checkout, parsed
from benchmarks.fix.plan import Survey

_MOST = 60


def canonical_lines(checkout: Checkout) -> list[str]:
    """Return lines `name => module` for the names most often taken from elsewhere."""
    survey = Survey(checkout)
    ours = {name for name, module in survey.modules.items() if module.is_ours}
    homes: dict[str, set[str]] = defaultdict(set)
    for module in ours:
        for name in survey.sites[module].defined:
            homes[name].add(module)
    trail = _Trail(survey)
    found: Counter[str] = Counter()
    for sites in survey.sites.values():
        for path in [*(item.path for item in sites.imports), *(use.path for use in sites.uses)]:
            asked, _, name = path.rpartition(".")
            if asked not in ours or path in ours or len(homes[name]) != 1 or asked in homes[name]:
                continue
            (home,) = homes[name]
            if trail.end(path) == f"{home}.{name}" and not _stays(survey, home):
                found[f"{name} => {home}"] += 1
    return sorted(line for line, _ in sorted(found.items(), key=lambda pair: -pair[1])[:_MOST])


def _stays(survey: Survey, module: str) -> bool:
    return bool(survey.checkout.project.inside & set(module.split(".")))


class _Trail:
    """Where imports lead, one after the other.

    Args:
        survey: the files.
    """

    def __init__(self, survey: Survey) -> None:
        self._sites = survey.sites
        self._public = {name: _listed(text) for name, text in survey.texts.items()}
        self._ends: dict[str, str | None] = {}

    def end(self, path: str) -> str | None:
        """Return the path at which a name is defined; None if that is not certain."""
        if path not in self._ends:
            self._ends[path] = None
            self._ends[path] = self._next(path)
        return self._ends[path]

    def _next(self, path: str) -> str | None:
        module, _, name = path.rpartition(".")
        sites = self._sites.get(module)
        if sites is None:
            return None
        top = [item for item in sites.imports if not item.scope]
        named = {item.path for item in top if item.local == name}
        if name in sites.defined:
            return None if named else path
        if not named:
            starred = {item.path for item in top if item.local == "*"}
            named = {f"{asked}.{name}" for asked in starred if self._offers(asked, name)}
        ends = {self.end(one) for one in named} - {None}
        return ends.pop() if len(ends) == 1 else None

    def _offers(self, module: str, name: str) -> bool:
        listed = self._public.get(module)
        return not name.startswith("_") if listed is None else name in listed


def _listed(text: str) -> frozenset[str] | None:
    tree = parsed(text)
    for node in tree.body if tree else []:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            strings = [leaf for leaf in ast.walk(node.value) if isinstance(leaf, ast.Constant)]
            return frozenset(str(leaf.value) for leaf in strings)
    return None
