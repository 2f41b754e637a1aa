"""What an error tells of the inside."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import rule
from contractbook.finding import Guideline, Level
from contractbook.model import Field
from contractbook.place import Place

INTERNALS = frozenset({"stacktrace", "stack", "exception", "exceptionclass", "sqlstate", "traceback"})


@rule(Guideline.HIDDEN, output=Level.ERROR)
def stack_trace_in_error(field: Field, *, at: Place) -> Iterator[str]:
    """An error shape has a field for a stack trace, an exception class or an SQL state.

    Consumers begin to branch on internals that the next refactoring changes, and attackers read them.

    Log the trace under an id and give consumers that id, with a stable code and a text for people.

    ```openapi bad
    components:
      schemas:
        Problem:
          type: object
          properties:
            title: {type: string}
            stackTrace: {type: string}
    ```
    ```openapi good
    components:
      schemas:
        Problem:
          type: object
          properties:
            title: {type: string}
            traceId: {type: string}
    ```
    """
    if field.name.replace("_", "").lower() in INTERNALS:
        yield f"{field.name} shows what happened inside the provider"
