"""What the standard library holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from linter_ext.source.standard_library import is_standard, is_standard_module


@pytest.mark.parametrize(
    ("path", "is_there", "is_module"),
    [
        pytest.param("os", True, True, id="a package or module"),
        pytest.param("sys", True, True, id="a built-in module"),
        pytest.param("__future__", True, True, id="future"),
        pytest.param("xml.etree.ElementTree", True, True, id="a module of a package"),
        pytest.param("collections.abc", True, True, id="a module with the name of its package's"),
        pytest.param("os.path", True, True, id="a module that is no file of its own"),
        pytest.param("os.environ", True, False, id="a name of a module"),
        pytest.param("collections.OrderedDict", True, False, id="a name of a package"),
        pytest.param("json.decoder.JSONDecoder", True, False, id="a name of a package's module"),
        pytest.param("sys.path", True, False, id="a name of a built-in module"),
        pytest.param("os.path.join.x", True, False, id="a name of a name"),
        pytest.param("xml.gone.too", True, False, id="a module that is not there"),
        pytest.param("numpy", False, False, id="a third party's module"),
        pytest.param("numpy.linalg", False, False, id="a module of a third party's package"),
        pytest.param("osx", False, False, id="a longer name"),
    ],
)
def test_a_path_is_looked_up(path: str, is_there: bool, is_module: bool) -> None:
    assert (is_standard(path), is_standard_module(path)) == (is_there, is_module)


def test_a_projects_own_module_of_the_same_name_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "__init__.py").touch()
    (tmp_path / "html" / "own.py").touch()
    monkeypatch.syspath_prepend(tmp_path)

    assert not is_standard_module("html.own")
    assert is_standard_module("html.parser")
