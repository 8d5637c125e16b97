"""Cases of `deprecated_imports`."""

from __future__ import annotations

from collections.abc import Mapping

from tests.cases.case import Case, Contract, lines

MOVED = "deprecated = app.old => app.new"
IS_MOVED = "IMC201 'app.old' is deprecated; use 'app.new'"
"""What is said of the module `app.old` under `MOVED`."""

NEW = {"app/new.py": ""}


def moved(text: str, *places: str) -> Case:
    """Return the case of `app/a.py` with this text, under `MOVED`."""
    return Case(
        files={**NEW, "app/a.py": text},
        options=MOVED,
        expected=tuple(f"app/a.py:{place}: {IS_MOVED}" for place in places),
    )


RENAMED = "deprecated = app.mod.Old => app.mod.New"
IS_RENAMED = "IMC202 'app.mod.Old' is deprecated; use 'app.mod.New'"
"""What is said of the name `app.mod.Old` under `RENAMED`, where `app/mod.py` exists."""
MOD = {"app/mod.py": "Old = New = 1\n"}

REFERRED = "IMC203 'app.old.X' is deprecated; use 'app.new.X'"
"""What is said of the string `app.old.X` under `MOVED`."""

STATEMENTS: Mapping[str, Case] = {
    "another module is fine": moved("import app.new\n"),
    "import of the module": moved("import app.old\n", "1:8"),
    "import of the module under another name": moved("import app.old as o\n\nprint(o.X)\n", "1:8"),
    "import of a module below it names the full new path": Case(
        files={**NEW, "app/a.py": "import app.old.sub.deep\n"},
        options=MOVED,
        expected=("app/a.py:1:8: IMC201 'app.old.sub.deep' is deprecated; use 'app.new.sub.deep'",),
    ),
    "the second module of an import statement": moved("import os, app.old, sys\n", "1:12"),
    "the module twice in one statement is two violations": moved(
        "import app.old as x, app.old as y\n", "1:8", "1:22"
    ),
    "the module from its package": moved("from app import old\n", "1:17"),
    "the module from its package among others, under another name": moved(
        "from app import x, old as y, z\n", "1:20"
    ),
    "the module by the bare dot": moved("from . import old\n", "1:15"),
    "a name from the module by one dot stands at the dot": moved("from .old import X\n", "1:6"),
    "a name from the module by two dots": Case(
        files={**NEW, "app/sub/__init__.py": "", "app/sub/a.py": "from ..old import X\n"},
        options=MOVED,
        expected=(f"app/sub/a.py:1:6: {IS_MOVED}",),
    ),
    "a relative import that climbs out asks for nothing": moved("from ..app.old import X\n"),
    "names from the module are one violation, at the module": moved(
        "from app.old import X, Y as Z\n", "1:6"
    ),
    "names from a module below it": Case(
        files={**NEW, "app/a.py": "from app.old.sub import X, Y\n"},
        options=MOVED,
        expected=("app/a.py:1:6: IMC201 'app.old.sub' is deprecated; use 'app.new.sub'",),
    ),
    "names on many lines are one violation, at the module": moved(
        "from app.old import (\n    X,\n    Y,\n)\n", "1:6"
    ),
    "a star import": moved("from app.old import *\n", "1:6"),
    "a star import of the package does not ask for the module": moved("from app import *\n"),
    "the module on a line of its own": moved(
        "from app import (\n    x,\n    old,  # comment\n)\n", "3:5"
    ),
    "the module after a backslash": moved("from app import x, \\\n    old\n", "2:5"),
    "its package after a backslash": moved("from \\\n  .old \\\n  import X\n", "2:3"),
    "blanks within the dotted name": moved(
        "import app . old\nfrom app . old import X\n", "1:8", "2:6"
    ),
    "the second statement on a line": moved("import os; import app.old\n", "1:19"),
    "columns count characters, not bytes": moved('é = "ü€🙂"; import app.old\n', "1:19"),
    "a non-ASCII name before it": moved("from app import größe, old\n", "1:24"),
    "a non-ASCII name itself, as Python normalises it": Case(
        files={"app/size.py": "", "app/a.py": "from app import ﬁle\n"},
        options="deprecated = app.file => app.size",
        expected=("app/a.py:1:17: IMC201 'app.file' is deprecated; use 'app.size'",),
    ),
    "a tab is one column": moved("if True:\n\timport\tapp.old\n", "2:9"),
    "in a function": moved("def f():\n    from app import old\n    return old\n", "2:21"),
    "for type checkers only": moved(
        "import typing\nif typing.TYPE_CHECKING:\n    import app.old\n", "3:12"
    ),
    "as a fallback": moved(
        "try:\n    import app.new as m\nexcept ImportError:\n    import app.old as m\n", "4:12"
    ),
    "behind a fallback": moved(
        "try:\n    import app.old as m\nexcept ImportError:\n    m = None\n", "2:12"
    ),
    "inside the moved package itself": Case(
        files={**NEW, "app/old/__init__.py": "", "app/old/a.py": "from app.old.b import X\n"},
        options=MOVED,
        expected=("app/old/a.py:1:6: IMC201 'app.old.b' is deprecated; use 'app.new.b'",),
    ),
    "a longer name is another module": moved(
        "import app.older\nfrom app import old_too\nfrom app.oldest import X\n"
    ),
    "the same name in another package is another module": moved(
        "import lib.app.old\nfrom lib import old\n"
    ),
    "a name of the same spelling is not the module": moved("from app.x import old\nold.X\n"),
}

