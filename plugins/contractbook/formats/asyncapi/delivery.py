"""What the bindings to a protocol mean in the words of all brokers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from contractbook.formats.nodes import mapping
from contractbook.model import Delivery

Said = Mapping[str, Any]
Facts = Iterator[tuple[str, Any]]

# What passes through a broker of such a protocol whatever a contract says of it.
NATURE = {
    **dict.fromkeys(("kafka", "kafka-secure", "mqtt", "mqtts", "secure-mqtt", "mqtt5"), "topic"),
    **dict.fromkeys(("googlepubsub", "mercure", "ros2", "sns"), "topic"),
    "sqs": "queue",
}
QOS = {0: "at-most-once", 1: "at-least-once", 2: "exactly-once"}  # MQTT 3.1.1, 4.3
OWN = "x-delivery"  # what no binding has a word for, in the words of the model


def delivery(
    protocols: Sequence[str], levels: Iterable[Mapping[str, Said]], said: Iterable[Said]
) -> Delivery | None:
    """How messages are handed on, from the protocols of the servers and from the bindings of each level.

    The inner levels (operation, message) win over the outer ones. What an element says under `x-delivery`
    wins over all bindings.
    """
    natures = {NATURE.get(protocol, "") for protocol in protocols}
    facts: dict[str, Any] = {"kind": natures.pop()} if len(natures) == 1 else {}
    for level in levels:
        for protocol, binding in level.items():
            if read := PROTOCOLS.get(protocol):
                facts |= {key: value for key, value in read(binding) if value not in (None, "")}
    for each in said:
        own = mapping(each.get(OWN))
        facts |= {FACTS[key]: value for key, value in own.items() if key in FACTS and _fits(key, value)}
    facts = {key: value for key, value in facts.items() if value != ""}
    return Delivery(**facts) if facts else None


FACTS = {
    **{key: key for key in ("kind", "guarantee", "ordering", "key", "retention", "group", "partitions")},
    **{key: key for key in ("replicas", "durable", "compacted")},
    "deadLetters": "dead_letters",
}
KINDS = {"partitions": int, "replicas": int, "durable": bool, "compacted": bool}


def _fits(key: str, value: Any) -> bool:
    return type(value) is KINDS.get(key, str)


def _kafka(said: Said) -> Facts:
    yield "kind", "topic"
    for key in ("partitions", "replicas"):
        yield key, _whole(said.get(key))
    topic = mapping(said.get("topicConfiguration"))
    yield "retention", _kept(topic.get("retention.ms"), 0.001)
    policy = topic.get("cleanup.policy")
    if isinstance(policy, list):
        yield "compacted", "compact" in policy
    yield "group", words(said.get("groupId"))
    if "key" in said:
        yield "key", words(said["key"])
        yield "ordering", "in order for each key"


def _amqp(said: Said) -> Facts:
    kind = {"queue": "queue", "routingKey": "topic"}.get(str(said.get("is")), "")
    yield "kind", kind
    place = mapping(said.get("queue" if kind == "queue" else "exchange"))
    yield "durable", _flag(place.get("durable"))
    if isinstance(said.get("ack"), bool):
        yield "guarantee", "at-least-once" if said["ack"] else "at-most-once"
    if said.get("deliveryMode") in (1, 2):  # AMQP 0-9-1, basic.properties: 2 is persistent
        yield "durable", said["deliveryMode"] == 2


def _mqtt(said: Said) -> Facts:
    yield "kind", "topic"
    qos = said.get("qos")
    yield "guarantee", QOS.get(qos, "") if isinstance(qos, int) else ""


def _destination(said: Said) -> Facts:
    kind = str(said.get("destinationType", ""))
    yield "kind", {"exchange": "topic", "fifo-queue": "queue"}.get(kind, kind)
    if kind == "fifo-queue":
        yield "ordering", "in the order they were sent"


def _nats(said: Said) -> Facts:
    yield "group", _text(said.get("queue"))


def _pulsar(said: Said) -> Facts:
    yield "kind", "topic"
    if said.get("persistence") in ("persistent", "non-persistent"):
        yield "durable", said["persistence"] == "persistent"
    yield "retention", _kept(mapping(said.get("retention")).get("time"), 60)
    if _whole(said.get("compaction")):
        yield "compacted", True


def _pubsub(said: Said) -> Facts:
    yield "kind", "topic"
    seconds = _text(said.get("messageRetentionDuration")).removesuffix("s")
    yield "retention", duration(float(seconds)) if seconds.replace(".", "", 1).isdigit() else seconds
    if key := _text(said.get("orderingKey")):
        yield "key", key
        yield "ordering", "in order for each key"


def _ros2(said: Said) -> Facts:
    yield "kind", "topic"
    policies = mapping(said.get("qosPolicies"))
    yield (
        "guarantee",
        {"reliable": "at-least-once", "best_effort": "at-most-once"}.get(
            str(policies.get("reliability")), ""
        ),
    )
    yield "durable", {"transient_local": True, "volatile": False}.get(str(policies.get("durability")))


def _sns(said: Said) -> Facts:
    yield "kind", "topic"
    if mapping(said.get("ordering")).get("type") == "FIFO":
        yield "ordering", "in order for each message group"
    for consumer in _list(said.get("consumers")):
        yield "dead_letters", _redriven(mapping(consumer))


def _sqs(said: Said) -> Facts:
    yield "kind", "queue"
    queue = mapping(said.get("queue"))
    yield "retention", _kept(queue.get("messageRetentionPeriod"), 1)
    if queue.get("fifoQueue") is True:
        yield "ordering", "in order for each message group"
    yield "dead_letters", _redriven(queue) or _text(mapping(said.get("deadLetterQueue")).get("name"))


def _redriven(said: Said) -> str:
    target = mapping(mapping(said.get("redrivePolicy")).get("deadLetterQueue"))
    return _text(target.get("name")) or _text(target.get("arn"))


def _solace(said: Said) -> Facts:
    listed = [mapping(each) for each in _list(said.get("destinations"))]
    kinds = {str(each.get("destinationType", "")) for each in listed}
    yield "kind", kinds.pop() if len(kinds) == 1 else ""
    for each in listed:
        mode = each.get("deliveryMode")
        yield "guarantee", {"direct": "at-most-once", "persistent": "at-least-once"}.get(str(mode), "")
        if mode in ("direct", "persistent"):
            yield "durable", mode == "persistent"


PROTOCOLS: Mapping[str, Callable[[Said], Facts]] = {
    "amqp": _amqp,
    "anypointmq": _destination,
    "googlepubsub": _pubsub,
    "ibmmq": _destination,
    "jms": _destination,
    "kafka": _kafka,
    "mqtt": _mqtt,
    "mqtt5": _mqtt,
    "nats": _nats,
    "pulsar": _pulsar,
    "ros2": _ros2,
    "sns": _sns,
    "solace": _solace,
    "sqs": _sqs,
}


def words(schema: Any) -> str:
    """What a schema of a key or group says, as people read it: its one value, else its kind and its text."""
    if isinstance(schema, str):
        return schema
    said = mapping(schema)
    values = _list(said.get("enum")) or [said.get("const")]
    if len(values) == 1 and values[0] is not None:
        return str(values[0])
    name = str(said.get("$ref", "")).rpartition("/")[2] or _text(said.get("title"))
    text, kind = " ".join(_text(said.get("description")).split()), _kind(said)
    told = name or text or kind
    return f"{told} ({kind})" if kind and told != kind and "(" not in kind else told


def _kind(said: Said) -> str:
    kind, form = _text(said.get("type")), _text(said.get("format"))
    members = ", ".join(map(str, mapping(said.get("properties"))))
    return members or (f"{kind} ({form})" if form else kind)


def _kept(value: Any, seconds: float) -> str:
    """How long messages are kept, from a number of units; a negative one means for ever."""
    number = _whole(value)
    if number is None:
        return ""
    return "never" if number < 0 else duration(number * seconds)


def duration(seconds: float) -> str:
    """A time as an ISO 8601 duration, such as P7D or PT1H30M."""
    left = round(seconds)
    days, left = divmod(left, 86_400)
    hours, left = divmod(left, 3_600)
    minutes, left = divmod(left, 60)
    clock = "".join(f"{count}{unit}" for count, unit in ((hours, "H"), (minutes, "M"), (left, "S")) if count)
    day = f"{days}D" if days else ""
    return f"P{day}{'T' + clock if clock else ''}" if day or clock else "PT0S"


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
