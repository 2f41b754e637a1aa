"""Objects that are the same in AsyncAPI 2 and 3."""

from __future__ import annotations

from contractbook.formats.structure.tables import Tables

COMMON: Tables = {
    "contact": {"name": "text", "url": "text", "email": "text"},
    "license": {"name": "text!", "url": "text"},
    "tag": {"name": "text!", "description": "text", "externalDocs": "docs"},
    "docs": {"url": "text!", "description": "text"},
    "variable": {"enum": "[text]", "default": "text", "description": "text", "examples": "[text]"},
    "correlation": {"location": "text!", "description": "text"},
    "example": {"name": "text", "summary": "text", "headers": "free", "payload": "any"},
}