TABLES: Mapping[str, Case] = {
    "a name": Case(
        files={**MOD, "app/a.py": "from app.mod import Old\n"},
        options=RENAMED,
        expected=(f"app/a.py:1:21: {IS_RENAMED}",),
    ),
    "a name beside its successor": Case(
        files={**MOD, "app/a.py": "from app.mod import New, Old as O\n"},
        options=RENAMED,
        expected=(f"app/a.py:1:26: {IS_RENAMED}",),
    ),
    "a name by a relative import": Case(
        files={**MOD, "app/a.py": "from .mod import Old\n"},
        options=RENAMED,
        expected=(f"app/a.py:1:18: {IS_RENAMED}",),
    ),
    "other names of the module are fine": Case(
        files={**MOD, "app/a.py": "from app.mod import New, Older\nimport app.mod\n"},
        options=RENAMED,
    ),
    "a star import does not ask for the name": Case(
        files={**MOD, "app/a.py": "from app.mod import *\n"}, options=RENAMED
    ),
    "two names, each on its line": Case(
        files={**MOD, "app/a.py": "from app.mod import (\n    Old,\n    Other,\n    Third,\n)\n"},
        options=lines("deprecated", "app.mod.Old => app.mod.New", "app.mod.Third"),
        expected=(
            f"app/a.py:2:5: {IS_RENAMED}",
            (
                "app/a.py:4:5: IMC202 'app.mod.Third' is deprecated and has no replacement; "
                "stop using it"
            ),
        ),
    ),
    "one name twice in one statement is one violation for each place": Case(
        files={**MOD, "app/a.py": "from app.mod import Old as A, Old as B\n"},
        options=RENAMED,
        expected=(f"app/a.py:1:21: {IS_RENAMED}", f"app/a.py:1:31: {IS_RENAMED}"),
    ),
    "a module that is there": Case(
        files={"app/old.py": "", "app/new.py": "", "app/a.py": "from app import old\n"},
        options=MOVED,
        expected=(f"app/a.py:1:17: {IS_MOVED}",),
    ),
    "a name that is gone from a module that is there": Case(
        files={"app/mod.py": "", "app/a.py": "from app.mod import gone\n"},
        options="deprecated = app.mod.gone => app.mod.here",
        expected=("app/a.py:1:21: IMC202 'app.mod.gone' is deprecated; use 'app.mod.here'",),
    ),
    "a name that is gone together with its module": Case(
        files={"app/mod.py": "", "app/a.py": "from app.gone import thing\n"},
        options="deprecated = app.gone.thing => app.mod.thing",
        expected=("app/a.py:1:22: IMC202 'app.gone.thing' is deprecated; use 'app.mod.thing'",),
    ),
    "a method of a class": Case(
        files={**MOD, "app/a.py": "from app.mod import Old as X\n\nX.method()\n"},
        options="deprecated = app.mod.Old.method => app.mod.Old.run",
        expected=(
            "app/a.py:3:1: IMC202 'app.mod.Old.method' is deprecated; use 'app.mod.Old.run'",
        ),
    ),
    "a name that the package binds and a module that it does not": Case(
        files={
            "app/__init__.py": "def run(): ...\n",
            "app/a.py": "from app import run, walk\n",
        },
        options=lines("deprecated", "app.run => lib.run", "app.walk => lib.walk"),
        expected=(
            "app/a.py:1:17: IMC202 'app.run' is deprecated; use 'lib.run'",
            "app/a.py:1:22: IMC201 'app.walk' is deprecated; use 'lib.walk'",
        ),
    ),
    "a module that is gone, whose successor is there": Case(
        files={"app/Shapes.py": "", "app/a.py": "from app.gone import Shapes\n"},
        options="deprecated = app.gone.Shapes => app.Shapes",
        expected=("app/a.py:1:22: IMC201 'app.gone.Shapes' is deprecated; use 'app.Shapes'",),
    ),
    "of what is gone without a trace, the spelling tells": Case(
        files={"app/a.py": "from app.gone import Thing, thing\n"},
        options=lines("deprecated", "app.gone.Thing", "app.gone.thing"),
        expected=(
            (
                "app/a.py:1:22: IMC202 'app.gone.Thing' is deprecated and has no replacement; "
                "stop using it"
            ),
            (
                "app/a.py:1:29: IMC201 'app.gone.thing' is deprecated and has no replacement; "
                "stop using it"
            ),
        ),
    ),
    "the longest entry wins": Case(
        files={
            **NEW,
            "app/helpers.py": "",
            "app/a.py": "import app.old.util\nimport app.old.other\nfrom app.old import util\n",
        },
        options=lines("deprecated", "app.old => app.new", "app.old.util => app.helpers"),
        expected=(
            "app/a.py:1:8: IMC201 'app.old.util' is deprecated; use 'app.helpers'",
            "app/a.py:2:8: IMC201 'app.old.other' is deprecated; use 'app.new.other'",
            "app/a.py:3:21: IMC201 'app.old.util' is deprecated; use 'app.helpers'",
        ),
    ),
    "a name with an entry of its own in a moved module": Case(
        files={"app/things.py": "", "app/a.py": "from app.old import Other, Thing\n"},
        options=lines("deprecated", "app.old => app.new", "app.old.Thing => app.things.Thing"),
        expected=(
            f"app/a.py:1:6: {IS_MOVED}",
            "app/a.py:1:28: IMC202 'app.old.Thing' is deprecated; use 'app.things.Thing'",
        ),
    ),
    "a chain of moves leads to its end": Case(
        files={"app/a.py": "import app.one.x\nfrom app.two import Y\n"},
        options=lines("deprecated", "app.one => app.two", "app.two => app.three"),
        expected=(
            "app/a.py:1:8: IMC201 'app.one.x' is deprecated; use 'app.three.x'",
            "app/a.py:2:6: IMC201 'app.two' is deprecated; use 'app.three'",
        ),
    ),
    "a chain of moves that leads nowhere": Case(
        files={"app/a.py": "import app.one\n"},
        options=lines("deprecated", "app.one => app.two", "app.two"),
        expected=(
            "app/a.py:1:8: IMC201 'app.one' is deprecated and has no replacement; stop using it",
        ),
    ),
    "a move into itself leaves its new home alone": Case(
        files={
            "app/a.py": "import app.old.core\nfrom app.old.core.x import y\n"
            "from app.old import core\nimport app.old.util\nfrom app.old import z\n"
        },
        options="deprecated = app.old => app.old.core",
        expected=(
            "app/a.py:4:8: IMC201 'app.old.util' is deprecated; use 'app.old.core.util'",
            "app/a.py:5:6: IMC201 'app.old' is deprecated; use 'app.old.core'",
        ),
    ),
    "no replacement": Case(
        files={"app/a.py": "import app.old\n"},
        options="deprecated = app.old",
        expected=(
            "app/a.py:1:8: IMC201 'app.old' is deprecated and has no replacement; stop using it",
        ),
    ),
    "a file of moves is named with its line": Case(
        files={
            "app/a.py": "import app.old.sub\n",
            "contracts/moves.toml": '# Moves\n[[moves]]\nold = "app.old"\nnew = "app.new"\n'
            'reason = "renamed"\ndate = 2025-01-31\nowner = "us"\n',
        },
        options="moves = contracts/moves.toml",
        expected=(
            (
                "app/a.py:1:8: IMC201 'app.old.sub' is deprecated; use 'app.new.sub' "
                "(contracts/moves.toml:3)"
            ),
        ),
    ),
    "a file of moves tells why there is no replacement": Case(
        files={
            "app/a.py": "import app.old\n",
            "moves.toml": '[[moves]]\nold = "app.old"\nreason = "nobody used it"\n',
        },
        options="moves = moves.toml",
        expected=(
            (
                "app/a.py:1:8: IMC201 'app.old' is deprecated and has no replacement; "
                "stop using it: nobody used it (moves.toml:2)"
            ),
        ),
    ),
    "a file of moves tells what kind of thing moved": Case(
        files={
            "app/a.py": "from app.gone import thing, Module\n",
            "moves.toml": '[[moves]]\nold = "app.gone.thing"\nkind = "name"\n'
            '[[moves]]\nold = "app.gone.Module"\nkind = "module"\n',
        },
        options="moves = moves.toml",
        expected=(
            (
                "app/a.py:1:22: IMC202 'app.gone.thing' is deprecated and has no replacement; "
                "stop using it (moves.toml:2)"
            ),
            (
                "app/a.py:1:29: IMC201 'app.gone.Module' is deprecated and has no replacement; "
                "stop using it (moves.toml:5)"
            ),
        ),
    ),
    "lines and two files of moves together": Case(
        files={
            **NEW,
            "app/a.py": "import app.one\nimport app.two\nimport app.old\n",
            "one.toml": '[[moves]]\nold = "app.one"\nnew = "app.two"\n',
            "two.toml": '\n[[moves]]\nold = "app.two"\nnew = "app.größe"\n',
        },
        options=f"{lines('moves', 'one.toml', 'two.toml')}\n{MOVED}",
        expected=(
            "app/a.py:1:8: IMC201 'app.one' is deprecated; use 'app.größe' (one.toml:2)",
            "app/a.py:2:8: IMC201 'app.two' is deprecated; use 'app.größe' (two.toml:3)",
            f"app/a.py:3:8: {IS_MOVED}",
        ),
    ),
    "a name of a third-party package": Case(
        files={
            "app/a.py": "import websockets\nfrom websockets import WebSocketServerProtocol\n\n\n"
            "def f(s: websockets.WebSocketServerProtocol) -> websockets.ClientConnection: ...\n"
        },
        options="deprecated = websockets.WebSocketServerProtocol => websockets.ClientConnection",
        expected=(
            (
                "app/a.py:2:24: IMC202 'websockets.WebSocketServerProtocol' is deprecated; "
                "use 'websockets.ClientConnection'"
            ),
            (
                "app/a.py:5:10: IMC202 'websockets.WebSocketServerProtocol' is deprecated; "
                "use 'websockets.ClientConnection'"
            ),
        ),
    ),
    "a whole third-party package": Case(
        files={"app/a.py": "import mock\nfrom mock.mock import patch\nimport mockito\n"},
        options="deprecated = mock => unittest.mock",
        expected=(
            "app/a.py:1:8: IMC201 'mock' is deprecated; use 'unittest.mock'",
            "app/a.py:2:6: IMC201 'mock.mock' is deprecated; use 'unittest.mock.mock'",
        ),
    ),
    "a relative module of the same name is another one": Case(
        files={"app/a.py": "from .mock import x\nfrom . import mock\n"},
        options="deprecated = mock => unittest.mock",
    ),
    "a submodule of the same name is another one": Case(
        files={"app/io.py": "", "app/a.py": "from app import io\nimport app.io\nio.open\n"},
        options="deprecated = io => app.io",
    ),
    "the standard library's own module": Case(
        files={"app/io.py": "", "app/a.py": "import io\n"},
        options="deprecated = io => app.io",
        expected=("app/a.py:1:8: IMC201 'io' is deprecated; use 'app.io'",),
    ),
    "a neighbour of a test shadows the standard library": Case(
        files={
            "tests/typing.py": "List = list\n",
            "tests/test_a.py": "from typing import List\nimport typing\ntyping.List\n",
            "app/a.py": "from typing import List\n",
        },
        options="deprecated = typing.List => builtins.list",
        expected=("app/a.py:1:20: IMC202 'typing.List' is deprecated; use 'builtins.list'",),
    ),
    "a name of the standard library": Case(
        files={"app/a.py": "import os\nfrom os import environ, getcwd\n\nos.environ['X']\n"},
        options="deprecated = os.environ => app.env.environ",
        expected=(
            "app/a.py:2:16: IMC202 'os.environ' is deprecated; use 'app.env.environ'",
            "app/a.py:4:1: IMC202 'os.environ' is deprecated; use 'app.env.environ'",
        ),
    ),
    "a module of the standard library that is no file of its own": Case(
        files={"app/a.py": "import os.path\nfrom os import path\nfrom os.path import join\n"},
        options="deprecated = os.path => pathlib",
        expected=(
            "app/a.py:1:8: IMC201 'os.path' is deprecated; use 'pathlib'",
            "app/a.py:2:16: IMC201 'os.path' is deprecated; use 'pathlib'",
            "app/a.py:3:6: IMC201 'os.path' is deprecated; use 'pathlib'",
        ),
    ),
    "a submodule of the standard library": Case(
        files={"app/a.py": "from collections import abc, OrderedDict\n"},
        options=lines("deprecated", "collections.abc", "collections.OrderedDict => builtins.dict"),
        expected=(
            (
                "app/a.py:1:25: IMC201 'collections.abc' is deprecated and has no replacement; "
                "stop using it"
            ),
            "app/a.py:1:30: IMC202 'collections.OrderedDict' is deprecated; use 'builtins.dict'",
        ),
    ),
}

