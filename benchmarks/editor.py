"""Measures what our plugin adds to flake8 on one file of a large tree, as an editor runs it.

    python benchmarks/editor.py [--files N] [--rounds N] [--type TYPE]

Makes a tree of packages, modules that import names from each other, and tests, in a temporary
folder. Then runs flake8 on one of its files in turn without our plugin, with the plugin but no
configuration, and with a contract, and prints the best and the median of each, and the
differences. Python keeps bytecode in the temporary folder, as it does for installed packages.
Nothing passes or fails by the clock.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from linter_ext.rules import TYPE_NAMES, contract_class_name

_WITHOUT_US = """
import importlib.metadata, sys
found = importlib.metadata.distributions
importlib.metadata.distributions = lambda **kw: (
    item for item in found(**kw) if "linter_ext-" not in str(getattr(item, "_path", ""))
)
from flake8.main.cli import main
sys.exit(main())
"""
_ALONE = "flake8 alone"
_OPTIONS = {
    "deprecated_imports": "deprecated = app.gone => app.package_0",
    "canonical_imports": "canonical = Thing_0 => app.package_0.module_0",
}
_PREFERRED = ("resolvable_imports", "deprecated_imports")
_PER_PACKAGE = 50
_TESTS = 5  # One file in five is a test.
_IMPORTS = 12
_MODULE = '''\
"""Module {number}: what such modules look like."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

{imports}

_LOG = logging.getLogger(__name__)
DEFAULT_{number}: Mapping[str, int] = {{"first": 1, "second": 2}}


@dataclass(frozen=True)
class Thing_{number}:
    """One thing."""

    name: str
    size: int = 0

    def scaled(self, factor: int) -> Thing_{number}:
        """Return the same thing in another size."""
        return Thing_{number}(self.name, self.size * factor)

    def __str__(self) -> str:
        return f"{{self.name}} ({{self.size}})"


def make_{number}(path: Path) -> Iterator[Thing_{number}]:
    """Yield the things in a file."""
    for name, size in json.loads(path.read_text()).items():
        _LOG.debug("found %s", name)
        yield Thing_{number}(name, DEFAULT_{number}.get(name, size))


def used_{number}() -> list[object]:
    """Return what this module takes from others."""
    return [{names}]
'''


class Cost(NamedTuple):
    """What a run cost, in milliseconds."""

    wall: float
    cpu: float


def main() -> None:
    """Measure and print."""
    options = _parser().parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tree, configuration = Path(folder) / "tree", Path(folder) / "contracts.ini"
        files = dict(_tree(options.files))
        for path, text in files.items():
            target = tree / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        configuration.write_text(_configuration(options.type))
        file = sorted(path for path in files if "/module_" in path)[len(files) // 3]
        print(f"{len(files):,} files; {file}; Python {sys.version.split()[0]}")
        costs = _measure(_commands(file, configuration), tree, Path(folder), options.rounds)
    _print(costs)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure what the plugin adds to flake8.")
    parser.add_argument("--files", type=int, default=5_000, help="how many files the tree has")
    parser.add_argument("--rounds", type=int, default=20, help="how often each command runs")
    default = next(name for name in _PREFERRED if name in TYPE_NAMES)
    parser.add_argument("--type", choices=TYPE_NAMES, default=default, help="the contract's type")
    return parser


def _tree(count: int) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file, always the same ones for a count."""
    chance = random.Random(count)
    tests = count // _TESTS
    packages = max(1, (count - tests) // (_PER_PACKAGE + 1))
    modules = [
        f"app.package_{number // _PER_PACKAGE}.module_{number}"
        for number in range(packages * _PER_PACKAGE)
    ]
    yield "app/__init__.py", ""
    for number in range(packages):
        first = number * _PER_PACKAGE
        exported = f"from {modules[first]} import Thing_{first}\n\n__all__ = ['Thing_{first}']\n"
        yield f"app/package_{number}/__init__.py", exported
    for number, module in enumerate(modules):
        # Only from earlier modules: without cycles.
        yield f"{module.replace('.', '/')}.py", _module(number, modules[:number], chance)
    for number in range(tests):
        yield f"tests/unit/test_{number}.py", _module(number, modules, chance)


def _module(number: int, modules: Sequence[str], chance: random.Random) -> str:
    chosen = sorted(chance.sample(range(len(modules)), min(_IMPORTS, len(modules))))
    imports = "\n".join(f"from {modules[other]} import make_{other}" for other in chosen)
    names = ", ".join(f"make_{other}" for other in chosen)
    return _MODULE.format(number=number, imports=imports, names=names)


def _configuration(type_name: str) -> str:
    return "\n".join(
        [
            "[importlinter]",
            "root_packages =\n    app",
            "contract_types =",
            f"    {type_name}: linter_ext.contract_types.{contract_class_name(type_name)}",
            "[importlinter:contract:measured]",
            "name = Measured",
            f"type = {type_name}",
            _OPTIONS.get(type_name, ""),
        ]
    )


def _commands(file: str, configuration: Path) -> Mapping[str, Sequence[str]]:
    flake8 = [sys.executable, "-m", "flake8", "--isolated", file]
    return {
        _ALONE: [sys.executable, "-c", _WITHOUT_US, "--isolated", file],
        "with us, no configuration": flake8,
        "with us, one contract": [*flake8, "--import-contracts-config", str(configuration)],
    }


def _measure(
    commands: Mapping[str, Sequence[str]], tree: Path, folder: Path, rounds: int
) -> Mapping[str, Sequence[Cost]]:
    """Run the commands in turn; the first round, which writes the bytecode, does not count."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            costs[name].append(_cost(command, tree, environment))
    return {name: found[1:] for name, found in costs.items()}


def _cost(command: Sequence[str], tree: Path, environment: Mapping[str, str]) -> Cost:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        command, cwd=tree, env=dict(environment), capture_output=True, check=False, text=True
    )
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.stderr or "IMC" in done.stdout:
        sys.exit(f"{' '.join(command)}:\n{done.stdout}{done.stderr}")
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Cost(wall * 1000, cpu * 1000)


def _print(costs: Mapping[str, Sequence[Cost]]) -> None:
    print(f"\n{'milliseconds':28}{'best':>8}{'median':>9}{'CPU':>8}{'more than alone':>26}")
    base = _figures(costs[_ALONE])
    for name, found in costs.items():
        figures = _figures(found)
        line = f"{name:28}{figures[0]:8.0f}{figures[1]:9.0f}{figures[2]:8.0f}"
        more = [figure - alone for figure, alone in zip(figures, base, strict=True)]
        print(line if name == _ALONE else f"{line}{more[0]:+10.0f}{more[1]:+8.0f}{more[2]:+8.0f}")


def _figures(costs: Sequence[Cost]) -> tuple[float, float, float]:
    """Return the best and the median wall time, and the best CPU time."""
    walls = [cost.wall for cost in costs]
    return min(walls), statistics.median(walls), min(cost.cpu for cost in costs)


if __name__ == "__main__":
    main()
