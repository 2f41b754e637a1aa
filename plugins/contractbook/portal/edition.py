"""What pages are made from: contracts in all their versions, and what is said about them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice, takewhile
from types import NoneType

from contractbook.circles import circles
from contractbook.consumers.audience import User
from contractbook.finding import Finding
from contractbook.formats import FORMATS
from contractbook.model import (
    Action,
    Channel,
    Contract,
    Element,
    Field,
    Message,
    Operation,
    Role,
    Shape,
    Type,
)
from contractbook.portal import calls
from contractbook.portal.addresses import Names, slug
from contractbook.portal.beside import Beside
from contractbook.reach import Reach
from contractbook.rules import rule_named

WEBHOOKS = "Webhooks"
CHANNELS = {Action.SEND: "Sends", Action.RECEIVE: "Receives", Action.CALL: "Channels"}
ALONE = Beside()
OFTEN = 3  # uses after which a type without a name has a page, too


@dataclass(frozen=True)
class Step:
    """A version of a contract and what changed with it; `before` is the version that it is compared with."""

    version: str
    before: str = ""
    findings: tuple[Finding, ...] = ()
    day: date | None = None


@dataclass(slots=True)
class Life:
    """The versions that an element came with, was changed by, and was removed by."""

    since: str = ""
    changed: str = ""
    removed: str = ""


@dataclass(frozen=True)
class Series:
    """A contract in all its versions, the oldest first, with the findings and the history of each.

    `lines` holds the text of the lines that findings of a broken contract name, `users` the consumers of
    each operation by version and label, and those who name a field or a value by version and its place.
    """

    service: str
    name: str
    versions: tuple[Contract, ...]
    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    lines: Mapping[str, str] = field(default_factory=dict)
    users: Mapping[str, Mapping[str, tuple[User, ...]]] = field(default_factory=dict)

    @property
    def newest(self) -> Contract:
        return self.versions[-1]

    @property
    def title(self) -> str:
        """What people call the contract."""
        return self.newest.title or self.name or self.service

    @cached_property
    def lives(self) -> Mapping[str, Life]:
        """What became of elements, by their names in full."""
        found: dict[str, Life] = {}
        for step in self.steps:
            for finding in step.findings:
                life = found.setdefault(finding.element, Life())
                setattr(life, _event(finding), step.version)
        return found

    def touching(self, label: str) -> Sequence[tuple[Step, Finding]]:
        """What changed about an element and all inside it, and what reaches it, the newest version first."""
        return self._touching.get(label, ())

    @cached_property
    def _touching(self) -> dict[str, list[tuple[Step, Finding]]]:
        found: dict[str, list[tuple[Step, Finding]]] = {}
        for step in reversed(self.steps):
            for finding in sorted(step.findings, key=lambda each: -each.level.weight):
                named = (finding.element, *finding.places)
                for label in dict.fromkeys(outer for name in named for outer in _outwards(name)):
                    found.setdefault(label, []).append((step, finding))
        return found


@dataclass(frozen=True)
class About:
    """What an organisation says of a service; its `team` are services and consumers of the same people."""

    title: str = ""
    owner: str = ""
    strategy: str = ""
    team: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """Operations under one heading, with the last step of its address."""

    name: str
    slug: str
    doc: str = ""
    element: Element | None = None
    operations: tuple[Operation, ...] = ()


class Edition:
    """One version of a contract as it is published below an address.

    `shown` collects the types that were unfolded somewhere.
    """

    def __init__(
        self,
        series: Series,
        contract: Contract,
        root: str,
        newest_root: str,
        service: str,
        today: date,
        who: str = "",
        beside: Beside = ALONE,
    ) -> None:
        self.series = series
        self.contract = contract
        self.root = root
        self.newest_root = newest_root  # the address of the newest version
        self.service = service  # the address of the service
        self.today = today
        self.who = who or series.title  # what people call the service
        self.beside = beside
        self.shown: set[str] = set()
        self._have_page: dict[str, bool] = {}
        self.used_by: dict[int, str] = {}  # the operations that lead to types, by the identity of their list
        self.in_full: frozenset[str] = frozenset()  # the sections that show all their operations on one page

    @property
    def is_newest(self) -> bool:
        return self.contract is self.series.newest

    @property
    def changelog(self) -> str:
        """The address of the changelog of all versions."""
        return f"{self.newest_root}-/changelog/"

    @property
    def migration(self) -> str:
        """The address of the way to the newest version."""
        return f"{self.newest_root}-/migration/"

    def comparison(self, step: Step) -> str:
        """The address of a version beside the one before it."""
        return f"{self.newest_root}-/compare/{slug(step.before)}..{slug(step.version)}/"

    @property
    def report(self) -> str:
        """The address of the design report."""
        return f"{self.newest_root}-/report/"

    def users(self, operation: Operation) -> tuple[User, ...]:
        """The registered consumers that use an operation of this version."""
        return self._users.get(operation.label, ())

    def readers(self, element: Element) -> tuple[User, ...]:
        """The registered consumers that name a field or a value of this version."""
        return self._users.get(element.at, ()) if element.at else ()

    @property
    def _users(self) -> Mapping[str, tuple[User, ...]]:
        return self.series.users.get(self.contract.version, {})

    @property
    def words(self) -> Mapping[str, str]:
        """What people call the keys of the contract's bindings."""
        return FORMATS[self.contract.format].words if self.contract.format in FORMATS else {}

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        """The operations, and the channels that none of them tells of, as if these were some."""
        own = tuple(self.contract.operations())
        return (*own, *(_of_channel(each) for each in self.contract.channels if each.messages))

    @cached_property
    def selects(self) -> bool:
        """Whether consumers select what they are answered."""
        return any(operation.method in calls.SELECTED for operation in self.operations)

    @cached_property
    def reach(self) -> Reach:
        return Reach(self.contract)

    # -- types

    @cached_property
    def uses(self) -> Counter[str]:
        """How often each type is named by a message, a parameter or another type."""
        found: Counter[str] = Counter()
        for operation in self.operations:
            found.update(_named_by(operation))
        for type in self.contract.types.values():
            found.update(name for name in type.uses() if name != type.name)
            for each in type.fields:
                for argument in each.arguments:  # which show no more of a type than its name
                    found[self._bare(argument.type)] += 2
        return found

    def _bare(self, name: str) -> str:
        """The type of a value, or of the items of a list."""
        type = self.contract.resolve(name)
        return self._bare(type.item) if type.shape is Shape.LIST and type.item else type.name

    @cached_property
    def _in_circles(self) -> frozenset[str]:
        """The types that lead back to themselves through others: unfolded, they would never end."""
        types = self.contract.types
        groups = circles(types, lambda name: [each for each in types[name].uses() if each in types])
        return frozenset(name for group in groups if len(group) > 1 for name in group)

    @cached_property
    def holders(self) -> dict[str, list[str]]:
        """The declared types that each type is directly part of, however deep inside an inline one."""
        found: dict[str, dict[str, None]] = {}
        for type in self.contract.types.values():
            outer = type.name.partition(" > ")[0] if type.inline else type.name
            if outer in self.contract.types and self.contract.types[outer].at:
                for name in type.uses():
                    if name != outer:
                        found.setdefault(name, {})[outer] = None
        return {name: list(outer) for name, outer in found.items()}

    def has_page(self, name: str) -> bool:
        """Whether a type has a page of its own; one that is used once is shown where it is used."""
        if name not in self._have_page:
            self._have_page[name] = self._deserves_page(self.contract.types[name])
        return self._have_page[name]

    def _deserves_page(self, type: Type) -> bool:
        if type.shape is Shape.RECORD and type.name in self._in_circles:
            return True
        if not type.at or not _says_something(type):
            return False
        if self.is_newest and type.name in self.beside.twins:
            return True
        return self.uses[type.name] > OFTEN if type.inline else self.uses[type.name] != 1

    def link(self, type: Type) -> str:
        """The address of a type's page, or nothing."""
        return self.address_of_type(type.name) if self.has_page(type.name) else ""

    def give_page(self, name: str) -> None:
        """Let a type have a page that would otherwise be shown nowhere."""
        self._have_page[name] = True

    def address_of_type(self, name: str) -> str:
        return f"~/{self.root}-/types/{self._type_slugs[name]}/"

    @cached_property
    def _type_slugs(self) -> dict[str, str]:
        names = Names()
        ordered = sorted(self.contract.types.values(), key=lambda type: (type.inline, not type.at))
        return {type.name: names.claim(slug(type.name)) for type in ordered}

    # -- groups and operations

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The operations by tag, else by the first step of their path; every declared tag is one."""
        found: dict[str, list[Operation]] = {group.name: [] for group in self.contract.groups}
        steps = _common_steps([op.address for op in self.operations if not op.groups])
        for operation in self.operations:
            for name in operation.groups or (_default_group(operation, steps),):
                found.setdefault(name, []).append(operation)
        declared = {group.name: group for group in self.contract.groups}
        names = Names("-", *(slug(contract.version) for contract in self.series.versions))
        return tuple(
            Section(
                (declared[name].title if name in declared else "") or name,
                names.claim(slug(name)),
                declared[name].doc if name in declared else "",
                declared.get(name),
                tuple(operations),
            )
            for name, operations in found.items()
            if operations or (name in declared and declared[name].doc)
        )

    @cached_property
    def home_of(self) -> dict[str, Section]:
        """The section where each operation has its place, by the operation's key."""
        found: dict[str, Section] = {}
        for section in self.sections:
            for operation in section.operations:
                found.setdefault(operation.label, section)
        return found

    @cached_property
    def slugs(self) -> dict[str, str]:
        """The last step of each operation's address, by the operation's key."""
        names: dict[str, Names] = {}
        found: dict[str, str] = {}
        for operation in self.operations:
            section = self.home_of[operation.label]
            taken = names.setdefault(section.slug, Names("-", *map(str, range(2, 100))))
            wanted = (
                operation.name if operation.name != operation.label else operation.label.replace("/", " ")
            )
            found.setdefault(operation.label, taken.claim(slug(wanted)))
        return found

    def address(self, operation: Operation) -> str:
        """Where an operation is shown."""
        section = self.home_of[operation.label]
        own = self.slugs[operation.label]
        if section.slug in self.in_full:
            return f"~/{self.root}{section.slug}/#{own}"
        return f"~/{self.root}{section.slug}/{own}/"

    def shown_at(self, label: str) -> str:
        """Where an element is shown, by its name in full: its operation's page, or its type's."""
        outermost = label.partition(" > ")[0]
        operation = self.by_label.get(outermost)
        if operation:
            return self.address(operation)
        type = self.contract.types.get(outermost)
        return self.link(type) if type else f"~/{self.root}"

    @cached_property
    def by_label(self) -> dict[str, Operation]:
        return {operation.label: operation for operation in self.operations}

    @cached_property
    def by_id(self) -> dict[str, Operation]:
        return {operation.name: operation for operation in self.operations}

    # -- what is said about elements

    @cached_property
    def _notes(self) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = {}
        for finding in self.series.findings.get(self.contract.version, ()):
            if finding.accepted is None:
                path = "" if finding.location.path == self.contract.path else finding.location.path
                found.setdefault(f"{path}#{finding.pointer}", []).append(finding)
        return found

    @cached_property
    def _noted(self) -> list[str]:
        return sorted(self._notes)

    def notes(self, *elements: Element) -> list[Finding]:
        """The findings about elements themselves."""
        places = dict.fromkeys(element.at for element in elements if element.at)
        return [finding for at in places for finding in self._notes.get(at, ())]

    def notes_below(self, element: Element) -> list[Finding]:
        """The findings about an element and all that is declared inside it, heaviest first."""
        found = self.notes(element)
        inside = f"{element.at}/"
        start = bisect_left(self._noted, inside)
        for at in takewhile(lambda at: at.startswith(inside), islice(self._noted, start, None)):
            found += self._notes[at]
        return sorted(found, key=lambda finding: -finding.level.weight)

    def label(self, type: Type, field: Field) -> str:
        """The name in full of a field, as findings call it."""
        if field.role is not Role.FIELD:
            return f"{type.name} > {field.role} {field.name}"
        return f"{field.origin or type.name} > {field.label}"

    def since(self, label: str) -> str:
        """The version that an element came with, where that is not the first."""
        return self.series.lives.get(label, NOBODY).since

    def changed(self, label: str) -> str:
        """The last version that changed an element."""
        return self.series.lives.get(label, NOBODY).changed

    def removed(self, label: str) -> str:
        """The version that no longer has an element."""
        return self.series.lives.get(label, NOBODY).removed


