"""Cases of `canonical_imports`."""

from __future__ import annotations

from collections.abc import Mapping

from tests.cases.case import Case, Contract, lines

CANONICAL = "canonical = thing => app.home"
HOME = {"app/home.py": "thing = 1\n"}
OTHER = {**HOME, "app/other.py": "from app.home import thing\n"}
"""A module that passes the name on."""
IS_ASTRAY = "IMC301 'app.other.thing' is not the canonical path; use 'app.home.thing'"
IS_SECOND = (
    "IMC301 'app.other.thing' is another definition of a canonical name; use 'app.home.thing'"
)


def passed_on(text: str, *places: str) -> Case:
    """Return the case of `app/a.py` with this text, where `app.other` passes `thing` on."""
    return Case(
        files={**OTHER, "app/a.py": text},
        options=CANONICAL,
        expected=tuple(f"app/a.py:{place}: {IS_ASTRAY}" for place in places),
    )


STATEMENTS: Mapping[str, Case] = {
    "the name from its home": passed_on("from app.home import thing\n"),
    "the name from its home by a relative import": passed_on("from .home import thing as t\n"),
    "the name by a re-export": passed_on("from app.other import thing\n", "1:23"),
    "the name by a re-export, under another name": passed_on(
        "from app.other import x, thing as t\n", "1:26"
    ),
    "the name by a re-export, relative": passed_on("from .other import thing\n", "1:20"),
    "the name by a re-export, two dots": Case(
        files={
            **OTHER,
            "app/sub/__init__.py": "",
            "app/sub/a.py": "from ..other import thing\n",
        },
        options=CANONICAL,
        expected=(f"app/sub/a.py:1:21: {IS_ASTRAY}",),
    ),
    "the name on a line of its own": passed_on(
        "from app.other import (\n    x,\n    thing,  # comment\n)\n", "3:5"
    ),
    "the name after a backslash": passed_on("from app.other import x, \\\n    thing\n", "2:5"),
    "the name twice in one statement": passed_on(
        "from app.other import thing as t, thing as u\n", "1:23", "1:35"
    ),
    "the name in the second statement on a line": passed_on(
        "import os; from app.other import thing\n", "1:34"
    ),
    "the name after non-ASCII text": passed_on(
        'é = "ü€🙂"; from app.other import größe, thing\n', "1:41"
    ),
    "the name after a tab": passed_on("if True:\n\tfrom app.other import thing\n", "2:24"),
    "in a function": passed_on("def f():\n    from app.other import thing\n", "2:27"),
    "for type checkers only": passed_on(
        "import typing\nif typing.TYPE_CHECKING:\n    from app.other import thing\n", "3:27"
    ),
    "as a fallback": passed_on(
        "try:\n    from app.home import thing\n"
        "except ImportError:\n    from app.other import thing\n",
        "4:27",
    ),
    "a star import names nothing": passed_on("from app.other import *\n"),
    "the module itself is fine": passed_on("import app.other\nfrom app import other\n"),
    "other names of the module are fine": passed_on("from app.other import things, thin\n"),
    "a local alias of the same name is fine": passed_on("from app.other import x as thing\n"),
    "a name of the same spelling that is an attribute of a class is fine": Case(
        files={
            **HOME,
            "app/other.py": "class C:\n    thing = 1\n",
            "app/a.py": "from app.other import C\n\nC.thing\n",
        },
        options=CANONICAL,
    ),
}

ATTRIBUTES: Mapping[str, Case] = {
    "attribute of the home": passed_on("import app.home\n\napp.home.thing\n"),
    "attribute after importing the module": passed_on(
        "import app.other\n\nprint(app.other.thing)\n", "3:7"
    ),
    "attribute after importing the module under another name": passed_on(
        "import app.other as o\n\no.thing.x()\n", "3:1"
    ),
    "attribute after importing the module from its package": passed_on(
        "from app import other, home\n\nhome.thing, other.thing\n", "3:13"
    ),
    "attribute after importing the package only": passed_on(
        "import app\n\napp.other.thing\napp.home.thing\n", "3:1"
    ),
    "attribute after a relative import": passed_on("from . import other\n\nother.thing\n", "3:1"),
    "two attributes on one line": passed_on(
        "from app import other\n\nother.thing, other.thing\n", "3:1", "3:14"
    ),
    "a chain over many lines": passed_on(
        "from app import other\n\n(\n    other\n    .thing\n)\n", "4:5"
    ),
    "attributes in decorators, bases, defaults and annotations": passed_on(
        "from app import other\n\n\n@other.thing\nclass C(other.thing):\n"
        "    def f(self, x: other.thing = other.thing) -> 'other.thing': ...\n",
        "4:2",
        "5:9",
        "6:20",
        "6:34",
        "6:51",
    ),
    "attributes in f-strings, lambdas and comprehensions": passed_on(
        "from app import other\n\nf'{other.thing}'\nlambda: other.thing\n"
        "[other for other in other.thing]\n",
        "3:4",
        "4:9",
        "5:21",
    ),
    "attributes that are assigned to": passed_on(
        "from app import other\n\nother.thing = 1\ndel other.thing\n", "3:1", "4:5"
    ),
    "shadowed by a parameter": passed_on(
        "from app import other\n\n\ndef f(other): return other.thing\n"
    ),
    "shadowed by a local": passed_on(
        "from app import other\n\n\ndef f():\n    other = 1\n    return other.thing\n"
    ),
    "shadowed by a comprehension variable": passed_on(
        "from app import other\n\n[other.thing for other in ()]\n"
    ),
    "shadowed by a class attribute": passed_on(
        "from app import other\n\n\nclass C:\n    other = 1\n    x = other.thing\n"
    ),
    "attribute of something that is not imported": passed_on("other = 1\nother.thing\n"),
    "attribute of a name that is no module": passed_on(
        "from app.other import x\n\nx.thing\nx.other.thing\n"
    ),
    "attribute of another attribute": passed_on("from app import other\n\nother.x.thing\n"),
    "attribute under the other name a module gives it": Case(
        files={
            **HOME,
            "app/other.py": "from app.home import thing as t\n",
            "app/a.py": "import app.other\n\napp.other.t\n",
            "app/b.py": "import app\n\napp.other.t\n",
        },
        options=CANONICAL,
        expected=(
            "app/a.py:3:1: IMC301 'app.other.t' is not the canonical path; use 'app.home.thing'",
            "app/b.py:3:1: IMC301 'app.other.t' is not the canonical path; use 'app.home.thing'",
        ),
    ),
}

