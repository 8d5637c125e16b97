"""What a module's `__getattr__` comes to for one name: what it does when it is called."""

from __future__ import annotations

from types import ModuleType

import pytest

from linter_ext.source.index import Index
from linter_ext.source.module_getattr import Lookup, ModuleGetattr
from linter_ext.source.presence import Presence
from tests.source.project import index_of

OTHERS = {
    "app/__init__.py": "",
    "app/impl.py": "x = 1\n",
    "app/pack/__init__.py": "from app.impl import x\n",
    "app/pack/sub.py": "",
    "app/filling.py": "from app import mod\n\n\ndef fill():\n    mod.__dict__.update(gone=1)\n",
}


def look_up(text: str, name: str, path: str = "app/mod.py") -> Lookup:
    """Return what the `__getattr__` of a module with some text does for a name."""
    index: Index = index_of({**OTHERS, path: text})
    presence = index.derived(Presence)
    file = index.file("app.mod")
    assert file is not None
    return ModuleGetattr(index, presence.module, presence.name).look_up(file, name)


HEAD = "def __getattr__(name):\n"
RAISE = "    raise AttributeError(name)\n"
TABLE = "TABLE = {'x': 'a', 'y': 'b'}\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{HEAD}    if name in ('x', 'z'):\n        return 1\n{RAISE}", id="in"),
        pytest.param(f"{HEAD}    if name not in {{'x'}}:\n    {RAISE}", id="not in"),
        pytest.param(f"{HEAD}    if not name == 'x':\n    {RAISE}    return 1\n", id="not"),
        pytest.param(
            f"{HEAD}    if name != 'x' and name != '':\n    {RAISE}    return 1\n", id="and"
        ),
        pytest.param(
            f"{HEAD}    try:\n        import json\n    except ImportError:\n        return 1\n"
            f"    if name == 'x':\n        return json\n{RAISE}",
            id="tries what is there",
        ),
        pytest.param(f"{TABLE}{HEAD}    if TABLE.get(name) is None:\n    {RAISE}", id="get"),
        pytest.param(f"{TABLE}{HEAD}    if not TABLE.get(name):\n    {RAISE}", id="get, not"),
        pytest.param(
            f"{TABLE}{HEAD}    if found := TABLE.get(name):\n        return found\n{RAISE}",
            id="get, by a walrus",
        ),
        pytest.param(
            f"{TABLE}{HEAD}    try:\n        return TABLE[name]\n    except KeyError:\n    {RAISE}",
            id="caught",
        ),
        pytest.param(
            f"{TABLE}{HEAD}    try:\n        found = TABLE[name]\n"
            f"    except (KeyError, TypeError) as error:\n    {RAISE}    else:\n"
            "        return found\n",
            id="caught, or else",
        ),
        pytest.param(
            f"{TABLE}ALL = (*TABLE, 'w')\n{HEAD}    for key in ('x', 'w'):\n"
            f"        if key != name:\n            continue\n        return key\n{RAISE}",
            id="a loop",
        ),
        pytest.param(
            f"{HEAD}    for key in ['x', 'y']:\n        if key == name:\n            break\n"
            f"        if key == 'y':\n        {RAISE}    return name\n",
            id="a loop that is left",
        ),
        pytest.param(
            f"OLD = {{f'{{end}}!': end for end in ('x', 'y')}}\nENDS = {{end for end in OLD}}\n"
            f"{HEAD}    if f'{{name}}!' in ENDS:\n        return 1\n{RAISE}",
            id="comprehensions",
        ),
        pytest.param(f"{HEAD}    if name.startswith('x'):\n        return 1\n{RAISE}", id="text"),
        pytest.param(
            f"{HEAD}    kind, key = ('old', name)\n    if kind + key == 'oldx':\n"
            f"        return 1\n{RAISE}",
            id="unpacked",
        ),
        pytest.param(
            f"def check(kind, name):\n    if name != 'x':\n    {RAISE}    return kind\n\n\n"
            f"{HEAD}    return check('a', name)\n",
            id="another function",
        ),
        pytest.param(
            "def make(allowed):\n    def answer(name):\n        if name not in allowed:\n"
            f"        {RAISE}        return 1\n    return answer\n\n\n__getattr__ = make(('x',))\n",
            id="a function made by another",
        ),
        pytest.param(
            f"from functools import lru_cache\n@lru_cache(None)\n{HEAD}    if name == 'x':\n"
            f"        return 1\n{RAISE}",
            id="cached",
        ),
        pytest.param(
            f"import warnings\n{HEAD}    if name == 'x':\n        warnings.warn(name)\n"
            f"        return 1\n{RAISE}",
            id="warns",
        ),
    ],
)
def test_refused(text: str) -> None:
    """What is said is what happens."""
    assert look_up(text, "gone").is_refused
    assert not look_up(text, "x").is_refused

    module = ModuleType("app.mod")
    exec(text, module.__dict__)
    assert not hasattr(module, "gone")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x = 1\n", id="there is none"),
        pytest.param(f"{HEAD}    pass\n", id="it answers for all"),
        pytest.param(f"{HEAD}    if ask(name):\n        return 1\n{RAISE}", id="asks another"),
        pytest.param(f"{HEAD}    while name:\n        return 1\n{RAISE}", id="a loop that may end"),
        pytest.param(f"{HEAD}    with open(name):\n        return 1\n{RAISE}", id="a context"),
        pytest.param(f"{HEAD}    yield name\n{RAISE}", id="a generator"),
        pytest.param(f"@other\n{HEAD}{RAISE}", id="decorated"),
        pytest.param(f"async def __getattr__(name):\n{RAISE}", id="a coroutine"),
        pytest.param(f"def __getattr__(*names):\n{RAISE}", id="any arguments"),
        pytest.param(f"{HEAD}    raise LookupError(name)\n", id="another error"),
        pytest.param(f"{HEAD}    raise\n", id="whatever error there is"),
        pytest.param(
            f"{HEAD}    try:\n        return ask(name)\n    except ValueError:\n    {RAISE}",
            id="tries what is unknown",
        ),
        pytest.param(
            f"{HEAD}    try:\n        import linter_ext_no\n    except ImportError:\n    {RAISE}",
            id="what is not installed here may be installed there",
        ),
        pytest.param(
            f"{HEAD}    try:\n        raise Own(name)\n    except Other:\n        return 1\n",
            id="catches what it may raise",
        ),
        pytest.param(
            f"{HEAD}    try:\n    {RAISE}    except AttributeError:\n        return 1\n",
            id="catches its own error",
        ),
        pytest.param(
            f"{HEAD}    try:\n    {RAISE}    finally:\n        return 1\n", id="returns after all"
        ),
        pytest.param(f"{HEAD}{RAISE}{HEAD}    return 1\n", id="there are two"),
        pytest.param(
            f"{TABLE}TABLE['gone'] = 1\n{HEAD}    if name in TABLE:\n        return 1\n{RAISE}",
            id="grown",
        ),
        pytest.param(
            f"{TABLE}grow(TABLE)\n{HEAD}    if name in TABLE:\n        return 1\n{RAISE}",
            id="a table handed on",
        ),
        pytest.param(
            "from app.filling import fill\nimport sys\n"
            f"{HEAD}    fill()\n    names = sys.modules[__name__].__dict__\n    if name in names:\n"
            f"        return names[name]\n{RAISE}",
            id="something is called that may set it",
        ),
        pytest.param(f"{HEAD}    return getattr(other, name)\n", id="of something unknown"),
        pytest.param(
            f"import json\n{HEAD}    return getattr(json, name)\n", id="of another's module"
        ),
        pytest.param(f"{HEAD}    return globals()[name]\n", id="of its own names"),
        pytest.param(f"def f(name):\n    return f(name)\n{HEAD}    f(name)\n{RAISE}", id="endless"),
        pytest.param(f"{HEAD}    for k in range(9):\n        f(k)\n    del k\n{RAISE}", id="del"),
    ],
)
def test_not_refused_for_certain(text: str) -> None:
    assert not look_up(text, "gone").is_refused


