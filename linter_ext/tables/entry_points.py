"""The entry points that a `pyproject.toml` declares: scripts, plugins, Poetry's too.

As the entry points specification and PEP 621 have them: `name = "module:object [extra]"`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping

from linter_ext.names import is_dotted_name
from linter_ext.source.facts import Reference, ReferenceKind, Referrer, Span
from linter_ext.tables.toml_lines import key_lines
from linter_ext.tables.toml_plain import KeyPath

_SCRIPTS: tuple[KeyPath, ...] = (
    ("project", "scripts"),
    ("project", "gui-scripts"),
    ("tool", "poetry", "scripts"),
)
_GROUPS: tuple[KeyPath, ...] = (("project", "entry-points"), ("tool", "poetry", "plugins"))
_PATH = re.compile(r"\s*([\w.]+)\s*(?::\s*([\w.]+)\s*)?(?:\[[^\]]*\]\s*)?")
_POETRY_KEYS = ("reference", "callable")


def find_entry_points(text: str) -> tuple[Reference, ...]:
    """Return the objects and modules that a `pyproject.toml` names as entry points.

    They stand in the order of the text; none, if the text is not valid TOML.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return ()
    places = key_lines(text)
    lines = text.split("\n")
    found = [
        reference
        for path, value in _declared(content)
        if (reference := _reference(value, places.get(path, 1), lines)) is not None
    ]
    return tuple(sorted(found, key=lambda item: (item.span.line, item.span.column)))


def _declared(content: Mapping[str, object]) -> Iterator[tuple[KeyPath, str]]:
    """Yield each declared string with the keys that lead to it."""
    groups = [(*path, name) for path in _GROUPS for name in _table(content, path)]
    for path in (*_SCRIPTS, *groups):
        for name, value in _table(content, path).items():
            inner = value if isinstance(value, dict) else {}
            for key in _POETRY_KEYS:
                if isinstance(inner.get(key), str) and inner.get("type", "console") == "console":
                    yield (*path, name, key), inner[key]
            if isinstance(value, str):
                yield (*path, name), value


def _table(content: Mapping[str, object], path: KeyPath) -> Mapping[str, object]:
    table: object = content
    for key in path:
        table = table.get(key, {}) if isinstance(table, dict) else {}
    return table if isinstance(table, dict) else {}


def _reference(value: str, line: int, lines: list[str]) -> Reference | None:
    found = _PATH.fullmatch(value)
    target = ".".join(part for part in found.groups() if part) if found is not None else ""
    if not is_dotted_name(target):
        return None
    literal = re.search(rf"""("{{3}}|'{{3}}|["']){re.escape(value)}\1""", lines[line - 1])
    # A string that is not written as it reads stands for its whole line.
    start, end = literal.span() if literal is not None else (0, len(lines[line - 1]))
    is_module = found is not None and found[2] is None
    return Reference(
        target=target,
        kind=ReferenceKind.MODULE if is_module else ReferenceKind.OBJECT,
        span=Span(line, start + 1, line, end + 1),
        line=line,
        referrer=Referrer.DECLARED,
    )
