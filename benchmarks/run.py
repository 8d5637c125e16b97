"""Measures linter-ext against its peers over one source tree, in one run.

    python -m benchmarks.run TREE [--flake8] [--resolve] [--rounds N]

Prints wall and CPU seconds (children included, best of N rounds) of a bare `ast.parse` over the
tree's files, of `linter-ext check` without configuration, with all three contract types over
listed paths, and with the options on top that look every imported name up (`detect`,
`re_exports`), and of `ruff check` with TID251 and TID252; with `--flake8` also of flake8 without
our plugin, with it, and with it under both configurations. With `--resolve`, only a contract
`resolvable_imports` over the tree's packages, tests and scripts is compared with `ty check` under
its unresolved-import rules. Nothing passes or fails by the clock.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.costs import Cost, measured
from linter_ext.names import is_dotted_name
from linter_ext.project import survey_project
from linter_ext.source.tree import ModuleName

_PARSE = """
import ast, sys
for path in sys.stdin.read().splitlines():
    try:
        with open(path, "rb") as stream:
            ast.parse(stream.read())
    except (SyntaxError, ValueError):
        pass
"""
_FLAKE8_WITHOUT_US = """
import importlib.metadata, sys
found = importlib.metadata.distributions
importlib.metadata.distributions = lambda **kw: (
    item for item in found(**kw) if item.metadata["Name"] != "linter-ext"
)
from flake8.main.cli import main
sys.exit(main())
"""
_FLAKE8 = ("--isolated", "--exit-zero", "--quiet", "--quiet")
_EVERY = 40


def main() -> None:
    """Measure and print."""
    options = _parser().parse_args()
    tree: Path = options.tree.resolve()
    project = survey_project(tree)
    files = [path for path in project.listing.files if path.endswith(".py")]
    lines = sum((tree / path).read_bytes().count(b"\n") for path in files)
    print(f"{len(files):,} files, {lines:,} lines, Python {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory() as folder:
        if options.resolve:
            resolvable = Path(folder) / "resolvable.ini"
            packages = [root.name for root in project.tree.roots if root.is_package]
            resolvable.write_text(_resolving(sorted(packages)))
            _compare(tree, _resolving_commands(resolvable), "", options.rounds, "ty check")
            return
        found = [project.tree.module_of(path) for path in files]
        modules = [module for module in found if module is not None]
        listed, looked_up = Path(folder) / "listed.ini", Path(folder) / "looked_up.ini"
        listed.write_text(_contracts(modules, [], []))
        looked_up.write_text(_contracts(modules, _DETECT, ["re_exports = packages"]))
        configs = {"3 contracts": listed, "3, looking names up": looked_up}
        _compare(tree, _commands(configs), "\n".join(files), options.rounds, "bare ast.parse")
        if options.flake8:
            _compare(tree, _flake8_commands(configs), "", options.rounds, "flake8 without us")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure linter-ext over a source tree.")
    parser.add_argument("tree", type=Path, help="the tree")
    parser.add_argument("--flake8", action="store_true", help="measure flake8 as well (slow)")
    parser.add_argument("--resolve", action="store_true", help="compare with ty check instead")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which the best counts")
    return parser


def _commands(configs: dict[str, Path]) -> dict[str, list[str]]:
    ours = [sys.executable, "-m", "linter_ext", "check", "--quiet"]
    commands = {
        "bare ast.parse": [sys.executable, "-c", _PARSE],
        "linter-ext, defaults": ours,
        **{
            f"linter-ext, {name}": [*ours, "--config", str(config)]
            for name, config in configs.items()
        },
    }
    ruff = shutil.which("ruff")
    if ruff is not None:
        commands["ruff TID251,TID252"] = [
            *(ruff, "check", "--isolated", "--no-cache", "--select", "TID251,TID252"),
            *("--config", 'lint.flake8-tidy-imports.ban-relative-imports="all"'),
            *("--config", 'lint.flake8-tidy-imports.banned-api={"os.environ"={msg=""}}'),
            *("--exit-zero", "--quiet", "."),
        ]
    return commands


def _resolving_commands(config: Path) -> dict[str, list[str]]:
    ty = shutil.which("ty")
    if ty is None:
        sys.exit("error: there is no 'ty' to compare with; install it next to linter-ext")
    rules = ["--ignore", "all", "--error", "unresolved-import"]
    ours = [sys.executable, "-m", "linter_ext", "check", "--quiet", "--config", str(config)]
    return {
        "ty check": [ty, "check", "--quiet", *rules, "."],
        "linter-ext, resolvable_imports": ours,
    }


def _resolving(packages: Sequence[str]) -> str:
    """Return a configuration whose one contract is that every import resolves."""
    return "\n".join(
        [
            "[importlinter]",
            *_lines("root_packages", packages),
            "source_paths = .",
            "contract_types =",
            "    resolvable_imports: linter_ext.contract_types.ResolvableImportsContract",
            *("[importlinter:contract:r]", "name = r", "type = resolvable_imports"),
            "third_party = installed",
        ]
    )


def _flake8_commands(configs: dict[str, Path]) -> dict[str, list[str]]:
    plain = [sys.executable, "-m", "flake8", *_FLAKE8, "."]
    return {
        "flake8 without us": [sys.executable, "-c", _FLAKE8_WITHOUT_US, *_FLAKE8, "."],
        "flake8 with us, idle": plain,
        **{
            f"flake8, {name}": [*plain, "--import-contracts-config", str(config)]
            for name, config in configs.items()
        },
    }


def _compare(tree: Path, commands: dict[str, list[str]], text: str, rounds: int, base: str) -> None:
    """Run the commands in turn, several times over, and print the best of each."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            costs[name].append(measured(command, tree, text))
    best = {
        name: Cost(min(cost.wall for cost in found), min(cost.cpu for cost in found))
        for name, found in costs.items()
    }
    print(f"\n{'':36}{'wall s':>9}{'CPU s':>9}{'wall ratio':>12}{'CPU ratio':>11}")
    for name, cost in best.items():
        wall, cpu = cost.wall / best[base].wall, cost.cpu / best[base].cpu
        print(f"{name:36}{cost.wall:>9.2f}{cost.cpu:>9.2f}{wall:>12.2f}{cpu:>11.2f}")


