"""What all our rules share: how options reach them, and what they say of themselves."""

from __future__ import annotations

import abc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from linter_ext.codes import Code, codes_of
from linter_ext.errors import ConfigurationError, LinterExtError, Problem
from linter_ext.names import matches_package
from linter_ext.project import Project, open_project
from linter_ext.rules.fields import (
    ChoiceField,
    Field,
    GuidanceField,
    ItemsField,
    NumberField,
    ignore_import,
    module_expression,
    option,
)
from linter_ext.spelling import closest

if TYPE_CHECKING:
    from linter_ext.engine import Ignore, RuleResult
    from linter_ext.source.file import SourceFile
    from linter_ext.source.index import Index
    from linter_ext.violations import Finding

PROJECT_KEY = "linter_ext.project"
"""The session option under which the contracts of one run share the project they read."""

_COMMON_OPTIONS = ("id", "name", "type")


class Noqa(Enum):
    """What `# noqa` comments do."""

    RESPECT = "respect"
    FORBID = "forbid"


class AlertLevel(Enum):
    """What a line of `ignore_imports` that hides nothing leads to, as import-linter has it."""

    NONE = "none"
    WARN = "warn"
    ERROR = "error"


class UnmatchedIgnoresError(LinterExtError):
    """Lines of `ignore_imports` hide nothing, and the contract wants that to be an error."""


class SourceRule(abc.ABC):
    """A rule that is judged file by file, from source text.

    Attributes:
        name:             the contract's name.
        session_options:  what the configuration says for all contracts.
        contract_options: what it says for this one.
    """

    type_name: ClassVar[str]
    options: ClassVar[Mapping[str, Field[object]]] = {}
    """The options it declares."""
    ignored = 0
    """How many imports were taken out before it was judged: none, the engine hides and counts."""
    is_read_in_part = False
    """Whether options could not be parsed; their defaults then say nothing of the user's will."""

    source_modules = option(ItemsField(module_expression))
    ignore_imports = option(ItemsField(ignore_import))
    unmatched_ignore_imports_alerting = option(ChoiceField(AlertLevel.ERROR))
    broken_contract_guidance = option(GuidanceField())
    noqa = option(ChoiceField(Noqa.RESPECT))
    max_known = option(NumberField())

    def __init__(
        self, name: str, session_options: dict[str, object], contract_options: dict[str, object]
    ) -> None:
        """Take the options.

        Raises:
            ConfigurationError: with every mistake in them, those in tables included.
        """
        self.name = name
        self.session_options = session_options
        self.contract_options = contract_options
        mistakes = [*self._take_options(), *self._unknown_options()]
        self.is_read_in_part = bool(mistakes)
        problems = [*mistakes, *self._problems()]
        if problems:
            raise ConfigurationError(problems)

    def __init_subclass__(cls) -> None:
        """Note the options that the class declares."""
        super().__init_subclass__()
        cls.options = _declared_options(cls)

    @abc.abstractmethod
    def judge(self, file: SourceFile, index: Index) -> Iterable[Finding]:
        """Yield what is wrong with one file; a pure function of its text and of the index."""

    def reads(self, module: str) -> bool:
        """Return whether the importer's file has to be read for it."""
        return self.covers(module)

    def edited(self, file: SourceFile) -> SourceRule:  # noqa: ARG002
        """Return the rule for a text that differs from what is on the disk: the same."""
        return self

    def explain(self, path: str) -> Iterable[str]:  # noqa: ARG002
        """Yield what it says of a dotted path, a line each; nothing if it does not know it."""
        return ()

    def prepare(self) -> Iterable[Problem]:
        """Read what the options name, and yield what is wrong with it."""
        return ()

    @property
    def identifier(self) -> str:
        """The contract's id; its name, where the configuration gives no id (TOML)."""
        return str(self.contract_options.get("id", self.name))

    def covers(self, module: str) -> bool:
        """Return whether it is about this importer."""
        expressions = self.source_modules
        return not expressions or any(matches_package(item, module) for item in expressions)

    @property
    def codes(self) -> frozenset[Code]:
        """What it can give."""
        return codes_of(self.type_name)

    @property
    def ignores(self) -> Sequence[Ignore]:
        """The imports it leaves alone."""
        return self.ignore_imports

    @property
    def respects_noqa(self) -> bool:
        """Whether `noqa` comments count."""
        return self.noqa is Noqa.RESPECT

    @property
    def project(self) -> Project:
        """The project, shared by the contracts of one run."""
        return self._opened[0]

    def warnings(self, result: RuleResult) -> list[str]:
        """Return a warning for each line of `ignore_imports` that hides nothing.

        Raises:
            UnmatchedIgnoresError: with all of them, where the alerting level is `error`.
        """
        messages = [f"No matches for ignored import {ignore}." for ignore in result.unmatched]
        if messages and self.unmatched_ignore_imports_alerting is AlertLevel.ERROR:
            raise UnmatchedIgnoresError("\n".join(messages))
        return messages if self.unmatched_ignore_imports_alerting is AlertLevel.WARN else []

    def _take_options(self) -> Iterator[Problem]:
        """Give each option its value, and yield what is wrong.

        An option that cannot be parsed gets its default, to go on looking for mistakes.
        """
        for name, field in self.options.items():
            value = field.default
            if name in self.contract_options:
                try:
                    value = field.parse(self.contract_options[name])
                except ConfigurationError as error:
                    yield from (_of_option(name, problem) for problem in error.problems)
            setattr(self, name, value)

    def _unknown_options(self) -> Iterator[Problem]:
        for name in sorted(self.contract_options.keys() - {*self.options, *_COMMON_OPTIONS}):
            close = closest(name, sorted((*self.options, *_COMMON_OPTIONS)))
            choices = f"the options are: {', '.join(sorted(self.options))}"
            remedy = choices if close is None else f"did you mean '{close}'?"
            yield Problem(fact="unknown option", remedy=remedy, key=name)

    @cached_property
    def _opened(self) -> tuple[Project, tuple[Problem, ...]]:
        """The project and the mistakes in the session options.

        Under lint-imports the project root is the working directory, where it looks for its
        configuration. A front end of ours opens the project itself, and tells its mistakes.
        """
        project = self.session_options.get(PROJECT_KEY)
        if isinstance(project, Project):
            return project, ()
        project, problems = open_project(Path.cwd(), self.session_options)
        if not problems:
            self.session_options[PROJECT_KEY] = project
        return project, problems

    def _problems(self) -> Iterator[Problem]:
        """Yield everything that is wrong with the options."""
        yield from self._opened[1]
        for expression in self.source_modules:
            if not self.project.holds(expression):
                remedy = "name a module or package of the root packages or source paths"
                fact = f"'{expression}' matches no module"
                yield Problem(fact=fact, remedy=remedy, key="source_modules")
        yield from self.prepare()


def _declared_options(rule: type[SourceRule]) -> dict[str, Field[object]]:
    """Return the options of a rule, those that it shares with others first."""
    options: dict[str, Field[object]] = {}
    for ancestor in reversed(rule.__mro__):
        options.update(vars(ancestor).get("options", {}))
        options.update(
            (name, found) for name, found in vars(ancestor).items() if isinstance(found, Field)
        )
    return options


def _of_option(name: str, problem: Problem) -> Problem:
    return problem._replace(key=f"{name}: {problem.key}" if problem.key else name)
