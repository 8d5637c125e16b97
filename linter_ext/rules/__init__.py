"""What contracts say: one file for each type, judged from source text, without import-linter.

The name of a type tells the rest: `absolute_imports` is the class `AbsoluteImports` in
`linter_ext.rules.absolute_imports`, which `linter_ext.contract_types.AbsoluteImportsContract`
offers to import-linter. Only the types that a configuration uses are imported.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linter_ext.rules.base import SourceRule

TYPE_NAMES = (
    "absolute_imports",
    "deprecated_imports",
    "canonical_imports",
    "resolvable_imports",
    "acyclic_imports",
)
"""The contract types, in the order of our documents."""


def rule_type(type_name: str) -> type[SourceRule]:
    """Return the class behind a contract type of ours."""
    module = importlib.import_module(f"{__name__}.{type_name}")
    found: type[SourceRule] = getattr(module, _class_name(type_name))
    return found


def contract_class_name(type_name: str) -> str:
    """Return the name of the class that import-linter knows a contract type by."""
    return f"{_class_name(type_name)}Contract"


def _class_name(type_name: str) -> str:
    return "".join(part.capitalize() for part in type_name.split("_"))
