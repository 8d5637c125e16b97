"""Which imports must succeed before a statement binds its name."""

from __future__ import annotations

import contextlib
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter_ext.source.bindings import Bindings, find_bindings
from linter_ext.source.parser import parse
from tests.source.reading import imports_of

CAUGHT = "\nexcept ImportError: 0"


def bindings_of(text: str) -> Bindings:
    """Return what a text binds."""
    return find_bindings(parse(text), imports_of(text), text)


def told(text: str) -> dict[str, str]:
    """Return what each dependent name needs: `a b` for both, `a|b` for one of two bindings."""
    return {
        name: "|".join(" ".join(item.name or item.module for item in needs) for needs in each)
        for name, each in bindings_of(text).dependent.items()
    }


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("import a\nx = 1", id="no try"),
        pytest.param("try:\n import a\n x = 1\nfinally: 0", id="no handler"),
        pytest.param("try:\n import a\n x = 1\nexcept OSError: 0", id="another error"),
        pytest.param("try:\n import a\n x = 1\nexcept ImportError: raise", id="raised again"),
        pytest.param("def f():\n try: import a\n except ImportError: 0", id="in a function"),
        pytest.param("class C:\n try: import a\n except ImportError: 0", id="in a class"),
        pytest.param(f"try: x = 1{CAUGHT}", id="nothing imported"),
    ],
)
def test_nothing_depends(text: str) -> None:
    assert bindings_of(text).dependent == {}


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        pytest.param(f"try: import a, b{CAUGHT}", {"a": "a", "b": "a b"}, id="modules"),
        pytest.param(f"try: from a import b, c{CAUGHT}", {"b": "b", "c": "b c"}, id="names"),
        pytest.param(f"try: import a.b as c{CAUGHT}", {"c": "a.b"}, id="an alias"),
        pytest.param(
            f"try:\n x = 1\n import a\n y = 2{CAUGHT}", {"a": "a", "y": "a"}, id="what follows it"
        ),
        pytest.param(
            f"try:\n import a\n def f(): z = 1\n class C: z = 1\n for x in y: z = 1{CAUGHT}",
            {"a": "a", "f": "a", "C": "a", "x": "a", "z": "a"},
            id="statements of all kinds",
        ),
        pytest.param(
            f"try:\n from a import *\n x = 1{CAUGHT}", {"x": "*"}, id="a star, which binds nothing"
        ),
        pytest.param(
            "try: import a\nexcept ImportError: a = None\nelse: x = 1\nfinally: y = 1",
            {"x": "a"},
            id="else needs it, the handler and finally do not",
        ),
        pytest.param(
            "try: from a import x\nexcept ImportError:\n try: from b import x\n"
            " except ImportError: from c import x",
            {},
            id="the last alternative is not guarded",
        ),
        pytest.param(
            "try: from a import x\nexcept ImportError:\n try: import b as x\n"
            " except ImportError: 0",
            {"x": "x|b"},
            id="two alternatives",
        ),
        pytest.param(
            f"try: import a{CAUGHT}\ntry: import b{CAUGHT}\nx = 1",
            {"a": "a", "b": "b"},
            id="one after the other",
        ),
        pytest.param(
            f"try:\n import a\n try: import b\n except ImportError: x = 1\n y = 1{CAUGHT}",
            {"a": "a", "b": "a b", "x": "a", "y": "a"},
            id="one in the body of another",
        ),
        pytest.param(
            f"try:\n if x: import a\n y = 1{CAUGHT}", {"a": "a"}, id="perhaps it is not imported"
        ),
        pytest.param(
            "with suppress(ImportError):\n import a\n x = 1\ny = 1",
            {"a": "a", "x": "a"},
            id="suppressed",
        ),
        pytest.param(f"try:\n import a\n x = 1{CAUGHT}\nx = 1", {"a": "a"}, id="bound later, too"),
        pytest.param(f"x = 1\ntry:\n import a\n x = 1{CAUGHT}", {"a": "a"}, id="bound before, too"),
        pytest.param(
            f"x = 1\ndel x\ntry:\n import a\n x = 1{CAUGHT}",
            {"a": "a", "x": "a"},
            id="bound before, and deleted",
        ),
        pytest.param(
            f"if TYPE_CHECKING: x = 1\ntry:\n import a\n x = 1{CAUGHT}",
            {"a": "a", "x": "a"},
            id="bound for type checkers, too",
        ),
        pytest.param(
            f"if not TYPE_CHECKING: x = 1\nelse: y = 1\ntry:\n import a\n x = y = 1{CAUGHT}",
            {"a": "a", "y": "a"},
            id="bound for the run time, too",
        ),
    ],
)
def test_needs(text: str, needs: dict[str, str]) -> None:
    assert told(text) == needs


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("if x: a = 1", "", id="another condition"),
        pytest.param("if TYPE_CHECKING:\n a = 1\n import b", "a b", id="the body"),
        pytest.param("if TYPE_CHECKING:\n a = 1\nelse:\n b = 1", "a", id="not the else"),
        pytest.param("if not t.TYPE_CHECKING:\n a = 1\nelse:\n b = 1", "b", id="the else of not"),
        pytest.param("if TYPE_CHECKING:\n a = 1\na = 2", "", id="bound otherwise, too"),
        pytest.param("a = 2\ndel a\nif TYPE_CHECKING: a = 1", "a", id="deleted otherwise"),
        pytest.param("if TYPE_CHECKING:\n if x: a = 1\n def b(): c = 1", "a b", id="deep"),
        pytest.param("if TYPE_CHECKING: import a\nimport a", "", id="imported otherwise, too"),
        pytest.param("if x:\n if TYPE_CHECKING: a = 1", "a", id="inside another condition"),
        pytest.param("if TYPE_CHECKING or x: a = 1", "", id="part of a condition"),
        pytest.param("if TYPE_CHECKING: from a import *", "", id="a star has no names"),
    ],
)
def test_names_for_type_checkers_only(text: str, names: str) -> None:
    assert " ".join(sorted(bindings_of(text).typing_only)) == names


