"""One tool on one project: `Trial` for the moves, `Proof` for what `linter-ext fix` promises."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Callable, Sequence

from benchmarks.fix.canonical import canonical_lines
from benchmarks.fix.code import Checkout
from benchmarks.fix.configurations import write_configuration
from benchmarks.fix.deletion import delete_unused
from benchmarks.fix.faithful import Faith, faith_of
from benchmarks.fix.ground import Ground
from benchmarks.fix.moves import Map, Move, read_moves
from benchmarks.fix.results import Proof, Trial, keep, kept_trials
from benchmarks.fix.score import KINDS, Score, compare
from benchmarks.fix.shims import Shim, read_shims
from benchmarks.fix.tools import TOOLS, run_linter

OURS = "linter-ext fix"
ROPE = "rope"
_OUTCOMES = ("right", "left", "wrong")


def try_moves(ground: Ground, tool: str) -> None:
    """Run a tool on the moves of a project, and keep what came of it."""
    moved = ground.tree("moved")
    moves, shims = read_moves(moved.root), read_shims(moved.root)
    files = frozenset(shim.path for shim in shims if shim.kind == "module")
    name = tool.replace(" ", "_")
    checkout = ground.copied("absolute" if tool == ROPE else "moved", name)
    started = _seconds()
    ran = TOOLS[tool](checkout, moves, files, ground.python)
    spent = _seconds() - started
    if tool == ROPE:
        _lay_shims(moved, checkout, shims)
    table = Map(moves)
    score = compare(moved, checkout, table, files)
    faith = faith_of(moved, checkout, _concerned(moves), files)
    ground.note(name, _details(score, faith, ran.crashes, ran.said))
    trial = Trial(
        project=ground.project.name,
        tool=tool,
        counts={kind: {how: score.count(kind, how) for how in _OUTCOMES} for kind in KINDS},
        harm=len(score.harm),
        files=faith.files,
        lines=faith.lines,
        strange=faith.strange,
        statements=faith.statements,
        comments=faith.comments,
        seconds=round(spent, 1),
        shims=len(shims),
        crashes=len(ran.crashes),
        late=ran.late,
    )
    keep(ground, trial)
    trial.lost = ground.lost_tests(f"{tool}, with shims", checkout)
    cleared = ground.copied(name, f"{name}_cleared")
    trial.gone, _ = delete_unused(cleared, table, shims)
    trial.lost_then = ground.lost_tests(f"{tool}, without unused shims", cleared)
    keep(ground, trial)


def _lay_shims(moved: Checkout, checkout: Checkout, shims: Sequence[Shim]) -> None:
    """Put shims where rope, which moves by itself, has left nothing."""
    for shim in shims:
        place = checkout.root / shim.path
        if shim.kind == "module" and not place.exists():
            shutil.copy2(moved.root / shim.path, place)


def _concerned(moves: Sequence[Move]) -> Callable[[str], bool]:
    old = Map(moves)
    new = Map([Move(move.new, move.new, move.kind, move.how) for move in moves])
    # An import from the module that a name goes to, or from its package, may take up a name.
    homes = {move.home for move in moves}
    homes |= {home.rpartition(".")[0] for home in homes}
    return lambda path: bool(path in homes or old.old_in(path) or new.old_in(path))


def _details(score: Score, faith: Faith, crashes: list[str], said: str) -> str:
    verdicts = [v for v in score.verdicts if v.outcome != "right"]
    lines = [f"{v.outcome} {v.kind}: {v.file}: {v.site}: {v.why}" for v in sorted(verdicts)]
    lines += [f"harm: {line}" for line in score.harm]
    lines += [f"strange: {line}" for line in faith.examples]
    return "\n".join([*lines, *(f"crash: {line}" for line in crashes), said, ""])


def prove_moves(ground: Ground) -> None:
    """Prove the fix of the moves."""
    checkout = ground.copied("moved", "fixed_moves")
    moves, shims = read_moves(checkout.root), read_shims(checkout.root)
    files = frozenset(shim.path for shim in shims if shim.kind == "module")
    proof = Proof(project=ground.project.name, bar="moves", entries=len(moves))
    # The same bytes as those of the trial, so that the tests need not run once more.
    trial = kept_trials(ground.folder)[ground.project.name, OURS]
    proof.lost = trial.lost
    _prove(ground, ground.tree("moved"), checkout, proof, (_concerned(moves), files))


def prove_absolute(ground: Ground) -> None:
    """Prove the fix of relative imports."""
    checkout = ground.copied("original", "fixed_absolute")
    write_configuration(checkout, "absolute_imports", [])
    proof = Proof(project=ground.project.name, bar="absolute")
    _prove(ground, ground.tree("original"), checkout, proof, (lambda _: False, frozenset()))
    _test(ground, checkout, proof)


def prove_canonical(ground: Ground) -> None:
    """Prove the fix of names that are taken from elsewhere: in the project, and with its shims."""
    for bar, source in (("canonical", "absolute"), ("canonical with shims", "moved")):
        checkout = ground.copied(source, f"fixed_{bar.replace(' ', '_')}")
        lines = canonical_lines(checkout)
        options = ["canonical =", *(f"    {line}" for line in lines)]
        write_configuration(checkout, "canonical_imports", options)
        proof = Proof(project=ground.project.name, bar=bar, entries=len(lines))
        _prove(ground, ground.tree(source), checkout, proof, (lambda _: True, frozenset()))
        _test(ground, checkout, proof)


def _test(ground: Ground, checkout: Checkout, proof: Proof) -> None:
    proof.lost = ground.lost_tests(f"{proof.bar}, after fix", checkout)
    keep(ground, proof)


def _prove(
    ground: Ground,
    source: Checkout,
    checkout: Checkout,
    proof: Proof,
    scope: tuple[Callable[[str], bool], frozenset[str]],
) -> None:
    proof.before = _violations(checkout)
    started = _seconds()
    first = run_linter(checkout, "fix")
    proof.seconds = round(_seconds() - started, 1)
    said = first.stdout + first.stderr
    ground.note(f"{checkout.root.name}.fix", said)
    proof.refused = said.count("    not fixed: ")
    files = {module.path: checkout.read(module.path) for module in checkout.modules()}
    run_linter(checkout, "fix")
    proof.again = sum(
        files.get(module.path) != checkout.read(module.path) for module in checkout.modules()
    )
    proof.left = _violations(checkout)
    faith = faith_of(source, checkout, *scope)
    proof.files, proof.lines = faith.files, faith.lines
    proof.strange, proof.comments = faith.strange, faith.comments
    proof.tests = len(ground.before().passed)
    keep(ground, proof)


def _violations(checkout: Checkout) -> int:
    return run_linter(checkout, "check", "--quiet").stdout.count("\n")


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
