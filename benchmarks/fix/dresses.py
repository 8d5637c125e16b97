"""The same files in other clothes: line ends, byte order mark, encoding.

A tool that is faithful makes of each file what it makes of it in plain UTF-8 with line feeds,
in its own clothes again.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.fix.code import Checkout
from benchmarks.fix.ground import Ground
from benchmarks.fix.moves import Move, read_moves, write_moves
from benchmarks.fix.results import Dressed, keep
from benchmarks.fix.shims import read_shims
from benchmarks.fix.tools import TOOLS

# Enough to change most files.
_MOVES = 12
_BOM = b"\xef\xbb\xbf"
_LATIN = b"# -*- coding: latin-1 -*-\n# \xe9\n"


class Dress(NamedTuple):
    """How files are written.

    Attributes:
        name: what it is called.
        put:  dresses a file.
        take: undresses it again; None if it has lost its dress, or a part of it.
    """

    name: str
    put: Callable[[bytes], bytes]
    take: Callable[[bytes], bytes | None]


def try_dresses(ground: Ground, tool: str) -> None:
    """Run a tool on all dresses of the moved tree, and keep how many files came out alike."""
    plain = _run(ground, tool, _PLAIN)
    source = _files(ground.tree("moved"))
    for dress in DRESSES:
        dressed = _run(ground, tool, dress)
        usable = {path for path, data in source.items() if _is_usable(data)}
        changed = [path for path in sorted(usable) if plain[path] != source[path]]
        unlike = [path for path in changed if dress.take(dressed[path]) != plain[path]]
        ground.note(f"{tool.replace(' ', '_')}.{dress.name}", "\n".join([*unlike, ""]))
        keep(
            ground,
            Dressed(
                project=ground.project.name,
                tool=tool,
                dress=dress.name,
                changed=len(changed),
                unlike=len(unlike),
            ),
        )


def _run(ground: Ground, tool: str, dress: Dress) -> dict[str, bytes]:
    checkout = ground.copied("moved", "dressed")
    moves = _first(checkout.root)
    for module in checkout.modules():
        place = checkout.root / module.path
        if _is_usable(place.read_bytes()):
            place.write_bytes(dress.put(place.read_bytes()))
    shims = frozenset(shim.path for shim in read_shims(checkout.root) if shim.kind == "module")
    TOOLS[tool](checkout, moves, shims, ground.python)
    return _files(checkout)


def _first(root: Path) -> list[Move]:
    moves = read_moves(root)[:_MOVES]
    write_moves(moves, root)
    return moves


def _files(checkout: Checkout) -> dict[str, bytes]:
    return {
        module.path: (checkout.root / module.path).read_bytes() for module in checkout.modules()
    }


def _is_usable(data: bytes) -> bool:
    """Return whether a file can wear all dresses."""
    return data.isascii() and b"\r" not in data and b"coding" not in data[:200]


def _without_returns(data: bytes) -> bytes | None:
    plain = data.replace(b"\r\n", b"\n")
    return None if data.count(b"\n") != data.count(b"\r\n") else plain


def _without(head: bytes) -> Callable[[bytes], bytes | None]:
    return lambda data: data[len(head) :] if data.startswith(head) else None


_PLAIN = Dress("plain", bytes, bytes)
DRESSES = (
    Dress("CRLF", lambda data: data.replace(b"\n", b"\r\n"), _without_returns),
    Dress("BOM", lambda data: _BOM + data, _without(_BOM)),
    Dress("Latin-1", lambda data: _LATIN + data, _without(_LATIN)),
)
