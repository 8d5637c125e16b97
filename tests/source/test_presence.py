"""What is there when an import runs."""

from __future__ import annotations

import functools
import re
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter_ext.source.gaps import Answer, Gap, State
from linter_ext.source.index import Index
from linter_ext.source.presence import Presence
from linter_ext.source.standard_library import is_standard
from linter_ext.source.tree import Root
from tests.child_python import ChildPython
from tests.front_ends import write
from tests.source.project import APP, TESTS, index_of, open_file
from tests.source.standard_files import sample

LIB = Root("ns.lib", "lib/ns/lib", is_package=True)
SCRIPT = Root("tool", "tool.py", is_package=True)
CLICK = Root("click", "click", is_package=False)
ROOTS = (APP, TESTS, LIB, SCRIPT, CLICK)

FILES = {
    "app/__init__.py": "",
    "app/mod.py": "x = 1\n",
    "app/pack/__init__.py": "y = 1\n",
    "app/pack/sub.py": "",
    "app/space/deep/inner.py": "",
    "app/twin.py": "",
    "app/twin/inner.py": "",
    "app/both.py": "",
    "app/both/__init__.py": "",
    "app/broken.py": "x = (",
    "app/shut/__init__.py": "x = (",
    "app/binary.py": "\0",
    "app/stub.pyi": "",
    "app/stubs/__init__.pyi": "",
    "app/fast.pyx": "",
    "app/wide/__init__.py": "__path__ = []\n",
    "app/named/__init__.py": "import sys\nsys.modules['app.named.put'] = sys\n",
    "app/putting.py": "import sys\nsys.modules['app.put'] = sys\n",
    "tests/helpers.py": "",
    "tests/unit/test_a.py": "",
    "lib/ns/lib/__init__.py": "",
    "lib/ns/lib/core.py": "",
    "tool.py": "run = 1\n",
    "click/own.py": "",
    "beside.py": "",
    "lib/ns/other/__init__.py": "",
    "setup.py": "Extension('app._speed', [])\n",
    "pyproject.toml": "version_file = 'app/_version.py'\n",
}


def told(answer: Answer) -> str:
    """Return an answer in words."""
    return f"{answer.lack.name} {answer.path}" if isinstance(answer, Gap) else answer.name


