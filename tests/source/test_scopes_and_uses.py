"""Which attribute chains start at an imported name, by the language's own scopes (4.2.2)."""

from __future__ import annotations

import pytest

from linter_ext.source.facts import Span, Use
from tests.source.reading import expressions_of, found_uses, imports_of, marked_uses, place


def test_a_use_has_all_its_facts() -> None:
    text = "import app.sub\nimport b as c\n\nf(app.sub.x,\n  c . \\\n  y)\n"
    app, c = imports_of(text)

    assert expressions_of(text).uses == (
        Use(
            imports=(app,),
            attributes=("sub", "x"),
            spans=(Span(4, 3, 4, 10), Span(4, 3, 4, 12)),
        ),
        Use(imports=(c,), attributes=("y",), spans=(Span(5, 3, 6, 4),)),
    )


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        pytest.param("a.b.c.d", ["b.c.d 2:1-8"], id="a whole chain is one use"),
        pytest.param("a.b().c", ["b 2:1-4"], id="a call ends it"),
        pytest.param("a.b[a.c].d", ["b 2:1-4", "c 2:5-8"], id="so does a subscript"),
        pytest.param("(a).b", ["b 2:1-6"], id="parentheses do not"),
        pytest.param("a.b = a.c", ["b 2:1-4", "c 2:7-10"], id="assigned to, and read"),
        pytest.param("del a.b; a.c += 1", ["b 2:5-8", "c 2:10-13"], id="deleted, and augmented"),
        pytest.param("b.a.c; 'a.b'; a; x(a).b; -a", [], id="no attribute of the name"),
        pytest.param("@a.b(a.c)\ndef f(): 0", ["b 2:2-5", "c 2:6-9"], id="decorators"),
        pytest.param("'é'; a.b", ["b 2:6-9"], id="columns count characters"),
        pytest.param(
            "f(*a.b, c=a.d, **a.e)", ["b 2:4-7", "d 2:11-14", "e 2:18-21"], id="arguments"
        ),
        pytest.param(
            "{a.b: a.c, **a.d}; {a.e}; [a.f]; (a.g,); a.h[a.i:a.j:a.k]",
            [
                *("b 2:2-5", "c 2:7-10", "d 2:14-17", "e 2:21-24", "f 2:28-31", "g 2:35-38"),
                *("h 2:42-45", "i 2:46-49", "j 2:50-53", "k 2:54-57"),
            ],
            id="displays and slices",
        ),
        pytest.param(
            "not a.b or a.c + -a.d < a.e if a.f else a.g",
            ["b 2:5-8", "c 2:12-15", "d 2:19-22", "e 2:25-28", "f 2:32-35", "g 2:41-44"],
            id="operators",
        ),
        pytest.param(
            "assert a.b, a.c\nraise a.d from a.e",
            ["b 2:8-11", "c 2:13-16", "d 3:7-10", "e 3:16-19"],
            id="simple statements",
        ),
        pytest.param(
            "while a.b: pass\nelse: a.c\nfor x in a.d: a.e\nelse: a.f\nwith a.g as x: a.h",
            ["b 2:7-10", "c 3:7-10", "d 4:10-13", "e 4:15-18", "f 5:7-10", "g 6:6-9", "h 6:16-19"],
            id="loops and with",
        ),
        pytest.param(
            "try: a.b\nexcept a.c: a.d\nelse: a.e\nfinally: a.f\ntry: a.g\nexcept* a.h: a.i",
            [
                *("b 2:6-9", "c 3:8-11", "d 3:13-16", "e 4:7-10", "f 5:10-13"),
                *("g 6:6-9", "h 7:9-12", "i 7:14-17"),
            ],
            id="try",
        ),
        pytest.param(
            "match a.b:\n case a.c if a.d: a.e\n case a.f(a.g, x=a.h) | {a.i: 1}: 0",
            [
                *("b 2:7-10", "c 3:7-10", "d 3:14-17", "e 3:19-22"),
                *("f 4:7-10", "g 4:11-14", "h 4:18-21", "i 4:26-29"),
            ],
            id="match",
        ),
        pytest.param(
            "async def f():\n async with a.b: await a.c\n async for x in a.d: yield a.e\n"
            " [x async for x in a.f]\ndef g(): yield from a.g; return a.h",
            [
                *("b 3:13-16", "c 3:24-27", "d 4:17-20", "e 4:28-31", "f 5:20-23"),
                *("g 6:21-24", "h 6:33-36"),
            ],
            id="coroutines and generators",
        ),
        pytest.param(
            "x: a.b = a.c\n"
            "def f(x: a.d, /, y: a.e = a.f, *z: a.g, w: a.h = a.i, **v: a.j) -> a.k: 0",
            [
                *("b 2:4-7", "c 2:10-13", "d 3:10-13", "e 3:21-24", "f 3:27-30", "g 3:36-39"),
                *("h 3:44-47", "i 3:50-53", "j 3:60-63", "k 3:68-71"),
            ],
            id="annotations and defaults",
        ),
        pytest.param(
            "class C(a.b, m=a.c): a.d", ["b 2:9-12", "c 2:16-19", "d 2:22-25"], id="class"
        ),
        pytest.param("lambda x=a.b: a.c", ["b 2:10-13", "c 2:15-18"], id="lambda"),
    ],
)
def test_a_chain_from_an_imported_name_is_a_use(text: str, uses: list[str]) -> None:
    found = expressions_of(f"import a\n{text}").uses

    assert [f"{'.'.join(use.attributes)} {place(use.spans[-1])}" for use in found] == uses


