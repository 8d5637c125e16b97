"""`acyclic_imports` for lint-imports."""

from linter_ext.contract_types.base import SourceContract
from linter_ext.rules.acyclic_imports import AcyclicImports


class AcyclicImportsContract(AcyclicImports, SourceContract):
    """The contract type `acyclic_imports`; its options are those of `AcyclicImports`."""
