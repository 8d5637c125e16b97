"""`absolute_imports`: no relative imports (PEP 8, "Imports"; PEP 328)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from keyword import iskeyword

from linter_ext.codes import Code
from linter_ext.rules.base import SourceRule
from linter_ext.rules.fields import ChoiceField, option
from linter_ext.source.facts import Import
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.violations import Finding


class Ban(Enum):
    """Which relative imports are banned."""

    ALL = "all"
    PARENTS = "parents"


class AbsoluteImports(SourceRule):
    """Imports start from a root package, not from where the importer happens to stand.

    Configuration options:
        - ban: `all` (default), or `parents` to allow one leading dot.
    """

    type_name = "absolute_imports"

    ban = option(ChoiceField(Ban.ALL))

    def judge(self, file: SourceFile, index: Index) -> Iterator[Finding]:
        """Yield one finding for each relative import statement, at its leading dots."""
        allowed = 0 if self.ban is Ban.ALL else 1
        seen: set[tuple[int, int]] = set()
        for item in file.imports:
            place = (item.module_span.line, item.module_span.column)
            if item.level > allowed and place not in seen:
                seen.add(place)
                yield self._finding(item, file, index)

    def _finding(self, item: Import, file: SourceFile, index: Index) -> Finding:
        module = index.absolute(file, item)
        written = item.written_module
        if module is None:
            asked, instead = written, None
            message = (
                f"relative import '{written}' climbs out of '{file.module.root.name}'; "
                "write the absolute path"
            )
        else:
            asked = instead = index.importable(file, module)
            message = f"relative import '{written}'; use '{asked}'"
            keyword = next(filter(iskeyword, asked.split(".")), None)
            if keyword is not None:
                message = (
                    f"relative import '{written}'; rename '{keyword}', a keyword, "
                    "to write the absolute path"
                )
                instead = None
        return Finding(
            code=Code.RELATIVE_IMPORT,
            span=item.module_span,
            line=item.line,
            module=asked,
            name=None,
            target=asked,
            message=message,
            instead=instead,
        )
