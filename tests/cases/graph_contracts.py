"""Cases of import-linter's own contract types, by type: which imports are shown, and where."""

from __future__ import annotations

from collections.abc import Mapping

from tests.cases.case import Case, lines

_FORBIDDEN = "source_modules = app.low\nforbidden_modules = app.high"
_EXTERNAL = "include_external_packages = True"
_LAYERS = lines("layers", "app.high", "app.low")
_NOT_LOW = "'app.low' is not allowed to import 'app.high'"
_MOVE = "move the code to a lower layer, or hand the value in from above"
_THIRD = "move what both need into a third module"
_OFFER = "import what its allowed importers offer instead"
_BREAK = "break the chain at one link"
_CIRCLE = "by which 'app' has children that import each other in a circle"
_SHARED = "move what is shared into one of them, or into a third"


def low(text: str, *expected: str, options: str = _FORBIDDEN, session: str = "") -> Case:
    """Return a case of one text in `app.low`, beside the package `app.high`."""
    return Case(
        files={
            "app/low.py": text,
            "app/high/__init__.py": "thing = 1\n",
            "app/high/deep.py": "thing = 1\n",
        },
        options=options,
        session=session,
        expected=tuple(f"app/low.py:{line}" for line in expected),
    )


FORBIDDEN: Mapping[str, Case] = {
    "nothing forbidden is imported": low("import json\nimport app\n"),
    "the module itself": low("import app.high\n", f"1:8: IMC601 {_NOT_LOW}; remove the import"),
    "a name of it, shown at the module": low(
        "from app.high import thing\n", f"1:6: IMC601 {_NOT_LOW}; remove the import"
    ),
    "several names of it are one import": low(
        "from app.high import thing, gone\n", f"1:6: IMC601 {_NOT_LOW}; remove the import"
    ),
    "the module as a name, shown at the name": low(
        "from app import (\n    gone,\n    high as h,\n)\n",
        f"3:5: IMC601 {_NOT_LOW}; remove the import",
    ),
    "all its names": low("from app.high import *\n", f"1:6: IMC601 {_NOT_LOW}; remove the import"),
    "a module below it": low(
        "import os, app.high.deep as deep\n",
        f"1:12: IMC601 'app.low' imports 'app.high.deep', and {_NOT_LOW}; remove the import",
    ),
    "what is missing below it counts as the module": low(
        "import app.high.gone\n", f"1:8: IMC601 {_NOT_LOW}; remove the import"
    ),
    "a relative import": low(
        "from .high import thing\n", f"1:6: IMC601 {_NOT_LOW}; remove the import"
    ),
    "each statement is shown": low(
        "import app.high\n\n\ndef f():\n    from app import high\n",
        f"1:8: IMC601 {_NOT_LOW}; remove the import",
        f"5:21: IMC601 {_NOT_LOW}; remove the import",
    ),
    "after another statement on the line, and behind a colon": low(
        "x = 1; import app.high\ntry: import app.high\nexcept ImportError: import app.high\n",
        f"1:15: IMC601 {_NOT_LOW}; remove the import",
        f"2:13: IMC601 {_NOT_LOW}; remove the import",
        f"3:28: IMC601 {_NOT_LOW}; remove the import",
    ),
    "over several lines, with comments that hold parentheses": low(
        "if True:\n    from app.high import (  # )\n        gone,  # (\n        deep,\n    )\n",
        f"2:10: IMC601 {_NOT_LOW}; remove the import",
        f"4:9: IMC601 'app.low' imports 'app.high.deep', and {_NOT_LOW}; remove the import",
    ),
    "behind a backslash": low(
        "from app.high \\\n    import deep\n",
        f"2:12: IMC601 'app.low' imports 'app.high.deep', and {_NOT_LOW}; remove the import",
    ),
    "columns count characters": low(
        "é = 'ö'; import app.high\n", f"1:17: IMC601 {_NOT_LOW}; remove the import"
    ),
    "under TYPE_CHECKING": low(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import app.high\n",
        f"3:12: IMC601 {_NOT_LOW}; remove the import",
    ),
    "under TYPE_CHECKING, which is left out": low(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import app.high\n",
        session="exclude_type_checking_imports = True",
    ),
    "a noqa comment does not count for lint-imports, and so not here": low(
        "import app.high  # nothing\n", f"1:8: IMC601 {_NOT_LOW}; remove the import"
    ),
    "what ignore_imports names is taken out": low(
        "import app.high\n", options=f"{_FORBIDDEN}\nignore_imports = app.low -> app.high"
    ),
    "a package from outside": low(
        "import json\nfrom json.decoder import JSONDecoder\nfrom os import path\n",
        "1:8: IMC601 'app.low' is not allowed to import 'json'; remove the import",
        "2:6: IMC601 'app.low' is not allowed to import 'json'; remove the import",
        options="source_modules = app.low\nforbidden_modules = json",
        session=_EXTERNAL,
    ),
    "a chain: each import of it, in its own file": Case(
        files={
            "app/low.py": "from app import mid\n",
            "app/mid.py": "import os\nfrom app.high import thing\n",
            "app/high.py": "thing = 1\n",
        },
        options=_FORBIDDEN,
        expected=(
            (
                "app/low.py:1:17: IMC601 'app.low' imports 'app.mid', a link of "
                f"app.low -> app.mid -> app.high, and {_NOT_LOW}; {_BREAK}"
            ),
            (
                "app/mid.py:2:6: IMC601 'app.mid' imports 'app.high', a link of "
                f"app.low -> app.mid -> app.high, and {_NOT_LOW}; {_BREAK}"
            ),
        ),
    ),
    "a chain is fine where only direct imports count": Case(
        files={
            "app/low.py": "from app import mid\n",
            "app/mid.py": "from app.high import thing\n",
            "app/high.py": "",
        },
        options=f"{_FORBIDDEN}\nallow_indirect_imports = True",
    ),
    "the shortest chain is told of an import that is in several": Case(
        files={
            "app/low.py": "import app.a\nimport app.b\n",
            "app/a.py": "import app.b\n",
            "app/b.py": "import app.high\n",
            "app/high.py": "",
        },
        options=_FORBIDDEN,
        expected=(
            (
                "app/b.py:1:8: IMC601 'app.b' imports 'app.high', a link of "
                f"app.low -> app.b -> app.high, and {_NOT_LOW}; {_BREAK}"
            ),
            (
                "app/low.py:2:8: IMC601 'app.low' imports 'app.b', a link of "
                f"app.low -> app.b -> app.high, and {_NOT_LOW}; {_BREAK}"
            ),
        ),
    ),
    "of a long chain both ends are told": Case(
        files={
            "app/low.py": "import app.m1\n",
            **{f"app/m{n}.py": f"import app.m{n + 1}\n" for n in range(1, 6)},
            "app/m6.py": "import app.high\n",
            "app/high.py": "",
        },
        options=f"{_FORBIDDEN}\n{lines('ignore_imports', 'app.m1 -> app.gone')}\n"
        "unmatched_ignore_imports_alerting = none",
        expected=tuple(
            f"app/{importer}.py:1:8: IMC601 'app.{importer}' imports 'app.{imported}', a link of "
            "app.low -> app.m1 -> app.m2 -> (2 more) -> app.m5 -> app.m6 -> app.high, "
            f"and {_NOT_LOW}; {_BREAK}"
            for importer, imported in (
                ("low", "m1"),
                *((f"m{n}", f"m{n + 1}") for n in range(1, 6)),
                ("m6", "high"),
            )
        ),
    ),
    "wildcards": Case(
        files={
            "app/a/__init__.py": "",
            "app/a/models.py": "import app.views\n",
            "app/b/__init__.py": "",
            "app/b/models.py": "import app.views\n",
            "app/views.py": "",
        },
        options="source_modules = app.*.models\nforbidden_modules = app.views",
        expected=tuple(
            f"app/{name}/models.py:1:8: IMC601 'app.{name}.models' is not allowed to import "
            "'app.views'; remove the import"
            for name in ("a", "b")
        ),
    ),
    "packages in the folder src, and in a namespace": Case(
        files={"src/ns/app/low.py": "import ns.app.high\n", "src/ns/app/high.py": ""},
        options="source_modules = ns.app.low\nforbidden_modules = ns.app.high",
        packages=("ns.app",),
        layout="src/",
        expected=(
            (
                "src/ns/app/low.py:1:8: IMC601 'ns.app.low' is not allowed to import "
                "'ns.app.high'; remove the import"
            ),
        ),
    ),
}

