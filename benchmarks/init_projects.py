"""Runs `linter-ext init` on projects from PyPI, then the two commands that read what it writes.

    python -m benchmarks.init_projects FOLDER

Downloads source distributions with pip into FOLDER, where what is there already is taken as it
is, unpacks each anew, and prints what is found, how many violations are known after `init`, and
how `linter-ext check` (with `CI` set) and `lint-imports` end. Ends with 1 if one of them does not
end with 0.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from linter_ext.configuration_reader import read_configuration

PROJECTS = {
    "pyflakes==3.4.0": "package with its tests inside",
    "requests==2.32.5": "src",
    "attrs==25.3.0": "src, two packages; ruff's parent ban",
    "sqlalchemy==2.0.41": "lib; thousands of relative imports",
    "six==1.17.0": "single module",
    "typing_extensions==4.14.0": "single module in src",
    "bottle==0.13.4": "single module, package of tests",
    "google-cloud-core==2.4.3": "namespace with modules",
    "jaraco.functools==4.1.0": "namespace at the top",
    "zope.interface==7.2": "namespace of the older kind, src",
    "fissix==24.4.24": "Python 2 inside the package",
    "black==25.1.0": "src, three packages; odd files in tests",
    "cibuildwheel==2.23.3": "two packages; ruff's banned-api",
    "docutils==0.21.2": "flat, large",
}
"""Source distributions, each with what is particular to its layout."""

_SCRIPTS = Path(sys.executable).parent
_FOLDERS = ("src", "lib", "python")
_OPTIONS = ("--no-deps", "--no-binary", ":all:", "--disable-pip-version-check", "--quiet")


class Outcome(NamedTuple):
    """What became of a project."""

    init: int
    contracts: int
    known: int
    left_out: int
    check: int
    lint_imports: int


def main() -> None:
    """Run over all projects and print a table."""
    parser = argparse.ArgumentParser(description="Initialise projects from PyPI.")
    parser.add_argument("folder", type=Path, help="where distributions are kept and unpacked")
    folder: Path = parser.parse_args().folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    heads = ("init", "contracts", "known", "left out", "check", "lint-imports")
    print(f"{'project':28}{'layout':42}{''.join(f'{head:>13}' for head in heads)}")
    is_good = True
    for project, layout in PROJECTS.items():
        outcome = _initialise(_unpacked(folder, project))
        print(f"{project:28}{layout:42}{''.join(f'{number:13,}' for number in outcome)}")
        is_good = is_good and not (outcome.init or outcome.check or outcome.lint_imports)
    sys.exit(not is_good)


def _unpacked(folder: Path, project: str) -> Path:
    """Return the project's tree, as it was distributed."""
    name, _, version = project.partition("==")
    distributions = folder / "distributions" / project
    if not distributions.is_dir():
        command = [sys.executable, "-m", "pip", "download", *_OPTIONS, "--dest"]
        subprocess.run([*command, str(distributions), project], check=True)
    target = folder / "trees" / f"{name}-{version}"
    shutil.rmtree(target, ignore_errors=True)
    with tarfile.open(next(distributions.glob("*.tar.gz"))) as archive:
        archive.extractall(target, filter="data")
    return next(path for path in target.iterdir() if path.is_dir())


def _initialise(tree: Path) -> Outcome:
    init = _status(tree, "linter-ext", "init")
    check = _status(tree, "linter-ext", "check")
    lint = _status(tree, "lint-imports", "--no-cache")
    return Outcome(init, len([*_contracts(tree)]), sum(_known(tree)), _left_out(tree), check, lint)


def _status(tree: Path, *command: str) -> int:
    """Return how a command ends; show what it prints if it does not end well."""
    path = os.pathsep.join(str(tree / folder) for folder in _FOLDERS if (tree / folder).is_dir())
    done = subprocess.run(
        [str(_SCRIPTS / command[0]), *command[1:]],
        cwd=tree,
        env={**os.environ, "CI": "true", "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n")
    return done.returncode


def _contracts(tree: Path) -> Iterator[object]:
    if (tree / ".importlinter").is_file():
        yield from read_configuration(str(tree / ".importlinter"))[1]


def _known(tree: Path) -> Iterator[int]:
    file = tree / "contracts/baseline.json"
    if file.is_file():
        yield from (int(entry["count"]) for entry in json.loads(file.read_text())["known"])


def _left_out(tree: Path) -> int:
    """Return how many Python files are not checked."""
    done = subprocess.run(
        [str(_SCRIPTS / "linter-ext"), "files"], cwd=tree, capture_output=True, check=False
    )
    return len([*tree.rglob("*.py")]) - done.stdout.count(b".py: ")


if __name__ == "__main__":
    main()
