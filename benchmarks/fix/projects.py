"""The projects that are fixed: pinned, of different styles, each with its own tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project of PyPI, and what its tests and its moves need.

    Attributes:
        name:     its name on PyPI.
        version:  the one that is taken.
        style:    what it is here for.
        packages: its root packages.
        base:     the folder that holds them.
        outside:  folders of code outside the packages.
        inside:   parts of dotted names that mark tests within the packages; those never move.
        tests:    arguments for pytest.
        needs:    what else has to be installed.
        stay:     modules (with what lies under them) that cannot move: found by name at run time.
        names_stay: names that cannot move.
        by_name:  packages whose modules are looked up by name at run time: their shims stay.
    got_from: names that are then taken from those modules.
        aliases:  modules whose shim must be the module itself, because tests replace parts of it.
    surely:   modules that move in any case: tests replace parts of them by a string.
    """

    name: str
    version: str
    style: str
    packages: tuple[str, ...]
    tests: Sequence[str]
    base: str = "."
    outside: tuple[str, ...] = ()
    inside: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    stay: tuple[str, ...] = ()
    names_stay: frozenset[str] = frozenset()
    by_name: frozenset[str] = frozenset()
    got_from: frozenset[str] = frozenset()
    aliases: tuple[str, ...] = ()
    surely: tuple[str, ...] = ()

    @property
    def requirement(self) -> str:
        """Return the project as pip takes it."""
        return f"{self.name}=={self.version}"

    def found_in(self, folder: Path) -> Path:
        """Return the unpacked project in the folder that `fetch` filled."""
        return folder / "projects" / f"{self.name}-{self.version}"


PROJECTS = (
    Project(
        name="werkzeug",
        version="3.1.3",
        style="src layout, relative imports everywhere, TYPE_CHECKING",
        packages=("werkzeug",),
        base="src",
        outside=("tests",),
        tests=(
            *("tests", "--ignore=tests/test_serving.py", "--ignore=tests/live_apps"),
            *("--ignore=tests/middleware/test_http_proxy.py", "-m", "not dev_server"),
        ),
        needs=(
            *("MarkupSafe", "ephemeral-port-reserve", "pytest-timeout", "pytest-xprocess"),
            *("cryptography", "watchdog"),
        ),
        stay=("werkzeug.debug", "werkzeug.serving", "werkzeug._reloader"),
        # A test compares its repr.
        names_stay=frozenset({"werkzeug.routing.map.Map"}),
        aliases=("werkzeug.security",),
        surely=("werkzeug.middleware.profiler", "werkzeug.formparser"),
    ),
    Project(
        name="kombu",
        version="5.5.4",
        style="flat, tests with many mock.patch strings, relative imports in the package",
        packages=("kombu",),
        outside=("t",),
        tests=("t/unit", "-k", "not RedisSentinel"),
        needs=(
            *("amqp", "vine", "tzdata", "packaging", "pytz", "redis", "pymongo", "msgpack"),
            *("pyyaml", "urllib3", "pyro4", "kazoo", "zstandard", "brotli", "boto3"),
            *("azure-servicebus", "azure-storage-queue", "azure-identity"),
            *("google-cloud-pubsub", "google-cloud-monitoring", "hypothesis", "pytest-freezer"),
        ),
        # Tests load these again, or replace what they look up; `kombu.__getattr__` compares the
        # `__name__` of those that it loads with a table of its own.
        stay=(
            *("kombu.common", "kombu.connection", "kombu.entity", "kombu.message"),
            *("kombu.messaging", "kombu.pools", "kombu.serialization", "kombu.compression"),
            *("kombu.utils.debug", "kombu.utils.url"),
        ),
    ),
    Project(
        name="docutils",
        version="0.22",
        style="flat, absolute imports, `import pkg.mod` with dotted uses, TYPE_CHECKING",
        packages=("docutils",),
        outside=("test",),
        tests=("test",),
        needs=("pygments",),
        # Tests compare the reprs that hold the paths of these.
        stay=(
            *("docutils.languages", "docutils.parsers.rst.languages", "docutils.transforms"),
            *("docutils.parsers.rst.directives", "docutils.utils.math.mathml_elements"),
        ),
        by_name=frozenset({"docutils.parsers", "docutils.readers", "docutils.writers"}),
        got_from=frozenset({"Parser", "Reader", "Writer"}),
    ),
    Project(
        name="networkx",
        version="3.4.2",
        style="tests inside the packages, star imports, `import pkg as short`",
        packages=("networkx",),
        inside=frozenset({"tests", "conftest"}),
        needs=("numpy",),
        tests=(
            *("networkx/classes", "networkx/utils", "networkx/readwrite"),
            *("networkx/algorithms/centrality", "networkx/algorithms/components"),
            *("networkx/algorithms/shortest_paths", "networkx/algorithms/traversal"),
        ),
    ),
)
