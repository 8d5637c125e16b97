"""Measures linter-ext against the run time, on real projects that are broken as refactors do.

    python -m benchmarks.truth PROJECTS [--breakages N] [--seed S] [--jobs J] [--work FOLDER]
    python -m benchmarks.truth PROJECTS --unbroken

PROJECTS is a folder of unpacked source distributions, whose dependencies (not they themselves),
pytest and linter-ext are installed in the Python that runs this:

    pip download --no-deps --no-binary :all: --no-build-isolation NAME…

Each breakage is applied to a copy; every import statement and every reference is tried for real in
a child process, pytest collects the tests, linter-ext checks the same tree, and both are compared.
What fails in the unbroken project already does not count. With `--unbroken` each report on the
unbroken projects is shown with what the run time says of it. What the run time says is kept below
the work folder, so that a second run only has to run linter-ext.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from queue import SimpleQueue

from benchmarks.truth_breakages import draw
from benchmarks.truth_compare import KINDS, Comparison, Unbroken, compare, confirmed
from benchmarks.truth_ground import Breakage, Ground, survey
from benchmarks.truth_layout import Needs, layout_of, needs_of
from benchmarks.truth_runtime import Truth, observe, observe_references
from benchmarks.truth_said import Said, read_report
from benchmarks.truth_tree import Tree, read_tree
from benchmarks.truth_workspace import CONFIGURATION, Workspace

_UNCOLLECTABLE = "--uncollectable"
_NOT_INSTALLED = "IMC406"
_INTACT = Breakage("unbroken", {}, kind="unbroken")


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    projects: Path
    breakages: int
    seed: str
    jobs: int
    work: Path
    only: Sequence[str]


class Project:
    """One project under test, with a workspace for each job."""

    def __init__(self, original: Path, options: Options) -> None:
        self.name = original.name
        self.needs: Needs = needs_of(original)
        self._layout = layout_of(original)
        self.tree: Tree = read_tree(original, self._layout)
        self._kept = options.work / "truth" / self.name
        self._kept.mkdir(parents=True, exist_ok=True)
        self._free: SimpleQueue[Workspace] = SimpleQueue()
        for job in range(options.jobs):
            workspace = Workspace(original, options.work / f"job{job}", self.needs)
            (workspace.root / CONFIGURATION).write_text(self._layout.configuration)
            self._free.put(workspace)

    def both(self, breakage: Breakage) -> tuple[Truth, Said]:
        """Return what the run time, and what linter-ext, says of the tree once broken."""
        tree = self.tree.edited(breakage.edits)
        workspace = self._free.get()
        try:
            with workspace.broken(breakage.edits):
                truth = self._truth(tree, workspace, breakage)
                done = workspace.run_linter([_UNCOLLECTABLE])
                if not done.stdout and _UNCOLLECTABLE in done.stderr:
                    done = workspace.run_linter([])
                said = read_report(tree, done)
                return self._with_all_references(tree, workspace, truth, said), said
        finally:
            self._free.put(workspace)

    def _with_all_references(
        self, tree: Tree, workspace: Workspace, truth: Truth, said: Said
    ) -> Truth:
        """Return the truth with that of references that only linter-ext finds."""
        known = {(item.path, item.line) for item in truth.references}
        more = [place for place in said.references if place[:2] not in known]
        tried = observe_references(tree, workspace, self.needs, more)
        return replace(truth, references=[*truth.references, *tried])

    def _truth(self, tree: Tree, workspace: Workspace, breakage: Breakage) -> Truth:
        edits = json.dumps([_sources(), asdict(self.needs), sorted(breakage.edits.items())])
        kept = self._kept / f"{hashlib.sha256(edits.encode()).hexdigest()[:24]}.json"
        if kept.is_file():
            return Truth.from_json(kept.read_text())
        truth = observe(tree, workspace, self.needs, breakage.cycle)
        kept.write_text(truth.as_json())
        return truth


def main() -> None:
    """Measure and print."""
    parser = _parser()
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        options = Options(
            projects=arguments.projects.resolve(),
            breakages=arguments.breakages,
            seed=arguments.seed,
            jobs=arguments.jobs,
            work=(arguments.work or Path(folder)).resolve(),
            only=arguments.only or (),
        )
        projects = [Project(path, options) for path in _folders(options)]
        if arguments.unbroken:
            _tell_unbroken(projects, options)
        else:
            _tell_broken(projects, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Compare linter-ext with the run time.")
    parser.add_argument("projects", type=Path, help="folder of unpacked source distributions")
    parser.add_argument("--breakages", type=int, default=44, help="breakages for each project")
    parser.add_argument("--seed", default="1", help="makes the breakages repeatable")
    parser.add_argument("--jobs", type=int, default=2, help="processes at once")
    parser.add_argument("--work", type=Path, help="where copies, and the truth, are kept")
    parser.add_argument("--only", action="append", help="a project, by the start of its name")
    parser.add_argument("--unbroken", action="store_true", help="report on unbroken projects")
    return parser


def _folders(options: Options) -> list[Path]:
    found = sorted(path for path in options.projects.iterdir() if path.is_dir())
    return [
        path
        for path in found
        if not options.only or any(path.name.startswith(start) for start in options.only)
    ]


@cache
def _sources() -> str:
    """Return a digest of what the kept truth depends on beside the tree."""
    own = Path(__file__).parent
    names = (
        "child",
        "collect",
        "cycles",
        "references",
        "runtime",
        "statements",
        "tolerant",
    )
    texts = [(own / f"truth_{name}.py").read_bytes() for name in names]
    return hashlib.sha256(b"".join(texts)).hexdigest()


# The unbroken projects.


def _tell_unbroken(projects: Sequence[Project], options: Options) -> None:
    """Print each report on the unbroken projects, with what the run time says of it."""
    total = 0
    with ThreadPoolExecutor(options.jobs) as pool:
        each = pool.map(Project.both, projects, [_INTACT] * len(projects))
        for project, (truth, said) in zip(projects, each, strict=True):
            result = compare(truth, said, None, {})
            false = sum(result.scores[kind].false for kind in KINDS)
            counts = f"{result.tried} statements, {len(truth.references)} references"
            print(f"\n{project.name}: {counts}, {false} false alarms")
            reports = list(confirmed(truth, said))
            for place, text, verdict in reports:
                if _NOT_INSTALLED not in text:
                    print(f"    {place}: {text}\n        run time: {verdict}")
            packages = sum(_NOT_INSTALLED in text for _, text, _ in reports)
            print(f"    {packages} imports of packages that are not installed")
            for text in (*result.notes, *said.cycles.values()):
                print(f"    {text}")
            total += false
    print(f"\nTotal: {total} false alarms")


# Broken projects.


def _tell_broken(projects: Sequence[Project], options: Options) -> None:
    total, kinds = Comparison(), Counter[str]()
    number = 0
    with ThreadPoolExecutor(options.jobs) as pool:
        for project in projects:
            sum_, count = Comparison(), 0
            for breakage, result in _results(project, options, pool):
                count += 1
                kinds[breakage.kind] += 1
                sum_ += result
                _print_lines(result, f"{project.name} [{breakage.kind}: {breakage.place}]")
            number += count
            print(f"\n{project.name}: {count} breakages, {sum_.tried} statements tried")
            _print_scores(sum_)
            total += sum_
    print(f"\nTotal: {number} breakages, {total.tried} statements tried")
    _print_scores(total)
    print("\n" + "\n".join(f"{count:5} {kind}" for kind, count in sorted(kinds.items())))


def _results(
    project: Project, options: Options, pool: ThreadPoolExecutor
) -> Iterator[tuple[Breakage, Comparison]]:
    unbroken = Unbroken(*project.both(_INTACT))
    breakages = list(_draws(survey(project.tree), options, project.name))

    def one(breakage: Breakage) -> Comparison:
        try:
            truth, said = project.both(breakage)
        except RuntimeError as error:
            return Comparison(disagreements=[str(error)])
        return compare(truth, said, unbroken, breakage.moved)

    yield from zip(breakages, pool.map(one, breakages), strict=True)


def _draws(ground: Ground, options: Options, name: str) -> Iterator[Breakage]:
    seen: set[str] = set()
    for number in range(options.breakages * 2):
        breakage = draw(ground, f"{options.seed}:{name}", number)
        if breakage is not None and breakage.place not in seen and len(seen) < options.breakages:
            seen.add(breakage.place)
            yield breakage


def _print_scores(result: Comparison) -> None:
    print(f"    {'':15}{'truth':>8}{'found':>8}{'false':>8}{'precision':>11}{'recall':>9}")
    for kind in KINDS:
        score = result.scores[kind]
        shares = f"{score.precision:>11.4f}{score.recall:>9.4f}"
        print(f"    {kind:15}{score.truth:>8}{score.found:>8}{score.false:>8}{shares}")
    print(f"    of {result.unverified} statements the run time cannot tell")


def _print_lines(result: Comparison, head: str) -> None:
    """Print the disagreements and the notes of a breakage; like ones are counted."""
    for mark, lines in (("!", result.disagreements), ("?", result.notes)):
        alike: dict[str, list[str]] = {}
        for line in lines:
            alike.setdefault(line.partition(" ")[2], []).append(line)
        for each in alike.values():
            more = f" (and {len(each) - 1} alike)" if len(each) > 1 else ""
            print(f"{mark} {head}\n    {each[0]}{more}", flush=True)


if __name__ == "__main__":
    main()
