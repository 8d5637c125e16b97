"""`# noqa` comments for codes of ours that hide nothing. No contract type: asked for by option."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from linter_ext.codes import Code
from linter_ext.engine import Ignore, RuleResult
from linter_ext.source.facts import Span
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.suppressions import Comment, ListedCode, Suppressions
from linter_ext.violations import Finding

_NAME = "unused_noqa"


class Contract(Protocol):
    """What is asked of a contract whose violations comments may hide."""

    @property
    def identifier(self) -> str:
        """The contract's id."""

    @property
    def codes(self) -> frozenset[Code]:
        """What it can give."""

    @property
    def respects_noqa(self) -> bool:
        """Whether `noqa` comments count."""

    def covers(self, module: str) -> bool:
        """Return whether it is about this importer."""


@dataclass(frozen=True)
class UnusedNoqa:
    """The rule, as a contract among others.

    Attributes:
        contracts: the contracts that are judged in the same run.
        left_out:  the codes that further contracts can give, of which nothing is known.
    """

    contracts: Sequence[Contract]
    left_out: frozenset[Code]

    name = "Every noqa hides something"
    identifier = _NAME
    contract_options: ClassVar[Mapping[str, object]] = {"type": _NAME}
    broken_contract_guidance = ""
    ignores: ClassVar[Sequence[Ignore]] = ()
    ignored = 0
    respects_noqa = False
    max_known: ClassVar[int | None] = None

    def covers(self, module: str) -> bool:
        """Return whether some contract is about this importer."""
        return any(contract.covers(module) for contract in self.contracts)

    def reads(self, module: str) -> bool:
        """Return whether the importer's file has to be read."""
        return self.covers(module)

    def warnings(self, result: RuleResult) -> list[str]:  # noqa: ARG002
        """Return nothing: it ignores no imports."""
        return []

    def judge(self, file: SourceFile, index: Index) -> Iterable[Finding]:  # noqa: ARG002
        """Return nothing: the file itself is judged by others."""
        return ()

    def judge_suppressions(self, file: SourceFile, suppressions: Suppressions) -> Iterator[Finding]:
        """Yield the codes of ours that hide nothing, each where it stands in its comment."""
        for comment in suppressions.comments():
            if any(code.text == Code.UNUSED_NOQA for code in comment.codes):
                continue
            for code in comment.codes:
                is_used = comment.is_heeded and suppressions.has_hidden(code.text, comment.line)
                if not is_used and self._is_judged(code):
                    yield self._finding(comment, code, file)

    def _is_judged(self, code: ListedCode) -> bool:
        """Return whether all contracts were asked that could give what a code stands for."""
        meant = _meant(code)
        if not meant:
            return code.is_ours and not self.left_out
        if not all(item.is_of_contracts for item in meant):
            return False
        given = frozenset().union(*(contract.codes for contract in self.contracts))
        return not self.left_out or (meant <= given and not meant & self.left_out)

    def _finding(self, comment: Comment, code: ListedCode, file: SourceFile) -> Finding:
        end = code.column + len(code.text)
        return Finding(
            code=Code.UNUSED_NOQA,
            span=Span(comment.line, code.column, comment.line, end),
            line=comment.line,
            module=file.module.name,
            name=None,
            target=code.text,
            message=f"'noqa: {code.text}' {self._reason(comment, code)}",
        )

    def _reason(self, comment: Comment, code: ListedCode) -> str:
        meant = _meant(code)
        if not meant:
            return "hides nothing: there is no such code; remove it"
        if code.text != code.text.upper():
            return f"hides nothing: codes are in capitals; write '{code.text.upper()}'"
        if not comment.is_heeded:
            return "hides nothing: the first noqa of a line counts; join the two"
        if all(item.is_final for item in meant):
            return f"hides nothing: {code.text} cannot be hidden; remove it"
        giving = [contract for contract in self.contracts if contract.codes & meant]
        if giving and not any(contract.respects_noqa for contract in giving):
            names = ", ".join(f"'{contract.identifier}'" for contract in giving)
            return f"hides nothing: no noqa counts for {names}; remove it"
        return "hides no violation; remove it"


def _meant(code: ListedCode) -> frozenset[Code]:
    """Return the codes that a code stands for, which may be but the beginning of some."""
    return frozenset(item for item in Code if item.startswith(code.text.upper()))
