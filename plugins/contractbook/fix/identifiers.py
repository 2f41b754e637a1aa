"""Ids for operations that have none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from contractbook.fix.declared import Change, fixes
from contractbook.lexicon.spelling import singular, words
from contractbook.model import Contract, Operation, Shape
from contractbook.rules.http import calls, successes
from contractbook.rules.simple.operations import missing_operation_id

VERBS = {"GET": "get", "POST": "create", "PUT": "replace", "PATCH": "update", "DELETE": "delete"}


@fixes(missing_operation_id)
def operation_ids(contract: Contract) -> Iterator[Change]:
    """Writes an id of a verb and the nouns of the path: `listOrders`, `getOrder`, `createOrder`."""
    every = list(calls(contract))
    given = {operation.name for operation in every if operation.name != operation.key}
    unnamed = [operation for operation in every if operation.name == operation.key]
    short = {operation.key: _short(contract, operation) for operation in unnamed}
    often = Counter([*short.values(), *given])
    for operation in unnamed:
        name = short[operation.key]
        name = name if often[name] == 1 else _long(operation)
        if name not in given:
            given.add(name)
            yield Change(operation, "id", name)


def _short(contract: Contract, operation: Operation) -> str:
    """The verb and the last noun that is no parameter, of which there is one where a parameter follows."""
    parts = [part for part in operation.address.split("/") if part]
    nouns = [part for part in parts if not part.startswith("{")]
    if not nouns:
        return _long(operation)
    *before, last = words(nouns[-1]) or ("",)
    is_list = last != singular(last) and not _ends_in_parameter(parts)
    if operation.method == "GET" and is_list and _is_many(contract, operation):
        return _camel(["list", *before, last])
    one = singular(last) if _ends_in_parameter(parts) or operation.method == "POST" else last
    return _camel([VERBS.get(operation.method, operation.method.lower()), *before, one])


def _long(operation: Operation) -> str:
    """The method and all of the path, which no other operation has."""
    named = [
        ["by", *words(part)] if part.startswith("{") else [*words(part)]
        for part in operation.address.split("/")
    ]
    return _camel([operation.method.lower(), *(word for part in named for word in part)])


def _ends_in_parameter(parts: Sequence[str]) -> bool:
    return parts[-1].startswith("{")


def _is_many(contract: Contract, operation: Operation) -> bool:
    """Whether an operation answers with a list, or a page of one."""
    for message in successes(operation):
        type = contract.types.get(message.payload)
        if type is not None:
            held = [contract.resolve(field.type) for field in contract.resolve(type.name).fields]
            return any(each.shape is Shape.LIST for each in (contract.resolve(type.name), *held[:3]))
    return False


def _camel(parts: Sequence[str]) -> str:
    first, *rest = [part for part in parts if part]
    return first + "".join(part.capitalize() for part in rest)
