"""What errors let slip: traces, exceptions, codes of platforms."""

from __future__ import annotations

from contractbook.lexicon.family import DOC, VALUES, Family, like, said, whole, within

FAMILIES = (
    Family(
        "stack-trace-in-error",
        names=(
            *within(
                "stack trace, traceback, backtrace, exception class, inner exception, exception stack, "
                "sql state, call stack, root cause exception, goroutine, thread dump, heap dump, core dump, "
                "error class, error backtrace"
            ),
            *whole(
                "exception, exception type, exception name, exception message, stack, stack frames, "
                "debug info"
            ),
        ),
        adds=whole,
    ),
    Family(
        "raw-exception-text",
        texts=(
            *like(r"\bat [\w$.<>]+\([\w$]+\.(?:java|kt|scala):\d+\)", "java, kt, scala"),
            *like(r"Traceback \(most recent call last\)", "traceback"),
            *like(r"\bORA-\d{5}\b[^\n\"]*", "ora"),
            *like(r"\bSQLSTATE\b[^\n\"]*", "sqlstate"),
            *like(r"\b(?:[a-z]\w*\.){1,9}[A-Z]\w*Exception\b[^\n\"]*", piece="Exception"),
            *like(r"\bjava\.lang\.\w*Error\b[^\n\"]*", "java"),
            *like(r"\bSystem\.(?:\w+\.)*\w+Exception\b[^\n\"]*", "system"),
            *like(r"\b[A-Z]\w+Exception: [^\n\"]+", piece="Exception"),
            *like(r"\bCaused by: [^\n\"]+", "caused"),
            *like(r"\bNullPointerException\b", "nullpointerexception"),
            *like(r"violates (?:unique|foreign key|not-null|check) constraint[^\n]*", "constraint"),
            *like(r"\bDuplicate entry '[^']*' for key\b[^\n]*", "duplicate"),
            *like(r"\bObject reference not set to an instance\b", "instance"),
            *like(r"\b(?:ActiveRecord|PG|Mysql2)::\w+[^\n\"]*", "activerecord, pg, mysql2"),
            *like(r"\b(?:psycopg2|sqlalchemy|pymongo)\.(?:exc|errors)\.\w+", "psycopg2, sqlalchemy, pymongo"),
            *like(r"\bIntegrityError\b[^\n\"]*|\bDoesNotExist\b", "integrityerror, doesnotexist"),
            *like(r"\bpanic: [^\n\"]+|\bgoroutine \d+ \[", "panic, goroutine"),
            *like(r"\bE11000 duplicate key\b[^\n\"]*", "e11000"),
            *like(r"\b(?:Uncaught |Unhandled )(?:\w+Error|exception)\b[^\n\"]*", "uncaught, unhandled"),
            *like(r"\bCannot read propert(?:y|ies) (?:'[^']+' )?of (?:undefined|null)\b", "undefined, null"),
        ),
        parts=VALUES | {DOC},
    ),
    Family(
        "server-error-tells-internals",
        texts=(
            *like(r"(?i)\b(?:the |our )?(?:database|db)\b[^.]*", "database, db"),
            *like(r"\bSQL\b[^.]*", "sql"),
            *like(r"(?i)\bconnection pool\b[^.]*|\bthread pool\b[^.]*", "pool"),
            *like(r"(?i)\bstack ?trace\b[^.]*", "stacktrace, stack"),
            *like(r"\b[A-Z]\w+Exception\b", piece="Exception"),
            *like(r"(?i)\b(?:up|down)stream (?:service|system|server)\b[^.]*", "upstream, downstream"),
            *like(r"(?i)\bback-?end (?:service|system|server|error|failure)\b[^.]*", "backend, back"),
            *like(r"(?i)\b(?:micro-?service|mainframe|message broker|cache server)\b[^.]*", "microservice"),
            *like(r"(?i)\b(?:mainframe|message broker|load balancer)\b[^.]*", "mainframe, broker, balancer"),
            *said("Redis, Kafka, RabbitMQ, MongoDB, PostgreSQL, MySQL, Elasticsearch, Hibernate"),
        ),
        spares="subject",
    ),
    Family(
        "platform-error-code",
        names=(
            *within(
                "errno, hresult, sqlcode, sql code, win 32 error, sql error code, ora code, "
                "oracle error, native error code, vendor error code"
            ),
            *whole("econnrefused, enoent, econnreset, etimedout, eacces, eperm, einval, ebusy"),
        ),
        adds=whole,
    ),
)
