"""What a tool changed that it need not have changed, byte by byte."""

from __future__ import annotations

import ast
import difflib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.fix.code import Checkout, Module, asked_module, comments, parsed
from benchmarks.fix.sites import read_sites

Concerned = Callable[[str], bool]


@dataclass
class Faith:
    """What is different between two trees.

    Attributes:
        files:      files that are different.
        lines:      lines of the diff.
        blank:      of these, lines without text.
        strange:    of these, lines that hold no import, and no use or string to be changed.
        statements: import statements rewritten though nothing in them had to change.
        comments:   comments that are gone.
        examples:   some of what is strange.
    """

    files: int = 0
    lines: int = 0
    blank: int = 0
    strange: int = 0
    statements: int = 0
    comments: int = 0
    examples: list[str] = field(default_factory=list)


def faith_of(
    before: Checkout, after: Checkout, concerned: Concerned, left_out: frozenset[str]
) -> Faith:
    """Compare the files of two trees.

    Args:
        before:    the tree a tool was run on.
        after:     what it made of it.
        concerned: whether a dotted path is one that had to change, or what it became.
        left_out:  files that are no part of it.
    """
    faith = Faith()
    for module in before.modules():
        place = after.root / module.path
        was = (before.root / module.path).read_bytes()
        if module.path in left_out or not place.exists() or place.read_bytes() == was:
            continue
        faith.files += 1
        old = _Page(was, before.read(module.path), module, concerned)
        new = _Page(place.read_bytes(), after.read(module.path), module, concerned)
        found = _strange(old, new, faith)
        faith.examples += [f"{module.path}: {line!r}" for line in found]
        faith.strange += len(found)
        lost = old.idle - new.statements
        faith.examples += [f"{module.path}: import: {text!r}" for text in lost.elements()]
        faith.statements += lost.total()
        faith.comments += (Counter(comments(old.text)) - Counter(comments(new.text))).total()
    return faith


class _Page:
    """A file as lines of bytes, and which of them may be different.

    Args:
        data:      the file.
        text:      the same, decoded.
        module:    its names.
        concerned: whether a path is one that had to change.
    """

    def __init__(self, data: bytes, text: str, module: Module, concerned: Concerned) -> None:
        self.text = text
        self.rows = data.split(b"\n")
        self.imports: set[int] = set()
        self.sites: set[int] = set()
        self.idle: Counter[bytes] = Counter()
        self.statements: Counter[bytes] = Counter()
        tree, sites = parsed(text), read_sites(text, module)
        if tree is None or sites is None:
            return
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                self._take(node, module, concerned)
        self.sites |= {use.line for use in sites.uses if concerned(use.path)}
        bound = {item.local: item.bound for item in sites.imports}
        for found in sites.texts:
            root, _, rest = found.path.partition(".")
            if concerned(found.path) or concerned(f"{bound.get(root, root)}.{rest}"):
                self.sites.add(found.line)

    def _take(
        self, node: ast.Import | ast.ImportFrom, module: Module, concerned: Concerned
    ) -> None:
        span = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        self.imports |= set(span)
        paths = [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            asked = asked_module(node, module.package)
            paths = [asked, *(f"{asked}.{name}" for name in paths)]
        rows = b"\n".join(self.rows[span.start - 1 : span.stop - 1])
        self.statements[rows] += 1
        is_relative = isinstance(node, ast.ImportFrom) and node.level > 0
        if not is_relative and not any(concerned(path) for path in paths):
            self.idle[rows] += 1

    def is_free(self, index: int) -> bool:
        """Return whether a line may be different."""
        return index + 1 in self.imports or index + 1 in self.sites


def _strange(old: _Page, new: _Page, faith: Faith) -> list[str]:
    found: list[str] = []
    matcher = difflib.SequenceMatcher(None, old.rows, new.rows, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone = [(index, old) for index in range(start, end)]
        come = [(index, new) for index in range(new_start, new_end)]
        faith.lines += len(gone) + len(come)
        # What stands for a line that had to change is no stranger, even if it is wrong.
        replaced = sum(index + 1 in old.sites for index, _ in gone)
        replaced -= sum(index + 1 in new.sites for index, _ in come)
        found += _not_free(gone, faith)
        found += _not_free(come, faith)[max(replaced, 0) :]
    return found


def _not_free(rows: list[tuple[int, _Page]], faith: Faith) -> list[str]:
    found = []
    for index, page in rows:
        row = page.rows[index]
        if not row.strip():
            faith.blank += 1
        elif not page.is_free(index):
            found.append(row.decode("latin-1"))
    return found
