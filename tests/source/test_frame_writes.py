"""Which names functions put into the modules that call them, by way of stack frames."""

from __future__ import annotations

import ast

import pytest

from linter_ext.source.frame_writes import Written, find_frame_writes

GLOBALS = "sys._getframe(1).f_globals"


def told(written: Written) -> str:
    """Return it as a pattern."""
    return written.start if written.is_whole else f"{written.start}*{written.end}"


@pytest.mark.parametrize(
    ("body", "names"),
    [
        pytest.param("return 1", "", id="nothing"),
        pytest.param(f"{GLOBALS}['x'] = 1", "x", id="a name"),
        pytest.param(f"{GLOBALS}[TAG] = 1", "tag", id="a constant of the module"),
        pytest.param(f"{GLOBALS}[name] = 1", "*", id="any name"),
        pytest.param(f"{GLOBALS}[name + 'Py'] = 1", "*Py", id="a name with an end"),
        pytest.param(f"{GLOBALS}['py' + name] = 1", "py*", id="a name with a beginning"),
        pytest.param(f"{GLOBALS}[f'a_{{name}}_z'] = 1", "a_*_z", id="a name with both"),
        pytest.param(f"{GLOBALS}[f'{{name}}'] = 1", "*", id="a name as text"),
        pytest.param(f"names = {GLOBALS}\nnames['x'] = 1", "x", id="by a local name"),
        pytest.param(f"names = names or {GLOBALS}\nnames['x'] = 1", "x", id="unless given"),
        pytest.param(f"names = {GLOBALS} if a else b\nnames['x'] = 1", "x", id="if not given"),
        pytest.param(
            "frame = inspect.currentframe()\nnames = frame.f_back.f_globals\nnames['x'] = 1",
            "x",
            id="step by step",
        ),
        pytest.param("inspect.stack()[1].frame.f_globals['x'] = 1", "x", id="the stack"),
        pytest.param(f"names = {GLOBALS}\ndef g():\n names['x'] = 1", "x", id="inside"),
        pytest.param(f"{GLOBALS}.setdefault('x', 1)", "x", id="by default"),
        pytest.param(f"{GLOBALS}.update(x=1)", "*", id="several"),
        pytest.param(f"f({GLOBALS})", "*", id="handed on"),
        pytest.param(f"return {GLOBALS}", "*", id="returned"),
        pytest.param(f"return {GLOBALS}['__name__']", "", id="read"),
        pytest.param(f"return {GLOBALS}.get('__name__')", "", id="read by a method"),
        pytest.param(f"return 'x' in {GLOBALS}", "", id="asked"),
        pytest.param("frame = sys._getframe(1)\nreturn frame.f_lineno", "", id="something else"),
        pytest.param("frame = sys._getframe(1)\nreturn frame", "*", id="a frame returned"),
        pytest.param("names['x'] = 1", "", id="another table"),
    ],
)
def test_frame_writes(body: str, names: str) -> None:
    inside = "".join(f"    {line}\n" for line in body.splitlines())
    text = f"TAG = 'tag'\n\n\ndef f(name, names=None):\n{inside}"
    found = find_frame_writes(ast.parse(text), text)

    assert sorted({told(written) for written in found}) == names.split()


@pytest.mark.parametrize(
    ("written", "name", "may_be"),
    [
        pytest.param(Written("x", is_whole=True), "x", True, id="the name"),
        pytest.param(Written("x", is_whole=True), "xy", False, id="a longer one"),
        pytest.param(Written("a_", "_z"), "a_b_z", True, id="beginning and end"),
        pytest.param(Written("a_", "_z"), "a_b", False, id="the beginning only"),
        pytest.param(Written(), "x", True, id="any"),
    ],
)
def test_what_may_be_written(written: Written, name: str, *, may_be: bool) -> None:
    assert written.may_be(name) is may_be
