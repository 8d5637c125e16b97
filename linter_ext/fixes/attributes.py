"""Whether another module offers what a file uses of the one that it takes the place of."""

from __future__ import annotations

from linter_ext.fixes.plan import Plan, RefusalError
from linter_ext.names import is_under, join
from linter_ext.source.facts import Import
from linter_ext.source.gaps import Gap
from linter_ext.source.presence import Presence


def check_attributes(plan: Plan, item: Import, new: str) -> None:
    """See that the attributes that a file uses of a module are there in another one, too.

    Args:
        plan: the plan.
        item: the import of the module.
        new:  the module that it is to import instead.

    Raises:
        RefusalError: if one is missing that is there now.
    """
    asked = plan.asked[item.span]
    if not (plan.index.is_module(asked.path) and plan.index.is_module(new)):
        return
    presence = plan.index.derived(Presence)
    depth = asked.path.count(".") - asked.bound.count(".")
    deeper = {chain.use for chain in plan.chains if chain.path.count(".") > depth}
    for use in plan.file.expressions.uses:
        path = join(asked.bound, *use.attributes)
        is_home = is_under(new, asked.path) and is_under(path, new)
        is_judged = item in use.imports and not is_home and use not in deeper
        attribute = _attribute(path, asked.path) if is_judged else None
        if attribute is None or isinstance(presence.name(asked.path, attribute), Gap):
            continue
        if isinstance(presence.name(new, attribute), Gap) and use.spans[-1] not in plan.assigned:
            line = use.spans[0].line
            raise RefusalError(f"'{new}' has no '{attribute}', which is used on line {line}")


def _attribute(path: str, module: str) -> str | None:
    """Return the attribute of a module that a path goes through; None if it goes through none."""
    if not is_under(path, module) or path == module:
        return None
    return path.removeprefix(f"{module}.").partition(".")[0]
