"""Configurations with one contract, as INI and as TOML."""

from __future__ import annotations

from collections.abc import Iterable

from linter_ext import contract_types

ABSOLUTE = "absolute_imports"
DEPRECATED = "deprecated_imports"
CANONICAL = "canonical_imports"
TYPES = {
    kind.type_name: f"{kind.type_name}: linter_ext.contract_types.{kind.__name__}"
    for kind in contract_types.ALL
}
MOVED = "deprecated = app.old => app.new"
"""The options of a `deprecated_imports` contract that most tests take."""


def session(*lines: str, types: Iterable[str] = TYPES.values(), package: str = "app") -> str:
    """Return the INI section `[importlinter]`."""
    registered = "".join(f"    {line}\n" for line in types)
    further = "".join(f"{line}\n" for line in lines)
    return (
        f"[importlinter]\nroot_packages =\n    {package}\ncontract_types =\n{registered}{further}\n"
    )


def contract(kind: str, options: str = "", *, name: str = "rule") -> str:
    """Return the INI section of a contract; its id is its name in lower case."""
    return (
        f"[importlinter:contract:{name}]\nname = {name.capitalize()}\ntype = {kind}\n{options}\n\n"
    )


def ini(kind: str, options: str = "", *lines: str, package: str = "app") -> str:
    """Return an INI file with one contract, whose id is `rule`.

    Args:
        kind:    the contract's type.
        options: its option lines.
        lines:   further lines of the session.
        package: the root package.
    """
    return session(*lines, package=package) + contract(kind, options)


def toml(kind: str, options: str = "", further: str = "") -> str:
    """Return the same as TOML."""
    types = ", ".join(f'"{line}"' for line in TYPES.values())
    return (
        f'[tool.importlinter]\nroot_packages = ["app"]\ncontract_types = [{types}]\n{further}\n'
        f'[[tool.importlinter.contracts]]\nid = "rule"\nname = "Rule"\ntype = "{kind}"\n{options}\n'
    )
