"""Measures what each format of a report costs where there are many violations.

    python benchmarks/reports.py [--violations N]

Makes a tree of modules that break three contracts, in a temporary folder, and checks it. Then
writes each format in a process of its own, which starts with the result, and prints the seconds
of the processor, the size of the report, and the memory of that process at its peak, the result
included. Nothing passes or fails by the clock.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir
from functools import partial
from pathlib import Path
from typing import NamedTuple

from linter_ext.checking import Wanted, check_project
from linter_ext.cli.standard_output import in_utf_8
from linter_ext.configuration import load
from linter_ext.configuration_file import find_configuration
from linter_ext.reporters import text
from linter_ext.reporters.formats import Format, reporter
from linter_ext.reporters.grouping import Grouping
from linter_ext.reporters.palette import COLOURED
from linter_ext.reporters.result import Result

_IN_A_FILE = 50
_MISSING_EVERY = 100
_CONFIGURATION = """\
[importlinter]
root_packages =
    app
contract_types =
    absolute_imports: linter_ext.contract_types.AbsoluteImportsContract
    deprecated_imports: linter_ext.contract_types.DeprecatedImportsContract
    resolvable_imports: linter_ext.contract_types.ResolvableImportsContract

[importlinter:contract:absolute]
name = Absolute imports only
type = absolute_imports

[importlinter:contract:moved]
name = Nothing from old paths
type = deprecated_imports
deprecated = shop.old => shop.new

[importlinter:contract:resolvable]
name = Every import resolves
type = resolvable_imports
"""
_text = partial(text.render, quiet=False, statistics=True)
_REPORTS: Mapping[str, Callable[[Result], str | Iterator[str]]] = {
    "text": _text,
    "text, coloured": partial(_text, palette=COLOURED),
    **{f"text, by {grouping}": partial(_text, grouping=grouping) for grouping in Grouping},
    **{str(name): reporter(name) for name in Format if name is not Format.TEXT},
}


class Cost(NamedTuple):
    """What a report costs: seconds of the processor, and megabytes."""

    seconds: float
    size: float
    peak: float


def main() -> None:
    """Make the tree, check it, and print what each format costs."""
    parser = argparse.ArgumentParser(description="Measure the formats of a report.")
    parser.add_argument("--violations", type=int, default=50_000, help="how many there are")
    result = _checked(parser.parse_args().violations)
    violations = result.report.violations
    files = len({violation.path for violation in violations})
    print(f"{len(violations):,} violations in {files:,} files")
    print(f"\n{'':20}{'CPU s':>9}{'MB':>9}{'peak MB':>9}")
    for name, render in _REPORTS.items():
        cost = _apart(partial(_measure, render, result))
        print(f"{name:20}{cost.seconds:>9.2f}{cost.size:>9.1f}{cost.peak:>9.0f}")


def _checked(number: int) -> Result:
    """Return the result of a check that finds so many violations, causes included."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        package = Path("app")
        package.mkdir()
        Path(".importlinter").write_text(_CONFIGURATION)
        (package / "__init__.py").write_text("")
        for start in range(0, number, _IN_A_FILE):
            lines = [_line(place) for place in range(start, min(start + _IN_A_FILE, number))]
            (package / f"module_{start}.py").write_text("".join(lines))
        file = find_configuration(Path.cwd())
        assert file is not None
        wanted = Wanted(violations=True, collection=False, causes=True)
        return check_project(load(file), None, wanted, lambda files, _: files)


def _line(number: int) -> str:
    """Return an import with one violation."""
    if number % _MISSING_EVERY == 0:
        return f"import app.gone_{number}\n"
    return "from . import module_0\n" if number % 2 else f"import shop.old.part_{number}\n"


def _apart(measure: Callable[[], Cost]) -> Cost:
    """Return what a process of its own measures, which starts with all that this one knows."""
    context = multiprocessing.get_context("fork")
    costs = context.SimpleQueue()
    process = context.Process(target=lambda: costs.put(measure()))
    process.start()
    cost: Cost = costs.get()
    process.join()
    return cost


def _measure(render: Callable[[Result], str | Iterator[str]], result: Result) -> Cost:
    start = time.process_time()
    report = render(result)
    size = sum(map(len, in_utf_8([report] if isinstance(report, str) else report)))
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Cost(seconds, size / 1e6, peak / 1e3)


if __name__ == "__main__":
    main()
