"""Which settings of a project have a bearing on how its imports are resolved."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

from linter_ext.source.django_settings import depends_on_django

_SETTINGS = re.compile(
    r"(?:setup\.py|setup\.cfg|pyproject\.toml|meson\.build|CMakeLists\.txt|Pipfile"
    r"|requirements\.txt|tox\.ini|\.?pytest\.(?:ini|toml))"
)
"""Files in the project root that say how imports are resolved."""

_PYPROJECT = "pyproject.toml"
_METADATA = frozenset(
    {
        "authors",
        "classifiers",
        "dependencies",
        "description",
        "group",
        "keywords",
        "license",
        "license-files",
        "maintainers",
        "optional-dependencies",
        "readme",
        "requires-python",
        "urls",
        "version",
    }
)
"""What a `pyproject.toml` says of the project without a bearing on its imports."""

_OTHER_TOOLS = frozenset(
    {
        "bandit",
        "basedpyright",
        "black",
        "bumpversion",
        "cibuildwheel",
        "codespell",
        "commitizen",
        "coverage",
        "flake8",
        "importlinter",
        "isort",
        "mypy",
        "pylint",
        "pyrefly",
        "pyright",
        "ruff",
        "semantic_release",
        "towncrier",
        "tox",
        "ty",
        "uv",
    }
)
"""Tools without a bearing on how imports are resolved; our own configuration is seen to."""


def resolves_otherwise(path: str, old: str | None, new: str | None) -> bool:
    """Return whether imports may be resolved otherwise because a file is changed.

    Args:
        path: the file, relative to the project root.
        old:  what it said; None if it was not there or cannot be read.
        new:  what it says, in the same way.
    """
    if _SETTINGS.fullmatch(path) is None:
        return False
    if path != _PYPROJECT or old is None or new is None:
        return True
    try:
        is_same = _settings_in(old) == _settings_in(new)
    except tomllib.TOMLDecodeError:
        return True
    return not is_same or depends_on_django([old]) != depends_on_django([new])


def _settings_in(pyproject: str) -> Mapping[str, object]:
    """Return what a `pyproject.toml` says, but for what has nothing to do with imports.

    Raises:
        TOMLDecodeError: if it is not TOML.
    """
    said = tomllib.loads(pyproject)
    project, tools = _table(said, "project"), _table(said, "tool")
    poetry = {key: item for key, item in _table(tools, "poetry").items() if key not in _METADATA}
    return {
        **{key: item for key, item in said.items() if key != "dependency-groups"},
        "project": {key: item for key, item in project.items() if key not in _METADATA},
        "tool": {
            **{key: item for key, item in tools.items() if key not in _OTHER_TOOLS},
            "poetry": poetry,
        },
    }


def _table(said: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = said.get(key)
    return found if isinstance(found, dict) else {}
