"""Small projects, and what `linter-ext check --uncollectable --quiet` prints of each.

pytest is asked about the same projects: the test files it cannot collect are those printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

TEST = "def test(): pass\n"
APP: Mapping[str, str] = {
    "app/__init__.py": "",
    "app/a.py": "value = 1\n",
    "app/broken.py": "import app.a\nimport app.gone\n",
}


@dataclass(frozen=True, slots=True)
class Project:
    """A project without any configuration of import-linter's.

    Attributes:
        files:    path → text; `app` is there too, with a module that fails.
        expected: the lines printed.
        others:   the test files that can be collected.
    """

    files: Mapping[str, str]
    expected: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Add the package that all have."""
        object.__setattr__(self, "texts", {**APP, **self.files})


def stops(path: str, *chain: str) -> tuple[str, ...]:
    """Return the lines of one test file and its chain."""
    return path, *(f"    {line}" for line in chain)


def both(*parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines of several test files."""
    first, *rest = parts
    return (*first, *(line for part in rest for line in ("", *part)))


NO_GONE = "there is no module 'app.gone' (IMC401)"
BROKEN = f"app/broken.py:2: {NO_GONE}"

PROJECTS: Mapping[str, Project] = {
    "nothing is wrong": Project(
        {"tests/test_a.py": f"from app import a\nfrom app.a import value\n{TEST}"},
        others=("tests/test_a.py",),
    ),
    # What fails.
    "a module that does not exist": Project(
        {"tests/test_a.py": f"import os\n\nimport app.gone\n{TEST}", "tests/test_b.py": TEST},
        stops("tests/test_a.py", f"tests/test_a.py:3: {NO_GONE}"),
        others=("tests/test_b.py",),
    ),
    "what lies under it": Project(
        {"tests/test_a.py": "from app.gone.sub import (\n    x,\n    y,\n)\n"},
        stops("tests/test_a.py", f"tests/test_a.py:1: {NO_GONE}"),
    ),
    "a name that does not exist": Project(
        {"tests/test_a.py": "from app.a import (\n    value,\n    gone,\n)\n"},
        stops("tests/test_a.py", "tests/test_a.py:1: there is no 'app.a.gone' (IMC402)"),
    ),
    "a submodule of a file": Project(
        {"tests/test_a.py": "import app.a.x\n"},
        stops(
            "tests/test_a.py",
            (
                "tests/test_a.py:1: 'app.a' is a module, not a package, "
                "so there is no 'app.a.x' (IMC403)"
            ),
        ),
    ),
    "a syntax error": Project(
        {"tests/test_a.py": "import app.a\n\ndef test(:\n"},
        stops(
            "tests/test_a.py", "tests/test_a.py:3: 'tests.test_a' cannot be read or parsed (IMC001)"
        ),
    ),
    "a syntax error in what is imported": Project(
        {"app/bad.py": "def (\n", "tests/test_a.py": f"import os\nfrom app.bad import x\n{TEST}"},
        stops("tests/test_a.py", "tests/test_a.py:2: 'app.bad' cannot be read or parsed (IMC001)"),
    ),
    # Chains.
    "a chain of imports": Project(
        {"app/c.py": "from app import broken\n", "tests/test_a.py": "import app.c\n"},
        stops(
            "tests/test_a.py",
            "tests/test_a.py:1: imports 'app.c'",
            "app/c.py:1: imports 'app.broken'",
            BROKEN,
        ),
    ),
    "a chain through a package": Project(
        {
            "app/sub/__init__.py": "from .. import broken\n",
            "app/sub/c.py": "value = 1\n",
            "tests/test_a.py": "import app.a\nfrom app.sub.c import value\n",
            "tests/test_b.py": "import app.sub.c\n",
        },
        both(
            stops(
                "tests/test_a.py",
                "tests/test_a.py:2: imports 'app.sub.c'",
                "app/sub/__init__.py:1: imports 'app.broken'",
                BROKEN,
            ),
            stops(
                "tests/test_b.py",
                "tests/test_b.py:1: imports 'app.sub.c'",
                "app/sub/__init__.py:1: imports 'app.broken'",
                BROKEN,
            ),
        ),
    ),
    "a star import of what fails": Project(
        {"tests/test_a.py": "from app.broken import *\n"},
        stops("tests/test_a.py", "tests/test_a.py:1: imports 'app.broken'", BROKEN),
    ),
    "a star import of what `__all__` only lists": Project(
        {
            "app/c.py": "__all__ = ['x', 'gone']\nx = 1\n",
            "tests/test_a.py": "from app.c import *\n",
        },
        stops("tests/test_a.py", "tests/test_a.py:1: there is no 'app.c.gone' (IMC402)"),
    ),
    "a star import of a folder without init": Project(
        {
            "app/sub/m.py": "def f(): ...\n",
            "app/__init__.py": "import app.sub.m\nfrom app.sub import *\n",
            "tests/test_a.py": f"from app import m\n{TEST}",
            "tests/test_b.py": f"import app\n\nvalue = app.f\n{TEST}",
            "tests/test_c.py": f"from app import f\n{TEST}",
        },
        both(
            stops("tests/test_b.py", "tests/test_b.py:3: there is no 'app.f' (IMC402)"),
            stops("tests/test_c.py", "tests/test_c.py:1: there is no 'app.f' (IMC402)"),
        ),
        others=("tests/test_a.py",),
    ),
    "a module that a getattr imports for a name": Project(
        {
            "app/lazy/__init__.py": (
                "from importlib import import_module\n"
                "_TABLE = {'value': 'app.a', 'other': 'app.broken', 'moved': 'app.gone'}\n\n\n"
                "def __getattr__(name):\n    if name not in _TABLE:\n"
                "        raise AttributeError(name)\n"
                "    return getattr(import_module(_TABLE[name]), name)\n"
            ),
            "tests/test_a.py": f"from app.lazy import value\n{TEST}",
            "tests/test_b.py": f"from app.lazy import other\n{TEST}",
            "tests/test_c.py": f"from app.lazy import moved\n{TEST}",
        },
        both(
            stops(
                "tests/test_b.py",
                "tests/test_b.py:1: imports 'app.lazy.other'",
                BROKEN,
            ),
            stops("tests/test_c.py", f"tests/test_c.py:1: {NO_GONE}"),
        ),
        others=("tests/test_a.py",),
    ),
    "an import in a function that is called at once": Project(
        {
            "tests/test_a.py": (
                "import pytest\n\n\ndef is_fit():\n    from app.broken import x\n\n    return x\n"
                "\n\n@pytest.mark.skipif(is_fit(), reason='unfit')\ndef test(): pass\n"
            ),
            "tests/test_b.py": (
                "def is_fit():\n    from app.broken import x\n\n    return x\n\n\n"
                "def test():\n    is_fit()\n"
            ),
        },
        stops("tests/test_a.py", "tests/test_a.py:5: imports 'app.broken'", BROKEN),
        others=("tests/test_b.py",),
    ),
    "a package below a folder that has no init any more": Project(
        {
            "app/sub/pack/__init__.py": "from .m import value\n",
            "app/sub/pack/m.py": "from . import n\nfrom ...a import value\n",
            "app/sub/pack/n.py": "from .m import value\n",
            "app/sub/pack/test_a.py": TEST,
            "app/sub/pack/tests/__init__.py": "",
            "app/sub/pack/tests/test_b.py": TEST,
            "app/sub/other/__init__.py": "from .m import value\n",
            "app/sub/other/m.py": "from app.a import value\n",
            "app/sub/other/test_c.py": TEST,
            "app/sub/test_d.py": TEST,
        },
        (
            "app/sub/pack/test_a.py",
            *stops(
                "app/sub/pack/tests/test_b.py",
                "app/sub/pack/__init__.py:1: imports 'app.sub.pack.m'",
                "app/sub/pack/m.py:2: '...a' climbs out of its package (IMC401)",
            ),
        ),
        others=("app/sub/other/test_c.py", "app/sub/test_d.py"),
    ),
    "names of a folder": Project(
        {
            "app/sub/m.py": "x = 1\n",
            "app/sub/n.py": "",
            "tests/test_a.py": f"import app.sub.m\n\nvalue = app.sub.m.x\n{TEST}",
            "tests/test_b.py": f"import app.sub\n\nvalue = app.sub.x\n{TEST}",
            "tests/test_c.py": f"import app.sub\n\nvalue = app.sub.__path__\n{TEST}",
        },
        stops("tests/test_b.py", "tests/test_b.py:3: there is no 'app.sub.x' (IMC402)"),
        others=("tests/test_a.py", "tests/test_c.py"),
    ),
    "names through a star import": Project(
        {
            "app/c.py": "from app.a import *\n",
            "tests/test_a.py": f"from app.c import value\n{TEST}",
            "tests/test_b.py": f"from app.c import gone\n{TEST}",
        },
        stops("tests/test_b.py", "tests/test_b.py:1: there is no 'app.c.gone' (IMC402)"),
        others=("tests/test_a.py",),
    ),
    "a test file that another one imports": Project(
        {
            "tests/test_a.py": f"import app.broken\n{TEST}",
            "tests/test_b.py": f"from test_a import test\n{TEST}",
        },
        both(
            stops("tests/test_a.py", "tests/test_a.py:1: imports 'app.broken'", BROKEN),
            stops(
                "tests/test_b.py",
                "tests/test_b.py:1: imports 'tests.test_a'",
                "tests/test_a.py:1: imports 'app.broken'",
                BROKEN,
            ),
        ),
    ),
    # What runs when a file is imported, and what does not.
    "imports that do not run, or may fail": Project(
        {
            "tests/test_class.py": f"class A:\n    import app.a\n{TEST}",
            "tests/test_function.py": "def test():\n    import app.gone\n",
            "tests/test_guarded.py": (
                f"try:\n    import app.gone\nexcept ImportError:\n    pass\n{TEST}"
            ),
            "tests/test_not_at_all.py": f"if False:\n    import app.gone\n{TEST}",
            "tests/test_suppressed.py": (
                f"from contextlib import suppress\n\nwith suppress(ImportError):\n"
                f"    import app.broken\n{TEST}"
            ),
            "tests/test_typing.py": (
                "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n"
                f"    import app.gone\n{TEST}"
            ),
            "tests/test_raises.py": (
                f"import pytest\n\nwith pytest.raises(ImportError):\n    import app.gone\n{TEST}"
            ),
        },
        others=(
            "tests/test_class.py",
            "tests/test_function.py",
            "tests/test_guarded.py",
            "tests/test_not_at_all.py",
            "tests/test_raises.py",
            "tests/test_suppressed.py",
            "tests/test_typing.py",
        ),
    ),
    "imports that run and fail": Project(
        {
            "tests/test_class.py": "class A:\n    import app.gone\n",
            "tests/test_else.py": (
                "try:\n    import app.a\nexcept ImportError:\n    pass\n"
                "else:\n    import app.gone\n"
            ),
            "tests/test_finally.py": "try:\n    pass\nfinally:\n    import app.gone\n",
            "tests/test_handler.py": (
                "try:\n    import app.gone\nexcept ImportError:\n    import app.gone as other\n"
            ),
            "tests/test_not_typing.py": (
                "from typing import TYPE_CHECKING\n\nif not TYPE_CHECKING:\n    import app.gone\n"
            ),
            "tests/test_other_error.py": (
                "try:\n    import app.gone\nexcept ValueError:\n    pass\n"
            ),
        },
        both(
            stops("tests/test_class.py", f"tests/test_class.py:2: {NO_GONE}"),
            stops("tests/test_else.py", f"tests/test_else.py:6: {NO_GONE}"),
            stops("tests/test_finally.py", f"tests/test_finally.py:4: {NO_GONE}"),
            stops("tests/test_handler.py", f"tests/test_handler.py:2: {NO_GONE}"),
            stops("tests/test_not_typing.py", f"tests/test_not_typing.py:4: {NO_GONE}"),
            stops("tests/test_other_error.py", f"tests/test_other_error.py:2: {NO_GONE}"),
        ),
    ),
    "skips of a whole file": Project(
        {
            "tests/test_after.py": (
                "import app.gone\nimport pytest\n\npytest.skip('', allow_module_level=True)\n"
            ),
            "tests/test_before.py": (
                "import pytest\n\npytest.skip('', allow_module_level=True)\n\nimport app.gone\n"
            ),
            "tests/test_importorskip.py": (
                "import pytest\n\ngone = pytest.importorskip('app.gone')\nimport app.gone\n"
            ),
        },
        stops("tests/test_after.py", f"tests/test_after.py:1: {NO_GONE}"),
        others=("tests/test_before.py", "tests/test_importorskip.py"),
    ),
    # Cycles.
    "a cycle that does no harm": Project(
        {
            "app/c.py": "import app.d\nx = 1\n",
            "app/d.py": "import app.c\ny = 1\n",
            "tests/test_a.py": f"from app.c import x\n{TEST}",
        },
        others=("tests/test_a.py",),
    ),
    "a cycle that is fatal": Project(
        {
            "app/c.py": "from app.d import y\nx = 1\n",
            "app/d.py": "from app.c import x\ny = 1\n",
            "tests/test_a.py": f"from app.c import x\n{TEST}",
        },
        stops(
            "tests/test_a.py",
            "tests/test_a.py:1: imports 'app.c'",
            "app/c.py:1: imports 'app.d'",
            "app/d.py:1: 'app.c.x' is not there yet when it is asked for (IMC501)",
        ),
    ),
    "a cycle that is fatal from one side, and is entered from the other": Project(
        {
            "app/c.py": "x = 1\nfrom app.d import y\n",
            "app/d.py": "from app.c import x\ny = 1\n",
            "tests/test_a.py": f"import app.c\n{TEST}",
            "tests/test_b.py": f"import app.d\n{TEST}",
        },
        others=("tests/test_a.py", "tests/test_b.py"),
    ),
    "a cycle that is fatal from one side, and is entered there": Project(
        {
            "app/c.py": "x = 1\nfrom app.d import y\n",
            "app/d.py": "from app.c import x\ny = 1\n",
            "tests/test_a.py": f"import app.d\n{TEST}",
            "tests/test_b.py": f"import app.c\n{TEST}",
        },
        stops(
            "tests/test_a.py",
            "tests/test_a.py:1: imports 'app.d'",
            "app/d.py:1: imports 'app.c'",
            "app/c.py:2: 'app.d.y' is not there yet when it is asked for (IMC501)",
        ),
        others=("tests/test_b.py",),
    ),
    # conftest.py files.
    "a conftest that fails": Project(
        {
            "tests/conftest.py": "import app.broken\n",
            "tests/test_a.py": TEST,
            "tests/unit/test_b.py": TEST,
        },
        (
            "tests/test_a.py",
            *stops("tests/unit/test_b.py", "tests/conftest.py:1: imports 'app.broken'", BROKEN),
        ),
    ),
    "a conftest that fails further down": Project(
        {
            "tests/conftest.py": "",
            "tests/test_a.py": TEST,
            "tests/unit/conftest.py": "import app.gone\n",
            "tests/unit/deep/test_c.py": TEST,
            "tests/unit/test_b.py": f"import app.gone\n{TEST}",
        },
        (
            "tests/unit/deep/test_c.py",
            *stops("tests/unit/test_b.py", f"tests/unit/conftest.py:1: {NO_GONE}"),
        ),
        others=("tests/test_a.py",),
    ),
    "a conftest that is no Python": Project(
        {"conftest.py": "def (\n", "tests/test_a.py": TEST},
        stops("tests/test_a.py", "conftest.py:1: 'conftest' cannot be read or parsed (IMC001)"),
    ),
    "plugins that a conftest names": Project(
        {
            "conftest.py": "pytest_plugins = ['tests.good', 'tests.bad', 'pytester']\n",
            "tests/__init__.py": "",
            "tests/bad.py": "import app.broken\n",
            "tests/good.py": "import app.a\n",
            "tests/test_a.py": TEST,
        },
        stops(
            "tests/test_a.py",
            "conftest.py:1: imports 'tests.bad'",
            "tests/bad.py:1: imports 'app.broken'",
            BROKEN,
        ),
    ),
    "plugins that do not exist": Project(
        {
            "tests/__init__.py": "",
            "tests/test_a.py": f"\npytest_plugins = 'tests.gone'\n{TEST}",
            "tests/test_b.py": TEST,
        },
        stops("tests/test_a.py", "tests/test_a.py:2: there is no module 'tests.gone' (IMC401)"),
        others=("tests/test_b.py",),
    ),
    "a plugin on the command line": Project(
        {
            "tests/__init__.py": "",
            "tests/test_a.py": TEST,
            "tox.ini": "[pytest]\naddopts =\n    -p tests.gone\n",
        },
        stops("tests/test_a.py", "tox.ini:3: there is no module 'tests.gone' (IMC401)"),
    ),
    # By which names files are imported.
    "helpers beside a test file": Project(
        {
            "tests/helpers.py": "x = 1\n",
            "tests/test_a.py": f"from helpers import x\n{TEST}",
            "tests/test_b.py": f"from helpers import y\n{TEST}",
        },
        stops("tests/test_b.py", "tests/test_b.py:1: there is no 'tests.helpers.y' (IMC402)"),
        others=("tests/test_a.py",),
    ),
    "helpers beside a conftest": Project(
        {
            "tests/conftest.py": "",
            "tests/helpers.py": "x = 1\n",
            "tests/unit/test_a.py": f"from helpers import x\n{TEST}",
        },
        others=("tests/unit/test_a.py",),
    ),
    "helpers on the python path": Project(
        {
            "pytest.ini": "[pytest]\npythonpath = helping\n",
            "helping/helpers.py": "x = 1\n",
            "tests/test_a.py": f"from helpers import x\n{TEST}",
            "tests/test_b.py": f"from helpers import y\n{TEST}",
        },
        stops("tests/test_b.py", "tests/test_b.py:1: there is no 'helping.helpers.y' (IMC402)"),
        others=("tests/test_a.py",),
    ),
    "tests in packages": Project(
        {
            "tests/__init__.py": "",
            "tests/helpers.py": "x = 1\n",
            "tests/unit/__init__.py": "",
            "tests/unit/test_a.py": f"from tests.helpers import x\nfrom ..helpers import x\n{TEST}",
            "tests/unit/test_b.py": f"from . import gone\n{TEST}",
            "tests/unit/test_c.py": f"from .gone import x\n{TEST}",
        },
        both(
            stops(
                "tests/unit/test_b.py",
                "tests/unit/test_b.py:1: there is no 'tests.unit.gone' (IMC402)",
            ),
            stops(
                "tests/unit/test_c.py",
                "tests/unit/test_c.py:1: there is no module 'tests.unit.gone' (IMC401)",
            ),
        ),
        others=("tests/unit/test_a.py",),
    ),
    "a package of tests that fails": Project(
        {
            "tests/__init__.py": "",
            "tests/test_a.py": TEST,
            "tests/unit/__init__.py": "import app.broken\n",
            "tests/unit/test_b.py": TEST,
        },
        stops("tests/unit/test_b.py", "tests/unit/__init__.py:1: imports 'app.broken'", BROKEN),
        others=("tests/test_a.py",),
    ),
    "a relative import in a test file that lies in no package": Project(
        {"tests/helpers.py": "x = 1\n", "tests/test_a.py": f"from .helpers import x\n{TEST}"},
        stops(
            "tests/test_a.py", "tests/test_a.py:1: '.helpers' climbs out of its package (IMC401)"
        ),
    ),
    "relative imports that climb too far, or only may": Project(
        {
            "tests/helpers.py": "x = 1\n",
            "tests/test_a.py": f"try:\n    from . import helpers\nexcept ImportError: pass\n{TEST}",
            "tests/test_b.py": f"def test():\n    from . import helpers\n{TEST}",
            "tests/unit/__init__.py": "",
            "tests/unit/test_c.py": f"from ..helpers import x\n{TEST}",
            "tests/unit/test_d.py": f"from . import test_e\n{TEST}",
            "tests/unit/test_e.py": TEST,
        },
        stops(
            "tests/unit/test_c.py",
            "tests/unit/test_c.py:1: '..helpers' climbs out of its package (IMC401)",
        ),
        others=(
            "tests/test_a.py",
            "tests/test_b.py",
            "tests/unit/test_d.py",
            "tests/unit/test_e.py",
        ),
    ),
    "a relative import and something else that fails": Project(
        {
            "tests/test_a.py": "import app.gone\nfrom .helpers import x\n",
            "tests/test_b.py": "from .helpers import x\nimport app.gone\n",
        },
        both(
            stops("tests/test_a.py", f"tests/test_a.py:1: {NO_GONE}"),
            stops(
                "tests/test_b.py",
                "tests/test_b.py:1: '.helpers' climbs out of its package (IMC401)",
            ),
        ),
    ),
    "relative imports under importlib": Project(
        {
            "pytest.ini": "[pytest]\naddopts = --import-mode=importlib\n",
            "tests/helpers.py": "x = 1\n",
            "tests/test_a.py": f"from .helpers import x\n{TEST}",
        },
        others=("tests/test_a.py",),
    ),
    "modules that raise": Project(
        {
            "app/c.py": "raise RuntimeError\n",
            "tests/test_a.py": f"import app.c\n{TEST}",
            "tests/test_b.py": f"try:\n    import app.gone\nexcept ImportError:\n    raise\n{TEST}",
        },
        both(
            stops(
                "tests/test_a.py",
                "tests/test_a.py:1: imports 'app.c'",
                "app/c.py:1: 'app.c' raises an exception",
            ),
            stops("tests/test_b.py", f"tests/test_b.py:2: {NO_GONE}"),
        ),
    ),
    "what fails unless something else has failed": Project(
        {
            "tests/test_a.py": (
                "try:\n    x = Gone\nexcept NameError:\n    pass\n"
                f"else:\n    raise Exception\n{TEST}"
            ),
        },
        others=("tests/test_a.py",),
    ),
    "a package in src": Project(
        {
            "src/lib/__init__.py": "from lib.one import x\n",
            "src/lib/one.py": "x = 1\n",
            "tests/test_a.py": f"import lib\n{TEST}",
            "tests/test_b.py": f"from lib import y\n{TEST}",
        },
        stops("tests/test_b.py", "tests/test_b.py:1: there is no 'lib.y' (IMC402)"),
        others=("tests/test_a.py",),
    ),
    "tests in the package itself": Project(
        {
            "app/tests/__init__.py": "",
            "app/tests/test_a.py": f"from app.a import value\nfrom .. import a\n{TEST}",
            "app/tests/test_b.py": f"from ..a import gone\n{TEST}",
        },
        stops("app/tests/test_b.py", "app/tests/test_b.py:1: there is no 'app.a.gone' (IMC402)"),
        others=("app/tests/test_a.py",),
    ),
    "two test files of one name": Project(
        {"tests/a/test_x.py": TEST, "tests/b/test_x.py": TEST},
        stops(
            "tests/b/test_x.py",
            "tests/b/test_x.py:1: 'tests/a/test_x.py' has taken the module name",
        ),
        others=("tests/a/test_x.py",),
    ),
    "two test files of one name, the first of which fails": Project(
        {"tests/a/test_x.py": "import app.gone\n", "tests/b/test_x.py": TEST},
        stops("tests/a/test_x.py", f"tests/a/test_x.py:1: {NO_GONE}"),
        others=("tests/b/test_x.py",),
    ),
    "two test files of one name, the first of which skips itself": Project(
        {
            "tests/a/test_x.py": "import pytest\n\npytest.skip('', allow_module_level=True)\n",
            "tests/b/test_x.py": TEST,
        },
        others=("tests/a/test_x.py", "tests/b/test_x.py"),
    ),
    "two packages of one name": Project(
        {
            "one/tests/__init__.py": "",
            "one/tests/test_x.py": TEST,
            "two/tests/__init__.py": "",
            "two/tests/test_y.py": TEST,
        },
        stops(
            "two/tests/test_y.py",
            "two/tests/test_y.py:1: 'one/tests/__init__.py' has taken the module name",
        ),
        others=("one/tests/test_x.py",),
    ),
    "test files of one name, one of them in a package": Project(
        {
            "tests/a/__init__.py": "",
            "tests/a/test_x.py": TEST,
            "tests/b/test_x.py": TEST,
        },
        others=("tests/a/test_x.py", "tests/b/test_x.py"),
    ),
    "conftests of one name": Project(
        {
            "tests/a/conftest.py": "",
            "tests/a/test_x.py": TEST,
            "tests/b/conftest.py": "",
            "tests/b/test_y.py": TEST,
        },
        others=("tests/a/test_x.py", "tests/b/test_y.py"),
    ),
    "test files of one name under importlib": Project(
        {
            "pytest.ini": "[pytest]\naddopts = --import-mode=importlib\n",
            "tests/a/test_x.py": TEST,
            "tests/b/test_x.py": f"import app.gone\n{TEST}",
        },
        stops("tests/b/test_x.py", f"tests/b/test_x.py:1: {NO_GONE}"),
        others=("tests/a/test_x.py",),
    ),
    # Which files are test files.
    "testpaths": Project(
        {
            "pytest.ini": "[pytest]\ntestpaths = checks\n",
            "checks/test_a.py": f"import app.gone\n{TEST}",
            "tests/test_b.py": f"import app.gone\n{TEST}",
        },
        stops("checks/test_a.py", f"checks/test_a.py:1: {NO_GONE}"),
    ),
    "names of test files": Project(
        {
            "pytest.ini": "[pytest]\npython_files = check_*.py sub/*.py\n",
            "tests/check_a.py": f"import app.gone\n{TEST}",
            "tests/sub/b.py": f"import app.gone\n{TEST}",
            "tests/test_c.py": f"import app.gone\n{TEST}",
        },
        both(
            stops("tests/check_a.py", f"tests/check_a.py:1: {NO_GONE}"),
            stops("tests/sub/b.py", f"tests/sub/b.py:1: {NO_GONE}"),
        ),
    ),
    "folders and files that pytest leaves out": Project(
        {
            "pytest.ini": (
                "[pytest]\nnorecursedirs = data tests/un*\n"
                "addopts = --ignore=tests/old --ignore-glob=tests/*_slow.py\n"
            ),
            "tests/conftest.py": (
                "import os\nimport sys\n\ncollect_ignore = [os.path.join('sub', 'test_c.py')]\n"
                "if sys.version_info < (4,):\n    collect_ignore.append('test_d.py')\n"
                "collect_ignore_glob = ['test_e*.py']\n"
            ),
            "tests/data/test_a.py": f"import app.gone\n{TEST}",
            "tests/old/test_b.py": f"import app.gone\n{TEST}",
            "tests/sub/test_c.py": f"import app.gone\n{TEST}",
            "tests/test_a_slow.py": f"import app.gone\n{TEST}",
            "tests/test_d.py": f"import app.gone\n{TEST}",
            "tests/test_e1.py": f"import app.gone\n{TEST}",
            "tests/test_f.py": TEST,
            "tests/unit/test_g.py": f"import app.gone\n{TEST}",
        },
        others=("tests/test_f.py",),
    ),
    "ways to say what is left out": Project(
        {
            "tests/conftest.py": (
                "from pathlib import Path\n\nHERE = Path(__file__).parent\n"
                "collect_ignore: list[str] = []\ncollect_ignore += ['test_a.py']\n"
                "collect_ignore.extend(('test_b.py', str(HERE / 'sub' / 'test_c.py')))\n"
                "collect_ignore.append(str(HERE / 'test_d.py'))\n"
            ),
            "tests/nearer/conftest.py": "collect_ignore = [str(i) for i in ()]\n",
            "tests/nearer/test_e.py": f"import app.gone\n{TEST}",
            "tests/sub/test_c.py": f"import app.gone\n{TEST}",
            "tests/test_a.py": f"import app.gone\n{TEST}",
            "tests/test_b.py": f"import app.gone\n{TEST}",
            "tests/test_d.py": f"import app.gone\n{TEST}",
            "tests/test_f.py": TEST,
        },
        stops("tests/nearer/test_e.py", f"tests/nearer/test_e.py:1: {NO_GONE}"),
        others=("tests/test_f.py",),
    ),
    "doctests": Project(
        {
            "app/broken.py": "import app.gone\n",
            "pytest.ini": "[pytest]\naddopts = --doctest-modules\n",
            "setup.py": "import setuptools, app.gone\n",
            "tests/test_a.py": TEST,
        },
        stops("app/broken.py", f"app/broken.py:1: {NO_GONE}"),
        others=("app/__init__.py", "app/a.py", "tests/test_a.py"),
    ),
    # What cannot be told is not told.
    "what may be there": Project(
        {
            "app/lazy.py": "def __getattr__(name):\n    return 1\n",
            "app/globals.py": "globals().update(x=1)\n",
            "tests/test_a.py": f"from app.lazy import x\nfrom app.globals import x\n{TEST}",
        },
        others=("tests/test_a.py",),
    ),
}
"""By name: what is special about the project."""
