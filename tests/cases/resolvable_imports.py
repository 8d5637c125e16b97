"""Cases of `resolvable_imports`: statements. Those of references are in `dead_references`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tests.cases.case import Case, Contract, lines

BASE: Mapping[str, str] = {
    "app/home.py": "thing = 1\n\n\nclass Thing: ...\n\n\ndef make(): ...\n",
    "app/pack/__init__.py": "from app.home import thing\n\nown = 1\n",
    "app/pack/part.py": "piece = 1\n",
    "app/space/inner.py": "deep = 1\n",
}
"""A module, a package that passes a name on, and a folder without `__init__.py`."""

RESORT = "restore it, or remove the import"
OR_ALL = "define it there, or take it out of __all__"
NO_MODULE = f"IMC401 there is no module 'app.gone'; {RESORT}"
NO_NAME = f"IMC402 'app.home' has no name 'gone'; {RESORT}"
HIDDEN_MODULE = f"IMC401 there is no module 'app.gone', which a fallback hides; {RESORT}"
HIDDEN_NAME = f"IMC402 'app.home' has no name 'gone', which a fallback hides; {RESORT}"
HIDDEN = "is behind a fallback, which hides its failures; import it without the fallback"
HIDES_HOME = f"IMC405 first-party import 'app.home' {HIDDEN}"
TAKEN = (
    "IMC405 'app.gone' does not exist, so the fallback is always taken; "
    "import what it falls back to, without 'try'"
)
INSTALLED = "third_party = installed"
NOWHERE = "linter_ext_nowhere"
"""A distribution that nobody installs."""
NOT_INSTALLED = (
    f"IMC406 '{NOWHERE}' is not installed; install it, or import it in a 'try' that does without it"
)


def asked(
    text: str, *expected: str, options: str = "", files: Mapping[str, str] | None = None
) -> Case:
    """Return the case of `app/a.py` with this text.

    Args:
        text:     what it says.
        expected: the violations, each as `line:column: CODE message`.
        options:  the contract's option lines.
        files:    further modules: path below `app`, without suffix → text.
    """
    further = {f"app/{path}.py": content for path, content in (files or {}).items()}
    return Case(
        files={**BASE, **further, "app/a.py": text},
        options=options,
        expected=tuple(f"app/a.py:{line}" for line in expected),
    )


def of_module(
    text: str, *expected: str, within: tuple[str, ...] = (), files: Mapping[str, str] | None = None
) -> Case:
    """Return the case of names asked of `app/mod.py` with this text.

    Args:
        text:     what it says.
        expected: what is asked of it, and what is said of that: `name: message`, or the name
                  alone.
        within:   what is said of the module itself, each as `line:column: CODE message`.
        files:    further modules: path below `app`, without suffix → text.
    """
    questions = [item.partition(": ") for item in expected]
    statements = "".join(f"from app.mod import {name}\n" for name, _, _ in questions)
    told = [
        f"{number}:21: IMC402 'app.mod' {message}"
        for number, (_, _, message) in enumerate(questions, start=1)
        if message
    ]
    case = asked(statements, *told, files={**(files or {}), "mod": text})
    return replace(case, expected=(*case.expected, *(f"app/mod.py:{line}" for line in within)))


MODULES: Mapping[str, Case] = {
    "modules that exist": asked(
        "import app, app.home, app.pack.part as p\nfrom app import home, pack, space, a\n"
        "from app.pack import part\nimport app.space.inner\nfrom . import home\n"
        "from .pack import part\nfrom .space import inner\nfrom .pack.part import piece\n"
    ),
    "a module that does not exist": asked("import app.gone\n", f"1:8: {NO_MODULE}"),
    "a module below one that does not exist": asked("import app.gone.deep\n", f"1:8: {NO_MODULE}"),
    "one of several modules": asked("import app.home, app.gone as g\n", f"1:18: {NO_MODULE}"),
    "names from a module that does not exist are one violation": asked(
        "from app.gone import a, b, c\n", f"1:6: {NO_MODULE}"
    ),
    "a star import from a module that does not exist": asked(
        "from app.gone import *\n", f"1:6: {NO_MODULE}"
    ),
    "each statement is one violation": asked(
        "import app.gone; import app.gone\nfrom app.gone import a\n",
        f"1:8: {NO_MODULE}",
        f"1:25: {NO_MODULE}",
        f"2:6: {NO_MODULE}",
    ),
    "relative imports of what does not exist": asked(
        "from .gone import x\nfrom . import gone, home\nfrom .pack import gone\n",
        f"1:6: {NO_MODULE}",
        f"2:15: IMC402 'app' has no name 'gone'; {RESORT}",
        f"3:19: IMC402 'app.pack' has no name 'gone'; {RESORT}",
    ),
    "relative imports of what is above": Case(
        files={
            **BASE,
            "app/pack/b.py": "from .. import home\nfrom ..home import thing, gone\n"
            "from ..gone import x\n",
        },
        expected=(f"app/pack/b.py:2:27: {NO_NAME}", f"app/pack/b.py:3:6: {NO_MODULE}"),
    ),
    "relative imports that climb out": asked(
        "from .. import x\nfrom ..app import y\n",
        "1:6: IMC401 relative import '..' climbs out of 'app'; write the absolute path",
        "2:6: IMC401 relative import '..app' climbs out of 'app'; write the absolute path",
    ),
    "statements over many lines": asked(
        "from app.home import (\n    thing,\n    gone,  # comment\n)\nimport \\\n    app.gone\n"
        "from app.\\\n    gone import x\n",
        f"3:5: {NO_NAME}",
        f"6:5: {NO_MODULE}",
        f"7:6: {NO_MODULE}",
    ),
    "columns are characters": asked('"é🙂"; import app.gone\n', f"1:14: {NO_MODULE}"),
    "strings and comments are no imports": asked(
        '"""\nimport app.gone\n"""\n# import app.gone\nx = "import app.gone"\n'
    ),
    "imports in functions and classes": asked(
        "def f():\n    import app.gone\n\n\nclass C:\n    from app.home import gone\n",
        f"2:12: {NO_MODULE}",
        f"6:26: {NO_NAME}",
    ),
    "imports on the line of a block": asked("if x: import app.gone\n", f"1:14: {NO_MODULE}"),
    "a folder without init is a package": asked(
        "from app.space import inner, gone\nimport app.space.gone\nimport app.space.inner.deep\n",
        f"1:30: IMC402 'app.space' has no name 'gone'; {RESORT}",
        f"2:8: IMC401 there is no module 'app.space.gone'; {RESORT}",
        "3:8: IMC403 'app.space.inner' is a module, not a package, so there is no "
        "'app.space.inner.deep'; write 'from app.space.inner import deep'",
    ),
    "a submodule of a file": asked(
        "import app.home.sub\nfrom app.home.sub.deep import x, y\n",
        "1:8: IMC403 'app.home' is a module, not a package, so there is no 'app.home.sub'; "
        f"{RESORT}",
        "2:6: IMC403 'app.home' is a module, not a package, so there is no 'app.home.sub.deep'; "
        f"{RESORT}",
    ),
    "a submodule of a file that is a name": asked(
        "import app.home.thing\nfrom app.home.Thing import x\n",
        "1:8: IMC403 'app.home' is a module, not a package, so there is no 'app.home.thing'; "
        "write 'from app.home import thing'",
        "2:6: IMC403 'app.home' is a module, not a package, so there is no 'app.home.Thing'; "
        "write 'from app.home import Thing'",
    ),
    "a submodule of a package that is a name": asked(
        "import app.pack.own\n",
        "1:8: IMC401 there is no module 'app.pack.own'; it is a name; "
        "write 'from app.pack import own'",
    ),
    "a package goes before a module of its name": asked(
        "from app.twin import inside, beside\n",
        f"1:30: IMC402 'app.twin' has no name 'beside'; {RESORT}",
        files={"twin": "beside, _ = 1, 2\n", "twin/__init__": "inside = 1\n"},
    ),
    "a module goes before a folder of its name": asked(
        "from app.twin import beside\nimport app.twin.inner\n",
        "2:8: IMC403 'app.twin' is a module, not a package, so there is no 'app.twin.inner'; "
        f"{RESORT}",
        files={"twin": "beside = 1\n", "twin/inner": ""},
    ),
    "several root packages": Case(
        files={
            "lib/core.py": "x = 1\n",
            "app/a.py": "from lib.core import x, y\nfrom lib import core, gone\n"
            "import lib.core.x\n",
            "lib/b.py": "import app.a, app.gone\n",
        },
        packages=("app", "lib"),
        expected=(
            f"app/a.py:1:25: IMC402 'lib.core' has no name 'y'; {RESORT}",
            f"app/a.py:2:23: IMC402 'lib' has no name 'gone'; {RESORT}",
            (
                "app/a.py:3:8: IMC403 'lib.core' is a module, not a package, so there is no "
                "'lib.core.x'; write 'from lib.core import x'"
            ),
            f"lib/b.py:1:15: {NO_MODULE}",
        ),
    ),
    "root packages in a folder of their own": Case(
        files={"src/app/a.py": "import app.a, app.gone\nfrom . import a\n"},
        layout="src/",
        expected=(f"src/app/a.py:1:15: {NO_MODULE}",),
    ),
    "first-party modules that shadow the standard library": Case(
        files={
            "wsgiref/__init__.py": "own = 1\n",
            "app/a.py": "from wsgiref import own, util\nimport wsgiref.util\n",
        },
        packages=("app", "wsgiref"),
        expected=(
            f"app/a.py:1:26: IMC402 'wsgiref' has no name 'util'; {RESORT}",
            f"app/a.py:2:8: IMC401 there is no module 'wsgiref.util'; {RESORT}",
        ),
    ),
}

GONE = f"has no name 'gone'; {RESORT}"

NAMES: Mapping[str, Case] = {
    "names that exist": asked("from app.home import thing, Thing as T, make\n"),
    "a name that does not exist": asked("from app.home import gone\n", f"1:22: {NO_NAME}"),
    "each name that does not exist": asked(
        "from app.home import gone, thing, gone as g\n", f"1:22: {NO_NAME}", f"1:35: {NO_NAME}"
    ),
    "a name under another one": asked("from app.home import gone as thing\n", f"1:22: {NO_NAME}"),
    "names of a package": asked(
        "from app.pack import own, thing, part, gone\n",
        f"1:40: IMC402 'app.pack' {GONE}",
    ),
    "what every module has": asked(
        "from app.home import __name__, __doc__, __file__, __dict__\n"
        "from app.pack import __path__\n"
    ),
    "bound by statements of all kinds": of_module(
        "import os, os.path as p\nfrom json import loads as l\na, (b, *c) = [1, (2, 3)]\n"
        "d: int = 1\nd += 1\nasync def e(): ...\nfor f in (): ...\nwith open(a) as g: ...\n"
        "(h := 1)\nmatch a:\n    case [i, *_]: ...\n"
        "try: ...\nexcept E: j = 1\nif a: k = 1\nelse: m = 1\n",
        *["os", "p", "l", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "m"],
    ),
    "what binds nothing": of_module(
        "a: int\n[b for b in ()]\ndef f(c): d = 1\nclass C:\n    e = 1\n'g = 1'\nh.i = 1\n"
        "j[0] = 1\n",
        "f",
        *(
            f"{name}: has no name '{name}'; {RESORT}"
            for name in ["a", "b", "c", "d", "e", "g", "h", "i", "j"]
        ),
    ),
    "deleted names": of_module(
        "import os\nx = y = z = 1\ndel x, os\ndel (y)\ny = 2\nif y: del z\n",
        f"x: has no name 'x'; {RESORT}",
        f"os: has no name 'os'; {RESORT}",
        "y",
        "z",
    ),
    "bound for another Python or platform": of_module(
        "import sys\nif sys.version_info < (3,): old = 1\nif sys.platform == 'no': there = 1\n",
        "old",
        "there",
        f"gone: {GONE}",
    ),
    "global in a function": of_module("def f():\n    global x\n    x = 1\n", "x", f"gone: {GONE}"),
    "put into globals": of_module("globals()['x'] = 1\n", "x", f"gone: {GONE}"),
    "put into globals in a loop": of_module(
        "for name in 'xyz':\n    globals()[name] = 1\n", "x", "gone"
    ),
    "globals that are looked at": of_module(
        "globals().get('gone')\n'gone' in globals()\n'%(x)s' % globals()\n", f"gone: {GONE}"
    ),
    "exec": of_module("exec('x = 1')\n", "x"),
    "exec with a table of its own": of_module("exec('gone = 1', {})\n", f"gone: {GONE}"),
    "a module that replaces itself": of_module(
        "import sys\nsys.modules[__name__] = object()\n", "gone"
    ),
    "a module that looks at itself": of_module(
        "import sys\ngetattr(sys.modules[__name__], 'x', 1)\n", f"gone: {GONE}"
    ),
    "an attribute that the module sets on itself": of_module(
        "import sys\nsys.modules[__name__].x = 1\n", "x", f"gone: {GONE}"
    ),
    "an attribute that another file sets": of_module(
        "",
        "x",
        f"gone: {GONE}",
        files={"other": "from app import mod\n\nmod.x = 1\nmod.x.gone = 1\n"},
    ),
    "an attribute that another file sets by its name": of_module(
        "",
        "x",
        f"gone: {GONE}",
        files={"other": "from app import mod as m\n\nsetattr(m, 'x', 1)\n"},
    ),
    "attributes of names that a test may set": of_module(
        "", f"gone: {GONE}", files={"other": "def test(m):\n    m.setattr(mod, 'gone', 1)\n"}
    ),
}

TYPED = (
    "binds '{}' for type checkers only; "
    "import it under TYPE_CHECKING, or from the module that defines it"
)

TYPING: Mapping[str, Case] = {
    "bound for type checkers only": of_module(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from os import sep\n    x = 1\n"
        "else:\n    y = 1\n",
        f"sep: {TYPED.format('sep')}",
        f"x: {TYPED.format('x')}",
        "y",
    ),
    "bound for the run time only": of_module(
        "import typing as t\nif not t.TYPE_CHECKING:\n    x = 1\nelse:\n    y = 1\n",
        "x",
        f"y: {TYPED.format('y')}",
    ),
    "bound for both": of_module(
        "from typing import TYPE_CHECKING\nx = None\nif TYPE_CHECKING:\n    x = 1\n", "x"
    ),
    "starred for type checkers only": of_module(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app.home import *\n",
        f"thing: {TYPED.format('thing')}",
        f"gone: {GONE}",
    ),
    "asked for by type checkers": asked(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app.mod import x, y, gone\n",
        f"3:31: IMC402 'app.mod' {GONE}",
        files={"mod": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    x = 1\ny = 1\n"},
    ),
    "a module for type checkers only that does not exist": asked(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import app.gone\n",
        f"3:12: {NO_MODULE}",
    ),
}

CLOSED = "    raise AttributeError(name)\n"

LAZY: Mapping[str, Case] = {
    "getattr that answers for anything": of_module(
        "def __getattr__(name):\n    return name\n", "x", "gone"
    ),
    "getattr that compares": of_module(
        f"def __getattr__(name):\n    if name == 'x':\n        return 1\n{CLOSED}",
        "x",
        f"gone: {GONE}",
    ),
    "getattr that tests its argument otherwise": of_module(
        f"def __getattr__(name):\n    if name.isupper():\n        return 1\n{CLOSED}", "x", "gone"
    ),
    "getattr with a table": of_module(
        "_TABLE = {'x': 1}\n\n\ndef __getattr__(name):\n    if name not in _TABLE:\n"
        f"    {CLOSED}    return _TABLE[name]\n",
        "x",
        f"gone: {GONE}",
    ),
    "getattr with a table that grows": of_module(
        "_TABLE = {'x': 1}\n\n\ndef __getattr__(name):\n    if name not in _TABLE:\n"
        f"    {CLOSED}    return _TABLE[name]\n\n\n_TABLE['gone'] = 1\n",
        "x",
        "gone",
    ),
    "getattr from elsewhere": of_module(
        "from app.lazy import __getattr__\n", "x", files={"lazy": "def __getattr__(name): ...\n"}
    ),
    "getattr of a class": of_module(
        "class C:\n    def __getattr__(self, name): ...\n", f"gone: {GONE}"
    ),
    "lazy_loader": of_module(
        "import lazy_loader\n__getattr__, __dir__, __all__ = lazy_loader.attach(\n"
        "    __name__, submod_attrs={'home': ['x']}\n)\n",
        "x",
        f"gone: {GONE}",
    ),
}

STARS: Mapping[str, Case] = {
    "a star import brings public names": of_module(
        "from app.home import *\n", "thing", "Thing", f"gone: {GONE}"
    ),
    "a star import brings no private names": of_module(
        "from app.other import *\n",
        "x",
        "_y: has no name '_y'; use 'app.other._y'",
        files={"other": "x = 1\n_y = 1\n"},
    ),
    "a star import brings what all lists": of_module(
        "from app.other import *\n",
        "x: has no name 'x'; use 'app.other.x'",
        "_y",
        files={"other": "__all__ = ['_y']\nx = 1\n_y = 1\n"},
    ),
    "a star import of what all lists but nothing binds": asked(
        "from app.mod import *\nfrom app.mod import x, gone\n",
        f"1:21: IMC402 'app.mod' lists 'gone' in __all__, but does not bind it; {OR_ALL}",
        f"2:24: IMC402 'app.mod' lists 'gone' in __all__, but does not bind it; {OR_ALL}",
        files={"mod": "__all__ = ['x', 'gone']\nx = 1\n"},
    ),
    "all lists a submodule": asked(
        "from app.part import *\n", files={"part/__init__": "__all__ = ['sub']\n", "part/sub": ""}
    ),
    "star imports of what all does not tell": of_module(
        "from app.other import *\n", "x", files={"other": "__all__ = [name for name in 'x']\n"}
    ),
    "star imports of what a function adds to all": of_module(
        "from app.other import *\n",
        "_x",
        "gone",
        files={
            "other": "__all__ = []\n\n\ndef public(f):\n    __all__.append(f.__name__)\n"
            "    return f\n\n\n@public\ndef _x(): ...\n"
        },
    ),
    "star imports from outside": of_module("from click import *\n", "command", "gone"),
    "star imports of star imports": of_module(
        "from app.one import *\n",
        "thing",
        f"gone: {GONE}",
        files={"one": "from app.two import *\n", "two": "from app.home import *\n"},
    ),
    "star imports in a circle": of_module(
        "from app.one import *\n",
        "x",
        "y",
        f"gone: {GONE}",
        files={
            "one": "x = 1\nfrom app.two import *\n",
            "two": "y = 1\nfrom app.one import *\n",
        },
    ),
    "a chain of re-exports": asked(
        "from app.one import thing\nfrom app.two import thing\n",
        files={"one": "from app.two import thing\n", "two": "from app.home import thing\n"},
    ),
    "only the broken link of a chain": Case(
        files={
            **BASE,
            "app/one.py": "from app.home import gone\n",
            "app/two.py": "from app.one import gone\n",
            "app/a.py": "from app.two import gone, other\nimport app.one\n",
        },
        expected=(
            f"app/one.py:1:22: {NO_NAME}",
            f"app/a.py:1:27: IMC402 'app.two' has no name 'other'; {RESORT}",
        ),
    ),
    "names that a module takes from itself only": Case(
        files={
            **BASE,
            "app/a.py": "from app.a import gone\nfrom app.a import x\nx = 1\n",
            "app/pack/__init__.py": "from . import part, gone\nfrom app.pack import own\nown = 1\n",
            "app/b.py": "from app.a import gone\nfrom app.pack import gone as g\n",
        },
        expected=(
            f"app/a.py:1:19: IMC402 'app.a' {GONE}",
            f"app/pack/__init__.py:1:21: IMC402 'app.pack' {GONE}",
        ),
    ),
    "a module that imports itself": of_module(
        "import app.mod\nfrom app import mod as me\nx = 1\nfrom app.mod import x as y\n",
        "app",
        "me",
        "y",
        f"gone: {GONE}",
    ),
}

FALLBACKS: Mapping[str, Case] = {
    "a first-party import behind a fallback": asked(
        "try:\n    from app.home import thing\nexcept ImportError:\n    thing = None\n",
        f"2:10: {HIDES_HOME}",
    ),
    "a module behind a fallback": asked(
        "try:\n    import app.home\nexcept ModuleNotFoundError:\n    pass\n", f"2:12: {HIDES_HOME}"
    ),
    "a submodule behind a fallback": asked(
        "try:\n    from app.pack import part\nexcept ImportError:\n    part = None\n",
        f"2:26: IMC405 first-party import 'app.pack.part' {HIDDEN}",
    ),
    "a fallback for all errors": asked(
        "try:\n    from app.home import thing\nexcept Exception:\n    thing = None\n"
        "try:\n    from app.home import thing\nexcept:\n    thing = None\n",
        f"2:10: {HIDES_HOME}",
        f"6:10: {HIDES_HOME}",
    ),
    "a fallback for errors of what follows the import": asked(
        "try:\n    from app.home import make\n    make()\nexcept Exception:\n    pass\n"
    ),
    "a fallback for other errors": asked(
        "try:\n    from app.home import make\nexcept ValueError:\n    pass\n"
        "try:\n    import app.gone\nexcept ValueError:\n    pass\n",
        f"6:12: {NO_MODULE}",
    ),
    "suppressed errors": asked(
        "import contextlib\nwith contextlib.suppress(ImportError):\n    import app.home\n"
        "with contextlib.suppress(ImportError):\n    import app.gone\n",
        f"3:12: {HIDES_HOME}",
        f"5:12: {HIDDEN_MODULE}",
    ),
    "a fallback that raises again": asked(
        "try:\n    from app.home import thing\nexcept ImportError as error:\n"
        "    raise RuntimeError from error\n"
    ),
    "a fallback that skips the tests": asked(
        "import pytest\ntry:\n    from app.home import thing\nexcept ImportError:\n"
        "    pytest.skip('no thing', allow_module_level=True)\n",
        f"3:10: {HIDES_HOME}",
    ),
    "a fallback for what does not exist": asked(
        "try:\n    from app.home import gone\nexcept ImportError:\n    gone = None\n",
        f"2:26: {HIDDEN_NAME}",
    ),
    "a fallback that is always taken": asked(
        "try:\n    from app.gone import thing\nexcept ImportError:\n"
        "    from app.home import thing\n",
        f"2:10: {TAKEN}",
    ),
    "a fallback for a name that is always taken": asked(
        "try:\n    from app.pack import other\nexcept ImportError:\n"
        "    from app.home import thing as other\n",
        "2:26: IMC405 'app.pack.other' does not exist, so the fallback is always taken; "
        "import what it falls back to, without 'try'",
    ),
    "the third of three alternatives": asked(
        "try:\n    from app.gone import thing\nexcept ImportError:\n    try:\n"
        "        from app.gone import thing\n    except ImportError:\n"
        "        from app.home import thing\n",
        f"2:10: {TAKEN}",
        f"5:14: {TAKEN}",
    ),
    "no alternative exists": asked(
        "try:\n    from app.gone import x\nexcept ImportError:\n    from app.home import gone\n",
        f"2:10: {HIDDEN_MODULE}",
        f"4:26: {HIDDEN_NAME}",
    ),
    "only the first alternative exists": asked(
        "try:\n    from app.home import thing\nexcept ImportError:\n"
        "    from app.gone import thing\n",
        f"2:10: {HIDES_HOME}",
    ),
    "a first-party alternative of an outside module": asked(
        f"try:\n    import {NOWHERE}\nexcept ImportError:\n    import app.home\n"
        f"try:\n    import {NOWHERE}\nexcept ImportError:\n    import app.gone\n",
        f"8:12: {HIDDEN_MODULE}",
    ),
    "what follows a guarded import": asked(
        "try:\n    import json\nexcept ImportError:\n    pass\nelse:\n    import app.gone\n"
        "finally:\n    from app.home import gone\n",
        f"6:12: {NO_MODULE}",
        f"8:26: {NO_NAME}",
    ),
    "names after a missing one are unbound": of_module(
        "try:\n    from app.home import thing, gone, make\n    flag = True\n"
        "except ImportError:\n    pass\n",
        "thing",
        "gone: does not bind 'gone', because an import before it fails; mend that import",
        "make: does not bind 'make', because an import before it fails; mend that import",
        "flag: does not bind 'flag', because an import before it fails; mend that import",
        within=(f"2:10: {HIDES_HOME}", f"2:33: {HIDDEN_NAME}"),
    ),
    "names that the fallback binds": of_module(
        "try:\n    from app.home import thing, gone\n    flag = True\nexcept ImportError:\n"
        "    gone = flag = None\n",
        "thing",
        "gone",
        "flag",
        within=(f"2:10: {HIDES_HOME}", f"2:33: {HIDDEN_NAME}"),
    ),
    "names behind an outside module that may be missing": of_module(
        f"try:\n    import {NOWHERE}\n    flag = True\nexcept ImportError:\n    pass\n", "flag"
    ),
    "names of a module that is broken itself": Case(
        files={
            **BASE,
            "app/mod.py": "try:\n    from app.home import gone\nexcept ImportError:\n    raise\n",
            "app/a.py": "from app.mod import gone\n",
        },
        expected=(f"app/mod.py:2:26: {NO_NAME}",),
    ),
    "optional fallbacks": asked(
        "try:\n    import app.home\nexcept ImportError:\n    pass\n"
        "try:\n    from app.gone import x\nexcept ImportError:\n    x = None\nimport app.gone\n",
        f"9:8: {NO_MODULE}",
        options="optional = ignore",
    ),
}


MEANT: Mapping[str, Case] = {
    "pytest expects the failure": asked(
        "import pytest\nwith pytest.raises(ImportError):\n    import app.gone\n"
        "with pytest.raises((ValueError, ModuleNotFoundError), match='gone'):\n"
        "    from app.home import gone\nwith pytest.raises(expected_exception=ImportError):\n"
        "    import app.gone\n"
    ),
    "pytest expects another failure": asked(
        "import pytest\nwith pytest.raises(ValueError):\n    import app.gone\n",
        f"3:12: {NO_MODULE}",
    ),
    "unittest expects the failure": asked(
        "class Test:\n    def test(self):\n        with self.assertRaises(ImportError):\n"
        "            import app.gone\n"
        "        with self.assertRaisesRegex(ImportError, 'gone'):\n"
        "            from app.home import gone\n"
    ),
    "a test that fails unless the import does": asked(
        "import pytest\n\n\ndef test():\n    try:\n        import app.gone\n"
        "        pytest.fail('imported')\n    except ImportError:\n        pass\n"
        "    try:\n        import app.gone\n    except ImportError:\n        pass\n"
        "    else:\n        assert False\n"
    ),
    "a test that looks at the error": asked(
        "def test():\n    try:\n        import app.gone\n    except ImportError as error:\n"
        "        assert str(error)\n",
        f"3:16: {HIDDEN_MODULE}",
    ),
    "after a return, a raise, a break": asked(
        "def f():\n    return\n    import app.gone\n\n\ndef g():\n    raise ValueError\n"
        "    from app.home import gone\n\n\nfor x in ():\n    break\n    import app.gone\n"
    ),
    "after a skip of the module": asked(
        "import pytest\npytest.skip('no', allow_module_level=True)\nimport app.gone\n"
    ),
    "after a skip of the module, by its own name": asked(
        "from pytest import skip\nskip('no', allow_module_level=True)\nimport app.gone\n"
    ),
    "after a skip on a condition": asked(
        "import pytest\nif x:\n    pytest.skip('no', allow_module_level=True)\nimport app.gone\n",
        f"4:8: {NO_MODULE}",
    ),
    "under if False": asked(
        "if False:\n    import app.gone\nif 0:\n    import app.gone\nelse:\n    import app.gone\n",
        f"6:12: {NO_MODULE}",
    ),
    "before a return": asked(
        "def f():\n    import app.gone\n    return app\n", f"2:12: {NO_MODULE}"
    ),
    "a module that the file puts in place": asked(
        "import sys\nsys.modules['app.gone'] = object()\nimport app.gone\nimport app.gone2\n",
        f"4:8: IMC401 there is no module 'app.gone2'; {RESORT}",
    ),
}

OUTSIDE: Mapping[str, Case] = {
    "outside modules are ignored": asked(
        f"import {NOWHERE}, click.gone\nfrom {NOWHERE}.sub import x\nfrom click import gone\n"
    ),
    "outside modules that are installed": asked(
        "import click, click.core as c\nfrom click import command, core\n"
        "from click.core import Command\nimport pytest\nfrom grimp import build_graph\n",
        options=INSTALLED,
    ),
    "outside modules that are not installed": asked(
        f"import {NOWHERE}\nimport {NOWHERE}.sub\nfrom {NOWHERE} import x, y\n",
        f"1:8: {NOT_INSTALLED}",
        f"2:8: {NOT_INSTALLED}",
        f"3:6: {NOT_INSTALLED}",
        options=INSTALLED,
    ),
    "submodules and names of what is installed": asked(
        "import click.gone\nfrom click import command, gone\nfrom click.core import gone as g\n"
        "import click.core.gone\n",
        "1:8: IMC401 there is no module 'click.gone'; correct the import",
        "2:28: IMC402 'click' has no name 'gone'; correct the import",
        "3:24: IMC402 'click.core' has no name 'gone'; correct the import",
        "4:8: IMC403 'click.core' is a module, not a package, so there is no 'click.core.gone'; "
        "correct the import",
        options=INSTALLED,
    ),
    "outside modules behind a fallback": asked(
        f"try:\n    import {NOWHERE}\nexcept ImportError:\n    pass\n"
        f"try:\n    import {NOWHERE}\nexcept ImportError:\n    from {NOWHERE} import x\n",
        options=INSTALLED,
    ),
    "outside modules behind a fallback that raises again": asked(
        f"try:\n    import {NOWHERE}\nexcept ImportError:\n    raise\n",
        f"2:12: {NOT_INSTALLED}",
        options=INSTALLED,
    ),
    "outside modules on a condition": asked(
        f"import sys\nif sys.version_info < (3, 11):\n    import {NOWHERE}\n"
        f"elif sys.platform == 'no':\n    from {NOWHERE} import x\n",
        options=INSTALLED,
    ),
    "outside modules of a file that changes the import path": asked(
        f"import sys\nsys.path.append('vendor')\nimport {NOWHERE}\n", options=INSTALLED
    ),
    "first-party modules on a condition": asked(
        "import sys\nif sys.version_info < (3, 11):\n    import app.gone\n",
        f"3:12: {NO_MODULE}",
        options=INSTALLED,
    ),
    "a folder that bears the name of an installed distribution": Case(
        files={
            "click/own.py": "x = 1\n",
            "app/a.py": "from click import command, own, gone\nfrom click.own import x, y\n"
            "import click.core\n",
        },
        session="source_paths =\n    click",
        expected=(
            f"app/a.py:1:33: IMC402 'click' {GONE}",
            f"app/a.py:2:26: IMC402 'click.own' has no name 'y'; {RESORT}",
        ),
    ),
    "a root package that bears the name of an installed distribution": Case(
        files={"click/__init__.py": "own = 1\n", "app/a.py": "from click import own, command\n"},
        packages=("app", "click"),
        expected=(f"app/a.py:1:24: IMC402 'click' has no name 'command'; {RESORT}",),
    ),
}

STANDARD: Mapping[str, Case] = {
    "the standard library": asked(
        "import os.path, json, xml.etree.ElementTree as et, concurrent.futures\n"
        "from os.path import join\nfrom collections.abc import Mapping\nfrom sys import path\n"
        "from typing import Any\nfrom __future__ import annotations\n"
        "from unittest.mock import patch\n"
        "from math import pi\nfrom asyncio import run\nfrom socket import AF_INET\n"
    ),
    "the standard library of another platform": asked(
        "import winreg, msvcrt\nfrom ctypes import windll\nfrom os import startfile\n"
    ),
    "modules that the standard library lacks": asked(
        "import json.gone\nimport os.gone\nfrom xml.gone import x\n",
        "1:8: IMC401 there is no module 'json.gone'; correct the import",
        "2:8: IMC403 'os' is a module, not a package, so there is no 'os.gone'; correct the import",
        "3:6: IMC401 there is no module 'xml.gone'; correct the import",
    ),
    "names that the standard library lacks": asked(
        "from json import gone, loads\nfrom collections.abc import gone\n"
        "from __future__ import gone\n",
        "1:18: IMC402 'json' has no name 'gone'; correct the import",
        "2:29: IMC402 'collections.abc' has no name 'gone'; correct the import",
        "3:24: IMC402 '__future__' has no name 'gone'; correct the import",
    ),
    "names of compiled modules": asked("from sys import gone\nfrom math import gone\n"),
    "names of the standard library on a condition": asked(
        "import sys\nif sys.version_info >= (9,):\n    from json import gone\n"
        "    import json.gone\n"
    ),
}

CHECKS = "source_paths =\n    checks"

SOURCE_PATHS: Mapping[str, Case] = {
    "neighbours": Case(
        files={
            "checks/helpers.py": "x = 1\n",
            "checks/test_a.py": "import helpers\nfrom helpers import x, gone\nimport helpers.sub\n"
            "from checks.helpers import x, gone\nimport checks.gone\n",
        },
        session=CHECKS,
        expected=(
            f"checks/test_a.py:2:24: IMC402 'helpers' {GONE}",
            (
                "checks/test_a.py:3:8: IMC403 'helpers' is a module, not a package, so there is no "
                f"'helpers.sub'; {RESORT}"
            ),
            f"checks/test_a.py:4:31: IMC402 'checks.helpers' {GONE}",
            f"checks/test_a.py:5:8: IMC401 there is no module 'checks.gone'; {RESORT}",
        ),
    ),
    "neighbours in packages": Case(
        files={
            "checks/unit/__init__.py": "",
            "checks/unit/helpers.py": "x = 1\n",
            "checks/unit/test_a.py": "from . import helpers, gone\nfrom .helpers import x, y\n"
            "from unit.helpers import x, y\nfrom unit import gone\nimport unit.gone\n",
        },
        session=CHECKS,
        expected=(
            f"checks/unit/test_a.py:1:24: IMC402 'checks.unit' {GONE}",
            f"checks/unit/test_a.py:2:25: IMC402 'checks.unit.helpers' has no name 'y'; {RESORT}",
            f"checks/unit/test_a.py:3:29: IMC402 'unit.helpers' has no name 'y'; {RESORT}",
            f"checks/unit/test_a.py:4:18: IMC402 'unit' {GONE}",
            f"checks/unit/test_a.py:5:8: IMC401 there is no module 'unit.gone'; {RESORT}",
        ),
    ),
    "what is no neighbour may be anything": Case(
        files={"checks/test_a.py": "import helpers\nfrom helpers import x\n"}, session=CHECKS
    ),
    "root packages from tests": Case(
        files={
            **BASE,
            "checks/test_a.py": "from app.home import thing, gone\nimport app.gone\n",
        },
        session=CHECKS,
        expected=(f"checks/test_a.py:1:29: {NO_NAME}", f"checks/test_a.py:2:8: {NO_MODULE}"),
    ),
    "relative imports that climb out of tests": Case(
        files={"checks/test_a.py": "from .. import x\nfrom . import test_a\n"},
        session=CHECKS,
        expected=(
            (
                "checks/test_a.py:1:6: IMC401 relative import '..' climbs out of 'checks'; "
                "write the absolute path"
            ),
            (
                "checks/test_a.py:2:6: IMC401 relative import '.' climbs out of what pytest takes "
                "for a package; add 'checks/__init__.py', or write the absolute path"
            ),
        ),
    ),
    "relative imports of a test file in a package": Case(
        files={
            "checks/__init__.py": "",
            "checks/unit/__init__.py": "",
            "checks/unit/test_a.py": "from .. import unit\nfrom . import test_a\n",
            "checks/unit/deep/test_b.py": "from . import test_b\n",
            "checks/unit/deep/helper.py": "from . import test_b\n",
        },
        session=CHECKS,
        expected=(
            (
                "checks/unit/deep/test_b.py:1:6: IMC401 relative import '.' climbs out of what "
                "pytest takes for a package; add 'checks/unit/deep/__init__.py', or write the "
                "absolute path"
            ),
        ),
    ),
    "relative imports under pytest's import mode importlib": Case(
        files={
            "checks/deep/test_b.py": "from . import test_b\n",
            "pytest.ini": "[pytest]\naddopts = --import-mode=importlib\n",
        },
        session=CHECKS,
    ),
    "a conftest that puts a module in place": Case(
        files={
            "checks/conftest.py": "import sys\nsys.modules['app.gone'] = object()\n",
            "checks/unit/test_a.py": "import app.gone\n",
            "app/a.py": "import app.gone\n",
        },
        session=CHECKS,
        expected=(f"app/a.py:1:8: {NO_MODULE}",),
    ),
    "a script named like the package that it is about": Case(
        files={"scripts/deep/click.py": "from click import command\n\ncommand()\n"},
        session="source_paths =\n    scripts",
    ),
    "scripts": Case(
        files={
            "scripts/json.py": "own = 1\n",
            "scripts/run.py": "from json import own, loads\nimport app.gone\n",
        },
        session="source_paths =\n    scripts",
        expected=(
            f"scripts/run.py:1:23: IMC402 'json' has no name 'loads'; {RESORT}",
            f"scripts/run.py:2:8: {NO_MODULE}",
        ),
    ),
}

BUILT: Mapping[str, Case] = {
    "a stub beside a module": asked(
        "from app.mod import x, y\n",
        "1:24: IMC402 'app.mod' has no name 'y'; " + RESORT,
        files={"mod": "x = 1\n"},
    ),
    "a stub alone": Case(
        files={
            "app/fast.pyi": "x: int\n",
            "app/wide/__init__.pyi": "",
            "app/a.py": "from app.fast import x, gone\nimport app.wide.gone\n",
        },
    ),
    "compiled modules": Case(
        files={
            "app/fast.pyx": "",
            "app/slow.cpython-311-x86_64-linux-gnu.so": "",
            "app/a.py": "import app.fast, app.slow\nfrom app.fast import x\nfrom app import slow\n"
            "import app.gone\n",
        },
        expected=(f"app/a.py:4:8: {NO_MODULE}",),
    ),
    "modules that a build makes": Case(
        files={
            "pyproject.toml": "[tool.setuptools_scm]\nversion_file = 'app/_version.py'\n",
            "setup.py": "setup(ext_modules=[Extension('app._fast', ['fast.c'])])\n",
            "app/a.py": "from app._version import version\nimport app._fast\nimport app.gone\n",
        },
        expected=(f"app/a.py:3:8: {NO_MODULE}",),
    ),
    "modules that a package puts in place": asked(
        "import app.open.x, app.named.x\nfrom app.named import gone\n",
        f"2:23: IMC402 'app.named' {GONE}",
        files={
            "open/__init__": "__path__ = []\n",
            "named/__init__": "import sys\nsys.modules['app.named.x'] = sys\n",
        },
    ),
    "modules that another module puts in place": asked(
        "import app.moved\nfrom app.moved import x\nimport app.gone\n",
        f"3:8: {NO_MODULE}",
        files={"other": "import sys\nsys.modules['app.moved'] = sys\n"},
    ),
}

MOVES = (
    '[[moves]]\nold = "app.gone"\nnew = "app.pack.part"\n\n'
    '[[moves]]\nold = "app.home.gone"\nnew = "app.pack.own"\n\n'
    '[[moves]]\nold = "app.dead"\nreason = "nobody used it"\n'
)

ADVICE: Mapping[str, Case] = {
    "a module that is misspelt": asked(
        "import app.hme\nfrom app.pack.prt import x\n",
        "1:8: IMC401 there is no module 'app.hme'; did you mean 'app.home'?",
        "2:6: IMC401 there is no module 'app.pack.prt'; did you mean 'app.pack.part'?",
    ),
    "a name that is misspelt": asked(
        "from app.home import thng\nfrom app.home import Making\n",
        "1:22: IMC402 'app.home' has no name 'thng'; did you mean 'app.home.thing'?",
        f"2:22: IMC402 'app.home' has no name 'Making'; {RESORT}",
    ),
    "a module that is elsewhere": asked(
        "import app.part\nimport app.pack.inner.x\n",
        "1:8: IMC401 there is no module 'app.part'; "
        "use 'app.pack.part', the only module of that name",
        "2:8: IMC401 there is no module 'app.pack.inner'; "
        "use 'app.space.inner', the only module of that name",
    ),
    "a module that is in several places": asked(
        "import app.part\n",
        f"1:8: IMC401 there is no module 'app.part'; {RESORT}",
        files={"space/part": ""},
    ),
    "a name that is defined elsewhere": asked(
        "from app.home import piece\nfrom app.pack import make\n",
        "1:22: IMC402 'app.home' has no name 'piece'; use 'app.pack.part.piece'",
        "2:22: IMC402 'app.pack' has no name 'make'; use 'app.home.make'",
    ),
    "a name that is defined in several places": asked(
        "from app.home import piece\n",
        f"1:22: IMC402 'app.home' has no name 'piece'; {RESORT}",
        files={"other": "piece = 1\n"},
    ),
    "moves": Case(
        files={
            **BASE,
            "moves.toml": MOVES,
            "app/a.py": "import app.gone\nfrom app.gone.deep import x\nfrom app.home import gone\n"
            "import app.dead\nfrom app.pack import gone\n",
        },
        options="moves = moves.toml",
        expected=(
            (
                "app/a.py:1:8: IMC401 there is no module 'app.gone'; "
                "it is now 'app.pack.part' (moves.toml:2)"
            ),
            (
                "app/a.py:2:6: IMC401 there is no module 'app.gone'; "
                "it is now 'app.pack.part' (moves.toml:2)"
            ),
            (
                "app/a.py:3:22: IMC402 'app.home' has no name 'gone'; "
                "it is now 'app.pack.own' (moves.toml:6)"
            ),
            (
                "app/a.py:4:8: IMC401 there is no module 'app.dead'; "
                "it has no replacement: nobody used it (moves.toml:10)"
            ),
            f"app/a.py:5:22: IMC402 'app.pack' {GONE}",
        ),
    ),
}

OPTIONS: Mapping[str, Case] = {
    "comments that suppress": asked(
        "import app.gone  # noqa\nimport app.gone  # noqa: IMC401\n"
        "import app.gone  # noqa: IMC402\n"
        "from app.home import (  # noqa: IMC4\n    gone,\n)\n"
        "from app.home import (\n    gone,  # noqa: IMC402\n    gone as g,\n)\n",
        f"3:8: {NO_MODULE}",
        f"9:5: {NO_NAME}",
    ),
    "a file that is left alone": asked("# flake8: noqa\nimport app.gone\n"),
    "ignored imports": asked(
        "import app.gone\nfrom app.home import gone\nfrom app.home import thing2\n",
        "3:22: IMC402 'app.home' has no name 'thing2'; did you mean 'app.home.thing'?",
        options=lines("ignore_imports", "app.a -> app.gone", "app.* -> app.home.gone"),
    ),
    "imports that all ask of one module are ignored": asked(
        "from app.home import gone, gone2\nimport app.gone\n",
        f"2:8: {NO_MODULE}",
        options="ignore_imports = app.a -> app.home",
    ),
    "some importers": Case(
        files={
            **BASE,
            "app/a.py": "import app.gone\n",
            "app/pack/b.py": "import app.gone\n",
        },
        options="source_modules = app.pack",
        expected=(f"app/pack/b.py:1:8: {NO_MODULE}",),
    ),
    "beside another contract": Case(
        files={"app/b.py": "", "app/a.py": "from .gone import x\nfrom .b import y\n"},
        further=(Contract(type="absolute_imports"),),
        expected=(
            f"app/a.py:1:6: {NO_MODULE}",
            "app/a.py:1:6: IMC101 relative import '.gone'; use 'app.gone'",
            "app/a.py:2:6: IMC101 relative import '.b'; use 'app.b'",
            f"app/a.py:2:16: IMC402 'app.b' has no name 'y'; {RESORT}",
        ),
    ),
}

CASES: Mapping[str, Case] = {
    f"{title}: {name}": case
    for title, table in {
        "modules": MODULES,
        "names": NAMES,
        "typing": TYPING,
        "lazy names": LAZY,
        "stars and chains": STARS,
        "fallbacks": FALLBACKS,
        "meant to fail": MEANT,
        "outside": OUTSIDE,
        "standard library": STANDARD,
        "source paths": SOURCE_PATHS,
        "built": BUILT,
        "advice": ADVICE,
        "options": OPTIONS,
    }.items()
    for name, case in table.items()
}
