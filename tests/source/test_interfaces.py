"""What two versions of a module have different for those who import it."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from linter_ext.source.interfaces import WHOLE, InterfaceChange, compare_interfaces


class Case(NamedTuple):
    """Two versions, and what others see of the difference.

    Attributes:
        before:   the first version.
        after:    the second one.
        names:    names at the top that may mean something else.
        inner:    names in classes that may, beside those at the top.
        is_whole: whether anything may.
    """

    before: str
    after: str
    names: str = ""
    inner: str = ""
    is_whole: bool = False


CLASS = "class A(B):\n    x = 1\n\n    def f(self): ...\n\n    def g(self): self.y = 1\n"
BRANCH = "if {}:\n    def f(): ...\n    import a.b as c, d.e\n"
CASES = {
    "nothing": Case("x = 1\n", "x = 1\n"),
    "comments, lines and quotes": Case("x = 'a'\n", '# why\n\nx = "a"\n'),
    "a docstring": Case('"""One."""\nx = 1\n', '"""Two."""\nx = 1\n'),
    "another order": Case("x = 1\ny = 2\n", "y = 2\nx = 1\n"),
    "a function's body": Case("def f():\n    return 1\n", "def f():\n    return g(2)\n"),
    "a method's body": Case(CLASS, CLASS.replace("...", "return 1")),
    "a function inside a function": Case(
        "def f():\n    def g(): ...\n", "def f():\n    def h(): ...\n"
    ),
    "a new name": Case("x = 1\n", "x = 1\ny = 2\n", "y"),
    "a name that goes": Case("def f(): ...\nx = 1\n", "x = 1\n", "f"),
    "a name that is commented out": Case("x = 1\ny = 2\n", "x = 1\n# y = 2\n", "y"),
    "another value": Case("x = y = 1\n", "x = y = 2\n", "x y"),
    "unpacking, loops, contexts and matches": Case(
        "",
        "a, *b = 1,\nfor c in (): ...\nwith d as e: ...\nmatch f:\n"
        "    case [g, *h] | {'x': g, **h}: ...\n    case _ as i: ...\n"
        "try: ...\nexcept E as j: ...\nif (k := 1): ...\n",
        "a b c e g h i j k",
    ),
    "imports": Case("import a.b\nfrom c import d as e\n", "import x.y as z\n", "a e z"),
    "another decorator": Case("def f(): ...\n", "@deprecated('x')\ndef f(): ...\n", "f"),
    "other parameters": Case("def f(): ...\n", "def f(x): ...\n", "f"),
    "a name declared global": Case(
        "def f(): ...\n", "def f():\n    global x\n    x = 1\n", "f x", is_whole=True
    ),
    "a block that only type checkers read": Case(
        BRANCH.format("x"), BRANCH.format("TYPE_CHECKING"), "c d f"
    ),
    "a deletion": Case("x = 1\n", "x = 1\ndel x\n", "x"),
    "a class attribute": Case(CLASS, CLASS.replace("x = 1", "z = 1"), inner="x z"),
    "a method that goes": Case(CLASS, CLASS.replace("def f", "def h"), inner="f h"),
    "an attribute set in a method": Case(CLASS, CLASS.replace("self.y", "self.z"), inner="g y z"),
    "another base": Case(CLASS, CLASS.replace("(B)", ""), "A", "f g x y"),
    "a class in a class": Case(
        "class A:\n    class B:\n        x = 1\n",
        "class A:\n    class B:\n        y = 1\n",
        inner="x y",
    ),
    "one class of two of a name": Case(
        "class A: ...\nclass A:\n    x = 1\n", "class A: ...\nclass A:\n    y = 1\n", inner="x y"
    ),
    "two classes of a name": Case(
        "class A:\n    x = 1\nclass A:\n    x = 2\n", "class A:\n    y = 1\n", "A", "x y"
    ),
    "a statement that binds nothing": Case("", "warn('old')\n", is_whole=True),
    "an import of all": Case("", "from a import *\n", "*", is_whole=True),
    "what is exported": Case("__all__ = ['a']\n", "__all__ = []\n", "__all__", is_whole=True),
    "what answers for missing names": Case(
        "def __getattr__(name): raise AttributeError\n",
        "def __getattr__(name): return 1\n",
        "__getattr__",
        is_whole=True,
    ),
    "names that are computed": Case("", "for x in y: globals()[x] = 1\n", "x", is_whole=True),
    "names that a function computes": Case(
        "def f(): ...\n", "def f(): globals().update(x)\n", "f globals(", is_whole=True
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_others_see(case: Case) -> None:
    names = frozenset(case.names.split())
    expected = (case.is_whole, names, names | frozenset(case.inner.split()))

    for versions in ((case.before, case.after), (case.after, case.before)):
        found = compare_interfaces(*versions)
        assert (found.is_whole, found.names, found.inner) == expected


def test_names_that_one_version_looks_up() -> None:
    found = compare_interfaces("import a.b\n\ndef f(): return g(h.i)\n", "def f(): return g(h)\n")

    assert found == InterfaceChange(
        is_whole=False,
        names=frozenset({"a"}),
        inner=frozenset({"a"}),
        looked_up=frozenset({"a", "b", "i"}),
    )


@pytest.mark.parametrize(
    "versions", [("(", "x = 1\n"), ("x = 1\n", "(")], ids=["no Python before", "no Python after"]
)
def test_what_is_no_python(versions: tuple[str, str]) -> None:
    assert compare_interfaces(*versions) == WHOLE
