"""A survey → the text of the first configuration, with what each part of it is for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter_ext.baseline import DEFAULT_FILE
from linter_ext.initialising.survey import Survey
from linter_ext.tables.moves import Move

CONFIGURATION = ".importlinter"
MOVES = "contracts/moves.toml"
BASELINE = DEFAULT_FILE

TYPES = (
    "absolute_imports",
    "deprecated_imports",
    "canonical_imports",
    "resolvable_imports",
    "acyclic_imports",
)
_EXAMPLE = "app"
_HEAD = """\
# Rules for imports: a beginning, written by 'linter-ext init'. Change what you like.
# 'linter-ext check', 'lint-imports' and flake8 read this file. 'linter-ext explain IMC101' says
# what a code means, and how to mend it; 'linter-ext files' lists what is checked.
"""
_STAND_IN = """\
# lint-imports needs a root package, and here is none for it: a single module is no package, and a
# file that does not parse stops it. The folder of the tables stands in for one; what is checked
# is named under source_paths.
"""
_PACKAGES = """\
# The packages that are checked.
"""
_PATHS = """\
# Python outside of packages: folders and files. What is in neither list is not checked.
"""
_LEFT_OUT = """\
# What is not checked of that, because it cannot be read as Python.
"""
_KNOWN = """\
# Violations that were there already. They are left alone, new ones fail. Whoever mends some takes
# them out with 'linter-ext baseline prune'.
"""
_ABSOLUTE = """\
Imports name their module in full: 'from {package}.a import b', not 'from .a import b' (IMC101).
"""
_ALL = """\
'ban = parents' would allow one leading dot.
"""
_PARENTS = """\
One leading dot is allowed, as in {file}; take 'ban' out to forbid that too.
"""
_MOVED = """\
Nothing is imported from where it is no longer to come from (IMC201 to IMC203). 'detect' finds
what the code itself declares deprecated: modules that warn when they are imported, names under
'@deprecated'.
"""
_NO_MOVES = """\
Add what you move, so that nobody brings the old path back:

    deprecated =
        {package}.old => {package}.new
