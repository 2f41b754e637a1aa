"""What the specification does not allow in a schema, though it can be read."""

from __future__ import annotations

from typing import Any

from graphql.language import ListTypeNode, NonNullTypeNode

from contractbook.formats.graphql.faults import Faults
from contractbook.formats.graphql.schema import BUILT_IN, Declaration, File, Part, Schema
from contractbook.source.faults import shortened

OUTPUT = frozenset({"object", "interface", "union"})
# Types that the subgraphs of a federation use, and that none of them defines.
FEDERATION = frozenset({"_Any", "_Entity", "_Service", "_FieldSet", "FieldSet"})


def check(schema: Schema, faults: Faults) -> None:
    """Tell what is wrong with the types of a schema, and with what refers to them."""
    _Checks(schema, faults).run()


class _Checks:
    def __init__(self, schema: Schema, faults: Faults) -> None:
        self.schema = schema
        self.faults = faults
        self.kinds = {**dict.fromkeys(BUILT_IN, "scalar"), **{n: d.kind for n, d in schema.types.items()}}
        self.federated = any(_links(part) for part in schema.own) or "_Entity" in schema.types
        self.broken = any(file.parsed.faults for file in schema.files)  # what is missing may stand there
        self._hints: dict[str, str] = {}

    def run(self) -> None:
        for part in self.schema.own:
            for each in part.node.operation_types or ():
                self._root(part, each)
        for declared in self.schema.types.values():
            self._extended(declared)
            if declared.kind in ("object", "interface"):
                self._output(declared)
            elif declared.kind == "input":
                for file, node in declared.members("fields"):
                    self._written(file, node, f"{declared.name}.{node.name.value}")
            elif declared.kind == "union":
                self._members(declared)
        for name, part in self.schema.directives.items():
            self._arguments(part.file, part.node, f"@{name}")

    def _root(self, part: Part, each: Any) -> None:
        name = each.type.name.value
        if self._known(part.file, each.type, name) and self.kinds[name] != "object":
            self.faults.invalid(
                f"`{name}` cannot be where a {each.operation.value} begins: it is no object type",
                part.file.path,
                each.type,
                name,
                "Name an object type.",
            )

    def _extended(self, declared: Declaration) -> None:
        """An extension needs its type; only a subgraph extends what another one defines."""
        file, node = declared.parts[0]
        if not node.kind.endswith("extension") or declared.name in self.schema.roots.values():
            return
        if not (self.federated or self.broken) and not any(
            each.name.value == "key" for each in node.directives or ()
        ):
            self.faults.tell(
                "unresolved-reference",
                f"`{declared.name}` is extended, but defined nowhere{self._hint(declared.name)}",
                file.path,
                node.name,
                declared.name,
                "Define the type, or add the file that defines it.",
            )

    def _output(self, declared: Declaration) -> None:
        for file, node in declared.members("fields"):
            pointer = f"{declared.name}.{node.name.value}"
            named = _named(node.type)
            if self._known(file, named, pointer) and self.kinds[named.name.value] == "input":
                self.faults.invalid(
                    f"`{pointer}` answers with `{named.name.value}`, which is an input type",
                    file.path,
                    named,
                    pointer,
                    "Declare an object type for what consumers read.",
                )
            self._arguments(file, node, pointer)
        for file, node in declared.members("interfaces"):
            if self._known(file, node, declared.name):
                self._implements(declared, file, node)

    def _implements(self, declared: Declaration, file: File, node: Any) -> None:
        """A type has all fields of its interfaces, with types that are at least as narrow (GraphQL 3.6)."""
        name = node.name.value
        if self.kinds[name] != "interface":
            self.faults.invalid(
                f"`{declared.name}` implements `{name}`, which is no interface",
                file.path,
                node,
                declared.name,
                "Name an interface, or take it away.",
            )
            return
        own = {each.name.value: (there, each) for there, each in declared.members("fields")}
        for _, asked in self.schema.types[name].members("fields"):
            field = asked.name.value
            pointer = f"{declared.name}.{field}"
            if field not in own:
                self.faults.invalid(
                    f"`{declared.name}` implements `{name}`, but lacks its field `{field}`",
                    file.path,
                    node,
                    declared.name,
                    f"Add `{field}` to `{declared.name}`.",
                )
                continue
            there, given = own[field]
            if not self._covers(given.type, asked.type):
                self.faults.invalid(
                    f"`{pointer}` is `{spelled(given.type)}`, and `{spelled(asked.type)}` in `{name}`",
                    there.path,
                    given.name,
                    pointer,
                    "Let the type narrow what its interface promises, and not widen it.",
                )
            self._takes(there, given, asked, pointer, name)

    def _takes(self, file: File, given: Any, asked: Any, pointer: str, interface: str) -> None:
        """A field takes all arguments that it has in the interface, and demands no others."""
        ours = {each.name.value: each for each in given.arguments or ()}
        theirs = {each.name.value: each for each in asked.arguments or ()}
        for name, each in theirs.items():
            if name not in ours:
                message = f"`{pointer}` lacks the argument `{name}`, which it has in `{interface}`"
                self.faults.invalid(message, file.path, given.name, pointer, f"Add `{name}`.")
            elif spelled(ours[name].type) != spelled(each.type):
                self.faults.invalid(
                    f"`{pointer}({name}:)` is `{spelled(ours[name].type)}`, "
                    f"and `{spelled(each.type)}` in `{interface}`",
                    file.path,
                    ours[name].name,
                    f"{pointer}({name}:)",
                    "Give it the type that it has in the interface.",
                )
        for name, each in ours.items():
            if name not in theirs and isinstance(each.type, NonNullTypeNode) and not each.default_value:
                self.faults.invalid(
                    f"`{pointer}` demands the argument `{name}`, which `{interface}` does not know",
                    file.path,
                    each.name,
                    f"{pointer}({name}:)",
                    "Make it optional.",
                )

    def _covers(self, given: Any, asked: Any) -> bool:
        """Whether a type may stand where another one is promised."""
        if isinstance(asked, NonNullTypeNode):
            return isinstance(given, NonNullTypeNode) and self._covers(given.type, asked.type)
        if isinstance(given, NonNullTypeNode):
            return self._covers(given.type, asked)
        if isinstance(asked, ListTypeNode) or isinstance(given, ListTypeNode):
            both = isinstance(asked, ListTypeNode) and isinstance(given, ListTypeNode)
            return both and self._covers(given.type, asked.type)
        one, other = given.name.value, asked.name.value
        return one == other or one not in self.kinds or other not in self.kinds or self._is_a(one, other)

    def _is_a(self, name: str, abstract: str) -> bool:
        declared = self.schema.types.get(abstract)
        if declared is None or name not in self.schema.types:
            return False
        if declared.kind == "union":
            return any(node.name.value == name for _, node in declared.members("types"))
        bases = self.schema.types[name].members("interfaces")
        return any(node.name.value == abstract for _, node in bases)

    def _arguments(self, file: File, node: Any, pointer: str) -> None:
        for each in node.arguments or ():
            self._written(file, each, f"{pointer}({each.name.value}:)")

    def _written(self, file: File, node: Any, pointer: str) -> None:
        """What consumers write is of an input type, and nothing that must be written is deprecated."""
        named = _named(node.type)
        if self._known(file, named, pointer) and self.kinds[named.name.value] in OUTPUT:
            self.faults.invalid(
                f"`{pointer}` takes `{named.name.value}`, which is no input type",
                file.path,
                named,
                pointer,
                "Declare an input type for what consumers write.",
            )
        if isinstance(node.type, NonNullTypeNode) and not node.default_value and _is_deprecated(node):
            self.faults.invalid(
                f"`{pointer}` is deprecated, but must be written",
                file.path,
                node.name,
                pointer,
                "Make it optional first, so that consumers can leave it out.",
            )

    def _members(self, declared: Declaration) -> None:
        for file, node in declared.members("types"):
            name = node.name.value
            if self._known(file, node, declared.name) and self.kinds[name] != "object":
                self.faults.invalid(
                    f"`{declared.name}` has the member `{name}`, which is no object type",
                    file.path,
                    node,
                    declared.name,
                    "Name object types only.",
                )

    def _known(self, file: File, node: Any, pointer: str) -> bool:
        name = node.name.value
        if name in self.kinds:
            return True
        if name not in FEDERATION and not self.broken:
            self.faults.tell(
                "unresolved-reference",
                f"there is no type `{shortened(name)}`{self._hint(name)}",
                file.path,
                node,
                pointer,
                "Define the type, or add the file that defines it.",
            )
        return False

    def _hint(self, name: str) -> str:
        """The name that is most like one that nothing defines; each is looked for once, and not too many."""
        from difflib import get_close_matches

        if name not in self._hints:
            others = [each for each in self.kinds if each != name]
            near = get_close_matches(name, others, n=1, cutoff=0.75) if len(self._hints) < MOST_HINTS else []
            self._hints[name] = f": did you mean `{near[0]}`?" if near else ""
        return self._hints[name]


MOST_HINTS = 50


def _links(part: Part) -> bool:
    return any(each.name.value == "link" for each in part.node.directives or ())


def _is_deprecated(node: Any) -> bool:
    return any(each.name.value == "deprecated" for each in node.directives or ())


def _named(node: Any) -> Any:
    """The named type inside of lists and non-null marks."""
    while isinstance(node, ListTypeNode | NonNullTypeNode):
        node = node.type
    return node


def spelled(node: Any) -> str:
    """A type as it is written: `[Order!]!`."""
    if isinstance(node, NonNullTypeNode):
        return f"{spelled(node.type)}!"
    return f"[{spelled(node.type)}]" if isinstance(node, ListTypeNode) else str(node.name.value)