@pytest.mark.parametrize(
    ("module", "answer"),
    [
        pytest.param("app", "THERE", id="a root package"),
        pytest.param("app.mod", "THERE", id="a module"),
        pytest.param("app.pack.sub", "THERE", id="a module of a package"),
        pytest.param("app.space", "THERE", id="a folder without init"),
        pytest.param("app.space.deep.inner", "THERE", id="a module in such a folder"),
        pytest.param("app.both", "THERE", id="a package beside a module"),
        pytest.param("app.broken", "THERE", id="a module that is not Python"),
        pytest.param("app.binary", "THERE", id="a module that cannot be read"),
        pytest.param("app.stub", "THERE", id="a stub"),
        pytest.param("app.gone", "NO_MODULE app.gone", id="no module"),
        pytest.param("app.gone.sub", "NO_MODULE app.gone", id="below no module"),
        pytest.param("app.pack.gone", "NO_MODULE app.pack.gone", id="no module of a package"),
        pytest.param("app.space.gone", "NO_MODULE app.space.gone", id="no module of a folder"),
        pytest.param("app.pack.y", "NO_MODULE app.pack.y", id="a name of a package"),
        pytest.param("app.mod.x", "NOT_A_PACKAGE app.mod", id="a name of a module"),
        pytest.param("app.mod.x.y", "NOT_A_PACKAGE app.mod", id="below a name of a module"),
        pytest.param("app.twin.inner", "NOT_A_PACKAGE app.twin", id="a folder behind a module"),
        pytest.param("app.broken.sub", "UNKNOWN", id="below what is not Python"),
        pytest.param("app.shut.gone", "UNKNOWN", id="below a package that is not Python"),
        pytest.param("app.stub.sub", "UNKNOWN", id="below a stub"),
        pytest.param("app.stubs.gone", "UNKNOWN", id="below a package that is a stub"),
        pytest.param("app.fast", "UNKNOWN", id="compiled"),
        pytest.param("app._speed", "UNKNOWN", id="made by a build"),
        pytest.param("app._version", "UNKNOWN", id="written by a build"),
        pytest.param("app.wide.gone", "UNKNOWN", id="below a package with a path of its own"),
        pytest.param("app.named.put", "UNKNOWN", id="put in place by its package"),
        pytest.param("app.named.gone", "NO_MODULE app.named.gone", id="not put in place by it"),
        pytest.param("app.put", "UNKNOWN", id="put in place by another module"),
        pytest.param("ns", "THERE", id="above a root package"),
        pytest.param("ns.lib.core", "THERE", id="a module of a namespace package"),
        pytest.param("ns.lib.gone", "NO_MODULE ns.lib.gone", id="no module of one"),
        pytest.param("ns.other", "UNKNOWN", id="another part of the namespace"),
        pytest.param("tool", "THERE", id="a root that is a file"),
        pytest.param("tool.sub", "NOT_A_PACKAGE tool", id="below a root that is a file"),
        pytest.param("tests", "THERE", id="a source path"),
        pytest.param("tests.unit.test_a", "THERE", id="a module of a source path"),
        pytest.param("click", "THERE", id="a folder that shadows a distribution"),
        pytest.param("click.own", "THERE", id="a module of such a folder"),
        pytest.param("click.core", "THERE", id="a module of such a distribution"),
        pytest.param("click.gone", "NO_MODULE click.gone", id="a module of neither"),
        pytest.param("beside", "UNKNOWN", id="a file beside the roots"),
        pytest.param("os", "THERE", id="standard"),
        pytest.param("os.path", "THERE", id="standard, without a file"),
        pytest.param("os.gone", "NOT_A_PACKAGE os", id="below a standard module"),
        pytest.param("json.decoder", "THERE", id="standard, below a package"),
        pytest.param("json.gone", "NO_MODULE json.gone", id="no standard module"),
        pytest.param("sys.gone", "UNKNOWN", id="below a module that is compiled in"),
        pytest.param("winreg", "THERE", id="standard elsewhere"),
        pytest.param("pluggy", "THERE", id="installed"),
        pytest.param("pluggy._hooks", "THERE", id="installed, below a package"),
        pytest.param("pluggy.gone", "NO_MODULE pluggy.gone", id="not part of what is installed"),
        pytest.param("mccabe.gone", "NOT_A_PACKAGE mccabe", id="below an installed module"),
        pytest.param("linter_ext_no", "NOT_INSTALLED linter_ext_no", id="not installed"),
        pytest.param("linter_ext_no.sub", "NOT_INSTALLED linter_ext_no", id="below that"),
    ],
)
def test_modules(module: str, answer: str) -> None:
    presence = index_of(FILES, ROOTS).derived(Presence)

    assert told(presence.module(module)) == answer
    assert told(presence.module(module)) == answer


def test_a_namespace_that_distributions_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"one/linter_ext_ns/a.py": "", "two/linter_ext_ns/b/__init__.py": ""})
    monkeypatch.setattr(sys, "path", [str(tmp_path / "one"), str(tmp_path / "two")])
    presence = index_of({}).derived(Presence)

    assert [
        told(presence.module(f"linter_ext_ns.{module}")) for module in ("a", "b", "c", "c.d", "b.e")
    ] == [
        "THERE",
        "THERE",
        "NOT_INSTALLED linter_ext_ns.c",
        "NOT_INSTALLED linter_ext_ns.c",
        "NO_MODULE linter_ext_ns.b.e",
    ]


