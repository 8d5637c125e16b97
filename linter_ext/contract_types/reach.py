"""Moved: `linter_ext.rules.reach`."""

from linter_ext.rules.reach import Reached as Reached
from linter_ext.rules.reach import Referred as Referred
from linter_ext.rules.reach import attributes_in as attributes_in
from linter_ext.rules.reach import modules_in as modules_in
from linter_ext.rules.reach import reached_by as reached_by
from linter_ext.rules.reach import reached_from as reached_from
from linter_ext.rules.reach import references_of as references_of
from linter_ext.rules.reach import split_chain as split_chain
