"""Logical types: what a value means beyond the type that carries it (Avro 1.12, Logical Types)."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, log10
from typing import Any

from contractbook.formats.avro.reading import Reading
from contractbook.formats.avro.survey import Spot

LOGICAL = frozenset({"type", "logicalType", "precision", "scale", "doc"})
# The types that each logical type stands over; libraries ignore one that stands over another.
CARRIERS: Mapping[str, tuple[str, ...]] = {
    "decimal": ("bytes", "fixed"),
    "big-decimal": ("bytes",),
    "uuid": ("string", "fixed"),
    "date": ("int",),
    "time-millis": ("int",),
    "time-micros": ("long",),
    **dict.fromkeys(("timestamp-millis", "timestamp-micros", "timestamp-nanos"), ("long",)),
    **dict.fromkeys(("local-timestamp-millis", "local-timestamp-micros", "local-timestamp-nanos"), ("long",)),
    "duration": ("fixed",),
}
SIZES = {"duration": 12, "uuid": 16}


def check_logical(reading: Reading, value: Mapping[str, Any], kind: str, spot: Spot) -> dict[str, Any]:
    """Precision and scale of a decimal; what of a logical type no library can follow is told."""
    logical = value.get("logicalType")
    if not isinstance(logical, str):
        return {key: value[key] for key in ("precision", "scale") if key in value}
    carriers = CARRIERS.get(logical)
    size = value.get("size")
    if carriers and kind not in carriers:
        told = f"`{logical}` cannot stand over {kind}, so libraries ignore it"
        reading.invalid(told, spot.into("/logicalType"), f"Use {' or '.join(carriers)}.")
    elif kind == "fixed" and logical in SIZES and size != SIZES[logical]:
        told = f"`{logical}` has {SIZES[logical]} bytes, and this fixed has {size}"
        reading.invalid(told, spot.into("/size"), f"Write `size` {SIZES[logical]}.")
    elif logical == "decimal":
        return _decimal(reading, value, kind, spot)
    return {key: value[key] for key in ("precision", "scale") if key in value}


def _decimal(reading: Reading, value: Mapping[str, Any], kind: str, spot: Spot) -> dict[str, Any]:
    precision, scale = value.get("precision"), value.get("scale", 0)
    if not _is_count(precision) or not precision:
        told = "a decimal has no precision above 0, so libraries read bare bytes"
        reading.invalid(told, spot.into("/precision"), "Say how many digits it has at most.")
    elif not _is_count(scale) or scale > precision:
        told = f"the scale {scale} of a decimal is not between 0 and its precision {precision}"
        reading.invalid(told, spot.into("/scale"), "Count all digits in the precision.")
    elif kind == "fixed" and _is_count(value.get("size")) and precision > _most_digits(value["size"]):
        told = f"{precision} digits do not fit into {value['size']} bytes"
        reading.invalid(told, spot.into("/precision"), "Take more bytes, or fewer digits.")
    return {"precision": precision, "scale": scale}


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _most_digits(size: int) -> int:
    return floor(log10(2) * (8 * min(size, 4096) - 1)) if size else 0
