"""Moved: `linter_ext.rules.fields`."""

from linter_ext.rules.fields import ChoiceField as ChoiceField
from linter_ext.rules.fields import Field as Field
from linter_ext.rules.fields import GuidanceField as GuidanceField
from linter_ext.rules.fields import ItemsField as ItemsField
from linter_ext.rules.fields import ignore_import as ignore_import
from linter_ext.rules.fields import module_expression as module_expression
from linter_ext.rules.fields import option as option
from linter_ext.rules.fields import strings as strings