LAYERS: Mapping[str, Case] = {
    "the order is kept": Case(
        files={"app/low.py": "", "app/high.py": "import app.low\n"}, options=_LAYERS
    ),
    "against the order": low(
        "import app.high.deep\n",
        f"1:8: IMC602 'app.low' imports 'app.high.deep', and {_NOT_LOW}; {_MOVE}",
        options=_LAYERS,
    ),
    "through a module in no layer": Case(
        files={
            "app/low.py": "import app.mid\n",
            "app/mid.py": "import app.high\n",
            "app/high.py": "",
        },
        options=_LAYERS,
        expected=(
            (
                "app/low.py:1:8: IMC602 'app.low' imports 'app.mid', a link of "
                f"app.low -> app.mid -> app.high, and {_NOT_LOW}; {_BREAK}"
            ),
            (
                "app/mid.py:1:8: IMC602 'app.mid' imports 'app.high', a link of "
                f"app.low -> app.mid -> app.high, and {_NOT_LOW}; {_BREAK}"
            ),
        ),
    ),
    "several ways in and out share their middle": Case(
        files={
            "app/low/__init__.py": "",
            "app/low/a.py": "import app.mid\n",
            "app/low/b.py": "import app.mid\n",
            "app/mid.py": "import app.high.x\nimport app.high.y\n",
            "app/high/__init__.py": "",
            "app/high/x.py": "",
            "app/high/y.py": "",
        },
        options=_LAYERS,
        expected=(
            (
                "app/low/a.py:1:8: IMC602 'app.low.a' imports 'app.mid', a link of "
                f"app.low.a -> app.mid -> app.high.x, and {_NOT_LOW}; {_BREAK}"
            ),
            (
                "app/low/b.py:1:8: IMC602 'app.low.b' imports 'app.mid', a link of "
                f"app.low.b -> app.mid -> app.high.x, and {_NOT_LOW}; {_BREAK}"
            ),
            (
                "app/mid.py:1:8: IMC602 'app.mid' imports 'app.high.x', a link of "
                f"app.low.a -> app.mid -> app.high.x, and {_NOT_LOW}; {_BREAK}"
            ),
            (
                "app/mid.py:2:8: IMC602 'app.mid' imports 'app.high.y', a link of "
                f"app.low.a -> app.mid -> app.high.y, and {_NOT_LOW}; {_BREAK}"
            ),
        ),
    ),
    "siblings of one layer": Case(
        files={"app/a.py": "import app.b\n", "app/b.py": ""},
        options="layers = app.a | app.b",
        expected=(f"app/a.py:1:8: IMC602 'app.a' is not allowed to import 'app.b'; {_MOVE}",),
    ),
    "siblings of one layer that need not be independent": Case(
        files={"app/a.py": "import app.b\n", "app/b.py": ""}, options="layers = app.a : app.b"
    ),
    "a layer that may be missing": Case(
        files={"app/low.py": ""}, options=lines("layers", "(app.high)", "app.low")
    ),
    "in a container": Case(
        files={"app/low.py": "import app.high\n", "app/high.py": ""},
        options=f"containers = app\n{lines('layers', 'high', 'low')}",
        expected=(f"app/low.py:1:8: IMC602 {_NOT_LOW}; {_MOVE}",),
    ),
    "a module in no layer, where all must be in one": Case(
        files={
            "app/low.py": "",
            "app/new.py": '"""Words."""\n',
            "app/sub/__init__.py": "",
        },
        options="containers = app\nlayers = low\nexhaustive = True",
        expected=(
            (
                "app/new.py:1:1: IMC602 'app.new' is in no layer; add it to 'layers' or to "
                "'exhaustive_ignores'"
            ),
            (
                "app/sub/__init__.py:1:1: IMC602 'app.sub' is in no layer; add it to 'layers' or "
                "to 'exhaustive_ignores'"
            ),
        ),
    ),
}

