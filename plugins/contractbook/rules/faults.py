"""What keeps a contract from being read whole. Readers tell it (`Contract.faults`); here it is explained."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import rule
from contractbook.finding import Level
from contractbook.model import Contract


@rule(None, Level.ERROR)
def unreadable(contract: Contract) -> Iterator[str]:
    """A file cannot be read as its format.

    Nobody can use what cannot be parsed, and each tool gives up at another place.

    Mend the text at the place that is named; everything else that can be read is still checked.

    ```openapi bad
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}
    ```
    ```openapi good
    paths:
      /orders: {get: {responses: {"200": {description: All orders}}}}
    ```
    """
    return iter(())


@rule(None, Level.ERROR)
def unresolved_reference(contract: Contract) -> Iterator[str]:
    """A reference, import or include leads nowhere, or outside the folders of the contracts.

    Consumers hold a contract with a hole in it, and what the hole means differs from tool to tool.

    Write the path to an existing element; add a further folder to `imports` if the target lies elsewhere.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            customer: {$ref: "#/components/schemas/Custmer"}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            customer: {$ref: "#/components/schemas/Customer"}
        Customer: {type: object, properties: {email: {type: string}}}
    ```
    ```xsd bad
    <xs:element name="order" type="Oder"/>
    <xs:complexType name="Order"><xs:attribute name="id" type="xs:ID"/></xs:complexType>
    ```
    ```xsd good
    <xs:element name="order" type="Order"/>
    <xs:complexType name="Order"><xs:attribute name="id" type="xs:ID"/></xs:complexType>
    ```
    """
    return iter(())


@rule(None, Level.ERROR)
def duplicate_key(contract: Contract) -> Iterator[str]:
    """A key or name is declared twice in one place.

    One parser keeps the first, the next keeps the last, so two consumers read two contracts.

    Delete one of the two, or rename it.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            total: {type: string}
            total: {type: integer}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            total: {type: string}
    ```
    ```xsd bad
    <xs:simpleType name="Country"><xs:restriction base="xs:string"/></xs:simpleType>
    <xs:simpleType name="Country"><xs:restriction base="xs:token"/></xs:simpleType>
    ```
    ```xsd good
    <xs:simpleType name="Country"><xs:restriction base="xs:token"/></xs:simpleType>
    ```
    """
    return iter(())


@rule(None, Level.ERROR)
def invalid_structure(contract: Contract) -> Iterator[str]:
    """A document breaks the rules of its own format.

    The tools of consumers refuse it, or each reads it in its own way.

    Follow the specification of the format at the place that is named.

    ```openapi bad
    openapi: "3"
    info: {title: Orders, version: 1.0.0}
    paths: {}
    ```
    ```openapi good
    openapi: 3.1.1
    info: {title: Orders, version: 1.0.0}
    paths: {}
    ```
    """
    return iter(())