# In each text `a.yes` is a use of the import, and `a.no` is none.
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a.yes\nimport a\na.yes", id="at module level, even before the import"),
        pytest.param("import a\na = a.yes\na.yes", id="a name that is also assigned may be it"),
        pytest.param(
            "try:\n import a\nexcept ImportError:\n a = None\na.yes", id="None instead of a module"
        ),
        pytest.param("if x:\n import a\ndef f(): a.yes", id="imported on one condition"),
        pytest.param("import a\ndel a\na.yes", id="deleted at module level: an error, or not yet"),
        pytest.param("a.no\nb.no\nimport c as a_, b_", id="never imported"),
        pytest.param("from b import *\na.no", id="a star binds no name one could tell"),
        # Functions.
        pytest.param("def f(): a.yes\nimport a", id="imported after the definition"),
        pytest.param("def f():\n import a\n a.yes\na.no", id="imported in a function only"),
        pytest.param(
            "def f():\n import a\n def g():\n  a.yes\n  lambda: a.yes\n  [a.yes for x in y]",
            id="seen by the functions inside",
        ),
        pytest.param(
            "import a\ndef f():\n a.no\n a = 1", id="a local name, even before it is bound"
        ),
        pytest.param("import a\ndef f():\n a: int\n a.no", id="annotated is local in a function"),
        pytest.param("import a\ndef f():\n a += 1\n a.no", id="augmented is local"),
        pytest.param("import a\ndef f():\n del a\n a.no", id="deleted is local"),
        pytest.param("import a\ndef f():\n (x, [*a]) = y\n a.no", id="unpacked is local"),
        pytest.param("import a\ndef f():\n x.a = y.a[0] = 1\n a.yes", id="an attribute is no name"),
        pytest.param("import a\ndef f():\n for a in a.no: a.no\n a.no", id="a loop's target"),
        pytest.param("import a\ndef f():\n with x as (a, b): a.no", id="a with's target"),
        pytest.param(
            "import a\ndef f():\n try: 0\n except E as a: 0\n a.no", id="an except's name"
        ),
        pytest.param(
            "import a\ndef f():\n try: 0\n except E: a.yes", id="an except without a name"
        ),
        pytest.param("import a\ndef f():\n def a(): 0\n a.no", id="a function's name"),
        pytest.param("import a\ndef f():\n class a: 0\n a.no", id="a class's name"),
        pytest.param("import a\ndef f():\n import b as a\n a.yes", id="another import of the name"),
        pytest.param("import a\ndef f():\n g(a := 1)\n a.no", id="an assignment expression"),
        pytest.param("import a\ndef f():\n match x:\n  case a: a.no", id="a capture"),
        pytest.param(
            "import a\ndef f():\n match x:\n  case [*a]: a.no", id="a capture of the rest"
        ),
        pytest.param("import a\ndef f():\n match x:\n  case {**a}: a.no", id="a mapping's rest"),
        pytest.param("import a\ndef f():\n match x:\n  case C(y=a): a.no", id="a nested capture"),
        pytest.param(
            "import a\ndef f():\n match x:\n  case _ | [*_] | {1: 2}: a.yes", id="no capture at all"
        ),
        # Parameters.
        pytest.param("import a\ndef f(a, /): a.no", id="positional only"),
        pytest.param("import a\ndef f(a): a.no", id="positional"),
        pytest.param("import a\ndef f(*a): a.no", id="all positional"),
        pytest.param("import a\ndef f(*, a): a.no", id="keyword only"),
        pytest.param("import a\ndef f(**a): a.no", id="all keywords"),
        pytest.param("import a\nlambda a: a.no", id="a lambda's"),
        pytest.param("import a\nlambda *a: lambda: a.no", id="a lambda's, in another"),
        pytest.param(
            "import a\n@a.yes\ndef f(a: a.yes = a.yes, *b: a.yes, c: a.yes = a.yes) -> a.yes: a.no",
            id="decorators, annotations and defaults stand outside",
        ),
        pytest.param("import a\nlambda a=a.yes: a.no", id="so do a lambda's defaults"),
        # Classes.
        pytest.param(
            "class C:\n import a\n a.yes\n def f(self): a.no\na.no", id="an import inside"
        ),
        pytest.param(
            "class C:\n import a\n x = [a.no for y in a.yes for z in a.no]\n w = lambda: a.no",
            id="functions and comprehensions do not see class attributes",
        ),
        pytest.param("import a\nclass C:\n a = 1\n a.no\n def f(self): a.yes", id="an attribute"),
        pytest.param("import a\nclass C(a.yes, m=a.yes):\n a = 1", id="bases stand outside"),
        pytest.param("import a\n@a.yes\nclass a:\n a.yes", id="the class itself, at module level"),
        pytest.param("import a\nclass C:\n a = a.yes\n b = a.no", id="read before it is assigned"),
        pytest.param(
            "import a\nclass C:\n x = a.yes\n @a.yes\n def a(self, y: a.yes = a.yes): a.yes\n a.no",
            id="read before it is defined",
        ),
        pytest.param(
            "import a\nclass C:\n x = a.yes\n for a in y: a.no\n a.no",
            id="a loop may have bound it",
        ),
        pytest.param(
            "import a\nclass C:\n if x: y = a.yes\n a = 1\n if x: a.no",
            id="blocks before and after",
        ),
        pytest.param("import a\nclass C:\n a: a.yes\n b: a.yes", id="only annotated, so not bound"),
        pytest.param("import a\nclass C:\n a: a.yes = 1\n a.no", id="annotated and assigned"),
        pytest.param("import a\nclass C:\n a += a.yes\n a.no", id="augmented"),
        pytest.param("import a\nclass C:\n class a: 0\n class D(a.no): a.yes", id="a class inside"),
        # Comprehensions.
        pytest.param("import a\n[a.no for a in a.yes]", id="the first iterable stands outside"),
        pytest.param("import a\n{a.no for x in a.yes for a in x if a.no}", id="the others do not"),
        pytest.param("import a\n{a.no: a.no for a in x}\n(a.no for a in x)\na.yes", id="each kind"),
        pytest.param(
            "import a\ndef f():\n [(a := x) for x in y]\n a.no", id="a walrus inside binds outside"
        ),
        pytest.param(
            "import a\ndef f():\n [[(a := x) for x in y] for z in w]\n a.no", id="however deep"
        ),
        pytest.param("import a\n[(a := x) for x in a.yes]\na.yes", id="a walrus at module level"),
        pytest.param("import a\nf = lambda: (a := 1).b or a.no\na.yes", id="a walrus in a lambda"),
        # Declarations.
        pytest.param("def f():\n global a\n import a\na.yes\ndef g(): a.yes", id="global import"),
        pytest.param("import a\ndef f():\n global a\n a = 1\n a.yes", id="global assignment"),
        pytest.param(
            "import a\ndef f():\n a = 1\n def g():\n  global a\n  a.yes\n  def h(): a.yes\n a.no",
            id="global past an enclosing function",
        ),
        pytest.param(
            "import a\ndef f():\n a = 1\n class C:\n  global a\n  a.yes\n  def g(self): a.no",
            id="global in a class is about the class alone",
        ),
        pytest.param("import a\nglobal a\na.yes", id="global at module level"),
        pytest.param(
            "def f():\n a = 1\n def g():\n  nonlocal a\n  import a\n  a.yes\n a.yes\na.no",
            id="nonlocal import",
        ),
        pytest.param(
            "import a\ndef f(a):\n class C:\n  def g(self):\n"
            "   nonlocal a\n   a.no\n   a = 1\na.yes",
            id="nonlocal past a class",
        ),
        pytest.param(
            "def f():\n import a\n def g():\n  a = 1\n  def h():\n   nonlocal a\n   a.no\n a.yes",
            id="nonlocal is the nearest",
        ),
        pytest.param("def f():\n nonlocal a\n import a\n a.yes", id="nonlocal of nothing"),
    ],
)
def test_a_name_is_looked_up_as_python_does(text: str) -> None:
    assert found_uses(text) == marked_uses(text)


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        pytest.param(
            "import a\nimport b as a\na.x", ["a", "b"], id="both, in the order of the text"
        ),
        pytest.param(
            "try:\n from b import a\nexcept ImportError:\n import a\na.x",
            ["b", "a"],
            id="a fallback",
        ),
        pytest.param("import a.b, a.c\na.x", ["a.b", "a.c"], id="two submodules bind one name"),
        pytest.param("import b as a\ndef f():\n import a\n a.x", ["a"], id="the innermost"),
        pytest.param(
            "def f():\n global a\n import c as a\nimport b as a\na.x",
            ["c", "b"],
            id="a global import",
        ),
    ],
)
def test_a_name_may_refer_to_several_imports(text: str, modules: list[str]) -> None:
    (use,) = expressions_of(text).uses

    assert [item.module for item in use.imports] == modules


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("a.b(c)[d]; e = f", {"a", "c", "d", "f"}, id="names that are read"),
        pytest.param("import a\ndef b(c): d\nclass e: f = 1", {"d"}, id="not those that are bound"),
        pytest.param("x: 'a.b'; y: 'c'", {"a", "c"}, id="those in string annotations too"),
    ],
)
def test_the_names_a_file_reads_are_known(text: str, names: set[str]) -> None:
    assert expressions_of(text).names == names


def test_expressions_may_nest_deeper_than_the_stack() -> None:
    depth = 900
    text = f"import a\nx = {'(' * 90}a.yes{')' * 90}\ny = {' + '.join(['a.yes'] * depth)}"

    assert len(expressions_of(text).uses) == depth + 1
