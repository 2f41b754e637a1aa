"""Addresses that lead inside, or show what stands there."""

from __future__ import annotations

from contractbook.lexicon.family import ADDRESS, ANYWHERE, Family, ends, like, whole

PRIVATE = r"10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}"
LOCAL = r"localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\]"
ZONES = r"internal|intranet|corp|lan|local|localdomain|svc|cluster\.local|home\.arpa"
SCHEME = r"(?:\b[a-z][a-z0-9+.]{0,9}:)?//(?:[^/\s@\"]{0,60}@)?"
END = r"(?![\w.-])(?::\d+)?"
PORTS = "80, 3000, 4000, 5000, 7001, 8000, 8080, 8081, 8082, 8443, 9000, 9090, 9200"

FAMILIES = (
    Family(
        "internal-host",
        texts=(
            *like(
                rf"{SCHEME}(?:(?:[\w-]+\.)*(?:{LOCAL})|{PRIVATE}){END}",
                "localhost, 127, 0, 10, 192, 172",
            ),
            *like(
                rf"{SCHEME}(?:[\w-]+\.)+(?:{ZONES}){END}",
                "internal, intranet, corp, lan, local, localdomain, svc, arpa",
            ),
            *like(
                r"(?<![\w./@-])[a-z][\w-]*-\d+\.(?:[\w-]+\.)*(?:internal|intranet|corp|lan|local)\b(?![\w.-])",
                "internal, intranet, corp, lan, local",
            ),
            *like(rf"{SCHEME}[a-z][a-z0-9]{{0,62}}(?:-[a-z0-9]{{1,63}}){{1,9}}:\d+(?![\w.])", PORTS),
        ),
        parts=ANYWHERE,
    ),
    Family(
        "server-port-or-node",
        texts=(
            *like(r"//[^/\s]*:(?!80\b|443\b)\d+", piece="//"),
            *like(
                r"//(?:[\w-]+\.)*(?:[\w-]*-)?(?:node|host|srv|server|web|app|vm|pod|worker|backend)-?\d+(?=[.:/-]|$)",
                piece="//",
            ),
            *like(
                r"[\w.-]+\.(?:execute-api|elb|lambda-url)\.[\w-]+\.(?:amazonaws\.com|on\.aws)"
                r"|[\w-]+\.(?:azurewebsites\.net|cloudapp\.azure\.com|cloudfunctions\.net|run\.app"
                r"|herokuapp\.com|appspot\.com|ngrok(?:-free)?\.(?:io|app)|trycloudflare\.com)",
                "amazonaws, aws, azurewebsites, cloudapp, cloudfunctions, run, herokuapp, appspot, ngrok, "
                "trycloudflare",
            ),
        ),
        parts=frozenset({ADDRESS}),
    ),
    Family(
        "script-or-class-in-path",
        names=(*ends("controller, servlet, impl"), *whole("cgi bin, servlet, servlets")),
        texts=(
            *like(
                r"\.(?:php\d?|jspx?|aspx?|ashx|asmx|svc|cgi|cfm|jsf|do|action|pl|dll)(?=/|$|\?)",
                "php, php5, jsp, jspx, asp, aspx, ashx, asmx, svc, cgi, cfm, jsf, do, action, pl, dll",
            ),
            *like(
                r"/(?:actuator|wp-json|wp-admin|phpmyadmin|h2-console|__debug__|sidekiq|swagger-resources"
                r"|_cat|_ah|elmah\.axd)(?=/|$)",
                "actuator, wp, phpmyadmin, h2, debug, sidekiq, swagger, cat, ah, elmah",
            ),
        ),
        parts=frozenset({ADDRESS}),
    ),
)
