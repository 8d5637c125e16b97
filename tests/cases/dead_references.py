"""Cases of `resolvable_imports`: references to nothing, and patches that patch nothing."""

from __future__ import annotations

from collections.abc import Mapping

from tests.cases.case import Case

RESORT = "restore it, or correct the string"
PATCH = "from unittest.mock import patch\n\n"

MAIL = {
    "app/mail.py": "import os\n\nfrom app.base import Base\n\nTIMEOUT = 30\nbox = Base()\n\n\n"
    "def send(): ...\n\n\n"
    "class Mailer(Base):\n"
    "    retries: int\n"
    "    host, port = 'localhost', 25\n\n"
    "    def __init__(self):\n        self.queue = []\n\n"
    "    @property\n    def size(self): ...\n\n"
    "    class Meta:\n        order = 1\n",
    "app/base.py": "class Base:\n    def close(self): ...\n",
}
"""A module with a name of each kind."""


def patched(*targets: str, expected: Mapping[str, str] | None = None) -> Case:
    """Return the case of a test that patches targets, one a line, with what is said of each."""
    lines = "".join(f'patch("{target}")\n' for target in targets)
    found = expected or {}
    return Case(
        files={**MAIL, "tests/test_a.py": f"{PATCH}{lines}"},
        expected=tuple(
            f"tests/test_a.py:{number}:7: IMC404 there is no '{target}'{found[target]}"
            for number, target in enumerate(targets, start=3)
            if target in found
        ),
    )


def alone(target: str, rest: str) -> Case:
    """Return the case of a test that patches one target in vain."""
    return patched(target, expected={target: rest})


def in_test(text: str, *expected: str, files: Mapping[str, str] | None = None) -> Case:
    """Return the case of one test file."""
    return Case(
        files={**MAIL, **(files or {}), "tests/test_a.py": text},
        expected=tuple(f"tests/test_a.py:{line}" for line in expected),
    )


