"""Configuration → contracts, by import-linter's own reader; every mistake in one go."""

from __future__ import annotations

import configparser
import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from importlinter import api
from importlinter.domain.contract import InvalidContractOptions

from linter_ext import contract_types
from linter_ext.configuration_file import ConfigurationFile
from linter_ext.contract_types.base import PROJECT_KEY, InvalidOptions, SourceContract
from linter_ext.errors import ConfigurationError, Problem
from linter_ext.project import Project, as_list, open_project, survey_project

_OUR_MODULE = "linter_ext.contract_types"
_THEIR_TYPES = frozenset({"forbidden", "layers", "independence", "protected", "acyclic_siblings"})
_SESSION_OPTIONS = (
    "cache_dir",
    "contract_types",
    "exclude_type_checking_imports",
    "include_external_packages",
    "root_package",
    "root_packages",
    "show_timings",
    "source_paths",
)
_UNRECOGNIZED = "Unrecognized option."


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a run works with.

    Attributes:
        project:   the project.
        contracts: the contracts of our types, in the order of the configuration.
        others:    how many contracts of other types the configuration holds.
    """

    project: Project
    contracts: tuple[SourceContract, ...]
    others: int


def load(file: ConfigurationFile, only: Sequence[str] = ()) -> Configuration:
    """Return the contracts in a configuration file.

    Args:
        file: the file.
        only: ids of contracts; none means all.

    Raises:
        ConfigurationError: with every mistake found, each naming the file.
    """
    session, contracts_options = _read(file)
    try:
        project = open_project(file.root, session)
    except ConfigurationError as error:
        raise _in_file(file, error.problems) from error
    session = {**session, PROJECT_KEY: project}
    contracts, problems = [], list(_misspelt_session_options(session))
    types = dict(_registered_types(session, problems))
    others = 0
    for options in _selected(contracts_options, only, problems):
        made = _make(options, session, types)
        match made:
            case SourceContract():
                contracts.append(made)
            case None:
                others += 1
            case _:
                problems.extend(made)
    if problems:
        raise _in_file(file, problems)
    return Configuration(project, tuple(contracts), others)


def default_configuration(root: Path) -> Configuration:
    """Return what is checked in a folder without configuration.

    No relative imports, and nothing that the code itself declares deprecated.
    """
    project = survey_project(root)
    session: dict[str, object] = {PROJECT_KEY: project}
    absolute = contract_types.AbsoluteImportsContract(
        name="No relative imports",
        session_options=session,
        contract_options={"id": "absolute_imports", "type": "absolute_imports"},
    )
    deprecated = contract_types.DeprecatedImportsContract(
        name="No imports of what the code declares deprecated",
        session_options=session,
        contract_options={
            "id": "deprecated_imports",
            "type": "deprecated_imports",
            "detect": ["modules", "names"],
        },
    )
    return Configuration(project, (absolute, deprecated), 0)


def _read(file: ConfigurationFile) -> tuple[dict[str, object], list[dict[str, object]]]:
    """Return the session options and the contracts' options, as import-linter reads them."""
    try:
        read = api.read_configuration(str(file.path))
    except (configparser.Error, tomllib.TOMLDecodeError) as error:
        raise _in_file(file, [_malformed(error)]) from error
    except UnicodeDecodeError as error:
        problem = Problem(fact="the file is not UTF-8", remedy="save it as UTF-8")
        raise _in_file(file, [problem]) from error
    except FileNotFoundError as error:
        fact, remedy = "the file has no import-linter section", "add '[importlinter]' to it"
        if file.path.suffix == ".toml":
            remedy = "add '[tool.importlinter]' to it"
        raise _in_file(file, [Problem(fact=fact, remedy=remedy)]) from error
    except KeyError as error:
        fact, remedy = "no root package is given", "add 'root_packages' with your packages' names"
        raise _in_file(file, [Problem(fact=fact, remedy=remedy, key="importlinter")]) from error
    except (AttributeError, TypeError) as error:
        fact = "the import-linter section is not a table of options"
        remedy = "write '[tool.importlinter]' and '[[tool.importlinter.contracts]]'"
        raise _in_file(file, [Problem(fact=fact, remedy=remedy)]) from error
    return read["session_options"], read["contracts_options"]


def _malformed(error: configparser.Error | tomllib.TOMLDecodeError) -> Problem:
    text = " ".join(str(error).split())
    line = re.search(r"\bline[: ]+(\d+)", text)
    text = re.sub(r"^While reading from .*?\[line +\d+\]: |^File contains ", "", text)
    return Problem(
        fact=f"the file cannot be parsed: {text[:1].lower()}{text[1:].rstrip('.')}",
        remedy="mend the syntax",
        line=int(line[1]) if line else None,
    )


