"""What the loader says of imports, held against what imports do."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter_ext.source.exceptions import may_catch
from linter_ext.source.loader import Fault, Link, Loader
from tests.cases import acyclic_imports
from tests.cases.case import Case
from tests.front_ends import write
from tests.source.project import APP, index_of, open_file
from tests.source.real_imports import Failure, Place, import_each_for_real, import_for_real

Files = Mapping[str, str]

PACKAGE = {"app/__init__.py": "", "app/sub/__init__.py": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A project, the modules imported one after the other, and what comes of each.

    Attributes:
        files:    path → text; packages have an empty `__init__.py` if they are given none.
        entries:  the modules.
        expected: for each module None, or its chain: `path:line target`, the last with its fault.
    """

    files: Files
    entries: Sequence[str] = ("app.a",)
    expected: Sequence[Sequence[str] | None] = (None,)

    @property
    def project(self) -> dict[str, str]:
        return {**PACKAGE, **self.files}


def told(chain: Sequence[Link] | None) -> Sequence[str] | None:
    return None if chain is None else [_told(link) for link in chain]


def _told(link: Link) -> str:
    lack = f" {link.gap.path} {link.gap.lack.name}" if link.gap is not None else ""
    fault = f" {link.fault.name}" if link.fault is not None else ""
    return f"{link.path}:{link.line} {link.target}{fault}{lack}"


def places(chain: Sequence[Link]) -> tuple[Place, ...]:
    return tuple((link.path, link.line) for link in chain)


B_HAS_NO_X = "app/a.py:1 app.b.x MISSING app.b.x NO_NAME"

