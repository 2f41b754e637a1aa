"""Trees of rows: a type unfolded as far as there is room for, the rest on the pages of its types."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from markupsafe import escape

from contractbook.portal.marks import count, fragment
from contractbook.portal.meaning import OWN
from contractbook.portal.rows import REQUIRED, Cut, Row, Rows

TABS = 8  # variants that stand side by side; more stand below each other
OPEN = 40  # rows below which the first level of a tree is open
DEEPEST = 12
LINK = 120  # bytes of a link to a row on another page, without its name
NAMED = 150  # names of rows that stand elsewhere
NEXT, PART = "\x01", "\x02"  # around and inside the name of a place whose address is not known yet
TYPE = "type"  # the id of a type on its own page


class Owner(NamedTuple):
    """The type with a page of its own that a branch is part of, and the id where it begins."""

    name: str
    id: str


@dataclass(slots=True)
class Branch:
    """A type at one place of a tree: its rows, and which of them are unfolded."""

    name: str
    id: str
    rows: tuple[Row, ...]
    above: Branch | None = None
    owner: Owner | None = None
    below: dict[int, Branch] = field(default_factory=dict)

    def holds(self, name: str) -> Branch | None:
        """The branch of a type at or above this one."""
        here: Branch | None = self
        while here is not None and here.name != name:
            here = here.above
        return here

    def id_of(self, row: Row) -> str:
        """The id of one of its rows."""
        return f"{self.id}{row.sign}{row.step}" if self.id else row.step

    @property
    def depth(self) -> int:
        return 0 if self.above is None else self.above.depth + 1


def tree(rows: Rows, name: str, id: str, room: int, start: tuple[Row, ...] | None = None) -> str:
    """The members of a type as HTML of about `room` bytes, level by level as long as there is room.

    What finds no room is a link to the page of its type. `start` gives rows other than the type's own.
    """
    inside = name if start is not None else rows.inside(name)
    if not inside and start is None:
        return ""
    root = Branch(
        inside, id, rows.members(inside) if start is None else start, None, _owner(rows, inside, id)
    )
    _unfold(rows, root, room)
    rows.edition.shown.add(root.name)
    return f'<div class="cb-tree">{_drawn(rows, root)}</div>'


def weight(rows: tuple[Row, ...], id: str) -> int:
    """About how many bytes the rows are as HTML below an id."""
    return sum(row.weight + row.ids * len(id) for row in rows)


def _unfold(rows: Rows, root: Branch, room: int) -> None:
    """Unfold level by level; types that have a page of their own come last, since they can be read there."""
    room -= weight(root.rows, root.id)
    without_page: deque[tuple[Branch, int]] = deque()
    with_page: deque[tuple[Branch, int]] = deque()

    def wait(branch: Branch) -> None:
        for index, row in enumerate(branch.rows):
            if row.inside and not branch.holds(row.inside):
                has_page = rows.edition.has_page(row.inside)
                (with_page if has_page else without_page).append((branch, index))

    wait(root)
    while without_page or with_page:
        branch, index = (without_page or with_page).popleft()
        row = branch.rows[index]
        id = branch.id_of(row)
        needed = rows.weight(row.inside, id)
        if needed <= room and branch.depth < DEEPEST:
            room -= needed
            below = branch.below[index] = Branch(
                row.inside, id, rows.members(row.inside), branch, _owner(rows, row.inside, id) or branch.owner
            )
            rows.edition.shown.add(row.inside)
            wait(below)


def _owner(rows: Rows, name: str, id: str) -> Owner | None:
    has_page = bool(name) and name != rows.home and rows.edition.has_page(name)
    return Owner(name, id) if has_page else None


def _drawn(rows: Rows, branch: Branch) -> str:
    parts = []
    numbered = list(enumerate(branch.rows))
    for group, same in groupby(numbered, key=lambda each: each[1].group):
        if group:
            parts.append(f'<div class="cb-group">{group}</div>')
        for is_tab, alike in groupby(same, key=lambda each: bool(each[1].tab)):
            chosen = list(alike)
            if is_tab and 1 < len(chosen) <= TABS:
                parts.append(_tabs(rows, branch, chosen))
            else:
                parts += (_row(rows, branch, index, row) for index, row in chosen)
    return "".join(parts)


def _row(rows: Rows, branch: Branch, index: int, row: Row) -> str:
    id = branch.id_of(row)
    below = branch.below.get(index)
    gone = " cb-gone" if row.gone else ""
    key, meaning = _filled(row.key, id), _filled(row.meaning, id)
    further = _further(rows, branch, row if below is None else row._replace(inside=""), id)
    return (
        f'<div class="cb-row{gone}" id="{escape(id)}"><div class="cb-k">{key}</div>'
        f'<div class="cb-v">{meaning}{further}{_filled(row.more, id)}</div>'
        f"{_kids(rows, branch, below) if below is not None else ''}</div>"
    )


def _kids(rows: Rows, branch: Branch, below: Branch) -> str:
    """The members of a row's type, folded below it; no link stands in what folds them."""
    summary = f"<summary><span>{_size(rows, below.name)}</span></summary>"
    return (
        f'<details class="cb-below"{_open(branch, below)}>{summary}'
        f'<div class="cb-kids">{_drawn(rows, below)}</div></details>'
    )


