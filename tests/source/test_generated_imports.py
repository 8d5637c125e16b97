"""However an import is spaced and nested, it is found where it stands."""

from __future__ import annotations

import ast
import unicodedata
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.source.reading import cut, imports_of

BLANKS = st.sampled_from([" ", "  ", "\t", " \f", " \\\n ", "\\\n\t"])
GAPS = st.one_of(st.just(""), BLANKS)
NAMES = st.sampled_from(["a", "importx", "as_", "fromage", "é", "ö1", "\U0001d431", "ﬁ", "_"])
ENDS = st.sampled_from(["\n", "  # from a import b\n", ";\n", "; x = 'é'; "])
HEADS = (
    "",
    "'😀'; ",
    "if x: ",
    "def f():\n ",
    "class C:\n  'ü'; ",
    "try: pass\nexcept ImportError: ",
    "async def f():\n with x:\n  for y in z:\n   ",
    "match x:\n case 'é': ",
)


@dataclass(frozen=True, slots=True)
class Written:
    """An import statement as it is written, and what it asks for.

    Attributes:
        text:   the statement.
        level:  its dots.
        module: its module; None if each name is one.
        names:  the names and aliases.
    """

    text: str
    level: int
    module: str | None
    names: tuple[tuple[str, str | None], ...]


@st.composite
def dotted(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a dotted name as it is written, and as it is meant."""
    parts = draw(st.lists(NAMES, min_size=1, max_size=3))
    written = parts[0] + "".join(f"{draw(GAPS)}.{draw(GAPS)}{part}" for part in parts[1:])
    return written, unicodedata.normalize("NFKC", ".".join(parts))


@st.composite
def aliased(
    draw: st.DrawFn, name: st.SearchStrategy[tuple[str, str]]
) -> tuple[str, str, str | None]:
    written, meant = draw(name)
    alias = draw(st.one_of(st.none(), NAMES))
    if alias is None:
        return written, meant, None
    text = f"{written}{draw(BLANKS)}as{draw(BLANKS)}{alias}"
    return text, meant, unicodedata.normalize("NFKC", alias)


@st.composite
def import_statements(draw: st.DrawFn) -> Written:
    items = draw(st.lists(aliased(dotted()), min_size=1, max_size=3))
    comma = f"{draw(GAPS)},{draw(GAPS)}"
    text = f"import{draw(BLANKS)}{comma.join(text for text, _, _ in items)}"
    return Written(text, 0, None, tuple((meant, alias) for _, meant, alias in items))


@st.composite
def from_statements(draw: st.DrawFn) -> Written:
    level = draw(st.integers(0, 5))
    written, meant = draw(dotted()) if not level or draw(st.booleans()) else ("", "")
    dots = "".join(f".{draw(GAPS)}" for _ in range(level))
    plain = NAMES.map(lambda name: (name, unicodedata.normalize("NFKC", name)))
    items = draw(st.lists(aliased(plain), min_size=1, max_size=3))
    in_parentheses = draw(st.booleans())
    comma = ",  # é, x\n" if in_parentheses else f"{draw(GAPS)},{draw(GAPS)}"
    names = comma.join(text for text, _, _ in items)
    names = f"(  # é\n{names},\n)" if in_parentheses else names
    before = draw(BLANKS) if not level else draw(GAPS)
    after = draw(BLANKS) if written else draw(GAPS)
    text = f"from{before}{dots}{written}{after}import{draw(BLANKS)}{names}"
    return Written(text, level, meant, tuple((name, alias) for _, name, alias in items))


def squeezed(text: str) -> str:
    return unicodedata.normalize("NFKC", "".join(text.replace("\\", "").split()))


@settings(deadline=None, derandomize=True, max_examples=200)
@given(
    statements=st.lists(
        st.tuples(st.sampled_from(HEADS), st.one_of(import_statements(), from_statements()), ENDS),
        min_size=1,
        max_size=4,
    )
)
def test_imports_are_found_where_they_stand(statements: list[tuple[str, Written, str]]) -> None:
    text = "".join(f"{head}{item.text}{end}\n" for head, item, end in statements)
    ast.parse(text)
    found = imports_of(text)

    assert [(item.level, item.module, item.name, item.alias) for item in found] == [
        (item.level, name, None, alias)
        if item.module is None
        else (item.level, item.module, name, alias)
        for _, item, _ in statements
        for name, alias in item.names
    ]
    for item in found:
        assert squeezed(cut(text, item.module_span)) == item.written_module
        asked = item.module if item.name is None else item.name
        alias = "" if item.alias is None else f"as{item.alias}"
        assert squeezed(cut(text, item.span)) == f"{asked}{alias}"
