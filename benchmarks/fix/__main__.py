"""The commands of the package."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tarfile
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from benchmarks.fix.code import made_absolute
from benchmarks.fix.configurations import write_configuration
from benchmarks.fix.dresses import try_dresses
from benchmarks.fix.ground import Ground
from benchmarks.fix.projects import PROJECTS
from benchmarks.fix.shims import make_moves
from benchmarks.fix.suite import run_suite
from benchmarks.fix.table import tables
from benchmarks.fix.tools import TOOLS
from benchmarks.fix.trials import (
    OURS,
    ROPE,
    prove_absolute,
    prove_canonical,
    prove_moves,
    try_moves,
)

_FOR_ALL = ("pytest", "libcst==1.9.0", "rope==1.15.0", "reorder-python-imports==3.19.0")


def main() -> None:
    """Run a command."""
    warnings.simplefilter("ignore")
    options = _parser().parse_args()
    commands: dict[str, Callable[[Ground, argparse.Namespace], None]] = {
        "fetch": _fetch,
        "prepare": _prepare,
        "moves": _moves,
        "absolute": lambda ground, _: prove_absolute(ground),
        "canonical": lambda ground, _: prove_canonical(ground),
        "dresses": _dresses,
    }
    for project in PROJECTS:
        if options.command in commands and options.project in {None, project.name}:
            commands[options.command](Ground(options.folder, project), options)
    if options.command not in {"fetch", "prepare"}:
        print(tables(options.folder.resolve()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Prove 'linter-ext fix' on projects of PyPI.")
    commands = ("fetch", "prepare", "moves", "absolute", "canonical", "dresses", "table")
    parser.add_argument("command", choices=commands)
    parser.add_argument("folder", type=Path, help="where everything goes")
    parser.add_argument("--project", choices=[project.name for project in PROJECTS])
    parser.add_argument("--tool", choices=list(TOOLS), action="append")
    parser.add_argument("--seed", type=int, default=1)
    return parser


def _fetch(ground: Ground, _: argparse.Namespace) -> None:
    ground.folder.mkdir(parents=True, exist_ok=True)
    if not ground.python.exists():
        subprocess.run([sys.executable, "-m", "venv", ground.folder / "venv"], check=True)
    pip = [str(ground.python), "-m", "pip"]
    wanted = [*_FOR_ALL, *ground.project.needs]
    subprocess.run([*pip, "install", "--quiet", *wanted], check=True)
    target = ground.folder / "projects"
    target.mkdir(exist_ok=True)
    command = [*pip, "download", "--quiet", "--no-deps", "--no-binary", ":all:", "-d", str(target)]
    subprocess.run([*command, ground.project.requirement], check=True)
    (archive,) = target.glob(f"{ground.project.name}-{ground.project.version}.tar.gz")
    with tarfile.open(archive) as stream:
        stream.extractall(target, filter="data")


def _prepare(ground: Ground, options: argparse.Namespace) -> None:
    original = ground.tree("original").root
    shutil.rmtree(original, ignore_errors=True)
    shutil.copytree(ground.project.found_in(ground.folder), original, symlinks=True)
    before = run_suite(ground.tree("original"), ground.python)
    again = run_suite(ground.tree("original"), ground.python)
    steady = sorted(before.passed & again.passed)
    (original.parent / "before.json").write_text(json.dumps({"passed": steady}))
    absolute = ground.copied("original", "absolute")
    changed = 0
    for module in absolute.modules():
        text = absolute.read(module.path)
        if (new := made_absolute(text, module.package)) != text:
            absolute.write(module.path, new)
            changed += 1
    moved = ground.copied("absolute", "moved")
    moves, shims = make_moves(moved, ground.python, options.seed)
    write_configuration(moved, "deprecated_imports", ["moves = contracts/moves.toml"])
    kinds = Counter(move.kind for move in moves)
    print(f"## {ground.project.name} {ground.project.version}: {ground.project.style}", flush=True)
    print(f"{len(steady)} tests pass, {len(before.failed)} fail; {changed} files made absolute")
    print(f"{kinds['module']} modules and {kinds['name']} names moved, {len(shims)} shims")
    for name in ("absolute", "moved"):
        ground.lost_tests(name, ground.tree(name))


def _moves(ground: Ground, options: argparse.Namespace) -> None:
    for tool in options.tool or TOOLS:
        try_moves(ground, tool)
        if tool == OURS:
            prove_moves(ground)


def _dresses(ground: Ground, options: argparse.Namespace) -> None:
    for tool in options.tool or (name for name in TOOLS if name != ROPE):
        try_dresses(ground, tool)


if __name__ == "__main__":
    main()
