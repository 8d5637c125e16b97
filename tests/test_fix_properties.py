"""What holds of `linter-ext fix`, whatever a module imports, and however it is written."""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from linter_ext.source.text import decode
from tests.cases.fixes import ABSOLUTE, case, homes, moves
from tests.front_ends import run_command, write
from tests.module_values import ModuleValues
from tests.python_texts import comments, parses

VALUES = "X = Y = 1\nZ = [2]\n\n\ndef f(x=None):\n    return x\n"
FILES: Mapping[str, str] = {
    "app/gen.py": "",
    "app/user.py": "",
    "app/home.py": "thing = 9\n",
    "app/mod.py": "from app.home import thing\nfrom app.two import Two as Old\n\n"
    "Other = Third = 3\nLatter = Former = 5\n",
    "app/new.py": VALUES,
    "app/old.py": "from app.new import *\n",
    "app/two.py": "Two = 4\nSecond = 6\n",
    "old/k.py": "K = 7\n",
    "old/sub.py": "from pkg.mod import *\n",
    "pkg/mod.py": VALUES,
    "pkg/more.py": "M = 8\n",
    "top/__init__.py": "from pkg.mod import *\n",
}
MOVES = moves(
    "app.old => app.new",
    "app.mod.Old => app.two.Two",
    "app.mod.Former => app.mod.Latter",
    "old.sub => pkg.mod",
    "top => pkg.mod",
)
PROJECT = case(
    FILES,
    None,
    MOVES,
    ABSOLUTE,
    homes("thing => app.home"),
    packages=("app", "old", "pkg", "top"),
).project()
GENERATED = "app/gen.py"
USER = "app/user.py"

_ROOTS = frozenset({"app", "old", "pkg"})
"""What plain imports bind: their uses follow."""
_HELPERS = frozenset({"new", "two", "mod", "home", "app_new", "app_two", "app_home", "pkg_mod"})
"""What may be bound as well, where a root is taken."""
_CONCERNED = re.compile(
    rb"\b(?:import|app|old|pkg|top|mod|new|two|home|Old|Two|Former|Latter|thing"
    rb"|pkg_mod|app_new|app_two|app_home)\b"
)
"""What a line that may change has in it, before or after."""


class Form(NamedTuple):
    """A way to import.

    Attributes:
        text: the statement; `{0}` stands for a local name of its own.
        uses: expressions that it allows.
    """

    text: str
    uses: tuple[str, ...]


FORMS = (
    Form("import app.old", ("app.old.X", "app.old.f(app.old.Y)", "app.old.Z[0].real")),
    Form("import app.old as {0}", ("{0}.X", "{0}.f({0}.Z)")),
    Form("import os, app.old as {0}", ("{0}.Y", "os.sep")),
    Form("import app.old, app.old as {0}", ("app.old.Y", "{0}.X")),
    Form("import app.new", ("app.new.X",)),
    Form("import app.new, app.mod", ("app.new.X", "app.mod.Old", "app.mod.Other")),
    Form("import app.mod", ("app.mod.Old", "app.mod.Former", "app.mod.Third")),
    Form("import app.mod as {0}", ("{0}.Old", "{0}.Former", "{0}.Third")),
    Form("import old.sub", ("old.sub.X", "old.sub.f(old.sub.Z)")),
    Form("import old.sub, old.k", ("old.sub.X", "old.k.K")),
    Form("import old.k", ("old.k.K",)),
    Form("import pkg.more", ("pkg.more.M",)),
    Form("import top", ("top.X", "top.f([top])[0].X")),
    Form("import top as {0}", ("{0}.X",)),
    Form("from app import old", ("old.X", "old.f(old.Z)")),
    Form("from app import old as {0}", ("{0}.X",)),
    Form("from app import new, old as {0}", ("new.X", "{0}.Y")),
    Form("from app import (\n{1}    new,{2}\n{1}    old as {0},{2}\n{1})", ("new.X", "{0}.Y")),
    Form("from app import mod", ("mod.Old", "mod.Former", "mod.Other")),
    Form("from . import old, mod as {0}", ("old.X", "{0}.Other", "{0}.Old")),
    Form("from .old import X", ("X",)),
    Form("from .new import (X, Y as {0})", ("X", "{0}")),
    Form("from app.old import X", ("X",)),
    Form("from app.old import X as {0}, Y", ("{0}", "Y")),
    Form("from app.old import *", ("X", "f(Y)")),
    Form("from app . old import(X)", ("X",)),
    Form("import app.old as {0};", ("{0} . X", "{0}.f")),
    Form("import app.old; from app.old import Y as {0}", ("app.old .X", "app. old.Y", "{0}")),
    Form("from app.mod import Old, Other; from app.mod import Third", ("Old", "Other", "Third")),
    Form("from app.old import (  # opening{2}\n{1}    X,\n{1}    f\n{1})", ("X", "f(X)")),
    Form("from app.old \\\n{1}    import X, \\\n{1}    Z", ("X", "Z")),
    Form("from app.new import X", ("X",)),
    Form("from app.new import (\n{1}    X as {0},{2}\n{1})", ("{0}",)),
    Form("from app.mod import Old", ("Old",)),
    Form("from app.mod import Old, Other", ("Old", "Other")),
    Form("from app.mod import Former as {0}, Old, Third", ("Old", "{0}", "Third")),
    Form("from app.mod import (\n{1}    Other,{2}\n{1}    Old as {0},{2}\n{1})", ("Other", "{0}")),
    Form("from app.mod import (Other, Old,\n{1}  Former)", ("Other", "Old", "Former")),
    Form("from app.mod import thing, Old as {0}", ("thing", "{0}")),
    Form("import app.mod, app.home", ("app.mod.thing", "app.home.thing", "app.mod.Old")),
    Form("from app.home import thing as {0}", ("{0}",)),
    Form("from app import home, mod as {0}", ("home.thing", "{0}.thing")),
    Form("from app.two import Second", ("Second",)),
    Form("from app.two import Two as Old", ("Old",)),
    Form("from old import sub", ("sub.X",)),
    Form("from old.sub import X as {0}", ("{0}",)),
    Form("from pkg.mod import Y as X", ("X",)),
    Form("from top import X, f as {0}", ("X", "{0}(X)")),
)