SCENARIOS: Mapping[str, Scenario] = {
    # Chains.
    "a module that is there": Scenario(files={"app/a.py": "import app.b\n", "app/b.py": ""}),
    "a module that is not there": Scenario(
        files={"app/a.py": "import os\nimport app.gone\n"},
        expected=(["app/a.py:2 app.gone MISSING app.gone NO_MODULE"],),
    ),
    "a name that is not there": Scenario(
        files={"app/a.py": "from app.b import x\n", "app/b.py": ""},
        expected=([B_HAS_NO_X],),
    ),
    "a failure further down": Scenario(
        files={
            "app/a.py": "from app import sub\n",
            "app/sub/__init__.py": "x = 1\nfrom app.b import y\n",
            "app/b.py": "y = 1\nfrom app.gone import z\n",
        },
        expected=(
            [
                "app/a.py:1 app.sub",
                "app/sub/__init__.py:2 app.b",
                "app/b.py:2 app.gone.z MISSING app.gone NO_MODULE",
            ],
        ),
    ),
    "a failure in a package above": Scenario(
        files={"app/a.py": "import app.sub.c\n", "app/sub/__init__.py": "import app.gone\n"},
        expected=(
            [
                "app/a.py:1 app.sub.c",
                "app/sub/__init__.py:1 app.gone MISSING app.gone NO_MODULE",
            ],
        ),
    ),
    "a submodule of what is a file": Scenario(
        files={"app/a.py": "import app.b.c\n", "app/b.py": ""},
        expected=(["app/a.py:1 app.b.c MISSING app.b NOT_A_PACKAGE"],),
    ),
    "a file that is not valid Python": Scenario(
        files={"app/a.py": "x = 1\nimport app.b\n", "app/b.py": "def (:\n"},
        expected=(["app/a.py:2 app.b UNREADABLE"],),
    ),
    "a relative import that climbs out": Scenario(
        files={"app/a.py": "from .. import b\n"}, expected=(["app/a.py:1 .. BEYOND"],)
    ),
    "a standard module without the name": Scenario(
        files={"app/a.py": "from json import gone\n"},
        expected=(["app/a.py:1 json.gone MISSING json.gone NO_NAME"],),
    ),
    "names are taken one after the other": Scenario(
        files={
            "app/a.py": "from app.b import x\nfrom app.b import y\n",
            "app/b.py": "try:\n    from app.c import x, gone, y\nexcept ImportError:\n    pass\n",
            "app/c.py": "x = y = 1\n",
        },
        expected=(["app/a.py:2 app.b.y MISSING app.b.y UNBOUND"],),
    ),
    "submodules are loaded before any name is taken": Scenario(
        files={
            "app/a.py": "from app.sub import gone, c\n",
            "app/sub/c.py": "import app.none\n",
        },
        expected=(["app/a.py:1 app.sub.c", "app/sub/c.py:1 app.none MISSING app.none NO_MODULE"],),
    ),
    # What runs.
    "functions do not run": Scenario(files={"app/a.py": "def f():\n    import app.gone\n"}),
    "classes run": Scenario(
        files={"app/a.py": "class C:\n    import app.gone\n"},
        expected=(["app/a.py:2 app.gone MISSING app.gone NO_MODULE"],),
    ),
    "a class binds no names of the module": Scenario(
        files={
            "app/a.py": "from app.b import os\n",
            "app/b.py": "class C:\n    import os\n",
        },
        expected=(["app/a.py:1 app.b.os MISSING app.b.os NO_NAME"],),
    ),
    "nothing runs for type checkers": Scenario(
        files={
            "app/a.py": "from typing import TYPE_CHECKING\n"
            "if TYPE_CHECKING:\n    import app.gone\nelse:\n    import app.b\n",
            "app/b.py": "",
        },
    ),
    "nothing runs for another Python": Scenario(
        files={
            "app/a.py": "import sys\nPY3 = sys.version_info[0] == 3\n"
            "if not PY3:\n    import app.gone\n"
            "if sys.version_info[:2] < (3, 0):\n    import app.gone\n"
            "elif sys.platform.startswith('amiga') or not PY3:\n    import app.gone\n"
            "else:\n    import app.b\n",
            "app/b.py": "import app.none\n",
        },
        expected=(["app/a.py:10 app.b", "app/b.py:1 app.none MISSING app.none NO_MODULE"],),
    ),
    "a module is not the main one": Scenario(
        files={"app/a.py": "if __name__ == '__main__':\n    import app.gone\n"}
    ),
    "of branches that may run one may load": Scenario(
        files={
            "app/a.py": "import os\nif os.environ.get('APP_GONE'):\n    import app.gone\n",
        }
    ),
    "branches that all fail": Scenario(
        files={
            "app/a.py": "import os\nif not os.environ.get('APP_GONE'):\n    import app.gone\n"
            "else:\n    import app.none\n",
        },
        expected=(["app/a.py:3 app.gone MISSING app.gone NO_MODULE"],),
    ),
    "what branches bind is bound": Scenario(
        files={
            "app/a.py": "import os\nif os.sep == '/':\n    x = 1\nelse:\n    import app.b\n"
            "import app.c\n",
            "app/b.py": "",
            "app/c.py": "from app.a import x\n",
        },
    ),
    "a loop runs": Scenario(
        files={
            "app/a.py": "for i in range(2):\n    x = i\nelse:\n    y = 1\nwhile False:\n"
            "    import app.gone\nfrom app.a import i, x, y\n",
        },
    ),
    "nothing runs after a raise": Scenario(
        files={
            "app/a.py": "try:\n    import app.b\nexcept ValueError:\n    pass\n",
            "app/b.py": "raise ValueError('no')\nimport app.gone\n",
        },
    ),
    "a raise is a failure": Scenario(
        files={"app/a.py": "import app.b\n", "app/b.py": "raise RuntimeError('no')\n"},
        expected=(["app/a.py:1 app.b", "app/b.py:1 app.b RAISES"],),
    ),
    "a module imported by a call": Scenario(
        files={
            "app/a.py": "import importlib\nb = importlib.import_module('app.b')\nb.x\n",
            "app/b.py": "x = __import__('app.gone')\n",
        },
        expected=(["app/a.py:2 app.b", "app/b.py:1 app.gone MISSING app.gone NO_MODULE"],),
    ),
    "what is put into sys.modules is there": Scenario(
        files={
            "app/a.py": "import sys\nimport types\n"
            "sys.modules['app.fake'] = types.ModuleType('app.fake')\nimport app.b\n",
            "app/b.py": "import app.fake\n",
        },
    ),
    "names put there that the text does not tell": Scenario(
        files={
            "app/a.py": "import sys\nimport types\nfor name in ('fake',):\n"
            "    sys.modules[f'app.{name}'] = types.ModuleType(name)\nimport app.b\n",
            "app/b.py": "import app.fake\n",
        },
    ),
    # Failures that go no further.
    "what a module that puts another in its place offers": Scenario(
        files={
            "app/a.py": "from app.old import X\nfrom app.old import *\nX\n",
            "app/old.py": "import sys\nfrom app import new\nsys.modules[__name__] = new\nY = 1\n",
            "app/new.py": "X = 1\n",
        },
    ),
    "what a module that puts no module in its place offers": Scenario(
        files={
            "app/a.py": "from app.old import X\n",
            "app/old.py": "import sys\nfrom app.new import new\nsys.modules[__name__] = new\n",
            "app/new.py": "class new: X = 1\n",
        },
    ),
    "a name of a module that a star from another one cannot bring": Scenario(
        files={
            "app/__init__.py": "from app.old import *\nimport app.a\nY = 1\n",
            "app/a.py": "from app import Y\n",
            "app/old.py": "import sys\nfrom app import new\nsys.modules[__name__] = new\n",
            "app/new.py": "X = 1\n",
        },
        entries=("app",),
        expected=(["app/__init__.py:2 app.a", "app/a.py:1 app.Y PARTIAL"],),
    ),
    "a fallback": Scenario(
        files={
            "app/a.py": "try:\n    from app.b import x\nexcept ImportError:\n    x = 1\n"
            "from app.a import x\n",
            "app/b.py": "import app.gone\n",
        },
    ),
    "a fallback that fails as well": Scenario(
        files={
            "app/a.py": "try:\n    import app.b\nexcept ImportError:\n    import app.none\n",
            "app/b.py": "import app.gone\n",
        },
        expected=(["app/a.py:2 app.b", "app/b.py:1 app.gone MISSING app.gone NO_MODULE"],),
    ),
    "a handler that raises again": Scenario(
        files={
            "app/a.py": "try:\n    import app.gone\nexcept ImportError as error:\n"
            "    raise RuntimeError('no') from error\n",
        },
        expected=(["app/a.py:2 app.gone MISSING app.gone NO_MODULE"],),
    ),
    "a handler that catches something else": Scenario(
        files={
            "app/a.py": "try:\n    from app.b import x\nexcept ModuleNotFoundError:\n    pass\n",
            "app/b.py": "",
        },
        expected=(["app/a.py:2 app.b.x MISSING app.b.x NO_NAME"],),
    ),
    "an else after a failure does not run": Scenario(
        files={
            "app/a.py": "try:\n    import app.gone\nexcept (KeyError, ImportError):\n    pass\n"
            "else:\n    import app.none\nfinally:\n    import app.b\n",
            "app/b.py": "",
        },
    ),
    "a finally runs": Scenario(
        files={
            "app/a.py": "try:\n    import app.gone\nexcept ImportError:\n    pass\n"
            "finally:\n    import app.none\n",
        },
        expected=(["app/a.py:6 app.none MISSING app.none NO_MODULE"],),
    ),
    "failures that are suppressed": Scenario(
        files={
            "app/a.py": "import contextlib\nwith contextlib.suppress(ImportError):\n"
            "    import app.gone\n",
        },
    ),
    "a manager that lets everything pass": Scenario(
        files={
            "app/a.py": "import warnings\nwith warnings.catch_warnings():\n    import app.gone\n",
        },
        expected=(["app/a.py:3 app.gone MISSING app.gone NO_MODULE"],),
    ),
    "what loaded stays, what failed is tried again": Scenario(
        files={
            "app/a.py": "import app.b\nimport app.gone\n",
            "app/b.py": "",
        },
        entries=("app.a", "app.b", "app.a"),
        expected=(
            ["app/a.py:2 app.gone MISSING app.gone NO_MODULE"],
            None,
            ["app/a.py:2 app.gone MISSING app.gone NO_MODULE"],
        ),
    ),
    "a submodule may stay without its package": Scenario(
        files={
            "app/sub/__init__.py": "import app.sub.c\nimport app.gone\n",
            "app/sub/c.py": "",
            "app/a.py": "import app.sub.c\nfrom app.sub.c import __name__\nimport app.sub\n",
        },
        entries=("app.sub", "app.sub.c", "app.a"),
        expected=(
            ["app/sub/__init__.py:2 app.gone MISSING app.gone NO_MODULE"],
            None,
            ["app/a.py:3 app.sub", "app/sub/__init__.py:2 app.gone MISSING app.gone NO_MODULE"],
        ),
    ),
    # Modules that are still being loaded.
    "a name that is bound later": Scenario(
        files={"app/a.py": "import app.b\nx = 1\n", "app/b.py": "from app.a import x\n"},
        entries=("app.a", "app.b"),
        expected=(["app/a.py:1 app.b", "app/b.py:1 app.a.x PARTIAL"], None),
    ),
    "a name that is bound before": Scenario(
        files={"app/a.py": "x = 1\nimport app.b\n", "app/b.py": "from app.a import x\n"},
    ),
    "a name that is deleted": Scenario(
        files={"app/a.py": "x = 1\ndel x\nimport app.b\nx = 2\n", "app/b.py": "from .a import x\n"},
        expected=(["app/a.py:3 app.b", "app/b.py:1 app.a.x PARTIAL"],),
    ),
    "a name that is never bound": Scenario(
        files={"app/a.py": "import app.b\n", "app/b.py": "from app.a import x\n"},
        expected=(["app/a.py:1 app.b", "app/b.py:1 app.a.x MISSING app.a.x NO_NAME"],),
    ),
    "a module may be had before it is loaded": Scenario(
        files={
            "app/a.py": "import app.b\nx = 1\n",
            "app/b.py": "import app.a\nimport app.a as one\nfrom app import a\n",
        },
    ),
    "a name of a module that has a __getattr__ by then": Scenario(
        files={
            "app/a.py": "def __getattr__(name):\n    return 1\nimport app.b\nx = 1\n",
            "app/b.py": "from app.a import x\n",
        },
    ),
    "a name that a star brings": Scenario(
        files={
            "app/a.py": "from app.c import *\nimport app.b\n",
            "app/b.py": "from app.a import x\n",
            "app/c.py": "x = 1\n",
        },
    ),
    "stars in a circle": Scenario(
        files={
            "app/a.py": "x = 1\nfrom app.b import *\ny = 2\n",
            "app/b.py": "from app.a import *\nfrom app.b import x\nfrom app.b import y\n",
        },
        expected=(["app/a.py:2 app.b", "app/b.py:3 app.b.y PARTIAL"],),
    ),
    "a star of names that are bound later": Scenario(
        files={
            "app/a.py": "__all__ = ['x']\nimport app.b\nx = 1\n",
            "app/b.py": "from app.a import *\n",
        },
        expected=(["app/a.py:2 app.b", "app/b.py:1 app.a.x PARTIAL"],),
    ),
    "a star of names that are never bound": Scenario(
        files={"app/a.py": "from app.b import *\n", "app/b.py": "__all__ = ['x']\n"},
        expected=(["app/a.py:1 app.b MISSING app.b.x LISTED_ONLY"],),
    ),
    "a star of names of which more are listed later": Scenario(
        files={
            "app/a.py": "__all__ = ['x']\nx = 1\nimport app.b\n__all__ += ['y']\ny = 1\n",
            "app/b.py": "from app.a import *\nfrom app.b import x\n",
        },
    ),
    "a star of submodules": Scenario(
        files={
            "app/a.py": "from app.sub import *\nc.x\n",
            "app/sub/__init__.py": "__all__ = ['c']\n",
            "app/sub/c.py": "x = 1\n",
        },
    ),
    "an attribute that is bound later": Scenario(
        files={
            "app/a.py": "import app.b\nclass X: ...\n",
            "app/b.py": "from app import a\nclass Y(a.X): ...\n",
        },
        expected=(["app/a.py:1 app.b", "app/b.py:2 app.a.X PARTIAL"],),
    ),
    "an attribute that is never bound": Scenario(
        files={"app/a.py": "import app.b as b\n@b.x\ndef f(): ...\n", "app/b.py": ""},
        expected=(["app/a.py:2 app.b.x MISSING app.b.x NO_NAME"],),
    ),
    "a name that another Python binds": Scenario(
        files={
            "app/a.py": "from app.b import x\n",
            "app/b.py": "import sys\nif sys.version_info < (3, 0):\n    x = 1\n",
        },
        expected=(["app/a.py:1 app.b.x MISSING app.b.x UNBOUND"],),
    ),
    "an attribute that another Python binds": Scenario(
        files={
            "app/a.py": "import app.b\napp.b.x\n",
            "app/b.py": "import sys\nif sys.version_info < (3, 0):\n    x = 1\n",
        },
        expected=(["app/a.py:2 app.b.x MISSING app.b.x UNBOUND"],),
    ),
    "a submodule becomes an attribute once it is loaded": Scenario(
        files={
            "app/a.py": "import app.sub.c\nimport app.sub.d\n",
            "app/sub/c.py": "import app.sub.d\n",
            "app/sub/d.py": "import app.sub.c as c\nimport app.sub.c\nx = app.sub.c\n",
        },
        expected=(
            [
                "app/a.py:1 app.sub.c",
                "app/sub/c.py:1 app.sub.d",
                "app/sub/d.py:3 app.sub.c PARTIAL",
            ],
        ),
    ),
    "attributes that are looked up later": Scenario(
        files={
            "app/a.py": "import app.b\nX = 1\n",
            "app/b.py": "from app import a\nf = lambda: a.X\n"
            "y = False and a.X\nz = [a.X for _ in ()]\n",
        },
    ),
    "a circle through a package that loads its modules": Scenario(
        files={
            "app/__init__.py": "from app.a import x\ny = 1\n",
            "app/a.py": "from app import y\nx = y\n",
        },
        entries=("app.a", "app"),
        expected=(
            ["app/__init__.py:1 app.a", "app/a.py:1 app.y PARTIAL"],
            ["app/__init__.py:1 app.a", "app/a.py:1 app.y PARTIAL"],
        ),
    ),
    "a module that imports itself": Scenario(
        files={"app/a.py": "import app.a\nfrom app import a\nx = 1\nfrom app.a import x\n"},
    ),
}


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_imports_end_as_told(scenario: Scenario) -> None:
    loader = Loader(index_of(scenario.project))

    assert [told(loader.load(module)) for module in scenario.entries] == list(scenario.expected)


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_real_imports_end_in_the_same_way(scenario: Scenario, tmp_path: Path) -> None:
    write(tmp_path, scenario.project)
    loader = Loader(index_of(scenario.project))

    for module, real in zip(
        scenario.entries, import_for_real(tmp_path, *scenario.entries), strict=True
    ):
        chain = loader.load(module)
        assert (chain is None) == (real is None), real
        assert chain is None or real is None or real.went_through(places(chain))


