"""The entry points of a pyproject.toml."""

from __future__ import annotations

import pytest

from linter_ext.source.facts import Reference, ReferenceKind, Referrer, Span
from linter_ext.tables.entry_points import find_entry_points
from tests.source.reading import place


def test_an_entry_point_has_all_its_facts() -> None:
    text = '[project.scripts]\ntool = "app.cli:main"\n'

    assert find_entry_points(text) == (
        Reference("app.cli.main", ReferenceKind.OBJECT, Span(2, 8, 2, 22), 2, Referrer.DECLARED),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("[project.gui-scripts]\na = 'b:c.d'", ["object b.c.d 2:5-12"], id="gui"),
        pytest.param(
            '[project.entry-points."x.y"]\na = "b.c"\nd = "e:f [g, h]"',
            ["module b.c 2:5-10", "object e.f 3:5-17"],
            id="groups",
        ),
        pytest.param(
            '[project]\nscripts = { a = "b:c", d = "e:f" }',
            ["object b.c 2:17-22", "object e.f 2:28-33"],
            id="on one line",
        ),
        pytest.param('[tool.poetry.scripts]\na = "b:c"', ["object b.c 2:5-10"], id="Poetry"),
        pytest.param(
            '[tool.poetry.scripts]\na = { callable = "b:c", extras = ["d"] }\n'
            'e = { reference = "f:g", type = "console" }\n'
            'h = { reference = "i.sh", type = "file" }',
            ["object b.c 2:18-23", "object f.g 3:19-24"],
            id="Poetry's tables",
        ),
        pytest.param(
            '[tool.poetry.plugins."x"]\na = "b:c"', ["object b.c 2:5-10"], id="Poetry's plugins"
        ),
        pytest.param(
            "[project.scripts]\na = '''b:c'''", ["object b.c 2:5-14"], id="in three quotes"
        ),
        pytest.param(
            '[project.scripts]\na = """\\\n  b:c"""', ["object b.c 2:1-9"], id="over two lines"
        ),
        pytest.param(
            "# größe\n[project.scripts]\n'größe' = 'b:c'  # b:c", ["object b.c 3:11-16"], id="text"
        ),
    ],
)
def test_entry_points_are_found(text: str, found: list[str]) -> None:
    assert [
        f"{item.kind} {item.target} {place(item.span)}" for item in find_entry_points(text)
    ] == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("[project.scripts]\na = ", id="not TOML"),
        pytest.param("[project.scripts]\na = 1\nb = ['c:d']\nc = 'd:'\ne = ':f'", id="no paths"),
        pytest.param("[project]\nscripts = 'a:b'\nentry-points = 1", id="no tables"),
        pytest.param("project = 1\ntool = 'a:b'", id="no tables at all"),
        pytest.param("[tool.other.scripts]\na = 'b:c'", id="other tools"),
        pytest.param("[project.entry-points]\nx = 'a:b'", id="no group"),
    ],
)
def test_other_strings_are_none(text: str) -> None:
    assert find_entry_points(text) == ()