ATTRIBUTES: Mapping[str, Case] = {
    "attribute after importing the package": Case(
        files={**NEW, "app/a.py": "import app\n\nprint(app.old.X)\n", "app/old.py": "X = 1\n"},
        options=MOVED,
        expected=(f"app/a.py:3:7: {IS_MOVED}",),
    ),
    "attribute after importing the package under another name": moved(
        "import app as a\n\nprint(a.old.X)\n", "3:7"
    ),
    "attribute after importing the module itself": moved(
        "import app.old\n\napp.old.X\napp.old.Y()\n", "1:8", "3:1", "4:1"
    ),
    "attribute after importing another module of the package": moved(
        "import app.new\n\napp.old.X\napp.new.X\n", "3:1"
    ),
    "attribute after importing the module from its package": moved(
        "from app import old\n\nold.X\n", "1:17"
    ),
    "attribute with an entry of its own after an import that is at fault too": Case(
        files={"app/things.py": "", "app/a.py": "import app.old as o\n\no.Other\no.Thing\n"},
        options=lines("deprecated", "app.old => app.new", "app.old.Thing => app.things.Thing"),
        expected=(
            f"app/a.py:1:8: {IS_MOVED}",
            "app/a.py:4:1: IMC202 'app.old.Thing' is deprecated; use 'app.things.Thing'",
        ),
    ),
    "attribute that is a name of an imported module": Case(
        files={**MOD, "app/a.py": "from app import mod as m\n\nm.Old\nm.New\nm.Older\n"},
        options=RENAMED,
        expected=(f"app/a.py:3:1: {IS_RENAMED}",),
    ),
    "attribute of an attribute is reported once": Case(
        files={**MOD, "app/a.py": "import app.mod\n\napp.mod.Old.x.y()\n"},
        options=RENAMED,
        expected=(f"app/a.py:3:1: {IS_RENAMED}",),
    ),
    "the longest entry wins for attributes too": Case(
        files={
            **NEW,
            "app/helpers.py": "",
            "app/a.py": "import app\n\napp.old.util.f()\napp.old.other.f()\n",
        },
        options=lines("deprecated", "app.old => app.new", "app.old.util => app.helpers"),
        expected=(
            "app/a.py:3:1: IMC201 'app.old.util' is deprecated; use 'app.helpers'",
            f"app/a.py:4:1: {IS_MOVED}",
        ),
    ),
    "two attributes on one line": moved(
        "import app\n\nprint(app.old.X, app.old.Y)\n", "3:7", "3:18"
    ),
    "an attribute within the subscript of another": moved(
        "import app\n\napp.old.X[app.old.Y](app.old.Z)\n", "3:1", "3:11", "3:22"
    ),
    "a chain over many lines stands at its first name": moved(
        "import app\n\nprint(\n    app\n    .old\n    .X\n)\n", "4:5"
    ),
    "attribute after non-ASCII text": moved('import app\n\nprint("größe", app.old.X)\n', "3:16"),
    "attributes in decorators, defaults, bases and annotations": moved(
        "import app\n\n\n"
        "@app.old.deco\nclass C(app.old.Base, metaclass=app.old.Meta):\n"
        "    field: app.old.T = app.old.X\n\n"
        "    @app.old.deco(1)\n"
        "    def f(self, x: app.old.T = app.old.X, *, y=app.old.Y) -> app.old.T: ...\n",
        "4:2",
        "5:9",
        "5:33",
        "6:12",
        "6:24",
        "8:6",
        "9:20",
        "9:32",
        "9:48",
        "9:62",
    ),
    "attributes in string annotations": moved(
        "import app\n\nx: 'app.old.T' = 1\n\n\n"
        'def f(a: "list[app.old.T]", *b: \'int | app.old.T\') -> "app.old.T": ...\n',
        "3:5",
        "6:16",
        "6:40",
        "6:56",
    ),
    "a string within an annotation": moved("import app\n\nx: dict[str, 'app.old.T']\n", "3:15"),
    "a string annotation that is not written letter by letter stands at its quote": moved(
        "import app\n\nx: 'app.' 'old.T'\n", "3:4"
    ),
    "strings that are values, not types, are fine": moved(
        "import typing\n\nimport app\n\nx: typing.Literal['app.old.T'] = 'app.old.T'\n"
        "y: typing.Annotated[int, 'app.old.T'] = 1\nprint('app.old.T', app)\n"
    ),
    "attributes in f-strings": moved(
        "import app\n\nprint(f'{app.old.X} and {app.old.Y!r:>{app.old.Z}}')\n",
        "3:10",
        "3:26",
        "3:40",
    ),
    "attributes in lambdas and comprehensions": moved(
        "import app\n\nf = lambda x=app.old.X: app.old.Y\n"
        "g = [app.old.f(y) for y in app.old.ys if app.old.ok]\n"
        "h = {app.old.K: app.old.V for z in ()}\n",
        "3:14",
        "3:25",
        "4:6",
        "4:28",
        "4:42",
        "5:6",
        "5:17",
    ),
    "attributes in nested functions and methods": moved(
        "import app\n\n\ndef f():\n    def g():\n        return app.old.X\n\n"
        "    class C:\n        async def h(self):\n            await app.old.Y()\n\n"
        "    return g, C\n",
        "6:16",
        "10:19",
    ),
    "attributes that are assigned to and deleted": Case(
        files={
            **NEW,
            "app/a.py": "import app\n\napp.old.X = 1\napp.old.Y += 1\ndel app.old.Z\n"
            "app.old.T: int = 1\nfor app.old.I in (): pass\n",
        },
        options=MOVED,
        expected=tuple(
            f"app/a.py:{place}: {IS_MOVED}" for place in ("3:1", "4:1", "5:5", "6:1", "7:5")
        ),
    ),
    "attribute after a walrus": moved(
        "import app\n\nif (x := app.old.X) is None:\n    print(x)\n", "3:10"
    ),
    "attributes in match statements": moved(
        "import app\n\nmatch app.old.X:\n    case app.old.Y:\n        pass\n"
        "    case app.old.C(1) if app.old.ok:\n        pass\n",
        "3:7",
        "4:10",
        "6:10",
        "6:26",
    ),
    "attribute after an import in the same function": moved(
        "def f():\n    import app\n    return app.old.X\n", "3:12"
    ),
    "attribute of what another function imports locally": moved(
        "def f():\n    import app\n\n\ndef g():\n    return app.old.X\n"
    ),
    "attribute of what a function imports as a global": moved(
        "def f():\n    global app\n    import app\n\n\ndef g():\n    return app.old.X\n", "7:12"
    ),
    "attribute of what only type checkers import": moved(
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import app\n\nx: 'app.old.T'\n",
        "6:5",
    ),
    "attribute of one of two alternative imports": Case(
        files={
            **MOD,
            "app/other.py": "",
            "app/a.py": "try:\n    import app.other as m\nexcept ImportError:\n"
            "    import app.mod as m\n\nm.Old\nm.Gone\n",
        },
        options=lines("deprecated", "app.mod.Old => app.mod.New", "app.other.Gone"),
        expected=(
            f"app/a.py:6:1: {IS_RENAMED}",
            (
                "app/a.py:7:1: IMC202 'app.other.Gone' is deprecated and has no replacement; "
                "stop using it"
            ),
        ),
    ),
    "attribute of something that is not imported": moved(
        "app = object()\napp.old.X\nself.app.old.X\nf().app.old.X\n"
    ),
    "attribute of a longer name": moved("import app\n\napp.older.X\napp.x.old\napp.old_\n"),
    "attribute of a relative import": Case(
        files={
            "app/sub/__init__.py": "",
            "app/sub/a.py": "from ... import sub\nfrom .. import mod\nmod.Old\n",
            **MOD,
        },
        options=RENAMED,
        expected=(f"app/sub/a.py:3:1: {IS_RENAMED}",),
    ),
}

