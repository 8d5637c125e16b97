"""`linter-ext init`: the first configuration, and what the next commands make of it."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter_ext.cli.exit_status import ExitStatus
from linter_ext.initialising.bans import Ban, Bans, read_bans
from linter_ext.initialising.conversion import convert, replacement
from linter_ext.initialising.layout import Layout, find_layout, without
from linter_ext.initialising.registries import Tables, find_tables, is_called_registry
from linter_ext.initialising.survey import Survey, survey_repository
from linter_ext.initialising.template import BASELINE, CONFIGURATION, MOVES, moves_table
from linter_ext.tables.moves import parse_moves
from tests import processes
from tests.configurations import ABSOLUTE, ini, toml
from tests.front_ends import (
    Outcome,
    run_check,
    run_command,
    run_flake8,
    run_lint_imports,
    write,
)
from tests.repositories import Repository

FLAT = {"shop/__init__.py": "", "shop/cart.py": "from . import mail\n", "shop/mail.py": ""}
ENDING = "Next: 'linter-ext check' ends with 0 now. Commit these files, and let CI run it.\n"
BANNED = """\
[tool.ruff.lint.flake8-tidy-imports]
ban-relative-imports = "all"

[tool.ruff.lint.flake8-tidy-imports.banned-api]
"shop.old_mail".msg = "Use shop.mail."
"websockets.WebSocketServerProtocol".msg = "Use `websockets.ClientConnection` instead"
"shop.legacy".msg = "Do not use it: 100 % \\"old\\"."
"requests".msg = "Use shop.http."
"""


@pytest.fixture(autouse=True)
def in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known has to be there: the stricter of the two."""
    monkeypatch.setenv("CI", "true")


def files(root: Path) -> dict[str, bytes]:
    """Return everything there is."""
    found = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def init(root: Path, tree: Mapping[str, str | bytes] = FLAT) -> Outcome:
    """Write a tree, let a configuration be written for it, and see that all is green with it."""
    write(root, tree)
    outcome = run_command(root, "init")
    assert (outcome.status, outcome.errors) == (ExitStatus.CLEAN, "")
    assert_green(root)
    return outcome


def assert_green(root: Path) -> None:
    """See that all front ends take the configuration, and have nothing to tell."""
    checked = run_check(root)
    assert (checked.status, checked.violations) == (ExitStatus.CLEAN, [])
    linted = run_lint_imports(root)
    assert "Contracts: " in linted.output
    assert "0 broken." in linted.output
    assert linted.status == 0
    assert run_flake8(root).violations == []


# What is written.


def test_the_whole_configuration(tmp_path: Path) -> None:
    outcome = init(tmp_path, {**FLAT, "tests/test_cart.py": "import shop.cart\n", "setup.py": ""})

    assert outcome.output == (
        "Found:\n"
        "    root packages   shop\n"
        "    other Python    setup.py, tests\n"
        "\n"
        "Wrote:\n"
        "    .importlinter            4 contracts\n"
        "    contracts/baseline.json  1 known violation\n"
        "\n" + ENDING
    )
    assert (
        (tmp_path / CONFIGURATION).read_text()
        == """\
# Rules for imports: a beginning, written by 'linter-ext init'. Change what you like.
# 'linter-ext check', 'lint-imports' and flake8 read this file. 'linter-ext explain IMC101' says
# what a code means, and how to mend it; 'linter-ext files' lists what is checked.

[importlinter]
# The packages that are checked.
root_packages =
    shop
# Python outside of packages: folders and files. What is in neither list is not checked.
source_paths =
    setup.py
    tests
contract_types =
    absolute_imports: linter_ext.contract_types.AbsoluteImportsContract
    deprecated_imports: linter_ext.contract_types.DeprecatedImportsContract
    canonical_imports: linter_ext.contract_types.CanonicalImportsContract
    resolvable_imports: linter_ext.contract_types.ResolvableImportsContract
    acyclic_imports: linter_ext.contract_types.AcyclicImportsContract
# Violations that were there already. They are left alone, new ones fail. Whoever mends some takes
# them out with 'linter-ext baseline prune'.
baseline = contracts/baseline.json

# Imports name their module in full: 'from shop.a import b', not 'from .a import b' (IMC101).
# 'ban = parents' would allow one leading dot.
[importlinter:contract:absolute]
name = Absolute imports only
type = absolute_imports

# Nothing is imported from where it is no longer to come from (IMC201 to IMC203). 'detect' finds
# what the code itself declares deprecated: modules that warn when they are imported, names under
# '@deprecated'.
# Add what you move, so that nobody brings the old path back:
#
#     deprecated =
#         shop.old => shop.new
[importlinter:contract:moved]
name = Nothing from old paths
type = deprecated_imports
detect =
    modules
    names

# What is imported exists, and so does what a string names in 'patch("...")' and the like (IMC401
# to IMC405). 'third_party = installed' would look for packages from outside as well, in the
# environment that linter-ext runs in; it is not there in a fresh checkout.
[importlinter:contract:resolvable]
name = Every import resolves
type = resolvable_imports

# No module waits for itself while it is imported (IMC501). Imports in functions do not count.
[importlinter:contract:acyclic]
name = No import cycles
type = acyclic_imports

# One more contract, for names that have one home, and dependencies that have one gateway:
#
#     [importlinter:contract:canonical]
#     name = One home for each name, one gateway for each dependency
#     type = canonical_imports
#     canonical =
#         Client => shop.client
#     gateways =
#         requests => shop.http
"""
    )
    assert (tmp_path / BASELINE).read_text() == (
        '{\n  "version": 1,\n  "known": [\n'
        '    {"contract": "absolute", "code": "IMC101", "importer": "shop.cart", '
        '"target": "shop", "count": 1}\n'
        "  ]\n}\n"
    )