WAYS: Mapping[str, Case] = {
    "a re-export under another name": Case(
        files={
            **HOME,
            "app/other.py": "from app.home import thing as t\n",
            "app/a.py": "from app.other import t\n",
        },
        options=CANONICAL,
        expected=(
            "app/a.py:1:23: IMC301 'app.other.t' is not the canonical path; use 'app.home.thing'",
        ),
    ),
    "an alias by assignment": Case(
        files={
            **HOME,
            "app/other.py": "from app import home\n\nthing = home.thing\nt = home.thing\n",
            "app/a.py": "from app.other import thing, t\n",
        },
        options=CANONICAL,
        expected=(
            f"app/a.py:1:23: {IS_ASTRAY}",
            "app/a.py:1:30: IMC301 'app.other.t' is not the canonical path; use 'app.home.thing'",
        ),
    ),
    "an alias of a different name of the same module": Case(
        files={
            "app/home.py": "thing = some = 1\n",
            "app/other.py": "from app.home import some\n",
            "app/a.py": "from app.other import some\n",
        },
        options=CANONICAL,
    ),
    "another definition of the same name": Case(
        files={
            **HOME,
            "app/other.py": "def thing(): ...\n",
            "app/a.py": "from app.other import thing\n",
        },
        options=CANONICAL,
        expected=(f"app/a.py:1:23: {IS_SECOND}",),
    ),
    "another definition beside a re-export": Case(
        files={
            **HOME,
            "app/other.py": "try:\n    from app.home import thing\n"
            "except ImportError:\n    thing = None\n",
            "app/a.py": "from app.other import thing\n",
        },
        options=CANONICAL,
        expected=(f"app/a.py:1:23: {IS_SECOND}",),
    ),
    "a chain over two modules": Case(
        files={
            **HOME,
            "app/mid.py": "from app.home import thing as t\n",
            "app/other.py": "from app.mid import t as u\n",
            "app/a.py": "from app.other import u\n",
        },
        options=CANONICAL,
        expected=(
            "app/a.py:1:23: IMC301 'app.other.u' is not the canonical path; use 'app.home.thing'",
            "app/other.py:1:21: IMC301 'app.mid.t' is not the canonical path; use 'app.home.thing'",
        ),
    ),
    "a star re-export": Case(
        files={
            **HOME,
            "app/other.py": "from app.home import *\n",
            "app/a.py": "from app.other import thing\n",
        },
        options=CANONICAL,
        expected=(f"app/a.py:1:23: {IS_ASTRAY}",),
    ),
    "a module path that does not exist": Case(
        files={**HOME, "app/a.py": "from app.gone import thing\n"},
        options=CANONICAL,
        expected=(
            (
                "app/a.py:1:22: IMC301 'app.gone.thing' is not the canonical path; "
                "use 'app.home.thing'"
            ),
        ),
    ),
    "a third-party module that offers the same name": Case(
        files={**HOME, "app/a.py": "from lib import thing\nimport lib.home\nlib.home.thing\n"},
        options=CANONICAL,
    ),
    "a home that has the name from outside": Case(
        files={
            "app/home.py": "from lib import thing\n",
            "app/other.py": "from lib import thing as t\n",
            "app/a.py": "from app.other import t\nfrom lib import thing\n",
        },
        options=CANONICAL,
        expected=(
            "app/a.py:1:23: IMC301 'app.other.t' is not the canonical path; use 'app.home.thing'",
        ),
    ),
    "a home outside the project": Case(
        files={
            "app/other.py": "from lib import thing\n",
            "app/a.py": "from app.other import thing\n",
        },
        options="canonical = thing => lib",
        expected=(
            "app/a.py:1:23: IMC301 'app.other.thing' is not the canonical path; use 'lib.thing'",
        ),
    ),
    "a submodule of the same name": Case(
        files={
            **HOME,
            "app/sub/__init__.py": "",
            "app/sub/thing.py": "",
            "app/a.py": "from app.sub import thing\nfrom app import sub\nsub.thing\n"
            "import app.sub.thing\n",
        },
        options=CANONICAL,
    ),
    "a name of a submodule of the same name": Case(
        files={
            **HOME,
            "app/thing.py": "from app.home import thing\n",
            "app/a.py": "from app.thing import thing\n",
        },
        options=CANONICAL,
        expected=(
            (
                "app/a.py:1:23: IMC301 'app.thing.thing' is not the canonical path; "
                "use 'app.home.thing'"
            ),
        ),
    ),
    "a home that does not exist": Case(
        files={"app/other.py": "thing = 1\n", "app/a.py": "from app.other import thing\n"},
        options=CANONICAL,
        expected=(f"app/a.py:1:23: {IS_SECOND}",),
    ),
    "two names": Case(
        files={
            "app/home.py": "thing = 1\n",
            "app/den.py": "stuff = 1\n",
            "app/other.py": "from app.den import stuff\nfrom app.home import thing\n",
            "app/a.py": "from app.other import stuff, thing\n",
        },
        options=lines("canonical", "thing => app.home", "stuff => app.den"),
        expected=(
            (
                "app/a.py:1:23: IMC301 'app.other.stuff' is not the canonical path; "
                "use 'app.den.stuff'"
            ),
            f"app/a.py:1:30: {IS_ASTRAY}",
        ),
    ),
    # Who may.
    "the home may import the name from where it is defined": Case(
        files={
            "app/impl.py": "thing = 1\n",
            "app/home.py": "from app.impl import thing\n",
            "app/a.py": "from app.impl import thing\n",
        },
        options=CANONICAL,
        expected=(
            (
                "app/a.py:1:22: IMC301 'app.impl.thing' is not the canonical path; "
                "use 'app.home.thing'"
            ),
        ),
    ),
    "modules on the name's way into its home may import it": Case(
        files={
            "app/impl.py": "thing = 1\n",
            "app/mid.py": "from app.impl import thing\n",
            "app/home.py": "from app.mid import thing\n",
        },
        options=CANONICAL,
    ),
    "modules on its way by a star import may import it": Case(
        files={
            "app/impl.py": "thing = 1\n",
            "app/mid.py": "from app.impl import thing\n",
            "app/home.py": "from app.mid import *\n",
        },
        options=CANONICAL,
    ),
    "modules on its way by assignment may import it": Case(
        files={
            "app/impl.py": "def thing_(): ...\nthing = thing_\n",
            "app/mid.py": "from app.impl import thing\n",
            "app/home.py": "import app.mid\n\nthing = app.mid.thing\n",
        },
        options=CANONICAL,
    ),
    "all alternatives on its way may import it": Case(
        files={
            "app/fast.py": "thing = 1\n",
            "app/slow.py": "thing = 1\n",
            "app/x.py": "from app.fast import thing\n",
            "app/y.py": "from app.slow import thing\n",
            "app/home.py": "try:\n    from app.x import thing\n"
            "except ImportError:\n    from app.y import thing\n",
        },
        options=CANONICAL,
    ),
    "a package as home, by its __init__": Case(
        files={
            "app/home/__init__.py": "from app.home.impl import thing\n",
            "app/home/impl.py": "thing = 1\n",
            "app/a.py": "from app.home import thing\nfrom app.home.impl import thing as t\n",
        },
        options=CANONICAL,
        expected=(
            (
                "app/a.py:2:27: IMC301 'app.home.impl.thing' is not the canonical path; "
                "use 'app.home.thing'"
            ),
        ),
    ),
    "the root package as home": Case(
        files={
            "app/__init__.py": "from app.impl import thing\n",
            "app/impl.py": "thing = 1\n",
            "app/a.py": "from app import thing\nfrom . import thing as t\n"
            "from .impl import thing as u\nimport app\napp.thing\napp.impl.thing\n",
        },
        options="canonical = thing => app",
        expected=(
            "app/a.py:3:19: IMC301 'app.impl.thing' is not the canonical path; use 'app.thing'",
            "app/a.py:6:1: IMC301 'app.impl.thing' is not the canonical path; use 'app.thing'",
        ),
    ),
    "the root package as a wrong path": Case(
        files={
            **HOME,
            "app/__init__.py": "from app.home import thing\n",
            "app/a.py": "from . import thing\n",
        },
        options=CANONICAL,
        expected=(
            "app/a.py:1:15: IMC301 'app.thing' is not the canonical path; use 'app.home.thing'",
        ),
    ),
}

