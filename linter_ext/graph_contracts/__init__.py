"""Contracts that are judged on import-linter's graph: its own types, and those of others.

The verdict is import-linter's: its contract classes, over the graph that grimp builds. What is
added here is the place of each import that breaks one. Nothing of it is imported where a
configuration has no such contract.
"""
