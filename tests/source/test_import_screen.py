"""The screen never changes a verdict: what it clears, the parser's facts clear too."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter_ext.rules.advice import Advice
from linter_ext.rules.missing_imports import (
    Fallbacks,
    ThirdParty,
    find_missing,
    judge_imports,
)
from linter_ext.source.import_screen import ImportScreen
from linter_ext.source.index import Index
from linter_ext.source.text import UnreadableError
from linter_ext.tables.moves import MoveTable
from tests.cases import dead_references, resolvable_imports
from tests.cases.case import Case
from tests.source.project import index_of, open_file

AROUND = {
    "app/__init__.py": "from app.home import here\n",
    "app/home.py": "here = 1\ndef there(): 0\n",
    "app/sub/__init__.py": "",
    "app/sub/deep.py": "'''\nfalse = 1\n'''\n",
    "tests/helper.py": "aid = 1\n",
}
CASES = {**resolvable_imports.CASES, **dead_references.CASES}


def found_by_facts(index: Index, path: str) -> list[str]:
    """Return what the parser's facts say is wrong with a file's imports."""
    advice = Advice(MoveTable.of(()), index)
    found = judge_imports(open_file(index, path), index, advice, Fallbacks.REPORT)
    return [item.message for item in found]


def found_in_full(index: Index, path: str) -> list[str]:
    """Return what is found wrong with a file's imports, the screen being asked."""
    advice = Advice(MoveTable.of(()), index)
    file = open_file(index, path)
    found = find_missing(file, index, advice, Fallbacks.REPORT, ThirdParty.INSTALLED)
    return [item.message for item in found]


def clears(text: str, path: str = "app/a.py") -> bool:
    """Return whether the screen clears a file with this text."""
    index = index_of({**AROUND, path: text})
    return index.derived(ImportScreen).clears(open_file(index, path))


@pytest.mark.parametrize("name", CASES)
def test_what_it_clears_is_no_violation_of_a_case(name: str) -> None:
    case: Case = CASES[name]
    if case.packages != ("app",) or case.layout:
        return
    index = index_of(case.project("resolvable_imports"))
    for path in case.files:
        if index.tree.module_of(path) is not None and path.endswith(".py"):
            try:
                found = found_by_facts(index, path)
                cleared = index.derived(ImportScreen).clears(open_file(index, path))
                assert not (cleared and found)
                assert sorted(found_in_full(index, path)) == sorted(found)
            except UnreadableError:
                continue


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="no import"),
        pytest.param("import os\nimport app.home as home\n", id="modules"),
        pytest.param("from app.home import here, there as t\n", id="names"),
        pytest.param("from .home import (\n    here,  # why\n    there,\n)\n", id="in parentheses"),
        pytest.param("from app import sub; import app.sub.deep\n", id="after a semicolon"),
        pytest.param("def f(): from app.home import here\n", id="after a colon"),
        pytest.param("# import app.gone\nx = 'from app import gone'\n", id="not statements"),
        pytest.param("important = importlib = 1\n", id="words that only begin so"),
        pytest.param("if x:\n    from app.home import here\n", id="in a block"),
        pytest.param("from app.home import *\n", id="a star"),
        pytest.param("import os # import app.gone\n", id="before a comment"),
    ],
)
def test_ordinary_files_need_not_be_parsed(text: str) -> None:
    assert clears(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("import app.gone\n", id="no such module"),
        pytest.param("from app.home import here, gone\n", id="no such name"),
        pytest.param("x = 1; import app.gone\n", id="after a semicolon"),
        pytest.param("def f(): import app.gone\n", id="after a colon"),
        pytest.param("from app.home import (here,\n gone)\n", id="on another line"),
        pytest.param("from app.home \\\n import here\n", id="over a line end"),
        pytest.param("from app.home import here, \\\n gone\n", id="names over a line end"),
        pytest.param("from app.home import (here, # :-)\n gone)\n", id="a comment that closes"),
        pytest.param("try:\n import app.home\nexcept ImportError: 0\n", id="behind a fallback"),
        pytest.param("try: import app.home\nexcept: 0\n", id="behind a bare fallback"),
        pytest.param("from app.sub.deep import false\n", id="a name in a string"),
        pytest.param("from ..home import here\n", id="climbing out"),
        pytest.param("import\tapp.gone\n", id="after a tab"),
        pytest.param("from app.home import(gone)\n", id="without a blank"),
        pytest.param("from.home import gone\n", id="relative, without a blank"),
    ],
)
def test_what_is_not_clear_is_left_to_the_parser(text: str) -> None:
    assert not clears(text)


PIECES = [
    "import app.home",
    "import app.gone",
    "from app.home import here",
    "from app.home import gone",
    "from . import home, gone",
    "from .home import (here,\n    gone)",
    "from .home import (here,  # (\n    there)",
    "from app.home import here, \\\n    gone",
    "import os, \\\n    app.gone",
    "from \\\n    app import gone",
    "x = '''\nfrom app.home import here\n'''",
    "x = 'import app.gone'",
    "# from app import gone",
    "pass",
    "import app.home; import app.gone",
    "import app.home ;from app import gone",
]


def _block(body: Sequence[str]) -> str:
    lines = "\n".join(body).split("\n")
    return "\n".join(f"    {line}" for line in lines)


@st.composite
def _texts(draw: st.DrawFn) -> str:
    parts: list[str] = []
    for _ in range(draw(st.integers(1, 4))):
        body = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3))
        parts.append(
            draw(
                st.sampled_from(
                    [
                        "\n".join(body),
                        f"def f():\n{_block(body)}",
                        f"if x:\n{_block(body)}",
                        f"try:\n{_block(body)}\nexcept ImportError:\n    pass",
                        f"try:\n{_block(body)}\nexcept Exception:\n    pass",
                        f"class C: {body[0] if '=' in body[0] else 'pass'}",
                        f"if x:\n{_block(body)}\nelif (\ny\n):\n{_block(body)}\nelse:\n    pass",
                        f"try:\n    pass\nexcept (\n    ImportError\n):\n{_block(body)}",
                        f"try:\n{_block(body)}\n# why\nexcept ImportError: pass\nelse: y()",
                        f"if x:\n    raise E\n    y()\n{_block(body)}",
                        f"with suppress(ImportError):\n{_block(body)}",
                        f"@d\ndef f(\n    x,\n):\n    if x:\n{_block([_block(body)])}",
                        "if x: raise E\ny = (\n1)",
                        "raise E",
                    ]
                )
            )
        )
    return "\n".join(parts) + "\n"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(text=_texts())
def test_what_it_clears_the_facts_clear(text: str) -> None:
    index = index_of({**AROUND, "app/a.py": text})
    try:
        found = found_by_facts(index, "app/a.py")
    except UnreadableError:
        return
    if index.derived(ImportScreen).clears(open_file(index, "app/a.py")):
        assert found == []
    assert sorted(found_in_full(index, "app/a.py")) == sorted(found)
