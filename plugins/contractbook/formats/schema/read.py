"""From schemas to types: names, references and cycles, and which schemas make a type of their own."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from copy import copy
from functools import partial
from typing import Any
from urllib.parse import urldefrag

from msgspec import UNSET

from contractbook.formats.faults import Faults
from contractbook.formats.lifecycle import ENDINGS, Endings
from contractbook.formats.schema.dialect import DIALECTS, DRAFT_04, Dialect
from contractbook.formats.schema.draft import ANNOTATIONS, Branch, Draft, Spot, gather
from contractbook.formats.schema.keywords import KEYWORDS
from contractbook.formats.schema.keywords.annotations import lifecycle, lifecycle_beside
from contractbook.formats.schema.merge import merged
from contractbook.formats.schema.names import way_to
from contractbook.formats.schema.references import Elsewhere, References
from contractbook.formats.schema.shape import PLAIN, shaped, tell_variants
from contractbook.model import NOTHING, Condition, Example, Field, Role, Shape, Type
from contractbook.source.document import Document
from contractbook.source.sources import Sources, Target, Unresolved

MODEST = frozenset({"$ref", "type", "format", "description", "example", "default", "nullable"})
SCALARS = frozenset({"string", "integer", "number", "boolean"})
DEPTH = 100  # schemas inside schemas; a tenth of what Python's own limit on calls would allow
BUDGET = 2_000_000  # schemas in one contract, against aliases that multiply


class Schemas:
    """Reads the schemas of one contract; `types` is what they say.

    A schema with a name of its own (a component, the target of a reference) is read once, when its turn
    comes; a reference to it is just that name, so cycles need no care. `run` reads all that is waiting.
    `check` is told of each schema that a reference to another document leads to, and `elsewhere` is asked
    where a reference leads that names no file.
    """

    def __init__(
        self,
        main: Document,
        sources: Sources,
        dialect: Dialect,
        faults: Faults,
        endings: Endings = ENDINGS,
        check: Callable[[Target], None] = lambda target: None,
        elsewhere: Elsewhere = lambda document, reference: None,
    ) -> None:
        self.main = main
        self.sources = sources
        self.faults = faults
        self.endings = endings
        self.check = check
        self.links = References(sources, "id" if dialect is DRAFT_04 else "$id", elsewhere)
        self.types: dict[str, Type] = {}
        self.documents: dict[str, Document] = {main.path: main}
        self.foreign: dict[str, Document] = {}  # those that are neither JSON nor YAML
        self.places: dict[str, str] = {}
        self._names: set[str] = set()
        self._plain: dict[tuple[str, str, bool], str] = {}
        self._references: dict[tuple[str, str], str] = {}
        self._missing: dict[str, str] = {}  # names that references lead to in vain, and why
        self.meetings: dict[frozenset[str], str] = {}
        self._jobs: dict[str, Callable[[int], Type]] = {}
        self._queue: deque[str] = deque()
        self._open: list[str] = []
        self._count = 0
        self._speak(dialect)

    def _speak(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.table = {key: KEYWORDS[key] for key in KEYWORDS if key in dialect.keywords}
        self.table |= {
            key: lifecycle if key in self.endings.whole else lifecycle_beside(key)
            for key in self.endings.keys
        }
        beside = dialect.beside | self.endings.keys | {"$ref"}
        self.beside = {key: read for key, read in self.table.items() if key in beside}
        self.modest = MODEST & self.table.keys()

    def speaking(self, dialect: Dialect) -> Schemas:
        """A reader for those schemas of the same contract that are written in another dialect."""
        if dialect == self.dialect:
            return self
        other = copy(self)  # names, types and jobs are shared
        other._speak(dialect)
        return other

    # -- what formats ask for

    def named(self, schema: Any, spot: Spot, name: str = "") -> str:
        """The name of a schema that has one, such as a component; it is read when its turn comes."""
        known = self.places.get(spot.at)
        if known is None:
            known = self.claim(name or way_to(spot.document.path, spot.pointer), spot)
            self.places[spot.at] = known
            self.later(known, partial(self._named, schema, spot.document, spot.at, known))
        return known

    def inner(self, schema: Any, spot: Spot) -> str:
        """The name of the type of a schema inside something else, such as an item or a payload."""
        return self.settle(self.draft(schema, spot), spot)

    def field(
        self,
        name: str,
        schema: Any,
        spot: Spot,
        *,
        required: bool,
        role: Role = Role.FIELD,
        **facts: Any,
    ) -> Field:
        """A field of a schema; what the schema says of the place is the field's, not its type's.

        `facts` are attributes that the surroundings say; they win over what the schema says.
        """
        draft = self.draft(schema, spot)
        said = draft.__dict__
        of_field = {key: said.pop(key) for key in ANNOTATIONS.intersection(said)}
        if facts:
            binding = {**of_field.get("binding", NOTHING), **facts.pop("binding", NOTHING)}
            of_field |= facts
            of_field["binding"] = binding or NOTHING
        of_field.setdefault("at", spot.at)
        return Field(name=name, type=self.settle(draft, spot), role=role, required=required, **of_field)

    def plain_field(
        self, name: str, schema: Any, document: Document, at: str, *, required: bool
    ) -> Field | None:
        """The field of a schema that only refers, or that is a scalar without limits.

        Most schemas of a contract are such: what `field` would make of them is made here at once.
        """
        if schema.__class__ is not dict or not schema.keys() <= self.modest or self._count > BUDGET:
            return None
        if "$ref" in schema:
            target = schema["$ref"]
            known = self._references.get((document.path, target)) if target.__class__ is str else None
            if len(schema) > 1 or known is None or known in self._missing or self.links.resources(document):
                return None
            return Field(name=name, type=known, required=required, at=at)
        kind, form, doc = schema.get("type"), schema.get("format", ""), schema.get("description", "")
        if not (kind.__class__ is form.__class__ is doc.__class__ is str and kind in SCALARS):
            return None
        self._count += 1
        return Field(
            name=name,
            type=self._plain.get((kind, form, False)) or self.plain(kind, form),
            required=required,
            nullable=schema.get("nullable") is True,
            default=schema.get("default", UNSET),
            at=at,
            doc=doc,
            examples=(Example(value=schema["example"], at=f"{at}/example"),) if "example" in schema else (),
        )

    def run(self) -> None:
        """Read everything that is waiting."""
        while self._queue:
            self.complete(self._queue.popleft())

    # -- names

    def at(self, document: Document, pointer: str) -> str:
        """The `at` of a place: the main document has no path."""
        return f"#{pointer}" if document is self.main else f"{document.path}#{pointer}"

    def claim(self, way: str, spot: Spot) -> str:
        """A name that no other type has; of two alike in several files, the later says its file."""
        name = way
        if name in self._names and spot.document is not self.main:
            name = f"{way} ({spot.document.path})"
        number = 1
        while name in self._names:
            number += 1
            name = f"{way} ({number})"
        self._names.add(name)
        return name

    def reference(self, reference: Any, spot: Spot) -> str:
        """The name of what a `$ref` leads to."""
        if not isinstance(reference, str):
            return self.plain("")
        reference = self.links.absolute(reference, spot)
        key = (spot.document.path, reference)
        known = self._references.get(key)
        if known is None:
            known = self._references[key] = self._follow(reference, spot)
        elif known in self._missing:
            self.faults.unresolved(self._missing[known], spot.document, spot.pointer + "/$ref")
        return known

    def _follow(self, reference: str, spot: Spot) -> str:
        if urldefrag(reference).url in DIALECTS:
            return self._any_schema(reference, spot)
        try:
            target = self.links.target(reference, spot.document)
        except Unresolved as problem:
            self.faults.unresolved(str(problem), spot.document, spot.pointer + "/$ref")
            name = self.claim(way_to(reference, reference.partition("#")[2]), spot)
            self.types[name] = Type(name=name, shape=Shape.ANY, binding={"unresolved": reference})
            self._missing[name] = str(problem)
            return name
        self.documents.setdefault(target.document.path, target.document)
        at = self.at(target.document, target.pointer)
        if target.document is not self.main and at not in self.places:
            self.check(target)
        return self.named(target.value, Spot(target.document, at, ""))

    def _any_schema(self, reference: str, spot: Spot) -> str:
        """The type of values that are schemas themselves: meta-schemas are known, not read."""
        name = self.claim(f"JSON Schema {DIALECTS[urldefrag(reference).url].name}", spot)
        self.types[name] = Type(name=name, shape=Shape.ANY, binding={"reference": reference})
        return name

    def members(self, reference: str, spot: Spot) -> tuple[Mapping[str, Any], Spot]:
        """The map that a reference in place of a map leads to, and where it stands."""
        try:
            target = self.links.target(reference, spot.document)
        except Unresolved as problem:
            self.faults.unresolved(str(problem), spot.document, spot.pointer + "/$ref")
            return NOTHING, spot
        self.documents.setdefault(target.document.path, target.document)
        at = self.at(target.document, target.pointer)
        value = target.value if isinstance(target.value, dict) else NOTHING
        return value, Spot(target.document, at, spot.way, spot.depth)

    def mapped(self, target: str, spot: Spot) -> str:
        """The type that a value of a discriminator means: a reference, or the name of a component."""
        sibling = f"#/components/schemas/{target}"
        if sibling in self.places:
            return self.places[sibling]
        return self.reference(target, spot)

    # -- jobs

    def later(self, name: str, job: Callable[[int], Type]) -> None:
        """Let a job make the type of that name when its turn comes; it is told how deep it is asked for."""
        self._jobs[name] = job
        self._queue.append(name)

    def complete(self, name: str, depth: int = 0) -> Type | None:
        """The type of that name, read at once if it was waiting; None if it is just being read.

        `depth` tells how deep in other schemas the type is asked for.
        """
        job = self._jobs.pop(name, None)
        if job is None:
            return None if name in self._open else self.types.get(name)
        if depth > DEPTH // 2:  # it could not be read to its end from here: its own turn comes
            self._jobs[name] = job
            self._queue.append(name)
            return None
        self._open.append(name)
        self.types.setdefault(name, Type(name=name, shape=Shape.ANY))  # keeps the order of the document
        found = self.types[name] = job(depth)
        self._open.pop()
        return found

    def tell_unbuilt(self, heir: str, base: str, spot: Spot) -> None:
        """Report that a type cannot be built on another."""
        circle = base in self._open
        self.faults.invalid(
            f"{heir} is built on {base}, which is built on {heir} in turn"
            if circle
            else f"{heir} is built on too long a chain of types: what {base} says is left out",
            spot.document,
            spot.pointer,
            "Take one of the references out of the circle." if circle else "Build it on fewer types.",
        )

    def _named(self, schema: Any, document: Document, at: str, name: str, depth: int) -> Type:
        spot = Spot(document, at, name, depth)
        return self.make(self.draft(schema, spot), spot, name, inline=False)

    # -- schemas

    def draft(self, schema: Any, spot: Spot) -> Draft:
        """What a schema says."""
        draft = Draft()
        if schema.__class__ is not dict:
            self._boolean(draft, schema)
            return draft
        self._count += 1
        if spot.depth > DEPTH or self._count > BUDGET:
            self._too_much(spot)
            return draft
        table = self.beside if "$ref" in schema and not self.dialect.siblings else self.table
        for key, value in schema.items():
            read = table.get(key)
            if read is None:
                draft.bind(key, value)
            else:
                read(self, draft, value, spot, schema)
        if draft.bases:
            gather(draft)
        return draft

    def _boolean(self, draft: Draft, schema: Any) -> None:
        if schema is False:
            draft.conditions = (Condition("not", (self.plain(""),)),)

    def _too_much(self, spot: Spot) -> None:
        self.faults.invalid(
            f"schemas are nested more than {DEPTH} deep here, the rest is not read"
            if spot.depth > DEPTH
            else f"the contract holds more than {BUDGET:,} schemas, the rest is not read",
            spot.document,
            spot.pointer,
            "Give the inner schemas names and refer to them.",
            cause="too much",
        )

    def settle(self, draft: Draft, spot: Spot) -> str:
        """The name of the type that a draft makes: one that exists, or a new one named by the way to it."""
        said = draft.__dict__
        if said.keys() <= PLAIN and (len(draft.kinds) < 2 and draft.kinds not in (("object",), ("array",))):
            return self.plain(draft.kinds[0] if draft.kinds else "", draft.format, draft.nullable)
        if said.keys() <= REFERENCE and len(draft.bases) == 1 and isinstance(draft.bases[0], str):
            return self.or_null(draft.bases[0]) if draft.nullable else draft.bases[0]
        known = self.places.get(spot.at)
        if known is None:
            known = self.places[spot.at] = self.claim(spot.way, spot)
            self.types[known] = self.make(draft, spot, known, inline=True)
        return known

    def plain(self, scalar: str, form: str = "", nullable: bool = False) -> str:
        """The one type of a scalar without further facts."""
        key = (scalar, form, nullable)
        known = self._plain.get(key)
        if known is None:
            name = (scalar or "any") + (f":{form}" if form else "") + ("?" if nullable else "")
            name = self._unique(name)
            shape = Shape.SCALAR if scalar else Shape.ANY
            self.types[name] = Type(name=name, shape=shape, scalar=scalar, format=form, nullable=nullable)
            known = self._plain[key] = name
        return known

    def or_null(self, target: str) -> str:
        """The name of a type, or null."""
        key = (target, "", True)
        known = self._plain.get(key)
        if known is None:
            known = self._plain[key] = self._unique(target + "?")
            self.types[known] = Type(
                name=known, shape=Shape.ALIAS, parts=(target,), nullable=True, inline=True
            )
        return known

    def _unique(self, name: str) -> str:
        while name in self._names:
            name += " (plain)"
        self._names.add(name)
        return name

    def make(self, draft: Draft, spot: Spot, name: str, *, inline: bool) -> Type:
        """The type that a draft makes under a name."""
        made = shaped(self, draft, spot, name, inline)
        if draft.bases:
            made = merged(self, made, self._bases(draft, spot), spot)
        if made.parts and made.shape is Shape.RECORD:
            tell_variants(self, made)
        return made

    def _bases(self, draft: Draft, spot: Spot) -> tuple[str | Type, ...]:
        return tuple(
            base if isinstance(base, str) else self.make(base.draft, base.spot, spot.way, inline=True)
            for base in draft.bases
        )

    # -- combinations

    def branch(self, schema: Any, spot: Spot) -> str | Branch:
        """A branch of `allOf`: by name where it only refers."""
        draft = self.draft(schema, spot)
        if draft.said.keys() == {"bases"} and len(draft.bases) == 1:
            return draft.bases[0]
        return Branch(draft, spot)

    def waits(self, name: str) -> bool:
        """Whether a type has still to be read."""
        return name in self._jobs

    def is_open(self, name: str) -> bool:
        """Whether a type is just being read."""
        return name in self._open

    def is_inline(self, name: str) -> bool:
        """Whether a type has no name of its own in the document."""
        known = self.types.get(name)
        return known is not None and known.inline


REFERENCE = frozenset({"bases", "nullable"})