MODULES: Mapping[str, Case] = {
    "a name of a module": patched("app.mail.send", "app.mail.TIMEOUT", "app.mail.Mailer"),
    "a name that a module imports": patched("app.mail.Base", "app.mail.os"),
    "a submodule": patched("app.mail"),
    "what lies past a module from outside is not known": patched("app.mail.os.path.gone"),
    "what lies past an instance, a constant or a function is not known": patched(
        "app.mail.box.gone", "app.mail.TIMEOUT.gone", "app.mail.send.gone"
    ),
    "what every module has": patched("app.mail.__doc__", "app.__path__", "app.mail.__dict__"),
    "a built-in function, which patch creates": patched("app.mail.open", "app.mail.print"),
    "a built-in function of no module": alone(
        "app.gone.open", f" (no module 'app.gone'); {RESORT}"
    ),
    "a built-in function that monkeypatch does not create": in_test(
        'def test_a(monkeypatch):\n    monkeypatch.setattr("app.mail.open", 1)\n',
        f"2:25: IMC404 there is no 'app.mail.open'; {RESORT}",
    ),
    "a module that is gone": alone("app.gone.send", f" (no module 'app.gone'); {RESORT}"),
    "a package that is gone": alone("app.core.mail.send", " (no module 'app.core'); " + RESORT),
    "a misspelt module": alone(
        "app.mial.Mailer", " (no module 'app.mial'); did you mean 'app.mail.Mailer'?"
    ),
    "a misspelt module, whose name is gone too": alone(
        "app.mial.gone", " (no module 'app.mial'); did you mean 'app.mail'?"
    ),
    "a module of the package that is gone": alone("app.gone", f"; {RESORT}"),
    "a name that is gone": alone("app.mail.flush_all", f"; {RESORT}"),
    "a misspelt name": alone("app.mail.TIMEOUTS", "; did you mean 'app.mail.TIMEOUT'?"),
    "a name that another module defines": alone("app.base.send", "; use 'app.mail.send'"),
    "an attribute of a class that is gone": alone(
        "app.mail.Sender.run", f" ('app.mail' has no name 'Sender'); {RESORT}"
    ),
    "an attribute of a class that another module defines": alone(
        "app.base.Mailer.size",
        " ('app.base' has no name 'Mailer'); use 'app.mail.Mailer.size'",
    ),
    "a module that has moved": Case(
        files={
            **MAIL,
            "moves.toml": '[[moves]]\nold = "app.post"\nnew = "app.mail"\n',
            "tests/test_a.py": f'{PATCH}patch("app.post.send")\n',
        },
        options="moves = moves.toml",
        expected=(
            (
                "tests/test_a.py:3:7: IMC404 there is no 'app.post.send' (no module 'app.post'); "
                "it is now 'app.mail.send' (moves.toml:2)"
            ),
        ),
    ),
    "a name for type checkers only": in_test(
        f'{PATCH}patch("app.typed.Base")\n',
        "3:7: IMC404 there is no 'app.typed.Base' "
        f"('app.typed' binds 'Base' for type checkers only); {RESORT}",
        files={
            "app/typed.py": "from typing import TYPE_CHECKING\n\n"
            "if TYPE_CHECKING:\n    from app.base import Base\n"
        },
    ),
    "a name of a module that is open": in_test(
        f'{PATCH}patch("app.lazy.gone")\npatch("app.lazy.gone.run")\n',
        files={"app/lazy.py": "def __getattr__(name): return name\n"},
    ),
    "a name from a star import": in_test(
        f'{PATCH}patch("app.stars.send")\npatch("app.stars.gone_for_good")\n',
        f"4:7: IMC404 there is no 'app.stars.gone_for_good'; {RESORT}",
        files={"app/stars.py": "from app.mail import *\n"},
    ),
    "a name of a package that a module of its name hides": in_test(
        f'{PATCH}patch("app.post.run.send")\npatch("app.post.run.gone_for_good")\n',
        f"4:7: IMC404 there is no 'app.post.run.gone_for_good'; {RESORT}",
        files={
            "app/post/__init__.py": "from app.post.run import run\n",
            "app/post/run.py": "def run(): ...\ndef send(): ...\n",
        },
    ),
    "monkeypatch takes the attribute before the module": in_test(
        'def test_a(monkeypatch):\n    monkeypatch.setattr("app.post.run.gone_for_good", 1)\n',
        files={
            "app/post/__init__.py": "from app.post.run import run\n",
            "app/post/run.py": "def run(): ...\n",
        },
    ),
    "a module by the name that a package gives it": in_test(
        f'{PATCH}patch("app.api.post.send")\npatch("app.api.post.gone_for_good")\n',
        "4:7: IMC404 there is no 'app.api.post.gone_for_good' "
        f"('app.mail' has no name 'gone_for_good'); {RESORT}",
        files={"app/api.py": "from app import mail as post\n"},
    ),
    "a neighbour of the test": in_test(
        f'{PATCH}patch("helpers.thing")\npatch("helpers.gone_for_good")\npatch("helper.x")\n',
        f"4:7: IMC404 there is no 'helpers.gone_for_good'; {RESORT}",
        files={"tests/helpers.py": "thing = 1\n"},
    ),
    "a path from outside the project is no concern": patched(
        "os.gone", "json.gone.x", "requests.gone", "application.mail"
    ),
}

