"""What a module itself declares deprecated."""

from __future__ import annotations

import pytest

from linter_ext.source.deprecations import Deprecation, Deprecations, find_deprecations
from linter_ext.source.parser import find_imports, parse
from linter_ext.source.text import SourceText
from tests.source.reading import imports_of

WARN = "warnings.warn('gone', DeprecationWarning)"


def deprecations_of(text: str) -> Deprecations:
    """Return what a text declares deprecated."""
    tree = parse(text)
    return find_deprecations(tree, find_imports(tree, SourceText(text)), text)


def test_deprecations_have_all_their_facts() -> None:
    text = (
        "from app.new import thing\nfrom warnings import deprecated, warn\n"
        "warn(\n  'Use\\n  new.',\n  category=DeprecationWarning)\n"
        "@deprecated('Use g.')\ndef f(): 0\n"
    )
    source = imports_of(text)[0]

    assert deprecations_of(text) == Deprecations(
        module=Deprecation("Use new", 3, source),
        names={"f": Deprecation("Use g", 6)},
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(WARN, "1 gone", id="a call"),
        pytest.param("warn('gone', DeprecationWarning)", "1 gone", id="by its own name"),
        pytest.param("w.warn('x', w.PendingDeprecationWarning, 2)", "1 x", id="by attribute"),
        pytest.param("warn('x', category=DeprecationWarning)", "1 x", id="by keyword"),
        pytest.param("warn(category=DeprecationWarning, message='x')", "1 x", id="all by keyword"),
        pytest.param("warn_explicit('x', DeprecationWarning, f, 1)", "1 x", id="explicit"),
        pytest.param("warn(DeprecationWarning('x'))", "1 x", id="an instance"),
        pytest.param("warn(DeprecationWarning())", "1 ", id="an instance without a message"),
        pytest.param("warn(f'{x}', DeprecationWarning)", "1 ", id="no plain string"),
        pytest.param("warn(1, DeprecationWarning)", "1 ", id="no string"),
        pytest.param("warn(*x, DeprecationWarning)", "1 ", id="no message"),
        pytest.param("warn(' a\\n  b. ', DeprecationWarning)", "1 a b", id="on one line"),
        pytest.param(f"try:\n try:\n  {WARN}\n finally: 0\nexcept E: 0", "3 gone", id="in a try"),
        pytest.param(f"x = 1\n{WARN}\n{WARN}", "2 gone", id="the first of two"),
        pytest.param(f"if x:\n {WARN}", None, id="on a condition"),
        pytest.param(f"try: 0\nexcept E:\n {WARN}", None, id="in a handler"),
        pytest.param(f"def f():\n {WARN}", None, id="in a function"),
        pytest.param(f"class C:\n {WARN}", None, id="in a class"),
        pytest.param("warn('DeprecationWarning')", None, id="another category"),
        pytest.param("warn('x', UserWarning) # DeprecationWarning", None, id="a comment"),
        pytest.param("print('x', DeprecationWarning)", None, id="another function"),
        pytest.param("x = warn('x', DeprecationWarning)", None, id="another statement"),
        pytest.param("raise DeprecationWarning", None, id="an exception"),
        pytest.param("pass", None, id="nothing of the kind"),
    ],
)
def test_a_module_may_warn_when_it_is_imported(text: str, found: str | None) -> None:
    module = deprecations_of(text).module

    assert (None if module is None else f"{module.line} {module.message}") == found


@pytest.mark.parametrize(
    ("imports", "source"),
    [
        pytest.param("from app.new import a, b", "app.new", id="one module"),
        pytest.param("from app.new import *", "app.new", id="a star"),
        pytest.param("from .new import *", ".new", id="a relative import"),
        pytest.param(
            "from __future__ import annotations\nimport warnings\nfrom warnings import warn\n"
            "from app.new import a",
            "app.new",
            id="what the warning needs does not count",
        ),
        pytest.param("from a import b\nfrom c import d", None, id="two modules"),
        pytest.param("from typing import Any\nfrom .new import a", None, id="one of them relative"),
        pytest.param("import app.new", None, id="no names"),
        pytest.param("def f():\n from app.new import a", None, id="not at module level"),
        pytest.param("from . import a\nfrom . import b", None, id="two neighbours"),
        pytest.param("from . import new", ".", id="one neighbour"),
    ],
)
def test_a_deprecated_module_may_have_one_successor(imports: str, source: str | None) -> None:
    module = deprecations_of(f"{imports}\n{WARN}").module

    assert module is not None
    assert (None if module.source is None else module.source.written_module) == source


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("@deprecated('x')\ndef f(): 0", ["f 2 x"], id="a function"),
        pytest.param("@deprecated('x')\nasync def f(): 0", ["f 2 x"], id="a coroutine"),
        pytest.param("@a\n@deprecated('x')\nclass C: 0", ["C 3 x"], id="a class, among others"),
        pytest.param("@d('x')\ndef f(): 0", ["f 2 x"], id="by alias"),
        pytest.param("@te.deprecated('x')\ndef f(): 0", ["f 2 x"], id="by attribute"),
        pytest.param("@deprecated(x)\ndef f(): 0", ["f 2 "], id="no plain string"),
        pytest.param("@overload\n@deprecated('x')\ndef f(): 0\ndef f(): 0", [], id="an overload"),
        pytest.param(
            "@t.overload\n@deprecated('x')\ndef f(): 0", [], id="an overload by attribute"
        ),
        pytest.param("@deprecated\ndef f(): 0", [], id="not called"),
        pytest.param("@other.deprecated('x')\ndef f(): 0", [], id="another module's"),
        pytest.param("@f().deprecated('x')\ndef f(): 0", [], id="a result's"),
        pytest.param("if x:\n @deprecated('x')\n def f(): 0", [], id="on a condition"),
        pytest.param("class C:\n @deprecated('x')\n def f(): 0", [], id="a method"),
        pytest.param("def deprecated(): 0", [], id="no decorator"),
    ],
)
def test_functions_and_classes_may_be_decorated(text: str, found: list[str]) -> None:
    header = (
        "from warnings import deprecated, deprecated as d; import typing_extensions as te, other\n"
    )

    names = deprecations_of(header + text).names

    assert [f"{name} {item.line} {item.message}" for name, item in names.items()] == found


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("from other import deprecated", id="another module's"),
        pytest.param("from .warnings import deprecated", id="a neighbour's"),
        pytest.param("def deprecated(reason): 0", id="one's own"),
        pytest.param("from warnings import *", id="a star's, which one cannot tell"),
    ],
)
def test_other_decorators_mean_nothing(header: str) -> None:
    assert deprecations_of(f"{header}\n@deprecated('x')\ndef f(): 0").names == {}
