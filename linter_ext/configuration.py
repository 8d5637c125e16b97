"""Configuration → contracts, read as import-linter reads it; every mistake in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from linter_ext.codes import Code, codes_of
from linter_ext.configuration_file import ConfigurationFile
from linter_ext.configuration_reader import READ_ERRORS, Options, read_configuration
from linter_ext.errors import ConfigurationError, Problem
from linter_ext.project import Project, not_text, one_text, open_project, survey_project, texts
from linter_ext.rules import TYPE_NAMES, contract_class_name, rule_type
from linter_ext.rules.base import PROJECT_KEY, SourceRule
from linter_ext.spelling import closest

if TYPE_CHECKING:
    from linter_ext.graph_contracts.rule import GraphRule

_CONTRACT_TYPES = "contract_types"
_CLOSE = 0.75
_TYPE_LINES = "lines such as 'name: package.module.Class'"
_OUR_PACKAGE = "linter_ext"
_OUR_MODULE = "linter_ext.contract_types"
_THEIR_TYPES = ("acyclic_siblings", "forbidden", "independence", "layers", "protected")
_MISSING = {
    "name": "add 'name', a few words that say what holds",
    "type": "add 'type', such as 'type = deprecated_imports'",
}

Contract: TypeAlias = "SourceRule | GraphRule"

# By the name a configuration gives a type: our own name of it, import-linter's, or the path of
# another package's class.
_Types = Mapping[str, str]


class Configuration(NamedTuple):
    """What a run works with.

    Attributes:
        project:   the project.
        contracts: the contracts, in the order of the configuration.
        left_out:  the codes that further contracts can give, which were not asked for.
    """

    project: Project
    contracts: tuple[Contract, ...]
    left_out: frozenset[Code] = frozenset()

    def judge_graph(self) -> None:
        """Judge the contracts on the module graph, which is built for it.

        Raises:
            ConfigurationError: with every one that cannot be judged as it is configured.
        """
        problems: list[Problem] = []
        for contract in self.contracts:
            if not isinstance(contract, SourceRule):
                try:
                    _ = contract.judged
                except ConfigurationError as error:
                    problems += _in_contract(f"contract '{contract.identifier}'", error)
        if problems:
            raise ConfigurationError(problems)


def load(file: ConfigurationFile, only: Sequence[str] = ()) -> Configuration:
    """Return the contracts in a configuration file.

    Args:
        file: the file.
        only: ids of contracts; none means all.

    Raises:
        ConfigurationError: with every mistake found, each naming the file.
    """
    session, contracts_options = _read(file)
    project, found = open_project(file.root, session)
    problems = list(found)
    session[PROJECT_KEY] = project
    types = _registered_types(session.get(_CONTRACT_TYPES), problems)
    makers = _Makers(file, project, session, types)
    contracts: list[Contract] = []
    for number, options in _selected(contracts_options, only, problems):
        try:
            contracts.append(makers.make(number, options))
        except ConfigurationError as error:
            problems.extend(error.problems)
    if problems:
        raise ConfigurationError(in_file(problems, file))
    ids = {contract.identifier for contract in contracts}
    left_out = [
        codes_of(types[str(options["type"])])
        for options in contracts_options
        if str(options.get("id", options.get("name"))) not in ids and options.get("type") in types
    ]
    return Configuration(project, tuple(contracts), frozenset().union(*left_out))


def options_of(file: ConfigurationFile, kind: str) -> tuple[Options, list[Options]]:
    """Return what a configuration file says for all contracts, and for each of a type of ours.

    Args:
        file: the file.
        kind: the type's name of ours, whatever the file calls it.

    Raises:
        ConfigurationError: if it cannot be read.
    """
    session, contracts_options = _read(file)
    problems: list[Problem] = []
    types = _registered_types(session.get(_CONTRACT_TYPES), problems)
    if problems:
        raise ConfigurationError(in_file(problems, file))
    found = [item for item in contracts_options if types.get(str(item.get("type"))) == kind]
    return session, found


def default_configuration(root: Path) -> Configuration:
    """Return what is checked in a folder without configuration.

    No relative imports, and nothing that the code itself declares deprecated.
    """
    project = survey_project(root)
    session: Options = {PROJECT_KEY: project}
    absolute = rule_type("absolute_imports")(
        "No relative imports", session, {"id": "absolute_imports", "type": "absolute_imports"}
    )
    deprecated = rule_type("deprecated_imports")(
        "No imports of what the code declares deprecated",
        session,
        {
            "id": "deprecated_imports",
            "type": "deprecated_imports",
            "detect": ["modules", "names"],
        },
    )
    return Configuration(project, (absolute, deprecated))


def in_file(problems: Iterable[Problem], file: ConfigurationFile) -> Iterator[Problem]:
    """Yield the problems; those that name no file themselves are the configuration's."""
    for problem in problems:
        yield problem if problem.file else problem._replace(file=file.name)


def no_such_file(path: Path, option: str) -> Problem:
    """Return the problem of a configuration file that an option names but that is none."""
    if path.is_dir():
        fact, remedy = "a folder, not a configuration file", f"name the file in it after {option}"
    else:
        fact, remedy = "there is no such file", f"correct the path after {option}"
    here = Path.cwd()
    shown = path.relative_to(here) if path.is_relative_to(here) else path
    return Problem(fact=fact, remedy=remedy, file=shown.as_posix())


def _read(file: ConfigurationFile) -> tuple[Options, list[Options]]:
    try:
        return read_configuration(str(file.path))
    except READ_ERRORS as error:
        from linter_ext.configuration_syntax import syntax_problems  # noqa: PLC0415

        raise ConfigurationError(in_file(syntax_problems(error, file), file)) from error


