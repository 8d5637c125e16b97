"""Outside dependencies that only one module may use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from linter_ext.codes import Code
from linter_ext.names import components_below, is_under, prefixes
from linter_ext.rules.kinds import looks_like_module, module_and_name
from linter_ext.rules.reach import reached_by, references_of
from linter_ext.source.asked import Asked
from linter_ext.source.facts import Reference, Span
from linter_ext.source.file import SourceFile
from linter_ext.source.index import Index
from linter_ext.tables.registry import Gateway
from linter_ext.violations import Finding


class Gateways:
    """The gateways of a contract. The longest dependency that fits a path decides."""

    def __init__(self, gateways: Iterable[Gateway]) -> None:
        self._gateways = {gateway.dependency: gateway for gateway in gateways}
        self._below = components_below(self._gateways)
        self._roots = frozenset(name.partition(".")[0] for name in self._gateways)

    def judge(self, file: SourceFile, asked: tuple[Asked, ...], index: Index) -> Iterator[Finding]:
        """Yield a finding for each use of a dependency outside its gateway."""
        if not self._gateways:
            return
        importer = file.module.name
        seen: set[tuple[Span, str]] = set()
        for item in asked:
            gateway = self._closed(item.path, importer)
            finding = _of_import(item, gateway, index) if gateway is not None else None
            if finding is not None and (finding.span, finding.target) not in seen:
                seen.add((finding.span, finding.target))
                yield finding
        for reached in reached_by(file, asked, self._below):
            gateway = self._closed(reached.path, importer)
            span = reached.span_of(gateway.dependency) if gateway is not None else None
            if gateway is not None and span is not None:
                path = reached.written(gateway.dependency)
                yield _outside(gateway, path, span, span.line, index)
        for referred in references_of(file, index, self._roots, self._is_dependency):
            gateway = self._closed(referred.path, importer)
            if gateway is not None:
                yield _of_reference(referred.reference, gateway, index)

    def _is_dependency(self, path: str) -> bool:
        return any(prefix in self._gateways for prefix in prefixes(path))

    def _closed(self, path: str, importer: str) -> Gateway | None:
        """Return the gateway that a path ought to go through, unless the importer is it."""
        for prefix in prefixes(path):
            gateway = self._gateways.get(prefix)
            if gateway is not None:
                inside = any(
                    is_under(importer, module) for module in (gateway.module, *gateway.also)
                )
                return None if inside else gateway
        return None


def _of_import(asked: Asked, gateway: Gateway, index: Index) -> Finding:
    item = asked.item
    if item.name is None:
        return _outside(gateway, asked.written_path, item.span, item.line, index)
    if not item.is_star and gateway.dependency == asked.path:
        return _outside(gateway, asked.written_path, item.span, item.line, index)
    return _outside(gateway, asked.written, item.module_span, item.line, index)


def _outside(gateway: Gateway, path: str, span: Span, line: int, index: Index) -> Finding:
    is_module = path != gateway.dependency or looks_like_module(path, None, index)
    module, name = module_and_name(path, is_module=is_module)
    return Finding(
        code=Code.OUTSIDE_GATEWAY,
        span=span,
        line=line,
        module=module,
        name=name,
        target=path,
        message=_message(gateway, path),
    )


def _of_reference(reference: Reference, gateway: Gateway, index: Index) -> Finding:
    path = gateway.dependency
    module, name = module_and_name(path, is_module=looks_like_module(path, None, index))
    return Finding(
        code=Code.REFERENCE_NOT_CANONICAL,
        span=reference.span,
        line=reference.line,
        module=module,
        name=name,
        target=reference.target,
        message=_message(gateway, reference.target),
    )


def _message(gateway: Gateway, path: str) -> str:
    origin = f" ({gateway.origin})" if str(gateway.origin) else ""
    return f"'{path}' is used outside its gateway; go through '{gateway.module}'{origin}"
