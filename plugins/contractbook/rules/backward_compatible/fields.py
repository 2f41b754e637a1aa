"""Fields, parameters and headers: added, removed, renamed, moved, and who must write them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.forms import described, kind
from contractbook.lexicon.spelling import words
from contractbook.model import Field, Role, Type
from contractbook.place import Place
from contractbook.rules.splits import splits

# An answer without more pages may lack them, yet every consumer that reads on relies on them.
NEXT = frozenset(
    {("next",), ("next", "page"), ("next", "cursor"), ("next", "link"), ("next", "page", "token")}
)


# What announced an end says nothing once the end was called off or has come (RFC 9745, RFC 8594).
SIGNALS = frozenset({"header.deprecation", "header.sunset"})


def promised(field: Field) -> bool:
    """Whether consumers may count on a field; one whose absence nobody can tell looks as if it were there."""
    return field.required or field.implicit or words(field.name) in NEXT


@rule(
    Guideline.BACKWARD_COMPATIBLE,
    input=Level.WARNING,
    output=Level.ERROR,
    kind=Kind.STRUCTURAL,
)
def field_removed(old: Field, new: None, *, at: Place) -> Iterator[Fact]:
    """A promised field, parameter or header is gone.

    A consumer that reads it breaks; what a consumer sends in it is dropped or refused.

    Keep the old field beside the new one, deprecated and with a sunset, until its consumers have moved.

    ```openapi old
    paths:
      /customers:
        get:
          responses:
            "200":
              description: All customers
              content:
                application/json:
                  schema:
                    type: object
                    required: [email, phone]
                    properties: {email: {type: string}, phone: {type: string}}
    ```
    ```openapi new
    paths:
      /customers:
        get:
          responses:
            "200":
              description: All customers
              content:
                application/json:
                  schema:
                    type: object
                    required: [email]
                    properties: {email: {type: string}}
    ```
    """
    if promised(old) or not at.read:
        fact = _removed(old, at)
        # Where readers fill it in by its default, nobody misses it.
        level = Level.NOTE if old.filled else Level.ERROR if _refused(old, at) else fact.level
        yield replace(fact, level=level)


@rule(Guideline.BACKWARD_COMPATIBLE, output=Level.WARNING, kind=Kind.STRUCTURAL)
def optional_field_removed(old: Field, new: None, *, at: Place) -> Iterator[Fact]:
    """A field or header that could be absent is never there any more.

    A consumer that copes with its absence goes on; one that uses it does less than before.

    Deprecate it with a sunset first, and say what to read instead.

    ```openapi old
    components:
      schemas:
        Customer:
          type: object
          properties: {email: {type: string}, phone: {type: string}}
    ```
    ```openapi new
    components:
      schemas:
        Customer:
          type: object
          properties: {email: {type: string}}
    ```
    """
    if not promised(old) and at.read:
        fact = _removed(old, at)
        yield replace(fact, level=Level.NOTE) if old.identity in SIGNALS else fact


def _refused(field: Field, at: Place) -> bool:
    """Whether what consumers go on writing is refused: an argument, or a field of a closed record."""
    closed = isinstance(at.owner, Type) and not at.owner.open
    return not at.read and (closed or field.role is Role.ARGUMENT)


def _removed(field: Field, at: Place) -> Fact:
    side = at.before or at
    where = f" from {at.where}" if at.entries else ""
    if isinstance(at.owner, Field) and field.role is Role.ARGUMENT:
        where = f" from {at.around}"
    return Fact(f"{field.name} was removed{where}", old=described(side.contract, field.type))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.EXPANSION)
def field_added(old: None, new: Field, *, at: Place) -> Iterator[Fact]:
    """A field or header that consumers read, or that they need not write, was added.

    A consumer that ignores what it does not know goes on as before.

    Tell your consumers; they have nothing to do.

    ```openapi old
    components:
      schemas: {Customer: {type: object, properties: {email: {type: string}}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, properties: {email: {type: string}, phone: {type: string}}}}
    ```
    """
    if (new.filled or not (new.required and at.written)) and not _is_refused(new, at):
        yield _added(new, at)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, kind=Kind.STRUCTURAL)
def required_field_added(old: None, new: Field, *, at: Place) -> Iterator[Fact]:
    """Consumers must write a field, parameter or header that they do not know.

    Every call that they make today lacks it and is refused; a default does not change that.

    Make it optional, and let its absence mean what calls meant before.

    ```openapi old
    paths:
      /orders:
        get:
          responses: {"200": {description: All orders}}
    ```
    ```openapi new
    paths:
      /orders:
        get:
          parameters: [{name: shop, in: query, required: true, schema: {type: string}}]
          responses: {"200": {description: All orders}}
    ```
    ```avro old
    record Parcel { string id; }
    ```
    ```avro new
    record Parcel { string id; long weight; }
    ```
    """
    if new.required and at.written and not new.filled:
        yield _added(new, at)


@rule(Guideline.BACKWARD_COMPATIBLE, output=Level.ERROR, kind=Kind.STRUCTURAL)
def field_added_to_closed_type(old: None, new: Field, *, at: Place) -> Iterator[Fact]:
    """A field was added to a type whose old version forbade it: it took no more fields, or none of this kind.

    A consumer that validates what it reads, as the old contract asked for, refuses the answer.

    Open the type one version earlier, so that consumers learn to ignore what they do not know.

    ```openapi old
    components:
      schemas:
        Customer: {type: object, additionalProperties: false, properties: {email: {type: string}}}
    ```
    ```openapi new
    components:
      schemas:
        Customer:
          type: object
          additionalProperties: false
          properties: {email: {type: string}, phone: {type: string}}
    ```
    ```xsd old
    <xs:element name="customer"><xs:complexType><xs:sequence>
      <xs:element name="email" type="xs:string"/>
    </xs:sequence></xs:complexType></xs:element>
    ```
    ```xsd new
    <xs:element name="customer"><xs:complexType><xs:sequence>
      <xs:element name="email" type="xs:string"/>
      <xs:element name="phone" type="xs:string" minOccurs="0"/>
    </xs:sequence></xs:complexType></xs:element>
    ```
    ```jsonschema old
    type: object
    properties: {email: {type: string}}
    additionalProperties: false
    ```
    ```jsonschema new
    type: object
    properties: {email: {type: string}, phone: {type: string}}
    additionalProperties: false
    ```
    """
    if _is_refused(new, at):
        owner = at.before.owner if at.before else None
        tacit = isinstance(owner, Type) and owner.tacit
        yield replace(_added(new, at), level=Level.WARNING if tacit else None)


def _is_refused(new: Field, at: Place) -> bool:
    """Whether the old record, where it is read, had no room for the field, or for values of its kind."""
    owner = at.before.owner if at.before else None
    if not at.read or not at.before or not isinstance(owner, Type):
        return False
    if not owner.open:
        return True
    promised = kind(at.before.type(owner.item)) if owner.item else ""
    return bool(promised) and promised != kind(at.type(new.type))


def _added(field: Field, at: Place) -> Fact:
    return Fact(f"{field.name} was added to {at.around}", new=described(at.contract, field.type))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def field_renamed(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """A field, parameter or header has another name.

    For consumers the old one is gone and an unknown one has come; where fields have numbers, only JSON and
    generated code know the names.

    Give both names for a while: the old one deprecated, with a sunset and the new one as its replacement.

    ```openapi old
    components:
      schemas: {Customer: {type: object, properties: {phone: {type: string}}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, properties: {phoneNumber: {type: string}}}}
    ```
    """
    if old.role is not new.role or old.role is Role.PATH or old.name == new.name or at.moved:
        return
    numbered = old.key.isdigit() and old.key == new.key
    if numbered or old.identity != new.identity:
        told = f"{(at.before or at).called(old)} was renamed to {new.name}"
        surface = "json" if numbered else None
        yield Fact(told, old.name, new.name, surface=surface, level=_found_again(old, new, at))


def _found_again(old: Field, new: Field, at: Place) -> Level | None:
    """The level of a new name whose readers still know the old one: readers of before know only that."""
    if old.name not in new.aliases:
        return None
    return (Level.WARNING if old.filled or at.written else None) if at.read else Level.NOTE


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def field_moved(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """A field stands inside another one, or came out of it.

    A consumer that looks for it at a fixed place finds nothing; one that looks for its name finds it.

    Give it in both places for a while, the old one deprecated and with a sunset.

    ```openapi old
    components:
      schemas:
        Customer: {type: object, properties: {email: {type: string}, firstName: {type: string}}}
    ```
    ```openapi new
    components:
      schemas:
        Customer:
          type: object
          properties:
            email: {type: string}
            naming: {type: object, properties: {firstName: {type: string}}}
    ```
    """
    if at.moved and at.owner and at.before and at.before.owner:
        inner = at.owner if isinstance(at.owner, Field) else at.before.owner
        verb = "moved into" if inner is at.owner else "came out of"
        yield Fact(
            f"{at.before.called(old)} {verb} {inner.name}", old=at.before.owner.name, new=at.owner.name
        )


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def field_split(old: Type, new: Type) -> Iterator[Fact]:
    """One field became several.

    Consumers look for the one and find none, and know nothing of the several.

    Give the old field beside the new ones for a while, deprecated and with a sunset.

    ```openapi old
    components:
      schemas: {Customer: {type: object, properties: {name: {type: string}}}}
    ```
    ```openapi new
    components:
      schemas:
        Customer: {type: object, properties: {firstName: {type: string}, lastName: {type: string}}}
    ```
    """
    for field, parts in splits(*_alone(old, new)):
        names = [part.name for part in parts]
        yield Fact(f"{field.name} became {', '.join(names)}", old=field.name, new=names, about=field)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def field_merged(old: Type, new: Type) -> Iterator[Fact]:
    """Several fields became one.

    Consumers look for the several and find none, and cannot take the one apart.

    Give the old fields beside the new one for a while, deprecated and with a sunset.

    ```openapi old
    components:
      schemas:
        Customer: {type: object, properties: {firstName: {type: string}, lastName: {type: string}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, properties: {name: {type: string}}}}
    ```
    """
    come, gone = _alone(new, old)
    for field, parts in splits(come, gone):
        names = [part.name for part in parts]
        yield Fact(f"{', '.join(names)} became {field.name}", old=names, new=field.name, about=field)


def _alone(old: Type, new: Type) -> tuple[list[Field], list[Field]]:
    """The fields that only one of two types has."""
    before, after = ({field.name for field in type.fields} for type in (old, new))
    gone = [field for field in old.fields if field.name not in after]
    return gone, [field for field in new.fields if field.name not in before]


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def parameter_moved(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """A parameter stands in another part of the request, for example in a header instead of the query.

    Consumers send it where nobody looks for it.

    Read it in both places until all consumers have moved.

    ```openapi old
    paths:
      /orders:
        get:
          parameters: [{name: tenant, in: query, schema: {type: string}}]
          responses: {"200": {description: All orders}}
    ```
    ```openapi new
    paths:
      /orders:
        get:
          parameters: [{name: tenant, in: header, schema: {type: string}}]
          responses: {"200": {description: All orders}}
    ```
    """
    if old.role is not new.role:
        yield Fact(
            f"{at.called(new)} moved from {old.role} to {new.role}", old=old.role.value, new=new.role.value
        )


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.STRUCTURAL, surface="source")
def path_parameter_renamed(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """A parameter of a path has another name.

    Addresses are what they were; only the arguments of generated clients are called differently.

    Keep the name where clients are generated.

    ```openapi old
    paths:
      /orders/{id}:
        get:
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          responses: {"200": {description: The order}}
    ```
    ```openapi new
    paths:
      /orders/{orderId}:
        get:
          parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
          responses: {"200": {description: The order}}
    ```
    """
    if old.role is new.role is Role.PATH and old.name != new.name:
        yield Fact(
            f"{(at.before or at).called(old)} was renamed to {new.name}",
            old=old.name,
            new=new.name,
            common=True,
        )


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, output=Level.NOTE, kind=Kind.STRUCTURAL)
def field_became_required(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """A field, parameter or header that could be absent must be there.

    What consumers write without it, which was right until now, is refused.

    Keep it optional where consumers write it; where they read it, nothing is to be done.

    ```openapi old
    components:
      schemas: {Customer: {type: object, properties: {email: {type: string}}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, required: [email], properties: {email: {type: string}}}}
    ```
    """
    if new.required and not old.required and not at.moved:
        yield Fact(
            f"{at.called(new)} {'became required' if at.written else 'is always there'}", old=False, new=True
        )


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.NOTE, output=Level.ERROR, kind=Kind.STRUCTURAL)
def field_became_optional(old: Field, new: Field, *, at: Place) -> Iterator[Fact]:
    """A field, parameter or header that was always there may be absent.

    A consumer that reads it without looking whether it is there breaks.

    Go on sending it; where it has no value any more, deprecate it.

    ```openapi old
    components:
      schemas: {Customer: {type: object, required: [email], properties: {email: {type: string}}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, properties: {email: {type: string}}}}
    ```
    """
    if old.required and not new.required and not at.moved:
        yield Fact(f"{at.called(new)} may be {'absent' if at.read else 'left out'}", old=True, new=False)