CLASSES: Mapping[str, Case] = {
    "what the body of a class binds": patched(
        "app.mail.Mailer.host", "app.mail.Mailer.port", "app.mail.Mailer.size"
    ),
    "what is only annotated, and what methods set": patched(
        "app.mail.Mailer.retries", "app.mail.Mailer.queue"
    ),
    "what a base offers": patched("app.mail.Mailer.close", "app.mail.Base.close"),
    "what every class offers": patched(
        "app.mail.Mailer.__init__", "app.mail.Mailer.__call__", "app.mail.Mailer.mro"
    ),
    "a class in a class": patched("app.mail.Mailer.Meta", "app.mail.Mailer.Meta.order"),
    "an attribute that is gone": alone("app.mail.Mailer.flush", f"; {RESORT}"),
    "a misspelt attribute": alone(
        "app.mail.Mailer.hosts", "; did you mean 'app.mail.Mailer.host'?"
    ),
    "a misspelt attribute of a base": alone(
        "app.mail.Mailer.closed", "; did you mean 'app.mail.Mailer.close'?"
    ),
    "a misspelt attribute, further on": alone(
        "app.mail.Mailer.Mata.order",
        " (class 'app.mail.Mailer' has no 'Mata'); did you mean 'app.mail.Mailer.Meta.order'?",
    ),
    "an attribute that is gone from a class in a class": alone(
        "app.mail.Mailer.Meta.gone", f"; {RESORT}"
    ),
    "an attribute of a class that the module imports": alone(
        "app.mail.Base.gone", f" (class 'app.base.Base' has no 'gone'); {RESORT}"
    ),
    "a special method that the class lacks": alone("app.mail.Mailer.__enter__", f"; {RESORT}"),
    "a private name is the one that Python mangles": in_test(
        f'{PATCH}patch("app.x.X._X__secret")\npatch("app.x.X.__secret")\n',
        "4:7: IMC404 there is no 'app.x.X.__secret'; did you mean 'app.x.X._X__secret'?",
        files={"app/x.py": "class X:\n    __secret = 1\n"},
    ),
    "an attribute in a branch of the class": in_test(
        f'{PATCH}patch("app.x.X.one")\npatch("app.x.X.two")\npatch("app.x.X.lost")\n',
        f"5:7: IMC404 there is no 'app.x.X.lost'; {RESORT}",
        files={"app/x.py": "class X:\n    if y:\n        one = 1\n    for two in ():\n        0\n"},
    ),
    "slots, and what is set on the class later": in_test(
        f'{PATCH}patch("app.x.X.one")\npatch("app.x.X.two")\npatch("app.x.X.three")\n'
        'patch("app.x.X.lost")\n',
        f"6:7: IMC404 there is no 'app.x.X.lost'; {RESORT}",
        files={
            "app/x.py": "class X:\n    __slots__ = ('one',)\n\n\n"
            "X.two = 2\nsetattr(X, 'three', 3)\n"
        },
    ),
    "what another module sets on the class": in_test(
        f'{PATCH}patch("app.mail.Mailer.extra")\n',
        files={"app/more.py": "from app.mail import Mailer\n\nMailer.extra = 1\n"},
    ),
    "a class with two definitions": in_test(
        f'{PATCH}patch("app.x.X.one")\npatch("app.x.X.two")\npatch("app.x.X.lost")\n',
        f"5:7: IMC404 there is no 'app.x.X.lost'; {RESORT}",
        files={
            "app/x.py": "if y:\n    class X:\n        one = 1\n"
            "else:\n    class X:\n        two = 2\n"
        },
    ),
    "a name that is a class or something else": in_test(
        f'{PATCH}patch("app.x.X.lost")\n',
        files={"app/x.py": "class X: ...\n\n\nX = wrap(X)\n"},
    ),
    "a class from a base that is not known": in_test(
        f'{PATCH}patch("app.x.X.lost")\npatch("app.x.Y.lost")\npatch("app.x.Z.lost")\n',
        files={
            "app/x.py": "from somewhere import A, B\n\n\nclass X(A): ...\n\n\n"
            "class Y(B.C): ...\n\n\nclass Z(make()): ...\n"
        },
    ),
    "a class with a metaclass, a decorator or setattr": in_test(
        f'{PATCH}patch("app.x.X.lost")\npatch("app.x.Y.lost")\npatch("app.x.Z.lost")\n'
        'patch("app.x.W.lost")\n',
        f"6:7: IMC404 there is no 'app.x.W.lost'; {RESORT}",
        files={
            "app/x.py": "class X(metaclass=M): ...\n\n\n@wrap\nclass Y: ...\n\n\n"
            "class Z:\n    def f(self):\n        setattr(type(self), name, 1)\n\n\n"
            "class W:\n    def __getattr__(self, name): setattr(self, name, 1)\n"
        },
    ),
    "a class with a metaclass or a decorator that adds nothing": in_test(
        f'{PATCH}patch("app.x.X.lost")\npatch("app.x.Y.lost")\n',
        f"3:7: IMC404 there is no 'app.x.X.lost'; {RESORT}",
        f"4:7: IMC404 there is no 'app.x.Y.lost'; {RESORT}",
        files={
            "app/x.py": "from abc import ABCMeta\nfrom dataclasses import dataclass\n\n\n"
            "class X(metaclass=ABCMeta): ...\n\n\n@dataclass(frozen=True)\nclass Y: ...\n"
        },
    ),
    "bases of Python's own": in_test(
        f'{PATCH}patch("app.x.X.args")\npatch("app.x.X.lost")\npatch("app.x.Y.name")\n'
        'patch("app.x.Y.RED")\npatch("app.x.Y.lost")\npatch("app.x.Z.start")\n'
        'patch("app.x.Z.lost")\n',
        f"4:7: IMC404 there is no 'app.x.X.lost'; {RESORT}",
        f"7:7: IMC404 there is no 'app.x.Y.lost'; {RESORT}",
        f"9:7: IMC404 there is no 'app.x.Z.lost'; {RESORT}",
        files={
            "app/x.py": "import enum\nfrom threading import Thread\n\n\n"
            "class X(ValueError): ...\n\n\nclass Y(enum.Enum):\n    RED = 1\n\n\n"
            "class Z(Thread): ...\n"
        },
    ),
    "generic bases, and bases in a circle": in_test(
        f'{PATCH}patch("app.x.X.lost")\npatch("app.x.Y.lost")\n',
        f"3:7: IMC404 there is no 'app.x.X.lost'; {RESORT}",
        f"4:7: IMC404 there is no 'app.x.Y.lost' (class 'app.y.Y' has no 'lost'); {RESORT}",
        files={
            "app/x.py": "from typing import Generic\nfrom app.y import Y\n\n\n"
            "class X(Generic[T]): ...\n",
            "app/y.py": "from app.x import Y as Z\n\n\nclass Y(Z): ...\n",
        },
    ),
}

