"""How the dotted path of a reference resolves: modules, then attributes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter_ext.source.attributes import Answer, Attributes, Unoffered
from linter_ext.source.facts import ReferenceKind, Referrer
from linter_ext.source.gaps import Gap, State
from tests.source.project import index_of

FILES = {
    "app/__init__.py": "from app.send import send\n",
    "app/send.py": "def send(): ...\nlimit = 1\n",
    "app/mod.py": "import json\nimport app.send\nfrom app import base\n"
    "from app.base import Base as B\n\n\nclass C(B):\n x = 1\n class D: y = 1\n",
    "app/base.py": "class Base:\n def f(self): ...\n",
    "app/stub.pyi": "class C: ...\n",
    "app/twice.py": "import json\nclass json:\n def f(self): ...\n"
    "from app.base import Base as K\nclass K:\n def g(self): ...\n"
    "from json import dumps\ndel dumps\nimport os.path as p\nif x:\n import abc\n",
    "app/broken.py": "x = (",
    "app/open.py": "def __getattr__(name): ...\n",
    "app/maker.py": "import sys\nsys.modules[f'{__name__}.made'] = x\n",
}


def told(answer: Answer) -> str:
    """Return an answer as one word: a state, or the path that is missing."""
    if isinstance(answer, State):
        return answer.name.lower()
    return answer.path


def find(path: str, referrer: Referrer, files: Mapping[str, str] = FILES) -> str:
    """Return what is told of an object."""
    attributes = index_of(files).derived(Attributes)
    found = attributes.find(path, ReferenceKind.OBJECT, referrer)
    assert attributes.find(path, ReferenceKind.OBJECT, referrer) is found
    lacking = index_of(files).derived(Attributes).lacking(path, ReferenceKind.OBJECT, referrer)
    assert lacking == (None if isinstance(found, State) else found)
    return told(found)


@pytest.mark.parametrize(
    ("path", "patch", "monkeypatch", "resolve_name"),
    [
        ("app", "there", "there", "there"),
        ("app.send", "there", "there", "there"),
        ("app.mod.C", "there", "there", "there"),
        ("app.mod.gone", "app.mod.gone", "app.mod.gone", "app.mod.gone"),
        ("app.gone.x", "app.gone", "app.gone", "app.gone"),
        ("gone", "unknown", "unknown", "unknown"),
        ("json.gone", "unknown", "unknown", "unknown"),
        # A function of its package hides the module from whoever asks for attributes first.
        ("app.send.limit", "there", "unknown", "there"),
        ("app.send.gone", "app.send.gone", "unknown", "app.send.gone"),
        # Built-in functions.
        ("app.mod.open", "there", "app.mod.open", "app.mod.open"),
        ("app.mod.C.open", "app.mod.C.open", "app.mod.C.open", "app.mod.C.open"),
        # Modules that a module imports.
        ("app.mod.base.Base", "there", "there", "there"),
        ("app.mod.base.gone", "app.base.gone", "app.base.gone", "app.base.gone"),
        ("app.mod.app.base.Base.f", "there", "there", "there"),
        ("app.mod.json.gone", "unknown", "unknown", "unknown"),
        # Classes.
        ("app.mod.C.x", "there", "there", "there"),
        ("app.mod.C.f", "there", "there", "there"),
        ("app.mod.B.f", "there", "there", "there"),
        ("app.mod.C.x.y", "unknown", "unknown", "unknown"),
        ("app.mod.C.D.y", "there", "there", "there"),
        ("app.mod.C.D.z", "app.mod.C.D.z", "app.mod.C.D.z", "app.mod.C.D.z"),
        ("app.mod.C.gone.z", "app.mod.C.gone", "app.mod.C.gone", "app.mod.C.gone"),
        ("app.mod.B.gone", "app.base.Base.gone", "app.base.Base.gone", "app.base.Base.gone"),
        # Names that are bound twice.
        ("app.twice.json.f", "unknown", "unknown", "unknown"),
        ("app.twice.json.gone", "unknown", "unknown", "unknown"),
        ("app.twice.K.g", "unknown", "unknown", "unknown"),
        ("app.twice.K.f", "unknown", "unknown", "unknown"),
        ("app.twice.p.gone", "unknown", "unknown", "unknown"),
        ("app.twice.abc.gone", "unknown", "unknown", "unknown"),
        ("app.twice.dumps.gone", "app.twice.dumps", "app.twice.dumps", "app.twice.dumps"),
        # What cannot be told.
        ("app.stub.C.gone", "unknown", "unknown", "unknown"),
        ("app.broken.gone", "unknown", "unknown", "unknown"),
        ("app.broken.gone.x", "unknown", "unknown", "unknown"),
        ("app.open.gone.x", "unknown", "unknown", "unknown"),
        ("app.maker.made.x", "unknown", "app.maker.made", "unknown"),
        ("app.maker.made", "app.maker.made", "app.maker.made", "unknown"),
    ],
)
def test_a_path_is_followed_as_the_run_time_does(
    path: str, patch: str, monkeypatch: str, resolve_name: str
) -> None:
    assert find(path, Referrer.PATCH) == patch
    assert find(path, Referrer.MONKEYPATCH) == monkeypatch
    assert find(path, Referrer.RESOLVE_NAME) == resolve_name


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("app.send", "there"),
        ("app.mod.C", "app.mod"),
        ("app.gone", "app.gone"),
        ("json.decoder", "there"),
        ("json.gone", "json.gone"),
    ],
)
def test_a_reference_to_a_module_is_met_by_a_module(path: str, answer: str) -> None:
    attributes = index_of(FILES).derived(Attributes)

    assert told(attributes.find(path, ReferenceKind.MODULE, Referrer.IMPORT_MODULE)) == answer


@pytest.mark.parametrize(
    ("path", "split"),
    [
        ("app.mod.C.x", ("app.mod", ["C", "x"])),
        ("app.mod", ("app.mod", [])),
        ("gone.x", ("gone", ["x"])),
    ],
)
def test_a_path_is_split_after_its_longest_module(path: str, split: tuple[str, list[str]]) -> None:
    assert index_of(FILES).derived(Attributes).split(path) == split


def test_an_answer_tells_what_is_missing_of_a_module_or_of_a_class() -> None:
    attributes = index_of(FILES).derived(Attributes)

    gap = attributes.find("app.gone.x", ReferenceKind.OBJECT, Referrer.PATCH)
    unoffered = attributes.find("app.mod.C.gone", ReferenceKind.OBJECT, Referrer.PATCH)

    assert isinstance(gap, Gap)
    assert unoffered == Unoffered("app.mod.C.gone", "app.mod.C", frozenset({"D", "f", "x"}))


BASES = {
    "app/__init__.py": "",
    "app/a.py": "import abc\nimport enum\nimport queue as q\nimport unittest\nimport nowhere\n"
    "from typing import Generic, NamedTuple, Protocol, TypedDict\n"
    "from logging.handlers import QueueHandler\nfrom app import b\nfrom app.b import *\n\n\n"
    "class Inner(b.Base): 0\nclass Two(b.Base, b.Other): 0\nclass Starred(FromStar): 0\n"
    "class Error(KeyError): 0\nclass Abstract(abc.ABC): 0\nclass Kind(enum.StrEnum):\n A = 1\n"
    "class Test(unittest.TestCase): 0\nclass Handler(QueueHandler): 0\nclass Queue(q.Queue): 0\n"
    "class Tuple(NamedTuple):\n a: int\nclass Generic_(Generic[T]): 0\n"
    "class Likeness(Protocol): 0\nclass Dict(TypedDict): 0\n"
    "class Nowhere(nowhere.X): 0\nclass Gone(gone): 0\n"
    "class Deep(b.Outer.Nested): 0\nclass Branch(b.Either): 0\nclass Compiled(q.Empty): 0\n"
    "class Outer:\n class A:\n  x = 1\n class B(A): 0\n y = Inner\n class D(y): 0\n"
    " class E(A.F): 0\nclass dict(dict): 0\nclass Shadow(dict): 0\n",
    "app/b.py": "class Base:\n f = 1\nclass Other:\n g = 1\nclass FromStar:\n h = 1\n"
    "class Outer:\n class Nested: 0\nif x:\n class Either:\n  i = 1\nelse:\n Either = f()\n",
}


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("Inner.f", "there"),
        ("Inner.gone", "app.a.Inner.gone"),
        ("Two.g", "there"),
        ("Two.gone", "app.a.Two.gone"),
        ("Starred.h", "there"),
        ("Starred.gone", "app.a.Starred.gone"),
        ("Error.with_traceback", "there"),
        ("Error.gone", "app.a.Error.gone"),
        ("Abstract.register", "there"),
        ("Abstract.gone", "app.a.Abstract.gone"),
        ("Kind.A", "there"),
        ("Kind.capitalize", "there"),
        ("Kind.__members__", "there"),
        ("Kind.gone", "app.a.Kind.gone"),
        ("Test.assertEqual", "there"),
        ("Test.gone", "app.a.Test.gone"),
        ("Handler.enqueue", "there"),
        ("Handler.emit", "there"),
        ("Handler.gone", "app.a.Handler.gone"),
        ("Queue.put_nowait", "there"),
        ("Queue.gone", "app.a.Queue.gone"),
        ("Tuple.a", "there"),
        ("Tuple._replace", "there"),
        ("Tuple.gone", "app.a.Tuple.gone"),
        ("Generic_.__class_getitem__", "there"),
        ("Generic_.gone", "app.a.Generic_.gone"),
        ("Likeness.gone", "app.a.Likeness.gone"),
        ("Dict.gone", "unknown"),
        ("Nowhere.gone", "unknown"),
        ("Gone.gone", "unknown"),
        ("Deep.gone", "unknown"),
        ("Branch.gone", "unknown"),
        ("Outer.B.x", "there"),
        ("Outer.B.gone", "app.a.Outer.B.gone"),
        ("Outer.D.gone", "unknown"),
        ("Outer.E.gone", "unknown"),
        ("Shadow.gone", "app.a.Shadow.gone"),
        ("Inner.__init__", "there"),
        ("Inner.__qualname__", "there"),
        ("Inner.__enter__", "app.a.Inner.__enter__"),
    ],
)
def test_what_a_class_inherits_is_there(path: str, answer: str) -> None:
    assert find(f"app.a.{path}", Referrer.PATCH, BASES) == answer


def test_what_other_modules_set_on_a_class_may_be_there() -> None:
    files = {**FILES, "app/more.py": "from app.base import Base\nBase.extra = 1\n"}

    assert find("app.base.Base.extra", Referrer.PATCH, files) == "unknown"
    assert find("app.mod.C.extra", Referrer.PATCH, files) == "unknown"
    assert find("app.mod.C.other", Referrer.PATCH, files) == "app.mod.C.other"


def test_a_base_that_a_package_calls_by_the_name_of_its_module() -> None:
    files = {
        "app/__init__.py": "from app import other as b\n",
        "app/a.py": "from app import b\nclass D(b.C): ...\n",
        "app/b.py": "class C:\n def f(self): ...\n",
        "app/other.py": "class C: ...\n",
    }

    assert find("app.a.D.f", Referrer.PATCH, files) == "app.a.D.f"
    assert find("app.a.D.f", Referrer.PATCH, {**files, "app/__init__.py": ""}) == "there"


def test_a_class_that_is_deleted_again() -> None:
    files = {**FILES, "app/a.py": "class C:\n def f(self): ...\ndel C\n"}

    assert find("app.a.C.f", Referrer.PATCH, files) == "app.a.C"


# A law: what texts alone tell is what the syntax trees tell.

PIECES = st.sampled_from(
    [
        "class C:\n    def f(self): ...",
        "class C(D):\n    def g(self): ...",
        "class C(b.C, metaclass=M):\n    x = 1",
        "class D(a.C, C): 0",
        "class D(C):\n    class C:\n        def f(self): ...",
        "class a:\n    class C:\n        def g(self): ...",
        "'''\nclass C:\n    def f(self): ...\n'''",
        "class C:\n    '''\n    def f(self): ...\n    '''",
        "C = D = 1",
        "C = b.D",
        "del C",
        "from app.a import C, D",
        "from app.b import (\n    C as D,\n    D as C,\n)",
        "from app.b import *",
        "from app import a, b",
        "from app import a as b",
        "import app.a as b, app.b as a",
        "from json import C",
        "import json as b",
        "if x:\n    from json import D",
        "if x:\n    class C:\n        def f(self): ...",
        "try:\n    from app.b import D\nexcept ImportError:\n    class D: ...",
        "def C(): ...",
        "C.f = D.g = 1",
    ]
)
TEXTS = st.lists(PIECES, max_size=4).map("\n".join)
PATHS = [
    f"{module}.{name}.{member}"
    for module in ("app", "app.a", "app.b", "app.b.a")
    for name in ("C", "D", "b.C")
    for member in ("f", "g", "C.f")
]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(package=TEXTS, a=TEXTS, b=TEXTS)
def test_what_lacks_is_what_is_not_found(package: str, a: str, b: str) -> None:
    files = {"app/__init__.py": package, "app/a.py": a, "app/b.py": b}
    found, lacking = (index_of(files).derived(Attributes) for _ in range(2))
    for path in PATHS:
        for referrer in (Referrer.PATCH, Referrer.MONKEYPATCH, Referrer.RESOLVE_NAME):
            answer = found.find(path, ReferenceKind.OBJECT, referrer)
            expected = None if isinstance(answer, State) else answer
            assert lacking.lacking(path, ReferenceKind.OBJECT, referrer) == expected, path