USES = (
    "{v} = {a}",
    "{v} = [{a}, {b}]",
    "{v} = {a}; {w} = {b}",
    "{v} = f'{{{a}}} {{{b}!r:>9}} {{{a}}} app.old.X'",
    "{v} = f'''\n{{{a}}} é {{{b}}}\n{{{a}}}'''",
    "{v} = ({a}\n    , {b})",
    "{v}: '{t}' = {a}",
    "def {v}(x: '{t}', y={a}) -> \"{t}\": return {b}",
    "{v} = [{a} for app in [1] if {n} or app]",
    "{v} = (lambda pkg, x={a}: (x, pkg))({b})",
    "def {v}(pkg=1, two=2, new=3):\n    return pkg, {n}\n{w} = {v}()",
    "{v} = ['app.old', \"app.mod.Old\", 'old.sub.X']",
    "{v} = __import__('importlib').import_module('app.old').X",
    "# {a}",
)
"""Statements; `t` is a type that `a` spells, `n` an expression without the names bound there."""


@st.composite
def modules(draw: st.DrawFn) -> bytes:
    """Generate modules that run."""
    numbers = count(1)
    comment = st.sampled_from(("", "", "", "  # noqa: F401", "  # why {}", "\t# type: ignore"))

    def commented() -> str:
        return draw(comment).format(next(numbers))

    def imported(indent: str) -> tuple[str, list[str]]:
        form = draw(st.sampled_from(FORMS))
        if "*" in form.text and indent:
            form = FORMS[0]
        values = (f"n{next(numbers)}", indent, commented())
        return form.text.format(*values), [use.format(*values) for use in form.uses]

    def used(uses: list[str], indent: str) -> list[str]:
        first, second = draw(st.sampled_from(uses)), draw(st.sampled_from(uses))
        plain = first if not first.startswith(("app.", "pkg.", "new.", "two.")) else "3"
        text = draw(st.sampled_from(USES)).format(
            v=f"v{next(numbers)}",
            w=f"w{next(numbers)}",
            a=first,
            b=second,
            n=plain,
            t=first.partition("(")[0].partition("[")[0],
        )
        return [f"{indent}{line}" for line in text.split("\n")]

    lines: list[str] = []
    known: list[str] = ["1"]
    for _ in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(("import",) * 4 + ("use",) * 4 + tuple(_BLOCKS) + ("", "#")))
        if kind == "import":
            text, uses = imported("")
            lines.append(f"{text}{commented()}")
            known += uses
        elif kind == "use":
            lines += used(known, "")
        elif kind in _BLOCKS:
            indent = draw(st.sampled_from(("    ", "\t", "  ")))
            text, uses = imported(indent)
            body = [f"{indent}{text}{commented()}", *used(uses, indent)]
            head, tail = _BLOCKS[kind]
            lines += [head.format(f"b{next(numbers)}"), *body, *tail]
        else:
            lines.append(f"{kind} {next(numbers)}" if kind else "")
    return _written(draw, lines)