# Files outside every package.

SKIPS = {
    "a skip of the whole file": "import pytest\npytest.skip('x', allow_module_level=True)\n"
    "import app.gone\n",
    "a skip by exception": "import unittest\nraise unittest.SkipTest('x')\nimport app.gone\n",
    "a module that may be missing": "import pytest\nx = pytest.importorskip('app.gone')\n"
    "import app.none\n",
    "a module that fails to load": "import pytest\npytest.importorskip('app.b')\nimport app.none\n",
    "an import that is meant to fail": "import pytest\nwith pytest.raises(ImportError):\n"
    "    import app.gone\n",
    "an import that is meant to fail, by hand": "import pytest\ntry:\n    import app.gone\n"
    "    pytest.fail('it is there')\nexcept ImportError:\n    pass\n",
    "a manager that may swallow what it likes": "from app.tools import optional\n"
    "with optional() as found:\n    import app.gone\n",
}


def load_file(files: Files, path: str = "tests/test_a.py") -> Sequence[str] | None:
    index = index_of({**PACKAGE, **files})
    return told(Loader(index).load_file(open_file(index, path)))


@pytest.mark.parametrize("text", SKIPS.values(), ids=SKIPS)
def test_a_skip_is_no_failure(text: str) -> None:
    files = {
        "tests/test_a.py": text,
        "app/b.py": "import app.gone\n",
        "app/tools.py": "def optional(): ...\n",
    }

    assert load_file(files) is None


