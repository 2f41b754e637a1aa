"""The envelope around an event: its attributes as a table, and an event whole as an example."""

from __future__ import annotations

from typing import Any

from markupsafe import escape

from contractbook.model import Envelope, Field
from contractbook.portal import text, words
from contractbook.portal.examples import Maker
from contractbook.portal.marks import code, compact, table
from contractbook.portal.rows import REQUIRED, Rows

CORE = ("specversion", "type", "source", "subject", "id", "time", "datacontenttype", "dataschema")
MEANINGS = {
    "id": "The same id from the same source is the same event: drop it",
    "source": "Where it happened",
    "type": "What happened",
    "specversion": "The version of CloudEvents",
    "subject": "What it happened to",
    "time": "When it happened",
    "datacontenttype": "The media type of the data",
    "dataschema": "The schema of the data",
}
"""What the attributes mean (CloudEvents 1.0, 3.1) where a contract does not say it itself."""


def title(envelope: Envelope) -> str:
    """What the envelope is, in a few words."""
    return " ".join(filter(None, ("CloudEvents", envelope.version))) + (
        f", {envelope.mode}" if envelope.mode else ""
    )


def attributes(rows: Rows, envelope: Envelope, id: str) -> str:
    """The attributes of an envelope, those of CloudEvents first, then the extensions."""
    declared = {field.name: field for field in envelope.attributes}
    names = [*declared, *(name for name in envelope.constants if name not in declared)]
    ordered = sorted(names, key=lambda name: (CORE.index(name) if name in CORE else len(CORE), name))
    lines = (_line(rows, name, declared.get(name), envelope, id) for name in ordered)
    return table(("Attribute", "Type", "Value and meaning"), lines)


def _line(rows: Rows, name: str, field: Field | None, envelope: Envelope, id: str) -> tuple[str, str, str]:
    place = f'<span id="{escape(id)}.{escape(name)}">{code(name)}</span>'
    kind = words.kind(rows.contract, field.type, rows.edition.link) if field else "string"
    if field and field.required:
        kind += f" · {REQUIRED}"
    said = [f"always {code(envelope.constants[name])}"] if name in envelope.constants else []
    meaning = field.doc or field.title if field else ""
    said.append(text.short(meaning) if meaning else MEANINGS.get(name, ""))
    if field:
        said += (
            f"example {code(compact(each.value))}" for each in field.examples[:1] if each.value is not None
        )
    return place, kind, "<br>".join(filter(None, said))


def event(envelope: Envelope, data: Any, maker: Maker) -> dict[str, Any]:
    """An event whole in structured mode, with its data (CloudEvents JSON format 1.0, 3)."""
    made: dict[str, Any] = {"specversion": envelope.version or "1.0"}
    for field in envelope.attributes:
        written = [example.value for example in field.examples if example.value is not None]
        if field.name not in envelope.constants and (field.required or written or field.name in CORE):
            made[field.name] = written[0] if written else maker.make(field.type)
    made |= envelope.constants
    core = {name: made[name] for name in CORE if name in made}
    return {**core, **made, "data": data}
