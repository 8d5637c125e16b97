"""linter-ext: import contracts that see names, in import-linter, flake8 and a command."""

__version__ = "0.1.0"
