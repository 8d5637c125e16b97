"""Findings of one file → its text with the remedies applied.

The text is edited in place: spans are known to the character, and what lies outside of them
stays as it is. A concrete syntax tree would have to be built for it, and leave the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter_ext.codes import Code
from linter_ext.fixes.edits import Edit, apply, overlap
from linter_ext.fixes.import_drafts import Drafts
from linter_ext.fixes.import_remedies import take_item, take_module, take_relative
from linter_ext.fixes.plan import CROWDED, Plan, RefusalError, StringEdit, remedy
from linter_ext.fixes.strings import respelt
from linter_ext.fixes.symbols import NameChange
from linter_ext.fixes.use_remedies import chain_of, take_use
from linter_ext.source.facts import Span
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.violations import Finding


class Left(NamedTuple):
    """A finding that stays.

    Attributes:
        finding: the finding.
        reason:  why no machine can mend it.
    """

    finding: Finding
    reason: str


class Rewriting(NamedTuple):
    """A file with remedies applied.

    Attributes:
        text:   its text.
        mended: the findings whose remedies are applied.
        left:   those that stay although they have a remedy.
        change: what it does to the file's names.
    """

    text: str
    mended: tuple[Finding, ...]
    left: tuple[Left, ...]
    change: NameChange


class _Group(NamedTuple):
    """Edits that are made all together or not at all.

    Attributes:
        findings: what they mend.
        edits:    the edits.
    """

    findings: Sequence[Finding]
    edits: Sequence[Edit]


def rewrite(file: SourceFile, findings: Iterable[Finding], index: Index) -> Rewriting:
    """Return a file's text with the remedies of findings applied, as far as that is possible.

    Args:
        file:     the file.
        findings: what is wrong with it, and has a remedy.
        index:    the project's modules.

    Raises:
        UnreadableError: if the text is not valid Python.
    """
    plan = Plan(file, index)
    left: list[Left] = []
    for take in (_find_chain, _take):
        for finding in sorted(findings, key=lambda item: _rank(item, plan)):
            try:
                take(plan, finding)
            except RefusalError as refusal:
                left.append(Left(finding, str(refusal)))
    made: list[Edit] = []
    mended: list[Finding] = []
    drafts = Drafts(file.source.text, plan.statements, plan.offsets, plan.orders)
    for start, reason in drafts.refused.items():
        left += (Left(finding, reason) for finding in plan.causes.get(start, ()))
    for group in _groups(plan, drafts):
        if overlap([*made, *group.edits]):
            left += (Left(finding, CROWDED) for finding in group.findings)
            continue
        made += group.edits
        mended += group.findings
    change = NameChange(frozenset(plan.dropped), frozenset(plan.gained))
    return Rewriting(apply(file.source.text, made), tuple(mended), tuple(left), change)


def _rank(finding: Finding, plan: Plan) -> tuple[bool, bool, bool, Span, Code, str]:
    """Order findings: single names, the modules they are taken from, uses of them, strings."""
    is_relative = finding.code is Code.RELATIVE_IMPORT
    is_module = finding.span in plan.by_module
    is_item = finding.span in plan.asked
    order = (not is_item, not is_module)
    return is_relative, *order, finding.span, finding.code, finding.target


def _find_chain(plan: Plan, finding: Finding) -> None:
    """Take down which use a finding is about, if it is about one."""
    is_relative = finding.code is Code.RELATIVE_IMPORT
    is_import = finding.span in plan.asked or finding.span in plan.by_module
    if not (is_relative or is_import or plan.is_reference(finding.span)):
        plan.chains.append(chain_of(plan, finding))


def _take(plan: Plan, finding: Finding) -> None:
    """Take down what a finding's remedy asks for."""
    if finding.code is Code.RELATIVE_IMPORT:
        take_relative(plan, finding)
    elif finding.span in plan.asked:
        take_item(plan, finding)
    elif finding.span in plan.by_module:
        take_module(plan, finding)
    elif plan.is_reference(finding.span):
        _take_string(plan, finding)
    else:
        for chain in plan.chains:
            if chain.finding == finding:
                take_use(plan, chain)


def _take_string(plan: Plan, finding: Finding) -> None:
    literal = respelt(plan.text_at(finding.span), finding.target, remedy(finding))
    if literal is None:
        raise RefusalError("the string is not the plain path")
    start, end = plan.offsets.start(finding.span), plan.offsets.end(finding.span)
    plan.string_edits.append(StringEdit(finding, Edit(start, end, literal)))


def _groups(plan: Plan, drafts: Drafts) -> Iterator[_Group]:
    """Yield what hangs together: all imports with the uses that follow them; each string."""
    uses = [item for item in plan.use_edits if item.statement not in drafts.refused]
    edits = [*drafts.edits(), *(item.edit for item in uses)]
    findings = {
        finding: None
        for start, found in plan.causes.items()
        if start not in drafts.refused
        for finding in found
    }
    findings.update((item.finding, None) for item in uses)
    if edits:
        yield _Group(tuple(findings), edits)
    for finding, edit in plan.string_edits:
        yield _Group([finding], [edit])
