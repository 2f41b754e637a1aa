"""The pages over all contracts as Markdown: home, services, what ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from contractbook.portal.deprecations import Ending
from contractbook.portal.markdown.pieces import code, joined, line, link, prose, title
from contractbook.portal.marks import day
from contractbook.portal.page import Page


def guide(name: str, description: str, root: str, pages: Iterable[Page]) -> str:
    """What language models read first (llmstxt.org): where the Markdown of each contract and group is.

    `root` is the address of the portal.
    """
    depths: dict[str, int] = {"": -1}
    lines = []
    for page in pages:
        if page.markdown and page.nav_title and page.above in depths:
            depths[page.uri] = depth = depths[page.above or ""] + 1
            lines.append("  " * depth + _led_to(root, page))
    about = f"> {line(description)}" if description else ""
    return joined([f"# {title(name)}", about, "## Contracts", "\n".join(lines)]) + "\n"


def _led_to(root: str, page: Page) -> str:
    said = {"contract": page.summary.partition(" ")[2], "group": page.summary}.get(page.kind)
    return f"- {link(page.title, f'{root}{page.uri}page.md')}{f': {prose(said)}' if said else ''}"


def services(name: str, lead: str, lines: Iterable[Mapping[str, str]]) -> str:
    """Services, or the contracts of one: what each is about, and in which format and versions."""
    return joined([f"# {title(name)}", prose(lead), "\n".join(map(service, lines))])


def service(each: Mapping[str, str]) -> str:
    """A service or contract in a line."""
    facts = ", ".join(filter(None, (each["formats"], each["versions"])))
    return f"- {link(each['title'], each['address'])} ({title(facts)}): {prose(each['sentence'])}".rstrip(
        ": "
    )


def deprecations(ends: Sequence[Ending], today: date) -> str:
    """What ends, by how soon."""
    counted = f"Days are counted from {day(today)}." if ends else "Nothing is deprecated."
    return joined(["# Deprecations", counted, "\n".join(_ending(each, today) for each in ends)])


def _ending(each: Ending, today: date) -> str:
    sunset = each.lifecycle.sunset
    when = f"{day(sunset)} ({(sunset - today).days} days)" if sunset else "no end announced"
    use = f", use {code(each.lifecycle.replacement)}" if each.lifecycle.replacement else ""
    where = " ".join(filter(None, (each.service, each.version)))
    said = f". {line(each.lifecycle.reason)}" if each.lifecycle.reason else ""
    return f"- {when}: {title(where)} {link(each.name, each.address)}{use}{said}"
