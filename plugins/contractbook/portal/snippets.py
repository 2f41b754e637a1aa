"""How to call an operation with curl, Python and JavaScript, made from its examples."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from contractbook.model import Contract, Field, Operation, Role, Security
from contractbook.portal import calls
from contractbook.portal.code import coloured, pretty
from contractbook.portal.examples import Maker
from contractbook.portal.marks import compact

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
NOWHERE = "https://HOST"  # for a contract that does not say where it is offered
OPEN = '<span class="nb">open</span>'
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
        if media_type and not (self.is_form and media_type == MULTIPART):  # which needs a boundary, too
            self.headers["Content-Type"] = media_type

    @property
    def is_form(self) -> bool:
        """Whether the body is a form with members."""
        return self.media_type in (FORM, MULTIPART) and isinstance(self.body, dict)

    @property
    def is_json(self) -> bool:
        return self.media_type.endswith("json")

    @property
    def address(self) -> str:
        """The URL with its query."""
        return f"{self.url}?{urlencode(self.query)}" if self.query else self.url


def request(contract: Contract, operation: Operation, maker: Maker) -> Request:
    """A request with everything that is required but its body."""
    base = base_url(contract, operation)
    made = Request(operation.method, (base if "://" in base else NOWHERE + base) + operation.address)
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
            _add_cookie(made, parameter.name, text)


def _add_cookie(made: Request, name: str, value: str) -> None:
    before = made.headers.get("Cookie")
    made.headers["Cookie"] = f"{before}; {name}={value}" if before else f"{name}={value}"


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
            _add_cookie(made, name, "KEY")
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
    lines = [f"{_keyword('curl')}{_curl_options(made)} {_text(shlex.quote(made.address))}"]
    lines += (f"  -H {_text(shlex.quote(f'{name}: {value}'))}" for name, value in made.headers.items())
    if made.has_body:
        lines += _curl_body(made)
    return " \\\n".join(lines)


def _curl_options(made: Request) -> str:
    """The method, where curl would choose another, and that braces in the address are meant."""
    chosen = "POST" if made.has_body else "GET"
    literal = " -g" if set("{}[]") & set(made.address) else ""
    if made.method == "HEAD":
        return f"{literal} -I"
    return literal + ("" if made.method == chosen == "GET" else f" -X {escape(made.method)}")


def _curl_body(made: Request) -> list[str]:
    if made.is_form and made.media_type == MULTIPART:
        return [f"  -F {_text(shlex.quote(f'{key}={compact(value)}'))}" for key, value in made.body.items()]
    if made.is_form:
        pairs = (shlex.quote(f"{key}={value}") for key, value in flat(made.body))
        return [f"  --data-urlencode {_text(pair)}" for pair in pairs]
    option = "-d" if not str(made.body).startswith("@") else "--data-raw"
    return [f"  {option} {_text(shlex.quote(_short(made.body)))}"]


def grpcurl(contract: Contract, operation: Operation, body: Any) -> str:
    """A call of an rpc as a shell command, as HTML."""
    url = base_url(contract, operation)
    host = url.partition("://")[2] or url or "localhost:443"
    given = f" -d {_text(shlex.quote(_short(body)))}" if body is not None else ""
    name = operation.address.strip("/") or operation.label
    return f"{_keyword('grpcurl')}{given} \\\n  {escape(host)} \\\n  {escape(name)}"


def python(made: Request) -> str:
    """The request in Python, as HTML."""
    imports = [_keyword("import") + " httpx"]
    lines = ["answer = httpx.request(", f"    {_string(made.method)}, {_string(made.url)},"]
    if made.query:
        lines.append(f"    params={_object(made.query)},")
    if made.headers:
        lines.append(f"    headers={_object(made.headers)},")
    if made.has_body and _is_long(made.body):
        imports.insert(0, _keyword("import") + " json")
        lines.append(f"    json=json.load({OPEN}({_string('body.json')})),")
    elif made.has_body:
        lines.append(f"    {_python_body(made)},")
    return "\n".join([*imports, "", *lines, ")", "answer.raise_for_status()"])


def _python_body(made: Request) -> str:
    if made.is_form and made.media_type == MULTIPART:
        parts = (f"{_string(key)}: (None, {_string(compact(value))})" for key, value in made.body.items())
        return f"files={{{', '.join(parts)}}}"
    if made.is_form:
        return f"data={_object(dict(flat(made.body)))}"
    if isinstance(made.body, str) and not made.is_json:
        return f"content={_string(made.body)}"
    return f"json={_indented(_PYTHON.sub(lambda word: _SPELLED[word[0]], _json(made.body)))}"


_PYTHON = re.compile(r"\b(?:true|false|null)\b(?=,?$)", re.MULTILINE)  # a text ends in quotation marks
_SPELLED = {"true": "True", "false": "False", "null": "None"}


def javascript(made: Request) -> str:
    """The request in JavaScript, as HTML."""
    lines = [
        f"{_keyword('const')} answer = {_keyword('await')} fetch({_string(made.address)}, {{",
        f"  method: {_string(made.method)},",
    ]
    before: list[str] = []
    if made.headers:
        lines.append(f"  headers: {_object(made.headers)},")
    if made.has_body:
        before, body = _javascript_body(made)
        lines.append(f"  body: {body},")
    lines += [
        "})",
        f"{_keyword('if')} (!answer.ok) {_keyword('throw')} {_keyword('new')} Error(answer.status)",
    ]
    return "\n".join([*before, *lines])


def _javascript_body(made: Request) -> tuple[list[str], str]:
    """What goes before the call, and the body in it."""
    if _is_long(made.body):
        source = _string("./body.json")
        words = f"{_keyword('import')} body {_keyword('from')} {source} {_keyword('with')}"
        return [f"{words} {{type: {_string('json')}}}", ""], "JSON.stringify(body)"
    if made.is_form and made.media_type == MULTIPART:
        fields = (f"form.set({_string(key)}, {_string(compact(value))})" for key, value in made.body.items())
        return [f"{_keyword('const')} form = {_keyword('new')} FormData()", *fields], "form"
    if made.is_form:
        return [], f"{_keyword('new')} URLSearchParams({_object(dict(flat(made.body)))})"
    if isinstance(made.body, str) and not made.is_json:
        return [], _string(made.body)
    return [], f"JSON.stringify({_indented(_json(made.body), '  ')})"


def _is_long(body: Any) -> bool:
    return len(pretty(body)) > LONGEST


def _json(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, indent=2, default=str)


def _indented(text: str, by: str = "    ") -> str:
    """A value over several lines, inside of what stands around it, in colour."""
    return coloured(text).replace("\n", f"\n{by}")


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
    return "@body.json" if _is_long(body) else pretty(body)


def _object(value: dict[str, str]) -> str:
    return "{" + ", ".join(f"{_string(key)}: {_string(said)}" for key, said in value.items()) + "}"


def _string(text: str) -> str:
    return _text(json.dumps(text, ensure_ascii=False))


def _text(text: str) -> str:
    return f'<span class="s2">{escape(text, quote=False)}</span>'


def _keyword(word: str) -> str:
    return f'<span class="k">{word}</span>'
