"""What is inside two types side by side: values, variants, and which types are untouched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

from contractbook.forms import SPELLING, kind, takes
from contractbook.model import Contract, Type, Value, Variant
from contractbook.pairing.match import Pairs, by_partner, identity, match, partners
from contractbook.reach import Reach

_SHARED = 0.5


def untouched(old: Contract, after: Reach) -> set[str]:
    """The names under which both versions say exactly the same, down to the last part."""
    new = after.contract
    touched = [name for name, type in new.types.items() if old.types.get(name) != type]
    users: dict[str, list[str]] = defaultdict(list)
    for name, uses in after.uses.items():
        for used in (*uses, *new.types[name].asks()):
            users[used].append(name)
    seen = set(touched)
    while touched:
        fresh = [user for user in users.get(touched.pop(), ()) if user not in seen]
        seen.update(fresh)
        touched += fresh
    return set(new.types) - seen


def values(old: Sequence[Value], new: Sequence[Value]) -> Pairs[Value]:
    """The values of two enumerations side by side: by name, else by name but for its spelling."""
    return match(old, new, identity, _spelling)


def _spelling(value: Value) -> Hashable:
    return value.name.translate(SPELLING).lower() or None


def variants(old: Contract, new: Contract, before: Type, after: Type) -> Pairs[Variant]:
    """The branches of two choices side by side.

    By name, by the value that a discriminator gives them, by what they look like, else by half of their
    fields, or by their kind where they have none.
    """
    olds, news = branches(old, before), branches(new, after)
    found = partners(olds, news, _own_name, _tag)
    taken = {id(each) for each in found.values()}
    gone = [each for each in olds if id(each) not in found]
    come = [each for each in news if id(each) not in taken]
    if gone and come:
        found |= _alike(old, new, gone, come)
    return by_partner(olds, news, found)


def _alike(old: Contract, new: Contract, gone: list[Variant], come: list[Variant]) -> dict[int, Variant]:
    """Partners among branches that lost their name: by what they look like, else by half of their fields."""
    types = {id(each): old.resolve(each.type) for each in gone}
    types |= {id(each): new.resolve(each.type) for each in come}
    fixed = {id(each): _fixed(old, types[id(each)]) for each in gone}
    fixed |= {id(each): _fixed(new, types[id(each)]) for each in come}

    def look(variant: Variant) -> Hashable:
        type = types[id(variant)]
        names = frozenset(field.name for field in type.fields)
        return (kind(type), type.format, names, frozenset(fixed[id(variant)].items()))

    def alike(one: Variant, other: Variant) -> bool:
        left, right = fixed[id(one)], fixed[id(other)]
        told_apart = any(left[name] != right[name] for name in left.keys() & right.keys())
        before, after = types[id(one)], types[id(other)]
        return not told_apart and (related(before, after) or takes(before, after) or takes(after, before))

    found = partners(gone, come, look)
    free = [each for each in come if id(each) not in {id(one) for one in found.values()}]
    for variant in [each for each in gone if id(each) not in found]:
        partner = next((each for each in free if alike(variant, each)), None)
        if partner is not None:
            found[id(variant)] = partner
            free.remove(partner)
    return found


def _fixed(contract: Contract, type: Type) -> dict[str, str]:
    """The values of the fields that can have one only: such a field tells the branches of a choice apart."""
    types = ((field.name, contract.resolve(field.type)) for field in type.fields)
    return {name: found.values[0].name for name, found in types if len(found.values) == 1}


def heirs(old: Type, new: Type) -> Iterator[tuple[str, str]]:
    """The types that a value of each discriminator means in both versions, where no branch names them."""
    if old.discriminator and new.discriminator and not (old.parts or new.parts):
        for value, branch in old.discriminator.mapping.items():
            if value in new.discriminator.mapping:
                yield branch, new.discriminator.mapping[value]


def related(old: Type, new: Type) -> bool:
    """Whether one type may be what the other was: of one kind, and with half of its fields."""
    if kind(old) != kind(new):
        return False
    before, after = ({field.name for field in type.fields} for type in (old, new))
    return len(before & after) >= _SHARED * max(len(before), len(after))


def branches(contract: Contract, union: Type) -> list[Variant]:
    """The branches of a choice as elements; any other type is its own only branch."""
    tags = {name: tag for tag, name in union.discriminator.mapping.items()} if union.discriminator else {}
    parts = union.parts or (union.name,)
    return [_variant(contract.types[part], union, tags.get(part, "")) for part in parts]


def _variant(type: Type, union: Type, tag: str) -> Variant:
    """A branch of a union; one without a name of its own has no key."""
    name = type.name.rpartition(" > ")[2]
    unnamed = type.inline and bool(type.at)
    if unnamed:  # the reader calls it `Payment (option 1)`
        name = name.rpartition(" (")[2].removesuffix(")")
    return Variant(name=tag or name, key="" if unnamed else name, at=union.at, type=type.name, tag=tag)


def _own_name(variant: Variant) -> Hashable:
    return variant.key or None


def _tag(variant: Variant) -> Hashable:
    return variant.tag or None
