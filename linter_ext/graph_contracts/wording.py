"""What is said of an import that breaks a contract of import-linter's own types."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from linter_ext.codes import Code
from linter_ext.graph_contracts.breaches import Breach

_DIRECT = 2
_REMEDIES: Mapping[Code, str] = {
    Code.FORBIDDEN: "remove the import",
    Code.LAYERS: "move the code to a lower layer, or hand the value in from above",
    Code.INDEPENDENCE: "move what both need into a third module",
    Code.PROTECTED: "import what its allowed importers offer instead",
}
_LONGEST = 6
"""So many modules of a chain are shown in full; of a longer one, both ends."""


def import_message(breach: Breach, importer: str, imported: str) -> str:
    """Return what is said of one import of a chain: fact, then remedy."""
    fact = f"'{importer}' imports '{imported}'"
    if breach.code is Code.ACYCLIC_SIBLINGS:
        circle = f"'{breach.importer}' has children that import each other in a circle"
        return f"{fact}, by which {circle}; move what is shared into one of them, or into a third"
    if breach.code is Code.PROTECTED:
        return f"{fact}, and '{breach.imported}' is protected from it; {_REMEDIES[breach.code]}"
    rule = f"'{breach.importer}' is not allowed to import '{breach.imported}'"
    if len(breach.chain) == _DIRECT:
        is_whole = (importer, imported) == (breach.importer, breach.imported)
        told = rule if is_whole else f"{fact}, and {rule}"
        return f"{told}; {_REMEDIES[breach.code]}"
    return f"{fact}, a link of {_told(breach.chain)}, and {rule}; break the chain at one link"


def undeclared_message(module: str) -> str:
    """Return what is said of a module that no layer names."""
    return f"'{module}' is in no layer; add it to 'layers' or to 'exhaustive_ignores'"


def broken_message(name: str, type_name: str, identifier: str) -> str:
    """Return what is said of a contract that tells only whether it is kept."""
    remedy = f"'lint-imports --contract {identifier}' tells more"
    return f"contract '{name}' of type '{type_name}' is broken; {remedy}"


def _told(chain: tuple[str, ...]) -> str:
    if len(chain) <= _LONGEST:
        return " -> ".join(chain)
    half = _LONGEST // 2
    head = itertools.islice(chain, half)
    return " -> ".join((*head, f"({len(chain) - 2 * half} more)", *chain[-half:]))