CALLABLES: Mapping[str, Case] = {
    "every spelling of patch": in_test(
        "import unittest.mock\nimport unittest.mock as m\nfrom unittest import mock\n"
        "from unittest.mock import patch as p\n\nq = mock.patch\n\n"
        '@p("app.a.b")\n@m.patch("app.a.b")\n@mock.patch(target="app.a.b")\n'
        '@unittest.mock.patch(new=1, target="app.a.b")\n@q("app.a.b")\n'
        'def test_a(class_mocker):\n    class_mocker.patch("app.a.b")\n'
        '    with open("x"), p("app.a.b") as b:\n        b\n',
        *(
            f"{place}: IMC404 there is no 'app.a.b' (no module 'app.a'); {RESORT}"
            for place in ("8:4", "9:10", "10:20", "11:36", "12:4", "14:24", "15:23")
        ),
    ),
    "create=True allows the last attribute": in_test(
        f'{PATCH}patch("app.mail.gone", create=True)\npatch("app.mail.gone", 1, None, True)\n'
        'patch("app.mail.Mailer.gone", create=True)\npatch("app.mail.gone", create=False)\n'
        'patch("app.mail.gone", create=x)\npatch("app.mail.gone", **x)\n'
        'patch("app.gone.x", create=True)\n',
        f"6:7: IMC404 there is no 'app.mail.gone'; {RESORT}",
        f"9:7: IMC404 there is no 'app.gone.x' (no module 'app.gone'); {RESORT}",
    ),
    "monkeypatch, raising or not": in_test(
        "def test_a(monkeypatch):\n"
        '    monkeypatch.setattr("app.mail.send", 1)\n'
        '    monkeypatch.setattr("app.mail.gone", 1)\n'
        '    monkeypatch.delattr("app.mail.gone")\n'
        '    monkeypatch.setattr("app.mail.gone", 1, raising=False)\n'
        '    monkeypatch.delattr("app.mail.gone", raising=False)\n'
        '    monkeypatch.delattr("app.gone.gone", raising=False)\n',
        f"3:25: IMC404 there is no 'app.mail.gone'; {RESORT}",
        f"4:25: IMC404 there is no 'app.mail.gone'; {RESORT}",
        f"7:25: IMC404 there is no 'app.gone.gone' (no module 'app.gone'); {RESORT}",
    ),
    "patch.object takes no path": in_test(f'{PATCH}patch.object("app.gone.x", "y")\n'),
    "patch.dict looks up the whole path": in_test(
        f'{PATCH}patch.dict("app.mail.TIMEOUT", a=1)\npatch.dict("app.mail", a=1)\n'
        'patch.dict("app.mail.gone", a=1)\npatch.dict(in_dict="os.environ", a=1)\n',
        f"5:12: IMC404 there is no 'app.mail.gone'; {RESORT}",
    ),
    "patch.multiple looks up its keywords too": in_test(
        f'{PATCH}patch.multiple("app.mail", send=1, gone=2, open=3, autospec=True)\n'
        'patch.multiple("app.mail.Mailer", size=1, gone=2)\n'
        'patch.multiple("app.gone", gone=2)\npatch.multiple("app.mail", gone=1, create=True)\n',
        f"3:16: IMC404 there is no 'app.mail.gone'; {RESORT}",
        f"4:16: IMC404 there is no 'app.mail.Mailer.gone'; {RESORT}",
        f"5:16: IMC404 there is no 'app.gone'; {RESORT}",
    ),
    "import_module asks for a module": in_test(
        'import importlib\n\nimportlib.import_module("app.mail")\n'
        'importlib.import_module("app.mail.send")\nimportlib.import_module("app.mail.gone")\n'
        'importlib.import_module("app.gone")\nimportlib.import_module(".gone", "app")\n',
        "4:25: IMC404 there is no module 'app.mail.send' ('app.mail' is a module, not a "
        "package); import 'app.mail', and take 'send' from it",
        "5:25: IMC404 there is no module 'app.mail.gone' ('app.mail' is a module, not a "
        f"package); {RESORT}",
        f"6:25: IMC404 there is no module 'app.gone'; {RESORT}",
        f"7:25: IMC404 there is no module 'app.gone'; {RESORT}",
    ),
    "import_module asks the standard library": in_test(
        "from importlib import import_module\n\nimport_module('json.decoder')\n"
        "import_module('json.gone')\nimport_module('nowhere.gone')\n",
        "4:15: IMC404 there is no module 'json.gone'; correct the string",
    ),
    "__import__ and resolve_name": in_test(
        '__import__("app.gone")\n__import__("app.mail")\nimport pkgutil\n'
        'pkgutil.resolve_name("app.mail:Mailer.size")\n'
        'pkgutil.resolve_name("app.mail:Mailer.gone")\npkgutil.resolve_name("app.mail")\n',
        f"1:12: IMC404 there is no module 'app.gone'; {RESORT}",
        f"5:22: IMC404 there is no 'app.mail.Mailer.gone'; {RESORT}",
    ),
    "importorskip skips in silence": in_test(
        'import pytest\n\npytest.importorskip("app.mail")\npytest.importorskip("numpy")\n'
        'pytest.importorskip("app.mial")\n',
        "5:21: IMC404 there is no module 'app.mial', so the tests are skipped silently; "
        "did you mean 'app.mail'?",
    ),
    "pytest_plugins": in_test(
        'pytest_plugins = ["pytester", "app.mail", "app.gone"]\n',
        f"1:43: IMC404 there is no module 'app.gone'; {RESORT}",
    ),
    "in the code itself": Case(
        files={
            **MAIL,
            "app/a.py": "from importlib import import_module\n\n"
            'import_module(".gone", __package__)\nimport_module(f"{__name__}.gone")\n'
            'import_module("." + "mail", "app")\n',
        },
        expected=(
            f"app/a.py:3:15: IMC404 there is no module 'app.gone'; {RESORT}",
            (
                "app/a.py:4:15: IMC404 there is no module 'app.a.gone' ('app.a' is a module, "
                f"not a package); {RESORT}"
            ),
        ),
    ),
}

