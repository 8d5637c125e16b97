"""What expressions come to when the running Python imports a module."""

from __future__ import annotations

import ast
import sys

import pytest

from linter_ext.source.conditions import UNKNOWN, decide, evaluate
from linter_ext.source.parser import parse_expression

CONSTANTS = {"PY_NEW": True, "NAME": "posix", "NUMBER": 3}


def expression(text: str) -> ast.expr:
    parsed = parse_expression(text)
    assert parsed is not None
    return parsed.body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("True", True),
        ("0", False),
        ("None", False),
        ("'text'", True),
        ("TYPE_CHECKING", False),
        ("typing.TYPE_CHECKING", False),
        ("not t.TYPE_CHECKING", True),
        ("six.PY2", False),
        ("PY3", True),
        ("sys.version_info >= (3, 0)", True),
        ("sys.version_info < (3,)", False),
        ("sys.version_info[0] == 2", False),
        ("sys.version_info[:2] >= (3, 11)", True),
        ("sys.version_info.major > 2", True),
        ("sys.version_info[:2] == sys.version_info[:2]", True),
        ("sys.hexversion < 0x03000000", False),
        ("sys.platform == 'amiga'", False),
        ("sys.platform.startswith('amiga')", False),
        ("sys.platform.lower().endswith('amiga')", False),
        ("sys.platform in ('amiga', 'atari')", False),
        ("sys.platform not in {'amiga'}", True),
        ("os.name != 'amiga'", True),
        ("platform.system() == 'Amiga'", False),
        ("__name__ == '__main__'", False),
        ("__name__ != '__main__'", True),
        ("PY_NEW", True),
        ("not PY_NEW", False),
        ("NAME == 'posix' and NUMBER == 3", True),
        ("NAME is None", False),
        ("UNSEEN and False", False),
        ("UNSEEN or True", True),
        ("False or sys.version_info < (3, 0)", False),
        ("UNSEEN", None),
        ("UNSEEN or False", None),
        ("UNSEEN and True", None),
        ("not UNSEEN", None),
        ("-NUMBER", None),
        ("os.environ.get('X')", None),
        ("sys.platform.startswith(UNSEEN)", None),
        ("sys.platform.startswith('a', start=1)", None),
        ("platform.system(1)", None),
        ("function()", None),
        ("NUMBER.bit_length()", None),
        ("1 < NUMBER < 4", None),
        ("NUMBER < 'text'", None),
        ("NAME[7]", None),
        ("NAME[:UNSEEN]", None),
        ("NUMBER[0]", None),
        ("(UNSEEN, 1) == (1, 1)", None),
        ("__name__ == 'other'", None),
        ("__name__ in ('__main__',)", None),
        ("(lambda: 1)", None),
    ],
)
def test_what_a_test_comes_to(text: str, expected: bool | None) -> None:
    assert decide(expression(text), CONSTANTS) is expected


def test_values() -> None:
    assert evaluate(expression("sys.version_info[:2]"), {}) == sys.version_info[:2]
    assert evaluate(expression("('a', NAME)"), CONSTANTS) == ("a", "posix")
    assert evaluate(expression("UNSEEN"), CONSTANTS) is UNKNOWN
