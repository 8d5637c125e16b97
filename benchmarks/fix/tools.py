"""What is compared: ours and its peers, each as its documents say it is to be used.

LibCST:    `RenameCommand`, move after move, names as `module:name`. Its own class runs over the
           files in one process, and only over those in which the last part of the old path is a
           name: it renames nothing but names, so that the command line, which reads every file
           for every move, would come to the same.
rope:      moves by itself, so it starts from the tree before the moves: `Rename` and `MoveModule`
           for modules, `MoveGlobal` and `Rename` for names; our shims are laid out afterwards.
reorder-python-imports: one run, one `--replace-import` for each move.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.fix.code import Checkout
from benchmarks.fix.moves import Move

# CPU seconds; what a peer has not begun by then is left, and counted.
TIMEOUT = 600
_REORDER_BATCH = 400

_LIBCST = r"""
import io, json, sys, time, tokenize
from libcst import parse_module
from libcst.codemod import CodemodContext
from libcst.codemod.commands.rename import RenameCommand
task = json.load(sys.stdin)
crashes, end, late = [], time.process_time() + task["seconds"], set()
def names_in(data):
    try:
        tokens = list(tokenize.tokenize(io.BytesIO(data).readline))
    except (SyntaxError, tokenize.TokenError):
        return set()
    return {token.string for token in tokens if token.type == tokenize.NAME}
files = {path: open(path, "rb").read() for path in task["files"]}
names = {path: names_in(data) for path, data in files.items()}
for old, new in task["moves"]:
    word = old.rpartition(".")[2]
    for path, data in files.items():
        if word not in names[path]:
            continue
        if time.process_time() > end:
            late.add(old)
            break
        try:
            name, package = task["files"][path]
            context = CodemodContext(
                filename=path, full_module_name=name, full_package_name=package
            )
            files[path] = RenameCommand(context, old, new).transform_module(
                parse_module(data)
            ).bytes
            names[path] = names_in(files[path])
        except Exception as error:
            crashes.append(f"{path}: {old}: {type(error).__name__}: {str(error)[:80]}")
for path, data in files.items():
    if open(path, "rb").read() != data:
        open(path, "wb").write(data)
print(json.dumps({"crashes": crashes, "late": len(late)}))
"""

_ROPE = r"""
import json, re, sys, time
from rope.base.project import Project
from rope.base.libutils import path_to_resource
from rope.refactor.move import create_move
from rope.refactor.rename import Rename
task = json.load(sys.stdin)
folders = [] if task["base"] == "." else [task["base"]]
project = Project(task["root"], ropefolder=None, source_folders=folders)
crashes, late, end = [], 0, time.process_time() + task["seconds"]
def resource(dotted):
    path = task["base"] + "/" + dotted.replace(".", "/")
    for tail in (".py", "/__init__.py"):
        try:
            return project.get_resource((path + tail).removeprefix("./"))
        except Exception:
            continue
    raise LookupError(dotted)
def package(dotted):
    folder = project.root if task["base"] == "." else project.get_folder(task["base"])
    for part in dotted.split("."):
        if not folder.has_child(part):
            folder.create_folder(part).create_file("__init__.py")
        folder = folder.get_child(part)
    return folder
def offset(found, name):
    text = found.read()
    match = re.search(rf"^(?:async )?(?:def|class) +({re.escape(name)})\b", text, re.M)
    return match.start(1)
def move_module(old, new):
    stem, last = old.rpartition(".")[2], new.rpartition(".")[2]
    if stem != last:
        project.do(Rename(project, resource(old)).get_changes(last))
        old = old.rpartition(".")[0] + "." + last
    if old != new:
        package(new.rpartition(".")[0])
        target = package(new.rpartition(".")[0])
        project.do(create_move(project, resource(old)).get_changes(target))
def move_name(old, new):
    home, name = old.rpartition(".")[::2]
    goal, last = new.rpartition(".")[::2]
    if name != last:
        found = resource(home)
        project.do(Rename(project, found, offset(found, name)).get_changes(last))
    if home != goal:
        try:
            target = resource(goal)
        except LookupError:
            target = package(goal.rpartition(".")[0]).create_file(goal.rpartition(".")[2] + ".py")
        found = resource(home)
        project.do(create_move(project, found, offset(found, last)).get_changes(target))
