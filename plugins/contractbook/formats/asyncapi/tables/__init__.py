"""The objects of AsyncAPI and the keys of each, as data: what documents are checked against.

What the kinds mean says `contractbook.formats.structure.tables`.
"""

from __future__ import annotations

from contractbook.formats.asyncapi.tables.bindings import BINDINGS
from contractbook.formats.asyncapi.tables.common import COMMON
from contractbook.formats.asyncapi.tables.schemas import SCHEMAS
from contractbook.formats.asyncapi.tables.three import THREE
from contractbook.formats.asyncapi.tables.two import TWO
from contractbook.formats.structure.tables import Tables

OBJECTS_2: Tables = {**COMMON, **SCHEMAS, **BINDINGS, **TWO}
OBJECTS_3: Tables = {**COMMON, **SCHEMAS, **BINDINGS, **THREE}