TYPED = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
LAZY = "def __getattr__(name):\n    if name == 'x':\n        return 1\n    raise AttributeError\n"
GUARD = "try:\n    from app.other import y, gone\n    x = 1\nexcept ImportError:\n    "


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        pytest.param("", "x NO_NAME, __name__ THERE, __path__ THERE", id="nothing"),
        pytest.param("x = 1", "x THERE, y NO_NAME", id="an assignment"),
        pytest.param("if c:\n x = 1\nelse:\n y = 1", "x THERE, y THERE", id="in any branch"),
        pytest.param("x = 1\ndel x", "x NO_NAME", id="deleted"),
        pytest.param("import x.y, z as w", "x THERE, y NO_NAME, w THERE", id="imports"),
        pytest.param("from app.gone import x", "x THERE", id="a broken import binds all the same"),
        pytest.param(f"{TYPED} x = 1\n y = 1\nelse:\n y = 1", "x TYPING_ONLY, y THERE", id="typed"),
        pytest.param(f"{TYPED} from app.other import *", "y TYPING_ONLY", id="starred when typed"),
        pytest.param("__all__ = ['x']", "x LISTED_ONLY, y NO_NAME", id="listed only"),
        pytest.param(f"{GUARD}z = 1", "y THERE, gone UNBOUND, x UNBOUND, z THERE", id="guarded"),
        pytest.param(f"{GUARD}x = 1", "x THERE, gone UNBOUND", id="bound by the fallback, too"),
        pytest.param(f"{GUARD}raise", "x THERE, gone THERE", id="raised again"),
        pytest.param("try:\n import no\n x = 1\nexcept X: 0", "x THERE", id="for other errors"),
        pytest.param(
            "try:\n import linter_ext_no\n x = 1\nexcept ImportError: 0",
            "x THERE",
            id="what is not installed here may be installed there",
        ),
        pytest.param("from app.other import *", "y THERE, _z NO_NAME, gone NO_NAME", id="a star"),
        pytest.param("from app.listed import *", "y NO_NAME, _z THERE", id="a star and a list"),
        pytest.param("from app.computed import *", "y UNKNOWN", id="a star and a computed list"),
        pytest.param("from app.told import *", "x NO_NAME, y THERE", id="a star, a list in a text"),
        pytest.param("from app.more import *", "y THERE, _z NO_NAME", id="a star and two lists"),
        pytest.param("from app.noted import *", "x THERE, y NO_NAME", id="a star, a list, notes"),
        pytest.param("from app.torn import *", "y UNKNOWN", id="a star of no Python"),
        pytest.param("from app.gone import *", "y UNKNOWN", id="a star of nothing"),
        pytest.param("from app.space import *", "x NO_NAME, deep UNKNOWN", id="a star of a folder"),
        pytest.param("from pluggy import *", "HookCaller THERE, x UNKNOWN", id="an outside star"),
        pytest.param("from json import *", "loads THERE, gone NO_NAME", id="a standard star"),
        pytest.param("from app.circle import *\nx = 1", "y THERE, gone NO_NAME", id="a circle"),
        pytest.param("from app.pack import *", "sub UNKNOWN, own THERE", id="a star of a package"),
        pytest.param(LAZY, "x THERE, y NO_NAME", id="a closed getattr"),
        pytest.param("def __getattr__(name): 0", "x UNKNOWN", id="an open getattr"),
        pytest.param("globals()['x'] = 1", "x THERE, y NO_NAME", id="put into globals"),
        pytest.param("globals()[x] = 1", "y UNKNOWN", id="put into globals, whatever it is"),
        pytest.param("def f():\n global x\n x = 1", "x THERE", id="global in a function"),
        pytest.param(
            "import sys\nsys.modules['app.mod'] = sys", "path UNKNOWN", id="replaced by its name"
        ),
        pytest.param("set_here = 1", "set_there UNKNOWN, not_set NO_NAME", id="set elsewhere"),
        pytest.param("y = (", "x UNKNOWN", id="not Python"),
        pytest.param("\0", "x UNKNOWN", id="not readable"),
    ],
)
def test_names(text: str, answers: str) -> None:
    files = {
        "app/__init__.py": "",
        "app/mod.py": text,
        "app/other.py": "y = _z = 1",
        "app/listed.py": "__all__ = ['_z']\ny = _z = 1",
        "app/computed.py": "__all__ = list('y')",
        "app/told.py": "'''\n__all__ = ['x', 'z']\n'''\ny = 1",
        "app/more.py": "__all__ = ['x']\n__all__ += ['y']\nx = y = _z = 1",
        "app/noted.py": "__all__ = [\n    'x',  # 'y'\n]\nx = y = 1",
        "app/torn.py": "__all__ = ['x', 'z']\nx = (",
        "app/circle.py": "from app.mod import *\ny = 1",
        "app/pack/__init__.py": "own = 1",
        "app/pack/sub.py": "",
        "app/setting.py": "from app import mod\nmod.set_there = 1",
        "app/space/deep.py": "x = 1",
    }
    presence = index_of(files).derived(Presence)
    expected = dict(answer.split() for answer in answers.split(", "))

    for _ in range(2):
        found = {name: told(presence.name("app.mod", name)).split()[0] for name in expected}
        assert found == expected