SHADOWED: Mapping[str, Case] = {
    "shadowed by a parameter": moved(
        "import app\n\n\ndef f(app): return app.old.X\n"
        "def g(*app): return app.old.X\ndef h(**app): return app.old.X\n"
        "def i(*, app=1): return app.old.X\ndef j(app, /): return app.old.X\n"
        "k = lambda app: app.old.X\n"
    ),
    "a default stands outside the parameter's scope": moved(
        "import app\n\n\ndef f(app=app.old.X): return app.old.X\n", "4:11"
    ),
    "shadowed by a local, even one bound later": moved(
        "import app\n\n\ndef f():\n    app.old.X\n    app = 1\n"
    ),
    "shadowed by a local of the function around": moved(
        "import app\n\n\ndef f():\n    app = 1\n\n    def g():\n"
        "        return app.old.X\n    return g\n"
    ),
    "shadowed by locals of every kind": moved(
        "import app\n\n\n"
        "def f1():\n    for app in (): app.old.X\n"
        "def f2():\n    with open('x') as app: app.old.X\n"
        "def f3():\n    try: pass\n    except OSError as app: app.old.X\n"
        "def f4():\n    (app := 1).x; app.old.X\n"
        "def f5():\n    match 1:\n        case app: app.old.X\n"
        "def f6():\n    match 1:\n        case [*app]: app.old.X\n"
        "def f7():\n    match 1:\n        case {**app}: app.old.X\n"
        "def f8():\n    def app(): pass\n    app.old.X\n"
        "def f9():\n    class app: pass\n    app.old.X\n"
        "def f10():\n    import other as app\n    app.old.X\n"
        "def f11():\n    a, (*app, b) = 1; app.old.X\n"
        "def f12():\n    app: int = 1; app.old.X\n"
        "def f13():\n    [0 for x in () if (app := x)]; app.old.X\n"
    ),
    "shadowed by a comprehension variable": moved(
        "import app\n\n[app.old.X for app in ()]\n{app.old.X for app in ()}\n"
        "{app.old.X: 1 for app in ()}\nlist(app.old.X for app in ())\n"
        "[app.old.X for x in () for app in x]\n"
    ),
    "the first iterable stands outside the comprehension": moved(
        "import app\n\n[app for app in app.old.XS]\n", "3:17"
    ),
    "shadowed by a class attribute, in the class only": moved(
        "import app\n\n\nclass C:\n    app = 1\n    x = app.old.X\n\n"
        "    def f(self):\n        return app.old.X\n",
        "9:16",
    ),
    "a global declaration reaches past a local": moved(
        "import app\n\n\ndef f():\n    app = 1\n\n    def g():\n"
        "        global app\n        return app.old.X\n    return g\n",
        "9:16",
    ),
    "a nonlocal declaration reaches the function around": moved(
        "import app\n\n\ndef f():\n    app = 1\n\n    def g():\n"
        "        nonlocal app\n        app = 2\n        return app.old.X\n    return g\n"
    ),
    "shadowed in one function, used in another": moved(
        "import app\n\n\ndef f(app): return app.old.X\ndef g(): return app.old.X\n", "5:17"
    ),
    "an annotation stands outside the function": moved(
        "import app\n\n\ndef f(app: app.old.T) -> 'app.old.T': ...\n", "4:12", "4:27"
    ),
}

