"""Tells from the text alone that no reference of a file is dead, so that it need not be parsed.

The screen takes every string that a call may look up for a reference of each kind that the
file may hold, and clears the file only if all of them name what is there, or cannot be known.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
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
_BY_WORD: Mapping[str, Sequence[_Lookup]] = {
    "__import__": [_MODULE],
    "import_module": [_MODULE],
    "importorskip": [_MODULE],
    "patch": [_PATCH, _OBJECT],
    "resolve_name": [_OBJECT],
}
"""How the callables look a string up that have such a word in their names."""

_METHODS = re.compile(r"\.(?:[\s\\]|\#[^\n]*+)*+(?:set|del)attr\b")
"""Only as methods do these look a string up, as `monkeypatch` does."""

_WITH_ATTRIBUTES = re.compile(r"\.[\s\\]*multiple\b")
"""`patch.multiple` looks up names that are no strings."""


def may_have_dead_references(file: SourceFile, index: Index) -> bool:
    """Return whether a call of a file may look up in vain what a string names."""
    if not file.may_refer:
        return False
    text = file.source.text
    called = file.called_paths
    if called is None and file.may_compose_paths:
        return True
    lookups = {item for word, found in _BY_WORD.items() if word in text for item in found}
    if "attr" in text and _METHODS.search(text):
        lookups.add(_MONKEYPATCH)
    written = file.quoted_paths if called is None else called
    concerned = _concerned(file, written, index, is_module=_MODULE in lookups)
    if concerned and _WITH_ATTRIBUTES.search(text):
        return True
    return any(_may_lack(path, lookups, index) for path in concerned)


def may_have_dead_settings(file: SourceFile, index: Index) -> bool:
    """Return whether Django may look up in vain what a setting of a file names."""
    text = file.source.text
    if not may_set(text):
        return False
    lookups = [_OBJECT, _MODULE] if may_set_modules(text) else [_OBJECT]
    if file.joins_paths:
        return True
    concerned = _concerned(file, file.quoted_paths, index, is_module=False)
    return any(_may_lack(path, lookups, index) for path in concerned)


def _concerned(
    file: SourceFile, written: Collection[str], index: Index, *, is_module: bool
) -> Sequence[str]:
    """Return those of the paths, by their first-party names, that the project is to answer for.

    Of what is not its own, these are submodules.
    """
    paths = {index.identity(file, path) for path in written}
    return sorted(
        path for path in paths if index.tree.is_first_party(path) or (is_module and "." in path)
    )


def _may_lack(path: str, lookups: Collection[_Lookup], index: Index) -> bool:
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
