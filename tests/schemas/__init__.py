"""What the reports for machines are to look like.

The schema of our own JSON is shipped. SARIF's and JUnit's official ones are not ours to keep, and
no package brings them: those here are written from their specifications, for what we write, and
are stricter. Where the environment variable OFFICIAL_SCHEMAS names a folder with
`sarif-schema-2.1.0.json` (OASIS) and `junit-10.xsd` (Jenkins' xUnit plugin; pytest's repository
has it as well), those are asked too.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import xmlschema
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for

import linter_ext

_FOLDER = Path(__file__).parent
_OURS = Path(linter_ext.__file__).parent / "schemas" / "report-1.json"
_OFFICIAL = os.environ.get("OFFICIAL_SCHEMAS")


def validate_json(text: str) -> None:
    """Fail if a report is not what our shipped schema says."""
    _schema(_OURS).validate(json.loads(text))


def validate_sarif(text: str) -> None:
    """Fail if a report is no SARIF."""
    _schema(_FOLDER / "sarif.json").validate(json.loads(text))
    if _OFFICIAL is not None:
        _schema(Path(_OFFICIAL) / "sarif-schema-2.1.0.json").validate(json.loads(text))


def validate_gitlab(text: str) -> None:
    """Fail if a report is no code quality report."""
    _schema(_FOLDER / "gitlab.json").validate(json.loads(text))


def validate_junit(text: str) -> None:
    """Fail if a report is no JUnit XML."""
    _xml_schema(_FOLDER / "junit.xsd").validate(text)
    if _OFFICIAL is not None:
        _xml_schema(Path(_OFFICIAL) / "junit-10.xsd").validate(text)


@cache
def _schema(path: Path) -> Validator:
    schema = json.loads(path.read_text("utf-8"))
    kind = validator_for(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


@cache
def _xml_schema(path: Path) -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(path))


VALIDATORS = {
    "json": validate_json,
    "sarif": validate_sarif,
    "gitlab": validate_gitlab,
    "junit": validate_junit,
}
"""For each format that has a schema, what fails if a report does not follow it."""
