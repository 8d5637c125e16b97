"""The results as tables of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.fix.projects import PROJECTS
from benchmarks.fix.results import Proof, Trial, kept_dresses, kept_proofs, kept_trials
from benchmarks.fix.score import KINDS
from benchmarks.fix.tools import TIMEOUT, TOOLS
from benchmarks.fix.trials import ROPE

_TITLES = {
    "absolute": "(a) absolute",
    "moves": "(b) moves",
    "canonical": "(c) canonical",
    "canonical with shims": "(c) canonical, shims included",
}
_TRIAL = (
    "project",
    "tool",
    "imports right/left/wrong",
    "uses",
    "strings",
    "harm",
    "tests lost",
    "shims gone",
    "tests lost then",
    "files",
    "lines",
    "other lines",
    "other imports",
    "comments lost",
    "CPU s",
    "failed/late moves",
)
_PROOF = (
    "bar",
    "project",
    "entries",
    "violations",
    "left",
    "refused",
    "second run changes",
    "tests",
    "lost",
    "files",
    "lines",
    "other lines",
    "comments lost",
    "CPU s",
)

_DRESSED = ("project", "tool", "files in", "changed", "otherwise than in LF and UTF-8")
_NOTES = f"""
Shims are no part of the figures. *left*: still the old path. *harm*: what no move concerns and is
different all the same (an import gone, a name no longer bound, a string). *other lines*: changed
lines that hold no import, and no use or string that a move concerns; *other imports*: statements
rewritten in which nothing moved. A string that patches a name which its old module still looks up
is right as it is. *failed/late moves*: steps that the tool could not do, in its own words, and
moves it had not begun after {TIMEOUT} seconds of processor time; their sites count as left.

LibCST runs over the files in which the last part of the old path is a name: the others cannot
change. rope makes the moves by itself, from the tree before them, so that a diff says nothing; it
leaves no shims for names, and ours for modules are laid out beside its work.
reorder-python-imports has no words for a name that changes: those moves are left out for it.

docutils finds its parsers, readers and writers by name at run time
(`import_module('docutils.readers.' + name)`), which no tool can see: their shims stay. This was
added after 98 tests had failed without them. In kombu, modules that its `__getattr__` or its tests
find by name do not move: their tests failed with shims, before anything was fixed. The five imports
of kombu that ours leaves stand in files with `# flake8: noqa`, which silences it there.
"""


def tables(folder: Path) -> str:
    """Return all tables that the results in a folder give."""
    trials, proofs = kept_trials(folder), kept_proofs(folder)
    names = [project.name for project in PROJECTS]
    told = [trials[name, tool] for name in names for tool in TOOLS if (name, tool) in trials]
    sums = [_sum([trial for trial in told if trial.tool == tool], tool) for tool in TOOLS]
    rows = [_trial(trial) for trial in [*told, *(one for one in sums if one is not None)]]
    proved = [proofs[bar, name] for bar in _TITLES for name in names if (bar, name) in proofs]
    dresses = [
        (one.project, one.tool, one.dress, one.changed, one.unlike) for one in kept_dresses(folder)
    ]
    parts = [_table(_PROOF, map(_proof, proved)), _table(_TRIAL, rows), _table(_DRESSED, dresses)]
    return "\n\n".join([*parts, _NOTES])


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def _trial(trial: Trial) -> list[object]:
    counts = ["/".join(str(count) for count in trial.counts[kind].values()) for kind in KINDS]
    # It starts from another tree, so that a diff against this one says nothing about it.
    faith: list[object] = ["-"] * 5
    if trial.tool != ROPE:
        faith = [trial.files, trial.lines, trial.strange, trial.statements, trial.comments]
    return [
        *(trial.project, trial.tool, *counts, trial.harm),
        *(trial.lost, f"{trial.gone} of {trial.shims}", trial.lost_then, *faith),
        *(round(trial.seconds), f"{trial.crashes}/{trial.late}"),
    ]


def _sum(trials: Sequence[Trial], tool: str) -> Trial | None:
    if not trials:
        return None
    whole = Trial(project=f"all {len(trials)}", tool=tool)
    whole.counts = {
        kind: {
            how: sum(trial.counts[kind][how] for trial in trials) for how in trials[0].counts[kind]
        }
        for kind in KINDS
    }
    for name in vars(whole).keys() - {"project", "tool", "counts"}:
        setattr(whole, name, sum(getattr(trial, name) for trial in trials))
    return whole


def _proof(proof: Proof) -> list[object]:
    return [
        *(_TITLES[proof.bar], proof.project, proof.entries or "-", proof.before, proof.left),
        proof.refused,
        *(proof.again, proof.tests, proof.lost, proof.files, proof.lines, proof.strange),
        *(proof.comments, round(proof.seconds)),
    ]