REFERENCES: Mapping[str, Case] = {
    "a reference to the home": Case(
        files={
            **OTHER,
            "tests/test_a.py": "from unittest.mock import patch\n\npatch('app.home.thing')\n",
        },
        options=CANONICAL,
    ),
    "a reference to a module that puts another in its own place": Case(
        files={
            **OTHER,
            "app/alias.py": "import sys\n\nfrom app import other\nfrom app.other import thing\n\n"
            "sys.modules[__name__] = other\n",
            "tests/test_a.py": "from unittest.mock import patch\n\npatch('app.alias.thing')\n",
        },
        options=CANONICAL,
        expected=(
            (
                "app/alias.py:4:23: IMC301 'app.other.thing' is not the canonical path; "
                "use 'app.home.thing'"
            ),
        ),
    ),
    "a reference to a module that passes the name on": Case(
        files={
            **OTHER,
            "tests/test_a.py": "from unittest.mock import patch\n\n\n"
            "@patch('app.other.thing')\ndef test_a(thing): ...\n",
        },
        options=CANONICAL,
        expected=(f"tests/test_a.py:4:8: {IS_ASTRAY.replace('301', '303')}",),
    ),
    "a reference to what lies under the name": Case(
        files={
            **OTHER,
            "tests/test_a.py": "def test_a(mocker):\n    mocker.patch('app.other.thing.x')\n",
        },
        options=CANONICAL,
        expected=(f"tests/test_a.py:2:18: {IS_ASTRAY.replace('301', '303')}",),
    ),
    "a reference to where the name is looked up": Case(
        files={
            **HOME,
            "app/other.py": "from app.home import thing\n\n\ndef f(): return thing()\n",
            "tests/test_a.py": "from unittest.mock import patch\n\npatch('app.other.thing')\n",
        },
        options=CANONICAL,
    ),
    "a reference to where the name is looked up under another name": Case(
        files={
            **HOME,
            "app/other.py": "from app.home import thing as t\n\n\ndef f(): return t()\n",
            "app/more.py": "from app.home import thing as t\n",
            "tests/test_a.py": "from unittest.mock import patch\n\n"
            "patch('app.other.t')\npatch('app.more.t')\n",
        },
        options=CANONICAL,
        expected=(
            (
                "tests/test_a.py:4:7: IMC303 'app.more.t' is not the canonical path; "
                "use 'app.home.thing'"
            ),
        ),
    ),
    "a reference to another definition, used or not": Case(
        files={
            **HOME,
            "app/other.py": "def thing(): ...\n\n\ndef f(): return thing()\n",
            "tests/test_a.py": "def test_a(monkeypatch):\n"
            "    monkeypatch.setattr('app.other.thing', 1)\n",
        },
        options=CANONICAL,
        expected=(f"tests/test_a.py:2:25: {IS_SECOND.replace('301', '303')}",),
    ),
    "a reference to where the name is defined": Case(
        files={
            "app/home/__init__.py": "from app.home.impl import thing\n",
            "app/home/impl.py": "thing = 1\n",
            "tests/test_a.py": "def test_a(mocker):\n    mocker.patch('app.home.impl.thing')\n",
        },
        options=CANONICAL,
    ),
    "a reference to a module asks for no name": Case(
        files={
            **OTHER,
            "app/other/thing.py": "",
            "tests/test_a.py": "import importlib\n\nimportlib.import_module('app.other')\n"
            "importlib.import_module('app.other.thing')\n",
        },
        options=CANONICAL,
    ),
    "a reference in the home itself": Case(
        files={
            **OTHER,
            "app/home.py": "from unittest.mock import patch\n\nthing = patch('app.other.thing')\n",
        },
        options=CANONICAL,
    ),
    "other strings": Case(
        files={**OTHER, "app/a.py": "print('app.other.thing')\nx = 'app.other.thing'\n"},
        options=CANONICAL,
    ),
    "a reference to a dependency": Case(
        files={
            "app/cache.py": "import redis\n",
            "tests/test_a.py": "import importlib\nfrom unittest.mock import patch\n\n"
            "patch('redis.Redis')\nimportlib.import_module('redis')\npatch('rediscover.x')\n"
            "patch('app.cache.redis.Redis')\n",
        },
        options="gateways = redis => app.cache",
        expected=(
            (
                "tests/test_a.py:4:7: IMC303 'redis.Redis' is used outside its gateway; "
                "go through 'app.cache'"
            ),
            (
                "tests/test_a.py:5:25: IMC303 'redis' is used outside its gateway; "
                "go through 'app.cache'"
            ),
        ),
    ),
    "a reference to a dependency's name": Case(
        files={
            "tests/test_a.py": "def test_a(mocker):\n    mocker.patch.dict('os.environ', {})\n"
            "    mocker.patch('os.getcwd')\n"
        },
        options="gateways = os.environ => app.env",
        expected=(
            (
                "tests/test_a.py:2:23: IMC303 'os.environ' is used outside its gateway; "
                "go through 'app.env'"
            ),
        ),
    ),
    "a reference in the gateway": Case(
        files={"app/cache.py": "import importlib\n\nimportlib.import_module('redis')\n"},
        options="gateways = redis => app.cache",
    ),
}