def test_a_skip_passes_through_what_imports_the_module() -> None:
    files = {
        "tests/test_a.py": "from helpers import x\nimport app.gone\n",
        "tests/helpers.py": "import pytest\npytest.skip('x', allow_module_level=True)\n",
    }

    assert load_file(files) is None


def test_a_file_imports_its_neighbours_by_their_names() -> None:
    files = {
        "tests/test_a.py": "import helpers\n",
        "tests/helpers.py": "from app.b import x\n",
        "app/b.py": "",
    }

    assert load_file(files) == [
        "tests/test_a.py:1 tests.helpers",
        "tests/helpers.py:1 app.b.x MISSING app.b.x NO_NAME",
    ]


def test_the_packages_around_a_file_are_loaded_before_it() -> None:
    files = {
        "tests/unit/__init__.py": "import app.gone\n",
        "tests/unit/test_a.py": "import app.none\n",
    }

    assert load_file(files, "tests/unit/test_a.py") == [
        "tests/unit/__init__.py:1 app.gone MISSING app.gone NO_MODULE"
    ]


def test_what_one_file_has_loaded_is_there_for_the_next() -> None:
    index = index_of(
        {
            **PACKAGE,
            "tests/test_a.py": "import app.b\n",
            "tests/test_b.py": "import app.a\n",
            "app/a.py": "import app.b\nx = 1\n",
            "app/b.py": "from app.a import x\n",
        }
    )
    one, other = (open_file(index, f"tests/test_{name}.py") for name in "ab")
    loader = Loader(index)

    assert told(Loader(index).load_file(other)) == [
        "tests/test_b.py:1 app.a",
        "app/a.py:1 app.b",
        "app/b.py:1 app.a.x PARTIAL",
    ]
    assert [loader.load_file(one), loader.load_file(other), loader.load_file(other)] == [None] * 3