def test_what_comes_later_fails(tmp_path: Path) -> None:
    init(tmp_path)
    write(tmp_path, {"shop/orders.py": "from . import mail\nimport shop.gone\n"})

    assert run_check(tmp_path).violations == [
        "shop/orders.py:1:6: IMC101 relative import '.'; use 'shop'",
        (
            "shop/orders.py:2:8: IMC401 there is no module 'shop.gone'; restore it, or remove the "
            "import"
        ),
    ]


def test_nothing_is_known_where_nothing_is_wrong(tmp_path: Path) -> None:
    outcome = init(tmp_path, {"shop/__init__.py": "", "shop/cart.py": "import shop\n"})

    assert "Wrote:\n    .importlinter  4 contracts\n\n" in outcome.output
    assert sorted(files(tmp_path)) == [".importlinter", "shop/__init__.py", "shop/cart.py"]
    assert "baseline" not in (tmp_path / CONFIGURATION).read_text()


def test_a_patch_holds_what_would_be_written(tmp_path: Path) -> None:
    tree = {**FLAT, "pyproject.toml": BANNED}
    Repository(tmp_path / "patched", tree)
    Repository(tmp_path / "written", tree)

    outcome = run_command(tmp_path / "patched", "init", "--diff")
    assert files(tmp_path / "patched").keys() == tree.keys()
    told = run_command(tmp_path / "written", "init").output
    write(tmp_path, {"init.patch": outcome.output})
    Repository(tmp_path / "patched").git("apply", "../init.patch")

    assert files(tmp_path / "patched") == files(tmp_path / "written")
    assert outcome.output.startswith(
        "--- /dev/null\n+++ b/contracts/moves.toml\n@@ -0,0 +1,16 @@\n"
    )
    assert (outcome.status, outcome.errors) == (ExitStatus.CLEAN, told.partition("\nWrote:")[0])


# Layouts.


def test_a_source_layout(tmp_path: Path) -> None:
    tree = {"src/shop/__init__.py": "", "src/shop/a.py": "", "src/tool.py": "", "conftest.py": ""}
    outcome = init(tmp_path, tree)

    assert "    root packages   shop (src/shop)\n" in outcome.output
    assert "    other Python    conftest.py, src/tool.py\n" in outcome.output
    assert outcome.output.endswith(ENDING) or "set PYTHONPATH=src.\n" in outcome.output


def test_lint_imports_has_to_find_what_lies_in_a_folder(tmp_path: Path) -> None:
    write(tmp_path, {"lib/shop_of_mine/__init__.py": ""})

    assert run_command(tmp_path, "init").output.endswith(
        f"{ENDING}lint-imports finds packages as Python does: install the project "
        "('pip install --editable .'), or set PYTHONPATH=lib.\n"
    )


ALL = "from shop.a import b\n"
LAYOUTS: Mapping[str, tuple[dict[str, str], list[str], list[str]]] = {
    "flat": ({"shop/__init__.py": "", "setup.py": ""}, ["shop"], ["setup.py"]),
    "several packages": (
        {"auth/__init__.py": "", "shop/__init__.py": "", "shop/sub/__init__.py": ""},
        ["auth", "shop"],
        [],
    ),
    "packages of tests and documents beside a package": (
        {
            "shop/__init__.py": "",
            "tests/__init__.py": "",
            "test_core/__init__.py": "",
            "docs/__init__.py": "",
        },
        ["shop"],
        ["docs", "test_core", "tests"],
    ),
    "a package that is called like tests": ({"bench/__init__.py": ""}, ["bench"], []),
    "in src": ({"src/shop/__init__.py": "", "tests/a.py": ""}, ["shop"], ["tests"]),
    "src is the package": (
        {"src/__init__.py": "", "src/shop/__init__.py": ""},
        ["src"],
        [],
    ),
    "nothing but scripts in src": ({"src/a.py": "", "src/b.py": ""}, [], ["src"]),
    "one name in two places": (
        {"shop/a.py": ALL, "src/shop/__init__.py": ""},
        ["src/shop"],
        ["shop"],
    ),
    "a namespace in src": (
        {"src/acme/shop/__init__.py": "", "src/acme/auth/__init__.py": ""},
        ["src/acme/auth", "src/acme/shop"],
        [],
    ),
    "a namespace at the top": (
        {"acme/shop/__init__.py": "", "acme/shop/a.py": "import acme.shop\n"},
        ["acme/shop"],
        [],
    ),
    "a namespace with modules": (
        {"acme/cloud/client.py": "from acme.cloud import errors\n", "acme/cloud/errors.py": ""},
        ["acme/cloud"],
        [],
    ),
    "a folder of scripts that is called like what one of them imports": (
        {"redis/deploy.py": "from redis import Redis\n", "shop/__init__.py": ""},
        ["shop"],
        ["redis"],
    ),
    "a single module": (
        {"six.py": "", "test_six.py": "import six\n"},
        [],
        ["six.py", "test_six.py"],
    ),
    "a single module with a package of tests": (
        {"six.py": "", "tests/__init__.py": ""},
        ["tests"],
        ["six.py"],
    ),
    "folders that cannot be imported": (
        {"my-scripts/a.py": "", "src/my-shop/__init__.py": "", "shop/__init__.py": ""},
        ["shop"],
        ["my-scripts", "src"],
    ),
    "stubs": ({"shop/__init__.py": "", "stubs/x.pyi": ""}, ["shop"], ["stubs"]),
}


