"""Fields side by side: renamed ones, and parameters that moved to another place of a request."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from contractbook.forms import same
from contractbook.lexicon.spelling import words
from contractbook.model import Contract, Field, Role
from contractbook.pairing.match import Pairs, by_partner, identity, partners

# Words that a name may gain or lose and still mean the same thing.
_FILLERS = frozenset({"number", "value", "text", "url", "uri", "at", "on", "date", "time", "is", "the"})
_ALIKE = 0.5  # the share of words that two names of one field have in common, or of moved fields
_TELLING = 20  # characters from which a text says what a field is


def fields(old: Sequence[Field], new: Sequence[Field], before: Contract, after: Contract) -> Pairs[Field]:
    """The fields of two records, or the parameters of two operations, side by side.

    What is left over on both sides is paired only if it has the same type, and the same place in the path,
    the same name in another place of the request, much the same name, or the same text.
    """
    if old == new:
        return zip(old, new, strict=True)
    found = partners(old, new, identity, _name)
    gone = [each for each in old if id(each) not in found]
    taken = {id(each) for each in found.values()}
    come = [each for each in new if id(each) not in taken]
    if gone and come:
        found |= _by_turn(gone, come)
        found |= _by_alias(*_left(gone, come, found))
        found |= partners(*_left(gone, come, found), _name_alone)
        found |= _renamed(*_left(gone, come, found), before, after)
    return by_partner(old, new, found)


def _left(
    old: Sequence[Field], new: Sequence[Field], found: dict[int, Field]
) -> tuple[list[Field], list[Field]]:
    taken = {id(each) for each in found.values()}
    return [each for each in old if id(each) not in found], [each for each in new if id(each) not in taken]


def _by_turn(old: Sequence[Field], new: Sequence[Field]) -> dict[int, Field]:
    """Path parameters that stand in the same turn; their names mean nothing to consumers."""
    before, after = ([each for each in side if each.role is Role.PATH] for side in (old, new))
    return {id(was): now for was, now in zip(before, after, strict=True)} if len(before) == len(after) else {}


def _name(field: Field) -> Hashable:
    """The name of a field whose number changed."""
    return field.name if field.role is Role.FIELD else None


def _by_alias(old: Sequence[Field], new: Sequence[Field]) -> dict[int, Field]:
    """Fields that are still found under their old name."""
    by_name = {alias: each for each in reversed(new) for alias in each.aliases}
    return {id(each): by_name[each.name] for each in old if each.name in by_name}


def _name_alone(field: Field) -> Hashable:
    """The name of a parameter, wherever in the request it stands."""
    return None if field.role is Role.FIELD else field.name.lower()


def _renamed(
    old: Sequence[Field], new: Sequence[Field], before: Contract, after: Contract
) -> dict[int, Field]:
    """Partners of one role and type with much the same name, or the same text, and no rival."""
    rivals = [
        (was, now)
        for was in old
        for now in new
        if was.role is now.role
        and was.role is not Role.PATH
        and resembles(was, now)
        and same(before, after, was.type, now.type)
    ]
    olds = [id(was) for was, _ in rivals]
    news = [id(now) for _, now in rivals]
    return {id(was): now for was, now in rivals if olds.count(id(was)) == news.count(id(now)) == 1}


def resembles(old: Field, new: Field) -> bool:
    """Whether two names, or two texts, say that this is one field."""
    if len(old.doc) >= _TELLING and old.doc == new.doc:
        return True
    before, after = words(old.name), words(new.name)
    if before == after or "".join(before) == "".join(after):
        return True
    both, either = set(before) & set(after), set(before) | set(after)
    apart = either - both
    if not both or any(word.isdigit() for word in apart):
        return False
    return apart <= _FILLERS or (len(both) > _ALIKE * len(either) and len(apart) == 1)


def moves(
    old: Sequence[Field], new: Sequence[Field], before: Contract, after: Contract
) -> Iterator[tuple[Field, Field, Field]]:
    """Fields that only one side has, found again one level deeper in a field that only the other has.

    Half of what the field around them holds must come from there: names such as `id` are everywhere.
    """
    for around in new:
        inside = after.resolve(around.type).fields
        names = {field.name: field for field in inside}
        found = [
            (field, names[field.name], around)
            for field in old
            if field.name in names and same(before, after, field.type, names[field.name].type)
        ]
        if len(found) >= _ALIKE * len(inside):
            yield from found
