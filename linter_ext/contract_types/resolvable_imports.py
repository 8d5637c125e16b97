"""`resolvable_imports` for lint-imports."""

from linter_ext.contract_types.base import SourceContract
from linter_ext.rules.resolvable_imports import ResolvableImports


class ResolvableImportsContract(ResolvableImports, SourceContract):
    """The contract type `resolvable_imports`; its options are those of `ResolvableImports`."""
