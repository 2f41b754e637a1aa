"""Nothing that consumers read about and never meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Level
from contractbook.lexicon.spelling import words
from contractbook.model import Contract, Operation
from contractbook.place import Place
from contractbook.reach import Reach
from contractbook.rules.naming import count


@rule(Guideline.SIMPLE, Level.WARNING)
def unused_component(contract: Contract, *, at: Place) -> Iterator[Fact]:
    """A declared type or other component is used nowhere.

    Consumers read about things that they never meet, and nobody dares to change them.

    Delete it, or use it where it was meant to be.

    ```openapi bad
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    components:
      schemas:
        Basket: {type: object, properties: {id: {type: string}}}
    ```
    ```openapi good
    paths:
      /baskets/{id}:
        get:
          responses:
            "200":
              description: The basket
              content: {application/json: {schema: {$ref: "#/components/schemas/Basket"}}}
    components:
      schemas:
        Basket: {type: object, properties: {id: {type: string}}}
    ```
    """
    if not any(contract.operations()) and not contract.roots:
        return
    used = _used(contract, at.reach)
    for type in contract.types.values():
        # What stands in another file may be there for others.
        if type.at.startswith("#") and not type.inline and type.name not in used:
            yield Fact(f"{type.name} is used nowhere", about=type)
    for place in contract.binding.get("unused", ()):
        kind, _, name = place.rpartition("/")
        noun = " ".join(words(kind.rpartition("/")[2].removesuffix("s")))
        name = name.replace("~1", "/").replace("~0", "~")
        yield Fact(f"The {noun} {name} is used nowhere", at=place)


def _used(contract: Contract, reach: Reach) -> set[str]:
    """The types that values are of, those that they are built on, and those that build on a choice."""
    heirs = defaultdict(list)
    for type in contract.types.values():
        for base in type.bases:
            heirs[base].append(type.name)
    used = {name for name in contract.types if reach.reached(name)}
    todo = [heir for name in used if contract.types[name].discriminator for heir in heirs[name]]
    todo += _mentioned(contract)
    while todo:
        name = todo.pop()
        if name in used or name not in contract.types:
            continue
        used.add(name)
        type = contract.types[name]
        todo += (*type.uses(), *type.bases)
        if type.discriminator is not None:
            todo += heirs[name]
    return used


def _mentioned(contract: Contract) -> Iterator[str]:
    """The types that extensions refer to, as some teams write what their tools understand."""
    names = {type.at: type.name for type in contract.types.values() if type.at and not type.inline}
    for type in contract.types.values():
        for element in (type, *type.fields):
            todo = [*element.binding.values()]
            while todo:
                value = todo.pop()
                if isinstance(value, list):
                    todo += value
                elif isinstance(value, dict):
                    todo += value.values()
                    if isinstance(reference := value.get("$ref"), str) and reference in names:
                        yield names[reference]


@rule(Guideline.SIMPLE, Level.NOTE)
def tag_undeclared(contract: Contract) -> Iterator[str]:
    """A tag is used by operations, but not declared.

    Navigation shows it without an explanation and in no chosen place, and a typing error makes a new group.

    Declare each tag with a sentence about what its operations have in common.

    ```openapi bad
    tags: [{name: orders, description: What customers ordered}]
    paths:
      /orders: {get: {tags: [order], responses: {"200": {description: All orders}}}}
    ```
    ```openapi good
    tags: [{name: orders, description: What customers ordered}]
    paths:
      /orders: {get: {tags: [orders], responses: {"200": {description: All orders}}}}
    ```
    """
    declared = {group.name for group in contract.groups if group.at}
    users: dict[str, list[Operation]] = defaultdict(list)
    for operation in contract.operations():
        for tag in operation.groups:
            if tag not in declared:
                users[tag].append(operation)
    if users and not declared and len(users) > 1:
        yield f"None of the {count(len(users), 'tag')} that operations use is declared"
    else:
        for tag, operations in users.items():
            yield f"The tag {tag} of {count(len(operations), 'operation')} is not declared"