for kind, old, new in task["moves"]:
    if time.process_time() > end:
        late += 1
        continue
    try:
        (move_module if kind == "module" else move_name)(old, new)
    except Exception as error:
        crashes.append(f"{old}: {type(error).__name__}: {str(error)[:80]}")
project.close()
print(json.dumps({"crashes": crashes, "late": late}))
"""


class Ran(NamedTuple):
    """How a tool ended.

    Attributes:
        crashes: what it could not do, in its own words.
        late:    how many moves the time was too short for.
        said:    the end of what it wrote.
    """

    crashes: list[str]
    late: int = 0
    said: str = ""


Tool = Callable[[Checkout, Sequence[Move], frozenset[str], Path], Ran]


def run_ours(checkout: Checkout, _: Sequence[Move], __: frozenset[str], ___: Path) -> Ran:
    """Run `linter-ext fix`."""
    done = run_linter(checkout, "fix")
    return Ran([done.stderr[-2000:]] if done.returncode > 1 else [], said=done.stdout)


def run_linter(checkout: Checkout, *options: str) -> subprocess.CompletedProcess[str]:
    """Run a command of linter-ext in a checkout."""
    command = [sys.executable, "-P", "-m", "linter_ext", *options]
    return _run(command, checkout.root, "", {})


def run_libcst(
    checkout: Checkout, moves: Sequence[Move], shims: frozenset[str], python: Path
) -> Ran:
    """Run LibCST's rename."""
    pairs = [
        (move.old, move.new if move.kind == "module" else ":".join(move.new.rpartition(".")[::2]))
        for move in moves
    ]
    files = {
        module.path: (module.name, module.package)
        for module in checkout.modules()
        if module.path not in shims
    }
    task = {"moves": pairs, "files": files, "seconds": TIMEOUT}
    return _child(_LIBCST, task, checkout, python)


def run_rope(checkout: Checkout, moves: Sequence[Move], _: frozenset[str], python: Path) -> Ran:
    """Run rope's refactorings; the checkout is the one before the moves."""
    task = {
        "root": str(checkout.root),
        "base": checkout.project.base,
        "moves": [(move.kind, move.old, move.new) for move in moves],
        "seconds": TIMEOUT,
    }
    return _child(_ROPE, task, checkout, python)


def run_reorder(
    checkout: Checkout, moves: Sequence[Move], shims: frozenset[str], python: Path
) -> Ran:
    """Run reorder-python-imports."""
    options = []
    for move in moves:
        old, new = move.old, move.new
        if move.kind == "name":
            (old_home, _, name), (new_home, _, last) = old.rpartition("."), new.rpartition(".")
            # It has no words for a name that changes.
            if name != last:
                continue
            old, new = old_home, f"{new_home}:{name}"
        options += ["--replace-import", f"{old}={new}"]
    root = "src" if checkout.project.base == "src" else "."
    files = [module.path for module in checkout.modules() if module.path not in shims]
    crashes = []
    for start in range(0, len(files), _REORDER_BATCH):
        command = [str(python), "-m", "reorder_python_imports", *options]
        command += [
            "--application-directories",
            f".:{root}",
            *files[start : start + _REORDER_BATCH],
        ]
        done = _run(command, checkout.root, "", {})
        if re.search(r"^Traceback|^\w+Error", done.stderr, re.MULTILINE):
            crashes.append(done.stderr.strip().rpartition("\n")[2])
    return Ran(crashes)


def _child(code: str, task: object, checkout: Checkout, python: Path) -> Ran:
    done = _run([str(python), "-W", "ignore", "-c", code], checkout.root, json.dumps(task), {})
    try:
        answer = json.loads(done.stdout.strip().rpartition("\n")[2])
    except ValueError:
        return Ran([f"no end: {done.stderr[-600:]}"])
    return Ran(answer["crashes"], answer["late"])


def _run(
    command: Sequence[str], folder: Path, text: str, more: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **more},
            input=text,
            capture_output=True,
            text=True,
            timeout=4 * TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 99, "", "no end in time")


TOOLS: dict[str, Tool] = {
    "linter-ext fix": run_ours,
    "LibCST RenameCommand": run_libcst,
    "rope": run_rope,
    "reorder-python-imports": run_reorder,
}
