"""What happens when a process imports modules, played through from source text."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TypeAlias

from linter_ext.names import prefixes
from linter_ext.source.asked import Asked
from linter_ext.source.exceptions import may_catch
from linter_ext.source.file import SourceFile
from linter_ext.source.gaps import Gap, Lack, State
from linter_ext.source.import_time import (
    Asks,
    Binds,
    Chooses,
    ClimbsOut,
    Ends,
    Loads,
    Reads,
    Registers,
    Step,
    Steps,
    Tries,
    Unbinds,
)
from linter_ext.source.import_times import ImportTimes
from linter_ext.source.index import Index
from linter_ext.source.presence import Presence
from linter_ext.source.process import Module, Process
from linter_ext.source.text import UnreadableError
from linter_ext.source.tree import STUB_SUFFIX


class Fault(Enum):
    """Why the statement at the end of a chain fails."""

    MISSING = auto()
    """What it asks for is not there: the link's `gap` says what."""
    PARTIAL = auto()
    """It asks a module that is still being loaded for a name that is not bound yet (a cycle)."""
    UNREADABLE = auto()
    """The file it loads is not valid Python."""
    RAISES = auto()
    """It is itself a `raise`."""
    BEYOND = auto()
    """It is a relative import that climbs out of the topmost package."""


@dataclass(frozen=True, slots=True)
class Link:
    """One statement on the way to a failure.

    Attributes:
        path:   the file of the statement.
        line:   its first line (1-based).
        target: the dotted path it asks for, by its first-party name.
        fault:  why it fails; None for all links but the last, whose module fails further down.
        gap:    what is not there, if that is the fault.
    """

    path: str
    line: int
    target: str
    fault: Fault | None = None
    gap: Gap | None = None

    @property
    def is_partial(self) -> bool:
        """Whether the name is asked of a module that is still being loaded."""
        return self.fault is Fault.PARTIAL

    @property
    def is_outside(self) -> bool:
        """Whether what is missing is no part of the project."""
        return self.gap is not None and self.gap.lack is Lack.NOT_INSTALLED

    @property
    def is_unreadable(self) -> bool:
        """Whether the file that the statement loads is not valid Python."""
        return self.fault is Fault.UNREADABLE


@dataclass(frozen=True, slots=True)
class _Stop:
    """Why a sequence of steps went no further.

    Attributes:
        error: the class of the exception; empty if the text does not tell.
        links: the statements from here down to the one at fault; none if what was asked for
               could not even be begun.
        fault: why, in that case.
        gap:   what is not there, in that case.
        skips: whether the exception leaves a file out of a test run.
    """

    error: str
    links: tuple[Link, ...] = ()
    fault: Fault | None = None
    gap: Gap | None = None
    skips: bool = False

    def under(self, path: str, line: int, target: str) -> _Stop:
        """Return the same, as it passes through a statement further up."""
        if not self.links:
            return replace(self, links=(Link(path, line, target, self.fault, self.gap),))
        return replace(self, links=(Link(path, line, target), *self.links))


@dataclass(frozen=True, slots=True)
class _Failure:
    """A module that did not load, and what that depends on.

    Attributes:
        stop:    why.
        absent:  the modules that were begun meanwhile, which the process did not have.
        present: the modules that something was asked of, each with how much it had bound.
    """

    stop: _Stop
    absent: frozenset[str]
    present: Mapping[str, int]

    def would_recur(self, process: Process) -> bool:
        """Return whether the module would fail in the same way."""
        return self.absent.isdisjoint(process.modules) and all(
            process.progress(module) == bound for module, bound in self.present.items()
        )


Task: TypeAlias = Generator[str, "_Stop | None", "_Stop | None"]
"""Steps that are being taken: it yields the modules to be run, and gets what stopped them."""


