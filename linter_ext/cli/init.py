"""`linter-ext init`: the first configuration, made from what the repository has."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from linter_ext.cli import standard_output
from linter_ext.cli.exit_status import ExitStatus
from linter_ext.cli.report_file import write_whole
from linter_ext.cli.standard_output import OutputError
from linter_ext.configuration import in_file
from linter_ext.configuration_file import ConfigurationFile, find_configuration
from linter_ext.configuration_reader import READ_ERRORS, read_configuration
from linter_ext.configuration_syntax import syntax_problems
from linter_ext.errors import ConfigurationError, Problem
from linter_ext.initialising import template
from linter_ext.initialising.additions import Additions, find_additions
from linter_ext.initialising.beginning import Beginning, begin
from linter_ext.initialising.patches import extended, patch_of
from linter_ext.initialising.survey import Survey, survey_repository
from linter_ext.reporters.wording import count
from linter_ext.roots import is_imported_from

_WIDTH = 15
_SHOWN = 5
_MANY = 10


def run_init() -> ExitStatus:
    """Write a configuration, its tables and a baseline; tell what was found and written."""
    root, survey = _surveyed()
    existing = _own_configuration(root)
    if existing is not None:
        return _tell_missing(survey, existing)
    _refuse_to_overwrite(root, survey)
    beginning = begin(root, survey)
    _refuse_to_overwrite(root, survey)  # It may have taken a while.
    _write(root, beginning.files)
    told = [*_found(beginning.survey, beginning.deprecated), "", *_written(beginning)]
    _print([*told, "", *_next_steps(root, beginning)])
    return ExitStatus.CLEAN


def run_diff() -> ExitStatus:
    """Print what `run_init` would write, or what a configuration lacks, as a patch for git."""
    root, survey = _surveyed()
    existing = _own_configuration(root)
    if existing is None:
        _refuse_to_overwrite(root, survey)
        beginning = begin(root, survey)
        told, files = _found(beginning.survey, beginning.deprecated), beginning.files
        patch = "".join(patch_of(path, "", text) for path, text in files.items())
    else:
        told, additions = _found(survey, ()), _additions(survey, existing)
        patch = "".join(_patches(root, survey, existing, additions))
    click.echo("".join(f"{line}\n" for line in told), err=True, nl=False)
    standard_output.write_utf_8([patch])
    return ExitStatus.CLEAN


def _surveyed() -> tuple[Path, Survey]:
    try:
        root = Path.cwd()
    except FileNotFoundError as error:
        fact, remedy = "the working directory is gone", "change to one that is there"
        raise ConfigurationError([Problem(fact=fact, remedy=remedy)]) from error
    survey = survey_repository(root)
    if not survey.files:
        remedy = "run the command at the top of your project"
        raise ConfigurationError([Problem(fact="there is no Python here", remedy=remedy)])
    return root, survey


def _own_configuration(root: Path) -> ConfigurationFile | None:
    """Return the configuration that the folder has itself."""
    found = find_configuration(root)
    return found if found is not None and found.root == root else None


# A repository without configuration.


def _refuse_to_overwrite(root: Path, survey: Survey) -> None:
    """See that there is none of the files yet.

    Raises:
        ConfigurationError: with every one that there is.
    """
    files = [template.CONFIGURATION, template.BASELINE]
    files += [template.MOVES] if survey.conversion.moves else []
    problems = [
        Problem("the file exists, and init overwrites nothing", "move it out of the way", file)
        for file in files
        if os.path.lexists(root / file)
    ]
    if problems:
        raise ConfigurationError(problems)


def _write(root: Path, files: Mapping[str, str]) -> None:
    """Write all files, or none."""
    new = [path for file in files for path in (root / file, (root / file).parent)]
    new = [path for path in new if not os.path.lexists(path)]
    try:
        for file, text in files.items():
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            write_whole(str(root / file), [text.encode()])
    except BaseException as error:
        for path in new:
            with contextlib.suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        if isinstance(error, OSError):
            raise OutputError(f"'{file}' cannot be written: {error.strerror}") from error
        raise


# A repository that has a configuration.


def _additions(survey: Survey, existing: ConfigurationFile) -> Additions:
    """Return what a configuration lacks.

    Raises:
        ConfigurationError: if it cannot be read.
    """
    try:
        session, contracts = read_configuration(str(existing.path))
    except READ_ERRORS as error:
        raise ConfigurationError(in_file(syntax_problems(error, existing), existing)) from error
    return find_additions(survey, session, contracts, is_toml=existing.is_toml)


def _tell_missing(survey: Survey, existing: ConfigurationFile) -> ExitStatus:
    """Tell what a configuration lacks; it is the user's, and stays as it is."""
    additions = _additions(survey, existing)
    if not additions.contracts:
        standard_output.write(f"{existing.name} has all contracts already; nothing to add.\n")
        return ExitStatus.CLEAN
    _print([*_found(survey, ()), *_missing(survey, existing, additions)])
    fact = "there is a configuration already, and init overwrites nothing"
    raise ConfigurationError([Problem(fact, "add by hand what is listed", existing.name)])