# A law, held against what is bound for real.

IMPORTS = st.sampled_from(
    ["import os", "from os import sep, path", "import os.path as p", "from os import no, sep"]
) | st.sampled_from(["import os.no", "from os import no", "import os.no as p"])
MISSING = {("os.no", None), ("os", "no")}
PLAIN = st.sampled_from(["x", "y", "sep", "p"]).map("{} = 1".format)
FORMS = {
    "try:\n{}\nexcept ImportError:\n{}": 2,
    "try:\n{}\nexcept ImportError:\n pass\nelse:\n{}\nfinally:\n{}": 3,
    "with contextlib.suppress(ImportError):\n{}": 1,
    "for i in (1, 2):\n{}": 1,
    "if i:\n{}\nelse:\n{}": 2,
}


def block(inner: list[str]) -> str:
    """Return statements as an inner block."""
    return textwrap.indent("\n".join(inner), " ")


def compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return statements around others."""
    blocks = st.lists(inner, min_size=1, max_size=3).map(block)
    return st.one_of(*(st.builds(form.format, *[blocks] * n) for form, n in FORMS.items()))


STATEMENTS = st.recursive(IMPORTS | PLAIN, compound, max_leaves=8)
MODULES = st.lists(STATEMENTS, min_size=1, max_size=3).map(
    lambda found: f"i = 0\nwith contextlib.suppress(ImportError):\n{block(found)}\n"
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(text=MODULES)
def test_a_name_whose_every_binding_needs_a_failing_import_is_not_bound(text: str) -> None:
    namespace: dict[str, object] = {"contextlib": contextlib}
    exec(text, namespace)

    unbound = {
        name
        for name, each in bindings_of(text).dependent.items()
        if all(any((item.module, item.name) in MISSING for item in needs) for needs in each)
    }
    assert unbound & namespace.keys() == set()