@pytest.mark.parametrize(("tree", "packages", "others"), LAYOUTS.values(), ids=LAYOUTS)
def test_layouts(
    tree: dict[str, str], packages: list[str], others: list[str], tmp_path: Path
) -> None:
    layout = find_layout([*tree], lambda path: tree[path])
    named = [name if name != "src/shop" else "shop" for name in packages]

    found = [root.path.removeprefix("src/") for root in layout.packages]
    assert found == [name.removeprefix("src/") for name in named]
    assert [*layout.source_paths] == others
    init(tmp_path, tree)


def test_a_single_module_has_a_stand_in_for_a_package(tmp_path: Path) -> None:
    outcome = init(tmp_path, {"six.py": "", "test_six.py": "import six\n"})

    assert outcome.output == (
        "Found:\n"
        "    root packages   none; lint-imports gets 'contracts' in place of one\n"
        "    other Python    six.py, test_six.py\n"
        "\n"
        "Wrote:\n"
        "    .importlinter            4 contracts\n"
        "    contracts/baseline.json  0 known violations\n"
        "\n" + ENDING
    )
    assert (
        "[importlinter]\n"
        "# lint-imports needs a root package, and here is none for it: a single module is no "
        "package, and a\n"
        "# file that does not parse stops it. The folder of the tables stands in for one; what is "
        "checked\n"
        "# is named under source_paths.\n"
        "root_packages =\n    contracts\n"
    ) in (tmp_path / CONFIGURATION).read_text()
    write(tmp_path, {"test_six.py": "from six import moves\n"})
    assert [line[:24] for line in run_check(tmp_path).violations] == ["test_six.py:1:17: IMC402"]


def test_folders_without_code_of_the_project_are_left_out(tmp_path: Path) -> None:
    tree = {**FLAT, ".gitignore": "/generated/\n", ".hidden/a.py": "", "dist/b.py": ""}
    Repository(tmp_path, tree)
    outcome = init(
        tmp_path,
        {"env/pyvenv.cfg": "", "env/lib/c.py": "", "generated/d.py": "", "build/lib/shop/e.py": ""},
    )

    assert outcome.output.startswith(
        "Found:\n"
        "    root packages   shop\n"
        "\n"
        "Left out:\n"
        "    build: made by a build\n"
        "    dist: made by a build\n"
        "    env: virtual environment\n"
        "    generated: ignored by git\n"
        "\n"
        "Wrote:\n"
    )
    assert run_command(tmp_path, "files").output == (
        "shop/__init__.py: shop\nshop/cart.py: shop.cart\nshop/mail.py: shop.mail\n"
    )


@pytest.mark.skipif(os.name == "nt", reason="such names are not allowed there")
def test_names_that_a_configuration_cannot_hold(tmp_path: Path) -> None:
    tree = {**FLAT, "#a.py": "", " b/b.py": "", "c\n/c.py": "", "100 %/[d].py": "import shop\n"}
    outcome = init(tmp_path, tree)

    assert "    other Python    100 %\n" in outcome.output
    assert "100 %/[d].py" in run_command(tmp_path, "files").output


# Files that cannot be checked.


def test_a_file_that_does_not_parse_is_left_out(tmp_path: Path) -> None:
    tree = {
        **FLAT,
        "shop/data/old.py": "print 1\n",
        "tests/__init__.py": "",
        "tests/data/old.py": "print 1\n",
        "tests/data/new.py": "",
        "tests/unit/test_a.py": "import shop\n",
    }
    outcome = init(tmp_path, tree)

    told = outcome.output.partition("\n\nWrote")[0].splitlines()
    assert [line.partition(" by Python")[0] for line in told] == [
        "Found:",
        "    root packages   shop",
        "    other Python    tests",
        "",
        "Left out:",
        "    shop/data/old.py: cannot be parsed",
        "    tests/data/old.py: cannot be parsed",
    ]
    assert (
        "source_paths =\n"
        "    tests\n"
        "# What is not checked of that, because it cannot be read as Python.\n"
        "left_out_paths =\n"
        "    shop/data\n"
        "    tests/data/old.py\n"
        "contract_types =\n"
    ) in (tmp_path / CONFIGURATION).read_text()


def test_many_files_that_do_not_parse(tmp_path: Path) -> None:
    tree = {f"tests/data/{number:02}.py": "print 1\n" for number in range(12)}
    outcome = init(tmp_path, {**FLAT, **tree, "tests/a.py": ""})

    told = outcome.output.partition("Left out:\n")[2].partition("\n\n")[0].splitlines()
    assert [line.split(":")[0] for line in told] == [
        *(f"    tests/data/{number:02}.py" for number in range(10)),
        "    and 2 more; 'left_out_paths' names them all",
    ]
    assert "left_out_paths =\n    tests/data\ncontract" in (tmp_path / CONFIGURATION).read_text()


