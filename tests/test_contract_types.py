"""The same rules with import-linter and without: types, options, what they refuse."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from importlinter.domain.contract import Contract, InvalidContractOptions
from importlinter.domain.fields import Field, ModuleExpressionField, ValidationError

from linter_ext import contract_types, rules
from linter_ext.contract_types import SourceContract
from linter_ext.errors import ConfigurationError
from linter_ext.rules.base import SourceRule
from linter_ext.rules.fields import ChoiceField, ItemsField, module_expression, option
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.violations import Finding
from tests.front_ends import write

NAMES = pytest.mark.parametrize("name", rules.TYPE_NAMES)


def contract_type(name: str) -> type[SourceContract]:
    found: type[SourceContract] = getattr(contract_types, rules.contract_class_name(name))
    return found


def test_every_rule_is_a_contract_type() -> None:
    assert [item.type_name for item in contract_types.ALL] == list(rules.TYPE_NAMES)


@NAMES
def test_a_contract_type_is_its_rule_and_a_contract_of_import_linter(name: str) -> None:
    rule = rules.rule_type(name)

    assert rule.type_name == name
    assert rule in contract_type(name).__mro__
    assert issubclass(contract_type(name), Contract)
    assert not issubclass(rule, Contract)


@NAMES
def test_the_options_of_a_rule_are_fields_of_its_contract_type(name: str) -> None:
    rule = rules.rule_type(name)
    fields = {
        key: field
        for key in dir(contract_type(name))
        if isinstance(field := getattr(contract_type(name), key), Field)
    }

    assert fields.keys() == rule.options.keys()
    for key, field in fields.items():
        assert field.default == rule.options[key].default
        assert not field.required
        with pytest.raises(ConfigurationError) as ours:
            rule.options[key].parse({"a": {}})
        with pytest.raises(ValidationError) as theirs:
            field.parse({"a": {}})  # type: ignore[arg-type]  # TOML has such values.
        assert theirs.value.message == str(ours.value)


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class PaintedContract(SourceContract):
    """A contract type that somebody makes of ours."""

    type_name = "painted"

    colour = option(ChoiceField(Colour.RED))
    layers = option(ItemsField(str))

    def judge(self, file: SourceFile, index: Index) -> Iterator[Finding]:  # noqa: ARG002
        return iter(())


class TwicePaintedContract(PaintedContract):
    type_name = "twice_painted"

    second = option(ChoiceField(Colour.BLUE))


@pytest.mark.parametrize("kind", [PaintedContract, TwicePaintedContract])
def test_others_may_derive_types_of_their_own(
    kind: type[PaintedContract], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"app/__init__.py": ""})
    monkeypatch.chdir(tmp_path)
    session: dict[str, object] = {"root_packages": ["app"]}

    made = kind("Painted", session, {"id": "x", "colour": "Blue", "layers": ["a", "b"]})

    assert (made.name, made.identifier, made.colour) == ("Painted", "x", Colour.BLUE)
    assert made.layers == ("a", "b")
    assert isinstance(kind.colour, Field)
    with pytest.raises(InvalidContractOptions) as refused:
        kind("Painted", session, {"colour": "green", "layer": "a"})
    assert refused.value.errors == {
        "colour": "'green' is not a choice; write 'red' or 'blue'",
        "layer": "unknown option; did you mean 'layers'?",
    }


def test_a_rule_knows_its_options_and_those_it_inherits() -> None:
    shared = ["source_modules", "ignore_imports", "unmatched_ignore_imports_alerting"]
    shared += ["broken_contract_guidance", "noqa", "max_known"]

    assert list(SourceContract.options) == shared
    assert list(PaintedContract.options) == [*shared, "colour", "layers"]
    assert list(TwicePaintedContract.options) == [*shared, "colour", "layers", "second"]
    assert issubclass(PaintedContract, SourceRule)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(
    text=st.lists(st.sampled_from(["a", "bc", "*", "**", "***", "a*", "", ".", "1"])).map("".join)
)
@example("a.**.*")
def test_module_expressions_are_those_of_import_linter_made_of_names(text: str) -> None:
    names = [part for part in text.split(".") if "*" not in part]
    try:
        ModuleExpressionField().parse(text)
        is_good = all(name.isidentifier() for name in names)
    except ValidationError:
        is_good = False

    if is_good:
        assert module_expression(text) == text
    else:
        with pytest.raises(ConfigurationError):
            module_expression(text)
