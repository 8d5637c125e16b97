"""Cases of `acyclic_imports`. What they say of failures is held against real imports elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from tests.cases.case import Case, Contract, lines

SHARED = "move what they share into a module that imports none of them"
HARMLESS = "not fatal"


def cycle(place: str, modules: str, places: str, severity: str, remedy: str) -> str:
    """Return a violation."""
    return f"{place}: IMC501 import cycle {modules} ({places}), {severity}; {remedy}"


CASES: Mapping[str, Case] = {
    # What is a cycle.
    "an import one way is fine": Case(
        files={"app/a.py": "import app.b\n", "app/b.py": "import os\n"},
    ),
    "two modules that import each other": Case(
        files={"app/a.py": "import app.b\n", "app/b.py": "import app.a\n"},
        expected=(
            cycle(
                "app/a.py:1:8",
                "app.a -> app.b -> app.a",
                "app/a.py:1, app/b.py:1",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
    "three modules in a circle": Case(
        files={
            "app/a.py": "import os\nfrom app import b\n",
            "app/b.py": "from app import c\n",
            "app/c.py": "x = 1\nfrom app import a\n",
        },
        expected=(
            cycle(
                "app/a.py:2:17",
                "app.a -> app.b -> app.c -> app.a",
                "app/a.py:2, app/b.py:1, app/c.py:2",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
    "a circle that starts in a module with a later name": Case(
        files={
            "app/z.py": "from app import m\n",
            "app/m.py": "from app import z\n",
            "app/b.py": "import app.z\n",
        },
        expected=(
            cycle(
                "app/m.py:1:17",
                "app.m -> app.z -> app.m",
                "app/m.py:1, app/z.py:1",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
    "two circles through one module are two violations": Case(
        files={
            "app/a.py": "from app import b, c\n",
            "app/b.py": "from app import a\n",
            "app/c.py": "from app import a\n",
        },
        expected=(
            cycle(
                "app/a.py:1:17",
                "app.a -> app.b -> app.a",
                "app/a.py:1, app/b.py:1",
                HARMLESS,
                SHARED,
            ),
            cycle(
                "app/a.py:1:20",
                "app.a -> app.c -> app.a",
                "app/a.py:1, app/c.py:1",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
    "two ways round are two violations, told apart by their targets": Case(
        files={
            "app/a.py": "from app import b\n",
            "app/b.py": "from app import c, d\n",
            "app/c.py": "from app import a\n",
            "app/d.py": "from app import a\n",
        },
        expected=(
            cycle(
                "app/a.py:1:17",
                "app.a -> app.b -> app.c -> app.a",
                "app/a.py:1, app/b.py:1, app/c.py:1",
                HARMLESS,
                SHARED,
            ),
            cycle(
                "app/a.py:1:17",
                "app.a -> app.b -> app.d -> app.a",
                "app/a.py:1, app/b.py:1, app/d.py:1",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
    "a shorter way round hides no longer one with an import of its own": Case(
        files={
            "app/a.py": "from app import b\n",
            "app/b.py": "from app import c\nfrom app import a\n",
            "app/c.py": "from app import a\n",
        },
        expected=(
            cycle(
                "app/a.py:1:17",
                "app.a -> app.b -> app.a",
                "app/a.py:1, app/b.py:2",
                HARMLESS,
                SHARED,
            ),
            cycle(
                "app/a.py:1:17",
                "app.a -> app.b -> app.c -> app.a",
                "app/a.py:1, app/b.py:1, app/c.py:1",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
    "a module that imports itself": Case(
        files={"app/a.py": "import app.a\n"},
        expected=(
            cycle(
                "app/a.py:1:8",
                "app.a -> app.a",
                "app/a.py:1",
                HARMLESS,
                "remove the import at app/a.py:1",
            ),
        ),
    ),
    "a module that takes a name from itself too early": Case(
        files={"app/a.py": "from app.a import x\n\nx = 1\n"},
        expected=(
            cycle(
                "app/a.py:1:6",
                "app.a -> app.a",
                "app/a.py:1",
                "fatal when imported: 'app.a.x' is not bound yet",
                "remove the import at app/a.py:1",
            ),
        ),
    ),
    "a package and a module in it": Case(
        files={
            "app/__init__.py": "from app.a import x\n\ny = 1\n",
            "app/a.py": "from app import y\n\nx = y\n",
        },
        expected=(
            cycle(
                "app/__init__.py:1:6",
                "app -> app.a -> app",
                "app/__init__.py:1, app/a.py:1",
                "fatal whichever module is imported first: 'app.y' is not bound yet",
                SHARED,
            ),
        ),
    ),
    "modules outside the project are no part of it": Case(
        files={"app/a.py": "import asyncio.base_events\nimport asyncio\n"},
    ),
    "files outside every package, by the names of their neighbours": Case(
        files={
            "tests/one.py": "import two\n",
            "tests/two.py": "import one\n",
        },
        expected=(
            cycle(
                "tests/one.py:1:8",
                "tests.one -> tests.two -> tests.one",
                "tests/one.py:1, tests/two.py:1",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
    "modules of a folder without __init__": Case(
        files={
            "app/ns/a.py": "import app.ns.b\n",
            "app/ns/b.py": "import app.ns.a\n",
        },
        expected=(
            cycle(
                "app/ns/a.py:1:8",
                "app.ns.a -> app.ns.b -> app.ns.a",
                "app/ns/a.py:1, app/ns/b.py:1",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
    # Which imports count.
    "an import in a function is fine": Case(
        files={
            "app/a.py": "from app import b\n",
            "app/b.py": "def f():\n    from app import a\n    return a\n",
        },
    ),
    "an import in a method is fine": Case(
        files={
            "app/a.py": "from app import b\n",
            "app/b.py": "class C:\n    def f(self):\n        import app.a\n",
        },
    ),
    "an import for type checkers is fine": Case(
        files={
            "app/a.py": "from app import b\n",
            "app/b.py": "import typing\n\nif typing.TYPE_CHECKING:\n    from app import a\n",
        },
    ),
    "an import that is not for type checkers": Case(
        files={
            "app/a.py": "from app import b\n",
            "app/b.py": "from typing import TYPE_CHECKING\n\nif not TYPE_CHECKING:\n"
            "    from app import a\n",
        },
        expected=(
            cycle(
                "app/a.py:1:17",
                "app.a -> app.b -> app.a",
                "app/a.py:1, app/b.py:4",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
    "an import for a Python that is not running is fine": Case(
        files={
            "app/a.py": "from app import b\n",
            "app/b.py": "import sys\n\nif sys.version_info < (3, 0):\n    from app import a\n",
        },
    ),
    "an import for a platform that is not running is fine": Case(
        files={
            "app/a.py": "from app import b\n",
            "app/b.py": "import sys\n\nif sys.platform == 'amiga':\n    from app import a\n",
        },
    ),
    "an import of a script is fine": Case(
        files={
            "app/a.py": "from app import b\n",
            "app/b.py": "if __name__ == '__main__':\n    from app import a\n",
        },
    ),
    "an import after the end of the module is fine": Case(
        files={
            "app/a.py": "try:\n    from app import b\nexcept ImportError:\n    pass\n",
            "app/b.py": "raise ImportError('gone')\nfrom app import a\n",
        },
    ),
    "an import in a branch that may run": Case(
        files={
            "app/a.py": "from app import b\n",
            "app/b.py": "import os\n\nif os.environ.get('A'):\n    from app.a import x\n",
        },
        expected=(
            cycle(
                "app/a.py:1:17",
                "app.a -> app.b -> app.a",
                "app/a.py:1, app/b.py:4",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
    "an import at class level": Case(
        files={
            "app/a.py": "from app import b\n",
            "app/b.py": "class C:\n    from app import a\n",
        },
        expected=(
            cycle(
                "app/a.py:1:17",
                "app.a -> app.b -> app.a",
                "app/a.py:1, app/b.py:2",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
    "a guarded import, whose failure goes no further": Case(
        files={
            "app/a.py": "from app import b\n\nx = 1\n",
            "app/b.py": "try:\n    from app.a import x\nexcept ImportError:\n    x = None\n",
        },
        expected=(
            cycle(
                "app/a.py:1:17",
                "app.a -> app.b -> app.a",
                "app/a.py:1, app/b.py:2",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
    "a fallback": Case(
        files={
            "app/a.py": "from app import b\n\nx = 1\n",
            "app/b.py": "try:\n    import gone\nexcept ImportError:\n    from app import a\n",
        },
        expected=(
            cycle(
                "app/a.py:1:17",
                "app.a -> app.b -> app.a",
                "app/a.py:1, app/b.py:4",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
    "a relative import": Case(
        files={
            "app/sub/__init__.py": "",
            "app/sub/a.py": "from . import b\n",
            "app/sub/b.py": "from .a import *\n",
        },
        expected=(
            cycle(
                "app/sub/a.py:1:15",
                "app.sub.a -> app.sub.b -> app.sub.a",
                "app/sub/a.py:1, app/sub/b.py:1",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
    "the packages around a module are not asked for": Case(
        files={
            "app/__init__.py": "from app import a\n",
            "app/a.py": "import app.b\n",
            "app/b.py": "from app import c\n",
            "app/c.py": "",
        },
    ),
    "a submodule is not its package": Case(
        files={
            "app/__init__.py": "from app import a, b\n",
            "app/a.py": "from app import b\n",
            "app/b.py": "",
        },
    ),
    "a name of the package hides the submodule": Case(
        files={
            "app/__init__.py": "from app.a import x\nfrom app.b import b\n",
            "app/a.py": "from app import b\n\nx = 1\n",
            "app/b.py": "def b(): ...\n",
        },
        expected=(
            cycle(
                "app/__init__.py:1:6",
                "app -> app.a -> app",
                "app/__init__.py:1, app/a.py:1",
                HARMLESS,
                "import 'app.b.b' directly at app/a.py:1",
            ),
        ),
    ),
    "a stub has no import time": Case(
        files={
            "app/a.py": "from app import b\n",
            "app/b.py": "",
            "app/b.pyi": "from app import a\n",
        },
    ),
    # What fails.
    "fatal from one side only": Case(
        files={
            "app/a.py": "from app import b\n\nclass A: ...\n",
            "app/b.py": "from app.a import A\n\nclass B(A): ...\n",
        },
        expected=(
            cycle(
                "app/a.py:1:17",
                "app.a -> app.b -> app.a",
                "app/a.py:1, app/b.py:1",
                "fatal when 'app.a' is imported first: 'app.a.A' is not bound yet",
                SHARED,
            ),
        ),
    ),
    "fatal from every side": Case(
        files={
            "app/a.py": "from app.b import B\n\nclass A(B): ...\n",
            "app/b.py": "from app.a import A\n\nclass B(A): ...\n",
        },
        expected=(
            cycle(
                "app/a.py:1:6",
                "app.a -> app.b -> app.a",
                "app/a.py:1, app/b.py:1",
                "fatal whichever module is imported first: 'app.a.A' or 'app.b.B' is not bound yet",
                SHARED,
            ),
        ),
    ),
    "fatal from two modules of three": Case(
        files={
            "app/a.py": "from app.b import y\n\nx = y\n",
            "app/b.py": "from app.c import z\n\ny = z\n",
            "app/c.py": "import app.a\n\nz = app\n",
        },
        expected=(
            cycle(
                "app/a.py:1:6",
                "app.a -> app.b -> app.c -> app.a",
                "app/a.py:1, app/b.py:1, app/c.py:1",
                "fatal when 'app.b' or 'app.c' is imported first: "
                "'app.b.y' or 'app.c.z' is not bound yet",
                SHARED,
            ),
        ),
    ),
    "fatal from three modules of four": Case(
        files={
            "app/a.py": "from app.b import y\n\nx = y\n",
            "app/b.py": "from app.c import z\n\ny = z\n",
            "app/c.py": "from app.d import w\n\nz = w\n",
            "app/d.py": "import app.a\n\nw = app\n",
        },
        expected=(
            cycle(
                "app/a.py:1:6",
                "app.a -> app.b -> app.c -> app.d -> app.a",
                "app/a.py:1, app/b.py:1, app/c.py:1, app/d.py:1",
                "fatal when 'app.b', 'app.c' or 'app.d' is imported first: "
                "'app.b.y', 'app.c.z' or 'app.d.w' is not bound yet",
                SHARED,
            ),
        ),
    ),
    "an attribute of a module that is still being loaded": Case(
        files={
            "app/a.py": "import app.b\n\nclass A: ...\n",
            "app/b.py": "import app.a as a\n\nclass B(a.A): ...\n",
        },
        expected=(
            cycle(
                "app/a.py:1:8",
                "app.a -> app.b -> app.a",
                "app/a.py:1, app/b.py:1",
                "fatal when 'app.a' is imported first: 'app.a.A' is not bound yet",
                SHARED,
            ),
        ),
    ),
    "a submodule that is still being loaded is no attribute of its package": Case(
        files={
            "app/a.py": "import app.b\n\nx = 1\n",
            "app/b.py": "import app.a\n\ny = app.a\n",
        },
        expected=(
            cycle(
                "app/a.py:1:8",
                "app.a -> app.b -> app.a",
                "app/a.py:1, app/b.py:1",
                "fatal when 'app.a' is imported first: 'app.a' is not bound yet",
                SHARED,
            ),
        ),
    ),
    "a list of names of which one is not bound yet": Case(
        files={
            "app/a.py": "__all__ = ['x']\nimport app.b\n\nx = 1\n",
            "app/b.py": "from app.a import *\n",
        },
        expected=(
            cycle(
                "app/a.py:2:8",
                "app.a -> app.b -> app.a",
                "app/a.py:2, app/b.py:1",
                "fatal when 'app.a' is imported first: 'app.a.x' is not bound yet",
                SHARED,
            ),
        ),
    ),
    "what the package loads first decides": Case(
        files={
            "app/__init__.py": "import app.b\n",
            "app/a.py": "from app import b\n\nx = 1\n",
            "app/b.py": "from app.a import x\n\ny = x\n",
        },
        expected=(
            cycle(
                "app/a.py:1:17",
                "app.a -> app.b -> app.a",
                "app/a.py:1, app/b.py:1",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
    # What to do.
    "used in functions only, by two statements": Case(
        files={
            "app/a.py": "from app.b import x\nimport os\nfrom app.b import y\n\n"
            "def f(): return x, y\n",
            "app/b.py": "import app.a\n\nx = y = app\n",
        },
        expected=(
            cycle(
                "app/a.py:1:6",
                "app.a -> app.b -> app.a",
                "app/a.py:1, app/b.py:1",
                "fatal when 'app.b' is imported first: 'app.b.x' is not bound yet",
                "move the imports at app/a.py:1 and app/a.py:3 into the functions that use them",
            ),
        ),
    ),
    "used in annotations only": Case(
        files={
            "app/a.py": "from __future__ import annotations\nfrom app.b import B\n\n"
            "def f(b: B): ...\n",
            "app/b.py": "from app import a\n\nclass B:\n    a = a\n",
        },
        expected=(
            cycle(
                "app/a.py:2:6",
                "app.a -> app.b -> app.a",
                "app/a.py:2, app/b.py:1",
                "fatal when 'app.b' is imported first: 'app.b.B' is not bound yet",
                "move the import at app/a.py:2 under 'if TYPE_CHECKING:'",
            ),
        ),
    ),
    "annotations that are evaluated are uses": Case(
        files={
            "app/a.py": "from app.b import B\n\ndef f(b: B = B()): ...\n",
            "app/b.py": "from app import a\n\nclass B:\n    a = a\n",
        },
        expected=(
            cycle(
                "app/a.py:1:6",
                "app.a -> app.b -> app.a",
                "app/a.py:1, app/b.py:1",
                "fatal when 'app.b' is imported first: 'app.b.B' is not bound yet",
                SHARED,
            ),
        ),
    ),
    "a name that another module defines": Case(
        files={
            "app/__init__.py": "from app.things import Thing\nfrom app.core import run\n",
            "app/core.py": "from app import Thing\n\nrun = Thing()\n",
            "app/things.py": "class Thing: ...\n",
        },
        expected=(
            cycle(
                "app/__init__.py:2:6",
                "app -> app.core -> app",
                "app/__init__.py:2, app/core.py:1",
                HARMLESS,
                "import 'app.things.Thing' directly at app/core.py:1",
            ),
        ),
    ),
    "what is passed on is not moved": Case(
        files={
            "app/a.py": "from app.b import x\n\n__all__ = ['x']\n\ndef f(): return x\n",
            "app/b.py": "from app import a\n\nx = a\n",
        },
        expected=(
            cycle(
                "app/a.py:1:6",
                "app.a -> app.b -> app.a",
                "app/a.py:1, app/b.py:1",
                "fatal when 'app.b' is imported first: 'app.b.x' is not bound yet",
                SHARED,
            ),
        ),
    ),
    # Options.
    "imports outside source_modules are not looked at": Case(
        files={"app/a.py": "from app import b\n", "app/b.py": "from app import a\n"},
        options="source_modules = app.a",
    ),
    "a circle inside source_modules": Case(
        files={
            "app/sub/__init__.py": "",
            "app/sub/a.py": "import app.sub.b\n",
            "app/sub/b.py": "import app.sub.a\nfrom app import c\n",
            "app/c.py": "import app.sub.a\n",
        },
        options="source_modules = app.sub",
        expected=(
            cycle(
                "app/sub/a.py:1:8",
                "app.sub.a -> app.sub.b -> app.sub.a",
                "app/sub/a.py:1, app/sub/b.py:1",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
    "an import that is left alone": Case(
        files={"app/a.py": "from app import b\n", "app/b.py": "from app import a\n"},
        options=lines("ignore_imports", "app.b -> app.a"),
    ),
    "imports that are left alone are taken out before cycles are sought": Case(
        files={
            "app/a.py": "from app import b\n",
            "app/b.py": "from app import a, c\n",
            "app/c.py": "from app import a\n",
        },
        options=lines("ignore_imports", "app.b -> app.a"),
        expected=(
            cycle(
                "app/a.py:1:17",
                "app.a -> app.b -> app.c -> app.a",
                "app/a.py:1, app/b.py:1, app/c.py:1",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
    "many imports left alone by one line": Case(
        files={
            "app/a.py": "from app import b, c\n",
            "app/b.py": "from app import a\n",
            "app/c.py": "from app import a\n",
        },
        options=lines("ignore_imports", "app.* -> app.a"),
    ),
    "noqa where the cycle is reported": Case(
        files={
            "app/a.py": "from app import b  # noqa: IMC501\n",
            "app/b.py": "from app import a\n",
        },
    ),
    "noqa elsewhere in the cycle": Case(
        files={
            "app/a.py": "from app import b\n",
            "app/b.py": "from app import a  # noqa: IMC501\n",
        },
        expected=(
            cycle(
                "app/a.py:1:17",
                "app.a -> app.b -> app.a",
                "app/a.py:1, app/b.py:1",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
    "one contract leaves alone what another does not": Case(
        files={"app/a.py": "from app import b\n", "app/b.py": "from app import a\n"},
        options=lines("ignore_imports", "app.b -> app.a"),
        further=(Contract(type="acyclic_imports"),),
        expected=(
            cycle(
                "app/a.py:1:17",
                "app.a -> app.b -> app.a",
                "app/a.py:1, app/b.py:1",
                HARMLESS,
                SHARED,
            ),
        ),
    ),
}