STRINGS: Mapping[str, Case] = {
    "f-strings and sums of constants": in_test(
        f'{PATCH}BASE = "app.mail"\nSENDER: str = f"{{BASE}}.Mailer"\n\n'
        'patch(f"{BASE}.send")\npatch(f"{BASE}.gone")\npatch(BASE + ".gone")\n'
        'patch(f"{SENDER}.size")\npatch("app." f"{"mail"}.gone")\n'.replace('{"mail"}', "{'mail'}")
        + "patch(SENDER + '.gone')\n",
        f"7:7: IMC404 there is no 'app.mail.gone'; {RESORT}",
        f"8:7: IMC404 there is no 'app.mail.gone'; {RESORT}",
        f"10:7: IMC404 there is no 'app.mail.gone'; {RESORT}",
        f"11:7: IMC404 there is no 'app.mail.Mailer.gone'; {RESORT}",
    ),
    "a bare constant": in_test(
        f'{PATCH}SEND = "app.mail.send"\nGONE = "app.mail.gone"\n\npatch(SEND)\npatch(GONE)\n',
        f"7:7: IMC404 there is no 'app.mail.gone'; {RESORT}",
    ),
    "a name that is assigned twice, shadowed, or not known": in_test(
        f'{PATCH}A = "app.gone"\nA = "app.mail"\nB = "app.gone"\nC = make("app.gone")\n\n\n'
        "def test_a(B):\n    global D\n    D = 1\n    for E in B:\n"
        '        patch(f"{A}.x")\n        patch(f"{B}.x")\n        patch(C + ".x")\n'
        '        patch(f"{D}.x")\n        patch(f"{E}.x")\n        patch(f"{A!r}.x")\n'
        '        patch("%s.x" % B)\n\n\nD = E = "app.gone"\n',
    ),
    "joined strings, over two lines": in_test(
        f'{PATCH}patch(\n    "app.mail"\n    ".gone",\n)\n',
        f"4:5: IMC404 there is no 'app.mail.gone'; {RESORT}",
    ),
    "after characters of several bytes": in_test(
        f'{PATCH}"größe"; patch("app.mail.größe")\n',
        f"3:16: IMC404 there is no 'app.mail.größe'; {RESORT}",
    ),
    "strings that are no references": in_test(
        f'{PATCH}print("app.gone.x")\npatch("app/gone.x")\npatch("/app.gone.x")\n'
        'patch(x, "app.gone.x")\nclient.get("app.gone.x")\n"""app.gone.x"""\n'
    ),
}