@pytest.mark.parametrize(
    ("module", "answers"),
    [
        pytest.param("app.pack", "sub THERE, y THERE, gone NO_NAME", id="a package"),
        pytest.param("app.space", "deep THERE, gone NO_NAME", id="a folder without init"),
        pytest.param("app.stub", "gone UNKNOWN", id="a stub"),
        pytest.param("app.fast", "gone UNKNOWN", id="compiled"),
        pytest.param("app.both", "gone NO_NAME", id="a package beside a module"),
        pytest.param("app.twin", "inner NO_NAME", id="a module before a folder"),
        pytest.param("app.named", "put UNKNOWN, gone NO_NAME", id="a module put in place"),
        pytest.param("click", "command THERE, own THERE, gone NO_NAME", id="a shadowing folder"),
        pytest.param("tool", "run THERE, gone NO_NAME", id="a file"),
        pytest.param("os.path", "join UNKNOWN", id="standard, without a file"),
        pytest.param("sys", "path UNKNOWN, gone UNKNOWN", id="compiled in"),
        pytest.param("json", "loads THERE, decoder THERE, gone NO_NAME", id="standard"),
        pytest.param("__future__", "annotations THERE, gone NO_NAME", id="features"),
        pytest.param("pluggy", "HookCaller THERE, _hooks THERE, gone NO_NAME", id="installed"),
    ],
)
def test_names_of_modules_of_all_kinds(module: str, answers: str) -> None:
    presence = index_of(FILES, ROOTS).derived(Presence)
    expected = dict(answer.split() for answer in answers.split(", "))

    found = {name: told(presence.name(module, name)).split()[0] for name in expected}

    assert found == expected


@pytest.mark.parametrize(
    ("path", "text", "answers"),
    [
        pytest.param("app/a.py", "import app.gone", "NO_MODULE app.gone", id="a module"),
        pytest.param("app/a.py", "from app import gone", "NO_NAME app.gone", id="a name"),
        pytest.param("app/a.py", "from .mod import x, y", "THERE, NO_NAME app.mod.y", id="names"),
        pytest.param(
            "app/a.py", "from app.all import *", "LISTED_ONLY app.all.gone", id="a star of a list"
        ),
        pytest.param("app/a.py", "from app.typed import x", "TYPING_ONLY app.typed.x", id="typed"),
        pytest.param(
            "app/a.py", f"{TYPED} from app.typed import x", "THERE, THERE", id="typed on both sides"
        ),
        pytest.param("app/a.pyi", "from app.typed import x", "THERE", id="typed, for a stub"),
        pytest.param("app/a.pyi", "from app.mod import y", "UNKNOWN", id="no name, for a stub"),
        pytest.param("app/a.pyi", "import app.gone", "NO_MODULE app.gone", id="for a stub"),
        pytest.param(
            "app/a.py",
            "import sys, app.gone\npatch.dict(sys.modules, {'app.gone': 1})",
            "THERE, UNKNOWN",
            id="a file that puts it in place",
        ),
        pytest.param(
            "tests/unit/test_a.py", "import app.gone", "UNKNOWN", id="a conftest that does so"
        ),
        pytest.param(
            "tests/test_b.py", "import app.gone", "NO_MODULE app.gone", id="a conftest below"
        ),
        pytest.param("app/a.py", "import linter_ext_no", "NOT_INSTALLED linter_ext_no", id="alien"),
        pytest.param(
            "app/a.py",
            "import sys, linter_ext_no\nsys.path.append('.')",
            "THERE, UNKNOWN",
            id="a file that changes the import path",
        ),
        pytest.param("tests/unit/test_a.py", "import near\nimport unit.near", "THERE, ", id="near"),
    ],
)
def test_imports_as_the_importer_meets_them(path: str, text: str, answers: str) -> None:
    files = {
        "app/__init__.py": "",
        "app/mod.py": "x = 1",
        "app/all.py": "__all__ = ['x', 'gone']\nx = 1",
        "app/typed.py": f"{TYPED} x = 1",
        "tests/unit/conftest.py": "import sys\nsys.modules['app.gone'] = sys",
        "tests/unit/near.py": "",
        path: text,
    }
    index = index_of(files)
    presence = index.derived(Presence)
    file = open_file(index, path)

    found = [told(presence.of_import(file, asked)) for asked in index.asked(file)]

    assert [
        answer.startswith(expected)
        for answer, expected in zip(found, answers.split(", "), strict=True)
    ] == [True] * len(found), found


