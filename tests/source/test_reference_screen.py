"""What clears a file of dead references by its text alone."""

from __future__ import annotations

import pytest

from linter_ext.rules.reference_screen import may_have_dead_references, may_have_dead_settings
from tests.source.project import index_of, open_file

FILES = {
    "app/__init__.py": "",
    "app/mod.py": "class Thing:\n    here = 1\n\ndef function(): ...\n",
}


@pytest.mark.parametrize(
    ("text", "may"),
    [
        pytest.param("x = 'app.gone'", False, id="no call that takes a path"),
        pytest.param("patch('app.mod.Thing')", False, id="what is there"),
        pytest.param("patch('app.mod.Thing.here'); y = 'app.mod.function'", False, id="attributes"),
        pytest.param("patch('other.gone')", False, id="not the project's"),
        pytest.param("import_module('app.mod'); import_module('gone.sub')", False, id="modules"),
        pytest.param("patch('app.gone')", True, id="a missing name"),
        pytest.param("patch('app.mod.Thing.gone')", True, id="a missing attribute"),
        pytest.param("patch('app.mod.Thing'); x = 'app.gone'", False, id="missing elsewhere"),
        pytest.param("patch(target='app.mod.Thing'); x = 'app.gone'", True, id="by keyword"),
        pytest.param("patch('app.mod.Thing'); x = 'a' 'b'", False, id="in two elsewhere"),
        pytest.param("patch(('app.gone') ,)", True, id="in parentheses"),
        pytest.param("patch('app.mod.Thing');patch('app.gone'  # so\n)", True, id="a comment"),
        pytest.param("patch('''app.gone''')", True, id="three quotes"),
        pytest.param("import_module('app.mod.Thing')", True, id="no module"),
        pytest.param("import_module('json.gone')", True, id="no standard module"),
        pytest.param("patch('app.' 'gone')", True, id="a string in two"),
        pytest.param("patch.multiple('app.mod', gone=1)", True, id="attributes by keyword"),
    ],
)
def test_references(text: str, *, may: bool) -> None:
    index = index_of({**FILES, "tests/test_it.py": f"from mock import patch\n{text}\n"})
    assert may_have_dead_references(open_file(index, "tests/test_it.py"), index) is may


@pytest.mark.parametrize(
    ("text", "may"),
    [
        pytest.param("x = 'app.gone'", False, id="no setting"),
        pytest.param("MIDDLEWARE = ['app.mod.Thing', 'other.gone']", False, id="what is there"),
        pytest.param("ROOT_URLCONF = 'app.mod'", False, id="a module"),
        pytest.param("MIDDLEWARE = ['app.mod.Gone']", True, id="a missing name"),
        pytest.param("ROOT_URLCONF = 'app.mod.Thing'", True, id="no module"),
        pytest.param("MIDDLEWARE = ['app.' 'gone']", True, id="a string in two"),
    ],
)
def test_settings(text: str, *, may: bool) -> None:
    index = index_of({**FILES, "app/settings.py": f"{text}\n"})
    assert may_have_dead_settings(open_file(index, "app/settings.py"), index) is may
