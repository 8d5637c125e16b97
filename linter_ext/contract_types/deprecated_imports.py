"""`deprecated_imports` for lint-imports."""

from linter_ext.contract_types.base import SourceContract
from linter_ext.rules.deprecated_imports import DeprecatedImports


class DeprecatedImportsContract(DeprecatedImports, SourceContract):
    """The contract type `deprecated_imports`; its options are those of `DeprecatedImports`."""
