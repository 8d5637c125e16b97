"""Copies of a module graph."""

from __future__ import annotations

import copy

from grimp import ImportGraph


def copied(graph: ImportGraph) -> ImportGraph:
    """Return a copy, for a contract to change."""
    return copy.deepcopy(graph)


def canonical(graph: ImportGraph) -> ImportGraph:
    """Return a copy that is built in alphabetical order.

    Of several shortest chains grimp finds the one that the order of building makes it meet
    first, and grimp builds in the order of sets, which differs from run to run.
    """
    made = ImportGraph()
    for module in sorted(graph.modules):
        made.add_module(module, is_squashed=graph.is_module_squashed(module))
    for importer in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            details = graph.get_import_details(importer=importer, imported=imported)
            for detail in sorted(details, key=lambda item: item["line_number"]):
                made.add_import(
                    importer=importer,
                    imported=imported,
                    line_number=detail["line_number"],
                    line_contents=detail["line_contents"],
                )
            if not details:
                made.add_import(importer=importer, imported=imported)
    return made
