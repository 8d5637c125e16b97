"""Modules from outside the project, found by location."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path

import pluggy
import pytest

from linter_ext.source.outside import Outside, Place
from tests.front_ends import write


def told(place: Place | None) -> str:
    """Return a place in words: the name of its file, and whether submodules are sought."""
    if place is None:
        return "nowhere"
    name = Path(place.source).name if place.source is not None else "no source"
    return name if place.locations is None else f"{name}, package"


@pytest.mark.parametrize(
    ("module", "place"),
    [
        pytest.param("os", "os.py", id="a standard module"),
        pytest.param("json", "__init__.py, package", id="a standard package"),
        pytest.param("json.decoder", "decoder.py", id="a module of it"),
        pytest.param("json.gone", "nowhere", id="no module of it"),
        pytest.param("os.path", "no source", id="a standard module without a file"),
        pytest.param("os.gone", "nowhere", id="below a standard module"),
        pytest.param("sys", "no source", id="compiled in"),
        pytest.param("sys.gone", "nowhere", id="below what is compiled in"),
        pytest.param("math", "no source", id="an extension, or compiled in"),
        pytest.param("winreg", "no source", id="standard on another platform"),
        pytest.param("xml.parsers.expat", "expat.py", id="deep"),
        pytest.param("collections.abc", "abc.py", id="beside a package of that name"),
        pytest.param("pluggy", "__init__.py, package", id="installed"),
        pytest.param("pluggy._hooks", "_hooks.py", id="a module of what is installed"),
        pytest.param("pluggy.gone", "nowhere", id="no module of what is installed"),
        pytest.param("mccabe", "mccabe.py", id="a single installed file"),
        pytest.param("mccabe.gone", "nowhere", id="below a single file"),
        pytest.param("linter_ext_no", "nowhere", id="not installed"),
        pytest.param("linter_ext_no.gone", "nowhere", id="below what is not installed"),
    ],
)
def test_places(module: str, place: str) -> None:
    outside = Outside()

    assert told(outside.find(module)) == place
    assert outside.find(module) is outside.find(module)


def test_nothing_is_imported() -> None:
    names = ["wsgiref.validate", "xdist.plugin", "sqlite3.dbapi2"]
    program = (
        "import sys\nfrom linter_ext.source.outside import Outside\noutside = Outside()\n"
        f"places = [outside.find(name) for name in {names}]\n"
        "print(None in places, [name for name in ('wsgiref', 'xdist', 'sqlite3') "
        "if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, check=True, encoding="utf-8"
    )

    assert done.stdout == "False []\n"


FILES: Mapping[str, str] = {
    "single.py": "x = 1\n",
    "pack/__init__.py": "",
    "pack/sub.py": "",
    "space/sub.py": "",
    "broken.py": "\0",
    "latin.py": "# coding: no-such-coding\n",
}


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder on the import path."""
    write(tmp_path, FILES)
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_folders_on_the_import_path(on_path: Path) -> None:
    outside = Outside()

    found = {name: told(outside.find(name)) for name in ("single", "pack", "pack.sub", "space.sub")}

    assert found == {
        "single": "single.py",
        "pack": "__init__.py, package",
        "pack.sub": "sub.py",
        "space.sub": "sub.py",
    }
    assert told(outside.find("space")) == "no source, package"
    assert (on_path / "single.py").samefile(str(getattr(outside.find("single"), "source", "")))


def test_the_project_root_is_not_outside(on_path: Path) -> None:
    outside = Outside(str(on_path))

    assert told(outside.find("single")) == "nowhere"
    assert told(outside.find("pluggy")) == "__init__.py, package"


def test_a_project_root_that_is_a_link_is_not_outside(on_path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(on_path, target_is_directory=True)

    assert told(Outside(str(link)).find("single")) == "nowhere"


@pytest.mark.usefixtures("on_path")
def test_texts() -> None:
    outside = Outside()

    def text(name: str) -> str | None:
        place = outside.find(name)
        assert place is not None
        return outside.read(place)

    assert text("single") == "x = 1\n"
    assert (text("broken"), text("latin"), text("space"), text("sys")) == (None,) * 4
    assert outside.read(Place("no/such/file.py", None)) is None


class Finder(MetaPathFinder):
    """A finder as editable installs put it on `sys.meta_path`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        del path, target
        if name == "raising":
            raise RuntimeError
        if name != "edited":
            return None
        return importlib.util.spec_from_file_location(name, self._path / "pack" / "__init__.py")


@pytest.fixture
def finder(tmp_path: Path) -> Iterator[None]:
    """Put a finder of others first."""
    write(tmp_path, FILES)
    found = Finder(tmp_path)
    sys.meta_path.insert(0, found)
    yield
    sys.meta_path.remove(found)


@pytest.mark.usefixtures("finder")
def test_finders_of_editable_installs_are_asked() -> None:
    outside = Outside()

    assert told(outside.find("edited")) == "__init__.py, package"
    assert told(outside.find("edited.sub")) == "sub.py"
    assert told(outside.find("raising")) == "nowhere"
    assert told(outside.find("pluggy")) == "__init__.py, package"


def test_a_place_is_where_python_finds_the_module() -> None:
    place = Outside().find("pluggy")

    assert place == Place(pluggy.__file__, tuple(pluggy.__path__))
