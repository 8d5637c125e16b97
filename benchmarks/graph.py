"""Measures contracts on the module graph: the command against lint-imports, in one run.

    python -m benchmarks.graph TREE PACKAGE [--rounds N]

PACKAGE is a root package below TREE, with at least two packages in it. Contracts of all five
types of import-linter's are made over these, and one of each of three types of ours. Prints wall
and CPU seconds (children included, best of N rounds) of `lint-imports` and of `linter-ext check`
over import-linter's contracts, over ours, and over both, cold (without grimp's cache) and warm.
Nothing passes or fails by the clock.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.costs import Cost, measured

_CACHE = ".import_linter_cache"
_OURS = ("absolute_imports", "resolvable_imports", "acyclic_imports")


def main() -> None:
    """Measure and print."""
    options = _parser().parse_args()
    tree: Path = options.tree.resolve()
    with tempfile.TemporaryDirectory() as folder:
        configs = {
            name: _written(Path(folder) / f"{name}.ini", options.package, parts)
            for name, parts in _configurations(tree, options.package)
        }
        print(f"{'':34}{'cold: wall s':>13}{'CPU s':>8}{'warm: wall s':>14}{'CPU s':>8}")
        for label, command in _commands(configs):
            cold = _best(tree, command, options.rounds, _forget_cache)
            warm = _best(tree, command, options.rounds, _keep_cache)
            print(f"{label:34}{cold.wall:13.2f}{cold.cpu:8.2f}{warm.wall:14.2f}{warm.cpu:8.2f}")
        _forget_cache(tree)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure contracts on the module graph.")
    parser.add_argument("tree", type=Path, help="the tree, into which grimp's cache is written")
    parser.add_argument("package", help="the root package")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which the best counts")
    return parser


def _configurations(tree: Path, package: str) -> Iterator[tuple[str, list[str]]]:
    """Yield configurations: their names, and their contracts."""
    folders = sorted(path.parent.name for path in (tree / package).glob("*/__init__.py"))
    names = [f"{package}.{name}" for name in folders]
    first, second = names[: len(names) // 2], names[len(names) // 2 :]
    theirs = [
        _contract("layers", layers=[" : ".join(second), " : ".join(first)]),
        _contract("forbidden", source_modules=first, forbidden_modules=second),
        _contract("independence", modules=first[:3]),
        _contract("protected", protected_modules=first[:1], allowed_importers=second),
        _contract("acyclic_siblings", ancestors=[package]),
    ]
    ours = [_contract(kind) for kind in _OURS]
    yield "import-linter's", theirs
    yield "ours", ours
    yield "both", [*theirs, *ours]


def _contract(kind: str, **options: list[str]) -> str:
    lines = [f"[importlinter:contract:{kind}]", f"name = {kind}", f"type = {kind}"]
    for option, values in options.items():
        lines += [f"{option} =", *(f"    {value}" for value in values)]
    return "\n".join(lines)


def _written(path: Path, package: str, contracts: list[str]) -> Path:
    types = (
        f"    {kind}: linter_ext.contract_types."
        f"{''.join(part.capitalize() for part in kind.split('_'))}Contract"
        for kind in _OURS
    )
    session = ["[importlinter]", f"root_package = {package}", "contract_types =", *types]
    path.write_text("\n\n".join(["\n".join(session), *contracts]) + "\n")
    return path


def _commands(configs: dict[str, Path]) -> Iterator[tuple[str, list[str]]]:
    for name, config in configs.items():
        yield f"lint-imports, {name}", ["lint-imports", "--no-logo", "--config", str(config)]
        yield f"linter-ext check, {name}", ["linter-ext", "check", "-q", "--config", str(config)]


def _best(tree: Path, command: list[str], rounds: int, before: Callable[[Path], None]) -> Cost:
    costs = []
    for _ in range(rounds):
        before(tree)
        costs.append(measured(command, tree))
    return Cost(min(cost.wall for cost in costs), min(cost.cpu for cost in costs))


def _forget_cache(tree: Path) -> None:
    shutil.rmtree(tree / _CACHE, ignore_errors=True)


def _keep_cache(tree: Path) -> None:
    del tree


if __name__ == "__main__":
    main()