def test_a_package_where_lint_imports_would_stop_is_no_root_package(tmp_path: Path) -> None:
    outcome = init(tmp_path, {**FLAT, "shop/old.py": "print 1\n", "auth/__init__.py": ""})

    assert outcome.output.startswith(
        "Found:\n"
        "    root packages   auth\n"
        "    not one of them shop, where a file would stop lint-imports\n"
        "    other Python    shop\n"
        "\n"
        "Left out:\n"
        "    shop/old.py: cannot be parsed by Python"
    )


def test_all_that_is_left_out_leaves_nothing_that_is_there_by_default(tmp_path: Path) -> None:
    """`tests` is a source path where the configuration has none."""
    init(tmp_path, {"shop/__init__.py": "", "tests/old.py": "print 1\n"})

    assert run_command(tmp_path, "files").output == "shop/__init__.py: shop\n"


BROKEN: Mapping[str, tuple[list[str], tuple[list[str], list[str], list[str]]]] = {
    "nothing": ([], (["a"], ["b", "g.py"], [])),
    "a module": (["a/m.py"], ([], ["a", "b", "g.py"], ["a/m.py"])),
    "a module in a package": (["a/p/m.py"], ([], ["a", "b", "g.py"], ["a/p/m.py"])),
    "a folder in a package": (["a/x-y/m.py"], (["a"], ["b", "g.py"], ["a/x-y"])),
    "what lies below that": (["a/d/p/__init__.py"], (["a"], ["b", "g.py"], ["a/d/p"])),
    "what cannot be imported": (
        ["a/x-y/m.py", "a/p/m.x.py"],
        (["a"], ["b", "g.py"], ["a/p/m.x.py", "a/x-y"]),
    ),
    "a stub": (["a/s.pyi"], (["a"], ["b", "g.py"], ["a/s.pyi"])),
    "outside": (["b/c/m.py"], (["a"], ["b", "g.py"], ["b/c/m.py"])),
    "all of a folder outside": (["b/c/m.py", "b/c/n.py"], (["a"], ["g.py"], [])),
    "at the top": (["g.py"], (["a"], ["b"], [])),
    "a folder that cannot be listed": (["b/c"], (["a"], ["g.py"], [])),
}


@pytest.mark.parametrize(("broken", "found"), BROKEN.values(), ids=BROKEN)
def test_a_layout_without_what_is_broken(
    broken: list[str], found: tuple[list[str], list[str], list[str]]
) -> None:
    inside = ["__init__.py", "m.py", "s.pyi", "p/__init__.py", "p/m.py", "p/m.x.py", "d/m.py"]
    inside += ["d/p/__init__.py", "x-y/m.py"]
    tree = [*(f"a/{path}" for path in inside), "b/c/m.py", "b/c/n.py", "g.py"]

    left = without(find_layout(tree, lambda _: ""), tree, broken)

    assert [root.path for root in left.packages] == found[0]
    assert [*left.source_paths] == found[1]
    assert [*left.left_out_paths] == found[2]


# What other tools ban.


def test_bans_become_moves_and_gateways(tmp_path: Path) -> None:
    using = "import requests\nimport shop.old_mail\n"
    tree = {
        **FLAT,
        "pyproject.toml": BANNED,
        "shop/http.py": "import requests\n",
        "shop/b.py": using,
    }
    outcome = init(tmp_path, tree)

    assert outcome.output == (
        "Found:\n"
        "    root packages   shop\n"
        "    banned          relative imports (pyproject.toml), 4 paths (pyproject.toml), which "
        "become 3 moves and 1 gateway\n"
        "\n"
        "Wrote:\n"
        "    .importlinter            5 contracts\n"
        "    contracts/baseline.json  4 known violations\n"
        "    contracts/moves.toml     3 moves\n"
        "\n" + ENDING
    )
    assert (
        (tmp_path / MOVES).read_text()
        == """\
# Old paths, and what to use instead; converted from pyproject.toml.
# An entry covers what lies under 'old'. Leave 'new' out where there is no replacement.

[[moves]]
old = "shop.legacy"
reason = "Do not use it: 100 % \\"old\\"."

[[moves]]
old = "shop.old_mail"
new = "shop.mail"
reason = "Use shop.mail."

[[moves]]
old = "websockets.WebSocketServerProtocol"
new = "websockets.ClientConnection"
reason = "Use `websockets.ClientConnection` instead"
"""
    )
    assert """\
# Add what you move to the table, so that nobody brings the old path back.
[importlinter:contract:moved]
name = Nothing from old paths
type = deprecated_imports
moves =
    contracts/moves.toml
detect =
    modules
    names

# A name is imported from its one home (IMC301), a dependency used behind its one gateway (IMC302).
# Add 'canonical' for names, such as 'Client => shop.client', and 'gateways' for dependencies,
# such as 'requests => shop.http'.
[importlinter:contract:canonical]
name = One home for each name, one gateway for each dependency
type = canonical_imports
gateways =
    requests => shop.http
""" in (tmp_path / CONFIGURATION).read_text()


