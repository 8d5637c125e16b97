"""Moved: `linter_ext.rules.table_files`."""

from linter_ext.rules.table_files import read_tables as read_tables
from linter_ext.rules.table_files import without_file as without_file
