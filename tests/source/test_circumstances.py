"""Under which circumstances an import runs."""

from __future__ import annotations

import pytest

from linter_ext.source.circumstances import PLAIN, Circumstance, Group, find_circumstances
from linter_ext.source.facts import Import
from linter_ext.source.parser import parse
from tests.source.reading import imports_of


def told(text: str) -> list[str]:
    """Return how each import of a text stands, in words."""
    imports = imports_of(text)
    found = find_circumstances(parse(text), imports)
    return [f"{item.local_name}{words(found.get(item, PLAIN))}" for item in imports]


def words(circumstance: Circumstance) -> str:
    """Return a circumstance in words; nothing for a plain one."""
    flags = {
        "dead": circumstance.is_dead,
        "meant": circumstance.is_deliberate,
        "optional": circumstance.is_optional,
    }
    found = [word for word, is_so in flags.items() if is_so]
    group = circumstance.group
    if group is not None:
        found.append(f"{circumstance.branch} of {branches(group.branches)}")
        found += [f"after {branches(group.before)}"] if group.before else []
        found += [] if group.is_meant else ["by chance"]
    return f": {', '.join(found)}" if found else ""


def branches(alternatives: tuple[tuple[Import, ...], ...]) -> str:
    """Return alternatives as the names that they bind: `a b|c|`."""
    return "|".join(" ".join(item.local_name for item in branch) for branch in alternatives)


def caught(body: str, *handlers: str) -> str:
    """Return a `try` that catches ImportError in each handler."""
    inner = "".join(f"except ImportError:\n {handler}\n" for handler in handlers)
    return f"try:\n {body}\n{inner}"


@pytest.mark.parametrize(
    ("text", "circumstances"),
    [
        pytest.param("import a, b\nfrom c import d", ["a", "b", "d"], id="at module level"),
        pytest.param("def f(): import a\nclass C: import b", ["a", "b"], id="in a definition"),
        pytest.param("for x in y: import a\nwith x: import b", ["a", "b"], id="in a block"),
        pytest.param("import a, b\nimport a", ["a", "b", "a"], id="the same again"),
    ],
)
def test_plain(text: str, circumstances: list[str]) -> None:
    assert told(text) == circumstances
    assert find_circumstances(parse(text), imports_of(text)) == {}


@pytest.mark.parametrize(
    ("text", "circumstances"),
    [
        pytest.param(caught("import a", "0"), ["a: 0 of a|"], id="a fallback"),
        pytest.param(caught("import a", "import b"), ["a: 0 of a|b", "b: 1 of a|b"], id="another"),
        pytest.param(
            "try: from a import b, c\nexcept ImportError: import d, e",
            ["b: 0 of b c|d e", "c: 0 of b c|d e", "d: 1 of b c|d e", "e: 1 of b c|d e"],
            id="many names",
        ),
        pytest.param(
            "try: import a\nexcept KeyError: import b\nexcept ImportError: import c",
            ["a: 0 of a|c", "b", "c: 1 of a|c"],
            id="a handler of something else",
        ),
        pytest.param(
            "try: import a\nexcept ModuleNotFoundError: import b\nexcept ImportError: import c",
            ["a: 0 of a|b|c", "b: 1 of a|b|c", "c: 2 of a|b|c"],
            id="two handlers",
        ),
        pytest.param(
            "try: import a\nexcept ImportError: 0\nelse: import b\nfinally: import c",
            ["a: 0 of a|", "b", "c"],
            id="else and finally",
        ),
        pytest.param(
            "try: import a\nexcept ImportError:\n try: import b\n except ImportError: import c",
            ["a: 0 of a||b|c", "b: 0 of b|c, after a", "c: 1 of b|c, after a"],
            id="one in the handler of another",
        ),
        pytest.param(
            "try: import a\nexcept ImportError:\n import x\n try: import b\n"
            " except ImportError: 0\nexcept OSError: 0\nexcept Exception: import d",
            [
                "a: 0 of a|x|b||d",
                "x: 1 of a|x|b||d",
                "b: 0 of b|, after a",
                "d: 4 of a|x|b||d",
            ],
            id="alternatives in a handler",
        ),
        pytest.param(
            "try:\n import a\n try: import b\n except ImportError: import c\n"
            "except ImportError: import d",
            ["a: 0 of a b c|d", "b: 0 of b|c", "c: 1 of b|c", "d: 1 of a b c|d"],
            id="one in the body of another",
        ),
        pytest.param(
            "try:\n def f(): import a\n import b\nexcept ImportError: 0",
            ["a", "b: 0 of b|"],
            id="a function in the body",
        ),
        pytest.param(
            "try: import a\nexcept ImportError:\n def f(): import b",
            ["a: 0 of a|", "b"],
            id="a function in the handler",
        ),
        pytest.param("try: import a\nexcept: 0", ["a: 0 of a|"], id="a bare except"),
        pytest.param("try: import a\nexcept Exception: 0", ["a: 0 of a|"], id="all exceptions"),
        pytest.param(
            "try:\n import a\n a.b()\nexcept Exception: 0",
            ["a: 0 of a|, by chance"],
            id="all exceptions of something else",
        ),
        pytest.param(
            "try:\n import a\n b = True\nexcept Exception: b = False",
            ["a: 0 of a|"],
            id="a note that it succeeded",
        ),
        pytest.param(
            "try:\n import a\n a.b()\nexcept (ValueError, ImportError): 0",
            ["a: 0 of a|"],
            id="one of several exceptions",
        ),
        pytest.param("try: import a\nexcept ValueError: import b", ["a", "b"], id="others"),
        pytest.param("try: import a\nfinally: import b", ["a", "b"], id="no handler"),
        pytest.param("try: import a\nexcept* ImportError: 0", ["a: 0 of a|"], id="a group"),
        pytest.param("with suppress(ImportError): import a", ["a: 0 of a"], id="suppressed"),
        pytest.param(
            "with contextlib.suppress(OSError, ImportError): import a",
            ["a: 0 of a"],
            id="suppressed among others",
        ),
        pytest.param("with suppress(OSError): import a", ["a"], id="something else suppressed"),
    ],
)
def test_alternatives(text: str, circumstances: list[str]) -> None:
    assert told(text) == circumstances