def _open(branch: Branch, below: Branch) -> str:
    """The second level is open where all of it can be taken in."""
    if branch.above is not None:
        return ""
    second = sum(len(each.rows) for each in branch.below.values())
    return " open" if len(branch.rows) + second <= OPEN or len(below.rows) <= 3 else ""


def _further(rows: Rows, branch: Branch, row: Row, id: str) -> str:
    """Where to read on: further up for a type that holds itself, else on another page."""
    parts = [elsewhere(rows, name, f"{id}=", branch.owner) for name in row.listed]
    again = branch.holds(row.inside) if row.inside else None
    if again is not None:
        parts.append(f'<a href="#{fragment(again.id)}">The same shape again</a>')
    elif row.inside:
        parts.append(elsewhere(rows, row.inside, id, branch.owner))
    return f"<small>{' · '.join(parts)}</small>" if parts else ""


def elsewhere(rows: Rows, name: str, id: str, owner: Owner | None = None) -> str:
    """A link to where a type is shown: its page, that of its owner, or one that goes on after this one."""
    words = _size(rows, name)
    if rows.edition.has_page(name):
        return f'<a href="{rows.edition.address_of_type(name)}">{words} of {escape(name)}</a>'
    if owner is not None:
        return (
            f'<a href="{NEXT}{escape(owner.name)}{PART}{TYPE}{escape(id[len(owner.id) :])}{NEXT}">{words}</a>'
        )
    rows.cut.append(Cut(id, name))
    return f'<a href="{NEXT}{PART}{escape(id)}{NEXT}">{words}</a>'


def names(rows: Rows, name: str, id: str, left: Sequence[Row], room: int) -> str:
    """The members of a type that find no room on a page, by name; with links where these have room."""
    owned = rows.edition.has_page(name)
    base = f"{escape(name)}{PART}{TYPE}" if owned else f"{PART}{escape(id)}"
    linked = sum(LINK + 2 * len(row.step) for row in left) <= room
    listed = [_name(row, base if linked else "") for row in left[:NAMED]]
    more = f" <span>and {len(left) - NAMED} more</span>" if len(left) > NAMED else ""
    all_of = f"<p>All {elsewhere(rows, name, id)}, these among them:</p>"
    return f'{all_of}<p class="cb-list">{" ".join(listed)}{more}</p>'


def _name(row: Row, base: str) -> str:
    """The name of a row, with a link if it is told where the row's siblings stand."""
    named = f"<code>{escape(row.step)}</code>"
    if base:
        named = f'<a href="{NEXT}{base}{row.sign}{escape(row.step)}{NEXT}">{named}</a>'
    return f"<span>{named}{' <small>required</small>' if REQUIRED in row.key else ''}</span>"


def _size(rows: Rows, name: str) -> str:
    type = rows.contract.types[name]
    if type.values:
        return f"{len(type.values)} values"
    if type.fields:
        return count(len(type.fields), "field")
    return count(len(type.parts), "variant") if type.parts else "Shape"


def _tabs(rows: Rows, branch: Branch, chosen: list[tuple[int, Row]]) -> str:
    """Variants side by side, without script: the panel of the chosen radio button is shown."""
    parts = ['<div class="cb-tabs">']
    group = escape(branch.id)
    for position, (index, row) in enumerate(chosen):
        id = branch.id_of(row)
        button = escape(f"{id}~")
        checked = " checked" if not position else ""
        parts.append(
            f'<input type="radio" name="{group}" id="{button}"{checked}>'
            f'<label for="{button}">{escape(row.tab)}</label>'
            f'<div class="cb-panel" id="{escape(id)}">{_panel(rows, branch, index, row, id)}</div>'
        )
    return "".join((*parts, "</div>"))


def _panel(rows: Rows, branch: Branch, index: int, row: Row, id: str) -> str:
    below = branch.below.get(index)
    about = row.meaning + row.more
    opening = (
        f"<p>{_filled(about, id)}</p>"
        if about and "<div" not in about and "<p" not in about
        else _filled(about, id)
    )
    if below is not None:
        return f'{opening}<div class="cb-tree">{_drawn(rows, below)}</div>'
    further = _further(rows, branch, row, id)
    return opening + (f"<p>{further}</p>" if further else "" if about else row.key)


def _filled(html: str, id: str) -> str:
    """Write the row's id where it is meant; in an address as well as in an attribute."""
    if OWN not in html:
        return html
    return html.replace(f"#{OWN}", f"#{fragment(id)}").replace(OWN, str(escape(id)))
