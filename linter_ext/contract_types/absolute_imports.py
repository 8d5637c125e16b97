"""`absolute_imports` for lint-imports."""

from linter_ext.contract_types.base import SourceContract
from linter_ext.rules.absolute_imports import AbsoluteImports


class AbsoluteImportsContract(AbsoluteImports, SourceContract):
    """The contract type `absolute_imports`; its options are those of `AbsoluteImports`."""
