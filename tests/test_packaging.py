"""What the package promises about itself."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import entry_points, files
from pathlib import Path

import linter_ext

ROOT = Path(__file__).parent.parent


def _project() -> dict[str, list[str]]:
    project: dict[str, list[str]] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return project


def test_the_lowest_versions_tested_are_the_floors_of_the_dependencies() -> None:
    floors = {
        match[1]: match[2]
        for line in _project()["dependencies"]
        if (match := re.match(r"([\w-]+)>=([\d.]+)", line))
    }
    pinned = dict(
        line.split("==")
        for line in (ROOT / ".ci" / "lowest.txt").read_text().splitlines()
        if not line.startswith("#")
    )

    assert pinned.keys() == floors.keys()
    for name, floor in floors.items():
        assert pinned[name] == floor or pinned[name].removesuffix(".0") == floor


def test_the_package_is_typed() -> None:
    assert (Path(linter_ext.__file__).parent / "py.typed").is_file()


def test_flake8_finds_the_plugin() -> None:
    (plugin,) = (item for item in entry_points(group="flake8.extension") if item.name == "IMC")

    assert plugin.value == "linter_ext.flake8_plugin:ImportContractsPlugin"


def test_the_command_is_installed() -> None:
    assert [item.value for item in entry_points(group="console_scripts", name="linter-ext")] == [
        "linter_ext.__main__:main"
    ]
    assert files("linter-ext")
