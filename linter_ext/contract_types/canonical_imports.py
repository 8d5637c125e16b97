"""`canonical_imports` for lint-imports."""

from linter_ext.contract_types.base import SourceContract
from linter_ext.rules.canonical_imports import CanonicalImports


class CanonicalImportsContract(CanonicalImports, SourceContract):
    """The contract type `canonical_imports`; its options are those of `CanonicalImports`."""