def test_one_leading_dot_where_it_is_allowed_today(tmp_path: Path) -> None:
    tree = {"shop/__init__.py": "", "shop/a.py": "from . import b\n", "shop/b.py": ""}
    init(tmp_path, {**tree, "setup.cfg": "[flake8]\nban-relative-imports = parents\n"})

    assert """\
# Imports name their module in full: 'from shop.a import b', not 'from .a import b' (IMC101).
# One leading dot is allowed, as in setup.cfg; take 'ban' out to forbid that too.
[importlinter:contract:absolute]
name = No imports from parent packages
type = absolute_imports
ban = parents
""" in (tmp_path / CONFIGURATION).read_text()
    assert not (tmp_path / BASELINE).exists()


RUFF = "[lint.flake8-tidy-imports]\nban-relative-imports = {!r}\n"
TIDY: Mapping[str, tuple[dict[str, str], Bans]] = {
    "nothing": ({"pyproject.toml": "[tool.ruff]\nline-length = 100\n"}, Bans()),
    "no TOML": ({"ruff.toml": "[lint", ".flake8": "x"}, Bans()),
    "other types": (
        {"ruff.toml": "lint = 1\n[flake8-tidy-imports]\nbanned-api = []\nban-relative-imports = 1"},
        Bans(),
    ),
    "ruff.toml before pyproject.toml": (
        {"pyproject.toml": BANNED, "ruff.toml": RUFF.format("parents")},
        Bans("parents", "ruff.toml"),
    ),
    ".ruff.toml before ruff.toml": (
        {".ruff.toml": RUFF.format("all"), "ruff.toml": RUFF.format("parents")},
        Bans("all", ".ruff.toml"),
    ),
    "the older form": (
        {
            "ruff.toml": '[flake8-tidy-imports.banned-api]\n"a.b".msg = "Not\\nthis"\n'
            '"c.d" = {}\n"e-f".msg = "x"\n'
        },
        Bans(paths=(Ban("a.b", "Not this", "ruff.toml"),)),
    ),
    "the rule without its option": (
        {"pyproject.toml": "[tool.ruff.lint]\nextend-select = ['TID']\n"},
        Bans("parents", "pyproject.toml"),
    ),
    "all rules": ({"ruff.toml": "[lint]\nselect = ['ALL']\n"}, Bans("parents", "ruff.toml")),
    "all rules but this one": (
        {"ruff.toml": "[lint]\nselect = ['ALL']\nignore = ['TID252']\n"},
        Bans(),
    ),
    "some rules": ({"ruff.toml": "[lint]\nselect = ['E', 'TID251']\n"}, Bans()),
    "at module level": (
        {"ruff.toml": "[lint.flake8-tidy-imports]\nbanned-module-level-imports = ['torch']\n"},
        Bans(
            others=(
                "ruff.toml: 'torch' is banned at module level only; there is no such rule here",
            )
        ),
    ),
    "flake8-tidy-imports": (
        {
            ".flake8": "[flake8]\nban_relative_imports = true\nbanned-modules =\n"
            "    shop.old = Use 100% shop.new.\n    shop.legacy.* = No.\n    a.*.b = No.\n"
            "    {python2to3}\n"
        },
        Bans(
            "all",
            ".flake8",
            (
                Ban("shop.legacy", "No.", ".flake8"),
                Ban("shop.old", "Use 100% shop.new.", ".flake8"),
            ),
            (
                ".flake8: 'a.*.b' is no dotted name; add a move for each path",
                ".flake8: '{python2to3}' is no dotted name; add a move for each path",
            ),
        ),
    ),
    "the first file with a section": (
        {
            "setup.cfg": "[metadata]\nname = x\n",
            "tox.ini": "[flake8]\nban-relative-imports = false\n",
            ".flake8": "[flake8]\nban-relative-imports = true\n",
        },
        Bans(),
    ),
    "both tools": (
        {
            "ruff.toml": "[lint.flake8-tidy-imports]\nban-relative-imports = 'parents'\n"
            "banned-api = {'a.b' = {msg = 'first'}}\n",
            ".flake8": "[flake8]\nban-relative-imports = true\nbanned-modules = a.b = second\n",
        },
        Bans("all", ".flake8", (Ban("a.b", "first", "ruff.toml"),)),
    ),
}


@pytest.mark.parametrize(("texts", "bans"), TIDY.values(), ids=TIDY)
def test_what_other_tools_ban(texts: dict[str, str], bans: Bans) -> None:
    found = read_bans(texts)

    assert (found.relative, found.paths, found.others) == (bans.relative, bans.paths, bans.others)
    assert found.relative_file == bans.relative_file or not bans.relative


MESSAGES = {
    "Use shop.mail.": "shop.mail",
    "Use shop.mail instead": "shop.mail",
    "use `shop.mail`": "shop.mail",
    "Please use 'shop.mail' instead!": "shop.mail",
    'Use "shop.mail.send()".': "shop.mail.send",
    "Prefer shop.mail, see https://wiki.example.org/mail": "shop.mail",
    "shop.old has moved to shop.mail": "shop.mail",
    "shop.old was renamed to shop.mail": "shop.mail",
    "Deprecated in favour of shop.mail": "shop.mail",
    "deprecated: shop.mail": "shop.mail",
    "-> shop.mail": "shop.mail",
    "Do not use shop.old, use shop.mail": "shop.mail",
    "Use `from shop.mail import send`": "shop.mail.send",
    "Import it from shop.mail": None,
    "Use mail": None,
    "Do not use shop.mail here": None,
    "Never import shop.mail.": None,
    "Use shop.mail or shop.post": None,
    "Use shop.mail.send(user)": None,
    "Use shop.mail, not shop.post": None,
    "See docs.example.org/imports": None,
    "Use CONTRIBUTING.md": None,
    "Use something else, e.g. nothing": None,
    "Use shop.Mail": None,
    "Use shop.old": None,
    "": None,
}


