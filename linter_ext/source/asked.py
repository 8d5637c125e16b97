"""What an import asks for, by the name in the code and by its first-party name."""

from __future__ import annotations

from typing import NamedTuple

from linter_ext.source.facts import STAR, Import


class Asked(NamedTuple):
    """What one import asks for.

    Attributes:
        item:    the import.
        written: the module asked for, relative levels resolved, by the name in the code.
        module:  the same module by its first-party name; differs only where a file outside
                 every package imports a neighbour.
    """

    item: Import
    written: str
    module: str

    @property
    def path(self) -> str:
        """The dotted path of the module or name that the import binds or loads."""
        name = self.item.name
        return self.module if name is None or name == STAR else f"{self.module}.{name}"

    @property
    def written_path(self) -> str:
        """The same, by the name in the code."""
        name = self.item.name
        return self.written if name is None or name == STAR else f"{self.written}.{name}"

    @property
    def bound(self) -> str:
        """The dotted path that the local name stands for (`a` after `import a.b`)."""
        if self.item.name is None and self.item.alias is None:
            extra = self.written.count(".")
            return self.module.rsplit(".", extra)[0] if extra else self.module
        return self.path

    @property
    def written_bound(self) -> str:
        """The same, by the name in the code."""
        if self.item.name is None and self.item.alias is None:
            return self.written.partition(".")[0]
        return self.written_path