"""
_MOVES = """\
Add what you move to the table, so that nobody brings the old path back.
"""
_CANONICAL = """\
A name is imported from its one home (IMC301), a dependency used behind its one gateway (IMC302).
Add 'canonical' for names, such as 'Client => {package}.client', and 'gateways' for dependencies,
such as 'requests => {package}.http'.
"""
_NO_CANONICAL = """\
One more contract, for names that have one home, and dependencies that have one gateway:
{lines}"""
_CANONICAL_NAME = "One home for each name, one gateway for each dependency"
_RESOLVABLE = """\
What is imported exists, and so does what a string names in 'patch("...")' and the like (IMC401
to IMC405). 'third_party = installed' would look for packages from outside as well, in the
environment that linter-ext runs in; it is not there in a fresh checkout.
"""
_ACYCLIC = """\
No module waits for itself while it is imported (IMC501). Imports in functions do not count.
"""


class Contract(NamedTuple):
    """A contract to be written.

    Attributes:
        identifier: its id.
        name:       what holds, in a few words.
        type:       the name of its type.
        comment:    what it is for, in lines.
        options:    its options, each with its values; one value, if it is no list.
    """

    identifier: str
    name: str
    type: str
    comment: str
    options: tuple[tuple[str, str | tuple[str, ...]], ...] = ()


def contracts(survey: Survey) -> tuple[Contract, ...]:
    """Return the contracts that fit a repository."""
    package = _package(survey)
    found = [
        _absolute(survey, package),
        _moved(survey, package),
        _canonical(survey, package),
        _resolvable(survey),
        Contract("acyclic", "No import cycles", "acyclic_imports", _ACYCLIC),
    ]
    return tuple(contract for contract in found if contract is not None)


def configuration(survey: Survey, known: int) -> str:
    """Return the text of the configuration, as INI.

    Args:
        survey: the repository.
        known:  how many violations the baseline knows.
    """
    found = contracts(survey)
    parts = [
        f"{_HEAD}\n[importlinter]\n{''.join(_session(survey, known))}",
        *map(ini_contract, found),
    ]
    if not any(contract.identifier == "canonical" for contract in found):
        parts.append(_canonical_example(_package(survey)))
    return "\n".join(parts)


def moves_table(survey: Survey) -> str:
    """Return the text of the table of converted moves."""
    files = " and ".join(sorted({ban.file for ban in survey.bans.paths}))
    head = (
        f"# Old paths, and what to use instead; converted from {files}.\n"
        "# An entry covers what lies under 'old'. Leave 'new' out where there is no replacement.\n"
    )
    return "\n".join([head, *map(_move, survey.conversion.moves)])


def ini_contract(contract: Contract) -> str:
    """Return the section of a contract."""
    return (
        f"{_comment(contract.comment)}[importlinter:contract:{contract.identifier}]\n"
        f"name = {contract.name}\ntype = {contract.type}\n"
        + "".join(_ini(option, value) for option, value in contract.options)
    )


def toml_contract(contract: Contract) -> str:
    """Return the table of a contract."""
    lines = [
        ("id", contract.identifier),
        ("name", contract.name),
        ("type", contract.type),
        *contract.options,
    ]
    text = "".join(f"{key} = {_toml(value)}\n" for key, value in lines)
    return f"{_comment(contract.comment)}[[tool.importlinter.contracts]]\n{text}"


def type_line(kind: str) -> str:
    """Return the line that registers a contract type of ours."""
    name = "".join(word.capitalize() for word in kind.split("_"))
    return f"{kind}: linter_ext.contract_types.{name}Contract"


def _package(survey: Survey) -> str:
    """Return the package that examples are about."""
    return _EXAMPLE if survey.has_stand_in else survey.root_packages[0]


def _session(survey: Survey, known: int) -> Iterator[str]:
    yield _STAND_IN if survey.has_stand_in else _PACKAGES
    yield _ini("root_packages", survey.root_packages)
    if survey.layout.source_paths or survey.left_out:
        yield _PATHS
        yield _ini("source_paths", survey.layout.source_paths)
    if survey.layout.left_out_paths:
        yield _LEFT_OUT
        yield _ini("left_out_paths", survey.layout.left_out_paths)
    yield _ini("contract_types", tuple(map(type_line, TYPES)))
    if known:
        yield f"{_KNOWN}baseline = {BASELINE}\n"


def _absolute(survey: Survey, package: str) -> Contract:
    comment = _ABSOLUTE.format(package=package)
    if survey.bans.relative == "parents":
        told = _PARENTS.format(file=survey.bans.relative_file)
        name, options = "No imports from parent packages", (("ban", "parents"),)
        return Contract("absolute", name, "absolute_imports", comment + told, options)
    return Contract("absolute", "Absolute imports only", "absolute_imports", comment + _ALL)


def _moved(survey: Survey, package: str) -> Contract:
    tables = _tables(survey)
    comment = _MOVED + (_MOVES if tables else _NO_MOVES.format(package=package))
    options = [("moves", tables)] if tables else []
    return Contract(
        "moved",
        "Nothing from old paths",
        "deprecated_imports",
        comment,
        (*options, ("detect", ("modules", "names"))),
    )


def _resolvable(survey: Survey) -> Contract:
    tables = _tables(survey)
    options = (("moves", tables),) if tables else ()
    name = "Every import resolves"
    return Contract("resolvable", name, "resolvable_imports", _RESOLVABLE, options)


def _tables(survey: Survey) -> tuple[str, ...]:
    """Return the files of moves."""
    return (*survey.tables.moves, *([MOVES] if survey.conversion.moves else []))


def _canonical(survey: Survey, package: str) -> Contract | None:
    """Return the contract, if there is something that it could be about."""
    gateways = tuple(f"{item.dependency} => {item.module}" for item in survey.conversion.gateways)
    found = (("gateways", gateways), ("registry", survey.tables.registries))
    options = tuple((option, values) for option, values in found if values)
    if not options:
        return None
    comment = _CANONICAL.format(package=package)
    return Contract("canonical", _CANONICAL_NAME, "canonical_imports", comment, options)


def _canonical_example(package: str) -> str:
    """Return the contract in a comment, for those who have nothing for it yet."""
    names = ((f"Client => {package}.client",), (f"requests => {package}.http",))
    options = tuple(zip(("canonical", "gateways"), names, strict=True))
    contract = Contract("canonical", _CANONICAL_NAME, "canonical_imports", "", options)
    lines = "".join(f"    {line}\n" for line in ini_contract(contract).splitlines())
    return _comment(_NO_CANONICAL.format(lines=f"\n{lines}"))


def _comment(text: str) -> str:
    return "".join(f"# {line}".rstrip() + "\n" for line in text.splitlines())


def _ini(option: str, value: str | Sequence[str]) -> str:
    if isinstance(value, str):
        return f"{option} = {_escaped(value)}\n"
    return f"{option} =\n" + "".join(f"    {_escaped(item)}\n" for item in value)


def _escaped(value: str) -> str:
    return value.replace("%", "%%")  # It begins a substitution.


def _toml(value: str | Iterable[str]) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return f"[{', '.join(map(_toml, value))}]"


def _move(move: Move) -> str:
    entry = (("old", move.old), ("new", move.new), ("reason", move.reason))
    lines = (f"{key} = {_toml(value)}\n" for key, value in entry if value is not None)
    return f"[[moves]]\n{''.join(lines)}"
