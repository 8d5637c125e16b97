"""What an expression comes to when the running Python imports the module it stands in."""

from __future__ import annotations

import ast
import operator
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

from linter_ext.source.parser import last_name

Constants = Mapping[str, object]
"""Names of a module that stand for one known value."""

UNKNOWN: object = object()
"""The value of what source text and the running Python do not settle."""

_SURROUNDINGS: Constants = {
    "os.name": os.name,
    "sys.byteorder": sys.byteorder,
    "sys.hexversion": sys.hexversion,
    "sys.implementation.name": sys.implementation.name,
    "sys.maxsize": sys.maxsize,
    "sys.platform": sys.platform,
    "sys.version_info": tuple(sys.version_info),
    "sys.version_info.major": sys.version_info.major,
    "sys.version_info.minor": sys.version_info.minor,
    "sys.version_info.micro": sys.version_info.micro,
}
_DIALECTS: Constants = {"PY2": False, "PY3": True, "TYPE_CHECKING": False, "STATICA_HACK": False}
"""What such names mean in every module that offers them: `six.PY2`, `typing.TYPE_CHECKING`.

`STATICA_HACK` is what celery's projects say for the latter.
"""

_CALLS = frozenset({"platform.python_implementation", "platform.system"})
_METHODS = frozenset({"startswith", "endswith", "lower"})
_OPERATORS: Mapping[type[ast.cmpop], Callable[[Any, Any], object]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}
_IN_A_MODULE = {ast.Eq: False, ast.NotEq: True}
"""What comparing `__name__` with `"__main__"` comes to in a module that is imported."""


def decide(test: ast.expr, constants: Constants) -> bool | None:
    """Return what a test comes to; None if that is not known.

    Args:
        test:      the test.
        constants: what names of the module stand for.
    """
    value = evaluate(test, constants)
    return None if value is UNKNOWN else bool(value)


def evaluate(expression: ast.expr, constants: Constants) -> object:
    """Return the value of an expression; UNKNOWN if it is not known.

    Args:
        expression: the expression.
        constants:  what names of the module stand for.
    """
    try:
        return _evaluate(expression, constants)
    except (TypeError, ValueError, LookupError, RecursionError):
        return UNKNOWN


def spelling(expression: ast.expr) -> str:
    """Return a dotted name as it is spelt; nothing for any other expression."""
    parts: list[str] = []
    while isinstance(expression, ast.Attribute):
        parts.append(expression.attr)
        expression = expression.value
    if not isinstance(expression, ast.Name):
        return ""
    return ".".join((expression.id, *reversed(parts)))


def _evaluate(expression: ast.expr, constants: Constants) -> object:
    evaluator = _EVALUATORS.get(type(expression))
    return UNKNOWN if evaluator is None else evaluator(expression, constants)


def _constant(expression: ast.Constant, constants: Constants) -> object:
    del constants
    return expression.value


def _named(expression: ast.Name | ast.Attribute, constants: Constants) -> object:
    meant = _DIALECTS.get(last_name(expression) or "", UNKNOWN)
    if isinstance(expression, ast.Name):
        return constants.get(expression.id, meant)
    return _SURROUNDINGS.get(spelling(expression), meant)


def _combine(test: ast.BoolOp, constants: Constants) -> object:
    """Return the truth of `and` or `or`, which one operand may settle."""
    each = [decide(value, constants) for value in test.values]
    settling = isinstance(test.op, ast.Or)
    if settling in each:
        return settling
    return UNKNOWN if None in each else not settling


def _sequence(expression: ast.Tuple | ast.List | ast.Set, constants: Constants) -> object:
    values = tuple(_evaluate(element, constants) for element in expression.elts)
    return UNKNOWN if UNKNOWN in values else values


def _unary(expression: ast.UnaryOp, constants: Constants) -> object:
    value = _evaluate(expression.operand, constants)
    return UNKNOWN if value is UNKNOWN or not isinstance(expression.op, ast.Not) else not value


def _compare(expression: ast.Compare, constants: Constants) -> object:
    if len(expression.ops) != 1:
        return UNKNOWN
    left, comparison, right = expression.left, expression.ops[0], expression.comparators[0]
    if isinstance(left, ast.Name) and left.id == "__name__":
        is_main = isinstance(right, ast.Constant) and right.value == "__main__"
        return _IN_A_MODULE.get(type(comparison), UNKNOWN) if is_main else UNKNOWN
    values = _evaluate(left, constants), _evaluate(right, constants)
    return UNKNOWN if UNKNOWN in values else _OPERATORS[type(comparison)](*values)


def _item(expression: ast.Subscript, constants: Constants) -> object:
    value: Any = _evaluate(expression.value, constants)
    key = expression.slice
    if isinstance(key, ast.Slice):
        bounds = [
            None if bound is None else _evaluate(bound, constants)
            for bound in (key.lower, key.upper, key.step)
        ]
        return UNKNOWN if UNKNOWN in (value, *bounds) else value[slice(*bounds)]
    index = _evaluate(key, constants)
    return UNKNOWN if UNKNOWN in (value, index) else value[index]


def _call(expression: ast.Call, constants: Constants) -> object:
    function = expression.func
    if not isinstance(function, ast.Attribute) or expression.keywords:
        return UNKNOWN
    if spelling(function) in _CALLS:
        import platform  # noqa: PLC0415 - few files ask it

        return UNKNOWN if expression.args else getattr(platform, function.attr)()
    owner = _evaluate(function.value, constants)
    values = [_evaluate(argument, constants) for argument in expression.args]
    if not isinstance(owner, str) or function.attr not in _METHODS or UNKNOWN in values:
        return UNKNOWN
    return getattr(owner, function.attr)(*values)


_EVALUATORS: Mapping[type[ast.expr], Callable[[Any, Constants], object]] = {
    ast.Constant: _constant,
    ast.Name: _named,
    ast.Attribute: _named,
    ast.Tuple: _sequence,
    ast.List: _sequence,
    ast.Set: _sequence,
    ast.UnaryOp: _unary,
    ast.BoolOp: _combine,
    ast.Compare: _compare,
    ast.Subscript: _item,
    ast.Call: _call,
}
