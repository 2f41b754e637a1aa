"""GraphQL schemas in the schema definition language (SDL), one file or many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from contractbook.formats.format import Format
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.model import Contract
from contractbook.source.document import Document
from contractbook.source.sources import Sources

# The first word of a text, behind blanks, commas, comments and a description.
_first = re.compile(
    rb'(?:[\s,]+|\xef\xbb\xbf|#[^\r\n]*|"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\r\n]|\\.)*")*(?P<word>\w+|\S)?'
).match
EXECUTABLE = frozenset({b"query", b"mutation", b"subscription", b"fragment", b"{"})


def detect(document: Document) -> bool:
    """Whether a document describes a schema: one of operations only is a consumer's, and no contract."""
    found = _first(document.utf8)
    return found is not None and found["word"] is not None and found["word"] not in EXECUTABLE


def read(documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS) -> Iterable[Contract]:
    """The contracts of the documents: files that together make one schema are one."""
    from contractbook.formats.graphql.read import read as read_all

    return read_all(documents, endings)


WORDS = {
    "kind": "kind",
    "roots": "root types",
    "directives": "directives",
    "specifiedBy": "specified by",
    "oneOf": "exactly one field",
}

ENDS = '`@deprecated(reason: "Use x instead. Removal on 2027-03-01.")`'

GRAPHQL = Format(
    "graphql",
    "GraphQL",
    (".graphql", ".graphqls", ".gql"),
    detect,
    read,
    together=True,
    words=WORDS,
    ends=ENDS,
)