def language(contract: Contract) -> str:
    """What people call the format of a contract."""
    return FORMATS[contract.format].title if contract.format in FORMATS else contract.format


def _event(finding: Finding) -> str:
    """Whether a finding tells that an element came, went or changed: the rule's signature says so."""
    rule = rule_named(finding.rule)
    pairs = rule.subjects if rule else ()
    if pairs and all(old is NoneType for old, _ in pairs):
        return "since"
    if pairs and all(new is NoneType for _, new in pairs):
        return "removed"
    return "changed"


NOBODY = Life()


def _outwards(label: str) -> Iterator[str]:
    """An element's name in full, then those of the elements around it."""
    while label:
        yield label
        label = label.rpartition(" > ")[0]


def message_label(operation: Operation, message: Message) -> str:
    """The name in full of a message, as findings call it."""
    return f"{operation.label} > {message.label}"


def header_label(operation: Operation, message: Message, header: Field) -> str:
    """The name in full of a header, as findings call it."""
    return f"{message_label(operation, message)} > header {header.name}"


def parameter_label(operation: Operation, field: Field) -> str:
    """The name in full of a parameter, as findings call it."""
    return f"{operation.label} > {field.role} {field.name}"


def _named_by(operation: Operation) -> list[str]:
    names = [parameter.type for parameter in operation.parameters]
    payloads: dict[str, None] = {}
    for message in operation.messages:
        names += (header.type for header in message.headers)
        if message.payload:
            payloads[f"{message.status} {message.payload}"] = None
    names += (key.partition(" ")[2] for key in payloads)
    for callback in operation.callbacks:
        names += _named_by(callback)
    return names


