"""A catalogue as it is ordered: what groups hold, and what names in it lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from contractbook.formats.nodes import Node
from contractbook.model import Action
from contractbook.source.document import Document
from contractbook.source.pointers import parts_of

# What release candidates called the groups and what is in them.
GROUPS = {"messagegroups": "definitionGroups", "schemagroups": "schemaGroups"}
MEMBERS = {"messages": "definitions"}
# An endpoint that is for producers is one that they send to (xRegistry Endpoint 1.0, "usage").
USAGES = {"producer": Action.RECEIVE, "consumer": Action.SEND, "subscriber": Action.SEND}


class Entry(NamedTuple):
    """An entry of a catalogue that makes a contract, or a message in one; `xid` names it in the catalogue."""

    kind: str
    name: str
    xid: str
    node: Node
    version: str = ""
    groups: tuple[str, ...] = ()
    actions: tuple[Action, ...] = (Action.SEND,)


class Catalogue:
    """The entries of one document."""

    def __init__(self, document: Document) -> None:
        self.data: Mapping[str, Any] = document.data
        self.root = Node(document, "", document.data)
        self.version = str(self.data.get("specversion", ""))

    def endpoints(self) -> Iterator[Entry]:
        """The endpoints, with the groups whose messages they have."""
        for name, node in self.root.children("endpoints"):
            usage = node.value.get("usage")
            said = usage if isinstance(usage, list) else [usage]
            actions = dict.fromkeys(USAGES[each] for each in said if isinstance(each, str) and each in USAGES)
            groups = (*node.texts("messagegroups"), *node.texts("definitionGroups"))
            yield Entry(
                "endpoint",
                name,
                f"/endpoints/{name}",
                node,
                groups=tuple(map(_bare, groups)),
                actions=tuple(actions) or (Action.SEND,),
            )

    def groups(self) -> Iterator[Entry]:
        """The groups of messages."""
        for name, node in _children(self.root, "messagegroups", GROUPS):
            yield Entry("messagegroup", name, f"/messagegroups/{name}", node)

    def messages(self, entry: Entry) -> Iterator[Entry]:
        """The messages of an endpoint or group, in the version that counts, with those they are based on."""
        holders = [entry.node, *(self._at(xid) for xid in entry.groups)]
        for holder in holders:
            for name, node in _children(holder, "messages", MEMBERS):
                merged = {**_defaults(holder), **self._based(node, set())}
                yield Entry("message", name, "", Node(node.document, node.pointer, merged))

    def schemas(self) -> Iterator[Entry]:
        """The schemas of all groups."""
        for group, node in _children(self.root, "schemagroups", GROUPS):
            for name, inner in node.children("schemas"):
                yield Entry("schema", name, f"/schemagroups/{group}/schemas/{name}", inner)

    def versions(self, schema: Entry) -> Iterator[Entry]:
        """The versions of a schema: itself where it has no others."""
        found = [*schema.node.children("versions")]
        for version, inner in found:
            yield schema._replace(version=version, node=_above(schema.node, inner))
        if not found:
            yield schema._replace(version=schema.node.text("versionid"))

    def schema(self, xid: str) -> Node | None:
        """The version of a schema that a name in the catalogue leads to; the default where it names none."""
        parts = parts_of(_bare(xid).partition(":")[0])  # what follows a colon is a part of the schema
        found = next((each for each in self.schemas() if parts_of(each.xid) == parts[:4]), None)
        if found is None or len(parts) < 4:
            return None
        versions = {each.version: each.node for each in self.versions(found)}
        wanted = parts[5] if len(parts) > 5 else found.node.text("defaultversionid")
        return versions.get(wanted) or [*versions.values()][-1]

    def used_schemas(self) -> set[str]:
        """The schemas that messages are made of."""
        messages = (each for entry in (*self.endpoints(), *self.groups()) for each in self.messages(entry))
        said = (each.node.value.get(key) for each in messages for key in ADDRESSES)
        return {"/" + "/".join(parts_of(_bare(each))[:4]) for each in said if isinstance(each, str)}

    def _at(self, xid: str) -> Node:
        """The group that a name leads to, empty where there is none."""
        kind, _, name = xid.lstrip("/").partition("/")
        return dict(_children(self.root, kind, GROUPS)).get(name, Node(self.root.document, "", {}))

    def _based(self, node: Node, seen: set[str]) -> Mapping[str, Any]:
        """What a message says, over its newest version and over the message it is based on."""
        versions = dict(node.children("versions"))
        newest = versions.get(node.text("defaultversionid")) or next(reversed([*versions.values()]), None)
        said = {**(newest.value if newest else {}), **node.value}
        base = _bare(str(said.get("basemessage", "") or said.get("basemessageurl", "")))
        if not base or base in seen:
            return said
        parts = parts_of(base)
        holder = self._at("/".join(parts[:2]))
        found = dict(_children(holder, "messages", MEMBERS)).get(parts[-1]) if parts else None
        return _merged(self._based(found, seen | {base}), said) if found else said


ADDRESSES = ("dataschemauri", "dataschemaxid", "schemaurl", "dataschemaurl")


def _children(node: Node, key: str, older: Mapping[str, str]) -> Iterator[tuple[str, Node]]:
    yield from node.children(key)
    if key in older:
        yield from node.children(older[key])


def _defaults(group: Node) -> dict[str, Any]:
    """What a group says for all of its messages."""
    return {key: group.value[key] for key in ("envelope", "protocol", "format") if key in group.value}


def _above(schema: Node, version: Node) -> Node:
    """A version, with what is said of all versions."""
    shared = {key: said for key, said in schema.value.items() if key != "versions"}
    return Node(version.document, version.pointer, {**shared, **version.value})


def _merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a message says over what it is based on, attribute by attribute."""
    both = {
        key: {**base[key], **own[key]}
        for key in base.keys() & own.keys()
        if isinstance(base[key], dict) and isinstance(own[key], dict)
    }
    return {**base, **own, **both}


def _bare(xid: str) -> str:
    """A name in the catalogue without the mark of a fragment, in today's words."""
    bare = xid.removeprefix("#")
    return bare.replace("/schemaGroups/", "/schemagroups/").replace("/definitionGroups/", "/messagegroups/")
