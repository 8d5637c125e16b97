"""A case: a small project, one contract, and the whole output that every front end must give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from linter_ext import contract_types

_TYPES = "\n".join(
    f"    {kind.type_name}: linter_ext.contract_types.{kind.__name__}"
    for kind in contract_types.ALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """One contract of a configuration.

    Attributes:
        type:    its type, as the configuration has it.
        options: its option lines, as in an INI file.
    """

    type: str
    options: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One project under one contract, or more.

    Attributes:
        files:    path → text; `app/__init__.py` is added, because lint-imports wants a package.
        options:  the contract's option lines, as in an INI file.
        expected: the violations, each as `path:line:column: CODE message`, in any order.
        session:  further lines for the `[importlinter]` section.
        packages: the root packages.
        layout:   the folder that holds them, `src/` for instance.
        further:  more contracts.
    """

    files: Mapping[str, str]
    options: str = ""
    expected: tuple[str, ...] = ()
    session: str = ""
    packages: tuple[str, ...] = field(default=("app",))
    layout: str = ""
    further: tuple[Contract, ...] = ()

    def project(self, contract_type: str) -> dict[str, str]:
        """Return every file of the project, its configuration included."""
        packages = {
            f"{self.layout}{package.replace('.', '/')}/__init__.py": "" for package in self.packages
        }
        contracts = (Contract(type=contract_type, options=self.options), *self.further)
        return {
            **packages,
            **self.files,
            ".importlinter": configuration(*contracts, session=self.session, roots=self.packages),
        }


def configuration(
    *contracts: Contract, session: str = "", roots: tuple[str, ...] = ("app",)
) -> str:
    """Return an INI configuration; the contracts' ids are `rule1`, `rule2`, …"""
    names = "\n".join(f"    {package}" for package in roots)
    sections = "".join(
        f"\n[importlinter:contract:rule{number}]\nname = Rule {number}\n"
        f"type = {contract.type}\n{contract.options}\n"
        for number, contract in enumerate(contracts, start=1)
    )
    return (
        f"[importlinter]\nroot_packages =\n{names}\ncontract_types =\n{_TYPES}\n{session}\n"
        f"{sections}"
    )


def lines(option: str, *values: str) -> str:
    """Return an option that holds several lines."""
    return "\n    ".join((f"{option} =", *values))
