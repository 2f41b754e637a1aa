"""The Schema Object of AsyncAPI: JSON Schema draft 7 and three keys more; unknown keys are no fault."""

from __future__ import annotations

from contractbook.formats.structure.tables import Tables

SCHEMA = "schema or flag"

SCHEMAS: Tables = {
    "schema": {
        **dict.fromkeys(("title", "description", "format", "pattern", "$id", "$comment"), "text"),
        **dict.fromkeys(("maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum"), "number"),
        "multipleOf": "number",
        **dict.fromkeys(("maxLength", "minLength", "maxItems", "minItems"), "whole"),
        **dict.fromkeys(("maxProperties", "minProperties"), "whole"),
        **dict.fromkeys(("uniqueItems", "readOnly", "writeOnly", "deprecated"), "flag"),
        **dict.fromkeys(("additionalProperties", "additionalItems", "contains", "propertyNames"), SCHEMA),
        **dict.fromkeys(("not", "if", "then", "else"), SCHEMA),
        **dict.fromkeys(("allOf", "oneOf", "anyOf"), f"[{SCHEMA}]"),
        **dict.fromkeys(("properties", "patternProperties", "definitions"), f"{{{SCHEMA}}}"),
        "type": "text or [text]",
        "required": "[text]",
        "enum": "[any]",
        "const": "any",
        "default": "any",
        "examples": "[any]",
        "items": f"{SCHEMA} or [{SCHEMA}]",
        "dependencies": f"{{{SCHEMA} or [text]}}",
        "discriminator": "text",
        "externalDocs": "docs",
        "*": "any",
    },
}
