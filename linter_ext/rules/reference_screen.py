"""Tells from the text alone that no reference of a file is dead, so that it need not be parsed.

The screen takes every string that a call may look up for a reference of each kind that the
file may hold, and clears the file only if all of them name what is there, or cannot be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from linter_ext.source.attributes import Attributes
from linter_ext.source.django_settings import may_set, may_set_modules
from linter_ext.source.facts import ReferenceKind, Referrer
from linter_ext.source.file import SourceFile
from linter_ext.source.gaps import Gap, Lack
from linter_ext.source.index import Index


class _Lookup(NamedTuple):
    """How a string may be looked up."""

    kind: ReferenceKind
    referrer: Referrer


_MODULE = _Lookup(ReferenceKind.MODULE, Referrer.IMPORT_MODULE)
_OBJECT = _Lookup(ReferenceKind.OBJECT, Referrer.RESOLVE_NAME)
_PATCH = _Lookup(ReferenceKind.OBJECT, Referrer.PATCH)
_MONKEYPATCH = _Lookup(ReferenceKind.OBJECT, Referrer.MONKEYPATCH)
_BY_WORD: Mapping[str, frozenset[_Lookup]] = {
    "__import__": frozenset({_MODULE}),
    "delattr": frozenset({_MONKEYPATCH}),
    "import_module": frozenset({_MODULE}),
    "importorskip": frozenset({_MODULE}),
    "patch": frozenset({_PATCH, _OBJECT}),
    "resolve_name": frozenset({_OBJECT}),
    "setattr": frozenset({_MONKEYPATCH}),
}
"""How the callables look a string up that have such a word in their names."""

_METHODS = re.compile(r"\.(?:[\s\\]|\#[^\n]*+)*+(?:set|del)attr\b")
"""Only as methods do these look a string up, as `monkeypatch` does."""

_WITH_ATTRIBUTES = re.compile(r"\.[\s\\]*multiple\b")
"""`patch.multiple` looks up names that are no strings."""


class _Question(NamedTuple):
    """A path, by its first-party name, and how it may be looked up."""

    path: str
    lookups: frozenset[_Lookup]


def may_have_dead_references(file: SourceFile, index: Index) -> bool:
    """Return whether a call of a file may look up in vain what a string names."""
    if not file.may_refer:
        return False
    text = file.source.text
    called = file.called_paths
    if called is None and file.may_compose_paths:
        return True
    lookups = frozenset(_lookups_in(text))
    if called is None:
        written = {_Question(path, lookups) for path in file.quoted_paths}
    else:
        written = {_Question(path, _BY_WORD.get(word, lookups) & lookups) for path, word in called}
    concerned = _concerned(file, written, index)
    if concerned and _WITH_ATTRIBUTES.search(text):
        return True
    return any(_may_lack(question, index) for question in concerned)


def _lookups_in(text: str) -> Iterator[_Lookup]:
    """Yield how the callables look strings up whose words are in a text."""
    has_methods = "attr" in text and _METHODS.search(text) is not None
    for word, lookups in _BY_WORD.items():
        if word in text and (has_methods or _MONKEYPATCH not in lookups):
            yield from lookups


def may_have_dead_settings(file: SourceFile, index: Index) -> bool:
    """Return whether Django may look up in vain what a setting of a file names."""
    text = file.source.text
    if not may_set(text):
        return False
    if file.joins_paths:
        return True
    lookups = frozenset({_OBJECT, _MODULE} if may_set_modules(text) else {_OBJECT})
    written = {_Question(path, lookups) for path in file.quoted_paths}
    concerned = _concerned(file, written, index)
    return any(
        _may_lack(question, index)
        for question in concerned
        if index.tree.is_first_party(question.path)
    )


def _concerned(file: SourceFile, written: Set[_Question], index: Index) -> Sequence[_Question]:
    """Return those of the questions, by their first-party names, that the project answers for.

    Of what is not its own, these are submodules.
    """
    questions = {item._replace(path=index.identity(file, item.path)) for item in written}
    return [
        item
        for item in sorted(questions, key=lambda item: item.path)
        if index.tree.is_first_party(item.path) or (_MODULE in item.lookups and "." in item.path)
    ]


def _may_lack(question: _Question, index: Index) -> bool:
    path, lookups = question
    attributes = index.derived(Attributes)
    is_ours = index.tree.is_first_party(path)
    if is_ours and _MODULE in lookups and not index.is_module(path):
        return True
    if is_ours and attributes.may_lack(path):
        return True
    answers = [attributes.lacking(path, item.kind, item.referrer) for item in lookups]
    if is_ours:
        return any(answer is not None for answer in answers)
    return any(isinstance(gap, Gap) and gap.lack is not Lack.NOT_INSTALLED for gap in answers)
