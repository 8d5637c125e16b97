"""Syntax tree → uses of imported names, and strings that the run time imports."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from linter_ext.source.annotations import Forward, read_forward, strings_in, types_in
from linter_ext.source.constant_strings import Constants
from linter_ext.source.facts import Import, Reference, Span, Use
from linter_ext.source.references import (
    Read,
    call_reference,
    may_compose,
    may_refer,
    plugin_references,
)
from linter_ext.source.scopes import Position, Scope
from linter_ext.source.text import SourceText
from linter_ext.source.tree import ModuleName
from linter_ext.source.walk import COMPOSED, LITERAL, Walk


@dataclass(frozen=True, slots=True)
class Expressions:
    """What a file's expressions say.

    Attributes:
        uses:       attribute chains that start at an imported name, in the order of the text.
        references: strings that name a module or an object, in the order of the text.
        inferred:   references whose string stands elsewhere: a bare name that always means it,
                    or one made of the module's own name.
        names:      every plain name the file reads.
    """

    uses: tuple[Use, ...]
    references: tuple[Reference, ...]
    inferred: tuple[Reference, ...]
    names: frozenset[str]


def find_expressions(
    tree: ast.Module,
    imports: Sequence[Import],
    source: SourceText,
    module: ModuleName | None = None,
) -> Expressions:
    """Return the uses and references of the whole file.

    Args:
        tree:    the file's syntax tree.
        imports: its imports.
        source:  its text.
        module:  which module it is; None where nobody knows under what name it runs.
    """
    refers = may_refer(source.text)
    composes = refers and may_compose(source.text)
    walk = Walk(imports, source, COMPOSED if composes else LITERAL)
    walk.run(tree)
    uses = [*_uses(walk, source), *_uses_in_strings(walk, source)]
    constants = Constants(tree, source, module)
    spelt = _references(walk, tree, source, constants, constants.spelt) if refers else []
    known = _references(walk, tree, source, constants, constants.value) if composes else []
    return Expressions(
        uses=tuple(sorted(uses, key=lambda use: _order(use.spans[0]))),
        references=tuple(spelt),
        inferred=tuple(item for item in known if item not in spelt),
        names=frozenset(walk.names),
    )


def _uses(walk: Walk, source: SourceText) -> Iterator[Use]:
    for chain, root, scope in walk.chains:
        imports = scope.imports_of(root.id, (root.lineno, root.col_offset))
        if imports:
            yield _use(imports, chain, source.span)


def _uses_in_strings(walk: Walk, source: SourceText) -> Iterator[Use]:
    for forward, scope, position in _forwards(walk, source):
        nodes = list(ast.walk(forward.tree))
        inner = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
        walk.names.update(node.id for node in nodes if isinstance(node, ast.Name))
        for node in nodes:
            if isinstance(node, ast.Attribute) and id(node) not in inner:
                root = _root(node)
                imports = scope.imports_of(root.id, position) if root is not None else ()
                if imports:
                    yield _use(imports, node, forward.span)


def _forwards(walk: Walk, source: SourceText) -> Iterator[tuple[Forward, Scope, Position]]:
    """Yield each expression in a string, with where the string stands."""
    seen: set[int] = set()
    others = [*(walk.calls if walk.typing else ()), *walk.subscripts]
    inside = [(kind, scope) for node, scope in others for kind in types_in(node, scope)]
    for kind, scope in [*walk.types, *inside]:
        for constant in strings_in(kind, scope):
            if id(constant) not in seen:
                seen.add(id(constant))
                position = constant.lineno, constant.col_offset
                for forward in read_forward(constant, source.span(constant), scope, source):
                    yield forward, scope, position


def _use(
    imports: tuple[Import, ...], chain: ast.Attribute, span_of: Callable[[ast.expr], Span]
) -> Use:
    nodes = [chain]
    while isinstance(inner := nodes[-1].value, ast.Attribute):
        nodes.append(inner)
    nodes.reverse()
    return Use(imports, tuple(node.attr for node in nodes), tuple(map(span_of, nodes)))


def _root(node: ast.expr) -> ast.Name | None:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node if isinstance(node, ast.Name) else None


def _references(
    walk: Walk, tree: ast.Module, source: SourceText, constants: Constants, read: Read
) -> list[Reference]:
    calls = (call_reference(call, scope, source, constants, read) for call, scope in walk.calls)
    found = [item for item in calls if item is not None]
    found += plugin_references(tree, source, read)
    return sorted(found, key=lambda reference: _order(reference.span))


def _order(span: Span) -> tuple[int, int]:
    return span.line, span.column