@pytest.mark.parametrize(
    "handler",
    [
        pytest.param("raise", id="the same error"),
        pytest.param("raise RuntimeError", id="another error"),
        pytest.param("raise RuntimeError() from error", id="another error, made"),
        pytest.param("print(1)\n raise", id="at last"),
        pytest.param("sys.exit(1)", id="an exit"),
        pytest.param("pytest.fail('x')", id="a failure"),
    ],
)
def test_what_raises_again_is_no_fallback(handler: str) -> None:
    assert told(caught("import a", handler)) == ["a"]


@pytest.mark.parametrize(
    "handler",
    [
        pytest.param("raise unittest.SkipTest", id="a skip raised"),
        pytest.param("raise SkipTest('x')", id="a skip raised, made"),
        pytest.param("pytest.skip('x')", id="a skip called"),
        pytest.param("if x: raise", id="an error on a condition"),
    ],
)
def test_what_skips_is_a_fallback(handler: str) -> None:
    assert told(caught("import a", handler)) == ["a: 0 of a|"]


@pytest.mark.parametrize(
    ("text", "circumstances"),
    [
        pytest.param("with pytest.raises(ImportError): import a", ["a: meant"], id="pytest"),
        pytest.param("with raises(ModuleNotFoundError): import a", ["a: meant"], id="its name"),
        pytest.param(
            "with pytest.raises((KeyError, ImportError)) as x: import a",
            ["a: meant"],
            id="one of several",
        ),
        pytest.param(
            "with pytest.raises(expected_exception=ImportError): import a",
            ["a: meant"],
            id="by keyword",
        ),
        pytest.param(
            "with pytest.raises(OSError, match=ImportError): import a", ["a"], id="another keyword"
        ),
        pytest.param("with pytest.raises(KeyError): import a", ["a"], id="another error"),
        pytest.param("with pytest.raises: import a", ["a"], id="no call"),
        pytest.param("with self.assertRaises(ImportError): import a", ["a: meant"], id="unittest"),
        pytest.param(
            "with self.assertRaisesRegex(ImportError, 'x'): import a", ["a: meant"], id="by text"
        ),
        pytest.param("with x, pytest.raises(ImportError): import a", ["a: meant"], id="a second"),
        pytest.param(
            "async def f():\n async with pytest.raises(ImportError): import a",
            ["a: meant"],
            id="async",
        ),
        pytest.param(
            "with pytest.raises(ImportError):\n if x: import a", ["a: meant, optional"], id="deep"
        ),
        pytest.param(
            caught("import a\n pytest.fail('x')", "0"), ["a: meant, 0 of a|"], id="else a failure"
        ),
        pytest.param(caught("import a\n fail()", "0"), ["a: meant, 0 of a|"], id="its own name"),
        pytest.param(
            caught("import a\n raise AssertionError", "0"), ["a: meant, 0 of a|"], id="else raised"
        ),
        pytest.param(
            caught("import a\n raise AssertionError('x')", "0"),
            ["a: meant, 0 of a|"],
            id="else raised, made",
        ),
        pytest.param(
            caught("import a\n assert False, 'x'", "0"), ["a: meant, 0 of a|"], id="else asserted"
        ),
        pytest.param(
            caught("import a", "0") + "else: self.fail()", ["a: meant, 0 of a|"], id="in the else"
        ),
        pytest.param(caught("import a\n assert a", "0"), ["a: 0 of a|"], id="a real assertion"),
        pytest.param(caught("import a", "fail()"), ["a"], id="a failure in the handler"),
    ],
)
def test_deliberate(text: str, circumstances: list[str]) -> None:
    assert told(text) == circumstances


