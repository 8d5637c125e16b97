"""The modules of a project, read when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from linter_ext.source.asked import Asked
from linter_ext.source.deprecations import Deprecation, Deprecations
from linter_ext.source.file import SourceFile
from linter_ext.source.text import UnreadableError
from linter_ext.source.tree import Root
from tests.front_ends import MemoryReader
from tests.source.project import APP, TESTS, index_of, open_file
from tests.source.reading import imports_of

FILES = {
    "app/__init__.py": "",
    "app/a.py": "x = 1",
    "app/stub.pyi": "",
    "app/both.py": "",
    "app/both/__init__.py": "",
    "app/folder/inner.py": "",
    "app/data/notes.txt": "",
    "app/broken.py": "x = (",
    "app/binary.py": "\0",
    "tests/test_a.py": "",
}


@pytest.mark.parametrize(
    ("module", "path", "is_module", "is_package"),
    [
        pytest.param("app", "app/__init__.py", True, True, id="a root package"),
        pytest.param("app.a", "app/a.py", True, False, id="a module"),
        pytest.param("app.stub", "app/stub.pyi", True, False, id="a stub"),
        pytest.param("app.both", "app/both/__init__.py", True, True, id="a package goes first"),
        pytest.param("app.folder", None, True, True, id="a namespace folder"),
        pytest.param("app.data", None, True, True, id="any folder is one"),
        pytest.param("app.folder.inner", "app/folder/inner.py", True, False, id="inside it"),
        pytest.param("app.broken", "app/broken.py", True, False, id="not Python, but a module"),
        pytest.param("app.binary", None, True, False, id="not readable, but a module"),
        pytest.param("tests.test_a", "tests/test_a.py", True, False, id="of a source path"),
        pytest.param("app.gone", None, False, False, id="not there"),
        pytest.param("app.a.x", None, False, False, id="a name"),
        pytest.param("os", None, False, False, id="elsewhere"),
    ],
)
def test_a_module_may_be_there(
    module: str, path: str | None, is_module: bool, is_package: bool
) -> None:
    index = index_of(FILES)

    file = index.file(module)

    assert (None if file is None else file.path) == path
    assert (index.is_module(module), index.is_package(module)) == (is_module, is_package)
    assert index.file(module) is file
    assert index.is_module(module) is is_module


class CountingReader(MemoryReader):
    """Counts how often each file is read."""

    def __init__(self, files: Mapping[str, str]) -> None:
        super().__init__(files)
        self.count: dict[str, int] = {}

    def read(self, path: str) -> str:
        self.count[path] = self.count.get(path, 0) + 1
        return super().read(path)


def test_a_file_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    index = index_of(FILES)
    reader = CountingReader(FILES)
    monkeypatch.setattr(index, "_reader", reader)

    for _ in range(2):
        open_file(index, "app/a.py")
        index.definitions("app.a", "x")
        index.file("app.a")
        index.file("app.gone")

    assert reader.count == {"app/a.py": 1}


def test_a_file_that_is_handed_in_goes_before_the_disk() -> None:
    index = index_of(FILES)
    module = index.tree.module_of("app/new.py")
    assert module is not None
    file = SourceFile("app/new.py", module, "from app.a import x")

    index.add(file)

    assert index.file("app.new") is file
    assert index.is_module("app.new")
    assert [item.path for item in index.asked(file)] == ["app.a.x"]

    newer = SourceFile("app/new.py", module, "import os")
    index.add(newer)

    assert index.file("app.new") is newer
    assert [item.path for item in index.asked(newer)] == ["os"]


def test_a_file_that_cannot_be_read_says_so() -> None:
    index = index_of(FILES)

    with pytest.raises(UnreadableError, match="contains NUL bytes"):
        open_file(index, "app/binary.py")


def test_a_file_that_is_not_python_says_so_when_it_is_parsed() -> None:
    file = open_file(index_of(FILES), "app/broken.py")

    with pytest.raises(UnreadableError, match="was never closed"):
        file.settle()
    with pytest.raises(UnreadableError, match="was never closed"):
        _ = file.expressions


def test_a_file_that_has_settled_has_forgotten_its_tree() -> None:
    file = open_file(index_of({"app/a.py": "import os\nos.path.join\n"}), "app/a.py")
    tree = file.tree
    assert file.tree is tree

    file.settle()
    file.settle()

    assert file.tree is not tree
    assert [use.attributes for use in file.expressions.uses] == [("path", "join")]
    assert (file.bindings.definitions, file.deprecations) == (frozenset(), Deprecations())


@pytest.mark.parametrize(
    ("text", "may_refer"),
    [
        pytest.param("patch('a.b')", True, id="a word that calls for a closer look"),
        pytest.param("import os", False, id="no such word"),
    ],
)
def test_a_file_may_refer(text: str, may_refer: bool) -> None:
    assert open_file(index_of({"app/a.py": text}), "app/a.py").may_refer is may_refer


SPACE = Root("space.app", "space/app", is_package=True)
SCRIPT = Root("run", "run.py", is_package=False)


@pytest.mark.parametrize(
    ("path", "text", "module"),
    [
        pytest.param("app/a.py", "import b.c", "b.c", id="absolute"),
        pytest.param("app/a.py", "from . import b", "app", id="a neighbour"),
        pytest.param("app/a.py", "from .b import c", "app.b", id="a neighbour's name"),
        pytest.param("app/s/t/a.py", "from ...b import c", "app.b", id="three levels"),
        pytest.param("app/s/__init__.py", "from .b import c", "app.s.b", id="from a package"),
        pytest.param("app/s/__init__.py", "from ..b import c", "app.b", id="around a package"),
        pytest.param("app/a.py", "from .. import b", None, id="climbing out of a module's package"),
        pytest.param("app/__init__.py", "from .. import b", None, id="climbing out of a package"),
        pytest.param("app/a.py", "from ........ import b", None, id="climbing out, high up"),
        pytest.param("tests/unit/a.py", "from ..b import c", "tests.b", id="in a source path"),
        pytest.param("tests/unit/a.py", "from ...b import c", None, id="climbing out of it"),
        pytest.param("space/app/a.py", "from .b import c", "space.app.b", id="in a dotted root"),
        pytest.param("space/app/a.py", "from ..b import c", None, id="climbing out of it, too"),
        pytest.param("run.py", "from .b import c", None, id="in a script"),
    ],
)
def test_relative_levels_are_resolved(path: str, text: str, module: str | None) -> None:
    index = index_of({path: text}, [APP, TESTS, SPACE, SCRIPT])
    file = open_file(index, path)
    (item,) = imports_of(text)

    assert index.absolute(file, item) == module
    asked = index.asked(file)
    assert asked == (() if module is None else (Asked(item, module, module),))
    assert index.asked(file) is asked


NEIGHBOURS = {
    "app/__init__.py": "",
    "app/helpers.py": "",
    "tests/conftest.py": "",
    "tests/helpers.py": "",
    "tests/flat/helpers.py": "",
    "tests/flat/tools/__init__.py": "",
    "tests/flat/space/deep.py": "",
    "tests/packed/__init__.py": "",
    "tests/packed/helpers.py": "",
    "tests/packed/deep/__init__.py": "",
    "tools/helpers.py": "",
}


@pytest.mark.parametrize(
    ("path", "module", "identity"),
    [
        pytest.param("tests/test_a.py", "helpers", "tests.helpers", id="a neighbour"),
        pytest.param("tests/flat/test_a.py", "helpers", "tests.flat.helpers", id="in its folder"),
        pytest.param("tests/flat/test_a.py", "tools.x", "tests.flat.tools.x", id="in a package"),
        pytest.param("tests/flat/test_a.py", "tools", "tests.flat.tools", id="a package"),
        pytest.param(
            "tests/flat/test_a.py", "space.deep", "tests.flat.space.deep", id="in a folder without"
        ),
        pytest.param("tests/flat/test_a.py", "space.gone", "space.gone", id="nothing of the kind"),
        pytest.param("tests/flat/test_a.py", "app.helpers", "app.helpers", id="a root package"),
        pytest.param("tests/flat/test_a.py", "os", "os", id="the standard library"),
        pytest.param(
            "tests/packed/deep/test_a.py", "helpers", "tests.helpers", id="up to the import root"
        ),
        pytest.param(
            "tests/packed/deep/test_a.py", "packed.helpers", "tests.packed.helpers", id="from there"
        ),
        pytest.param("app/a.py", "helpers", "helpers", id="packages have no import root"),
        pytest.param("run.py", "tools.helpers", "tools.helpers", id="the project root"),
    ],
)
def test_files_outside_packages_import_their_neighbours(
    path: str, module: str, identity: str
) -> None:
    index = index_of({**NEIGHBOURS, path: ""}, [APP, TESTS, SCRIPT])
    file = open_file(index, path)

    assert index.identity(file, module) == identity
    assert index.identity(file, module) == identity


@pytest.mark.parametrize(
    ("path", "module", "importable"),
    [
        pytest.param(
            "tests/packed/test_a.py", "tests.packed.helpers", "packed.helpers", id="packed"
        ),
        pytest.param("tests/flat/test_a.py", "tests.flat.helpers", "tests.flat.helpers", id="flat"),
        pytest.param("app/a.py", "app.helpers", "app.helpers", id="a package's module"),
    ],
)
def test_a_module_has_a_name_to_import_it_by(path: str, module: str, importable: str) -> None:
    index = index_of({**NEIGHBOURS, path: ""})

    assert index.importable(open_file(index, path), module) == importable


@pytest.mark.parametrize(
    ("text", "path", "written_path", "bound", "written_bound"),
    [
        pytest.param("import a.b", "tests.a.b", "a.b", "tests.a", "a", id="a module"),
        pytest.param("import a", "tests.a", "a", "tests.a", "a", id="one component"),
        pytest.param("import a.b as c", "tests.a.b", "a.b", "tests.a.b", "a.b", id="an alias"),
        pytest.param("from a import c", "tests.a.c", "a.c", "tests.a.c", "a.c", id="a name"),
        pytest.param("from a.b import *", "tests.a.b", "a.b", "tests.a.b", "a.b", id="a star"),
    ],
)
def test_what_an_import_asks_for(
    text: str, path: str, written_path: str, bound: str, written_bound: str
) -> None:
    index = index_of({"tests/a/__init__.py": "", "tests/a/b.py": "", "tests/test_a.py": text})

    (asked,) = index.asked(open_file(index, "tests/test_a.py"))

    assert (asked.path, asked.written_path) == (path, written_path)
    assert (asked.bound, asked.written_bound) == (bound, written_bound)


WARNS = "from warnings import warn\nwarn('gone', DeprecationWarning)\n"


@pytest.mark.parametrize(
    ("files", "module", "found"),
    [
        pytest.param({"app/a.py": WARNS}, "app.a", ("app.a", "gone", None), id="it warns"),
        pytest.param(
            {"app/a/__init__.py": WARNS, "app/a/b/c.py": ""},
            "app.a.b.c",
            ("app.a", "gone", None),
            id="a package around it warns",
        ),
        pytest.param(
            {"app/a/__init__.py": WARNS, "app/a/b.py": WARNS.replace("gone", "too")},
            "app.a.b",
            ("app.a.b", "too", None),
            id="the nearest warns",
        ),
        pytest.param(
            {"app/a.py": f"from app.b import *\n{WARNS}"},
            "app.a",
            ("app.a", "gone", "app.b"),
            id="with a successor",
        ),
        pytest.param(
            {"app/a.py": f"from .b.c import d\n{WARNS}"},
            "app.a",
            ("app.a", "gone", "app.b.c"),
            id="with a successor by relative import",
        ),
        pytest.param(
            {"app/a.py": f"from . import b\n{WARNS}"},
            "app.a",
            ("app.a", "gone", "app.b"),
            id="with a neighbour for successor",
        ),
        pytest.param(
            {"app/a.py": f"from ... import b\n{WARNS}"},
            "app.a",
            ("app.a", "gone", None),
            id="with a successor out of reach",
        ),
        pytest.param({"app/a.py": "x = 1"}, "app.a", None, id="it does not"),
        pytest.param({"app/a.py": f"{WARNS}x = ("}, "app.a", None, id="not Python"),
        pytest.param({}, "app.a", None, id="not there"),
        pytest.param({}, "os.path", None, id="elsewhere"),
    ],
)
def test_a_module_or_a_package_around_it_may_warn(
    files: Mapping[str, str], module: str, found: tuple[str, str, str | None] | None
) -> None:
    index = index_of({"app/__init__.py": "", **files})

    answer = index.deprecated_module(module)

    given = answer and (answer[0], answer[1].message, answer[1].replacement)
    assert given == found
    assert index.deprecated_module(module) == answer


def test_names_that_are_declared_deprecated() -> None:
    text = "from warnings import deprecated\n@deprecated('x')\ndef f(): 0\n"
    index = index_of({"app/a.py": text, "app/broken.py": "x = ("})

    assert index.deprecations("app.a").names == {"f": Deprecation("x", 2)}
    assert index.deprecations("app.broken") == Deprecations()
    assert index.deprecations("app.gone") == Deprecations()


def test_names_that_are_passed_on_and_read() -> None:
    text = "from b import c, d as e\nimport f.g\nh = i.j\nk = 1\nfrom l import *\nprint(k)\n"
    index = index_of({"app/a.py": text, "app/broken.py": "x = ("})

    assert list(index.passed_on("app.a")) == ["c", "e", "f", "h"]
    assert list(index.passed_on("app.broken")) == []
    assert [index.reads("app.a", "k"), index.reads("app.a", "c")] == [True, False]
    assert index.reads("app.broken", "x") is None
