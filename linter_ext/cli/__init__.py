"""The command `linter-ext`."""