@pytest.mark.parametrize(("message", "path"), MESSAGES.items(), ids=[*MESSAGES])
def test_what_a_message_tells_to_use(message: str, path: str | None) -> None:
    assert replacement(Ban("shop.old", message, "ruff.toml")) == path


def test_only_what_is_outside_has_a_gateway() -> None:
    bans = [
        Ban("os.environ", "Use shop.settings.get", "f"),
        Ban("requests", "Use shop.gone.get", "f"),
        Ban("shop.old", "Use shop.settings", "f"),
        Ban("a.b", "Use a.c", "f"),
    ]
    found = convert(bans, {"shop", "shop.settings"})

    assert [f"{item.dependency} => {item.module}" for item in found.gateways] == [
        "os.environ => shop.settings",
        "requests => shop",
    ]
    assert [str(move) for move in found.moves] == ["shop.old => shop.settings", "a.b => a.c"]


def test_bans_in_a_circle_have_no_destination() -> None:
    bans = [Ban("a.b", "Use a.c", "f"), Ban("a.c", "Use a.b", "f")]

    assert [str(move) for move in convert(bans, set()).moves] == ["a.b", "a.c"]


@given(st.text())
def test_a_table_says_what_the_message_says(message: str) -> None:
    document = f"[lint.flake8-tidy-imports.banned-api]\nx.msg = {json.dumps(message)}\n"
    try:
        tomllib.loads(document)
    except tomllib.TOMLDecodeError:  # JSON writes some characters in another way.
        return
    bans = read_bans({"ruff.toml": document})
    survey = Survey((), Layout((), ()), bans, convert(bans.paths, set()), Tables(), ())

    (move,) = parse_moves(moves_table(survey), MOVES)

    assert move.old == "x"
    assert (move.reason or "") == bans.paths[0].message
    assert not message.isprintable() or bans.paths[0].message == " ".join(message.split())


# Tables that are there already.


def test_tables_that_are_there_are_used(tmp_path: Path) -> None:
    registry = "# Import registry\n\n```python\nfrom shop.mail import send\n```\n"
    tree = {
        **FLAT,
        "shop/a.py": "import shop.gone\nfrom shop.cart import send\n",
        "docs/reference/imports.md": registry,
        "README.md": "# Shop\n\n```python\nfrom shop.cart import mail\n```\n",
        "contracts/gates.toml": '[[gateways]]\ndependency = "requests"\nmodule = "shop.mail"\n',
        "contracts/renamed.toml": '[[moves]]\nold = "shop.gone"\nnew = "shop.mail"\n',
        "ruff.toml": "[lint.flake8-tidy-imports.banned-api]\n'shop.gone'.msg = 'Use shop.x'\n"
        "'requests'.msg = 'Use shop.cart'\n",
    }
    outcome = init(tmp_path, tree)

    assert outcome.output.startswith(
        "Found:\n"
        "    root packages   shop\n"
        "    banned          2 paths (ruff.toml), which are in the tables already\n"
        "    registries      contracts/gates.toml, docs/reference/imports.md\n"
        "    move tables     contracts/renamed.toml\n"
        "\n"
        "Wrote:\n"
    )
    text = (tmp_path / CONFIGURATION).read_text()
    assert "registry =\n    contracts/gates.toml\n    docs/reference/imports.md\n" in text
    assert text.count("moves =\n    contracts/renamed.toml\n") == 2


TABLES: Mapping[str, tuple[dict[str, str], Tables]] = {
    "an example in a document that is called otherwise": (
        {"USAGE.md": "# Imports\n\n```python\nfrom shop import a\n```\n"},
        Tables(),
    ),
    "a registry of another project": (
        {"imports_registry.md": "```python\nfrom other import a\n```\n"},
        Tables(),
    ),
    "a registry without a name": ({"import_registry.md": "Nothing yet.\n"}, Tables()),
    "called so in its name": (
        {"SSOT_IMPORT_REGISTRY.md": "```python\nfrom shop.x import a\n```\n"},
        Tables(registries=("SSOT_IMPORT_REGISTRY.md",)),
    ),
    "a registry with a mistake": (
        {"import_registry.md": "```python\nfrom .x import a\n```\n"},
        Tables(
            others=(
                (
                    "import_registry.md:2: 'from .x import a' is a relative import; write the "
                    "module from its root package"
                ),
            )
        ),
    ),
    "two registries that do not agree": (
        {
            "a_import_registry.md": "```python\nfrom shop.x import a\n```\n",
            "b_import_registry.md": "```python\nfrom shop.y import a\n```\n",
        },
        Tables(
            registries=("a_import_registry.md",),
            others=(
                (
                    "b_import_registry.md:2: one name, two homes: 'a' is canonical in 'shop.x' "
                    "(a_import_registry.md:2) and in 'shop.y' (b_import_registry.md:2); keep one, "
                    "and list the other under 'also' or mark it deprecated"
                ),
            ),
        ),
    ),
    "TOML": (
        {
            "contracts/names.toml": '[[canonical]]\nname = "A"\nmodule = "shop.a"\n',
            "contracts/moves.toml": '[[moves]]\nold = "shop.b"\n',
            "contracts/other.toml": "x = 1\n",
        },
        Tables(
            registries=("contracts/names.toml",),
            moves=("contracts/moves.toml",),
            known=frozenset({"shop.b"}),
        ),
    ),
}