class Loader:
    """One process that imports modules, played through from source text.

    What is loaded stays loaded, so that what is asked later depends on what was asked before.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._presence = index.derived(Presence)
        self._times = index.derived(ImportTimes)
        self._process = Process(index)
        self._failures: dict[str, _Failure] = {}
        self._begun: set[str] = set()
        self._asked: set[str] = set()

    def load(self, module: str) -> tuple[Link, ...] | None:
        """Import a module by its absolute name, its packages first.

        Returns:
            None if it loads; else the chain from the failing statement in the module itself (or
            in the package of it that fails) down to the statement at fault. A module that is
            not there, or not valid Python, is one link without a file, at line 0.
        """
        return _told(self._drive(self._import(_packages_to(module))), module)

    def load_file(self, file: SourceFile) -> tuple[Link, ...] | None:
        """Import a file as pytest does, or a script: the packages it lies in first.

        Returns:
            The same as `load`.
        """
        name = file.module.name
        packages = [item for item in _packages_to(name)[:-1] if self._is_inside(name, item)]
        stop = self._drive(self._import(packages)) if packages else None
        if stop is None and not self.has_loaded(name):
            stop = self._drive(self._run_file(name, file))
        return _told(stop, name)

    def fork(self) -> Loader:
        """Return another process in the same state."""
        other: Loader = type(self)(self._index)
        other._process = self._process.fork()
        other._failures = self._failures
        return other

    def has_loaded(self, module: str) -> bool:
        """Return whether the process has a module."""
        return module in self._process.modules

    def _is_inside(self, module: str, package: str) -> bool:
        """Return whether every folder from a package down to a module has an `__init__`."""
        between = [item for item in _packages_to(module)[:-1] if len(item) >= len(package)]
        files = [self._index.file(item) for item in between]
        return all(file is not None and file.module.is_package for file in files)

    # Modules. Those that wait for others are kept in a list, not on the call stack: chains of
    # imports may be longer than Python's own calls may nest.

    def _drive(self, task: Task) -> _Stop | None:
        tasks = [task]
        stop: _Stop | None = None
        while tasks:
            try:
                wanted = tasks[-1].send(stop)
            except StopIteration as ended:
                tasks.pop()
                stop = ended.value
            else:
                tasks.append(self._run(wanted))
                stop = None
        return stop

    def _import(self, modules: Sequence[str]) -> Task:
        """Import a module, the last of some; those before it are its packages.

        The packages around a module that the process has are not looked at.
        """
        there = [number for number, module in enumerate(modules) if self.has_loaded(module)]
        self._asked.update(modules[number] for number in there[-1:])
        for module in modules[there[-1] + 1 if there else 0 :]:
            if not self.has_loaded(module):
                stop = yield module
                if stop is not None:
                    return stop
        return None

    def _run(self, name: str) -> Task:
        """Run a module that the process does not have."""
        known = self._failures.get(name)
        if known is not None and known.would_recur(self._process):
            self._begun |= known.absent
            self._asked.update(known.present)
            return known.stop
        found = self._presence.module(name)
        if isinstance(found, Gap):
            return _Stop("ModuleNotFoundError", fault=Fault.MISSING, gap=found)
        is_own = found is State.THERE and self._index.tree.is_first_party(name)
        if is_own and self._index.is_unreadable(name):
            return _Stop("SyntaxError", fault=Fault.UNREADABLE)
        file = self._presence.file(name) if is_own else None
        if file is not None and file is self._index.file(name) and not _is_stub(file):
            return (yield from self._run_file(name, file))
        self._process.modules[name] = None
        return None

    def _run_file(self, name: str, file: SourceFile) -> Task:
        try:
            steps = self._times.steps(file)
        except UnreadableError as error:
            if isinstance(error.__cause__, RecursionError):  # Python itself may get through.
                self._process.modules[name] = None
                return None
            return _Stop("SyntaxError", fault=Fault.UNREADABLE)
        module = Module(name, file)
        self._process.modules[name] = module
        begun, asked = self._begun, self._asked
        self._begun, self._asked = {name}, set()
        stop = yield from self._steps(module, steps)
        if stop is None:
            module.is_loaded = True
        else:
            del self._process.modules[name]
            present = {item: self._process.progress(item) for item in self._asked - self._begun}
            self._failures[name] = _Failure(stop, frozenset(self._begun), present)
        self._begun, self._asked = begun | self._begun, asked | self._asked
        return stop

    # Steps.

    def _steps(self, module: Module, steps: Steps) -> Task:
        for step in steps:
            stop = yield from self._step(module, step)
            if stop is not None:
                return stop
        return None

    def _step(self, module: Module, step: Step) -> Task:
        task: Task
        match step:
            case Asks():
                task = self._ask(module, step)
            case Tries():
                task = self._try(module, step)
            case Chooses():
                task = self._choose(module, step)
            case Loads():
                task = self._call(module, step)
            case _:
                return self._pass(module, step)
        return (yield from task)

    def _step_aside(self, module: Module, value: str | None) -> None:
        """Play `sys.modules[__name__] = …` through: who asks for the module gets another one."""
        path = module.bound.get(value) if value is not None else None
        other = self._process.modules.get(path) if path is not None else None
        if other is not None and other.is_loaded:
            self._process.modules[module.name] = other
        else:
            module.is_vague = True

    def _pass(self, module: Module, step: Step) -> _Stop | None:
        """Take a step that loads nothing."""
        path = module.file.path
        match step:
            case Binds(names=names):
                module.bound.update(dict.fromkeys(names))
            case Unbinds(names=names):
                for name in names:
                    module.bound.pop(name, None)
            case Registers(module="", value=value):
                self._step_aside(module, value)
            case Registers(module=registered):
                self._process.register(registered)
            case Reads():
                return self._read(module, step)
            case ClimbsOut(line=line, module=asked) if "." not in module.file.module.root.name:
                return _Stop("ImportError", (Link(path, line, asked, Fault.BEYOND),))
            case Ends(line=line, error=error, skips=skips):
                return _Stop(error, (Link(path, line, module.name, Fault.RAISES),), skips=skips)
        return None

    def _try(self, module: Module, step: Tries) -> Task:
        stop = yield from self._steps(module, step.body)
        if stop is None:
            for name in step.others:  # What else the body does may have failed.
                module.bound.setdefault(name)
            stop = yield from self._steps(module, step.orelse)
        else:
            error = stop.error
            handler = next((item for item in step.handlers if may_catch(item.errors, error)), None)
            if handler is not None:
                again = yield from self._steps(module, handler.steps)
                stop = None if again is None else _first_cause(stop, again)
        last = yield from self._steps(module, step.finally_)
        return last or stop

    def _choose(self, module: Module, step: Chooses) -> Task:
        """Take every branch in turn; stop where each of them does."""
        stops: list[_Stop] = []
        for branch in step.branches:
            stop = yield from self._steps(module, branch)
            stops += [] if stop is None else [stop]
        module.bound.update(dict.fromkeys(step.names))
        if len(stops) < len(step.branches):
            return None
        return next((stop for stop in stops if stop.skips), stops[0])

    def _call(self, module: Module, step: Loads) -> Task:
        """Play `importlib.import_module("…")` or `pytest.importorskip("…")` through."""
        wanted = self._index.identity(module.file, step.module)
        stop = yield from self._import(_last(_packages_to(wanted), step.module))
        if stop is None or (stop.fault is Fault.MISSING and self._process.takes_anything):
            return None
        if step.may_skip and may_catch(("ImportError",), stop.error):
            return replace(stop, error="Skipped", skips=True)
        return stop.under(module.file.path, step.line, wanted)

    def _read(self, module: Module, step: Reads) -> _Stop | None:
        untaken = self._process.follow(module, step)
        if untaken is None:
            return None
        if untaken.gap is None:
            return self._early(module, step.line, untaken.path, "AttributeError")
        link = Link(module.file.path, step.line, untaken.path, Fault.MISSING, untaken.gap)
        return _Stop("AttributeError", (link,))

    # Import statements.

    def _ask(self, module: Module, step: Asks) -> Task:
        if step.asked[0].item.name is not None:
            return (yield from self._take_all(module, step))
        for asked in step.asked:
            packages = _last(_packages_to(asked.module), asked.written)
            stop = yield from self._find(module, step.line, asked, packages)
            if stop is None:  # The statement gets the topmost package first, then what it binds.
                stop = yield from self._find(module, step.line, asked, packages[:1])
            if stop is not None:
                return stop
            if step.binds:
                module.bound[asked.item.local_name] = asked.bound
        return None

    def _find(self, module: Module, line: int, asked: Asked, packages: Sequence[str]) -> Task:
        """Import the module that a statement names, after its packages."""
        stop = yield from self._import(packages)
        if stop is None:
            return None
        if not stop.links and stop.fault is Fault.MISSING:
            return self._lacking(module, line, asked, "ModuleNotFoundError")
        return stop.under(module.file.path, line, asked.module)

    def _lacking(self, module: Module, line: int, asked: Asked, error: str) -> _Stop | None:
        """Return the failure of an import that asks for what is not there, unless it may be."""
        found = self._presence.of_import(module.file, asked)
        if not isinstance(found, Gap) or self._process.takes_anything:
            return None
        return _Stop(error, (Link(module.file.path, line, asked.path, Fault.MISSING, found),))

    def _take_all(self, module: Module, step: Asks) -> Task:
        """Play `from … import …` through: the module, submodules, then the names."""
        first = step.asked[0]
        packages = _last(_packages_to(first.module), first.written)
        stop = yield from self._find(module, step.line, first, packages)
        if stop is not None:
            return stop
        if first.item.is_star:
            return (yield from self._take_star(module, first.module, step))
        names = [asked.item.name or "" for asked in step.asked]
        stop = yield from self._load_submodules(module, first.module, names, step.line)
        if stop is not None:
            return stop
        for asked, name in zip(step.asked, names, strict=True):
            stop = self._take(module, step.line, asked, name)
            if stop is not None:
                return stop
            if step.binds:
                module.bound[asked.item.local_name] = self._process.meaning(asked.module, name)
        return None

    def _load_submodules(
        self, module: Module, source: str, names: Sequence[str], line: int
    ) -> Task:
        """Load those of some names that a package offers as submodules only."""
        for name in names:
            path = f"{source}.{name}"
            if self.has_loaded(path):
                self._asked.add(path)
            elif self._process.needs_submodule(source, name):
                stop = yield path
                if stop is not None:
                    return stop.under(module.file.path, line, path)
            else:
                stop = yield from self._load_lazily(module, source, name, line)
                if stop is not None:
                    return stop
        return None

    def _load_lazily(self, module: Module, source: str, name: str, line: int) -> Task:
        """Load what the `__getattr__` of a module imports for a name."""
        holder = self._process.modules.get(source)
        is_asked = holder is not None and "__getattr__" in holder.bound and not holder.is_vague
        if not is_asked or self._process.has(source, name):
            return None
        for wanted in self._presence.loads(source, name):
            stop = yield from self._import(_packages_to(wanted))
            if stop is not None:
                return stop.under(module.file.path, line, f"{source}.{name}")
        return None

    def _take(self, module: Module, line: int, asked: Asked, name: str) -> _Stop | None:
        """Take one name from a module that the process has."""
        if self._process.has(asked.module, name):
            return None
        source = self._process.modules.get(asked.module)
        lacking = self._lacking(module, line, asked, "ImportError")
        if lacking is not None or source is None or self._process.may_offer(source, name):
            return lacking
        if not source.is_loaded:
            return self._early(module, line, asked.path, "ImportError")
        gap = Gap(asked.path, Lack.UNBOUND)
        link = Link(module.file.path, line, asked.path, Fault.MISSING, gap)
        return _Stop("ImportError", (link,))

    def _take_star(self, module: Module, name: str, step: Asks) -> Task:
        """Play `from … import *` through (language reference, 7.11)."""
        source = self._process.modules.get(name)
        if source is None and self._is_folder(name):
            known = [item for item in self._index.children(name) if self._process.has(name, item)]
            module.bound.update((item, f"{name}.{item}") for item in known)
            return None
        if source is None or source.is_vague:
            module.is_vague = True
            return None
        names = sorted(self._process.public_names(source))
        if "__all__" in source.bound:
            exported = source.file.bindings.exported
            module.is_vague |= exported is None
            names = sorted(exported or ())
        stop = yield from self._load_submodules(module, name, names, step.line)
        if stop is None:
            stop = self._lacking_star(module, source, step)
        if stop is None:
            known = [item for item in names if self._process.has(name, item)]
            module.bound.update((item, self._process.meaning(name, item)) for item in known)
        return stop

    def _is_folder(self, module: str) -> bool:
        """Return whether a module is a folder of the project without an `__init__`."""
        is_read = self._index.file(module) is not None or self._index.is_unreadable(module)
        return self._index.is_package(module) and not is_read

    def _lacking_star(self, module: Module, source: Module, step: Asks) -> _Stop | None:
        """Return the failure of a star import whose module lists what it does not have."""
        if "__all__" not in source.bound or not self._process.has_listed_all(source):
            return None
        stop = self._lacking(module, step.line, step.asked[0], "AttributeError")
        target = self._process.listed_too_early(source) if stop is None else None
        return stop if target is None else self._early(module, step.line, target, "AttributeError")

    def _early(self, module: Module, line: int, target: str, error: str) -> _Stop:
        """Return the failure of a statement that asks for a name too early."""
        self._asked.add(target.rpartition(".")[0])
        return _Stop(error, (Link(module.file.path, line, target, Fault.PARTIAL),))


def _told(stop: _Stop | None, module: str) -> tuple[Link, ...] | None:
    if stop is None or stop.skips:
        return None
    return stop.links or stop.under("", 0, module).links


def _packages_to(module: str) -> list[str]:
    """Return the packages around a module, outermost first, and the module."""
    return [*prefixes(module)][::-1]


def _last(modules: list[str], written: str) -> list[str]:
    """Return as many of the modules, from the end, as the name in the code has components."""
    return modules[-written.count(".") - 1 :]


def _is_stub(file: SourceFile) -> bool:
    return file.path.endswith(STUB_SUFFIX)


def _first_cause(first: _Stop, again: _Stop) -> _Stop:
    """Return why a `try` fails whose handler fails as well: as a rule, for the first reason."""
    one, other = first.links[-1], again.links[-1]
    if again.skips:
        return again
    if other.fault is not Fault.RAISES:
        is_meant = one.fault is Fault.RAISES or (one.is_outside and not other.is_outside)
        if is_meant:  # The handler is what was to run.
            return again
    return replace(first, error=again.error or first.error)