def _registered_types(value: object, problems: list[Problem]) -> _Types:
    """Return the contract types that a configuration may use."""
    types = dict(zip(_THEIR_TYPES, _THEIR_TYPES, strict=True))
    mistakes: list[Problem] = []
    if isinstance(value, str):
        mistakes.append(one_text(_CONTRACT_TYPES, f'"name: {_OUR_MODULE}.…"'))
    lines = texts(value) if value is not None else []
    if lines is None:
        mistakes.append(not_text(_CONTRACT_TYPES, value, _TYPE_LINES))
    for line in lines or ():
        found = _registered(line)
        if isinstance(found, Problem):
            mistakes.append(found)
        else:
            types[found[0]] = found[1]
    if mistakes:  # A type that is not there for that reason is not a mistake of its own.
        problems.extend(mistakes)
        types = {**dict.fromkeys(TYPE_NAMES, ""), **types}
    return types


def _registered(line: str) -> tuple[str, str] | Problem:
    """Return the contract type that a line registers, or what is wrong with the line."""
    name, colon, path = line.partition(": ")  # The blank counts: import-linter splits there.
    module, _, class_name = path.strip().rpartition(".")
    if not (colon and name.strip() and module and class_name):
        fact = f"'{line}' is not a contract type"
        return Problem(fact=fact, remedy=f"write {_TYPE_LINES}", key=_CONTRACT_TYPES)
    if module.partition(".")[0] != _OUR_PACKAGE:
        return name, path.strip()
    for ours in TYPE_NAMES:
        places = (_OUR_MODULE, f"{_OUR_MODULE}.{ours}")
        if class_name == contract_class_name(ours) and module in places:
            return name, ours
    choices = [f"{_OUR_MODULE}.{contract_class_name(ours)}" for ours in TYPE_NAMES]
    fact = f"there is no contract type '{path.strip()}'"
    return Problem(fact=fact, remedy=choice(path.strip(), choices), key=_CONTRACT_TYPES)


def _selected(
    contracts: Sequence[Options], only: Sequence[str], problems: list[Problem]
) -> list[tuple[int, Options]]:
    """Return the contracts to check, each with its number, from 0.

    Ids that do not exist are noted, and a want of contracts.
    """
    if not contracts:
        remedy = "add '[importlinter:contract:<id>]' or '[[tool.importlinter.contracts]]'"
        problems.append(Problem(fact="there is no contract", remedy=remedy))
        return []
    ids = [str(options.get("id", options.get("name", ""))) for options in contracts]
    for wanted in only:
        if wanted not in ids:
            fact = f"there is no contract '{wanted}'"
            problems.append(Problem(fact=fact, remedy=choice(wanted, ids)))
    return [
        (number, options)
        for number, (options, found) in enumerate(zip(contracts, ids, strict=True))
        if not only or found in only
    ]


class _Makers(NamedTuple):
    """Makes contracts of options.

    Attributes:
        file:    the configuration file.
        project: the project.
        session: what the configuration says for all contracts.
        types:   the contract types that may be used.
    """

    file: ConfigurationFile
    project: Project
    session: Options
    types: _Types

    def make(self, number: int, options: Options) -> Contract:
        """Return the contract.

        Args:
            number:  which contract, in the order of the configuration, from 0.
            options: what the configuration says of it.

        Raises:
            ConfigurationError: with every mistake in it.
        """
        identifier = options.get("id", options.get("name", ""))
        place = f"contract '{identifier}'" if identifier else f"contract number {number + 1}"
        problems = [
            Problem(fact=f"'{option}' is missing", remedy=remedy, key=place)
            for option, remedy in _MISSING.items()
            if not options.get(option)
        ]
        kind = str(options.get("type") or "")
        if kind and kind not in self.types:
            fact = f"unknown contract type '{kind}'"
            problems.append(Problem(fact=fact, remedy=_type_remedy(kind, self.types), key=place))
        found = self.types.get(kind)
        try:
            made = self._made(found, number, options) if found else None
        except ConfigurationError as error:
            problems += _in_contract(place, error)
        if problems or made is None:
            raise ConfigurationError(problems)
        return made

    def _made(self, kind: str, number: int, options: Options) -> Contract:
        if kind in TYPE_NAMES:
            return rule_type(kind)(str(options.get("name")), self.session, options)
        # Few configurations that are read for a file in an editor have such contracts.
        from linter_ext.graph_contracts.loading import make_rule, shared_graph  # noqa: PLC0415
        from linter_ext.graph_contracts.rule import Place  # noqa: PLC0415

        graph = shared_graph(self.project, self.session)
        place = Place(self.file.name, self.file.contract_line(number))
        return make_rule(kind, self.session, options, graph, place)


def _in_contract(place: str, error: ConfigurationError) -> Iterator[Problem]:
    """Yield the problems of a contract, with the contract before the option they are about."""
    for problem in error.problems:
        yield problem._replace(key=f"{place}: {problem.key}" if problem.key else place)


def _type_remedy(kind: str, types: _Types) -> str:
    if kind in TYPE_NAMES:
        line = f"{kind}: {_OUR_MODULE}.{contract_class_name(kind)}"
        return f"register it with the line '{line}' in 'contract_types'"
    return choice(kind, sorted(types))


def choice(wrong: str, choices: Sequence[str]) -> str:
    """Return what to write instead of something that is no choice: the nearest, or any."""
    close = closest(wrong, choices, likeness=_CLOSE)
    if close is not None:
        return f"did you mean '{close}'?"
    return f"choose one of: {', '.join(choices)}"