@pytest.mark.parametrize(("texts", "tables"), TABLES.values(), ids=TABLES)
def test_which_files_are_tables(texts: dict[str, str], tables: Tables) -> None:
    assert find_tables(texts, frozenset({"shop"})) == tables


def test_a_heading_in_a_code_block_is_none() -> None:
    assert is_called_registry("a.md", "## Canonical imports\n")
    assert not is_called_registry("README.md", "## Canonical imports\n")
    assert not is_called_registry("a.md", "````markdown\n# Import registry\n````\n")


def test_what_no_baseline_may_know_is_told(tmp_path: Path) -> None:
    moves = '[[moves]]\nold = "shop.mail"\nremove_by = 2001-01-01\n'
    write(tmp_path, {**FLAT, "contracts/moves.toml": moves})

    outcome = run_command(tmp_path, "init")

    told = outcome.output.partition("Next: ")[2].splitlines()
    assert told[0] == "mend what no baseline may know; then 'linter-ext check' ends with 0."
    assert [line.split()[1] for line in told[1:]] == ["IMC204"]
    assert run_check(tmp_path).violations == [told[1].strip()]


def test_modules_that_warn_are_told(tmp_path: Path) -> None:
    warning = "import warnings\nfrom shop import mail\nwarnings.warn('old', DeprecationWarning)\n"
    outcome = init(tmp_path, {**FLAT, "shop/post.py": warning, "shop/x.py": "import shop.post\n"})

    assert "    deprecated      shop.post\n" in outcome.output
    assert '"code": "IMC201", "importer": "shop.x"' in (tmp_path / BASELINE).read_text()


# Nothing is overwritten.


def refused(file: str) -> str:
    return f"error: {file}: the file exists, and init overwrites nothing; move it out of the way\n"


@pytest.mark.parametrize("option", [[], ["--diff"]], ids=["writing", "--diff"])
def test_files_that_exist_stop_it(option: list[str], tmp_path: Path) -> None:
    write(tmp_path, {**FLAT, "pyproject.toml": BANNED, BASELINE: "x", MOVES: "x"})
    before = files(tmp_path)

    outcome = run_command(tmp_path, "init", *option)

    assert outcome == Outcome(ExitStatus.USAGE, "", refused(BASELINE) + refused(MOVES))
    assert files(tmp_path) == before


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    write(tmp_path, {**FLAT, "contracts": "a file"})
    before = files(tmp_path)

    outcome = run_command(tmp_path, "init")

    assert (outcome.status, outcome.output) == (ExitStatus.USAGE, "")
    assert outcome.errors == "error: 'contracts/baseline.json' cannot be written: File exists\n"
    assert files(tmp_path) == before


