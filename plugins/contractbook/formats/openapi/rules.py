"""What only OpenAPI can be asked: what another validator thinks of a description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote

from contractbook.declare import Fact, rule
from contractbook.finding import Level
from contractbook.model import Contract, Element
from contractbook.source.pointers import joined
from contractbook.source.sources import Sources

ROOT = "file:///"  # stands before paths, so that references between documents are resolved like addresses
LONGEST = 200  # characters of a message: some hold the whole object


@rule(None, Level.ERROR, preset=None)
def cross_check(contract: Contract, *, documents: Sources) -> Iterator[Fact]:
    """Another validator, openapi-spec-validator, rejects the description.

    Where two readers disagree about a contract, its consumers' tools will disagree, too.

    Mend what it names, or accept it with the reason why it is wrong. It is asked with `--cross-check` only.

    ```openapi bad
    paths:
      /orders/{id}: {get: {responses: {"200": {description: One order}}}}
    ```
    ```openapi good
    paths:
      /orders/{id}:
        parameters: [{name: id, in: path, required: true, schema: {type: string}}]
        get: {responses: {"200": {description: One order}}}
    ```
    """
    document = documents.open(contract.path)
    if not isinstance(document.data, dict) or not contract.spec_version:
        return
    try:
        for message, path in dict.fromkeys(_errors(contract, document.data, documents)):
            about = _about(contract, message) or Element(name=" > ".join(path), at=f"#{joined(path)}")
            yield Fact(f"openapi-spec-validator: {message}", about=about if path or about.name else None)
    except Exception as error:
        reason = " ".join(str(error).split())[:LONGEST]
        yield Fact(f"openapi-spec-validator gives up: {type(error).__name__}: {reason}")


def _errors(
    contract: Contract, data: Mapping[str, Any], documents: Sources
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the validator says, and the keys that lead there."""
    import openapi_spec_validator as validators
    from jsonschema_path.paths import SchemaPath

    known = {
        "2.0": validators.OpenAPIV2SpecValidator,
        "3.0": validators.OpenAPIV30SpecValidator,
        "3.1": validators.OpenAPIV31SpecValidator,
        "3.2": validators.OpenAPIV32SpecValidator,
    }
    validator = known.get(contract.spec_version[:3])
    if validator is not None:
        base = f"{ROOT}{quote(contract.path)}"
        schema = SchemaPath.from_dict(data, base_uri=base, handlers=_Inside(documents))
        for error in validator(schema).iter_errors():
            yield " ".join(error.message.split())[:LONGEST], tuple(map(str, error.absolute_path))


def _about(contract: Contract, message: str) -> Element | None:
    """The operation whose path a message quotes: not every message has a place."""
    return next((each for each in contract.operations() if f"'{each.address}'" in message), None)


class _Inside(dict[str, Any]):
    """Opens what references lead to: documents inside the roots, and nothing from anywhere else."""

    def __init__(self, documents: Sources) -> None:
        super().__init__()
        self.documents = documents

    def __contains__(self, scheme: object) -> bool:
        return True

    def __getitem__(self, scheme: str) -> Any:
        return self.value_at

    def value_at(self, address: str) -> Any:
        """The value of the document at an address."""
        document = self.documents.find(unquote(address.removeprefix(ROOT)))
        if document is None or not address.startswith(ROOT):
            raise LookupError(f"nothing is read from {address}")
        return document.data