def _contracts(
    modules: Sequence[ModuleName], deprecated: Sequence[str], canonical: Sequence[str]
) -> str:
    """Return a configuration with all three contract types, made of the tree's own modules.

    Args:
        modules:    the tree's modules.
        deprecated: further options of the `deprecated_imports` contract.
        canonical:  further options of the `canonical_imports` contract.
    """
    packages = sorted({module.root.name for module in modules if module.root.is_package})
    chosen = [module.name for module in modules if module.root.is_package][::_EVERY]
    moves = [f"{name} => {name}_new" for name in chosen if "." in name and is_dotted_name(name)]
    names = [f"{name.rpartition('.')[2]}_factory => {name}" for name in chosen]
    return "\n".join(
        [
            "[importlinter]",
            *_lines("root_packages", packages),
            "source_paths = .",
            *_lines("contract_types", _TYPES),
            *("[importlinter:contract:a]", "name = a", "type = absolute_imports"),
            *("[importlinter:contract:d]", "name = d", "type = deprecated_imports"),
            *_lines("deprecated", [*moves, "os.popen => subprocess.run"]),
            *deprecated,
            *("[importlinter:contract:c]", "name = c", "type = canonical_imports"),
            *_lines("canonical", sorted(dict.fromkeys(_one_home(names)))),
            *_lines(
                "gateways", [f"os.environ => {packages[0]}.env", f"socket => {packages[0]}.net"]
            ),
            *canonical,
        ]
    )


_DETECT = ["detect =", "    modules", "    names"]
_TYPES = [
    f"{name}_imports: linter_ext.contract_types.{name.title()}ImportsContract"
    for name in ("absolute", "deprecated", "canonical")
]


def _one_home(lines: Sequence[str]) -> Iterator[str]:
    seen: set[str] = set()
    for line in lines:
        name = line.partition(" ")[0]
        if name not in seen and name.isidentifier():
            seen.add(name)
            yield line


def _lines(option: str, values: Sequence[str]) -> list[str]:
    return [f"{option} =", *(f"    {value}" for value in values)]


if __name__ == "__main__":
    main()
