"""Where a project under test keeps its packages and tests, and what its run time needs.

A project is an unpacked source distribution. Its root packages are found on the disk; what the
run time needs beside them (settings, options of pytest) is known for the projects listed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_INIT = "__init__.py"
_LAYOUTS = ("src", ".")
_NO_PACKAGES = frozenset({"doc", "docs", "examples", "benchmarks", "scripts", "t", "test", "tests"})


@dataclass(frozen=True, slots=True)
class Needs:
    """What the run time of one project needs.

    Attributes:
        prelude:     Python that runs before any import is tried, as a test run would.
        environment: variables of the environment.
        pytest:      options of pytest.
        ignored:     patterns of test files that the project has pytest leave out.
    """

    prelude: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    pytest: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the modules of a project begin; all paths are relative to the project.

    Attributes:
        base:     the folder that is on the import path, `.` or `src`.
        packages: root package → its folder, or its file.
        folders:  the other folders at the top that hold Python.
    """

    base: str
    packages: Mapping[str, str]
    folders: tuple[str, ...]

    @property
    def tops(self) -> frozenset[str]:
        """The folders that the configuration names."""
        return frozenset((*self.packages.values(), *self.folders))

    @property
    def configuration(self) -> str:
        """The configuration of linter-ext for the project."""
        return "\n".join(
            [
                "[importlinter]",
                *_lines("root_packages", self.packages),
                *(_lines("source_paths", self.folders) if self.folders else ()),
                *_lines("contract_types", _TYPES),
                *("[importlinter:contract:resolvable]", "name = Resolvable"),
                *("type = resolvable_imports", "third_party = installed"),
                *("optional = report", "references = resolve", "noqa = forbid"),
                *("[importlinter:contract:acyclic]", "name = Acyclic"),
                *("type = acyclic_imports", "noqa = forbid"),
                "",
            ]
        )


_TYPES = (
    "resolvable_imports: linter_ext.contract_types.ResolvableImportsContract",
    "acyclic_imports: linter_ext.contract_types.AcyclicImportsContract",
)


def layout_of(project: Path) -> Layout:
    """Find the layout of an unpacked project.

    Raises:
        SystemExit: if there is no package.
    """
    for base in (base for base in _LAYOUTS if (project / base).is_dir()):
        packages = dict(_packages(project, project / base, ""))
        if packages:
            used = {path.partition("/")[0] for path in packages.values()}
            folders = [path.name for path in _folders(project) if path.name not in used]
            found = (name for name in folders if any((project / name).rglob("*.py")))
            return Layout(base, packages, tuple(found))
    raise SystemExit(f"{project}: no package")


def needs_of(project: Path) -> Needs:
    """Return what a project's run time needs, by the name of its folder."""
    name = project.name.rpartition("-")[0] or project.name
    return _NEEDS.get(name.lower(), Needs())


def _packages(project: Path, folder: Path, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield packages with their folders; namespace folders are looked into."""
    for path in _folders(folder):
        if not prefix and folder == project and path.name in _NO_PACKAGES:
            continue
        name = f"{prefix}{path.name}"
        if (path / _INIT).is_file():
            yield name, path.relative_to(project).as_posix()
        elif not any(path.glob("*.py")):
            yield from _packages(project, path, f"{name}.")


def _folders(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if path.is_dir() and path.name.isidentifier()]


def _lines(option: str, values: Mapping[str, str] | tuple[str, ...]) -> list[str]:
    return [f"{option} =", *(f"    {value}" for value in values)]


_REST_FRAMEWORK = """
class Config:
    def getoption(self, name):
        return False


from tests.conftest import pytest_configure

pytest_configure(Config())
"""
_NEEDS: Mapping[str, Needs] = {
    "djangorestframework": Needs(prelude=_REST_FRAMEWORK),
    "pydantic": Needs(
        pytest=(
            *("-o", "strict_markers=false"),
            *("-o", "asyncio_default_fixture_loop_scope=function"),
        )
    ),
    "twine": Needs(ignored=("*integration*.py",)),
    "zope_interface": Needs(pytest=("-o", "consider_namespace_packages=true")),
}
