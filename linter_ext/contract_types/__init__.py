"""Our contract types, as import-linter's `contract_types` option names them."""

from linter_ext.contract_types.absolute_imports import AbsoluteImportsContract
from linter_ext.contract_types.base import SourceContract
from linter_ext.contract_types.canonical_imports import CanonicalImportsContract
from linter_ext.contract_types.deprecated_imports import DeprecatedImportsContract
from linter_ext.contract_types.resolvable_imports import ResolvableImportsContract

ALL: tuple[type[SourceContract], ...] = (
    AbsoluteImportsContract,
    DeprecatedImportsContract,
    CanonicalImportsContract,
    ResolvableImportsContract,
)

__all__ = [
    "ALL",
    "AbsoluteImportsContract",
    "CanonicalImportsContract",
    "DeprecatedImportsContract",
    "ResolvableImportsContract",
    "SourceContract",
]
