"""What a call needs to prove who calls, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import escape

from contractbook.model import Requirement, Security
from contractbook.portal.marks import badge, code, outside

SPOKEN = ("in", "name", "scheme", "bearerFormat", "openIdConnectUrl", "flows")
FLOW_URLS = {
    "authorizationUrl": "authorise at",
    "tokenUrl": "token from",
    "refreshUrl": "refresh at",
    "deviceAuthorizationUrl": "authorise the device at",
}
NAMED = 2  # scopes that a badge names


def badges(alternatives: tuple[tuple[Requirement, ...], ...] | None) -> Iterator[str]:
    """The credentials of a call, each alternative in one badge."""
    if alternatives is None:
        return
    if not any(alternatives):
        yield badge("public")
    for alternative in alternatives:
        if alternative:
            yield badge("auth: " + " + ".join(map(_short, alternative)))
        elif any(alternatives):
            yield badge("or public")


def in_full(alternatives: tuple[tuple[Requirement, ...], ...] | None) -> str:
    """All scopes, where the badges only count them."""
    long = [needed for each in alternatives or () for needed in each if len(needed.scopes) > NAMED]
    return "".join(
        f"<p>{code(needed.scheme)} needs {' '.join(map(code, needed.scopes))}</p>" for needed in long
    )


def _short(needed: Requirement) -> str:
    if len(needed.scopes) > NAMED:
        return f"{needed.scheme}, {len(needed.scopes)} scopes"
    return " ".join((needed.scheme, *needed.scopes))


def in_words(scheme: Security) -> str:
    """What a scheme asks for: `API key in the header X-Key`."""
    said = scheme.binding
    match scheme.kind:
        case "apiKey":
            return f"API key in the {escape(said.get('in', 'request'))} {code(str(said.get('name', '')))}"
        case "http":
            form = f", {escape(str(said['bearerFormat']))}" if "bearerFormat" in said else ""
            return f"HTTP {escape(str(said.get('scheme', '')))}{form}"
        case "oauth2":
            return "OAuth 2"
        case "openIdConnect":
            return f"OpenID Connect {outside(str(said.get('openIdConnectUrl', '')))}"
        case "mutualTLS":
            return "mutual TLS"
    return str(escape(scheme.kind))


def flows(scheme: Security) -> Iterator[tuple[str, str]]:
    """Each OAuth 2 flow and its addresses, as HTML."""
    found = scheme.binding.get("flows")
    for name, flow in found.items() if isinstance(found, Mapping) else ():
        if isinstance(flow, Mapping):
            said = (f"{words} {outside(str(flow[key]))}" for key, words in FLOW_URLS.items() if key in flow)
            yield str(escape(name)), ", ".join(said)