def test_a_module_that_is_not_there_is_one_link_without_a_file() -> None:
    loader = Loader(index_of({**PACKAGE, "app/broken.py": "def (:\n"}))

    assert told(loader.load("app.gone")) == [":0 app.gone MISSING app.gone NO_MODULE"]
    assert told(loader.load("app.broken")) == [":0 app.broken UNREADABLE"]


def test_a_file_that_cannot_be_decoded_is_not_valid_python() -> None:
    files = {"tests/test_a.py": "import app.b\n", "app/b.py": "x = '\0'\n"}

    assert load_file(files) == ["tests/test_a.py:1 app.b UNREADABLE"]


def test_nothing_is_said_of_what_is_not_known() -> None:
    files = {
        "tests/test_a.py": "from app.b import x\nfrom app.c import y\nimport app.d.e\n",
        "app/b.py": "from sqlite3.dbapi2 import *\n",
        "app/c.py": "exec('y = 1')\n",
        "app/d.pyi": "",
    }

    assert load_file(files) is None


def test_a_file_too_deep_to_be_parsed_may_load() -> None:
    files = {
        "tests/test_a.py": "from app.b import x\n",
        "app/b.py": f"x = {'+'.join('1' * 9000)}\n",
    }

    assert load_file(files) is None


def test_a_fork_goes_its_own_way() -> None:
    index = index_of({**PACKAGE, "app/a.py": "", "app/b.py": ""})
    loader = Loader(index)
    loader.load("app.a")
    other = loader.fork()
    other.load("app.b")

    assert [loader.has_loaded(module) for module in ("app.a", "app.b")] == [True, False]
    assert [other.has_loaded(module) for module in ("app.a", "app.b")] == [True, True]