# Laws, held against a real Python.


@pytest.fixture(scope="module")
def child() -> Iterator[ChildPython]:
    with ChildPython() as process:
        yield process


NAMES = ("x", "y", "_z", "sub", "flag")
NAME = st.sampled_from(NAMES)
MODULES: Mapping[str, str] = {
    "app": "app/__init__.py",
    "app.one": "app/one.py",
    "app.two": "app/two.py",
    "app.pack": "app/pack/__init__.py",
    "app.pack.sub": "app/pack/sub.py",
}
GETATTR = (
    "def __getattr__(name):\n    if name == '{}':\n        return 1\n    raise AttributeError(name)"
)
TYPING = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    "


@st.composite
def bindings(draw: st.DrawFn) -> str:
    """Draw a statement that binds or unbinds a name, or looks so."""
    name, other = draw(NAME), draw(NAME)
    forms = (
        f"{name} = 1",
        f"def {name}(): {other} = 1",
        f"class {name}:\n    {other} = 1",
        f"{name} = {other} = [{other} for {other} in ()]",
        f"if True:\n    {name} = 1",
        f"try:\n    {name} = 1\nfinally:\n    pass",
        f"'{name} = 1'\n'''\n{name} = 1\n'''",
        f"{name}: int",
        "__all__ = ['x', '_z']\nx = _z = 1",
        f"{TYPING}{name} = 1",
        f"globals()['{name}'] = 1",
    )
    return draw(st.sampled_from(forms))


@st.composite
def imports(draw: st.DrawFn, sources: Sequence[str]) -> str:
    """Draw an import, behind a fallback where it may fail."""
    name, other, source = draw(NAME), draw(NAME), draw(st.sampled_from(sources))
    caught = "except ImportError:\n    "
    forms = (
        f"import {source}",
        f"import {source} as {name}",
        f"from {source} import *",
        f"{TYPING}from {source} import *",
        f"{TYPING}from {source} import {name}",
        f"try:\n    from {source} import {other} as {name}\n{caught}pass",
        f"try:\n    from {source} import {other}, {name}\n    flag = 1\n{caught}{name} = 1",
        f"try:\n    import {source}.{other}\n    {name} = 1\n{caught}pass",
        f"try:\n    import {source}.{other} as {name}\n{caught}pass\nelse:\n    flag = 1",
        (
            "import contextlib\nwith contextlib.suppress(ImportError):\n    "
            f"from {source} import {name}\n    flag = 1"
        ),
    )
    return draw(st.sampled_from(forms))