INDEPENDENCE: Mapping[str, Case] = {
    "independent modules": Case(
        files={"app/a.py": "import app.c\n", "app/b.py": "import app.c\n", "app/c.py": ""},
        options=lines("modules", "app.a", "app.b"),
    ),
    "in both directions": Case(
        files={"app/a.py": "import app.b\n", "app/b.py": "from app import a\n"},
        options=lines("modules", "app.a", "app.b"),
        expected=(
            f"app/a.py:1:8: IMC603 'app.a' is not allowed to import 'app.b'; {_THIRD}",
            f"app/b.py:1:17: IMC603 'app.b' is not allowed to import 'app.a'; {_THIRD}",
        ),
    ),
    "through a third": Case(
        files={"app/a.py": "import app.c\n", "app/b.py": "", "app/c.py": "import app.b\n"},
        options=lines("modules", "app.a", "app.b"),
        expected=(
            (
                "app/a.py:1:8: IMC603 'app.a' imports 'app.c', a link of app.a -> app.c -> app.b, "
                f"and 'app.a' is not allowed to import 'app.b'; {_BREAK}"
            ),
            (
                "app/c.py:1:8: IMC603 'app.c' imports 'app.b', a link of app.a -> app.c -> app.b, "
                f"and 'app.a' is not allowed to import 'app.b'; {_BREAK}"
            ),
        ),
    ),
}

