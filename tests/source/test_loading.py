"""What a module does while it is imported, in order."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import pytest

from linter_ext.source.import_time import (
    Asks,
    Binds,
    Chooses,
    ClimbsOut,
    Ends,
    Loads,
    Reads,
    Registers,
    Step,
    Tries,
    Unbinds,
    bound_names,
)
from linter_ext.source.import_times import ImportTimes
from linter_ext.source.name_uses import find_name_uses
from linter_ext.source.parser import parse
from tests.source.project import index_of, open_file

OTHERS = {
    "app/__init__.py": "",
    "app/b.py": "",
    "app/c.py": "",
    "app/sub/__init__.py": "",
    "app/sub/d.py": "",
}


def steps_of(text: str, path: str = "app/a.py") -> list[str]:
    """Return the steps of a file, a line each; inner ones are indented."""
    index = index_of({**OTHERS, path: text})
    return list(told(index.derived(ImportTimes).steps(open_file(index, path))))


def told(steps: Iterable[Step]) -> Iterator[str]:  # noqa: C901, PLR0912
    for step in steps:
        match step:
            case Asks(line, asked, binds):
                where = "" if binds else " inside"
                yield f"{line} ask {', '.join(item.path for item in asked)}{where}"
            case ClimbsOut(line, module):
                yield f"{line} climb out by {module}"
            case Loads(line, module, may_skip):
                yield f"{line} load {module}{' or skip' if may_skip else ''}"
            case Binds(names):
                yield f"bind {' '.join(names)}"
            case Unbinds(names):
                yield f"unbind {' '.join(names)}"
            case Reads(line, root, attributes):
                yield f"{line} read {'.'.join((root, *attributes))}"
            case Registers(module):
                yield f"register {module!r}"
            case Ends(line, error, skips):
                yield f"{line} end{' and skip' if skips else ''} {error}".rstrip()
            case Tries():
                yield "try"
                yield from inside(step.body)
                for handler in step.handlers:
                    yield f"except {'*' if handler.errors is None else ' '.join(handler.errors)}"
                    yield from inside(handler.steps)
                yield from (
                    line for part in [step.orelse] if part for line in ("else", *inside(part))
                )
                yield from (
                    line for part in [step.finally_] if part for line in ("finally", *inside(part))
                )
            case Chooses(branches, _):
                for branch in branches:
                    yield "maybe"
                    yield from inside(branch)


def inside(steps: Iterable[Step]) -> Iterator[str]:
    yield from (f"  {line}" for line in told(steps))


CASES = {
    "imports": (
        "import app.b, os as o\nfrom app import c as d, x\nfrom . import b\nfrom app.b import *\n",
        ["1 ask app.b, os", "2 ask app.c, app.x", "3 ask app.b", "4 ask app.b"],
    ),
    "a relative import too far up": ("from ... import b\n", ["1 climb out by ..."]),
    "bindings that follow each other are one step": (
        (
            "x = y, *z = 1, 2\ndef f(): ...\nasync def g(): ...\nclass C: ...\nn: int\nm: int = 1\n"
            "k += 1\n(w := 1)\na.b = c[0] = 1\n"
        ),
        ["bind x y z f g C m k w"],
    ),
    "functions are not entered": ("def f():\n    import app.b\n    x = 1\n", ["bind f"]),
    "functions that the module calls begin with imports": (
        (
            "def f():\n    'Text.'\n    import app.b\n    x = 1\n    from app import c\n"
            "    if x:\n        return\n    import app.sub\n"
            "y = g(f())\n@f()\nclass C: ...\n"
        ),
        [
            *("bind f", "3 ask app.b inside", "5 ask app.c inside", "bind y"),
            *("3 ask app.b inside", "5 ask app.c inside", "bind C"),
        ],
    ),
    "functions that may not be called, or not as they stand": (
        (
            "def f():\n    import app.b\n"
            "def g():\n    import app.b\n    yield\n"
            "@h\ndef d():\n    import app.b\n"
            "def x():\n    import app.b\n"
            "x = y\ndef k(): f()\n(y and f(), lambda: f(), g(), d(), x(), z.f(), f)\n"
            "class C:\n    def f(): ...\n    f()\n"
        ),
        ["bind f g d x x k C"],
    ),
    "classes are entered, but their names are none of the module": (
        "class C:\n    x = 1\n    import app.b\n    del x\n    def f(self): import app.c\n",
        ["3 ask app.b inside", "bind C"],
    ),
    "deletion": ("x = 1\ndel x, y.z\n", ["bind x", "unbind x"]),
    "deletion that may not happen": (
        "try:\n    del x\nexcept NameError:\n    pass\n",
        [],
    ),
    "branches that are decided": (
        (
            "import sys\nif sys.version_info < (3, 0):\n    import app.b\n"
            "elif __name__ == '__main__':\n    import app.c\nelse:\n    x = 1\n"
        ),
        ["1 ask sys", "bind x"],
    ),
    "a branch for type checkers": (
        "if TYPE_CHECKING:\n    import app.b\nelif x:\n    import app.c\nimport app.sub\n",
        ["maybe", "  4 ask app.c", "maybe", "5 ask app.sub"],
    ),
    "constants of the module": (
        (
            "import sys\nNEW = sys.version_info >= (3, 0)\nif NEW:\n    OLD = not NEW\n"
            "if OLD:\n    import app.b\n"
        ),
        ["1 ask sys", "bind NEW OLD"],
    ),
    "names that are constants no more": (
        (
            "A = B = C = D = False\nA = f()\nfrom os import B\ndel C\nif x:\n    D = True\n"
            "if A or B or C or D:\n    import app.b\n"
        ),
        [
            "bind A B C D A",
            "3 ask os.B",
            "unbind C",
            "bind D",
            "maybe",
            "  8 ask app.b",
            "maybe",
        ],
    ),
    "branches that may run": (
        "if x:\n    import app.b\n    y = 1\nelif z:\n    import app.c\n",
        ["maybe", "  2 ask app.b", "  bind y", "maybe", "  5 ask app.c", "maybe"],
    ),
    "branches that only bind": ("if x:\n    y = 1\nelse:\n    z = 1\n", ["bind y z"]),
    "loops": (
        (
            "for i, j in x:\n    import app.b\n    break\n    import app.c\nelse:\n    y = 1\n"
            "while False:\n    import app.c\nwhile x:\n    raise E\n"
        ),
        ["bind i j", "maybe", "  2 ask app.b", "maybe", "bind y", "maybe", "  10 end E", "maybe"],
    ),
    "matches": (
        (
            "match x:\n    case [a, *b] | {'k': a, **b}:\n        import app.b\n"
            "    case _ as c:\n        import app.c\nmatch y:\n    case 1:\n        import app.b\n"
        ),
        [
            "bind b a b a c",
            "maybe",
            "  3 ask app.b",
            "maybe",
            "  5 ask app.c",
            "maybe",
            "  8 ask app.b",
            "maybe",
        ],
    ),
    "a try": (
        (
            "try:\n    import app.b\nexcept (ImportError, m.Own) as e:\n    b = None\n"
            "except:\n    raise\nelse:\n    import app.c\nfinally:\n    x = 1\n"
        ),
        [
            "try",
            "  2 ask app.b",
            "except ImportError Own",
            "  bind b",
            "except *",
            "  6 end",
            "else",
            "  8 ask app.c",
            "finally",
            "  bind x",
        ],
    ),
    "a handler of what is not known": (
        "try:\n    import app.b\nexcept errors():\n    pass\n",
        ["try", "  2 ask app.b", "except *"],
    ),
    "a try that only binds": (
        "try:\n    x = 1\nexcept NameError:\n    y = 1\nfinally:\n    z = 1\n",
        ["bind x y z"],
    ),
    "managers": (
        (
            "with open('x') as f, catch_warnings():\n    import app.b\n"
            "with suppress(ImportError, KeyError):\n    import app.b\n"
            "with own() as (g, h):\n    import app.c\n"
        ),
        [
            "bind f",
            "2 ask app.b",
            "try",
            "  4 ask app.b",
            "except ImportError KeyError",
            "bind g h",
            "try",
            "  6 ask app.c",
            "except *",
        ],
    ),
    "ends": ("x = 1\nraise E('no')\nimport app.b\n", ["bind x", "2 end E"]),
    "an end of unknown kind": ("raise error\n", ["1 end"]),
    "an end in a branch": (
        "if x:\n    raise SystemExit\nimport app.b\n",
        ["maybe", "  2 end and skip SystemExit", "maybe", "3 ask app.b"],
    ),
    "an end in a block that always runs": (
        "with open('x'):\n    raise m.E\nimport app.b\n",
        ["2 end E"],
    ),
    "skips": (
        (
            "if a:\n    pytest.skip('x', allow_module_level=True)\n"
            "elif b:\n    skip('x', allow_module_level=True)\n"
            "elif c:\n    raise unittest.SkipTest\n"
            "elif d:\n    raise pytest.skip.Exception('x')\n"
            "elif e:\n    sys.exit(1)\nelse:\n    pytest.fail('x')\n"
        ),
        [
            "maybe",
            "  2 end and skip Skipped",
            "maybe",
            "  4 end and skip Skipped",
            "maybe",
            "  6 end and skip SkipTest",
            "maybe",
            "  8 end and skip Exception",
            "maybe",
            "  10 end and skip Skipped",
            "maybe",
            "  12 end Failed",
        ],
    ),
    "calls that import": (
        (
            "import importlib as il\nfrom importlib import import_module as by_name\n"
            "x = il.import_module('app.b')\n__import__('app.c')\nby_name('app.sub')\n"
            "pytest.importorskip('app.sub', '1.0')\nil.import_module('.b', 'app')\n"
            "by_name(name)\nimport importlib.util\nimportlib.import_module('app.b')\n"
        ),
        [
            "1 ask importlib",
            "2 ask importlib.import_module",
            "3 load app.b",
            "bind x",
            "4 load app.c",
            "5 load app.sub",
            "6 load app.sub or skip",
            "9 ask importlib.util",
            "10 load app.b",
        ],
    ),
    "calls of namesakes": (
        (
            "from app.b import import_module\nimport_module('app.c')\nimport app.c\n"
            "app.c.import_module('app.sub')\n"
        ),
        ["1 ask app.b.import_module", "3 ask app.c", "4 read app.c.import_module"],
    ),
    "assignments to sys.modules": (
        (
            "sys.modules['app.x'] = 1\nsys.modules[__name__] = 1\nsys.modules[x] = 1\n"
            "other['app.x'] = 1\n"
        ),
        ["register 'app.x'", "register ''", "register None"],
    ),
    "attributes of modules": (
        (
            "import app.b\nfrom app import c\nfrom app.c import x\n\n@app.b.f(c.g)\n"
            "def h(p=c.D, *a):\n    return c.later\n\n"
            "class C(c.B, metaclass=c.M):\n    y = c.z\nc.set = c.get\nx.y\n"
        ),
        [
            "1 ask app.b",
            "2 ask app.c",
            "3 ask app.c.x",
            "6 read c.D",
            "5 read c.g",
            "5 read app.b.f",
            "bind h",
            "9 read c.M",
            "9 read c.B",
            "10 read c.z",
            "bind C",
            "11 read c.get",
        ],
    ),
    "attributes that need not be read": (
        (
            "from __future__ import annotations\nfrom app import b\n"
            "f = lambda x=b.x: b.later\ny = b.y and b.later\nz = b.later if b.z else b.later\n"
            "[b.later for _ in b.w]\nn: b.later = 1\na < b.v < b.later\n"
        ),
        [
            "1 ask __future__.annotations",
            "2 ask app.b",
            "3 read b.x",
            "bind f",
            "4 read b.y",
            "bind y",
            "5 read b.z",
            "bind z",
            "6 read b.w",
            "bind n",
            "8 read b.v",
        ],
    ),
    "attributes are read once": (
        "from app import b\nif x:\n    b.y\nb.y\nb.y\nb.y.z\n",
        ["1 ask app.b", "maybe", "  3 read b.y", "maybe", "4 read b.y", "6 read b.y.z"],
    ),
    "a name that is the class's own": (
        "from app import b\nclass C:\n    b = 1\n    x = b.y\n    class D:\n        z = b.z\n",
        ["1 ask app.b", "bind C"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_the_steps_of_a_module(text: str, expected: list[str]) -> None:
    assert steps_of(text) == expected


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="annotations are not evaluated (PEP 649)")
def test_annotations_are_read_where_python_evaluates_them() -> None:
    text = "from app import b\ndef f(p: b.P, *a: b.A, k: b.K) -> b.R: ...\nn: b.N = 1\n"

    assert sorted(steps_of(text)) == [
        "1 ask app.b",
        *(f"2 read b.{name}" for name in "AKPR"),
        "3 read b.N",
        "bind f",
        "bind n",
    ]


def test_a_file_outside_packages_asks_for_its_neighbours() -> None:
    assert steps_of("import b\nfrom helpers import x\n", "tests/helpers.py") == [
        "1 ask b",
        "2 ask tests.helpers.x",
    ]


def test_an_elif_for_each_of_many_cases() -> None:
    text = "if x == 0:\n    import app.b\n" + "".join(
        f"elif x == {number}:\n    y = {number}\n" for number in range(1, 900)
    )

    assert steps_of(text)[:3] == ["maybe", "  2 ask app.b", "maybe"]


def test_expressions_longer_than_the_call_stack() -> None:
    text = f"from app import b\nx = {'+'.join(['b.y'] * 1500)}\n"

    assert steps_of(text) == ["1 ask app.b", "2 read b.y", "bind x"]


def test_a_module_is_read_once() -> None:
    index = index_of({**OTHERS, "app/a.py": "import app.b\n"})
    file, times = open_file(index, "app/a.py"), index.derived(ImportTimes)
    times.note(file)

    assert times.steps(file) is times.steps(file)


def test_the_names_that_steps_may_bind() -> None:
    text = (
        "import app.b\nfrom app import *\nx = 1\n"
        "try:\n    from app import c\nexcept E:\n    y = 1\n"
        "class C:\n    from app import sub\nif z:\n    import os.path as p\n"
    )
    index = index_of({**OTHERS, "app/a.py": text})
    steps = index.derived(ImportTimes).steps(open_file(index, "app/a.py"))

    assert bound_names(steps) == ("app", "x", "c", "y", "C", "p")


USES = """
import a, b, c, d, e, f, g, h
@a.x
def function(one: b, two=c) -> b:
    inner: d = e
    def nested(three: d = d): return f
class C(g):
    x: b = h
    def method(self): return e
"""


def test_when_names_are_read() -> None:
    uses = find_name_uses(parse(USES))
    lazy = find_name_uses(parse(f"from __future__ import annotations{USES}"))

    is_evaluated = sys.version_info < (3, 14)
    assert uses.at_import == {"a", "c", "g", "h"} | ({"b"} if is_evaluated else set())
    assert uses.in_annotations == (set() if is_evaluated else {"b"})
    assert uses.in_functions == {"d", "e", "f"}
    assert lazy.at_import == {"a", "c", "g", "h"}
    assert lazy.in_annotations == {"b"}
    assert lazy.in_functions == {"d", "e", "f"}
