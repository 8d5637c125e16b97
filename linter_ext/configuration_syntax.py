"""Configuration files that import-linter cannot read at all, and why, in a line each."""

from __future__ import annotations

import configparser
import re
import tomllib
from collections.abc import Iterator

from linter_ext.configuration_file import ConfigurationFile
from linter_ext.errors import Problem

_MARK = "\ufeff"
_TOML_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)")


def syntax_problems(error: Exception, file: ConfigurationFile) -> Iterator[Problem]:
    """Yield what is wrong with a file, given what reading it raised."""
    if file.text.startswith(_MARK):
        fact = "the file starts with a byte order mark, which import-linter does not read"
        yield Problem(fact=fact, remedy="save it as UTF-8 without one", line=1)
        return
    match error:
        case UnicodeDecodeError():
            line = file.text.count("\n", 0, file.text.find("\ufffd")) + 1
            yield Problem(fact="the file is not UTF-8", remedy="save it as UTF-8", line=line)
        case tomllib.TOMLDecodeError():
            yield _toml_problem(error, file)
        case configparser.Error():
            yield from _ini_problems(error)
        case FileNotFoundError():
            yield _no_section(file)
        case OSError():
            fact = f"the file cannot be read: {error.strerror or error}"
            yield Problem(fact=fact, remedy="allow reading it")
        case ValueError():
            yield Problem(fact=f"the file cannot be read: {error}", remedy="correct it")
        case KeyError():
            fact, remedy = "no root package is given", "add the names of your packages"
            yield Problem(fact=fact, remedy=remedy, key="root_packages")
        case _:
            fact = "the import-linter section is not made of tables"
            remedy = "write '[tool.importlinter]' and '[[tool.importlinter.contracts]]'"
            yield Problem(fact=fact, remedy=remedy)


def _no_section(file: ConfigurationFile) -> Problem:
    section = "[tool.importlinter]" if file.is_toml else "[importlinter]"
    fact = f"there is no section '{section}', or nothing in it"
    return Problem(fact=fact, remedy=f"add '{section}' with 'root_packages'")


def _toml_problem(error: tomllib.TOMLDecodeError, file: ConfigurationFile) -> Problem:
    message = str(error)
    place = _TOML_PLACE.search(message)
    line = int(place["line"]) if place and place["line"] else file.text.rstrip().count("\n") + 1
    fact = f"not valid TOML: {_TOML_PLACE.sub('', message)}"
    return Problem(fact=fact, remedy="correct the syntax", line=line)


def _ini_problems(error: configparser.Error) -> Iterator[Problem]:
    match error:
        case configparser.DuplicateSectionError():
            fact = f"the section '[{error.section}]' is there twice"
            yield Problem(fact=fact, remedy="rename one, or make them one", line=error.lineno)
        case configparser.DuplicateOptionError():
            fact = f"'{error.option}' is given twice in '[{error.section}]'"
            yield Problem(fact=fact, remedy="keep one", line=error.lineno)
        case configparser.MissingSectionHeaderError():
            fact = f"'{error.line.strip()}' stands in no section"
            yield Problem(
                fact=fact, remedy="start the file with '[importlinter]'", line=error.lineno
            )
        case configparser.ParsingError():
            for line, _ in error.errors:
                fact = "neither an option nor the rest of one"
                remedy = "write 'option = value', and indent the lines that go on with a value"
                yield Problem(fact=fact, remedy=remedy, line=line)
        case configparser.InterpolationError():
            fact = "'%' starts a substitution that cannot be made"
            key = f"[{error.section}] {error.option}"
            yield Problem(fact=fact, remedy="write '%%' for a percent sign", key=key)
        case _:
            yield Problem(fact=f"not a valid INI file: {error}", remedy="correct the syntax")
