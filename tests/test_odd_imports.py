"""The odd cases of importing: what we say of each statement is what happens when it runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.cases.case import Case
from tests.child_python import ChildPython
from tests.front_ends import judge, run_check, write

THERE = ""
"""The statement runs, and nothing is said of it."""
UNKNOWN = "?"
"""The statement fails, but source text cannot tell: nothing is said of it."""
SKIPPED = "skipped"
"""The statement stands where nothing runs: its file ends before, and nothing is said of it."""

_ERRORS = {
    "IMC401": ("ModuleNotFoundError",),
    "IMC402": ("ImportError", "ModuleNotFoundError"),
    "IMC403": ("ModuleNotFoundError",),
    SKIPPED: ("Skipped",),
    UNKNOWN: ("ImportError", "ModuleNotFoundError"),
}


@pytest.fixture(scope="module")
def child() -> Iterator[ChildPython]:
    with ChildPython() as process:
        yield process


def verdicts(
    child: ChildPython,
    root: Path,
    files: Mapping[str, str],
    expected: Mapping[str, str],
    *,
    folder: str = "app",
    session: str = "",
    packages: tuple[str, ...] = ("app",),
) -> None:
    """Hold what we say of statements, and what happens when each runs, against what is expected.

    Args:
        child:    runs them.
        root:     an empty folder for the project.
        files:    the project.
        expected: the statements, each with the fact that is reported of it.
        folder:   where the statements stand, each in a file of its own.
        session:  further lines of the configuration.
        packages: the root packages.
    """
    importers = {f"{folder}/ask_{number}.py": text for number, text in enumerate(expected)}
    case = Case(
        files={**files, **{path: f"{text}\n" for path, text in importers.items()}},
        options="optional = ignore",
        session=session,
        packages=packages,
    )
    project = case.project("resolvable_imports")
    write(root, project)

    assert reported(root, project, importers) == {
        text: fact for text, fact in expected.items() if fact not in (THERE, UNKNOWN, SKIPPED)
    }
    is_packaged = folder in packages
    start = f"{folder.replace('/', '.')}." if is_packaged else ""
    modules = {f"{start}ask_{number}": text for number, text in enumerate(expected)}
    failures = child.failures(root, modules, [folder, "."] if not is_packaged else ["."])
    failing = {modules[name]: error.partition(":")[0] for name, error in failures.items()}
    assert failing.keys() == {text for text, fact in expected.items() if fact != THERE}
    assert [text for text, error in failing.items() if error not in errors_of(expected[text])] == []


def reported(
    root: Path, project: Mapping[str, str], importers: Mapping[str, str]
) -> Mapping[str, str]:
    """Return the statements that we report, each with the fact and its code."""
    found: dict[str, str] = {}
    for violation in judge(root, project):
        place, _, message = violation.partition(": ")
        path = place.partition(":")[0]
        if path in importers:
            found[importers[path]] = message.partition(";")[0]
    return found


def errors_of(fact: str) -> tuple[str, ...]:
    """Return what Python may raise."""
    return _ERRORS.get(fact.partition(" ")[0], ())


def test_a_package_goes_before_a_module_of_its_name(child: ChildPython, tmp_path: Path) -> None:
    files = {
        "app/twin.py": "of_module = 1\n",
        "app/twin/__init__.py": "of_package = 1\n",
        "app/twin/sub.py": "",
    }
    verdicts(
        child,
        tmp_path,
        files,
        {
            "from app.twin import of_package": THERE,
            "from app.twin import of_module": "IMC402 'app.twin' has no name 'of_module'",
            "from app.twin import sub": THERE,
            "import app.twin.sub": THERE,
            "import app.twin.gone": "IMC401 there is no module 'app.twin.gone'",
        },
    )


def test_a_module_goes_before_a_namespace_folder_of_its_name(
    child: ChildPython, tmp_path: Path
) -> None:
    files = {"app/twin.py": "of_module = 1\n", "app/twin/inner.py": ""}
    no_package = "IMC403 'app.twin' is a module, not a package, so there is no 'app.twin.inner'"
    verdicts(
        child,
        tmp_path,
        files,
        {
            "from app.twin import of_module": THERE,
            "from app.twin import inner": "IMC402 'app.twin' has no name 'inner'",
            "import app.twin.inner": no_package,
            "from app.twin.inner import x": no_package,
        },
    )


def test_folders_without_init_are_packages(child: ChildPython, tmp_path: Path) -> None:
    files = {"app/space/inner.py": "x = 1\n", "app/space/deep/er.py": "", "app/data/a.txt": ""}
    verdicts(
        child,
        tmp_path,
        files,
        {
            "import app.space.inner, app.space.deep.er, app.data": THERE,
            "from app.space import inner, deep": THERE,
            "from app.space.inner import x": THERE,
            "from app.space import *": THERE,
            "from app.space import gone": "IMC402 'app.space' has no name 'gone'",
            "import app.space.gone": "IMC401 there is no module 'app.space.gone'",
            "from app.data import a": "IMC402 'app.data' has no name 'a'",
        },
    )


def test_an_installed_package_goes_before_a_root_folder_without_init(
    child: ChildPython, tmp_path: Path
) -> None:
    verdicts(
        child,
        tmp_path,
        {"click/own.py": ""},
        {
            "import click": THERE,
            "from click import command": THERE,
            "import click.core": THERE,
            "from click import nowhere_at_all": "IMC402 'click' has no name 'nowhere_at_all'",
            # Whether the folder or the distribution is meant is for the run time to say.
            "import click.own": UNKNOWN,
        },
        session="source_paths =\n    click",
    )


def test_a_root_package_goes_before_an_installed_one(child: ChildPython, tmp_path: Path) -> None:
    verdicts(
        child,
        tmp_path,
        {"click/__init__.py": "own = 1\n"},
        {
            "from click import own": THERE,
            "from click import command": "IMC402 'click' has no name 'command'",
            "import click.core": "IMC401 there is no module 'click.core'",
        },
        packages=("app", "click"),
    )


def test_names_that_are_bound_for_type_checkers_only(child: ChildPython, tmp_path: Path) -> None:
    files = {
        "app/typed.py": (
            "import typing\nfrom typing import TYPE_CHECKING\n"
            "if TYPE_CHECKING:\n    from os import sep\n    one = 1\nelse:\n    two = 2\n"
            "if not typing.TYPE_CHECKING:\n    three = 3\nelse:\n    four = 4\n"
            "if TYPE_CHECKING:\n    from app.other import *\n    both = 1\n"
            "both = 1\n"
        ),
        "app/other.py": "starred = 1\n",
    }

    def only(name: str) -> str:
        return f"IMC402 'app.typed' binds '{name}' for type checkers only"

    verdicts(
        child,
        tmp_path,
        files,
        {
            "from app.typed import sep": only("sep"),
            "from app.typed import one": only("one"),
            "from app.typed import two": THERE,
            "from app.typed import three": THERE,
            "from app.typed import four": only("four"),
            "from app.typed import starred": only("starred"),
            "from app.typed import both": THERE,
            "import typing\nif typing.TYPE_CHECKING:\n    from app.typed import sep": THERE,
            "import typing\nif typing.TYPE_CHECKING:\n    from app.typed import starred": THERE,
        },
    )


def test_open_getattr(child: ChildPython, tmp_path: Path) -> None:
    files = {
        "app/open.py": (
            "def __getattr__(name):\n    if name.startswith('x'):\n        return 1\n"
            "    raise AttributeError(name)\n"
        ),
        "app/handed.py": "from app.open import __getattr__\n",
        "app/told.py": (
            "import os\n\n\ndef __getattr__(name):\n"
            "    if name[0] == os.environ.get('LETTER', 'x'):\n        return 1\n"
            "    raise AttributeError(name)\n"
        ),
        "app/method.py": "class C:\n    def __getattr__(self, name):\n        return 1\n",
    }
    verdicts(
        child,
        tmp_path,
        files,
        {
            "from app.open import x1": THERE,
            "from app.open import y": "IMC402 'app.open' has no name 'y'",
            "import app.open.x1": (
                "IMC403 'app.open' is a module, not a package, so there is no 'app.open.x1'"
            ),
            "from app.handed import x1": THERE,
            "from app.handed import y": "IMC402 'app.handed' has no name 'y'",
            "from app.told import x1": THERE,
            "from app.told import y": UNKNOWN,
            "from app.method import x1": "IMC402 'app.method' has no name 'x1'",
        },
    )


def test_closed_getattr(child: ChildPython, tmp_path: Path) -> None:
    head = "def __getattr__(name):\n"
    files = {
        "app/compared.py": f"{head}    if name == 'old':\n        return 1\n"
        "    raise AttributeError(name)\n",
        "app/listed.py": f"{head}    if name in ('old', 'older'):\n        return 1\n"
        "    else:\n        raise AttributeError(name)\n",
        "app/refused.py": f"{head}    if name != 'old':\n        raise AttributeError(name)\n"
        "    return 1\n",
        "app/matched.py": f"{head}    match name:\n        case 'old' | 'older':\n"
        "            return 1\n        case _:\n            raise AttributeError(name)\n",
    }
    expected = {}
    for module in ("compared", "listed", "refused", "matched"):
        expected[f"from app.{module} import old"] = THERE
        expected[f"from app.{module} import new"] = f"IMC402 'app.{module}' has no name 'new'"
    verdicts(child, tmp_path, files, expected)


def test_getattr_with_a_dictionary_of_lazy_names(child: ChildPython, tmp_path: Path) -> None:
    head = "import importlib\n_WHERE = {'lazy': 'app.impl'}\n\ndef __getattr__(name):\n"
    files = {
        "app/impl.py": "lazy = grown = 1\n",
        "app/checked.py": f"{head}    if name not in _WHERE:\n"
        "        raise AttributeError(name)\n"
        "    return getattr(importlib.import_module(_WHERE[name]), name)\n",
        "app/caught.py": f"{head}    try:\n        module = _WHERE[name]\n"
        "    except KeyError:\n        raise AttributeError(name) from None\n"
        "    return getattr(importlib.import_module(module), name)\n",
        "app/got.py": f"{head}    module = _WHERE.get(name)\n"
        "    if module is not None:\n"
        "        return getattr(importlib.import_module(module), name)\n"
        "    raise AttributeError(name)\n",
        "app/growing.py": f"{head}    if name in _WHERE:\n"
        "        return getattr(importlib.import_module(_WHERE[name]), name)\n"
        "    raise AttributeError(name)\n\n"
        "_WHERE['grown'] = 'app.impl'\n",
        "app/aliased.py": f"{head}    if name in _WHERE:\n"
        "        return getattr(importlib.import_module(_WHERE[name]), name)\n"
        "    raise AttributeError(name)\n\n"
        "def _grow(table):\n    table['grown'] = 'app.impl'\n\n_grow(_WHERE)\n",
    }
    expected = {}
    for module in ("checked", "caught", "got"):
        expected[f"from app.{module} import lazy"] = THERE
        expected[f"from app.{module} import gone"] = f"IMC402 'app.{module}' has no name 'gone'"
    for module in ("growing", "aliased"):
        expected[f"from app.{module} import lazy"] = THERE
        expected[f"from app.{module} import grown"] = THERE
        expected[f"from app.{module} import gone"] = UNKNOWN
    verdicts(child, tmp_path, files, expected)


def test_getattr_with_a_table_of_modules(child: ChildPython, tmp_path: Path) -> None:
    """A name is there if the module that the table gives has it."""
    table = (
        "from importlib import import_module\nfrom warnings import warn\n\n"
        "_TABLE = {'x': (__spec__.parent, '.impl'), 'y': (__spec__.parent, '.impl'),\n"
        "          'z': (__spec__.parent, '.moved'), 'sub': (__spec__.parent, '__module__')}\n"
        "_OLD = {'x'}\n\n\n"
    )
    each = (
        "def __getattr__(name: str) -> object:\n    if name in _OLD:\n        warn('old')\n"
        "    found = _TABLE.get(name)\n    if found is None:\n        return _other(name)\n"
        "    package, module_name = found\n    if module_name == '__module__':\n"
        "        return import_module(f'.{name}', package=package)\n"
        "    module = import_module(module_name, package=package)\n"
        "    result = globals()[name] = getattr(module, name)\n    return result\n"
    )
    several = (
        "import importlib\n\n_TABLE = {'a': 'app.impl', 'b': 'app.other', 'c': 'app.impl',\n"
        "          'x': 'app.impl'}\n\n\ndef __getattr__(name):\n    try:\n"
        "        module = importlib.import_module(_TABLE[name])\n    except KeyError:\n"
        "        raise AttributeError(name) from None\n    names = globals()\n"
        "    for key, where in _TABLE.items():\n        if where == _TABLE[name]:\n"
        "            names[key] = getattr(module, key)\n    return names[name]\n"
    )
    files = {
        "app/each/__init__.py": f"from app.refusing import refusing\n{table}"
        f"_other = refusing(__name__)\n\n\n{each}",
        "app/each/impl.py": "x = 1\n",
        "app/each/sub.py": "",
        "app/refusing.py": (
            "import sys\n\n_GONE = {'app.each:gone'}\n\n\ndef refusing(module):\n"
            "    def refuse(name):\n        path = f'{module}:{name}'\n"
            "        if path in _GONE:\n            raise LookupError(path)\n"
            "        names = sys.modules[module].__dict__\n        if name in names:\n"
            "            return names[name]\n        raise AttributeError(path)\n\n"
            "    return refuse\n"
        ),
        "app/factory.py": "from app.refusing import refusing\n__getattr__ = refusing(__name__)\n",
        "app/several.py": several,
        "app/package/__init__.py": several,
        "app/impl.py": "a = x = 1\n",
        "app/other.py": "b = 1\n",
    }
    lacks = "IMC402 'app.{}' does not offer '{}': its __getattr__ takes '{}', which is missing"
    verdicts(
        child,
        tmp_path,
        files,
        {
            "from app.each import x, sub": THERE,
            "from app.each import y": lacks.format("each", "y", "app.each.impl.y"),
            "from app.each import z": lacks.format("each", "z", "app.each.moved"),
            "from app.each import nothing": "IMC402 'app.each' has no name 'nothing'",
            "from app.factory import nothing": "IMC402 'app.factory' has no name 'nothing'",
            "from app.several import b": THERE,
            "from app.several import a": lacks.format("several", "a", "app.impl.c"),
            # Of a package, it is asked twice: the first try binds what the table has before `c`.
            "from app.package import a": THERE,
            "from app.package import x": lacks.format("package", "x", "app.impl.c"),
            "from app.several import x": lacks.format("several", "x", "app.impl.c"),
        },
    )


def test_names_that_a_function_puts_into_its_caller(child: ChildPython, tmp_path: Path) -> None:
    """Only the names that it may put there are unknown."""
    files = {
        "app/frames.py": (
            "import inspect\nimport sys\n\nTAG = '__tag__'\n\n\n"
            "def both(thing, names=None):\n    name = thing.__name__\n"
            "    names = names or sys._getframe(1).f_globals\n"
            "    names[name + 'Py'] = thing\n    names[f'py_{name}'] = thing\n"
            "    return thing\n\n\n"
            "def tag():\n    sys._getframe(1).f_locals.setdefault(TAG, 1)\n\n\n"
            "def own():\n    return sys._getframe(1).f_globals['__name__']\n"
        ),
        "app/spread.py": (
            "import inspect\n\n\ndef spread(names):\n"
            "    inspect.currentframe().f_back.f_globals.update(names)\n"
        ),
        "app/twofold.py": "from app.frames import both\n\n\n@both\ndef f(): ...\n",
        "app/tagged.py": "from app import frames\n\nframes.tag()\nname = frames.own()\n",
        "app/filled.py": "from app.spread import spread\n\nspread({'x': 1})\n",
    }
    verdicts(
        child,
        tmp_path,
        files,
        {
            "from app.twofold import f, fPy, py_f": THERE,
            "from app.twofold import gone": "IMC402 'app.twofold' has no name 'gone'",
            "from app.twofold import gonePy": UNKNOWN,
            "from app.tagged import __tag__, name": THERE,
            "from app.tagged import gone": "IMC402 'app.tagged' has no name 'gone'",
            "from app.filled import x": THERE,
            "from app.filled import gone": UNKNOWN,
        },
    )


def test_all_without_a_binding(child: ChildPython, tmp_path: Path) -> None:
    files = {
        "app/listing.py": "__all__ = ['x', 'gone']\nx = y = 1\n",
        "app/passing.py": "from app.fine import *\n",
        "app/fine.py": "__all__ = ['_x']\n_x = y = 1\n",
        "app/package/__init__.py": "__all__ = ['sub']\n",
        "app/package/sub.py": "",
    }
    verdicts(
        child,
        tmp_path,
        files,
        {
            "from app.listing import x, y": THERE,
            "from app.listing import gone": (
                "IMC402 'app.listing' lists 'gone' in __all__, but does not bind it"
            ),
            "from app.passing import _x": THERE,
            "from app.passing import y": "IMC402 'app.passing' has no name 'y'",
            "from app.package import *": THERE,
        },
    )


def test_a_star_import_of_what_all_lists_without_a_binding(
    child: ChildPython, tmp_path: Path
) -> None:
    files = {"app/listing.py": "__all__ = ['x', 'gone']\nx = 1\n", "app/ask.py": ""}
    case = Case(files={**files, "app/ask.py": "from app.listing import *\n"})
    project = case.project("resolvable_imports")
    write(tmp_path, project)

    assert [item.partition(";")[0] for item in judge(tmp_path, project)] == [
        "app/ask.py:1:25: IMC402 'app.listing' lists 'gone' in __all__, but does not bind it"
    ]
    assert child.failures(tmp_path, ["app.ask"]) == {
        "app.ask": "AttributeError: module 'app.listing' has no attribute 'gone'"
    }


def test_a_star_import_of_what_all_lists_no_more(child: ChildPython, tmp_path: Path) -> None:
    files = {
        "app/again.py": "__all__ = ['gone']\n__all__ = ['x']\nx = 1\n",
        "app/deleted.py": "__all__ = ['gone']\ndel __all__\n",
        "app/shorter.py": "__all__ = ['x', 'gone']\nx = 1\ndel __all__[1]\n",
        "app/cleaned.py": "def clean(names): names.clear()\n__all__ = ['gone']\nclean(__all__)\n",
        "app/typed.py": "from typing import TYPE_CHECKING\n__all__ = []\n"
        "if TYPE_CHECKING:\n    __all__ += ['gone']\n",
        "app/caught.py": "__all__ = []\ntry:\n    from app.again import gone\n"
        "    __all__.append('gone')\nexcept ImportError:\n    pass\n",
    }
    names = [path.removeprefix("app/").removesuffix(".py") for path in files]
    verdicts(child, tmp_path, files, {f"from app.{name} import *": THERE for name in names})


def test_names_that_a_function_adds_to_all(child: ChildPython, tmp_path: Path) -> None:
    files = {
        "app/decorated.py": "__all__ = []\n\ndef public(function):\n"
        "    __all__.append(function.__name__)\n    return function\n\n"
        "@public\ndef _shown(): ...\n",
        "app/star.py": "from app.decorated import *\n",
    }
    verdicts(
        child,
        tmp_path,
        files,
        {"from app.star import _shown": THERE, "from app.star import public": UNKNOWN},
    )


def test_a_guarded_import_of_many_names_binds_those_before_the_missing_one(
    child: ChildPython, tmp_path: Path
) -> None:
    files = {
        "app/mod.py": "first = last = 1\n",
        "app/guarded.py": "try:\n    from app.mod import first, gone, last\n    after = 1\n"
        "except ImportError:\n    caught = 1\nelse:\n    fine = 1\nfinally:\n    always = 1\n",
        "app/mended.py": "try:\n    from app.mod import first, gone, last\n"
        "except ImportError:\n    gone = last = None\n",
        "app/raising.py": "try:\n    from app.mod import gone\nexcept ImportError:\n    raise\n",
    }

    def unbound(name: str) -> str:
        reason = "because an import before it fails"
        return f"IMC402 'app.guarded' does not bind '{name}', {reason}"

    verdicts(
        child,
        tmp_path,
        files,
        {
            "from app.guarded import first, caught, always": THERE,
            "from app.guarded import gone": unbound("gone"),
            "from app.guarded import last": unbound("last"),
            "from app.guarded import after": unbound("after"),
            "from app.guarded import fine": unbound("fine"),
            "from app.mended import first, gone, last": THERE,
            # It is `app.raising` itself that is broken, and that is reported there.
            "from app.raising import gone": UNKNOWN,
        },
    )


def test_deliberate_negative_imports(child: ChildPython, tmp_path: Path) -> None:
    verdicts(
        child,
        tmp_path,
        {"app/mod.py": ""},
        {
            "import pytest\nwith pytest.raises(ImportError):\n    import app.gone": THERE,
            "import pytest\nwith pytest.raises(expected_exception=ModuleNotFoundError):\n"
            "    import app.gone": THERE,
            "import unittest\nclass Test(unittest.TestCase):\n    def test(self):\n"
            "        with self.assertRaises(ImportError):\n"
            "            from app.mod import gone\nTest('test').debug()": THERE,
            "import pytest\ndef test():\n    try:\n        import app.gone\n"
            "        pytest.fail('imported')\n    except ImportError:\n        pass\ntest()": THERE,
            "import pytest\ndef test():\n    try:\n        import app.gone\n"
            "    except ImportError:\n        pass\n    else:\n"
            "        raise AssertionError\ntest()": THERE,
            "import pytest\nwith pytest.raises(ValueError):\n    import app.gone": (
                "IMC401 there is no module 'app.gone'"
            ),
        },
    )


def test_code_after_a_skip_is_dead(child: ChildPython, tmp_path: Path) -> None:
    verdicts(
        child,
        tmp_path,
        {"app/mod.py": ""},
        {
            "import pytest\npytest.skip('no', allow_module_level=True)\nimport app.gone": SKIPPED,
            "from pytest import skip\nskip('no', allow_module_level=True)\n"
            "from app.mod import gone": SKIPPED,
            "def f():\n    return\n    import app.gone\nf()": THERE,
            "def f():\n    import app.gone\n    return\nf()": (
                "IMC401 there is no module 'app.gone'"
            ),
            "if False:\n    import app.gone": THERE,
        },
    )


def test_siblings_in_a_folder_of_scripts(child: ChildPython, tmp_path: Path) -> None:
    files = {
        "scripts/helper.py": "x = 1\n",
        "scripts/tools/__init__.py": "",
        "scripts/tools/saw.py": "blade = 1\n",
        "scripts/json.py": "own = 1\n",
    }
    verdicts(
        child,
        tmp_path,
        files,
        {
            "import helper": THERE,
            "from helper import x": THERE,
            "from helper import gone": "IMC402 'helper' has no name 'gone'",
            "import helper.sub": (
                "IMC403 'helper' is a module, not a package, so there is no 'helper.sub'"
            ),
            "from tools import saw": THERE,
            "from tools.saw import blade": THERE,
            "from tools.saw import gone": "IMC402 'tools.saw' has no name 'gone'",
            "import tools.gone": "IMC401 there is no module 'tools.gone'",
            "import app": THERE,
            "from app import gone": "IMC402 'app' has no name 'gone'",
        },
        folder="scripts",
        session="source_paths =\n    scripts",
    )


def test_a_submodule_of_a_file(child: ChildPython, tmp_path: Path) -> None:
    files = {"app/unified.py": "jwt = 1\n", "app/wide/__init__.py": ""}

    def no_package(path: str) -> str:
        return f"IMC403 'app.unified' is a module, not a package, so there is no '{path}'"

    verdicts(
        child,
        tmp_path,
        files,
        {
            "import app.unified.jwt": no_package("app.unified.jwt"),
            "import app.unified.jwt.deep": no_package("app.unified.jwt.deep"),
            "from app.unified.jwt import x, y": no_package("app.unified.jwt"),
            "from app.unified import jwt": THERE,
            "import os.sep": "IMC403 'os' is a module, not a package, so there is no 'os.sep'",
            "import os.path": THERE,
            "import app.wide.jwt": "IMC401 there is no module 'app.wide.jwt'",
        },
    )


def test_a_module_that_imports_itself(child: ChildPython, tmp_path: Path) -> None:
    files = {
        "app/me.py": "import app.me\nfrom app import me\nfrom app.me import *\nx = 1\n",
        "app/late.py": "x = 1\nfrom app.late import x\n",
    }
    verdicts(
        child,
        tmp_path,
        files,
        {
            "from app.me import x, app, me": THERE,
            "from app.late import x": THERE,
            "from app.me import gone": "IMC402 'app.me' has no name 'gone'",
        },
    )


def test_a_module_that_takes_from_itself_what_nothing_binds(
    child: ChildPython, tmp_path: Path
) -> None:
    project = Case(
        files={
            "app/me.py": "from app.me import gone\n",
            "app/pack/__init__.py": "from . import part\nfrom . import gone\n",
            "app/pack/part.py": "",
        }
    ).project("resolvable_imports")
    write(tmp_path, project)

    assert [item.partition(";")[0] for item in judge(tmp_path, project)] == [
        "app/me.py:1:20: IMC402 'app.me' has no name 'gone'",
        "app/pack/__init__.py:2:15: IMC402 'app.pack' has no name 'gone'",
    ]
    assert set(child.failures(tmp_path, ["app.me", "app.pack"])) == {"app.me", "app.pack"}


def test_circular_star_imports(child: ChildPython, tmp_path: Path) -> None:
    files = {
        "app/one.py": "x = 1\nfrom app.two import *\n",
        "app/two.py": "y = 1\nfrom app.three import *\n",
        "app/three.py": "z = 1\nfrom app.one import *\n",
        "app/alone.py": "from app.alone import *\nx = 1\n",
    }
    expected = {"from app.alone import gone": "IMC402 'app.alone' has no name 'gone'"}
    for module in ("one", "two", "three"):
        expected[f"from app.{module} import gone"] = f"IMC402 'app.{module}' has no name 'gone'"
    verdicts(
        child,
        tmp_path,
        files,
        {
            **expected,
            "from app.one import x, y, z": THERE,
            "from app.two import y, z": THERE,
            "from app.alone import x": THERE,
        },
    )


def test_modules_that_replace_themselves(child: ChildPython, tmp_path: Path) -> None:
    files = {
        "app/class_.py": "import sys, types\nclass Module(types.ModuleType):\n    x = 1\n"
        "sys.modules[__name__].__class__ = Module\n",
        "app/other.py": "import sys, types\nmodule = types.ModuleType(__name__)\n"
        "module.x = 1\nsys.modules[__name__] = module\n",
        "app/by_name.py": "import sys, types\nmodule = types.ModuleType('app.by_name')\n"
        "module.x = 1\nsys.modules['app.by_name'] = module\n",
        "app/settings.py": "import sys\nthis = sys.modules[__name__]\nthis.x = 1\n",
        "app/reading.py": "import sys\ny = sys.modules[__name__].__name__\n",
    }
    expected = {"from app.reading import x": "IMC402 'app.reading' has no name 'x'"}
    for module in ("class_", "other", "by_name", "settings"):
        expected[f"from app.{module} import x"] = THERE
        expected[f"from app.{module} import gone"] = UNKNOWN
    verdicts(child, tmp_path, files, expected)


def test_modules_that_others_put_in_place(child: ChildPython, tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "import sys, json\nfrom app import _later\n"
        "sys.modules['app.moved'] = json\n",
        "app/_later.py": "import sys, json\nsys.modules['app.also'] = json\n",
    }
    verdicts(
        child,
        tmp_path,
        files,
        {
            "import app.moved": THERE,
            "from app.moved import loads": THERE,
            "import app.moved.decoder": THERE,
            "from app.also import loads": THERE,
            "import app.gone": "IMC401 there is no module 'app.gone'",
        },
    )


def test_names_that_others_set(child: ChildPython, tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "from app import fill\n",
        "app/bare.py": "",
        "app/hollow.py": "",
        "app/fill.py": "from app import bare, hollow as h\nbare.x = 1\nsetattr(h, 'y', 1)\n",
    }
    verdicts(
        child,
        tmp_path,
        files,
        {
            "from app.bare import x": THERE,
            "from app.bare import y": "IMC402 'app.bare' has no name 'y'",
            "from app.hollow import y": THERE,
            "from app.hollow import x": "IMC402 'app.hollow' has no name 'x'",
        },
    )


def test_names_that_are_put_into_globals(child: ChildPython, tmp_path: Path) -> None:
    files = {
        "app/one.py": "globals()['x'] = 1\n",
        "app/many.py": "for name in 'xy':\n    globals()[name] = 1\n",
        "app/called.py": "def f():\n    global x\n    x = 1\nf()\n",
        "app/executed.py": "exec('x = 1')\n",
        "app/apart.py": "names = {}\nexec('x = 1', names)\n",
        "app/looking.py": "x = globals().get('y')\n'%(x)s' % globals()\n",
    }
    verdicts(
        child,
        tmp_path,
        files,
        {
            "from app.one import x": THERE,
            "from app.one import y": "IMC402 'app.one' has no name 'y'",
            "from app.many import x": THERE,
            "from app.many import z": UNKNOWN,
            "from app.called import x": THERE,
            "from app.called import y": "IMC402 'app.called' has no name 'y'",
            "from app.executed import x": THERE,
            "from app.executed import y": UNKNOWN,
            "from app.apart import x": "IMC402 'app.apart' has no name 'x'",
            "from app.looking import y": "IMC402 'app.looking' has no name 'y'",
        },
    )


def test_future_features(child: ChildPython, tmp_path: Path) -> None:
    files = {"app/mod.py": "from __future__ import annotations\n"}
    verdicts(
        child,
        tmp_path,
        files,
        {
            "from __future__ import annotations, division": THERE,
            "import __future__": THERE,
            "from app.mod import annotations": THERE,
            "from app.mod import division": "IMC402 'app.mod' has no name 'division'",
        },
    )


def test_bindings_that_hang_on_the_version_and_the_platform(
    child: ChildPython, tmp_path: Path
) -> None:
    files = {
        "app/mod.py": (
            "import sys\nif sys.version_info >= (3, 8):\n    new = 1\nelse:\n    old = 1\n"
            "if sys.platform == 'nowhere':\n    there = 1\nelif sys.platform:\n    here = 1\n"
        )
    }
    verdicts(
        child,
        tmp_path,
        files,
        {
            "from app.mod import new, here": THERE,
            "from app.mod import old": UNKNOWN,
            "from app.mod import there": UNKNOWN,
            "from app.mod import gone": "IMC402 'app.mod' has no name 'gone'",
            "import sys\nif sys.version_info < (3, 8):\n    import tomli_of_old\n"
            "else:\n    import tomllib": THERE,
            "import sys\nif sys.platform == 'nowhere':\n    from asyncio import gone": THERE,
            "import sys\nif sys.platform == 'nowhere':\n    import app.mod\n"
            "else:\n    import app.gone": "IMC401 there is no module 'app.gone'",
        },
    )


NEWER = [
    ((3, 12), "type Pair = tuple[int, int]\nx = 1\n"),
    ((3, 13), "class Box[T = int]: ...\nx = 1\n"),
    ((3, 14), "try:\n    x = 1\nexcept ValueError, TypeError:\n    x = 2\n"),
]
"""Syntax that came with a version."""


def test_syntax_of_a_newer_python(child: ChildPython, tmp_path: Path) -> None:
    newer = [text for version, text in NEWER if version > sys.version_info]
    if not newer:
        pytest.skip("no syntax is known that this Python does not understand")
    files = {"app/newer.py": newer[0], "app/plain.py": "from app.newer import *\n"}
    running = f"{sys.version_info.major}.{sys.version_info.minor}"
    importers = {"app/ask.py": "from app.newer import x, gone\nfrom app.plain import gone\n"}
    project = Case(files={**files, **importers}).project("resolvable_imports")
    write(tmp_path, project)

    (found,) = run_check(tmp_path).violations

    assert found.startswith("app/newer.py:")
    assert f"IMC001 file cannot be parsed by Python {running}: " in found
    assert found.endswith("run under the Python version it is written for")
    assert child.failures(tmp_path, ["app.ask"])["app.ask"].startswith("SyntaxError: ")


def test_modules_that_cannot_be_read(child: ChildPython, tmp_path: Path) -> None:
    files = {
        "app/broken.py": "def (:\n",
        "app/pack/__init__.py": "def (:\n",
        "app/pack/sub.py": "x = 1\n",
        "app/star.py": "from app.broken import *\n",
    }
    project = Case(
        files={
            **files,
            "app/ask.py": "from app.broken import x\nimport app.pack.sub, app.pack.gone\n"
            "from app.pack import y\nfrom app.star import z\nimport app.broken.deep\n",
        }
    ).project("resolvable_imports")
    write(tmp_path, project)

    found = run_check(tmp_path).violations

    assert [item.partition(": ")[2][:6] for item in found] == ["IMC001", "IMC001"]
    assert [item.partition(":")[0] for item in found] == ["app/broken.py", "app/pack/__init__.py"]
    assert set(child.failures(tmp_path, ["app.broken", "app.pack", "app.star"])) == {
        "app.broken",
        "app.pack",
        "app.star",
    }


def test_relative_imports(child: ChildPython, tmp_path: Path) -> None:
    files = {"app/sub/__init__.py": "y = 1\n", "app/sub/mod.py": "", "app/home.py": "x = 1\n"}
    verdicts(
        child,
        tmp_path,
        files,
        {
            "from . import sub, home": THERE,
            "from .home import x": THERE,
            "from .sub import mod, y": THERE,
            "from . import gone": "IMC402 'app' has no name 'gone'",
            "from .home import gone": "IMC402 'app.home' has no name 'gone'",
            "from .gone import x": "IMC401 there is no module 'app.gone'",
        },
    )


def test_relative_imports_that_climb_out(child: ChildPython, tmp_path: Path) -> None:
    project = Case(
        files={
            "app/one.py": "from .. import app\n",
            "app/two.py": "from ..app import x\n",
            "app/sub/three.py": "from ... import app\n",
            "app/sub/four.py": "from .. import two\n",
        }
    ).project("resolvable_imports")
    write(tmp_path, project)
    remedy = "climbs out of 'app'; write the absolute path"

    assert judge(tmp_path, project) == [
        f"app/one.py:1:6: IMC401 relative import '..' {remedy}",
        f"app/sub/three.py:1:6: IMC401 relative import '...' {remedy}",
        f"app/two.py:1:6: IMC401 relative import '..app' {remedy}",
    ]
    assert set(
        child.failures(tmp_path, ["app.one", "app.two", "app.sub.three", "app.sub.four"]).values()
    ) == {"ImportError: attempted relative import beyond top-level package"}


def test_names_that_are_deleted(child: ChildPython, tmp_path: Path) -> None:
    files = {
        "app/mod.py": "import os, sys\nx = y = z = w = 1\ndel x, os\ndel(y)\nz = 1; del z\n"
        "del w\nw = 1\nfor i in (): pass\n[a for a in ()]\n"
    }
    expected = {
        f"from app.mod import {name}": f"IMC402 'app.mod' has no name '{name}'"
        for name in ("x", "os", "y", "z", "a")
    }
    verdicts(child, tmp_path, files, {**expected, "from app.mod import w, sys": THERE})


def test_only_the_broken_link_of_a_chain_is_reported(child: ChildPython, tmp_path: Path) -> None:
    project = Case(
        files={
            "app/impl.py": "",
            "app/mid.py": "from app.impl import thing\n",
            "app/top.py": "from app.mid import thing\nfrom app.mid import gone\n",
        }
    ).project("resolvable_imports")
    write(tmp_path, project)

    assert [item.partition(";")[0] for item in judge(tmp_path, project)] == [
        "app/mid.py:1:22: IMC402 'app.impl' has no name 'thing'",
        "app/top.py:2:21: IMC402 'app.mid' has no name 'gone'",
    ]
    assert set(child.failures(tmp_path, ["app.top", "app.mid", "app.impl"])) == {
        "app.top",
        "app.mid",
    }
