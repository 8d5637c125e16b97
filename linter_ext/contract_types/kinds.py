"""Moved: `linter_ext.rules.kinds`."""

from linter_ext.rules.kinds import looks_like_module as looks_like_module
from linter_ext.rules.kinds import module_and_name as module_and_name
