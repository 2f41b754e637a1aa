"""Texts of contracts as HTML that can do no harm: CommonMark without raw HTML, and only safe links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from contractbook.portal.marks import SAFE_LINK, outside

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Whatever could mean something in CommonMark or HTML.
_MARKUP = re.compile(
    r"[\\`*\[\]|]|~~|  \n|\n[ \t]*\n|&(?:\w+|#\w+);|<[a-zA-Z/!?]|(?<!\w)_|_(?!\w)|^[ \t]*(?:[-+=>#]|\d+[.)])",
    re.MULTILINE,
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# HTML that authors write in descriptions, in the words of CommonMark; whatever is left is shown as text.
_AS_MARKDOWN: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), replacement)
    for pattern, replacement in (
        (r"<br\s*/?>", "  \n"),
        (r"</?(?:p|div|ul|ol|section)(?:\s[^<>]*)?>", "\n\n"),
        (r"<li(?:\s[^<>]*)?>\s*", "\n- "),
        (r"</li>", "\n"),
        (r"<(?:code|tt)(?:\s[^<>]*)?>([^<>`]*)</(?:code|tt)>", r"`\1`"),
        (r"<(?:b|strong)(?:\s[^<>]*)?>\s*([^<>]*?)\s*</(?:b|strong)>", r"**\1**"),
        (r"<(?:i|em)(?:\s[^<>]*)?>\s*([^<>]*?)\s*</(?:i|em)>", r"*\1*"),
        (
            r"<a\s[^<>]*?href\s*=\s*[\"']?([^\"'<>\s]*)[^<>]*>((?:(?!</a>).)*)</a>",
            r"[\2](<\1>)",
        ),
        (r"<h[1-6](?:\s[^<>]*)?>\s*([^<>]*?)\s*</h[1-6]>", r"\n\n#### \1\n\n"),
        (r"</?(?:span|font|small|center|tbody|thead)(?:\s[^<>]*)?>", ""),
    )
)
_HEADING = re.compile(r" {0,3}#{1,6}[ \t][^\n]*|[^\n]+\n *(?:=+|-+) *")  # alone in its paragraph
_CODE = re.compile(r"(```.*?```|~~~.*?~~~|`[^`\n]*`)", re.DOTALL)
_SENTENCE = re.compile(
    r"(.+?(?<!\be\.g)(?<!\bi\.e)(?<!\bcf)(?<!\bvs)(?<!\betc)(?<!\bapprox)[.!?。])(?=\s|$)",
    re.DOTALL | re.IGNORECASE,
)


def blocks(text: str, level: int = 0) -> str:
    """A text as paragraphs, lists and tables; its headings begin below `level`, or are bold where it is 0."""
    text = text.strip()
    if not text:
        return ""
    if is_plain(text):
        return f"<p>{escape(text)}</p>"
    return _rendered(text, level)


def top_blocks(text: str, level: int = 0) -> list[str]:
    """A text as `blocks`, each paragraph, list and table by itself, so that it can be cut between them."""
    parser = _parser()
    tokens = _lowered(parser.parse(without_html(text.strip())), level)
    found: list[list[Token]] = []
    depth = 0
    for token in tokens:
        if depth == 0:
            found.append([])
        found[-1].append(token)
        depth += token.nesting
    return [str(parser.renderer.render(block, parser.options, {})) for block in found]


def inline(text: str) -> str:
    """A text of one paragraph without `<p>`; "" if it has more than that."""
    text = text.strip()
    if is_plain(text):
        return str(escape(text))
    html = _rendered(text, 0)
    inner = html[3:-4]
    return inner if html.startswith("<p>") and html.endswith("</p>") and "<p>" not in inner else ""


def split(text: str) -> tuple[str, str]:
    """The first paragraph as inline HTML, and the rest as blocks."""
    if whole := inline(text):
        return whole, ""
    first, _, rest = text.strip().partition("\n\n")
    if rest and (opening := inline(first)):
        return opening, blocks(rest)
    whole = blocks(text)
    opening, closed, rest = whole.removeprefix("<p>").partition("</p>")
    return (opening, rest.strip()) if closed and whole.startswith("<p>") else ("", whole)


@lru_cache(maxsize=20_000)
def sentence(text: str) -> str:
    """The first sentence as plain text, for titles, lists and search."""
    if not text:
        return ""
    first, _, rest = text.strip().partition("\n\n")
    if _HEADING.fullmatch(first) and rest:
        return sentence(rest)
    if not is_plain(first):
        first = plain(first)
    found = _SENTENCE.match(first)
    return shorten(found[1] if found else first, 300, placeholder=" …")


def plain(text: str) -> str:
    """A text without its markup."""
    return " ".join(_words(_parser().parse(without_html(text)))).strip()


def short(text: str) -> str:
    """A text for a cell of a table: without `<p>` if it has one paragraph."""
    return inline(text) or blocks(text)


def is_plain(text: str) -> bool:
    """Whether a text means the same as CommonMark and as it stands: nearly all short descriptions do."""
    return _MARKUP.search(text) is None


def without_html(text: str) -> str:
    """A text whose HTML is CommonMark, as far as authors commonly write it; whatever is left is only text."""
    if not _TAG.search(text):
        return text
    parts = _CODE.split(text)
    for i in range(0, len(parts), 2):  # the odd ones are code and stay as they are
        for pattern, replacement in _AS_MARKDOWN:
            parts[i] = pattern.sub(replacement, parts[i])
    return "".join(parts)


@lru_cache(maxsize=50_000)
def _rendered(text: str, level: int) -> str:
    parser = _parser()
    tokens = _lowered(parser.parse(without_html(text)), level)
    return str(parser.renderer.render(tokens, parser.options, {})).strip().replace("\x00", "")


def _lowered(tokens: list[Token], level: int) -> list[Token]:
    """The tokens with safe links, and headings of the rank that is theirs here."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            _lower(token, level)
        if token.children:
            token.children = list(_safe(token.children))
    return tokens


def _safe(tokens: Sequence[Token]) -> Iterator[Token]:
    """The parts of a paragraph without links to anywhere but the web; the words of a link stay."""
    dropped = inside = False
    for token in tokens:
        if token.type == "link_open":
            inside = True
            dropped = not SAFE_LINK.match(str(token.attrGet("href") or ""))
            token.attrSet("rel", "noopener")
        if token.type == "image" and inside:  # a badge that is a link: the image would be a link in a link
            token.type = "text"
        if not (dropped and token.type in ("link_open", "link_close")):
            yield token
        inside = inside and token.type != "link_close"


def _lower(token: Token, level: int) -> None:
    """A heading of a text takes its rank below that of the page's own."""
    if level:
        token.tag = f"h{min(6, level + int(token.tag[1]))}"
    else:
        token.tag = "p"
        if token.nesting == 1:
            token.attrSet("class", "cb-bold")


def _words(tokens: Sequence[Token]) -> list[str]:
    found = []
    for token in tokens:
        if token.children:
            found.append("".join(_of_inline(child) for child in token.children))
        elif token.type in ("code_block", "fence"):
            found.append(token.content)
    return found


def _of_inline(token: Token) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else token.content


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.add_render_rule("image", _image)
    return parser


def _image(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """An image is a link to it: nothing is fetched because somebody reads a page."""
    token = tokens[index]
    address, words = str(token.attrGet("src") or ""), token.content or "image"
    return outside(address, words) if SAFE_LINK.match(address) else str(escape(words))