THROUGH = "is used outside its gateway; go through 'app.cache'"
GATEWAY = "gateways = redis => app.cache"


def outside(text: str, *found: str) -> Case:
    """Return the case of `app/a.py` with this text, where only `app.cache` may use Redis."""
    return Case(
        files={"app/cache.py": "import redis\n", "app/a.py": text},
        options=GATEWAY,
        expected=tuple(f"app/a.py:{item} {THROUGH}" for item in found),
    )


GATEWAYS: Mapping[str, Case] = {
    "the gateway may use its dependency": Case(
        files={
            "app/cache.py": "import redis\nfrom redis.asyncio import Redis\n"
            "redis.Redis(), redis.asyncio\n"
        },
        options=GATEWAY,
    ),
    "others may use the gateway": outside("import app.cache\nfrom app.cache import redis\n"),
    "others may not import the dependency": outside("import redis\n", "1:8: IMC302 'redis'"),
    "others may not import it under another name": outside(
        "import os, redis as r\n\nr.Redis\n", "1:12: IMC302 'redis'"
    ),
    "others may not import its submodules": outside(
        "import redis.asyncio.client\n", "1:8: IMC302 'redis.asyncio.client'"
    ),
    "others may not import names from it": outside(
        "from redis import Redis, asyncio\n", "1:6: IMC302 'redis'"
    ),
    "others may not import names from its submodules": outside(
        "from redis.asyncio import (\n    Redis,\n    client,\n)\n", "1:6: IMC302 'redis.asyncio'"
    ),
    "others may not import all of it": outside("from redis import *\n", "1:6: IMC302 'redis'"),
    "others may not import it in a function": outside(
        "def f():\n    import redis\n", "2:12: IMC302 'redis'"
    ),
    "uses after an import are not reported again": outside(
        "import redis\n\nredis.Redis()\nredis.asyncio.Redis()\n", "1:8: IMC302 'redis'"
    ),
    "a longer name is another dependency": outside("import redis_lock\nimport app.redis\n"),
    "a relative module of the same name is another one": outside(
        "from .redis import Redis\nfrom . import redis\n"
    ),
    "a neighbour of a test by the same name is another one": Case(
        files={
            "tests/redis.py": "",
            "tests/test_a.py": "import redis\nfrom redis import x\n",
            "tests/unit/test_b.py": "import redis\n",
        },
        options=GATEWAY,
        expected=(f"tests/unit/test_b.py:1:8: IMC302 'redis' {THROUGH}",),
    ),
    "a module of the standard library": Case(
        files={
            "app/net.py": "import socket\n",
            "app/a.py": "import socket, ssl\nfrom socket import AF_INET\n",
            "tests/test_a.py": "import socket\n",
        },
        options="gateways = socket => app.net",
        expected=(
            "app/a.py:1:8: IMC302 'socket' is used outside its gateway; go through 'app.net'",
            "app/a.py:2:6: IMC302 'socket' is used outside its gateway; go through 'app.net'",
            (
                "tests/test_a.py:1:8: IMC302 'socket' is used outside its gateway; "
                "go through 'app.net'"
            ),
        ),
    ),
    "a name of the standard library by attribute": Case(
        files={
            "app/env.py": "import os\n\nos.environ['X']\n",
            "app/a.py": "import os\n\nprint(os.environ, os.getcwd(), os.environ.get('X'))\n"
            "os.environb\n",
        },
        options="gateways = os.environ => app.env",
        expected=(
            "app/a.py:3:7: IMC302 'os.environ' is used outside its gateway; go through 'app.env'",
            "app/a.py:3:32: IMC302 'os.environ' is used outside its gateway; go through 'app.env'",
        ),
    ),
    "a name of the standard library by import": Case(
        files={
            "app/a.py": "from os import environ, getcwd\nfrom os import (\n    path,\n"
            "    environ as e,\n)\nfrom os import *\n",
        },
        options="gateways = os.environ => app.env",
        expected=(
            "app/a.py:1:16: IMC302 'os.environ' is used outside its gateway; go through 'app.env'",
            "app/a.py:4:5: IMC302 'os.environ' is used outside its gateway; go through 'app.env'",
        ),
    ),
    "a name that a parameter shadows": Case(
        files={"app/a.py": "import os\n\n\ndef f(os): return os.environ\n"},
        options="gateways = os.environ => app.env",
    ),
    "the longest dependency wins": Case(
        files={
            "app/a.py": "import os\nfrom os import environ\n",
            "app/system.py": "import os\n\nos.getcwd()\nos.environ\n",
            "app/env.py": "from os import environ\n",
        },
        options=lines("gateways", "os => app.system", "os.environ => app.env"),
        expected=(
            "app/a.py:1:8: IMC302 'os' is used outside its gateway; go through 'app.system'",
            "app/a.py:2:16: IMC302 'os.environ' is used outside its gateway; go through 'app.env'",
            (
                "app/system.py:4:1: IMC302 'os.environ' is used outside its gateway; "
                "go through 'app.env'"
            ),
        ),
    ),
    "a submodule as dependency": Case(
        files={
            "app/a.py": "import redis.asyncio\nfrom redis import asyncio, Redis\n"
            "from redis.asyncio import Redis as R\n",
            "app/b.py": "import redis\n\nredis.Redis, redis.asyncio.Redis\n",
        },
        options="gateways = redis.asyncio => app.cache",
        expected=(
            f"app/a.py:1:8: IMC302 'redis.asyncio' {THROUGH}",
            f"app/a.py:2:19: IMC302 'redis.asyncio' {THROUGH}",
            f"app/a.py:3:6: IMC302 'redis.asyncio' {THROUGH}",
            f"app/b.py:3:14: IMC302 'redis.asyncio' {THROUGH}",
        ),
    ),
    "a gateway that is a package": Case(
        files={
            "app/cache/__init__.py": "import redis\n",
            "app/cache/pool.py": "from redis import ConnectionPool\n",
            "app/cached.py": "import redis\n",
        },
        options=GATEWAY,
        expected=(f"app/cached.py:1:8: IMC302 'redis' {THROUGH}",),
    ),
    "a gateway that does not exist": Case(
        files={"app/a.py": "import redis\n"},
        options="gateways = redis => app.gone",
        expected=(
            "app/a.py:1:8: IMC302 'redis' is used outside its gateway; go through 'app.gone'",
        ),
    ),
}