def test_a_folder_without_python(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": ""})

    assert run_command(tmp_path, "init") == Outcome(
        ExitStatus.USAGE,
        "",
        "error: there is no Python here; run the command at the top of your project\n",
    )


def test_a_configuration_further_up_is_another_projects(tmp_path: Path) -> None:
    write(tmp_path, {CONFIGURATION: ini(ABSOLUTE)})

    init(tmp_path / "inner")

    assert (tmp_path / CONFIGURATION).read_text() == ini(ABSOLUTE)


# A configuration that is there already.

EXISTS = "there is a configuration already, and init overwrites nothing; add by hand what is listed"
FEW = """\
[importlinter]
root_packages =
    shop
contract_types =
    absolute_imports: linter_ext.contract_types.AbsoluteImportsContract
    moving: linter_ext.contract_types.DeprecatedImportsContract

[importlinter:contract:resolvable]
name = Absolute
type = absolute_imports

[importlinter:contract:layers]
name = Layers
type = layers
layers =
    shop.cart
    shop.mail
"""


def test_what_a_configuration_lacks_is_told(tmp_path: Path) -> None:
    write(tmp_path, {**FLAT, "setup.cfg": FEW, "pyproject.toml": BANNED})
    before = files(tmp_path)

    outcome = run_command(tmp_path, "init")

    assert outcome.status == ExitStatus.USAGE
    assert outcome.errors == f"error: setup.cfg: {EXISTS}\n"
    told = outcome.output
    assert told.startswith(
        "Found:\n"
        "    root packages   shop\n"
        "    banned          relative imports (pyproject.toml), 4 paths (pyproject.toml), which "
        "become 3 moves and 1 gateway\n"
        "\n"
        "Add to contract_types in '[importlinter]' of setup.cfg:\n"
        "\n"
        "    canonical_imports: linter_ext.contract_types.CanonicalImportsContract\n"
        "    resolvable_imports: linter_ext.contract_types.ResolvableImportsContract\n"
        "    acyclic_imports: linter_ext.contract_types.AcyclicImportsContract\n"
        "\n"
        "Add to setup.cfg:\n"
        "\n"
        "# Nothing is imported from"
    )
    assert "[importlinter:contract:moved]\nname = Nothing from old paths\ntype = moving\n" in told
    assert "[importlinter:contract:resolvable_imports]\n" in told  # The other id is taken.
    assert "\nWrite to contracts/moves.toml:\n\n# Old paths" in told
    assert told.endswith(
        "\nNext, unless you add it by hand, the first of these; then the second:\n"
        "    linter-ext init --diff | git apply\n"
        "    linter-ext baseline write --contract moved --contract canonical "
        "--contract resolvable_imports --contract acyclic\n"
    )
    assert files(tmp_path) == before


IN_ONE_LINE = toml(ABSOLUTE).split("contract_types")[0].replace('"app"', '"shop"') + (
    'contract_types = ["absolute_imports: linter_ext.contract_types.AbsoluteImportsContract"]\n'
    '[[tool.importlinter.contracts]]\nid = "a"\nname = "A"\ntype = "absolute_imports"\n'
)
EXISTING = {
    "INI": ("setup.cfg", FEW),
    "INI with something after it, and no line end": (
        "setup.cfg",
        f"[metadata]\nname = shop\n\n{FEW}\n[flake8]\nignore = E501",
    ),
    "INI with line ends of Windows": (".importlinter", FEW.replace("\n", "\r\n")),
    "INI without types": (
        ".importlinter",
        (
            "[importlinter]\nroot_package = shop\n\n[importlinter:contract:x]\nname = X\n"
            "type = acyclic_siblings\nancestors =\n    shop\n"
        ),
    ),
    "TOML in one line": ("pyproject.toml", IN_ONE_LINE),
    "TOML in lines": (
        "pyproject.toml",
        IN_ONE_LINE.replace('["abs', '[\n    "abs').replace('t"]', 't",  # ours\n]'),
    ),
    "TOML without types": (
        "pyproject.toml",
        (
            '[tool.importlinter]\nroot_packages = ["shop"]\n\n[[tool.importlinter.contracts]]\n'
            'id = "x"\nname = "X"\ntype = "acyclic_siblings"\nancestors = ["shop"]\n\n'
            "[tool.other]\nx = 1\n"
        ),
    ),
    "TOML with an empty list": (
        "pyproject.toml",
        (
            '[tool.importlinter]\nroot_packages = ["shop"]\ncontract_types = []\n\n'
            '[[tool.importlinter.contracts]]\nid = "x"\nname = "X"\ntype = "acyclic_siblings"\n'
            'ancestors = ["shop"]\n'
        ),
    ),
}


@pytest.mark.parametrize(("file", "text"), EXISTING.values(), ids=EXISTING)
def test_what_a_configuration_lacks_comes_as_a_patch(file: str, text: str, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "shop", {**FLAT, file: text.encode(), "ruff.toml": BANNED})
    patch = processes.linter_ext(repository.root, "init", "--diff")
    assert patch.status == ExitStatus.CLEAN
    write(tmp_path, {"init.patch": patch.output})

    repository.git("apply", "../init.patch")
    run_command(repository.root, "baseline", "write")

    assert run_command(repository.root, "init").output == (
        f"{file} has all contracts already; nothing to add.\n"
    )
    assert run_command(repository.root, "init", "--diff").output == ""
    assert_green(repository.root)


def test_a_configuration_that_no_patch_fits(tmp_path: Path) -> None:
    dotted = 'tool.importlinter.root_packages = ["shop"]\n'
    text = f'{dotted}tool.importlinter.contracts = [{{id = "x", name = "X", type = "layers"}}]\n'
    tomllib.loads(text)
    write(tmp_path, {**FLAT, "pyproject.toml": text})

    assert run_command(tmp_path, "init", "--diff").status in (ExitStatus.CLEAN, ExitStatus.USAGE)
    inline = f"[tool.importlinter]\n{text.replace('tool.importlinter.', '')}"
    write(tmp_path, {**FLAT, "pyproject.toml": inline})

    outcome = run_command(tmp_path, "init", "--diff")

    assert (outcome.status, outcome.output) == (ExitStatus.USAGE, "")
    assert outcome.errors == (
        "error: pyproject.toml: the configuration is laid out in a way that no patch can be made "
        "for; add by hand what 'linter-ext init' lists\n"
    )


@pytest.mark.parametrize("option", [[], ["--diff"]], ids=["writing", "--diff"])
def test_a_configuration_that_cannot_be_read(option: list[str], tmp_path: Path) -> None:
    write(tmp_path, {**FLAT, CONFIGURATION: "# nothing\n"})

    assert run_command(tmp_path, "init", *option) == Outcome(
        ExitStatus.USAGE,
        "",
        "error: .importlinter: there is no section '[importlinter]', or nothing in it; add "
        "'[importlinter]' with 'root_packages'\n",
    )


def test_a_survey_reads_and_does_not_run(tmp_path: Path) -> None:
    write(tmp_path, {"shop/__init__.py": "raise SystemExit\n", "setup.py": "raise SystemExit\n"})

    survey = survey_repository(tmp_path)

    assert survey.root_packages == ("shop",)
    assert survey.layout.source_paths == ("setup.py",)