_PROTECTED = "protected_modules = app.tables\nallowed_importers = app.repository"

PROTECTED: Mapping[str, Case] = {
    "an allowed importer": Case(
        files={"app/tables.py": "", "app/repository.py": "import app.tables\n"},
        options=_PROTECTED,
    ),
    "any other importer": Case(
        files={
            "app/tables/__init__.py": "",
            "app/tables/orders.py": "import app.tables\n",
            "app/repository.py": "",
            "app/views.py": "from app.tables.orders import Order\n",
        },
        options=_PROTECTED,
        expected=(
            (
                "app/views.py:1:6: IMC604 'app.views' imports 'app.tables.orders', and "
                f"'app.tables' is protected from it; {_OFFER}"
            ),
        ),
    ),
}

ACYCLIC_SIBLINGS: Mapping[str, Case] = {
    "no circle": Case(
        files={"app/a.py": "import app.b\n", "app/b.py": ""}, options="ancestors = app"
    ),
    "the import that breaks the circle with least work": Case(
        files={
            "app/a/__init__.py": "from app.b import x\nimport app.b.c\n",
            "app/b/__init__.py": "",
            "app/b/c.py": "def f():\n    import app.a\n",
        },
        options="ancestors = app",
        expected=(f"app/b/c.py:2:12: IMC605 'app.b.c' imports 'app.a', {_CIRCLE}; {_SHARED}",),
    ),
}

TABLES: Mapping[str, Mapping[str, Case]] = {
    "forbidden": FORBIDDEN,
    "layers": LAYERS,
    "independence": INDEPENDENCE,
    "protected": PROTECTED,
    "acyclic_siblings": ACYCLIC_SIBLINGS,
}