REGISTRIES: Mapping[str, Case] = {
    "a TOML registry is named with its line": Case(
        files={
            **OTHER,
            "app/a.py": "from app.other import thing\nimport redis\n",
            "contracts/registry.toml": '[[canonical]]\nname = "thing"\nmodule = "app.home"\n\n'
            '[[gateways]]\ndependency = "redis"\nmodule = "app.cache"\n',
        },
        options="registry = contracts/registry.toml",
        expected=(
            f"app/a.py:1:23: {IS_ASTRAY} (contracts/registry.toml:2)",
            f"app/a.py:2:8: IMC302 'redis' {THROUGH} (contracts/registry.toml:6)",
        ),
    ),
    "a TOML registry allows second paths": Case(
        files={
            **OTHER,
            "app/more.py": "from app.other import thing\n",
            "app/legacy.py": "from app.more import thing\n",
            "app/a.py": "from app.legacy import thing\nfrom app.more import thing as t\n",
            "registry.toml": '[[canonical]]\nname = "thing"\nmodule = "app.home"\n'
            'also = ["app.legacy"]\n',
        },
        options="registry = registry.toml",
        expected=(
            (
                "app/a.py:2:22: IMC301 'app.more.thing' is not the canonical path; "
                "use 'app.home.thing' (registry.toml:2)"
            ),
            f"app/more.py:1:23: {IS_ASTRAY} (registry.toml:2)",
        ),
    ),
    "a TOML registry allows second gateways": Case(
        files={
            "app/queue/__init__.py": "",
            "app/queue/worker.py": "import redis\n",
            "app/a.py": "import redis\n",
            "registry.toml": '[[gateways]]\ndependency = "redis"\nmodule = "app.cache"\n'
            'also = ["app.queue"]\n',
        },
        options="registry = registry.toml",
        expected=(f"app/a.py:1:8: IMC302 'redis' {THROUGH} (registry.toml:2)",),
    ),
    "a Markdown registry": Case(
        files={
            **OTHER,
            "app/a.py": "from app.other import thing\nfrom app.home import thing as t\n",
            "docs/imports.md": "# Imports\n\n```python\nfrom app.home import thing\n```\n",
        },
        options="registry = docs/imports.md",
        expected=(f"app/a.py:1:23: {IS_ASTRAY} (docs/imports.md:4)",),
    ),
    "a Markdown registry allows what it calls deprecated": Case(
        files={
            **OTHER,
            "app/legacy.py": "from app.home import thing\n",
            "app/compat.py": "from app.home import thing\n",
            "app/a.py": "from app.legacy import thing\nfrom app.compat import thing as t\n"
            "from app.other import thing as u\n",
            "imports.md": "```python\nfrom app.home import thing\n"
            "from app.compat import thing  # compatibility\n```\n\n## Deprecated paths\n\n"
            "```python\nfrom app.legacy import thing\n```\n",
        },
        options="registry = imports.md",
        expected=(f"app/a.py:3:23: {IS_ASTRAY} (imports.md:2)",),
    ),
    "lines and two registries together": Case(
        files={
            **OTHER,
            "app/a.py": "from app.other import thing, stuff, gear\n",
            "one.toml": '[[canonical]]\nname = "thing"\nmodule = "app.home"\n',
            "two.md": "```py\nfrom app.home import stuff\n```\n",
        },
        options="canonical = gear => app.home\n" + lines("registry", "one.toml", "two.md"),
        expected=(
            f"app/a.py:1:23: {IS_ASTRAY} (one.toml:2)",
            (
                "app/a.py:1:30: IMC301 'app.other.stuff' is not the canonical path; "
                "use 'app.home.stuff' (two.md:2)"
            ),
            "app/a.py:1:37: IMC301 'app.other.gear' is not the canonical path; use 'app.home.gear'",
        ),
    ),
}

