"""Findings about import statements → what these are to import instead."""

from __future__ import annotations

from collections.abc import Iterator

from linter_ext.fixes.attributes import check_attributes
from linter_ext.fixes.import_drafts import Wanted
from linter_ext.fixes.outside_uses import OutsideUses
from linter_ext.fixes.plan import (
    CROWDED,
    SEVERAL_IMPORTS,
    Plan,
    RefusalError,
    UseEdit,
    is_home,
    moved,
    remedy,
)
from linter_ext.fixes.star_names import star_names
from linter_ext.fixes.use_remedies import edit_use
from linter_ext.names import is_under, join, prefixes
from linter_ext.source.asked import Asked
from linter_ext.source.facts import STAR, Context, Import, Use
from linter_ext.violations import Finding


def take_relative(plan: Plan, finding: Finding) -> None:
    """Take a relative import."""
    for statement in plan.by_module.get(finding.span, ()):
        plan.orders.modules[statement.start] = remedy(finding)
        plan.causes.setdefault(statement.start, []).append(finding)


def take_module(plan: Plan, finding: Finding) -> None:
    """Take what a module in a `from` statement is to be: for all names that go along.

    Raises:
        RefusalError: if it cannot be told what they are.
    """
    (statement,) = plan.by_module[finding.span]
    is_taken = False
    for item in statement.items:
        asked = plan.asked.get(item.span)
        if asked is None or item.span in plan.orders.items:
            continue
        if item.is_star:
            _take_star(plan, asked, finding)
        elif is_home(asked.written_path, finding):
            continue
        else:
            path = moved(asked.written_path, finding)
            check_attributes(plan, item, path)
            plan.claim(item, _wanted(path), finding)
        is_taken = True
    if not is_taken:
        raise RefusalError(CROWDED)


def take_item(plan: Plan, finding: Finding) -> None:
    """Take what one import is to import instead.

    Raises:
        RefusalError: if what follows it cannot follow.
    """
    asked = plan.asked[finding.span]
    item, path = asked.item, moved(asked.written_path, finding)
    if item.span in plan.orders.items:
        raise RefusalError(CROWDED)
    if item.name is not None:
        check_attributes(plan, item, path)
        plan.claim(item, _wanted(path), finding)
    elif item.alias is not None:
        check_attributes(plan, item, path)
        wanted = _wanted(path) if plan.is_name(path) else Wanted(path, None, item.alias)
        plan.claim(item, wanted, finding)
    else:
        _take_plain(plan, item, path, finding)


def _wanted(path: str) -> Wanted:
    module, _, name = path.rpartition(".")
    return Wanted(module, name) if module else Wanted(path, None)


def _take_star(plan: Plan, asked: Asked, finding: Finding) -> None:
    new = remedy(finding)
    here, there = (star_names(module, plan.index) for module in (asked.module, new))
    if here is None or there is None:
        raise RefusalError("it cannot be told which names the star import brings")
    if not here <= there:
        raise RefusalError(f"a star import of '{new}' does not bring '{min(here - there)}'")
    surplus = there - here
    is_passed_on = plan.index.derived(OutsideUses).may_take_all(plan.file.module.name)
    if surplus and (is_passed_on or surplus & plan.names.of_module):
        raise RefusalError(f"a star import of '{new}' would also bring '{min(surplus)}'")
    plan.claim(asked.item, Wanted(new, STAR), finding)


def _take_plain(plan: Plan, item: Import, path: str, finding: Finding) -> None:
    """Take `import a.b`: the uses of it have to follow. `import a` keeps its name."""
    if plan.is_name(path):
        raise RefusalError(f"'{path}' is no module")
    check_attributes(plan, item, path)
    old = item.module
    if "." not in old:
        is_last = path.endswith(f".{old}")
        plan.claim(item, _wanted(path) if is_last else Wanted(path, None, old), finding)
        return
    written = _local_name(plan, old, path)
    start = plan.statement_of(item).start
    edits = [
        UseEdit(finding, start, use, old, edit_use(plan, use, old, written))
        for use in _uses_of(plan, item, path)
    ]
    _check_root(plan, item, written.partition(".")[0])
    plan.claim(item, Wanted(path, None, written), finding)
    plan.use_edits += edits


def _local_name(plan: Plan, old: str, new: str) -> str:
    """Return how the uses of a plain import are going to name another module.

    Raises:
        RefusalError: if every name is taken.
    """
    root = new.partition(".")[0]
    if root == old.partition(".")[0] or plan.names.is_free(root):
        return new
    alias = new.replace(".", "_")
    if alias in plan.names.all:
        raise RefusalError(f"the file uses the name '{root}' for something else")
    return alias


def _check_root(plan: Plan, item: Import, bound: str) -> None:
    """See that nobody misses the name that a plain import binds, if it binds another one.

    Raises:
        RefusalError: if somebody does.
    """
    root = item.local_name
    if bound == root:
        return
    is_shared = not item.context & Context.FUNCTION
    if is_shared and plan.index.derived(OutsideUses).may_use(plan.file.module.name, root):
        raise RefusalError(f"other files may use '{root}' of this one")
    if Context.CLASS in item.context or root in plan.names.changed or root in plan.file.listed:
        raise RefusalError(f"the file uses the name '{root}' by itself")
    plan.dropped.add(root)
    plan.gained.add(bound)


def _uses_of(plan: Plan, item: Import, new: str) -> Iterator[Use]:
    """Yield the uses that have to follow a plain import.

    Raises:
        RefusalError: if some use may mean something else, or needs what else it loads.
    """
    old = item.module
    deeper = {chain.use for chain in plan.chains if len(chain.path) > len(old)}
    for use in plan.file.expressions.uses:
        if item not in use.imports:
            continue
        path = join(item.local_name, *use.attributes)
        if not is_under(path, old):
            _check_package(plan, item, path, new)
        elif use not in deeper and not (is_under(new, old) and is_under(path, new)):
            if any(other.name is not None or other.alias is not None for other in use.imports):
                raise RefusalError(SEVERAL_IMPORTS)
            yield use


def _check_package(plan: Plan, item: Import, path: str, new: str) -> None:
    """See that what a use needs is loaded without an import: the packages around its module.

    Raises:
        RefusalError: if it is not.
    """
    shared = [
        package
        for package in prefixes(item.module)
        if is_under(path, package) and package != item.local_name
    ]
    if not shared or is_under(new, shared[0]):
        return
    others = (asked for asked in plan.asked.values() if asked.item != item)
    if not any(is_under(asked.module, shared[0]) for asked in others):
        raise RefusalError(f"'{shared[0]}' is used, too, which the import loads")
