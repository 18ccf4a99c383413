"""The reading head over a query's tokens, and what the confined query is written with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.knowledge_graph.domain.cypher.tokens import Token, TokenKind
from services.knowledge_graph.domain.cypher.words import (
    AGGREGATES,
    FUNCTIONS,
    MOST_DEPTH,
    MOST_RELATIONS,
    RESERVED,
    WRITES,
)
from services.knowledge_graph.domain.errors import CypherError

Value = str | int | bool | None | Sequence["Value"]


@dataclass(slots=True)
class Writer:
    """Reads tokens one after another, and remembers what the rewritten query needs.

    Nothing of the original text is copied: names get a prefix, strings become parameters, and the only parameter
    without a prefix is `$owner`, which is not the query's to set.
    """

    source: str
    tokens: Sequence[Token]
    given: Mapping[str, Value]
    parameters: dict[str, Value] = field(default_factory=dict)
    scope: set[str] = field(default_factory=set)
    relations: int = 0
    paths: int = 0
    _at: int = 0
    _depth: int = 0

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self.tokens[self._at]

    def ahead(self, count: int = 1) -> Token:
        """A token further on, the last one beyond the end."""
        return self.tokens[min(self._at + count, len(self.tokens) - 1)]

    def take(self) -> Token:
        """The next token, which is then behind."""
        token = self.token
        if token.kind is not TokenKind.END:
            self._at += 1
        return token

    def accepts(self, *words: str) -> bool:
        """Whether these words come next, one after the other; they are behind then."""
        if all(self.ahead(index).says(word) for index, word in enumerate(words)):
            self._at += len(words)
            return True
        return False

    def expect(self, word: str, why: str) -> None:
        """Read this word or fail."""
        if not self.accepts(word):
            raise self.error(f"Expected '{word}' {why}, not {self.token}.")

    def error(self, detail: str) -> CypherError:
        """The error for the next token."""
        return CypherError(detail, self.token.position)

    def deeper(self) -> None:
        """Go down one level of an expression; too many are an error."""
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise self.error(f"Expressions may be nested {MOST_DEPTH} deep.")

    def back(self) -> None:
        """Come up again."""
        self._depth -= 1

    def name(self, what: str) -> str:
        """Read a name that the query gives; keywords and functions are not free."""
        token = self.token
        word = token.text.upper()
        if token.kind is TokenKind.NAME and word in WRITES:
            raise self.error(f"Queries only read: {word} is not allowed.")
        if token.kind is not TokenKind.NAME or word in RESERVED:
            raise self.error(f"Expected the name of {what}, not {token}.")
        if token.text in FUNCTIONS or token.text.lower() in AGGREGATES:
            raise self.error(f"{token} is a function and cannot name {what}.")
        if len(token.text) > 40:
            raise self.error("Names may have 40 characters.")
        return self.take().text

    def known(self, name: str, position: int) -> str:
        """A variable as it is written; it must be bound."""
        if name not in self.scope:
            raise CypherError(f"'{name}' is not bound by a MATCH or WITH before it.", position)
        return variable(name)

    def literal(self, value: Value) -> str:
        """The parameter that stands for a value of the query."""
        key = f"s_{len(self.parameters)}"
        self.parameters[key] = value
        return f"${key}"

    def parameter(self) -> str:
        """Read `$name` and write the parameter that stands for what the caller gave by that name."""
        token = self.take()
        if token.text not in self.given:
            raise CypherError(f"There is no value for the parameter '${token.text}'.", token.position)
        self.parameters[f"p_{token.text}"] = self.given[token.text]
        return f"$p_{token.text}"

    def relate(self) -> None:
        """Count one relation of a pattern; too many are an error."""
        self.relations += 1
        if self.relations > MOST_RELATIONS:
            raise self.error(f"A query may have {MOST_RELATIONS} relations in its patterns.")

    def path(self) -> str:
        """A name for a path that the query did not name."""
        self.paths += 1
        return f"q_{self.paths}"


def variable(name: str) -> str:
    """The variable of the rewritten query for one of the original."""
    return f"x_{name}"
