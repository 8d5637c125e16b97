"""Which imports must succeed before a statement binds its name."""

from __future__ import annotations

import contextlib
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter_ext.source.bindings import Bindings, find_bindings
from linter_ext.source.parser import parse
from tests.source.reading import imports_of

CAUGHT = "\nexcept ImportError: 0"


def bindings_of(text: str) -> Bindings:
    """Return what a text binds."""
    return find_bindings(parse(text), imports_of(text), text)


def told(text: str) -> dict[str, str]:
    """Return what each dependent name needs: `a b` for both, `a|b` for one of two bindings."""
    return {
        name: "|".join(" ".join(item.local_name for item in needs) for needs in each)
        unbound = {
        name
        for name, each in bindings_of(text).dependent.items()
        if all(any(f"{item.module}.{item.name}" in MISSING for item in needs) for needs in each)
    }
    assert unbound & namespace.keys() == set()