def test_a_chain_longer_than_the_call_stack() -> None:
    last = 1200
    chain = {f"app/m{number}.py": f"import app.m{number + 1}\n" for number in range(last)}
    index = index_of({**PACKAGE, **chain, f"app/m{last}.py": "import app.gone\n"})
    found = Loader(index).load("app.m0")

    assert found is not None
    assert len(found) == last + 1
    assert found[-1].fault is Fault.MISSING


@pytest.mark.parametrize("end", ["import app.gone\n", "from app.m0 import late\n"])
def test_what_fails_is_not_tried_over_and_over(end: str) -> None:
    """Each module tries the next one twice: without a memory, that is 2 ** 60 ways."""
    last = 60
    text = "try:\n    import app.m{0}\nexcept ImportError:\n    import app.m{0}\nlate = 1\n"
    chain = {f"app/m{number}.py": text.format(number + 1) for number in range(last)}
    index = index_of({**PACKAGE, **chain, f"app/m{last}.py": end})
    found = Loader(index).load("app.m0")

    assert found is not None
    assert len(found) == last + 1


@pytest.mark.parametrize(
    ("caught", "error", "expected"),
    [
        (None, "ValueError", True),
        (("ImportError",), "ModuleNotFoundError", True),
        (("ModuleNotFoundError",), "ImportError", False),
        (("KeyError", "Exception"), "ImportError", True),
        (("Exception",), "Skipped", False),
        (("BaseException",), "Skipped", True),
        (("OwnError",), "ImportError", False),
        (("ERRORS",), "ImportError", True),
        (("OwnError",), "OtherError", True),
        (("ValueError",), "OwnError", False),
        (("Exception",), "OwnError", True),
        (("ImportError",), "", True),
    ],
)
def test_which_exceptions_a_handler_may_catch(
    caught: Sequence[str] | None, error: str, expected: bool
) -> None:
    assert may_catch(caught, error) == expected