ASK = "from importlib import import_module\nimport importlib\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"{ASK}{HEAD}    return getattr(import_module('app.impl'), name)\n",
            Lookup(("app.impl",), is_refused=True, behind="app.impl.gone"),
            id="a name of a module",
        ),
        pytest.param(
            f"{ASK}{HEAD}    return importlib.import_module(f'.{{name}}', __package__)\n",
            Lookup(("app.gone",), is_refused=True, behind="app.gone"),
            id="a module",
        ),
        pytest.param(
            f"{ASK}{HEAD}    return import_module('.pack.sub', package=__spec__.parent)\n",
            Lookup(("app.pack.sub",)),
            id="a module that is there",
        ),
        pytest.param(
            f"{HEAD}    from app.pack import sub, x\n    import app.impl as impl\n"
            "    return getattr(impl, name)\n",
            Lookup(("app.pack", "app.impl"), is_refused=True, behind="app.impl.gone"),
            id="imports in the function",
        ),
        pytest.param(
            f"{HEAD}    from .gone import x\n    return x\n",
            Lookup(("app.gone",), is_refused=True, behind="app.gone"),
            id="an import that fails",
        ),
        pytest.param(
            f"{ASK}{HEAD}    return import_module('linter_ext_no')\n",
            Lookup(),
            id="a package that is not installed",
        ),
        pytest.param(
            f"{ASK}{HEAD}    try:\n        import_module('app.pack')\n    except ImportError:\n"
            f"        pass\n{RAISE}",
            Lookup(is_refused=True),
            id="a module that need not load",
        ),
        pytest.param(
            f"{ASK}{HEAD}    if ask(name):\n        import_module('app.impl')\n{RAISE}",
            Lookup(is_refused=True),
            id="a module that may not be imported",
        ),
        pytest.param(
            f"{ASK}{HEAD}    if ask(name):\n        return import_module('app.impl')\n{RAISE}",
            Lookup(),
            id="a module that may be the answer",
        ),
    ],
)
def test_modules_that_are_imported(text: str, expected: Lookup) -> None:
    assert look_up(text, "gone") == expected
