"""Measures what a large table of moves adds to a check.

    python -m benchmarks.moves TREE PACKAGE [--entries N] [--rounds N]

PACKAGE is a root package below TREE. The tree is checked with a table of one entry, with one of
N entries (half of them modules, half names, all below PACKAGE) that no import matches, and with
one in which some are modules and names of the tree; once under `deprecated_imports` alone, once
under all contract types of ours. Prints CPU seconds (children included), the best and the median
of N rounds that take turns, and what each table adds to the first: the median of what it adds in
each round. Nothing passes or fails by the clock.
"""

from __future__ import annotations

import argparse
import ast
import statistics
import tempfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from benchmarks.costs import measured

_ALONE = ("deprecated_imports",)
_ALL = (
    "absolute_imports",
    "deprecated_imports",
    "canonical_imports",
    "resolvable_imports",
    "acyclic_imports",
)
_MATCHING = 50


def main() -> None:
    """Measure and print."""
    options = _parser().parse_args()
    tree: Path = options.tree.resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        gone = list(_gone(options.package, options.entries))
        there = list(islice(_there(tree, options.package), _MATCHING))
        tables = {
            "1 entry": gone[:1],
            f"{len(gone):,} entries, none matches": gone,
            f"{len(gone):,} entries, {len(there)} of the tree": gone[len(there) :] + there,
        }
        for kinds in (_ALONE, _ALL):
            configs = {
                label: _written(folder / f"{len(kinds)}-{number}", options.package, kinds, entries)
                for number, (label, entries) in enumerate(tables.items())
            }
            print(f"{' + '.join(kinds)}:")
            _tell(_measured(tree, configs, options.rounds))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure what a large table of moves costs.")
    parser.add_argument("tree", type=Path, help="the tree")
    parser.add_argument("package", help="the root package")
    parser.add_argument("--entries", type=int, default=5_000, help="how many moves")
    parser.add_argument("--rounds", type=int, default=7, help="rounds, which take turns")
    return parser


def _measured(tree: Path, configs: Mapping[str, Path], rounds: int) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {label: [] for label in configs}
    for _ in range(rounds):
        for label, config in configs.items():
            command = ["linter-ext", "check", "-q", "--config", str(config)]
            seconds[label].append(measured(command, tree).cpu)
    return seconds


def _tell(seconds: Mapping[str, list[float]]) -> None:
    first = next(iter(seconds.values()))
    for label, found in seconds.items():
        best, median = min(found), statistics.median(found)
        added = statistics.median(one / other - 1 for one, other in zip(found, first, strict=True))
        print(f"    {label:34}{best:7.2f} s{median:7.2f} s{added:+8.1%}")


# The tables.


def _gone(package: str, number: int) -> Iterator[tuple[str, str, str]]:
    """Yield old paths that nothing asks for, new ones, and what each is."""
    for index in range(number // 2):
        group = f"{package}.gone_{index % 40}"
        yield f"{group}.module_{index}", f"{package}.there_{index % 40}.module_{index}", "module"
        yield f"{group}.kept.Name{index}", f"{package}.there_{index % 40}.Name{index}", "name"


def _there(tree: Path, package: str) -> Iterator[tuple[str, str, str]]:
    """Yield modules of the tree, and names of others, as if they had moved."""
    (root,) = {path.parent for path in tree.glob(f"*/{package}")} | {
        path.parent for path in tree.glob(package)
    }
    for number, path in enumerate(sorted((root / package).rglob("*.py"))):
        module = ".".join(path.relative_to(root).with_suffix("").parts)
        if path.stem == "__init__" or "test" in module:
            continue
        if number % 2:
            yield module, f"{module}_moved", "module"
        else:
            for name in islice(_names(path), 1):
                yield f"{module}.{name}", f"{module}.{name}Moved", "name"


def _names(path: Path) -> Iterator[str]:
    for node in ast.parse(path.read_bytes()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name


def _written(
    folder: Path, package: str, kinds: tuple[str, ...], entries: list[tuple[str, str, str]]
) -> Path:
    folder.mkdir()
    table = folder / "moves.toml"
    table.write_text(
        "\n".join(
            f'[[moves]]\nold = "{old}"\nnew = "{new}"\nkind = "{kind}"\nreason = "one package"\n'
            for old, new, kind in entries
        )
    )
    options = {
        "deprecated_imports": f"moves = {table}",
        "canonical_imports": "re_exports = packages",
    }
    types = (f"    {kind}: linter_ext.contract_types.{_class_name(kind)}" for kind in kinds)
    session = ["[importlinter]", f"root_package = {package}", "contract_types =", *types]
    contracts = (
        f"\n[importlinter:contract:{kind}]\nname = {kind}\ntype = {kind}\n{options.get(kind, '')}"
        for kind in kinds
    )
    config = folder / "moves.ini"
    config.write_text("\n".join([*session, *contracts]) + "\n")
    return config


def _class_name(kind: str) -> str:
    return f"{''.join(part.capitalize() for part in kind.split('_'))}Contract"


if __name__ == "__main__":
    main()
