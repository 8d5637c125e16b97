"""The modules a name passes through, from one that offers `x` to where it is defined."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.source.project import index_of


@pytest.mark.parametrize(
    ("files", "route"),
    [
        pytest.param({"app/a.py": "x = 1"}, ["app.a"], id="defined at once"),
        pytest.param(
            {
                "app/a.py": "from .b import x",
                "app/b.py": "from .c import y as x",
                "app/c.py": "y = 1",
            },
            ["app.a", "app.b", "app.c"],
            id="passed on under another name",
        ),
        pytest.param(
            {
                "app/a.py": "try:\n from .b import x\nexcept ImportError:\n from .c import x",
                "app/b.py": "from .d import x",
                "app/c.py": "from .d import x",
                "app/d.py": "x = 1",
            },
            ["app.a", "app.b", "app.c", "app.d"],
            id="by alternatives",
        ),
        pytest.param(
            {"app/a.py": "from .b import *", "app/b.py": "from .c import *", "app/c.py": "x = 1"},
            ["app.a", "app.b", "app.c"],
            id="by stars",
        ),
        pytest.param(
            {"app/a.py": "from .b import *\nx = 1", "app/b.py": "x = 1"},
            ["app.a"],
            id="past a star",
        ),
        pytest.param(
            {"app/a.py": "from .b import y\nx = y", "app/b.py": "y = 1"},
            ["app.a", "app.b"],
            id="an alias",
        ),
        pytest.param(
            {"app/a.py": "import re\nx = re.y"}, ["app.a", "re"], id="an alias by attribute"
        ),
        pytest.param(
            {"app/a.py": "from app.b import y\nx = y.z", "app/b.py": "y = 1"},
            ["app.a"],
            id="an attribute of a name",
        ),
        pytest.param({"app/a.py": "from re import x"}, ["app.a", "re"], id="from outside"),
        pytest.param({"app/a.py": "import x"}, ["app.a"], id="a module"),
        pytest.param({"app/a.py": "from .... import x"}, ["app.a"], id="climbing out"),
        pytest.param({}, ["app.a"], id="no such module"),
        pytest.param(
            {"app/a.py": "from .b import x", "app/b.py": "from .a import x"},
            ["app.a", "app.b"],
            id="a circle",
        ),
    ],
)
def test_a_name_passes_through_modules(files: Mapping[str, str], route: list[str]) -> None:
    assert list(index_of({"app/__init__.py": "", **files}).route("app.a", "x")) == route
