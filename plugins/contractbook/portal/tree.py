"""Trees of rows: a type unfolded as far as there is room for, the rest on the pages of its types."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import groupby

from markupsafe import escape

from contractbook.portal.edition import Edition
from contractbook.portal.marks import count, fragment
from contractbook.portal.meaning import OWN
from contractbook.portal.rows import Row, Rows

TABS = 8  # variants that stand side by side; more stand below each other
OPEN = 40  # rows below which the first level of a tree is open
DEEPEST = 12


@dataclass(slots=True)
class Branch:
    """A type at one place of a tree: its rows, and which of them are unfolded."""

    name: str
    id: str
    rows: tuple[Row, ...]
    above: Branch | None = None
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
    root = Branch(inside, id, rows.members(inside) if start is None else start)
    _unfold(rows, root, room)
    rows.edition.shown.add(root.name)
    return f'<div class="cb-tree">{_drawn(rows.edition, root)}</div>'


def weight(rows: tuple[Row, ...], id: str) -> int:
    """About how many bytes the rows are as HTML below an id."""
    return sum(row.weight + row.ids * (len(id) + 1 + len(row.step)) for row in rows)


def _unfold(rows: Rows, root: Branch, room: int) -> None:
    room -= weight(root.rows, root.id)
    waiting = deque([root])
    while waiting:
        branch = waiting.popleft()
        for index, row in enumerate(branch.rows):
            if not row.inside or branch.holds(row.inside) or branch.depth > DEEPEST:
                continue
            id = branch.id_of(row)
            members = rows.members(row.inside)
            needed = weight(members, id) + 40
            if needed <= room:
                room -= needed
                branch.below[index] = Branch(row.inside, id, members, branch)
                rows.edition.shown.add(row.inside)
                waiting.append(branch.below[index])


def _drawn(edition: Edition, branch: Branch) -> str:
    parts = []
    numbered = list(enumerate(branch.rows))
    for group, same in groupby(numbered, key=lambda each: each[1].group):
        if group:
            parts.append(f'<div class="cb-group">{group}</div>')
        for is_tab, alike in groupby(same, key=lambda each: bool(each[1].tab)):
            chosen = list(alike)
            if is_tab and 1 < len(chosen) <= TABS:
                parts.append(_tabs(edition, branch, chosen))
            else:
                parts += (_row(edition, branch, index, row) for index, row in chosen)
    return "".join(parts)


def _row(edition: Edition, branch: Branch, index: int, row: Row) -> str:
    id = branch.id_of(row)
    below = branch.below.get(index)
    gone = " cb-gone" if row.gone else ""
    key, meaning = _filled(row.key, id), _filled(row.meaning, id)
    if below is None:
        more = _filled(row.more, id)
        further = _further(edition, branch, row)
        return (
            f'<div class="cb-row{gone}" id="{escape(id)}"><div class="cb-k">{key}</div>'
            f'<div class="cb-v">{meaning}{further}{more}</div></div>'
        )
    return (
        f'<details class="cb-row{gone}" id="{escape(id)}"{_open(branch, below)}><summary>'
        f'<span class="cb-k">{key}</span><span class="cb-v">{meaning}</span></summary>'
        f'<div class="cb-kids">{_more(row, id)}{_drawn(edition, below)}</div></details>'
    )


def _open(branch: Branch, below: Branch) -> str:
    """The second level is open where all of it can be taken in."""
    if branch.above is not None:
        return ""
    second = sum(len(each.rows) for each in branch.below.values())
    return " open" if len(branch.rows) + second <= OPEN or len(below.rows) <= 3 else ""


def _more(row: Row, id: str) -> str:
    return f'<div class="cb-more">{_filled(row.more, id)}</div>' if row.more else ""


def _further(edition: Edition, branch: Branch, row: Row) -> str:
    """Where to read on: further up for a type that holds itself, else on the page of the type."""
    if not row.inside:
        return ""
    again = branch.holds(row.inside)
    if again is not None:
        return f'<small><a href="#{fragment(again.id)}">The same shape again</a></small>'
    size = len(edition.contract.types[row.inside].fields)
    words = count(size, "field") if size else "Shape"
    return f'<small><a href="{edition.want(row.inside)}">{words} of {escape(row.inside)}</a></small>'


def _tabs(edition: Edition, branch: Branch, chosen: list[tuple[int, Row]]) -> str:
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
            f'<div class="cb-panel" id="{escape(id)}">{_panel(edition, branch, index, row, id)}</div>'
        )
    return "".join((*parts, "</div>"))


def _panel(edition: Edition, branch: Branch, index: int, row: Row, id: str) -> str:
    below = branch.below.get(index)
    about = row.meaning + row.more
    opening = (
        f"<p>{_filled(about, id)}</p>"
        if about and "<div" not in about and "<p" not in about
        else _filled(about, id)
    )
    if below is not None:
        return f'{opening}<div class="cb-tree">{_drawn(edition, below)}</div>'
    return opening + (f"<p>{_further(edition, branch, row)}</p>" if row.inside else "" if about else row.key)


def _filled(html: str, id: str) -> str:
    """Write the row's id where it is meant; in an address as well as in an attribute."""
    if OWN not in html:
        return html
    return html.replace(f"#{OWN}", f"#{fragment(id)}").replace(OWN, str(escape(id)))
