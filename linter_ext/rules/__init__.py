"""What contracts say: one file for each type, judged from source text, without import-linter.

The name of a type tells the rest: `absolute_imports` is the class `AbsoluteImports` in
`linter_ext.rules.absolute_imports`, which `linter_ext.contract_types.AbsoluteImportsContract`
offers to import-linter. Only the types that a configuration uses are imported.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linter_ext.rules.base import SourceRule

# Rules that still stand in contract_types, until they have moved here.
_TO_COME = tuple(
    name
    for name in ("resolvable_imports", "acyclic_imports")
    if (Path(__file__).parents[1] / "contract_types" / f"{name}.py").exists()
)
TYPE_NAMES = ("absolute_imports", "deprecated_imports", "canonical_imports", *_TO_COME)
"""The contract types, in the order of our documents."""


def rule_type(type_name: str) -> type[SourceRule]:
    """Return the class behind a contract type of ours."""
    is_here = type_name not in _TO_COME
    place, name = __name__, _class_name(type_name)
    if not is_here:
        place, name = "linter_ext.contract_types", contract_class_name(type_name)
    found: type[SourceRule] = getattr(importlib.import_module(f"{place}.{type_name}"), name)
    return found


def contract_class_name(type_name: str) -> str:
    """Return the name of the class that import-linter knows a contract type by."""
    return f"{_class_name(type_name)}Contract"


def _class_name(type_name: str) -> str:
    return "".join(part.capitalize() for part in type_name.split("_"))
