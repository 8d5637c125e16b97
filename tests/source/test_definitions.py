"""Names are followed to where they are defined, through all that only passes them on."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from linter_ext.source.index import UNKNOWN, Definition
from tests.source.project import index_of


# In what follows `app.a` offers `x`. A definition `app.b:x` is a name's, `app.b` a module's.
@pytest.mark.parametrize(
    ("files", "definitions"),
    [
        pytest.param({"app/a.py": "def x(): 0"}, ["app.a:x"], id="defined"),
        pytest.param({"app/a.py": "x = 1"}, ["app.a:x"], id="assigned"),
        pytest.param(
            {"app/a.py": "from app.b import x", "app/b.py": "class x: 0"},
            ["app.b:x"],
            id="passed on",
        ),
        pytest.param(
            {
                "app/a.py": "from .b import y as x",
                "app/b.py": "from .c import z as y",
                "app/c.py": "z = 1",
            },
            ["app.c:z"],
            id="passed on twice, under other names, by relative imports",
        ),
        pytest.param(
            {
                "app/a.py": "from app.s.t.b import x",
                "app/s/t/b.py": "from ..c import x",
                "app/s/c.py": "x = 1",
            },
            ["app.s.c:x"],
            id="through folders without __init__ (PEP 420)",
        ),
        pytest.param({"app/a.py": "from re import x"}, ["re:x"], id="from outside"),
        pytest.param({"app/a.py": "import re.b as x"}, ["re.b"], id="a module from outside"),
        pytest.param({"app/a.py": "import x.b"}, ["x"], id="its first component"),
        pytest.param(
            {"app/a.py": "from app import b as x", "app/b.py": ""}, ["app.b"], id="a module"
        ),
        pytest.param(
            {"app/a.py": "import app.b as x", "app/b.py": ""}, ["app.b"], id="imported whole"
        ),
        pytest.param({"app/a/__init__.py": "", "app/a/x.py": ""}, ["app.a.x"], id="a submodule"),
        pytest.param({"app/a/__init__.py": "", "app/a/x/y.py": ""}, ["app.a.x"], id="a subfolder"),
        pytest.param({"app/a/x.py": ""}, ["app.a.x"], id="a submodule of a folder"),
        # Several branches.
        pytest.param(
            {
                "app/a.py": "try:\n from app.b import x\nexcept ImportError:\n from app.c import x",
                "app/b.py": "x = 1",
                "app/c.py": "x = 1",
            },
            ["app.b:x", "app.c:x"],
            id="alternatives",
        ),
        pytest.param(
            {"app/a.py": "try:\n from app.b import x\nexcept E:\n x = None", "app/b.py": "x = 1"},
            ["app.a:x", "app.b:x"],
            id="or nothing",
        ),
        pytest.param(
            {
                "app/a.py": "if z:\n from app.b import x\nelse:\n from app.gone import x",
                "app/b.py": "x = 1",
            },
            [],
            id="one of the branches cannot be followed",
        ),
        # Stars.
        pytest.param(
            {"app/a.py": "from .b import *", "app/b.py": "from .c import *", "app/c.py": "x = 1"},
            ["app.c:x"],
            id="by stars",
        ),
        pytest.param(
            {"app/a.py": "from .b import *", "app/b.py": "__all__ = ['x']\nx = y = 1"},
            ["app.b:x"],
            id="by a star, listed",
        ),
        pytest.param(
            {"app/a.py": "from .b import *", "app/b.py": "__all__ = ['y']\nx = y = 1"},
            [],
            id="by a star, not listed",
        ),
        pytest.param(
            {"app/a.py": "from .b import *", "app/b.py": "__all__ = f()\nx = 1"},
            ["app.b:x"],
            id="by a star, with a list that cannot be read",
        ),
        pytest.param(
            {"app/a.py": "from .b import *", "app/b.py": "__all__ = ['x']"}, [], id="listed only"
        ),
        pytest.param(
            {"app/a.py": "from .b import *\nx = 1", "app/b.py": "x = 1"},
            ["app.a:x"],
            id="one's own name before a star's",
        ),
        pytest.param(
            {
                "app/a.py": "from .b import *\nfrom .c import *",
                "app/b.py": "x = 1",
                "app/c.py": "x = 1",
            },
            ["app.b:x", "app.c:x"],
            id="by two stars",
        ),
        pytest.param(
            {"app/a.py": "from re import *\nfrom .gone import *\nfrom ..... import *"},
            [],
            id="by stars of what cannot be read",
        ),
        pytest.param(
            {"app/a.py": "from .b import *", "app/b/__init__.py": "", "app/b/x.py": ""},
            [],
            id="a star brings no submodule",
        ),
        pytest.param(
            {
                "app/a.py": "from .b import *",
                "app/b/__init__.py": "__all__ = ['x']",
                "app/b/x.py": "",
            },
            ["app.b.x"],
            id="unless it is listed",
        ),
        pytest.param(
            {
                "app/a.py": "from .b import *",
                "app/b.py": "from .a import *\nfrom .c import *",
                "app/c.py": "x = 1",
            },
            ["app.c:x"],
            id="by stars in a circle",
        ),
        # Aliases.
        pytest.param(
            {"app/a.py": "from app.b import y\nx = y", "app/b.py": "y = 1"},
            ["app.b:y"],
            id="an alias",
        ),
        pytest.param(
            {
                "app/a.py": "import app.s.b\nx = app.s.b.y",
                "app/s/b.py": "from .c import y",
                "app/s/c.py": "y = 1",
            },
            ["app.s.c:y"],
            id="an alias by attribute",
        ),
        pytest.param(
            {"app/a.py": "from app import b\nx = b.y.z", "app/b.py": "y = 1"},
            ["app.a:x"],
            id="an attribute of a name is one's own",
        ),
        pytest.param(
            {"app/a.py": "from app import b\nx = b.gone", "app/b.py": ""},
            ["app.a:x"],
            id="an alias of what cannot be found is one's own",
        ),
        pytest.param(
            {"app/a.py": "import re\nx = re.y"},
            ["app.a:x"],
            id="an alias from outside is one's own",
        ),
        pytest.param(
            {"app/a.py": "y = 1\nx = y"}, ["app.a:x"], id="an alias of one's own name too"
        ),
        pytest.param(
            {"app/a.py": "from app.b import y\nx = y\nx = 1", "app/b.py": "y = 1"},
            ["app.a:x"],
            id="assigned twice, so no alias",
        ),
        pytest.param(
            {
                "app/a.py": "from app.b import x\nfrom app.c import y\nx = y",
                "app/b.py": "x = 1",
                "app/c.py": "y = 1",
            },
            ["app.a:x", "app.b:x"],
            id="imported and assigned",
        ),
        # The package itself before its submodules.
        pytest.param(
            {"app/a/__init__.py": "from .x import x", "app/a/x.py": "def x(): 0"},
            ["app.a.x:x"],
            id="a function before the module it comes from",
        ),
        pytest.param(
            {"app/a/__init__.py": "from .b import *", "app/a/b.py": "x = 1", "app/a/x.py": ""},
            ["app.a.b:x"],
            id="a star's name before a submodule",
        ),
        pytest.param(
            {"app/a/__init__.py": "from . import x", "app/a/x.py": ""},
            ["app.a.x"],
            id="the submodule",
        ),
        pytest.param(
            {"app/a/__init__.py": "from .x import x\ndel x", "app/a/x.py": "x = 1"},
            ["app.a.x"],
            id="the submodule, once the name is deleted",
        ),
        # Nothing to be said.
        pytest.param({"app/a.py": ""}, [], id="not bound"),
        pytest.param({"app/a.py": "def __getattr__(name): 0"}, [], id="an open module"),
        pytest.param({}, [], id="no such module"),
        pytest.param({"app/a.py": "x = ("}, [], id="not Python"),
        pytest.param({"app/a.py": "x = 1\0"}, [], id="not readable"),
        pytest.param(
            {"app/a.py": "from app.b import x", "app/b.py": "x = ("},
            [],
            id="passed on by such a module",
        ),
        pytest.param({"app/a.py": "from .... import x"}, [], id="climbing out"),
        pytest.param(
            {"app/a.py": "from app.b import x", "app/b.py": "from app.a import x"},
            [],
            id="a circle",
        ),
        pytest.param(
            {"app/a.py": "from app.b import x", "app/b.py": "from app.a import x\nx = 1"},
            ["app.b:x"],
            id="a circle with a way out",
        ),
        pytest.param({"app/a.py": "from app.a import x"}, [], id="a module that imports itself"),
    ],
)
def test_a_name_is_followed_to_its_definitions(
    files: Mapping[str, str], definitions: list[str]
) -> None:
    index = index_of({"app/__init__.py": "", **files})

    found = index.definitions("app.a", "x")

    assert sorted(f"{item.module}:{item.name}" if item.name else item.module for item in found) == (
        definitions
    )
    assert index.definitions("app.a", "x") == found


def test_the_order_of_questions_does_not_matter() -> None:
    files = {
        "app/__init__.py": "",
        "app/a.py": "from app.b import x",
        "app/b.py": "try:\n from app.a import x\nexcept ImportError:\n from app.c import x",
        "app/c.py": "x = 1",
    }
    forwards, backwards = index_of(files), index_of(files)
    expected = {Definition("app.c", "x")}

    assert [forwards.definitions(name, "x") for name in ("app.a", "app.b", "app.c")] == [
        expected
    ] * 3
    assert [backwards.definitions(name, "x") for name in ("app.c", "app.b", "app.a")] == [
        expected
    ] * 3


def test_many_stars_are_followed_once_each() -> None:
    layers = 40
    files = {"app/__init__.py": ""}
    for layer in range(layers):
        for side in "lr":
            stars = f"from .l{layer + 1} import *\nfrom .r{layer + 1} import *\n"
            files[f"app/{side}{layer}.py"] = stars
    files[f"app/l{layers}.py"] = "x = 1"
    files[f"app/r{layers}.py"] = ""

    assert index_of(files).definitions("app.l0", "x") == {Definition(f"app.l{layers}", "x")}
    assert index_of(files).definitions("app.l0", "y") == UNKNOWN


@pytest.mark.parametrize(
    ("definition", "path"),
    [
        pytest.param(Definition("app.a", "x"), "app.a.x", id="of a name"),
        pytest.param(Definition("app.a", None), "app.a", id="of a module"),
    ],
)
def test_a_definition_has_a_path(definition: Definition, path: str) -> None:
    assert definition.path == path
