"""Cases of `absolute_imports`."""

from __future__ import annotations

from collections.abc import Mapping

from tests.cases.case import Case, Contract

CASES: Mapping[str, Case] = {
    # What is relative, and where it stands.
    "an absolute import is fine": Case(files={"app/a.py": "import app.b\n"}),
    "a name from an absolute module is fine": Case(files={"app/a.py": "from app.b import c\n"}),
    "a submodule from its absolute package is fine": Case(
        files={"app/a.py": "from app import b\n"}
    ),
    "a sibling by one dot": Case(
        files={"app/a.py": "from .b import c\n"},
        expected=("app/a.py:1:6: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "a sibling by the bare dot": Case(
        files={"app/a.py": "from . import b\n"},
        expected=("app/a.py:1:6: IMC101 relative import '.'; use 'app'",),
    ),
    "a dotted module by one dot": Case(
        files={"app/a.py": "from .b.c import d\n"},
        expected=("app/a.py:1:6: IMC101 relative import '.b.c'; use 'app.b.c'",),
    ),
    "the parent package by two dots": Case(
        files={"app/sub/__init__.py": "", "app/sub/a.py": "from .. import b\n"},
        expected=("app/sub/a.py:1:6: IMC101 relative import '..'; use 'app'",),
    ),
    "a module of the parent package by two dots": Case(
        files={"app/sub/__init__.py": "", "app/sub/a.py": "from ..b import c\n"},
        expected=("app/sub/a.py:1:6: IMC101 relative import '..b'; use 'app.b'",),
    ),
    "the grandparent package by three dots, which Python reads as one token": Case(
        files={
            "app/x/__init__.py": "",
            "app/x/y/__init__.py": "",
            "app/x/y/a.py": "from ...b import c\n",
        },
        expected=("app/x/y/a.py:1:6: IMC101 relative import '...b'; use 'app.b'",),
    ),
    "in a package's __init__ one dot is the package itself": Case(
        files={"app/sub/__init__.py": "from .b import c\n"},
        expected=("app/sub/__init__.py:1:6: IMC101 relative import '.b'; use 'app.sub.b'",),
    ),
    "one dot more than there are packages": Case(
        files={"app/a.py": "from ..b import c\n"},
        expected=(
            (
                "app/a.py:1:6: IMC101 relative import '..b' climbs out of 'app'; "
                "write the absolute path"
            ),
        ),
    ),
    "the root package's __init__ has no parent": Case(
        files={"app/__init__.py": "from .. import b\n"},
        expected=(
            (
                "app/__init__.py:1:6: IMC101 relative import '..' climbs out of 'app'; "
                "write the absolute path"
            ),
        ),
    ),
    "a star import": Case(
        files={"app/a.py": "from .b import *\n"},
        expected=("app/a.py:1:6: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "many names are one violation": Case(
        files={"app/a.py": "from .b import c, d as e\n"},
        expected=("app/a.py:1:6: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "many names on many lines are one violation, at the module": Case(
        files={"app/a.py": "from .b import (\n    c,\n    d,\n)\n"},
        expected=("app/a.py:1:6: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "the module on the line after a backslash": Case(
        files={"app/a.py": "from \\\n    .b import c\n"},
        expected=("app/a.py:2:5: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "blanks between the dots and the name": Case(
        files={"app/sub/__init__.py": "", "app/sub/a.py": "from . . b import c\n"},
        expected=("app/sub/a.py:1:6: IMC101 relative import '..b'; use 'app.b'",),
    ),
    "two blanks after from": Case(
        files={"app/a.py": "from  .b import c\n"},
        expected=("app/a.py:1:7: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "no blank after from": Case(
        files={"app/a.py": "from.b import c\n"},
        expected=("app/a.py:1:5: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "no blank before import": Case(
        files={"app/a.py": "from .import b\n"},
        expected=("app/a.py:1:6: IMC101 relative import '.'; use 'app'",),
    ),
    "two statements on one line": Case(
        files={"app/a.py": "from .b import c; from .d import e\n"},
        expected=(
            "app/a.py:1:6: IMC101 relative import '.b'; use 'app.b'",
            "app/a.py:1:24: IMC101 relative import '.d'; use 'app.d'",
        ),
    ),
    "the same module twice is two violations": Case(
        files={"app/a.py": "from .b import c\nfrom .b import d\n"},
        expected=(
            "app/a.py:1:6: IMC101 relative import '.b'; use 'app.b'",
            "app/a.py:2:6: IMC101 relative import '.b'; use 'app.b'",
        ),
    ),
    "columns count characters, not bytes": Case(
        files={"app/a.py": 'é = "ü€🙂"; from .b import c\n'},
        expected=("app/a.py:1:17: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "a module with a non-ASCII name": Case(
        files={"app/a.py": "from .größe import c\n"},
        expected=("app/a.py:1:6: IMC101 relative import '.größe'; use 'app.größe'",),
    ),
    "a module whose name Python normalises (PEP 3131)": Case(
        files={"app/a.py": "from .ﬁle import c\n"},
        expected=("app/a.py:1:6: IMC101 relative import '.file'; use 'app.file'",),
    ),
    "a tab is one column": Case(
        files={"app/a.py": "if True:\n\tfrom .b import c\n"},
        expected=("app/a.py:2:7: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "a form feed ends no line": Case(
        files={"app/a.py": "x = 1\n\f\nfrom .b import c\n"},
        expected=("app/a.py:3:6: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "line ends of Windows": Case(
        files={"app/a.py": "x = 1\r\nfrom .b import (\r\n    c,\r\n)\r\n"},
        expected=("app/a.py:2:6: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "a byte order mark is no column": Case(
        files={"app/a.py": "\ufefffrom .b import c\n"},
        expected=("app/a.py:1:6: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "no newline at the end of the file": Case(
        files={"app/a.py": "from .b import c"},
        expected=("app/a.py:1:6: IMC101 relative import '.b'; use 'app.b'",),
    ),
    # No place in a file is exempt.
    "in a function": Case(
        files={"app/a.py": "def f():\n    from .b import c\n    return c\n"},
        expected=("app/a.py:2:10: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "in a class": Case(
        files={"app/a.py": "class A:\n    from .b import c\n"},
        expected=("app/a.py:2:10: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "for type checkers only": Case(
        files={
            "app/a.py": "from typing import TYPE_CHECKING\n"
            "if TYPE_CHECKING:\n    from .b import c\n"
        },
        expected=("app/a.py:3:10: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "in a fallback": Case(
        files={
            "app/a.py": "try:\n    from lib import c\nexcept ImportError:\n    from .b import c\n"
        },
        expected=("app/a.py:4:10: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "in a match case": Case(
        files={"app/a.py": "match 1:\n    case 1:\n        from .b import c\n"},
        expected=("app/a.py:3:14: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "a string that reads like an import is fine": Case(
        files={"app/a.py": '"""Use it so:\n\nfrom .b import c\n"""\n'},
    ),
    # What `ban` allows.
    "ban = parents allows a sibling": Case(
        files={"app/a.py": "from .b import c\nfrom . import d\n"}, options="ban = parents"
    ),
    "ban = parents forbids two dots": Case(
        files={"app/sub/__init__.py": "", "app/sub/a.py": "from .b import c\nfrom ..d import e\n"},
        options="ban = parents",
        expected=("app/sub/a.py:2:6: IMC101 relative import '..d'; use 'app.d'",),
    ),
    "ban = all is the default said aloud": Case(
        files={"app/a.py": "from .b import c\n"},
        options="ban = all",
        expected=("app/a.py:1:6: IMC101 relative import '.b'; use 'app.b'",),
    ),
    # Where files lie.
    "a src layout": Case(
        layout="src/",
        files={"src/app/a.py": "from .b import c\n"},
        expected=("src/app/a.py:1:6: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "two root packages": Case(
        packages=("app", "lib"),
        files={"app/a.py": "from .b import c\n", "lib/a.py": "from .b import c\n"},
        expected=(
            "app/a.py:1:6: IMC101 relative import '.b'; use 'app.b'",
            "lib/a.py:1:6: IMC101 relative import '.b'; use 'lib.b'",
        ),
    ),
    "a root package inside a namespace": Case(
        packages=("space.app",),
        files={"space/app/a.py": "from .b import c\nfrom ..b import c\n"},
        expected=(
            "space/app/a.py:1:6: IMC101 relative import '.b'; use 'space.app.b'",
            (
                "space/app/a.py:2:6: IMC101 relative import '..b' climbs out of 'space.app'; "
                "write the absolute path"
            ),
        ),
    ),
    "a folder without __init__ between packages (PEP 420)": Case(
        files={"app/space/sub/__init__.py": "", "app/space/sub/a.py": "from ...b import c\n"},
        expected=("app/space/sub/a.py:1:6: IMC101 relative import '...b'; use 'app.b'",),
    ),
    "tests without __init__ are named from the project root": Case(
        files={"tests/unit/test_a.py": "from .helpers import c\n"},
        expected=(
            "tests/unit/test_a.py:1:6: IMC101 relative import '.helpers'; use 'tests.unit.helpers'",
        ),
    ),
    "tests that are packages all the way are named from the project root": Case(
        files={
            "tests/__init__.py": "",
            "tests/unit/__init__.py": "",
            "tests/unit/test_a.py": "from ..helpers import c\n",
        },
        expected=(
            "tests/unit/test_a.py:1:6: IMC101 relative import '..helpers'; use 'tests.helpers'",
        ),
    ),
    "a package in a folder that is none is named from that folder": Case(
        files={"tests/unit/__init__.py": "", "tests/unit/test_a.py": "from .helpers import c\n"},
        expected=(
            "tests/unit/test_a.py:1:6: IMC101 relative import '.helpers'; use 'unit.helpers'",
        ),
    ),
    "tests that climb out of the project": Case(
        files={"tests/test_a.py": "from ..app import b\n"},
        expected=(
            (
                "tests/test_a.py:1:6: IMC101 relative import '..app' climbs out of 'tests'; "
                "write the absolute path"
            ),
        ),
    ),
    "source_paths name other folders": Case(
        session="source_paths =\n    tools/scripts",
        files={
            "tools/scripts/run.py": "from .b import c\n",
            "tests/test_a.py": "from . import x\n",
        },
        expected=("tools/scripts/run.py:1:6: IMC101 relative import '.b'; use 'tools.scripts.b'",),
    ),
    "source_paths name a single file": Case(
        session="source_paths =\n    setup_it.py",
        files={"setup_it.py": "from .b import c\n", "other.py": "from .b import c\n"},
        expected=(
            (
                "setup_it.py:1:6: IMC101 relative import '.b' climbs out of 'setup_it'; "
                "write the absolute path"
            ),
        ),
    ),
    # What the options leave out.
    "source_modules names a package": Case(
        files={
            "app/a.py": "from .b import c\n",
            "app/sub/__init__.py": "from .b import c\n",
            "app/sub/a.py": "from .b import c\n",
            "app/subway.py": "from .b import c\n",
        },
        options="source_modules = app.sub",
        expected=(
            "app/sub/__init__.py:1:6: IMC101 relative import '.b'; use 'app.sub.b'",
            "app/sub/a.py:1:6: IMC101 relative import '.b'; use 'app.sub.b'",
        ),
    ),
    "source_modules with a wildcard": Case(
        files={
            "app/x/__init__.py": "",
            "app/x/api.py": "from .b import c\n",
            "app/x/core.py": "from .b import c\n",
        },
        options="source_modules = app.*.api",
        expected=("app/x/api.py:1:6: IMC101 relative import '.b'; use 'app.x.b'",),
    ),
    "ignore_imports leaves one import alone": Case(
        files={"app/a.py": "from .b import c\nfrom .d import e\n"},
        options="ignore_imports = app.a -> app.b",
        expected=("app/a.py:2:6: IMC101 relative import '.d'; use 'app.d'",),
    ),
    "ignore_imports with wildcards leaves many alone": Case(
        files={"app/a.py": "from .b import c\n", "app/d.py": "from .e import f\n"},
        options="ignore_imports = app.* -> app.**",
    ),
    # What comments suppress.
    "noqa without a code": Case(files={"app/a.py": "from .b import c  # noqa\n"}),
    "noqa with our code": Case(files={"app/a.py": "from .b import c  # noqa: IMC101\n"}),
    "noqa with the beginning of our code": Case(
        files={"app/a.py": "from .b import c  # NOQA:IMC1\n"}
    ),
    "noqa with another code": Case(
        files={"app/a.py": "from .b import c  # noqa: F401\n"},
        expected=("app/a.py:1:6: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "noqa after the opening parenthesis": Case(
        files={"app/a.py": "from .b import (  # noqa: IMC101\n    c,\n)\n"}
    ),
    "noqa on the name's line does not concern the module": Case(
        files={"app/a.py": "from .b import (\n    c,  # noqa: IMC101\n)\n"},
        expected=("app/a.py:1:6: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "noqa after the closing parenthesis is too late": Case(
        files={"app/a.py": "from .b import (\n    c,\n)  # noqa: IMC101\n"},
        expected=("app/a.py:1:6: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "noqa at the end of lines that backslashes join": Case(
        files={"app/a.py": "from .b \\\n    import c  # noqa: IMC101\n"}
    ),
    "noqa in a string is text, but flake8 sees it": Case(
        files={"app/a.py": 'from .b import c; x = "# noqa"\n'}
    ),
    "flake8: noqa on a line of its own": Case(
        files={"app/a.py": "# flake8: noqa\nfrom .b import c\n"}
    ),
    "flake8: noqa after code means nothing": Case(
        files={"app/a.py": "x = 1  # flake8: noqa\nfrom .b import c\n"},
        expected=("app/a.py:2:6: IMC101 relative import '.b'; use 'app.b'",),
    ),
    "two contracts of the type": Case(
        files={
            "app/sub/__init__.py": "",
            "app/sub/a.py": "from ..b import c\n",
            "app/a.py": "from .b import c\n",
        },
        options="source_modules = app.sub",
        further=(Contract(type="absolute_imports", options="source_modules = app.a"),),
        expected=(
            "app/a.py:1:6: IMC101 relative import '.b'; use 'app.b'",
            "app/sub/a.py:1:6: IMC101 relative import '..b'; use 'app.b'",
        ),
    ),
}