MEANT: Mapping[str, Case] = {
    "a lookup that is expected to fail": in_test(
        "import importlib\nfrom contextlib import suppress\n\nimport pytest\n\n\n"
        "def test_a(monkeypatch):\n"
        "    with pytest.raises(ImportError):\n        importlib.import_module('app.gone')\n"
        "    with pytest.raises((KeyError, AttributeError)) as error:\n"
        "        monkeypatch.setattr('app.mail.gone', 1)\n"
        "    with suppress(ModuleNotFoundError):\n        importlib.import_module('app.gone')\n"
        "    try:\n        importlib.import_module('app.gone')\n    except ImportError:\n"
        "        pass\n",
    ),
    "a lookup where other failures are expected": in_test(
        "import importlib\nfrom unittest.mock import patch\n\nimport pytest\n\n\n"
        "def test_a(monkeypatch):\n"
        "    with pytest.raises(ValueError):\n        patch('app.gone.x')\n"
        "    try:\n        patch('app.gone.x')\n    except Exception:\n        pass\n"
        "    try:\n        importlib.import_module('app.gone')\n    except ImportError:\n"
        "        raise\n",
        f"9:15: IMC404 there is no 'app.gone.x' (no module 'app.gone'); {RESORT}",
        f"11:15: IMC404 there is no 'app.gone.x' (no module 'app.gone'); {RESORT}",
        f"15:33: IMC404 there is no module 'app.gone'; {RESORT}",
    ),
    "a lookup that is never made": in_test(
        f"import pytest\n{PATCH}"
        "if False:\n    patch('app.gone.x')\n\n\n"
        "def f():\n    return\n    patch('app.gone.x')\n\n\n"
        "pytest.skip('later', allow_module_level=True)\npatch('app.gone.x')\n",
    ),
    "a module that the test puts in place": in_test(
        f'import sys\n{PATCH}sys.modules["app.fake"] = object()\npatch("app.fake.x")\n'
        'patch("app.gone.x")\n',
        f"6:7: IMC404 there is no 'app.gone.x' (no module 'app.gone'); {RESORT}",
    ),
    "a module that conftest.py puts in place": in_test(
        f'{PATCH}patch("app.fake.x")\n',
        files={"tests/conftest.py": 'import sys\n\nsys.modules["app.fake"] = object()\n'},
    ),
    "noqa": in_test(
        f'{PATCH}patch("app.gone.x")  # noqa: IMC404\npatch(  # noqa: IMC4\n    "app.gone.x",\n)\n'
        'patch("app.gone.x")  # noqa: IMC401\n',
        f"7:7: IMC404 there is no 'app.gone.x' (no module 'app.gone'); {RESORT}",
    ),
    "ignored imports": Case(
        files={**MAIL, "tests/test_a.py": f'{PATCH}patch("app.gone.x")\npatch("app.mail.gone")\n'},
        options="ignore_imports = tests.* -> app.gone.**",
        expected=(f"tests/test_a.py:4:7: IMC404 there is no 'app.mail.gone'; {RESORT}",),
    ),
    "references are ignored by option": Case(
        files={**MAIL, "tests/test_a.py": f'{PATCH}patch("app.gone.x")\n'},
        options="references = ignore",
    ),
}


