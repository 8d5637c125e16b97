"""Relative levels, and the names by which files import their neighbours."""

from __future__ import annotations

import pytest

from linter_ext.source.asked import Asked
from linter_ext.source.tree import Root
from tests.source.project import APP, TESTS, index_of, open_file
from tests.source.reading import imports_of

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
