"""What a file puts into `sys.modules`."""

from __future__ import annotations

import pytest

from linter_ext.source.put_modules import find_put_modules


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("sys.modules['a.b'] = x", "a.b", id="assigned"),
        pytest.param("def f():\n sys.modules['a'] = x", "a", id="in a function"),
        pytest.param("sys.modules[name] = x", "*", id="by a name"),
        pytest.param("sys.modules.setdefault('a', x)", "a", id="by default"),
        pytest.param("sys.modules.update({'a': x}, b=y)", "a b", id="several"),
        pytest.param("sys.modules.update(table)", "*", id="a table"),
        pytest.param("monkeypatch.setitem(sys.modules, 'a', x)", "a", id="by monkeypatch"),
        pytest.param("monkeypatch.delitem(sys.modules, 'a')", "", id="deleted by monkeypatch"),
        pytest.param("patch.dict(sys.modules, {'a': x})", "a", id="by a patch"),
        pytest.param("patch.dict('sys.modules', {'a': x}, clear=True)", "a", id="by its name"),
        pytest.param("patch.dict('sys.modules', a=x)", "a", id="by keyword"),
        pytest.param("patch.dict('sys.modules', values=x)", "*", id="by keyword, a table"),
        pytest.param("patch.dict('sys.modules', {'a': x, **others})", "* a", id="and others"),
        pytest.param("patch.dict('sys.modules')", "", id="only put back"),
        pytest.param("x = sys.modules['a']", "", id="looked up"),
        pytest.param("del sys.modules['a']", "", id="deleted"),
        pytest.param("'a' in sys.modules; sys.modules.get('a')", "", id="asked"),
        pytest.param("sys.modules.pop('a', None)", "", id="taken"),
        pytest.param("old = sys.modules.pop('a')\nsys.modules['a'] = old", "", id="put back"),
        pytest.param("old = sys.modules['a']\nsys.modules['b'] = old", "b", id="put elsewhere"),
        pytest.param("for name in sys.modules: 0", "", id="walked"),
        pytest.param("list(sys.modules); dict(sys.modules)", "", id="copied"),
        pytest.param("modules = sys.modules", "*", id="by another name"),
        pytest.param("f(sys.modules)", "*", id="handed on"),
        pytest.param("f = sys.modules.update", "*", id="a method handed on"),
    ],
)
def test_put_modules(text: str, names: str) -> None:
    found = find_put_modules(text)

    assert sorted(["*"] * found.is_open + sorted(found.names)) == names.split()
