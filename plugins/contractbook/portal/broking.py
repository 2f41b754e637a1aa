"""How to send to a channel, or read from it, with the common tools of its broker."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import NamedTuple
from urllib.parse import urlsplit

from contractbook.model import Server
from contractbook.portal.code import pretty

LONGEST = 1500  # characters of a message in a snippet; the whole of it stands in its example


class Traffic(NamedTuple):
    """A channel with example values, ready to be written in the words of any tool."""

    server: Server
    address: str
    body: object
    key: str = ""

    @property
    def host(self) -> str:
        """Host and port of the broker."""
        url = self.server.url if "://" in self.server.url else f"//{self.server.url}"
        return urlsplit(url).netloc or self.server.url

    @property
    def text(self) -> str:
        """The message, or a file with it where it is long."""
        written = pretty(self.body)
        return written if len(written) <= LONGEST else "@message.json"


Write = Callable[[Traffic], list[str]]


def commands(traffic: Traffic, sends: bool) -> Iterator[tuple[str, str]]:
    """Tools with a command to send, or else to read, as HTML; none where we know no tool for the protocol."""
    protocol = traffic.server.protocol.removesuffix("-secure").removeprefix("secure-")
    for name, publish, consume in TOOLS.get(protocol, ()):
        yield name, " \\\n".join((publish if sends else consume)(traffic))


def _kcat_publish(traffic: Traffic) -> list[str]:
    key = f" -k {_text(traffic.key)}" if traffic.key else ""
    return [
        f"echo {_text(traffic.text)} |",
        f"  kcat -P -b {_text(traffic.host)}",
        f"  -t {_text(traffic.address)}{key}",
    ]


def _kcat_consume(traffic: Traffic) -> list[str]:
    return [f"kcat -b {_text(traffic.host)} -G {_text('my-group')}", f"  {_text(traffic.address)}"]


def _amqp_publish(traffic: Traffic) -> list[str]:
    return [
        f"amqp-publish -u {_text(traffic.server.url)}",
        f"  -r {_text(traffic.address)}",
        f"  -b {_text(traffic.text)}",
    ]


def _amqp_consume(traffic: Traffic) -> list[str]:
    return [f"amqp-consume -u {_text(traffic.server.url)}", f"  -q {_text(traffic.address)} cat"]


def _mqtt_publish(traffic: Traffic) -> list[str]:
    return [
        f"mosquitto_pub -h {_text(traffic.host)}",
        f"  -t {_text(traffic.address)}",
        f"  -m {_text(traffic.text)}",
    ]


def _mqtt_consume(traffic: Traffic) -> list[str]:
    return [f"mosquitto_sub -h {_text(traffic.host)}", f"  -t {_text(traffic.address)}"]


def _nats_publish(traffic: Traffic) -> list[str]:
    return [f"nats -s {_text(traffic.host)} pub", f"  {_text(traffic.address)}", f"  {_text(traffic.text)}"]


def _nats_consume(traffic: Traffic) -> list[str]:
    return [f"nats -s {_text(traffic.host)} sub", f"  {_text(traffic.address)}"]


def _socket_publish(traffic: Traffic) -> list[str]:
    return [f"echo {_text(traffic.text)} |", f"  websocat {_text(_url(traffic))}"]


def _socket_consume(traffic: Traffic) -> list[str]:
    return [f"websocat {_text(_url(traffic))}"]


def _url(traffic: Traffic) -> str:
    return traffic.server.url.rstrip("/") + "/" + traffic.address.strip("/")


KCAT = (("kcat", _kcat_publish, _kcat_consume),)
AMQP = (("amqp-tools", _amqp_publish, _amqp_consume),)
MQTT = (("mosquitto", _mqtt_publish, _mqtt_consume),)
SOCKET = (("websocat", _socket_publish, _socket_consume),)
TOOLS: Mapping[str, tuple[tuple[str, Write, Write], ...]] = {
    "kafka": KCAT,
    "amqp": AMQP,
    "amqps": AMQP,
    "mqtt": MQTT,
    "mqtts": MQTT,
    "nats": (("nats", _nats_publish, _nats_consume),),
    "ws": SOCKET,
    "wss": SOCKET,
}


def _text(text: str) -> str:
    return f'<span class="s2">{escape(shlex.quote(text), quote=False)}</span>'
