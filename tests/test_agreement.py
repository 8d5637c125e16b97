"""Whatever a file says, every front end says the same of it, and no short cut misses any of it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from linter_ext.names import components_below, is_under
from linter_ext.rules.reach import (
    attributes_in,
    reached_by,
    reached_from,
    references_of,
    split_chain,
)
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.source.tree import Root, SourceTree
from tests.cases.case import Contract, configuration, lines
from tests.front_ends import FRONT_ENDS, MemoryReader, judge, write

PROJECT: Mapping[str, str] = {
    "app/__init__.py": "from app.home import thing\n",
    "app/home.py": "thing = 1\n",
    "app/other.py": "from app.home import thing\nfrom app.home import thing as t\n",
    "app/old.py": "X = 1\n",
    "app/new.py": "X = 1\n",
    "app/mod.py": "from warnings import deprecated\n\n\n@deprecated('x')\ndef f(): ...\nNew = 1\n",
    "app/shim.py": "import warnings\nfrom app.new import X\n\n"
    "warnings.warn('moved', DeprecationWarning)\n",
    "app/sub/__init__.py": "from app.sub.deep import stuff\n",
    "app/sub/deep.py": "stuff = 1\n",
    "tests/helpers.py": "from app.home import thing\n",
    ".importlinter": configuration(
        Contract(type="absolute_imports"),
        Contract(
            type="deprecated_imports",
            options=lines(
                "deprecated",
                "app.old => app.new",
                "app.old.Thing => app.home.thing",
                "app.mod.Old => app.mod.New",
                "os.environ",
            )
            + f"\n{lines('detect', 'modules', 'names')}",
        ),
        Contract(
            type="canonical_imports",
            options="canonical = thing => app.home\nre_exports = forbid\n"
            + lines("gateways", "json => app.codec", "os.sep => app.paths"),
        ),
    ),
}
PLACES = (
    "app/case.py",
    "app/sub/case.py",
    "app/sub/__init__.py",
    "tests/test_case.py",
    "app/old.py",
)

OWN_MODULES = st.sampled_from(
    ["app", "app.old", "app.old.sub", "app.older", "app.mod", "app.other", "app.home", "app.gone"]
)
MODULES = OWN_MODULES | st.sampled_from(
    ["app.shim", "app.sub", "app.sub.deep", "os", "json", "json.decoder", "helpers", "lib.app"]
)
# Not three dots: where they climb out by more than one package, grimp ends in a Rust panic.
RELATIVE = st.sampled_from([".", "..", ".old", "..old", ". . old", ".other", "..mod", ".sub"])
OWN_NAMES = st.sampled_from(["old", "mod", "other", "home", "shim", "sub", "thing", "t", "stuff"])
NAMES = OWN_NAMES | st.sampled_from(
    ["X", "Thing", "Old", "New", "f", "environ", "sep", "loads", "größe"]
)
LOCAL_NAMES = st.sampled_from(["app", "old", "mod", "other", "os", "json", "sub", "é"])
FROM = st.tuples(MODULES | RELATIVE, NAMES) | st.sampled_from(
    [
        ("app", "old"),
        ("app.mod", "Old"),
        (".mod", "f"),
        ("app.other", "thing"),
        (".other", "t"),
        ("app.sub", "stuff"),
        ("os", "environ"),
    ]
)
COMMENTS = st.sampled_from(
    ["", "", "", "  # noqa", "  # noqa: IMC2", "  # noqa:IMC301,E501", "  # noqa: E501", "  # é"]
)
STRINGS = st.sampled_from(
    ["app.old.X", "app.old", "app.other.thing", "app.home.thing", "os.environ", "json.loads"]
) | st.sampled_from(["app.mod.Old.x", "app.shim.X", "helpers.thing", "app.older.X"])
CALLS = st.sampled_from(
    ["mock.patch", "patch", "patch.dict", "monkeypatch.setattr", "importlib.import_module"]
) | st.sampled_from(["print", "patch.object", "setattr", "__import__"])
CHAINS = st.builds(
    lambda root, attributes: ".".join((root, *attributes)),
    LOCAL_NAMES,
    st.lists(NAMES, min_size=1, max_size=3),
) | st.sampled_from(
    ["app.old.X", "app.mod.Old", "mod.f", "app.other.t", "other.thing", "os.environ"]
)


@st.composite
def imports(draw: st.DrawFn) -> str:
    """Draw an import statement, over one line or more."""

    def with_alias(name: str) -> str:
        return f"{name} as {draw(LOCAL_NAMES)}" if draw(st.booleans()) else name

    before = draw(st.sampled_from(["", "", 'é = "ü€"; ']))
    comment = draw(COMMENTS)
    if draw(st.booleans()):
        named = ", ".join(with_alias(draw(MODULES)) for _ in range(draw(st.integers(1, 3))))
        return f"{before}import {named}{comment}"
    module, name = draw(FROM)
    start = f"{before}from {module}"
    names = [with_alias(item) for item in (*draw(st.lists(NAMES, max_size=2)), name)]
    match draw(st.sampled_from(["one line", "parentheses", "backslash", "star"])):
        case "parentheses":
            inner = "".join(f"    {name},{draw(COMMENTS)}\n" for name in names)
            return f"{start} import ({comment}\n{inner}){draw(COMMENTS)}"
        case "backslash":
            return f"{start} \\\n    import {', '.join(names)}{comment}"
        case "star":
            return f"{start} import *{comment}"
    return f"{start} import {', '.join(names)}{comment}"


@st.composite
def uses(draw: st.DrawFn) -> str:
    """Draw a statement with attributes of what may be imported."""
    one, two, shadow = draw(CHAINS), draw(CHAINS), draw(LOCAL_NAMES)
    comment, other = draw(COMMENTS), draw(COMMENTS)
    return draw(
        st.sampled_from(
            [
                f"{one}{comment}",
                f'print("größe", {one}, {two}){comment}',
                f"print({comment}\n    {one},{other}\n    {two},\n)",
                f"({one.replace('.', f'{comment}{chr(10)}    .', 1)}){other}",
                f"(({one.replace('.', f'{comment}{chr(10)}).', 1)}){other}",
                f"{one} = {two}{comment}",
                f"v: '{one.replace('.', f'{chr(39)} {chr(39)}.', 1)}' = {two}",
                f"del {one}{comment}",
                f"v: '{one}' = {two}{comment}",
                f"f'{{{one}}} {{{two}!r}}'{comment}",
                f"f'''{comment}\n{{{one}}}\n'''{other}",
                f"x = '''{comment}\n'''; {one}{other}",
                f"[{one} for {shadow} in {two}]{comment}",
                f"lambda {shadow}={two}: {one}{comment}",
                f"@{one}{comment}\ndef g(x: {two}{other}\n): ...",
                f"def g({shadow}): return {one}{comment}",
                f"class C({one}):{comment}\n    {shadow} = 1\n    x = {two}{other}",
                f"def g():\n    {shadow} = {one}{comment}\n    return {two}{other}",
                f"try: {one}{comment}\nexcept OSError as {shadow}: {two}{other}",
                f"match {one}:{comment}\n    case {two}: ...{other}",
            ]
        )
    )


@st.composite
def references(draw: st.DrawFn) -> str:
    """Draw a call whose string names a module or an object, or a call that looks so."""
    call = draw(CALLS)
    string, comment = draw(STRINGS), draw(COMMENTS)
    if draw(st.booleans()):
        return f'{call}({comment}\n    "{string}",{draw(COMMENTS)}\n)'
    if draw(st.booleans()):
        string = string.replace(".", draw(st.sampled_from(['." "', f'"{comment}\n  ".'])))
    return f'{call}("{string}"){comment}'


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """Draw a statement, at the top or inside another one."""
    statement = draw(st.one_of(imports(), uses(), references()))
    heads = ["def h():", "class D:", "if TYPE_CHECKING:", "try:", f"def h({draw(LOCAL_NAMES)}):"]
    head = draw(st.just("") | st.sampled_from(heads))
    if not head:
        return statement
    indent = draw(st.sampled_from(["    ", "\t"]))
    inner = f"\n{indent}".join(statement.split("\n"))
    end = f"\nexcept ImportError:\n{indent}{draw(imports())}" if head == "try:" else ""
    return f"{head}\n{indent}{inner}{end}"


FILES = st.builds(
    lambda heads, found: "\n".join([*heads, *found]) + "\n",
    st.sampled_from(
        [
            ["from unittest.mock import patch", "import app"],
            ["import app.old, os, json", "from app import mod, other"],
            ["# flake8: noqa"],
            [],
        ]
    ),
    st.lists(blocks(), min_size=1, max_size=8),
)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(place=st.sampled_from(PLACES), text=FILES)
def test_front_ends_agree_with_the_judgement(place: str, text: str) -> None:
    project = {**PROJECT, place: text}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, project)
        expected = judge(root, project)

        assert {name: run(root) for name, run in FRONT_ENDS.items()} == dict.fromkeys(
            FRONT_ENDS, expected
        )


def open_file(place: str, text: str) -> tuple[SourceFile, Index]:
    """Return a file of the project, which is on no disk."""
    tree = SourceTree([Root("app", "app", is_package=True), Root("tests", "tests", False)])
    index = Index(tree, MemoryReader({**PROJECT, place: text}))
    module = tree.module_of(place)
    assert module is not None
    return index.open(place, module), index


@settings(max_examples=200, deadline=None, derandomize=True)
@given(place=st.sampled_from(PLACES), text=FILES)
def test_the_text_tells_of_every_attribute(place: str, text: str) -> None:
    file, index = open_file(place, text)
    asked = index.asked(file)

    used = {
        split_chain(reached.asked.bound, reached.use.attributes, index)
        for reached in reached_from(file, asked)
        if index.is_module(reached.asked.bound)
    }
    assert {found for found in used if found[1]} <= attributes_in(file, asked, index)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(place=st.sampled_from(PLACES), text=FILES)
def test_the_text_tells_of_every_chain_to_a_path(place: str, text: str) -> None:
    file, index = open_file(place, text)
    asked = index.asked(file)
    paths = ("app.old", "app.mod.Old", "os.environ")

    leading = [
        reached
        for reached in reached_from(file, asked)
        if any(is_under(reached.path, path) and reached.span_of(path) for path in paths)
    ]
    found = list(reached_by(file, asked, components_below(paths)))
    assert [reached for reached in leading if reached not in found] == []


@settings(max_examples=200, deadline=None, derandomize=True)
@given(place=st.sampled_from(PLACES), text=FILES, root=st.sampled_from(["app.old", "tests", "os"]))
def test_the_text_tells_of_every_reference(place: str, text: str, root: str) -> None:
    file, index = open_file(place, text)

    concerned = [
        item
        for item in file.expressions.references
        if is_under(index.identity(file, item.target), root)
    ]
    found = references_of(file, index, {root.partition(".")[0]}, lambda path: is_under(path, root))
    assert [item.reference for item in found] == concerned
