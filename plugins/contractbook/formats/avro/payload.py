"""A schema of Avro inside a contract of another format."""

from __future__ import annotations

from typing import Any

from contractbook.formats.avro.checks import check_doubled
from contractbook.formats.avro.reading import Reading
from contractbook.formats.avro.survey import Spot, survey_of
from contractbook.formats.avro.types import inner
from contractbook.formats.schema.draft import Spot as Place
from contractbook.formats.schema.read import Schemas
from contractbook.source.sources import Unresolved


def payload(schemas: Schemas, value: Any, place: Place) -> str:
    """The name of the type that a schema means; it may stand in a file that `$ref` names."""
    spot = Spot(place.document, place.at, place.way)
    if isinstance(value, dict) and isinstance(value.get("$ref"), str):
        try:
            target = schemas.sources.follow(place.document, value["$ref"])
        except Unresolved as problem:
            schemas.faults.unresolved(str(problem), place.document, place.pointer + "/$ref")
            return schemas.plain("")
        schemas.documents.setdefault(target.document.path, target.document)
        spot = Spot(target.document, schemas.at(target.document, target.pointer), place.way)
        value = target.value
    found = survey_of(value, spot)
    reading = Reading(schemas, found.definitions.values())
    check_doubled(reading, found.doubled)
    return inner(reading, value, spot, "")