REFERENCES: Mapping[str, Case] = {
    "patch as a decorator": Case(
        files={
            **NEW,
            "tests/test_a.py": "from unittest.mock import patch\n\n\n"
            '@patch("app.old.X")\ndef test_a(x): ...\n',
        },
        options=MOVED,
        expected=(f"tests/test_a.py:4:8: {REFERRED}",),
    ),
    "patch as a context manager": Case(
        files={
            **NEW,
            "tests/test_a.py": "from unittest.mock import patch\n\n\ndef test_a():\n"
            "    with open('x'), patch('app.old.X', 1) as x:\n        assert x\n",
        },
        options=MOVED,
        expected=(f"tests/test_a.py:5:27: {REFERRED}",),
    ),
    "patch by keyword": Case(
        files={
            **NEW,
            "tests/test_a.py": "from unittest.mock import patch\n\n"
            'patch(new=1, target="app.old.X")\n',
        },
        options=MOVED,
        expected=(f"tests/test_a.py:3:21: {REFERRED}",),
    ),
    "patch as an attribute of what it comes from": Case(
        files={
            **NEW,
            "tests/test_a.py": "import unittest.mock\nfrom unittest import mock\n\n"
            'mock.patch("app.old.X")\nunittest.mock.patch("app.old.X")\n',
        },
        options=MOVED,
        expected=(f"tests/test_a.py:4:12: {REFERRED}", f"tests/test_a.py:5:21: {REFERRED}"),
    ),
    "patch under another name": Case(
        files={
            **NEW,
            "tests/test_a.py": "from unittest.mock import patch as p\n\n"
            'p("app.old.X")\np.dict("app.old.X", {})\n',
        },
        options=MOVED,
        expected=(f"tests/test_a.py:3:3: {REFERRED}", f"tests/test_a.py:4:8: {REFERRED}"),
    ),
    "patch.dict and patch.multiple": Case(
        files={
            **NEW,
            "tests/test_a.py": "from unittest import mock\nfrom unittest.mock import patch\n\n"
            'patch.dict("app.old.X", a=1)\npatch.dict(in_dict="app.old.X")\n'
            'patch.multiple("app.old.X", a=1)\nmock.patch.multiple("app.old.X", a=1)\n',
        },
        options=MOVED,
        expected=(
            f"tests/test_a.py:4:12: {REFERRED}",
            f"tests/test_a.py:5:20: {REFERRED}",
            f"tests/test_a.py:6:16: {REFERRED}",
            f"tests/test_a.py:7:21: {REFERRED}",
        ),
    ),
    "patch.object takes no path": Case(
        files={
            **NEW,
            "tests/test_a.py": "from unittest.mock import patch\n\n"
            'patch.object("app.old.X", "app.old.X")\n',
        },
        options=MOVED,
    ),
    "pytest-mock's patch": Case(
        files={
            **NEW,
            "tests/test_a.py": "def test_a(mocker):\n"
            '    mocker.patch("app.old.X")\n    mocker.patch.dict("app.old.X")\n',
        },
        options=MOVED,
        expected=(f"tests/test_a.py:2:18: {REFERRED}", f"tests/test_a.py:3:23: {REFERRED}"),
    ),
    "monkeypatch, by whatever name": Case(
        files={
            **NEW,
            "tests/test_a.py": "def test_a(monkeypatch, mp):\n"
            '    monkeypatch.setattr("app.old.X", 1)\n    mp.delattr("app.old.X")\n'
            '    monkeypatch.setattr(object, "app.old.X", 1)\n'
            '    monkeypatch.setenv("app.old.X")\n',
        },
        options=MOVED,
        expected=(f"tests/test_a.py:2:25: {REFERRED}", f"tests/test_a.py:3:16: {REFERRED}"),
    ),
    "the built-in setattr takes no path": moved(
        'setattr("app.old.X", "app.old.X", 1)\ngetattr("app.old.X", "x")\n'
    ),
    "import_module": Case(
        files={
            **NEW,
            "app/a.py": "import importlib\nfrom importlib import import_module as load\n\n"
            'importlib.import_module("app.old")\nload("app.old.sub")\nload(name="app.old")\n',
        },
        options=MOVED,
        expected=(
            "app/a.py:4:25: IMC203 'app.old' is deprecated; use 'app.new'",
            "app/a.py:5:6: IMC203 'app.old.sub' is deprecated; use 'app.new.sub'",
            "app/a.py:6:11: IMC203 'app.old' is deprecated; use 'app.new'",
        ),
    ),
    "import_module by a relative path": Case(
        files={
            **NEW,
            "app/a.py": "from importlib import import_module\n\n"
            'import_module(".old", "app")\nimport_module("..old.x", package="app.sub")\n'
            'import_module(".old", __package__)\nimport_module("....old", "app")\n',
        },
        options=MOVED,
        expected=(
            "app/a.py:3:15: IMC203 'app.old' is deprecated; use 'app.new'",
            "app/a.py:4:15: IMC203 'app.old.x' is deprecated; use 'app.new.x'",
        ),
    ),
    "__import__, importorskip and resolve_name": Case(
        files={
            **NEW,
            "tests/test_a.py": "import pkgutil\n\nimport pytest\n\n"
            '__import__("app.old")\npytest.importorskip("app.old")\n'
            'pkgutil.resolve_name("app.old:X")\npkgutil.resolve_name("app.old.X")\n',
        },
        options=MOVED,
        expected=(
            "tests/test_a.py:5:12: IMC203 'app.old' is deprecated; use 'app.new'",
            "tests/test_a.py:6:21: IMC203 'app.old' is deprecated; use 'app.new'",
            f"tests/test_a.py:7:22: {REFERRED}",
            f"tests/test_a.py:8:22: {REFERRED}",
        ),
    ),
    "pytest_plugins": Case(
        files={
            **NEW,
            "tests/conftest.py": 'pytest_plugins = ["pytester", "app.old"]\n',
            "tests/test_a.py": 'pytest_plugins = "app.old"\n',
            "tests/test_b.py": 'pytest_plugins: tuple[str, ...] = ("app.old",)\n',
            "tests/test_c.py": 'def f():\n    pytest_plugins = "app.old"\n',
        },
        options=MOVED,
        expected=(
            "tests/conftest.py:1:31: IMC203 'app.old' is deprecated; use 'app.new'",
            "tests/test_a.py:1:18: IMC203 'app.old' is deprecated; use 'app.new'",
            "tests/test_b.py:1:36: IMC203 'app.old' is deprecated; use 'app.new'",
        ),
    ),
    "a reference on a line of its own": Case(
        files={
            **NEW,
            "tests/test_a.py": "from unittest.mock import patch\n\n"
            'patch(\n    "app.old."\n    "X",\n)\n',
        },
        options=MOVED,
        expected=(f"tests/test_a.py:4:5: {REFERRED}",),
    ),
    "a name that moved, in a module whose own code looks it up": Case(
        files={
            "app/mod.py": "from app.new import Old\n\n\ndef make(): return Old()\n",
            "app/new.py": "Old = 1\n",
            "tests/test_a.py": "from unittest.mock import patch\n"
            'patch("app.mod.Old")\npatch("app.mod.Old.method")\n',
        },
        options="deprecated = app.mod.Old => app.new.Old",
        expected=(
            (
                "tests/test_a.py:3:7: IMC203 'app.mod.Old.method' is deprecated; "
                "use 'app.new.Old.method'"
            ),
        ),
    ),
    "a name that moved, in a module that only passes it on": Case(
        files={
            "app/mod.py": "from app.new import Old\n",
            "app/new.py": "Old = 1\n",
            "tests/test_a.py": 'from unittest.mock import patch\npatch("app.mod.Old")\n',
        },
        options="deprecated = app.mod.Old => app.new.Old",
        expected=("tests/test_a.py:2:7: IMC203 'app.mod.Old' is deprecated; use 'app.new.Old'",),
    ),
    "a reference to a name": Case(
        files={
            **MOD,
            "tests/test_a.py": "from unittest.mock import patch\n\n"
            'patch("app.mod.Old")\npatch("app.mod.Old.method")\npatch("app.mod.Older")\n',
        },
        options=RENAMED,
        expected=(
            "tests/test_a.py:3:7: IMC203 'app.mod.Old' is deprecated; use 'app.mod.New'",
            (
                "tests/test_a.py:4:7: IMC203 'app.mod.Old.method' is deprecated; "
                "use 'app.mod.New.method'"
            ),
        ),
    ),
    "other strings are no references": Case(
        files={
            **NEW,
            "tests/test_a.py": '"""app.old.X"""\nfrom unittest.mock import patch\n\n'
            'print("app.old.X")\npatch("app/old.X")\npatch("app.old.X y")\n'
            'patch(f"app.old.{patch}")\n'
            'patch("import app.old")\npatch(b"app.old.X")\nX = "app.old.X"\npatch(X)\npatch()\n',
        },
        options=MOVED,
    ),
    "a function of ours by the name of patch is none": Case(
        files={**NEW, "tests/test_a.py": 'def patch(x): ...\n\n\npatch("app.old.X")\n'},
        options=MOVED,
    ),
}

