"""Our contract types, as import-linter's `contract_types` option names them.

`linter_ext.rules` says what they mean; these classes run them under lint-imports.
"""

from linter_ext.contract_types.absolute_imports import AbsoluteImportsContract
from linter_ext.contract_types.acyclic_imports import AcyclicImportsContract
from linter_ext.contract_types.base import SourceContract
from linter_ext.contract_types.canonical_imports import CanonicalImportsContract
from linter_ext.contract_types.deprecated_imports import DeprecatedImportsContract
from linter_ext.contract_types.resolvable_imports import ResolvableImportsContract

ALL: tuple[type[SourceContract], ...] = (
    AbsoluteImportsContract,
    DeprecatedImportsContract,
    CanonicalImportsContract,
    ResolvableImportsContract,
    AcyclicImportsContract,
)

__all__ = [
    "ALL",
    "AbsoluteImportsContract",
    "AcyclicImportsContract",
    "CanonicalImportsContract",
    "DeprecatedImportsContract",
    "ResolvableImportsContract",
    "SourceContract",
]
