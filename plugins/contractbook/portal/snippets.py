"""How to call an operation with curl, Python and JavaScript, made from its examples."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from contractbook.model import Contract, Field, Operation, Role, Security
from contractbook.portal import calls
from contractbook.portal.code import pretty
from contractbook.portal.examples import Maker
from contractbook.portal.marks import compact

FORM = "application/x-www-form-urlencoded"
LONGEST = 1500  # characters of a body in a snippet; the whole of it stands in its example


@dataclass
class Request:
    """A request with example values, ready to be written in any language."""

    method: str
    url: str
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = ""
    body: Any = None
    has_body: bool = False

    def fill(self, media_type: str, body: Any) -> None:
        """Give it a body."""
        self.media_type, self.body, self.has_body = media_type, body, True
        if media_type:
            self.headers["Content-Type"] = media_type

    @property
    def is_json(self) -> bool:
        return self.media_type.endswith("json")

    @property
    def address(self) -> str:
        """The URL with its query."""
        return f"{self.url}?{urlencode(self.query)}" if self.query else self.url


def request(contract: Contract, operation: Operation, maker: Maker) -> Request:
    """A request with everything that is required but its body."""
    made = Request(operation.method, base_url(contract, operation) + operation.address)
    for parameter in operation.parameters:
        _add(made, parameter, maker)
    _prove(contract, operation, made)
    return made


def _add(made: Request, parameter: Field, maker: Maker) -> None:
    if not parameter.required and parameter.role is not Role.PATH:
        return
    value = parameter.examples[0].value if parameter.examples else maker.make(parameter.type)
    text = ",".join(map(compact, value)) if isinstance(value, list) else compact(value)
    match parameter.role:
        case Role.PATH:
            made.url = made.url.replace(f"{{{parameter.name}}}", quote(text, safe=""))
        case Role.QUERY:
            made.query[parameter.name] = text
        case Role.HEADER:
            made.headers[parameter.name] = text
        case Role.COOKIE:
            made.headers["Cookie"] = f"{parameter.name}={text}"


def _prove(contract: Contract, operation: Operation, made: Request) -> None:
    """Add the credentials of the first alternative."""
    schemes = {scheme.name: scheme for scheme in contract.security}
    for needed in (operation.security or ((),))[0]:
        scheme = schemes.get(needed.scheme)
        if scheme is not None:
            _credential(scheme, made)


def _credential(scheme: Security, made: Request) -> None:
    name = str(scheme.binding.get("name", ""))
    match scheme.kind, scheme.binding.get("in"):
        case "apiKey", "query":
            made.query[name] = "KEY"
        case "apiKey", "cookie":
            made.headers["Cookie"] = f"{name}=KEY"
        case "apiKey", _:
            made.headers[name] = "KEY"
        case "http", _ if str(scheme.binding.get("scheme", "")).lower() == "basic":
            made.headers["Authorization"] = "Basic CREDENTIALS"
        case "mutualTLS", _:
            pass
        case _:
            made.headers["Authorization"] = "Bearer TOKEN"


def base_url(contract: Contract, operation: Operation) -> str:
    """The first address of an operation with the defaults of its variables."""
    found = calls.servers(contract, operation)
    if not found:
        return ""
    url = found[0].url
    for variable in found[0].variables:
        url = url.replace(f"{{{variable.name}}}", variable.default or (*variable.values, variable.name)[0])
    return url.rstrip("/")


def curl(made: Request) -> str:
    """The request as a shell command, as HTML."""
    how = "" if made.method == "GET" else f" -X {escape(made.method)}"
    lines = [f"{_keyword('curl')}{how} {_text(shlex.quote(made.address))}"]
    lines += (f"  -H {_text(shlex.quote(f'{name}: {value}'))}" for name, value in made.headers.items())
    if made.has_body:
        lines += _curl_body(made)
    return " \\\n".join(lines)


def _curl_body(made: Request) -> list[str]:
    if made.media_type == "multipart/form-data" and isinstance(made.body, dict):
        return [f"  -F {_text(shlex.quote(f'{key}={compact(value)}'))}" for key, value in made.body.items()]
    if made.media_type == FORM and isinstance(made.body, dict):
        return [f"  -d {_text(shlex.quote(f'{key}={value}'))}" for key, value in flat(made.body)]
    return [f"  -d {_text(shlex.quote(_short(made.body)))}"]


def grpcurl(contract: Contract, operation: Operation, body: Any) -> str:
    """A call of an rpc as a shell command, as HTML."""
    url = base_url(contract, operation)
    host = url.partition("://")[2] or url or "localhost:443"
    given = f" -d {_text(shlex.quote(_short(body)))}" if body is not None else ""
    name = operation.address.strip("/") or operation.label
    return f"{_keyword('grpcurl')}{given} \\\n  {escape(host)} \\\n  {escape(name)}"


def python(made: Request) -> str:
    """The request in Python, as HTML."""
    lines = [
        f"{_keyword('import')} httpx",
        "",
        "answer = httpx.request(",
        f"    {_string(made.method)}, {_string(made.url)},",
    ]
    if made.query:
        lines.append(f"    params={_object(made.query)},")
    if made.headers:
        lines.append(f"    headers={_object(made.headers)},")
    if made.has_body:
        if made.is_json:
            lines += ["    json=body,  " + _comment("# see the example below")]
        elif made.media_type in (FORM, "multipart/form-data") and isinstance(made.body, dict):
            lines += [f"    data={_object(dict(flat(made.body)))},"]
        else:
            lines.append(f"    content=body,  {_comment('# see the example below')}")
    return "\n".join([*lines, ")", "answer.raise_for_status()"])


def javascript(made: Request) -> str:
    """The request in JavaScript, as HTML."""
    lines = [
        f"{_keyword('const')} answer = {_keyword('await')} fetch({_string(made.address)}, {{",
        f"  method: {_string(made.method)},",
    ]
    if made.headers:
        lines.append(f"  headers: {_object(made.headers)},")
    if made.has_body:
        written = "JSON.stringify(body)" if made.is_json else "body"
        lines.append(f"  body: {written},  {_comment('// see the example below')}")
    lines += [
        "})",
        f"{_keyword('if')} (!answer.ok) {_keyword('throw')} {_keyword('new')} Error(answer.status)",
    ]
    return "\n".join(lines)


def flat(body: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """The members of a form: what is inside something is written as name[inner]."""
    found: list[tuple[str, str]] = []
    for key, value in body.items():
        name = f"{prefix}[{key}]" if prefix else key
        if isinstance(value, dict):
            found += flat(value, name)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                found += flat({str(index): item}, name)
        else:
            found.append((name, compact(value) if value != "" else ""))
    return found


def _short(body: Any) -> str:
    text = pretty(body)
    return text if len(text) <= LONGEST else "@body.json"


def _object(value: dict[str, str]) -> str:
    return "{" + ", ".join(f"{_string(key)}: {_string(said)}" for key, said in value.items()) + "}"


def _string(text: str) -> str:
    return _text(json.dumps(text, ensure_ascii=False))


def _text(text: str) -> str:
    return f'<span class="s2">{escape(text, quote=False)}</span>'


def _keyword(word: str) -> str:
    return f'<span class="k">{word}</span>'


def _comment(words: str) -> str:
    return f'<span class="c1">{words}</span>'