WARNS = "import warnings\nwarnings.warn('gone soon', DeprecationWarning, stacklevel=2)\n"
DECORATED = (
    "from typing_extensions import deprecated\n\n\n"
    '@deprecated("Use g instead.")\ndef f(): ...\ndef g(): ...\n'
)

DETECTED: Mapping[str, Case] = {
    "a shim with one source": Case(
        files={
            "app/old.py": "import warnings\nfrom app.new import X, Y\n\n"
            "warnings.warn('moved', DeprecationWarning, stacklevel=2)\n",
            "app/a.py": "from app.old import X\nimport app.old\nfrom app import old\n",
        },
        options="detect = modules",
        expected=(
            (
                "app/a.py:1:6: IMC201 'app.old' warns DeprecationWarning when imported; "
                "use 'app.new' (app/old.py:4)"
            ),
            (
                "app/a.py:2:8: IMC201 'app.old' warns DeprecationWarning when imported; "
                "use 'app.new' (app/old.py:4)"
            ),
            (
                "app/a.py:3:17: IMC201 'app.old' warns DeprecationWarning when imported; "
                "use 'app.new' (app/old.py:4)"
            ),
        ),
    ),
    "a shim with two sources has no one successor": Case(
        files={
            "app/old.py": f"from app.x import X\nfrom app.y import Y\n{WARNS}",
            "app/a.py": "import app.old\n",
        },
        options="detect = modules",
        expected=(
            (
                "app/a.py:1:8: IMC201 'app.old' warns DeprecationWarning when imported; "
                "it says: gone soon (app/old.py:4)"
            ),
        ),
    ),
    "a deprecated module that says why": Case(
        files={"app/old.py": WARNS, "app/a.py": "import app.old\n"},
        options="detect = modules",
        expected=(
            (
                "app/a.py:1:8: IMC201 'app.old' warns DeprecationWarning when imported; "
                "it says: gone soon (app/old.py:2)"
            ),
        ),
    ),
    "a deprecated module that does not say why": Case(
        files={
            "app/old.py": "from warnings import warn\nwarn(f'{1}', category=DeprecationWarning)\n",
            "app/a.py": "import app.old\n",
        },
        options="detect = modules",
        expected=(
            (
                "app/a.py:1:8: IMC201 'app.old' warns DeprecationWarning when imported; "
                "see app/old.py:2"
            ),
        ),
    ),
    "a pending deprecation, in the body of a try": Case(
        files={
            "app/old.py": "import warnings\ntry:\n"
            "    warnings.warn('x', PendingDeprecationWarning)\nfinally:\n    pass\n",
            "app/a.py": "import app.old\n",
        },
        options="detect = modules",
        expected=(
            (
                "app/a.py:1:8: IMC201 'app.old' warns DeprecationWarning when imported; "
                "it says: x (app/old.py:3)"
            ),
        ),
    ),
    "warnings that do not make the module deprecated": Case(
        files={
            "app/x.py": "import sys, warnings\nif sys.version_info < (3, 12):\n"
            "    warnings.warn('old Python', DeprecationWarning)\n",
            "app/y.py": "import warnings\n\n\ndef f():\n"
            "    warnings.warn('old', DeprecationWarning)\n",
            "app/z.py": "import warnings\nwarnings.warn('slow', UserWarning)\n"
            "warnings.simplefilter('ignore', DeprecationWarning)\n",
            "app/a.py": "import app.x\nimport app.y\nimport app.z\n",
        },
        options="detect = modules",
    ),
    "a submodule of a deprecated package runs it": Case(
        files={
            "app/old/__init__.py": WARNS,
            "app/old/sub.py": "",
            "app/a.py": "import app.old.sub\nfrom app.old import sub\nfrom app.old.sub import x\n",
        },
        options="detect = modules",
        expected=(
            (
                "app/a.py:1:8: IMC201 'app.old' warns DeprecationWarning when imported; "
                "it says: gone soon (app/old/__init__.py:2)"
            ),
            (
                "app/a.py:2:6: IMC201 'app.old' warns DeprecationWarning when imported; "
                "it says: gone soon (app/old/__init__.py:2)"
            ),
            (
                "app/a.py:3:6: IMC201 'app.old' warns DeprecationWarning when imported; "
                "it says: gone soon (app/old/__init__.py:2)"
            ),
        ),
    ),
    "a deprecated package may import itself": Case(
        files={
            "app/old/__init__.py": f"from app.old.sub import x\n{WARNS}",
            "app/old/sub.py": "from app.old import y\nfrom . import y as z\n",
        },
        options="detect = modules",
    ),
    "a deprecated module by a relative import": Case(
        files={"app/old.py": WARNS, "app/a.py": "from .old import x\nfrom . import old\n"},
        options="detect = modules",
        expected=(
            (
                "app/a.py:1:6: IMC201 'app.old' warns DeprecationWarning when imported; "
                "it says: gone soon (app/old.py:2)"
            ),
            (
                "app/a.py:2:15: IMC201 'app.old' warns DeprecationWarning when imported; "
                "it says: gone soon (app/old.py:2)"
            ),
        ),
    ),
    "a reference to a deprecated module": Case(
        files={
            "app/old.py": WARNS,
            "tests/test_a.py": 'from unittest.mock import patch\n\npatch("app.old.x")\n',
        },
        options="detect = modules",
        expected=(
            (
                "tests/test_a.py:3:7: IMC203 'app.old' warns DeprecationWarning when imported; "
                "it says: gone soon (app/old.py:2)"
            ),
        ),
    ),
    "an entry has the word where the module warns too": Case(
        files={**NEW, "app/old.py": WARNS, "app/a.py": "import app.old\n"},
        options=f"detect = modules\n{MOVED}",
        expected=(f"app/a.py:1:8: {IS_MOVED}",),
    ),
    "a decorated function": Case(
        files={"app/mod.py": DECORATED, "app/a.py": "from app.mod import f, g\n"},
        options="detect = names",
        expected=(
            (
                "app/a.py:1:21: IMC202 'app.mod.f' is deprecated; "
                "it says: Use g instead (app/mod.py:4)"
            ),
        ),
    ),
    "decorated classes and coroutines, by the module's attribute": Case(
        files={
            "app/mod.py": "import warnings\n\n\n@warnings.deprecated('x')\nclass C: ...\n"
            "@warnings.deprecated('y')\nasync def f(): ...\n",
            "app/a.py": "from app.mod import C, f\n",
        },
        options="detect = names",
        expected=(
            "app/a.py:1:21: IMC202 'app.mod.C' is deprecated; it says: x (app/mod.py:4)",
            "app/a.py:1:24: IMC202 'app.mod.f' is deprecated; it says: y (app/mod.py:6)",
        ),
    ),
    "the decorator under another name": Case(
        files={
            "app/mod.py": "from warnings import deprecated as old\n\n\n@old('x')\ndef f(): ...\n",
            "app/a.py": "from app.mod import f\n",
        },
        options="detect = names",
        expected=("app/a.py:1:21: IMC202 'app.mod.f' is deprecated; it says: x (app/mod.py:4)",),
    ),
    "a deprecated overload does not deprecate the function": Case(
        files={
            "app/mod.py": "from typing import overload\nfrom warnings import deprecated\n\n\n"
            "@overload\n@deprecated('no str')\ndef f(x: str): ...\n"
            "@overload\ndef f(x: int): ...\ndef f(x): ...\n",
            "app/a.py": "from app.mod import f\n",
        },
        options="detect = names",
    ),
    "decorators of another kind": Case(
        files={
            "app/mod.py": "from lib import deprecated\n\n\n@deprecated('x')\ndef f(): ...\n"
            "class C:\n    @deprecated('y')\n    def m(self): ...\n",
            "app/a.py": "from app.mod import f, C\nC.m\n",
        },
        options="detect = names",
    ),
    "a decorated function through re-exports": Case(
        files={
            "app/mod.py": DECORATED,
            "app/api.py": "from app.mod import f as run\n",
            "app/top.py": "from .api import *\n",
            "app/a.py": "from app.api import run\nfrom app.top import run as r\n",
        },
        options="detect = names",
        expected=(
            (
                "app/a.py:1:21: IMC202 'app.api.run' is deprecated; "
                "it says: Use g instead (app/mod.py:4)"
            ),
            (
                "app/a.py:2:21: IMC202 'app.top.run' is deprecated; "
                "it says: Use g instead (app/mod.py:4)"
            ),
            (
                "app/api.py:1:21: IMC202 'app.mod.f' is deprecated; "
                "it says: Use g instead (app/mod.py:4)"
            ),
        ),
    ),
    "a decorated function by attribute": Case(
        files={
            "app/mod.py": DECORATED,
            "app/a.py": "import app.mod\nfrom app import mod as m\n\napp.mod.f()\nm.f.x\nm.g()\n",
        },
        options="detect = names",
        expected=(
            "app/a.py:4:1: IMC202 'app.mod.f' is deprecated; it says: Use g instead (app/mod.py:4)",
            "app/a.py:5:1: IMC202 'app.mod.f' is deprecated; it says: Use g instead (app/mod.py:4)",
        ),
    ),
    "a decorated function by attribute after importing the package only": Case(
        files={
            "app/mod.py": DECORATED,
            "app/sub/__init__.py": "from app.mod import f  # noqa\n",
            "app/a.py": "import app\n\napp.mod.f()\napp \\\n  .sub.f()\napp.f()\nlib.app.mod.f()\n",
        },
        options="detect = names",
        expected=(
            "app/a.py:3:1: IMC202 'app.mod.f' is deprecated; it says: Use g instead (app/mod.py:4)",
            "app/a.py:4:1: IMC202 'app.sub.f' is deprecated; it says: Use g instead (app/mod.py:4)",
        ),
    ),
    "a decorated function by attribute of a module that passes it on": Case(
        files={
            "app/mod.py": DECORATED,
            "app/api.py": "from app.mod import f as run  # noqa\n",
            "app/a.py": "from app import api\n\napi.run()\n",
        },
        options="detect = names",
        expected=(
            (
                "app/a.py:3:1: IMC202 'app.api.run' is deprecated; "
                "it says: Use g instead (app/mod.py:4)"
            ),
        ),
    ),
    "a module may use its own deprecated functions": Case(
        files={
            "app/mod.py": f"{DECORATED}f()\nfrom app.mod import f as own\nimport app.mod\n"
            "app.mod.f()\n"
        },
        options="detect = names",
    ),
    "modules and names at once": Case(
        files={
            "app/old.py": WARNS,
            "app/mod.py": DECORATED,
            "app/a.py": "import app.old\nfrom app.mod import f\n",
        },
        options=lines("detect", "modules", "names"),
        expected=(
            (
                "app/a.py:1:8: IMC201 'app.old' warns DeprecationWarning when imported; "
                "it says: gone soon (app/old.py:2)"
            ),
            (
                "app/a.py:2:21: IMC202 'app.mod.f' is deprecated; "
                "it says: Use g instead (app/mod.py:4)"
            ),
        ),
    ),
    "nothing is detected unless asked for": Case(
        files={
            **NEW,
            "app/old.py": WARNS,
            "app/mod.py": DECORATED,
            "app/a.py": "import app.old\nfrom app.mod import f\n",
        },
        options=MOVED.replace("old", "other"),
    ),
}

