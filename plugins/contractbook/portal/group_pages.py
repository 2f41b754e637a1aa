"""Pages of groups and of their operations: all on one page where there is room, else a page for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contractbook.model import Operation
from contractbook.portal import contracts, operations, text
from contractbook.portal.edition import Edition, Section
from contractbook.portal.markdown import contract as copies
from contractbook.portal.markdown import operation as copied
from contractbook.portal.marks import table
from contractbook.portal.page import ROOM, Chapter, Heading, Page
from contractbook.portal.pieces import cut_code
from contractbook.portal.publish import Publisher, headings
from contractbook.portal.rows import Rows
from contractbook.portal.shapes import continued

IN_NAVIGATION = 24  # groups that stand in the navigation; more make every page too long
IN_LIST = 80  # operations that a page lists
LINE = 350  # bytes of an operation in a list
TOGETHER = 12  # operations that may share a page
FULL = 0.75  # of a page's room: what a group that is shown in full may be estimated at


def group_pages(publisher: Publisher) -> Iterator[Page]:
    """All groups, each followed by the pages of its operations."""
    edition = publisher.edition
    edition.in_full = fully_shown(publisher.rows)
    for section in edition.sections:
        yield from _group(publisher, section)


def fully_shown(rows: Rows) -> frozenset[str]:
    """The sections that show all their operations on one page."""
    return frozenset(
        section.slug for section in rows.edition.sections if _estimate(rows, section) < FULL * ROOM
    )


def _group(publisher: Publisher, section: Section) -> Iterator[Page]:
    edition = publisher.edition
    home = _home(edition, section)
    full = section.slug in edition.in_full
    views = _in_full(publisher.rows, section, home) if full else []
    listed = len(edition.sections) <= IN_NAVIGATION and edition.is_newest
    lines = [contracts.line(edition, each) for each in section.operations]
    pieces = [lines[start : start + IN_LIST] for start in range(0, len(lines), IN_LIST)] or [[]]
    yield from publisher.paged(
        "group.html",
        f"{publisher.root}{section.slug}/",
        section.name,
        "group",
        [
            *_lists(pieces[1:]),
            *(each for view in views for each in view.later),
            *continued(publisher.rows),
            *(each for view in views for each in _examples(view)),
        ],
        summary=text.sentence(section.doc),
        headings=tuple(heading for view in views for heading in _headings(view)),
        above=publisher.root if listed else None,
        nav_title=section.name if listed else "",
        contents=len(views) > 1,
        doc=text.blocks(section.doc, 1),
        lines=pieces[0] if len(lines) > 1 or not full else [],
        views=views,
        filtered=contracts.filtered(edition, len(lines), len(pieces[0])),
        markdown=copies.group(publisher.members, section, views),
    )
    if not full:
        for operation in home:
            yield from _operation(publisher, section, operation)


def _lists(pieces: Sequence[list[dict[str, str]]]) -> Iterator[Chapter]:
    """The operations that found no room in the list of their group."""
    for number, piece in enumerate(pieces, 2):
        rows = (
            (
                f'{line["method"]} <a href="{line["address"]}"><code>{line["path"]}</code></a>',
                line["title"],
                line["state"],
            )
            for line in piece
        )
        yield Chapter(
            f"operations-{number}", "Operations", table(("Operation", "What it does", "State"), rows)
        )


def _home(edition: Edition, section: Section) -> list[Operation]:
    """The operations that have their place in a section; others are only listed there."""
    return [each for each in section.operations if edition.home_of[each.label] is section]


def _in_full(rows: Rows, section: Section, home: Sequence[Operation]) -> list[operations.View]:
    """The operations of a small group, each with its share of the page."""
    room = ROOM - 1_000 - len(section.doc) - LINE * len(section.operations)
    sizes = [_estimate_one(rows, each) for each in home]
    return [
        operations.view(rows, each, rows.edition.slugs[each.label], room * size // sum(sizes))
        for each, size in zip(home, sizes, strict=True)
    ]


def _headings(view: operations.View) -> Iterator[Heading]:
    yield Heading(view.id, view.title, operations.summary(view.operation))
    yield from headings(view.chapters, 3)


def _operation(publisher: Publisher, section: Section, operation: Operation) -> Iterator[Page]:
    """The page of an operation, and those with what it has no room for."""
    uri = publisher.edition.address(operation).removeprefix("~/")
    view = operations.view(publisher.rows, operation)
    yield from publisher.paged(
        "operation-page.html",
        uri,
        view.title,
        "operation",
        [
            *view.later,
            *continued(publisher.rows),
            *_examples(view),
        ],
        crumbs=publisher.crumbs(uri, (section.name, f"~/{publisher.root}{section.slug}/")),
        summary=operations.summary(operation),
        headings=tuple(headings(view.chapters)),
        status="deprecated" if operation.lifecycle.deprecated else "",
        contents=False,
        view=view,
        markdown=copied.operation(publisher.members, view, 1),
    )


def _examples(view: operations.View) -> Iterator[Chapter]:
    """Long examples."""
    for index, panel in enumerate(view.column.long, 1):
        for part, html in enumerate(cut_code(panel.html), 1):
            id = f"example-{index}" if part == 1 else f"example-{index}-{part}"
            more = "" if part == 1 else f", part {part}"
            yield Chapter(id, f"Example: {panel.label}{more}", html)


def _estimate(rows: Rows, section: Section) -> int:
    """About how many bytes a group is with all its operations."""
    home = _home(rows.edition, section)
    if len(home) > TOGETHER:
        return ROOM
    return sum(_estimate_one(rows, each) for each in home) + len(section.doc) + LINE * len(section.operations)


def _estimate_one(rows: Rows, operation: Operation) -> int:
    size = 4_500 + len(operation.doc) + 500 * len(operation.parameters)
    for name in {message.payload for message in operation.messages if message.payload}:
        inside = rows.inside(name)
        size += 1_200 + (rows.weight(inside, "get-something.r200") if inside else 0)
    for message in operation.messages:
        size += 300 + 250 * len(message.headers)
        size += sum(3 * len(str(example.value)) for example in message.examples)
    return size + sum(_estimate_one(rows, each) for each in operation.callbacks)
