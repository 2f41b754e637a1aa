"""Avro IDL word by word: what is expected next, and how reading goes on behind what cannot be read."""

from __future__ import annotations

from contractbook.source.avdl_tokens import Token, documentation, tokens
from contractbook.source.faults import MOST_FAULTS, Fault, quoted, shortened


class Unexpected(Exception):
    """A word that cannot stand where it stands."""

    def __init__(self, token: Token, wanted: str) -> None:
        super().__init__(wanted)
        self.token = token
        self.wanted = wanted


class Words:
    """A text being read; `faults` is what was wrong with it so far, `doc` the comment before the word."""

    def __init__(self, utf8: bytes) -> None:
        self.tokens = list(tokens(utf8))
        self.turn = 0
        self.depth = 0
        self.doc = ""
        self.faults: list[Fault] = []
        self._skip_docs()

    @property
    def token(self) -> Token:
        return self.tokens[self.turn]

    def next(self) -> Token:
        """The word that is next, which is read by that."""
        found = self.token
        self.doc = ""  # a doc comment speaks of what stands right behind it
        if found.kind != "end":
            self.turn += 1
        self._skip_docs()
        return found

    def _skip_docs(self) -> None:
        """Keep the text of doc comments for the next declaration."""
        while self.token.kind == "doc":
            self.doc = documentation(self.token.text)
            self.turn += 1

    def take_doc(self) -> str:
        found, self.doc = self.doc, ""
        return found

    def peek(self, *texts: str) -> bool:
        return self.token.text in texts and self.token.kind in ("sign", "word")

    def take(self, text: str) -> bool:
        found = self.peek(text)
        if found:
            self.next()
        return found

    def expect(self, text: str, instead: str = "") -> None:
        if not self.take(text):
            raise Unexpected(self.token, instead or f"`{text}`")

    def word(self, wanted: str) -> Token:
        if self.token.kind != "word":
            raise Unexpected(self.token, wanted)
        return self.next()

    def tell(self, problem: Unexpected) -> None:
        token = problem.token
        found = quoted("") if token.kind == "end" else f"`{shortened(token.text, 30)}`"
        known = bool(self.faults) and self.faults[-1].offset == token.offset
        if not known and len(self.faults) < MOST_FAULTS:
            advice = "Mend it here; what follows is read from the next declaration on."
            message = f"{problem.wanted} is expected here, and {found} stands there"
            self.faults.append(Fault(token.offset, message, advice))

    def recover(self) -> None:
        """Pass over the rest of a declaration: to its `;`, or behind its braces."""
        depth = 0
        while self.token.kind != "end":
            if self.peek("}") and not depth:
                return
            depth += self.peek("{") - self.peek("}")
            done = (self.peek(";") and not depth) or (self.peek("}") and not depth)
            self.next()
            if done:
                break
        self.depth = 0
