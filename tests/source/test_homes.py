"""Where in the whole project a name or a module of some name is."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from linter_ext.source.homes import Homes
from linter_ext.source.index import Index
from linter_ext.source.tree import SourceTree
from tests.source.project import APP, TESTS, MemoryReader, index_of


def homes_of(files: Mapping[str, str]) -> Homes:
    """Return the homes of a project."""
    return index_of({"app/__init__.py": "", **files}).derived(Homes)


@pytest.mark.parametrize(
    ("files", "homes"),
    [
        pytest.param({}, "", id="nowhere"),
        pytest.param({"app/a.py": "thing = 1"}, "app.a", id="an assignment"),
        pytest.param({"app/a.py": "thing: int = 1"}, "app.a", id="an annotated one"),
        pytest.param({"app/a.py": "def thing(): ..."}, "app.a", id="a function"),
        pytest.param({"app/a.py": "async def thing(): ..."}, "app.a", id="a coroutine"),
        pytest.param({"app/a.py": "class thing(Base): ..."}, "app.a", id="a class"),
        pytest.param({"app/a.py": "class thing: ..."}, "app.a", id="a class without bases"),
        pytest.param({"app/__init__.py": "thing = 1"}, "app", id="in a package"),
        pytest.param({"app/b.py": "thing = 1", "app/a.py": "thing = 2"}, "app.a app.b", id="twice"),
        pytest.param({"app/a.py": "from x import thing"}, "", id="imported"),
        pytest.param({"app/a.py": "thing = other.thing"}, "", id="another name for something"),
        pytest.param({"app/a.py": "from x import thing\nthing = 1"}, "", id="bound in two ways"),
        pytest.param({"app/a.py": "class C:\n    thing = 1"}, "", id="in a class"),
        pytest.param({"app/a.py": "things = thing_ = thin = 1"}, "", id="similar names"),
        pytest.param({"app/a.py": "thing == 1\nthing(1)"}, "", id="read"),
        pytest.param({"app/a.py": "thing = (", "app/b.py": "thing = 1"}, "app.b", id="not Python"),
        pytest.param({"app/a.py": "\0", "app/b.py": "thing = 1"}, "app.b", id="not readable"),
        pytest.param({"tests/a.py": "thing = 1"}, "tests.a", id="in a source path"),
        pytest.param({"tests/a.py": "thing = 1", "app/b.py": "thing = 1"}, "app.b", id="in both"),
    ],
)
def test_homes_of_a_name(files: Mapping[str, str], homes: str) -> None:
    found = homes_of(files)

    assert " ".join(found.of_name("thing")) == homes
    assert found.of_name("thing") is found.of_name("thing")


@pytest.mark.parametrize(
    ("paths", "homes"),
    [
        pytest.param(["app/a.py"], "", id="nowhere"),
        pytest.param(["app/thing.py"], "app.thing", id="a module"),
        pytest.param(["app/thing/__init__.py"], "app.thing", id="a package"),
        pytest.param(["app/thing/a.py"], "", id="a folder"),
        pytest.param(["app/b/thing.py", "app/a/thing.py"], "app.a.thing app.b.thing", id="twice"),
        pytest.param(["app/things.py", "app/a_thing.py"], "", id="similar names"),
        pytest.param(["tests/thing.py"], "tests.thing", id="in a source path"),
        pytest.param(["tests/thing.py", "app/thing.py"], "app.thing", id="in both"),
    ],
)
def test_homes_of_a_module(paths: list[str], homes: str) -> None:
    found = homes_of(dict.fromkeys(paths, ""))

    assert " ".join(found.of_module("thing")) == homes


@pytest.mark.parametrize(
    ("text", "is_set"),
    [
        pytest.param("from app import mod\nmod.x = 1", True, id="an attribute"),
        pytest.param("import app.mod\napp.mod.x = 1", True, id="by a longer path"),
        pytest.param("import app.mod as m\nm.x = 1", True, id="under another name"),
        pytest.param("from . import mod\nmod.x=1", True, id="a relative import"),
        pytest.param("def f():\n    from app import mod\n    mod.x = 1", True, id="in a function"),
        pytest.param("from app import mod\nsetattr(mod, 'x', 1)", True, id="setattr"),
        pytest.param('from app import mod\nsetattr(mod, "x", 1)', True, id="setattr, quoted"),
        pytest.param("from app import mod\nsetattr(mod, name, 1)", True, id="any name"),
        pytest.param("from app import mod\nsetattr(mod, 'y', 1)", False, id="another name"),
        pytest.param("from app import mod\nm.setattr(mod, 'x', 1)", False, id="a method"),
        pytest.param("from app import mod\nmod.x == 1\nmod.x", False, id="read"),
        pytest.param("from app import mod\nmod.y = 1\nmod.xy = 1", False, id="similar names"),
        pytest.param("import app.mod\nsetattr(app.mod, 'x', 1)", True, id="setattr, longer"),
        pytest.param("from app import mod\nmod.x.y = 1", False, id="an attribute of it"),
        pytest.param("from app import mod\nmod.y.x = 1", False, id="of an attribute"),
        pytest.param("from app import mod\nf().mod.x = 1", False, id="of what a call gives"),
        pytest.param("mod.x = 1", False, id="not imported"),
        pytest.param("from app import other as mod\nmod.x = 1", False, id="of another module"),
        pytest.param("class C:\n    def f(self): self.x = 1", False, id="of self"),
        pytest.param("from app import mod\nmod.x = (", False, id="not Python"),
    ],
)
def test_attributes_that_are_set(text: str, is_set: bool) -> None:
    homes = homes_of({"app/mod.py": "", "app/a.py": text})

    for _ in range(2):
        assert homes.is_set("app.mod", "x") is is_set


@pytest.mark.parametrize(
    ("path", "text", "is_registered"),
    [
        pytest.param("app/a.py", "sys.modules['app.put'] = x", True, id="an assignment"),
        pytest.param("app/a.py", 'sys.modules["app.put"] = x', True, id="with other quotes"),
        pytest.param("app/a.py", "sys.modules.setdefault('app.put', x)", True, id="setdefault"),
        pytest.param("app/a.py", "def f(): sys.modules['app.put'] = x", True, id="in a function"),
        pytest.param("app/a.py", "sys.modules['app.put']", False, id="looked at"),
        pytest.param("app/a.py", "sys.modules['app.put2'] = x", False, id="another module"),
        pytest.param("app/a.py", "x = 'sys.modules[app.put] = 1'", False, id="a text"),
        pytest.param("app/a.py", "sys.modules['app.put'] = (", False, id="not Python"),
        pytest.param("tests/a.py", "sys.modules['app.put'] = x", False, id="in a test"),
    ],
)
def test_modules_that_are_put_in_place(path: str, text: str, is_registered: bool) -> None:
    assert homes_of({path: text}).is_registered("app.put") is is_registered


def test_nothing_is_read_before_it_is_asked() -> None:
    reader = MemoryReader({"app/__init__.py": "", "app/thing.py": "thing = 1"})
    homes = Index(SourceTree([APP, TESTS]), reader).derived(Homes)

    assert homes.of_module("thing") == ["app.thing"]
    assert reader.count == {}
    assert homes.of_name("thing") == ["app.thing"]
    assert homes.is_set("app.thing", "x") is False
    assert set(reader.count) == {"app/__init__.py", "app/thing.py"}