IMPL = {"app/impl.py": "class Thing: ...\n"}
API = {**IMPL, "app/api.py": "from app.impl import Thing\n"}
IS_RE_EXPORT = "IMC301 'app.api.Thing' is a re-export; use 'app.impl.Thing'"

RE_EXPORTS: Mapping[str, Case] = {
    "re_exports = allow": Case(
        files={**API, "app/a.py": "from app.api import Thing\n"},
        options=f"re_exports = allow\n{CANONICAL}",
    ),
    "re_exports = forbid": Case(
        files={
            **API,
            "app/a.py": "from app.impl import Thing\nfrom app.api import x, Thing as T\n",
        },
        options="re_exports = forbid",
        expected=(f"app/a.py:2:24: {IS_RE_EXPORT}",),
    ),
    "re_exports = forbid, relative": Case(
        files={**API, "app/a.py": "from .api import Thing\n"},
        options="re_exports = forbid",
        expected=(f"app/a.py:1:18: {IS_RE_EXPORT}",),
    ),
    "re_exports = forbid follows a chain to the definition": Case(
        files={
            **API,
            "app/top.py": "from app.api import Thing as T\n",
            "app/a.py": "from app.top import T\n",
        },
        options="re_exports = forbid",
        expected=(
            "app/a.py:1:21: IMC301 'app.top.T' is a re-export; use 'app.impl.Thing'",
            f"app/top.py:1:21: {IS_RE_EXPORT}",
        ),
    ),
    "re_exports = forbid follows star imports": Case(
        files={
            **IMPL,
            "app/api.py": "from app.impl import *\n",
            "app/a.py": "from app.api import Thing\nfrom app.api import *\n",
        },
        options="re_exports = forbid",
        expected=(f"app/a.py:1:21: {IS_RE_EXPORT}",),
    ),
    "re_exports = forbid follows aliases": Case(
        files={
            **IMPL,
            "app/api.py": "import app.impl\n\nT = app.impl.Thing\n",
            "app/a.py": "from app.api import T\n",
        },
        options="re_exports = forbid",
        expected=("app/a.py:1:21: IMC301 'app.api.T' is a re-export; use 'app.impl.Thing'",),
    ),
    "re_exports = forbid for a module that another passes on": Case(
        files={
            **IMPL,
            "app/api.py": "from app import impl\n",
            "app/a.py": "from app.api import impl\n",
        },
        options="re_exports = forbid",
        expected=("app/a.py:1:21: IMC301 'app.api.impl' is a re-export; use 'app.impl'",),
    ),
    "re_exports = forbid leaves attributes alone": Case(
        files={**API, "app/a.py": "import app.api\n\napp.api.Thing\n"},
        options="re_exports = forbid",
    ),
    "re_exports = forbid leaves submodules alone": Case(
        files={**API, "app/a.py": "from app import api, impl\n"}, options="re_exports = forbid"
    ),
    "re_exports = forbid leaves what comes from outside alone": Case(
        files={
            "app/api.py": "import json\nfrom os import environ\nfrom lib import X\n",
            "app/a.py": "from app.api import environ, json, X, gone\n",
        },
        options="re_exports = forbid",
    ),
    "re_exports = forbid leaves alternatives alone": Case(
        files={
            **IMPL,
            "app/api.py": "try:\n    from app.impl import Thing\nexcept ImportError:\n"
            "    Thing = None\n",
            "app/top.py": "if 1:\n    from app.impl import Thing\nelse:\n"
            "    from lib import Thing\n",
            "app/a.py": "from app.api import Thing\nfrom app.top import Thing as T\n",
        },
        options="re_exports = forbid",
    ),
    "re_exports = forbid leaves a name in a circle alone": Case(
        files={
            "app/x.py": "from app.y import Thing\n",
            "app/y.py": "from app.x import Thing\n",
            "app/a.py": "from app.x import Thing\n",
        },
        options="re_exports = forbid",
    ),
    "re_exports = forbid allows a module to take back its own": Case(
        files={
            **API,
            "app/impl.py": "class Thing: ...\n\n\ndef f():\n    from app.api import Thing\n",
        },
        options="re_exports = forbid",
    ),
    "re_exports = packages allows an __init__ to offer what lies under it": Case(
        files={
            "app/pkg/__init__.py": "from app.pkg.deep.impl import Thing\n",
            "app/pkg/deep/impl.py": "class Thing: ...\n",
            "app/a.py": "from app.pkg import Thing\n",
        },
        options="re_exports = packages",
    ),
    "re_exports = packages forbids an __init__ to offer what lies elsewhere": Case(
        files={
            **IMPL,
            "app/pkg/__init__.py": "from app.impl import Thing\n",
            "app/a.py": "from app.pkg import Thing\n",
        },
        options="re_exports = packages",
        expected=("app/a.py:1:21: IMC301 'app.pkg.Thing' is a re-export; use 'app.impl.Thing'",),
    ),
    "re_exports = packages forbids a module to re-export": Case(
        files={**API, "app/a.py": "from app.api import Thing\n"},
        options="re_exports = packages",
        expected=(f"app/a.py:1:21: {IS_RE_EXPORT}",),
    ),
    "re_exports = packages looks at the definition, not at the way": Case(
        files={
            **IMPL,
            "app/pkg/__init__.py": "from app.pkg.mid import Thing\n",
            "app/pkg/mid.py": "from app.impl import Thing\n",
            "app/a.py": "from app.pkg import Thing\n",
        },
        options="re_exports = packages",
        expected=(
            "app/a.py:1:21: IMC301 'app.pkg.Thing' is a re-export; use 'app.impl.Thing'",
            (
                "app/pkg/__init__.py:1:25: IMC301 'app.pkg.mid.Thing' is a re-export; "
                "use 'app.impl.Thing'"
            ),
        ),
    ),
    "re_exports = forbid forbids an __init__ too": Case(
        files={
            "app/pkg/__init__.py": "from app.pkg.impl import Thing\n",
            "app/pkg/impl.py": "class Thing: ...\n",
            "app/a.py": "from app.pkg import Thing\n",
        },
        options="re_exports = forbid",
        expected=(
            "app/a.py:1:21: IMC301 'app.pkg.Thing' is a re-export; use 'app.pkg.impl.Thing'",
        ),
    ),
    "an entry wins over re_exports": Case(
        files={
            **API,
            "app/mid.py": "from app.api import Thing\n",
            "app/a.py": "from app.api import Thing\nfrom app.mid import Thing as T\n"
            "from app.impl import Thing as U\n",
        },
        options="re_exports = forbid\ncanonical = Thing => app.api",
        expected=(
            "app/a.py:2:21: IMC301 'app.mid.Thing' is not the canonical path; use 'app.api.Thing'",
            "app/a.py:3:22: IMC301 'app.impl.Thing' is not the canonical path; use 'app.api.Thing'",
        ),
    ),
    "an entry's second path wins over re_exports": Case(
        files={
            **API,
            "app/a.py": "from app.api import Thing\n",
            "registry.toml": '[[canonical]]\nname = "Thing"\nmodule = "app.impl"\n'
            'also = ["app.api"]\n',
        },
        options="re_exports = forbid\nregistry = registry.toml",
    ),
}

