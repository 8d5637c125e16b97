"""What a configuration that is there already could have besides, and where in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from linter_ext.initialising.survey import Survey
from linter_ext.initialising.template import (
    Contract,
    contracts,
    ini_contract,
    toml_contract,
    type_line,
)

_CONTRACT_TYPES = "contract_types"
_INI_SECTION = re.compile(r"^\[importlinter\][^\n]*\n(?:(?!\[)[^\n]*(?:\n|\Z))*", re.MULTILINE)
_INI_TYPES = re.compile(rf"^{_CONTRACT_TYPES}[ \t]*[=:][^\n]*(?:\n[ \t]+\S[^\n]*)*", re.MULTILINE)
_TOML_SECTION = re.compile(
    r"^\[[ \t]*tool[ \t]*\.[ \t]*[\"']?importlinter[\"']?[ \t]*\][^\n]*\n"
    r"(?:(?!\[)[^\n]*(?:\n|\Z))*",
    re.MULTILINE,
)
_TOML_TYPES = re.compile(rf"^{_CONTRACT_TYPES}[ \t]*=[ \t]*\[[^\]]*?(?P<end>,?\s*)\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Additions:
    """What is missing.

    Attributes:
        types:     lines for `contract_types`.
        contracts: contracts, with ids that are free.
        is_toml:   whether the configuration is TOML, else INI.
    """

    types: tuple[str, ...]
    contracts: tuple[Contract, ...]
    is_toml: bool

    def sections(self) -> list[str]:
        """Return the text of each contract."""
        return [*map(toml_contract if self.is_toml else ini_contract, self.contracts)]

    def names(self, file: str) -> bool:
        """Return whether one of the contracts names a file."""
        values = (value for contract in self.contracts for _, value in contract.options)
        return any(file in value for value in values if isinstance(value, tuple))

    def type_lines(self) -> list[str]:
        """Return the lines for `contract_types` as they stand in the file."""
        if self.is_toml:
            return [f"    {json.dumps(line)},\n" for line in self.types]
        return [f"    {line}\n" for line in self.types]

    def put_into(self, text: str) -> str:
        """Return the text of the configuration with all that is missing.

        Where the configuration is laid out in an unusual way, it may not be what is meant.
        """
        end = "\r\n" if "\r\n" in text else "\n"
        text = text.replace("\r\n", "\n")
        if self.types:
            text = self._with_types(text)
        parts = [text if text.endswith("\n") else f"{text}\n", *self.sections()]
        return "\n".join(parts).replace("\n", end)

    def _with_types(self, text: str) -> str:
        section = (_TOML_SECTION if self.is_toml else _INI_SECTION).search(text)
        if section is None:
            return text
        found = (_TOML_TYPES if self.is_toml else _INI_TYPES).search(*_bounded(text, section))
        lines = "".join(self.type_lines())
        if found is None:
            end = section.start() + len(section[0].rstrip())
            opening, closing = ("[", "]") if self.is_toml else ("", "")
            added = f"\n{_CONTRACT_TYPES} ={f' {opening}' if opening else ''}\n{lines}{closing}"
            return text[:end] + added.rstrip("\n") + text[end:]
        if not self.is_toml:
            return f"{text[: found.end()]}\n{lines.rstrip()}{text[found.end() :]}"
        items = text[: found.start("end")]
        comma = "" if items.endswith("[") else ","
        return f"{items}{comma}\n{lines}]{text[found.end() :]}"


def find_additions(
    survey: Survey,
    session: Mapping[str, object],
    existing: Sequence[Mapping[str, object]],
    *,
    is_toml: bool,
) -> Additions:
    """Return what a configuration could have besides: the types of ours that it does not use.

    Args:
        survey:   the repository.
        session:  what the configuration says for all contracts.
        existing: its contracts.
        is_toml:  whether it is TOML, else INI.
    """
    names = dict(_registered(session))
    used = {str(options.get("type")) for options in existing}
    wanted = [item for item in contracts(survey) if names.get(item.type) not in used]
    taken = {str(options.get("id")) for options in existing}
    return Additions(
        tuple(type_line(item.type) for item in wanted if item.type not in names),
        tuple(_free(item, names, taken) for item in wanted),
        is_toml,
    )


def _registered(session: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield the types of ours that are registered, each with the name it has there."""
    value = session.get(_CONTRACT_TYPES)
    for line in value if isinstance(value, list) else [value]:
        name, _, path = str(line).partition(": ")
        if path.strip().startswith("linter_ext."):
            class_name = path.strip().rpartition(".")[2].removesuffix("Contract")
            words = re.findall("[A-Z][a-z]*", class_name)
            yield "_".join(words).lower(), name.strip()


def _free(contract: Contract, names: Mapping[str, str], taken: set[str]) -> Contract:
    """Return a contract under an id that is free, with the name that its type has."""
    identifier = contract.identifier
    if identifier in taken:
        identifier = contract.type
    return contract._replace(identifier=identifier, type=names.get(contract.type, contract.type))


def _bounded(text: str, section: re.Match[str]) -> tuple[str, int, int]:
    return text, section.start(), section.end()
