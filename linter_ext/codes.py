"""The codes a violation can carry, with the sentence that names each."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """A violation code. flake8 selects, ignores and suppresses by it."""

    CONFIGURATION = "IMC000"
    UNREADABLE = "IMC001"
    BASELINE = "IMC002"
    UNUSED_NOQA = "IMC003"
    RELATIVE_IMPORT = "IMC101"
    DEPRECATED_MODULE = "IMC201"
    DEPRECATED_NAME = "IMC202"
    DEPRECATED_REFERENCE = "IMC203"
    OVERDUE = "IMC204"
    NOT_CANONICAL = "IMC301"
    OUTSIDE_GATEWAY = "IMC302"
    REFERENCE_NOT_CANONICAL = "IMC303"
    NO_MODULE = "IMC401"
    NO_NAME = "IMC402"
    NO_PACKAGE = "IMC403"
    DEAD_REFERENCE = "IMC404"
    FALLBACK = "IMC405"
    NOT_INSTALLED = "IMC406"
    IDLE_PATCH = "IMC407"
    CYCLE = "IMC501"
    OTHER_CONTRACT = "IMC600"
    FORBIDDEN = "IMC601"
    LAYERS = "IMC602"
    INDEPENDENCE = "IMC603"
    PROTECTED = "IMC604"
    ACYCLIC_SIBLINGS = "IMC605"

    @property
    def summary(self) -> str:
        """Return what the code means, in a few words."""
        return _SUMMARIES[self]

    @property
    def is_final(self) -> bool:
        """Whether no comment, ignored import, baseline or number that is allowed counts."""
        return self is Code.OVERDUE

    @property
    def is_of_contracts(self) -> bool:
        """Whether contracts give it; others are about the files and the configuration itself."""
        return self >= Code.RELATIVE_IMPORT


def codes_of(contract_type: str) -> frozenset[Code]:
    """Return the codes that contracts of a type can give; the type is named as in our documents.

    All types of other packages have one code.
    """
    return _OF_TYPES.get(contract_type, frozenset({Code.OTHER_CONTRACT}))


_SUMMARIES = {
    Code.CONFIGURATION: "the configuration cannot be used",
    Code.UNREADABLE: "file cannot be read or parsed",
    Code.BASELINE: "baseline that is out of date, or over its budget",
    Code.UNUSED_NOQA: "noqa comment for a code of ours that hides nothing",
    Code.RELATIVE_IMPORT: "relative import",
    Code.DEPRECATED_MODULE: "import of a deprecated module",
    Code.DEPRECATED_NAME: "import of a deprecated name",
    Code.DEPRECATED_REFERENCE: "reference to a deprecated path in a string",
    Code.OVERDUE: "use of a deprecated path past its last day",
    Code.NOT_CANONICAL: "name not imported from its canonical module",
    Code.OUTSIDE_GATEWAY: "outside dependency used outside its gateway",
    Code.REFERENCE_NOT_CANONICAL: "reference in a string past the canonical module or gateway",
    Code.NO_MODULE: "import of a module that does not exist",
    Code.NO_NAME: "import of a name that its module does not have",
    Code.NO_PACKAGE: "import of a submodule of what is a file",
    Code.DEAD_REFERENCE: "reference in a string to what does not exist",
    Code.FALLBACK: "first-party import behind a fallback",
    Code.NOT_INSTALLED: "import of a package that is not installed",
    Code.IDLE_PATCH: "patch of a name that nothing looks up there",
    Code.CYCLE: "import-time cycle",
    Code.OTHER_CONTRACT: "contract of another package's type is broken",
    Code.FORBIDDEN: "import that a forbidden contract forbids",
    Code.LAYERS: "import against the order of layers",
    Code.INDEPENDENCE: "import between modules that are to be independent",
    Code.PROTECTED: "import of a protected module",
    Code.ACYCLIC_SIBLINGS: "import that closes a circle of siblings",
}

_OF_TYPES = {
    "absolute_imports": frozenset({Code.RELATIVE_IMPORT}),
    "deprecated_imports": frozenset(
        {Code.DEPRECATED_MODULE, Code.DEPRECATED_NAME, Code.DEPRECATED_REFERENCE, Code.OVERDUE}
    ),
    "canonical_imports": frozenset(
        {Code.NOT_CANONICAL, Code.OUTSIDE_GATEWAY, Code.REFERENCE_NOT_CANONICAL}
    ),
    "resolvable_imports": frozenset(
        {
            Code.NO_MODULE,
            Code.NO_NAME,
            Code.NO_PACKAGE,
            Code.DEAD_REFERENCE,
            Code.FALLBACK,
            Code.NOT_INSTALLED,
            Code.IDLE_PATCH,
        }
    ),
    "acyclic_imports": frozenset({Code.CYCLE}),
    "forbidden": frozenset({Code.FORBIDDEN}),
    "layers": frozenset({Code.LAYERS}),
    "independence": frozenset({Code.INDEPENDENCE}),
    "protected": frozenset({Code.PROTECTED}),
    "acyclic_siblings": frozenset({Code.ACYCLIC_SIBLINGS}),
}
