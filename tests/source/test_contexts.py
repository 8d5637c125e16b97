"""An import knows where it stands: in a function, for type checkers, guarded."""

from __future__ import annotations

import pytest

from linter_ext.source.facts import Context
from tests.source.reading import imports_of

F, C, T, G, B = (
    Context.FUNCTION,
    Context.CLASS,
    Context.TYPE_CHECKING,
    Context.GUARDED,
    Context.FALLBACK,
)


@pytest.mark.parametrize(
    ("text", "contexts"),
    [
        pytest.param("import a", [Context.MODULE], id="at module level"),
        pytest.param("def f():\n import a", [F], id="in a function"),
        pytest.param("async def f():\n import a", [F], id="in a coroutine"),
        pytest.param("class C:\n import a", [C], id="in a class"),
        pytest.param("class C:\n def f(self):\n  import a", [C | F], id="in a method"),
        pytest.param(
            "if TYPE_CHECKING:\n import a\nelse:\n import b",
            [T, Context.MODULE],
            id="for type checkers",
        ),
        pytest.param(
            "if not typing.TYPE_CHECKING:\n import a\nelse:\n import b",
            [Context.MODULE, T],
            id="not for type checkers",
        ),
        pytest.param(
            "if t.TYPE_CHECKING:\n import a\nelif x:\n import b\nelse:\n import c",
            [T, Context.MODULE, Context.MODULE],
            id="an elif after it",
        ),
        pytest.param(
            "if -TYPE_CHECKING:\n import a\nif TYPE_CHECKING():\n import b\nif x or y:\n import c",
            [Context.MODULE] * 3,
            id="other tests",
        ),
        pytest.param(
            "try:\n import a\nexcept ImportError:\n import b\n"
            "else:\n import c\nfinally:\n import d",
            [G, B, Context.MODULE, Context.MODULE],
            id="guarded, with a fallback",
        ),
        pytest.param(
            "try:\n import a\nexcept (KeyError, builtins.ModuleNotFoundError):\n import b",
            [G, B],
            id="one of several exceptions",
        ),
        pytest.param("try:\n import a\nexcept:\n import b", [G, B], id="a bare except"),
        pytest.param(
            "try:\n import a\nexcept Exception:\n import b", [G, B], id="an exception above it"
        ),
        pytest.param(
            "try:\n import a\nexcept KeyError:\n import b\nexcept BaseException:\n import c",
            [G, Context.MODULE, B],
            id="only one handler catches it",
        ),
        pytest.param(
            "try:\n import a\nexcept (OSError, f()):\n import b\nfinally:\n import c",
            [Context.MODULE] * 3,
            id="other exceptions guard nothing",
        ),
        pytest.param(
            "try:\n import a\nexcept* ImportError:\n import b", [G, B], id="an exception group"
        ),
        pytest.param(
            "with contextlib.suppress(KeyError, ImportError):\n import a\n"
            "with suppress(ModuleNotFoundError), open(f):\n import b\n"
            "async def f():\n async with suppress(ImportError):\n  import c",
            [G, G, F | G],
            id="suppressed",
        ),
        pytest.param(
            "with suppress(KeyError):\n import a\nwith other(ImportError):\n import b\n"
            "with lock:\n import c",
            [Context.MODULE] * 3,
            id="other context managers guard nothing",
        ),
        pytest.param(
            "for x in y:\n import a\nelse:\n import b\nwhile x:\n import c\nelse:\n import d\n"
            "match x:\n case 1:\n  import e\n case _:\n  import f\n"
            "async def g():\n async for x in y:\n  import h",
            [Context.MODULE] * 6 + [F],
            id="loops and matches",
        ),
        pytest.param(
            "def f():\n try:\n  if TYPE_CHECKING:\n   import a\n  class C:\n   import b\n"
            " except ImportError:\n  try:\n   import c\n  except ImportError:\n   import d",
            [F | G | T, F | G | C, F | B | G, F | B],
            id="all of it, nested",
        ),
    ],
)
def test_an_import_knows_its_context(text: str, contexts: list[Context]) -> None:
    assert [item.context for item in imports_of(text)] == contexts
