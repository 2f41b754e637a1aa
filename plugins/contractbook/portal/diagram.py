"""Who stands where between two versions, as a picture (SVG) in the colours of the theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import escape

from contractbook.migration.moves import Move

WIDTH, LEFT, RIGHT = 640, 190, 430  # of the picture; where consumers end, and where versions begin
ROW, BOX, TOP = 36, 26, 8
MOST = 12  # consumers that are drawn; the table beside it names all


def diagram(old: str, new: str, moves: Sequence[Move]) -> str:
    """Consumers on the left, the two versions on the right: a line leads to the one that each needs."""
    shown = moves[:MOST]
    height = max(2, len(shown)) * ROW + 2 * TOP
    middles = (TOP + ROW // 2, height - TOP - ROW // 2)
    words = ". ".join(f"{move.consumer} {_stands(move, old, new)}" for move in moves)
    parts = [
        *_version(old or "old", middles[0], "cb-old"),
        *_version(new or "new", middles[1], "cb-new"),
        *(part for row, move in enumerate(shown) for part in _consumer(move, row, middles)),
    ]
    return (
        f'<svg class="cb-map" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(words)}">'
        f"{''.join(parts)}</svg>"
    )


def _stands(move: Move, old: str, new: str) -> str:
    return f"works with {new or 'the new one'}" if move.is_done else f"still needs {old or 'the old one'}"


def _version(name: str, middle: int, kind: str) -> Iterator[str]:
    yield f'<g class="{kind}"><rect x="{RIGHT}" y="{middle - BOX // 2}" width="200" height="{BOX}" rx="4"/>'
    yield f'<text x="{RIGHT + 100}" y="{middle + 4}" text-anchor="middle">{escape(name[:28])}</text></g>'


def _consumer(move: Move, row: int, middles: tuple[int, int]) -> Iterator[str]:
    middle = TOP + ROW // 2 + row * ROW
    target = middles[1] if move.is_done else middles[0]
    bend = f"{LEFT + 120} {middle} {RIGHT - 120} {target}"
    yield f'<g class="{"cb-new" if move.is_done else "cb-old"}">'
    yield f'<path d="M{LEFT} {middle}C{bend} {RIGHT} {target}"/>'
    yield f'<rect class="cb-who" x="0" y="{middle - BOX // 2}" width="{LEFT}" height="{BOX}" rx="4"/>'
    yield f'<text x="{LEFT / 2:g}" y="{middle + 4}" text-anchor="middle">'
    yield f"{escape(move.consumer[:26])}</text></g>"
