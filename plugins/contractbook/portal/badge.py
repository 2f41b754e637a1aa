"""The score of a contract as a small picture (SVG) for a README or a dashboard."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import escape

from contractbook.portal.edition import Edition
from contractbook.portal.report import scores

COLOURS = ((90, "#1a7f37"), (70, "#9a6700"), (0, "#b42318"))  # from so many points on; AA on white text
UNKNOWN = "#57606a"
LETTER = 6.6  # units that a letter of 11 units takes on average
PAD = 6


def badges(edition: Edition) -> Iterator[tuple[str, str]]:
    """The badge of the contract and one for each guideline: the end of its address, and the picture."""
    for one in scores(edition):
        about = one.guideline.replace("-", " ") if one.guideline else "contract"
        name = f"score-{one.guideline}.svg" if one.guideline else "score.svg"
        yield name, picture(about, one.points)


def picture(about: str, points: int | None) -> str:
    """A badge that says what it is about and how many of 100 points it has; None is not known."""
    told = "not known" if points is None else str(points)
    colour = UNKNOWN if points is None else next(each for least, each in COLOURS if points >= least)
    left, right = (round(len(word) * LETTER + 2 * PAD) for word in (about, told))
    label = escape(f"{about}: {told}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img"'
        f' aria-label="{label}"><title>{label}</title>'
        f'<rect width="{left + right}" height="20" rx="3" fill="#3d444d"/>'
        f'<path d="M{left} 0h{right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H{left}z" fill="{colour}"/>'
        f'<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="{left / 2:g}" y="14">{escape(about)}</text>'
        f'<text x="{left + right / 2:g}" y="14">{escape(told)}</text></g></svg>\n'
    )