PLACES: Mapping[str, Case] = {
    "a src layout": Case(
        layout="src/",
        files={
            "src/app/new.py": "",
            "src/app/a.py": "from .old import X\n",
            "tests/test_a.py": "import app.old\n",
        },
        options=MOVED,
        expected=(f"src/app/a.py:1:6: {IS_MOVED}", f"tests/test_a.py:1:8: {IS_MOVED}"),
    ),
    "a folder without __init__ between packages (PEP 420)": Case(
        files={
            **NEW,
            "app/space/sub/__init__.py": "",
            "app/space/sub/a.py": "from ...old import X\n",
        },
        options=MOVED,
        expected=(f"app/space/sub/a.py:1:6: {IS_MOVED}",),
    ),
    "a moved folder without __init__": Case(
        files={
            **NEW,
            "app/old/x.py": "",
            "app/a.py": "from app import old\nfrom app.old import x\n",
        },
        options=MOVED,
        expected=(f"app/a.py:1:17: {IS_MOVED}", f"app/a.py:2:6: {IS_MOVED}"),
    ),
    "tests without __init__ import their neighbours by bare names": Case(
        files={
            "tests/unit/helpers.py": "",
            "tests/unit/test_a.py": "import helpers\nfrom helpers import x\n",
            "app/a.py": "import helpers\n",
        },
        options="deprecated = tests.unit.helpers => tests.support",
        expected=(
            "tests/unit/test_a.py:1:8: IMC201 'helpers' is deprecated; use 'tests.support'",
            "tests/unit/test_a.py:2:6: IMC201 'helpers' is deprecated; use 'tests.support'",
        ),
    ),
    "attributes of a test's neighbour are told by its bare name": Case(
        files={
            "tests/helpers.py": "old = new = 1\n",
            "tests/test_a.py": "import helpers as h\nfrom helpers import old\nh.old\n",
        },
        options="deprecated = tests.helpers.old => tests.helpers.new",
        expected=(
            "tests/test_a.py:2:21: IMC202 'helpers.old' is deprecated; use 'tests.helpers.new'",
            "tests/test_a.py:3:1: IMC202 'helpers.old' is deprecated; use 'tests.helpers.new'",
        ),
    ),
    "references to a test's neighbour, by its bare name and by the whole one": Case(
        files={
            "tests/helpers.py": "old = new = 1\n",
            "tests/test_a.py": "from unittest.mock import patch\n\n"
            "patch('helpers.old.x')\npatch('tests.helpers.old')\n",
            "app/a.py": "import importlib\n\nimportlib.import_module('helpers.old')\n",
        },
        options="deprecated = tests.helpers.old => tests.helpers.new",
        expected=(
            (
                "tests/test_a.py:3:7: IMC203 'helpers.old.x' is deprecated; "
                "use 'tests.helpers.new.x'"
            ),
            (
                "tests/test_a.py:4:7: IMC203 'tests.helpers.old' is deprecated; "
                "use 'tests.helpers.new'"
            ),
        ),
    ),
    "tests that are packages import by the whole name": Case(
        files={
            "tests/__init__.py": "",
            "tests/helpers.py": "",
            "tests/test_a.py": "import helpers\nimport tests.helpers\nfrom . import helpers\n",
        },
        options="deprecated = tests.helpers => tests.support",
        expected=(
            "tests/test_a.py:2:8: IMC201 'tests.helpers' is deprecated; use 'tests.support'",
            "tests/test_a.py:3:15: IMC201 'tests.helpers' is deprecated; use 'tests.support'",
        ),
    ),
    "source_paths name other folders and a single file": Case(
        session=lines("source_paths", "scripts", "tools/run.py"),
        files={
            **NEW,
            "scripts/a.py": "import app.old\n",
            "tools/run.py": "import app.old\n",
            "tools/walk.py": "import app.old\n",
            "tests/test_a.py": "import app.old\n",
        },
        options=MOVED,
        expected=(f"scripts/a.py:1:8: {IS_MOVED}", f"tools/run.py:1:8: {IS_MOVED}"),
    ),
    "source_modules names a package and what lies under it": Case(
        files={
            **NEW,
            "app/a.py": "import app.old\n",
            "app/sub/__init__.py": "import app.old\n",
            "app/sub/a.py": "import app.old\n",
            "tests/test_a.py": "import app.old\n",
        },
        options=f"{MOVED}\nsource_modules = app.sub",
        expected=(f"app/sub/__init__.py:1:8: {IS_MOVED}", f"app/sub/a.py:1:8: {IS_MOVED}"),
    ),
    "source_modules with one star stands for one component": Case(
        files={
            **NEW,
            "app/sub/__init__.py": "import app.old\n",
            "app/sub/models.py": "import app.old\n",
            "app/sub/deep/__init__.py": "",
            "app/sub/deep/models.py": "import app.old\n",
        },
        options=f"{MOVED}\nsource_modules = app.*.models",
        expected=(f"app/sub/models.py:1:8: {IS_MOVED}",),
    ),
    "source_modules with two stars stands for many": Case(
        files={
            **NEW,
            "app/models.py": "import app.old\n",
            "app/sub/__init__.py": "",
            "app/sub/models.py": "import app.old\n",
            "app/sub/deep/__init__.py": "",
            "app/sub/deep/models.py": "import app.old\n",
        },
        options=f"{MOVED}\nsource_modules = app.**.models",
        expected=(
            f"app/sub/deep/models.py:1:8: {IS_MOVED}",
            f"app/sub/models.py:1:8: {IS_MOVED}",
        ),
    ),
    "source_modules names tests": Case(
        files={
            **NEW,
            "app/a.py": "import app.old\n",
            "tests/unit/test_a.py": "import app.old\n",
            "tests/slow/test_a.py": "import app.old\n",
        },
        options=f"{MOVED}\nsource_modules = tests.unit",
        expected=(f"tests/unit/test_a.py:1:8: {IS_MOVED}",),
    ),
    "ignore_imports by the module": Case(
        files={**NEW, "app/a.py": "import app.old\n", "app/b.py": "import app.old\n"},
        options=f"{MOVED}\nignore_imports = app.a -> app.old",
        expected=(f"app/b.py:1:8: {IS_MOVED}",),
    ),
    "ignore_imports with wildcards": Case(
        files={
            **NEW,
            "app/a.py": "import app.old.sub\n",
            "app/sub/__init__.py": "",
            "app/sub/b.py": "import app.old.sub\n",
        },
        options=f"{MOVED}\n{lines('ignore_imports', 'app.* -> app.old.*')}",
        expected=("app/sub/b.py:1:8: IMC201 'app.old.sub' is deprecated; use 'app.new.sub'",),
    ),
    "ignore_imports by the name": Case(
        files={**MOD, "app/a.py": "from app.mod import Old\nfrom app.mod import Third\n"},
        options=lines("deprecated", "app.mod.Old => app.mod.New", "app.mod.Third")
        + "\nignore_imports = app.a -> app.mod.Third",
        expected=(f"app/a.py:1:21: {IS_RENAMED}",),
    ),
    "ignore_imports by the module a name is in": Case(
        files={**MOD, "app/a.py": "from app.mod import Old\nimport app\napp.mod.Old\n"},
        options=f"{RENAMED}\nignore_imports = app.a -> app.mod",
    ),
    "ignore_imports for a reference": Case(
        files={
            **NEW,
            "tests/test_a.py": 'from unittest.mock import patch\n\npatch("app.old.X")\n'
            'patch("app.old.Y")\n',
        },
        options=f"{MOVED}\nignore_imports = tests.test_a -> app.old.X",
        expected=("tests/test_a.py:4:7: IMC203 'app.old.Y' is deprecated; use 'app.new.Y'",),
    ),
}

