"""Words that several reports share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from linter_ext.codes import Code
from linter_ext.halt import Halt
from linter_ext.reporters.palette import PLAIN, Palette
from linter_ext.reporters.result import Result
from linter_ext.violations import Violation

if TYPE_CHECKING:
    from linter_ext.causes import CauseKey

INDENT = "    "

_FACTS: Mapping[Code | Halt | None, str] = {
    Halt.NAME_TAKEN: "'{target}' has taken the module name",
    Halt.RAISES: "'{target}' raises an exception",
    Code.UNREADABLE: "'{target}' cannot be read or parsed",
    Code.NO_MODULE: "there is no module '{target}'",
    Code.NO_PACKAGE: "'{parent}' is a module, not a package, so there is no '{target}'",
    Code.NOT_INSTALLED: "'{target}' is not installed",
    Code.CYCLE: "'{target}' is not there yet when it is asked for",
}
_FACT = "there is no '{target}'"
_CLIMBS = "'{target}' climbs out of its package"


def count(number: int, noun: str) -> str:
    """Return a number with its noun: `1 file`, `1,002 files`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def violation_line(violation: Violation, palette: Palette = PLAIN) -> str:
    """Return a violation as one line, as flake8 prints it, coloured."""
    if palette is PLAIN:
        return str(violation)
    finding = violation.finding
    return (
        f"{palette.path}{encodable(violation.path)}{palette.end}"
        f":{finding.span.line}:{finding.span.column}: "
        f"{palette.code}{finding.code}{palette.end} {encodable(finding.message)}"
    )


def encodable(text: str) -> str:
    """Return text in which is escaped what is no text, as in a file name that is not UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def found_in(result: Result) -> str:
    """Return how many violations of contracts there are: `5 violations in 2 files`."""
    found = [item for result_ in result.report.results for item in result_.violations]
    allowed = "" if result.allowed is None else f", {result.allowed:,} allowed"
    final = next((item.finding.code for item in found if item.finding.code.is_final), None)
    if allowed and final is not None:
        allowed += f", but no {final}"
    if not found:
        return f"No violations{allowed}"
    files = len({violation.path for violation in found})
    return f"{count(len(found), 'violation')} in {count(files, 'file')}{allowed}"


def fact(key: CauseKey) -> str:
    """Return what is wrong, with the code: `there is no module 'app.gone' (IMC401)`."""
    told = _CLIMBS if key.target.startswith(".") else _FACTS.get(key.stop, _FACT)
    parent = key.target.rpartition(".")[0]
    line = told.format(target=key.target, parent=parent)
    return line if key.code is None else f"{line} ({key.code})"


def statistics_lines(codes: Iterable[Code]) -> list[str]:
    """Return how often each code occurs, the most frequent first, a line each."""
    counts = Counter(codes)
    width = max((len(str(number)) for number in counts.values()), default=1)
    return [
        f"{number:>{width}}  {code}  {Code(code).summary}"
        for code, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def join_parts(parts: Iterable[Sequence[str]]) -> str:
    """Return the lines of the parts, every line ended, with an empty line between parts."""
    return "\n".join("".join(f"{line}\n" for line in part) for part in parts if part)
