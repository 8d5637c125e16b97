"""Every mistake in a configuration: one line with its place and the way out, in each front end."""

from __future__ import annotations

import configparser
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from importlinter.domain.contract import registry

from linter_ext.cli.exit_status import ExitStatus
from linter_ext.configuration import load
from linter_ext.configuration_file import ConfigurationFile, find_configuration
from linter_ext.configuration_syntax import syntax_problems
from linter_ext.errors import ConfigurationError, Problem
from tests import processes
from tests.configurations import (
    ABSOLUTE,
    CANONICAL,
    DEPRECATED,
    MOVED,
    TYPES,
    contract,
    ini,
    session,
    toml,
)
from tests.front_ends import run_check, run_flake8, run_lint_imports, write

NOT_TEXT = "is not text; write a text or a list of texts"
NO_MODULE = "matches no module; name a module or package of the root packages or source paths"
WILDCARDS = "write names joined by dots, '*' for any one of them, '**' for any number"
ARROW = "write 'old => new', or 'old' alone where there is no replacement"
NO_TABLE = "create it, or correct the path, which starts at the project root"
TWO_HOMES = "keep one, and list the other under 'also' or mark it deprecated"
BELOW = "name a folder or file below the project root"
NOT_A_LIST = "one text where lint-imports needs a list; put each item on a line of its own (INI),"
DOTTED_NAME = "write identifiers joined by dots, such as package.module.Name"
SECTION = session().count("\n") + 1  # Where the section of the contract starts.
ABSOLUTE_OPTIONS = (
    "ban, broken_contract_guidance, ignore_imports, max_known, noqa, source_modules, "
    "unmatched_ignore_imports_alerting"
)
DEPRECATED_OPTIONS = (
    "broken_contract_guidance, deprecated, detect, ignore_imports, max_known, moves, noqa, "
    "source_modules, unmatched_ignore_imports_alerting"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """Files with a mistake in them, and what is told of it.

    Attributes:
        files:  the configuration, and what it names.
        told:   every line, as `linter-ext` prints it after `error: `.
        theirs: what lint-imports says, where import-linter or grimp stops before our types are
                asked; None where it prints ours.
    """

    files: Mapping[str, str | bytes]
    told: tuple[str, ...]
    theirs: str | None = None


def in_ini(
    text: str | bytes, *told: str, theirs: str | None = None, **files: str | bytes
) -> Mistake:
    """Return a mistake in `.importlinter`; `{rule}` stands for how it names its contract."""
    lines = tuple(line.replace("{rule}", ".importlinter: contract 'rule'") for line in told)
    return Mistake(files={".importlinter": text, **_paths(files)}, told=lines, theirs=theirs)


def in_toml(text: str, *told: str, theirs: str | None = None, **files: str | bytes) -> Mistake:
    """Return the same in `pyproject.toml`."""
    lines = tuple(line.replace("{rule}", "pyproject.toml: contract 'rule'") for line in told)
    return Mistake(files={"pyproject.toml": text, **_paths(files)}, told=lines, theirs=theirs)


def _paths(files: Mapping[str, str | bytes]) -> dict[str, str | bytes]:
    return {name.replace("_", "."): text for name, text in files.items()}


OPTIONS = {
    "an unknown option": in_ini(
        ini(ABSOLUTE, "colour = red"),
        f"{{rule}}: colour: unknown option; the options are: {ABSOLUTE_OPTIONS}",
    ),
    "a misspelt option": in_ini(
        ini(DEPRECATED, f"{MOVED}\nignore_import = app.a -> app.b"),
        "{rule}: ignore_import: unknown option; did you mean 'ignore_imports'?",
    ),
    "a choice that is none": in_ini(
        ini(ABSOLUTE, "ban = some"),
        "{rule}: ban: 'some' is not a choice; write 'all' or 'parents'",
    ),
    "an empty choice": in_ini(
        ini(ABSOLUTE, "ban ="),
        "{rule}: ban: '' is not a choice; write 'all' or 'parents'",
    ),
    "choices that all types share": in_ini(
        ini(ABSOLUTE, "noqa = ignore\nunmatched_ignore_imports_alerting = fail"),
        "{rule}: unmatched_ignore_imports_alerting: 'fail' is not a choice; "
        "write 'none', 'warn' or 'error'",
        "{rule}: noqa: 'ignore' is not a choice; write 'respect' or 'forbid'",
    ),
    "nothing of the kind to detect": in_ini(
        ini(DEPRECATED, "detect =\n    modules\n    classes"),
        "{rule}: detect: 'classes' is not a choice; write 'modules' or 'names', or both",
    ),
    "an unknown policy": in_ini(
        ini(CANONICAL, "re_exports = never"),
        "{rule}: re_exports: 'never' is not a choice; write 'allow', 'packages' or 'forbid'",
    ),
    "nothing is deprecated": in_ini(
        ini(DEPRECATED),
        "{rule}: deprecated: nothing is deprecated; give 'deprecated', 'moves' or 'detect'",
    ),
    "nothing is canonical": in_ini(
        ini(CANONICAL),
        "{rule}: canonical: nothing is canonical; "
        "give 'canonical', 'gateways', 'registry' or 're_exports'",
    ),
    "module expressions": in_ini(
        ini(ABSOLUTE, "source_modules =\n    app.a*\n    app.[x]\n    app.**.*"),
        "{rule}: source_modules: 'app.a*': a wildcard can only replace a whole module; "
        f"{WILDCARDS}",
        f"{{rule}}: source_modules: 'app.[x]' is not a module expression; {WILDCARDS}",
        "{rule}: source_modules: 'app.**.*': a recursive wildcard cannot be followed by a "
        f"wildcard; {WILDCARDS}",
    ),
    "module expressions without a module": in_ini(
        ini(ABSOLUTE, "source_modules =\n    app.a\n    app.b\n    *.c\n    other.**"),
        f"{{rule}}: source_modules: 'app.b' {NO_MODULE}",
        f"{{rule}}: source_modules: '*.c' {NO_MODULE}",
        f"{{rule}}: source_modules: 'other.**' {NO_MODULE}",
    ),
    "imports to ignore": in_ini(
        ini(ABSOLUTE, "ignore_imports =\n    app.a => app.b\n    app.a ->\n    app.a -> app.b*"),
        "{rule}: ignore_imports: 'app.a => app.b' does not name two modules with '->' between "
        "them; write 'package.importer -> package.imported'",
        "{rule}: ignore_imports: 'app.a ->' does not name two modules with '->' between them; "
        "write 'package.importer -> package.imported'",
        "{rule}: ignore_imports: 'app.b*': a wildcard can only replace a whole module; "
        f"{WILDCARDS}",
    ),
    "lines of moves": in_ini(
        ini(DEPRECATED, "deprecated =\n    a -> b\n    => c\n    a => b => c\n    a => a"),
        f"{{rule}}: deprecated: 'a -> b' is not a dotted name; {ARROW}",
        f"{{rule}}: deprecated: '=> c' names nothing to the left of '=>'; {ARROW}",
        f"{{rule}}: deprecated: 'a => b => c' has more than one '=>'; {ARROW}",
        f"{{rule}}: deprecated: 'a' moves to itself; {ARROW}",
    ),
    "lines of canonical names and gateways": in_ini(
        ini(CANONICAL, "canonical = app.X => app.x\ngateways = redis"),
        "{rule}: canonical: 'app.X' is not a single name; "
        "write 'name => module', such as 'Client => app.services.client'",
        "{rule}: gateways: 'redis' names nothing to the right of '=>'; "
        "write 'dependency => module', such as 'redis => app.services.redis_client'",
    ),
    "several in one contract, read in part": in_ini(
        ini(
            DEPRECATED,
            "deprecated = a -> b\nmoves = no.toml\nsource_modules = nope\nnoqa = x\ncolour = red",
            "source_paths = gone",
        ),
        f".importlinter: source_paths: 'gone' does not exist; {BELOW}",
        "{rule}: noqa: 'x' is not a choice; write 'respect' or 'forbid'",
        f"{{rule}}: deprecated: 'a -> b' is not a dotted name; {ARROW}",
        f"{{rule}}: colour: unknown option; the options are: {DEPRECATED_OPTIONS}",
        f"{{rule}}: source_modules: 'nope' {NO_MODULE}",
        "{rule}: moves: table file 'no.toml' cannot be read: No such file or directory; "
        f"{NO_TABLE}",
    ),
    "several contracts": in_ini(
        session() + contract(ABSOLUTE, "ban = 1", name="one") + contract("layer", name="two"),
        ".importlinter: contract 'one': ban: '1' is not a choice; write 'all' or 'parents'",
        ".importlinter: contract 'two': unknown contract type 'layer'; did you mean 'layers'?",
        theirs="ban: '1' is not a choice",  # It stops at the first.
    ),
}

TABLES = {
    "a table file that is not there": in_ini(
        ini(DEPRECATED, "moves = moves.toml"),
        "{rule}: moves: table file 'moves.toml' cannot be read: No such file or directory; "
        f"{NO_TABLE}",
    ),
    "a table file that is a folder": in_ini(
        ini(CANONICAL, "registry = app"),
        f"{{rule}}: registry: table file 'app' cannot be read: Is a directory; {NO_TABLE}",
    ),
    "a table file that is not UTF-8": in_ini(
        ini(DEPRECATED, "moves = moves.toml"),
        "{rule}: moves: table file 'moves.toml' is not UTF-8; save it as UTF-8",
        moves_toml=b"# \xe9\n",
    ),
    "a table that is not TOML": in_ini(
        ini(DEPRECATED, "moves = moves.toml"),
        "moves.toml:2: contract 'rule': moves: not valid TOML: "
        "Expected ']]' at the end of an array declaration; correct the syntax",
        moves_toml="\n[[moves]\nold = 1\n",
    ),
    "unknown keys in a table": in_ini(
        ini(DEPRECATED, "moves = moves.toml"),
        "moves.toml:3: contract 'rule': moves: neu: unknown key in [[moves]]; did you mean 'new'?",
        "moves.toml:5: contract 'rule': moves: removes: unknown key; did you mean 'moves'?",
        moves_toml="[[moves]]\nold = 'a'\nneu = 'b'\n\n[[removes]]\nold = 'x'\n",
    ),
    "a line that Rich would take for an emoji, and brackets": in_ini(
        ini(DEPRECATED, "moves = moves.toml"),
        f"moves.toml:100: contract 'rule': moves: old: '[b]' is not a dotted name; {DOTTED_NAME}",
        moves_toml="\n" * 98 + "[[moves]]\nold = '[b]'\n",
    ),
    "a registry that is not Markdown": in_ini(
        ini(CANONICAL, "registry = names.md"),
        "names.md:4: contract 'rule': registry: the Python block does not parse: "
        "invalid syntax; mend it, or mark the block ```text",
        "names.md:7: contract 'rule': registry: the code fence is never closed; "
        "end it with a fence of its own, indented as the first",
        names_md="# Names\n\n```python\nx = = 1\n```\n\n```python\n",
    ),
    "a circle of moves": in_ini(
        ini(DEPRECATED, "deprecated =\n    app.a => app.b\n    app.b => app.a"),
        "{rule}: deprecated: these moves go in a circle: 'app.a => app.b', 'app.b => app.a'; "
        "remove the entry that is out of date",
    ),
    "a circle of moves in a file": in_ini(
        ini(DEPRECATED, "moves = moves.toml"),
        "moves.toml:2: contract 'rule': these moves go in a circle: "
        "'app.a => app.b' (moves.toml:2), 'app.b => app.a' (moves.toml:5); "
        "remove the entry that is out of date",
        moves_toml="[[moves]]\nold='app.a'\nnew='app.b'\n[[moves]]\nold='app.b'\nnew='app.a'\n",
    ),
    "two destinations": in_ini(
        ini(DEPRECATED, "deprecated = app.a => app.b\nmoves = moves.toml"),
        "moves.toml:2: contract 'rule': one old path, two destinations: "
        "'app.a' goes to 'app.b' and to 'app.c' (moves.toml:2); keep one of the two entries",
        moves_toml="[[moves]]\nold = 'app.a'\nnew = 'app.c'\n",
    ),
    "two homes in a file": in_ini(
        ini(CANONICAL, "registry = names.toml"),
        "names.toml:5: contract 'rule': registry: one name, two homes: 'X' is canonical in "
        f"'app.a' (names.toml:2) and in 'app.b' (names.toml:5); {TWO_HOMES}",
        names_toml="[[canonical]]\nname='X'\nmodule='app.a'\n"
        "[[canonical]]\nname='X'\nmodule='app.b'\n",
    ),
    "two homes in two files": in_ini(
        ini(CANONICAL, "registry =\n    a.toml\n    b.toml"),
        "b.toml:3: contract 'rule': one name, two homes: 'X' is canonical in 'app.a' (a.toml:2) "
        f"and in 'app.b' (b.toml:3); {TWO_HOMES}",
        a_toml="[[canonical]]\nname='X'\nmodule='app.a'\n",
        b_toml="\n[[canonical]]\nname='X'\nmodule='app.b'\n",
    ),
    "two homes in Markdown": in_ini(
        ini(CANONICAL, "registry = names.md"),
        "names.md:3: contract 'rule': registry: one name, two homes: 'X' is canonical in "
        f"'app.a' (names.md:2) and in 'app.b' (names.md:3); {TWO_HOMES}",
        names_md="```python\nfrom app.a import X\nfrom app.b import X\n```\n",
    ),
    "two homes on option lines": in_ini(
        ini(CANONICAL, "canonical =\n    X => app.a\n    X => app.b"),
        "{rule}: canonical: one name, two homes: 'X' is canonical in 'app.a' and in 'app.b'; "
        f"{TWO_HOMES}",
    ),
    "two gateways": in_ini(
        ini(CANONICAL, "gateways =\n    redis => app.a\n    redis => app.b"),
        "{rule}: canonical: one dependency, two gateways: 'redis' belongs to 'app.a' and to "
        "'app.b'; keep one, and list the other under 'also'",
    ),
}

TOML_TYPES = {
    "numbers, truth values, lists and tables": in_toml(
        toml(
            DEPRECATED,
            "deprecated = 3\nmoves = true\ndetect = [1]\nsource_modules = {a = 1}\nnoqa = false\n"
            'ignore_imports = [["a"]]\nbroken_contract_guidance = [{a = 1}]\n'
            'unmatched_ignore_imports_alerting = ["warn"]',
        ),
        '{rule}: source_modules: the value of \'a\' is not text; quote it: "app.old" = "app.new"',
        f"{{rule}}: ignore_imports: '['a']' {NOT_TEXT}",
        "{rule}: unmatched_ignore_imports_alerting: '['warn']' is not a choice; "
        "write 'none', 'warn' or 'error'",
        f"{{rule}}: broken_contract_guidance: '{{'a': 1}}' {NOT_TEXT}",
        "{rule}: noqa: 'False' is not a choice; write 'respect' or 'forbid'",
        f"{{rule}}: deprecated: '3' {NOT_TEXT}",
        f"{{rule}}: moves: 'True' {NOT_TEXT}",
        f"{{rule}}: detect: '1' {NOT_TEXT}",
    ),
    "the options of canonical_imports": in_toml(
        toml(
            CANONICAL,
            "canonical = [{name = 'X'}]\ngateways = 1.5\nregistry = 2020-01-01\n"
            "re_exports = ['allow']",
        ),
        f"{{rule}}: canonical: '{{'name': 'X'}}' {NOT_TEXT}",
        f"{{rule}}: gateways: '1.5' {NOT_TEXT}",
        f"{{rule}}: registry: '2020-01-01' {NOT_TEXT}",
        "{rule}: re_exports: '['allow']' is not a choice; write 'allow', 'packages' or 'forbid'",
    ),
    "a table as a choice": in_toml(
        toml(ABSOLUTE, "ban = {all = true}"),
        "{rule}: ban: '{'all': True}' is not a choice; write 'all' or 'parents'",
    ),
    "keys split at their dots": in_toml(
        toml(DEPRECATED, 'deprecated = {app.old = "app.new"}'),
        "{rule}: deprecated: 'app' is split at its dots; quote the whole key: "
        '"app.old" = "app.new"',
    ),
    "session options": in_toml(
        toml(ABSOLUTE, further="source_paths = [3]").replace('["app"]', "{a = 1}"),
        "pyproject.toml: root_packages: '{'a': 1}' is not text; write a list of names",
        "pyproject.toml: source_paths: '3' is not text; write a list of paths",
        theirs="Could not find package 'a' in your Python path.",
    ),
    "contract types": in_toml(
        toml(ABSOLUTE).replace("contract_types = [", "contract_types = [1, "),
        "pyproject.toml: contract_types: '1' is not text; "
        "write lines such as 'name: package.module.Class'",
        theirs="'int' object has no attribute 'split'",
    ),
    "one contract in place of a list": in_toml(
        toml(ABSOLUTE).replace("[[tool.importlinter.contracts]]", "[tool.importlinter.contracts]"),
        "pyproject.toml: the import-linter section is not made of tables; "
        "write '[tool.importlinter]' and '[[tool.importlinter.contracts]]'",
        theirs="'str' object has no attribute 'items'",
    ),
    "a contract without id, name and type": in_toml(
        toml(ABSOLUTE) + "[[tool.importlinter.contracts]]\n",
        "pyproject.toml: contract number 2: 'name' is missing; "
        "add 'name', a few words that say what holds",
        "pyproject.toml: contract number 2: 'type' is missing; "
        "add 'type', such as 'type = deprecated_imports'",
        theirs="'type'",
    ),
    "an unknown option": in_toml(
        toml(ABSOLUTE, "bann = 'all'"),
        "{rule}: bann: unknown option; did you mean 'ban'?",
    ),
    "a move table and its line": in_toml(
        toml(DEPRECATED, 'moves = ["moves.toml"]'),
        "moves.toml:1: contract 'rule': moves: old: an entry of [[moves]] lacks this key; "
        'add old = "…"',
        moves_toml="[[moves]]\nnew = 'app.new'\n",
    ),
}

SESSION = {
    "an unknown contract type": in_ini(
        ini("no_cycles"),
        "{rule}: unknown contract type 'no_cycles'; choose one of: absolute_imports, "
        "acyclic_imports, acyclic_siblings, canonical_imports, deprecated_imports, forbidden, "
        "independence, layers, protected, resolvable_imports",
        theirs="no_cycles",
    ),
    "a misspelt contract type": in_ini(
        ini("deprecated_import", MOVED),
        "{rule}: unknown contract type 'deprecated_import'; did you mean 'deprecated_imports'?",
        theirs="deprecated_import",
    ),
    "a contract type of ours that is not registered": in_ini(
        session(types=[TYPES[ABSOLUTE]]) + contract(DEPRECATED, MOVED),
        "{rule}: unknown contract type 'deprecated_imports'; register it with the line "
        "'deprecated_imports: linter_ext.contract_types.DeprecatedImportsContract' "
        "in 'contract_types'",
        theirs="deprecated_imports",
    ),
    "a class that is not there": in_ini(
        session(types=[f"{DEPRECATED}: linter_ext.contract_types.DeprecatedContract"])
        + contract(DEPRECATED, MOVED),
        ".importlinter: contract_types: there is no contract type "
        "'linter_ext.contract_types.DeprecatedContract'; "
        "did you mean 'linter_ext.contract_types.DeprecatedImportsContract'?",
        theirs="module 'linter_ext.contract_types' has no attribute 'DeprecatedContract'",
    ),
    "a module that is not there": in_ini(
        session(types=[TYPES[DEPRECATED].replace("_types", "_kinds")])
        + contract(DEPRECATED, MOVED),
        ".importlinter: contract_types: there is no contract type "
        "'linter_ext.contract_kinds.DeprecatedImportsContract'; "
        "did you mean 'linter_ext.contract_types.DeprecatedImportsContract'?",
        theirs="No module named 'linter_ext.contract_kinds'",
    ),
    "a contract type without a colon": in_ini(
        session(types=[TYPES[DEPRECATED].replace(":", "")]) + contract(DEPRECATED, MOVED),
        ".importlinter: contract_types: 'deprecated_imports "
        "linter_ext.contract_types.DeprecatedImportsContract' is not a contract type; "
        "write lines such as 'name: package.module.Class'",
        theirs="",
    ),
    "a contract type without a blank": in_ini(
        session(types=[TYPES[DEPRECATED].replace(": ", ":")]) + contract(DEPRECATED, MOVED),
        ".importlinter: contract_types: 'deprecated_imports:"
        "linter_ext.contract_types.DeprecatedImportsContract' is not a contract type; "
        "write lines such as 'name: package.module.Class'",
        theirs="",
    ),
    "contract types on one line": in_ini(
        session(types=[]).replace("contract_types =\n", f"contract_types = {TYPES[DEPRECATED]}\n")
        + contract(DEPRECATED, MOVED),
        f".importlinter: contract_types: {NOT_A_LIST} "
        'or write contract_types = ["name: linter_ext.contract_types.…"] (TOML)',
        theirs="",
    ),
    "no name and no type": in_ini(
        session() + "[importlinter:contract:rule]\nban = all\n",
        "{rule}: 'name' is missing; add 'name', a few words that say what holds",
        "{rule}: 'type' is missing; add 'type', such as 'type = deprecated_imports'",
        theirs="'type'",
    ),
    "no name, and a mistake besides": in_ini(
        session() + "[importlinter:contract:rule]\ntype = absolute_imports\nban = 1\n",
        "{rule}: 'name' is missing; add 'name', a few words that say what holds",
        "{rule}: ban: '1' is not a choice; write 'all' or 'parents'",
        theirs="'name'",
    ),
    "no root package": in_ini(
        ini(ABSOLUTE).replace("root_packages =\n    app\n", ""),
        ".importlinter: root_packages: no root package is given; add the names of your packages",
        theirs="'root_package'",
    ),
    "an empty list of root packages": in_ini(
        ini(ABSOLUTE).replace("root_packages =\n    app\n", "root_packages =\n    \n"),
        f'.importlinter: root_packages: {NOT_A_LIST} or write root_packages = ["app"] (TOML)',
        ".importlinter: root_packages: no root package is given; add the names of your packages",
        theirs="build_graph() missing 1 required positional argument",
    ),
    "root packages on one line": in_ini(
        ini(ABSOLUTE).replace("root_packages =\n    app\n", "root_packages = app\n"),
        f'.importlinter: root_packages: {NOT_A_LIST} or write root_packages = ["app"] (TOML)',
        theirs="Could not find package 'a' in your Python path.",
    ),
    "a misspelt root package": in_ini(
        ini(ABSOLUTE, package="ap"),
        ".importlinter: root_packages: there is no package 'ap' below the project root; "
        "did you mean 'app'?",
        theirs="Could not find package 'ap' in your Python path.",
    ),
    "a root package that is elsewhere": in_ini(
        ini(ABSOLUTE, package="flake8"),
        ".importlinter: root_packages: there is no package 'flake8' below the project root; "
        "name one that lies there, in 'src', 'lib' or 'python', or is installed from there",
    ),
    "source paths that are not there": in_ini(
        ini(ABSOLUTE, "", "source_paths =\n    test\n    ../x"),
        f".importlinter: source_paths: 'test' does not exist; {BELOW}",
        f".importlinter: source_paths: '../x' does not lie below the project root; {BELOW}",
    ),
    "a misspelt session option": in_ini(
        ini(ABSOLUTE, "", "source_path = app"),
        ".importlinter: source_path: unknown option; did you mean 'source_paths'?",
    ),
    "no contract": in_ini(
        session(),
        ".importlinter: there is no contract; "
        "add '[importlinter:contract:<id>]' or '[[tool.importlinter.contracts]]'",
        theirs="No contracts found in the configuration.",
    ),
}

SYNTAX = {
    "no section at all": in_ini(
        "# linter_ext\nroot_package = app\n",
        ".importlinter:2: 'root_package = app' stands in no section; "
        "start the file with '[importlinter]'",
        theirs="File contains no section headers.",
    ),
    "no section of import-linter's": in_ini(
        "# linter_ext\n[import-linter]\nroot_package = app\n",
        ".importlinter: there is no section '[importlinter]', or nothing in it; "
        "add '[importlinter]' with 'root_packages'",
        theirs="Could not read any configuration.",
    ),
    "a section twice": in_ini(
        ini(ABSOLUTE) + contract(ABSOLUTE),
        f".importlinter:{SECTION + 5}: the section '[importlinter:contract:rule]' is there twice; "
        "rename one, or make them one",
        theirs="section 'importlinter:contract:rule' already exists",
    ),
    "an option twice": in_ini(
        ini(ABSOLUTE, "ban = all\nban = parents"),
        f".importlinter:{SECTION + 4}: 'ban' is given twice in '[importlinter:contract:rule]'; "
        "keep one",
        theirs="option 'ban' in section 'importlinter:contract:rule' already exists",
    ),
    "lines that go on without indentation": in_ini(
        ini(DEPRECATED, "deprecated =\napp.a\napp.b"),
        f".importlinter:{SECTION + 4}: neither an option nor the rest of one; "
        "write 'option = value', and indent the lines that go on with a value",
        f".importlinter:{SECTION + 5}: neither an option nor the rest of one; "
        "write 'option = value', and indent the lines that go on with a value",
        theirs="Source contains parsing errors",
    ),
    "a percent sign": in_ini(
        ini(ABSOLUTE, "broken_contract_guidance = 50% off"),
        ".importlinter: [importlinter:contract:rule] broken_contract_guidance: "
        "'%' starts a substitution that cannot be made; write '%%' for a percent sign",
        theirs="'%' must be followed by '%' or '('",
    ),
    "not UTF-8": in_ini(
        ini(ABSOLUTE).encode() + b"# \xe9\n",
        f".importlinter:{SECTION + 5}: the file is not UTF-8; save it as UTF-8",
        theirs="'utf-8' codec can't decode byte 0xe9",
    ),
    "a byte order mark": in_ini(
        b"\xef\xbb\xbf" + ini(ABSOLUTE).encode(),
        ".importlinter:1: the file starts with a byte order mark, which import-linter does not "
        "read; save it as UTF-8 without one",
        theirs="File contains no section headers.",
    ),
    "not TOML": in_toml(
        f"{toml(ABSOLUTE)}ban = = 1\n",
        "pyproject.toml:10: not valid TOML: Invalid value; correct the syntax",
        theirs="Invalid value (at line 10",
    ),
    "TOML that stops too soon": in_toml(
        f"{toml(ABSOLUTE)}ban = [\n\n",
        "pyproject.toml:10: not valid TOML: Invalid value; correct the syntax",
        theirs="Invalid value (at end of document)",
    ),
    "an empty TOML section": in_toml(
        "[tool.importlinter]\n# linter_ext\n",
        "pyproject.toml: there is no section '[tool.importlinter]', or nothing in it; "
        "add '[tool.importlinter]' with 'root_packages'",
        theirs="Could not read any configuration.",
    ),
}

_LINE = re.compile(
    r"(?P<place>[^:]+(?P<line>:\d+)?): (?:contract '\w+'(?:: |$))?"
    r"(?P<option>(?:\w+: )*)(?P<rest>.*)"
)
ALL = {**OPTIONS, **TABLES, **SESSION, **SYNTAX, **{f"TOML: {k}": v for k, v in TOML_TYPES.items()}}
mistakes = pytest.mark.parametrize("mistake", [pytest.param(v, id=k) for k, v in ALL.items()])


def plant(root: Path, mistake: Mistake) -> None:
    write(root, {"app/__init__.py": "", "app/a.py": "import os\n", **mistake.files})


@mistakes
def test_the_command(mistake: Mistake, tmp_path: Path) -> None:
    plant(tmp_path, mistake)

    outcome = run_check(tmp_path)

    assert outcome.errors.splitlines() == [f"error: {line}" for line in mistake.told]
    assert outcome.output == ""
    assert outcome.status == ExitStatus.USAGE


@mistakes
def test_flake8(mistake: Mistake, tmp_path: Path) -> None:
    plant(tmp_path, mistake)

    outcome = run_flake8(tmp_path)

    assert outcome.output.splitlines() == [
        f"./app/__init__.py:1:1: IMC000 {line}" for line in mistake.told
    ]
    assert outcome.errors == ""
    assert outcome.status == 1


@mistakes
def test_lint_imports(mistake: Mistake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, mistake)
    monkeypatch.setattr(registry, "_classes_by_name", {})  # It outlives a run in a process.

    outcome = run_lint_imports(tmp_path)

    ours = [in_lint_imports(line) for line in mistake.told]
    for line in ours if mistake.theirs is None else [mistake.theirs]:
        assert "".join(line.split()) in "".join(outcome.output.split())  # It may be folded.
    assert outcome.errors == ""
    assert outcome.status == 1


def in_lint_imports(line: str) -> str:
    """Return a line as our types have lint-imports print it: the option, the place, the rest."""
    found = _LINE.fullmatch(line)
    assert found is not None
    option = found["option"] or "options: "
    place = f"{found['place']} " if found["line"] else ""
    return f"{option}{place}{found['rest']}"


def test_an_ini_mistake_of_another_kind(tmp_path: Path) -> None:
    file = ConfigurationFile(tmp_path / ".importlinter", tmp_path, "")

    problems = list(syntax_problems(configparser.NoSectionError("x"), file))

    assert problems == [
        Problem(fact="not a valid INI file: No section: 'x'", remedy="correct the syntax")
    ]


def test_a_toml_mistake_of_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    write(tmp_path, {path.name: f"[tool.importlinter]\nroot_packages = {'1' * 10_000}\n"})
    file = find_configuration(tmp_path)
    assert file is not None

    with pytest.raises(ConfigurationError) as refused:
        load(file)

    (problem,) = refused.value.problems
    assert problem.file == path.name
    assert problem.fact.startswith("the file cannot be read: Exceeds the limit")
    assert problem.remedy == "correct it"


def test_lint_imports_prints_one_line_each(tmp_path: Path) -> None:
    plant(tmp_path, OPTIONS["several in one contract, read in part"])

    outcome = processes.lint_imports(tmp_path, environment={"COLUMNS": "300"})

    assert outcome.output.splitlines() == [
        "",
        'Contract "Rule" is not configured correctly:',
        "    noqa: 'x' is not a choice; write 'respect' or 'forbid'",
        f"    deprecated: 'a -> b' is not a dotted name; {ARROW}",
        f"    colour: unknown option; the options are: {DEPRECATED_OPTIONS}",
        f"    source_paths: 'gone' does not exist; {BELOW}",
        f"    source_modules: 'nope' {NO_MODULE}",
        f"    moves: table file 'no.toml' cannot be read: No such file or directory; {NO_TABLE}",
    ]
    assert outcome.status == 1


def test_lint_imports_lets_brackets_and_emojis_alone(tmp_path: Path) -> None:
    plant(tmp_path, TABLES["a line that Rich would take for an emoji, and brackets"])

    outcome = processes.lint_imports(tmp_path, environment={"COLUMNS": "300"})

    assert outcome.output.splitlines() == [
        "",
        'Contract "Rule" is not configured correctly:',
        f"    moves: old: moves.toml:100 '[b]' is not a dotted name; {DOTTED_NAME}",
    ]
