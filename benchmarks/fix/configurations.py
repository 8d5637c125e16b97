"""The configurations that the trees are checked with."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.fix.code import Checkout

_CLASSES = {
    "absolute_imports": "AbsoluteImportsContract",
    "canonical_imports": "CanonicalImportsContract",
    "deprecated_imports": "DeprecatedImportsContract",
}


def write_configuration(checkout: Checkout, kind: str, options: Sequence[str]) -> None:
    """Write a configuration with one contract into a tree, as its only one."""
    project = checkout.project
    lines = ["[importlinter]", "root_packages =", *(f"    {name}" for name in project.packages)]
    if project.outside:
        lines += ["source_paths =", *(f"    {name}" for name in project.outside)]
    lines += ["contract_types =", f"    {kind}: linter_ext.contract_types.{_CLASSES[kind]}", ""]
    lines += ["[importlinter:contract:only]", f"name = {kind}", f"type = {kind}", *options]
    (checkout.root / ".importlinter").write_text("\n".join(lines) + "\n")
