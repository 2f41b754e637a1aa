"""Parts of the portal on the site's own pages: what a fenced block asks for, linked from where it stands."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from contractbook.config.typed import Spot, record
from contractbook.mkdocs_plugin.fences import NAME, Fence, filled, taken
from contractbook.portal import Embedded, Embeds, Wanted
from contractbook.portal.links import linked
from contractbook.source.document import Document
from contractbook.wrong import Wrong

_ID = re.compile(r' id="([^"]*)"')


class Embedding:
    """What the pages of one build ask for; `warn` is told what cannot be shown."""

    def __init__(self, embeds: Embeds, base: str, warn: Callable[[str], None]) -> None:
        self._embeds = embeds
        self._base = base
        self._warn = warn
        self._fences: dict[str, list[Fence]] = {}
        self._made: dict[str, list[Embedded]] = {}

    def taken(self, markdown: str, page: Page, config: MkDocsConfig) -> str:
        """The text of a page without our blocks."""
        if NAME not in markdown:
            return markdown
        text, fences = taken(markdown)
        if fences:
            path, above = _source(page, markdown, config)
            self._fences[page.file.src_uri] = fences
            self._made[page.file.src_uri] = [
                self._one(fence, f"contract-{number}", path, above) for number, fence in enumerate(fences, 1)
            ]
        return text

    def _one(self, fence: Fence, id: str, path: str, above: int) -> Embedded:
        """What a block asks for, or why it cannot be shown."""
        try:
            block = Block(path, fence, above)
            at = Spot(block, whole="the block")
            return self._embeds.embed(record(Wanted, block.data, at), at, id)
        except Wrong as wrong:
            self._warn(str(wrong))
            place, _, message = str(wrong).partition(": ")
            return self._embeds.failed(message, place)

    def digested(self, content: str, page: Page) -> str:
        """The HTML of a page with a few words in the place of each block, for search."""
        made = self._made.get(page.file.src_uri)
        if not made:
            return content
        ids = {html.unescape(id) for each in made for id in _ID.findall(each.html)}
        page.present_anchor_ids = {*(page.present_anchor_ids or ()), *ids}
        return filled(
            content,
            self._fences[page.file.src_uri],
            lambda number: f"{_begin(number)}<p>{html.escape(made[number].digest)}</p>{_END}",
        )

    def finished(self, content: str, page: Page, config: MkDocsConfig) -> str:
        """The HTML of a page with all that was asked for."""
        root = get_relative_url(f"{self._base}/", page.url)
        for number, each in enumerate(self._made.get(page.file.src_uri, ())):
            before, begin, rest = content.partition(_begin(number))
            if begin:
                content = (
                    before + linked(each.html, root, config.use_directory_urls) + rest.partition(_END)[2]
                )
        return content


_END = '<i class="cb-end"></i></div>'


def _begin(number: int) -> str:
    return f'<div class="cb-embed-{number}">'


class Block:
    """The body of a block as a part of its page."""

    def __init__(self, path: str, fence: Fence, above: int) -> None:
        self.path = path
        self._above = above + fence.line
        self._document = Document(path, fence.body.encode("utf-8", "surrogatepass"))
        if self._document.faults:
            fault = self._document.faults[0]
            line, column = fault.location.line or 1, fault.location.column or 1
            raise Wrong(f"{path}:{self._above + line}:{column}: {fault.message}")

    @property
    def data(self) -> object:
        """What is written in it."""
        return self._document.data

    def locate(self, pointer: str) -> tuple[int, int]:
        """Line and column of a key in the page; those of the block's first line for the block itself."""
        line, column = self._document.locate(pointer) if pointer else (0, 1)
        return self._above + line, column


def _source(page: Page, markdown: str, config: MkDocsConfig) -> tuple[str, int]:
    """The file of a page as seen from the configuration, and how many lines stand above its text."""
    written = page.file.content_string
    above = written[: written.find(markdown)].count("\n") if markdown in written else 0
    start = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
    path = Path(page.file.abs_src_path or page.file.src_uri)
    return (path.relative_to(start) if path.is_relative_to(start) else path).as_posix(), above
