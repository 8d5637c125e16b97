"""Whether a dotted path of the project's own is there, told to who writes it into a table."""

from __future__ import annotations

from linter_ext.rules.advice import RESORT, Advice
from linter_ext.source.attributes import Answer, Attributes, Unoffered
from linter_ext.source.facts import ReferenceKind, Referrer
from linter_ext.source.gaps import Lack, State
from linter_ext.source.index import Index
from linter_ext.tables.moves import MoveTable

_REMEDY = "create it, or correct the path"


def is_missing(path: str, index: Index) -> bool:
    """Return whether a path is surely not there; what is not the project's own may be."""
    return not isinstance(_answer(path, index), State)


def where_instead(path: str, index: Index) -> str:
    """Return what to do about a path that is not there."""
    answer = _answer(path, index)
    if isinstance(answer, State | Unoffered):
        return _REMEDY
    advice = Advice(MoveTable.of(()), index)
    module, _, name = answer.path.rpartition(".")
    if answer.lack is Lack.NO_NAME:
        remedy = advice.for_name(module, name)
    else:
        remedy = advice.for_module(answer.path)
    return _REMEDY if remedy == RESORT else remedy


def _answer(path: str, index: Index) -> Answer:
    return index.derived(Attributes).find(path, ReferenceKind.OBJECT, Referrer.DECLARED)
