"""Links of pages, which count from the portal's root (`~/`), as links from where a page stands."""

from __future__ import annotations

import re

_LINK = re.compile(r'(href="|data-copy=")~/([^"#]*)')
_TO_COPY = re.compile(r"\]\(~/([^)#\s]*)(?:#[^)\s]*)?\)")


def linked(html: str, root: str, directory_urls: bool) -> str:
    """HTML with links that count from a page from which `root` leads to the portal."""
    end = "" if directory_urls else "index.html"

    def link(match: re.Match[str]) -> str:
        is_page = match[2].endswith("/") or not match[2]
        return match[1] + (f"{root}{match[2]}{end if is_page else ''}" or "./")

    return _LINK.sub(link, html)


def page_links(markdown: str, uri: str, name: str = "page.md") -> str:
    """Markdown whose links lead to the Markdown of other pages, which has that name beside each."""
    up = "../" * uri.count("/")
    return _TO_COPY.sub(rf"]({up}\1{name})", markdown)
