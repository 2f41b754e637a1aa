"""Options as plain values: the known ones, those that others declare, and those that nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contractbook.formats.protobuf.tokens import scalar, values
from contractbook.model import NOTHING

DEEPEST = 32


def plain(element: Any) -> Mapping[str, Any]:
    """The options of a descriptor by name; those that others declare by the full one, `google.api.http`."""
    if not element.HasField("options"):
        return NOTHING
    said: dict[str, Any] = {}
    for field, value in element.options.ListFields():
        if field.name == "uninterpreted_option":
            for each in value:
                _keep(said, [part.name_part for part in each.name], _value(each))
        else:
            said[field.full_name if field.is_extension else field.name] = _plain(field, value, 0)
    return said


def _plain(field: Any, value: Any, depth: int) -> Any:
    if field.message_type and field.message_type.GetOptions().map_entry:
        return {
            str(key): _one(field.message_type.fields_by_name["value"], each, depth)
            for key, each in value.items()
        }
    if field.is_repeated:
        return [_one(field, each, depth) for each in value]
    return _one(field, value, depth)


def _one(field: Any, value: Any, depth: int) -> Any:
    if field.message_type:
        return said(value, depth + 1)
    if field.enum_type:
        known = field.enum_type.values_by_number.get(value)
        return known.name if known else value
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def said(message: Any, depth: int = 0) -> Mapping[str, Any]:
    """What a message says, by the names of its fields."""
    if depth > DEEPEST:
        return {}
    return {
        field.full_name if field.is_extension else field.name: _plain(field, value, depth)
        for field, value in message.ListFields()
    }


def _value(option: Any) -> Any:
    """The value of an option that was kept as it is written."""
    if option.HasField("aggregate_value"):
        return values(option.aggregate_value)
    if option.HasField("identifier_value"):
        return scalar(option.identifier_value)
    if option.HasField("string_value"):
        return option.string_value.decode("utf-8", "replace")
    number = option.double_value
    return int(number) if number == number and abs(number) < 1e18 and number == int(number) else number


def _keep(said: dict[str, Any], names: list[str], value: Any) -> None:
    """Note the value of `(outer).inner`; what is said of one option in several places comes together."""
    *around, last = names
    for name in around:
        inner = said.setdefault(name, {})
        if not isinstance(inner, dict):
            return
        said = inner
    known = said.get(last)
    if isinstance(known, dict) and isinstance(value, dict):
        known.update(value)
    elif known is None:
        said[last] = value
    else:
        said[last] = [*(known if isinstance(known, list) else [known]), value]
