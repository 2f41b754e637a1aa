"""Who stands where between two versions, as a picture."""

from __future__ import annotations

from collections.abc import Sequence

from contractbook.migration.moves import Move
from contractbook.portal.drawing import ROW, box, line, middles, picture

WIDTH, SIDE = 640, 200  # of the picture, and of a box
MOST = 12  # consumers that are drawn; the table beside it names all


def diagram(old: str, new: str, moves: Sequence[Move]) -> str:
    """Consumers on the left, the two versions on the right: a line leads to the one that each needs."""
    shown = moves[:MOST]
    height = max(2, len(shown)) * ROW
    who = middles((move.consumer for move in shown), height)
    ends = {False: ROW / 2, True: height - ROW / 2}
    kinds = {False: "cb-old", True: "cb-new"}
    right = WIDTH - SIDE
    lines = (
        line((SIDE, who[move.consumer]), (right, ends[move.is_done]), kinds[move.is_done]) for move in shown
    )
    boxes = (box(0, who[move.consumer], SIDE - 1, move.consumer, "cb-who") for move in shown)
    versions = (
        box(right, ends[done], SIDE - 1, name, kinds[done])
        for done, name in ((False, old or "old"), (True, new or "new"))
    )
    words = ". ".join(f"{move.consumer} {_stands(move, old, new)}" for move in moves)
    return picture(WIDTH, height, words, (*lines, *boxes, *versions))


def _stands(move: Move, old: str, new: str) -> str:
    return f"works with {new or 'the new one'}" if move.is_done else f"still needs {old or 'the old one'}"