@pytest.mark.parametrize(
    ("text", "circumstances"),
    [
        pytest.param("import a\nraise X\nimport b", ["a", "b: dead"], id="after a raise"),
        pytest.param("def f():\n return\n import a\nimport b", ["a: dead", "b"], id="a return"),
        pytest.param("for x in y:\n break\n import a\nimport b", ["a: dead", "b"], id="a break"),
        pytest.param("for x in y:\n continue\n import a", ["a: dead"], id="a continue"),
        pytest.param("pytest.skip('x')\nimport a", ["a: dead"], id="a skip"),
        pytest.param("skip('x')\nimport a", ["a: dead"], id="a skip by its own name"),
        pytest.param("sys.exit()\nimport a", ["a: dead"], id="an exit"),
        pytest.param("quit()\nimport a", ["a: dead"], id="the built-in way out"),
        pytest.param("x = pytest.skip\nimport a", ["a"], id="no call"),
        pytest.param("x.skipped()\nimport a", ["a"], id="another call"),
        pytest.param("if x: raise X\nimport a", ["a"], id="on a condition"),
        pytest.param("raise X\ndef f(): import a\n", ["a: dead"], id="a function that is never"),
        pytest.param("raise X\nif y: import a", ["a: dead, optional"], id="a branch that is never"),
        pytest.param(
            "raise X\ntry: import a\nexcept ImportError: 0", ["a: dead, 0 of a|"], id="try"
        ),
        pytest.param(
            "if False: import a\nelse: import b", ["a: dead, optional", "b: optional"], id="0"
        ),
        pytest.param(
            "if 0: import a\nif None: import b",
            ["a: dead, optional", "b: dead, optional"],
            id="falsy",
        ),
        pytest.param("if 1: import a", ["a: optional"], id="always"),
        pytest.param(
            "if x: import a\nelif y: import b\nelse: import c",
            [f"{name}: optional" for name in "abc"],
            id="branches",
        ),
        pytest.param("if x:\n def f(): import a", ["a: optional"], id="a function in a branch"),
        pytest.param(
            "if x:\n try: import a\n except ImportError: import b",
            ["a: optional, 0 of a|b", "b: optional, 1 of a|b"],
            id="alternatives in a branch",
        ),
        pytest.param("match x:\n case 1: import a", ["a"], id="a case"),
        pytest.param("while x: import a", ["a"], id="a loop"),
    ],
)
def test_dead_and_optional(text: str, circumstances: list[str]) -> None:
    assert told(text) == circumstances


def test_a_group_knows_its_imports() -> None:
    text = "try: from a import b, c\nexcept ImportError: import d"
    b, c, d = imports_of(text)

    found = find_circumstances(parse(text), (b, c, d))

    group = Group(branches=((b, c), (d,)), is_meant=True, before=())
    assert found == {
        b: Circumstance(group=group, branch=0),
        c: Circumstance(group=group, branch=0),
        d: Circumstance(group=group, branch=1),
    }
