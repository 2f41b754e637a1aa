"""What should have stayed at home: secrets, notes, inner parts, names of teams."""

from __future__ import annotations

from contractbook.lexicon.family import ADDRESS, DOC, Family, ends, like, listed, whole, within

FAMILIES = (
    Family(
        "secret-in-response",
        names=(
            *whole(
                "password, passwd, pwd, passphrase, user password, cvv, cvc, cvv 2, private key, "
                "security answer, secret answer, old password, new password, current password, "
                "plain password, credit card number, pin hash"
            ),
            *within(
                "password hash, hashed password, password salt, pwd hash, passwd hash, "
                "encrypted password, secret hash, token hash, password digest, bcrypt, argon 2, pbkdf 2, "
                "scrypt hash"
            ),
        ),
        adds=whole,
    ),
    Family(
        "credentials-in-url",
        names=(
            *whole(
                "password, passwd, pwd, passphrase, api key, apikey, access token, auth token, "
                "client secret, api secret, secret key, secret, session token, bearer token, "
                "user password, private key, jwt, id token, refresh token, token"
            ),
            *ends("password, api key, access token, client secret"),
        ),
        adds=whole,
    ),
    Family(
        "server-field-in-request",
        names=(
            *whole(
                "created at, updated at, modified at, created on, updated on, modified on, created by, "
                "updated by, modified by, last modified, last modified at, last modified by, "
                "last updated at, created date, modified date, updated date, date created, "
                "date modified, date updated, creation date, creation time, create time, update time, "
                "last updated"
            ),
        ),
        adds=whole,
    ),
    Family(
        "internal-element-published",
        names=whole("internal"),
        texts=(
            *like(r"(?i)\b(?<!your )(?<!their )internal use only\b|\bonly for internal use\b", "internal"),
            *like(r"(?i)^\W*(?:for )?internal (?:use\b|only\b)", "internal"),
            *like(
                r"(?i)\b(?:is|are) internal[- ]only\b|\ban internal(?:-only)? (?:endpoint|field|operation)\b",
                "internal",
            ),
            *like(
                r"(?i)\bnot (?:intended |meant )?for (?:public|external) (?:use|consumption)\b",
                "public, external",
            ),
        ),
        parts=frozenset({DOC, ADDRESS}),
        keys=listed("x-internal, x-private, x-audience, x-visibility, x-hidden"),
    ),
    Family(
        "unfinished-text",
        texts=(
            *like(r"(?<![\w`'\"/_-])(?:TODO|FIXME)(?![\w`'\"_-])(?! ?,| ?\|)[^\n]*", "todo, fixme"),
            *like(r"^\W*(?:TBD|TBC|WIP|tbd)\b\W*", "tbd, tbc, wip"),
            *like(r"\((?:WIP|TODO)\)\s*$|: (?:TBD|TBC)\W*$", "wip, tbd, tbc"),
            *like(r"(?i)^\W*lorem ipsum\b", "lorem"),
            *like(
                r"(?i)^\W*(?:(?:add|insert|your|put)(?: a| the)? description|description here)(?: here)?\W*$",
                "description",
            ),
        ),
    ),
    Family(
        "organisation-name-in-contract",
        texts=(
            *like(r"\b[\w-]{1,63}\.atlassian\.net/browse/[A-Z][\w-]+", "atlassian"),
            *like(r"\bhttps?://jira\.[\w.-]{1,99}/browse/[A-Z][\w-]+", "jira"),
            *like(r"(?i:\b(?:jira|ticket|story)\b)[ :#-]{1,3}[A-Z][A-Z0-9]+-\d+\b", "jira, ticket, story"),
            *like(r"(?i)\bslack(?: channel)?:? `?#[a-z0-9_-]{3,}", "slack"),
            *like(
                r"(?i)\b(?:owned|maintained|operated|run) by (?:the )?(?:team|squad|tribe) \w+",
                "team, squad",
            ),
            *like(r"(?i)\bask (?:the )?[\w-]+ (?:team|squad)\b", "team, squad"),
        ),
    ),
)
