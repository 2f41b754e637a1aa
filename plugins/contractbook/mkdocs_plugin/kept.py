"""What `mkdocs serve` shows of a contract that is broken while somebody types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from markupsafe import escape

from contractbook.finding import Finding
from contractbook.portal import Page, Series


class Kept:
    """Keeps the pages of a build: those that a broken contract takes away can be shown in the next."""

    def __init__(self) -> None:
        self._pages: dict[str, Page] = {}

    def completed(self, pages: Sequence[Page], every: Iterable[Series]) -> list[Page]:
        """The pages, and after them those that are missing because their contract cannot be read."""
        broken = {
            contract.path: contract.faults[0]
            for series in every
            for contract in series.versions
            if contract.faults
        }
        there = {page.uri for page in pages}
        lost = [page for page in self._pages.values() if page.uri not in there and page.source in broken]
        self._pages = {page.uri: page for page in (*pages, *lost)}
        return [*pages, *(_marked(page, broken[page.source]) for page in lost)]


def _marked(page: Page, fault: Finding) -> Page:
    """The page, with what is wrong at its top."""
    notice = (
        '<div class="cb"><div class="cb-note cb-red"><p><b>The contract cannot be read.</b>'
        f" {escape(fault.message)} <code>{escape(str(fault.location))}</code></p>"
        "<p>This page shows it as it was before.</p></div></div>"
    )
    return replace(page, html=notice + page.html)
