"""Patches that patch nothing: of a name that nothing looks up where it is replaced (IMC407)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from linter_ext.codes import Code
from linter_ext.source.attributes import Attributes
from linter_ext.source.facts import Reference
from linter_ext.source.file import SourceFile
from linter_ext.source.gaps import State
from linter_ext.source.index import Index
from linter_ext.source.lookups import Lookups
from linter_ext.source.presence import Presence
from linter_ext.violations import Finding

_MOST_NAMED = 2


def find_idle_patches(file: SourceFile, index: Index) -> Iterator[Finding]:
    """Yield a finding for each patch of a name in a module that only passes it on.

    Such a patch changes what nobody looks up: the module's own code does not read the name, no
    other code takes it from there after its import.

    Args:
        file:  the file that patches.
        index: the project's modules.
    """
    if not file.may_refer:
        return
    paths = (index.identity(file, quoted) for quoted in file.quoted_paths)
    if not file.may_compose_paths and not any(map(index.tree.is_first_party, paths)):
        return
    for reference in (*file.expressions.references, *file.expressions.inferred):
        if reference.referrer.replaces:
            path = index.identity(file, reference.target)
            module, parts = index.derived(Attributes).split(path)
            if len(parts) == 1 and _is_passed_on(module, parts[0], index):
                yield _finding(reference, file, module, parts[0], index)


def _is_passed_on(module: str, name: str, index: Index) -> bool:
    """Return whether a first-party module has a name only for others to import."""
    file = index.file(module) if index.tree.is_first_party(module) else None
    if file is None or index.derived(Presence).name(module, name) is not State.THERE:
        return False
    bindings = file.bindings
    is_own = name in bindings.definitions or name in bindings.aliases
    if is_own or bindings.openness.has_open_names or name in bindings.openness.names:
        return False
    definitions = index.definitions(module, name)
    is_elsewhere = all(item.name is not None and item.module != module for item in definitions)
    if not definitions or not is_elsewhere:
        return False
    return not index.derived(Lookups).is_looked_up(module, name)


def _finding(
    reference: Reference, file: SourceFile, module: str, name: str, index: Index
) -> Finding:
    written, _, _ = reference.target.rpartition(".")
    fact = f"'{reference.target}' is only passed on by '{written}', and nothing looks it up there"
    return Finding(
        code=Code.IDLE_PATCH,
        span=reference.span,
        line=reference.line,
        module=written,
        name=name,
        target=reference.target,
        message=f"{fact}; {_remedy(file, module, name, index)}",
    )


def _remedy(file: SourceFile, module: str, name: str, index: Index) -> str:
    readers = _nearest(file, module, index.derived(Lookups).readers(module, name), index)
    if readers:
        return f"patch {' or '.join(readers)}, where it is looked up"
    definitions = sorted(item.path for item in index.definitions(module, name))
    return f"patch '{definitions[0]}', where it is defined"


def _nearest(
    file: SourceFile, module: str, readers: Sequence[tuple[str, str]], index: Index
) -> Sequence[str]:
    """Return the paths, in quotes, that the file most likely means to patch."""
    asked = index.asked(file)
    imported = {item.module for item in asked} | {item.path for item in asked}

    def distance(reader: tuple[str, str]) -> tuple[bool, int, str]:
        return reader[0] not in imported, -_kinship(module, reader[0]), reader[0]

    nearest = sorted(readers, key=distance)
    wanted = [item for item in nearest if item[0] in imported] or nearest
    return [f"'{reader}.{local}'" for reader, local in wanted[:_MOST_NAMED]]


def _kinship(module: str, other: str) -> int:
    """Return how many packages two modules have in common."""
    both = zip(module.split("."), other.split("."), strict=False)
    return len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], both)))