# What contracts are told, and whatever else may be written.


@pytest.mark.parametrize(
    "case",
    [case for case in acyclic_imports.CASES.values() if not case.further],
    ids=[name for name, case in acyclic_imports.CASES.items() if not case.further],
)
def test_the_cycles_of_the_contract_fail_as_real_ones_do(case: Case, tmp_path: Path) -> None:
    files = {"app/__init__.py": "", **case.files}
    write(tmp_path, files)
    index = index_of(files, [APP])
    found = [index.tree.module_of(path) for path in sorted(files) if path.endswith(".py")]
    modules = [module.name for module in found if module is not None]

    for module, real in zip(modules, import_each_for_real(tmp_path, modules), strict=True):
        chain = Loader(index).load(module)
        assert (chain is None) == (real is None), (module, real)
        assert chain is None or real is None or real.went_through(places(chain))


MODULES = {
    "app": "app/__init__.py",
    "app.a": "app/a.py",
    "app.b": "app/b.py",
    "app.c": "app/c.py",
    "app.sub": "app/sub/__init__.py",
    "app.sub.d": "app/sub/d.py",
}
NAMES = st.sampled_from(["x", "y", "z", "a", "b", "sub", "d"])
ANY_MODULE = st.sampled_from([*MODULES, *MODULES, *MODULES, "app.gone"])
OWN_NAMES = st.sampled_from(["x", "y", "z"])