_BLOCKS = {
    "function": ("def {}():", [""]),
    "class": ("class {}:", []),
    "if": ("if True:", []),
    "try": ("try:", ["except ImportError:", "    raise"]),
}


def _written(draw: st.DrawFn, lines: list[str]) -> bytes:
    """Return lines as they stand in a file of this encoding, with these line ends."""
    cookie, encoding = draw(
        st.sampled_from(
            (
                ("", "utf-8"),
                ("", "utf-8"),
                ("", "utf-8-sig"),
                ("# coding: latin-1\n", "latin-1"),
                ("# -*- coding: utf-8 -*-\n", "utf-8"),
            )
        )
    )
    text = cookie + "\n".join(lines)
    pieces = text.split("\n")
    # A cookie is sought up to the first line feed: the whole text, if there is none.
    others = ("\r\n",) if cookie else ("\r",)
    ends = draw(st.sampled_from((("\n",), ("\n",), ("\r\n",), others, ("\n", "\r\n"))))
    parts = [f"{piece}{ends[at % len(ends)]}" for at, piece in enumerate(pieces[:-1])]
    last = f"{pieces[-1]}{draw(st.sampled_from((ends[0], '')))}"
    return "".join((*parts, last)).encode(encoding)


def bindings(data: bytes) -> list[tuple[str, frozenset[str]]]:
    """Return the names that each scope binds."""
    return list(_bindings(symtable.symtable(decode(data), "gen", "exec")))


def _bindings(table: symtable.SymbolTable) -> Iterator[tuple[str, frozenset[str]]]:
    bound = (
        symbol.get_name()
        for symbol in table.get_symbols()
        if symbol.is_assigned() or symbol.is_imported() or symbol.is_parameter()
    )
    yield table.get_name(), frozenset(bound)
    for inner in table.get_children():
        yield from _bindings(inner)


def unconcerned(data: bytes) -> list[bytes]:
    """Return the lines, with their ends, that a fix has no business with."""
    lines = re.findall(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", data)
    imports = {
        number
        for node in ast.walk(ast.parse(data))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    return [
        line
        for number, line in enumerate(lines, start=1)
        if number not in imports
        and line.strip()
        and not line.lstrip().startswith(b"#")
        and not _CONCERNED.search(line)
    ]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project."""
    folder = tmp_path_factory.mktemp("project")
    write(folder, PROJECT)
    return folder


@pytest.fixture(scope="module")
def values() -> Iterator[ModuleValues]:
    """The child that runs what is generated."""
    with ModuleValues() as child:
        yield child


_WAYS = {
    "by star": ("from app.gen import *", ""),
    "by attribute": ("import app.gen", "u_{0} = app.gen.{0}"),
    "by attribute of a local name": ("from app import gen", "u_{0} = gen.{0}"),
    "by name": ("", "from app.gen import {0} as u_{0}"),
}
"""How another module may use all that this one holds."""


@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=modules(), way=st.sampled_from(("", *_WAYS)))
def test_a_fix_keeps_what_a_module_is(
    data: bytes, way: str, root: Path, values: ModuleValues
) -> None:
    path = root / GENERATED
    path.write_bytes(data)
    held = values.of(root, "app.gen")
    (root / USER).write_text(_using(held, way))
    used = values.of(root, "app.user")

    outcome = run_command(root, "fix")

    after = path.read_bytes()
    note(f"{data!r}\n{data.decode('latin-1')}\n->\n{after.decode('latin-1')}\n{outcome.output}")
    assert parses(after)
    assert (after != data) == (f"{GENERATED}: " in outcome.output)
    assert not comments(data) - comments(after)
    assert unconcerned(after) == unconcerned(data)
    _compare(data, after)
    assert _without_roots(values.of(root, "app.gen")) == _without_roots(held)
    found = values.of(root, "app.user")
    assert {name: found.get(name) for name in used} == used
    again = run_command(root, "fix")
    assert path.read_bytes() == after
    assert "Nothing to fix." in again.output
    assert again.output.count("not fixed:") == outcome.output.count("not fixed:")


def _using(held: Mapping[str, object], way: str) -> str:
    """Return the text of a module that uses what the generated one holds."""
    head, line = _WAYS.get(way, ("", ""))
    return "\n".join((head, *(line.format(name) for name in held if "failed" not in held)))


def _without_roots(held: Mapping[str, object]) -> dict[str, object]:
    return {key: item for key, item in held.items() if key not in _ROOTS | _HELPERS}


def _compare(before: bytes, after: bytes) -> None:
    """Compare what the scopes bind."""
    for (name, old), (same, new) in zip(bindings(before), bindings(after), strict=True):
        assert name == same
        assert old - new <= _ROOTS
        assert new - old <= _ROOTS | _HELPERS
