"""How a module may offer names and submodules that no statement of its own binds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter_ext.source.openness import CLOSED, find_openness
from linter_ext.source.parser import parse

SYS = "import sys\n"
OWN = "sys.modules[__name__]"


def told(text: str) -> str:
    """Return what a text is open to, in words.

    `*` for any name, `.*` for any submodule, names, and registered paths after a `+`.
    """
    found = find_openness(parse(text), text)
    words = ["*"] if found.has_open_names else []
    words += [".*"] if found.has_open_modules else []
    return " ".join([*words, *sorted(found.names), *(f"+{path}" for path in found.registered)])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("import x\ny = 1\ndef f(): global_ = 1\n", id="plain statements"),
        pytest.param("class C:\n def __getattr__(self, name): 0", id="getattr of a class"),
        pytest.param("'globals()[x] = 1; exec(x)'  # sys.modules[x]", id="strings and comments"),
        pytest.param("def f():\n locals()[x] = 1\n '%(y)s' % vars()", id="names of a function"),
        pytest.param("vars(x)[y] = 1", id="names of something else"),
        pytest.param("exec(x, {})\nexec(x, globals={})", id="exec with a table of its own"),
        pytest.param(f"{SYS}'x' in sys.modules\nsorted(sys.modules)", id="looking at modules"),
        pytest.param(f"{SYS}for x in sys.modules: sys.modules[x]", id="going through modules"),
        pytest.param(f"{SYS}{OWN}.x\n{OWN}", id="looking at itself"),
        pytest.param(f"{SYS}getattr({OWN}, x)\ninspect.getmembers({OWN})", id="asking itself"),
        pytest.param(f"{SYS}del sys.modules[x]", id="forgetting a module"),
        pytest.param("from sys import path", id="another name of sys"),
        pytest.param("x.modules[y] = 1", id="modules of something else"),
    ],
)
def test_closed(text: str) -> None:
    assert find_openness(parse(text), text) == CLOSED


@pytest.mark.parametrize(
    ("text", "openness"),
    [
        pytest.param("def __getattr__(name): return 1", "*", id="an open getattr"),
        pytest.param(
            "def __getattr__(name):\n if name == 'x': return 1\n raise AttributeError",
            "x",
            id="a closed getattr",
        ),
        pytest.param("globals()['x'] = 1", "x", id="a key of globals"),
        pytest.param("globals()[x] = 1", "*", id="any key of globals"),
        pytest.param("del globals()['x']", "x", id="a key of globals deleted"),
        pytest.param("def f(): globals()['x'] = 1", "x", id="in a function"),
        pytest.param("locals()['x'] = vars()['y'] = 1", "x y", id="locals and vars"),
        pytest.param("globals().update(x=1)", "x", id="keywords"),
        pytest.param("globals().update({'x': 1}, y=2)", "x y", id="a table and keywords"),
        pytest.param("globals().update(x)", "*", id="any table"),
        pytest.param("globals().update({**x})", "*", id="a table in a table"),
        pytest.param("globals().update(**x)", "*", id="any keywords"),
        pytest.param("globals().setdefault('x', 1)", "*", id="another method"),
        pytest.param("x = globals()", "*", id="another name for globals"),
        pytest.param("f(globals())\n", "*", id="globals handed on"),
        pytest.param("f(x=globals())\n", "*", id="globals handed on by keyword"),
        pytest.param("x = {'y': globals()}", "*", id="globals in a table"),
        pytest.param("f(**globals())\nx = globals() | {}\n'%(x)s' % globals()", "", id="copied"),
        pytest.param("globals()['x']; globals().get('x'); 'x' in globals()", "", id="looked at"),
        pytest.param("dict(globals()); [x for x in globals()]", "", id="gone through"),
        pytest.param("globals()['__getattr__'] = x", "* __getattr__", id="getattr put in place"),
        pytest.param("def f():\n global x, y", "x y", id="global"),
        pytest.param("def f():\n global __getattr__", "* __getattr__", id="getattr as a global"),
        pytest.param("exec(x)", "*", id="exec"),
        pytest.param("builtins.exec(x)", "*", id="exec by another path"),
        pytest.param("six.exec_(x)", "*", id="exec of another kind"),
        pytest.param("exec(x, globals())", "*", id="exec with globals"),
        pytest.param("@enum.global_enum\nclass E(enum.Enum): 0", "*", id="a global enumeration"),
        pytest.param("enum.IntEnum._convert_('E', __name__, x)", "*", id="a converted enumeration"),
        pytest.param("__path__ = []", ".*", id="a path"),
        pytest.param("__path__ += x", ".*", id="a longer path"),
        pytest.param("__path__.append(x)", ".*", id="a path changed in place"),
        pytest.param("pkg_resources.declare_namespace(__name__)", ".*", id="a declared namespace"),
        pytest.param("sys.meta_path.insert(0, x)", ".*", id="a finder"),
        pytest.param("sys.path_hooks.append(x)", ".*", id="a hook"),
        pytest.param("sys.modules['a.b'] = x", "+a.b", id="a module put in place"),
        pytest.param("_sys.modules['a.b'] = x", "+a.b", id="by a private name of sys"),
        pytest.param("sys.modules.setdefault('a.b', x)", "+a.b", id="a module put in place once"),
        pytest.param("sys.modules[f'{__name__}.x'] = y", ".*", id="a module of any name"),
        pytest.param("sys.modules[__name__] = x", "*", id="itself replaced"),
        pytest.param("sys.modules[x] = y", "* .*", id="perhaps itself"),
        pytest.param("sys.modules.update(x)", "* .*", id="many modules"),
        pytest.param("from sys import modules", "* .*", id="modules under its own name"),
        pytest.param("x = sys.modules", ".*", id="another name for modules"),
        pytest.param("patch.dict(sys.modules, x)", ".*", id="modules handed on"),
        pytest.param(f"{OWN}.x = 1", "x", id="an attribute of itself"),
        pytest.param(f"{OWN}.__class__ = x", "*", id="its class"),
        pytest.param(f"{OWN}.__dict__['x'] = 1", "*", id="its names"),
        pytest.param(f"x = {OWN}", "*", id="another name for itself"),
        pytest.param(f"f({OWN})", "*", id="itself handed on"),
        pytest.param(f"setattr({OWN}, x, 1)", "*", id="any attribute of itself"),
        pytest.param("setattr(sys.modules.get(__name__), x, 1)", "*", id="itself, got"),
        pytest.param("setattr(import_module(__name__), x, 1)", "*", id="itself, imported"),
    ],
)
def test_open(text: str, openness: str) -> None:
    assert told(text) == openness


# A law, held against the names that there really are.

NAME = st.sampled_from(["x", "y", "z"])
FORMS = st.sampled_from(
    [
        "globals()['{}'] = 1",
        "globals().update({0}=1)",
        "globals().update({{'{}': 1}})",
        "for n in ['{}']: globals()[n] = 1",
        "g = globals()\ng['{}'] = 1",
        "vars()['{}'] = 1",
        "def f():\n    global {0}\n    {0} = 1\nf()",
        "exec('{} = 1')",
        "exec('{} = 1', globals())",
        "exec('{} = 1', {{}})",
        "def fill(names): names['{}'] = 1\nfill(globals())",
        "def fill(): locals()['{}'] = 1\nfill()",
        "import enum\n@enum.global_enum\nclass E(enum.Enum):\n    {} = 1",
        "globals().get('{}')",
        "'{}' in globals()",
    ]
)
MODULE = st.lists(st.builds(str.format, FORMS, NAME), max_size=3).map("\n".join)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(text=MODULE)
def test_whatever_name_there_is_was_to_be_expected(text: str) -> None:
    found = find_openness(parse(text), text)
    namespace: dict[str, object] = {"__name__": __name__}
    exec(text, namespace)

    assert found.has_open_names or found.names >= namespace.keys() & {"x", "y", "z"}