def text_of(*statements: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return the texts that some statements make."""
    return st.lists(st.one_of(*statements), max_size=4).map(lambda found: "\n".join([*found, ""]))


UNBINDING = st.builds(
    str.format,
    st.sampled_from(
        ["try:\n    del {0}\nexcept NameError: pass", "{0} = 1\ndel {0}", "{0} = 1; del ({0})"]
    ),
    NAME,
)
LAZY_NAMES = NAME.map(GETATTR.format)
IN_CIRCLES = st.fixed_dictionaries(
    {
        path: text_of(bindings(), imports([*MODULES]), UNBINDING, LAZY_NAMES)
        for path in MODULES.values()
    }
)
"""Projects whose modules may import each other whatever way."""
IN_ORDER = st.fixed_dictionaries(
    {
        path: text_of(bindings(), *([imports([*MODULES][1:number])] if number > 1 else []))
        for number, path in enumerate(MODULES.values())
    }
)
"""Projects each of whose modules imports only those before it."""


Answers = Mapping[str, Mapping[str, Answer]]


def answers_of(files: Mapping[str, str]) -> Answers:
    """Return what is said of each name of each module."""
    presence = index_of(files, [APP]).derived(Presence)
    return {module: {name: presence.name(module, name) for name in NAMES} for module in MODULES}


def lacking_of(child: ChildPython, files: Mapping[str, str]) -> Mapping[str, list[str]]:
    """Return which names cannot be imported from each module."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), files)
        return child.lacking(Path(folder), dict.fromkeys(MODULES, NAMES))


@settings(max_examples=120, deadline=None, derandomize=True)
@given(files=IN_CIRCLES)
def test_what_is_missing_cannot_be_imported(child: ChildPython, files: Mapping[str, str]) -> None:
    found, lacking = answers_of(files), lacking_of(child, files)

    assert [
        f"{module}.{name}"
        for module, names in found.items()
        for name, answer in names.items()
        if isinstance(answer, Gap) and name not in lacking[module]
    ] == []


@settings(max_examples=120, deadline=None, derandomize=True)
@given(files=IN_ORDER)
def test_what_is_there_can_be_imported(child: ChildPython, files: Mapping[str, str]) -> None:
    found = answers_of(files)
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), files)
        broken = child.failures(Path(folder), MODULES)  # Those are reported where they break.
        lacking = child.lacking(Path(folder), dict.fromkeys(MODULES.keys() - broken, NAMES))

    assert [
        f"{module}.{name}"
        for module, missing in lacking.items()
        for name in missing
        if found[module][name] is State.THERE and f"{module}.{name}" not in broken
    ] == []


FROM = re.compile(r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n;]*)", re.MULTILINE)
LIBRARY = Path(sysconfig.get_path("stdlib"))
LEFT_OUT = {"site-packages", "test", "tests", "idle_test", "__pycache__", "lib2to3"}


@functools.cache
def standard_imports() -> frozenset[tuple[str, str]]:
    """Return what the files of the standard library take from it: a module and a name."""
    found: set[tuple[str, str]] = set()
    for path in LIBRARY.rglob("*.py"):
        if LEFT_OUT.isdisjoint(path.relative_to(LIBRARY).parts):
            text = path.read_text(encoding="utf-8", errors="replace")
            for module, names in FROM.findall(text):
                without = re.sub(r"#[^\n]*", "", names).strip("() \n\\,")
                for name in without.split(","):
                    words = name.split()
                    if words and words[0].isidentifier() and is_standard(module):
                        found.add((module, words[0]))
    return frozenset(found)


def missing_of(index: Index, module: str, names: frozenset[str]) -> list[str]:
    """Return the names that we say a standard module lacks; all of them, if it is not there."""
    presence = index.derived(Presence)
    if isinstance(presence.module(module), Gap):
        return sorted(names)
    return sorted(name for name in names if isinstance(presence.name(module, name), Gap))


def test_what_the_standard_library_imports_of_itself_is_there(
    child: ChildPython, tmp_path: Path
) -> None:
    index = index_of({}, [])
    by_module: dict[str, set[str]] = {}
    for module, name in standard_imports():
        by_module.setdefault(module, set()).add(name)

    missing = {
        module: found
        for module, names in sorted(by_module.items())
        if (found := missing_of(index, module, frozenset(names)))
    }

    assert len(by_module) > 100
    lacking = child.lacking(tmp_path, missing)
    assert {
        module: names for module, names in missing.items() if not set(names) <= set(lacking[module])
    } == {}


def test_what_standard_modules_hold_is_there(child: ChildPython, tmp_path: Path) -> None:
    modules = [
        path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in sample()
        if path.partition("/")[0].removesuffix(".py") not in ("antigravity", "this", "idlelib")
        and "__main__" not in path
        and all(part.isidentifier() for part in path.removesuffix(".py").split("/"))
    ]
    held = child.names(tmp_path, modules)
    index = index_of({}, [])

    assert len(held) > 80
    assert {
        module: missing
        for module, names in held.items()
        if (missing := missing_of(index, module, frozenset(names) - {"__warningregistry__"}))
    } == {}