PLACES: Mapping[str, Case] = {
    "a src layout": Case(
        layout="src/",
        files={
            "src/app/home.py": "thing = 1\n",
            "src/app/other.py": "from .home import thing\n",
            "src/app/a.py": "from .other import thing\n",
            "tests/test_a.py": "from app.other import thing\nfrom app.home import thing as t\n",
        },
        options=CANONICAL,
        expected=(f"src/app/a.py:1:20: {IS_ASTRAY}", f"tests/test_a.py:1:23: {IS_ASTRAY}"),
    ),
    "a folder without __init__ between packages (PEP 420)": Case(
        files={
            "app/space/home.py": "thing = 1\n",
            "app/space/other.py": "from .home import thing\n",
            "app/a.py": "from app.space.other import thing\nfrom app import space\n"
            "space.other.thing\n",
        },
        options="canonical = thing => app.space.home",
        expected=(
            (
                "app/a.py:1:29: IMC301 'app.space.other.thing' is not the canonical path; "
                "use 'app.space.home.thing'"
            ),
            (
                "app/a.py:3:1: IMC301 'app.space.other.thing' is not the canonical path; "
                "use 'app.space.home.thing'"
            ),
        ),
    ),
    "a home among tests, imported by its bare name": Case(
        files={
            "tests/helpers.py": "thing = 1\n",
            "tests/other.py": "from helpers import thing\n",
            "tests/test_a.py": "from helpers import thing\nfrom other import thing as t\n"
            "import other\nother.thing\n",
            "tests/unit/test_b.py": "from other import thing\n",
        },
        options="canonical = thing => tests.helpers",
        expected=(
            (
                "tests/test_a.py:2:19: IMC301 'other.thing' is not the canonical path; "
                "use 'tests.helpers.thing'"
            ),
            (
                "tests/test_a.py:4:1: IMC301 'other.thing' is not the canonical path; "
                "use 'tests.helpers.thing'"
            ),
        ),
    ),
    "a reference to a test's neighbour": Case(
        files={
            "tests/helpers.py": "thing = 1\n",
            "tests/other.py": "from helpers import thing\n",
            "tests/redis.py": "",
            "tests/test_a.py": "def test_a(mocker):\n    mocker.patch('helpers.thing')\n"
            "    mocker.patch('other.thing.x')\n    mocker.patch('redis.Redis')\n",
        },
        options=f"canonical = thing => tests.helpers\n{GATEWAY}",
        expected=(
            (
                "tests/test_a.py:3:18: IMC303 'other.thing' is not the canonical path; "
                "use 'tests.helpers.thing'"
            ),
        ),
    ),
    "a home among tests that are packages": Case(
        files={
            "tests/__init__.py": "",
            "tests/helpers.py": "thing = 1\n",
            "tests/other.py": "from .helpers import thing\n",
            "tests/test_a.py": "from tests.helpers import thing\nfrom .other import thing as t\n",
        },
        options="canonical = thing => tests.helpers",
        expected=(
            (
                "tests/test_a.py:2:20: IMC301 'tests.other.thing' is not the canonical path; "
                "use 'tests.helpers.thing'"
            ),
        ),
    ),
    "source_paths name other folders and a single file": Case(
        session=lines("source_paths", "scripts", "run.py"),
        files={
            **OTHER,
            "scripts/a.py": "from app.other import thing\n",
            "run.py": "from app.other import thing\n",
            "walk.py": "from app.other import thing\n",
            "tests/test_a.py": "from app.other import thing\n",
        },
        options=CANONICAL,
        expected=(f"run.py:1:23: {IS_ASTRAY}", f"scripts/a.py:1:23: {IS_ASTRAY}"),
    ),
    "source_modules": Case(
        files={
            **OTHER,
            "app/a.py": "from app.other import thing\n",
            "app/sub/__init__.py": "",
            "app/sub/a.py": "from app.other import thing\n",
        },
        options=f"{CANONICAL}\nsource_modules = app.sub",
        expected=(f"app/sub/a.py:1:23: {IS_ASTRAY}",),
    ),
    "source_modules with wildcards": Case(
        files={
            **OTHER,
            "app/a.py": "from app.other import thing\n",
            "app/sub/__init__.py": "",
            "app/sub/a.py": "from app.other import thing\n",
        },
        options=f"{CANONICAL}\n" + lines("source_modules", "app.*.a", "**.home"),
        expected=(f"app/sub/a.py:1:23: {IS_ASTRAY}",),
    ),
    "ignore_imports by the name": Case(
        files={
            **OTHER,
            "app/a.py": "from app.other import thing\n",
            "app/b.py": "from app.other import thing\n",
        },
        options=f"{CANONICAL}\nignore_imports = app.a -> app.other.thing",
        expected=(f"app/b.py:1:23: {IS_ASTRAY}",),
    ),
    "ignore_imports by the module": Case(
        files={**OTHER, "app/a.py": "from app.other import thing\nimport redis\n"},
        options=f"{CANONICAL}\n{GATEWAY}\n"
        + lines("ignore_imports", "app.* -> app.other", "** -> redis"),
    ),
    "noqa": passed_on("from app.other import thing  # noqa\n"),
    "noqa with our code": passed_on("from app.other import thing  # noqa: IMC301\n"),
    "noqa with another code": passed_on("from app.other import thing  # noqa: IMC302\n", "1:23"),
    "noqa on the first line of many": passed_on(
        "from app.other import (  # noqa: IMC301\n    thing,\n)\n"
    ),
    "noqa on the name's own line": passed_on("from app.other import (\n    thing,  # noqa\n)\n"),
    "noqa on another name's line": passed_on(
        "from app.other import (\n    x,  # noqa\n    thing,\n)\n", "3:5"
    ),
    "noqa at the end of lines that backslashes join": passed_on(
        "from app.other \\\n    import thing  # noqa\n"
    ),
    "noqa within a string over many lines": passed_on(
        "from app import other\n\nother.thing('''\n# noqa\n''')\n"
    ),
    "flake8: noqa": passed_on("# flake8: noqa\nfrom app.other import thing\n"),
    "noqa for a dependency": outside(
        "import redis  # noqa: IMC302\nfrom redis import (  # noqa: IMC301\n    Redis,\n)\n",
        "2:6: IMC302 'redis'",
    ),
    "two contracts that agree": Case(
        files={**OTHER, "app/a.py": "from app.other import thing\nimport redis\n"},
        options=CANONICAL,
        further=(Contract(type="canonical_imports", options=GATEWAY),),
        expected=(f"app/a.py:1:23: {IS_ASTRAY}", f"app/a.py:2:8: IMC302 'redis' {THROUGH}"),
    ),
    "names and gateways in one contract": Case(
        files={**OTHER, "app/a.py": "from app.other import thing\nfrom redis import thing as t\n"},
        options=f"{CANONICAL}\n{GATEWAY}",
        expected=(f"app/a.py:1:23: {IS_ASTRAY}", f"app/a.py:2:6: IMC302 'redis' {THROUGH}"),
    ),
}

CASES: Mapping[str, Case] = {
    **STATEMENTS,
    **ATTRIBUTES,
    **WAYS,
    **REFERENCES,
    **GATEWAYS,
    **REGISTRIES,
    **RE_EXPORTS,
    **PLACES,
}
