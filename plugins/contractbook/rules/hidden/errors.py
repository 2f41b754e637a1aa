"""What errors tell of the inside."""

from __future__ import annotations

from collections.abc import Iterator

from contractbook.declare import rule
from contractbook.finding import Guideline, Level
from contractbook.lexicon import Words
from contractbook.model import Field, Message, Type
from contractbook.place import Place
from contractbook.rules.hidden.text import shortened
from contractbook.texts import expression

AMBIGUOUS = frozenset(
    {"exception", "stack", "debug info", "exception type", "exception name", "exception message"}
)
PROBLEM = expression(r"(?i)error|problem|fault|exception|failure")


@rule(Guideline.HIDDEN, output=Level.ERROR)
def stack_trace_in_error(field: Field, *, at: Place, words: Words) -> Iterator[str]:
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
    for hit in words:
        if hit.part == "name" and (hit.word not in AMBIGUOUS or _in_problem(at)):
            yield f"{field.name} shows what happened inside the provider"
            return


def _in_problem(at: Place) -> bool:
    """Whether a place is the shape of an error."""
    return any(isinstance(parent, Type) and PROBLEM.search(parent.name) for parent in at.parents)


@rule(Guideline.HIDDEN, output=Level.ERROR)
def raw_exception_text(element: Type | Field | Message, *, words: Words) -> Iterator[str]:
    """A description, default or example holds the raw text of an exception or of a vendor's error.

    The text of a library becomes a promise that its next version breaks, and attackers read what runs inside.

    Describe errors by a stable code and a sentence of your own.

    ```openapi bad
    components:
      schemas:
        Problem:
          type: object
          properties:
            detail: {type: string, example: "ORA-00942: table or view does not exist"}
    ```
    ```openapi good
    components:
      schemas:
        Problem:
          type: object
          properties:
            detail: {type: string, example: "There is no order 4711."}
    ```
    """
    for hit in words:
        yield f'the {hit.noun} holds the raw error "{shortened(hit.word)}"'


@rule(Guideline.HIDDEN, Level.WARNING)
def server_error_tells_internals(message: Message, *, words: Words) -> Iterator[str]:
    """The text of a server error describes what fails inside.

    Internals become documented behaviour: consumers treat a full queue unlike a database that is down.

    Say what it means for the consumer: whether to try again, and when.

    ```openapi bad
    paths:
      /orders:
        get:
          responses:
            "500": {description: The connection pool of the order database is exhausted}
    ```
    ```openapi good
    paths:
      /orders:
        get:
          responses:
            "500": {description: The order could not be read; try again after the time in Retry-After}
    ```
    """
    if message.status.startswith("5"):
        for hit in words:
            yield f'the text of {message.name} tells what fails inside: "{shortened(hit.word)}"'
            return