def _missing(survey: Survey, existing: ConfigurationFile, additions: Additions) -> Iterator[str]:
    """Yield what a configuration lacks, and how to add it."""
    if additions.types:
        section = "[tool.importlinter]" if existing.is_toml else "[importlinter]"
        yield from ("", f"Add to contract_types in '{section}' of {existing.name}:", "")
        yield from (line.rstrip("\n") for line in additions.type_lines())
    yield from ("", f"Add to {existing.name}:", "")
    yield from "\n".join(additions.sections()).splitlines()
    if additions.names(template.MOVES):
        yield from ("", f"Write to {template.MOVES}:", "")
        yield from template.moves_table(survey).splitlines()
    options = " ".join(f"--contract {item.identifier}" for item in additions.contracts)
    yield from ("", "Next, unless you add it by hand, the first of these; then the second:")
    yield "    linter-ext init --diff | git apply"
    yield f"    linter-ext baseline write {options}"


def _patches(
    root: Path, survey: Survey, existing: ConfigurationFile, additions: Additions
) -> Iterator[str]:
    """Yield the patches that add what a configuration lacks."""
    if not additions.contracts:
        return
    before, after = extended(existing, additions)
    if additions.names(template.MOVES) and not os.path.lexists(root / template.MOVES):
        yield patch_of(template.MOVES, "", template.moves_table(survey))
    yield patch_of(existing.name, before, after)


# What is told.


def _found(survey: Survey, deprecated: Sequence[str]) -> list[str]:
    """Return what was found, in lines."""
    packages = [
        root.name if root.path == root.name.replace(".", "/") else f"{root.name} ({root.path})"
        for root in survey.layout.packages
    ]
    tables = survey.tables
    found: list[tuple[str, Sequence[str]]] = [
        ("root packages", packages or ["none; lint-imports gets 'contracts' in place of one"]),
        ("not one of them", [*_demoted(survey)]),
        ("other Python", survey.layout.source_paths),
        ("banned", [*_banned(survey)]),
        ("deprecated", deprecated),
        ("registries", tables.registries),
        ("move tables", tables.moves),
    ]
    lines = [f"    {name:<{_WIDTH}} {_listed(items)}" for name, items in found if items]
    lines = ["Found:", *lines]
    if survey.left_out:
        lines += ["", "Left out:", *_left_out(survey)]
    others = [*survey.bans.others, *tables.others]
    if others:
        lines += ["", "Not used:", *(f"    {other}" for other in others)]
    return lines


def _demoted(survey: Survey) -> Iterator[str]:
    """Yield the packages that are not root packages, and why."""
    for path in survey.demoted:
        yield f"{path}, where a file would stop lint-imports"


def _left_out(survey: Survey) -> Iterator[str]:
    """Yield what is not checked, and why."""
    for path, reason in survey.left_out[:_MANY]:
        yield f"    {path}: {reason}"
    if len(survey.left_out) > _MANY:
        yield f"    and {len(survey.left_out) - _MANY:,} more; 'left_out_paths' names them all"


def _banned(survey: Survey) -> Iterator[str]:
    """Yield what other tools ban, and what becomes of it."""
    bans, conversion = survey.bans, survey.conversion
    if bans.relative:
        what = "relative imports" if bans.relative == "all" else "imports from parent packages"
        yield f"{what} ({bans.relative_file})"
    if bans.paths:
        files = ", ".join(sorted({ban.file for ban in bans.paths}))
        made = [
            count(len(items), noun)
            for items, noun in ((conversion.moves, "move"), (conversion.gateways, "gateway"))
            if items
        ]
        become = f"become {' and '.join(made)}" if made else "are in the tables already"
        yield f"{count(len(bans.paths), 'path')} ({files}), which {become}"


def _listed(items: Sequence[str]) -> str:
    shown = ", ".join(items[:_SHOWN])
    return shown if len(items) <= _SHOWN else f"{shown} and {len(items) - _SHOWN:,} more"


def _written(beginning: Beginning) -> Iterator[str]:
    number = len(template.contracts(beginning.survey))
    facts = {
        template.CONFIGURATION: count(number, "contract"),
        template.MOVES: count(len(beginning.survey.conversion.moves), "move"),
        template.BASELINE: count(beginning.baseline.number, "known violation"),
    }
    yield "Wrote:"
    width = max(map(len, beginning.files))
    for file in sorted(beginning.files):
        yield f"    {file:<{width}}  {facts[file]}"


def _next_steps(root: Path, beginning: Beginning) -> Iterator[str]:
    if beginning.unknown:
        yield "Next: mend what no baseline may know; then 'linter-ext check' ends with 0."
        yield from (f"    {violation}" for violation in beginning.unknown)
    else:
        yield "Next: 'linter-ext check' ends with 0 now. Commit these files, and let CI run it."
    packages = beginning.survey.layout.packages
    inside = [item for item in packages if item.path != item.name.replace(".", "/")]
    if any(not is_imported_from(item.name, root / item.path) for item in inside):
        folders = {item.path.removesuffix(f"/{item.name.replace('.', '/')}") for item in inside}
        yield (
            "lint-imports finds packages as Python does: install the project "
            f"('pip install --editable .'), or set PYTHONPATH={os.pathsep.join(sorted(folders))}."
        )


def _print(lines: Iterable[str]) -> None:
    standard_output.write("".join(f"{line}\n" for line in lines))
