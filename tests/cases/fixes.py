"""Cases of `linter-ext fix`: what files hold before and after, and what stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.cases.case import Contract, configuration, lines

Content = str | bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FixCase:
    """One project, and what becomes of it.

    Attributes:
        files:     path → content; `__init__.py` of the root packages is added.
        fixed:     the files that change, with what they hold then.
        refused:   what is told not to be fixed: each violation, with the reason.
        left:      the violations without a remedy that `check` gives afterwards.
        contracts: the contracts.
        packages:  the root packages.
    """

    files: Mapping[str, Content]
    fixed: Mapping[str, Content]
    refused: Mapping[str, str]
    left: tuple[str, ...]
    contracts: tuple[Contract, ...]
    packages: tuple[str, ...]

    def project(self) -> dict[str, Content]:
        """Return every file of the project, its configuration included."""
        packages = {f"{package}/__init__.py": "" for package in self.packages}
        return {
            **packages,
            **self.files,
            ".importlinter": configuration(*self.contracts, roots=self.packages),
        }


def moves(*lines_of_moves: str) -> Contract:
    """Return the contract on deprecated paths, each `old => new`."""
    return Contract(type="deprecated_imports", options=lines("deprecated", *lines_of_moves))


def homes(*lines_of_homes: str) -> Contract:
    """Return the contract on canonical names, each `name => module`."""
    return Contract(type="canonical_imports", options=lines("canonical", *lines_of_homes))


def case(
    files: Mapping[str, Content],
    fixed: Mapping[str, Content] | None = None,
    *contracts: Contract,
    refused: Mapping[str, str] | None = None,
    left: tuple[str, ...] = (),
    packages: tuple[str, ...] = ("app",),
) -> FixCase:
    """Return a case of several files."""
    return FixCase(
        files=files,
        fixed=fixed or {},
        refused=refused or {},
        left=left,
        contracts=contracts,
        packages=packages,
    )


FILE = "app/a.py"
MOVED = moves("app.old => app.new")
SHIM = {
    "app/new.py": "X = Y = Z = 1\n\n\ndef f(x=None):\n    return x\n",
    "app/old.py": "from app.new import *\n",
}


def moved(
    before: Content,
    after: Content | None = None,
    refused: Mapping[str, str] | None = None,
) -> FixCase:
    """Return the case of `app/a.py` where `app.old` has become `app.new`, and is a shim."""
    fixed = {} if after is None else {FILE: after}
    return case({**SHIM, FILE: before}, fixed, MOVED, refused=refused)


TOP = {
    "old/__init__.py": "from pkg.mod import *\n",
    "pkg/mod.py": "X = 1\n\n\ndef f(x=None):\n    return x\n",
    "pkg/more.py": "",
}


def top(
    before: Content,
    after: Content | None = None,
    refused: Mapping[str, str] | None = None,
) -> FixCase:
    """Return the case of `app/a.py` where the package `old` has become `pkg.mod`."""
    return case(
        {**TOP, FILE: before},
        {} if after is None else {FILE: after},
        moves("old => pkg.mod"),
        refused=refused,
        packages=("app", "old", "pkg"),
    )


BELOW = {
    "old/sub.py": "from pkg.mod import *\n",
    "pkg/mod.py": "X = 1\n\n\ndef f(x=None):\n    return x\n",
    "pkg/more.py": "",
}


def below(
    before: Content,
    after: Content,
) -> FixCase:
    """Return the case of `app/a.py` where `old.sub` has become `pkg.mod`."""
    return case({**BELOW, FILE: before}, {FILE: after}, _MOVED_BELOW, packages=_PACKAGES)


def kept(
    text: Content, reason: str, others: Mapping[str, Content] | None = None, *, place: str = "1:8"
) -> FixCase:
    """Return the case of `app/a.py` that has to go on importing `old.sub`."""
    return case(
        {**BELOW, **(others or {}), FILE: text},
        None,
        _MOVED_BELOW,
        refused={f"{FILE}:{place}: IMC201 'old.sub' is deprecated; use 'pkg.mod'": reason},
        packages=_PACKAGES,
    )


_MOVED_BELOW = moves("old.sub => pkg.mod")
_PACKAGES = ("app", "old", "pkg")


NAMES = {"app/mod.py": "Old = New = Other = Third = 1\n", "app/two.py": "Two = Second = 2\n"}


def named(
    before: Content,
    after: Content | None = None,
    refused: Mapping[str, str] | None = None,
) -> FixCase:
    """Return the case of `app/a.py` where `app.mod.Old` has become `app.two.Two`."""
    fixed = {} if after is None else {FILE: after}
    move = moves("app.mod.Old => app.two.Two")
    return case({**NAMES, FILE: before}, fixed, move, refused=refused)


def renamed(before: Content, after: Content) -> FixCase:
    """Return the case of `app/a.py` where `app.mod.Old` has become `app.mod.New`."""
    move = moves("app.mod.Old => app.mod.New")
    return case({**NAMES, FILE: before}, {FILE: after}, move)


ABSOLUTE = Contract(type="absolute_imports")


def relative(
    before: Content, after: Content | None = None, *, left: tuple[str, ...] = ()
) -> FixCase:
    """Return the case of `app/a.py` under `absolute_imports`, beside `app/b.py`."""
    fixed = {} if after is None else {FILE: after}
    return case({"app/b.py": "x = y = 1\n", FILE: before}, fixed, ABSOLUTE, left=left)


def module_stays(place: str) -> str:
    """Return what is said of `app.old`, or the package `old`, at a place of `app/a.py`."""
    return f"{FILE}:{place}: IMC201 'app.old' is deprecated; use 'app.new'"


def name_stays(place: str) -> str:
    """Return what is said of `app.mod.Old` at a place of `app/a.py`."""
    return f"{FILE}:{place}: IMC202 'app.mod.Old' is deprecated; use 'app.two.Two'"


def _stops(entry: str, place: str, name: str) -> str:
    """Return the reason of a fix by which a name would be asked for too early."""
    fact = f"it would stop '{entry}' from loading"
    return f"{fact}: {place} would ask for '{name}' before it is there"


COMPOSED = "the string is not the plain path"

MODULES: Mapping[str, FixCase] = {
    "import of the module: the uses follow": moved(
        "import app.old\n\nprint(app.old.X)\n", "import app.new\n\nprint(app.new.X)\n"
    ),
    "import under another name: the name stays": moved(
        "import app.old as o\n\nprint(o.X)\n", "import app.new as o\n\nprint(o.X)\n"
    ),
    "import under the name of its root": moved(
        "import app.old as app\nprint(app.X)\n", "import app.new as app\nprint(app.X)\n"
    ),
    "import twice under other names": moved(
        "import app.old as a, app.old as b\n", "import app.new as a, app.new as b\n"
    ),
    "the module from its package keeps its local name": moved(
        "from app import old\n\nprint(old.X)\n", "from app import new as old\n\nprint(old.X)\n"
    ),
    "the module from its package under another name": moved(
        "from app import old as o\n", "from app import new as o\n"
    ),
    "the module under the name that it gets": moved(
        "from app import old as new\n", "from app import new\n"
    ),
    "names from the module": moved(
        "from app.old import X, Y as W\n", "from app.new import X, Y as W\n"
    ),
    "a redundant alias is an export, and stays": moved(
        "from app.old import X as X\n", "from app.new import X as X\n"
    ),
    "a star import whose names are the same": moved(
        "from app.old import *\nprint(X)\n", "from app.new import *\nprint(X)\n"
    ),
    "a star import from a shim that takes its __all__ from the new module": case(
        {
            "app/new.py": "__all__ = ['X', '_y']\nX = _y = 1\n",
            "app/old.py": "from app.new import *\nfrom app.new import __all__, _z\n",
            FILE: "from app.old import *\nprint(X)\n",
        },
        {FILE: "from app.new import *\nprint(X)\n"},
        MOVED,
    ),
    "a star import from a shim that puts the new module in its own place": case(
        {
            "app/new.py": "X = 1\n",
            "app/old.py": "import sys\n\nfrom app import new\n\nsys.modules[__name__] = new\n",
            FILE: "from app.old import *\nprint(X)\n",
        },
        {FILE: "from app.new import *\nprint(X)\n"},
        MOVED,
    ),
    "a star import from a shim of several star imports": case(
        {
            "app/new.py": "from app.base import *\nX = 1\n",
            "app/base.py": "Y = 1\n",
            "app/old.py": "from app.new import *\nfrom app.base import *\n",
            FILE: "from app.old import *\nprint(X, Y)\n",
        },
        {FILE: "from app.new import *\nprint(X, Y)\n"},
        MOVED,
    ),
    "a string with a colon before the object": case(
        {
            "app/new.py": "class X:\n    y = 1\n",
            "app/old.py": "from app.new import *\n",
            FILE: "from pkgutil import resolve_name\n\nresolve_name('app.old:X.y')\n",
        },
        {FILE: "from pkgutil import resolve_name\n\nresolve_name('app.new:X.y')\n"},
        MOVED,
    ),
    "a string with a colon, whose object has another name": case(
        {
            "app/new.py": "class Two:\n    y = 1\n",
            "app/old.py": "from app.new import Two as X\n",
            FILE: "from pkgutil import resolve_name\n\nresolve_name('app.old:X.y')\n",
        },
        {FILE: "from pkgutil import resolve_name\n\nresolve_name('app.new:Two.y')\n"},
        moves("app.old.X => app.new.Two"),
    ),
    "the second module of an import statement": moved(
        "import os, app.old as o, sys\n", "import os, app.new as o, sys\n"
    ),
    "the module twice in one statement, with uses": moved(
        "import os, app.old as o, app.old\nprint(app.old.X, o.Y)\n",
        "import os, app.new as o, app.new\nprint(app.new.X, o.Y)\n",
    ),
    "several on a line": moved(
        "x = 1; import app.old; from app.old import X; print(app.old.X)\n",
        "x = 1; import app.new; from app.new import X; print(app.new.X)\n",
    ),
    "a semicolon at the end of the line": moved(
        "import app.old;\nx = 1; from app.old import X;\n",
        "import app.new;\nx = 1; from app.new import X;\n",
    ),
    "a block on one line": moved(
        "if True: import app.old; print(app.old.Y)\n",
        "if True: import app.new; print(app.new.Y)\n",
    ),
    "blocks of every kind on one line": moved(
        "def f(): from app.old import X; return X\nclass A: from app.old import X\n"
        "for i in 1,: import app.old as o\nwith open(__file__): from app import old\n",
        "def f(): from app.new import X; return X\nclass A: from app.new import X\n"
        "for i in 1,: import app.new as o\nwith open(__file__): from app import new as old\n",
    ),
    "in a function": moved(
        "def f():\n    import app.old\n    return app.old.X\n",
        "def f():\n    import app.new\n    return app.new.X\n",
    ),
    "in a function with tabs": moved(
        "def f():\n\tfrom app import old\n\treturn old\n",
        "def f():\n\tfrom app import new as old\n\treturn old\n",
    ),
    "in a class": moved(
        "class A:\n    from app.old import X\n    from app import old\n",
        "class A:\n    from app.new import X\n    from app import new as old\n",
    ),
    "behind a fallback": moved(
        "try:\n    from app.old import X\nexcept ImportError:\n    X = None\n",
        "try:\n    from app.new import X\nexcept ImportError:\n    X = None\n",
    ),
    "in else, finally and match": moved(
        "try:\n    pass\nfinally:\n    from app.old import X\nwhile True:\n    break\n"
        "else:\n    import app.old\nmatch 1:\n    case 1:\n        from app.old import Y\n",
        "try:\n    pass\nfinally:\n    from app.new import X\nwhile True:\n    break\n"
        "else:\n    import app.new\nmatch 1:\n    case 1:\n        from app.new import Y\n",
    ),
    "for type checkers only": moved(
        "import typing\nif typing.TYPE_CHECKING:\n    import app.old\n"
        "def f(x: 'app.old.X', y: 'list[app.old.Y]') -> \"app.old.Z\": ...\n",
        "import typing\nif typing.TYPE_CHECKING:\n    import app.new\n"
        "def f(x: 'app.new.X', y: 'list[app.new.Y]') -> \"app.new.Z\": ...\n",
    ),
    "`__all__` names what is bound, and stays": moved(
        "from app import old\nfrom app.old import X\n__all__ = ['old', 'X', 'app.old']\n",
        "from app import new as old\nfrom app.new import X\n__all__ = ['old', 'X', 'app.old']\n",
    ),
    "within brackets, with comments and blanks": moved(
        "from app.old import (  # first\n    X,  # the x\n\n    # above y\n    Y ,\n    # end\n)\n",
        "from app.new import (  # first\n    X,  # the x\n\n    # above y\n    Y ,\n    # end\n)\n",
    ),
    "within brackets, one line": moved("from app.old import (X,)\n", "from app.new import (X,)\n"),
    "no blank before the brackets": moved("from app.old import(X)\n", "from app.new import(X)\n"),
    "backslashes stay": moved(
        "from app.old \\\n    import X, \\\n    Y\nimport \\\n  app.old\n",
        "from app.new \\\n    import X, \\\n    Y\nimport \\\n  app.new\n",
    ),
    "blanks within the dotted name go": moved(
        "from app . old import X\n", "from app.new import X\n"
    ),
    "comments behind it stay": moved(
        "import app.old  # type: ignore\nfrom app.old import X\t# noqa: F401\n",
        "import app.new  # type: ignore\nfrom app.new import X\t# noqa: F401\n",
    ),
    "a star import, the module and a docstring": moved(
        '"""Says app.old."""\n\nfrom __future__ import annotations\n\nfrom app.old import *\n',
        '"""Says app.old."""\n\nfrom __future__ import annotations\n\nfrom app.new import *\n',
    ),
    "a comment stays what it is": moved(
        "# app.old is old\nfrom app.old import X\n", "# app.old is old\nfrom app.new import X\n"
    ),
    "the same import twice stays twice": moved(
        "import app.old\n\n\ndef f():\n    import app.old\n    return app.old.X\n\n\n"
        "print(app.old.X)\n",
        "import app.new\n\n\ndef f():\n    import app.new\n    return app.new.X\n\n\n"
        "print(app.new.X)\n",
    ),
    "a module below the moved one": case(
        {
            "app/new/__init__.py": "",
            "app/new/deep/__init__.py": "X = 1\n",
            FILE: "import app.old.deep\nfrom app.old import deep\nfrom app.old.deep import X\n"
            "print(app.old.deep.X)\n",
        },
        {
            FILE: "import app.new.deep\nfrom app.new import deep\nfrom app.new.deep import X\n"
            "print(app.new.deep.X)\n"
        },
        MOVED,
    ),
    "a stub": case(
        {**SHIM, "app/a.pyi": "from app.old import X as X\ndef f(x: X) -> None: ...\n"},
        {"app/a.pyi": "from app.new import X as X\ndef f(x: X) -> None: ...\n"},
        MOVED,
    ),
    "tests": case(
        {
            **SHIM,
            "tests/conftest.py": "pytest_plugins = 'app.old'\n",
            "tests/test_a.py": "from app.old import X\n",
        },
        {
            "tests/conftest.py": "pytest_plugins = 'app.new'\n",
            "tests/test_a.py": "from app.new import X\n",
        },
        MOVED,
    ),
    "what a module that warns passes on": case(
        {
            "app/new.py": "X = 1\n",
            "app/old.py": "import warnings\n\nfrom app.new import X\n\n"
            "warnings.warn('old', DeprecationWarning)\n",
            FILE: "import app.old\nfrom app.old import X\n",
        },
        {FILE: "import app.new\nfrom app.new import X\n"},
        Contract(type="deprecated_imports", options="detect = modules"),
    ),
    "a shim that imports itself": case(
        {"app/new.py": "X = 1\n", "app/old.py": "from app.new import X\nfrom app import old\n"},
        {"app/old.py": "from app.new import X\nfrom app import new as old\n"},
        MOVED,
    ),
    "a lazy import closes no cycle": case(
        {
            "app/new.py": "import app.a\nX = 1\n",
            "app/old.py": "X = 1\n",
            FILE: "def f():\n    from app.old import X\n",
        },
        {FILE: "def f():\n    from app.new import X\n"},
        MOVED,
    ),
    "a module of the standard library": case(
        {
            "app/codec.py": "def loads(x): ...\n",
            FILE: "import json\nimport json as j\n\njson.loads(j)\n",
        },
        {FILE: "import app.codec as json\nimport app.codec as j\n\njson.loads(j)\n"},
        moves("json => app.codec"),
    ),
    "a chain of moves ends at its end": case(
        {
            "app/b.py": "",
            "app/c.py": "X = 1\n",
            FILE: "from app.old import X\nfrom app import b\n",
        },
        {FILE: "from app.c import X\nfrom app import c as b\n"},
        moves("app.old => app.b", "app.b => app.c"),
    ),
    "a move into its own old path": case(
        {
            "app/old/__init__.py": "",
            "app/old/core.py": "X = 1\n",
            FILE: "import app.old.core\nfrom app.old import core\nfrom app.old.core import X\n"
            "print(app.old.core.X)\n",
            "app/b.py": "import app.old\nimport app.old.core\nprint(app.old.core.X)\n",
        },
        {"app/b.py": "import app.old.core\nprint(app.old.core.X)\n"},
        moves("app.old => app.old.core"),
    ),
    "a module without a successor is left to its owner": case(
        {"app/old.py": "", FILE: "import app.old\n"},
        {},
        moves("app.old"),
        left=(f"{FILE}:1:8: IMC201 'app.old' is deprecated and has no replacement; stop using it",),
    ),
    "a package from outside": case(
        {FILE: "import websockets\nfrom websockets import Old, Other\nwebsockets.Old\n"},
        {
            FILE: "import websockets\nfrom websockets import New as Old, Other\nwebsockets.New\n",
        },
        moves("websockets.Old => websockets.New"),
    ),
}

USES: Mapping[str, FixCase] = {
    "decorators, defaults, bases, walrus": moved(
        "import app.old\n\n\n@app.old.f\ndef g(a=app.old.X): ...\n\n\n"
        "class A(app.old.f(object)):\n    q = app.old.X\n\n"
        "    def m(self): return [app.old.X for _ in app.old.f([1])]\n\n\n"
        "if (z := app.old.Y): app.old.X = 3\n",
        "import app.new\n\n\n@app.new.f\ndef g(a=app.new.X): ...\n\n\n"
        "class A(app.new.f(object)):\n    q = app.new.X\n\n"
        "    def m(self): return [app.new.X for _ in app.new.f([1])]\n\n\n"
        "if (z := app.new.Y): app.new.X = 3\n",
    ),
    "every kind of expression": moved(
        "import app.old\n\nf = lambda x=app.old.X, *a, y=app.old.Y, **k: app.old.f(x)\n"
        "print({**{'a': app.old.X}}, app.old.f(app.old.f)(3), -app.old.X, not app.old.X)\n"
        "async def g(): await app.old.f()\ndef h(): yield app.old.X.real\n"
        "assert app.old.X, app.old.Y\ndel app.old.X\napp.old.Y += 1\n",
        "import app.new\n\nf = lambda x=app.new.X, *a, y=app.new.Y, **k: app.new.f(x)\n"
        "print({**{'a': app.new.X}}, app.new.f(app.new.f)(3), -app.new.X, not app.new.X)\n"
        "async def g(): await app.new.f()\ndef h(): yield app.new.X.real\n"
        "assert app.new.X, app.new.Y\ndel app.new.X\napp.new.Y += 1\n",
    ),
    "every place that can be assigned to, matched or caught": moved(
        "import app.old\ntry: pass\nexcept app.old.X: pass\n"
        "with open(__file__) as app.old.h: pass\nfor app.old.i in [1]: pass\n"
        "app.old.Z[0] = app.old.Z[1:app.old.X]\n(app.old.q, b) = 1, 2\n"
        "[app.old.r, *app.old.s] = 1, 2\nprint([1 for app.old.k in [1]], *app.old.Z)\n"
        "class A(object, metaclass=app.old.f(type)): x: app.old.f = app.old.X.real.imag\n"
        "match [1]:\n    case [app.old.X, *_]: pass\n",
        "import app.new\ntry: pass\nexcept app.new.X: pass\n"
        "with open(__file__) as app.new.h: pass\nfor app.new.i in [1]: pass\n"
        "app.new.Z[0] = app.new.Z[1:app.new.X]\n(app.new.q, b) = 1, 2\n"
        "[app.new.r, *app.new.s] = 1, 2\nprint([1 for app.new.k in [1]], *app.new.Z)\n"
        "class A(object, metaclass=app.new.f(type)): x: app.new.f = app.new.X.real.imag\n"
        "match [1]:\n    case [app.new.X, *_]: pass\n",
    ),
    "in coroutines and generators": moved(
        "import app.old\n\n\nasync def g():\n    async with app.old.f() as x: pass\n"
        "    async for i in app.old.f(): yield app.old.X\n\n\ndef h():\n"
        "    yield from app.old.Z\n    raise app.old.X from app.old.Y\n",
        "import app.new\n\n\nasync def g():\n    async with app.new.f() as x: pass\n"
        "    async for i in app.new.f(): yield app.new.X\n\n\ndef h():\n"
        "    yield from app.new.Z\n    raise app.new.X from app.new.Y\n",
    ),
    "a use that is suppressed follows its import": moved(
        "import app.old\n\nprint(app.old.X)  # noqa: IMC201\n",
        "import app.new\n\nprint(app.new.X)  # noqa: IMC201\n",
    ),
    "an import that is suppressed stays": moved(
        "import app.old  # noqa: IMC201\n\nprint(app.old.X)  # noqa: IMC201\n",
    ),
    "f-strings": moved(
        "import app.old\nd = {'a': 1}\n"
        "print(f'{app.old.X} {app.old.X!r:>{app.old.Y}} app.old.X {{app.old.X}}')\n"
        "print(f\"{app.old.f({'a': app.old.X}['a'])} {d['a']}\" f'{f\"{app.old.X}\"}')\n"
        "print(f'''\n{app.old.X} é {app.old.X}\n  {app.old.Y}''')\n",
        "import app.new\nd = {'a': 1}\n"
        "print(f'{app.new.X} {app.new.X!r:>{app.new.Y}} app.old.X {{app.old.X}}')\n"
        "print(f\"{app.new.f({'a': app.new.X}['a'])} {d['a']}\" f'{f\"{app.new.X}\"}')\n"
        "print(f'''\n{app.new.X} é {app.new.X}\n  {app.new.Y}''')\n",
    ),
    "annotations in strings": moved(
        "import typing\nimport app.old\n\nx = typing.cast('app.old.X', 1)\n"
        "y: 'typing.List[\"app.old.X\"]'\nz: typing.Optional['app.old.X']\n",
        "import typing\nimport app.new\n\nx = typing.cast('app.new.X', 1)\n"
        "y: 'typing.List[\"app.new.X\"]'\nz: typing.Optional['app.new.X']\n",
    ),
    "annotations that are never evaluated": moved(
        "from __future__ import annotations\n\nimport app.old\n\n\n"
        "def f(x: app.old.X) -> app.old.Y: ...\n",
        "from __future__ import annotations\n\nimport app.new\n\n\n"
        "def f(x: app.new.X) -> app.new.Y: ...\n",
    ),
    "a parameter of the root's name is something else": moved(
        "import app.old\n\n\ndef f(app):\n    return app.old.X\n\n\nprint(app.old.X)\n",
        "import app.new\n\n\ndef f(app):\n    return app.old.X\n\n\nprint(app.new.X)\n",
    ),
    "a local variable of the root's name is something else": moved(
        "import app.old\n\n\ndef f():\n    app = 3\n    return app\n\n\nprint(app.old.X)\n",
        "import app.new\n\n\ndef f():\n    app = 3\n    return app\n\n\nprint(app.new.X)\n",
    ),
    "an attribute of the module's name is something else": moved(
        "import app.old\nfrom app import new as n\nn.old = n.app = n\nprint(app.old.X, n.old.X)\n",
        "import app.new\nfrom app import new as n\nn.old = n.app = n\nprint(app.new.X, n.old.X)\n",
    ),
    "a name declared global": moved(
        "def f():\n    global app\n    import app.old\n\n\nf()\nprint(app.old.X)\n",
        "def f():\n    global app\n    import app.new\n\n\nf()\nprint(app.new.X)\n",
    ),
    "chains over several lines": moved(
        "import app.old\nprint((app.old\n    .X))\nprint(app.old.f(\n    app.old.Y))\n",
        "import app.new\nprint((app.new\n    .X))\nprint(app.new.f(\n    app.new.Y))\n",
    ),
    "what the old path shares with others stays usable": case(
        {
            "app/old/__init__.py": "def g(): return 5\n",
            "app/old/m.py": "X = 1\n",
            "app/new/__init__.py": "",
            "app/new/m.py": "X = 1\n",
            FILE: "import app.old\nimport app.old.m\nprint(app.old.m.X, app.old.g())\n",
        },
        {FILE: "import app.old\nimport app.new.m\nprint(app.new.m.X, app.old.g())\n"},
        moves("app.old.m => app.new.m"),
    ),
    "a root keeps its name": top(
        "import old\n\nprint(old.f(2), f'{old.X}')\nx = old\n",
        "import pkg.mod as old\n\nprint(old.f(2), f'{old.X}')\nx = old\n",
    ),
    "a root whose new path ends in its name": case(
        {
            "old/__init__.py": "from pkg.old import *\n",
            "pkg/old.py": "X = 1\n",
            FILE: "import old\n",
        },
        {FILE: "from pkg import old\n"},
        moves("old => pkg.old"),
        packages=_PACKAGES,
    ),
    "a root that is deleted, exported or bound again keeps its name": top(
        "import old\n\n__all__ = ['old']\ndel old\nold = 3\n",
        "import pkg.mod as old\n\n__all__ = ['old']\ndel old\nold = 3\n",
    ),
    "a root in a fallback keeps its name": top(
        "try:\n    import old\nexcept ImportError:\n    old = None\n",
        "try:\n    import pkg.mod as old\nexcept ImportError:\n    old = None\n",
    ),
    "a root in a class is an attribute, and keeps its name": top(
        "class A:\n    import old\n    x = old.f(2)\n\n\nprint(A.old.X)\n",
        "class A:\n    import pkg.mod as old\n    x = old.f(2)\n\n\nprint(A.old.X)\n",
    ),
    "a root that is nonlocal or global keeps its name": top(
        "def g():\n    import old\n\n    def h():\n        nonlocal old\n        old = 3\n\n\n"
        "def k():\n    global old\n    import old\n",
        "def g():\n    import pkg.mod as old\n\n    def h():\n        nonlocal old\n"
        "        old = 3\n\n\ndef k():\n    global old\n    import pkg.mod as old\n",
    ),
    "a root that other files take by attribute or star keeps its name": case(
        {
            **TOP,
            FILE: "import old\nprint(old.f(2))\n",
            "app/b.py": "import app.a\nprint(app.a.old.f(2))\n",
            "app/c.py": "from app.a import *\nprint(old.f(2))\n",
        },
        {FILE: "import pkg.mod as old\nprint(old.f(2))\n"},
        moves("old => pkg.mod"),
        packages=("app", "old", "pkg"),
    ),
    "another root: the uses follow": below(
        "import old.sub\n\nprint(old.sub.f(2), [old.sub.X for _ in old.sub.f([])])\n",
        "import pkg.mod\n\nprint(pkg.mod.f(2), [pkg.mod.X for _ in pkg.mod.f([])])\n",
    ),
    "another root in f-strings": below(
        "import old.sub\n\n"
        "print(f'{old.sub.f(2)} {old.sub.f(3)!r:>{old.sub.X}} old.sub {old.sub.X}' 'old.sub')\n",
        "import pkg.mod\n\n"
        "print(f'{pkg.mod.f(2)} {pkg.mod.f(3)!r:>{pkg.mod.X}} old.sub {pkg.mod.X}' 'old.sub')\n",
    ),
    "another root that is imported already": below(
        "import old.sub\nimport pkg.more\n\nprint(old.sub.f(2), pkg.more)\n",
        "import pkg.mod\nimport pkg.more\n\nprint(pkg.mod.f(2), pkg.more)\n",
    ),
    "another root, in functions": below(
        "def g():\n    import old.sub\n    return old.sub.f(2)\n\n\n"
        "def h():\n    import old.sub\n    return old.sub.f(3)\n",
        "def g():\n    import pkg.mod\n    return pkg.mod.f(2)\n\n\n"
        "def h():\n    import pkg.mod\n    return pkg.mod.f(3)\n",
    ),
    "the new root is a local variable": below(
        "import old.sub\n\n\ndef g():\n    pkg = 3\n    return old.sub.f(pkg)\n",
        "import pkg.mod as pkg_mod\n\n\ndef g():\n    pkg = 3\n    return pkg_mod.f(pkg)\n",
    ),
    "the new root is a parameter": below(
        "import old.sub\n\n\ndef g(pkg=4): return old.sub.f(pkg)\n",
        "import pkg.mod as pkg_mod\n\n\ndef g(pkg=4): return pkg_mod.f(pkg)\n",
    ),
    "the new root is a target of a comprehension": below(
        "import old.sub\n\nprint([old.sub.f(pkg) for pkg in (1, 2)])\n",
        "import pkg.mod as pkg_mod\n\nprint([pkg_mod.f(pkg) for pkg in (1, 2)])\n",
    ),
    "the new root is the name of an exception": below(
        "import old.sub\n\ntry:\n    1 / 0\nexcept Exception as pkg:\n    print(old.sub.f(2))\n",
        "import pkg.mod as pkg_mod\n\ntry:\n    1 / 0\nexcept Exception as pkg:\n"
        "    print(pkg_mod.f(2))\n",
    ),
    "the new root is a capture, and the old path a pattern": below(
        "import old.sub\n\nmatch 3:\n    case old.sub.X: pass\n"
        "    case pkg: print(old.sub.f(pkg))\n",
        "import pkg.mod as pkg_mod\n\nmatch 3:\n    case pkg_mod.X: pass\n"
        "    case pkg: print(pkg_mod.f(pkg))\n",
    ),
    "the new root is another import": below(
        "import old.sub\nfrom os import path as pkg\n\nprint(old.sub.f(2), pkg)\n",
        "import pkg.mod as pkg_mod\nfrom os import path as pkg\n\nprint(pkg_mod.f(2), pkg)\n",
    ),
    "names by attribute": renamed(
        "import app.mod\nimport app.mod as m\nfrom app import mod\n\n"
        "print(app.mod.Old, m.Old, mod.Old, app.mod.Other)\n",
        "import app.mod\nimport app.mod as m\nfrom app import mod\n\n"
        "print(app.mod.New, m.New, mod.New, app.mod.Other)\n",
    ),
    "names by attribute of another module": named(
        "import app.mod\n\nprint(app.mod.Old, app.mod.Other)\n",
        "import app.mod\nimport app.two\n\nprint(app.two.Two, app.mod.Other)\n",
    ),
    "names by attribute of another module, from the package": named(
        "def f():\n    from app import mod\n    return mod.Old, mod.Other\n",
        "def f():\n    from app import mod, two\n    return two.Two, mod.Other\n",
    ),
    "in a class whose import stays": case(
        {**BELOW, FILE: "class A:\n  import old.sub\n  v = old.sub.X\nimport old.sub\n"},
        {FILE: "class A:\n  import old.sub\n  import pkg.mod\n  v = pkg.mod.X\nimport pkg.mod\n"},
        _MOVED_BELOW,
        refused={
            f"{FILE}:2:10: IMC201 'old.sub' is deprecated; use 'pkg.mod'": (
                "the file uses the name 'old' by itself"
            )
        },
        packages=_PACKAGES,
    ),
    "names by attribute, before and beside the import": named(
        "def f():\n    return app.mod.Old\n\n\nimport app.mod\n\n\ndef g():\n    import app.mod\n"
        "    return app.mod.Old\n",
        "def f():\n    return app.two.Two\n\n\nimport app.mod\nimport app.two\n\n\n"
        "def g():\n    import app.mod\n    import app.two\n    return app.two.Two\n",
    ),
    "names by attribute that are assigned to": named(
        "import app.mod\n\napp.mod.Old = 5\n",
        "import app.mod\nimport app.two\n\napp.two.Two = 5\n",
    ),
    "names by attribute of a module whose name is taken": named(
        "from app import mod\n\ntwo = 3\nprint(mod.Old, two)\n",
        "import app.two as app_two\nfrom app import mod\n\ntwo = 3\nprint(app_two.Two, two)\n",
    ),
}

NAMED: Mapping[str, FixCase] = {
    "a name keeps its local name": renamed(
        "from app.mod import Old\n\nprint(Old)\n", "from app.mod import New as Old\n\nprint(Old)\n"
    ),
    "a name under another name": renamed(
        "from app.mod import Old as O\n", "from app.mod import New as O\n"
    ),
    "a name among others of its module": renamed(
        "def f():\n  from app.mod import (Old, # old\n     Other)\n",
        "def f():\n  from app.mod import (New as Old, # old\n     Other)\n",
    ),
    "one name of several goes": named(
        "from app.mod import Old, Other\n",
        "from app.mod import Other\nfrom app.two import Two as Old\n",
    ),
    "one name of several goes, on one line with others": named(
        "x = 1; from app.mod import Old, Other; y = 2\nif x: from app.mod import Old, Third\n",
        "x = 1; from app.mod import Other; from app.two import Two as Old; y = 2\n"
        "if x: from app.mod import Third; from app.two import Two as Old\n",
    ),
    "two statements on one line": named(
        "from app.mod import Old, Other; from app.mod import Old as O, Third\n",
        "from app.mod import Other; from app.two import Two as Old; "
        "from app.mod import Third; from app.two import Two as O\n",
    ),
    "one name of several goes, before what is done if all fail": named(
        "try:\n    from app.mod import Old, Other\nexcept ImportError:\n    Old = Other = None\n",
        "try:\n    from app.mod import Other\n    from app.two import Two as Old\n"
        "except ImportError:\n    Old = Other = None\n",
    ),
    "one name of several goes, in a class": named(
        "class A:\n    from app.mod import Old, Other\n\n    x = Old\n",
        "class A:\n    from app.mod import Other\n    from app.two import Two as Old\n\n"
        "    x = Old\n",
    ),
    "one name of several goes, where nothing is sorted": named(
        "import os\nfrom app.mod import Other, Old  # isort: skip\n",
        "import os\nfrom app.mod import Other  # isort: skip\n"
        "from app.two import Two as Old  # isort: skip\n",
    ),
    "one name of several goes, and the comments at the brackets stay": named(
        "from app.mod import (\n    Old,\n    Other,\n    # end\n)  # behind\n",
        "from app.mod import (\n    Other,\n    # end\n)  # behind\n"
        "from app.two import Two as Old\n",
    ),
    "one name of several goes, after a shebang, a cookie and a docstring": named(
        "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n'''doc'''\n"
        "from app.mod import Old, Other\n",
        "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n'''doc'''\n"
        "from app.mod import Other\nfrom app.two import Two as Old\n",
    ),
    "one name of several goes, in a function with tabs": named(
        "def f():\n\tfrom app.mod import (\n\t\tOld,\n\t\tOther,\n\t\tNew\n\t)\n\treturn Old\n",
        "def f():\n\tfrom app.mod import (\n\t\tOther,\n\t\tNew\n\t)\n"
        "\tfrom app.two import Two as Old\n\treturn Old\n",
    ),
    "one name of several goes, with its `noqa`": named(
        "from app.mod import (\n    Old,  # noqa: F401\n    Other,  # keep\n)\n",
        "from app.mod import (\n    Other,  # keep\n)\n"
        "from app.two import Two as Old  # noqa: F401\n",
    ),
    "one name of several goes, the `noqa` of all of them too": named(
        "from app.mod import Old, Other  # noqa: F401\n",
        "from app.mod import Other  # noqa: F401\nfrom app.two import Two as Old  # noqa: F401\n",
    ),
    "one name of several goes, `type: ignore` too": named(
        "from app.mod import Old, Other  # type: ignore\n",
        "from app.mod import Other  # type: ignore\n"
        "from app.two import Two as Old  # type: ignore\n",
    ),
    "one name of several goes, the comment stays": named(
        "from app.mod import Old, Other  # the two\n",
        "from app.mod import Other  # the two\nfrom app.two import Two as Old\n",
    ),
    "one name of several goes, with the comments that are its own": named(
        "from app.mod import (  # hello\n    Other,  # the other\n    # about old\n"
        "    Old,  # the old\n)\n",
        "from app.mod import (  # hello\n    Other,  # the other\n)\n"
        "from app.two import (\n    # about old\n    Two as Old,  # the old\n)\n",
    ),
    "one name of several goes, into an import that is there": named(
        "from app.two import (\n    Second,\n)\nfrom app.mod import Old as Two, Other\n",
        "from app.two import (\n    Second,\n    Two,\n)\nfrom app.mod import Other\n",
    ),
    "several names go to one module": case(
        {**NAMES, FILE: "from app.mod import Old, Other as O, Third\n"},
        {FILE: "from app.mod import Third\nfrom app.two import Two as Old, Second as O\n"},
        moves("app.mod.Old => app.two.Two", "app.mod.Other => app.two.Second"),
    ),
    "all names go, each to another module": case(
        {**NAMES, "app/three.py": "Other = 1\n", FILE: "from app.mod import Old, Other\n"},
        {FILE: "from app.three import Other\nfrom app.two import Two as Old\n"},
        moves("app.mod.Old => app.two.Two", "app.mod => app.three"),
    ),
    "a module and names from a package": moved(
        "from app import (\n    new,  # n\n    old,  # o\n)\nprint(old.X)\n",
        "from app import (\n    new,  # n\n    new as old,  # o\n)\nprint(old.X)\n",
    ),
    "`__all__` names what is bound": named(
        "from app.mod import Old\n\n__all__ = ['Old']\n",
        "from app.two import Two as Old\n\n__all__ = ['Old']\n",
    ),
    "strings": named(
        "from unittest.mock import patch\n\n\n@patch('app.mod.Old')\ndef f(x): ...\n\n\n"
        "@patch(\"app.mod.Old.real\", 1)\ndef g(): ...\n\n\n@patch(r'''app.mod.Old''')\n"
        "def h(x): ...\n\n\n@patch('app.mod.Other')\ndef i(x): ...\n",
        "from unittest.mock import patch\n\n\n@patch('app.two.Two')\ndef f(x): ...\n\n\n"
        "@patch(\"app.two.Two.real\", 1)\ndef g(): ...\n\n\n@patch(r'''app.two.Two''')\n"
        "def h(x): ...\n\n\n@patch('app.mod.Other')\ndef i(x): ...\n",
    ),
    "strings of import_module": moved(
        "import importlib\n\nm = importlib.import_module('app.old')\nk = __import__('app.old')\n",
        "import importlib\n\nm = importlib.import_module('app.new')\nk = __import__('app.new')\n",
    ),
}

MERGED: Mapping[str, FixCase] = {
    "into the import of the new module": moved(
        "from app.new import Z\nfrom app.old import X, Y\n", "from app.new import X, Y, Z\n"
    ),
    "into one in brackets, in its place": moved(
        "from app.new import (\n    X,\n    Z,\n)\nfrom app.old import Y\n",
        "from app.new import (\n    X,\n    Y,\n    Z,\n)\n",
    ),
    "what is imported already is imported once": moved(
        "import app.new\nimport app.old\n\nprint(app.old.X, app.new.Y)\n",
        "import app.new\n\nprint(app.new.X, app.new.Y)\n",
    ),
    "not into one with a comment": moved(
        "from app.new import X  # noqa: F401\nfrom app.old import Y\n",
        "from app.new import X  # noqa: F401\nfrom app.new import Y\n",
    ),
    "not with a comment of its own": moved(
        "import os, sys\nfrom app.new import X\nfrom app.old import Y  # why\n",
        "import os, sys\nfrom app.new import X\nfrom app.new import Y  # why\n",
    ),
    "not out of a function": moved(
        "from app.new import X\n\n\ndef f():\n    from app.old import Y\n    return Y\n",
        "from app.new import X\n\n\ndef f():\n    from app.new import Y\n    return Y\n",
    ),
    "not past another import of the same name": case(
        {
            **SHIM,
            "app/other.py": "Y = 2\n",
            FILE: "from app.new import X\nfrom app.other import Y\nfrom app.old import Y\n",
        },
        {FILE: "from app.new import X\nfrom app.other import Y\nfrom app.new import Y\n"},
        MOVED,
    ),
    "not past another import of the same name, downwards": case(
        {
            **SHIM,
            "app/other.py": "Y = 2\n",
            FILE: "from app.old import Y\nfrom app.other import Y\nfrom app.new import X\n",
        },
        {FILE: "from app.new import Y\nfrom app.other import Y\nfrom app.new import X\n"},
        MOVED,
    ),
    "not where each name has a statement of its own": moved(
        "from app.new import X\nfrom app.new import Y\nfrom app.old import Z\n",
        "from app.new import X\nfrom app.new import Y\nfrom app.new import Z\n",
    ),
    "not past what is done in between": moved(
        "from app.new import X\n\nX.real\n\nfrom app.old import Y\n",
        "from app.new import X\n\nX.real\n\nfrom app.new import Y\n",
    ),
}

_LONG = "app.a_module_with_a_rather_long_name"
_IN_A_GRID = f"from {_LONG} import (first_of_the_names,\n{' ' * 50}second_of_those_names)\n"
_ON_ONE_LINE = f"from {_LONG} import first_of_the_names, second_of_those_names\n"
_A_LINE_EACH = f"from {_LONG} import (\n    first_of_the_names,\n    second_of_those_names,\n)\n"


def lengthened(beside: str, after: str, *, is_sorted: bool = True) -> FixCase:
    """Return the case of an import that grows too long, beside other imports."""
    before = "from app.old import first_of_the_names, second_of_those_names\n"
    return case(
        {
            f"{_LONG.replace('.', '/')}.py": "first_of_the_names = second_of_those_names = 1\n",
            "app/mod.py": "first_of_many = second_of_many = third_of_many = 1\n"
            "what_else_there_is = 2\n",
            FILE: beside + before,
        },
        {FILE: after + beside if is_sorted else beside + after},
        moves(f"app.old => {_LONG}"),
    )


SORTED: Mapping[str, FixCase] = {
    "as isort sorts": case(
        {
            "app/ant.py": "X = 1\n",
            "app/m.py": "Q = 1\n",
            FILE: "import os\n\nfrom app.m import Q\nfrom app.zoo import X\n",
        },
        {FILE: "import os\n\nfrom app.ant import X\nfrom app.m import Q\n"},
        moves("app.zoo => app.ant"),
    ),
    "what is not sorted is not sorted then": case(
        {
            "app/zoo.py": "X = Q = 1\n",
            FILE: "from app.old import X as W\nimport os\nfrom app.m import Q\n",
            "app/m.py": "Q = 1\n",
        },
        {FILE: "from app.zoo import X as W\nimport os\nfrom app.m import Q\n"},
        moves("app.old => app.zoo"),
    ),
    "lines too long for isort": lengthened("", _IN_A_GRID),
    "lines too long for Black, in a text that is sorted as it sorts": lengthened(
        "from app.mod import (\n    first_of_many,\n    second_of_many,\n    third_of_many,\n"
        "    what_else_there_is,\n)\n",
        _A_LINE_EACH,
    ),
    "lines too long, in a text that is not sorted, are not broken": lengthened(
        "from app.mod import second_of_many, first_of_many\n", _ON_ONE_LINE, is_sorted=False
    ),
}

BYTES: Mapping[str, FixCase] = {
    "CRLF": moved(
        b"import app.old\r\n\r\nprint(app.old.X)\r\n", b"import app.new\r\n\r\nprint(app.new.X)\r\n"
    ),
    "CR": moved(b"import app.old\r\rprint(app.old.X)\r", b"import app.new\r\rprint(app.new.X)\r"),
    "CRLF in a statement that is split": named(
        b"from app.mod import Old, Other\r\nx = 1\r\n",
        b"from app.mod import Other\r\nfrom app.two import Two as Old\r\nx = 1\r\n",
    ),
    "mixed line ends": moved(
        b"x = 1\r\nfrom app.old import X\ny = '''\r\n\n'''\rz = X\r\n",
        b"x = 1\r\nfrom app.new import X\ny = '''\r\n\n'''\rz = X\r\n",
    ),
    "no newline at the end": moved(b"from app.old import X", b"from app.new import X"),
    "a comment and no newline at the end": moved(
        b"from app.old import X  # last", b"from app.new import X  # last"
    ),
    "a byte order mark": moved(
        b"\xef\xbb\xbffrom app.old import X\n", b"\xef\xbb\xbffrom app.new import X\n"
    ),
    "a byte order mark and CRLF": moved(
        b"\xef\xbb\xbf'''\xc3\xa9'''\r\nfrom app.old import X",
        b"\xef\xbb\xbf'''\xc3\xa9'''\r\nfrom app.new import X",
    ),
    "Latin-1": moved(
        b"# -*- coding: latin-1 -*-\r\nx = '\xe9'; from app.old import X  # \xfc\r\n",
        b"# -*- coding: latin-1 -*-\r\nx = '\xe9'; from app.new import X  # \xfc\r\n",
    ),
    "Shift JIS": moved(
        b"# coding: shift_jis\nx = '\x95\\'; from app.old import X\n",
        b"# coding: shift_jis\nx = '\x95\\'; from app.new import X\n",
    ),
    "form feeds and what else ends no line": moved(
        "import os\n\f\nfrom app.old import X\n\fx = '\u2028 \x85'; import app.old\n\f\n",
        "import os\n\f\nfrom app.new import X\n\fx = '\u2028 \x85'; import app.new\n\f\n",
    ),
    "blanks at the ends of lines": moved(
        "from app.old import X   \nimport app.old\t# c \n   \n\n\n",
        "from app.new import X   \nimport app.new\t# c \n   \n\n\n",
    ),
    "characters of several bytes before it": moved(
        'é = "ü€🙂"; import app.old; größe = app.old.X, "€", app.old.Y\n',
        'é = "ü€🙂"; import app.new; größe = app.new.X, "€", app.new.Y\n',
    ),
    "an encoding that cannot hold the new text": case(
        {"app/größe.py": "X = 1\n", FILE: b"# coding: ascii\nfrom app.old import X\n"},
        {},
        moves("app.old => app.größe"),
        refused={
            f"{FILE}:2:6: IMC201 'app.old' is deprecated; use 'app.größe'": (
                "the file's encoding cannot hold what is to be in it"
            )
        },
    ),
}

RELATIVE: Mapping[str, FixCase] = {
    "a module and names by one dot": relative(
        "from . import b\nfrom .b import x as z\nfrom . import b as c\nfrom .b import *\n",
        "from app import b\nfrom app.b import x as z\nfrom app import b as c\n"
        "from app.b import *\n",
    ),
    "however it is spelt": relative(
        "from . b import x\nfrom.b import x\nfrom .import b\nfrom . import(b)\n"
        "from . \\\n  b import x\nfrom . b \\\n import x\n",
        "from app.b import x\nfrom app.b import x\nfrom app import b\nfrom app import(b)\n"
        "from app.b import x\nfrom app.b \\\n import x\n",
    ),
    "in packages": case(
        {
            "app/b.py": "y = 1\n",
            "app/__init__.py": "from . import b\nfrom .b import y as z\n",
            "app/s/__init__.py": "from .. import b\nfrom .t import *\nfrom . import t\n",
            "app/s/t.py": "from ..b import y\n",
        },
        {
            "app/__init__.py": "from app import b\nfrom app.b import y as z\n",
            "app/s/__init__.py": "from app import b\nfrom app.s.t import *\nfrom app.s import t\n",
            "app/s/t.py": "from app.b import y\n",
        },
        ABSOLUTE,
    ),
    "in a package of tests": case(
        {
            "tests/unit/__init__.py": "",
            "tests/unit/test_a.py": "from . import helper\nfrom .helper import x\n",
            "tests/unit/helper.py": "x = 1\n",
        },
        {"tests/unit/test_a.py": "from unit import helper\nfrom unit.helper import x\n"},
        ABSOLUTE,
    ),
    "what climbs out stays": relative(
        "from ..y import z\n",
        left=(
            (
                f"{FILE}:1:6: IMC101 relative import '..y' climbs out of 'app'; "
                "write the absolute path"
            ),
        ),
    ),
    "what is suppressed stays": relative(
        "import os, sys\nfrom .b import x  # noqa: IMC101\nfrom .b import y\n",
        "import os, sys\nfrom .b import x  # noqa: IMC101\nfrom app.b import y\n",
    ),
    "what is relative and moved": case(
        {**SHIM, FILE: "from .old import X\nfrom . import old as o\nfrom . import new\n"},
        {FILE: "from app.new import X\nfrom app import new as o\nfrom app import new\n"},
        ABSOLUTE,
        MOVED,
    ),
}

CANONICAL: Mapping[str, FixCase] = {
    "a name from elsewhere": case(
        {
            "app/home.py": "thing = 1\n",
            "app/x.py": "from app.home import thing\n",
            FILE: "from unittest.mock import patch\n\nfrom app.x import thing\n\n\n"
            "@patch('app.x.thing')\ndef f(m): ...\n",
        },
        {
            FILE: "from unittest.mock import patch\n\nfrom app.home import thing\n\n\n"
            "@patch('app.home.thing')\ndef f(m): ...\n",
        },
        homes("thing => app.home"),
    ),
    "a name by attribute from elsewhere": case(
        {
            "app/home.py": "thing = 1\n",
            "app/x.py": "from app.home import thing\nother = 2\n",
            FILE: "import app.x\n\nprint(app.x.thing, app.x.other)\n",
        },
        {FILE: "import app.home\nimport app.x\n\nprint(app.home.thing, app.x.other)\n"},
        homes("thing => app.home"),
    ),
    "another definition of the name is left to its owner": case(
        {
            "app/home.py": "thing = 1\n",
            "app/x.py": "thing = 2\n",
            FILE: "from app.x import thing\n",
        },
        {},
        homes("thing => app.home"),
        left=(
            (
                f"{FILE}:1:19: IMC301 'app.x.thing' is another definition of a canonical name; "
                "use 'app.home.thing'"
            ),
        ),
    ),
    "re-exports": case(
        {
            "app/__init__.py": "from app.home import Thing\n",
            "app/home.py": "class Thing: ...\n",
            "app/x.py": "from app.home import Thing as Other\n",
            FILE: "from app import Thing as T\nfrom app.x import Other\n",
        },
        {FILE: "from app.home import Thing as Other\nfrom app.home import Thing as T\n"},
        Contract(type="canonical_imports", options="re_exports = forbid"),
    ),
    "a dependency beside its gateway is left to its owner": case(
        {"app/env.py": "import json\n", FILE: "import json\n"},
        {},
        Contract(type="canonical_imports", options="gateways = json => app.env"),
        left=(f"{FILE}:1:8: IMC302 'json' is used outside its gateway; go through 'app.env'",),
    ),
    "moved to what is not canonical": case(
        {
            "app/c.py": "X = 1\n",
            "app/two.py": "from app.c import X\n",
            FILE: "from app.old import X\n",
        },
        {FILE: "from app.c import X\n"},
        moves("app.old => app.two"),
        homes("X => app.c"),
    ),
}


GONE = 'old = "app.post"\nnew = "app.mail"'
RESOLVING = Contract(type="resolvable_imports", options="moves = moves.toml")


def resolved(
    before: Content, after: Content | None = None, refused: Mapping[str, str] | None = None
) -> FixCase:
    """Return the case of `app/a.py` where `app.post` is gone, and so is `app.mail.Gone`."""
    return case(
        {
            "app/mail.py": "X = Y = 1\n\n\ndef send(): ...\n",
            "app/two.py": "There = 1\n",
            "moves.toml": f"[[moves]]\n{GONE}\n"
            '[[moves]]\nold = "app.mail.Gone"\nnew = "app.two.There"\n',
            FILE: before,
        },
        {} if after is None else {FILE: after},
        RESOLVING,
        refused=refused,
    )


_POST = "there is no module 'app.post'; it is now 'app.mail' (moves.toml:2)"

RESOLVED: Mapping[str, FixCase] = {
    "a module that is gone, and where it went": resolved(
        "import app.post\nfrom app import post\nfrom app.post import X, Y as W\n\n"
        "print(app.post.X, post.Y)\n",
        "import app.mail\nfrom app import mail as post\nfrom app.mail import X, Y as W\n\n"
        "print(app.mail.X, post.Y)\n",
    ),
    "by relative imports": resolved(
        "from . import post\nfrom .post import X\n",
        "from app import mail as post\nfrom app.mail import X\n",
    ),
    "a name that is gone, and where it went": resolved(
        "from app.mail import X, Gone\n",
        "from app.mail import X\nfrom app.two import There as Gone\n",
    ),
    "strings": resolved(
        "from unittest.mock import patch\n\npatch('app.post.send')\npatch('app.mail.Gone')\n",
        "from unittest.mock import patch\n\npatch('app.mail.send')\npatch('app.two.There')\n",
    ),
    "names that went nowhere": resolved(
        "from app.post import X, Nope\n",
        None,
        {
            f"{FILE}:1:6: IMC401 {_POST}": (
                f"it would lead to: {FILE}:1:25: IMC402 'app.mail' has no name 'Nope'; "
                "restore it, or remove the import"
            )
        },
    ),
    "a star import of what is gone": resolved(
        "from app.post import *\n",
        None,
        {f"{FILE}:1:6: IMC401 {_POST}": "it cannot be told which names the star import brings"},
    ),
}


def _leads_to(what: str) -> str:
    return f"it would lead to: {what}"


REFUSED: Mapping[str, FixCase] = {
    "a string put together": moved(
        "import importlib\n\nimportlib.import_module('app.' + 'old')\n"
        "importlib.import_module('app' '.old')\nimportlib.import_module('.old', 'app')\n",
        None,
        {
            f"{FILE}:{place}: IMC203 'app.old' is deprecated; use 'app.new'": COMPOSED
            for place in ("3:25", "4:25", "5:25")
        },
    ),
    "a comment amid a dotted path": moved(
        "import app.old\n\nprint((app  # c\n   .old.X))\n",
        None,
        {
            module_stays("1:8"): "the use on line 3 is written in an unusual way",
            module_stays("3:8"): "the use on line 3 is written in an unusual way",
        },
    ),
    "a star import whose names cannot be told": case(
        {
            "app/new.py": "X = 1\n",
            "app/old.py": "from os import *\n",
            FILE: "from app.old import *\n",
        },
        {},
        MOVED,
        refused={
            module_stays("1:6"): "it cannot be told which names the star import brings",
        },
    ),
    "a star import that brings less": case(
        {
            "app/new.py": "X = 1\n",
            "app/old.py": "X = Y = 1\n",
            FILE: "from app.old import *\n",
        },
        {},
        MOVED,
        refused={module_stays("1:6"): "a star import of 'app.new' does not bring 'Y'"},
    ),
    "a star import that brings another name of the file": case(
        {
            "app/new.py": "X = Y = 1\n",
            "app/old.py": "X = 1\n",
            FILE: "from app.old import *\nY = 3\n",
        },
        {},
        MOVED,
        refused={module_stays("1:6"): "a star import of 'app.new' would also bring 'Y'"},
    ),
    "comments that could be anyone's": named(
        "from app.mod import (Other,  # other\n    Old)  # old\n",
        None,
        {name_stays("2:5"): ("comments stand among the names of the statement; split it by hand")},
    ),
    "a name that is missing at its new place": case(
        {"app/new.py": "X = 1\n", "app/old.py": "X = W = 1\n", FILE: "from app.old import X, W\n"},
        {},
        MOVED,
        refused={
            module_stays("1:6"): _leads_to(
                f"{FILE}:1:24: IMC402 'app.new' has no name 'W'; restore it, or remove the import"
            )
        },
    ),
    "a module that is missing": case(
        {"app/old.py": "X = 1\n", FILE: "from app.old import X\n"},
        {},
        MOVED,
        refused={
            module_stays("1:6"): _leads_to(
                f"{FILE}:1:6: IMC401 there is no module 'app.new'; use 'app.old.X'"
            )
        },
    ),
    "a string that would lead nowhere": case(
        {
            "app/new.py": "X = 1\n",
            "app/old.py": "X = W = 1\n",
            FILE: "def test(mocker):\n    mocker.patch('app.old.W')\n",
        },
        {},
        MOVED,
        refused={
            f"{FILE}:2:18: IMC203 'app.old.W' is deprecated; use 'app.new.W'": _leads_to(
                f"{FILE}:2:18: IMC404 there is no 'app.new.W'; restore it, or correct the string"
            )
        },
    ),
    "a package that is used beside the module that moves": case(
        {
            "app/old/__init__.py": "def g(): return 5\n",
            "app/old/m.py": "X = 1\n",
            "app/new/__init__.py": "",
            "app/new/m.py": "X = 1\n",
            FILE: "import app.old.m\n\nprint(app.old.g())\n",
        },
        {},
        moves("app.old.m => app.new.m"),
        refused={
            f"{FILE}:1:8: IMC201 'app.old.m' is deprecated; use 'app.new.m'": (
                "'app.old' is used, too, which the import loads"
            )
        },
    ),
    "a root that is used by itself": kept(
        "import old.sub\n\nx = old\n",
        "'old' is used by itself, and would not be bound any more",
    ),
    "a root that is deleted": kept(
        "import old.sub\n\ndel old\n", "the file uses the name 'old' by itself"
    ),
    "a root that is exported": kept(
        "import old.sub\n\n__all__ = ['old']\n", "the file uses the name 'old' by itself"
    ),
    "a root that is an attribute of a class": kept(
        "\n\n\n\nclass A:\n    import old.sub\n",
        "the file uses the name 'old' by itself",
        place="6:12",
    ),
    "a root that others import": kept(
        "import old.sub\n",
        _leads_to(
            "app/b.py:1:19: IMC402 'app.a' has no name 'old'; restore it, or remove the import"
        ),
        {"app/b.py": "from app.a import old\n"},
    ),
    "a root that others take by star": kept(
        "import old.sub\n",
        "other files may use 'old' of this one",
        {"app/b.py": "from app.a import *\n\nprint(old.sub.X)\n"},
    ),
    "a root that others take by attribute": kept(
        "import old.sub\n",
        "other files may use 'old' of this one",
        {"app/b.py": "import app.a\n\nprint(app.a.old.sub.X)\n"},
    ),
    "an attribute that is missing at its new place": case(
        {
            "app/new.py": "X = 1\n",
            "app/old.py": "X = W = 1\n",
            FILE: "from app import old\nimport app.old as o\n\nprint(old.W, o.X)\n",
        },
        {FILE: "from app import old\nimport app.new as o\n\nprint(old.W, o.X)\n"},
        MOVED,
        refused={module_stays("1:17"): "'app.new' has no 'W', which is used on line 4"},
    ),
    "a star import that brings more, which others take from it": case(
        {
            "app/new.py": "X = Y = 1\n",
            "app/old.py": "X = 1\n",
            FILE: "from app.old import *\n",
            "app/b.py": "Y = 7\nfrom app.a import *\n",
        },
        {},
        MOVED,
        refused={module_stays("1:6"): "a star import of 'app.new' would also bring 'Y'"},
    ),
    "layers": case(
        {
            "app/high.py": "X = 1\n",
            "app/low.py": "from app.old import X\n",
            "app/old.py": "X = 1\n",
            FILE: "from app.old import X\n",
        },
        {FILE: "from app.high import X\n"},
        moves("app.old => app.high"),
        Contract(type="layers", options="layers =\n    high\n    low\ncontainers =\n    app"),
        refused={
            "app/low.py:1:6: IMC201 'app.old' is deprecated; use 'app.high'": _leads_to(
                "app/low.py:1:6: IMC602 'app.low' is not allowed to import 'app.high'; move the "
                "code to a lower layer, or hand the value in from above"
            )
        },
    ),
    "a forbidden import for one that goes": case(
        {
            "app/bad.py": "Z = 1\n",
            "app/home.py": "Z = 1\n",
            "app/new.py": "X = 1\n",
            "app/old.py": "X = 1\n",
            FILE: "from app.bad import Z\nfrom app.old import X\n",
        },
        {},
        moves("app.old => app.new", "app.bad => app.home"),
        Contract(
            type="forbidden",
            options="source_modules = app.a\nforbidden_modules =\n    app.new\n    app.bad",
        ),
        refused={
            f"{FILE}:1:6: IMC201 'app.bad' is deprecated; use 'app.home'": _leads_to(
                f"{FILE}:2:6: IMC601 'app.a' is not allowed to import 'app.new'; remove the import"
            ),
            f"{FILE}:2:6: IMC201 'app.old' is deprecated; use 'app.new'": _leads_to(
                f"{FILE}:2:6: IMC601 'app.a' is not allowed to import 'app.new'; remove the import"
            ),
        },
        left=(f"{FILE}:1:6: IMC601 'app.a' is not allowed to import 'app.bad'; remove the import",),
    ),
    "a cycle": case(
        {
            "app/new.py": "import app.a\nX = 1\n",
            "app/old.py": "X = 1\n",
            FILE: "import app.old\n\n\ndef f(): return app.old.X\n",
        },
        {},
        MOVED,
        refused={
            module_stays(place): "it would close a cycle of imports by importing 'app.new'"
            for place in ("1:8", "4:17")
        },
    ),
    "a cycle in which a name is not there yet": case(
        {
            "app/new.py": "import app.a\nX = 1\n",
            "app/old.py": "X = 1\n",
            FILE: "from app.old import X\n",
        },
        {},
        MOVED,
        refused={module_stays("1:6"): _stops("app.new", f"{FILE}:1", "app.new.X")},
    ),
    "a harmless cycle that would become fatal": case(
        {
            "app/new.py": "import app.a\n\nX = 1\n",
            "app/old.py": "X = 1\n",
            FILE: "import app.new\nfrom app.old import X\n",
        },
        {},
        MOVED,
        refused={
            module_stays("2:6"): _stops("app.new", f"{FILE}:2", "app.new.X"),
        },
    ),
    "a cycle that is entered at its other end": case(
        {
            "app/data/__init__.py": "from app.data.accept import Accept\n"
            "from app.tools import items\n",
            "app/data/accept.py": "from app.tools import Base\n\n\nclass Accept(Base): pass\n",
            "app/data/mixins.py": "class Mixin: pass\n",
            "app/tools.py": "from app.data.mixins import Mixin\n\n\nclass Base(Mixin): pass\n\n\n"
            "def items(): return []\n",
            FILE: "from app.data import items\n\nprint(items())\n",
        },
        {},
        homes("items => app.tools"),
        refused={
            f"{FILE}:1:22: IMC301 'app.data.items' is not the canonical path; "
            "use 'app.tools.items'": _stops("app.a", "app/data/accept.py:1", "app.tools.Base")
        },
    ),
    "a use at call time that would become an import at load time": case(
        {
            "app/__init__.py": "from app import utils\nfrom app.core import *\n",
            "app/utils/__init__.py": "from app.utils.misc import *\nfrom app.utils.deco import *\n",
            "app/utils/misc.py": "import app as a\n\n__all__ = ['seed']\n\n\n"
            "def seed(): return a.size([])\n",
            "app/utils/deco.py": "from app.utils import seed\n\n__all__ = ['wrap']\n\n\n"
            "def wrap(function): return function\n",
            "app/core.py": "from app.utils.deco import wrap\n\n__all__ = ['size']\n\n\n"
            "@wrap\ndef size(items): return len(items)\n",
        },
        {},
        homes("size => app.core"),
        refused={
            "app/utils/misc.py:6:20: IMC301 'app.size' is not the canonical path; "
            "use 'app.core.size'": _stops("app", "app/utils/deco.py:1", "app.utils.seed")
        },
    ),
    "a package that is not installed for a module that is there": case(
        {"app/old.py": "X = 1\n", FILE: "from app.old import X\n"},
        {},
        moves("app.old => not_installed.lib"),
        refused={
            f"{FILE}:1:6: IMC201 'app.old' is deprecated; use 'not_installed.lib'": _leads_to(
                f"{FILE}:1:6: IMC406 'not_installed' is not installed; install it, or import it "
                "in a 'try' that does without it"
            )
        },
    ),
    "one file of several": case(
        {
            **BELOW,
            FILE: "import old.sub\n",
            "app/b.py": "from app.a import old\n",
            "app/c.py": "from old.sub import X\n",
            "app/d.py": "import old.sub as s\n",
        },
        {"app/c.py": "from pkg.mod import X\n", "app/d.py": "import pkg.mod as s\n"},
        _MOVED_BELOW,
        refused={
            f"{FILE}:1:8: IMC201 'old.sub' is deprecated; use 'pkg.mod'": _leads_to(
                "app/b.py:1:19: IMC402 'app.a' has no name 'old'; restore it, or remove the import"
            )
        },
        packages=_PACKAGES,
    ),
    "a cycle of two files that change": case(
        {
            "app/one.py": "X = 1\n",
            "app/two.py": "Y = 1\n",
            "app/p.py": "from app.one import X\n\nY = 1\n",
            "app/q.py": "from app.two import Y\n\nX = 1\n",
        },
        {},
        moves("app.one => app.q", "app.two => app.p"),
        refused={
            "app/p.py:1:6: IMC201 'app.one' is deprecated; use 'app.q'": (
                _stops("app.q", "app/p.py:1", "app.q.X")
            ),
            "app/q.py:1:6: IMC201 'app.two' is deprecated; use 'app.p'": (
                _stops("app.p", "app/q.py:1", "app.p.Y")
            ),
        },
    ),
}

CASES: Mapping[str, FixCase] = {
    f"{table}: {name}": item
    for table, cases in {
        "modules": MODULES,
        "uses": USES,
        "names": NAMED,
        "merged": MERGED,
        "sorted": SORTED,
        "bytes": BYTES,
        "relative": RELATIVE,
        "canonical": CANONICAL,
        "resolved": RESOLVED,
        "refused": REFUSED,
    }.items()
    for name, item in cases.items()
}
