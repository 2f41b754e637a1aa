"""How each keyword of JSON Schema and its dialects is read: a table, one small function for each.

What is not in the table stays as it is written, in `binding`.
"""

from __future__ import annotations

from collections.abc import Mapping

from contractbook.formats.schema.keywords.annotations import ANNOTATIONS
from contractbook.formats.schema.keywords.combinations import COMBINATIONS
from contractbook.formats.schema.keywords.keyword import Keyword
from contractbook.formats.schema.keywords.members import MEMBERS
from contractbook.formats.schema.keywords.values import VALUES

KEYWORDS: Mapping[str, Keyword] = {**ANNOTATIONS, **VALUES, **MEMBERS, **COMBINATIONS}
