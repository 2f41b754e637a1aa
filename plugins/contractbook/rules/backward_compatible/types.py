"""The kind of a value: changed, widened, wrapped; and the branches of choices."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import Fact, rule
from contractbook.finding import Guideline, Kind, Level
from contractbook.forms import apart, envelope, kind, named, takes
from contractbook.model import Field, Form, Shape, Type, Variant
from contractbook.place import Place
from contractbook.rules.naming import article

NUMBERS = frozenset({"integer", "number"})
FEW = 3  # values that are named one by one


def turn(old: Form, new: Form, at: Place) -> str:
    """What became of the kind of a value; empty where it is the same and only null may have come or gone."""
    was, now = kind(old), kind(new)
    before = at.before or at
    if envelope(at.contract, before.contract, new, old):
        return "wrapped"
    if envelope(before.contract, at.contract, old, new):
        return "unwrapped"
    if takes(old, new) and takes(new, old):
        return "readable"
    if was == now:
        return "other" if apart(old, new) and len(old.fields) > 1 and len(new.fields) > 1 else ""
    if not now or (was, now) == ("integer", "number"):
        return "wider"
    if not was or (was, now) == ("number", "integer"):
        return "narrower"
    if new.shape is Shape.LIST and kind(at.type(new.item)) == was:
        return "listed"
    if old.shape is Shape.LIST and kind(before.type(old.item)) == now:
        return "single"
    return "text" if {was, now} - NUMBERS == {"string"} and {was, now} & NUMBERS else "other"


def _fact(old: Form, new: Form, at: Place) -> Fact:
    before = (at.before or at).contract
    was = named(before, before.types.get(old.name, old))
    now = named(at.contract, at.contract.types.get(new.name, new))
    if was == now:
        return Fact(f"{at.called(new)} is another object altogether", old=old.name, new=new.name)
    return Fact(f"{at.called(new)} became {article(now)}, and was {article(was)}", old=was, new=now)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def type_changed(old: Form, new: Form, *, at: Place) -> Iterator[Fact]:
    """A value has another type that cannot be taken for the old one.

    Consumers send what is refused, and read what they cannot parse.

    Give the new value a field of its own beside the old one, and deprecate the old one.

    ```openapi old
    components:
      schemas: {Order: {type: object, properties: {paid: {type: boolean}}}}
    ```
    ```openapi new
    components:
      schemas: {Order: {type: object, properties: {paid: {type: object}}}}
    ```
    """
    if turn(old, new, at) == "other":
        yield _fact(old, new, at)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.NOTE, output=Level.ERROR, kind=Kind.STRUCTURAL)
def type_widened(old: Form, new: Form, *, at: Place) -> Iterator[Fact]:
    """A value may be of more kinds than before.

    Consumers that read it meet kinds of value that they do not know.

    Accept more where consumers write; where they read, put the new kind into a field of its own.

    ```openapi old
    components:
      schemas: {Order: {type: object, properties: {weight: {type: integer}}}}
    ```
    ```openapi new
    components:
      schemas: {Order: {type: object, properties: {weight: {type: number}}}}
    ```
    """
    if turn(old, new, at) == "wider":
        yield _fact(old, new, at)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, output=Level.NOTE, kind=Kind.STRUCTURAL)
def type_narrowed(old: Form, new: Form, *, at: Place) -> Iterator[Fact]:
    """A value may be of fewer kinds than before.

    What consumers write, and what was right until now, is refused.

    Go on accepting the old kinds where consumers write; where they read, nothing is to be done.

    ```openapi old
    components:
      schemas: {Order: {type: object, properties: {weight: {type: number}}}}
    ```
    ```openapi new
    components:
      schemas: {Order: {type: object, properties: {weight: {type: integer}}}}
    ```
    """
    if turn(old, new, at) == "narrower":
        yield _fact(old, new, at)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.SEMANTIC)
def number_became_text(old: Form, new: Form, *, at: Place) -> Iterator[Fact]:
    """A number is written as a text, or a text as a number.

    Typed consumers cannot parse it; untyped ones compare and add texts without a word.

    Give the new spelling a field of its own beside the old one.

    ```openapi old
    components:
      schemas: {Order: {type: object, properties: {total: {type: number}}}}
    ```
    ```openapi new
    components:
      schemas: {Order: {type: object, properties: {total: {type: string}}}}
    ```
    """
    if turn(old, new, at) == "text":
        yield _fact(old, new, at)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def single_became_list(old: Form, new: Form, *, at: Place) -> Iterator[Fact]:
    """One value became a list of such values.

    Consumers read a list where they expect the value, or send the value where a list is asked for.

    Add the list under a new name, and let the old field hold the first of them.

    ```openapi old
    components:
      schemas: {Customer: {type: object, properties: {email: {type: string}}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, properties: {email: {type: array, items: {type: string}}}}}
    ```
    """
    if turn(old, new, at) == "listed":
        yield _fact(old, new, at)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def list_became_single(old: Form, new: Form, *, at: Place) -> Iterator[Fact]:
    """A list became one such value.

    Consumers walk through a list that is none, and all values but one are lost.

    Add the single value under a new name, and keep the list with one entry.

    ```openapi old
    components:
      schemas: {Customer: {type: object, properties: {email: {type: array, items: {type: string}}}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, properties: {email: {type: string}}}}
    ```
    """
    if turn(old, new, at) == "single":
        yield _fact(old, new, at)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def envelope_added(old: Form, new: Form, *, at: Place) -> Iterator[Fact]:
    """What was the whole value is one field of an object around it.

    Consumers look for the fields one level too high and find none.

    Offer the envelope at a new operation or version, or put what it adds into headers.

    ```openapi old
    components:
      schemas:
        Customer: {type: object, properties: {name: {type: string}, email: {type: string}}}
    ```
    ```openapi new
    components:
      schemas:
        Customer:
          type: object
          properties:
            data: {type: object, properties: {name: {type: string}, email: {type: string}}}
    ```
    """
    held = envelope(at.contract, (at.before or at).contract, new, old)
    if held:
        yield Fact(f"{at.called(new)} holds in {held.name} what it was as a whole", new=held.name)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.ERROR, kind=Kind.STRUCTURAL)
def envelope_removed(old: Form, new: Form, *, at: Place) -> Iterator[Fact]:
    """What was in a field of an object is the whole value.

    Consumers look for the fields one level too deep and find none.

    Keep the envelope; a new version may do without it.

    ```openapi old
    components:
      schemas:
        Customer:
          type: object
          properties:
            data: {type: object, properties: {name: {type: string}, email: {type: string}}}
    ```
    ```openapi new
    components:
      schemas:
        Customer: {type: object, properties: {name: {type: string}, email: {type: string}}}
    ```
    """
    held = envelope((at.before or at).contract, at.contract, old, new)
    if held:
        yield Fact(f"{at.called(new)} is as a whole what was in {held.name}", old=held.name)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.NOTE, output=Level.ERROR, kind=Kind.STRUCTURAL)
def became_nullable(old: Form, new: Form, *, at: Place) -> Iterator[Fact]:
    """A value that was always there may be null.

    Consumers that read it without asking fail where it is null.

    Leave an optional field out instead of sending null, or give it a value that means the same.

    ```openapi old
    components:
      schemas: {Customer: {type: object, properties: {email: {type: string}}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, properties: {email: {type: [string, "null"]}}}}
    ```
    """
    if new.nullable and not old.nullable and not turn(old, new, at) and not _demanded(at, before=True):
        yield Fact(f"{at.called(new)} may be null", old=False, new=True)


def _demanded(at: Place, *, before: bool = False) -> bool:
    """Whether a field that consumers write became required, or was so before: then null is told with it."""
    was, now = at.before.owner if at.before else None, at.owner
    if at.read or not isinstance(was, Field) or not isinstance(now, Field):
        return False
    return was.required and not now.required if before else now.required and not was.required


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, output=Level.NOTE, kind=Kind.STRUCTURAL)
def became_non_null(old: Form, new: Form, *, at: Place) -> Iterator[Fact]:
    """A value that could be null must be there.

    Null, which consumers could write until now, is refused.

    Go on accepting null where consumers write; where they read, nothing is to be done.

    ```openapi old
    components:
      schemas: {Customer: {type: object, properties: {email: {type: [string, "null"]}}}}
    ```
    ```openapi new
    components:
      schemas: {Customer: {type: object, properties: {email: {type: string}}}}
    ```
    """
    if old.nullable and not new.nullable and not turn(old, new, at) and not _demanded(at):
        yield Fact(f"{at.called(new)} can no longer be null", old=True, new=False)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.ERROR, output=Level.NOTE, kind=Kind.STRUCTURAL)
def variant_removed(old: Variant, new: None, *, at: Place) -> Iterator[Fact]:
    """A choice has one branch fewer.

    What consumers write in that form is refused.

    Go on accepting it where consumers write; where they read, nothing is to be done.

    ```openapi old
    components:
      schemas:
        Card: {type: object, properties: {number: {type: string}}}
        Transfer: {type: object, properties: {iban: {type: string}}}
        Payment: {oneOf: [{$ref: "#/components/schemas/Card"}, {$ref: "#/components/schemas/Transfer"}]}
    ```
    ```openapi new
    components:
      schemas:
        Card: {type: object, properties: {number: {type: string}}}
        Transfer: {type: object, properties: {iban: {type: string}}}
        Payment: {oneOf: [{$ref: "#/components/schemas/Card"}]}
    ```
    """
    if at.owner and not _is_taken(old, at.before, at):
        was = _shown(old, at.before or at)
        # Who asks for the fields of a form that cannot come is refused.
        level = Level.ERROR if at.contract.selective else None
        yield Fact(f"{at.around} can no longer be {was}", old=was, level=level)


@rule(Guideline.BACKWARD_COMPATIBLE, input=Level.NOTE, output=Level.ERROR, kind=Kind.STRUCTURAL)
def variant_added(old: None, new: Variant, *, at: Place) -> Iterator[Fact]:
    """A choice has a further branch.

    Consumers that read it meet a form that they do not know.

    Say early that forms may be added, so that consumers pass over what they do not know.

    ```openapi old
    components:
      schemas:
        Card: {type: object, properties: {number: {type: string}}}
        Transfer: {type: object, properties: {iban: {type: string}}}
        Payment: {oneOf: [{$ref: "#/components/schemas/Card"}]}
    ```
    ```openapi new
    components:
      schemas:
        Card: {type: object, properties: {number: {type: string}}}
        Transfer: {type: object, properties: {iban: {type: string}}}
        Payment: {oneOf: [{$ref: "#/components/schemas/Card"}, {$ref: "#/components/schemas/Transfer"}]}
    ```
    """
    if at.owner and not _is_taken(new, at, at.before):
        now = _shown(new, at)
        # Who asks for the fields of the forms that it knows gets an object without any of them.
        level = _of_form(new, at) if at.read and at.contract.selective else None
        yield Fact(f"{at.around} may be {now}", new=now, level=level)


def _of_form(variant: Variant, at: Place) -> Level:
    """A new form of what has fields of its own is read by those; one that is known means something new."""
    is_new = variant.type not in (at.before or at).contract.types
    return Level.NOTE if is_new and isinstance(at.owner, Type) and at.owner.fields else Level.WARNING


def _is_taken(variant: Variant, at: Place | None, other: Place | None) -> bool:
    """Whether a branch of the other version reads what is written in one that it does not have."""
    if at is None or other is None or not isinstance(other.owner, Type):
        return False
    written = at.type(variant.type)
    return any(takes(other.type(part), written) for part in other.owner.parts or (other.owner.name,))


def _shown(variant: Variant, at: Place) -> str:
    """The name of a branch with its article, or what it is where it has none."""
    type = at.type(variant.type)
    if variant.tag or variant.key:
        return article(variant.tag or variant.key)
    if type.shape is Shape.ENUM and len(type.values) <= FEW:
        return " or ".join(f'"{value.name}"' for value in type.values)
    return article(named(at.contract, type))


@rule(Guideline.BACKWARD_COMPATIBLE, Level.WARNING, kind=Kind.STRUCTURAL)
def type_removed(old: Type, new: None) -> Iterator[Fact]:
    """A type that no operation uses is gone.

    Nothing on the wire changes, but other contracts may refer to it, and generated code may use it.

    Deprecate it first, if the contract is one that others build on.

    ```openapi old
    components:
      schemas: {Order: {type: object}, Invoice: {type: object}}
    ```
    ```openapi new
    components:
      schemas: {Order: {type: object}}
    ```
    """
    yield Fact(f"the type {old.name} was removed", old=old.name)


@rule(Guideline.BACKWARD_COMPATIBLE, Level.NOTE, kind=Kind.EXPANSION)
def type_added(old: None, new: Type) -> Iterator[Fact]:
    """There is a type that no operation uses yet.

    Nothing on the wire changes.

    Tell those who build on the contract; consumers have nothing to do.

    ```openapi old
    components:
      schemas: {Order: {type: object}}
    ```
    ```openapi new
    components:
      schemas: {Order: {type: object}, Invoice: {type: object}}
    ```
    """
    yield Fact(f"the type {new.name} was added", new=new.name)
