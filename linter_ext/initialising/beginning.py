"""A survey → what there is to write, the baseline included, before anything is written."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from linter_ext import engine
from linter_ext.acceptance import accept
from linter_ext.baseline import Baseline
from linter_ext.engine import Report
from linter_ext.initialising import template
from linter_ext.initialising.survey import STAND_IN, Survey
from linter_ext.initialising.template import Contract
from linter_ext.parallel import available_jobs
from linter_ext.project import Project
from linter_ext.roots import find_source_path, without_doubles
from linter_ext.rules import rule_type
from linter_ext.rules.base import PROJECT_KEY, SourceRule
from linter_ext.source.tree import Root
from linter_ext.violations import Violation


@dataclass(frozen=True, slots=True)
class Beginning:
    """What there is to write.

    Attributes:
        survey:     what was found, without what cannot be checked.
        baseline:   what is known.
        unknown:    violations that nothing can make known.
        deprecated: the modules that warn when they are imported.
        files:      the texts of the files, by their paths.
    """

    survey: Survey
    baseline: Baseline
    unknown: tuple[Violation, ...]
    deprecated: tuple[str, ...]
    files: Mapping[str, str]


def begin(root: Path, survey: Survey) -> Beginning:
    """Return what there is to write, after a check by it that leaves nothing to be told.

    Files that cannot be checked cannot be known either, so they are left out.
    """
    while True:
        project = _project(root, survey)
        rules = _rules(project, survey)
        report = _checked(project, rules, survey)
        if not report.unchecked:
            break
        survey = survey.without((item.path, _reason(item)) for item in report.unchecked)
    violations = [item for result in report.results for item in result.violations]
    baseline = Baseline(template.BASELINE).renewed((rule.identifier for rule in rules), violations)
    left = accept(report, baseline, whole=True, strict=True).violations
    files = {}
    if survey.conversion.moves:
        files[template.MOVES] = template.moves_table(survey)
    if baseline.entries or survey.has_stand_in:
        files[template.BASELINE] = str(baseline)
    # Last, because the others are of no use without it.
    files[template.CONFIGURATION] = template.configuration(survey, baseline.number)
    return Beginning(survey, baseline, left, _warning_modules(project), files)


def _project(root: Path, survey: Survey) -> Project:
    """Return the project as the configuration will have it, while nothing is written yet."""
    paths = (find_source_path(root, path) for path in survey.layout.source_paths)
    stand_in = [Root(STAND_IN, STAND_IN, is_package=True)] if survey.has_stand_in else []
    roots = [*survey.layout.packages, *stand_in, *itertools.chain.from_iterable(paths)]
    left_out = survey.layout.left_out_paths
    return Project(root, without_doubles(roots), left_out_paths=left_out)


def _rules(project: Project, survey: Survey) -> list[SourceRule]:
    """Return the contracts, with the moves whose table is not there yet in the contract itself."""
    moved = [str(move) for move in survey.conversion.moves]
    return [_rule(contract, project, moved) for contract in template.contracts(survey)]


def _rule(contract: Contract, project: Project, moved: list[str]) -> SourceRule:
    options: dict[str, object] = {
        option: list(value) if isinstance(value, tuple) else value
        for option, value in contract.options
    }
    tables = options.get("moves")
    if moved and isinstance(tables, list):
        options["moves"] = [table for table in tables if table != template.MOVES]
        if contract.type == "deprecated_imports":
            options["deprecated"] = moved
    options |= {"id": contract.identifier, "name": contract.name, "type": contract.type}
    return rule_type(contract.type)(contract.name, {PROJECT_KEY: project}, options)


def _checked(project: Project, rules: Sequence[SourceRule], survey: Survey) -> Report:
    """Return what breaks the contracts; the stand-in for a package need not be there yet."""
    report = engine.check(project, rules, jobs=available_jobs())
    unchecked = report.unchecked
    if survey.has_stand_in:
        unchecked = tuple(item for item in unchecked if item.path != STAND_IN)
    return replace(report, unchecked=unchecked)


def _reason(unchecked: Violation) -> str:
    return unchecked.finding.message.partition(";")[0].removeprefix("file ")


def _warning_modules(project: Project) -> tuple[str, ...]:
    """Return the modules that warn DeprecationWarning when they are imported."""
    index = project.index
    names = (
        module.name for path, module in index.listed() if "DeprecationWarning" in index.peek(path)
    )
    found = ((name, index.deprecated_module(name)) for name in names)
    return tuple(name for name, warning in found if warning is not None and warning[0] == name)