NOQA: Mapping[str, Case] = {
    "noqa": moved("import app.old  # noqa\n"),
    "noqa with our code": moved("import app.old  # noqa: F401, IMC201\n"),
    "noqa with another code": moved("import app.old  # noqa: IMC202\n", "1:8"),
    "noqa on the first line of many": moved(
        "from app import (  # noqa: IMC201\n    x,\n    old,\n)\n"
    ),
    "noqa on the name's own line": moved(
        "from app import (\n    x,\n    old,  # noqa: IMC201\n)\n"
    ),
    "noqa on another name's line": moved(
        "from app import (\n    x,  # noqa\n    old,\n)  # noqa\n", "3:5"
    ),
    "noqa where backslashes join the lines": moved("from app import x, \\\n    old  # noqa\n"),
    "noqa in the line before": moved("# noqa\nimport app.old\n", "2:8"),
    "noqa after a string over many lines": moved('import app.old; x = """\ny\n"""  # noqa\n'),
    "noqa after a string over many lines, import at its end": moved(
        'x = """\ny\n"""; import app.old  # noqa: IMC201\n'
    ),
    "noqa within a string over many lines": moved('import app.old; x = """\n# noqa\n"""\n'),
    "noqa within a string that ended before": moved(
        'x = """\n# noqa\n"""\nimport app.old\n', "4:8"
    ),
    "noqa on an attribute's line": moved(
        "import app\n\nprint(\n    app.old.X,  # noqa\n    app.old.Y,\n)\n", "5:5"
    ),
    "noqa on the first line of a call with a reference": Case(
        files={
            **NEW,
            "tests/test_a.py": "from unittest.mock import patch\n\n"
            'patch(  # noqa: IMC203\n    "app.old.X",\n)\npatch(\n    "app.old.X",  # noqa\n)\n',
        },
        options=MOVED,
    ),
    "noqa on an attribute in a string over many lines": moved(
        'import app\n\nf"""\n{app.old.X}\n"""  # noqa\n'
    ),
    "flake8: noqa": moved('"""Text."""\n# flake8: noqa\nimport app.old\n'),
}

CONTRACTS: Mapping[str, Case] = {
    "two contracts of the type": Case(
        files={**NEW, "app/a.py": "import app.old\nimport app.older\n"},
        options=MOVED,
        further=(Contract(type="deprecated_imports", options="deprecated = app.older"),),
        expected=(
            f"app/a.py:1:8: {IS_MOVED}",
            "app/a.py:2:8: IMC201 'app.older' is deprecated and has no replacement; stop using it",
        ),
    ),
    "all three types at one import": Case(
        files={**NEW, "app/a.py": "from .old import Thing\n", "app/home.py": "Thing = 1\n"},
        options=MOVED,
        further=(
            Contract(type="absolute_imports"),
            Contract(type="canonical_imports", options="canonical = Thing => app.home"),
        ),
        expected=(
            "app/a.py:1:6: IMC101 relative import '.old'; use 'app.old'",
            f"app/a.py:1:6: {IS_MOVED}",
            "app/a.py:1:18: IMC301 'app.old.Thing' is not the canonical path; use 'app.home.Thing'",
        ),
    ),
    "noqa for one of two contracts": Case(
        files={**NEW, "app/a.py": "from .old import X  # noqa: IMC201\n"},
        options=MOVED,
        further=(Contract(type="absolute_imports"),),
        expected=("app/a.py:1:6: IMC101 relative import '.old'; use 'app.old'",),
    ),
}

CASES: Mapping[str, Case] = {
    **STATEMENTS,
    **TABLES,
    **ATTRIBUTES,
    **SHADOWED,
    **REFERENCES,
    **DETECTED,
    **PLACES,
    **NOQA,
    **CONTRACTS,
}
