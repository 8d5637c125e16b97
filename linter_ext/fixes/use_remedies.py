"""Findings about uses (`a.b.C` after `import a`) → what stands there instead."""

from __future__ import annotations

from linter_ext.fixes.edits import Edit
from linter_ext.fixes.plan import SEVERAL_IMPORTS, Chain, Plan, RefusalError, UseEdit, remedy
from linter_ext.fixes.statements import Statement
from linter_ext.names import is_under, join
from linter_ext.source.facts import Context, Import, Use
from linter_ext.violations import Finding


def take_use(plan: Plan, chain: Chain) -> None:
    """Take what a use is to be, and the import that it needs then.

    Raises:
        RefusalError: if it cannot be rewritten.
    """
    for edit in plan.use_edits:
        if chain.use == edit.use and is_under(edit.path, chain.path):  # It follows its import.
            plan.use_edits.append(edit._replace(finding=chain.finding))
            return
    new, root = remedy(chain.finding), chain.use.imports[0].local_name
    inner = new.removeprefix(chain.bound) if is_under(new, chain.bound) else ""
    if inner and root not in plan.dropped:
        module = plan.module_of(new)
        if module == chain.bound or _is_loaded(plan, module):
            _replace(plan, chain, root + inner)
            return
    _take_distant(plan, chain)


def edit_use(plan: Plan, use: Use, old: str, new: str) -> Edit:
    """Return the edit that replaces the first names of a chain.

    Raises:
        RefusalError: if they are not written side by side.
    """
    depth = old.count(".")
    span = use.spans[max(depth - 1, 0)]
    start = plan.offsets.start(span)
    end = plan.offsets.end(span) if depth else start + len(old)
    if "".join(plan.file.source.text[start:end].split()) != old:
        raise RefusalError(f"the use on line {span.line} is written in an unusual way")
    return Edit(start, end, new)


def _replace(plan: Plan, chain: Chain, new: str) -> None:
    edit = edit_use(plan, chain.use, chain.path, new)
    plan.use_edits.append(UseEdit(chain.finding, None, chain.use, chain.path, edit))


def chain_of(plan: Plan, finding: Finding) -> Chain:
    """Return the part of a use that a finding is about.

    Raises:
        RefusalError: if it cannot be told.
    """
    for use in plan.file.expressions.uses:
        if finding.span not in use.spans:
            continue
        asked = (plan.asked.get(item.span) for item in use.imports)
        bounds = {item.written_bound for item in asked if item is not None}
        for length in range(1, len(use.spans) + 1):
            attributes = use.attributes[:length]
            for bound in bounds:
                if join(bound, *attributes) == finding.target:
                    if len(bounds) > 1:
                        raise RefusalError(SEVERAL_IMPORTS)
                    return Chain(finding, use, join(use.imports[0].local_name, *attributes), bound)
    raise RefusalError("it is written in an unusual way")


def _take_distant(plan: Plan, chain: Chain) -> None:
    """Take a use whose new path does not start where the old one did: import it, too."""
    new, imports = remedy(chain.finding), chain.use.imports
    module = plan.module_of(new)
    last_of_run = {
        statement.run: statement
        for statement in plan.statements
        if any(item in statement.items for item in imports)
    }
    statements = tuple(last_of_run.values())
    local, line = _imported(plan, module, plain=all(item.name is None for item in imports))
    _replace(plan, chain, local + new.removeprefix(module))
    if local == module and _has_plain(plan, module, statements[0]):
        return
    for statement in statements:
        further = plan.orders.further.setdefault(statement.start, [])
        if line not in further:
            further.append(line)
    plan.gained.add(local.partition(".")[0])


def _imported(plan: Plan, module: str, *, plain: bool) -> tuple[str, str]:
    """Return by which name a module can be imported as well, and the statement for it.

    Args:
        plan:   the plan.
        module: the module.
        plain:  whether `import module` would look like the import that is there.

    Raises:
        RefusalError: if every such name is taken.
    """
    root = module.partition(".")[0]
    parent, _, last = module.rpartition(".")
    if plain and plan.names.is_free(root):
        return module, f"import {module}"
    if parent and last not in plan.names.all:
        return last, f"from {parent} import {last}"
    local = module.replace(".", "_")
    if local not in plan.names.all:
        return local, f"import {module} as {local}"
    raise RefusalError(f"the file uses the name '{root}' for something else")


def _is_loaded(plan: Plan, module: str) -> bool:
    """Return whether the file itself loads a module.

    What others load for it, its package for instance, may go with the next shim.
    """
    if not plan.index.tree.is_first_party(module):
        return True  # What lies below a package from outside is not ours to judge.
    return any(
        is_under(asked.module, module) or asked.path == module
        for asked in plan.asked.values()
        if not asked.item.context & Context.FUNCTION
    )


def _has_plain(plan: Plan, module: str, statement: Statement) -> bool:
    """Return whether `import module` stands in a statement's row, or before it at the margin."""
    return any(
        is_under(loaded, module)
        for other in plan.statements
        if other.run == statement.run or (other.indent == "" and other.start < statement.start)
        for item in other.items
        if (loaded := _plainly_imported(plan, item)) is not None
    )


def _plainly_imported(plan: Plan, item: Import) -> str | None:
    """Return the module that an import is going to load by its own name; None if by another."""
    want = plan.orders.items.get(item.span)
    if want is not None:
        return want.module if want.name is None and want.local in (None, want.module) else None
    return item.module if item.name is None and item.alias is None else None