def _says_something(type: Type) -> bool:
    """Whether there is more to a type than its kind."""
    return type.shape is not Shape.SCALAR or bool(type.doc or type.limits or type.examples)


def _common_steps(addresses: Sequence[str]) -> int:
    """How many first steps all paths share: a version or a prefix names no group."""
    split = [[step for step in address.split("/") if step] for address in addresses]
    shared = 0
    while (
        split
        and all(len(steps) > shared + 1 for steps in split)
        and len({steps[shared] for steps in split}) == 1
    ):
        shared += 1
    return shared


def _of_channel(channel: Channel) -> Operation:
    """A channel of which nobody says who sends and who receives."""
    return Operation(
        name=channel.name,
        key=channel.address or channel.name,
        at=channel.at,
        title=channel.title,
        doc=channel.doc,
        lifecycle=channel.lifecycle,
        binding=channel.binding,
        address=channel.address or channel.name,
        method="channel",
        parameters=channel.parameters,
        messages=channel.messages,
        channel=channel.name,
        delivery=channel.delivery,
    )


def _default_group(operation: Operation, shared: int) -> str:
    if calls.by_channel(operation):
        return CHANNELS[operation.action]
    if calls.by_name(operation):
        around = re.split(r"[./]", calls.name_in_group(operation)[0].rstrip("./"))[-1]
        return around or "Operations"
    if calls.is_webhook(operation):
        return WEBHOOKS
    steps = [step for step in operation.address.split("/") if step]
    named = [step for step in steps[shared:] if not step.startswith("{")]
    return named[0] if named else "Operations"


ROLE_TITLES: Mapping[Role, str] = {
    Role.PATH: "Path",
    Role.QUERY: "Query",
    Role.HEADER: "Headers",
    Role.COOKIE: "Cookies",
    Role.ARGUMENT: "Arguments",
}


def roots_of(service: str, found: Sequence[Series]) -> list[list[str]]:
    """The addresses of the versions of each contract of a service, the newest without its version."""
    base = f"{slug(service)}/"
    names = Names("-")
    every = []
    for series in found:
        own = base if len(found) == 1 else f"{base}{names.claim(slug(series.name or series.title))}/"
        versions = Names("-")
        older = [
            f"{own}{versions.claim(slug(contract.version or 'old'))}/" for contract in series.versions[:-1]
        ]
        every.append([*older, own])
    return every