def _in_file(file: ConfigurationFile, problems: Iterable[Problem]) -> ConfigurationError:
    return ConfigurationError(
        problem if problem.file else replace(problem, file=file.name) for problem in problems
    )


def _misspelt_session_options(session: Mapping[str, object]) -> Iterator[Problem]:
    """Yield our own session option where it is misspelt; import-linter ignores unknown ones."""
    for key in session.keys() - {*_SESSION_OPTIONS, PROJECT_KEY}:
        if difflib.get_close_matches(key, ["source_paths"]):
            fact, remedy = f"unknown option '{key}'", "did you mean 'source_paths'?"
            yield Problem(fact=fact, remedy=remedy, key="importlinter")


def _registered_types(
    session: Mapping[str, object], problems: list[Problem]
) -> Iterator[tuple[str, type[SourceContract] | None]]:
    """Yield the contract types the configuration registers; None for those of others."""
    yield from ((name, None) for name in _THEIR_TYPES)
    ours = {kind.__name__: kind for kind in contract_types.ALL}
    for line in as_list(session.get("contract_types")):
        name, _, path = (part.strip() for part in line.partition(":"))
        module, _, class_name = path.rpartition(".")
        if not name or not module:
            fact = f"'{line}' is not a contract type"
            remedy = "write 'name: package.module.ContractClass'"
            problems.append(Problem(fact=fact, remedy=remedy, key="contract_types"))
        elif module != _OUR_MODULE:
            yield name, None
        elif class_name in ours:
            yield name, ours[class_name]
        else:
            fact = f"'{_OUR_MODULE}' has no contract type '{class_name}'"
            problems.append(
                Problem(fact=fact, remedy=_choose(class_name, sorted(ours)), key="contract_types")
            )


def _selected(
    contracts: Sequence[dict[str, object]], only: Sequence[str], problems: list[Problem]
) -> list[dict[str, object]]:
    """Return the contracts to check; note ids that do not exist, and a want of contracts."""
    if not contracts:
        remedy = "add '[importlinter:contract:<id>]' or '[[tool.importlinter.contracts]]'"
        problems.append(Problem(fact="there is no contract", remedy=remedy))
    ids = [str(options.get("id", options.get("name"))) for options in contracts]
    for wanted in only:
        if wanted not in ids:
            fact = f"there is no contract '{wanted}'"
            problems.append(Problem(fact=fact, remedy=_choose(wanted, ids)))
    return [
        options
        for options, identifier in zip(contracts, ids, strict=True)
        if not only or identifier in only
    ]


def _make(
    options: dict[str, object],
    session: dict[str, object],
    types: Mapping[str, type[SourceContract] | None],
) -> SourceContract | None | list[Problem]:
    """Return the contract, None if it is of another's type, or what is wrong with it."""
    key = f"contract '{options.get('id', options.get('name', '?'))}'"
    missing = [name for name in ("name", "type") if not options.get(name)]
    if missing:
        return [
            Problem(fact=f"'{name}' is missing", remedy=f"add '{name}'", key=key)
            for name in missing
        ]
    kind = str(options["type"])
    if kind not in types:
        fact = f"unknown contract type '{kind}'"
        return [Problem(fact=fact, remedy=_type_remedy(kind, types), key=key)]
    contract_type = types[kind]
    if contract_type is None:
        return None
    try:
        return contract_type(str(options["name"]), session, options)
    except InvalidContractOptions as error:
        return [
            replace(problem, key=f"{key}: {problem.key}" if problem.key else key)
            for problem in _option_problems(error, options)
        ]


def _option_problems(
    error: InvalidContractOptions, options: Mapping[str, object]
) -> Iterator[Problem]:
    if isinstance(error, InvalidOptions):
        yield from error.problems
        return
    for key, messages in error.errors.items():
        for message in messages.split("\n"):
            fact, _, remedy = message.partition("; ")
            if message.startswith(_UNRECOGNIZED):
                fact = "unknown option"
                remedy = message.removeprefix(_UNRECOGNIZED).strip()
                remedy = (
                    f"d{remedy[1:]}" if remedy else "remove it, or see the README for the options"
                )
            yield Problem(fact=fact, remedy=remedy or "correct it", key=key)


def _type_remedy(kind: str, types: Mapping[str, object]) -> str:
    for ours in contract_types.ALL:
        if kind == ours.type_name:
            line = f"{kind}: {_OUR_MODULE}.{ours.__name__}"
            return f"register it with the line '{line}' in 'contract_types'"
    return _choose(kind, sorted(types))


def _choose(wrong: str, choices: Sequence[str]) -> str:
    close = difflib.get_close_matches(wrong, choices, n=1)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"choose one of: {', '.join(choices)}" if choices else "remove it"