def django(path: str, text: str, *expected: str, needs: str = "Django>=4\n") -> Case:
    """Return the case of one file of a project with these requirements."""
    return Case(
        files={**MAIL, "requirements.txt": needs, path: text},
        expected=tuple(f"{path}:{line}" for line in expected),
    )


SETTINGS: Mapping[str, Case] = {
    "apps, middleware and the like": django(
        "app/settings.py",
        "INSTALLED_APPS = ['django.contrib.admin', 'app.base', 'app.shop', 'app.mail.Mailer']\n"
        "MIDDLEWARE = [\n    'django.gone.Middleware',\n    'app.mail.Mialer',\n]\n"
        "ROOT_URLCONF = 'app.urls'\nWSGI_APPLICATION = 'app.mail.send'\n"
        "CACHES = {'default': {'BACKEND': 'app.mail.Cache'}}\n",
        f"1:55: IMC404 there is no 'app.shop'; {RESORT}",
        "4:5: IMC404 there is no 'app.mail.Mialer'; did you mean 'app.mail.Mailer'?",
        f"6:16: IMC404 there is no module 'app.urls'; {RESORT}",
        f"8:34: IMC404 there is no 'app.mail.Cache'; {RESORT}",
    ),
    "the settings module": django(
        "app/manage.py",
        "import os\n\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')\n",
        f"3:49: IMC404 there is no module 'app.settings'; {RESORT}",
    ),
    "included URLs": django(
        "app/pages.py",
        "from django.urls import include, path\n\nurlpatterns = [\n"
        "    path('mail', include('app.mail')),\n    path('shop', include('app.shop.urls')),\n]\n",
        f"5:26: IMC404 there is no module 'app.shop.urls' (no module 'app.shop'); {RESORT}",
    ),
    "settings that a test overrides": django(
        "tests/test_a.py", "@override_settings(ROOT_URLCONF='app.gone')\ndef test_a(self): ...\n"
    ),
    "settings of a project without Django": django(
        "app/settings.py", "ROOT_URLCONF = 'app.urls'\n", needs="django-environ\n"
    ),
}

SEND = {"app/impl.py": "def send(): ...\n"}
API = {**SEND, "app/api.py": "from app.impl import send\n"}
"""A module that only passes a name on."""
READER = "from app.impl import send\n\n\ndef run():\n    send()\n"
IS_IDLE = "IMC407 'app.api.send' is only passed on by 'app.api', and nothing looks it up there"
AT_HOME = f"tests/test_a.py:3:7: {IS_IDLE}; patch 'app.impl.send', where it is defined"


def idle(*expected: str, test: str = f'{PATCH}patch("app.api.send")\n', **files: str) -> Case:
    """Return the case of a patch in a project with further modules."""
    modules = {f"app/{name}.py": text for name, text in files.items()}
    return Case(
        files={**API, **modules, "tests/test_a.py": test},
        options="references = effective",
        expected=expected,
    )


def looked_up(*paths: str) -> str:
    """Return what is said of the patch where the name is looked up elsewhere."""
    quoted = " or ".join(f"'{path}'" for path in paths)
    return f"tests/test_a.py:3:7: {IS_IDLE}; patch {quoted}, where it is looked up"


