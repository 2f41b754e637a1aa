"""Pictures of boxes and the lines between them (SVG), in the colours of the theme."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import escape

ROW, BOX = 36, 26  # the height of a line of boxes, and that of a box
LETTERS = 7.2  # units that a letter takes


def picture(width: int, height: int, words: str, parts: Iterable[str]) -> str:
    """A picture; `words` say the same to those who cannot see it, for whom one with links is a group."""
    drawn = "".join(parts)
    role = "group" if "<a " in drawn else "img"
    return (
        f'<svg class="cb-map" viewBox="0 0 {width} {height}" role="{role}" aria-label="{escape(words)}">'
        f"{drawn}</svg>"
    )


def box(left: int, middle: float, width: int, name: str, kind: str = "", address: str = "") -> str:
    """A box with a name, cut where it is too long; it leads to an address, if it has one."""
    most = int((width - 12) / LETTERS)
    shown = name if len(name) <= most else f"{name[: most - 1]}…"
    drawn = (
        f'<g class="{kind}"><title>{escape(name)}</title>'
        f'<rect x="{left}" y="{middle - BOX / 2:g}" width="{width}" height="{BOX}" rx="4"/>'
        f'<text x="{left + width / 2:g}" y="{middle + 4:g}" text-anchor="middle">{escape(shown)}</text></g>'
    )
    return f'<a href="{address}">{drawn}</a>' if address else drawn


def line(start: tuple[float, float], end: tuple[float, float], kind: str = "") -> str:
    """A bent line from the right of one box to the left of another."""
    (x, y), (to_x, to_y) = start, end
    bend = (to_x - x) / 2
    curve = f"{x + bend:g} {y:g} {to_x - bend:g} {to_y:g} {to_x:g} {to_y:g}"
    return f'<path class="{kind}" d="M{x:g} {y:g}C{curve}"/>'


def middles(names: Iterable[str], height: int) -> dict[str, float]:
    """The middles of boxes that share a height evenly."""
    every = list(names)
    share = height / max(len(every), 1)
    return {name: share * (index + 0.5) for index, name in enumerate(every)}
