"""What the trials gave, kept between runs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.fix.ground import Ground

_Counts = dict[str, dict[str, int]]


@dataclass(kw_only=True)
class Trial:
    """What one tool made of the moved tree of one project.

    Attributes:
        project:     the project.
        tool:        the tool.
        counts:      by kind of site: how many are `right`, `left` and `wrong`.
        harm:        how many things are different that no move concerns.
        files:       files changed.
        lines:       lines of the diff.
        strange:     of these, lines with no import and nothing that a move concerns.
        statements:  import statements rewritten in which nothing moved.
        comments:    comments that are gone.
        seconds:     seconds of processor time.
        lost:        tests lost with all shims.
        shims:       shims there are.
        gone:        shims deleted because nothing needs them.
        lost_then:   tests lost without those.
        crashes:     steps the tool could not do.
        late:        moves that its time was too short for.
    """

    project: str
    tool: str
    counts: _Counts = field(default_factory=dict)
    harm: int = 0
    files: int = 0
    lines: int = 0
    strange: int = 0
    statements: int = 0
    comments: int = 0
    seconds: float = 0.0
    lost: int = 0
    shims: int = 0
    gone: int = 0
    lost_then: int = 0
    crashes: int = 0
    late: int = 0


@dataclass(kw_only=True)
class Proof:
    """What `linter-ext fix` made of one tree of one project.

    Attributes:
        project:  the project.
        bar:      `absolute`, `moves` or `canonical`.
        entries:  moves, or canonical names.
        tests:    tests that passed before.
        lost:     of these, those that do not pass after.
        before:   violations before.
        left:     violations after.
        refused:  of these, those that fix can mend, and would not.
        again:    files that a second run changed.
        files:    files changed.
        lines:    lines of the diff.
        strange:  of these, lines with neither an import nor a use or string that was to change.
        comments: comments that are gone.
        seconds:  seconds of processor time.
    """

    project: str
    bar: str
    entries: int = 0
    tests: int = 0
    lost: int = 0
    before: int = 0
    left: int = 0
    refused: int = 0
    again: int = 0
    files: int = 0
    lines: int = 0
    strange: int = 0
    comments: int = 0
    seconds: float = 0.0


@dataclass(kw_only=True)
class Dressed:
    """What one tool made of one project in other line ends or another encoding.

    Attributes:
        project: the project.
        tool:    the tool.
        dress:   which line ends or encoding.
        changed: files that it changes.
        unlike:  of these, files that came out otherwise than in plain UTF-8 with line feeds.
    """

    project: str
    tool: str
    dress: str
    changed: int = 0
    unlike: int = 0


def keep(ground: Ground, result: Trial | Proof | Dressed) -> None:
    """Keep a result; the one before of the same kind goes."""
    match result:
        case Trial():
            kind, name = "tools", result.tool
        case Proof():
            kind, name = "bars", result.bar
        case Dressed():
            kind, name = "dresses", f"{result.tool} {result.dress}"
    folder = ground.folder / "results" / kind
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{result.project} {name}.json"
    path.write_text(json.dumps(asdict(result), indent=1))


def kept_trials(folder: Path) -> dict[tuple[str, str], Trial]:
    """Return all trials kept in a folder, by project and tool."""
    paths = sorted((folder / "results" / "tools").glob("*.json"))
    trials = [Trial(**json.loads(path.read_text())) for path in paths]
    return {(trial.project, trial.tool): trial for trial in trials}


def kept_proofs(folder: Path) -> dict[tuple[str, str], Proof]:
    """Return all proofs kept in a folder, by bar and project."""
    paths = sorted((folder / "results" / "bars").glob("*.json"))
    proofs = [Proof(**json.loads(path.read_text())) for path in paths]
    return {(proof.bar, proof.project): proof for proof in proofs}


def kept_dresses(folder: Path) -> list[Dressed]:
    """Return how all dresses came out that are kept in a folder."""
    paths = sorted((folder / "results" / "dresses").glob("*.json"))
    return [Dressed(**json.loads(path.read_text())) for path in paths]
