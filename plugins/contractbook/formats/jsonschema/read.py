"""From schemas to contracts: one for each schema that no other one is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contractbook.formats.faults import Faults
from contractbook.formats.jsonschema.bundle import Bundle
from contractbook.formats.jsonschema.drafts import check, dialect
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.formats.schema.aliases import break_circles
from contractbook.formats.schema.draft import Spot
from contractbook.formats.schema.read import Schemas
from contractbook.model import NOTHING, Contract
from contractbook.source.collector import paused
from contractbook.source.document import Document
from contractbook.source.sources import Sources, Target
from contractbook.source.versions import split_version, stem

_schema_suffix = re.compile(r"[.-]schema$", re.IGNORECASE)


def read(documents: Sequence[Document], sources: Sources, endings: Endings = ENDINGS) -> Iterator[Contract]:
    """The contracts of the documents; `endings` reads the keys that announce an end."""
    with paused():
        bundle = Bundle(documents)
        main = bundle.main()
    for document in main:
        with paused():
            contract = _contract(document, bundle, sources, endings)
        yield contract


def _contract(document: Document, bundle: Bundle, sources: Sources, endings: Endings) -> Contract:
    faults = Faults()
    if not isinstance(document.data, dict):
        return Contract(
            name="",
            title=document.path,
            format="jsonschema",
            path=document.path,
            documents=(document.path,),
            faults=document.faults,
        )
    draft = dialect(document, faults)
    checked = {document.path}

    def check_part(target: Target) -> None:
        if target.document.path not in checked and target.document.path in known:
            checked.add(target.document.path)
            check(target.document, target.document.data, "", dialect(target.document, faults), faults)

    known = {each.path for each in bundle.documents}
    if not any(fault.rule == "unreadable" for fault in document.faults):
        check(document, document.data, "", draft, faults)
    schemas = Schemas(document, sources, draft, faults, endings, check_part, bundle.target)
    name = schemas.named(document.data, Spot(document, "#", root_name(document)), root_name(document))
    schemas.run()
    break_circles(schemas)
    opened = tuple(schemas.documents.values())
    root = schemas.types[name]
    own = _own(document.data)
    return Contract(
        name=own.get("name", ""),
        version=own.get("version", ""),
        format="jsonschema",
        path=document.path,
        spec_version=draft.name,
        stated_version=own.get("version", ""),
        title=root.title or name,
        at="#",
        documents=tuple(one.path for one in opened),
        types=schemas.types,
        roots=(name,),
        faults=(*(fault for one in opened for fault in one.faults), *faults.findings(opened)),
    )


def root_name(document: Document) -> str:
    """What to call the schema that a document is: by its own word, else by its file, without a version."""
    data = document.data
    own = _own(data).get("name", "")
    folder, _, file = document.path.rpartition("/")
    name = split_version(_schema_suffix.sub("", stem(file)))[0]
    return own or name or _title(data) or folder.rpartition("/")[2] or "schema"


def _title(data: Mapping[str, Any]) -> str:
    title = data.get("title")
    return title if isinstance(title, str) else ""


def _own(data: Mapping[str, Any]) -> Mapping[str, str]:
    """Name and version of a schema that describes itself, as the registry Iglu has them."""
    said = data.get("self")
    if not isinstance(said, dict):
        return NOTHING
    return {
        key: value for key, value in said.items() if key in ("name", "version") and isinstance(value, str)
    }