IDLE: Mapping[str, Case] = {
    "nothing looks the name up": idle(AT_HOME),
    "a module that imports it looks it up": idle(looked_up("app.service.send"), service=READER),
    "a module that imports it by way of the re-export looks it up": idle(
        looked_up("app.service.s"),
        service="from app.api import send as s\n\n\ndef run():\n    s()\n",
    ),
    "several modules look it up": idle(
        looked_up("app.one.send", "app.three.send"), one=READER, two=READER, three=READER
    ),
    "several modules look it up, and the test imports one": idle(
        looked_up("app.two.send").replace(":3:", ":4:"),
        test=f'import app.two\n{PATCH}patch("app.api.send")\n',
        one=READER,
        two=READER,
        three=READER,
    ),
    "a module that imports it, and passes it on too": idle(
        AT_HOME, service="from app.impl import send\n"
    ),
    "a name that a package passes on": Case(
        files={
            **SEND,
            "app/__init__.py": "from app.impl import send\n",
            "tests/test_a.py": f'{PATCH}patch("app.send")\n',
        },
        options="references = effective",
        expected=(
            (
                "tests/test_a.py:3:7: IMC407 'app.send' is only passed on by 'app', and nothing "
                "looks it up there; patch 'app.impl.send', where it is defined"
            ),
        ),
    ),
    "a name that a star import passes on": idle(AT_HOME, api="from app.impl import *\n"),
    "a name from outside": idle(
        AT_HOME.replace("app.impl.send", "json.dumps"), api="from json import dumps as send\n"
    ),
    "by monkeypatch": idle(
        AT_HOME.replace(":3:7:", ":2:25:"),
        test='def test_a(monkeypatch):\n    monkeypatch.setattr("app.api.send", 1)\n',
    ),
    "by a constant": idle(
        AT_HOME.replace(":3:7:", ":4:7:"),
        test=f'{PATCH}API = "app.api"\npatch(API + ".send")\n',
    ),
    "noqa on an idle patch": idle(test=f'{PATCH}patch("app.api.send")  # noqa: IMC407\n'),
    "the module's own code looks it up": idle(
        api="from app.impl import send\n\n\ndef run():\n    send()\n"
    ),
    "the module's own code may look it up": idle(
        api="from app.impl import send\n\n\ndef run(name):\n    globals()[name]()\n"
    ),
    "other code looks it up by attribute": idle(
        service="import app.api\n\n\ndef run():\n    app.api.send()\n"
    ),
    "other code looks it up after another import": idle(
        service="from app import api as a\n\n\ndef run():\n    a.send()\n"
    ),
    "other code looks it up through a module that imports the module": idle(
        middle="from app import api\n",
        service="from app import middle\n\n\ndef run():\n    middle.api.send()\n",
    ),
    "other code imports it later": idle(
        service="def run():\n    from app.api import send\n    send()\n"
    ),
    "other code imports everything": idle(service="from app.api import *\n"),
    "other code looks it up by a string": idle(
        service="import pkgutil\n\n\ndef run():\n    pkgutil.resolve_name('app.api:send')()\n"
    ),
    "other code may look it up by getattr": idle(
        service="from app import api\n\n\ndef run():\n    getattr(api, 'send')()\n"
    ),
    "other code may look it up in a module that it loads": idle(
        service="from importlib import import_module\n\n\ndef run():\n"
        "    import_module('app.api').send()\n"
    ),
    "the test itself looks it up": idle(
        test=f'import app.api\n{PATCH}with patch("app.api.send"):\n    app.api.send()\n'
    ),
    "the module defines it": idle(api="def send(): ...\n"),
    "the module binds it anew": idle(api="from app import impl\n\nsend = impl.send\n"),
    "a module that is open": idle(
        api="from app.impl import send\n\n\ndef __getattr__(name): ...\n"
    ),
    "a module of which nothing is known": idle(api="from nowhere import *\n"),
    "an attribute of what is passed on": idle(test=f'{PATCH}patch("app.api.send.retries")\n'),
    "what replaces nothing": idle(
        test=f'import pkgutil\n{PATCH}patch.dict("app.api.send")\n'
        'patch.multiple("app.api", send=1)\npkgutil.resolve_name("app.api.send")\n'
    ),
    "idle patches are no concern, by option": Case(
        files={**API, "tests/test_a.py": f'{PATCH}patch("app.api.send")\n'},
        options="references = resolve",
    ),
}

CASES: Mapping[str, Case] = {
    **{f"reference: {name}": case for name, case in MODULES.items()},
    **{f"reference to a class: {name}": case for name, case in CLASSES.items()},
    **{f"callable: {name}": case for name, case in CALLABLES.items()},
    **{f"string: {name}": case for name, case in STRINGS.items()},
    **{f"setting: {name}": case for name, case in SETTINGS.items()},
    **{f"excused: {name}": case for name, case in MEANT.items()},
    **{f"patch: {name}": case for name, case in IDLE.items()},
}
