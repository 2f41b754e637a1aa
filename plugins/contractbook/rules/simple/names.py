"""Names that consumers can guess, remember and trust."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from contractbook.declare import Fact, Record, rule
from contractbook.finding import Guideline, Level
from contractbook.lexicon.spelling import words
from contractbook.model import Contract, Element, Operation, Role, Type
from contractbook.place import Place
from contractbook.rules.naming import count, some, style, vocabulary

NEGATIVE = vocabulary("not no non never without disable dont cannot isnt")
QUESTION = vocabulary("is has should can does do")
STEMS = vocabulary(
    "field value attr attribute param parameter flag item data info arg prop column text str var obj"
)
SAYS_NOTHING = vocabulary("misc miscellaneous stuff thing things foo baz tmp dummy xyz")
Named = Iterable[tuple[str, Element, tuple[Element, ...]]]


@rule(Guideline.SIMPLE, Level.WARNING)
def negative_boolean(element: Record | Operation, *, at: Place) -> Iterator[Fact]:
    """A boolean is named by what is not so.

    Consumers get the double negation wrong.

    Name it by what is so when it is true, and turn the value round.

    ```openapi bad
    components:
      schemas:
        Customer:
          type: object
          properties: {notActive: {type: boolean}}
    ```
    ```openapi good
    components:
      schemas:
        Customer:
          type: object
          properties: {active: {type: boolean}}
    ```
    """
    types = at.contract.types
    for field in element.fields if isinstance(element, Type) else element.parameters:
        type = types.get(field.type)
        if type is not None and type.scalar == "boolean" and not field.origin:
            parts = words(field.name)
            first = parts[1:2] if parts[:1] and parts[0] in QUESTION else parts[:1]
            if len(parts) > 1 and not NEGATIVE.isdisjoint(first) and parts != ("no", "op"):
                yield Fact(f"{field.name} is named by what is not so", about=field)


@rule(Guideline.SIMPLE, Level.NOTE)
def generic_name(element: Record | Operation) -> Iterator[Fact]:
    """A name says nothing, or is told apart from its neighbours by a number only.

    Consumers must read values to learn the meaning.

    Name what the value means to the consumer; put alike values into a list.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties: {flag1: {type: boolean}, misc: {type: string}}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties: {gift: {type: boolean}, greeting: {type: string}}
    ```
    """
    for field in element.fields if isinstance(element, Type) else element.parameters:
        if _says_nothing(field.name) and not field.origin:
            yield Fact(f"{field.name} does not say what it means", about=field)


@lru_cache(maxsize=50_000)
def _says_nothing(name: str) -> bool:
    parts = words(name)
    numbered = len(parts) == 2 and parts[1].isdigit() and parts[0] in STEMS
    return bool(parts) and (numbered or SAYS_NOTHING.issuperset(parts))


@rule(Guideline.SIMPLE, Level.WARNING)
def inconsistent_casing(contract: Contract) -> Iterator[Fact]:
    """Names of one kind are written in several styles.

    Consumers misspell them, and generated code looks random.

    Choose one style for each kind of name; rename the others with the next breaking version.

    ```openapi bad
    components:
      schemas:
        Order:
          type: object
          properties:
            order_id: {type: string}
            placed_at: {type: string}
            paid_at: {type: string}
            customer_id: {type: string}
            shipping_address: {type: string}
            invoiceAddress: {type: string}
    ```
    ```openapi good
    components:
      schemas:
        Order:
          type: object
          properties:
            order_id: {type: string}
            placed_at: {type: string}
            paid_at: {type: string}
            customer_id: {type: string}
            shipping_address: {type: string}
            invoice_address: {type: string}
    ```
    """
    yield from _of_one_style("fields", _fields(contract))
    yield from _of_one_style("query parameters", _query(contract))


def _fields(contract: Contract) -> Named:
    for type in contract.types.values():
        for field in type.fields:
            if not field.origin:
                yield field.name, field, (type,)


def _query(contract: Contract) -> Named:
    for operation in contract.operations():
        for field in operation.parameters:
            if field.role is Role.QUERY:
                yield field.name, field, (operation,)


def _of_one_style(noun: str, named: Named) -> Iterator[Fact]:
    """Each name that is not of the style of most; all together where no style is that of most."""
    first: dict[str, tuple[Element, tuple[Element, ...]]] = {}
    for name, element, within in named:
        if name not in first:
            first[name] = element, within
    styles = {name: written for name in first if (written := style(name))}
    if len(styles) < 5:
        return
    tally = Counter(styles.values())
    usual, number = tally.most_common(1)[0]
    if number * 5 < len(styles) * 4:
        told = ", ".join(f"{each} ({number:,})" for each, number in tally.most_common())
        yield Fact(f"The {noun} are written in several styles: {told}")
        return
    for name, written in styles.items():
        if written != usual:
            element, within = first[name]
            yield Fact(f"{name} is in {written}, other {noun} in {usual}", about=element, within=within)


# Each line is one concept; the first word is the one to prefer.
CONCEPTS = {
    alias: line[0]
    for line in (
        ("email", "emailaddress", "mail", "mailaddress"),
        ("phone", "telephone", "phonenumber", "telephonenumber", "tel"),
        ("postalcode", "postcode", "zip", "zipcode"),
        ("firstname", "givenname", "forename"),
        ("lastname", "surname", "familyname"),
        ("birthdate", "dateofbirth", "dob", "birthday"),
        (
            "createdat",
            "createdon",
            "creationdate",
            "datecreated",
            "creationtime",
            "createtime",
            "createddate",
        ),
        ("updatedat", "updatedon", "updatedate", "dateupdated", "updatetime", "modifiedat", "lastmodified"),
        ("description", "desc"),
        ("quantity", "qty"),
        ("customerid", "custid", "customerno", "customernumber"),
        ("orderid", "ordernumber", "orderno"),
    )
    for alias in line
}


@rule(Guideline.SIMPLE, Level.NOTE)
def concept_named_twice(contract: Contract) -> Iterator[str]:
    """One concept has several names.

    Consumers cannot join what belongs together, and translate at every border.

    Choose one name, and use it everywhere.

    ```openapi bad
    components:
      schemas:
        Customer: {type: object, properties: {phone: {type: string}}}
        Supplier: {type: object, properties: {telephoneNumber: {type: string}}}
    ```
    ```openapi good
    components:
      schemas:
        Customer: {type: object, properties: {phone: {type: string}}}
        Supplier: {type: object, properties: {phone: {type: string}}}
    ```
    """
    used: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, _, _ in _fields(contract):
        joined = "".join(words(name))
        if joined in CONCEPTS:
            used[CONCEPTS[joined]][joined].append(name)
    for spellings in used.values():
        if len(spellings) > 1:
            often = sorted(spellings.values(), key=len, reverse=True)
            told = some([f"{names[0]} ({len(names):,})" for names in often])
            yield f"One concept has {count(len(spellings), 'name')}: {told}"