IMPORTS = st.one_of(
    st.builds("from {} import {}".format, ANY_MODULE, NAMES),
    st.builds("from {} import {}".format, ANY_MODULE, OWN_NAMES),
    st.builds("from {} import {}, {} as q".format, ANY_MODULE, NAMES, NAMES),
    st.builds("import {}".format, ANY_MODULE),
    st.builds("import {} as m".format, st.sampled_from(["app", "app.a", "app.b", "app.sub"])),
    st.builds("import importlib\nimportlib.import_module({!r})".format, ANY_MODULE),
)
BINDINGS = st.builds("{} = 1".format, OWN_NAMES) | st.builds(
    "def {}():\n    import app.gone".format, OWN_NAMES
)
PLAIN = IMPORTS | IMPORTS | BINDINGS


def _inside(statement: str) -> str:
    return "    " + statement.replace("\n", "\n    ")


BRANCHES = st.one_of(
    st.builds(
        "import typing\nif typing.TYPE_CHECKING:\n{}\nelse:\n{}".format,
        IMPORTS.map(_inside),
        PLAIN.map(_inside),
    ),
    st.builds(
        "import sys\nif sys.version_info >= (3, 0):\n{}\nelse:\n{}".format,
        PLAIN.map(_inside),
        IMPORTS.map(_inside),
    ),
    st.builds("if __name__ == '__main__':\n{}".format, IMPORTS.map(_inside)),
    st.builds("class z:\n{}".format, IMPORTS.map(_inside)),
    st.just("raise ImportError('no')"),
)
HEDGES = st.one_of(
    st.builds(
        "try:\n{}\nexcept {}:\n{}".format,
        (PLAIN | BRANCHES).map(_inside),
        st.sampled_from(["ImportError", "ModuleNotFoundError", "AttributeError", "Exception"]),
        (PLAIN | st.sampled_from(["pass", "raise", "raise RuntimeError"])).map(_inside),
    ),
    st.builds(
        "import contextlib\nwith contextlib.suppress(ImportError):\n{}".format, PLAIN.map(_inside)
    ),
    st.builds("import {0} as m\nm.{1}".format, ANY_MODULE, OWN_NAMES),
    st.builds("import {0}\n{0}.{1}".format, ANY_MODULE, OWN_NAMES),
    st.builds("from {} import *".format, ANY_MODULE),
    st.builds("__all__ = [{!r}, {!r}]".format, OWN_NAMES, NAMES),
    st.just("def __getattr__(name):\n    raise AttributeError(name)"),
    st.builds("{0} = 1\ndel {0}".format, OWN_NAMES),
)


def projects(statements: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
    """Draw the modules of a package."""
    text = st.lists(statements, max_size=5).map(lambda found: "\n".join([*found, ""]))
    return st.fixed_dictionaries(dict.fromkeys(MODULES.values(), text))


ENTRIES = st.lists(st.sampled_from([*MODULES]), min_size=1, max_size=3)


def outcomes(
    files: Files, entries: Sequence[str]
) -> list[tuple[Sequence[Link] | None, Failure | None]]:
    """Return, for each of some modules imported in turn, what is said and what really happens."""
    loader = Loader(index_of(files, [APP]))
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), files)
        real = import_for_real(Path(folder), *entries)
    return [(loader.load(module), found) for module, found in zip(entries, real, strict=True)]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(files=projects(PLAIN | PLAIN | BRANCHES), entries=ENTRIES)
def test_imports_load_and_fail_exactly_where_they_are_said_to(
    files: Files, entries: Sequence[str]
) -> None:
    for chain, real in outcomes(files, entries):
        assert (chain is None) == (real is None), real
        assert chain is None or real is None or real.went_through(places(chain))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(files=projects(PLAIN | BRANCHES | HEDGES), entries=ENTRIES)
def test_what_is_said_to_fail_fails(files: Files, entries: Sequence[str]) -> None:
    for chain, real in outcomes(files, entries):
        assert chain is None or real is not None, chain
