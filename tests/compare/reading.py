"""Contracts for tests of comparisons, from texts and files."""

from __future__ import annotations

from pathlib import Path

from contractbook.formats import FORMATS, detect
from contractbook.model import Contract
from contractbook.source.disk import DiskTree
from contractbook.source.document import Document
from contractbook.source.sources import Sources

SHARED = Path(__file__).parents[3] / "shared"


def from_text(text: str) -> Contract:
    """The contract of an OpenAPI text, completed where it is a fragment."""
    openapi = FORMATS["openapi"]
    text = text if text.startswith(("{", "openapi:", "swagger:")) else openapi.preamble + text
    (contract,) = openapi.read([Document("api.yaml", text.encode())], Sources(DiskTree(Path("nowhere"))))
    return contract


def from_file(path: Path, root: Path | None = None) -> Contract:
    """The contract of a file, whose references stay below the root (its own folder, unless given)."""
    root = root or path.parent
    sources = Sources(DiskTree(root))
    document = sources.open(path.relative_to(root).as_posix())
    format = detect(document)
    assert format is not None
    (contract,) = format.read([document], sources)
    return contract
